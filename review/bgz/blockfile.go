package bgz

import (
	"errors"
	"io"
	"os"
	"time"
)

const (
	keptBlocks = 8        // inflated blocks that a blockFile keeps
	readAhead  = 32 << 10 // bytes of a file that are read at once where a block is looked for
)

// blockFile gives the blocks of a file by where they start, and keeps the last
// ones. It never moves the handle. Use it from one goroutine at a time.
type blockFile struct {
	path     string
	file     *os.File
	size     int64
	modified time.Time

	unpacker *unpacker
	ahead    []byte // bytes of the file from aheadAt on
	aheadAt  int64
	kept     []*keptBlock
	uses     int64
}

// keptBlock is an inflated block.
type keptBlock struct {
	at, next int64 // where it starts, and the block behind it
	data     []byte
	used     int64 // the use it was last needed for
}

func openBlockFile(path string) (*blockFile, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	st, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, unreadable(path, err)
	}
	return &blockFile{path: path, file: f, size: st.Size(), modified: st.ModTime(), unpacker: newUnpacker(path)}, nil
}

func (b *blockFile) close() error { return b.file.Close() }

// unchanged reports whether the file is still as it was when it was opened, as
// far as size and time tell.
func (b *blockFile) unchanged() error {
	st, err := b.file.Stat()
	if err != nil {
		return unreadable(b.path, err)
	}
	if st.Size() != b.size || !st.ModTime().Equal(b.modified) {
		return bad(b.path, CodeChanged, changedRemedy, "has changed since it was opened")
	}
	return nil
}

// block returns the block that starts at byte at, io.EOF where the file ends
// there. Its data is valid until the next call but keptBlocks-1, and must not be
// changed.
func (b *blockFile) block(at int64) (*keptBlock, error) {
	b.uses++
	oldest := 0
	for i, k := range b.kept {
		if k.at == at {
			k.used = b.uses
			return k, nil
		}
		if k.used < b.kept[oldest].used {
			oldest = i
		}
	}
	raw, err := b.raw(at)
	if err != nil {
		return nil, err
	}
	if len(b.kept) < keptBlocks {
		oldest = len(b.kept)
		b.kept = append(b.kept, &keptBlock{data: make([]byte, maxBlock)})
	}
	k := b.kept[oldest]
	k.at = -1 // until it holds what it says
	n, err := b.unpacker.unpack(k.data[:maxBlock], raw, at)
	if err != nil {
		return nil, err
	}
	k.at, k.next, k.data, k.used = at, at+int64(len(raw)), k.data[:n], b.uses
	return k, nil
}

// raw returns the block that starts at byte at as it lies in the file. It is
// valid until the next call.
func (b *blockFile) raw(at int64) ([]byte, error) {
	head, err := b.bytes(at, headerSize+6)
	if err != nil {
		return nil, err
	}
	if len(head) == 0 {
		return nil, io.EOF
	}
	if extra := maxExtra(head); headerSize+extra > len(head) {
		if head, err = b.bytes(at, headerSize+extra); err != nil {
			return nil, err
		}
	}
	size, ok := blockSize(head)
	if !ok {
		return nil, bad(b.path, CodeCorrupt, fetchAgain, "has no valid block header at byte %d", at)
	}
	if size < headerSize+maxExtra(head)+footerSize {
		return nil, damaged(b.path, at, "its size is too small for a block")
	}
	raw, err := b.bytes(at, size)
	if err != nil {
		return nil, err
	}
	if len(raw) < size {
		return nil, bad(b.path, CodeTruncated, fetchAgain,
			"is cut inside the block at byte %d: %d of its %d bytes are there", at, len(raw), size)
	}
	return raw[:size], nil
}

// bytes returns the bytes of the file from at on: n and more, fewer only at its
// end.
func (b *blockFile) bytes(at int64, n int) ([]byte, error) {
	if skip := at - b.aheadAt; skip >= 0 && skip+int64(n) <= int64(len(b.ahead)) {
		return b.ahead[skip:], nil
	}
	if b.ahead == nil {
		b.ahead = make([]byte, 0, 2*maxBlock)
	}
	got, err := b.file.ReadAt(b.ahead[:max(n, readAhead)], at)
	if err != nil && !errors.Is(err, io.EOF) {
		b.ahead = b.ahead[:0]
		return nil, unreadable(b.path, err)
	}
	b.ahead, b.aheadAt = b.ahead[:got], at
	return b.ahead, nil
}
