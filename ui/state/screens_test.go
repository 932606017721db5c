package state_test

import (
	"testing"
	"time"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
	"garrod/review/triage"
	"garrod/ui/state"
)

func TestZygosityKeepsUnknownApartFromReference(t *testing.T) {
	for _, tt := range []struct {
		call review.Call
		want string
	}{
		{review.Call{State: review.Called, Ploidy: 2, Copies: 1}, "het"},
		{review.Call{State: review.Called, Ploidy: 2, Copies: 2}, "hom"},
		{review.Call{State: review.Called, Ploidy: 1, Copies: 1}, "hemi"},
		{review.Call{State: review.Called, Ploidy: 2}, "reference"},
		{review.Call{State: review.Called, Ploidy: 2, Others: 1}, "other"},
		{review.Call{State: review.Called, Ploidy: 2, Copies: 1, Others: 1}, "het"},
		{review.Call{State: review.Missing, Ploidy: 2}, "missing"},
		{review.Call{State: review.Partial, Ploidy: 2, Copies: 1}, "partial_alt"},
		{review.Call{State: review.Partial, Ploidy: 2}, "partial"},
		{review.Call{State: review.NoRecord}, "no_record"},
		{review.Call{State: review.RefBlock}, "ref_block"},
	} {
		if got := state.Zygosity(tt.call, "7"); got != tt.want {
			t.Errorf("Zygosity(%+v) = %s, want %s", tt.call, got, tt.want)
		}
	}
	mt := review.Call{State: review.Called, Ploidy: 1, Copies: 1, AD: &[2]int{30, 10}}
	if got := state.Zygosity(mt, "MT"); got != "mt" {
		t.Errorf("a mitochondrial call is %s, want mt: it has a level, no zygosity", got)
	}
	if share, ok := mt.Heteroplasmy(); !ok || share != 0.25 {
		t.Errorf("Heteroplasmy = %v %v, want 0.25", share, ok)
	}
	if _, ok := (review.Call{State: review.Called}).Heteroplasmy(); ok {
		t.Error("a call without reads has a level")
	}
}

func TestRelation(t *testing.T) {
	c := &review.Case{Proband: "P", Family: review.Family{Members: []review.Member{
		{ID: "P", Mother: "M", Father: "F"},
		{ID: "M"},
		{ID: "F"},
		{ID: "S", Mother: "M", Father: "F"},
		{ID: "K", Father: "P"},
		{ID: "U"},
	}}}
	for s, want := range map[string]string{
		"P": "proband", "M": "mother", "F": "father", "S": "sibling",
		"K": "child", "U": "other", "Z": "other",
	} {
		if got := state.Relation(c, s); got != want {
			t.Errorf("Relation(%s) = %s, want %s", s, got, want)
		}
	}
}

func TestMarks(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	done := review.Assessment{
		Unit:     acmg.Unit{Key: "1-1-A-G"},
		Evidence: []review.EvidenceItem{{Code: "PM2", Decision: review.Accepted, At: at}},
		Reviews: []review.Review{{
			At: at.Add(time.Hour), Report: true,
			Classification: acmg.Classification{Class: acmg.ClassPathogenic},
		}},
	}
	reopened := done
	reopened.Unit.Key = "2-1-A-G"
	reopened.Evidence = append(reopened.Evidence[:1:1], review.EvidenceItem{Code: "PP3", Decision: review.Rejected, At: at.Add(2 * time.Hour)})
	marks := state.Marks([]review.Assessment{done, reopened})
	if m := marks["1-1-A-G"]; !m.Finished || m.Class != acmg.ClassPathogenic || !m.Report {
		t.Errorf("finished: %+v", m)
	}
	if m := marks["2-1-A-G"]; m.Finished || m.Accepted != 1 || m.Decided != 2 {
		t.Errorf("a decision after the review makes it out of date: %+v", m)
	}
	row := triage.Row{Variant: review.Variant{Key: genome.Key{Contig: "1", Pos: 1, Ref: "A", Alt: "G"}}}
	if l := state.Lines([]triage.Row{row}, marks); !l[0].Mark.Finished {
		t.Errorf("line: %+v", l[0])
	}
}

