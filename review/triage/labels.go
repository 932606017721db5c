package triage

import (
	"garrod/review"
)

// single gives the labels that one variant has without looking at others, or
// why there is none.
func (k *kindred) single(v *review.Variant) (labels []review.Label, noFit string) {
	s := siteOf(v.Key)
	switch zygosityOf(k.proband.call(v), s, k.sex) {
	case unknownZygosity:
		return nil, "the proband has no call"
	case noCopy:
		return nil, "the proband does not carry it"
	}
	switch s {
	case onX:
		return k.onX(v)
	case onY:
		return k.onY(v)
	case mitochondrial:
		return []review.Label{k.mitochondrial(v)}, ""
	}
	if zygosityOf(k.proband.call(v), s, k.sex) == het {
		return k.autosomalHet(v)
	}
	return k.twoCopies(v, ModelRecessiveHom, ModelRecessiveReduced)
}

// autosomalHet labels a heterozygote: de novo, possible de novo, dominant, and
// possibly recessive where the other allele is not called.
func (k *kindred) autosomalHet(v *review.Variant) ([]review.Label, string) {
	var labels []review.Label
	dn, isDeNovo := k.deNovo(v, k.mother, k.father)
	if isDeNovo {
		labels = append(labels, dn)
	}
	dominant, noFit := k.withOneCopy(v, ModelDominant, ModelDominantReduced)
	if dominant != nil && (dn.Model != ModelDeNovo || k.sharedByRelative(v)) {
		labels = append(labels, *dominant)
	}
	return append(labels, k.secondCopyPossible(v)...), noFit
}

// secondCopyPossible labels a partial call such as ./1: what is not called may
// be a second copy, unless a parent is called without the allele.
func (k *kindred) secondCopyPossible(v *review.Variant) []review.Label {
	c := k.proband.call(v)
	if c.State != review.Partial || c.Others > 0 || k.carries(k.mother, v) == removed || k.carries(k.father, v) == removed {
		return nil
	}
	return []review.Label{{
		Model: ModelRecessivePossible, Basis: k.origin(v),
		Why: sentence("one copy called and the other allele not ("+c.GT+"): it may be a second copy", k.parentsText(v)),
	}}
}

// sharedByRelative reports whether anybody but the proband carries the allele.
func (k *kindred) sharedByRelative(v *review.Variant) bool {
	for _, r := range k.relatives {
		if k.carries(r, v) == kept {
			return true
		}
	}
	return false
}

// withOneCopy labels an allele whose single copy is enough for the disease.
func (k *kindred) withOneCopy(v *review.Variant, full, reduced string) (*review.Label, string) {
	seg := k.segregate(v, func(_ *relative, c *review.Call) outcome { return carried(c) })
	if len(seg.against) > 0 {
		return nil, sentence(append([]string{"one copy"}, seg.against...)...)
	}
	l := review.Label{
		Model: full, Basis: k.origin(v),
		Why: sentence(k.probandText(v), k.parentsText(v), seg.text()),
	}
	if len(seg.reduced) > 0 {
		l.Model = reduced
	}
	return &l, ""
}

// probandText says how the proband carries the allele.
func (k *kindred) probandText(v *review.Variant) string {
	c := k.proband.call(v)
	word := map[zygosity]string{het: "heterozygous", hom: "homozygous", hemi: "hemizygous"}[zygosityOf(c, siteOf(v.Key), k.sex)]
	if c.State == review.Partial {
		word += ", the other allele not called (" + c.GT + ")"
	}
	return word
}

// twoCopies labels an allele of which the proband has two copies, or one where
// a call with a single copy is all there is. Parents called without the allele
// add a label of their own; nothing is dropped for it.
func (k *kindred) twoCopies(v *review.Variant, full, reduced string) (labels []review.Label, noFit string) {
	s := siteOf(v.Key)
	seg := k.segregate(v, func(r *relative, c *review.Call) outcome {
		switch zygosityOf(c, s, r.Sex) {
		case unknownZygosity:
			return notAssessed
		case hom, hemi:
			return kept
		}
		return removed
	})
	if l, odd := k.parentReference(v); odd && zygosityOf(k.proband.call(v), s, k.sex) == hom {
		labels = append(labels, l)
	}
	if len(seg.against) > 0 {
		return labels, sentence(append([]string{"two copies"}, seg.against...)...)
	}
	l := review.Label{
		Model: full, Basis: k.origin(v),
		Why: sentence(k.probandText(v), k.parentsText(v), seg.text()),
	}
	if len(seg.reduced) > 0 {
		l.Model = reduced
	}
	return append(labels, l), ""
}

// parentReference labels two copies in the proband where a parent who must have
// given one is called without the allele. On X only a daughter's father counts
// beside the mother.
func (k *kindred) parentReference(v *review.Variant) (review.Label, bool) {
	var who string
	for _, r := range []*relative{k.mother, k.father} {
		if r.inFile(v) && k.carries(r, v) == removed {
			who = sentence(who, r.word+" is called "+r.call(v).GT)
		}
	}
	if who == "" {
		return review.Label{}, false
	}
	return review.Label{
		Model: ModelParentReference, Basis: k.origin(v),
		Why: sentence(k.probandText(v)+" although "+who, "a deletion on the other copy, uniparental disomy, or a sample error"),
	}, true
}
