package review

import "garrod/review/genome"

// ReferenceProof is how much evidence a call without an allele needs to prove
// that the allele is not there. The second pair is for X and Y of a male, outside
// the pseudoautosomal regions.
type ReferenceProof struct {
	MinDepth, MinGQ         int // reads, Phred
	MinDepthHemi, MinGQHemi int
}

// DefaultReferenceProof returns the limits of the clinical specification, section
// 6: half the reads and half the quality where there is one copy.
func DefaultReferenceProof() ReferenceProof {
	return ReferenceProof{MinDepth: 10, MinGQ: 20, MinDepthHemi: 6, MinGQHemi: 10}
}

// Weak reports whether c, a call without the allele of k in a person of this sex,
// rests on too few reads or too low a quality. What the file does not give is not
// held against a call. It says nothing of a call with the allele.
func (p ReferenceProof) Weak(k genome.Key, sex Sex, c *Call) bool {
	depth, gq := p.MinDepth, p.MinGQ
	if sex == Male && (k.Contig == "X" || k.Contig == "Y") && !genome.InPAR(k.Assembly, k.Contig, k.Pos) {
		depth, gq = p.MinDepthHemi, p.MinGQHemi
	}
	low := func(n *int, least int) bool { return n != nil && *n >= 0 && *n < least } // a negative number is none
	return low(c.Depth, depth) || low(c.GQ, gq)
}

// SexOf is the sex of a person as declared: the case's of the proband where it
// has one, otherwise the pedigree's.
func (c *Case) SexOf(sample string) Sex {
	if sample == c.Proband && (c.Sex == Male || c.Sex == Female) {
		return c.Sex
	}
	m, _ := c.Family.Member(sample)
	return m.Sex
}
