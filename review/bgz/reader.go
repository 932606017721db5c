package bgz

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/biogo/hts/bgzf"
)

// Reader finds lines of a tab-separated, position-sorted file (VCF) through its
// index. It owns a file handle of its own; use it from one goroutine at a time
// and Close it.
type Reader struct {
	path string
	x    *Index
	file *os.File
	in   *bgzf.Reader
	buf  []byte
}

// OpenReader opens the file at path for look-ups through x.
func OpenReader(path string, x *Index) (*Reader, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	// The bare file: a buffered one could not seek. One decompressor: more
	// read ahead, which makes seeking slower.
	in, err := bgzf.NewReader(f, 1)
	if err != nil {
		f.Close()
		kind, _ := Sniff(path)
		if kind != KindBGZF {
			return nil, notBGZF(path, kind)
		}
		e := bad(path, CodeCorrupt, fetchAgain, "the block at byte 0 cannot be read")
		e.Err = err
		return nil, e
	}
	in.Blocked = true
	return &Reader{path: path, x: x, file: f, in: in, buf: make([]byte, maxBlock)}, nil
}

// Close closes the file.
func (r *Reader) Close() error {
	// What the decompressor last met was returned when it was met.
	_ = r.in.Close()
	return r.file.Close()
}

// Region gives fn, in file order, the lines of contig (as the file writes it)
// whose record may reach into first to last (1-based, closed): those that start
// in it, and earlier ones that the index places near it. Whether an earlier
// record is long enough to reach in is for the caller to tell, who knows its
// columns. line is valid until fn returns.
//
// It ends with the first record that starts right of last, or on another contig.
// A line that is no record of contig where the index says that one starts is an
// *review.InputError with CodeIndexForeign. A line among the records whose contig
// or position cannot be read is one with CodeRecordBroken: the record could
// belong to the region, and so could those after it.
func (r *Reader) Region(ctx context.Context, contig string, first, last int64, fn func(line []byte, at Offset) error) error {
	chunks, err := r.x.Chunks(contig, first, last)
	if err != nil {
		return err
	}
	s := stretch{r: r, contig: contig, last: last, fn: fn}
	for _, c := range chunks {
		s.end, s.begun = c.End, false
		err := r.chunk(ctx, c, s.line)
		if errors.Is(err, errStop) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) foreign(contig string) error {
	e := bad(r.path, CodeIndexForeign, makeIndexAgain(r.path),
		"the index %s does not belong to the file: no record starts where it says one of %s does", filepath.Base(r.x.Path), contig)
	return e
}

// chunk gives the lines from the start of c on, until fn answers io.EOF.
func (r *Reader) chunk(ctx context.Context, c Chunk, fn func([]byte, Offset) error) error {
	if err := r.in.Seek(bgzf.Offset{File: c.Begin.Block(), Block: uint16(c.Begin.Within())}); err != nil {
		return r.readError(c, err)
	}
	s := splitter{path: r.path, fn: fn}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.in.Read(r.buf)
		if n > 0 {
			from := r.in.LastChunk().Begin
			if serr := s.blockFrom(r.buf[:n], from.File, int(from.Block)); serr != nil {
				return ignoreEOF(serr)
			}
		}
		switch {
		case n == 0 && errors.Is(err, io.EOF):
			if s.open {
				return ignoreEOF(s.fn(s.part, s.at))
			}
			return nil
		case err != nil && !errors.Is(err, io.EOF):
			return r.readError(c, err)
		}
	}
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// readError tells an index that points at no block from a damaged file as well
// as can be told here: intake walks all blocks before any region is read.
func (r *Reader) readError(c Chunk, err error) error {
	if errors.Is(err, os.ErrClosed) {
		return err
	}
	e := bad(r.path, CodeIndexForeign, makeIndexAgain(r.path),
		"the index %s points to byte %d, where no sound block starts", filepath.Base(r.x.Path), c.Begin.Block())
	e.Err = err
	return e
}
