package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"garrod/review"
)

// Prepared is a report as the next signer has to see it.
type Prepared struct {
	Report review.Report // with the exact bytes to look at and to sign
	Role   review.Role   // the role that signs next
	// Made is true when the report was made now, by freezing the case; false
	// when the stored bytes were fetched.
	Made bool
	// Voided is true when an earlier report of the case, made from another
	// state of it, was voided on the way.
	Voided bool
	Seq    int64 // last audit event, 0 when nothing changed
}

// Prepare brings the report of a case to the state in which a person looks at
// it before signing as role. The first role freezes the case: the report is
// composed, rendered and stored. Later roles get the stored bytes. It refuses,
// with a *review.PolicyError, a role out of turn, a person who may not sign (an
// authoriser who finished one of the reviews may not), a case with reviews that
// are not finished, and one that changed since it was frozen (which is voided
// then). A case of which nothing was assessed, though triage left variants,
// needs a reason: the first role gives it, and it is printed. For anything else
// reason is not used.
func (i Issuer) Prepare(ctx context.Context, s review.Session, id review.CaseID, role review.Role, reason string) (Prepared, error) {
	d, err := view(ctx, i.Store, s, func(tx review.Tx) (desk, error) { return i.look(tx, s, id, role) })
	if err != nil {
		return Prepared{}, err
	}
	d.reason = strings.Join(strings.Fields(reason), " ")
	switch d.standing(i, role) {
	case fetch:
		if err := signedAlready(d.report, d.user.ID, ""); err != nil {
			return Prepared{}, err
		}
		return Prepared{Report: d.report, Role: role}, nil
	case voidOnly:
		if _, err := i.Void(ctx, s, id, changedReason); err != nil {
			return Prepared{}, err
		}
		return Prepared{}, errChanged(id)
	case outOfTurn:
		return Prepared{}, i.outOfTurn(d, role)
	}
	return i.freeze(ctx, s, d)
}

const changedReason = "the case was changed before the last signature"

func errChanged(id review.CaseID) error {
	return &review.PolicyError{
		Code: "case_changed", What: "case " + string(id) + " changed after its report was made: the report and its signatures are void",
		Remedy: "Start again: the first role prepares and signs the report.",
	}
}

// desk is what Prepare finds.
type desk struct {
	user    review.User
	frozen  review.Frozen
	open    []string
	content string
	report  review.Report // the pending one
	pending bool
	all     []review.Report
	proof   review.Frozen // of the pending report
	reason  string        // why nothing was reviewed, as given now
}

func (i Issuer) look(tx review.Tx, s review.Session, id review.CaseID, role review.Role) (d desk, err error) {
	if d.frozen, d.open, err = snapshot(tx, id); err != nil {
		return d, err
	}
	if d.frozen.Case.Status.Sealed() {
		return d, &review.PolicyError{
			Code: "sealed", What: "case " + string(id) + " is authorised and sealed",
			Remedy: "A sealed case is never changed; it is amended.", Err: review.ErrSigned,
		}
	}
	if d.user, err = signer(tx, s, role); err != nil {
		return d, err
	}
	if err := secondPerson(d.user, role, d.frozen.Assessments); err != nil {
		return d, err
	}
	if d.content, err = ContentHash(d.frozen); err != nil {
		return d, err
	}
	if d.report, d.all, d.pending, err = pending(tx, id); err != nil || !d.pending {
		return d, err
	}
	d.proof, err = i.proof(d.report)
	return d, err
}

// proof reads the frozen case out of a report's own bytes.
func (i Issuer) proof(r review.Report) (review.Frozen, error) {
	b, err := i.Sign.Proof(r.PDF)
	if err != nil {
		return review.Frozen{}, fmt.Errorf("read the proof of report %s: %w", r.ID, err)
	}
	return ReadProof(b)
}

// step is what there is to do.
type step int

const (
	compose  step = iota // freeze the case and make a report
	fetch                // hand out the stored bytes
	voidOnly             // void the report: the case changed
	outOfTurn
)

