package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"garrod/reports"
	"garrod/reports/keys"
	"garrod/reports/pdf"
	"garrod/reports/sign"
	"garrod/review"
	"garrod/ui/state"
)

// padesSigner signs and verifies with package sign.
type padesSigner struct{ clock review.Clock }

// Sign appends one signature.
func (s padesSigner) Sign(b []byte, r reports.SignRequest) ([]byte, error) {
	return sign.Sign(b, sign.Options{
		Field: r.Field, Signer: r.Identity.Key, Certificate: r.Identity.Certificate, Chain: r.Identity.Chain,
		Time: r.SignOff.At, Name: r.SignOff.Name, Role: string(r.SignOff.Role), Appearance: r.Appearance,
	})
}

// Verify lists the signatures, whoever vouches for them: a laboratory compares
// them with its own record.
func (s padesSigner) Verify(b []byte) ([]reports.Signature, error) {
	rep, err := sign.Verify(b, sign.VerifyOptions{At: s.clock.Now()})
	if err != nil {
		return nil, err
	}
	if !rep.Sound && len(rep.Signatures) > 0 {
		return nil, fmt.Errorf("the signatures of the file are not sound: %s", strings.Join(rep.Problems, "; "))
	}
	var out []reports.Signature
	for _, x := range rep.Signatures {
		out = append(out, reports.Signature{Field: x.Field, Certificate: x.CertificateSHA256, Intact: x.Intact && x.CoversWholeRevision})
	}
	return out, nil
}

// Proof returns the attached proof.
func (padesSigner) Proof(b []byte) ([]byte, error) { return sign.Attachment(b) }

// issuer takes cases through their sign-offs.
func (l *lab) issuer() reports.Issuer {
	return reports.Issuer{
		Store: l.store, Render: pdf.Renderer{}, Sign: padesSigner{l.clock}, Clock: l.clock,
		Selection: l.selection, Program: programName(),
	}
}

// selection counts the funnel that a report prints, with the filter that the
// person at work looked at the case with last. A case whose file is gone is
// reported all the same, without these counts; the report says so.
func (l *lab) selection(ctx context.Context, c review.Case) (reports.Selection, error) {
	f, remark, err := l.filterInUse(ctx, c.ID)
	if err != nil {
		return reports.Selection{}, err
	}
	w, err := l.triaged(ctx, c.ID, f, nil)
	if isFileGone(err) {
		return reports.Selection{}, nil
	}
	if err != nil {
		return reports.Selection{}, err
	}
	return reports.Selection{Filter: fmt.Sprintf("%s, version %d%s", f.Name, f.Version, remark), Funnel: w.Funnel, Unread: w.BadCount, Listed: int64(len(w.List)), Rescued: int64(len(w.Rescue))}, nil
}

// signerByRole makes the demonstration's person of a role the one at work, when
// nobody is named.
func (l *lab) signerByRole(ctx context.Context, as string, role review.Role) error {
	if as != "" || l.about.Kind != review.Demonstration {
		return nil
	}
	for _, u := range demonstrationPeople {
		if u.Role == role {
			return l.signIn(ctx, u.ID)
		}
	}
	return nil
}

// PrepareSignOff brings the report to where the person at work can read it.
func (l *lab) PrepareSignOff(ctx context.Context, id review.CaseID, role review.Role) (state.Prepared, error) {
	return l.prepare(ctx, id, role, "")
}

// prepare does so; reason says why a case without any review is reported.
func (l *lab) prepare(ctx context.Context, id review.CaseID, role review.Role, reason string) (state.Prepared, error) {
	if _, err := l.Case(ctx, id); err != nil {
		return state.Prepared{}, err
	}
	p, err := l.issuer().Prepare(ctx, l.session(), id, role, reason)
	if err != nil {
		return state.Prepared{}, err
	}
	path, err := l.writeReading(p.Report.ID, p.Report.SHA256, p.Report.PDF)
	if err != nil {
		return state.Prepared{}, err
	}
	return state.Prepared{
		Case: id, ReportID: p.Report.ID, Version: p.Report.Version, Role: role, Path: path, SHA256: p.Report.SHA256,
		Demonstration: l.about.Kind == review.Demonstration,
	}, nil
}

