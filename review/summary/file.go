package summary

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// A file of a Summary is a magic number with the version, a frame with the
// fileHead, a frame for each block of each column, and an end mark. A frame is its
// length before and after compression and the CRC-32C of both and of what follows
// (4 bytes each, low byte first), and as many bytes of zstd.

// magic begins a file; its last byte is the version of what follows and of what
// the cells mean.
const magic = "garrod\x00\x01"

// endMark ends a file: a frame that could not be.
const endMark = "\xff\xff\xff\xffend\n"

const (
	blockCells = 1 << 17 // of a frame
	maxFrame   = 4 * blockCells
	maxHead    = 64 << 20 // bytes of the fileHead: up to a thousand bad records
)

// ErrNotSummary says that a file is no Summary of this version, or is damaged:
// make the Summary again.
var ErrNotSummary = errors.New("not a summary of this version, or damaged")

// fileHead is the first frame.
type fileHead struct {
	Head    Head      `json:"head"`
	Contigs []Stretch `json:"contigs"`
	Rows    int       `json:"rows"`
	Cells   []int     `json:"cells"` // of each column of the image
}

// goroutines is how many compress or decompress.
const goroutines = 2

// Write writes a Summary to w, compressed.
func Write(w io.Writer, s *Summary) error {
	m, err := imageOf(s)
	if err != nil {
		return err
	}
	ofRows, ofImage := columns(s, m)
	h := fileHead{Head: s.Head, Contigs: s.Contigs, Rows: s.Len()}
	for _, c := range ofImage {
		h.Cells = append(h.Cells, c.n)
	}
	head, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithWindowSize(maxFrame), zstd.WithEncoderConcurrency(goroutines), zstd.WithEncoderCRC(false),
		zstd.WithAllLitEntropyCompression(true))
	if err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	out := bufio.NewWriterSize(w, 1<<18)
	_, _ = out.WriteString(magic) // an error comes up in Flush
	writeFrame(out, len(head), z.EncodeAll(head, nil))
	writeColumns(out, z, append(ofImage, ofRows...))
	_, _ = out.WriteString(endMark)
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	return nil
}

func writeFrame(w *bufio.Writer, size int, packed []byte) {
	var start [frameStart]byte
	binary.LittleEndian.PutUint32(start[:], uint32(size))
	binary.LittleEndian.PutUint32(start[4:], uint32(len(packed)))
	binary.LittleEndian.PutUint32(start[8:], frameSum(start[:8], packed))
	_, _ = w.Write(start[:])
	_, _ = w.Write(packed)
}

// frameStart is how many bytes of a frame stand before the compressed ones.
const frameStart = 12

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func frameSum(lengths, packed []byte) uint32 {
	return crc32.Update(crc32.Checksum(lengths, castagnoli), castagnoli, packed)
}

// frame is a block of a column on its way.
type frame struct {
	column *cells
	first  int
	cells  int
	plain  []byte
	packed []byte
	done   chan struct{}
}

// frames gives the blocks of columns in the order of the file.
func frames(columns []cells, give func(c *cells, first, n int) bool) {
	for i := range columns {
		c := &columns[i]
		for first := 0; first < c.n; first += blockCells {
			if !give(c, first, min(blockCells, c.n-first)) {
				return
			}
		}
	}
}

// writeColumns compresses blocks on several goroutines and writes them in order.
func writeColumns(w *bufio.Writer, z *zstd.Encoder, all []cells) {
	jobs, order := make(chan *frame), make(chan *frame, goroutines)
	spare := make(chan *frame, 2*goroutines+2)
	var workers sync.WaitGroup
	for range goroutines {
		workers.Go(func() {
			for f := range jobs {
				f.plain = sized(f.plain, f.cells*f.column.width)
				f.column.put(f.plain, f.first)
				f.packed = z.EncodeAll(f.plain, f.packed[:0])
				f.done <- struct{}{}
			}
		})
	}
	workers.Go(func() {
		frames(all, func(c *cells, first, n int) bool {
			var f *frame
			select {
			case f = <-spare:
			default:
				f = &frame{done: make(chan struct{}, 1)}
			}
			f.column, f.first, f.cells = c, first, n
			order <- f
			jobs <- f
			return true
		})
		close(order)
		close(jobs)
	})
	for f := range order {
		<-f.done
		writeFrame(w, len(f.plain), f.packed)
		spare <- f
	}
	workers.Wait()
}

// sized returns b with n bytes.
func sized(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n, max(n, maxFrame))
	}
	return b[:n]
}

// Read reads the Summary that Write wrote to r; size is that of the file in
// bytes, and bounds the memory that is taken. Whatever is wrong with the file is
// ErrNotSummary.
func Read(ctx context.Context, r io.Reader, size int64) (*Summary, error) {
	in := bufio.NewReaderSize(r, 1<<18)
	s, err := read(ctx, in, size)
	switch {
	case err == nil:
		return s, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	return nil, fmt.Errorf("read summary: %w: %w", ErrNotSummary, err)
}

func read(ctx context.Context, in *bufio.Reader, size int64) (*Summary, error) {
	var first [len(magic)]byte
	if _, err := io.ReadFull(in, first[:]); err != nil {
		return nil, err
	}
	if string(first[:]) != magic {
		return nil, errors.New("it begins otherwise")
	}
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(goroutines), zstd.WithDecodeAllCapLimit(true), zstd.WithDecoderMaxWindow(maxFrame))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	h, err := readHead(in, z, size)
	if err != nil {
		return nil, err
	}
	s := &Summary{Head: h.Head, Contigs: h.Contigs, Calls: make([]Calls, len(h.Head.Samples))}
	m := &image{}
	ofImage, ofRows, err := promised(s, m, h, size)
	if err != nil {
		return nil, err
	}
	if err := readColumns(ctx, in, z, ofImage); err != nil {
		return nil, err
	}
	if err := readColumns(ctx, in, z, ofRows); err != nil {
		return nil, err
	}
	end, err := io.ReadAll(io.LimitReader(in, int64(len(endMark)+1)))
	if err != nil {
		return nil, err
	}
	if string(end) != endMark {
		return nil, errors.New("it does not end where it should")
	}
	return s, m.putTogether(s)
}

