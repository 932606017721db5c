package state

import (
	"garrod/review"
	"garrod/review/acmg"
)

// Action is what a person asks for on the variant page.
type Action string

// The actions.
const (
	Accept   Action = "accept"
	Reject   Action = "reject"
	Change   Action = "change" // accept with another strength
	AddCode  Action = "add"    // a criterion by hand
	UndoLast Action = "undo"
)

// Refusal says why an action cannot be done now; Key is its text key.
type Refusal struct{ Key string }

// Error returns the key.
func (r *Refusal) Error() string { return r.Key }

// The refusals.
var (
	errPending  = &Refusal{"refuse.pending"}
	errSealed   = &Refusal{"refuse.sealed"}
	errNotShown = &Refusal{"refuse.not_shown"}
	errAlready  = &Refusal{"refuse.already"}
	errRejected = &Refusal{"refuse.already_rejected"}
	errNothing  = &Refusal{"refuse.nothing"}
	errUndo     = &Refusal{"refuse.nothing_to_undo"}
	errNoCode   = &Refusal{"refuse.no_code"}
	errDisabled = &Refusal{"refuse.disabled"}
)

// Plan is a decision that is ready but for what a person still has to say.
type Plan struct {
	Decision
	NeedReason   bool
	NeedStrength bool
	Strengths    []acmg.Strength // to choose from, when NeedStrength
}

// Plan works out what action on c takes. Its error is a *Refusal.
func (p *Page) Plan(action Action, c acmg.Criterion) (Plan, error) {
	switch {
	case p.pending:
		return Plan{}, errPending
	case p.Sealed:
		return Plan{}, errSealed
	case action == UndoLast:
		if len(p.Assessment.Current()) == 0 {
			return Plan{}, errUndo
		}
		return Plan{Decision: p.decision(c, review.Withdrawn)}, nil
	}
	row, ok := p.Row(c)
	if !ok {
		return Plan{}, errNoCode
	}
	switch action {
	case Accept:
		return p.planAccept(row)
	case Reject:
		return p.planReject(row)
	default:
		return p.planByHand(row)
	}
}

func (p *Page) planAccept(row CriterionRow) (Plan, error) {
	switch {
	case row.Accepted():
		return Plan{}, errAlready
	case !p.shown[row.Code]:
		return Plan{}, errNotShown
	case row.State() != acmg.Met:
		return p.planByHand(row)
	}
	return Plan{Decision: p.decision(row.Code, review.Accepted)}, nil
}

func (p *Page) planReject(row CriterionRow) (Plan, error) {
	switch {
	case row.Decision != nil && row.Decision.Decision == review.Rejected:
		return Plan{}, errRejected
	case row.Decision == nil && row.State() != acmg.Met:
		return Plan{}, errNothing
	}
	return Plan{Decision: p.decision(row.Code, review.Rejected), NeedReason: row.State() == acmg.Met}, nil
}

// planByHand serves a changed strength and a criterion added by hand: both
// need a strength and a reason.
func (p *Page) planByHand(row CriterionRow) (Plan, error) {
	if row.Disabled != "" {
		return Plan{}, errDisabled
	}
	if !p.shown[row.Code] && row.State() == acmg.Met {
		return Plan{}, errNotShown
	}
	plan := Plan{
		Decision: p.decision(row.Code, review.Accepted), NeedReason: true, NeedStrength: true,
		Strengths: row.Strengths,
	}
	if len(plan.Strengths) == 0 {
		plan.Strengths = []acmg.Strength{acmg.Supporting, acmg.Moderate, acmg.Strong, acmg.VeryStrong}
	}
	plan.Strength = row.Strength()
	if plan.Strength == 0 {
		plan.Strength = row.Default
	}
	return plan, nil
}

func (p *Page) decision(c acmg.Criterion, d review.Decision) Decision {
	out := Decision{Case: p.Assessment.Case, Key: p.Assessment.Unit.Key, Code: c, Decision: d}
	if pr, ok := p.Assessment.Proposal(c); ok {
		out.Shown = &pr
	}
	return out
}

// KeyGuard lets a key that is held down act once. A key press that is repeated
// by the keyboard brings typed runes but no new press, so a rune counts only
// when a press came before it.
type KeyGuard struct{ fresh bool }

// Press tells that a key went down.
func (g *KeyGuard) Press() { g.fresh = true }

// Take reports whether the typed rune came from a fresh press, and uses it up.
func (g *KeyGuard) Take() bool {
	ok := g.fresh
	g.fresh = false
	return ok
}
