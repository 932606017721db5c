package vcf

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/genome"
)

// File is an open VCF with its index. Its methods may be called from several
// goroutines; each look-up has a file handle of its own.
type File struct {
	path  string
	src   *source
	index *bgz.Index

	mu   sync.Mutex
	idle []*bgz.Reader // open handles that nobody uses
	open bool
}

// Open reads the header and the index of the bgzipped VCF at path. It does not
// prove the file sound: Intake does, once, when a case is made of it.
func Open(path string) (*File, error) {
	ctx := context.Background()
	header, err := readHeader(ctx, path)
	if err != nil {
		return nil, err
	}
	x, err := bgz.OpenIndex(ctx, path)
	if err != nil {
		return nil, err
	}
	f := newFile(path, header)
	f.index = x
	return f, nil
}

func newFile(path string, h *Header) *File {
	a, _, _ := genome.InferAssembly(h.Contigs)
	return &File{path: path, open: true, src: &source{
		file: filepath.Base(path), header: h, fields: newFieldMap(h), assembly: a,
	}}
}

var errHeaderRead = errors.New("header read")

// readHeader reads the blocks up to the column line.
func readHeader(ctx context.Context, path string) (*Header, error) {
	r := newHeaderReader(filepath.Base(path))
	_, err := bgz.Lines(ctx, path, nil, func(line []byte, _ bgz.Offset) error {
		if err := r.line(line); err != nil {
			return err
		}
		if r.done {
			return errHeaderRead
		}
		return nil
	})
	if err != nil && !errors.Is(err, errHeaderRead) {
		return nil, err
	}
	if !r.done {
		return nil, r.bad("#CHROM", "the header has no column line (#CHROM POS ID REF ALT …)")
	}
	return &r.h, nil
}

// Path returns the path the file was opened by.
func (f *File) Path() string { return f.path }

// Header returns the header. It is not to be changed.
func (f *File) Header() *Header { return f.src.header }

// Index returns the index.
func (f *File) Index() *bgz.Index { return f.index }

// Assembly returns the assembly of the keys: what SetAssembly said, else what
// the contig lengths tell, else AssemblyUnknown.
func (f *File) Assembly() genome.Assembly { return f.src.assembly }

// SetAssembly declares the assembly of the file's positions. Call it before any
// record is read.
func (f *File) SetAssembly(a genome.Assembly) { f.src.assembly = a }

// Close closes the handles that are not in use; those in use are closed when
// their look-up ends.
func (f *File) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.open = false
	var err error
	for _, r := range f.idle {
		err = errors.Join(err, r.Close())
	}
	f.idle = nil
	return err
}

// acquire hands out a reader that nobody else uses.
func (f *File) acquire() (*bgz.Reader, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := len(f.idle); n > 0 {
		r := f.idle[n-1]
		f.idle = f.idle[:n-1]
		return r, nil
	}
	return bgz.OpenReader(f.path, f.index)
}

// release takes a reader back; after an error it is closed instead.
func (f *File) release(r *bgz.Reader, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil || !f.open {
		_ = r.Close() // opened for reading: nothing to lose
		return
	}
	f.idle = append(f.idle, r)
}

// MaxListed bounds the bad records that a Tally lists; it counts all of them.
const MaxListed = 1000

// Tally is what a scan read.
type Tally struct {
	Records  int64 // good data lines
	BadTotal int64 // data lines that could not be read
	// Bad lists the first MaxListed of them, in file order.
	Bad []*review.InputError
	// Contigs counts data lines by contig as written, bad ones too where their
	// contig could be read; Order has the contigs as they first occur.
	Contigs map[string]int64
	Order   []string
	// Summary is what the walk over the blocks found.
	Summary bgz.Summary
}

// Scan gives every good record of the file to fn, in file order. Bad ones are
// counted and listed. meter counts bytes of the file. An unsound file ends with
// an *review.InputError, after which nothing of the scan may be used.
func (f *File) Scan(ctx context.Context, meter *review.Meter, fn func(*Record) error) (Tally, error) {
	s := scanner{src: f.src, fn: fn, tally: Tally{Contigs: map[string]int64{}}}
	sum, err := bgz.Lines(ctx, f.path, meter, s.line)
	s.tally.Summary = sum
	if err == nil {
		err = f.src.failure()
	}
	return s.tally, err
}

// scanner turns lines into records.
type scanner struct {
	src    *source
	fn     func(*Record) error
	tally  Tally
	lines  int64
	number int64
	// also sees every data line as it stands, good or bad.
	also func(line []byte, at bgz.Offset, number int64)
}

