package state_test

import (
	"testing"

	"garrod/review"
	"garrod/review/identity"
	"garrod/ui/state"
)

func identityCase(t *testing.T, blocks ...string) review.Case {
	t.Helper()
	r := identity.Report{
		Pairs: []identity.Pair{{A: "a", B: "b", Verdict: identity.Agrees}, {A: "a", B: "c", Verdict: identity.Contradicts}, {A: "b", B: "c", Verdict: identity.NotAssessed}},
		Sex:   []identity.Sex{{Sample: "a", Verdict: identity.Agrees}, {Sample: "b", Verdict: identity.Doubtful}},
	}
	i, err := identity.ForCase(r, identity.Judgement{Blocks: blocks})
	if err != nil {
		t.Fatal(err)
	}
	return review.Case{Identity: i, Checks: []review.Check{
		{Name: "header", Outcome: review.Fail},
		{Name: "sex", Outcome: review.Pass},
		{Name: "mendel", Outcome: review.CheckNotAssessed},
		{Name: "relatedness", Outcome: review.Fail},
	}}
}

func TestIdentityPutsWhatFailsFirst(t *testing.T) {
	i, err := state.NewIdentityPage(identityCase(t, "a stranger"))
	if err != nil {
		t.Fatal(err)
	}
	if p := i.Report.Pairs; p[0].B != "c" || p[0].A != "a" || p[2].Verdict != identity.Agrees || i.Report.Sex[0].Sample != "b" {
		t.Errorf("order of pairs %v, of sexes %v", p, i.Report.Sex)
	}
	if k := i.Checks(); len(k) != 3 || k[0].Name != "relatedness" || k[2].Name != "sex" {
		t.Errorf("checks %v", k)
	}
}

func TestIdentityStanding(t *testing.T) {
	scientist, trainee := review.User{Role: review.Scientist}, review.User{Role: review.Trainee}
	blocked := identityCase(t, "a stranger")
	overridden := identityCase(t, "a stranger")
	overridden.Identity.Override = &review.IdentityOverride{By: "u"}
	sealed := blocked
	sealed.Status = review.StatusAuthorised
	sound := identityCase(t)
	sound.Checks = []review.Check{{Name: "sex", Outcome: review.Pass}}
	warned := sound
	warned.Checks = []review.Check{{Name: "sex", Outcome: review.Pass}, {Name: "contamination", Outcome: review.Warn}}
	open := sound
	open.Checks = []review.Check{{Name: "sex", Outcome: review.CheckNotAssessed}}
	for _, tt := range []struct {
		name            string
		c               review.Case
		u               review.User
		want, refuseKey string
	}{
		{"blocked", blocked, scientist, state.IdentityBlocked, ""},
		{"blocked, a trainee", blocked, trainee, state.IdentityBlocked, "identity.role"},
		{"blocked and sealed", sealed, scientist, state.IdentityBlocked, "identity.sealed"},
		{"overridden", overridden, scientist, state.IdentityOverridden, "identity.nothing"},
		{"sound", sound, scientist, state.IdentitySound, "identity.nothing"},
		{"warned", warned, scientist, state.IdentityWarned, "identity.nothing"},
		{"nothing assessed", open, scientist, state.IdentityOpen, "identity.nothing"},
		{"not measured", review.Case{}, scientist, state.IdentityNotMeasured, "identity.nothing"},
	} {
		i, err := state.NewIdentityPage(tt.c)
		if err != nil {
			t.Fatal(err)
		}
		if i.Standing() != tt.want || i.RefuseOverride(tt.u) != tt.refuseKey {
			t.Errorf("%s: %s, refused by %q; want %s, %q", tt.name, i.Standing(), i.RefuseOverride(tt.u), tt.want, tt.refuseKey)
		}
	}
	if state.IsReason(" \n ") || !state.IsReason("adopted") {
		t.Error("blanks are no reason, words are")
	}
}
