package summary

import "math"

// How values become cells. Each of these functions keeps the order of values:
// a smaller value never gets a greater cell.

// AlleleCode returns the cell of Allele for one base of ACGT changed into
// another; ok is false for anything else.
func AlleleCode(ref, alt []byte) (code uint8, ok bool) {
	if len(ref) != 1 || len(alt) != 1 {
		return LongAllele, false
	}
	r, a := baseCodes[ref[0]], baseCodes[alt[0]]
	if r < 0 || a < 0 {
		return LongAllele, false
	}
	return uint8(r)<<2 | uint8(a), true
}

var baseCodes = func() (codes [256]int8) {
	for i := range codes {
		codes[i] = -1
	}
	for i := range len(bases) {
		codes[bases[i]] = int8(i)
	}
	return codes
}()

// QualityOf returns the Quality of a finite number.
func QualityOf(v float64) Quality {
	f := float32(v)
	switch {
	case math.IsNaN(v):
		return NoQuality
	case math.IsInf(float64(f), 0) || math.Abs(float64(f)) > math.Abs(v):
		f = math.Nextafter32(f, 0)
	}
	return Quality(math.Float32bits(f) >> 16)
}

// Value returns the number nearest to zero that has the Quality; ok is false for
// NoQuality.
func (q Quality) Value() (v float64, ok bool) {
	if q == NoQuality {
		return 0, false
	}
	return float64(math.Float32frombits(uint32(q) << 16)), true
}

// Furthest returns the number furthest from zero that has the Quality; ok is
// false for NoQuality.
func (q Quality) Furthest() (v float64, ok bool) {
	if q == NoQuality {
		return 0, false
	}
	// Every number up to the first of the next Quality is cut down to this one.
	return math.Nextafter(float64(math.Float32frombits(uint32(q+1)<<16)), 0), true
}

// SpliceOf returns the cell of Splice for a delta from 0 to 1.
func SpliceOf(delta float64) uint8 {
	// Deltas are written with two decimals, which binary fractions do not meet:
	// 0.29 times 100 is 28.999….
	return uint8(math.Floor(delta*100 + 1e-9))
}

// ShareOf returns the cell of Calls.Share for a share of reads from 0 to 1.
func ShareOf(share float64) uint8 { return uint8(share*shareUnit + 0.5) }

// shareUnit is the Share of all reads.
const shareUnit = 200

// ShareValue returns the share of reads that a cell of Calls.Share stands for, to
// within half of 1/200; ok is false for Unknown.
func ShareValue(cell uint8) (share float64, ok bool) {
	return float64(cell) / shareUnit, cell != Unknown
}

// CountOf returns the cell of Calls.Depth or Calls.GQ for a count.
func CountOf(n int) uint8 {
	if n < 0 {
		return Unknown
	}
	return uint8(min(n, Most))
}
