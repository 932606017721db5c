package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"garrod/review"
	"garrod/review/summary"
	"garrod/review/triage"
	"garrod/review/vcf"
)

// cacheDir is the folder of what is made again when it is missing: the columns
// of scans, and what is known of the files they were made of. It may be deleted
// at any time.
const cacheDir = "cache"

// scans keeps the VCF that was asked for last, open, with its columns: what a
// person works on. Columns are large, so there is never more than one.
type scans struct {
	gate chan struct{} // holds one token while somebody looks or loads

	path string // of the columns' file in the cache
	at   stamps // of the VCF and its index
	src  vcfSource
}

func newScans() scans { return scans{gate: make(chan struct{}, 1)} }

// enter waits for its turn, for as long as ctx lasts.
func (s *scans) enter(ctx context.Context) error {
	select {
	case s.gate <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *scans) leave() { <-s.gate }

func (s *scans) drop() { s.path, s.at, s.src = "", stamps{}, vcfSource{} }

// frequencyRule is by which the columns' highest frequency is found. Filters with
// another rule read the records where the column cannot tell.
func frequencyRule() review.FrequencyRule {
	f := triage.Default().Frequency
	return review.FrequencyRule{MinAN: f.MinAN, Exclude: f.ExcludeGroups}
}

// columnsHead is what the columns of a case must have been made of.
func columnsHead(c review.Case, src review.SourceFile) summary.Head {
	return summary.Head{
		SHA256: src.SHA256, Size: src.Size, Assembly: c.Assembly, Reference: src.ReferenceID,
		Samples: columnSamples(c, src.Samples), Frequency: frequencyRule(),
	}
}

// columnSamples are the people whose calls the columns of a case hold.
func columnSamples(c review.Case, inFile []string) []string {
	req := vcf.Request{Proband: c.Proband}
	if len(c.Family.Members) > 0 {
		req.Family = &c.Family
	}
	return req.Samples(inFile)
}

// fits reports whether columns were made of what h says.
func fits(s *summary.Summary, h summary.Head) bool {
	have := s.Head
	return have.SHA256 == h.SHA256 && have.Size == h.Size && have.Assembly == h.Assembly && have.Reference == h.Reference &&
		slices.Equal(have.Samples, h.Samples) && have.Frequency.Same(h.Frequency)
}

// columnsPath names the file in the cache after the VCF's hash and after
// everything else that the columns rest on.
func (l *lab) columnsPath(h summary.Head) (string, error) {
	b, err := json.Marshal(struct {
		Assembly, Reference string
		Samples             []string
		Frequency           review.FrequencyRule
	}{string(h.Assembly), h.Reference, h.Samples, h.Frequency})
	if err != nil {
		return "", fmt.Errorf("name the columns: %w", err)
	}
	sum := sha256.Sum256(b)
	return filepath.Join(l.dir, cacheDir, fmt.Sprintf("%s-%s.sum", h.SHA256, hex.EncodeToString(sum[:6]))), nil
}

// source opens the VCF of a case with its columns: those that are held, those of
// the cache, or else, where these are missing, damaged, of another version or
// made of anything else, new ones. m counts bytes of the file while they are made.
func (l *lab) source(ctx context.Context, c review.Case, m *review.Meter) (vcfSource, stamps, error) {
	src, at, err := l.checkFiles(ctx, c)
	if err != nil {
		return vcfSource{}, at, err
	}
	want := columnsHead(c, src)
	path, err := l.columnsPath(want)
	if err != nil {
		return vcfSource{}, at, err
	}
	if err := l.scans.enter(ctx); err != nil {
		return vcfSource{}, at, err
	}
	defer l.scans.leave()
	held := &l.scans
	if held.path == path && held.at.same(at) && held.src.records.Path() == src.Path {
		return held.src, at, nil
	}
	held.drop() // before others are loaded
	defer l.memory.work(src.Size)()
	loaded, err := load(ctx, c, path, want, m)
	if err != nil {
		return vcfSource{}, at, judge(c.ID, src, at, err)
	}
	held.path, held.at, held.src = path, at, loaded
	l.memory.hold(loaded.columns.Len())
	return loaded, at, nil
}

// load opens a case's VCF and reads its columns from the cache's file at path, or
// else makes them.
func load(ctx context.Context, c review.Case, path string, want summary.Head, m *review.Meter) (vcfSource, error) {
	src, _ := c.VCF()
	f, err := openVCF(src, c.Assembly)
	if err != nil {
		return vcfSource{}, err
	}
	s, err := summary.ReadFile(ctx, path)
	switch {
	case ctx.Err() != nil:
		return vcfSource{}, ctx.Err()
	case err == nil && fits(s, want):
		return vcfSource{records: f, columns: s}, nil
	}
	if s, _, err = scan(ctx, f, src, want, m); err != nil {
		return vcfSource{}, err
	}
	// What cannot be kept is made again the next time: that costs time only.
	_ = keepColumns(path, s)
	return vcfSource{records: f, columns: s}, nil
}

// scan reads the whole file, and refuses one that is not what the case was added
// with.
func scan(ctx context.Context, r *vcf.Records, src review.SourceFile, want summary.Head, m *review.Meter) (*summary.Summary, vcf.Tally, error) {
	f, err := r.WithIndex(ctx)
	if err != nil {
		return nil, vcf.Tally{}, err
	}
	s, tally, err := f.Columns(ctx, vcf.ColumnsRequest{Samples: want.Samples, Frequency: want.Frequency}, m)
	if err != nil {
		return nil, tally, err
	}
	if tally.Summary.SHA256 != src.SHA256 || tally.Summary.Size != src.Size {
		return nil, tally, changedFile(src.Path, nil)
	}
	return s, tally, nil
}

// keepColumns writes columns into the cache, whole or not at all.
func keepColumns(path string, s *summary.Summary) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the cache: %w", err)
	}
	if err := summary.WriteFile(path, s); err != nil {
		return fmt.Errorf("keep the columns: %w", err)
	}
	return nil
}

