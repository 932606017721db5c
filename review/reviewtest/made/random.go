package made

import "math/bits"

// source is SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
// It is written out here because the committed demonstration case must not
// change with a release of the standard library.
type source struct{ state uint64 }

func (s *source) next() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// intn returns a number from 0 to n-1.
func (s *source) intn(n int) int {
	hi, _ := bits.Mul64(s.next(), uint64(n))
	return int(hi)
}

// between returns a number from first to last, both included.
func (s *source) between(first, last int) int { return first + s.intn(last-first+1) }

// float returns a number in [0, 1).
func (s *source) float() float64 { return float64(s.next()>>11) / (1 << 53) }

// chance is true with probability p.
func (s *source) chance(p float64) bool { return s.float() < p }

// base returns one of the four bases other than not.
func (s *source) base(not byte) byte {
	for {
		if b := "ACGT"[s.intn(4)]; b != not {
			return b
		}
	}
}

// substitute returns an ALT base for ref; two thirds are transitions in all,
// as in real call sets.
func (s *source) substitute(ref byte) byte {
	if s.chance(0.53) {
		return map[byte]byte{'A': 'G', 'G': 'A', 'C': 'T', 'T': 'C'}[ref]
	}
	return s.base(ref)
}

// bases returns n random bases.
func (s *source) bases(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = s.base(0)
	}
	return string(b)
}
