package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"garrod/assets/demo"
	"garrod/review"
	"garrod/review/summary"
	"garrod/ui/state"

	"github.com/google/go-cmp/cmp"
)

// kept returns the one file of columns in a laboratory's cache.
func kept(t *testing.T, lab string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(lab, cacheDir, "*.sum"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the cache holds %v, want one file of columns", files)
	}
	return files[0]
}

// TestCacheIsMadeAgain takes the columns away, damages them, and puts others in
// their place: the worklist is the same each time, and so is the cache after it.
func TestCacheIsMadeAgain(t *testing.T) {
	t.Parallel()
	m := newMoved(t)
	path := ""
	for _, f := range mustGlob(t, filepath.Join(m.lab, cacheDir, "*.sum")) {
		path = f // of this case or the good one: both have the same file and family
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the columns hold genotypes; their file is %v, %v", info.Mode(), err)
	}
	var want worklistDoc
	must(t, &want, m.ask("worklist")...)
	spoil := func(change func(b []byte) []byte) func() error {
		return func() error { return os.WriteFile(path, change(bytes.Clone(whole)), 0o600) }
	}
	for _, tt := range []struct {
		name string
		do   func() error
	}{
		{"deleted", func() error { return os.RemoveAll(filepath.Join(m.lab, cacheDir)) }},
		{"empty", spoil(func([]byte) []byte { return nil })},
		{"cut", spoil(func(b []byte) []byte { return b[:len(b)/2] })},
		{"one bit", spoil(func(b []byte) []byte { b[len(b)/2] ^= 4; return b })},
		{"another version", spoil(func(b []byte) []byte { b[7]++; return b })},
		{"files forgotten", func() error { return os.WriteFile(filepath.Join(m.lab, cacheDir, "files.json"), []byte("{"), 0o600) }},
		{"of other settings", func() error {
			s, err := summary.ReadFile(t.Context(), path)
			if err != nil {
				return err
			}
			s.Head.Frequency.MinAN = 1
			return summary.WriteFile(path, s)
		}},
		{"of another file", func() error {
			s, err := summary.ReadFile(t.Context(), path)
			if err != nil {
				return err
			}
			s.Head.SHA256 = s.Head.SHA256[1:] + "0"
			return summary.WriteFile(path, s)
		}},
	} {
		if err := tt.do(); err != nil {
			t.Fatal(tt.name, err)
		}
		var got worklistDoc
		must(t, &got, m.ask("worklist")...)
		got.AuditSeq, got.Revision, want.AuditSeq, want.Revision = nil, 0, nil, 0
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: the worklist differs (-before +after):\n%s", tt.name, d)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, whole) {
			t.Errorf("%s: the columns were not made again: %v", tt.name, err)
		}
	}
}

func mustGlob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("nothing like %s: %v", pattern, err)
	}
	return files
}

// TestFileIsReadOnce looks at a new case's checks, adds it, and asks for its
// worklist: the VCF is read from end to end one time.
func TestFileIsReadOnce(t *testing.T) {
	t.Parallel()
	dir := newLab(t)
	p := program{labDir: dir, clock: systemClock}
	l, err := p.openLab(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	req := state.NewCase{
		ID: "ONCE-1", VCF: demoFile(t, demo.VCF), PED: demoFile(t, demo.PED), Proband: demo.Proband,
		Patient: review.Patient{Surname: "Test"},
	}
	var first, second, third review.Meter
	c, err := l.Intake(t.Context(), req, &first)
	if err != nil {
		t.Fatal(err)
	}
	file, _ := c.VCF()
	req.Reasons = map[string]string{}
	for _, k := range c.Checks {
		req.Reasons[k.Name] = "made up for a test"
	}
	if c, err = l.AddCase(t.Context(), req, &second); err != nil {
		t.Fatal(err)
	}
	if first.Done() != file.Size || second.Done() != 0 {
		t.Errorf("%d bytes were read for the checks and %d to add the case, want %d and 0", first.Done(), second.Done(), file.Size)
	}
	s, err := summary.ReadFile(t.Context(), kept(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	if !fits(s, columnsHead(c, file)) {
		t.Errorf("the columns were made of %+v, the case needs %+v", s.Head, columnsHead(c, file))
	}
	if _, _, err := l.source(t.Context(), c, &third); err != nil || third.Done() != 0 {
		t.Errorf("the worklist read %d bytes more: %v", third.Done(), err)
	}
}

// TestTouchedFileIsReadAgain changes the time of a file, not its content.
func TestTouchedFileIsReadAgain(t *testing.T) {
	t.Parallel()
	m := newMoved(t)
	var want, got worklistDoc
	must(t, &want, m.ask("worklist")...)
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(m.dir, demo.VCF), later, later); err != nil {
		t.Fatal(err)
	}
	must(t, &got, m.ask("worklist")...)
	if len(got.Variants) == 0 || len(got.Variants) != len(want.Variants) {
		t.Errorf("%d variants, want %d", len(got.Variants), len(want.Variants))
	}
}

func TestSumsAreTrustedOnlyWhenSettled(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name    string
		changed time.Time
		now     stamp
		want    bool
	}{
		{"an hour old", at.Add(-time.Hour), stamp{9, at.Add(-time.Hour)}, true},
		{"written as it was read", at.Add(-time.Second), stamp{9, at.Add(-time.Second)}, false},
		{"from the future", at.Add(time.Hour), stamp{9, at.Add(time.Hour)}, false},
		{"another size", at.Add(-time.Hour), stamp{8, at.Add(-time.Hour)}, false},
		{"another time", at.Add(-time.Hour), stamp{9, at.Add(-time.Minute)}, false},
	} {
		k := sum{stamp: stamp{9, tt.changed}, At: at}
		if got := k.trusted(tt.now); got != tt.want {
			t.Errorf("%s: trusted %v, want %v", tt.name, got, tt.want)
		}
	}
}
