package sqlite

import (
	"database/sql"
	"errors"

	"garrod/review"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

var (
	errNoAudit  = errors.New("a change without an audit event")
	errReadOnly = errors.New("a view cannot save")
)

// takenError says that a new row's identifier is in use. It is ErrExists, and
// also ErrConflict: the revision of a new row (0) differs from the stored one.
type takenError struct{}

func (takenError) Error() string { return review.ErrExists.Error() }

func (takenError) Is(target error) bool {
	return target == review.ErrExists || target == review.ErrConflict
}

// translate turns errors of SQLite, told apart by code, into those that callers
// know. Other errors, and nil, stay as they are.
func (s *Store) translate(err error) error {
	return translate(s.path, err)
}

func translate(path string, err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return review.ErrNotFound
	}
	e, ok := errors.AsType[*driver.Error](err)
	if !ok {
		return err
	}
	switch e.Code() {
	case codes.SQLITE_CONSTRAINT_UNIQUE, codes.SQLITE_CONSTRAINT_PRIMARYKEY, codes.SQLITE_CONSTRAINT_ROWID:
		return review.ErrExists
	case codes.SQLITE_CONSTRAINT_FOREIGNKEY:
		return review.ErrNotFound
	case codes.SQLITE_CONSTRAINT_TRIGGER:
		return review.ErrSigned
	}
	if in := fileTrouble(e.Code() & 0xff); in != nil {
		in.File, in.Err = path, err
		return in
	}
	return err
}

// fileTrouble describes the primary result codes that a person must act on; nil
// for any other code.
func fileTrouble(code int) *review.InputError {
	switch code {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return &review.InputError{
			Code: "store_locked", What: "another program is writing to it",
			Remedy: "Wait until it has finished, or close it, and try again.",
		}
	case codes.SQLITE_NOTADB:
		return notGarrod()
	case codes.SQLITE_CORRUPT:
		return &review.InputError{
			Code: "store_corrupt", What: "it is damaged",
			Remedy: "Keep this file as it is and restore the latest backup.",
		}
	case codes.SQLITE_READONLY, codes.SQLITE_PERM:
		return &review.InputError{
			Code: "store_read_only", What: "it, or the folder it lies in, is read-only",
			Remedy: "Ask for the right to write to the folder and the files in it.",
		}
	case codes.SQLITE_CANTOPEN:
		return &review.InputError{
			Code: "store_cannot_open", What: "it cannot be opened",
			Remedy: "Check that the folder exists and that you may read and write in it.",
		}
	case codes.SQLITE_FULL:
		return &review.InputError{
			Code: "store_disk_full", What: "the disk is full",
			Remedy: "Make room on the disk and try again; nothing was changed.",
		}
	case codes.SQLITE_IOERR:
		return &review.InputError{
			Code: "store_disk_error", What: "the disk does not answer",
			Remedy: "Check the disk and its cable or network; then run the check command.",
		}
	}
	return nil
}

// damaged tells that one field of the file is not what was stored.
func damaged(path, field string) error {
	in := fileTrouble(codes.SQLITE_CORRUPT)
	in.File, in.Field = path, field
	return in
}

func notGarrod() *review.InputError {
	return &review.InputError{
		Code: "store_not_garrod", What: "it is not a Garrod laboratory",
		Remedy: "Choose the folder of a laboratory, or make a new one with: garrod lab init DIR.",
	}
}
