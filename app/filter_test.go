package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"garrod/assets/demo"
	"garrod/review"
	"garrod/review/triage"
	"garrod/ui/state"
)

// onLab is a command line in the laboratory of the bench.
func (b *bench) onLab(args ...string) []string { return append(args, "--lab", b.lab) }

// filterFile writes a filter: the default, changed.
func filterFile(t *testing.T, change func(f *triage.Filter)) string {
	t.Helper()
	f := triage.Default()
	f.Name = "rare"
	change(&f)
	text, err := f.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return writeText(t, "filter.json", string(text))
}

func TestFilterVersions(t *testing.T) {
	b := newBench(t)
	strict := filterFile(t, func(f *triage.Filter) { f.Frequency.MaxAF = 0.001 })
	wider := filterFile(t, func(f *triage.Filter) { f.Frequency.MaxAF = 0.05 })
	var one, two filterSaved
	must(t, &one, b.onLab("filter", "save", "--file", strict, "--name", "clinic")...)
	must(t, &two, b.onLab("filter", "save", "--file", wider, "--name", "clinic", "--as", "demo.authoriser", "--lock", "--reason", "agreed in May")...)
	if one.Version != 1 || one.Locked || two.Version != 2 || !two.Locked || two.AuditSeq <= one.AuditSeq || one.SHA256 == two.SHA256 {
		t.Errorf("saved %+v, %+v", one, two)
	}
	b.mark(t)
	b.refused(t, want{exit: 5, at: failure{Code: "filter_locked"}}, b.onLab("filter", "save", "--file", strict, "--name", "clinic", "--reason", "mine")...)
	b.refused(t, want{exit: 5, at: failure{Code: "reason_needed"}}, b.onLab("filter", "save", "--file", strict, "--name", "clinic", "--as", "demo.authoriser")...)
	b.refused(t, want{exit: 5, at: failure{Code: "shipped_filter"}}, b.onLab("filter", "save", "--file", strict, "--name", "wide")...)
	b.refused(t, want{exit: 3, at: failure{Code: "filter_name", Field: "name"}}, b.onLab("filter", "save", "--file", strict, "--name", "a@2")...)
	b.refused(t, want{exit: 3, at: failure{Code: "filter_file"}}, b.onLab("filter", "show", "clinic@3")...)

	for version, maxAF := range map[string]float64{"clinic@1": 0.001, "clinic@2": 0.05, "clinic": 0.05} {
		var f triage.Filter
		must(t, &f, b.onLab("filter", "show", version)...)
		if f.Name != "clinic" || f.Frequency.MaxAF != maxAF {
			t.Errorf("show %s: %s with max_af %v", version, f.Name, f.Frequency.MaxAF)
		}
	}
	var rows []filterRow
	must(t, &rows, b.onLab("filter", "list", "--all")...)
	names := []string{}
	for _, r := range rows {
		names = append(names, r.Name)
	}
	if !slices.Equal(names, []string{"default", "wide", "all", "clinic", "clinic"}) || !rows[4].Locked || rows[4].SHA256 != two.SHA256 || rows[3].Created == nil {
		t.Errorf("list: %+v", rows)
	}
	if r := garrod(t, b.onLab("filter", "list")...); !strings.Contains(r.out, "clinic   2        locked") {
		t.Errorf("the table:\n%s", r.out)
	}
}

