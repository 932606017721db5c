package reports_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"garrod/reports"
	"garrod/review"
	"garrod/review/acmg"
)

func TestIssue(t *testing.T) {
	b := newBench(t, review.Demonstration)
	first := b.mustSign("anna", review.Scientist)
	if first.Issued || !first.Bound || first.Report.Status != review.ReportPending {
		t.Errorf("first sign-off: issued %v, bound %v, %s", first.Issued, first.Bound, first.Report.Status)
	}
	if status, _ := b.status(); status != review.StatusFrozen {
		t.Errorf("after the first sign-off the case is %s", status)
	}
	out := filepath.Join(t.TempDir(), "report.pdf")
	_, err := b.issuer.Export(t.Context(), as("anna"), "C-1", out)
	policy(t, err, "signature_missing")
	if _, err := os.Stat(out); err == nil {
		t.Error("a refused export left a file")
	}
	last := b.mustSign("bela", review.Authoriser)
	if !last.Issued || last.Report.ID != "C-1-R1" || len(last.Report.SignOffs) != 2 {
		t.Fatalf("last sign-off: %+v", last)
	}
	if !strings.HasPrefix(string(last.Report.PDF), string(first.Report.PDF)) {
		t.Error("the second signature changed the bytes the first one covers")
	}
	if status, all := b.status(); status != review.StatusAuthorised || all[0].Status != review.ReportIssued {
		t.Errorf("case %s, report %s", status, all[0].Status)
	}
	b.exported(out, last.Report)
	want := "test report.prepare user.bind signoff.sign user.bind signoff.sign report.issue report.export"
	if got := b.actions(); got != want {
		t.Errorf("audit trail: %s, want %s", got, want)
	}
	_, err = b.prepare("anna", review.Scientist)
	policy(t, err, "sealed")
}

// exported checks the file and its proof.
func (b *bench) exported(path string, want review.Report) {
	b.t.Helper()
	e, err := b.issuer.Export(b.t.Context(), as("anna"), "C-1", path)
	if err != nil {
		b.t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != string(want.PDF) || e.Report.SHA256 != want.SHA256 {
		b.t.Errorf("the exported file is not the stored one: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		b.t.Errorf("others may read the exported file: %v, %v", info.Mode(), err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))
	if err != nil || len(left) > 0 {
		b.t.Errorf("temporary files are left: %v", left)
	}
	proof, err := b.issuer.Sign.Proof(got)
	if err != nil {
		b.t.Fatal(err)
	}
	if r, err := reports.Replay(proof); err != nil || !r.OK() || r.Assessments != 1 {
		b.t.Errorf("replay of the proof: %+v, %v", r, err)
	}
}

func TestPrepareRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, code string
		who        review.UserID
		role       review.Role
		before     func(*bench)
	}{
		{"a trainee", "role_not_allowed", "tina", review.Scientist, nil},
		{"a scientist as authoriser", "role_not_allowed", "anna", review.Authoriser, nil},
		{"the authoriser first", "not_frozen", "bela", review.Authoriser, nil},
		{"the same role again", "out_of_turn", "anna", review.Scientist, func(b *bench) { b.mustSign("anna", review.Scientist) }},
		{"a review that is out of date", "reviews_open", "anna", review.Scientist, func(b *bench) { b.decide() }},
		{"a class that does not follow", "review_stale", "anna", review.Scientist, func(b *bench) { b.falsify() }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, review.Demonstration)
			if tt.before != nil {
				tt.before(b)
			}
			_, before := b.status()
			_, err := b.prepare(tt.who, tt.role)
			policy(t, err, tt.code)
			if _, after := b.status(); len(after) != len(before) {
				t.Error("a refusal stored a report")
			}
		})
	}
}

