package state

import (
	"testing"

	"garrod/review/triage"

	"github.com/google/go-cmp/cmp"
)

func TestFilterEditKeepsWhatItDoesNotShow(t *testing.T) {
	f := triage.Default()
	e := EditOf(f)
	e.Name = " mine "
	got, key := e.Apply(f)
	want := triage.Default()
	want.Name, want.Version = "mine", 0
	if d := cmp.Diff(want, got); d != "" || key != "" {
		t.Errorf("%q (-want +got):\n%s", key, d)
	}
	if f.Name != "default" || f.Panel == nil {
		t.Error("the filter that was edited is another now")
	}
}

func TestFilterEditFrequency(t *testing.T) {
	for text, want := range map[string]float64{"0.001": 0.001, "0,5": 0.5, " 1 % ": 0.01, "0.1%": 0.001, "0": 0, "100 %": 1, "1": 1} {
		f, key := FilterEdit{Name: "a", MaxAF: text}.Apply(triage.AllVariants())
		if key != "" || f.Frequency == nil || f.Frequency.MaxAF != want || f.Frequency.MinAN != 2000 {
			t.Errorf("%q: %+v, %q", text, f.Frequency, key)
		}
	}
	for _, text := range []string{"x", "-1", "2", "1e9", "NaN", "101 %", "0.1 0.2"} {
		if _, key := (FilterEdit{Name: "a", MaxAF: text}).Apply(triage.Default()); key != "filter.bad_frequency" {
			t.Errorf("%q: %q", text, key)
		}
	}
	if f, key := (FilterEdit{Name: "a"}).Apply(triage.Default()); key != "" || f.Frequency != nil || f.Panel != nil || f.Text != nil {
		t.Errorf("empty: %+v, %q", f, key)
	}
	if f, _ := (FilterEdit{Name: "a", Words: " brca1 "}).Apply(triage.Default()); f.Text == nil || f.Text.Words != "brca1" {
		t.Errorf("words: %+v", f.Text)
	}
	if _, key := (FilterEdit{Name: " "}).Apply(triage.Default()); key != "filter.need_name" {
		t.Errorf("no name: %q", key)
	}
}

func TestFilterDiffCut(t *testing.T) {
	d := FilterDiff{Added: make([]FilterRow, 3), Removed: make([]FilterRow, 1)}
	d.Cut(0)
	if len(d.Added) != 3 || d.Counts.LeftOut != 0 {
		t.Errorf("0 cuts: %+v", d)
	}
	d.Cut(2)
	if len(d.Added) != 2 || len(d.Removed) != 1 || d.Counts.LeftOut != 1 {
		t.Errorf("cut at 2: %+v", d)
	}
}
