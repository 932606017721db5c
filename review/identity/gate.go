package identity

import "garrod/review/summary"

// geno is a genotype as counting sees it: copies of the alternative allele.
type geno = uint8

const (
	hom0    geno = 0 // two copies of REF
	het1    geno = 1
	hom2    geno = 2
	unknown geno = 3
)

// What a depth or a quality says of a genotype.
const (
	gateGiven uint8 = 1 // enough
	gateLow   uint8 = 2
	gateNone  uint8 = 0 // the file does not give it
)

// gate turns cells of a summary into genotypes by tables, so that a row costs a
// few look-ups.
type gate struct {
	geno  [256]geno
	depth [256]uint8
	gq    [256]uint8
	pass  [4]bool // by depth|gq
}

// newGate makes a gate. diploid counts genotypes of two alleles only; without it
// one allele counts as two alike, as in males on X.
func newGate(minDepth, minGQ int, ungated, diploid bool) *gate {
	g := &gate{pass: [4]bool{gateNone: ungated, gateGiven: true}}
	for i := range 256 {
		g.geno[i] = genoOf(summary.GT(i), diploid)
		g.depth[i], g.gq[i] = enough(i, minDepth), enough(i, minGQ)
	}
	return g
}

func enough(cell, least int) uint8 {
	switch {
	case cell == summary.Unknown:
		return gateNone
	case cell < least:
		return gateLow
	}
	return gateGiven
}

func genoOf(g summary.GT, diploid bool) geno {
	s := g.State()
	if s != summary.GTCalled && s != summary.GTRefBlock || g&(summary.GTOthers|summary.GTPolyploid) != 0 {
		return unknown
	}
	if g&summary.GTHaploid == 0 {
		return geno(g.Copies()) // three copies are unknown
	}
	switch {
	case diploid || g.Copies() > 1:
		return unknown
	case g.Copies() == 1:
		return hom2
	}
	return hom0
}

// read returns a person's genotype at a row.
func (g *gate) read(c *summary.Calls, row int) geno {
	if !g.pass[g.depth[c.Depth[row]]|g.gq[c.GQ[row]]] {
		return unknown
	}
	return g.geno[c.GT[row]]
}

// simple are the flags that a row may have to count: a small variant alone in
// its record that no filter names and whose cells tell the whole.
const simple = summary.FilterPass | summary.TrimmedOnly

// countable reports whether a row is a biallelic single-base change that counts.
func countable(s *summary.Summary, row int) bool {
	return s.Flags[row]&^simple == 0 && s.Allele[row] != summary.LongAllele
}
