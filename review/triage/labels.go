package triage

import (
	"strings"

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
		labels, noFit = k.onX(v)
		for i := range labels {
			labels[i].Why = sentence(labels[i].Why, xtrText(v))
		}
		return labels, noFit
	case onY:
		return k.onY(v)
	case mitochondrial:
		return []review.Label{k.mitochondrial(v)}, ""
	}
	if zygosityOf(k.proband.call(v), s, k.sex) == het {
		return k.autosomalHet(v)
	}
	return k.autosomalTwo(v)
}

// autosomalHet labels a heterozygote: de novo, possible de novo, dominant,
// imprinted, mosaic, and possibly recessive where the other allele is not called.
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
	labels = append(labels, k.imprinted(v)...)
	labels = append(labels, k.parentalMosaic(v, k.mother, k.father)...)
	labels = append(labels, k.mosaic(v)...)
	return append(labels, k.secondCopyPossible(v)...), noFit
}

// autosomalTwo labels two copies. Where an affected relative has one copy only,
// one may be enough.
func (k *kindred) autosomalTwo(v *review.Variant) ([]review.Label, string) {
	labels, noFit := k.twoCopies(v, ModelRecessiveHom, ModelRecessiveReduced)
	if noFit == "" {
		return labels, ""
	}
	dominant, no := k.withOneCopy(v, ModelDominant, ModelDominantReduced)
	if dominant == nil {
		return labels, sentence(noFit, no)
	}
	dominant.Why = sentence(dominant.Why, "one copy may be enough, for "+noFit)
	return append(labels, *dominant), noFit
}

// secondCopyPossible labels a partial call such as ./1: what is not called may
// be a second copy, unless a parent is called without the allele. Where the other
// copy has the base deleted (*), no reference copy is left either.
func (k *kindred) secondCopyPossible(v *review.Variant) []review.Label {
	c := k.proband.call(v)
	if noReferenceLeft(c, v) {
		return []review.Label{k.overStar(v)}
	}
	if c.State != review.Partial || c.Others > 0 || k.carries(k.mother, v) == removed || k.carries(k.father, v) == removed {
		return nil
	}
	return []review.Label{{
		Model: ModelRecessivePossible, Basis: k.origin(v),
		Why: sentence("one copy called and the other allele not ("+c.GT+"): it may be a second copy", k.parentsText(v)),
	}}
}

// noReferenceLeft reports whether every copy of a call has the allele or *, and
// there is one of each at least.
func noReferenceLeft(c *review.Call, v *review.Variant) bool {
	stars := countStars(c, v)
	return c.State == review.Called && c.Copies > 0 && stars > 0 && c.Copies+stars == c.Ploidy
}

// overStar labels an allele beside a deletion of the same place on the other
// copy, and warns of healthy relatives with the same call.
func (k *kindred) overStar(v *review.Variant) review.Label {
	parts := []string{"no reference copy is left: the other copy has the base deleted (" + k.proband.call(v).GT + ")", k.parentsText(v)}
	for _, r := range k.relatives {
		same := r.blood && noReferenceLeft(r.call(v), v)
		switch {
		case countStars(r.call(v), v) > 0 && !same:
			parts = append(parts, "the "+r.status()+" carries the deletion ("+r.call(v).GT+")")
		case same && r.isUnaffected():
			parts = append(parts, "warning: the "+r.status()+" has both")
		case same:
			parts = append(parts, "the "+r.status()+" has both")
		case r.blood && r.isAffected() && k.carries(r, v) == removed:
			parts = append(parts, "warning: the "+r.status()+" does not have both")
		}
	}
	return review.Label{Model: ModelRecessivePossible, Basis: k.origin(v), Why: sentence(parts...)}
}

// withOneCopy labels an allele whose single copy is enough for the disease.
func (k *kindred) withOneCopy(v *review.Variant, full, reduced string) (*review.Label, string) {
	seg := k.segregate(v, oneCopy)
	if len(seg.against) > 0 {
		return nil, sentence(append([]string{"one copy"}, seg.against...)...)
	}
	l := review.Label{
		Model: full, Basis: k.origin(v),
		Why: sentence(k.probandText(v), k.parentsText(v), seg.text(), k.silentText(v)),
	}
	if len(seg.reduced) > 0 {
		l.Model = reduced
	}
	return &l, ""
}

// probandText says how the proband carries the allele.
func (k *kindred) probandText(v *review.Variant) string {
	c, s := k.proband.call(v), siteOf(v.Key)
	word := map[zygosity]string{het: "heterozygous", hom: "homozygous", hemi: "hemizygous"}[zygosityOf(c, s, k.sex)]
	switch {
	case c.State == review.Partial:
		word += ", the other allele not called (" + c.GT + ")"
	case s == autosomal && c.Ploidy == 1:
		word += " by the call (" + c.GT + "), as over a deletion of the other copy"
	}
	return word
}

// twoCopies labels an allele of which the proband has two copies, or one where
// a call with a single copy is all there is. Parents called without the allele
// add a label of their own; nothing is dropped for it.
func (k *kindred) twoCopies(v *review.Variant, full, reduced string) (labels []review.Label, noFit string) {
	seg := k.segregate(v, func(r *relative, z zygosity) outcome {
		if z == het && r.Sex == review.Male && siteOf(v.Key) == onX {
			return notAssessed // one X cannot be heterozygous
		}
		return allCopies(r, z)
	})
	two := zygosityOf(k.proband.call(v), siteOf(v.Key), k.sex) == hom
	if l, odd := k.parentReference(v); odd && two {
		labels = append(labels, l)
	}
	if len(seg.against) > 0 {
		return labels, sentence(append([]string{"two copies"}, seg.against...)...)
	}
	l := review.Label{
		Model: full, Basis: k.origin(v),
		Why: sentence(k.probandText(v), k.parentsText(v), seg.text()),
	}
	if two {
		l.Why = sentence(l.Why, k.related)
	}
	if len(seg.reduced) > 0 {
		l.Model = reduced
	}
	return append(labels, l), ""
}

// parentReference labels two copies in the proband where a parent who must have
// given one is called without the allele, on evidence that is not weak.
func (k *kindred) parentReference(v *review.Variant) (review.Label, bool) {
	mother := k.carries(k.mother, v) == removed
	father := k.carries(k.father, v) == removed
	var who []string
	for _, r := range []*relative{k.mother, k.father} {
		if r != nil && k.carries(r, v) == removed {
			who = append(who, readsText(r.name(), r.call(v)))
		}
	}
	causes := "a deletion on the other copy, uniparental disomy, a new second hit, or a sample error"
	switch {
	case mother && father:
		causes = "two new copies are not credible: a sample or pedigree error, or reference calls that are wrong"
	case father:
		causes += k.disomyText(v, "maternal")
	case mother:
		causes += k.disomyText(v, "paternal")
	default:
		return review.Label{}, false
	}
	return review.Label{
		Model: ModelParentReference, Basis: k.origin(v),
		Why: sentence(k.probandText(v)+" although "+strings.Join(who, " and "), causes),
	}, true
}