// A negative report needs at least a look at the worklist.
func TestPrepareRefusesACaseNobodyLookedAt(t *testing.T) {
	b := newBench(t, review.Demonstration)
	b.update(func(tx review.Tx) error {
		return tx.SaveCase(&review.Case{ID: "C-2", RuleSet: ruleSet(t).ID, RuleSetHash: ruleSet(t).Hash(), Status: review.StatusReceived})
	})
	bare := b.issuer
	bare.Selection = nil
	_, err := bare.Prepare(t.Context(), as("anna"), "C-2", review.Scientist, "a reason does not replace a look")
	policy(t, err, "nothing_reviewed")
	p, err := b.issuer.Prepare(t.Context(), as("anna"), "C-2", review.Scientist, "not needed")
	if err != nil || p.Report.ID != "C-2-R1" {
		t.Errorf("with a funnel: %s, %v", p.Report.ID, err)
	}
	if strings.Contains(string(p.Report.PDF), "not needed") {
		t.Error("a reason is kept where none was needed")
	}
}

// decide accepts one more criterion after the review was finished.
func (b *bench) decide() {
	b.update(func(tx review.Tx) error {
		a, err := tx.FindAssessment("C-1-A1")
		if err != nil {
			return err
		}
		e := a.Evidence[0]
		e.ID, e.Code, e.Strength, e.At = 0, "PP4", acmg.Supporting, b.clock.Now()
		a.Evidence = append(a.Evidence, e)
		return tx.SaveAssessment(&a)
	})
}

// falsify finishes another review with a class that nothing supports.
func (b *bench) falsify() {
	b.update(func(tx review.Tx) error {
		a, err := tx.FindAssessment("C-1-A1")
		if err != nil {
			return err
		}
		r := a.Reviews[0]
		r.At, r.Classification.Class = b.clock.Now(), acmg.ClassBenign
		a.Reviews = append(a.Reviews, r)
		return tx.SaveAssessment(&a)
	})
}

// refusals are sign-offs that must not happen, with the code of the refusal.
var refusals = []struct {
	name, code string
	run        func(*bench) error
}{
	{"other bytes than those shown", "not_what_was_shown", func(b *bench) error {
		p, err := b.prepare("anna", review.Scientist)
		if err != nil {
			return err
		}
		p.Report.SHA256 = strings.Repeat("0", 64)
		_, err = b.approve("anna", p, b.ids["anna"])
		return err
	}},
	{"the same person twice", "same_person", func(b *bench) error {
		b.mustSign("bela", review.Scientist)
		_, err := b.sign("bela", review.Authoriser)
		return err
	}},
	{"the same certificate twice", "same_certificate", func(b *bench) error {
		b.mustSign("anna", review.Scientist)
		p, err := b.prepare("bela", review.Authoriser)
		if err != nil {
			return err
		}
		_, err = b.approve("bela", p, b.ids["anna"])
		return err
	}},
	{"somebody else's certificate", "certificate_of_another", func(b *bench) error {
		b.bind("cleo", b.ids["bela"].Fingerprint())
		b.mustSign("anna", review.Scientist)
		_, err := b.sign("bela", review.Authoriser)
		return err
	}},
	{"another certificate than the bound one", "other_certificate", func(b *bench) error {
		b.bind("anna", strings.Repeat("a", 64))
		_, err := b.sign("anna", review.Scientist)
		return err
	}},
	{"a report in another person's name", "other_name", func(b *bench) error {
		p, err := b.prepare("anna", review.Scientist)
		if err != nil {
			return err
		}
		_, err = b.approve("cleo", p, b.ids["cleo"])
		return err
	}},
	{"a trainee", "role_not_allowed", func(b *bench) error {
		p, err := b.prepare("anna", review.Scientist)
		if err != nil {
			return err
		}
		_, err = b.approve("tina", p, b.ids["tina"])
		return err
	}},
	{"a case that changed after it was shown", "case_changed", func(b *bench) error {
		p, err := b.prepare("anna", review.Scientist)
		if err != nil {
			return err
		}
		b.change()
		_, err = b.approve("anna", p, b.ids["anna"])
		return err
	}},
	{"the second role on a case that changed", "case_changed", func(b *bench) error {
		b.mustSign("anna", review.Scientist)
		b.change()
		_, err := b.prepare("bela", review.Authoriser)
		return err
	}},
}

