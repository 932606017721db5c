package worklist

import (
	"slices"
	"strings"
	"testing"

	"garrod/review"
	"garrod/ui/state"
	"garrod/ui/words"
)

// The others of a family stand in one column, the affected first, and one whom
// the genotypes contradict is named as not used.
func TestOthersColumn(t *testing.T) {
	if err := words.Load(); err != nil {
		t.Fatal(err)
	}
	yes := true
	c := &review.Case{Proband: "P", Family: review.Family{Members: []review.Member{
		{ID: "P", Mother: "M"}, {ID: "M"}, {ID: "S1", Mother: "M"}, {ID: "S2", Mother: "M", Affected: &yes}, {ID: "G"},
	}}}
	var l state.Line
	l.Variant.Calls = []review.Call{{Sample: "S1", State: review.Called, Ploidy: 2}, {Sample: "S2", State: review.Called, Ploidy: 2, Copies: 1}}
	at := func() int {
		return slices.IndexFunc(columns(c), func(k column) bool { return k.Key == "col.others" })
	}
	got := columns(c)[at()].Cell(&l).Text
	if want := "S2, affected: heterozygous; S1: reference; G: not in the file"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	const why = "a stranger"
	c.Identity = &review.CaseIdentity{Blocks: []string{why}, Kin: []review.DoubtedKin{{ID: "S2", Why: why}}}
	if got := columns(c)[at()].Cell(&l).Text; !strings.HasPrefix(got, "S2, affected: not used") {
		t.Errorf("a contradicted sibling reads %q", got)
	}
	c.Family.Members = c.Family.Members[:2]
	if at() >= 0 {
		t.Error("a column for nobody")
	}
}
