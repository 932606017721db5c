package triage

import (
	"fmt"
	"strings"

	"garrod/review"
)

// present answers for a call that has the allele. However weak the call is, it
// is never turned into an absence: what is wrong with it is a caution.
func (t *knownTest) present(v *review.Variant) {
	c := t.take(v)
	copies := c.Copies
	t.x.Answer, t.x.Copies = KnownPresent, &copies
	word := t.genotypeWord(c)
	if word != "" {
		t.x.Genotype = &word
	}
	t.x.Reason = "The variant is called in the proband: " + sentence(word, t.levelText(c), readsText("proband", c)) + "."
	t.siteCautions(c)
	if c.State == review.Partial {
		t.caution("The other allele is not called: how many copies there are is not known.")
	}
	if len(v.Record.Filters) > 0 {
		t.caution("The record has not passed its caller's filters (%s): confirm by another method.", strings.Join(v.Record.Filters, ";"))
	}
	if c.Depth != nil && *c.Depth < t.x.MinDepth {
		t.caution("Few reads: DP %d, asked for at least %d. Confirm by another method.", *c.Depth, t.x.MinDepth)
	}
	if c.GQ != nil && *c.GQ < t.x.MinGQ {
		t.caution("The genotype is uncertain: GQ %d, asked for at least %d. Confirm by another method.", *c.GQ, t.x.MinGQ)
	}
	if x, ok := c.Heteroplasmy(); ok && word == "heterozygous" && (x < t.q.HetMinFraction || x > t.q.HetMaxFraction) {
		t.caution("The allele has %s of the reads, outside %s to %s: mosaic, or an artefact.", percent(x), percent(t.q.HetMinFraction), percent(t.q.HetMaxFraction))
	}
	if c.Others > 0 {
		t.caution("The proband has another allele of the same record too (%s).", c.GT)
	}
}

// levelText gives the share of mitochondrial reads, which is the genotype there.
func (t *knownTest) levelText(c *review.Call) string {
	if siteOf(t.k) != mitochondrial {
		return ""
	}
	return levelText("proband", c)
}

