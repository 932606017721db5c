package sqlite

import (
	"fmt"
	"slices"

	"garrod/review"
)

func (t *tx) signOffs(r review.Report) ([]review.SignOff, error) {
	var out []review.SignOff
	err := t.each(func(row scanner) error {
		s := review.SignOff{Case: r.Case, ReportID: r.ID}
		err := row.Scan(&s.Role, &s.By, &s.Name, &s.HCPC, &s.Certificate, timeColumn{&s.At}, &s.SHA256,
			&s.Voided, textColumn{&s.Reason})
		out = append(out, s)
		return err
	}, `SELECT s.role, s.user_id, s.name, s.hcpc, s.certificate, s.at, s.sha256, v.signoff_id IS NOT NULL, v.reason
		FROM signoff s LEFT JOIN signoff_void v ON v.signoff_id = s.id WHERE s.report_id = ? ORDER BY s.ord`, r.ID)
	return out, err
}

// ownSignOffs is the sign-offs of r, dated and naming r.
func (t *tx) ownSignOffs(r review.Report) []review.SignOff {
	out := slices.Clone(r.SignOffs)
	for i := range out {
		if out[i].At.IsZero() {
			out[i].At = t.store.opt.Clock.Now()
		}
		out[i].At, out[i].Case, out[i].ReportID = utc(out[i].At), r.Case, r.ID
	}
	return out
}

// saveSignOffs appends the sign-offs of r that are not stored and marks those
// that are void now.
func (t *tx) saveSignOffs(r review.Report, stored []review.SignOff) error {
	if len(r.SignOffs) < len(stored) {
		return fmt.Errorf("sign-offs: %w", review.ErrConflict)
	}
	for i, s := range r.SignOffs {
		var err error
		if i < len(stored) {
			err = t.changeSignOff(i, s, stored[i])
		} else {
			err = t.insertSignOff(i, s)
		}
		if err != nil {
			return fmt.Errorf("sign-off %d: %w", i+1, err)
		}
	}
	return nil
}

// changeSignOff allows one change of a stored sign-off: it becomes void.
func (t *tx) changeSignOff(ord int, s, stored review.SignOff) error {
	if s == stored {
		return nil
	}
	open := s
	open.Voided, open.Reason = false, ""
	if !s.Voided || open != stored {
		return review.ErrConflict
	}
	return t.voidSignOff(ord, s)
}

func (t *tx) insertSignOff(ord int, s review.SignOff) error {
	err := t.exec(`INSERT INTO signoff (report_id, ord, role, user_id, name, hcpc, certificate, at, sha256)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		s.ReportID, ord, s.Role, s.By, s.Name, s.HCPC, s.Certificate, timeText(s.At), s.SHA256)
	if err != nil || !s.Voided {
		return err
	}
	return t.voidSignOff(ord, s)
}

func (t *tx) voidSignOff(ord int, s review.SignOff) error {
	return t.exec(`INSERT INTO signoff_void (signoff_id, reason, voided_at, voided_by)
		SELECT id, ?, ?, ? FROM signoff WHERE report_id = ? AND ord = ?`,
		s.Reason, timeText(t.store.opt.Clock.Now()), t.actor.User, s.ReportID, ord)
}
