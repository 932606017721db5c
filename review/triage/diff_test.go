package triage

import (
	"slices"
	"testing"

	"garrod/review"
	"garrod/review/genome"
)

// Diff lists what one list has and the other has not, with the step that
// Explain blames.
func TestDiff(t *testing.T) {
	src, c := holding(odd(random(t, 900, 120), 9)), withPanel(trio(review.Female))
	fs := append(testFilters(), randomFilters(9, 5, src.records)...)
	for i, from := range fs {
		to := fs[(i+1)%len(fs)]
		d, err := Diff(t.Context(), src, c, from, to)
		if err != nil {
			t.Fatal(err)
		}
		a, b := run(t, src, c, from), run(t, src, c, to)
		checkDiff(t, src, c, d.Added, b, a, from)
		checkDiff(t, src, c, d.Removed, a, b, to)
		if d.Unchanged != int64(len(a.List)-len(d.Removed)) || len(d.From) != len(a.Funnel) || len(d.To) != len(b.Funnel) || d.NotCompared != 0 {
			t.Errorf("%d unchanged, %d of %d steps, %d not compared", d.Unchanged, len(d.From), len(a.Funnel), d.NotCompared)
		}
	}
	bad := Default()
	bad.Name = ""
	if _, err := Diff(t.Context(), src, c, Default(), bad); err == nil {
		t.Error("a filter without a name was compared")
	}
}

// checkDiff holds rows against the lists in and out, the latter made with f.
func checkDiff(t *testing.T, src Source, c *review.Case, rows []DiffRow, in, out *Worklist, f Filter) {
	t.Helper()
	var got, want []string
	listed := map[genome.Key]int{}
	for _, r := range out.List {
		listed[r.Variant.Key]++
	}
	for _, r := range in.List {
		if listed[r.Variant.Key] == 0 {
			want = append(want, r.Variant.Key.String())
		}
		listed[r.Variant.Key] = max(0, listed[r.Variant.Key]-1)
	}
	for _, r := range rows {
		got = append(got, r.Key.String())
		x, err := Explain(t.Context(), src, c, f, r.Key.String())
		if err != nil {
			t.Fatal(err)
		}
		blamed := ""
		for _, s := range x.Steps {
			if s.Outcome == "removed" {
				blamed = s.Step
			}
		}
		if blamed != r.RemovedBy || r.Rescued != (x.Lane == LaneRescue) {
			t.Errorf("filter %s, %s: removed by %q, rescued %t; explained as removed by %q in lane %s", f.Name, r.Key, r.RemovedBy, r.Rescued, blamed, x.Lane)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("filter %s: %v, want %v", f.Name, got, want)
	}
}
