package reviewtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"garrod/review"
)

var background = context.Background()

func testAuditChain(t *testing.T, s review.Store) {
	Seed(t, s)
	before := len(Events(t, s))
	who := review.Actor{User: "authoriser-1", Role: review.Authoriser, OSUser: "DOMAIN\\jö", Host: "ws-7"}
	told := review.Event{
		Seq: 99, At: Start.AddDate(9, 0, 0), User: "somebody else", Role: review.Admin, OSUser: "x", Host: "y",
		Action: "case.authorise", Case: "C-0001", Object: "R-0001", Before: `{"status":"frozen"}`,
		After: `{"status":"authorised"}`, Reason: "agreed", Prev: "forged", Hash: "forged",
	}
	seq, err := s.Update(background, who, func(tx review.Tx) error {
		return errors.Join(tx.Record(review.Event{Action: "first"}), tx.Record(told))
	})
	if err != nil {
		t.Fatal(err)
	}
	events := Events(t, s)
	if want := int64(before + 2); seq != want || int64(len(events)) != want {
		t.Fatalf("Update answered %d and the trail holds %d events, want %d", seq, len(events), want)
	}
	got := events[len(events)-1]
	if got.At.Before(Start) || got.At.After(Start.AddDate(1, 0, 0)) || got.At.Location() != time.UTC {
		t.Errorf("time of the event: got %v, want the clock's in UTC", got.At)
	}
	want := told
	want.Seq, want.At, want.Prev, want.Hash = seq, got.At, events[len(events)-2].Hash, got.Hash
	want.User, want.Role, want.OSUser, want.Host = who.User, who.Role, who.OSUser, who.Host
	wantSame(t, "event", got, want)
	View(t, s, func(tx review.Tx) error {
		_, err := tx.LastEvent(want.Action, want.Case, "nobody")
		wantErr(t, "last event of nobody", err, review.ErrNotFound)
		e, err := tx.LastEvent(want.Action, want.Case, want.User)
		wantErr(t, "last event", err, nil)
		wantSame(t, "last event", e, want)
		return nil
	})
	wantSame(t, "events from the last on", Load(t, s, review.Tx.Events, seq), []review.Event{want})

	if err := try(s, func(tx review.Tx) error { return tx.Record(review.Event{Case: "C-0001"}) }); err == nil {
		t.Error("an event without an action was recorded")
	}
}

// testAuditText records text of every awkward kind; the hashes must survive it.
func testAuditText(t *testing.T, s review.Store) {
	for _, text := range []string{"", "é\u2028<&>", "a\x00b", "\xff\xfe not UTF-8", "'; DROP TABLE audit; --", "\r\n\t"} {
		seq, err := s.Update(background, Actor(review.Admin), func(tx review.Tx) error {
			return tx.Record(review.Event{Action: "test", Reason: text, Before: text})
		})
		if err != nil {
			t.Fatalf("record %q: %v", text, err)
		}
		if got := Load(t, s, review.Tx.Events, seq)[0].Reason; got != text {
			t.Errorf("text of an event: got %q, want %q", got, text)
		}
	}
}

func testAuditNeeded(t *testing.T, s review.Store) {
	Seed(t, s)
	c := Case()
	if _, err := s.Update(background, Actor(review.Admin), func(tx review.Tx) error { return tx.SaveCase(&c) }); err == nil {
		t.Error("a change without an audit event was kept")
	}
	if c.Revision != 0 {
		t.Errorf("revision after the refusal: got %d, want 0", c.Revision)
	}
	if seq, err := s.Update(background, Actor(review.Admin), func(review.Tx) error { return nil }); err != nil || seq != 0 {
		t.Errorf("an Update that does nothing: got %d, %v, want 0 and no error", seq, err)
	}
	if n := len(Load(t, s, func(tx review.Tx, _ int) ([]review.Case, error) { return tx.Cases() }, 0)); n != 0 {
		t.Errorf("cases after the refusal: got %d, want 0", n)
	}
}

func testRollbackOnError(t *testing.T, s review.Store) {
	c, a, r := SeedCase(t, s)
	events := len(Events(t, s))
	wantC, wantA := c, a
	stop := errors.New("stop")
	seq, err := s.Update(background, Actor(review.Scientist), func(tx review.Tx) error {
		c.Sex = review.Male
		a.Evidence = append(a.Evidence[:len(a.Evidence):len(a.Evidence)], Decision("PM1"))
		r.Status = review.ReportVoided
		err := errors.Join(tx.SaveCase(&c), tx.SaveAssessment(&a), tx.SaveReport(&r),
			tx.Record(review.Event{Action: "test"}))
		if err != nil {
			t.Error(err)
		}
		if got, err := tx.FindCase(c.ID); err != nil || got.Sex != review.Male {
			t.Errorf("the transaction does not see its own change: %v, %v", got.Sex, err)
		}
		return stop
	})
	if !errors.Is(err, stop) || seq != 0 {
		t.Errorf("Update: got %d, %v, want 0 and the function's error", seq, err)
	}
	wantSame(t, "case", Load(t, s, review.Tx.FindCase, c.ID), wantC)
	wantSame(t, "assessment", Load(t, s, review.Tx.FindAssessment, a.ID), wantA)
	wantSame(t, "number of events", len(Events(t, s)), events)
	// What the caller holds can be saved again as it is.
	Save(t, s, &c, &a)
}

