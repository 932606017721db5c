package triage

import (
	"fmt"

	"garrod/review"
)

// mitochondrial labels a variant of the mitochondrial genome. There is no
// heterozygote and no de novo here: levels differ between tissues, and a mother
// called without the allele may carry it. Only people of the maternal line have
// the same mitochondria.
func (k *kindred) mitochondrial(v *review.Variant) review.Label {
	l := review.Label{Model: ModelMitochondrial, Basis: "unknown"}
	c := k.proband.call(v)
	parts := []string{levelText("proband", c)}
	if share, ok := c.Heteroplasmy(); ok && share < k.p.HeteroplasmyMin {
		parts = append(parts, "a level below "+percent(k.p.HeteroplasmyMin)+" may be a nuclear copy or noise")
	}
	switch {
	case !k.mother.inFile(v):
		parts = append(parts, k.absent("mother"))
	case k.carries(k.mother, v) == kept:
		l.Basis = "maternal"
		parts = append(parts, levelText(k.mother.status(), k.mother.call(v)), deltaText(c, k.mother.call(v)))
	case k.carries(k.mother, v) == removed:
		l.Basis = "not_in_mother"
		parts = append(parts, "mother called without it in the tissue that was tested"+readsSuffix(k.mother.call(v)))
	default:
		parts = append(parts, "mother "+k.unknownText(k.mother, v))
	}
	for _, r := range k.relatives {
		if r != k.mother && r.inFile(v) {
			parts = append(parts, k.mitochondrialRelative(r, v))
		}
	}
	l.Why = sentence(parts...)
	return l
}

// mitochondrialRelative says what another relative's call means. A father and
// his kin have mitochondria of their own.
func (k *kindred) mitochondrialRelative(r *relative, v *review.Variant) string {
	o := k.carries(r, v)
	if o == kept && k.graph.isAlone(r.ID) {
		return levelText(r.status(), r.call(v)) + ", whose maternal line is not known"
	}
	if k.graph.line(r.ID, byMother) != k.graph.line(k.proband.ID, byMother) {
		if o == kept && r.Affected != nil {
			return levelText(r.status(), r.call(v)) + ", of another maternal line"
		}
		return ""
	}
	switch {
	case o == kept:
		return levelText(r.status(), r.call(v))
	case o == removed && r.isAffected():
		return "the " + r.status() + " is called without it in the tissue that was tested"
	}
	return ""
}

// levelText gives a person's level of heteroplasmy.
func levelText(who string, c *review.Call) string {
	if share, ok := c.Heteroplasmy(); ok {
		return fmt.Sprintf("%s of the reads of the %s", percent(share), who)
	}
	return fmt.Sprintf("%s of the %s, the level is %s", c.GT, who, notInFile)
}

// deltaText gives the difference between child and mother in points of percent.
func deltaText(child, mother *review.Call) string {
	a, ok := child.Heteroplasmy()
	b, ok2 := mother.Heteroplasmy()
	switch d := 100 * (a - b); {
	case !ok || !ok2:
		return ""
	case d < 0:
		return fmt.Sprintf("%.3g points less than in the mother", -d)
	default:
		return fmt.Sprintf("%.3g points more than in the mother", d)
	}
}

// readsSuffix gives the reads behind a call without the allele.
func readsSuffix(c *review.Call) string {
	if c.AD == nil {
		return ""
	}
	return fmt.Sprintf(" (%d of %d reads)", c.AD[1], c.AD[0]+c.AD[1])
}
