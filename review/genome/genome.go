// Package genome names places and alleles on a human reference assembly.
//
// Every position is a [Pos]: 1-based, as POS in VCF. Every [Range] is closed:
// both its ends are inside it. BED files are 0-based and half-open and are
// turned into Ranges where they are read. A [Key] names one ALT allele at one
// site after trimming; it always carries its assembly, because the same four
// words on another assembly are another variant.
//
// The package refuses to lift positions from one assembly to another.
package genome

import (
	"fmt"
	"strconv"
	"strings"
)

// Assembly is a human reference assembly. The zero value is AssemblyUnknown.
type Assembly string

// The assemblies Garrod knows.
const (
	AssemblyUnknown Assembly = ""
	GRCh37          Assembly = "GRCh37"
	GRCh38          Assembly = "GRCh38"
)

// ParseAssembly reads "GRCh37" or "GRCh38"; the common names hg19, b37, hs37d5
// and hg38 are understood too.
func ParseAssembly(s string) (Assembly, error) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "grch37", "hg19", "b37", "hs37d5", "37":
		return GRCh37, nil
	case "grch38", "hg38", "38":
		return GRCh38, nil
	}
	return AssemblyUnknown, fmt.Errorf("assembly %q: want GRCh37 or GRCh38", s)
}

// Pos is a position on a contig: 1-based, as POS in VCF. Zero means the
// telomere before the first base (VCF allows it for breakends).
type Pos int64

// Range is a stretch of a contig, 1-based and closed: First and Last are both
// inside it. A Range with Last < First is empty.
type Range struct {
	Contig      string // canonical name, see CanonicalContig
	First, Last Pos
}

// Contains reports whether p on contig (canonical) lies inside r.
func (r Range) Contains(contig string, p Pos) bool {
	return contig == r.Contig && r.First <= p && p <= r.Last
}

// Overlaps reports whether r and o share at least one base.
func (r Range) Overlaps(o Range) bool {
	return r.Contig == o.Contig && r.First <= o.Last && o.First <= r.Last
}

// String writes contig:first-last.
func (r Range) String() string { return fmt.Sprintf("%s:%d-%d", r.Contig, r.First, r.Last) }

// Key names one ALT allele at one site on one assembly, after trimming (and
// left-alignment where a reference sequence was at hand). Contig is canonical
// ("1" … "22", "X", "Y", "MT", otherwise as the file has it). Ref and Alt are
// upper case; for symbolic alleles and breakends Alt is kept as written.
type Key struct {
	Assembly Assembly
	Contig   string
	Pos      Pos
	Ref, Alt string
}

// String writes CHROM-POS-REF-ALT, without the assembly, as the command line
// and its JSON have it ("17-43045712-A-G").
func (k Key) String() string {
	return k.Contig + "-" + strconv.FormatInt(int64(k.Pos), 10) + "-" + k.Ref + "-" + k.Alt
}

// IsZero reports whether k names nothing.
func (k Key) IsZero() bool { return k == Key{} }

// ParseKey reads CHROM-POS-REF-ALT (a "chr" prefix is allowed, and contig names
// may hold '-') on the assembly a. The alleles are trimmed, so that the key of
// an untrimmed spelling equals the key of the trimmed one.
func ParseKey(a Assembly, s string) (Key, error) {
	fail := func(why string) (Key, error) {
		return Key{}, fmt.Errorf("variant key %q: %s; want CHROM-POS-REF-ALT, 17-43045712-A-G for instance", s, why)
	}
	rest, alt, ok := cutLast(s)
	if !ok {
		return fail("fewer than four parts")
	}
	rest, ref, ok := cutLast(rest)
	if !ok {
		return fail("fewer than four parts")
	}
	contig, posText, ok := cutLast(rest)
	if !ok || contig == "" {
		return fail("fewer than four parts")
	}
	pos, err := strconv.ParseInt(posText, 10, 64)
	if err != nil || pos < 0 {
		return fail("the position is not a whole number")
	}
	ref, alt = strings.ToUpper(ref), upperBases(alt)
	if !IsBases(ref) {
		return fail("REF is not a sequence of bases")
	}
	if alt == "" {
		return fail("ALT is empty")
	}
	k := Key{Assembly: a, Contig: CanonicalContig(contig), Pos: Pos(pos), Ref: ref, Alt: alt}
	if IsBases(alt) {
		k.Pos, k.Ref, k.Alt = Trim(k.Pos, k.Ref, k.Alt)
	}
	return k, nil
}

func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, '-')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

func upperBases(s string) string {
	if u := strings.ToUpper(s); IsBases(u) {
		return u
	}
	return s
}

// IsBases reports whether s is a non-empty sequence of A, C, G, T, N or an
// IUPAC ambiguity code in upper case.
func IsBases(s string) bool {
	for i := range len(s) {
		if !strings.ContainsRune("ACGTNRYSWKMBDHV", rune(s[i])) {
			return false
		}
	}
	return s != ""
}

// Trim removes bases shared by ref and alt: first at the right end, then at the
// left, leaving at least one base in each (the anchor of an indel), so that the
// result is parsimonious. It does not left-align: that needs the reference
// sequence. pos is the 1-based position of ref's first base.
func Trim(pos Pos, ref, alt string) (Pos, string, string) {
	for len(ref) > 1 && len(alt) > 1 && ref[len(ref)-1] == alt[len(alt)-1] {
		ref, alt = ref[:len(ref)-1], alt[:len(alt)-1]
	}
	for len(ref) > 1 && len(alt) > 1 && ref[0] == alt[0] {
		ref, alt, pos = ref[1:], alt[1:], pos+1
	}
	return pos, ref, alt
}
