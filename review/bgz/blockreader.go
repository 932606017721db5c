package bgz

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"

	"garrod/review"
)

// blockReader cuts a file into its blocks, checks their headers and takes the
// SHA-256 of the file on the way.
type blockReader struct {
	path   string
	file   *os.File
	in     *bufio.Reader
	hash   hash.Hash
	blocks int64 // read so far
	size   int64 // bytes of them, which is where the next one starts
	eof    bool  // the last of them was the end-of-file block
}

// openBlocks opens the file at path and tells meter its size.
func openBlocks(path string, meter *review.Meter) (*blockReader, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	if st, err := f.Stat(); err == nil {
		meter.SetTotal(st.Size())
	}
	sum := sha256.New()
	return &blockReader{path: path, file: f, hash: sum, in: bufio.NewReaderSize(io.TeeReader(f, sum), 1<<20)}, nil
}

// close ends reading; what a read met was returned when it was met.
func (r *blockReader) close() { _ = r.file.Close() }

// summary is that of a file which was read to its end.
func (r *blockReader) summary(inflated int64) Summary {
	return Summary{Blocks: r.blocks, Size: r.size, Inflated: inflated, SHA256: hex.EncodeToString(r.hash.Sum(nil))}
}

// judgeEnd judges a file that ended between two blocks.
func (r *blockReader) judgeEnd() error {
	if !r.eof {
		return bad(r.path, CodeNoEOF, fetchAgain,
			"has no end-of-file block: it was cut exactly between two blocks, at byte %d", r.size)
	}
	return nil
}

// next returns the next block as it lies in the file, io.EOF after the last
// one. The slice is valid until the next call.
func (r *blockReader) next() ([]byte, error) {
	head, err := r.in.Peek(headerSize)
	switch {
	case len(head) == 0 && errors.Is(err, io.EOF):
		if r.blocks == 0 {
			return nil, notBGZF(r.path, KindEmpty)
		}
		return nil, io.EOF
	case err != nil && !errors.Is(err, io.EOF):
		return nil, unreadable(r.path, err)
	}
	if head, err = r.in.Peek(headerSize + maxExtra(head)); err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(r.path, err)
	}
	size, ok := blockSize(head)
	if !ok {
		return nil, r.noBlock()
	}
	if size < headerSize+maxExtra(head)+footerSize {
		return nil, damaged(r.path, r.size, "its size is too small for a block")
	}
	raw, err := r.in.Peek(size)
	if err != nil {
		if !errors.Is(err, io.EOF) {
			return nil, unreadable(r.path, err)
		}
		return nil, bad(r.path, CodeTruncated, fetchAgain,
			"is cut inside the block at byte %d: %d of its %d bytes are there", r.size, len(raw), size)
	}
	r.eof = size == len(eofBlock) && string(raw) == eofBlock
	r.blocks++
	r.size += int64(size)
	_, err = r.in.Discard(size)
	return raw, err
}

// noBlock words why there is no block where one should start.
func (r *blockReader) noBlock() error {
	head, _ := r.in.Peek(512)
	if r.blocks == 0 {
		if len(head) < headerSize && len(head) > 1 && string(head[:2]) == string(gzipMagic) {
			return bad(r.path, CodeTruncated, fetchAgain, "is cut inside the block at byte 0: %d bytes are there", len(head))
		}
		return notBGZF(r.path, sniff(head))
	}
	switch {
	case len(head) < headerSize+6 && len(head) > 1 && string(head[:2]) == string(gzipMagic):
		return bad(r.path, CodeTruncated, fetchAgain, "is cut inside the block at byte %d: %d bytes are there", r.size, len(head))
	case r.eof:
		return bad(r.path, CodeTrailing, fetchAgain, "has bytes after its end-of-file block, at byte %d", r.size)
	}
	return bad(r.path, CodeCorrupt, fetchAgain, "has no valid block header at byte %d", r.size)
}

func damaged(path string, at int64, why string) error {
	return bad(path, CodeCorrupt, fetchAgain, "the block at byte %d is damaged: %s", at, why)
}
