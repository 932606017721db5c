package state_test

import (
	"errors"
	"testing"
	"time"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/ui/state"
)

var allStrengths = []acmg.Strength{acmg.Supporting, acmg.Moderate, acmg.Strong}

func vocabulary() []state.Criterion {
	points := map[acmg.Strength]acmg.Points{acmg.Supporting: 100, acmg.Moderate: 200, acmg.Strong: 400}
	return []state.Criterion{
		{Code: "PVS1", Direction: acmg.Pathogenic, Default: acmg.VeryStrong, Strengths: allStrengths, Points: points},
		{Code: "PS1", Direction: acmg.Pathogenic, Default: acmg.Strong, Disabled: "not used here"},
		{Code: "PM2", Direction: acmg.Pathogenic, Default: acmg.Supporting, Strengths: allStrengths, Points: points},
		{Code: "PP3", Direction: acmg.Pathogenic, Default: acmg.Supporting, Strengths: allStrengths, Points: points},
		{Code: "BA1", Direction: acmg.Benign, Default: acmg.StandAlone},
		{Code: "BP4", Direction: acmg.Benign, Default: acmg.Supporting},
	}
}

func assessment() review.Assessment {
	return review.Assessment{Case: "C1", Unit: acmg.Unit{Key: "1-5-A-G"}, Proposals: []acmg.Proposal{
		{Code: "PM2", State: acmg.Met, Strength: acmg.Supporting, Reason: "rare", Inputs: []acmg.Input{{Name: "AF", Value: "0"}}},
		{Code: "PP3", State: acmg.Met, Strength: acmg.Moderate, Reason: "REVEL"},
		{Code: "BA1", State: acmg.NotMet, Reason: "not common"},
		{Code: "PS1", State: acmg.NotApplicable},
	}}
}

func page() *state.Page { return state.NewPage(assessment(), nil, vocabulary(), false) }

func codes(p *state.Page) (out []acmg.Criterion) {
	for _, r := range p.Rows() {
		out = append(out, r.Code)
	}
	return out
}

func key(err error) string {
	var r *state.Refusal
	if errors.As(err, &r) {
		return r.Key
	}
	return ""
}

func TestRowsHoldEveryCodeMetFirst(t *testing.T) {
	want := []acmg.Criterion{"PM2", "PP3", "BA1", "PVS1", "BP4", "PS1"}
	got := codes(page())
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	if r, _ := page().Row("PVS1"); r.State() != acmg.NotAssessed {
		t.Errorf("a code nobody looked at is %s, want not_assessed", r.State())
	}
}

func TestDecisionsOutsideTheRuleSetAreStillShown(t *testing.T) {
	a := assessment()
	a.Evidence = []review.EvidenceItem{{Code: "XY9", Decision: review.Accepted, Strength: acmg.Strong}}
	p := state.NewPage(a, nil, vocabulary(), false)
	if r, ok := p.Row("XY9"); !ok || !r.Accepted() {
		t.Fatalf("got %+v, %v", r, ok)
	}
}

func TestAcceptNeedsTheInputsOnTheScreen(t *testing.T) {
	p := page()
	if _, err := p.Plan(state.Accept, "PM2"); key(err) != "refuse.not_shown" {
		t.Fatalf("got %v, want refuse.not_shown", err)
	}
	p.Displayed("PP3")
	if _, err := p.Plan(state.Accept, "PM2"); key(err) != "refuse.not_shown" {
		t.Fatalf("another criterion's inputs do not count: %v", err)
	}
	p.Displayed("PM2")
	plan, err := p.Plan(state.Accept, "PM2")
	if err != nil || plan.NeedReason || plan.Shown == nil || plan.Shown.Reason != "rare" {
		t.Fatalf("got %+v, %v", plan, err)
	}
	if plan.Case != "C1" || plan.Key != "1-5-A-G" || plan.Decision.Decision != review.Accepted {
		t.Fatalf("got %+v", plan)
	}
}

