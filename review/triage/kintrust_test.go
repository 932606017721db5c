package triage

import (
	"slices"
	"testing"

	"garrod/review"
	"garrod/review/acmg"
)

// A declared sibling whom the genotypes contradict is as good as absent until
// somebody overrides that: neither labels nor facts rest on this person.
func TestAContradictedSiblingIsNotUsed(t *testing.T) {
	const stranger = "The proband and bro: declared full siblings, measured unrelated."
	v := variant(t, "1-100-A-G", "kid=0/1", "mum=0/1", "dad=0/0", "bro=0/0")
	v.Consequences = []review.Consequence{{Symbol: "G1", Terms: []string{"missense_variant"}}}
	yes := true
	c := trio(review.Female)
	c.Family.Members = append(c.Family.Members, review.Member{ID: "bro", Mother: "mum", Father: "dad", Sex: review.Male, Affected: &yes})
	used := func() bool { return len(newKindred(c, DefaultInheritance()).others) == 1 }
	known := func() bool {
		return slices.ContainsFunc(familyFacts(c, &v), func(f acmg.Relative) bool { return f.Relation == "sibling" })
	}
	if !used() || !known() {
		t.Fatal("the brother is not used although nothing contradicts him")
	}
	c.Identity = &review.CaseIdentity{Blocks: []string{stranger}, Kin: []review.DoubtedKin{{ID: "bro", Why: stranger}}}
	if used() || known() {
		t.Error("labels or facts rest on the contradicted brother")
	}
	if k := newKindred(c, DefaultInheritance()); k.mother == nil || k.father == nil || k.untrusted != "" {
		t.Errorf("the parents are not used: %q", k.untrusted)
	}
	c.Identity.Override = &review.IdentityOverride{By: "u", Reason: "checked"}
	if !used() || !known() {
		t.Error("overridden, and the brother is not used")
	}
}
