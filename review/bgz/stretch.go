package bgz

import (
	"bytes"
	"errors"
	"io"
	"strconv"
)

// errStop ends a chunk, and the region with it, without an error.
var errStop = errors.New("stop")

// stretch tells for each line of a look-up whether it belongs to the region.
type stretch struct {
	r      *Reader
	contig string // as the file writes it
	last   int64  // 1-based
	fn     func([]byte, Offset) error

	end   Offset // of the chunk
	begun bool   // the chunk has given a record of the contig
	next  Offset // chunks may touch: no line is given twice
}

// line answers errStop at the end of the region and io.EOF at the end of the
// chunk. The first line behind a chunk is looked at too: an indexer that passes
// over a line it cannot read leaves it outside every chunk.
func (s *stretch) line(line []byte, at Offset) error {
	if len(line) == 0 || len(line) == 1 && line[0] == '\r' {
		return nil // bcftools and tabix pass over empty lines too
	}
	name, pos, ok := place(line)
	known := s.r.x.Has(string(name))
	other := known && string(name) != s.contig
	switch {
	case !ok && other && !s.begun && at < s.end:
		return nil // the last line of the contig before, which the indexer passed over
	case !ok && !other && (s.begun || known):
		return s.broken(at, "POS", "no position that can be read")
	case at >= s.end:
		return io.EOF
	case !ok && !other, !s.begun && string(name) != s.contig:
		return s.r.foreign(s.contig)
	case !known:
		return s.broken(at, "CHROM", "a contig that the index does not know")
	case other, pos > s.last:
		return errStop
	}
	s.begun = true
	if at < s.next {
		return nil
	}
	s.next = at + 1
	return s.fn(line, at)
}

func (s *stretch) broken(at Offset, field, what string) error {
	e := bad(s.r.path, CodeRecordBroken, `Run "garrod vcf check `+s.r.path+`", which names its line, and mend the step that made the file`,
		"a line among the records of %s has %s (byte %d of the block at byte %d): what follows it would be lost",
		s.contig, what, at.Within(), at.Block())
	e.Field = field
	return e
}

// place reads the first two columns of a record. contig is given even where the
// position cannot be read.
func place(line []byte) (contig []byte, pos int64, ok bool) {
	i := bytes.IndexByte(line, '\t')
	if i <= 0 || line[0] == '#' {
		return nil, 0, false
	}
	j := bytes.IndexByte(line[i+1:], '\t')
	if j <= 0 {
		return line[:i], 0, false
	}
	pos, err := strconv.ParseInt(string(line[i+1:i+1+j]), 10, 64)
	return line[:i], pos, err == nil
}
