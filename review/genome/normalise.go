package genome

import "fmt"

// BasesFunc gives the reference bases first … last (1-based, closed) of contig
// in upper case. It gives fewer where the contig ends before last.
type BasesFunc func(contig string, first, last Pos) ([]byte, error)

// window is how many bases are asked for at a time while an indel is moved; it
// grows with the repeat.
const (
	firstWindow = 128
	lastWindow  = 1 << 16
)

// Normalise trims ref and alt and moves an insertion or deletion as far left as
// the reference allows, as "bcftools norm" does: the leftmost of the shortest
// spellings (Tan A et al. 2015, doi:10.1093/bioinformatics/btv112). It stops at
// the first base of the contig. pos is the 1-based position of ref's first base;
// ref and alt are upper case. An error is one of bases; the allele is then trimmed
// only.
func Normalise(bases BasesFunc, contig string, pos Pos, ref, alt string) (Pos, string, string, error) {
	if ref == alt {
		return pos, ref, alt, nil
	}
	pos, ref, alt = Trim(pos, ref, alt)
	gap, long := gapOf(ref, alt)
	if gap == "" || pos <= 1 {
		return pos, ref, alt, nil
	}
	l := leftward{bases: bases, contig: contig}
	// The gap lies between anchor and the base behind it.
	anchor, moved, base, err := l.shift(pos-1, gap)
	if err != nil {
		return pos, ref, alt, err
	}
	gap = rotate(gap, moved)
	if long {
		return anchor, string(base) + gap, string(base), nil
	}
	return anchor, string(base), string(base) + gap, nil
}

// gapOf returns the bases that one allele has more than the other where the gap
// can lie before the first base of both, which the last base tells; else "".
// deleted says that it is ref that has them. ref and alt are trimmed.
func gapOf(ref, alt string) (gap string, deleted bool) {
	short, long := alt, ref
	if len(ref) < len(alt) {
		short, long = ref, alt
	}
	if len(short) != 1 || len(long) == 1 || long[len(long)-1] != short[0] {
		return "", false
	}
	return long[:len(long)-1], len(ref) > len(alt)
}

// rotate turns the last n bases of the ring s to its front.
func rotate(s string, n Pos) string {
	at := len(s) - int(n%Pos(len(s)))
	return s[at:] + s[:at]
}

// leftward reads the reference from right to left.
type leftward struct {
	bases  BasesFunc
	contig string
	have   []byte
	first  Pos // of have
	size   Pos
}

func (l *leftward) at(p Pos) (byte, error) {
	if l.have == nil || p < l.first {
		l.size = min(max(2*l.size, firstWindow), lastWindow)
		first := max(p-l.size+1, 1)
		b, err := l.bases(l.contig, first, p)
		if err != nil {
			return 0, err
		}
		if Pos(len(b)) != p-first+1 {
			return 0, fmt.Errorf("reference of %s: ends before base %d", l.contig, p)
		}
		l.have, l.first = b, first
	}
	return plainBase(l.have[p-l.first]), nil
}

// shift moves gap, which lies behind p, left past every base that it ends with.
// It returns the base left of where it comes to lie, and by how many it moved.
func (l *leftward) shift(p Pos, gap string) (anchor, moved Pos, base byte, err error) {
	last := len(gap) - 1
	for {
		if base, err = l.at(p); err != nil || p == 1 || base != gap[last] {
			return p, moved, base, err
		}
		p--
		moved++
		if last--; last < 0 {
			last = len(gap) - 1
		}
	}
}

// plainBase writes an ambiguity code of a reference as N, as bcftools does.
func plainBase(b byte) byte {
	switch b {
	case 'A', 'C', 'G', 'T':
		return b
	case 'a', 'c', 'g', 't':
		return b - 'a' + 'A'
	}
	return 'N'
}

// SameReference reports whether ref (a VCF's REF, in any case) can stand for the
// reference bases have. An ambiguity code of the reference may be written as
// itself, as N, or as the first of its bases in the alphabet (VCF 4.3, section
// 1.6.1).
func SameReference(ref string, have []byte) bool {
	if len(ref) != len(have) {
		return false
	}
	for i := range have {
		a, b := upperByte(ref[i]), upperByte(have[i])
		if a == b || plainBase(b) == 'N' && b != 'N' && (a == 'N' || a == firstOf[b]) {
			continue
		}
		return false
	}
	return true
}

func upperByte(b byte) byte {
	if b >= 'a' && b <= 'z' {
		return b - 'a' + 'A'
	}
	return b
}

// firstOf gives the first base in the alphabet that an ambiguity code stands for
// (IUPAC-IUB 1985, doi:10.1093/nar/13.9.3021).
var firstOf = map[byte]byte{
	'R': 'A', 'Y': 'C', 'S': 'C', 'W': 'A', 'K': 'G', 'M': 'A', 'B': 'C', 'D': 'A', 'H': 'A', 'V': 'A', 'U': 'T',
}

// MaxSpan returns the last base at which a spelling of the normalised allele can
// start: an indel in a repeat may be written at every copy, and an insertion with
// the base behind it. For other alleles it is the last base of ref.
func MaxSpan(bases BasesFunc, contig string, pos Pos, ref, alt string) (Pos, error) {
	end := pos + Pos(len(ref)) - 1
	short, long := ref, alt
	if len(ref) > len(alt) {
		short, long = alt, ref
	}
	if len(short) != 1 || len(long) == 1 || long[0] != short[0] {
		return end, nil
	}
	gap := long[1:]
	for p, i, size := end, 0, Pos(firstWindow); ; size = min(2*size, lastWindow) {
		b, err := bases(contig, p+1, p+size)
		if err != nil {
			return p + 1, err
		}
		for _, c := range b {
			if plainBase(c) != gap[i] {
				return p + 1, nil
			}
			p++
			if i++; i == len(gap) {
				i = 0
			}
		}
		if Pos(len(b)) < size {
			return p + 1, nil
		}
	}
}
