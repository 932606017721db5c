package bgz

import "sort"

// Batch is a stretch of whole lines of a file.
type Batch struct {
	// Data holds the lines, each with its line feed; only the last line of the
	// file may lack it. It is valid until the function it was given to returns.
	Data []byte

	base   int // the index of Data[0] in what blocks counts
	blocks []blockStart
}

// blockStart tells where the content of a block starts in a stretch of inflated
// blocks.
type blockStart struct {
	at   int   // index of the first byte from this block
	file int64 // where the block starts in the file
	from int   // byte of the block's content that stands at index at
}

// Offset returns the virtual offset of Data[i], for i from 0 to below
// len(Data).
func (b *Batch) Offset(i int) Offset {
	i += b.base
	s := b.blocks[startOf(b.blocks, i)]
	return offsetOf(s.file, s.from+i-s.at)
}

// startOf returns which of the blocks byte i lies in.
func startOf(blocks []blockStart, i int) int {
	return sort.Search(len(blocks), func(k int) bool { return blocks[k].at > i }) - 1
}

// stitch joins a line that lies in several stretches.
type stitch struct {
	data   []byte
	blocks []blockStart
}

// add appends the bytes of all, whose blocks are given, from begin up to end.
func (s *stitch) add(all []byte, blocks []blockStart, begin, end int) {
	if begin == end {
		return
	}
	for k := startOf(blocks, begin); k < len(blocks) && blocks[k].at < end; k++ {
		b := blocks[k]
		if skip := begin - b.at; skip > 0 {
			b.at, b.from = b.at+skip, b.from+skip
		}
		b.at += len(s.data) - begin
		s.blocks = append(s.blocks, b)
	}
	s.data = append(s.data, all[begin:end]...)
}

// join appends what t holds.
func (s *stitch) join(t *stitch) { s.add(t.data, t.blocks, 0, len(t.data)) }

// length is that of the line without its line feed.
func (s *stitch) length() int {
	n := len(s.data)
	if n > 0 && s.data[n-1] == '\n' {
		n--
	}
	return n
}

// batch is the joined line. It is valid until clear.
func (s *stitch) batch() *Batch { return &Batch{Data: s.data, blocks: s.blocks} }

// clear makes it ready for the next line and gives back what a long one took.
func (s *stitch) clear() {
	s.data, s.blocks = s.data[:0], s.blocks[:0]
	if cap(s.data) > 1<<20 {
		s.data, s.blocks = nil, nil
	}
}
