package reports

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"garrod/review"
)

// Approval is a person's word that a report they have looked at may go out.
type Approval struct {
	ReportID string
	// SHA256 is the hash of the bytes the person was shown, from Prepared.
	SHA256   string
	Role     review.Role
	Identity Identity
}

// Signed is the outcome of a sign-off.
type Signed struct {
	Report review.Report
	// Issued is true when this was the last signature: the report is issued and
	// the case sealed.
	Issued bool
	// Bound is true when the certificate was bound to the person by this.
	Bound bool
	Seq   int64
}

// SignOff signs the stored bytes of a report, the very ones that were shown, and
// stores the result. It refuses with a *review.PolicyError: other bytes than
// those shown, a case that changed since (its report is voided then), a role out
// of turn, a person or a certificate that signed already, an authoriser who
// finished one of the reviews, a certificate that is not the person's, and a
// demonstration identity in a live laboratory. The first sign-off binds the
// certificate to the person.
func (i Issuer) SignOff(ctx context.Context, s review.Session, a Approval) (Signed, error) {
	if err := a.Identity.whole(); err != nil {
		return Signed{}, err
	}
	t, err := view(ctx, i.Store, s, func(tx review.Tx) (turn, error) { return i.turn(tx, s, a) })
	if errors.Is(err, errVoid) {
		if _, err := i.Void(ctx, s, t.report.Case, changedReason); err != nil {
			return Signed{}, err
		}
		return Signed{}, errChanged(t.report.Case)
	}
	if err != nil {
		return Signed{}, err
	}
	before := t.report.SHA256
	if err := i.sign(&t, a); err != nil {
		return Signed{}, err
	}
	out := Signed{Report: t.report, Issued: t.report.Status == review.ReportIssued, Bound: t.bind}
	out.Seq, err = i.Store.Update(ctx, s, func(tx review.Tx) error { return i.record(tx, &out.Report, t, before) })
	return out, err
}

// errVoid says within this package that the case changed.
var errVoid = errors.New("the case changed")

// turn is one signature about to be made.
type turn struct {
	report  review.Report
	user    review.User
	signOff review.SignOff
	bind    bool // the certificate is to be bound to user
}

// turn loads what is to be signed and applies the policy.
func (i Issuer) turn(tx review.Tx, s review.Session, a Approval) (t turn, err error) {
	if t.report, err = stored(tx, a.ReportID); err != nil {
		return t, err
	}
	if err := i.open(t.report, a); err != nil {
		return t, err
	}
	if t.user, err = signer(tx, s, a.Role); err != nil {
		return t, err
	}
	now, open, err := snapshot(tx, t.report.Case)
	if err != nil {
		return t, err
	}
	proof, err := i.proof(t.report)
	if err != nil {
		return t, err
	}
	if err := i.person(t, a, now, proof); err != nil {
		return t, err
	}
	if t.bind, err = certificate(tx, t.user, a.Identity, now.Laboratory.Kind); err != nil {
		return t, err
	}
	// Last, because it voids: a person who may not sign must not do that either.
	if err := unchanged(now, open, proof, t.report); err != nil {
		return t, err
	}
	t.signOff = review.SignOff{
		Case: t.report.Case, ReportID: t.report.ID, Role: a.Role, By: t.user.ID,
		Name: t.user.Name, HCPC: t.user.HCPC, Certificate: a.Identity.Fingerprint(), At: i.Clock.Now().UTC(),
	}
	return t, nil
}

// open refuses a report that waits for nobody, another role's turn, and other
// bytes than those shown.
func (i Issuer) open(r review.Report, a Approval) error {
	if r.Status != review.ReportPending {
		return &review.PolicyError{
			Code: "not_pending", What: fmt.Sprintf("report %s is %s and takes no signature", r.ID, r.Status),
			Remedy: "Prepare the case's report again.",
		}
	}
	if next := i.nextRole(r); next != a.Role {
		return &review.PolicyError{
			Code:   "out_of_turn",
			What:   fmt.Sprintf("report %s waits for the signature of the %s, not of the %s", r.ID, next, a.Role),
			Remedy: fmt.Sprintf("Let the %s sign.", next),
		}
	}
	if a.SHA256 != r.SHA256 {
		return &review.PolicyError{
			Code:   "not_what_was_shown",
			What:   fmt.Sprintf("report %s is not the file that was shown: it has SHA-256 %s, shown was %s", r.ID, hashPrefix(r.SHA256), hashPrefix(a.SHA256)),
			Remedy: "Open the report again, read it, and sign then.",
		}
	}
	return nil
}

// unchanged compares the case as it is with the one the report was made from,
// both by the record and by the proof in the file itself.
func unchanged(now review.Frozen, open []string, proof review.Frozen, r review.Report) error {
	content, err := ContentHash(now)
	if err != nil {
		return err
	}
	printed, err := ContentHash(proof)
	if err != nil {
		return err
	}
	if printed != r.Content || proof.ReportID != r.ID {
		return fmt.Errorf("report %s: the proof in the stored file is not that of its record; restore the laboratory from a backup", r.ID)
	}
	if content != r.Content || len(open) > 0 {
		return errVoid
	}
	return nil
}

