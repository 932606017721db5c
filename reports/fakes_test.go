package reports_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"garrod/reports"
	"garrod/review"
)

// The arrows of the house keep stores, PDF and PAdES out of this package, its
// tests too; the whole road with the real ones is a test of the program. These
// stand-ins keep to the parts of their contracts that an Issuer relies on.

// memory is a store of one laboratory without row versions.
type memory struct {
	clock review.Clock
	now   state
}

type state struct {
	lab         review.Laboratory
	users       map[review.UserID]review.User
	cases       map[review.CaseID]review.Case
	assessments map[review.AssessmentID]review.Assessment
	reports     []review.Report
	rules       map[string]review.StoredRuleSet
	events      []review.Event
}

func newStore(_ *testing.T, clock review.Clock) review.Store {
	return &memory{clock: clock, now: state{
		users: map[review.UserID]review.User{}, cases: map[review.CaseID]review.Case{},
		assessments: map[review.AssessmentID]review.Assessment{}, rules: map[string]review.StoredRuleSet{},
	}}
}

func (m *memory) copy() *memoryTx {
	s := m.now
	s.users, s.cases, s.assessments, s.rules = maps.Clone(s.users), maps.Clone(s.cases), maps.Clone(s.assessments), maps.Clone(s.rules)
	s.reports, s.events = slices.Clone(s.reports), slices.Clone(s.events)
	return &memoryTx{state: s}
}

func (m *memory) View(_ context.Context, _ review.Session, fn func(review.Tx) error) error {
	return fn(m.copy())
}

func (m *memory) Update(_ context.Context, _ review.Session, fn func(review.Tx) error) (int64, error) {
	tx := m.copy()
	if err := fn(tx); err != nil {
		return 0, err
	}
	m.now = tx.state
	return int64(len(m.now.events)), nil
}

func (m *memory) Close() error { return nil }

// memoryTx panics, by the nil Tx in it, on what an Issuer never asks.
type memoryTx struct {
	review.Tx
	state
}

func find[K comparable, V any](m map[K]V, k K) (V, error) {
	v, ok := m[k]
	if !ok {
		return v, review.ErrNotFound
	}
	return v, nil
}

func (t *memoryTx) Laboratory() (review.Laboratory, error)         { return t.lab, nil }
func (t *memoryTx) SaveLaboratory(l review.Laboratory) error       { t.lab = l; return nil }
func (t *memoryTx) FindUser(id review.UserID) (review.User, error) { return find(t.users, id) }
func (t *memoryTx) SaveUser(u review.User) error                   { t.users[u.ID] = u; return nil }
func (t *memoryTx) Users() ([]review.User, error)                  { return slices.Collect(maps.Values(t.users)), nil }
func (t *memoryTx) FindCase(id review.CaseID) (review.Case, error) { return find(t.cases, id) }
func (t *memoryTx) FindRuleSetByHash(h string) (review.StoredRuleSet, error) {
	return find(t.rules, h)
}
func (t *memoryTx) SaveRuleSet(r review.StoredRuleSet) error { t.rules[r.Hash] = r; return nil }
func (t *memoryTx) FindAssessment(id review.AssessmentID) (review.Assessment, error) {
	return find(t.assessments, id)
}
func (t *memoryTx) Events(int64) ([]review.Event, error) { return t.events, nil }
func (t *memoryTx) Record(e review.Event) error          { t.events = append(t.events, e); return nil }

func (t *memoryTx) SaveCase(c *review.Case) error {
	if t.cases[c.ID].Status.Sealed() {
		return review.ErrSigned
	}
	c.Revision++
	t.cases[c.ID] = *c
	return nil
}

func (t *memoryTx) Assessments(id review.CaseID) ([]review.Assessment, error) {
	var out []review.Assessment
	for _, a := range t.assessments {
		if a.Case == id {
			out = append(out, a)
		}
	}
	return out, nil
}

