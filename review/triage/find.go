package triage

import (
	"context"
	"fmt"
	"math"

	"garrod/review"
	"garrod/review/genome"
)

// FindRow returns the row that Run makes of the variant named by key, whichever
// lane it is in. Other records are read only where they may be second alleles of
// the same gene. A key without a record is an *review.InputError: there is
// nothing to assess.
func FindRow(ctx context.Context, src Source, c *review.Case, f Filter, key string) (Row, error) {
	s, k, err := seek(ctx, src, c, f, key)
	if err != nil {
		return Row{}, err
	}
	if e, _ := s.asked(); e != nil {
		return e.row, nil
	}
	return Row{}, &review.InputError{
		Code: "no_such_variant", Field: "key", What: fmt.Sprintf("the file has no record of %s", k),
		Remedy: "Give the key as the worklist prints it; worklist --explain says what the file has at that place",
	}
}

// rowsOf returns the rows with a key: one, unless records repeat each other.
func (c *columns) rowsOf(k genome.Key) []int {
	var rows []int
	if k.Pos > math.MaxUint32 {
		return nil // a VCF cannot have it
	}
	for _, s := range c.Contigs {
		if s.Contig != k.Contig {
			continue
		}
		for i, pos := range c.Pos[s.From:s.To] {
			if pos == uint32(k.Pos) && c.Key(s.From+i) == k {
				rows = append(rows, s.From+i)
			}
		}
	}
	return rows
}
