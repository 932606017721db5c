package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"time"

	"garrod/reports"
	"garrod/review"
)

// sums remembers the hashes of files for as long as their size and time stay
// the same, so that a file is not read again for each question about it. It is
// kept in a file of the cache, which may be deleted.
type sums struct {
	file  string // empty: in memory only
	clock review.Clock

	mu   sync.Mutex
	seen map[string]sum // by path
}

// sum is what a file was when it was read.
type sum struct {
	stamp
	SHA256 string `json:"sha256"`
	// At is when reading began.
	At time.Time `json:"at"`
}

// stamp tells whether a file may have changed without reading it.
type stamp struct {
	Size  int64     `json:"size"`
	MTime time.Time `json:"mtime"`
}

func (s stamp) same(o stamp) bool { return s.Size == o.Size && s.MTime.Equal(o.MTime) }

func stampOf(path string) (stamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}, err
	}
	return stamp{info.Size(), info.ModTime()}, nil
}

// settled is how old a file must have been when it was read for its time to tell
// of every later change: clocks of network shares tick in seconds, of some
// drives in two.
const settled = 3 * time.Second

// trusted reports whether the file with this stamp is the one that was read.
func (k sum) trusted(now stamp) bool { return k.same(now) && k.At.Sub(k.MTime) > settled }

// of returns the SHA-256 of the file at path, in hex.
func (s *sums) of(ctx context.Context, path string) (string, error) {
	now, err := stampOf(path)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.load()
	if k, ok := s.seen[path]; ok && k.trusted(now) {
		return k.SHA256, nil
	}
	at := s.clock.Now()
	got, err := hashFile(ctx, path)
	if err != nil {
		return "", err
	}
	s.note(path, sum{now, got, at})
	return got, nil
}

// learn takes a hash that was found by reading the file for something else,
// beginning at the time given, when the file had the stamp.
func (s *sums) learn(path string, was stamp, sha string, at time.Time) {
	if now, err := stampOf(path); err != nil || !now.same(was) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.load()
	s.note(path, sum{was, sha, at})
}

// load reads what was known when the program last ran. A file that cannot be
// understood counts for nothing.
func (s *sums) load() {
	if s.seen != nil {
		return
	}
	s.seen = map[string]sum{}
	if s.file == "" {
		return
	}
	if b, err := os.ReadFile(s.file); err == nil && json.Unmarshal(b, &s.seen) != nil {
		s.seen = map[string]sum{}
	}
}

// note keeps a hash. What cannot be written is found again by reading the file.
func (s *sums) note(path string, k sum) {
	s.seen[path] = k
	if s.file == "" || !k.trusted(k.stamp) {
		return
	}
	trusted := maps.Clone(s.seen)
	maps.DeleteFunc(trusted, func(_ string, k sum) bool { return !k.trusted(k.stamp) })
	b, err := json.Marshal(trusted)
	if err != nil || os.MkdirAll(filepath.Dir(s.file), 0o700) != nil {
		return
	}
	_ = reports.WriteWhole(s.file, b)
}

func hashFile(ctx context.Context, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, reader{ctx, f}); err != nil {
		return "", fmt.Errorf("read %s: %w", path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// reader stops when its context ends.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
