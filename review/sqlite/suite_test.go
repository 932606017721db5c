package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"garrod/review"
	"garrod/review/reviewtest"
)

func options() Options {
	return Options{Clock: reviewtest.NewClock(), Sealer: reviewtest.Sealer{}}
}

// empty is the bytes of a laboratory that was made this moment. Making the
// schema is most of the time of a small test, so it is made once.
var empty = sync.OnceValues(func() (b []byte, err error) {
	dir, err := os.MkdirTemp("", "garrod-sqlite-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "lab.sqlite")
	s, err := Create(context.Background(), path, options())
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// create makes an empty laboratory at path and closes it when the test ends.
func create(t testing.TB, path string) *Store {
	t.Helper()
	b, err := empty()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestSuite(t *testing.T) {
	reviewtest.Suite(t, func(t *testing.T) review.Store {
		return create(t, filepath.Join(t.TempDir(), "lab.sqlite"))
	})
}
