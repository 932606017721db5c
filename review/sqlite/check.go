package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"garrod/review"
)

// shownProblems is how many problems a check names; it counts them all.
const shownProblems = 5

// Check looks the whole file over: its structure, its foreign keys, its schema,
// the audit chain, and whether the bytes of each report have the stored hash.
// It reads everything, so it may take seconds for a large laboratory. Findings
// are outcomes; an error means that a check could not be made.
func (s *Store) Check(ctx context.Context) ([]review.Check, error) {
	conn, err := s.read.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("check store: %w", s.translate(err))
	}
	defer func() { _ = conn.Close() }() // gives it back
	var out []review.Check
	for _, c := range []struct {
		name, good string
		find       func(context.Context, *sql.Conn) ([]string, error)
	}{
		{"store_integrity", "the file's structure is sound", findDamage},
		{"store_foreign_keys", "every reference leads somewhere", findDangling},
		{"store_schema", fmt.Sprintf("schema %d, all guards in place", SchemaVersion), findSchema},
		{"report_hashes", "the bytes of every report have the stored hash", findReports},
	} {
		problems, err := c.find(ctx, conn)
		if err = s.translate(err); err != nil && !isCorrupt(err) {
			return nil, fmt.Errorf("check %s: %w", c.name, err)
		} else if err != nil {
			problems = append(problems, "the file is damaged")
		}
		out = append(out, outcome(c.name, c.good, problems))
	}
	chain, err := s.checkChain(ctx)
	if err != nil {
		return nil, fmt.Errorf("check audit_chain: %w", err)
	}
	return append(out, chain), nil
}

func isCorrupt(err error) bool {
	in, ok := errors.AsType[*review.InputError](err)
	return ok && in.Code == "store_corrupt"
}

func outcome(name, good string, problems []string) review.Check {
	if len(problems) == 0 {
		return review.Check{Name: name, Outcome: review.Pass, Detail: good}
	}
	n := min(len(problems), shownProblems)
	return review.Check{
		Name: name, Outcome: review.Fail,
		Detail: fmt.Sprintf("%d problem(s): %s", len(problems), strings.Join(problems[:n], "; ")),
	}
}

// list collects one line of text for every row.
func list(ctx context.Context, conn *sql.Conn, line func(scanner) (string, error), query string) ([]string, error) {
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // its error is that of rows.Err
	var out []string
	for rows.Next() {
		text, err := line(rows)
		if err != nil {
			return out, err
		}
		if text != "" {
			out = append(out, text)
		}
	}
	return out, rows.Err()
}

func findDamage(ctx context.Context, conn *sql.Conn) ([]string, error) {
	return list(ctx, conn, func(r scanner) (string, error) {
		var text string
		err := r.Scan(&text)
		if text == "ok" {
			text = ""
		}
		return text, err
	}, "PRAGMA integrity_check")
}

func findDangling(ctx context.Context, conn *sql.Conn) ([]string, error) {
	return list(ctx, conn, func(r scanner) (string, error) {
		var table, parent string
		var row sql.NullInt64
		var key int
		err := r.Scan(&table, &row, &parent, &key)
		return fmt.Sprintf("%s row %d names no %s", table, row.Int64, parent), err
	}, "PRAGMA foreign_key_check")
}

// findSchema compares the objects of the schema with those of a fresh one, so
// that a dropped trigger or a changed table is found.
func findSchema(ctx context.Context, conn *sql.Conn) ([]string, error) {
	want, err := freshSchema(ctx)
	if err != nil {
		return nil, err
	}
	have, err := readSchema(ctx, conn)
	if err != nil {
		return nil, err
	}
	var problems []string
	for name, text := range want {
		if got, ok := have[name]; !ok {
			problems = append(problems, name+" is missing")
		} else if got != text {
			problems = append(problems, name+" was changed")
		}
	}
	for name := range have {
		if _, ok := want[name]; !ok {
			problems = append(problems, name+" is not Garrod's")
		}
	}
	slices.Sort(problems)
	return problems, nil
}

// freshSchema is the schema of a laboratory that was made this moment.
func freshSchema(ctx context.Context) (_ map[string]string, err error) {
	db, err := openPool("file::memory:", 1)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	never := review.ClockFunc(func() time.Time { return time.Time{} })
	if err := migrate(ctx, "", db, never, shipped()); err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }() // gives it back
	return readSchema(ctx, conn)
}

// readSchema returns the text of every table, index and trigger by name.
func readSchema(ctx context.Context, conn *sql.Conn) (map[string]string, error) {
	out := map[string]string{}
	_, err := list(ctx, conn, func(r scanner) (string, error) {
		var kind, name, text string
		err := r.Scan(&kind, &name, &text)
		out[kind+" "+name] = text
		return "", err
	}, `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
	return out, err
}

func findReports(ctx context.Context, conn *sql.Conn) ([]string, error) {
	return list(ctx, conn, func(r scanner) (string, error) {
		var id, hash string
		var pdf []byte
		if err := r.Scan(&id, &hash, &pdf); err != nil || hashHex(pdf) == hash {
			return "", err
		}
		return "report " + id + " does not have its stored hash", nil
	}, "SELECT id, sha256, pdf FROM report ORDER BY id")
}

func (s *Store) checkChain(ctx context.Context) (review.Check, error) {
	var events []review.Event
	err := s.View(ctx, review.Actor{}, func(tx review.Tx) (err error) {
		events, err = tx.Events(1)
		return err
	})
	if isCorrupt(err) {
		return outcome("audit_chain", "", []string{"the file is damaged"}), nil
	}
	if err != nil {
		return review.Check{}, err
	}
	if seq, problem := review.VerifyChain(events); seq != 0 {
		return outcome("audit_chain", "", []string{fmt.Sprintf("event %d: %s", seq, problem)}), nil
	}
	return outcome("audit_chain", fmt.Sprintf("%d events in one chain", len(events)), nil), nil
}
