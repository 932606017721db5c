package vcf

import (
	"bytes"
	"strings"

	"garrod/review/summary"
)

// formatPlan is what a FORMAT column says about where values are.
type formatPlan struct {
	text  string
	keys  int // how many
	hasGT bool
	usual bool // the columns can be made of it directly
	last  int  // the last value that is used
	use   []formatUse
}

// formatUse is what a value of FORMAT is used for.
type formatUse uint8

const (
	useNothing formatUse = iota
	useGT
	useDepth
	useGQ
	useAD
	useRO
	useAO
	useRD
	useFraction
	usePhaseSet
	usePhysical   // the genotype as GATK phased it
	usePhysicalID // the name of its set
	useUnusual    // a value of it makes the line unusual
)

var formatUses = map[string]formatUse{
	"GT": useGT, "DP": useDepth, "GQ": useGQ, "RGQ": useGQ, "AD": useAD, "RO": useRO, "AO": useAO,
	"RD": useRD, "AF": useFraction, "VAF": useFraction, "HF": useFraction,
	"PS": usePhaseSet, "PGT": usePhysical, "PID": usePhysicalID,
	"PSL": useUnusual, "LAD": useUnusual, "LAA": useUnusual,
}

// newFormatPlan reads a FORMAT column. One where two keys serve one purpose is not
// usual, nor one where GT does not come first.
func newFormatPlan(text string) *formatPlan {
	p := &formatPlan{text: text, usual: true, hasGT: text == "GT" || strings.HasPrefix(text, "GT:")}
	taken := map[formatUse]bool{}
	for key := range strings.SplitSeq(text, ":") {
		u := formatUses[key]
		p.usual = p.usual && (u == useNothing || u == useUnusual || !taken[u]) && (u != useGT || p.keys == 0)
		taken[u] = true
		if u != useNothing {
			p.last = p.keys
		}
		p.use = append(p.use, u)
		p.keys++
	}
	return p
}

// person is what FORMAT gives for one sample, as summary.CallCells need it.
type person struct {
	gt        plainGT
	depth, gq int
	ad        counts
	ao        counts
	ro, rd    int
	fractions fractions

	physical                plainGT
	inSet, hasPhysical, pid bool
}

// plainGT is a genotype of one or two alleles; -1 stands for ".".
type plainGT struct {
	ploidy int
	a      [2]int
	phased bool
}

// counts is a list of reads, one for each allele.
type counts struct {
	n    int // how many the list has, 0 where it is not given
	each [maxPlainAlts + 1]int
}

type fractions struct {
	n    int
	each [maxPlainAlts]float64 // -1 for none
}

// plainGenotype reads one allele, or two with a separator, each a single digit or
// ".". ok is false for anything else, which may be a genotype all the same.
func plainGenotype(b []byte) (g plainGT, ok bool) {
	switch len(b) {
	case 1:
		g.ploidy = 1
	case 3:
		if b[1] != '/' && b[1] != '|' {
			return g, false
		}
		g.ploidy, g.phased = 2, b[1] == '|'
	default:
		return g, false
	}
	for i := range g.ploidy {
		switch c := b[2*i]; {
		case c == '.':
			g.a[i] = -1
		case c-'0' <= 9:
			g.a[i] = int(c - '0')
		default:
			return g, false
		}
	}
	return g, true
}

func (g *plainGT) within(alts int) bool { return g.a[0] <= alts && g.a[1] <= alts }

// samples reads the sample columns, which begin at b. It reports false for a line
// that is not usual.
func (w *columnWorker) samples(b []byte, f *formatPlan) bool {
	n := len(w.roles)
	for i, to := range w.roles {
		var text []byte
		if i == n-1 {
			if text = b; bytes.IndexByte(b, '\t') >= 0 {
				return false
			}
		} else {
			end := bytes.IndexByte(b, '\t')
			if end < 0 {
				return false
			}
			text, b = b[:end], b[end+1:]
		}
		if len(text) == 0 {
			return false
		}
		if to < 0 {
			if !w.stranger(text, f) {
				return false
			}
			continue
		}
		if !w.people[to].read(text, f, w.alts) {
			return false
		}
	}
	return true
}

// stranger checks the column of a sample whose calls are not wanted.
func (w *columnWorker) stranger(text []byte, f *formatPlan) bool {
	if bytes.Count(text, colon) >= f.keys {
		return false
	}
	if !f.hasGT {
		return true
	}
	end := bytes.IndexByte(text, ':')
	if end < 0 {
		end = len(text)
	}
	g, ok := plainGenotype(text[:end])
	return ok && g.within(w.alts)
}

var colon = []byte{':'}

// absent makes p a person whom the file does not have.
func (p *person) absent() { *p = person{depth: noCount, gq: noCount, ro: noCount, rd: noCount} }

// read takes a sample's column apart.
func (p *person) read(text []byte, f *formatPlan, alts int) bool {
	p.gt, p.depth, p.gq, p.ro, p.rd = plainGT{}, noCount, noCount, noCount, noCount
	p.ad.n, p.ao.n, p.fractions.n = 0, 0, 0
	p.inSet, p.hasPhysical, p.pid = false, false, false
	for i, use := range f.use[:f.last+1] {
		end := 0
		switch use {
		case useDepth:
			p.depth, end = digits(text)
		case useGQ:
			p.gq, end = digits(text)
		case useAD:
			end = p.ad.numbers(text)
		case useNothing, useGT, useRO, useAO, useRD, useFraction, usePhaseSet, usePhysical, usePhysicalID, useUnusual:
		}
		if end == 0 {
			for end < len(text) && text[end] != ':' {
				end++
			}
			if use != useNothing && !p.value(use, text[:end], alts) {
				return false
			}
		}
		if end == len(text) {
			return true
		}
		text = text[end+1:]
		if i == f.last {
			return i+2+bytes.Count(text, colon) <= f.keys
		}
	}
	return true
}

