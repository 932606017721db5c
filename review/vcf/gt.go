package vcf

import (
	"strings"

	"garrod/review"
)

// genotype is a GT after parsing.
type genotype struct {
	text    string
	alleles []int // -1 for "."
	highest int
	phased  bool
}

// maxPloidy bounds the alleles of one genotype: pooled samples reach some
// hundreds.
const maxPloidy = 4096

// parseGT reads a genotype: allele numbers or "." separated by / or |, with an
// optional separator before the first (VCF 4.5, section 1.6.2).
func parseGT(s string) (genotype, bool) {
	g := genotype{text: s}
	body := s
	bar, slash := false, false
	if body != "" && (body[0] == '/' || body[0] == '|') {
		bar, slash = body[0] == '|', body[0] == '/'
		body = body[1:]
	}
	n, digits, dot := 0, 0, false
	for i := 0; ; i++ {
		if i == len(body) || body[i] == '/' || body[i] == '|' {
			switch {
			case dot && digits == 0:
				g.alleles = append(g.alleles, -1)
			case digits > 0 && !dot:
				g.alleles = append(g.alleles, n)
				g.highest = max(g.highest, n)
			default:
				return g, false
			}
			if i == len(body) {
				break
			}
			bar, slash = bar || body[i] == '|', slash || body[i] == '/'
			n, digits, dot = 0, 0, false
			continue
		}
		switch c := body[i]; {
		case c == '.' && !dot:
			dot = true
		case c >= '0' && c <= '9' && digits < 6:
			n, digits = n*10+int(c-'0'), digits+1
		default:
			return g, false
		}
	}
	g.phased = bar && !slash
	return g, len(g.alleles) <= maxPloidy
}

// state tells how much of the genotype is known.
func (g genotype) state() review.CallState {
	called := 0
	for _, a := range g.alleles {
		if a >= 0 {
			called++
		}
	}
	switch called {
	case 0:
		return review.Missing
	case len(g.alleles):
		return review.Called
	}
	return review.Partial
}

// count counts copies of allele and of other ALT alleles, and gives the
// haplotype of a single phased copy.
func (g genotype) count(allele int) (copies, others, hap int) {
	for i, a := range g.alleles {
		switch {
		case a == allele && allele > 0:
			copies++
			hap = i + 1
		case a > 0:
			others++
		}
	}
	if copies != 1 || !g.phased {
		hap = 0
	}
	return copies, others, hap
}

// sample is what FORMAT gives for one person, before the split by allele.
type sample struct {
	gt        genotype
	ad, ao    []string
	ro        string
	depth, gq *int
	fractions []string
	ps        *int64
	state     review.CallState
}

// formatColumns finds the keys of FORMAT that are used.
type formatColumns map[string]int

func (r *Record) formatColumns() formatColumns {
	cols := formatColumns{}
	i := 0
	for key := range strings.SplitSeq(r.format, ":") {
		if _, twice := cols[key]; !twice {
			cols[key] = i
		}
		i++
	}
	return cols
}

// first returns the first of the keys that has a value.
func (c formatColumns) first(values []string, keys ...string) string {
	for _, k := range keys {
		if i, ok := c[k]; ok && i < len(values) && values[i] != "." && values[i] != "" {
			return values[i]
		}
	}
	return ""
}

func (c formatColumns) list(values []string, keys ...string) []string {
	if v := c.first(values, keys...); v != "" {
		return strings.Split(v, ",")
	}
	return nil
}

// fractionKeys are the names callers give to the fraction of reads of each ALT:
// Mutect2 and DRAGEN AF, DeepVariant VAF, mity and haplocheckCLI HF.
var fractionKeys = []string{"AF", "VAF", "HF"}

func (r *Record) sample(cols formatColumns, text string, block bool) sample {
	values := strings.Split(text, ":")
	s := sample{
		ad: cols.list(values, "AD"), ao: cols.list(values, "AO"), ro: cols.first(values, "RO"),
		gq: whole(cols.first(values, "GQ", "RGQ")), fractions: cols.list(values, fractionKeys...),
		state: review.Missing,
	}
	depthKeys := []string{"DP"}
	if block {
		// The least depth of a block speaks for each of its bases.
		depthKeys = []string{"MIN_DP", "DP"}
	}
	s.depth = whole(cols.first(values, depthKeys...))
	if v := signed(cols.first(values, "PS")); v != nil {
		n := int64(*v)
		s.ps = &n
	}
	if i, ok := cols["GT"]; ok && i < len(values) {
		if g, ok := parseGT(values[i]); ok {
			s.gt, s.state = g, g.state()
		}
	}
	if block && s.state == review.Called && s.gt.highest == 0 {
		s.state = review.RefBlock
	}
	return s
}

// call gives what the person carries of one allele (1-based; 0 for a reference
// block).
func (s sample) call(name string, allele, alts int) review.Call {
	c := review.Call{
		Sample: name, GT: s.gt.text, State: s.state, Ploidy: len(s.gt.alleles),
		Phased: s.gt.phased, PS: s.ps, Depth: s.depth, GQ: s.gq,
	}
	c.Copies, c.Others, c.Hap = s.gt.count(allele)
	if allele == 0 {
		return c
	}
	switch {
	case len(s.ad) == alts+1:
		c.AD = reads(s.ad[0], s.ad[allele])
	case s.ad == nil && s.ro != "" && len(s.ao) == alts:
		c.AD = reads(s.ro, s.ao[allele-1])
	}
	if len(s.fractions) == alts {
		c.Fraction = probability(s.fractions[allele-1])
	}
	return c
}

func reads(ref, alt string) *[2]int {
	r, a := whole(ref), whole(alt)
	if r == nil || a == nil {
		return nil
	}
	return &[2]int{*r, *a}
}