// intakes keeps the outcome of the last pass over a new file, so that it is not
// read once to see its checks and once more to add the case.
type intakes struct {
	mu   sync.Mutex
	path string
	ask  []byte
	at   stamp
	res  vcf.Result
	took time.Time // when reading began
}

// intakeOf runs the checks on a file, or returns what they found a moment ago.
func (l *lab) intakeOf(ctx context.Context, path string, ask vcf.Request, m *review.Meter) (vcf.Result, error) {
	asked, err := json.Marshal(ask)
	if err != nil {
		return vcf.Result{}, fmt.Errorf("note the request: %w", err)
	}
	at, _ := stampOf(path) // Intake says what is wrong with a file that is not there
	k := &l.intakes
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.path == path && k.at.same(at) && bytes.Equal(k.ask, asked) {
		return k.res, nil
	}
	k.path, k.res = "", vcf.Result{}
	took := l.clock.Now()
	defer l.memory.work(at.Size)()
	res, err := vcf.Intake(ctx, path, ask, m)
	if now, serr := stampOf(path); serr == nil && !now.same(at) && ctx.Err() == nil {
		return vcf.Result{}, &review.InputError{
			Code: codeFileChanged, File: path, What: "the file changed while it was being read",
			Remedy: "Wait until it is written completely, then add the case again.", Err: err,
		}
	}
	if err == nil {
		k.path, k.ask, k.at, k.res, k.took = path, asked, at, res, took
	}
	return res, err
}

// keepIntake takes over the columns of a case that was added just now.
func (l *lab) keepIntake(c review.Case) {
	k := &l.intakes
	k.mu.Lock()
	defer k.mu.Unlock()
	src, _ := c.VCF()
	if k.path != src.Path || k.res.Summary == nil || !fits(k.res.Summary, columnsHead(c, src)) {
		return
	}
	l.sums.learn(src.Path, k.at, src.SHA256, k.took)
	// What cannot be kept is made again by the first worklist.
	if path, err := l.columnsPath(k.res.Summary.Head); err == nil {
		defer l.memory.work(src.Size)()
		giveBack()
		_ = keepColumns(path, k.res.Summary)
	}
	k.path, k.res = "", vcf.Result{}
}