// siteCautions warns of what the place makes of a call with the allele, as the
// labels of a worklist do.
func (t *knownTest) siteCautions(c *review.Call) {
	s := siteOf(t.k)
	if what, causes := anomaly(c, s, t.sex); what != "" {
		t.caution("%s: %s.", upperFirst(what), causes)
	}
	if t.sex == review.SexUnknown && (s == onX || s == onY) {
		t.caution("The proband's sex is not known: how many copies the call stands for on %s is not either.", t.k.Contig)
	}
	if inXTR(t.k) {
		t.caution("%s.", upperFirst(xtrWarning))
	}
	if s != mitochondrial {
		return
	}
	switch share, ok := c.Heteroplasmy(); {
	case !ok:
		t.caution("The level of heteroplasmy is %s.", notInFile)
	case share < t.q.HeteroplasmyMin:
		t.caution("A level of %s, below %s, may be a nuclear copy or noise: confirm by another method.", percent(share), percent(t.q.HeteroplasmyMin))
	}
	t.caution("Levels differ between tissues.")
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// genotypeWord is empty where the call does not tell the number of copies.
func (t *knownTest) genotypeWord(c *review.Call) string {
	s := siteOf(t.k)
	switch {
	case c.State == review.Partial:
		return ""
	case s == mitochondrial:
		return "mitochondrial"
	}
	return map[zygosity]string{het: "heterozygous", hom: "homozygous", hemi: "hemizygous"}[zygosityOf(c, s, t.sex)]
}

// fromRecord answers for a record whose call does not have the allele.
func (t *knownTest) fromRecord(v *review.Variant) {
	c := t.take(v)
	if why := t.doubt(v, c); why != "" {
		t.x.Reason = "The file has a record of this variant, but " + why + "."
		return
	}
	t.reference("The proband is called without the variant: " + readsText("proband", c) + ".")
}

// doubt says why a call does not show that the allele is absent, empty where it
// does.
func (t *knownTest) doubt(v *review.Variant, c *review.Call) string {
	switch {
	case !t.proband.inFile(v):
		return "the file has no sample of the proband"
	case c.State != review.Called && c.State != review.RefBlock:
		return "the proband is " + uncalledText(c)
	case c.HasAlt():
		return "the proband is called " + c.GT + ", with an allele that the file does not name"
	case c.Others > 0:
		return "the proband has another allele there (" + c.GT + ")"
	case len(v.Record.Filters) > 0:
		return "it has not passed its caller's filters (" + strings.Join(v.Record.Filters, ";") + ")"
	}
	return t.weak(c)
}

// weak says why a reference call is not believed.
func (t *knownTest) weak(c *review.Call) string {
	switch {
	case c.Depth == nil:
		return "the file does not give the depth of the proband's call"
	case *c.Depth < t.x.MinDepth:
		return fmt.Sprintf("the proband's depth is %d, and a call without the variant needs at least %d", *c.Depth, t.x.MinDepth)
	case c.GQ == nil:
		return "the file does not give the quality (GQ) of the proband's call"
	case *c.GQ < t.x.MinGQ:
		return fmt.Sprintf("the proband's GQ is %d, and a call without the variant needs at least %d", *c.GQ, t.x.MinGQ)
	}
	if x, ok := c.Heteroplasmy(); ok && x >= t.q.MaxAltFraction && (c.AD == nil || c.AD[1] > t.q.MaxAltReads) {
		return fmt.Sprintf("%s of the proband's reads have it although the call does not", percent(x))
	}
	return ""
}

// reference answers that the variant is not there.
func (t *knownTest) reference(why string) {
	t.x.Answer, t.x.Reason = KnownReference, why
	if siteOf(t.k) == mitochondrial {
		t.caution("A small share of mitochondrial copies with the variant, and other tissues, are not excluded.")
	}
	if t.isIndel() {
		t.caution("An insertion or deletion in a repeat can be spelt in several ways; no other spelling was found within %d bases.", t.q.IndelWindow)
	}
}

// fromBlocks answers where reference blocks cover the place.
func (t *knownTest) fromBlocks() {
	t.x.Record = "ref_block"
	next, last := t.span()
	why := ""
	for i := range t.blocks { // in the order of the file
		b := &t.blocks[i]
		c := t.proband.call(b)
		t.x.Blocks = append(t.x.Blocks, KnownBlock{First: b.Record.Pos, Last: lastOf(b), GT: c.GT, Depth: c.Depth, GQ: c.GQ})
		t.x.Depth, t.x.GQ = least(t.x.Depth, c.Depth, i == 0), least(t.x.GQ, c.GQ, i == 0)
		if d := t.doubt(b, c); d != "" && why == "" {
			why = d
		}
		if b.Record.Pos <= next {
			next = max(next, lastOf(b)+1)
		}
	}
	switch {
	case len(t.over) > 0:
		why = "the file has other alleles there (" + t.otherKeys() + ")"
	case next <= last && why == "":
		why = fmt.Sprintf("it ends before base %d", last)
	}
	if why != "" {
		t.x.Reason = "There is no record of this variant; a reference block lies there, but " + why + "."
		return
	}
	t.reference(fmt.Sprintf("Reference blocks cover bases %d to %d: the proband is called reference, with a least depth (MIN_DP, or DP where a block has none) of %d and GQ %d.",
		t.blocks[0].Record.Pos, next-1, *t.x.Depth, *t.x.GQ))
}

// least is the lower of two numbers; once one is not known, none is.
func least(have, next *int, first bool) *int {
	switch {
	case first:
		return next
	case have == nil || next == nil:
		return nil
	case *next < *have:
		return next
	}
	return have
}
