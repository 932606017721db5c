package vcf

import (
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// symbolicEnd parts a symbolic ALT from its end in a key: two <DEL> at one
// position are two alleles.
const symbolicEnd = "@"

// symbolicType returns the first part of a symbolic ALT, DEL of <DEL:ME:ALU>,
// empty for other alleles.
func symbolicType(alt string) string {
	i := strings.IndexByte(alt, '<')
	if i < 0 || !strings.HasSuffix(alt, ">") {
		return ""
	}
	name, _, _ := strings.Cut(alt[i+1:len(alt)-1], ":")
	return name
}

// takesReference reports whether a symbolic allele lies on reference bases behind
// POS, so that SVLEN gives its end (VCF 4.4, section 3).
func takesReference(alt string) bool {
	switch symbolicType(alt) {
	case "DEL", "DUP", "INV", "CNV":
		return true
	}
	return false
}

// length returns |SVLEN| of an allele (1-based).
func (r *Record) length(allele int) *int64 {
	text, ok := r.infoOf("SVLEN", allele)
	if !ok {
		// Before version 4.4 one value stood for the record.
		if text, ok = r.Info("SVLEN"); !ok || strings.Contains(text, ",") {
			return nil
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < -maxPos || n > maxPos {
		return nil
	}
	n = max(n, -n)
	return &n
}

// infoEnd returns INFO END where it is a position not left of POS.
func (r *Record) infoEnd() (genome.Pos, bool) {
	text, ok := r.Info("END")
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil || genome.Pos(v) < r.Pos || v > maxPos {
		return 0, false
	}
	return genome.Pos(v), true
}

// alleleEnd returns the last base that a symbolic allele (1-based) takes up. SVLEN
// comes first where the record has several alleles, for END is then the farthest.
func (r *Record) alleleEnd(allele int) (genome.Pos, bool) {
	if end, ok := r.infoEnd(); ok && len(r.Alts) == 1 {
		return end, true
	}
	alt := r.Alts[allele-1]
	if takesReference(alt) {
		if n := r.length(allele); n != nil {
			return r.Pos + genome.Pos(*n), true
		}
	}
	if symbolicType(alt) == "INS" {
		return r.Pos, true
	}
	return r.infoEnd()
}

// structural describes an allele (1-based), nil for one of bases.
func (r *Record) structural(allele int) *review.Structural {
	alt := r.Alts[allele-1]
	kind := kindOf(alt)
	if kind != review.Symbolic && kind != review.Breakend {
		return nil
	}
	s := &review.Structural{Type: symbolicType(alt), Length: r.length(allele)}
	s.Claim, _ = r.infoOf("SVCLAIM", allele)
	_, s.Imprecise = r.Info("IMPRECISE")
	if kind == review.Breakend {
		s.Type, s.Mate = "BND", mateOf(alt)
		return s
	}
	// Names of a caller's own (<STR27>, <CN0>) are explained by SVTYPE.
	if t, ok := r.Info("SVTYPE"); ok && t != "" && !structuralTypes[s.Type] {
		s.Type = t
	}
	s.End, _ = r.alleleEnd(allele)
	s.Repeat = r.repeat(allele)
	return s
}

// mateOf returns the place between the brackets of a breakend, empty for a single
// one.
func mateOf(alt string) string {
	parts := strings.FieldsFunc(alt, func(c rune) bool { return c == '[' || c == ']' })
	for _, p := range parts {
		if strings.Contains(p, ":") {
			return p
		}
	}
	return ""
}

// repeat writes the units of a tandem repeat with their copies (VCF 4.4, section
// 5.6: RN says how many units each allele has, RUS and RUC list them all).
func (r *Record) repeat(allele int) string {
	units, ok := r.Info("RUS")
	if !ok {
		return ""
	}
	rus := strings.Split(units, ",")
	copies, _ := r.Info("RUC")
	ruc := strings.Split(copies, ",")
	from, n := r.unitsOf(allele)
	if from < 0 || from+n > len(rus) {
		return ""
	}
	var parts []string
	for i := from; i < from+n; i++ {
		part := rus[i]
		if i < len(ruc) && ruc[i] != "" && ruc[i] != "." {
			part += "x" + ruc[i]
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ",")
}

// unitsOf tells which entries of RUS are an allele's: as many as RN says, one for
// each where there is no RN. from is negative where RN cannot be read.
func (r *Record) unitsOf(allele int) (from, n int) {
	text, ok := r.Info("RN")
	if !ok {
		return allele - 1, 1
	}
	counts := strings.Split(text, ",")
	if len(counts) != len(r.Alts) {
		return -1, 0
	}
	for i, c := range counts {
		k, err := strconv.Atoi(c)
		if c == "." {
			k, err = 0, nil
		}
		if err != nil || k < 0 || k > len(r.info) {
			return -1, 0
		}
		if i == allele-1 {
			return from, k
		}
		from += k
	}
	return -1, 0
}

// symbolicKey writes a symbolic ALT with what tells it from another of its name at
// the same position: its end, the length of an insertion, the units of a repeat,
// and, where these are alike, its place among the alleles of the record.
func (r *Record) symbolicKey(allele int) string {
	key := r.symbolicText(allele)
	twin := 1
	for i := 1; i < allele; i++ {
		if r.Alts[i-1] == r.Alts[allele-1] && r.symbolicText(i) == key {
			twin++
		}
	}
	if twin > 1 {
		key += "#" + strconv.Itoa(twin)
	}
	return key
}

func (r *Record) symbolicText(allele int) string {
	alt := r.Alts[allele-1]
	end, hasEnd := r.alleleEnd(allele)
	repeat := r.repeat(allele)
	n := r.length(allele)
	grows := !takesReference(alt) && n != nil
	if !hasEnd && repeat == "" && !grows {
		return alt
	}
	key := alt + symbolicEnd
	if hasEnd {
		key += strconv.FormatInt(int64(end), 10)
	}
	if grows {
		key += "+" + strconv.FormatInt(*n, 10)
	}
	if repeat != "" {
		key += ":" + strings.ReplaceAll(repeat, "-", "_")
	}
	return key
}
