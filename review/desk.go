package review

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"garrod/review/acmg"
)

// Desk is where one signed-in person works on cases. Each method checks the
// laboratory's policy, changes the case in one transaction, and records an
// audit event. A change of a case that waits for its last signature voids the
// signatures it has, and says so in Change.
type Desk struct {
	Store   Store
	Session Session
	Clock   Clock
}

// Change tells what a change did besides what was asked.
type Change struct {
	Seq int64 // of the last audit event
	// Voided is true when the change voided a report that waited for its last
	// signature.
	Voided bool
}

// Choice is what a person decides on one criterion.
type Choice struct {
	Code acmg.Criterion
	// Strength is the strength to apply; zero takes the proposal's own.
	Strength acmg.Strength
	Decision Decision
	Reason   string
	PMIDs    []int
	// Shown is the proposal as the person saw it; nil for a criterion that is
	// added by hand.
	Shown *acmg.Proposal
}

// AddCase stores a new case. It refuses one with a failed intake check, unless
// that is one of identity which blocks the parents, and one with a warning that
// nobody gave a reason for.
func (d Desk) AddCase(ctx context.Context, c *Case) (Change, error) {
	if err := c.admissible(); err != nil {
		return Change{}, err
	}
	c.Created = d.Clock.Now().UTC()
	c.Updated, c.Status, c.Revision = c.Created, StatusReceived, 0
	seq, err := d.Store.Update(ctx, d.Session, func(tx Tx) error {
		if err := tx.SaveCase(c); err != nil {
			return err
		}
		return tx.Record(Event{Action: "case.add", Case: c.ID, After: caseDigest(c)})
	})
	return Change{Seq: seq}, err
}

// admissible refuses a case for its failed checks, or for all warnings without a
// reason at once: each run over a genome takes its time.
func (c *Case) admissible() error {
	var open, ask []string
	for _, k := range c.Checks {
		switch {
		case c.Refuses(k):
			return &InputError{
				Code: "check_failed", Field: k.Name, What: k.Detail,
				Remedy: "Put the file or the request right and add the case again.",
			}
		case c.NeedsReason(k):
			open = append(open, "intake check "+k.Name+" warns: "+strings.TrimSuffix(k.Detail, "."))
			ask = append(ask, fmt.Sprintf("--reason %s=TEXT", k.Name))
		}
	}
	if open == nil {
		return nil
	}
	which := "a reason"
	if len(ask) > 1 {
		which = "a reason for each"
	}
	return &PolicyError{
		Code: "reason_needed", What: strings.Join(open, "; "),
		Remedy: fmt.Sprintf("Look into it; to go on in spite of it, give %s: %s.", which, strings.Join(ask, " ")),
	}
}

// caseDigest describes a case for the audit trail without its identity.
func caseDigest(c *Case) string {
	type file struct{ Kind, SHA256 string }
	files := []file{}
	for _, f := range c.Files {
		files = append(files, file{f.Kind, f.SHA256})
	}
	return toJSON(struct {
		Assembly string
		Proband  string
		Files    []file
		Checks   []Check
		RuleSet  string
	}{string(c.Assembly), c.Proband, files, c.Checks, c.RuleSetHash})
}

// Decide stores ch on the assessment a, which is stored with it when it is new,
// and brings a up to date.
func (d Desk) Decide(ctx context.Context, a *Assessment, ch Choice) (Change, error) {
	return d.change(ctx, a, func(_ Tx, rs *acmg.RuleSet, next *Assessment) (Event, error) {
		item, err := d.weigh(next, rs, ch)
		if err != nil {
			return Event{}, err
		}
		before := decisionDigest(*next, ch.Code)
		next.Evidence = append(slices.Clone(next.Evidence), item)
		return Event{Action: "evidence." + verb(ch.Decision), Before: before, After: decisionDigest(*next, ch.Code), Reason: ch.Reason}, nil
	})
}

// change runs fn on a copy of a, stores the copy with the event that fn returns,
// all in one transaction, and only then makes it a's value.
func (d Desk) change(ctx context.Context, a *Assessment, fn func(tx Tx, rs *acmg.RuleSet, next *Assessment) (Event, error)) (Change, error) {
	var change Change
	next := *a
	seq, err := d.Store.Update(ctx, d.Session, func(tx Tx) error {
		c, rs, err := d.open(tx, next.Case)
		if err != nil {
			return err
		}
		e, err := fn(tx, rs, &next)
		if err != nil {
			return err
		}
		e.Case, e.Object = c.ID, string(next.ID)
		return d.save(tx, &c, &next, &change, e)
	})
	if err != nil {
		return Change{}, err
	}
	*a, change.Seq = next, seq
	return change, nil
}

func verb(d Decision) string {
	return map[Decision]string{Accepted: "accept", Rejected: "reject", Withdrawn: "withdraw"}[d]
}

