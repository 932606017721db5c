package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"garrod/review"
)

// applicationID marks a file as Garrod's: "GARR" in SQLite's application_id.
const applicationID = 0x47415252

// SchemaVersion is the version of the schema this program writes: the number of
// its migrations.
const SchemaVersion = 4

//go:embed migrations/*.sql
var migrations embed.FS

// shipped is the migrations of this program.
func shipped() fs.FS {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic("sqlite: the embedded folder has a valid name: " + err.Error())
	}
	return sub
}

// migrate applies those migrations (files NNNN_name.sql, the nth taking the
// schema from n-1 to n) that db lacks, each in a transaction of its own. A
// schema newer than the last of them is a *review.InputError.
func migrate(ctx context.Context, path string, db *sql.DB, clock review.Clock, files fs.FS) error {
	names, err := fs.Glob(files, "*.sql") // in order
	if err != nil {
		return err
	}
	for {
		done, err := step(ctx, path, db, clock, files, names)
		if err != nil || done {
			return err
		}
	}
}

// step applies the next migration. The version is read inside the transaction:
// another program may be at the same work.
func step(ctx context.Context, path string, db *sql.DB, clock review.Clock, files fs.FS, names []string) (done bool, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() {
		if rerr := tx.Rollback(); !errors.Is(rerr, sql.ErrTxDone) {
			err = errors.Join(err, rerr)
		}
	}()
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return false, err
	}
	switch {
	case version > len(names):
		return false, newerSchema(path, version, len(names))
	case version == len(names):
		return true, nil
	}
	if err := apply(ctx, tx, clock, files, names[version], version+1); err != nil {
		return false, fmt.Errorf("migration %s: %w", names[version], err)
	}
	return false, tx.Commit()
}

func apply(ctx context.Context, tx *sql.Tx, clock review.Clock, files fs.FS, name string, version int) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO schema_migration (version, name, applied_at) VALUES (?, ?, ?)",
		version, name, timeText(clock.Now()))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
	return err
}

func newerSchema(path string, have, known int) error {
	return &review.InputError{
		Code: "store_newer", File: path,
		What:   fmt.Sprintf("it was written by a newer Garrod (schema %d; this program knows up to %d)", have, known),
		Remedy: "Open it with that version of Garrod or a later one.",
	}
}