// Bounds of the memory that a file may ask for: so many times its own size, and
// what is spent on any file. Columns of a genome come to five times their file.
const (
	mostRatio = 200
	mostSmall = 64 << 20
)

// promised returns the columns with the number of cells that the head tells.
func promised(s *Summary, m *image, h *fileHead, size int64) (ofImage, ofRows []cells, err error) {
	ofRows, ofImage = columns(s, m)
	if len(h.Cells) != len(ofImage) || h.Rows < 0 || int64(h.Rows) > math.MaxUint32 {
		return nil, nil, errImage
	}
	limit := mostSmall + mostRatio*size
	memory := int64(0)
	for i := range ofImage {
		c := &ofImage[i]
		if c.n = h.Cells[i]; c.n < 0 || int64(c.n) > limit {
			return nil, nil, errImage
		}
		memory += int64(c.n) * int64(c.width)
	}
	for i := range ofRows {
		c := &ofRows[i]
		c.n = h.Rows
		memory += int64(c.n) * int64(c.width)
	}
	if memory > limit {
		return nil, nil, errImage
	}
	return ofImage, ofRows, nil
}

func readHead(in *bufio.Reader, z *zstd.Decoder, size int64) (*fileHead, error) {
	n, packed, err := readFrame(in, nil, int(min(maxHead, mostSmall+mostRatio*size)))
	if err != nil {
		return nil, err
	}
	plain, err := z.DecodeAll(packed, make([]byte, 0, n))
	if err != nil {
		return nil, err
	}
	if len(plain) != n {
		return nil, errImage
	}
	var h fileHead
	if err := json.Unmarshal(plain, &h); err != nil {
		return nil, err
	}
	return &h, nil
}

// readFrame reads a frame of at most most bytes into packed.
func readFrame(in *bufio.Reader, packed []byte, most int) (size int, _ []byte, err error) {
	var start [frameStart]byte
	if _, err := io.ReadFull(in, start[:]); err != nil {
		return 0, packed, err
	}
	size = int(binary.LittleEndian.Uint32(start[:]))
	n := int(binary.LittleEndian.Uint32(start[4:]))
	// What does not compress grows by less than a part in a hundred.
	if size > most || n > most+most/64+64 {
		return 0, packed, errors.New("a block is too long")
	}
	if cap(packed) < n {
		packed = make([]byte, n)
	}
	packed = packed[:n]
	if _, err := io.ReadFull(in, packed); err != nil {
		return 0, packed, err
	}
	if frameSum(start[:8], packed) != binary.LittleEndian.Uint32(start[8:]) {
		return 0, packed, errors.New("a checksum does not match")
	}
	return size, packed, nil
}

// readColumns reads blocks in order and decompresses them on several goroutines.
func readColumns(ctx context.Context, in *bufio.Reader, z *zstd.Decoder, all []cells) error {
	for _, c := range all {
		c.grow(c.n)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	jobs, spare := make(chan *frame), make(chan *frame, 2*goroutines)
	for range cap(spare) {
		spare <- &frame{}
	}
	var workers sync.WaitGroup
	for range goroutines {
		workers.Go(func() {
			for f := range jobs {
				if err := f.unpack(z); err != nil {
					cancel(err)
				}
				spare <- f
			}
		})
	}
	frames(all, func(c *cells, first, n int) bool {
		f := <-spare
		size, packed, err := readFrame(in, f.packed, maxFrame)
		f.packed = packed
		if err == nil && size != n*c.width {
			err = errImage
		}
		if err != nil {
			cancel(err)
		}
		if ctx.Err() != nil {
			return false
		}
		f.column, f.first, f.cells = c, first, n
		jobs <- f
		return true
	})
	close(jobs)
	workers.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

func (f *frame) unpack(z *zstd.Decoder) (err error) {
	n := f.cells * f.column.width
	f.plain = sized(f.plain, n)
	plain, err := z.DecodeAll(f.packed, f.plain[:0:n])
	if err != nil {
		return err
	}
	if len(plain) != n {
		return errImage
	}
	f.column.take(plain, f.first)
	return nil
}

// WriteFile writes a Summary to the file at path, which is there whole or not at
// all and may be read by its owner alone: it holds genotypes.
func WriteFile(path string, s *Summary) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".sum-*") // 0600
	if err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // what is left of an attempt
		}
	}()
	if err := errors.Join(Write(f, s), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	return nil
}

// ReadFile reads the Summary in the file at path. A file that is not there is
// fs.ErrNotExist; whatever else is wrong with it is ErrNotSummary.
func ReadFile(ctx context.Context, path string) (*Summary, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read summary: %w", err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("read summary: %w", err)
	}
	return Read(ctx, f, st.Size())
}
