package genome

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

// basesOf gives a sequence as a reference with one contig.
func basesOf(seq string) BasesFunc {
	return func(_ string, first, last Pos) ([]byte, error) {
		if first < 1 {
			return nil, errors.New("before the first base")
		}
		if first > Pos(len(seq)) {
			return nil, nil
		}
		return []byte(seq[first-1 : min(last, Pos(len(seq)))]), nil
	}
}

func TestNormalise(t *testing.T) {
	for _, tt := range []struct {
		name, seq      string
		pos            Pos
		ref, alt       string
		wantPos        Pos
		wantRef, wantA string
	}{
		{"a base for another stays", "GATTACA", 4, "T", "C", 4, "T", "C"},
		{"padding goes", "GATTACA", 3, "TTA", "TCA", 4, "T", "C"},
		{"deletion in a repeat", "GGCACACACAT", 7, "CAC", "C", 2, "GCA", "G"}, // Tan 2015, figure 1
		{"same, anchored at its end", "GGCACACACAT", 8, "ACA", "A", 2, "GCA", "G"},
		{"insertion in a run", "GCAAAAT", 6, "A", "AA", 2, "C", "CA"},
		{"insertion written before its anchor", "GCAAAAT", 3, "A", "GA", 2, "C", "CG"},
		{"to the first base and no further", "AAAAC", 4, "A", "AA", 1, "A", "AA"},
		{"deletion at the first base", "AAAAC", 3, "AA", "A", 1, "AA", "A"},
		{"gap before the first base", "CAAAC", 1, "C", "AC", 1, "C", "AC"},
		{"deletion and insertion do not move", "GGCACAC", 4, "AC", "TTT", 4, "AC", "TTT"},
		{"unlike ends do not move", "GGCACAC", 4, "A", "GT", 4, "A", "GT"},
		{"an ambiguity code of the reference is no base", "GMAAAAT", 5, "A", "AA", 2, "N", "NA"},
		{"equal alleles stay", "GATTACA", 2, "AT", "AT", 2, "AT", "AT"},
		{"a period that is not the gap's", "TACGACGAC", 7, "GAC", "GACGAC", 1, "T", "TACG"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, r, a, err := Normalise(basesOf(tt.seq), "1", tt.pos, tt.ref, tt.alt)
			if err != nil || p != tt.wantPos || r != tt.wantRef || a != tt.wantA {
				t.Errorf("Normalise(%s, %d %s %s) = %d %s %s, %v; want %d %s %s", tt.seq, tt.pos, tt.ref, tt.alt, p, r, a, err, tt.wantPos, tt.wantRef, tt.wantA)
			}
		})
	}
}

// applied is the sequence that an allele makes.
func applied(seq string, pos Pos, ref, alt string) string {
	return seq[:pos-1] + alt + seq[int(pos)-1+len(ref):]
}

// leftmost tries every spelling of the allele: the shortest, of these the
// leftmost, with an anchor to the left.
func leftmost(seq, with string, pos Pos) (Pos, string, string) {
	best := Pos(len(seq) + 1)
	var ref, alt string
	grow := len(with) - len(seq)
	for p := Pos(1); p <= pos+6 && int(p) <= len(seq); p++ {
		for n := 1; int(p)-1+n <= len(seq); n++ {
			if n+grow < 1 || n > 1 && n+grow > 1 && seq[p-1] == with[p-1] {
				continue
			}
			r, a := seq[p-1:int(p)-1+n], with[p-1:max(int(p)-1+n+grow, int(p)-1)]
			if applied(seq, p, r, a) != with {
				continue
			}
			if best > Pos(len(seq)) || len(r)+len(a) < len(ref)+len(alt) {
				best, ref, alt = p, r, a
			}
		}
	}
	return best, ref, alt
}

