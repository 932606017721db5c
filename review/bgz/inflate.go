package bgz

import (
	"encoding/binary"
	"errors"
)

// What is wrong with a deflate stream.
var (
	errSize    = errors.New("size differs from what the block claims")
	errCut     = errors.New("the stream ends too early")
	errStream  = errors.New("the stream is no deflate stream")
	errCodes   = errors.New("a code of the stream is incomplete or over-subscribed")
	errTooFar  = errors.New("a match starts before the content")
	errNoWidth = errors.New("the widths of the codes are wrong")
)

// blockInflater inflates the streams of blocks (RFC 1951) one after the other.
// The whole stream and the size of its content are known, which spares the
// window and the state machine of a reader. It refuses just what compress/flate
// refuses. Use it from one goroutine at a time.
type blockInflater struct {
	src, dst []byte
	pos, out int    // what of them is done
	hold     uint64 // bits taken from src and not yet used, the next one lowest
	n        uint   // how many; the bits above them are 0

	width, literal, dist    huffman // as sent with the present block
	fixedLiteral, fixedDist huffman
	fixed                   bool // the fixed codes are made
	widths                  [maxLiteral + maxDist]uint8
}

func newInflater() Inflater { return &blockInflater{} }

// Inflate implements Inflater.
func (f *blockInflater) Inflate(dst, src []byte) error {
	f.src, f.dst, f.pos, f.out, f.hold, f.n = src, dst, 0, 0, 0, 0
	defer func() { f.src, f.dst = nil, nil }()
	for last := false; !last; {
		head, err := f.bits(3)
		if err != nil {
			return err
		}
		last = head&1 != 0
		if err := f.part(head >> 1); err != nil {
			return err
		}
	}
	if f.out != len(dst) || f.pos-int(f.n/8) != len(src) {
		return errSize
	}
	return nil
}

// part inflates one of the blocks that the stream consists of.
func (f *blockInflater) part(kind int) error {
	switch kind {
	case 0:
		return f.stored()
	case 1:
		f.makeFixed()
		return f.symbols(&f.fixedLiteral, &f.fixedDist)
	case 2:
		if err := f.readCodes(); err != nil {
			return err
		}
		return f.symbols(&f.literal, &f.dist)
	}
	return errStream
}

// fill takes bytes from src until there are 56 to 63 bits in hold, or no more
// bytes.
func (f *blockInflater) fill() {
	for f.n < 56 && f.pos < len(f.src) {
		f.hold |= uint64(f.src[f.pos]) << f.n
		f.pos++
		f.n += 8
	}
}

// drop uses n bits up.
func (f *blockInflater) drop(n uint) error {
	if n > f.n {
		return errCut
	}
	f.hold >>= n
	f.n -= n
	return nil
}

// bits reads a number of n bits.
func (f *blockInflater) bits(n uint) (int, error) {
	f.fill()
	v := int(f.hold & (1<<n - 1))
	return v, f.drop(n)
}

// stored copies a block that is not compressed. It starts at the next byte.
func (f *blockInflater) stored() error {
	f.pos -= int(f.n / 8)
	f.hold, f.n = 0, 0
	rest := f.src[f.pos:]
	if len(rest) < 4 {
		return errCut
	}
	size := binary.LittleEndian.Uint16(rest)
	if size != ^binary.LittleEndian.Uint16(rest[2:]) {
		return errStream
	}
	n := int(size)
	if len(rest)-4 < n {
		return errCut
	}
	if len(f.dst)-f.out < n {
		return errSize
	}
	f.out += copy(f.dst[f.out:], rest[4:4+n])
	f.pos += 4 + n
	return nil
}

// makeFixed makes the codes of RFC 1951, section 3.2.6.
func (f *blockInflater) makeFixed() {
	if f.fixed {
		return
	}
	var widths [288]uint8
	for i := range widths {
		switch {
		case i < 144 || i >= 280:
			widths[i] = 8
		case i < 256:
			widths[i] = 9
		default:
			widths[i] = 7
		}
	}
	f.fixedLiteral.build(literalBits, widths[:], literalEntries[:])
	for i := range 32 {
		widths[i] = 5
	}
	f.fixedDist.build(distBits, widths[:32], distEntries[:])
	f.fixed = true
}

// readCodes reads the codes of a block that brings its own (RFC 1951, section
// 3.2.7).
func (f *blockInflater) readCodes() error {
	head, err := f.bits(14)
	if err != nil {
		return err
	}
	literals, dists, sent := head&31+257, head>>5&31+1, head>>10+4
	if literals > maxLiteral || dists > maxDist {
		return errNoWidth
	}
	order := [numWidths]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
	var widths [numWidths]uint8
	for _, i := range order[:sent] {
		w, err := f.bits(3)
		if err != nil {
			return err
		}
		widths[i] = uint8(w)
	}
	if !f.width.build(widthBits, widths[:], widthEntries[:]) {
		return errCodes
	}
	all := f.widths[:literals+dists]
	if err := f.readWidths(all); err != nil {
		return err
	}
	if !f.literal.build(literalBits, all[:literals], literalEntries[:]) || !f.dist.build(distBits, all[literals:], distEntries[:]) {
		return errCodes
	}
	return nil
}

// readWidths fills all with the widths of words, which come with repeats.
func (f *blockInflater) readWidths(all []uint8) error {
	for i := 0; i < len(all); {
		f.fill()
		e := f.width.find(f.hold)
		if e&specialFlag != 0 {
			return errNoWidth
		}
		if err := f.drop(e.take()); err != nil {
			return err
		}
		if e.value() < 16 {
			all[i] = uint8(e.value())
			i++
			continue
		}
		w, times, more := uint8(0), 3, uint(3)
		switch e.value() {
		case 16:
			if i == 0 {
				return errNoWidth
			}
			w, more = all[i-1], 2
		case 18:
			times, more = 11, 7
		}
		n, err := f.bits(more)
		if err != nil {
			return err
		}
		if times += n; times > len(all)-i {
			return errNoWidth
		}
		for range times {
			all[i] = w
			i++
		}
	}
	return nil
}
