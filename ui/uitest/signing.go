package uitest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"garrod/review"
	"garrod/ui/state"
)

const sha = "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"

// PrepareSignOff writes a file and answers with its place.
func (l *Lab) PrepareSignOff(ctx context.Context, id review.CaseID, role review.Role) (state.Prepared, error) {
	if err := l.begin(ctx, "PrepareSignOff"); err != nil {
		return state.Prepared{}, err
	}
	if !l.User().CanSign(role) {
		return state.Prepared{}, &review.PolicyError{
			Code: "role", What: "a " + string(l.User().Role) + " cannot sign as " + string(role),
			Remedy: "Switch to a person who can.",
		}
	}
	path := filepath.Join(l.Dir, "prepared.pdf")
	if err := os.WriteFile(path, []byte("%PDF"), 0o600); err != nil {
		return state.Prepared{}, fmt.Errorf("write report: %w", err)
	}
	return state.Prepared{Case: id, ReportID: "R-0001", Version: 1, Role: role, Path: path, SHA256: sha, Demonstration: true}, nil
}

// SignOff takes the passphrase "demo".
func (l *Lab) SignOff(ctx context.Context, p state.Prepared, identity string, passphrase []byte) (review.Report, error) {
	if err := l.begin(ctx, "SignOff"); err != nil {
		return review.Report{}, err
	}
	if string(passphrase) != "demo" {
		return review.Report{}, &review.InputError{Code: "passphrase", File: filepath.Base(identity), What: "wrong passphrase", Remedy: "Type it again."}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.reports) == 0 {
		l.reports = []review.Report{{ID: p.ReportID, Case: p.Case, Version: 1, Status: review.ReportPending, SHA256: sha}}
	}
	r := &l.reports[0]
	r.SignOffs = append(slices.Clone(r.SignOffs), review.SignOff{Role: p.Role, By: l.user.ID, Name: l.user.Name, At: l.now()})
	l.cases[0].Status = review.StatusFrozen
	if len(r.SignOffs) == 2 {
		r.Status, l.cases[0].Status = review.ReportIssued, review.StatusAuthorised
	}
	return *r, nil
}

// Reports lists the report.
func (l *Lab) Reports(ctx context.Context, _ review.CaseID) ([]review.Report, error) {
	err := l.begin(ctx, "Reports")
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.reports), err
}

// SaveReport writes a file.
func (l *Lab) SaveReport(ctx context.Context, _ review.CaseID, path string) (review.Report, error) {
	if err := l.begin(ctx, "SaveReport"); err != nil {
		return review.Report{}, err
	}
	return review.Report{ID: "R-0001"}, os.WriteFile(path, []byte("%PDF"), 0o600)
}

// View notes the path.
func (l *Lab) View(path string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Viewed = append(l.Viewed, path)
	return nil
}

// Identities lists those of Ada and Bert.
func (l *Lab) Identities() []state.Identity {
	return []state.Identity{
		{User: "ada", Path: "/lab/identities/ada.p12", Passphrase: "demo"},
		{User: "bert", Path: "/lab/identities/bert.p12", Passphrase: "demo"},
	}
}