// A saved filter holds the ranges of its BED file: the file may go.
func TestFilterTakesInTheBED(t *testing.T) {
	b := newBench(t)
	dir := t.TempDir()
	bed := "chr18\t55257374\t55257375\n"
	writeIn(t, dir, "targets.bed", bed)
	path := writeIn(t, dir, "f.json", `{"name":"targets","region":{"assembly":"GRCh38","file":"targets.bed"}}`)
	must(t, nil, b.onLab("filter", "save", "--file", path)...)
	var f triage.Filter
	must(t, &f, b.onLab("filter", "show", "targets")...)
	if q := f.Region; q == nil || q.File != "" || q.Name != "targets.bed" || q.SHA256 != hashOf([]byte(bed)) || !slices.Equal(q.Ranges, []string{"18:55257375-55257375"}) {
		t.Fatalf("region %+v", f.Region)
	}
	var w worklistDoc
	must(t, &w, b.on("worklist", "--filter", "targets")...)
	if len(w.Variants) == 0 || w.Variants[0].Key != tcf4 || w.Listed != 1 {
		t.Errorf("listed %d: %+v", w.Listed, w.Variants)
	}
	b.mark(t)
	writeIn(t, dir, "targets.bed", "chr18\t10\t20\nchr18\t30\t20\n")
	b.refused(t, want{exit: 3, at: failure{Code: "bed_invalid", Line: 2, Field: "end"}}, b.onLab("filter", "save", "--file", path)...)
	missing := writeIn(t, dir, "g.json", `{"name":"targets","region":{"assembly":"GRCh38","file":"nowhere.bed"}}`)
	b.refused(t, want{exit: 3, at: failure{Code: "bed_file", Field: "region.file"}}, b.onLab("filter", "save", "--file", missing)...)
	other := writeIn(t, dir, "h.json", `{"name":"targets","region":{"assembly":"GRCh37","ranges":["18:1-2"]}}`)
	b.refused(t, want{exit: 3, at: failure{Code: "filter_invalid", Field: "region.assembly"}}, b.on("worklist", "--filter", other)...)
}

func TestFilterDiff(t *testing.T) {
	b := newBench(t)
	path := filterFile(t, func(f *triage.Filter) { f.Consequence.Terms, f.Name = []string{"missense_variant"}, "missense" })
	b.mark(t)
	var d state.FilterDiff
	must(t, &d, b.on("filter", "diff", "default", path)...)
	if dumpLab(t, b.lab) != b.before {
		t.Error("a comparison changed the laboratory")
	}
	i := slices.IndexFunc(d.Removed, func(r state.FilterRow) bool { return r.Key == tcf4 })
	if i < 0 || d.Removed[i].RemovedBy != "consequence" || d.Removed[i].Gene == nil || *d.Removed[i].Gene != "TCF4" || d.Removed[i].Consequence == nil {
		t.Errorf("removed %+v", d.Removed)
	}
	if d.Counts.Added != len(d.Added) || int(d.From.Listed) != d.Counts.Unchanged+d.Counts.Removed || int(d.To.Listed) != d.Counts.Unchanged+d.Counts.Added ||
		len(d.From.Funnel) == 0 || d.From.Name != "default" || d.To.Name != "missense" {
		t.Errorf("counts %+v of %+v and %+v", d.Counts, d.From, d.To)
	}
	var back state.FilterDiff
	must(t, &back, b.on("filter", "diff", path, "default", "--limit", "1")...)
	if back.Counts.Added != d.Counts.Removed || len(back.Added) != 1 || back.Counts.LeftOut != max(0, d.Counts.Removed-1)+max(0, d.Counts.Added-1) || back.Added[0].RemovedBy == "" {
		t.Errorf("the other way: %+v, %+v", back.Counts, back.Added)
	}
	if r := garrod(t, b.on("filter", "diff", "default", "wide")...); r.code != 0 || !strings.Contains(r.out, "Nothing was changed.") {
		t.Errorf("exit %d\n%s%s", r.code, r.out, r.err)
	}
}