func TestPlanAsksForReasons(t *testing.T) {
	accepted := func(c acmg.Criterion) review.EvidenceItem {
		return review.EvidenceItem{Code: c, Decision: review.Accepted, Strength: acmg.Supporting}
	}
	rejected := review.EvidenceItem{Code: "PM2", Decision: review.Rejected}
	for _, tt := range []struct {
		name     string
		evidence []review.EvidenceItem
		action   state.Action
		code     acmg.Criterion
		refused  string
		reason   bool
		strength acmg.Strength
	}{
		{"accept a met proposal", nil, state.Accept, "PM2", "", false, 0},
		{"accept what is not met", nil, state.Accept, "BP4", "", true, acmg.Supporting},
		{"accept twice", []review.EvidenceItem{accepted("PM2")}, state.Accept, "PM2", "refuse.already", false, 0},
		{"accept after rejecting", []review.EvidenceItem{rejected}, state.Accept, "PM2", "", false, 0},
		{"reject a met proposal", nil, state.Reject, "PM2", "", true, 0},
		{"reject what nobody proposed", nil, state.Reject, "BP4", "refuse.nothing", false, 0},
		{"reject a criterion added by hand", []review.EvidenceItem{accepted("BP4")}, state.Reject, "BP4", "", false, 0},
		{"reject twice", []review.EvidenceItem{rejected}, state.Reject, "PM2", "refuse.already_rejected", false, 0},
		{"change the strength", nil, state.Change, "PP3", "", true, acmg.Moderate},
		{"add by hand", nil, state.AddCode, "PVS1", "", true, acmg.VeryStrong},
		{"add a disabled code", nil, state.AddCode, "PS1", "refuse.disabled", false, 0},
		{"add an unknown code", nil, state.AddCode, "QQ1", "refuse.no_code", false, 0},
		{"undo nothing", nil, state.UndoLast, "PM2", "refuse.nothing_to_undo", false, 0},
		{"undo", []review.EvidenceItem{accepted("PM2")}, state.UndoLast, "PM2", "", false, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := assessment()
			a.Evidence = tt.evidence
			p := state.NewPage(a, nil, vocabulary(), false)
			for _, r := range p.Rows() {
				p.Displayed(r.Code)
			}
			plan, err := p.Plan(tt.action, tt.code)
			if key(err) != tt.refused {
				t.Fatalf("refused %q, want %q", key(err), tt.refused)
			}
			if err == nil && (plan.NeedReason != tt.reason || plan.Strength != tt.strength) {
				t.Errorf("need reason %v strength %v, want %v %v", plan.NeedReason, plan.Strength, tt.reason, tt.strength)
			}
		})
	}
}

func TestNothingIsDecidedWhileADecisionIsUnderWay(t *testing.T) {
	p := page()
	p.Displayed("PM2")
	p.Begin()
	if _, err := p.Plan(state.Accept, "PM2"); key(err) != "refuse.pending" {
		t.Fatalf("got %v", err)
	}
	p.Fail()
	if _, err := p.Plan(state.Accept, "PM2"); err != nil {
		t.Fatalf("after a failed save the criterion is open again: %v", err)
	}
}

func TestSealedCaseTakesNoDecision(t *testing.T) {
	p := state.NewPage(assessment(), nil, vocabulary(), true)
	p.Displayed("PM2")
	for _, a := range []state.Action{state.Accept, state.Reject, state.Change, state.AddCode, state.UndoLast} {
		if _, err := p.Plan(a, "PM2"); key(err) != "refuse.sealed" {
			t.Errorf("%s: got %v", a, err)
		}
	}
}

func TestAChangedProposalHasToBeShownAgain(t *testing.T) {
	p := page()
	p.Displayed("PM2")
	p.Displayed("PP3")
	next := assessment()
	next.Proposals[0].Inputs = []acmg.Input{{Name: "AF", Value: "0.5"}}
	next.Evidence = []review.EvidenceItem{{Code: "PP3", Decision: review.Accepted, At: time.Unix(1, 0)}}
	p.End(next, []acmg.Classification{{Class: acmg.ClassUncertain}})
	if _, err := p.Plan(state.Accept, "PM2"); key(err) != "refuse.not_shown" {
		t.Errorf("got %v", err)
	}
	if p.Open() != 1 || p.Pending() || len(p.Classes) != 1 {
		t.Errorf("open %d pending %v", p.Open(), p.Pending())
	}
}

func TestAHeldKeyActsOnce(t *testing.T) {
	var g state.KeyGuard
	if g.Take() {
		t.Fatal("a rune without a press")
	}
	g.Press()
	if !g.Take() {
		t.Fatal("the first rune of a press counts")
	}
	for range 30 { // what the keyboard repeats
		if g.Take() {
			t.Fatal("a repeated rune counted")
		}
	}
	g.Press()
	if !g.Take() {
		t.Fatal("a new press counts again")
	}
}

func TestPointsText(t *testing.T) {
	for _, tt := range []struct {
		p    acmg.Points
		want string
	}{{0, "0"}, {100, "+1"}, {400, "+4"}, {-100, "−1"}, {50, "+0.5"}, {-125, "−1.25"}, {805, "+8.05"}} {
		if got := state.PointsText(tt.p); got != tt.want {
			t.Errorf("PointsText(%d) = %q, want %q", tt.p, got, tt.want)
		}
	}
}

func TestEveryClassHasANumberAndAShapeOfItsOwn(t *testing.T) {
	seen := map[state.Shape]acmg.Class{}
	for i, c := range []acmg.Class{
		acmg.ClassWithheld, acmg.ClassBenign, acmg.ClassLikelyBenign,
		acmg.ClassUncertain, acmg.ClassLikelyPathogenic, acmg.ClassPathogenic,
	} {
		if state.ClassNumber(c) != i {
			t.Errorf("class %q has number %d, want %d", c, state.ClassNumber(c), i)
		}
		if was, ok := seen[state.ClassShape(c)]; ok {
			t.Errorf("classes %q and %q share a shape", was, c)
		}
		seen[state.ClassShape(c)] = c
	}
}
