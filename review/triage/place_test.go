package triage

import (
	"errors"
	"strings"
	"testing"

	"garrod/review"
)

// A key whose REF is not the file's is refused, whether a record or a reference
// block has the base.
func TestExplainRefusesAnotherREF(t *testing.T) {
	block := refBlock("1", 1000, 1999, "kid", "mum", "dad")
	block.Record.Ref = "A"
	src := one(block, variant(t, "1-3000-A-G", "kid=0/1"))
	for key, refused := range map[string]bool{
		"1-1000-T-G": true, "1-3000-C-G": true, "1-3000-C-T": true, "1-1000-A-G": false, "1-1500-T-G": false, "1-3000-A-T": false,
	} {
		_, err := Explain(t.Context(), src, trio(review.Female), Default(), key)
		bad, ok := errors.AsType[*review.InputError](err)
		if refused != (ok && bad.Code == "ref_mismatch") {
			t.Errorf("%s: %v, want it refused: %t", key, err, refused)
		}
		if _, err := FindRow(t.Context(), src, trio(review.Female), Default(), key); refused {
			if bad, ok := errors.AsType[*review.InputError](err); !ok || bad.Code != "ref_mismatch" {
				t.Errorf("FindRow %s: %v", key, err)
			}
		}
	}
}

// A reference block with few reads, a low quality or a filter proves nothing.
func TestExplainWeakBlock(t *testing.T) {
	for _, tt := range []struct {
		depth, gq *int
		filters   []string
		want      string
	}{
		{ref(30), ref(60), nil, "the proband is called reference"},
		{ref(3), ref(60), nil, "DP 3 and GQ 60, and reference needs DP 10 and GQ 20"},
		{ref(30), ref(5), nil, "GQ 5"},
		{ref(30), ref(60), []string{"LowQual"}, "filters (LowQual)"},
	} {
		block := refBlock("1", 1000, 1999, "kid", "mum", "dad")
		block.Record.Filters = tt.filters
		for i := range block.Calls {
			block.Calls[i].Depth, block.Calls[i].GQ = tt.depth, tt.gq
		}
		x, err := Explain(t.Context(), one(block), trio(review.Female), Default(), "1-1500-A-G")
		if err != nil {
			t.Fatal(err)
		}
		proven := strings.Contains(x.Note, "called reference")
		if x.Record != recordRefBlock || !strings.Contains(x.Note, tt.want) || proven == strings.Contains(x.Note, "cannot tell") {
			t.Errorf("%s: %q, want %q", x.Record, x.Note, tt.want)
		}
	}
}

// The words of an opinion are found as the file and as people write them.
func TestTextFindsSignificance(t *testing.T) {
	v := variant(t, "1-100-A-G", "kid=0/1")
	v.Assertions = []review.Assertion{{Source: "ClinVar", Significance: "Likely_pathogenic"}}
	for words, want := range map[string]int{"pathogenic": 1, "likely_pathogenic": 1, "likely pathogenic": 1, "benign": 0} {
		f := AllVariants()
		f.Text = &TextFilter{Words: words}
		if got := len(run(t, one(v), trio(review.Female), f).List); got != want {
			t.Errorf("%q: %d, want %d", words, got, want)
		}
	}
}
