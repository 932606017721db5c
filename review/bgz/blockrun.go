package bgz

import (
	"bytes"
	"slices"
)

// How much a run holds. The content is bounded too, for a block may hold a
// thousand times its size.
const (
	runBytes   = 256 << 10
	runContent = 4 << 20
)

// blockRun is a run of whole blocks as they lie in the file.
type blockRun struct {
	at      int64 // where the first one starts
	raw     []byte
	sizes   []int // of the blocks in raw
	claimed int   // the size of their content, as they say
	after   error // why it ends here: io.EOF at the end of the file; nil where more follows
}

// fill reads the next run.
func (r *blockReader) fill(n *blockRun) {
	n.at, n.raw, n.sizes, n.claimed, n.after = r.size, n.raw[:0], n.sizes[:0], 0, nil
	for len(n.raw) < runBytes && n.claimed < runContent {
		raw, err := r.next()
		if err != nil {
			n.after = err
			return
		}
		n.raw = append(n.raw, raw...)
		n.sizes = append(n.sizes, len(raw))
		n.claimed += claimedSize(raw)
	}
}

// content is what a run of blocks holds.
type content struct {
	data   []byte
	blocks []blockStart // of those that are not empty
}

// unpackRun unpacks the blocks of n to c. The first that is not sound ends both.
// So does a first block of the file that holds no text.
func (u *unpacker) unpackRun(c *content, n *blockRun) {
	c.data, c.blocks = slices.Grow(c.data[:0], n.claimed), c.blocks[:0]
	raw, at := n.raw, n.at
	for _, size := range n.sizes {
		have := len(c.data)
		got, err := u.unpack(c.data[have:cap(c.data)], raw[:size], at)
		if err == nil && at == 0 {
			err = binaryContent(u.path, c.data[:got])
		}
		if err != nil {
			n.after = err
			return
		}
		if got > 0 {
			c.data = c.data[:have+got]
			c.blocks = append(c.blocks, blockStart{at: have, file: at, from: 0})
		}
		raw, at = raw[size:], at+int64(size)
	}
}

// cut is the content of a run cut at line ends: the end of a line that began
// before it, whole lines, and the start of one that ends behind it. The first
// and the last are copies.
type cut struct {
	size       int  // of the content
	ended      bool // it has a line end; all of it is head where not
	whole      bool // it has whole lines
	head, tail stitch
}

// take cuts c and returns the whole lines, nil when there are none. What the
// first run of a file starts with is the start of a line.
func (l *cut) take(c *content, first bool) *Batch {
	l.head.clear()
	l.tail.clear()
	l.size, l.ended, l.whole = len(c.data), true, false
	begin := 0
	if !first {
		begin = bytes.IndexByte(c.data, '\n') + 1
		if begin == 0 {
			l.ended = false
			l.head.add(c.data, c.blocks, 0, len(c.data))
			return nil
		}
	}
	end := bytes.LastIndexByte(c.data, '\n') + 1
	l.head.add(c.data, c.blocks, 0, begin)
	l.tail.add(c.data, c.blocks, end, len(c.data))
	if begin >= end {
		return nil
	}
	l.whole = true
	return &Batch{Data: c.data[begin:end], base: begin, blocks: c.blocks}
}