// A worklist leaves an event when its filter changes, none when it is looked at
// again.
func TestWorklistFilterIsAudited(t *testing.T) {
	b := newBench(t)
	var first, again, wide worklistDoc
	must(t, &first, b.on("worklist")...)
	must(t, &again, b.on("worklist", "--limit", "1")...)
	must(t, &wide, b.on("worklist", "--filter", "wide")...)
	if first.AuditSeq == nil || again.AuditSeq != nil || wide.AuditSeq == nil || first.Revision == 0 {
		t.Fatalf("events %v, %v, %v", first.AuditSeq, again.AuditSeq, wide.AuditSeq)
	}
	last := lastEvent(t, b.lab)
	var before, after review.FilterUse
	if json.Unmarshal([]byte(last.Before), &before) != nil || json.Unmarshal([]byte(last.After), &after) != nil {
		t.Fatalf("event %+v", last)
	}
	if last.Action != "worklist.filter" || last.Seq != *wide.AuditSeq || last.Case != "GOOD-1" ||
		before.Filter != "default" || int(before.Listed) != first.Listed || before.SHA256 != first.Hash ||
		after.Filter != "wide" || int(after.Listed) != wide.Listed || int(after.Rescued) != wide.Rescued || after.SHA256 != wide.Hash {
		t.Errorf("event %+v", last)
	}
}

// What was assessed in other cases is counted, and the step says that no more is.
func TestFilterByHistory(t *testing.T) {
	b := newBench(t)
	must(t, nil, b.add("GOOD-2", demoFile(t, demo.VCF), demoFile(t, demo.PED), "--reason", "relatedness=the same family")...)
	path := filterFile(t, func(f *triage.Filter) {
		none := 0
		f.Name, f.History = "new here", &triage.HistoryFilter{MaxCases: &none, DropBenign: true}
	})
	var x triage.Explanation
	outcome := func() string {
		must(t, &x, b.on("worklist", "--filter", path, "--explain", tcf4)...)
		var out []string
		for _, s := range x.Steps {
			if s.Step == "history" {
				out = append(out, s.Alone+": "+s.Value)
			}
		}
		return strings.Join(out, "; ")
	}
	if got := outcome(); got != "not_assessed: at least 0 of 1 other cases, of which 0 are known in full; not_assessed: never classified here" {
		t.Errorf("before: %s", got)
	}
	must(t, nil, "evidence", "add", "--lab", b.lab, "--case", "GOOD-2", "--variant", tcf4, "--code", "PVS1", "--reason", "nonsense")
	must(t, nil, "review", "finish", "--lab", b.lab, "--case", "GOOD-2", "--variant", tcf4)
	if got := outcome(); !strings.HasPrefix(got, "removed: at least 1 (GOOD-2; 0 homozygous or hemizygous) of 1 other cases") || !strings.Contains(got, "kept: ") || !strings.Contains(got, "in GOOD-2") {
		t.Errorf("after: %s", got)
	}
	var w worklistDoc
	must(t, &w, b.on("worklist", "--filter", path)...)
	i := slices.IndexFunc(w.Funnel, func(s review.FunnelStep) bool { return s.Step == "history" })
	if i < 0 || !strings.Contains(w.Funnel[i].Parameter, "counted among what was assessed in 1 other cases") {
		t.Errorf("funnel %+v", w.Funnel)
	}
}

// writeIn writes a file into dir.
func writeIn(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A report counts with the filter that its reader used, or says that it cannot.
func TestReportCountsWithTheFilterInUse(t *testing.T) {
	b := newBench(t)
	path := filterFile(t, func(f *triage.Filter) { f.Frequency.MaxAF = 0.001 })
	must(t, nil, b.onLab("filter", "save", "--file", path, "--name", "clinic")...)
	for _, tt := range []struct{ use, want string }{
		{"", "default, version 1"},
		{"clinic", "clinic, version 1"},
		{path, `default, version 1 (the list was looked at last with a filter that is not saved, "rare")`},
		{"wide", "wide, version 1"},
	} {
		must(t, nil, b.on("worklist", "--filter", tt.use)...)
		p := program{labDir: b.lab, clock: systemClock}
		err := p.withLab(t.Context(), func(l *lab) error {
			c, err := l.Case(t.Context(), "GOOD-1")
			if err != nil {
				return err
			}
			s, err := l.selection(t.Context(), c)
			if s.Filter != tt.want || len(s.Funnel) == 0 {
				t.Errorf("after %q: filter %q with %d steps; want %q", tt.use, s.Filter, len(s.Funnel), tt.want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
