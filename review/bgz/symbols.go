package bgz

import "encoding/binary"

// What symbolsFast may read and write in one turn beyond where it stands: two
// times eight bytes of the stream, three literals and a match of 258 bytes that
// is copied in pieces.
const (
	wide     = 16 // bytes of a piece
	slackIn  = 16
	slackOut = 3 + 258 + wide
)

// symbols inflates a block that is coded with literal and dist.
func (f *blockInflater) symbols(literal, dist *huffman) error {
	for {
		if err := f.symbolsFast(literal, dist); err != nil {
			return err
		}
		if done, err := f.symbol(literal, dist); done || err != nil {
			return err
		}
	}
}

// symbolsFast inflates as long as neither end is near, so that nothing need be
// counted, and no symbol comes that is not usual: the end of the block, or one
// whose word is longer than the table is wide.
func (f *blockInflater) symbolsFast(literal, dist *huffman) error {
	src, dst, pos, out, hold, n := f.src, f.dst, f.pos, f.out, f.hold, f.n
	for pos <= len(src)-slackIn && out <= len(dst)-slackOut {
		// Fill hold to 56 bits or more. The bits above n are those of the byte
		// at pos: the next fill puts the same there.
		hold |= binary.LittleEndian.Uint64(src[pos:]) << (n & 63)
		pos += int(63-n) >> 3
		n |= 56
		// Three words of the table and a length take 50 bits at most.
		e := literal.table[hold&(1<<literalBits-1)]
		if e&literalFlag != 0 {
			dst[out] = byte(e >> 16)
			out++
			hold >>= e.take()
			n -= e.take()
			if e = literal.table[hold&(1<<literalBits-1)]; e&literalFlag != 0 {
				dst[out] = byte(e >> 16)
				out++
				hold >>= e.take()
				n -= e.take()
				if e = literal.table[hold&(1<<literalBits-1)]; e&literalFlag != 0 {
					dst[out] = byte(e >> 16)
					out++
					hold >>= e.take()
					n -= e.take()
					continue
				}
			}
		}
		if e&specialFlag != 0 {
			break
		}
		length := e.extra(hold)
		hold >>= e.take()
		n -= e.take()
		if n < maxWidth+13 {
			hold |= binary.LittleEndian.Uint64(src[pos:]) << (n & 63)
			pos += int(63-n) >> 3
			n |= 56
		}
		if e = dist.table[hold&(1<<distBits-1)]; e == longCode {
			e = dist.findLong(hold)
		}
		if e&specialFlag != 0 {
			return errStream
		}
		back := e.extra(hold)
		hold >>= e.take()
		n -= e.take()
		if back > out {
			return errTooFar
		}
		end := out + length
		if back < wide {
			copyNear(dst, out, back, length)
			out = end
			continue
		}
		// Most matches are no longer than four pieces: to copy as many without
		// asking costs less than a branch that is guessed wrong.
		from, to := dst[out-back:][:4*wide], dst[out:][:4*wide]
		*(*[wide]byte)(to) = [wide]byte(from)
		*(*[wide]byte)(to[wide:]) = [wide]byte(from[wide:])
		*(*[wide]byte)(to[2*wide:]) = [wide]byte(from[2*wide:])
		*(*[wide]byte)(to[3*wide:]) = [wide]byte(from[3*wide:])
		for out += 4 * wide; out < end; out += wide {
			*(*[wide]byte)(dst[out:]) = [wide]byte(dst[out-back:])
		}
		out = end
	}
	f.pos, f.out, f.hold, f.n = pos, out, hold&(1<<n-1), n
	return nil
}

// copyNear repeats at out the length bytes that lie back bytes before it, fewer
// than a piece. It may write a piece less a byte more: dst must have the room.
func copyNear(dst []byte, out, back, length int) {
	end := out + length
	for i := range wide {
		dst[out+i] = dst[out+i-back]
	}
	back *= (wide - 1 + back) / back // the pattern repeats: a whole piece can be taken at once
	for out += wide; out < end; out += wide {
		*(*[wide]byte)(dst[out:]) = [wide]byte(dst[out-back:])
	}
}

// symbol inflates one symbol, counting what is left at both ends.
func (f *blockInflater) symbol(literal, dist *huffman) (done bool, err error) {
	f.fill()
	e := literal.find(f.hold)
	switch {
	case e&literalFlag != 0:
		if err := f.drop(e.width()); err != nil {
			return false, err
		}
		if f.out == len(f.dst) {
			return false, errSize
		}
		f.dst[f.out] = byte(e >> 16)
		f.out++
		return false, nil
	case e&specialFlag != 0:
		if !e.ends() {
			return false, errStream
		}
		return true, f.drop(e.take())
	}
	length := e.extra(f.hold)
	if err := f.drop(e.take()); err != nil {
		return false, err
	}
	f.fill()
	if e = dist.find(f.hold); e&specialFlag != 0 {
		return false, errStream
	}
	back := e.extra(f.hold)
	if err := f.drop(e.take()); err != nil {
		return false, err
	}
	switch {
	case back > f.out:
		return false, errTooFar
	case length > len(f.dst)-f.out:
		return false, errSize
	}
	for range length {
		f.dst[f.out] = f.dst[f.out-back]
		f.out++
	}
	return false, nil
}
