package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"garrod/review"
)

// tx is one transaction as review.Tx. It is used by one goroutine at a time.
type tx struct {
	ctx   context.Context // of the call that runs the transaction; ends with it
	sql   *sql.Tx
	store *Store
	actor review.Actor

	writable bool
	changed  bool     // something but the audit trail was saved
	seq      int64    // of the last audit event recorded, 0 if none
	undo     []func() // takes back what saves set in the caller's values
}

// View runs fn on a snapshot taken when it starts. A cancelled ctx stops it.
func (s *Store) View(ctx context.Context, who review.Session, fn func(tx review.Tx) error) error {
	if who == nil {
		return errors.New("view: no session")
	}
	stx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin view: %w", s.translate(err))
	}
	defer func() { _ = stx.Rollback() }() // nothing was written, so nothing is lost
	t := &tx{ctx: ctx, sql: stx, store: s, actor: who.Actor()}
	// SQLite takes its snapshot at the first read.
	var n int
	if err := t.row("SELECT count(*) FROM laboratory").Scan(&n); err != nil {
		return fmt.Errorf("begin view: %w", s.translate(err))
	}
	return fn(t)
}

// Update runs fn in the one writing transaction. A change for which fn recorded
// no audit event is an error, and undone like any other. When Update fails, the
// revisions, evidence IDs and times that saves set in the caller's values are
// put back.
func (s *Store) Update(ctx context.Context, who review.Session, fn func(tx review.Tx) error) (seq int64, err error) {
	if who == nil {
		return 0, errors.New("update: no session")
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return 0, fmt.Errorf("begin update: %w", s.translate(err))
	}
	defer func() { _ = conn.Close() }() // gives it back; the transaction is over
	if err := ctx.Err(); err != nil {
		return 0, fmt.Errorf("begin update: %w", err)
	}
	// From here on nothing stops half way.
	ctx = context.WithoutCancel(ctx)
	stx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return 0, fmt.Errorf("begin update: %w", s.translate(err))
	}
	t := &tx{ctx: ctx, sql: stx, store: s, actor: who.Actor(), writable: true}
	committed := false
	defer func() {
		if !committed {
			t.rollback() // runs when fn panics, too
		}
	}()
	if err := fn(t); err != nil {
		return 0, err
	}
	if t.changed && t.seq == 0 {
		return 0, fmt.Errorf("update: %w", errNoAudit)
	}
	if err := stx.Commit(); err != nil {
		return 0, fmt.Errorf("commit: %w", s.translate(err))
	}
	committed = true
	return t.seq, nil
}

func (t *tx) rollback() {
	_ = t.sql.Rollback() // fails only where SQLite rolled back already
	for i := len(t.undo) - 1; i >= 0; i-- {
		t.undo[i]()
	}
}

// save runs one saving method whole or not at all, so that a caller may go on
// after an error, and wraps its error with what was saved.
func (t *tx) save(what string, fn func() error) error {
	if !t.writable {
		return fmt.Errorf("save %s: %w", what, errReadOnly)
	}
	if err := t.exec("SAVEPOINT save"); err != nil {
		return fmt.Errorf("save %s: %w", what, err)
	}
	ok := false
	defer func() {
		if !ok {
			_ = t.exec("ROLLBACK TO save") // the transaction itself ends in any case
		}
		_ = t.exec("RELEASE save")
	}()
	if err := fn(); err != nil {
		return fmt.Errorf("save %s: %w", what, err)
	}
	ok = true
	t.changed = true
	return nil
}

// set assigns v to *p and remembers to put the old value back should the
// transaction fail.
func set[T any](t *tx, p *T, v T) {
	old := *p
	t.undo = append(t.undo, func() { *p = old })
	*p = v
}

func (t *tx) exec(query string, args ...any) error {
	_, err := t.sql.ExecContext(t.ctx, query, args...)
	return t.store.translate(err)
}

// insert is exec for a table with an integer key; it returns the new key.
func (t *tx) insert(query string, args ...any) (int64, error) {
	res, err := t.sql.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, t.store.translate(err)
	}
	return res.LastInsertId()
}

// scanner is a row to read.
type scanner interface{ Scan(dest ...any) error }

// row reads one row. Its Scan answers review.ErrNotFound when there is none.
func (t *tx) row(query string, args ...any) scanner {
	return oneRow{t.sql.QueryRowContext(t.ctx, query, args...), t.store}
}

type oneRow struct {
	*sql.Row
	store *Store
}

func (r oneRow) Scan(dest ...any) error { return r.store.translate(r.Row.Scan(dest...)) }

// each calls scan for every row of a query, in order.
func (t *tx) each(scan func(scanner) error, query string, args ...any) error {
	rows, err := t.sql.QueryContext(t.ctx, query, args...)
	if err != nil {
		return t.store.translate(err)
	}
	defer func() { _ = rows.Close() }() // its error is that of rows.Err
	for rows.Next() {
		if err := scan(rows); err != nil {
			return t.store.translate(err)
		}
	}
	return t.store.translate(rows.Err())
}