func TestSignOffRefuses(t *testing.T) {
	for _, tt := range refusals {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, review.Demonstration)
			policy(t, tt.run(b), tt.code)
			status, all := b.status()
			if status == review.StatusAuthorised || all[0].Status == review.ReportIssued {
				t.Errorf("case %s, report %s", status, all[0].Status)
			}
			voided := tt.code == "case_changed"
			if (all[0].Status == review.ReportVoided) != voided {
				t.Errorf("report %s after %s", all[0].Status, tt.code)
			}
			for _, s := range all[0].SignOffs {
				if s.Voided != voided {
					t.Errorf("signature of %s: voided %v", s.By, s.Voided)
				}
			}
		})
	}
}

func (b *bench) bind(id review.UserID, fingerprint string) {
	b.update(func(tx review.Tx) error {
		u, err := tx.FindUser(id)
		if err != nil {
			return err
		}
		u.Certificate = fingerprint
		return tx.SaveUser(u)
	})
}

func TestDemonstrationIdentitiesSignInDemonstrationsOnly(t *testing.T) {
	b := newBench(t, review.Live)
	_, err := b.sign("anna", review.Scientist)
	policy(t, err, "demonstration_identity")
}

// a voided report keeps its number; the next one gets another, and both stay.
func TestVoidAndBeginAgain(t *testing.T) {
	b := newBench(t, review.Demonstration)
	b.mustSign("anna", review.Scientist)
	voided, err := b.issuer.Void(t.Context(), as("anna"), "C-1", "a test")
	if err != nil || !voided {
		t.Fatalf("Void = %v, %v", voided, err)
	}
	if status, all := b.status(); status != review.StatusAnalysis || all[0].Status != review.ReportVoided || all[0].SignOffs[0].Reason != "a test" {
		t.Errorf("case %s, report %+v", status, all[0])
	}
	b.mustSign("anna", review.Scientist)
	last := b.mustSign("bela", review.Authoriser)
	if last.Report.ID != "C-1-R2" || last.Report.Version != 2 || !last.Issued || last.Bound != true {
		t.Errorf("second report: %s version %d, issued %v", last.Report.ID, last.Report.Version, last.Issued)
	}
	if voided, err := b.issuer.Void(t.Context(), as("anna"), "C-1", "nothing"); err != nil || voided {
		t.Errorf("Void of a sealed case = %v, %v", voided, err)
	}
}

// the first role gets the same stored bytes again, another person a report in
// their own name.
func TestPrepareAgain(t *testing.T) {
	b := newBench(t, review.Demonstration)
	first, err := b.prepare("anna", review.Scientist)
	if err != nil || !first.Made {
		t.Fatalf("first: made %v, %v", first.Made, err)
	}
	again, err := b.prepare("anna", review.Scientist)
	if err != nil || again.Made || again.Report.SHA256 != first.Report.SHA256 || string(again.Report.PDF) != string(first.Report.PDF) {
		t.Errorf("again: made %v, %s, %v", again.Made, again.Report.ID, err)
	}
	other, err := b.prepare("cleo", review.Scientist)
	if err != nil || !other.Made || !other.Voided || other.Report.ID != "C-1-R2" {
		t.Errorf("another person: made %v, voided %v, %s, %v", other.Made, other.Voided, other.Report.ID, err)
	}
}

