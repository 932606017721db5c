package bgz

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
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
	f, err := openFile(path)
	if err != nil {
		return Summary{}, err
	}
	defer f.Close()
	if st, err := f.Stat(); err == nil {
		meter.SetTotal(st.Size())
	}
	hash := sha256.New()
	w := &walker{
		path:  path,
		in:    bufio.NewReaderSize(io.TeeReader(f, hash), 1<<20),
		codec: newInflater(),
		meter: meter,
		out:   make([]byte, maxBlock),
	}
	if err := w.run(ctx, fn); err != nil {
		return Summary{}, err
	}
	w.sum.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return w.sum, w.judgeEnd()
}

// CheckBlocks walks the file without using its content.
func CheckBlocks(ctx context.Context, path string, meter *review.Meter) (Summary, error) {
	return Walk(ctx, path, meter, nil)
}

// walker holds the state of one walk.
type walker struct {
	path  string
	in    *bufio.Reader
	codec Inflater
	meter *review.Meter
	out   []byte
	sum   Summary
	eof   bool // the last block was the end-of-file block
}

func (w *walker) run(ctx context.Context, fn func(Block) error) error {
	for {
		if w.sum.Blocks%64 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		raw, err := w.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := w.inflate(raw)
		if err != nil {
			return err
		}
		at := w.sum.Size
		w.sum.Blocks++
		w.sum.Size += int64(len(raw))
		w.sum.Inflated += int64(len(data))
		w.meter.Add(int64(len(raw)))
		if fn != nil && len(data) > 0 {
			if err := fn(Block{Offset: at, Data: data}); err != nil {
				return err
			}
		}
	}
}

// judgeEnd judges a file that ended between two blocks.
func (w *walker) judgeEnd() error {
	if !w.eof {
		return bad(w.path, CodeNoEOF, fetchAgain,
			"has no end-of-file block: it was cut exactly between two blocks, at byte %d", w.sum.Size)
	}
	return nil
}

// next returns the next block as it lies in the file, io.EOF after the last
// one. The slice is valid until the next call.
func (w *walker) next() ([]byte, error) {
	head, err := w.in.Peek(headerSize)
	switch {
	case len(head) == 0 && errors.Is(err, io.EOF):
		if w.sum.Blocks == 0 {
			return nil, notBGZF(w.path, KindEmpty)
		}
		return nil, io.EOF
	case err != nil && !errors.Is(err, io.EOF):
		return nil, unreadable(w.path, err)
	}
	head, _ = w.in.Peek(headerSize + maxExtra(head))
	size, ok := blockSize(head)
	if !ok {
		return nil, w.noBlock()
	}
	if size < headerSize+maxExtra(head)+footerSize {
		return nil, w.corrupt("its size is too small for a block")
	}
	raw, err := w.in.Peek(size)
	if err != nil {
		if !errors.Is(err, io.EOF) {
			return nil, unreadable(w.path, err)
		}
		return nil, bad(w.path, CodeTruncated, fetchAgain,
			"is cut inside the block at byte %d: %d of its %d bytes are there", w.sum.Size, len(raw), size)
	}
	w.eof = size == len(eofBlock) && string(raw) == eofBlock
	_, err = w.in.Discard(size)
	return raw, err
}

// noBlock words why there is no block where one should start.
func (w *walker) noBlock() error {
	head, _ := w.in.Peek(512)
	if w.sum.Blocks == 0 {
		if len(head) < headerSize && len(head) > 1 && string(head[:2]) == string(gzipMagic) {
			return bad(w.path, CodeTruncated, fetchAgain, "is cut inside the block at byte 0: %d bytes are there", len(head))
		}
		return notBGZF(w.path, sniff(head))
	}
	switch {
	case len(head) < headerSize+6 && len(head) > 1 && string(head[:2]) == string(gzipMagic):
		return bad(w.path, CodeTruncated, fetchAgain, "is cut inside the block at byte %d: %d bytes are there", w.sum.Size, len(head))
	case w.eof:
		return bad(w.path, CodeTrailing, fetchAgain, "has bytes after its end-of-file block, at byte %d", w.sum.Size)
	}
	return bad(w.path, CodeCorrupt, fetchAgain, "has no valid block header at byte %d", w.sum.Size)
}

// inflate checks and unpacks one block.
func (w *walker) inflate(raw []byte) ([]byte, error) {
	extra := maxExtra(raw)
	foot := raw[len(raw)-footerSize:]
	size := binary.LittleEndian.Uint32(foot[4:])
	if size > maxBlock {
		return nil, w.corrupt("its content is said to be larger than 65,536 bytes")
	}
	data := w.out[:size]
	if err := w.codec.Inflate(data, raw[headerSize+extra:len(raw)-footerSize]); err != nil {
		return nil, w.corrupt("it does not inflate")
	}
	if crc32.ChecksumIEEE(data) != binary.LittleEndian.Uint32(foot) {
		return nil, w.corrupt("its checksum (CRC32) does not match")
	}
	return data, nil
}

func (w *walker) corrupt(why string) error {
	return bad(w.path, CodeCorrupt, fetchAgain, "the block at byte %d is damaged: %s", w.sum.Size, why)
}