// Every spelling of an allele in a repetitive sequence has one normal form, which
// makes the same sequence and is the leftmost of the shortest.
func TestNormaliseAgainstEverySpelling(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 14))
	for range 4000 {
		seq := randomRepeat(rnd)
		bases := basesOf(seq)
		first := 2 + rnd.IntN(len(seq)-2)
		n := 1 + rnd.IntN(min(4, len(seq)-first+1))
		pos, ref := Pos(first), seq[first-1:first-1+n]
		alt := randomBases(rnd, 1+rnd.IntN(4))
		if rnd.IntN(2) == 0 {
			alt = ref + ref[:rnd.IntN(len(ref))+1]
		}
		p, r, a, err := Normalise(bases, "1", pos, ref, alt)
		if err != nil {
			t.Fatal(err)
		}
		with := applied(seq, pos, ref, alt)
		if ref == alt || p == 1 {
			continue
		}
		if applied(seq, p, r, a) != with {
			t.Fatalf("%s %d %s %s: %d %s %s is another allele", seq, pos, ref, alt, p, r, a)
		}
		wp, wr, wa := leftmost(seq, with, pos)
		if wp != p || wr != r || wa != a {
			t.Fatalf("%s %d %s %s: got %d %s %s, want %d %s %s", seq, pos, ref, alt, p, r, a, wp, wr, wa)
		}
		end, err := MaxSpan(bases, "1", p, r, a)
		if err != nil || end < p || end < pos && len(ref) != len(alt) && (len(r) == 1 || len(a) == 1) && r[0] == a[0] {
			t.Fatalf("%s %d %s %s: MaxSpan ends at %d, %v", seq, pos, ref, alt, end, err)
		}
	}
}

func randomBases(rnd *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte("AC"[rnd.IntN(2)])
	}
	return b.String()
}

func randomRepeat(rnd *rand.Rand) string {
	unit := randomBases(rnd, 1+rnd.IntN(3))
	return "G" + randomBases(rnd, rnd.IntN(4)) + strings.Repeat(unit, 1+rnd.IntN(6)) + randomBases(rnd, 1+rnd.IntN(4)) + "G"
}

// A repeat of many thousand bases takes a few large reads.
func TestNormaliseAcrossALongRepeat(t *testing.T) {
	seq := "G" + strings.Repeat("CA", 100_000) + "T"
	reads := 0
	inner := basesOf(seq)
	bases := func(contig string, first, last Pos) ([]byte, error) {
		reads++
		return inner(contig, first, last)
	}
	p, r, a, err := Normalise(bases, "1", 200_000, "CA", "CACACA")
	if err != nil || p != 1 || r != "G" || a != "GCACA" {
		t.Errorf("got %d %s %s, %v; want 1 G GCACA", p, r, a, err)
	}
	if reads > 30 {
		t.Errorf("%d reads of the reference, want few", reads)
	}
	if end, err := MaxSpan(inner, "1", p, r, a); err != nil || end != 200_002 {
		t.Errorf("MaxSpan = %d, %v; want 200002", end, err)
	}
}

func TestNormaliseTellsOfAReferenceThatCannotBeRead(t *testing.T) {
	broken := func(string, Pos, Pos) ([]byte, error) { return nil, errors.New("disk") }
	// Trimmed alleles that differ in their last base need no reference.
	if p, r, a, err := Normalise(broken, "1", 50, "CAA", "CA"); err != nil || p != 50 || r != "CA" || a != "C" {
		t.Errorf("got %d %s %s, %v; want 50 CA C", p, r, a, err)
	}
	if _, _, _, err := Normalise(broken, "1", 50, "AA", "A"); err == nil {
		t.Error("a reference that cannot be read gave no error")
	}
	if _, _, _, err := Normalise(basesOf("ACGT"), "1", 50, "AA", "A"); err == nil {
		t.Error("a position past the end of the reference gave no error")
	}
}

func TestSameReference(t *testing.T) {
	for _, tt := range []struct {
		ref, have string
		want      bool
	}{
		{"ACGT", "ACGT", true},
		{"acgt", "ACGT", true},
		{"ACGT", "ACGA", false},
		{"A", "AC", false},
		{"R", "R", true},
		{"A", "R", true}, // VCF 4.3, section 1.6.1: the first in the alphabet
		{"N", "R", true},
		{"G", "R", false},
		{"A", "N", false},
		{"N", "A", false},
		{"N", "N", true},
	} {
		if got := SameReference(tt.ref, []byte(tt.have)); got != tt.want {
			t.Errorf("SameReference(%s, %s) = %t, want %t", tt.ref, tt.have, got, tt.want)
		}
	}
}