// decisionDigest is the current decision on one criterion, for the audit trail.
func decisionDigest(a Assessment, c acmg.Criterion) string {
	for _, e := range a.Current() {
		if e.Code == c {
			return toJSON(struct {
				Variant, Code, Decision, Origin string
				Strength                        acmg.Strength
				PMIDs                           []int `json:",omitempty"`
			}{a.Unit.Key, string(e.Code), string(e.Decision), e.Origin, e.Strength, e.PMIDs})
		}
	}
	return ""
}

// weigh checks a choice against the rule set and the policy and makes the item
// that is stored.
func (d Desk) weigh(a *Assessment, rs *acmg.RuleSet, ch Choice) (EvidenceItem, error) {
	item := EvidenceItem{
		Code: ch.Code, Strength: ch.Strength, Decision: ch.Decision, Reason: ch.Reason,
		PMIDs: ch.PMIDs, Shown: ch.Shown, RuleSet: rs.ID, RuleSetHash: rs.Hash(),
		By: d.Session.Actor().User, At: d.Clock.Now().UTC(), Origin: "manual",
	}
	proposal, proposed := a.Proposal(ch.Code)
	if ch.Shown != nil {
		if !proposed || toJSON(proposal) != toJSON(*ch.Shown) {
			return item, fmt.Errorf("decide %s: %w", ch.Code, ErrStale)
		}
		if proposal.State == acmg.Met {
			item.Origin = "auto"
			if item.Strength == 0 {
				item.Strength = proposal.Strength
			}
			if item.Strength != proposal.Strength {
				item.Origin = "changed"
			}
		}
	}
	if err := d.allowed(a, rs, item); err != nil {
		return item, err
	}
	return item, needsReason(item, proposal)
}

// needsReason refuses what acmg.md section 9 wants a reason for: a criterion
// added by hand, a changed strength, a rejected proposal.
func needsReason(item EvidenceItem, p acmg.Proposal) error {
	var why string
	switch {
	case item.Reason != "":
		return nil
	case item.Decision == Accepted && item.Origin == "manual":
		why = "a criterion that is not proposed as met"
	case item.Decision == Accepted && item.Origin == "changed":
		why = "a changed strength"
	case item.Decision == Rejected && p.State == acmg.Met:
		why = "rejecting a proposal"
	default:
		return nil
	}
	return &PolicyError{
		Code: "reason_needed", What: fmt.Sprintf("%s: %s needs a reason", item.Code, why),
		Remedy: "Say why in a sentence; it is kept with the evidence.",
	}
}

// allowed refuses criteria and strengths that the rule set does not have, and a
// decision that is in force already.
func (d Desk) allowed(a *Assessment, rs *acmg.RuleSet, item EvidenceItem) error {
	if item.Decision == Accepted {
		if err := rs.Allows(acmg.Code{Criterion: item.Code, Strength: item.Strength}); err != nil {
			return &PolicyError{
				Code: "not_in_rule_set", What: err.Error(),
				Remedy: "Choose a criterion and a strength that rule set " + string(rs.ID) + " has.",
			}
		}
	}
	for _, e := range a.Current() {
		if e.Code == item.Code && e.Decision == item.Decision && e.Strength == item.Strength {
			return &PolicyError{
				Code: "already_decided",
				What: fmt.Sprintf("%s is %s already", item.Code, item.Decision), Remedy: "Nothing was changed.",
			}
		}
	}
	return nil
}

// Undo withdraws the latest decision of this person on the assessment.
func (d Desk) Undo(ctx context.Context, a *Assessment) (Change, error) {
	me := d.Session.Actor().User
	current := a.Current()
	slices.SortStableFunc(current, func(x, y EvidenceItem) int { return x.At.Compare(y.At) })
	for _, e := range slices.Backward(current) {
		if e.By == me {
			return d.withdraw(ctx, a, e)
		}
	}
	return Change{}, &PolicyError{Code: "nothing_to_undo", What: "there is no decision of yours to undo on this variant"}
}

func (d Desk) withdraw(ctx context.Context, a *Assessment, e EvidenceItem) (Change, error) {
	return d.change(ctx, a, func(_ Tx, _ *acmg.RuleSet, next *Assessment) (Event, error) {
		before := decisionDigest(*next, e.Code)
		e.ID, e.Decision, e.Reason, e.At = 0, Withdrawn, "", d.Clock.Now().UTC()
		next.Evidence = append(slices.Clone(next.Evidence), e)
		return Event{Action: "evidence.withdraw", Before: before}, nil
	})
}