// person applies the four-eyes rule to the case as it is and checks that the
// printed name is the signer's.
func (i Issuer) person(t turn, a Approval, now, proof review.Frozen) error {
	if err := secondPerson(t.user, a.Role, now.Assessments); err != nil {
		return err
	}
	if err := signedAlready(t.report, t.user.ID, a.Identity.Fingerprint()); err != nil {
		return err
	}
	if !prints(proof, a.Role, t.user.ID) {
		return &review.PolicyError{
			Code:   "other_name",
			What:   fmt.Sprintf("report %s names another person as %s", t.report.ID, a.Role),
			Remedy: "Prepare the report again in your own name, or let that person sign.",
		}
	}
	return i.earlier(t.report)
}

// earlier verifies the signatures that are there against the record.
func (i Issuer) earlier(r review.Report) error {
	var want []Signature
	for _, s := range r.SignOffs {
		if !s.Voided {
			want = append(want, Signature{Field: FieldName(s.Role), Certificate: s.Certificate, Intact: true})
		}
	}
	got, err := i.Sign.Verify(r.PDF)
	if err != nil {
		return fmt.Errorf("verify report %s: %w", r.ID, err)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("verify report %s: its %d signatures are not the %d recorded ones, or not intact", r.ID, len(got), len(want))
	}
	return nil
}

// certificate checks whose the certificate is. bind is true when the user has
// none yet.
func certificate(tx review.Tx, u review.User, id Identity, kind review.LabKind) (bind bool, err error) {
	if id.Demonstration && kind != review.Demonstration {
		return false, &review.PolicyError{
			Code: "demonstration_identity",
			What: "a demonstration identity signs in demonstration laboratories only", Remedy: "Sign with your own identity.",
		}
	}
	fingerprint := id.Fingerprint()
	users, err := tx.Users()
	if err != nil {
		return false, fmt.Errorf("list users: %w", err)
	}
	for _, other := range users {
		if other.ID != u.ID && other.Certificate == fingerprint {
			return false, &review.PolicyError{
				Code: "certificate_of_another",
				What: fmt.Sprintf("this certificate is bound to user %s", other.ID), Remedy: "Sign with your own identity.",
			}
		}
	}
	if u.Certificate != "" && u.Certificate != fingerprint {
		return false, &review.PolicyError{
			Code:   "other_certificate",
			What:   fmt.Sprintf("user %s is bound to the certificate %s, not to %s", u.ID, hashPrefix(u.Certificate), hashPrefix(fingerprint)),
			Remedy: "Sign with the bound certificate, or have an administrator bind the new one.",
		}
	}
	return u.Certificate == "", nil
}

// sign makes the signature and checks what came out before it is stored.
func (i Issuer) sign(t *turn, a Approval) error {
	look, err := i.Render.Appearance(t.signOff)
	if err != nil {
		return fmt.Errorf("draw the signature on report %s: %w", t.report.ID, err)
	}
	pdf, err := i.Sign.Sign(t.report.PDF, SignRequest{
		Field: FieldName(a.Role), Identity: a.Identity,
		SignOff: t.signOff, Appearance: look,
	})
	if err != nil {
		return fmt.Errorf("sign report %s: %w", t.report.ID, err)
	}
	if !bytes.HasPrefix(pdf, t.report.PDF) {
		return fmt.Errorf("sign report %s: the signed file does not begin with the bytes that were shown", t.report.ID)
	}
	t.signOff.SHA256 = hashBytes(pdf)
	t.report.PDF, t.report.SHA256 = pdf, t.signOff.SHA256
	t.report.SignOffs = append(slices.Clone(t.report.SignOffs), t.signOff)
	if i.nextRole(t.report) == "" {
		t.report.Status = review.ReportIssued
	}
	return i.earlier(t.report)
}

// record stores the signature in one transaction, if report and case are still
// what they were.
func (i Issuer) record(tx review.Tx, r *review.Report, t turn, before string) error {
	was, err := tx.FindReport(r.ID)
	if err != nil {
		return fmt.Errorf("load report %s: %w", r.ID, err)
	}
	now, open, err := snapshot(tx, r.Case)
	if err != nil {
		return err
	}
	content, err := ContentHash(now)
	if err != nil {
		return err
	}
	if was.SHA256 != before || was.Status != review.ReportPending || content != r.Content || len(open) > 0 {
		return fmt.Errorf("store the signature on report %s: %w", r.ID, review.ErrConflict)
	}
	if t.bind {
		if err := bind(tx, t.user, t.signOff.Certificate); err != nil {
			return err
		}
	}
	if err := tx.SaveReport(r); err != nil {
		return fmt.Errorf("store report %s: %w", r.ID, err)
	}
	err = tx.Record(review.Event{
		Action: "signoff.sign", Case: r.Case, Object: r.ID, Before: before, After: r.SHA256,
		Reason: string(t.signOff.Role),
	})
	if err != nil || r.Status != review.ReportIssued {
		return err
	}
	return seal(tx, now.Case, r, t.signOff)
}

func bind(tx review.Tx, u review.User, fingerprint string) error {
	u.Certificate = fingerprint
	if err := tx.SaveUser(u); err != nil {
		return fmt.Errorf("bind the certificate to user %s: %w", u.ID, err)
	}
	return tx.Record(review.Event{Action: "user.bind", Object: string(u.ID), After: fingerprint})
}

// seal closes the case after the last signature.
func seal(tx review.Tx, c review.Case, r *review.Report, last review.SignOff) error {
	c.Status, c.Updated = review.StatusAuthorised, last.At
	if err := tx.SaveCase(&c); err != nil {
		return fmt.Errorf("seal case %s: %w", c.ID, err)
	}
	return tx.Record(review.Event{Action: "report.issue", Case: c.ID, Object: r.ID, After: r.SHA256})
}
