package triage

import (
	"slices"
	"strings"
	"testing"

	"garrod/review"
)

// Where the genotypes contradict the declared family, the parents are as good as
// absent: nothing is new, nobody's allele has an origin, and pairs have no phase,
// until somebody overrides that.
func TestParentsAreNotTrusted(t *testing.T) {
	const stranger = "The declared father is no father by the genotypes."
	calls := map[string][]string{
		"1-100-A-G":  {"kid=0/1", "mum=0/0", "dad=0/0"}, // would be de novo
		"1-200-A-G":  {"kid=1/1", "mum=0/1", "dad=0/0"}, // would be a contradiction
		"1-300-A-G":  {"kid=0/1", "mum=0/1", "dad=0/0"}, // these two would be in trans
		"1-400-A-G":  {"kid=0/1", "mum=0/0", "dad=0/1"},
		"MT-500-A-G": {"kid=1", "mum=0", "dad=0"},
	}
	var vs []review.Variant
	for _, key := range []string{"1-100-A-G", "1-200-A-G", "1-300-A-G", "1-400-A-G", "MT-500-A-G"} {
		v := variant(t, key, calls[key]...)
		v.Consequences = []review.Consequence{{Symbol: "G1", Terms: []string{"missense_variant"}}}
		vs = append(vs, v)
	}
	c := trio(review.Female)
	c.Identity = &review.CaseIdentity{Blocks: []string{stranger}}
	forbidden := []string{ModelDeNovo, ModelDeNovoPossible, ModelParentReference, ModelDominantReduced}
	labels := 0
	for _, row := range run(t, one(vs...), c, AllVariants()).List {
		for _, l := range row.Labels {
			labels++
			if slices.Contains(forbidden, l.Model) || l.Phase == phaseTrans || l.Phase == phaseCis || l.Basis != "unknown" && l.Basis != "none" {
				t.Errorf("%s: %+v rests on parents who are not trusted", row.Variant.Key, l)
			}
			if !strings.Contains(l.Why, "identity is in doubt: The declared father is no father") {
				t.Errorf("%s: label %s does not say why: %q", row.Variant.Key, l.Model, l.Why)
			}
		}
	}
	if labels < 8 {
		t.Errorf("%d labels", labels)
	}
	for _, f := range familyFacts(c, &vs[0]) {
		if f.Relation == "mother" || f.Relation == "father" {
			t.Errorf("facts hold the %s", f.Relation)
		}
	}

	c.Identity.Override = &review.IdentityOverride{By: "u", Reason: "adopted"}
	if got := run(t, one(vs...), c, AllVariants()).List[0]; modelsOf(got)[0] != ModelDeNovo {
		t.Errorf("overridden: %v, want %s", modelsOf(got), ModelDeNovo)
	}
}
