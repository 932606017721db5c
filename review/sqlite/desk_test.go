package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"garrod/assets/rules"
	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/reviewtest"
)

// bench is a Desk over a real store with one case and one variant, on which PM2
// is proposed as met and PP3 as not met.
type bench struct {
	t     *testing.T
	store *Store
	a     review.Assessment
	role  review.Role
	clock *reviewtest.Clock
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, store: create(t, filepath.Join(t.TempDir(), "lab.db")), role: review.Scientist, clock: reviewtest.NewClock()}
	sets, err := acmg.LoadRuleSets(rules.Files())
	if err != nil {
		t.Fatal(err)
	}
	rs := sets[0]
	reviewtest.Update(t, b.store, func(tx review.Tx) error {
		for _, r := range []review.Role{review.Trainee, review.Scientist, review.Authoriser} {
			if err := tx.SaveUser(reviewtest.User(r)); err != nil {
				return err
			}
		}
		err := tx.SaveRuleSet(review.StoredRuleSet{
			ID: rs.ID, Version: rs.Version, Hash: rs.Hash(), Content: rs.Canonical(), Status: "draft", Created: reviewtest.Start,
		})
		return errors.Join(err, tx.Record(review.Event{Action: "test.seed"}))
	})
	c := reviewtest.Case()
	c.RuleSet, c.RuleSetHash, c.Status = rs.ID, rs.Hash(), review.StatusReceived
	reviewtest.Save(t, b.store, &c)
	b.a = review.Assessment{
		ID: "A-1", Case: c.ID, Unit: acmg.Unit{Key: "2-1000-G-A", Assembly: "GRCh38"}, Variant: reviewtest.Variant(),
		Proposals: []acmg.Proposal{
			{Code: "PM2", Strength: acmg.Supporting, State: acmg.Met, Reason: "absent"},
			{Code: "PP3", State: acmg.NotMet, Reason: "REVEL 0.4"},
		},
	}
	return b
}

func (b *bench) desk() review.Desk {
	return review.Desk{Store: b.store, Session: reviewtest.Actor(b.role), Clock: b.clock}
}

// decide decides on a criterion; a proposal counts as shown.
func (b *bench) decide(code acmg.Criterion, d review.Decision, s acmg.Strength, reason string) (review.Change, error) {
	ch := review.Choice{Code: code, Decision: d, Strength: s, Reason: reason}
	if p, ok := b.a.Proposal(code); ok {
		ch.Shown = &p
	}
	return b.desk().Decide(context.Background(), &b.a, ch)
}

// refused asks for a refusal that changed nothing.
func (b *bench) refused(err error, code string) {
	b.t.Helper()
	e, ok := errors.AsType[*review.PolicyError](err)
	if !ok || e.Code != code {
		b.t.Errorf("got %v, want a refusal %q", err, code)
	}
}

func TestDeskAsksForReasons(t *testing.T) {
	b := newBench(t)
	_, err := b.decide("PVS1", review.Accepted, acmg.VeryStrong, "")
	b.refused(err, "reason_needed")
	_, err = b.decide("PM2", review.Accepted, acmg.Moderate, "")
	b.refused(err, "reason_needed")
	_, err = b.decide("PM2", review.Rejected, 0, "")
	b.refused(err, "reason_needed")
	_, err = b.decide("PP3", review.Accepted, acmg.Supporting, "")
	b.refused(err, "reason_needed")
	if n := len(reviewtest.Events(t, b.store)); n == 0 || len(b.a.Evidence) != 0 {
		t.Errorf("%d events, %d decisions after refusals only", n, len(b.a.Evidence))
	}
	if _, err := b.decide("PM2", review.Accepted, 0, ""); err != nil {
		t.Fatalf("accept as proposed: %v", err)
	}
	if e := b.a.Evidence[0]; e.Origin != "auto" || e.Strength != acmg.Supporting || e.By != "scientist-1" {
		t.Errorf("stored %+v, want it as proposed by the scientist", e)
	}
}

func TestDeskRefusesTwiceAndStale(t *testing.T) {
	b := newBench(t)
	if _, err := b.decide("PM2", review.Accepted, 0, ""); err != nil {
		t.Fatal(err)
	}
	_, err := b.decide("PM2", review.Accepted, 0, "")
	b.refused(err, "already_decided")
	_, err = b.decide("PP5", review.Accepted, acmg.Supporting, "reputable source")
	b.refused(err, "not_in_rule_set")
	other := b.a.Proposals[0]
	other.Reason = "something else"
	_, err = b.desk().Decide(context.Background(), &b.a, review.Choice{Code: "PM2", Decision: review.Rejected, Reason: "x", Shown: &other})
	if !errors.Is(err, review.ErrStale) {
		t.Errorf("a proposal that was not shown: %v, want ErrStale", err)
	}
	if len(b.a.Current()) != 1 {
		t.Errorf("%d decisions in force, want the first", len(b.a.Current()))
	}
}

func TestDeskUndoTakesBackOnesOwn(t *testing.T) {
	b := newBench(t)
	if _, err := b.decide("PM2", review.Accepted, 0, ""); err != nil {
		t.Fatal(err)
	}
	b.role = review.Authoriser
	_, err := b.desk().Undo(context.Background(), &b.a)
	b.refused(err, "nothing_to_undo")
	b.role = review.Scientist
	if _, err := b.desk().Undo(context.Background(), &b.a); err != nil {
		t.Fatal(err)
	}
	if len(b.a.Accepted()) != 0 || len(b.a.Evidence) != 2 {
		t.Errorf("accepted %v, history of %d; want nothing accepted and both steps kept", b.a.Accepted(), len(b.a.Evidence))
	}
}

func TestDeskFinish(t *testing.T) {
	b := newBench(t)
	if _, err := b.decide("PM2", review.Accepted, 0, ""); err != nil {
		t.Fatal(err)
	}
	b.role = review.Trainee
	_, err := b.desk().Finish(context.Background(), &b.a, nil, "")
	b.refused(err, "role_not_allowed")
	b.role = review.Scientist
	if _, err := b.desk().Finish(context.Background(), &b.a, nil, ""); err != nil {
		t.Fatal(err)
	}
	r, ok := b.a.Finished()
	if !ok || r.Classification.Class != acmg.ClassUncertain || r.Report {
		t.Errorf("finished %v %+v, want an uncertain variant that is not reported unless asked for", ok, r)
	}
	if _, err := b.decide("PVS1", review.Accepted, acmg.VeryStrong, "nonsense"); err != nil {
		t.Fatal(err)
	}
	if _, ok := b.a.Finished(); ok {
		t.Error("a review counts although evidence changed after it")
	}
	if c := reviewtest.Load(t, b.store, review.Tx.FindCase, b.a.Case); c.Revision < 4 || c.Status != review.StatusAnalysis {
		t.Errorf("case at revision %d, %s; want its revision to move with each change", c.Revision, c.Status)
	}
}

func TestDeskWithholdsAndRefusesBenign(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		code acmg.Criterion
		s    acmg.Strength
	}{{"BA1", acmg.StandAlone}, {"PS3", acmg.Strong}} {
		if _, err := b.decide(c.code, review.Accepted, c.s, "for this test"); err != nil {
			t.Fatal(err)
		}
	}
	_, err := b.desk().Finish(context.Background(), &b.a, nil, "")
	b.refused(err, "senior_review")
	if _, err := b.desk().Undo(context.Background(), &b.a); err != nil {
		t.Fatal(err)
	}
	yes := true
	_, err = b.desk().Finish(context.Background(), &b.a, &yes, "")
	b.refused(err, "benign_not_reported")
}