func testRollbackOnPanic(t *testing.T, s review.Store) {
	c, _, _ := SeedCase(t, s)
	want := c
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_, _ = s.Update(background, Actor(review.Scientist), func(tx review.Tx) error {
			c.Sex = review.Male
			if err := save(t, tx, &c); err != nil {
				t.Error(err)
			}
			panic("in the middle")
		})
	}()
	wantSame(t, "case", Load(t, s, review.Tx.FindCase, c.ID), want)
	Save(t, s, &c) // the store still works
}

// testFailedSave goes on after a save that failed half way.
func testFailedSave(t *testing.T, s review.Store) {
	Seed(t, s)
	c, a := Case(), Assessment()
	a.Evidence[2].By = "nobody" // found out after two items were written
	Save(t, s, &c)
	Update(t, s, func(tx review.Tx) error {
		wantErr(t, "save", tx.SaveAssessment(&a), review.ErrNotFound)
		return tx.Record(review.Event{Action: "test"})
	})
	if got := Load(t, s, review.Tx.Assessments, c.ID); len(got) != 0 {
		t.Errorf("assessments: got %d, want none of the one that failed", len(got))
	}
	if a.Revision != 0 || a.Evidence[0].ID != 0 {
		t.Errorf("the failed save changed what the caller holds: revision %d, ID %d", a.Revision, a.Evidence[0].ID)
	}
}

func testCancel(t *testing.T, s review.Store) {
	Seed(t, s)
	ctx, cancel := context.WithCancel(background)
	c := Case()
	_, err := s.Update(ctx, Actor(review.Scientist), func(tx review.Tx) error {
		cancel() // too late: a decision is not cancelled half way
		return save(t, tx, &c)
	})
	if err != nil {
		t.Errorf("Update cancelled half way: %v", err)
	}
	wantSame(t, "case", Load(t, s, review.Tx.FindCase, c.ID), c)

	ran := false
	_, err = s.Update(ctx, Actor(review.Scientist), func(review.Tx) error {
		ran = true
		return nil
	})
	wantErr(t, "Update with a cancelled context", err, context.Canceled)
	err = s.View(ctx, Actor(review.Scientist), func(review.Tx) error {
		ran = true
		return nil
	})
	wantErr(t, "View with a cancelled context", err, context.Canceled)
	if ran {
		t.Error("the function ran in spite of the cancelled context")
	}
}

func testViewCannotSave(t *testing.T, s review.Store) {
	Seed(t, s)
	events := len(Events(t, s))
	View(t, s, func(tx review.Tx) error {
		c := Case()
		for name, err := range map[string]error{
			"SaveCase": tx.SaveCase(&c), "SaveUser": tx.SaveUser(User(review.Admin)),
			"SaveFilter": tx.SaveFilter(Filter()), "SaveRuleSet": tx.SaveRuleSet(RuleSet()),
			"SaveLaboratory": tx.SaveLaboratory(Lab()), "Record": tx.Record(review.Event{Action: "test"}),
		} {
			if err == nil {
				t.Errorf("%s in a View succeeded", name)
			}
		}
		return nil
	})
	wantSame(t, "number of events", len(Events(t, s)), events)
}

// testSnapshot changes a case while a View is reading.
func testSnapshot(t *testing.T, s review.Store) {
	c, _, _ := SeedCase(t, s)
	want := c
	View(t, s, func(tx review.Tx) error {
		c.Sex = review.Male
		Save(t, s, &c)
		got, err := tx.FindCase(c.ID)
		wantSame(t, "case in a View begun before the change", got, want)
		return err
	})
	wantSame(t, "case in a later View", Load(t, s, review.Tx.FindCase, c.ID), c)
}

func testReadersDuringWrite(t *testing.T, s review.Store) {
	c, _, _ := SeedCase(t, s)
	want := c
	Update(t, s, func(tx review.Tx) error {
		c.Sex = review.Male
		if err := save(t, tx, &c); err != nil {
			return err
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				err := s.View(background, Actor(review.Trainee), func(tx review.Tx) error {
					got, err := tx.FindCase(want.ID)
					wantSame(t, "case read during a write", got, want)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		return nil
	})
	wantSame(t, "case after the write", Load(t, s, review.Tx.FindCase, c.ID), c)
}

// testWritersQueue lets many people decide at once: each decision is kept.
func testWritersQueue(t *testing.T, s review.Store) {
	Seed(t, s)
	const writers, each = 4, 5
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				c := Case()
				c.ID = review.CaseID(fmt.Sprintf("C-%d-%d", w, i))
				if err := TrySave(t, s, &c); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	n := len(Load(t, s, func(tx review.Tx, _ int) ([]review.Case, error) { return tx.Cases() }, 0))
	wantSame(t, "number of cases", n, writers*each)
}
