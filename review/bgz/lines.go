package bgz

import (
	"bytes"
	"context"

	"garrod/review"
)

// Offset is a virtual offset: the byte of the file at which a block starts in
// the upper 48 bits, the byte within the inflated block in the lower 16.
type Offset uint64

func offsetOf(block int64, within int) Offset { return Offset(uint64(block)<<16 | uint64(within)) }

// Block returns the byte of the file at which the block starts.
func (o Offset) Block() int64 { return int64(o >> 16) }

// Within returns the byte within the inflated block.
func (o Offset) Within() int { return int(o & 0xffff) }

// MaxLine is the longest line in bytes that is read. Lines of real files reach
// some hundreds of kilobytes (long REF, thousands of samples); the limit keeps
// a file without line ends from filling the memory.
const MaxLine = 256 << 20

// Lines walks the whole file as Walk does and gives its lines to fn, without
// their line feed, with the virtual offset of their first byte. line is valid
// until fn returns. A last line without a line feed is given too. Content that is
// not text (BAM, BCF, an index) is refused by name.
func Lines(ctx context.Context, path string, meter *review.Meter, fn func(line []byte, at Offset) error) (Summary, error) {
	s := splitter{path: path, fn: fn}
	sum, err := Walk(ctx, path, meter, func(b Block) error {
		if b.Offset == 0 {
			if err := binaryContent(path, b.Data); err != nil {
				return err
			}
		}
		return s.blockFrom(b.Data, b.Offset, 0)
	})
	if err != nil {
		return sum, err
	}
	if s.open {
		if err := fn(s.part, s.at); err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// splitter cuts blocks into lines. Only a line that crosses blocks is copied.
type splitter struct {
	path string
	fn   func([]byte, Offset) error
	part []byte // the start of a line whose end is in a later block
	at   Offset // where part starts
	open bool   // a line has begun
}

// blockFrom takes the content of the block at base from the byte within on.
func (s *splitter) blockFrom(data []byte, base int64, within int) error {
	for len(data) > 0 {
		i := bytes.IndexByte(data, '\n')
		if i < 0 {
			return s.keep(data, offsetOf(base, within))
		}
		line, at := data[:i], offsetOf(base, within)
		if s.open {
			if err := s.keep(line, at); err != nil {
				return err
			}
			line, at = s.part, s.at
			s.open = false
		}
		if err := s.fn(line, at); err != nil {
			return err
		}
		s.part = s.part[:0]
		data, within = data[i+1:], within+i+1
	}
	return nil
}

func (s *splitter) keep(data []byte, at Offset) error {
	if !s.open {
		s.at, s.open = at, true
	}
	if len(s.part)+len(data) > MaxLine {
		return tooLong(s.path, s.at)
	}
	s.part = append(s.part, data...)
	return nil
}

func tooLong(path string, at Offset) error {
	return bad(path, CodeLineTooLong, "Check that the file is a VCF", "has a line of more than %d bytes, at byte %d", MaxLine, at.Block())
}
