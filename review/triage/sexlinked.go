package triage

import (
	"garrod/review"
)

// onX labels a variant on X outside the pseudoautosomal regions. Where the
// proband's sex is not known, the labels for both are given and say so.
func (k *kindred) onX(v *review.Variant) ([]review.Label, string) {
	switch k.sex {
	case review.Male:
		return k.maleX(v)
	case review.Female:
		return k.femaleX(v)
	}
	male, female := *k, *k
	male.sex, female.sex = review.Male, review.Female
	var labels []review.Label
	var noFit string
	for _, as := range []struct {
		word string
		give func(*review.Variant) ([]review.Label, string)
	}{{"if the proband is male: ", male.maleX}, {"if the proband is female: ", female.femaleX}} {
		ls, no := as.give(v)
		for _, l := range ls {
			l.Why = as.word + l.Why
			labels = append(labels, l)
		}
		if no != "" {
			noFit = sentence(noFit, as.word+no)
		}
	}
	return labels, noFit
}

// maleX labels a male's allele on X. His father gives no X: only the mother
// tells whether it is new. Where the disease goes from father to son, X does not
// explain it; a mother who carries the allele keeps the label, for it may come
// from both sides.
func (k *kindred) maleX(v *review.Variant) ([]review.Label, string) {
	c := k.proband.call(v)
	var labels []review.Label
	what, causes := anomaly(c, onX, review.Male)
	if what != "" {
		labels = append(labels, sexAnomaly(what, causes))
	}
	if l, ok := k.deNovo(v, k.mother); ok {
		l.Why = sentence(l.Why, k.fatherOnX(v))
		if what != "" {
			l = doubted(l, "a male is called "+c.GT+" on one X")
		}
		if k.carries(k.father, v) == kept {
			l = doubted(l, "father called "+k.father.call(v).GT)
		}
		labels = append(labels, l)
	}
	if what != "" {
		return labels, ""
	}
	if k.maleToMale != "" && k.carries(k.mother, v) != kept {
		return labels, sentence("on X", k.maleToMale+": male-to-male transmission excludes X")
	}
	l, noFit := k.withXGenotype(v, ModelXLinked)
	if l != nil {
		if k.carries(k.father, v) == kept {
			l.Why = sentence(l.Why, "the father has it too but gives no X to a son")
		}
		labels = append(labels, *l)
	}
	return append(labels, k.parentalMosaic(v, k.mother)...), noFit
}

// fatherOnX gives the father's call for the record: he gives no X to a son, but
// an unexpected call of his speaks against the sample.
func (k *kindred) fatherOnX(v *review.Variant) string {
	text := "a father gives no X to a son"
	if !k.father.inFile(v) {
		return text
	}
	text += " (" + readsText("father", k.father.call(v)) + ")"
	if k.carries(k.father, v) == kept {
		text += ", but he carries it: a new allele that the father has too is likelier an error"
	}
	return text
}

func (k *kindred) femaleX(v *review.Variant) ([]review.Label, string) {
	c := k.proband.call(v)
	if what, causes := anomaly(c, onX, review.Female); what != "" {
		return []review.Label{sexAnomaly(what, causes)}, ""
	}
	if zygosityOf(c, onX, review.Female) == hom {
		return k.twoCopies(v, ModelXLinkedFemaleHom, ModelXLinkedReduced)
	}
	var labels []review.Label
	if l, ok := k.deNovo(v, k.mother, k.father); ok {
		labels = append(labels, l)
	}
	if k.maleToMale != "" {
		return labels, sentence("on X", k.maleToMale+": male-to-male transmission excludes X")
	}
	l, noFit := k.withXGenotype(v, ModelXLinkedFemale)
	if l != nil {
		labels = append(labels, *l)
	}
	labels = append(labels, k.parentalMosaic(v, k.mother, k.father)...)
	labels = append(labels, k.mosaic(v)...)
	return append(labels, k.secondCopyPossible(v)...), noFit
}

