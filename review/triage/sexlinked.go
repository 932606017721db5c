package triage

import (
	"fmt"

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
// tells whether it is new.
func (k *kindred) maleX(v *review.Variant) ([]review.Label, string) {
	c := k.proband.call(v)
	if zygosityOf(c, onX, review.Male) == het {
		return []review.Label{sexAnomaly("a male is called "+c.GT+" on X outside the pseudoautosomal regions",
			"an artefact, a mosaic, or more than one X")}, ""
	}
	var labels []review.Label
	if l, ok := k.deNovo(v, k.mother); ok {
		l.Why = sentence(l.Why, "a father gives no X to a son")
		labels = append(labels, l)
	}
	l, noFit := k.withXGenotype(v, ModelXLinked)
	if l != nil {
		if k.carries(k.father, v) == kept {
			l.Why = sentence(l.Why, "the father has it too but gives no X to a son")
		}
		labels = append(labels, *l)
	}
	return labels, noFit
}

func (k *kindred) femaleX(v *review.Variant) ([]review.Label, string) {
	c := k.proband.call(v)
	if c.Ploidy == 1 {
		return []review.Label{sexAnomaly("a female is called "+c.GT+" on X", "one X only, a deletion, or a call made for a male")}, ""
	}
	if zygosityOf(c, onX, review.Female) == hom {
		return k.twoCopies(v, ModelXLinkedFemaleHom, ModelXLinkedReduced)
	}
	var labels []review.Label
	if l, ok := k.deNovo(v, k.mother, k.father); ok {
		labels = append(labels, l)
	}
	l, noFit := k.withXGenotype(v, ModelXLinkedFemale)
	if l != nil {
		labels = append(labels, *l)
	}
	return append(labels, k.secondCopyPossible(v)...), noFit
}

// withXGenotype labels an allele on X by how it runs in the family. A male
// relative has the genotype with one copy. A female one has it with two; with
// one she counts where she is affected, or where the proband is a heterozygous
// female herself.
func (k *kindred) withXGenotype(v *review.Variant, full string) (*review.Label, string) {
	seg := k.segregate(v, func(r *relative, c *review.Call) outcome {
		switch zygosityOf(c, onX, r.Sex) {
		case unknownZygosity:
			return notAssessed
		case noCopy:
			return removed
		case het:
			if r.Sex != review.Male && full == ModelXLinked && !r.isAffected() {
				return removed // a carrier
			}
		}
		return kept
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
	}
	return &l, ""
}

// onY labels a variant on Y outside the pseudoautosomal regions.
func (k *kindred) onY(v *review.Variant) ([]review.Label, string) {
	c := k.proband.call(v)
	if k.sex == review.Female {
		return []review.Label{sexAnomaly("a female is called "+c.GT+" on Y", "mapping of X reads to Y, or a sample error")}, ""
	}
	var labels []review.Label
	prefix := ""
	if k.sex != review.Male {
		prefix = "if the proband is male: "
	}
	if zygosityOf(c, onY, review.Male) == het {
		labels = append(labels, sexAnomaly("a male is called "+c.GT+" on Y outside the pseudoautosomal regions",
			"an artefact, a mosaic, or more than one Y"))
	}
	if l, ok := k.deNovo(v, k.father); ok {
		l.Why = prefix + l.Why
		labels = append(labels, l)
	}
	seg := k.segregate(v, func(r *relative, c *review.Call) outcome {
		if r.Sex == review.Female {
			return removed
		}
		return carried(c)
	})
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
		return "father not available"
	}
	return k.oneParentText(k.father, v)
}

func sexAnomaly(what, causes string) review.Label {
	return review.Label{Model: ModelSexAnomaly, Basis: "unknown", Why: what + ": " + causes}
}

// mitochondrial labels a variant of the mitochondrial genome. There is no
// heterozygote and no de novo here: levels differ between tissues, and a mother
// called without the allele may carry it.
func (k *kindred) mitochondrial(v *review.Variant) review.Label {
	l := review.Label{Model: ModelMitochondrial, Basis: "unknown"}
	c := k.proband.call(v)
	parts := []string{levelText("proband", c)}
	if share, ok := altFraction(c); ok && share < k.p.HeteroplasmyMin {
		parts = append(parts, "a level below "+percent(k.p.HeteroplasmyMin)+" may be a nuclear copy or noise")
	}
	switch {
	case !k.mother.inFile(v):
		parts = append(parts, "mother not available")
	case k.carries(k.mother, v) == kept:
		l.Basis = "maternal"
		parts = append(parts, levelText(k.mother.status(), k.mother.call(v)))
	case k.carries(k.mother, v) == removed:
		l.Basis = "not_in_mother"
		parts = append(parts, "mother called without it in the tissue that was tested")
	default:
		parts = append(parts, "mother "+uncalledText(k.mother.call(v)))
	}
	for _, r := range k.others {
		if r.inFile(v) && k.carries(r, v) == kept {
			parts = append(parts, levelText(r.status(), r.call(v)))
		}
	}
	l.Why = sentence(parts...)
	return l
}

// levelText gives a person's level of heteroplasmy.
func levelText(who string, c *review.Call) string {
	if share, ok := altFraction(c); ok {
		return fmt.Sprintf("%s of the reads of the %s", percent(share), who)
	}
	return fmt.Sprintf("%s of the %s, the level is %s", c.GT, who, notInFile)
}
