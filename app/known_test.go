package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/triage"
	"garrod/ui/state"
)

// A relative's report holds the diagnosis of the demonstration: it is asked of
// its own case, as of a sister's.
func TestKnown(t *testing.T) {
	out := demoOfOwn(t)
	dir, pdf := filepath.Join(out, "lab"), filepath.Join(out, "report.pdf")
	ask := func(args ...string) []string {
		return append([]string{"known", "--lab", dir, "--case", "DEMO-1"}, args...)
	}
	var reports []review.Report
	p := program{labDir: dir, clock: systemClock}
	err := p.withLab(t.Context(), func(l *lab) (err error) { reports, err = l.Reports(t.Context(), "DEMO-1"); return err })
	if err != nil || len(reports) == 0 {
		t.Fatalf("%d reports, %v", len(reports), err)
	}
	id := reports[len(reports)-1].ID

	var d knownDoc
	must(t, &d, ask("--variant", tcf4, "--from-report", pdf, "--relative", "brother")...)
	if d.Answer != triage.KnownPresent || d.Genotype == nil || *d.Genotype != "heterozygous" || d.Depth == nil || d.AuditSeq == 0 || d.Revision == 0 ||
		!d.Report.Held || d.Report.From != "file" || d.Report.ID != id || d.Report.Trusted == nil || !*d.Report.Trusted || d.Report.Relative != "brother" || len(d.Calls) != 3 {
		t.Errorf("from the file: %+v\n%+v", d.KnownAnswer, d.Report)
	}
	if got := lastEvent(t, dir); got.Action != "known.ask" || got.Seq != d.AuditSeq || got.Object != tcf4 || !strings.Contains(got.After, `"answer":"present"`) || strings.Contains(got.After, "brother") {
		t.Errorf("event %+v", got)
	}
	name := *d.Report.HGVSc
	must(t, &d, ask("--variant", name, "--from-report", id)...)
	if d.Key != tcf4 || d.Report.From != "store" || !strings.Contains(d.Resolved, "report") {
		t.Errorf("by %s from the store: %+v", name, d.KnownAnswer)
	}
	for _, tt := range []struct {
		name string
		args []string
		exit int
		code string
	}{
		{"assessed but not reported", ask("--variant", slc6a8, "--from-report", pdf), 3, "not_in_report"},
		{"no such report", ask("--variant", tcf4, "--from-report", "R-404"), 3, "no_such_report"},
		{"no version", ask("--variant", "NM_001083962:c.1A>G", "--from-report", pdf), 3, "hgvs_not_resolved"},
		{"other assembly", ask("--variant", "NC_000018.9:g.55257375C>T", "--from-report", pdf), 3, "other_assembly"},
		{"no report", ask("--variant", tcf4), 2, "usage"},
		{"force without a reason", ask("--variant", tcf4, "--force"), 5, "reason_needed"},
		{"a changed report", ask("--variant", tcf4, "--from-report", flipped(t, pdf)), 3, ""},
	} {
		r := garrod(t, append(tt.args, "--json")...)
		var doc struct{ Error failure }
		if json.Unmarshal([]byte(r.out), &doc) != nil || r.code != tt.exit || tt.code != "" && doc.Error.Code != tt.code || doc.Error.What == "" {
			t.Errorf("%s: exit %d, %s", tt.name, r.code, r.out)
		}
	}
	must(t, &d, ask("--variant", "18-55257375-C-A", "--from-report", pdf, "--force", "--reason", "the other base of the site")...)
	if d.Answer != triage.KnownCannotTell || d.Report.Held || d.Forced == "" || !strings.Contains(strings.Join(d.Cautions, " "), "does not hold this variant") {
		t.Errorf("forced: %+v", d.KnownAnswer)
	}
	r := garrod(t, ask("--variant", "1-1000-A-G", "--force", "--reason", "a letter from another laboratory")...)
	if r.code != 0 || !strings.Contains(r.out, "CANNOT TELL") || !strings.Contains(r.out, "not a negative result") || strings.Contains(r.out, "NOT PRESENT") {
		t.Errorf("exit %d\n%s%s", r.code, r.out, r.err)
	}
}

func lastEvent(t *testing.T, dir string) (e review.Event) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(garrod(t, "audit", "show", "--lab", dir, "--json").out), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// flipped is a copy of a file with one byte changed.
func flipped(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b = bytes.Clone(b)
	b[len(b)/3] ^= 1
	out := filepath.Join(t.TempDir(), "changed.pdf")
	if err := os.WriteFile(out, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return out
}

// An answer for a sample that may not be the patient's never reads like one that
// is.
func TestKnownWordsCarryDoubt(t *testing.T) {
	doubt := "identity is in doubt: the declared sex is contradicted"
	for answer := range knownWords {
		var plain, doubted strings.Builder
		d := knownDoc{KnownAnswer: state.KnownAnswer{Known: triage.Known{Answer: answer}}}
		printKnown(&plain, d)
		d.Doubt = &doubt
		printKnown(&doubted, d)
		if strings.Contains(plain.String(), "MAY NOT BE THE PATIENT'S") || !strings.Contains(doubted.String(), "MAY NOT BE THE PATIENT'S") {
			t.Errorf("%s: %q and %q", answer, plain.String(), doubted.String())
		}
	}
}
