package reports_test

import (
	"strings"
	"testing"

	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

// reviewedBy makes somebody the one whose finished review counts.
func (b *bench) reviewedBy(id review.UserID) {
	b.update(func(tx review.Tx) error {
		a, err := tx.FindAssessment("C-1-A1")
		if err != nil {
			return err
		}
		r := a.Reviews[len(a.Reviews)-1]
		r.By, r.At = id, b.clock.Now()
		a.Reviews = append(a.Reviews, r)
		return tx.SaveAssessment(&a)
	})
}

// everything is what a refusal must leave as it was.
func (b *bench) everything() state {
	b.t.Helper()
	m, ok := b.store.(*memory)
	if !ok {
		b.t.Skip("needs a store that can be compared")
	}
	return m.copy().state
}

func (b *bench) unchangedSince(before state) {
	b.t.Helper()
	if diff := cmp.Diff(before, b.everything(), cmp.AllowUnexported(state{})); diff != "" {
		b.t.Errorf("a refusal changed the laboratory (-before +after):\n%s", diff)
	}
}

// Four eyes: who finished a review learns before reading that another person
// has to authorise it.
func TestTheReviewerDoesNotAuthorise(t *testing.T) {
	b := newBench(t, review.Demonstration)
	b.reviewedBy("bela")
	b.mustSign("anna", review.Scientist)
	before := b.everything()
	_, err := b.prepare("bela", review.Authoriser)
	policy(t, err, "same_person")
	if err == nil || !strings.Contains(err.Error(), "2-1000-G-A") || !strings.Contains(err.Error(), "Let another authoriser sign") {
		t.Errorf("the refusal names neither variant nor remedy: %v", err)
	}
	// Also when the file was fetched by somebody else.
	p, err := b.prepare("cleo", review.Authoriser)
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.approve("bela", p, b.ids["bela"])
	policy(t, err, "same_person")
	b.unchangedSince(before)
	if s := b.mustSign("cleo", review.Authoriser); !s.Issued {
		t.Error("another authoriser signed, and the report is not issued")
	}
}

// The review that counts is the latest one.
func TestAnOverruledReviewerAuthorises(t *testing.T) {
	b := newBench(t, review.Demonstration)
	b.reviewedBy("bela")
	b.reviewedBy("anna")
	b.mustSign("anna", review.Scientist)
	b.mustSign("bela", review.Authoriser)
}

// A reviewer with an authoriser's role still signs as scientist.
func TestTheReviewerSignsAsScientist(t *testing.T) {
	b := newBench(t, review.Demonstration)
	b.reviewedBy("bela")
	b.mustSign("bela", review.Scientist)
}

// A person who may not sign does not void a changed report by trying.
func TestARefusedSignOffVoidsNothing(t *testing.T) {
	b := newBench(t, review.Demonstration)
	p, err := b.prepare("anna", review.Scientist)
	if err != nil {
		t.Fatal(err)
	}
	b.change()
	b.bind("bela", b.ids["bela"].Fingerprint())
	before := b.everything()
	_, err = b.approve("anna", p, b.ids["bela"])
	policy(t, err, "certificate_of_another")
	b.unchangedSince(before)
}