// standing decides what Prepare does. The first role makes a new report when
// there is none, when the case changed, or when the unsigned one prints another
// person's name or another reason.
func (d desk) standing(i Issuer, role review.Role) step {
	first := role == i.roles()[0]
	switch {
	case !d.pending && first:
		return compose
	case !d.pending:
		return outOfTurn
	case d.content != d.report.Content || len(d.open) > 0:
		if first {
			return compose
		}
		return voidOnly
	case i.nextRole(d.report) != role:
		return outOfTurn
	case first && (!prints(d.proof, role, d.user.ID) || d.anotherReason()):
		return compose
	}
	return fetch
}

// anotherReason reports whether the reason that the pending report prints is
// not the one given now.
func (d desk) anotherReason() bool {
	return d.proof.NoReviewReason != "" && d.reason != "" && d.proof.NoReviewReason != d.reason
}

// prints reports whether the frozen case names user, or nobody, for role.
func prints(f review.Frozen, role review.Role, user review.UserID) bool {
	for _, s := range f.Signatories {
		if s.Role == role {
			return s.User == "" || s.User == user
		}
	}
	return false
}

func (i Issuer) outOfTurn(d desk, role review.Role) error {
	if !d.pending {
		return &review.PolicyError{
			Code:   "not_frozen",
			What:   fmt.Sprintf("the report of case %s is not made yet", d.frozen.Case.ID),
			Remedy: fmt.Sprintf("The %s signs first; that freezes the case.", i.roles()[0]),
		}
	}
	next := i.nextRole(d.report)
	return &review.PolicyError{
		Code:   "out_of_turn",
		What:   fmt.Sprintf("report %s waits for the signature of the %s, not of the %s", d.report.ID, next, role),
		Remedy: fmt.Sprintf("Let the %s sign.", next),
	}
}

// freeze composes, renders and stores the report.
func (i Issuer) freeze(ctx context.Context, s review.Session, d desk) (Prepared, error) {
	f := d.frozen
	if len(d.open) > 0 {
		return Prepared{}, &review.PolicyError{
			Code:   "reviews_open",
			What:   "reviews are not finished, or evidence changed after them: " + strings.Join(d.open, ", "),
			Remedy: "Finish the review of each of these variants.",
		}
	}
	if err := i.complete(ctx, &f, d); err != nil {
		return Prepared{}, err
	}
	d.reason = f.NoReviewReason // kept only where it was needed
	r, err := i.render(f, d.content)
	if err != nil {
		return Prepared{}, err
	}
	p := Prepared{Role: i.roles()[0], Made: true}
	p.Seq, err = i.Store.Update(ctx, s, func(tx review.Tx) error {
		p.Voided, err = i.keep(tx, &r, d)
		return err
	})
	p.Report = r
	return p, err
}

// complete fills in what the case does not hold itself.
func (i Issuer) complete(ctx context.Context, f *review.Frozen, d desk) error {
	f.At, f.Program = i.Clock.Now().UTC(), i.Program
	f.Version = 1
	for _, r := range d.all {
		f.Version = max(f.Version, r.Version+1) // a voided version is never given again
		if r.Status == review.ReportIssued {
			f.Supersedes = r.ID
		}
	}
	f.ReportID = fmt.Sprintf("%s-R%d", f.Case.ID, f.Version)
	for n, role := range i.roles() {
		who := review.Signatory{Role: role}
		if n == 0 {
			who.User, who.Name, who.HCPC = d.user.ID, d.user.Name, d.user.HCPC
		}
		f.Signatories = append(f.Signatories, who)
	}
	if i.Selection != nil {
		sel, err := i.Selection(ctx, f.Case)
		if err != nil {
			return fmt.Errorf("count the funnel of case %s: %w", f.Case.ID, err)
		}
		f.Filter, f.Funnel, f.Unread = sel.Filter, sel.Funnel, sel.Unread
		f.Listed, f.Rescued = sel.Listed, sel.Rescued
	}
	if unreviewed(*f) {
		f.NoReviewReason = d.reason
	}
	return i.fit(*f)
}

