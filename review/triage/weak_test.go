package triage

import (
	"strings"
	"testing"

	"garrod/review"
)

// A call without the allele that rests on few reads or a low quality is unknown:
// the genotype step keeps it, and what ClinVar calls pathogenic is rescued.
func TestWeakReferenceIsRescued(t *testing.T) {
	at := func(key string, depth, gq *int) review.Variant {
		v := variant(t, key, "kid=0/0", "mum=0/1", "dad=0/0")
		v.Calls[0].Depth, v.Calls[0].GQ = depth, gq
		v.Assertions = []review.Assertion{{Source: "ClinVar", Significance: "Pathogenic", Pathogenic: true}}
		return v
	}
	for _, tt := range []struct {
		name      string
		key       string
		depth, gq *int
		sex       review.Sex
		rescued   bool
		words     string
	}{
		{"few reads", "1-100-A-G", ref(3), ref(0), review.Male, true, "0/0, but DP 3 and GQ 0 do not prove reference"},
		{"no reads", "1-100-A-G", ref(0), ref(0), review.Female, true, "0/0, but DP 0 and GQ 0 do not prove reference"},
		{"low quality", "1-100-A-G", nil, ref(19), review.Female, true, "0/0, but GQ 19 do"},
		{"proven", "1-100-A-G", ref(10), ref(20), review.Female, false, "0/0"},
		{"not given", "1-100-A-G", nil, nil, review.Female, false, "0/0"},
		{"negative is not given", "1-100-A-G", ref(-1), ref(-1), review.Female, false, "0/0"},
		{"one copy, proven", "X-50000000-A-G", ref(6), ref(10), review.Male, false, "0/0"},
		{"one copy, few reads", "X-50000000-A-G", ref(5), ref(10), review.Male, true, "DP 5"},
		{"two copies on X", "X-50000000-A-G", ref(6), ref(10), review.Female, true, "DP 6"},
		{"pseudoautosomal", "X-1000000-A-G", ref(6), ref(10), review.Male, true, "DP 6"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src, c := one(at(tt.key, tt.depth, tt.gq)), trio(tt.sex)
			w := run(t, src, c, Default())
			if got := len(w.Rescue) == 1; got != tt.rescued {
				t.Errorf("rescued: %t, want %t; funnel %+v", got, tt.rescued, w.Funnel)
			}
			if got := w.Funnel[1].NotAssessed == 1; got != tt.rescued {
				t.Errorf("not assessed by %s: %t, want %t", w.Funnel[1].Step, got, tt.rescued)
			}
			x, err := Explain(t.Context(), src, c, Default(), tt.key)
			if err != nil {
				t.Fatal(err)
			}
			want := map[bool]string{true: "not_assessed", false: "removed"}[tt.rescued]
			if s := x.Steps[1]; s.Step != stepGenotype || s.Outcome != want || !strings.Contains(s.Value, tt.words) {
				t.Errorf("%+v, want %s and %q", s, want, tt.words)
			}
		})
	}
}

// Whether a relative is asked to carry an allele or not to, a weak reference call
// answers neither.
func TestWeakRelativeIsNotAssessed(t *testing.T) {
	v := variant(t, "1-100-A-G", "kid=0/1", "mum=0/0", "dad=0/0")
	v.Calls[1].Depth, v.Calls[1].GQ = ref(0), ref(0)
	for _, carries := range []string{carrier, notCarrier} {
		f := AllVariants()
		f.Genotype = &GenotypeFilter{Relatives: []RelativeGenotype{{Who: "mother", Carries: carries}}}
		w := run(t, one(v), trio(review.Female), f)
		if s := w.Funnel[1]; s.After != 1 || s.NotAssessed != 1 {
			t.Errorf("%s: %+v", carries, s)
		}
	}
}

// Limits above what a cell holds leave the row to its record.
func TestLimitsBeyondCells(t *testing.T) {
	var vs []review.Variant
	for i, depth := range []int{253, 254, 255, 299, 300} {
		v := variant(t, []string{"1-100-A-G", "1-200-A-G", "1-300-A-G", "1-400-A-G", "1-500-A-G"}[i], "kid=0/0", "mum=0/0", "dad=0/0")
		v.Calls[0].Depth = &depth
		v.Assertions = []review.Assertion{{Source: "ClinVar", Conflicting: true}}
		vs = append(vs, v)
	}
	src, f := holding(one(vs...)), AllVariants()
	e := DefaultInheritance()
	e.RefMinDepth = 300
	f.Genotype = &GenotypeFilter{Carried: true}
	f.Frequency = &FrequencyFilter{MaxAF: 1}
	f.Inheritance, f.Evidence = nil, &e
	f.ClinVar = &ClinVarFilter{Keep: []string{"pathogenic"}}
	want, got := src.reference(t, trio(review.Female), f), runPicking(t, src, trio(review.Female), f)
	if w, g := want.Funnel[1], got.Funnel[1]; w != g || w.NotAssessed != 4 {
		t.Errorf("columns %+v, records %+v, want 4 not assessed", g, w)
	}
	if want.Conflicting != got.Conflicting {
		t.Errorf("columns count %d conflicting, records %d", got.Conflicting, want.Conflicting)
	}
}
