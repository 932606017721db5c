package vcf

import (
	"fmt"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// piece is one ALT allele of a record on its way to a line of its own.
type piece struct {
	n      *normaliser
	r      *Record
	allele int // 1-based
	pos    genome.Pos
	ref    string
	alt    string // "." for a record without ALT
	moved  bool   // place or spelling changed
}

// allele writes one ALT allele (1-based) of a record as a line. A record that
// needs no change is written as it stands.
func (n *normaliser) allele(r *Record, allele int) (genome.Pos, string) {
	p := piece{n: n, r: r, allele: allele, pos: r.Pos, ref: r.Ref, alt: "."}
	if len(r.Alts) > 0 {
		p.alt = r.Alts[allele-1]
	}
	if kindOf(p.alt) == review.SmallVariant {
		p.normalise()
	}
	if !p.moved && len(r.Alts) < 2 {
		return r.Pos, r.raw
	}
	return p.pos, p.text()
}

// normalise trims and left-aligns a small allele. One that needs neither keeps
// its letters in the case they are written in.
func (p *piece) normalise() {
	ref, alt := strings.ToUpper(p.ref), strings.ToUpper(p.alt)
	pos, nref, nalt := p.r.src.normalise(p.r.Contig, p.pos, ref, alt)
	if p.moved = pos != p.pos || nref != ref || nalt != alt; p.moved {
		p.pos, p.ref, p.alt = pos, nref, nalt
		p.n.report.Changed++
	}
	if len(nref) != len(nalt) && !p.r.src.aligns(p.r.Contig) {
		p.n.report.TrimmedOnly++
	}
}

func (p *piece) text() string {
	cols := strings.SplitN(p.r.raw, "\t", 8)
	out := []string{cols[0], strconv.FormatInt(int64(p.pos), 10), cols[2], p.ref, p.alt, cols[5], cols[6], p.info()}
	if p.r.format != "" {
		out = append(out, p.format()...)
	}
	return strings.Join(out, "\t")
}

// isSplit reports whether the record has other ALT alleles.
func (p *piece) isSplit() bool { return len(p.r.Alts) > 1 }

// unfit notes a value that does not fit the alleles, and returns what stands in
// its place.
func (p *piece) unfit(field string) string {
	p.n.report.Unfit[field]++
	return "."
}

// info writes INFO for the allele.
func (p *piece) info() string {
	var out []string
	for _, f := range p.r.infoPairs() {
		switch value, keep := p.infoValue(f); {
		case !keep:
		case f.flag:
			out = append(out, f.key)
		default:
			out = append(out, f.key+"="+value)
		}
	}
	if _, has := p.r.Info(oldRecord); !has {
		out = append(out, oldRecord+"="+p.origin())
	}
	if len(out) == 0 {
		return "."
	}
	return strings.Join(out, ";")
}

// origin writes where the allele comes from.
func (p *piece) origin() string {
	alts := strings.Join(p.r.Alts, "/")
	return strings.NewReplacer(";", "%3B", "=", "%3D", ",", "%2C", " ", "%20").Replace(
		fmt.Sprintf("%s|%d|%s|%s|%d", p.r.Contig, p.r.Pos, p.r.Ref, alts, p.allele))
}

// infoValue returns the value of an INFO field for the allele. keep is false for
// an annotation of other alleles alone.
func (p *piece) infoValue(f infoPair) (value string, keep bool) {
	if f.flag {
		return "", true
	}
	for i := range p.r.src.header.Layouts {
		if l := &p.r.src.header.Layouts[i]; l.Field == f.key {
			return p.annotation(l)
		}
	}
	if c := p.r.src.fields.deltas.combined; c != nil && c.column < 0 && c.id == f.key {
		return p.byAlleleName(f.value)
	}
	if f.key == "END" && p.moved {
		return p.end(f.value), true
	}
	if !p.isSplit() || f.value == "." {
		return f.value, true
	}
	return p.numbered(f.key, p.r.src.header.Infos[f.key], reservedInfo[f.key], f.value, 2), true
}

// end follows an END that says where REF ends.
func (p *piece) end(value string) string {
	if value == strconv.FormatInt(int64(p.r.Pos)+int64(len(p.r.Ref))-1, 10) {
		return strconv.FormatInt(int64(p.pos)+int64(len(p.ref))-1, 10)
	}
	return value
}

// numbered takes the allele's values out of a list, by the Number of its
// declaration. A field that the specification defines and the header leaves open
// (AD with Number=. of GATK 3) is taken by the specification, where it fits.
func (p *piece) numbered(key string, declared, reserved Field, value string, ploidy int) string {
	number, open := declared.Number, false
	if number == "" || number == "." {
		number, open = reserved.Number, true
	}
	var at []int
	values := strings.Split(value, ",")
	switch number {
	case "A":
		at = places(len(values) == len(p.r.Alts), p.allele-1)
	case "R":
		at = places(len(values) == len(p.r.Alts)+1, 0, p.allele)
	case "G":
		at = genotypePlaces(len(values), len(p.r.Alts), p.allele, ploidy)
	default:
		return value
	}
	if at == nil {
		if value == "." || open {
			return value
		}
		return p.unfit(key)
	}
	return pickAll(values, at)
}

func places(fit bool, at ...int) []int {
	if !fit {
		return nil
	}
	return at
}

func pickAll(values []string, at []int) string {
	out := make([]string, len(at))
	for i, j := range at {
		out[i] = values[j]
	}
	return strings.Join(out, ",")
}

// genotypePlaces returns where, in a list of n values of Number=G, those of the
// genotypes stand that are made of REF and one allele alone. The ploidy is the one
// that gives n genotypes; nil where there is none.
func genotypePlaces(n, alts, allele, ploidy int) []int {
	if choose(ploidy+alts, alts) != n {
		for ploidy = 1; choose(ploidy+alts, alts) < n; ploidy++ {
		}
		if choose(ploidy+alts, alts) != n {
			return nil
		}
	}
	at := make([]int, ploidy+1)
	for copies := 1; copies <= ploidy; copies++ {
		// VCF 4.3, section 1.6.2: the genotype a1 ≤ … ≤ aP stands at the sum of
		// C(am + m - 1, m).
		for m := ploidy - copies + 1; m <= ploidy; m++ {
			at[copies] += choose(allele+m-1, m)
		}
	}
	return at
}

// choose returns the binomial coefficient, bounded far above any list of a file.
func choose(n, k int) int {
	const most = 1 << 40
	k = min(k, n-k)
	if k < 0 {
		return 0
	}
	c := 1
	for i := 1; i <= k; i++ {
		if c = c * (n - k + i) / i; c > most {
			return most
		}
	}
	return c
}

// annotation returns the rows of the allele, with its new spelling.
func (p *piece) annotation(l *Layout) (string, bool) {
	rows := p.r.rowsOf(l)
	if rows == nil {
		v, _ := p.r.Info(l.Field)
		return v, true
	}
	spell := p.r.spellingOf(rows)
	var out []string
	for _, w := range rows {
		switch p.r.alleleOf(w, spell) {
		case p.allele:
			out = append(out, p.respell(w))
		case 0:
			if p.isSplit() {
				if p.allele == 1 {
					p.n.report.Unmatched++
				}
				continue
			}
			out = append(out, strings.Join(w.cols, "|"))
		}
	}
	return strings.Join(out, ","), out != nil
}

// respell writes a row for the allele as it is now: VEP's Allele without the base
// that REF and ALT share, SnpEff's as ALT is written.
func (p *piece) respell(w row) string {
	cols := append([]string{}, w.cols...)
	set := func(r role, to string) {
		if i, ok := w.layout.roles[r]; ok && i < len(cols) && cols[i] != "" {
			cols[i] = to
		}
	}
	set(roleAlleleNum, "1")
	if w.layout.Source == "BCSQ" || kindOf(p.alt) != review.SmallVariant {
		return strings.Join(cols, "|")
	}
	name := p.alt
	if w.layout.Source == "CSQ" && len(p.ref) != len(p.alt) && p.ref[0] == p.alt[0] {
		name = orDash(p.alt[1:])
	}
	if i := strings.IndexByte(w.get(roleAllele), '-'); i > 0 && w.layout.Source == "ANN" {
		name += w.get(roleAllele)[i:]
	}
	set(roleAllele, name)
	return strings.Join(cols, "|")
}

// byAlleleName returns the entries ALT|… of the allele, under its new spelling.
func (p *piece) byAlleleName(value string) (string, bool) {
	var out []string
	for entry := range strings.SplitSeq(value, ",") {
		name, rest, ok := strings.Cut(entry, "|")
		switch p.r.onlyAllele(name, func(alt string) string { return alt }) {
		case p.allele:
			if ok && kindOf(p.alt) == review.SmallVariant {
				entry = p.alt + "|" + rest
			}
			out = append(out, entry)
		case 0:
			if !p.isSplit() {
				out = append(out, entry)
			} else if p.allele == 1 {
				p.n.report.Unmatched++
			}
		}
	}
	return strings.Join(out, ","), out != nil
}
