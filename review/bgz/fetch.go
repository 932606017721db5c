package bgz

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"garrod/review"
)

// Fetch gives fn the line that starts at each of the offsets, without its line
// feed, with the number of its offset in at. The lines come in the order of the
// file, whatever order at has, so that no block is inflated twice. line is valid
// until fn returns. An error of fn is returned as it is.
//
// The offsets are those of Lines, Scan or Region. Where no line starts at one of
// them, or the file is not what it was when it was opened, Fetch returns an
// *review.InputError with CodeChanged. That the lines are those meant is for the
// caller to tell, for a file may change and keep its lines' places.
func (r *Reader) Fetch(ctx context.Context, at []Offset, fn func(i int, line []byte) error) error {
	if err := r.blocks.unchanged(); err != nil {
		return err
	}
	order := make([]int, len(at))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(at[i], at[j]) })
	for _, i := range order {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, err := r.lineAt(at[i])
		if err != nil {
			return err
		}
		if err := fn(i, line); err != nil {
			return err
		}
	}
	return nil
}

// lineAt returns the line that starts at. It is valid until the next call.
func (r *Reader) lineAt(at Offset) ([]byte, error) {
	b, err := r.blocks.block(at.Block())
	if err != nil {
		return nil, r.noLine(at, err)
	}
	from := at.Within()
	if from >= len(b.data) || from > 0 && b.data[from-1] != '\n' {
		return nil, r.noLine(at, nil)
	}
	if i := bytes.IndexByte(b.data[from:], '\n'); i >= 0 {
		return b.data[from : from+i], nil
	}
	return r.longLineAt(at, b)
}

// longLineAt returns the line that starts at and ends in a block behind b.
func (r *Reader) longLineAt(at Offset, b *keptBlock) ([]byte, error) {
	if cap(r.long) > 1<<20 {
		r.long = nil
	}
	r.long = append(r.long[:0], b.data[at.Within():]...)
	for end := -1; end < 0; {
		var err error
		b, err = r.blocks.block(b.next)
		if errors.Is(err, io.EOF) {
			return r.long, nil
		}
		if err != nil {
			return nil, r.noLine(at, err)
		}
		part := b.data
		if end = bytes.IndexByte(part, '\n'); end >= 0 {
			part = part[:end]
		}
		if len(r.long)+len(part) > MaxLine {
			return nil, tooLong(r.path, at)
		}
		r.long = append(r.long, part...)
	}
	return r.long, nil
}

// noLine words why there is no line that starts at.
func (r *Reader) noLine(at Offset, err error) error {
	if found, ok := errors.AsType[*review.InputError](err); ok && found.Code == CodeUnreadable {
		return err
	}
	if at.Block() >= r.blocks.size {
		return bad(r.path, CodeChanged, changedRemedy,
			"has changed since its lines were counted: one started at byte %d, but the file ends at byte %d", at.Block(), r.blocks.size)
	}
	e := bad(r.path, CodeChanged, changedRemedy,
		"has changed since its lines were counted: none starts at byte %d of the block at byte %d", at.Within(), at.Block())
	e.Err = err
	return e
}
