package reports

import (
	"context"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"slices"

	"garrod/review"
)

// Renderer turns documents into PDF files. The same document and proof give the
// same bytes.
type Renderer interface {
	// Render draws d, with one empty signature field for each of d.Signatories
	// and with proof attached. A draft has neither; proof is nil then.
	Render(d Document, proof []byte) ([]byte, error)
	// Appearance draws what a signature shows: a one-page PDF of the size of
	// the signature fields.
	Appearance(s review.SignOff) ([]byte, error)
}

// Signer signs and verifies PDF files.
type Signer interface {
	// Sign appends a signature to pdf in the field named field. What it returns
	// begins with the bytes of pdf.
	Sign(pdf []byte, r SignRequest) ([]byte, error)
	// Verify lists the signatures in the order they were made, or fails when the
	// file cannot be read or was changed in a way that no signature allows.
	Verify(pdf []byte) ([]Signature, error)
	// Proof returns the proof attached to pdf, as it is.
	Proof(pdf []byte) ([]byte, error)
}

// SignRequest is what a Signer needs for one signature.
type SignRequest struct {
	Field      string // see FieldName
	Identity   Identity
	SignOff    review.SignOff // who, as what, and when
	Appearance []byte         // see Renderer.Appearance
}

// Signature is what a Signer says of a signature in a file.
type Signature struct {
	Field       string
	Certificate string // SHA-256 fingerprint, lower-case hex
	Intact      bool   // the signed bytes and attributes are those that were signed
}

// Identity is a person's certificate with its key.
type Identity struct {
	Certificate *x509.Certificate
	Chain       []*x509.Certificate // intermediates
	Key         crypto.Signer
	// Demonstration is true for an identity of a demonstration authority, which
	// signs in demonstration laboratories only.
	Demonstration bool
}

// Fingerprint is the SHA-256 of the certificate, in lower-case hex.
func (id Identity) Fingerprint() string {
	sum := sha256.Sum256(id.Certificate.Raw)
	return hex.EncodeToString(sum[:])
}

// Selection is how triage came to the worklist of a case.
type Selection struct {
	Filter string
	Funnel []review.FunnelStep
	Unread int64 // records that could not be read
	// Listed and Rescued count the variants in the list and in the rescue lane.
	Listed, Rescued int64
}

// Policy is what a laboratory asks of a report.
type Policy struct {
	// Roles must sign, in this order; nil means scientist and authoriser.
	Roles []review.Role
}

// Issuer takes a case through its sign-offs to an issued report. All fields but
// Selection and Policy are needed.
type Issuer struct {
	Store  review.Store
	Render Renderer
	Sign   Signer
	Clock  review.Clock
	// Selection looks the funnel up; nil leaves it out, and the report says so.
	Selection func(ctx context.Context, c review.Case) (Selection, error)
	Policy    Policy
	Program   string // version and commit of Garrod
}

func (i Issuer) roles() []review.Role {
	if len(i.Policy.Roles) > 0 {
		return i.Policy.Roles
	}
	return []review.Role{review.Scientist, review.Authoriser}
}

// nextRole is the role whose signature r waits for; empty when it has all.
func (i Issuer) nextRole(r review.Report) review.Role {
	for _, role := range i.roles() {
		if !slices.ContainsFunc(r.SignOffs, func(s review.SignOff) bool { return s.Role == role && !s.Voided }) {
			return role
		}
	}
	return ""
}

// view runs fn on a snapshot and hands its result out.
func view[T any](ctx context.Context, st review.Store, s review.Session, fn func(review.Tx) (T, error)) (T, error) {
	var out T
	err := st.View(ctx, s, func(tx review.Tx) error {
		var err error
		out, err = fn(tx)
		return err
	})
	return out, err
}

// signer loads the acting user and refuses one whose role may not sign as role.
func signer(tx review.Tx, s review.Session, role review.Role) (review.User, error) {
	u, err := tx.FindUser(s.Actor().User)
	if err != nil {
		return u, fmt.Errorf("load user %s: %w", s.Actor().User, err)
	}
	if !u.CanSign(role) {
		return u, &review.PolicyError{
			Code:   "role_not_allowed",
			What:   fmt.Sprintf("user %s has the role %s and may not sign as %s", u.ID, u.Role, role),
			Remedy: "Ask a colleague with that role to sign.",
		}
	}
	return u, nil
}

// pending returns the report of the case that waits for a signature, with its
// bytes; ok is false when there is none. n counts all reports of the case.
func pending(tx review.Tx, id review.CaseID) (r review.Report, all []review.Report, ok bool, err error) {
	all, err = tx.Reports(id)
	if err != nil {
		return r, nil, false, fmt.Errorf("list reports of case %s: %w", id, err)
	}
	for _, x := range all {
		if x.Status != review.ReportPending {
			continue
		}
		r, err = stored(tx, x.ID)
		return r, all, err == nil, err
	}
	return r, all, false, nil
}

// stored loads a report and refuses bytes that are not those that were saved.
func stored(tx review.Tx, id string) (review.Report, error) {
	r, err := tx.FindReport(id)
	if err != nil {
		return r, fmt.Errorf("load report %s: %w", id, err)
	}
	if got := hashBytes(r.PDF); got != r.SHA256 {
		return r, fmt.Errorf("report %s: the stored file has SHA-256 %s, its record says %s; restore the laboratory from a backup",
			id, hashPrefix(got), hashPrefix(r.SHA256))
	}
	return r, nil
}

func hashBytes(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