// Finish freezes this reader's classification of the assessment. report tells
// whether the variant goes into the report; nil takes the rule of the
// specification: classes 4 and 5 go in, 3 only when asked for, 1 and 2 never.
func (d Desk) Finish(ctx context.Context, a *Assessment, report *bool, note string) (Change, error) {
	return d.change(ctx, a, func(tx Tx, rs *acmg.RuleSet, next *Assessment) (Event, error) {
		if err := d.mayFinish(tx); err != nil {
			return Event{}, err
		}
		cl, err := acmg.Combine(rs, next.Accepted(), next.Unit)
		if err != nil {
			return Event{}, err
		}
		in, err := reported(cl.Class, report)
		if err != nil {
			return Event{}, err
		}
		next.Reviews = append(slices.Clone(next.Reviews), Review{
			By: d.Session.Actor().User, At: d.Clock.Now().UTC(), Classification: cl, Report: in, Note: note,
		})
		after := toJSON(map[string]any{"variant": next.Unit.Key, "class": cl.Class, "points": cl.Points, "report": in})
		return Event{Action: "review.finish", After: after, Reason: note}, nil
	})
}

// mayFinish refuses people whose role is not to stand for a classification. A
// trainee may prepare the evidence; a scientist finishes the review.
func (d Desk) mayFinish(tx Tx) error {
	u, err := tx.FindUser(d.Session.Actor().User)
	if err != nil {
		return fmt.Errorf("load user %s: %w", d.Session.Actor().User, err)
	}
	if u.CanSign(Scientist) {
		return nil
	}
	return &PolicyError{
		Code: "role_not_allowed", What: fmt.Sprintf("user %s has the role %s and may not finish a review", u.ID, u.Role),
		Remedy: "Ask a scientist to look at the evidence and to finish the review.",
	}
}

func reported(c acmg.Class, asked *bool) (bool, error) {
	switch c {
	case acmg.ClassWithheld:
		return false, &PolicyError{
			Code:   "senior_review",
			What:   "the class is withheld: stand-alone benign evidence stands beside strong pathogenic evidence",
			Remedy: "Settle the conflict with a senior colleague: one of the two must be rejected.",
		}
	case acmg.ClassBenign, acmg.ClassLikelyBenign:
		if asked != nil && *asked {
			return false, &PolicyError{
				Code: "benign_not_reported",
				What: "benign and likely benign variants are not reported", Remedy: "Finish the review without it.",
			}
		}
		return false, nil
	}
	if asked != nil {
		return *asked, nil
	}
	return c == acmg.ClassPathogenic || c == acmg.ClassLikelyPathogenic, nil
}

// open loads a case that may still change, with its rule set.
func (d Desk) open(tx Tx, id CaseID) (Case, *acmg.RuleSet, error) {
	c, err := tx.FindCase(id)
	if err != nil {
		return c, nil, fmt.Errorf("load case %s: %w", id, err)
	}
	if c.Status.Sealed() {
		return c, nil, &PolicyError{
			Code: "sealed", What: "case " + string(id) + " is authorised and sealed",
			Remedy: "A sealed case is never changed; it is amended.", Err: ErrSigned,
		}
	}
	stored, err := tx.FindRuleSetByHash(c.RuleSetHash)
	if err != nil {
		return c, nil, fmt.Errorf("load rule set %s of case %s: %w", c.RuleSet, id, err)
	}
	rs, err := acmg.ParseRuleSet(stored.Content)
	if err != nil {
		return c, nil, fmt.Errorf("read rule set %s: %w", c.RuleSet, err)
	}
	return c, rs, nil
}

// save stores an assessment with its event and moves the case on; a report that
// waited for its last signature is voided.
func (d Desk) save(tx Tx, c *Case, a *Assessment, change *Change, e Event) error {
	if err := tx.SaveAssessment(a); err != nil {
		return err
	}
	if err := tx.Record(e); err != nil {
		return err
	}
	voided, err := VoidPending(tx, c.ID, "the case was changed before the last signature")
	if err != nil {
		return err
	}
	change.Voided = voided
	// The case's revision moves with every change of what belongs to it.
	c.Status, c.Updated = StatusAnalysis, d.Clock.Now().UTC()
	return tx.SaveCase(c)
}

// VoidPending voids the report of a case that waits for a signature, with the
// signatures it has, and records that. It answers false when there is none.
func VoidPending(tx Tx, id CaseID, why string) (bool, error) {
	reports, err := tx.Reports(id)
	if err != nil {
		return false, err
	}
	voided := false
	for _, r := range reports {
		if r.Status != ReportPending {
			continue
		}
		full, err := tx.FindReport(r.ID)
		if err != nil {
			return false, err
		}
		full.Status = ReportVoided
		for i := range full.SignOffs {
			full.SignOffs[i].Voided, full.SignOffs[i].Reason = true, why
		}
		if err := tx.SaveReport(&full); err != nil {
			return false, err
		}
		voided = true
		if err := tx.Record(Event{Action: "report.void", Case: id, Object: r.ID, Before: r.SHA256, Reason: why}); err != nil {
			return false, err
		}
	}
	return voided, nil
}

func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("review: plain values always have a JSON form: " + err.Error())
	}
	return string(b)
}
