package triage

import (
	"slices"

	"garrod/review/summary"
)

// columns are the columns of a file, made ready for the steps of one plan.
type columns struct {
	*summary.Summary
	proband int // index into Calls, -1 where the summary does not hold the proband's
	rule    *consequenceRule
}

func newColumns(p *plan, s *summary.Summary) *columns {
	return &columns{Summary: s, proband: slices.Index(s.Head.Samples, p.c.Proband), rule: p.rule}
}

// code is what the columns tell of a row, as bits that several checks of one
// step add up in. None of them: there is no value, or no check concerns the row.
type code uint8

const (
	codeKept    code = 1 << iota // there is a value, and it does not remove the row
	codeRemoved                  // outweighs all others
	codeUnsure                   // the record must tell; outweighs codeKept
)

// sifter is a check on columns: it adds to out[i] what it makes of the row
// c.from+sel[i]. It is called from several goroutines at once, and keeps no
// state. Of a row that the check does not concern it says nothing. It must never
// contradict the check's judge; where the columns leave a doubt, it answers
// codeUnsure. Rows with summary.FlagSeeRecord are not given to it.
type sifter func(c *chunk, sel []uint16, out []code)

// chunkRows is the most rows of a chunk, so that a uint16 tells them apart.
const chunkRows = 1 << 16

// chunk is a stretch of rows on one contig.
type chunk struct {
	*columns
	contig   string
	from, to int
}

// chunks cuts the rows into pieces for the goroutines.
func (c *columns) chunks() []chunk {
	var out []chunk
	for _, s := range c.Contigs {
		for from := s.From; from < s.To; from += chunkRows {
			out = append(out, chunk{c, s.Contig, from, min(from+chunkRows, s.To)})
		}
	}
	return out
}

// lookUp is a check that a table decides for every value of a column of bytes.
func lookUp[T ~uint8](col []T, t *[256]code) sifter {
	return func(c *chunk, sel []uint16, out []code) {
		col, out := col[c.from:c.to], out[:len(sel)]
		for i, r := range sel {
			out[i] |= t[uint8(col[r])]
		}
	}
}

// table makes the 256 answers of lookUp.
func table(decide func(cell uint8) code) *[256]code {
	var t [256]code
	for i := range t {
		t[i] = decide(uint8(i))
	}
	return &t
}
