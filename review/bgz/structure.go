package bgz

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// maxTBI is the last position a tabix index can hold (SAM/BAM format
// specification, section 5.3: 2^29).
const maxTBI = 1 << 29

// Bounds of the tree of a CSI index. Bins of 2^14 bases in seven levels reach 34
// Gbp, more than any contig. Some writers make more levels: what they add is not
// looked into, for a look-up names every bin that a region could be in.
const (
	maxDepth = 9
	maxCSI   = 1 << 35
	metaTBI  = 37450 // the bin of counts (SAM/BAM format specification, section 5.2)
)

// structure is what the walk over an index learns.
type structure struct {
	names []string
	end   Offset
	max   int64
}

var errNoReach = errors.New("it has records behind 512 Mbp, which a tabix index cannot find")

var errShort = errors.New("it ends too early")

// words reads little-endian numbers and remembers the first failure.
type words struct {
	b   []byte
	err error
}

func (w *words) take(n int) []byte {
	if w.err != nil || n < 0 || n > len(w.b) {
		if w.err == nil {
			w.err = errShort
		}
		return nil
	}
	out := w.b[:n]
	w.b = w.b[n:]
	return out
}

func (w *words) i32() int {
	if b := w.take(4); b != nil {
		return int(int32(binary.LittleEndian.Uint32(b)))
	}
	return 0
}

func (w *words) offset() Offset {
	if b := w.take(8); b != nil {
		return Offset(binary.LittleEndian.Uint64(b))
	}
	return 0
}

// count reads a number of things of at least size bytes each, which must fit in
// what is left.
func (w *words) count(size int) int {
	n := w.i32()
	if w.err == nil && (n < 0 || n > len(w.b)/size) {
		w.err = fmt.Errorf("a count of %d does not fit", n)
	}
	if w.err != nil {
		return 0
	}
	return n
}

// names reads the header that tabix and CSI share: six settings, then names.
func (w *words) header() []string {
	w.take(6 * 4)
	raw := w.take(w.count(1))
	if w.err != nil || len(raw) == 0 {
		return nil
	}
	if raw[len(raw)-1] != 0 {
		w.err = errors.New("its contig names do not end")
		return nil
	}
	var names []string
	for _, n := range bytes.Split(raw[:len(raw)-1], []byte{0}) {
		names = append(names, string(n))
	}
	return names
}

// bins reads the bins of one contig; meta is the number of the bin that holds
// counts instead of chunks, one higher than a bin may be.
func (w *words) bins(csi bool, meta int, end *Offset) {
	least := 8
	if csi {
		least = 16
	}
	for range w.count(least) {
		bin := w.i32()
		if csi {
			w.take(8)
		}
		n := w.count(16)
		if w.err == nil {
			w.err = checkBin(csi, bin, meta, n)
		}
		for i := range n {
			begin, last := w.offset(), w.offset()
			if bin == meta && i > 0 {
				continue
			}
			*end = max(*end, begin, last)
		}
		if w.err != nil {
			return
		}
	}
}

// checkBin judges the number of a bin with n chunks. Old versions of tabix wrote
// bins behind 512 Mbp, which no look-up finds, and which may have the number of
// the bin of counts.
func checkBin(csi bool, bin, meta, n int) error {
	switch {
	case bin >= 0 && bin < meta-1, bin == meta && n == 2:
		return nil
	case !csi:
		return errNoReach
	case bin == meta:
		return errors.New("the bin of counts is malformed")
	}
	return fmt.Errorf("it has no bin %d", bin)
}

func checkTBI(b []byte) (structure, error) {
	w := &words{b: b[4:]}
	refs := w.i32()
	s := structure{names: w.header(), max: maxTBI}
	if w.err == nil && refs != len(s.names) {
		w.err = fmt.Errorf("%d contigs, %d names", refs, len(s.names))
	}
	for range s.names {
		w.bins(false, metaTBI, &s.end)
		w.take(8 * w.count(8))
	}
	return s, w.err
}

func checkCSI(b []byte) (structure, error) {
	w := &words{b: b[4:]}
	shift, depth := w.i32(), w.i32()
	if w.err == nil && (shift < 1 || shift > 30 || depth < 1 || depth > maxDepth || depth > 7 && shift < 14) {
		w.err = fmt.Errorf("bins of 2^%d bases in %d levels are not supported", shift, depth)
	}
	if w.err != nil {
		return structure{}, w.err
	}
	s := structure{max: 1 << (shift + 3*depth)}
	if depth > 7 {
		s.max = min(s.max, maxCSI)
	}
	if aux := w.take(w.count(1)); len(aux) > 0 {
		a := &words{b: aux}
		s.names = a.header()
		if a.err != nil {
			return structure{}, a.err
		}
	}
	meta := ((1<<((depth+1)*3))-1)/7 + 1
	refs := w.count(4)
	if w.err == nil && refs != len(s.names) {
		w.err = fmt.Errorf("%d contigs, %d names", refs, len(s.names))
	}
	for range refs {
		w.bins(true, meta, &s.end)
	}
	return s, w.err
}
