package sqlite

import (
	"context"
	"errors"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/reviewtest"
)

const stranger = "The declared father is no father by the genotypes."

// doubted is a bench whose case is blocked by its identity.
func doubted(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	c := reviewtest.Load(t, b.store, review.Tx.FindCase, b.a.Case)
	c.Identity.Blocks = []string{stranger}
	c.Checks = append(c.Checks,
		review.Check{Name: "mitochondrial", Outcome: review.Warn, Detail: "Differs."},
		review.Check{Name: "relatedness", Outcome: review.Fail, Detail: stranger + " " + review.BlockedUntil + "the parents' genotypes are not used."})
	reviewtest.Save(t, b.store, &c)
	return b
}

func TestOverrideIdentity(t *testing.T) {
	ctx := context.Background()
	b := doubted(t)
	before := reviewtest.Load(t, b.store, review.Tx.FindCase, b.a.Case)
	if ok, why := before.TrustsParents(); ok || !strings.Contains(why, "declared father is no father") {
		t.Fatalf("a blocked case trusts its parents: %v %q", ok, why)
	}
	b.role = review.Trainee
	_, _, err := b.desk().OverrideIdentity(ctx, before.ID, "adopted")
	b.refused(err, "role_not_allowed")
	b.role = review.Scientist
	_, _, err = b.desk().OverrideIdentity(ctx, before.ID, "  ")
	b.refused(err, "reason_needed")
	if now := reviewtest.Load(t, b.store, review.Tx.FindCase, before.ID); now.Revision != before.Revision || now.Identity.Override != nil {
		t.Fatalf("a refusal changed the case: %+v", now.Identity)
	}

	c, change, err := b.desk().OverrideIdentity(ctx, before.ID, "an adoption, known to the clinic")
	if err != nil {
		t.Fatal(err)
	}
	stored := reviewtest.Load(t, b.store, review.Tx.FindCase, c.ID)
	if ok, _ := stored.TrustsParents(); !ok || stored.Revision != before.Revision+1 || c.Revision != stored.Revision {
		t.Errorf("after the override: revision %d, %+v", stored.Revision, stored.Identity)
	}
	if o := stored.Identity.Override; o.By != reviewtest.User(review.Scientist).ID || o.Reason != "an adoption, known to the clinic" || o.At.IsZero() {
		t.Errorf("override: %+v", o)
	}
	k := stored.Checks[len(stored.Checks)-1]
	if k.Outcome != review.Fail || !strings.Contains(k.Reason, "an adoption") || !strings.Contains(k.Reason, reviewtest.User(review.Scientist).Name) {
		t.Errorf("the failed check must stay failed and name who went on: %+v", k)
	}
	if !strings.HasSuffix(k.Detail, "Until a scientist overrode this, the parents' genotypes were not used.") {
		t.Errorf("the check speaks of the block as if it lasted: %q", k.Detail)
	}
	if k := stored.Checks[len(stored.Checks)-2]; k.Reason != "" {
		t.Errorf("a warning that nobody accepted has the reason %q", k.Reason)
	}
	events := reviewtest.Load(t, b.store, review.Tx.Events, change.Seq)
	if e := events[0]; e.Action != "identity.override" || !strings.Contains(e.Before, "father") || e.Reason == "" {
		t.Errorf("audit event: %+v", e)
	}
	_, _, err = b.desk().OverrideIdentity(ctx, before.ID, "again")
	b.refused(err, "already_decided")
}

func TestOverrideNothing(t *testing.T) {
	b := newBench(t)
	_, _, err := b.desk().OverrideIdentity(context.Background(), b.a.Case, "to be safe")
	b.refused(err, "nothing_blocked")
}

// An override of a sealed case is refused; of one that waits for its last
// signature it voids those that are there.
func TestOverrideLate(t *testing.T) {
	b := doubted(t)
	c := reviewtest.Load(t, b.store, review.Tx.FindCase, b.a.Case)
	c.Status = review.StatusFrozen
	r := reviewtest.Report()
	r.Case = c.ID
	reviewtest.Save(t, b.store, &c, &r)
	c, change, err := b.desk().OverrideIdentity(context.Background(), c.ID, "an adoption")
	if err != nil || !change.Voided || c.Status != review.StatusAnalysis {
		t.Fatalf("frozen case: %v, voided %v, %s", err, change.Voided, c.Status)
	}

	b = doubted(t)
	c = reviewtest.Load(t, b.store, review.Tx.FindCase, b.a.Case)
	c.Status = review.StatusAuthorised
	reviewtest.Save(t, b.store, &c)
	_, _, err = b.desk().OverrideIdentity(context.Background(), c.ID, "an adoption")
	b.refused(err, "sealed")
}

// A failed check refuses a case, but for one of identity that blocks the parents.
func TestAddCaseWithDoubtedIdentity(t *testing.T) {
	b := newBench(t)
	for _, tt := range []struct {
		name, check string
		blocks      []string
		stored      bool
	}{
		{"relatedness", "relatedness", []string{stranger}, true},
		{"mendel", "mendel", []string{stranger}, true},
		{"sex declared twice", "sex", nil, false},
		{"another check", "contigs", []string{stranger}, false},
	} {
		c := reviewtest.Load(t, b.store, review.Tx.FindCase, b.a.Case)
		c.ID, c.Revision = review.CaseID("N-"+tt.check), 0
		c.Identity.Blocks = tt.blocks
		c.Checks = []review.Check{{Name: tt.check, Outcome: review.Fail, Detail: stranger}}
		if tt.stored { // its other warnings wait for the override
			c.Checks = append(c.Checks, review.Check{Name: "mitochondrial", Outcome: review.Warn, Detail: "Differs."})
		}
		_, err := b.desk().AddCase(context.Background(), &c)
		_, isInput := errors.AsType[*review.InputError](err)
		if tt.stored != (err == nil) || !tt.stored && !isInput {
			t.Errorf("%s: %v, want stored %v", tt.name, err, tt.stored)
		}
	}
}
