package vcf

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// validator holds records against the specification and their header. It warns;
// what keeps a record from being read is found by parseRecord.
type validator struct {
	h        *Header
	warn     func(line int64, field, message string)
	contig   string
	pos      genome.Pos
	finished map[string]bool // contigs whose records have ended
	seen     alleleMemory
}

func newValidator(h *Header, warn func(int64, string, string)) *validator {
	return &validator{h: h, warn: warn, finished: map[string]bool{}}
}

// alleleMemory remembers the alleles of the last stretches of a contig: one allele
// may be written at several positions, with more or fewer bases around it.
type alleleMemory struct {
	now, before map[string]bool
	from        genome.Pos
}

// memorySpan is how far apart two spellings of an allele are found.
const memorySpan = 1000

func (a *alleleMemory) clear() { *a = alleleMemory{} }

// seen notes an allele and reports whether it was noted before.
func (a *alleleMemory) seen(pos genome.Pos, key string) bool {
	if a.now == nil || pos > a.from+memorySpan {
		a.before, a.now, a.from = a.now, map[string]bool{}, pos
	}
	twice := a.now[key] || a.before[key]
	a.now[key] = true
	return twice
}

func (v *validator) warnf(r *Record, field, format string, args ...any) {
	v.warn(r.Line, field, fmt.Sprintf(format, args...))
}

func (v *validator) record(r *Record) {
	v.order(r)
	v.place(r)
	v.alleles(r)
	v.filter(r)
	v.infos(r)
	v.structural(r)
	v.formats(r)
}

// order wants records sorted by position, and one stretch for each contig.
func (v *validator) order(r *Record) {
	if r.Contig != v.contig {
		if v.finished[r.Contig] {
			v.warnf(r, "CHROM", "records of %s stand in two places of the file", r.Contig)
		}
		if v.contig != "" {
			v.finished[v.contig] = true
		}
		v.contig, v.pos = r.Contig, 0
		v.seen.clear()
	}
	if r.Pos < v.pos {
		v.warnf(r, "POS", "the records are not sorted by position")
	}
	v.pos = max(v.pos, r.Pos)
	v.twice(r)
}

// twice finds alleles that have two records, however they are spelled.
func (v *validator) twice(r *Record) {
	for i, alt := range r.Alts {
		if kindOf(alt) == review.ReferenceBlock || strings.EqualFold(alt, r.Ref) || slices.Contains(r.Alts[:i], alt) {
			continue
		}
		if k := r.keyAt(i + 1); v.seen.seen(r.Pos, k.String()) && kindOf(alt) == review.SmallVariant {
			v.warnf(r, "ALT", "the same allele has two records")
		}
	}
}

func (v *validator) place(r *Record) {
	switch i, declared := v.h.contigs[r.Contig]; {
	case !declared:
		v.warnf(r, "CHROM", "the header does not declare the contig %s", r.Contig)
	case v.h.Contigs[i].Length > 0 && int64(r.Pos) > v.h.Contigs[i].Length+1:
		v.warnf(r, "POS", "lies beyond the end of %s", r.Contig)
	}
	if name := strings.TrimSuffix(strings.TrimPrefix(r.Contig, "<"), ">"); !contigName(name) || strings.Contains(name, ":") && !v.atLeast("VCFv4.3") {
		v.warnf(r, "CHROM", "the name has a character that contig names may not have")
	}
	if strings.ContainsAny(r.ID, " ,") {
		v.warnf(r, "ID", "has a blank or a comma; identifiers are separated by semicolons")
	}
	if hasTwice(strings.Split(r.ID, ";")) {
		v.warnf(r, "ID", "gives an identifier twice")
	}
	cols := strings.SplitN(r.raw, "\t", 7)
	switch q, k := parseFloat(cols[5]); {
	case k == notANumber || k == infinite:
		v.warnf(r, "QUAL", "is not a finite number")
	case q < 0:
		v.warnf(r, "QUAL", "is negative")
	}
}

