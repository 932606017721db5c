package triage

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A filter stored before a number existed keeps its meaning: what is not there
// takes the default, and the source is not made up.
func TestParamsOfOldFilters(t *testing.T) {
	var got InheritanceParams
	if err := json.Unmarshal([]byte(`{"parent_min_depth":30,"het_min_fraction":0}`), &got); err != nil {
		t.Fatal(err)
	}
	want := DefaultInheritance()
	want.ParentMinDepth, want.HetMinFraction, want.Source = 30, 0, ""
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestImpossibleParams(t *testing.T) {
	if field, what := DefaultInheritance().problem(); field != "" {
		t.Errorf("the defaults: %s %s", field, what)
	}
	for _, tt := range []struct {
		spoil func(p *InheritanceParams)
		field string
	}{
		{func(p *InheritanceParams) { p.MosaicMaxP = 1.1 }, "mosaic_max_p"},
		{func(p *InheritanceParams) { p.DeNovoMaxAF = -0.1 }, "de_novo_max_af"},
		{func(p *InheritanceParams) { p.TwinKinship = 2 }, "twin_kinship"},
		{func(p *InheritanceParams) { p.RefMinGQ = -1 }, "ref_min_gq"},
		{func(p *InheritanceParams) { p.DeNovoMaxCoding = -1 }, "de_novo_max_coding"},
		{func(p *InheritanceParams) { p.ParentMinDepth = -1 }, "parent_min_depth"},
	} {
		p := DefaultInheritance()
		tt.spoil(&p)
		if field, _ := p.problem(); field != tt.field {
			t.Errorf("problem names %q, want %q", field, tt.field)
		}
	}
}
