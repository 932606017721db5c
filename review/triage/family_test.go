package triage

import (
	"fmt"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/summary"
)

// acmg.md section 6: about 1 coding de novo per exome and 60 to 80 per genome;
// far more mean a problem with a parent or the sample.
func TestFamilyNotes(t *testing.T) {
	rows := func(model, term string, n int) []Row {
		var out []Row
		for i := range n {
			v := in(variant(t, fmt.Sprintf("1-%d-A-G", 100+i), "kid=0/1"), "GENEA", term)
			out = append(out, Row{Variant: v, Labels: []review.Label{{Model: model}}})
		}
		return out
	}
	for _, tt := range []struct {
		name string
		rows []Row
		want string // part of the only note; empty for none
	}{
		{"one coding", rows(ModelDeNovo, "missense_variant", 1), ""},
		{"five coding", rows(ModelDeNovo, "synonymous_variant", 5), ""},
		{"six coding", rows(ModelDeNovo, "missense_variant", 6), "6 coding de novo alleles in the list, more than 5"},
		{"two hundred in a genome", rows(ModelDeNovo, "intron_variant", 200), ""},
		{"too many in a genome", rows(ModelDeNovo, "intron_variant", 201), "201 de novo alleles in the list, more than 200"},
		{"splice regions are not coding", rows(ModelDeNovo, "splice_region_variant", 6), ""},
		{"merged single samples", rows(ModelDeNovoPossible, "missense_variant", 201), "Files merged from single samples"},
		{"some possible", rows(ModelDeNovoPossible, "missense_variant", 200), ""},
		{"no de novo", rows(ModelDominant, "missense_variant", 900), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := familyNotes(tt.rows, DefaultInheritance())
			if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)) {
				t.Errorf("notes = %q, want one with %q", got, tt.want)
			}
		})
	}
}

// The notes stand on the worklist itself.
func TestWorklistHasFamilyNotes(t *testing.T) {
	var vs []review.Variant
	for i := range 6 {
		vs = append(vs, in(variant(t, fmt.Sprintf("1-%d-A-G", 100+i), "kid=0/1", "mum=0/0", "dad=0/0"), "GENEA", "missense_variant"))
	}
	if w := run(t, one(vs...), trio(review.Female), AllVariants()); len(w.Notes) != 1 {
		t.Errorf("notes = %q, want one", w.Notes)
	}
	if w := run(t, one(vs[:5]...), trio(review.Female), AllVariants()); len(w.Notes) != 0 {
		t.Errorf("notes = %q, want none", w.Notes)
	}
}

// What was left out or left as it was, for all keys of the file, is said.
func TestColumnNotes(t *testing.T) {
	if got := columnNotes(&summary.Head{}); got != nil {
		t.Errorf("%q, want no note", got)
	}
	got := columnNotes(&summary.Head{Trimmed: 3, Unmatched: 5})
	if len(got) != 2 || !strings.HasPrefix(got[0], "5 annotation rows") || !strings.HasPrefix(got[1], "3 insertions and deletions") {
		t.Errorf("%q", got)
	}
}
