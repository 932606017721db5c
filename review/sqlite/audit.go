package sqlite

import (
	"errors"
	"fmt"

	"garrod/review"
)

const auditColumns = "seq, at, user_id, role, os_user, host, action, case_id, object, before, after, reason, prev, hash"

// Record appends e to the audit trail. It fills in Seq, At (from the store's
// clock), the actor's fields, Prev and Hash; what e says of them is ignored.
func (t *tx) Record(e review.Event) error {
	if !t.writable {
		return fmt.Errorf("record event: %w", errReadOnly)
	}
	if e.Action == "" {
		return errors.New("record event: it names no action")
	}
	e.Prev, e.Seq = "", 0
	err := t.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").Scan(&e.Seq, &e.Prev)
	if err != nil && !errors.Is(err, review.ErrNotFound) {
		return fmt.Errorf("record event: %w", err)
	}
	e.Seq++
	e.At = utc(t.store.opt.Clock.Now())
	e.User, e.Role, e.OSUser, e.Host = t.actor.User, t.actor.Role, t.actor.OSUser, t.actor.Host
	e.Hash = review.HashEvent(e)
	err = t.exec("INSERT INTO audit ("+auditColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		e.Seq, timeText(e.At), e.User, e.Role, e.OSUser, e.Host, e.Action, e.Case, e.Object,
		e.Before, e.After, e.Reason, e.Prev, e.Hash)
	if err != nil {
		return fmt.Errorf("record event: %w", err)
	}
	t.seq = e.Seq
	return nil
}

// Events returns the audit events from sequence number from on, ascending; 0 or
// 1 gives all of them.
func (t *tx) Events(from int64) ([]review.Event, error) {
	var out []review.Event
	err := t.each(func(r scanner) error {
		e, err := scanEvent(r)
		out = append(out, e)
		return err
	}, "SELECT "+auditColumns+" FROM audit WHERE seq >= ? ORDER BY seq", from)
	if err != nil {
		return nil, fmt.Errorf("load audit events: %w", err)
	}
	return out, nil
}

// LastEvent returns the newest event of an action by a user on a case, or
// review.ErrNotFound.
func (t *tx) LastEvent(action string, id review.CaseID, user review.UserID) (review.Event, error) {
	e, err := scanEvent(t.row("SELECT "+auditColumns+" FROM audit WHERE case_id = ? AND action = ? AND user_id = ? ORDER BY seq DESC LIMIT 1",
		id, action, user))
	if err != nil {
		return review.Event{}, fmt.Errorf("load the last event %s of case %s: %w", action, id, err)
	}
	return e, nil
}

// scanEvent reads a row of auditColumns.
func scanEvent(r scanner) (e review.Event, err error) {
	err = r.Scan(&e.Seq, timeColumn{&e.At}, &e.User, &e.Role, &e.OSUser, &e.Host, &e.Action, &e.Case,
		&e.Object, &e.Before, &e.After, &e.Reason, &e.Prev, &e.Hash)
	return e, err
}
