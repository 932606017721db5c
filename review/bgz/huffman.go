package bgz

import "math/bits"

// Sizes of the codes of deflate (RFC 1951, section 3.2).
const (
	maxWidth   = 15  // bits of the longest code word
	maxLiteral = 286 // symbols of a literal and length code
	maxDist    = 30  // symbols of a distance code
	numWidths  = 19  // symbols of the code that the other two are sent in

	literalBits = 10 // of the look-up tables
	distBits    = 9
	widthBits   = 7
)

// entry is what a code word stands for:
//
//	bits 0-5    bits to take from the stream: the word and the extra bits
//	bit  6      a literal
//	bit  7      neither a literal nor a length or distance: see value
//	bits 8-11   bits of the word
//	bits 16-31  value: a literal, the base of a length or distance, a symbol
type entry uint32

const (
	literalFlag entry = 1 << 6
	specialFlag entry = 1 << 7

	endOfBlock = specialFlag | 1<<16
	badCode    = specialFlag | 2<<16
	longCode   = specialFlag | 3<<16 // the word is longer than the table is wide, or there is none
)

func (e entry) take() uint  { return uint(e & 63) }
func (e entry) width() uint { return uint(e >> 8 & 15) }
func (e entry) value() int  { return int(e >> 16) }

// ends reports whether e, which is special, ends the block.
func (e entry) ends() bool { return e>>16 == endOfBlock>>16 }

// extra returns the base of a length or distance with its extra bits added.
func (e entry) extra(hold uint64) int {
	return int(e>>16) + int(hold&(1<<e.take()-1)>>e.width())
}

// ofWidth is e as a word of w bits.
func (e entry) ofWidth(w uint8) entry { return e + entry(w) | entry(w)<<8 }

// literalEntries, distEntries and widthEntries are the symbols of the three
// codes, without their widths. The two symbols beyond maxLiteral and maxDist
// that the fixed codes have words for are not allowed in a stream.
var (
	literalEntries = makeLiterals()
	distEntries    = makeDistances()
	widthEntries   = makeWidths()
)

func makeLiterals() (all [288]entry) {
	for i := range 256 {
		all[i] = literalFlag | entry(i)<<16
	}
	all[256] = endOfBlock
	base := 3
	for i := range 28 {
		extra := max(i/4-1, 0)
		all[257+i] = entry(base)<<16 | entry(extra)
		base += 1 << extra
	}
	all[285] = 258 << 16
	all[286], all[287] = badCode, badCode
	return all
}

func makeDistances() (all [32]entry) {
	base := 1
	for i := range maxDist {
		extra := max(i/2-1, 0)
		all[i] = entry(base)<<16 | entry(extra)
		base += 1 << extra
	}
	all[30], all[31] = badCode, badCode
	return all
}

func makeWidths() (all [numWidths]entry) {
	for i := range all {
		all[i] = entry(i) << 16
	}
	return all
}

// huffman is a prefix code, looked up by the next bits of the stream. Words too
// long for the table are found by their place among the words of their width.
type huffman struct {
	bits   uint // of the table's index
	table  [1 << literalBits]entry
	first  [maxWidth + 1]int // the first word of a width
	count  [maxWidth + 1]int // the words of a width
	start  [maxWidth + 1]int // where the words of a width start in sorted
	sorted [288]entry
}

// build makes the code in which symbol i has a word of widths[i] bits, none
// where that is 0. It reports whether the words make a code: each sequence of
// bits must be the start of just one, but for a code of a single word of one
// bit and for one without words.
func (h *huffman) build(tableBits uint, widths []uint8, symbols []entry) bool {
	h.bits = tableBits
	clear(h.count[:])
	for _, w := range widths {
		h.count[w]++
	}
	used := len(widths) - h.count[0]
	h.count[0] = 0
	code, at := 0, 0
	for w := 1; w <= maxWidth; w++ {
		code = (code + h.count[w-1]) << 1
		h.first[w], h.start[w] = code, at
		at += h.count[w]
	}
	complete := code+h.count[maxWidth] == 1<<maxWidth
	if !complete && used != 0 && (used != 1 || h.count[1] != 1) {
		return false
	}
	h.fill(widths, symbols)
	return true
}

// fill gives out the words of a width in the order of the symbols, then makes
// the table: a table for words of one bit more is the table twice, and the words
// of just that width put in.
func (h *huffman) fill(widths []uint8, symbols []entry) {
	next := h.start
	for i, w := range widths {
		if w != 0 {
			h.sorted[next[w]] = symbols[i].ofWidth(w)
			next[w]++
		}
	}
	h.table[0] = longCode
	for w := 1; w <= int(h.bits); w++ {
		half := 1 << (w - 1)
		copy(h.table[half:2*half], h.table[:half])
		for i, e := range h.sorted[h.start[w]:next[w]] {
			h.table[bits.Reverse16(uint16(h.first[w]+i))>>(16-w)] = e
		}
	}
}

// find returns the symbol whose word the bits of hold start with. Where the
// stream ends within the word it may be any: the caller counts the bits.
func (h *huffman) find(hold uint64) entry {
	if e := h.table[hold&(1<<h.bits-1)]; e != longCode {
		return e
	}
	return h.findLong(hold)
}

// findLong finds a word that is longer than the table is wide.
func (h *huffman) findLong(hold uint64) entry {
	next := int(bits.Reverse16(uint16(hold)))
	for w := int(h.bits) + 1; w <= maxWidth; w++ {
		if n := next>>(16-w) - h.first[w]; n >= 0 && n < h.count[w] {
			return h.sorted[h.start[w]+n]
		}
	}
	return badCode
}