func hasTwice(list []string) bool {
	seen := make(map[string]bool, len(list))
	for _, s := range list {
		if seen[s] {
			return true
		}
		seen[s] = true
	}
	return false
}

// plainBases are the bases the specification allows in REF and ALT.
func plainBases(s string) bool { return strings.Trim(strings.ToUpper(s), "ACGTN") == "" }

func (v *validator) alleles(r *Record) {
	if !plainBases(r.Ref) {
		v.warnf(r, "REF", "has an ambiguity code; the specification allows A, C, G, T, N")
	}
	if hasTwice(r.Alts) {
		v.warnf(r, "ALT", "gives an allele twice")
	}
	for _, alt := range r.Alts {
		switch kindOf(alt) {
		case review.SmallVariant:
			v.smallAllele(r, alt)
		case review.Symbolic, review.Breakend, review.OverlapDeleted, review.ReferenceBlock:
		}
	}
}

// smallAllele looks at an ALT of bases.
func (v *validator) smallAllele(r *Record, alt string) {
	if !plainBases(alt) {
		v.warnf(r, "ALT", "has an ambiguity code; the specification allows A, C, G, T, N")
	}
	a, b := strings.ToUpper(r.Ref), strings.ToUpper(alt)
	switch {
	case a == b:
		v.warnf(r, "ALT", "is the same as REF")
	case len(a) != len(b) && a[0] != b[0] && r.Pos > 1 && (strings.HasSuffix(a, b) || strings.HasSuffix(b, a)):
		v.warnf(r, "ALT", "is an insertion or deletion without the base before it")
	}
}

func (v *validator) filter(r *Record) {
	if hasTwice(r.Filters) {
		v.warnf(r, "FILTER", "gives a filter twice")
	}
	for _, f := range r.Filters {
		_, declared := v.h.Filters[f]
		switch {
		case f == "0" || f == "" || strings.ContainsAny(f, " ,"):
			v.warnf(r, "FILTER", "has a name that filters may not have")
		case f == "PASS" || f == ".":
			v.warnf(r, "FILTER", "gives %s beside other filters", f)
		case !declared:
			v.warnf(r, "FILTER", "the header does not declare the filter %s", f)
		}
	}
}

var infoKey = regexp.MustCompile(`^([A-Za-z_][0-9A-Za-z_.]*|1000G)$`)

func (v *validator) infos(r *Record) {
	if r.info == "." {
		return
	}
	if strings.Contains(r.info, " ") && !v.atLeast("VCFv4.3") {
		v.warnf(r, "INFO", "has a blank, which is allowed from version 4.3 on")
	}
	seen := map[string]bool{}
	for _, p := range r.infoPairs() {
		if seen[p.key] {
			v.warnf(r, p.key, "is given twice in INFO")
		}
		seen[p.key] = true
		v.info(r, p)
	}
	if text, ok := r.Info("END"); ok {
		if end, err := strconv.ParseInt(text, 10, 64); err == nil && genome.Pos(end) < r.Pos && !isTranslocation(r) {
			v.warnf(r, "END", "lies left of POS")
		}
	}
}

// isTranslocation excuses an END on another contig, as some callers write it.
func isTranslocation(r *Record) bool {
	_, ok := r.Info("CHR2")
	return ok
}

func (v *validator) atLeast(version string) bool { return v.h.Version >= version }

func (v *validator) info(r *Record, p infoPair) {
	f, declared := v.h.Infos[p.key]
	switch {
	case p.key == "":
		v.warnf(r, "INFO", "has an empty field (two semicolons, or one at an end)")
		return
	case !infoKey.MatchString(p.key):
		v.warnf(r, "INFO", "has a field name that the specification does not allow")
	case !declared:
		v.warnf(r, p.key, "the header does not declare this INFO field")
	}
	if !declared {
		if f = v.reserved(reservedInfo, infoSince44, p.key); f.ID == "" {
			return
		}
	}
	switch {
	case f.Type == "Flag" && !p.flag:
		v.warnf(r, p.key, "is a flag and has a value")
	case f.Type != "Flag" && (p.flag || p.value == ""):
		v.warnf(r, p.key, "has no value")
	case f.Type != "Flag":
		v.values(r, p.key, f, strings.Split(p.value, ","), 2)
	}
}

