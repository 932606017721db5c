package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"garrod/review"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// readers is how many views may run at the same time; further ones wait.
const readers = 4

// Options are what a Store needs from outside.
type Options struct {
	Clock  review.Clock  // must be given
	Sealer review.Sealer // must be given; review.PlainSealer in a demonstration
	// Busy is how long to wait for another program that is writing before
	// giving up; 0 means 5 seconds.
	Busy time.Duration
}

func (o Options) check() (Options, error) {
	if o.Clock == nil || o.Sealer == nil {
		return o, errors.New("a store needs a clock and a sealer")
	}
	if o.Busy == 0 {
		o.Busy = 5 * time.Second
	}
	return o, nil
}

// Store is a laboratory in one SQLite file. Its methods may be called from any
// goroutine. An Update waits for the one before it; calling Update inside the
// function of an Update waits for ever.
type Store struct {
	path  string
	opt   Options
	write *sql.DB // one connection
	read  *sql.DB
}

var _ review.Store = (*Store)(nil)

// Open opens the laboratory file at path and brings its schema up to date. It
// creates nothing: a missing file, one that is not Garrod's, one of a newer
// schema, a damaged, locked or read-only one is a *review.InputError, and stays
// as it is. The file is read and written in place until Close.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	opt, err := opt.check()
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := probe(ctx, path, opt); err != nil {
		return nil, fmt.Errorf("open store: %w", translate(path, err))
	}
	s, err := connect(ctx, path, opt)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", translate(path, err))
	}
	return s, nil
}

// Create makes a new laboratory file at path, which must not exist, readable
// and writable by its owner only (mode 0600), and opens it. The folder must
// exist. On an error no file is left.
func Create(ctx context.Context, path string, opt Options) (*Store, error) {
	opt, err := opt.check()
	if err != nil {
		return nil, fmt.Errorf("create store: %w", err)
	}
	if err := touch(path); err != nil {
		return nil, fmt.Errorf("create store: %w", err)
	}
	s, err := fill(ctx, path, opt)
	if err != nil {
		for _, suffix := range []string{"", "-journal", "-wal", "-shm"} {
			_ = os.Remove(path + suffix) // the error that matters is err
		}
		return nil, fmt.Errorf("create store: %w", translate(path, err))
	}
	return s, nil
}

// Close ends the use of the file and folds the write-ahead log back into it.
func (s *Store) Close() error {
	// The writer goes last: the last connection clears the log away.
	err := errors.Join(s.read.Close(), s.write.Close())
	if err != nil {
		return fmt.Errorf("close store: %w", s.translate(err))
	}
	return nil
}

// touch makes an empty file of mode 0600 where none is.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case err == nil:
		return f.Close()
	case errors.Is(err, fs.ErrExist):
		return &review.InputError{
			Code: "store_exists", File: path, What: "a file of this name exists",
			Remedy: "Choose another folder, or open this laboratory instead.", Err: review.ErrExists,
		}
	default:
		return &review.InputError{
			Code: "store_cannot_create", File: path, What: "it cannot be made here",
			Remedy: "Check that the folder exists and that you may write in it.", Err: err,
		}
	}
}

// fill gives a new file its mark and its schema before it is switched to WAL
// mode, so that the mark is in the file itself from the start.
func fill(ctx context.Context, path string, opt Options) (*Store, error) {
	name, err := dsn(path, "rw", "immediate", opt.Busy, "synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	db, err := openPool(name, 1)
	if err != nil {
		return nil, err
	}
	if _, err = db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err == nil {
		err = migrate(ctx, path, db, opt.Clock, shipped())
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	return connect(ctx, path, opt)
}

// probe looks at the file without changing it. It goes through SQLite, not
// through os.Open: on Unix closing any handle of a file drops the locks this
// process holds on it (https://www.sqlite.org/howtocorrupt.html, 2.2).
func probe(ctx context.Context, path string, opt Options) error {
	st, err := os.Stat(path)
	if err != nil {
		return &review.InputError{
			Code: "store_missing", File: path, What: "there is no laboratory here",
			Remedy: "Check the folder, or make a laboratory with: garrod lab init DIR.", Err: err,
		}
	}
	if st.IsDir() {
		return foreign(path)
	}
	name, err := dsn(path, "ro", "deferred", opt.Busy, "query_only(1)")
	if err != nil {
		return err
	}
	db, err := openPool(name, 1)
	if err != nil {
		return err
	}
	var id int64
	err = db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	if id != applicationID {
		return foreign(path)
	}
	return nil
}

// foreign is the refusal of a file that is not Garrod's.
func foreign(path string) error {
	in := notGarrod()
	in.File = path
	return in
}

// connect opens the writer, then, once the schema is right, the readers.
func connect(ctx context.Context, path string, opt Options) (*Store, error) {
	wname, err := dsn(path, "rw", "immediate", opt.Busy, "synchronous(FULL)", "journal_mode(WAL)")
	if err != nil {
		return nil, err
	}
	rname, err := dsn(path, "ro", "deferred", opt.Busy, "query_only(1)")
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, opt: opt}
	if s.write, err = openPool(wname, 1); err != nil {
		return nil, err
	}
	if s.read, err = openPool(rname, readers); err != nil {
		return nil, errors.Join(err, s.write.Close())
	}
	if err := s.ready(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// ready brings the schema up to date, which also shows whether the file can be
// written to, and reads it once.
func (s *Store) ready(ctx context.Context) error {
	if err := migrate(ctx, s.path, s.write, s.opt.Clock, shipped()); err != nil {
		return err
	}
	return s.read.PingContext(ctx)
}

func openPool(name string, size int) (*sql.DB, error) {
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}