func TestExportLeavesNoHalfFile(t *testing.T) {
	b := newBench(t, review.Demonstration)
	b.mustSign("anna", review.Scientist)
	b.mustSign("bela", review.Authoriser)
	dir := t.TempDir()
	for name, path := range map[string]string{
		"no such folder": filepath.Join(dir, "missing", "report.pdf"), "a folder of that name": dir,
	} {
		_, err := b.issuer.Export(t.Context(), as("anna"), "C-1", path)
		var input *review.InputError
		if !errors.As(err, &input) || input.Code != "output_not_writable" || input.Remedy == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
}

func TestDraftStoresNothing(t *testing.T) {
	b := newBench(t, review.Demonstration)
	b.decide() // a review out of date is said, not hidden
	d, err := b.issuer.DraftDocument(t.Context(), as("anna"), "C-1")
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(d.Remarks, " "); !strings.Contains(text, "1 variants are still under review") {
		t.Errorf("remarks: %s", text)
	}
	if pdf, err := b.issuer.Draft(t.Context(), as("anna"), "C-1"); err != nil || len(pdf) == 0 {
		t.Errorf("Draft: %d bytes, %v", len(pdf), err)
	}
	if _, all := b.status(); len(all) != 0 {
		t.Error("a draft was stored")
	}
}

// signing changes status and times but not what the report says.
func TestContentHashLeavesSigningOut(t *testing.T) {
	f := review.Frozen{Schema: 1, Case: review.Case{ID: "C-1", Status: review.StatusAnalysis}, Assessments: []review.Assessment{{ID: "A1"}, {ID: "A2"}}}
	hash := func(change func(*review.Frozen)) string {
		var g review.Frozen
		b, err := json.Marshal(f)
		if err == nil {
			err = json.Unmarshal(b, &g)
		}
		if err != nil {
			t.Fatal(err)
		}
		change(&g)
		h, err := reports.ContentHash(g)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	same := hash(func(*review.Frozen) {})
	for name, change := range map[string]func(*review.Frozen){
		"status": func(f *review.Frozen) {
			f.Case.Status, f.Case.Revision, f.Case.Updated = review.StatusFrozen, 9, time.Unix(1, 0)
		},
		"order":  func(f *review.Frozen) { f.Assessments[0], f.Assessments[1] = f.Assessments[1], f.Assessments[0] },
		"counts": func(f *review.Frozen) { f.Listed, f.Rescued, f.NoReviewReason = 3, 1, "x" },
		"time":   func(f *review.Frozen) { f.At, f.ReportID, f.Funnel = time.Unix(1, 0), "x", []review.FunnelStep{{}} },
	} {
		if hash(change) != same {
			t.Errorf("%s changes the content", name)
		}
	}
	for name, change := range map[string]func(*review.Frozen){
		"patient":  func(f *review.Frozen) { f.Case.Patient.Surname = "Roe" },
		"evidence": func(f *review.Frozen) { f.Assessments[0].Evidence = []review.EvidenceItem{{Code: "PM2"}} },
		"comment":  func(f *review.Frozen) { f.Assessments[1].Comment = "x" },
		"rules":    func(f *review.Frozen) { f.RuleSetHash = "x" },
	} {
		if hash(change) == same {
			t.Errorf("%s does not change the content", name)
		}
	}
}

// stored bytes that are not what the record says are never signed on.
func TestSignOffRefusesADamagedStore(t *testing.T) {
	for name, change := range map[string]func(*review.Report){
		"bytes":       func(r *review.Report) { r.PDF = append(bytes.Clone(r.PDF), ' ') },
		"signature":   func(r *review.Report) { r.SignOffs[0].Certificate = strings.Repeat("0", 64) },
		"proof":       func(r *review.Report) { r.Content = strings.Repeat("0", 64) },
		"lost a name": func(r *review.Report) { r.SignOffs = nil },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, review.Demonstration)
			b.mustSign("anna", review.Scientist)
			p, err := b.prepare("bela", review.Authoriser)
			if err != nil {
				t.Fatal(err)
			}
			m, ok := b.store.(*memory)
			if !ok {
				t.Skip("needs a store that can be damaged")
			}
			change(&m.now.reports[0])
			p.Report.SHA256 = m.now.reports[0].SHA256
			if _, err := b.approve("bela", p, b.ids["bela"]); err == nil {
				t.Error("signed")
			}
			if m.now.reports[0].Status == review.ReportIssued {
				t.Error("issued")
			}
		})
	}
}