// withXGenotype labels an allele on X by how it runs in the family. A male
// relative has the genotype with one copy; a heterozygous call of a male tells
// nothing. A female one has it with two; with one she counts where she is
// affected, or where the proband is a heterozygous female herself.
func (k *kindred) withXGenotype(v *review.Variant, full string) (*review.Label, string) {
	seg := k.segregate(v, func(r *relative, z zygosity) outcome {
		switch {
		case z == het && r.Sex == review.Male:
			return notAssessed
		case z == het && full == ModelXLinked && !r.isAffected():
			return removed // a carrier
		}
		return oneCopy(r, z)
	})
	if len(seg.against) > 0 {
		return nil, sentence(append([]string{"on X"}, seg.against...)...)
	}
	l := review.Label{Model: full, Basis: k.origin(v), Why: sentence(k.probandText(v)+" on X", k.parentsText(v), seg.text())}
	if full == ModelXLinked && k.carries(k.mother, v) == kept {
		l.Basis = "maternal"
	}
	if len(seg.reduced) > 0 {
		l.Model = ModelXLinkedReduced
		if full == ModelXLinkedFemale && k.zygosity(k.mother, v) == het && k.mother.isUnaffected() {
			l.Why = sentence(l.Why, "skewed X inactivation may keep a heterozygous mother well")
		}
	}
	return &l, ""
}

// onY labels a variant on Y outside the pseudoautosomal regions.
func (k *kindred) onY(v *review.Variant) ([]review.Label, string) {
	c := k.proband.call(v)
	if k.sex == review.Female {
		return []review.Label{sexAnomaly(anomaly(c, onY, k.sex))}, ""
	}
	var labels []review.Label
	prefix := ""
	if k.sex != review.Male {
		prefix = "if the proband is male: "
	}
	what, causes := anomaly(c, onY, review.Male)
	if what != "" {
		labels = append(labels, sexAnomaly(what, causes))
	}
	if l, ok := k.deNovo(v, k.father); ok {
		if what != "" {
			l = doubted(l, "a male is called "+c.GT+" on one Y")
		}
		l.Why = prefix + l.Why
		labels = append(labels, l)
	}
	if what != "" {
		return labels, ""
	}
	seg := k.segregate(v, k.inMaleLine)
	if len(seg.against) > 0 {
		return labels, sentence(append([]string{"on Y"}, seg.against...)...)
	}
	l := review.Label{
		Model: ModelYLinked, Basis: k.fatherBasis(v),
		Why: prefix + sentence(k.probandText(v)+" on Y", k.fatherText(v), seg.text()),
	}
	if len(seg.reduced) > 0 {
		l.Model = ModelYLinkedReduced
	}
	return append(labels, l), ""
}

// inMaleLine takes the males who have their Y from the same forefather as the
// proband. Other males have another Y, which tells nothing of this one unless
// they are affected; females have none.
func (k *kindred) inMaleLine(r *relative, z zygosity) outcome {
	if r.Sex == review.Female {
		return removed
	}
	same := k.graph.line(r.ID, byFather) == k.graph.line(k.proband.ID, byFather)
	if !same && !r.isAffected() {
		return notAssessed
	}
	return oneCopy(r, z)
}

func (k *kindred) fatherBasis(v *review.Variant) string {
	switch k.carries(k.father, v) {
	case kept:
		return "paternal"
	case removed:
		return "neither"
	}
	return "unknown"
}

func (k *kindred) fatherText(v *review.Variant) string {
	if !k.father.inFile(v) {
		return k.absent("father")
	}
	return k.oneParentText(k.father, v)
}

// anomaly says of a call with the allele on X or Y what the sex does not explain,
// and what may be behind it; empty where it explains the call.
func anomaly(c *review.Call, s site, sex review.Sex) (what, causes string) {
	manyCopies := sex == review.Male && zygosityOf(c, s, sex) == het
	switch {
	case s == onX && manyCopies:
		return readsText("a male", c) + ", on X outside the pseudoautosomal regions", "an artefact, a mosaic, or more than one X (XXY)"
	case s == onY && manyCopies:
		return readsText("a male", c) + ", on Y outside the pseudoautosomal regions", "an artefact, a mosaic, or more than one Y"
	case s == onX && sex == review.Female && c.Ploidy == 1:
		return "a female is called " + c.GT + " on X", "one X only, a deletion, or a call made for a male"
	case s == onY && sex == review.Female:
		return "a female is called " + c.GT + " on Y", "mapping of X reads to Y, or a sample error"
	}
	return "", ""
}

func sexAnomaly(what, causes string) review.Label {
	return review.Label{Model: ModelSexAnomaly, Basis: "unknown", Why: what + ": " + causes}
}

const xtrWarning = "the place is in the X-transposed region, where reads of X and Y are taken for each other"

// xtrText warns of the X-transposed region.
func xtrText(v *review.Variant) string {
	if !inXTR(v.Key) {
		return ""
	}
	return xtrWarning
}
