package sqlite

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"garrod/review"
)

const reportColumns = "id, case_id, version, status, created_at, sha256, content"

func scanReport(r scanner, more ...any) (review.Report, error) {
	var p review.Report
	err := r.Scan(append([]any{&p.ID, &p.Case, &p.Version, &p.Status, timeColumn{&p.Created}, &p.SHA256, &p.Content},
		more...)...)
	return p, err
}

// Reports returns the reports of a case, oldest first, without their bytes.
func (t *tx) Reports(id review.CaseID) ([]review.Report, error) {
	var out []review.Report
	err := t.each(func(r scanner) error {
		p, err := scanReport(r)
		out = append(out, p)
		return err
	}, "SELECT "+reportColumns+" FROM report WHERE case_id = ? ORDER BY version", id)
	for i := 0; err == nil && i < len(out); i++ {
		out[i].SignOffs, err = t.signOffs(out[i])
	}
	if err != nil {
		return nil, fmt.Errorf("load reports of case %s: %w", id, err)
	}
	return out, nil
}

// FindReport returns one report with its bytes. Bytes that do not have the
// stored hash are a *review.InputError, never handed out.
func (t *tx) FindReport(id string) (review.Report, error) {
	var pdf []byte
	p, err := scanReport(t.row("SELECT "+reportColumns+", pdf FROM report WHERE id = ?", id), &pdf)
	if err == nil {
		p.PDF = pdf
		p.SignOffs, err = t.signOffs(p)
	}
	if err == nil && hashHex(pdf) != p.SHA256 {
		err = damaged(t.store.path, "report "+id)
	}
	if err != nil {
		return review.Report{}, fmt.Errorf("load report %s: %w", id, err)
	}
	return p, nil
}

func hashHex(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// SaveReport adds r or changes the stored report, which must be pending: an
// issued one is review.ErrSigned, a voided one review.ErrConflict. Case, version,
// Created and Content are fixed. Sign-offs are append-only but for being voided,
// and once there is one, the new bytes must begin with those stored. PDF may be
// nil where the stored bytes stay; otherwise SHA256 must be its hash. The Case
// and ReportID of the sign-offs are set to those of r.
func (t *tx) SaveReport(r *review.Report) error {
	return t.save("report "+r.ID, func() error {
		next := *r
		if next.Created.IsZero() {
			next.Created = t.store.opt.Clock.Now()
		}
		next.Created = utc(next.Created)
		next.SignOffs = t.ownSignOffs(next)
		if next.PDF != nil && hashHex(next.PDF) != next.SHA256 {
			return errors.New("its hash is not that of its bytes")
		}
		old, err := t.FindReport(r.ID)
		switch {
		case errors.Is(err, review.ErrNotFound):
			err = t.insertReport(next)
		case err == nil:
			err = t.updateReport(next, old)
		}
		if err != nil {
			return err
		}
		set(t, r, next)
		return nil
	})
}

func (t *tx) insertReport(r review.Report) error {
	if err := t.refuseSealed(r.Case); err != nil {
		return err
	}
	if r.PDF == nil {
		return errors.New("a new report has no bytes")
	}
	if err := t.saveSignOffs(r, nil); err != nil {
		return err
	}
	args := []any{r.ID, r.Case, r.Version, r.Status, timeText(r.Created), r.SHA256, r.Content, r.PDF}
	return t.exec(`INSERT INTO report (id, case_id, version, status, created_at, sha256, content, pdf,
		saved_at, saved_by, saved_role) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, append(args, t.stamp()...)...)
}

func (t *tx) updateReport(r, old review.Report) error {
	if r.PDF == nil {
		r.PDF = old.PDF
	}
	switch {
	case old.Status == review.ReportIssued:
		return review.ErrSigned
	case old.Status != review.ReportPending:
		return fmt.Errorf("a %s report: %w", old.Status, review.ErrConflict)
	case r.Case != old.Case || r.Version != old.Version || !r.Created.Equal(old.Created) || r.Content != old.Content:
		return fmt.Errorf("what it was made from: %w", review.ErrConflict)
	case hashHex(r.PDF) != r.SHA256:
		return fmt.Errorf("its bytes: %w", review.ErrConflict)
	}
	if len(old.SignOffs) > 0 && (len(r.PDF) < len(old.PDF) || string(r.PDF[:len(old.PDF)]) != string(old.PDF)) {
		return fmt.Errorf("its signed bytes: %w", review.ErrConflict)
	}
	if err := t.saveSignOffs(r, old.SignOffs); err != nil {
		return err
	}
	args := append([]any{r.Status, r.SHA256, r.PDF}, t.stamp()...)
	return t.exec(`UPDATE report SET status = ?, sha256 = ?, pdf = ?, saved_at = ?, saved_by = ?, saved_role = ?
		WHERE id = ?`, append(args, r.ID)...)
}
