package reviewtest

import (
	"context"
	"testing"

	"garrod/review"
)

// Seed stores what the values of this package refer to: the laboratory, a
// person of each role, and the rule set, with one audit event for each.
func Seed(t testing.TB, s review.Store) {
	t.Helper()
	Update(t, s, func(tx review.Tx) error {
		if err := tx.SaveLaboratory(Lab()); err != nil {
			return err
		}
		if err := tx.Record(review.Event{Action: "laboratory.init", Object: Lab().ID}); err != nil {
			return err
		}
		for _, r := range []review.Role{
			review.Trainee, review.Scientist, review.Authoriser, review.RuleEditor, review.Admin,
		} {
			if err := tx.SaveUser(User(r)); err != nil {
				return err
			}
			if err := tx.Record(review.Event{Action: "user.add", Object: string(User(r).ID)}); err != nil {
				return err
			}
		}
		if err := tx.SaveRuleSet(RuleSet()); err != nil {
			return err
		}
		return tx.Record(review.Event{Action: "rules.load", Object: RuleSet().Hash})
	})
}

// SeedCase stores what Seed stores, and Case, Assessment and Report on top. It
// returns the last three as they are stored.
func SeedCase(t testing.TB, s review.Store) (review.Case, review.Assessment, review.Report) {
	t.Helper()
	Seed(t, s)
	c, a, r := Case(), Assessment(), Report()
	Save(t, s, &c, &a, &r)
	return c, a, r
}

// Save stores cases, assessments and reports (pointers) in one Update, with an
// audit event for each, and fails the test when it cannot.
func Save(t testing.TB, s review.Store, values ...any) {
	t.Helper()
	Update(t, s, func(tx review.Tx) error {
		for _, v := range values {
			if err := save(t, tx, v); err != nil {
				return err
			}
		}
		return nil
	})
}

func save(t testing.TB, tx review.Tx, v any) error {
	var err error
	var e review.Event
	switch v := v.(type) {
	case *review.Case:
		err, e = tx.SaveCase(v), review.Event{Action: "case.save", Case: v.ID}
	case *review.Assessment:
		err, e = tx.SaveAssessment(v), review.Event{Action: "assessment.save", Case: v.Case, Object: string(v.ID)}
	case *review.Report:
		err, e = tx.SaveReport(v), review.Event{Action: "report.save", Case: v.Case, Object: v.ID, After: v.SHA256}
	default:
		t.Fatalf("reviewtest: cannot save a %T", v)
	}
	if err != nil {
		return err
	}
	return tx.Record(e)
}

// TrySave is Save for one value that answers with the error of Update.
func TrySave(t testing.TB, s review.Store, v any) error {
	t.Helper()
	_, err := s.Update(context.Background(), Actor(review.Scientist), func(tx review.Tx) error {
		return save(t, tx, v)
	})
	return err
}

// Update runs fn as the scientist and fails the test when it fails.
func Update(t testing.TB, s review.Store, fn func(tx review.Tx) error) {
	t.Helper()
	if _, err := s.Update(context.Background(), Actor(review.Scientist), fn); err != nil {
		t.Fatal(err)
	}
}

// View runs fn as the scientist and fails the test when it fails.
func View(t testing.TB, s review.Store, fn func(tx review.Tx) error) {
	t.Helper()
	if err := s.View(context.Background(), Actor(review.Scientist), fn); err != nil {
		t.Fatal(err)
	}
}

// Load returns what find finds, and fails the test when it finds nothing.
func Load[K, V any](t testing.TB, s review.Store, find func(review.Tx, K) (V, error), key K) V {
	t.Helper()
	var out V
	View(t, s, func(tx review.Tx) (err error) {
		out, err = find(tx, key)
		return err
	})
	return out
}

// Events returns the whole audit trail and fails the test when the chain is
// broken.
func Events(t testing.TB, s review.Store) []review.Event {
	t.Helper()
	events := Load(t, s, review.Tx.Events, 1)
	if seq, problem := review.VerifyChain(events); seq != 0 {
		t.Fatalf("audit event %d: %s", seq, problem)
	}
	return events
}
