package bgz

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"garrod/review"
)

// Reader finds lines of a tab-separated, position-sorted file (VCF) through its
// index, and by their offsets. It owns a file handle of its own; use it from one
// goroutine at a time, not from within a function that was given to it, and Close
// it.
type Reader struct {
	path   string
	x      *Index
	blocks *blockFile
	long   []byte // a line that crosses blocks
}

// OpenReader opens the file at path for look-ups through x. x may be nil for a
// Reader that only fetches.
func OpenReader(path string, x *Index) (*Reader, error) {
	b, err := openBlockFile(path)
	if err != nil {
		return nil, err
	}
	if _, err := b.block(0); err != nil {
		_ = b.close()
		if kind, _ := Sniff(path); kind != KindBGZF {
			return nil, notBGZF(path, kind)
		}
		return nil, err
	}
	return &Reader{path: path, x: x, blocks: b}, nil
}

// Close closes the file.
func (r *Reader) Close() error { return r.blocks.close() }

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
	s := splitter{path: r.path, fn: fn}
	at, within := c.Begin.Block(), c.Begin.Within()
	for first := true; ; first = false {
		if err := ctx.Err(); err != nil {
			return err
		}
		b, err := r.blocks.block(at)
		switch {
		case errors.Is(err, io.EOF) && c.End.Block() > at, first && err != nil, err == nil && within > len(b.data):
			return r.misplaced(c, err)
		case errors.Is(err, io.EOF):
			if s.open {
				return ignoreEOF(s.fn(s.part, s.at))
			}
			return nil
		case err != nil:
			return err
		}
		if err := s.blockFrom(b.data[within:], at, within); err != nil {
			return ignoreEOF(err)
		}
		at, within = b.next, 0
	}
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// misplaced words that the file is not as the index says. Intake walks all blocks
// before any region is read: it is the index that is wrong, or the file that has
// changed since.
func (r *Reader) misplaced(c Chunk, err error) error {
	if found, ok := errors.AsType[*review.InputError](err); ok && found.Code == CodeUnreadable {
		return err
	}
	name := filepath.Base(r.x.Path)
	e := bad(r.path, CodeIndexForeign, makeIndexAgain(r.path),
		"the index %s points to byte %d, where no sound block starts", name, c.Begin.Block())
	if c.End.Block() > r.blocks.size {
		e.What = fmt.Sprintf("the index %s points to byte %d, but the file ends at byte %d: it was cut, or the index is of another file",
			name, c.End.Block(), r.blocks.size)
	}
	e.Err = err
	return e
}
