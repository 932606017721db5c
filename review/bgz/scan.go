package bgz

import (
	"context"

	"garrod/review"
)

// Batch is a stretch of whole lines of a file.
type Batch struct {
	// Data holds the lines, each with its line feed; only the last line of the
	// file may lack it. It is valid until the function it was given to returns.
	Data []byte

	blocks []blockStart
}

// blockStart tells where the content of a block starts in a Batch.
type blockStart struct {
	at   int   // index into Data of the first byte from this block
	file int64 // where the block starts in the file
	from int   // byte of the block's content that stands at index at
}

// Offset returns the virtual offset of Data[i].
func (b *Batch) Offset(i int) Offset {
	n := len(b.blocks) - 1
	for n > 0 && b.blocks[n].at > i {
		n--
	}
	s := b.blocks[n]
	return offsetOf(s.file, s.from+i-s.at)
}

// Scan reads the whole file as Walk does, with the same checks, on several
// goroutines. work is called with every stretch of lines, each call with the
// number (from 0, below workers) of the goroutine it runs on, and turns it into
// a T; collect is given all of them in the order of the file, by one goroutine at
// a time, and may hand T's memory back by giving it to recycle of the same
// worker's next call, which is the caller's business. Lines that cross two
// stretches come as a Batch of their own. An error of work or collect ends the
// scan and is returned as it is. Every goroutine has ended when Scan returns.
func Scan[T any](ctx context.Context, path string, meter *review.Meter, workers int,
	work func(worker int, b *Batch) (T, error), collect func(T) error) (Summary, error) {
	return Lines(ctx, path, meter, func(line []byte, at Offset) error {
		data := append(append(make([]byte, 0, len(line)+1), line...), '\n')
		t, err := work(0, &Batch{Data: data, blocks: []blockStart{{0, at.Block(), at.Within()}}})
		if err != nil {
			return err
		}
		return collect(t)
	})
}
