package triage

import (
	"slices"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
)

// columns are the columns of a file, made ready for the steps of one plan.
type columns struct {
	*summary.Summary
	proband int          // index into Calls, -1 where the summary does not hold the proband's
	cells   *personCells // the proband's; nil likewise
	sex     review.Sex
}

func newColumns(p *plan, s *summary.Summary) *columns {
	return &columns{Summary: s, proband: slices.Index(s.Head.Samples, p.c.Proband), cells: p.kin.cells(s, p.kin.proband), sex: p.kin.sex}
}

// code is what the columns tell of a row, as bits that the checks of one step
// add up in. Without any of them no check concerns the row, which is kept.
type code uint8

const (
	codeAsked   code = 1 << iota // a check concerns the row; alone: there is no value
	codeValue                    // there is a value
	codeUnsure                   // the record must tell
	codeRemoves                  // the value removes the row, whatever else is unsure
)

// What a check says of a row.
const (
	codeUnknown = codeAsked
	codeKept    = codeAsked | codeValue
	codeOpen    = codeAsked | codeUnsure
	codeRemoved = codeAsked | codeRemoves
)

// sifter is a check on columns: it adds to out[i] what it makes of the row
// c.from+sel[i]. It is called from several goroutines at once, and keeps no
// state. Of a row that the check does not concern it says nothing. It must never
// contradict the check's judge; where the columns leave a doubt, it answers
// codeOpen. Rows with summary.FlagSeeRecord are not given to it.
type sifter func(c *chunk, sel []uint16, out []code)

// chunkRows is the most rows of a chunk, so that a uint16 counts them.
const chunkRows = 1<<16 - 1

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

// lookUpCall is lookUp for a number of a person's call, which counts only where
// there is a genotype.
func lookUpCall(calls *summary.Calls, col []uint8, t *[256]code) sifter {
	return func(c *chunk, sel []uint16, out []code) {
		col, gt, out := col[c.from:c.to], calls.GT[c.from:c.to], out[:len(sel)]
		for i, r := range sel {
			out[i] |= t[col[r]] & countsWith[uint8(gt[r])]
		}
	}
}

// countsWith says which bits of an answer count with a genotype: without one,
// there is no value.
var countsWith = table(func(gt uint8) code {
	if summary.GT(gt).State() == summary.GTMissing {
		return codeUnknown
	}
	return 0xff
})

// lookUpSet is a check that a table decides for every set of a dictionary.
func lookUpSet(col []uint32, t []code) sifter {
	return func(c *chunk, sel []uint16, out []code) {
		col, out := col[c.from:c.to], out[:len(sel)]
		for i, r := range sel {
			out[i] |= t[col[r]]
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

// codeOf gives the bit of an outcome.
func codeOf(o outcome) code {
	switch o {
	case removed:
		return codeRemoved
	case notAssessed:
		return codeUnknown
	}
	return codeKept
}

// oneCopyMale limits a check to the rows, or to all but the rows, where a male
// proband has one copy.
func oneCopyMale(inner sifter, want bool) sifter {
	return func(c *chunk, sel []uint16, out []code) {
		if c.sex != review.Male || c.contig != "X" && c.contig != "Y" {
			if !want {
				inner(c, sel, out)
			}
			return
		}
		// Rows with one copy, and rows with two, come in long runs.
		par := genome.PARs(c.Head.Assembly, c.contig)
		for len(sel) > 0 {
			one, n := !c.within(par, sel[0]), 1
			for n < len(sel) && one != c.within(par, sel[n]) {
				n++
			}
			if one == want {
				inner(c, sel[:n], out[:n])
			}
			sel, out = sel[n:], out[n:]
		}
	}
}

// within reports whether a row of the chunk lies in one of the ranges.
func (c *chunk) within(ranges []genome.Range, row uint16) bool {
	pos := genome.Pos(c.Pos[c.from+int(row)])
	for i := range ranges {
		if ranges[i].First <= pos && pos <= ranges[i].Last {
			return true
		}
	}
	return false
}

// genotypeCarried is carried for the genotype of a column.
func genotypeCarried(g summary.GT) outcome {
	switch {
	case g.Copies() > 0:
		return kept
	case g.State() == summary.GTCalled || g.State() == summary.GTRefBlock:
		return removed
	}
	return notAssessed
}

// countTable holds a count of reads or a quality against its least value.
func countTable(least int) *[256]code {
	return table(func(cell uint8) code {
		switch {
		case cell == summary.Unknown:
			return codeUnknown
		case cell == summary.Most && least > summary.Most:
			return codeOpen
		case int(cell) < least:
			return codeRemoved
		}
		return codeKept
	})
}