func (s *scanner) line(line []byte, at bgz.Offset) error {
	s.lines++
	if s.lines <= int64(s.src.header.lines) {
		return nil
	}
	if len(line) == 0 || len(line) == 1 && line[0] == '\r' {
		return nil // bcftools and tabix pass over empty lines too
	}
	s.number++
	text := string(line)
	if contig, _, ok := strings.Cut(text, "\t"); ok {
		if s.tally.Contigs[contig]++; s.tally.Contigs[contig] == 1 {
			s.tally.Order = append(s.tally.Order, contig)
		}
	}
	if s.also != nil {
		s.also(line, at, s.number)
	}
	r, fault := parseRecord(s.src, text)
	if fault != nil {
		s.tally.BadTotal++
		if len(s.tally.Bad) < MaxListed {
			s.tally.Bad = append(s.tally.Bad, fault.inputError(s.src.file, s.lines, s.number))
		}
		return nil
	}
	s.tally.Records++
	r.Number, r.Line, r.Offset = s.number, s.lines, at
	return s.fn(r)
}

// Region gives fn the records that share a base with r, in file order, found
// through the index: the length of REF and INFO END count. A contig that the
// header and the index do not know is an *review.InputError; a known one without
// records gives nothing. A bad record in the region is an error.
func (f *File) Region(ctx context.Context, r genome.Range, fn func(*Record) error) error {
	names := f.contigNames(r.Contig)
	if len(names) == 0 {
		return f.unknownContig(r.Contig)
	}
	reader, err := f.acquire()
	if err != nil {
		return err
	}
	for _, name := range names {
		if err = f.regionOf(ctx, reader, name, r, fn); err != nil {
			break
		}
	}
	f.release(reader, err)
	if err == nil {
		err = f.src.failure()
	}
	return err
}

func (f *File) regionOf(ctx context.Context, reader *bgz.Reader, name string, r genome.Range, fn func(*Record) error) error {
	return reader.Region(ctx, name, int64(r.First), int64(r.Last), func(line []byte, at bgz.Offset) error {
		rec, fault := parseRecord(f.src, string(line))
		if fault != nil {
			place, reaches := placeOf(line, r)
			if !reaches {
				return nil // counted when the whole file was read
			}
			fault.What += fmt.Sprintf(" (the record at %s:%s)", name, place)
			return fault.inputError(f.src.file, 0, 0)
		}
		rec.Offset = at
		if rec.Pos > r.Last || rec.End() < r.First {
			return nil
		}
		return fn(rec)
	})
}

// placeOf tells the POS of a line that is no record, and whether what it stands
// for may reach into r: as long as nothing says that it does not.
func placeOf(line []byte, r genome.Range) (pos string, reaches bool) {
	cols := strings.SplitN(string(line), "\t", 9)
	if len(cols) < 8 {
		return "?", true
	}
	n, err := strconv.ParseInt(cols[1], 10, 64)
	if err != nil {
		return cols[1], true
	}
	far := strings.Contains(cols[7], "END=") || strings.Contains(cols[7], "SVLEN=") || strings.ContainsAny(cols[4], "<[]")
	last := genome.Pos(n) + genome.Pos(max(len(cols[3]), 1)) - 1
	return cols[1], genome.Pos(n) <= r.Last && (far || last >= r.First)
}

// contigNames returns how the file writes a contig.
func (f *File) contigNames(canonical string) []string {
	names := f.src.header.spellings(canonical)
	if names == nil {
		names = f.src.header.spellings(f.src.header.Canonical(canonical))
	}
	seen := map[string]bool{}
	for _, n := range names {
		seen[n] = true
	}
	for _, n := range f.index.Names() {
		if !seen[n] && (n == canonical || f.src.header.Canonical(n) == f.src.header.Canonical(canonical)) {
			names = append(names, n)
		}
	}
	return names
}

func (f *File) unknownContig(name string) error {
	what := fmt.Sprintf("the file knows no contig %q", name)
	for _, c := range f.src.header.Contigs {
		if own := f.src.header.Canonical(c.Name); name == "MT" && own != "MT" && genome.CanonicalContig(c.Name) == "MT" {
			what += fmt.Sprintf("; its %s is %s, whose positions differ", c.Name, own)
		}
	}
	return &review.InputError{
		Code: CodeContig, File: f.src.file, Field: "contig", What: what, Remedy: "Name a contig of the file's header",
	}
}
