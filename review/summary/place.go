package summary

import (
	"slices"
	"sort"

	"garrod/review/genome"
)

// LongAllele in Allele says that the alleles are kept apart: anything but one
// base for another.
const LongAllele = 255

const bases = "ACGT"

// longAlleles are the alleles that no code stands for, in the order of rows.
type longAlleles struct {
	Rows []uint32 // ascending
	At   []uint32 // where the alleles of Rows[i] start in Text
	Text []byte   // REF, a tab, ALT, a line feed
}

// places tell where records start: Block is the number of the BGZF block within
// the chunk and Within the byte in its content.
type places struct {
	At     []uint32 // block within the chunk in the upper half, byte within the block in the lower
	Chunks []chunk
}

// chunk is a stretch of rows whose records start in at most 65,536 blocks.
type chunk struct {
	From   int     // first row
	Blocks []int64 // where each block starts in the file
}

// Offset returns the virtual offset of the row's record.
func (s *Summary) Offset(row int) uint64 {
	p := &s.places
	c := sort.Search(len(p.Chunks), func(i int) bool { return p.Chunks[i].From > row }) - 1
	at := p.At[row]
	return uint64(p.Chunks[c].Blocks[at>>16])<<16 | uint64(at&0xffff)
}

// SameRecord reports whether two rows are alleles of one record.
func (s *Summary) SameRecord(a, b int) bool { return s.Offset(a) == s.Offset(b) }

// Ordinal returns the 0-based place of the row among the rows of its record: the
// index of its ALT allele.
func (s *Summary) Ordinal(row int) int {
	n := 0
	for row-n > 0 && s.SameRecord(row, row-n-1) {
		n++
	}
	return n
}

// Contig returns the canonical name of the row's contig.
func (s *Summary) Contig(row int) string {
	i := sort.Search(len(s.Contigs), func(i int) bool { return s.Contigs[i].To > row })
	return s.Contigs[i].Contig
}

// Key returns the key of the row's allele.
func (s *Summary) Key(row int) genome.Key {
	k := genome.Key{Assembly: s.Head.Assembly, Contig: s.Contig(row), Pos: genome.Pos(s.Pos[row])}
	if a := s.Allele[row]; a != LongAllele {
		k.Ref, k.Alt = bases[a>>2:a>>2+1], bases[a&3:a&3+1]
		return k
	}
	i, _ := slices.BinarySearch(s.long.Rows, uint32(row))
	text := s.long.Text[s.long.At[i]:]
	tab := slices.Index(text, '\t')
	end := slices.Index(text, '\n')
	k.Ref, k.Alt = string(text[:tab]), string(text[tab+1:end])
	return k
}