// fit refuses a case that must not be reported as it is.
func (i Issuer) fit(f review.Frozen) error {
	if f.Laboratory.Kind != review.Demonstration && identified(f.Case.Patient) < 2 {
		return &review.PolicyError{
			Code:   "identifiers",
			What:   "the case has fewer than two identifiers of the patient",
			Remedy: "Enter surname, date of birth or NHS number, so that every page names the patient.",
		}
	}
	if len(f.Assessments) == 0 && len(f.Funnel) == 0 {
		return &review.PolicyError{
			Code:   "nothing_reviewed",
			What:   "nothing of this case was looked at: no variant is assessed and no filter was counted",
			Remedy: "Go through the worklist first.",
		}
	}
	if unreviewed(f) && f.NoReviewReason == "" {
		return &review.PolicyError{
			Code: "nothing_reviewed",
			What: fmt.Sprintf("no variant of this case is assessed, though %d %s in the list and %d in the rescue lane",
				f.Listed, agree(f.Listed, "stands", "stand"), f.Rescued),
			Remedy: "Finish the review of at least one of them, or give a reason why none is needed.",
		}
	}
	r, err := replay(f)
	if err != nil {
		return err
	}
	if !r.OK() {
		return &review.PolicyError{
			Code:   "review_stale",
			What:   "a finished review does not follow from its evidence and rule set: " + strings.Join(r.Differences, "; "),
			Remedy: "Finish the review again under the case's rule set.", Err: review.ErrStale,
		}
	}
	return nil
}

// unreviewed reports whether triage left variants and nobody assessed one.
func unreviewed(f review.Frozen) bool {
	return len(f.Assessments) == 0 && f.Listed+f.Rescued > 0
}

// identified counts the identifiers a patient is named by.
func identified(p review.Patient) int {
	n := 0
	for _, s := range []string{p.Surname, p.DOB} {
		if strings.TrimSpace(s) != "" {
			n++
		}
	}
	for _, id := range p.Identifiers {
		if strings.TrimSpace(id.Value) != "" {
			n++
		}
	}
	return n
}

// make composes and renders.
func (i Issuer) render(f review.Frozen, content string) (review.Report, error) {
	doc, err := Compose(f)
	if err != nil {
		return review.Report{}, err
	}
	proof, err := json.Marshal(f)
	if err != nil {
		return review.Report{}, fmt.Errorf("write the proof of report %s: %w", f.ReportID, err)
	}
	pdf, err := i.Render.Render(doc, proof)
	if err != nil {
		return review.Report{}, fmt.Errorf("render report %s: %w", f.ReportID, err)
	}
	return review.Report{
		ID: f.ReportID, Case: f.Case.ID, Version: f.Version, Status: review.ReportPending,
		Created: f.At, SHA256: hashBytes(pdf), Content: content, PDF: pdf,
	}, nil
}

// keep stores the report and freezes the case, if the case is still as it was
// when the report was made.
func (i Issuer) keep(tx review.Tx, r *review.Report, d desk) (voided bool, err error) {
	now, _, err := snapshot(tx, r.Case)
	if err != nil {
		return false, err
	}
	if content, err := ContentHash(now); err != nil || content != r.Content {
		return false, fmt.Errorf("store report %s: %w", r.ID, review.ErrConflict)
	}
	if voided, err = review.VoidPending(tx, r.Case, changedReason); err != nil {
		return false, err
	}
	if err := tx.SaveReport(r); err != nil {
		return voided, fmt.Errorf("store report %s: %w", r.ID, err)
	}
	c := now.Case
	c.Status, c.Updated = review.StatusFrozen, r.Created
	if err := tx.SaveCase(&c); err != nil {
		return voided, fmt.Errorf("freeze case %s: %w", c.ID, err)
	}
	return voided, tx.Record(review.Event{
		Action: "report.prepare", Case: r.Case, Object: r.ID, After: r.SHA256, Reason: d.reason,
	})
}