// digits reads up to nine digits before a colon or the end of text, and returns
// where they end; noCount and 0 for anything else.
func digits(text []byte) (n, end int) {
	for end < len(text) && text[end]-'0' <= 9 {
		n = n*10 + int(text[end]-'0')
		end++
	}
	if end == 0 || end > 9 || end < len(text) && text[end] != ':' {
		return noCount, 0
	}
	return n, end
}

// numbers reads a list of such numbers, and returns where it ends; an empty list
// and 0 for anything else.
func (c *counts) numbers(text []byte) int {
	for i, begin := 0, 0; c.n < len(c.each); i, begin = i+1, i+1 {
		n := 0
		for ; i < len(text) && text[i]-'0' <= 9; i++ {
			n = n*10 + int(text[i]-'0')
		}
		if i == begin || i > begin+9 {
			break
		}
		c.each[c.n] = n
		c.n++
		if i == len(text) || text[i] == ':' {
			return i
		}
		if text[i] != ',' {
			break
		}
	}
	c.n = 0
	return 0
}

func (p *person) value(use formatUse, b []byte, alts int) (ok bool) {
	if use == useGT {
		p.gt, ok = plainGenotype(b)
		return ok && p.gt.within(alts)
	}
	if noValue(b) {
		return true
	}
	switch use {
	case useDepth:
		p.depth = countOf(b)
	case useGQ:
		p.gq = countOf(b)
	case useRO:
		p.ro = countOf(b)
	case useRD:
		p.rd = countOf(b)
	case usePhaseSet:
		p.inSet = true
	case usePhysicalID:
		p.pid = true
	case usePhysical:
		p.physical, p.hasPhysical = plainGenotype(b)
		return p.hasPhysical
	case useUnusual:
		return false
	case useAD:
		return p.ad.read(b)
	case useAO:
		return p.ao.read(b)
	case useFraction:
		return p.fractions.read(b)
	case useNothing, useGT:
	}
	return true
}

// read reads a list of counts.
func (c *counts) read(b []byte) bool {
	for {
		if c.n == len(c.each) {
			return false
		}
		one, rest, more := bytes.Cut(b, comma)
		c.each[c.n] = noCount
		if !noValue(one) {
			c.each[c.n] = countOf(one)
		}
		c.n++
		if !more {
			return true
		}
		b = rest
	}
}

// read reads a list of shares.
func (f *fractions) read(b []byte) bool {
	for {
		if f.n == len(f.each) {
			return false
		}
		one, rest, more := bytes.Cut(b, comma)
		f.each[f.n] = -1
		if v, k := floatOf(one); isUnit(v, k) {
			f.each[f.n] = v
		}
		f.n++
		if !more {
			return true
		}
		b = rest
	}
}

// cells makes the cells of one allele (1-based) of alts.
func (p *person) cells(allele, alts int) summary.CallCells {
	c := summary.CallCells{GT: p.genotype().cell(allele), Depth: summary.Unknown, GQ: summary.Unknown, Share: summary.Unknown}
	if p.depth != noCount {
		c.Depth = summary.CountOf(p.depth)
	}
	if p.gq != noCount {
		c.GQ = summary.CountOf(p.gq)
	}
	if p.fractions.n == alts && p.fractions.each[allele-1] >= 0 {
		c.Share = summary.ShareOf(p.fractions.each[allele-1])
		return c
	}
	ref, alt := noCount, noCount
	switch {
	case p.ad.n == alts+1:
		ref, alt = p.ad.each[0], p.ad.each[allele]
	case p.ad.n == 0 && p.ro != noCount && p.ao.n == alts:
		ref, alt = p.ro, p.ao.each[allele-1]
	case p.ad.n == 1 && alts == 1:
		ref, alt = p.rd, p.ad.each[0]
	}
	if ref != noCount && alt != noCount && ref+alt > 0 {
		c.Share = summary.ShareOf(float64(alt) / float64(ref+alt))
	}
	return c
}

// genotype returns GT, phased where GATK's own phasing says so and no phase set
// is given (see sample.phase).
func (p *person) genotype() *plainGT {
	if !p.inSet && p.pid && p.hasPhysical && p.physical.phased && p.physical.isOf(&p.gt) {
		return &p.physical
	}
	return &p.gt
}

// isOf reports whether two genotypes have the same alleles in any order.
func (g *plainGT) isOf(h *plainGT) bool {
	return g.ploidy == h.ploidy && (g.a == h.a || g.ploidy == 2 && g.a[0] == h.a[1] && g.a[1] == h.a[0])
}

// cell makes the cell of a genotype for one allele.
func (g *plainGT) cell(allele int) summary.GT {
	var copies, others, known summary.GT
	for _, a := range g.a[:g.ploidy] {
		switch {
		case a == allele:
			copies++
		case a > 0:
			others = summary.GTOthers
		}
		if a >= 0 {
			known++
		}
	}
	c := copies | others
	switch {
	case known == 0:
		c |= summary.GTMissing
	case int(known) == g.ploidy:
		c |= summary.GTCalled
	default:
		c |= summary.GTPartial
	}
	if g.ploidy == 1 {
		c |= summary.GTHaploid
	}
	if g.phased {
		c |= summary.GTPhased
	}
	return c
}
