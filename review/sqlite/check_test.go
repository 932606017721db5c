package sqlite

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/reviewtest"

	"github.com/google/go-cmp/cmp"
)

// failed returns the details of the checks that did not pass, by name.
func failed(t *testing.T, s *Store) map[string]string {
	t.Helper()
	checks, err := s.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(checks) != 5 {
		t.Errorf("checks: got %d, want 5", len(checks))
	}
	out := map[string]string{}
	for _, c := range checks {
		if c.Name == "" || c.Detail == "" {
			t.Errorf("a check says nothing: %+v", c)
		}
		if c.Outcome != review.Pass {
			out[c.Name] = c.Detail
		}
	}
	return out
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change []string
		want   []string // names of the checks that fail
	}{
		{"sound", nil, nil},
		{
			"dangling reference",
			[]string{"PRAGMA foreign_keys = OFF", "UPDATE case_file SET case_id = 'C-9' WHERE ord = 0"},
			[]string{"store_foreign_keys"},
		},
		{"guard dropped", []string{"DROP TRIGGER case_sealed"}, []string{"store_schema"}},
		{"table added", []string{"CREATE TABLE extra (x)"}, []string{"store_schema"}},
		{"guard weakened", []string{
			"DROP TRIGGER case_sealed",
			`CREATE TRIGGER case_sealed BEFORE UPDATE ON "case" WHEN 0 BEGIN SELECT 1; END`,
		}, []string{"store_schema"}},
		{
			"report changed",
			[]string{"DROP TRIGGER report_grows", "UPDATE report SET pdf = x'25'"},
			[]string{"report_hashes", "store_schema"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "lab.sqlite")
			s := create(t, path)
			reviewtest.SeedCase(t, s)
			mustExec(t, raw(t, path), tt.change...)
			got := failed(t, s)
			for _, name := range tt.want {
				if got[name] == "" {
					t.Errorf("%s did not fail: %v", name, got)
				}
			}
			if len(got) != len(tt.want) {
				t.Errorf("failed: got %v, want %v", got, tt.want)
			}
		})
	}
}

// TestDamagedPage flips bytes of pages that hold data: the check finds it and
// nothing of it is handed out as a report.
func TestDamagedPage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lab.sqlite")
	s, err := Create(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	c, r := reviewtest.Case(), reviewtest.Report()
	reviewtest.Seed(t, s)
	reviewtest.SetPDF(&r, []byte(strings.Repeat("page after page ", 9999)))
	reviewtest.Save(t, s, &c, &r)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b := read(t, path)
	at := strings.LastIndex(string(b), "page after page")
	b[at] = 'P'
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err = Open(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if got := failed(t, s); got["report_hashes"] == "" {
		t.Errorf("failed checks: got %v, want report_hashes", got)
	}
	err = s.View(t.Context(), reviewtest.Actor(review.Scientist), func(tx review.Tx) error {
		_, err := tx.FindReport(r.ID)
		return err
	})
	wantInput(t, err, "store_corrupt")
}

func TestBackup(t *testing.T) {
	dir := t.TempDir()
	s := create(t, filepath.Join(dir, "lab.sqlite"))
	c, a, r := reviewtest.SeedCase(t, s)
	path := filepath.Join(dir, "back up é%20#1.sqlite")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	wantInput(t, s.Backup(t.Context(), path), "backup_exists")
	wantInput(t, s.Backup(t.Context(), filepath.Join(dir, "no", "folder")), "backup_cannot_create")
	if st, err := os.Stat(path); err != nil || (runtime.GOOS != "windows" && st.Mode().Perm() != 0o600) {
		t.Errorf("mode of the copy: got %v, %v, want 600", st.Mode(), err)
	}
	left, _ := filepath.Glob(filepath.Join(dir, ".garrod-backup-*"))
	if len(left) != 0 {
		t.Errorf("left in the folder: %v", left)
	}

	// What happens later is not in the copy.
	events := reviewtest.Events(t, s)
	later := c
	later.Sex = review.Male
	reviewtest.Save(t, s, &later)
	b, err := Open(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	if got := failed(t, b); len(got) != 0 {
		t.Errorf("checks of the copy: %v", got)
	}
	for name, pair := range map[string][2]any{
		"case":       {c, reviewtest.Load(t, b, review.Tx.FindCase, c.ID)},
		"assessment": {a, reviewtest.Load(t, b, review.Tx.FindAssessment, a.ID)},
		"report":     {r, reviewtest.Load(t, b, review.Tx.FindReport, r.ID)},
		"events":     {events, reviewtest.Events(t, b)},
	} {
		if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
			t.Errorf("%s in the copy (-want +got):\n%s", name, diff)
		}
	}
}
