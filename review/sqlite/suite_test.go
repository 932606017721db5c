package sqlite

import (
	"path/filepath"
	"testing"

	"garrod/review"
	"garrod/review/reviewtest"
)

func options() Options {
	return Options{Clock: reviewtest.NewClock(), Sealer: reviewtest.Sealer{}}
}

// create makes a store in a folder of the test's own and closes it at its end.
func create(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Create(t.Context(), path, options())
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
