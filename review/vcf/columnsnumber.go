package vcf

import "math"

// The readers of numbers here give what parseFloat and whole give, without
// making a string of the usual ones.

var powersOfTen = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// exactDigits is how many digits a float64 surely holds, and so the quotient of
// such a number and an exact power of ten is rounded once, as ParseFloat's is
// (Clinger 1990, doi:10.1145/93542.93557).
const exactDigits = 15

// floatOf reads a Float as parseFloat does.
func floatOf(b []byte) (float64, numberKind) {
	if v, ok := plainFloat(b); ok {
		return v, finite
	}
	return parseFloat(string(b))
}

// plainFloat reads digits with at most one point and a short exponent.
func plainFloat(b []byte) (float64, bool) {
	n, digits, scale, i := uint64(0), 0, 0, 0
	for ; i < len(b) && b[i]-'0' <= 9; i++ {
		n = n*10 + uint64(b[i]-'0')
		digits++
	}
	if i < len(b) && b[i] == '.' {
		for i++; i < len(b) && b[i]-'0' <= 9; i++ {
			n = n*10 + uint64(b[i]-'0')
			digits++
			scale++
		}
	}
	if digits == 0 || digits > exactDigits {
		return 0, false
	}
	if i < len(b) {
		e, ok := exponent(b[i:])
		if !ok {
			return 0, false
		}
		scale -= e
	}
	switch {
	case scale < 0 && -scale < len(powersOfTen):
		return float64(n) * powersOfTen[-scale], true
	case scale >= 0 && scale < len(powersOfTen):
		return float64(n) / powersOfTen[scale], true
	}
	return 0, false
}

// exponent reads e-05, E+3 and the like.
func exponent(b []byte) (int, bool) {
	if len(b) < 2 || b[0]|0x20 != 'e' {
		return 0, false
	}
	b = b[1:]
	negative := b[0] == '-'
	if negative || b[0] == '+' {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 3 {
		return 0, false
	}
	e := 0
	for _, c := range b {
		if c-'0' > 9 {
			return 0, false
		}
		e = e*10 + int(c-'0')
	}
	if negative {
		e = -e
	}
	return e, true
}

// noCount stands for a count that is not given.
const noCount = -1

// countOf reads a count as whole does, noCount for nil.
func countOf(b []byte) int {
	if n, ok := plainCount(b); ok {
		return n
	}
	if v := whole(string(b)); v != nil {
		return *v
	}
	return noCount
}

// plainCount reads up to nine digits.
func plainCount(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c-'0' > 9 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// isUnit reports whether v is a probability or a share.
func isUnit(v float64, k numberKind) bool { return k == finite && v >= 0 && v <= 1 && !math.IsNaN(v) }

// noValue reports whether a cell is empty or ".".
func noValue(b []byte) bool { return len(b) == 0 || len(b) == 1 && b[0] == '.' }
