package bgz

import (
	"context"
	"errors"
	"io"

	"garrod/review"
)

// Sizes of the format (SAM/BAM format specification, section 4.1).
const (
	maxBlock   = 1 << 16 // bytes of a block, compressed and not
	headerSize = 12      // of a gzip member, up to the length of the extra field
	footerSize = 8       // CRC32 and ISIZE
)

var gzipMagic = []byte{0x1f, 0x8b}

// Summary is what a walk over a whole file found.
type Summary struct {
	Blocks   int64  // BGZF blocks, empty ones included
	Size     int64  // bytes of the file
	Inflated int64  // bytes of the content
	SHA256   string // of the file as it lies on disk, in hexadecimal
}

// Block is one inflated block. Data is valid until the function it was given to
// returns.
type Block struct {
	Offset int64 // where the block starts in the file
	Data   []byte
}

// Inflater inflates the deflate stream of one block.
type Inflater interface {
	// Inflate writes what src holds to dst, whose length is the size the block
	// claims, and refuses when there is more or less.
	Inflate(dst, src []byte) error
}

// Walk reads the file at path from the first to the last block, checks the
// header, size and CRC32 of each, gives the content to fn (which may be nil)
// and takes the SHA-256 of the file on the way. meter counts bytes of the file.
//
// A file that is not sound gives an *review.InputError which names the byte
// where the bad block starts; what fn was given before it must not be used. An
// error of fn ends the walk and is returned as it is.
func Walk(ctx context.Context, path string, meter *review.Meter, fn func(Block) error) (Summary, error) {
	r, err := openBlocks(path, meter)
	if err != nil {
		return Summary{}, err
	}
	defer r.close()
	inflated, err := walk(ctx, r, meter, fn)
	if err != nil {
		return Summary{}, err
	}
	return r.summary(inflated), r.judgeEnd()
}

// CheckBlocks walks the file without using its content.
func CheckBlocks(ctx context.Context, path string, meter *review.Meter) (Summary, error) {
	return Walk(ctx, path, meter, nil)
}

// walk gives the content of all blocks to fn and returns its length.
func walk(ctx context.Context, r *blockReader, meter *review.Meter, fn func(Block) error) (inflated int64, err error) {
	u := newUnpacker(r.path)
	out := make([]byte, maxBlock)
	for {
		if r.blocks%64 == 0 {
			if err := ctx.Err(); err != nil {
				return 0, err
			}
		}
		at := r.size
		raw, err := r.next()
		if errors.Is(err, io.EOF) {
			return inflated, nil
		}
		if err != nil {
			return 0, err
		}
		n, err := u.unpack(out, raw, at)
		if err != nil {
			return 0, err
		}
		inflated += int64(n)
		meter.Add(int64(len(raw)))
		if fn != nil && n > 0 {
			if err := fn(Block{Offset: at, Data: out[:n]}); err != nil {
				return 0, err
			}
		}
	}
}