// SignOff signs exactly the bytes that were prepared.
func (l *lab) SignOff(ctx context.Context, p state.Prepared, identityPath string, passphrase []byte) (review.Report, error) {
	id, err := l.openIdentity(identityPath, passphrase)
	if err != nil {
		return review.Report{}, err
	}
	return l.sign(ctx, p, id)
}

// sign signs the prepared bytes with an identity that is open already.
func (l *lab) sign(ctx context.Context, p state.Prepared, id reports.Identity) (review.Report, error) {
	out, err := l.issuer().SignOff(ctx, l.session(), reports.Approval{ReportID: p.ReportID, SHA256: p.SHA256, Role: p.Role, Identity: id})
	return out.Report, err
}

// openIdentity opens a PKCS#12 file, and refuses a certificate that cannot sign
// today.
func (l *lab) openIdentity(path string, passphrase []byte) (reports.Identity, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return reports.Identity{}, &review.InputError{
			Code: "identity_unreadable", File: path, What: "the identity cannot be read",
			Remedy: "Check the path of the .p12 file.", Err: err,
		}
	}
	id, err := keys.Load(b, string(passphrase), path)
	if err != nil {
		return reports.Identity{}, err
	}
	err = sign.CheckCertificate(id.Certificate, l.clock.Now())
	if e, ok := errors.AsType[*review.InputError](err); ok {
		e.File = path
	}
	return reports.Identity{
		Certificate: id.Certificate, Chain: id.Chain, Key: id.Signer, Demonstration: keys.IsDemonstration(id.Certificate),
	}, err
}

// Reports lists a case's reports, without their bytes.
func (l *lab) Reports(ctx context.Context, id review.CaseID) (rs []review.Report, err error) {
	err = l.view(ctx, func(tx review.Tx) error { rs, err = tx.Reports(id); return err })
	return rs, err
}

// report finds a report by its identifier; the zero Report when there is none.
func (l *lab) report(ctx context.Context, id string) (r review.Report, err error) {
	err = l.view(ctx, func(tx review.Tx) error { r, err = tx.FindReport(id); return err })
	if errors.Is(err, review.ErrNotFound) {
		return review.Report{}, nil
	}
	return r, err
}

// SaveReport writes the stored signed bytes to path, whole or not at all.
func (l *lab) SaveReport(ctx context.Context, id review.CaseID, path string) (review.Report, error) {
	if _, err := l.Case(ctx, id); err != nil {
		return review.Report{}, err
	}
	out, err := l.issuer().Export(ctx, l.session(), id, path)
	return out.Report, err
}

// draft writes an unsigned, watermarked report.
func (l *lab) draft(ctx context.Context, id review.CaseID, path string) (string, error) {
	if _, err := l.Case(ctx, id); err != nil {
		return "", err
	}
	b, err := l.issuer().Draft(ctx, l.session(), id)
	if err != nil {
		return "", err
	}
	return hashOf(b), reports.WriteWhole(path, b)
}

// View opens a file in the system's viewer.
func (l *lab) View(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return &review.InputError{Code: "no_file", File: filepath.Base(path), What: "the file is not there", Remedy: "Prepare the report again."}
	}
	name, args := "xdg-open", []string{path}
	switch runtime.GOOS {
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", path}
	case "darwin":
		name = "open"
	}
	cmd := exec.Command(name, args...) //nolint:noctx // the viewer outlives the call that opened it
	if err := cmd.Start(); err != nil {
		return &review.InputError{
			Code: "no_viewer", File: path, What: "no program opened the file",
			Remedy: "Open this file yourself in a PDF viewer, read it, and come back.", Err: err,
		}
	}
	return cmd.Process.Release()
}