// formats looks at the genotype columns.
func (v *validator) formats(r *Record) {
	if r.format == "" || len(r.samples) == 0 {
		return
	}
	keys := strings.Split(r.format, ":")
	if hasTwice(keys) {
		v.warnf(r, "FORMAT", "gives a key twice")
	}
	for i, k := range keys {
		if _, declared := v.h.Formats[k]; !declared {
			v.warnf(r, k, "the header does not declare this FORMAT field")
		}
		if k == "GT" && i > 0 {
			v.warnf(r, "GT", "is not the first key of FORMAT")
		}
		if !infoKey.MatchString(k) {
			v.warnf(r, "FORMAT", "has a key that the specification does not allow")
		}
	}
	for _, s := range r.samples {
		values := strings.Split(s, ":")
		v.sample(r, keys, values)
		v.sampleSince44(r, keys, values)
	}
}

func (v *validator) sample(r *Record, keys, values []string) {
	ploidy := 2
	for i, k := range keys {
		if i >= len(values) {
			return
		}
		if k == "GT" {
			g, _ := parseGT(values[i])
			ploidy = len(g.alleles)
			if last := values[i][len(values[i])-1]; last == '/' || last == '|' {
				v.warnf(r, "GT", "ends with a separator: an allele that it does not name is taken for missing")
			}
			continue
		}
		f, ok := v.h.Formats[k]
		if !ok {
			if f = v.reserved(reservedFormat, formatSince44, k); f.ID == "" {
				continue
			}
		}
		if values[i] == "." {
			continue
		}
		if values[i] == "" {
			v.warnf(r, k, "is empty for a sample")
			continue
		}
		v.values(r, k, f, strings.Split(values[i], ","), ploidy)
	}
}

// values holds a list against Number and Type.
func (v *validator) values(r *Record, field string, f Field, list []string, ploidy int) {
	if want, ok := expected(f.Number, len(r.Alts), ploidy); ok && len(list) != want && !(len(list) == 1 && list[0] == ".") {
		v.warnf(r, field, "has not as many values as its Number (%s) says", f.Number)
	}
	for _, s := range list {
		if !fits(f.Type, s) {
			v.warnf(r, field, "has a value that is not of its Type (%s)", f.Type)
			return
		}
		if x, k := parseFloat(s); k == finite && (x < 0 && neverNegative[field] || x > 1 && neverAboveOne[field]) {
			v.warnf(r, field, "has a value out of its range")
			return
		}
	}
}

// expected is how many values a Number asks for; ok is false where it does not
// tell, or where it depends on other fields (LA, LR, LG, M, P of 4.4 and 4.5).
func expected(number string, alts, ploidy int) (int, bool) {
	switch number {
	case "A":
		return alts, alts > 0
	case "R":
		return alts + 1, true
	case "G":
		n := 1 // combinations with repetition of the alleles, as many as the ploidy
		for i := 1; i <= ploidy && ploidy <= 8; i++ {
			n = n * (alts + i) / i
		}
		return n, ploidy <= 8
	}
	n, err := strconv.Atoi(number)
	return n, err == nil
}

func fits(typ, s string) bool {
	if s == "." {
		return true
	}
	switch typ {
	case "Integer":
		n, err := strconv.ParseInt(s, 10, 64)
		// VCF 4.3, section 1.3: 32 bits, the lowest eight values reserved.
		return err == nil && n >= -2147483640 && n <= 2147483647
	case "Float":
		_, k := parseFloat(s)
		return k != notNumber && k != missing
	case "Character":
		return len([]rune(decode(s))) == 1
	}
	return s != ""
}
