package reviewtest

import (
	"errors"
	"testing"

	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

// Suite is what every review.Store must pass. open returns a new, empty store
// with a [Clock] and a [Sealer] of this package; it closes and removes the store
// with t.Cleanup.
func Suite(t *testing.T, open func(t *testing.T) review.Store) {
	for _, tt := range []struct {
		name string
		run  func(t *testing.T, s review.Store)
	}{
		{"NotFound", testNotFound},
		{"People", testPeople},
		{"CaseRoundTrip", testCaseRoundTrip},
		{"CaseChange", testCaseChange},
		{"CaseSparse", testCaseSparse},
		{"CasesNewestFirst", testCasesNewestFirst},
		{"Conflict", testConflict},
		{"Unique", testUnique},
		{"Dangling", testDangling},
		{"AssessmentRoundTrip", testAssessmentRoundTrip},
		{"EvidenceOrder", testEvidenceOrder},
		{"EvidenceAppendOnly", testEvidenceAppendOnly},
		{"FrozenRecord", testFrozenRecord},
		{"Sealed", testSealed},
		{"ReportRoundTrip", testReportRoundTrip},
		{"ReportIssued", testReportIssued},
		{"ReportVoided", testReportVoided},
		{"ReportGrows", testReportGrows},
		{"RuleSets", testRuleSets},
		{"RuleSetFixed", testRuleSetFixed},
		{"Filters", testFilters},
		{"AuditChain", testAuditChain},
		{"AuditText", testAuditText},
		{"AuditNeeded", testAuditNeeded},
		{"RollbackOnError", testRollbackOnError},
		{"RollbackOnPanic", testRollbackOnPanic},
		{"FailedSaveLeavesNothing", testFailedSave},
		{"Cancel", testCancel},
		{"ViewCannotSave", testViewCannotSave},
		{"Snapshot", testSnapshot},
		{"ReadersDuringWrite", testReadersDuringWrite},
		{"WritersQueue", testWritersQueue},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			tt.run(t, s)
			Events(t, s) // whatever was done, the chain holds
		})
	}
}

func wantErr(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got error %v, want %v", what, err, want)
	}
}

func wantSame(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func testNotFound(t *testing.T, s review.Store) {
	View(t, s, func(tx review.Tx) error {
		_, err := tx.Laboratory()
		wantErr(t, "laboratory", err, review.ErrNotFound)
		_, err = tx.FindUser("nobody")
		wantErr(t, "user", err, review.ErrNotFound)
		for _, id := range []review.CaseID{"C-9", ""} {
			_, err = tx.FindCase(id)
			wantErr(t, "case", err, review.ErrNotFound)
		}
		_, err = tx.FindAssessment("A-9")
		wantErr(t, "assessment", err, review.ErrNotFound)
		_, err = tx.FindReport("R-9")
		wantErr(t, "report", err, review.ErrNotFound)
		_, err = tx.FindRuleSet("none")
		wantErr(t, "rule set", err, review.ErrNotFound)
		_, err = tx.FindRuleSetByHash("")
		wantErr(t, "rule set by hash", err, review.ErrNotFound)
		_, err = tx.FindFilter("none", 0)
		wantErr(t, "filter", err, review.ErrNotFound)
		return nil
	})
	testEmptyLists(t, s)
}

func testEmptyLists(t *testing.T, s review.Store) {
	View(t, s, func(tx review.Tx) error {
		users, err1 := tx.Users()
		cases, err2 := tx.Cases()
		assessments, err3 := tx.Assessments("C-9")
		reports, err4 := tx.Reports("C-9")
		sets, err5 := tx.RuleSets()
		filters, err6 := tx.Filters()
		events, err7 := tx.Events(0)
		n := len(users) + len(cases) + len(assessments) + len(reports) + len(sets) + len(filters) + len(events)
		if n != 0 {
			t.Errorf("a new store holds %d things, want none", n)
		}
		return errors.Join(err1, err2, err3, err4, err5, err6, err7)
	})
}

func testPeople(t *testing.T, s review.Store) {
	Seed(t, s)
	lab := Load(t, s, func(tx review.Tx, _ int) (review.Laboratory, error) { return tx.Laboratory() }, 0)
	wantSame(t, "laboratory", lab, Lab())

	u := User(review.Trainee)
	u.Name, u.HCPC, u.Certificate = "Renamed", "", ""
	Update(t, s, func(tx review.Tx) error {
		lab.Name = "Renamed Laboratory"
		return errors.Join(tx.SaveUser(u), tx.SaveLaboratory(lab), tx.Record(review.Event{Action: "user.change"}))
	})
	wantSame(t, "changed user", Load(t, s, review.Tx.FindUser, u.ID), u)
	users := Load(t, s, func(tx review.Tx, _ int) ([]review.User, error) { return tx.Users() }, 0)
	if len(users) != 5 || users[0].ID != u.ID {
		t.Errorf("users: got %v, want five, the first added first", users)
	}

	err := try(s, func(tx review.Tx) error {
		lab.Kind = review.Live
		return tx.SaveLaboratory(lab)
	})
	if _, ok := errors.AsType[*review.PolicyError](err); !ok {
		t.Errorf("change of a laboratory's kind: got error %v, want a PolicyError", err)
	}
	u.Certificate = User(review.Authoriser).Certificate
	err = try(s, func(tx review.Tx) error { return tx.SaveUser(u) })
	wantErr(t, "certificate of somebody else", err, review.ErrExists)
}

// try runs fn in an Update that records an event, and returns its error.
func try(s review.Store, fn func(tx review.Tx) error) error {
	_, err := s.Update(background, Actor(review.Scientist), func(tx review.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return tx.Record(review.Event{Action: "test.try"})
	})
	return err
}
