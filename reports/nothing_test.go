package reports_test

import (
	"strings"
	"testing"

	"garrod/reports"
	"garrod/review"
)

// bare is a bench whose case has no finished review, though triage left
// variants.
func bare(t *testing.T) *bench {
	b := newBench(t, review.Demonstration)
	b.listed, b.rescued = 17, 2
	b.update(func(tx review.Tx) error {
		a := review.Assessment{ID: "C-1-A1", Case: "C-1"}
		return tx.SaveAssessment(&a)
	})
	return b
}

func (b *bench) prepareWith(reason string) (reports.Prepared, error) {
	return b.issuer.Prepare(b.t.Context(), as("anna"), "C-1", review.Scientist, reason)
}

// A negative report over variants that nobody assessed needs a reason.
func TestNothingReviewed(t *testing.T) {
	b := bare(t)
	before := b.everything()
	for _, reason := range []string{"", " \n\t"} {
		_, err := b.prepareWith(reason)
		policy(t, err, "nothing_reviewed")
		for _, want := range []string{"17 stand in the list", "2 in the rescue lane", "give a reason"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("the refusal lacks %q: %v", want, err)
			}
		}
	}
	b.unchangedSince(before)
	b.listed, b.rescued = 0, 1
	_, err := b.prepareWith("")
	policy(t, err, "nothing_reviewed")
	b.listed = 17
	p, err := b.prepareWith(" all outside\nthe panel ")
	if err != nil {
		t.Fatal(err)
	}
	b.reasoned(p, "all outside the panel")
}

// reasoned checks that the report, its proof and the audit trail keep a reason.
func (b *bench) reasoned(p reports.Prepared, reason string) {
	b.t.Helper()
	if !strings.Contains(string(p.Report.PDF), "Reason given: "+reason+".") {
		b.t.Error("the report does not print the reason")
	}
	proof, err := b.issuer.Sign.Proof(p.Report.PDF)
	if err != nil {
		b.t.Fatal(err)
	}
	f, err := reports.ReadProof(proof)
	if err != nil || f.NoReviewReason != reason || f.Listed != b.listed || f.Rescued != b.rescued {
		b.t.Errorf("proof: %q, %d, %d, %v", f.NoReviewReason, f.Listed, f.Rescued, err)
	}
	events := b.everything().events
	if e := events[len(events)-1]; e.Action != "report.prepare" || e.Reason != reason {
		b.t.Errorf("audit event %s, reason %q", e.Action, e.Reason)
	}
}

// The reason is kept while the first role reads, until another one is given; the
// counts that triage finds later void nothing.
func TestTheReasonStaysWithTheReport(t *testing.T) {
	b := bare(t)
	first, err := b.prepareWith("all outside the panel")
	if err != nil {
		t.Fatal(err)
	}
	b.listed++
	for _, reason := range []string{"", "all outside the panel"} {
		again, err := b.prepareWith(reason)
		if err != nil || again.Made || again.Report.SHA256 != first.Report.SHA256 {
			t.Errorf("again with %q: made %v, %v", reason, again.Made, err)
		}
	}
	other, err := b.prepareWith("read by the other laboratory")
	if err != nil || !other.Made || !other.Voided {
		t.Fatalf("another reason: made %v, voided %v, %v", other.Made, other.Voided, err)
	}
	b.reasoned(other, "read by the other laboratory")
	b.mustSign("anna", review.Scientist)
	if s := b.mustSign("bela", review.Authoriser); !s.Issued || s.Report.ID != other.Report.ID {
		t.Errorf("issued %v, report %s", s.Issued, s.Report.ID)
	}
}

// A review makes a reason needless, and it is not kept then.
func TestAReviewNeedsNoReason(t *testing.T) {
	b := newBench(t, review.Demonstration)
	b.listed, b.rescued = 17, 2
	p, err := b.prepareWith("not needed")
	if err != nil {
		t.Fatal(err)
	}
	text := string(p.Report.PDF)
	if strings.Contains(text, "not needed") || !strings.Contains(text, "17 variants passed the filter and 2 stand in the rescue lane; 1 was assessed.") {
		t.Errorf("report: %.400s", text)
	}
	events := b.everything().events
	if e := events[len(events)-1]; e.Reason != "" {
		t.Errorf("audit reason %q", e.Reason)
	}
}

// A draft refuses nothing; it says what stands in the way.
func TestDraftOfNothingReviewed(t *testing.T) {
	b := bare(t)
	d, err := b.issuer.DraftDocument(t.Context(), as("anna"), "C-1")
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(d.Remarks, " "); !strings.Contains(text, "in the list: 17, in the rescue lane: 2), and no reason is given why none is needed") {
		t.Errorf("remarks: %s", text)
	}
}

// Reports that were made before the counts were part of the proof keep their
// hash: a change here makes every report that waits for a signature unsignable.
func TestContentHashOfEarlierReports(t *testing.T) {
	const want = "9ba333b5714301b4eb58e90f104ce82c4e55a0f1420c6403a4d7e8032f4da5c1"
	got, err := reports.ContentHash(review.Frozen{Schema: 1, RuleSetHash: "x"})
	if err != nil || got != want {
		t.Errorf("ContentHash = %s, %v, want %s", got, err, want)
	}
}
