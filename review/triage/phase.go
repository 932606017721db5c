package triage

import (
	"fmt"

	"garrod/review"
)

// The phases of two alleles in the proband.
const (
	phaseTrans   = "trans"
	phaseCis     = "cis"
	phaseUnknown = "unknown"
)

// phase tells whether two alleles lie on the same copy, how that is known, and
// why. The basis is a word of the facts schema (parents, one_parent, ps, none)
// or "genotype", where one call names both alleles.
type phase struct{ phase, basis, why string }

// phaseOf finds the phase of two alleles that the proband carries once each.
// Where parents and phase set contradict each other, the phase is unknown.
func (k *kindred) phaseOf(a, b *review.Variant) phase {
	if sameRecord(a, b) && k.proband.call(a).Others > 0 && k.proband.call(b).Others > 0 {
		return phase{phaseTrans, "genotype", "the call " + k.proband.call(a).GT + " has one of each"}
	}
	for _, pair := range [][2]*review.Variant{{a, b}, {b, a}} {
		if ph, ok := k.overDeletion(pair[0], pair[1]); ok {
			return ph
		}
	}
	byParents := k.phaseByParents(a, b)
	bySet := phaseBySet(k.proband.call(a), k.proband.call(b), a.Key.Contig == b.Key.Contig)
	switch {
	case byParents.phase == phaseUnknown && bySet.phase != phaseUnknown:
		return bySet
	case byParents.phase != phaseUnknown && bySet.phase != phaseUnknown && byParents.phase != bySet.phase:
		return phase{phaseUnknown, "none", fmt.Sprintf("the parents say %s (%s) but the phase set says %s", byParents.phase, byParents.why, bySet.phase)}
	}
	return byParents
}

// sameRecord reports whether a and b are two ALT alleles of one record.
func sameRecord(a, b *review.Variant) bool {
	x, y := a.Record, b.Record
	return x.Number == y.Number && x.Contig == y.Contig && x.Pos == y.Pos && x.Ref == y.Ref &&
		x.Allele != y.Allele && len(x.Alts) > 1 && len(x.Alts) == len(y.Alts)
}

// phaseByParents uses both parents where both are called at both places, else
// the one who is.
func (k *kindred) phaseByParents(a, b *review.Variant) phase {
	am, af := k.carries(k.mother, a), k.carries(k.father, a)
	bm, bf := k.carries(k.mother, b), k.carries(k.father, b)
	motherCalled := am != notAssessed && bm != notAssessed
	fatherCalled := af != notAssessed && bf != notAssessed
	switch {
	case motherCalled && fatherCalled:
		return k.phaseByBoth(a, b)
	case motherCalled:
		return k.phaseByOne(k.mother, k.father, a, b)
	case fatherCalled:
		return k.phaseByOne(k.father, k.mother, a, b)
	}
	if k.untrusted != "" {
		return phase{phaseUnknown, "none", k.untrusted}
	}
	return phase{phaseUnknown, "none", "no parent is called at both places"}
}

// phaseByBoth compares the parents that each allele came from.
func (k *kindred) phaseByBoth(a, b *review.Variant) phase {
	from, from2 := k.giver(a), k.giver(b)
	for _, g := range []struct {
		from string
		v    *review.Variant
	}{{from, a}, {from2, b}} {
		switch g.from {
		case "neither":
			return phase{phaseUnknown, "none", g.v.Key.String() + " is in neither parent"}
		case "either":
			return phase{phaseUnknown, "none", g.v.Key.String() + " may come from either parent"}
		}
	}
	if from == from2 {
		return phase{phaseCis, "parents", "both come from the " + from}
	}
	return phase{phaseTrans, "parents", "one from each parent"}
}

// giver tells which parent gave the proband's one copy: mother, father, either
// or neither. A parent without any other allele cannot have given the other
// copy, so that the other parent gave it.
func (k *kindred) giver(v *review.Variant) string {
	m, f := k.carries(k.mother, v) == kept, k.carries(k.father, v) == kept
	if m && f {
		mc, fc := k.mother.call(v), k.father.call(v)
		onlyM, onlyF := mc.Copies == mc.Ploidy, fc.Copies == fc.Ploidy
		m, f = onlyM || !onlyF, onlyF || !onlyM
	}
	switch {
	case m && f:
		return "either"
	case m:
		return "mother"
	case f:
		return "father"
	}
	return "neither"
}

// phaseByOne reads the phase from one parent. The copy that came from this
// parent carries what the parent carries, so that an allele the parent lacks is
// on the other one, unless it is new. Two alleles that the parent has both are
// taken to be on one copy only where the parent is unaffected, for an affected
// one may carry them apart, and where neither is known to come from the other
// parent.
func (k *kindred) phaseByOne(r, absent *relative, a, b *review.Variant) phase {
	missing := map[string]string{"mother": "father", "father": "mother"}[r.relation]
	other := missing + " not called"
	if absent == nil {
		other = missingText(absent, missing)
	}
	for _, v := range []*review.Variant{a, b} {
		if k.carries(r, v) == removed && k.carries(absent, v) == removed {
			return phase{phaseUnknown, "none", v.Key.String() + " is in neither parent"}
		}
	}
	switch x, y := k.carries(r, a), k.carries(r, b); {
	case x != y:
		return phase{phaseTrans, "one_parent", "the " + r.name() + " has one of the two, " + other + ": on different copies unless the other one is new"}
	case x == removed:
		return phase{phaseCis, "one_parent", "the " + r.name() + " has neither, so both lie on the other copy unless one is new, " + other}
	case r.isUnaffected():
		for _, v := range []*review.Variant{a, b} {
			if k.carries(absent, v) == kept && k.giver(v) == missing {
				return phase{phaseUnknown, "none", "the " + r.status() + " has both, but " + v.Key.String() + " comes from the " + missing}
			}
		}
		return phase{phaseCis, "one_parent", "the " + r.status() + " has both, " + other}
	}
	return phase{phaseUnknown, "none", "the " + r.status() + " has both, " + other}
}

// phaseBySet uses the phase set of the caller. A phased call without a set says
// nothing about another record.
func phaseBySet(a, b *review.Call, sameContig bool) phase {
	none := phase{phase: phaseUnknown, basis: "none"}
	if !sameContig || !a.Phased || !b.Phased || a.PS == nil || b.PS == nil || *a.PS != *b.PS || a.Hap == 0 || b.Hap == 0 {
		return none
	}
	if a.Hap == b.Hap {
		return phase{phaseCis, "ps", fmt.Sprintf("both on one haplotype of phase set %d", *a.PS)}
	}
	return phase{phaseTrans, "ps", fmt.Sprintf("on different haplotypes of phase set %d", *a.PS)}
}