func (t *memoryTx) SaveAssessment(a *review.Assessment) error {
	if t.cases[a.Case].Status.Sealed() {
		return review.ErrSigned
	}
	a.Revision++
	t.assessments[a.ID] = *a
	return nil
}

func (t *memoryTx) Reports(id review.CaseID) ([]review.Report, error) {
	var out []review.Report
	for _, r := range t.reports {
		if r.Case == id {
			r.PDF, r.SignOffs = nil, slices.Clone(r.SignOffs)
			out = append(out, r)
		}
	}
	return out, nil
}

func (t *memoryTx) FindReport(id string) (review.Report, error) {
	for _, r := range t.reports {
		if r.ID == id {
			r.SignOffs = slices.Clone(r.SignOffs)
			return r, nil
		}
	}
	return review.Report{}, review.ErrNotFound
}

func (t *memoryTx) SaveReport(r *review.Report) error {
	for i, old := range t.reports {
		switch {
		case old.ID != r.ID && (old.Case != r.Case || old.Version != r.Version):
			continue
		case old.ID != r.ID:
			return review.ErrExists
		case old.Status == review.ReportIssued:
			return review.ErrSigned
		case old.Status != review.ReportPending || len(old.SignOffs) > 0 && !bytes.HasPrefix(r.PDF, old.PDF):
			return review.ErrConflict
		}
		t.reports[i] = *r
		return nil
	}
	t.reports = append(t.reports, *r)
	return nil
}

// plain writes the document and the proof as lines of text.
type plain struct{}

func newRenderer() reports.Renderer { return plain{} }

func (plain) Render(d reports.Document, proof []byte) ([]byte, error) {
	b, err := json.Marshal(d)
	return fmt.Appendf(b, "\nproof %s\n", proof), err
}

func (plain) Appearance(s review.SignOff) ([]byte, error) { return []byte(s.Name), nil }

// lines signs by a line that names field and certificate and the hash of what
// stands before it.
type lines struct{}

func newSigner(review.Clock) reports.Signer { return lines{} }

func (lines) Sign(b []byte, r reports.SignRequest) ([]byte, error) {
	if len(r.Appearance) == 0 || r.SignOff.At.IsZero() {
		return nil, errors.New("no appearance or no time")
	}
	return fmt.Appendf(bytes.Clone(b), "signature %s %s %x\n", r.Field, r.Identity.Fingerprint(), len(b)), nil
}

func (lines) Verify(b []byte) ([]reports.Signature, error) {
	var out []reports.Signature
	at := 0
	for l := range strings.Lines(string(b)) {
		if f := strings.Fields(l); f[0] == "signature" {
			out = append(out, reports.Signature{Field: f[1], Certificate: f[2], Intact: f[3] == fmt.Sprintf("%x", at)})
		}
		at += len(l)
	}
	return out, nil
}

func (lines) Proof(b []byte) ([]byte, error) {
	for l := range bytes.Lines(b) {
		if p, ok := bytes.CutPrefix(l, []byte("proof ")); ok {
			return bytes.TrimSpace(p), nil
		}
	}
	return nil, errors.New("no proof")
}

// newIdentities makes a self-signed certificate for each name.
func newIdentities(t *testing.T, now time.Time, names []string) []reports.Identity {
	t.Helper()
	var out []reports.Identity
	for i, name := range names {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		c := &x509.Certificate{SerialNumber: big.NewInt(int64(i + 1)), Subject: pkix.Name{CommonName: name}, NotBefore: now, NotAfter: now.Add(time.Hour)}
		der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
		if err != nil {
			t.Fatal(err)
		}
		if c, err = x509.ParseCertificate(der); err != nil {
			t.Fatal(err)
		}
		out = append(out, reports.Identity{Certificate: c, Key: key, Demonstration: true})
	}
	return out
}

var _ review.Tx = (*memoryTx)(nil)