func TestIntakeAsksForReasonsAndRefusesFailures(t *testing.T) {
	var n state.Intake
	if m := n.Missing(); len(m) != 3 || n.CanAdd() {
		t.Fatalf("missing %v", m)
	}
	n.Request = state.NewCase{ID: "C", VCF: "a.vcf.gz", Proband: "P"}
	if n.CanAdd() {
		t.Fatal("a case cannot be added before the checks ran")
	}
	n.Checked(review.Case{Checks: []review.Check{{Name: "sex", Outcome: review.Warn}, {Name: "header", Outcome: review.Pass}}})
	if n.CanAdd() || n.Failed() || len(n.NeedReason()) != 1 {
		t.Fatal("a warning needs a reason")
	}
	n.Reason("sex", "  ")
	if n.CanAdd() {
		t.Fatal("blanks are no reason")
	}
	n.Reason("sex", "confirmed by the clinic")
	if !n.CanAdd() {
		t.Fatal("with a reason the case may be added")
	}
	n.Edited()
	if n.CanAdd() || len(n.Request.Reasons) != 0 {
		t.Fatal("an edited request has to be checked again, and its reasons are gone")
	}
	n.Checked(review.Case{Checks: []review.Check{{Name: "bgzf_eof", Outcome: review.Fail}}})
	if n.CanAdd() || !n.Failed() {
		t.Fatal("a failed check refuses")
	}
	doubted := review.Case{Checks: []review.Check{
		{Name: "relatedness", Outcome: review.Fail}, {Name: "mitochondrial", Outcome: review.Warn},
	}, Identity: &review.CaseIdentity{Blocks: []string{"a stranger"}}}
	n.Checked(doubted)
	if !n.CanAdd() || n.Failed() {
		t.Fatal("a case whose identity is in doubt is added, without its parents")
	}
}

func TestSigningNeedsTheExactBytesOpened(t *testing.T) {
	var s state.Signing
	if s.CanSign("a.p12", 4) {
		t.Fatal("nothing is prepared")
	}
	s.Opened()
	s.Take(state.Prepared{SHA256: "aa"})
	if s.CanSign("a.p12", 4) {
		t.Fatal("not opened yet")
	}
	s.Opened()
	if !s.CanSign("a.p12", 4) || s.CanSign("", 4) || s.CanSign("a.p12", 0) {
		t.Fatal("opened: identity and passphrase decide")
	}
	s.Take(state.Prepared{SHA256: "bb"})
	if s.CanSign("a.p12", 4) {
		t.Fatal("other bytes have to be opened again")
	}
}

func TestNextRoleSkipsVoidedSignatures(t *testing.T) {
	s := state.Signing{Reports: []review.Report{
		{ID: "R1", Status: review.ReportVoided, SignOffs: []review.SignOff{{Role: review.Scientist, Voided: true}}},
	}}
	if s.Next() != review.Scientist {
		t.Fatalf("after a void: %s", s.Next())
	}
	s.Reports = append(s.Reports, review.Report{
		ID: "R2", Status: review.ReportPending,
		SignOffs: []review.SignOff{{Role: review.Scientist}},
	})
	if s.Next() != review.Authoriser {
		t.Fatalf("after the scientist: %s", s.Next())
	}
	s.Reports[1].SignOffs = append(s.Reports[1].SignOffs, review.SignOff{Role: review.Authoriser})
	if s.Next() != "" {
		t.Fatalf("after both: %s", s.Next())
	}
}

// What screens call not proven is what labels take as unknown.
func TestScreensAndLabelsAgreeOnWeakReference(t *testing.T) {
	p := triage.DefaultInheritance()
	labels := review.ReferenceProof{MinDepth: p.RefMinDepth, MinGQ: p.RefMinGQ, MinDepthHemi: p.RefMinDepthHemi, MinGQHemi: p.RefMinGQHemi}
	if screens := review.DefaultReferenceProof(); screens != labels {
		t.Errorf("screens hold %+v for proof, labels %+v", screens, labels)
	}
}
