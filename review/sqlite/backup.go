package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"garrod/review"
)

// Backup writes a copy of the laboratory, as it stands when Backup starts, to
// path, while others go on reading and writing. Nothing may be at path yet. The
// copy is whole or not there at all: it is made beside path, checked, and then
// renamed. Sealed columns stay sealed in it. Its mode is 0600.
func (s *Store) Backup(ctx context.Context, path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	if _, err := os.Lstat(abs); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("back up: %w", &review.InputError{
			Code: "backup_exists", File: path,
			What: "a file of this name exists", Remedy: "Choose another name.", Err: review.ErrExists,
		})
	}
	tmp, err := os.CreateTemp(filepath.Dir(abs), ".garrod-backup-*")
	if err != nil {
		return fmt.Errorf("back up: %w", &review.InputError{
			Code: "backup_cannot_create", File: path,
			What: "it cannot be made here", Remedy: "Check that the folder exists and that you may write in it.", Err: err,
		})
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // gone already when all went well
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	if err := s.copyTo(ctx, tmp.Name()); err != nil {
		return fmt.Errorf("back up: %w", s.translate(err))
	}
	if err := os.Rename(tmp.Name(), abs); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	return nil
}

// copyTo fills an empty file with a copy, brings it to the disk and checks it.
func (s *Store) copyTo(ctx context.Context, path string) error {
	// A connection of its own: query_only, which the readers have, forbids it,
	// and the writer is needed for decisions meanwhile.
	err := s.alone(ctx, s.path, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "VACUUM INTO ?", path)
		return err
	})
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return s.alone(ctx, path, func(conn *sql.Conn) error {
		problems, err := findDamage(ctx, conn)
		if err == nil && len(problems) > 0 {
			err = damaged(s.path, "copy")
		}
		return err
	})
}

// alone runs fn with a read-only connection of its own to the file at path.
func (s *Store) alone(ctx context.Context, path string, fn func(*sql.Conn) error) (err error) {
	name, err := dsn(path, "ro", "deferred", s.opt.Busy)
	if err != nil {
		return err
	}
	db, err := openPool(name, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	return errors.Join(fn(conn), conn.Close())
}
