package triage

import (
	"garrod/review"
	"garrod/review/genome"
)

// site tells which rules of inheritance hold at a place.
type site uint8

const (
	autosomal site = iota // the pseudoautosomal regions and unplaced contigs too
	onX
	onY
	mitochondrial
)

// siteOf places a key. On an unknown assembly nothing is pseudoautosomal.
func siteOf(k genome.Key) site {
	switch k.Contig {
	case "X", "Y":
		if genome.InPAR(k.Assembly, k.Contig, k.Pos) {
			return autosomal
		}
		if k.Contig == "X" {
			return onX
		}
		return onY
	case "MT":
		return mitochondrial
	}
	return autosomal
}

// zygosity is how a person carries one allele.
type zygosity uint8

const (
	unknownZygosity zygosity = iota
	noCopy                   // called, and not this allele
	het
	hom
	hemi
)

// zygosityOf reads a call at a place for a person of the given sex. A partial
// call with the allele counts as heterozygous. A male with two copies called on
// X or Y outside the pseudoautosomal regions has one: callers that know no
// ploidy write 1/1 there.
func zygosityOf(c *review.Call, s site, sex review.Sex) zygosity {
	switch carried(c) {
	case notAssessed:
		return unknownZygosity
	case removed:
		return noCopy
	}
	if c.Copies < c.Ploidy || c.State == review.Partial {
		return het
	}
	if c.Ploidy == 1 || sex == review.Male && (s == onX || s == onY) {
		return hemi
	}
	return hom
}

// xtr is the X-transposed region, of which Y has a copy 99 % alike. The
// specification (acmg.md section 6) gives it for GRCh38 only; elsewhere no
// warning is given.
var xtr = map[genome.Assembly]genome.Range{
	genome.GRCh38: {Contig: "X", First: 89201883, Last: 93120510},
}

// inXTR reports whether the key lies in the X-transposed region.
func inXTR(k genome.Key) bool {
	r, ok := xtr[k.Assembly]
	return ok && r.Contains(k.Contig, k.Pos)
}
