package triage

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

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
	if _, err := lookAround(ctx, src, s, k); err != nil {
		return Row{}, err
	}
	return Row{}, &review.InputError{
		Code: "no_such_variant", Field: "key", What: fmt.Sprintf("the file has no record of %s", k),
		Remedy: "Give the key as the worklist prints it; worklist --explain says what the file has at that place",
	}
}

// rowsOf returns the rows with a key: one, unless records repeat each other. A
// symbolic allele may be named without its end: <DEL> for <DEL>@900.
func (c *columns) rowsOf(k genome.Key) []int {
	var rows []int
	open := ""
	if strings.HasPrefix(k.Alt, "<") && strings.HasSuffix(k.Alt, ">") {
		open = k.Alt + "@"
	}
	if k.Pos > math.MaxUint32 {
		return nil // a VCF cannot have it
	}
	for _, s := range c.Contigs {
		if s.Contig != k.Contig {
			continue
		}
		for i, pos := range c.Pos[s.From:s.To] {
			if pos != uint32(k.Pos) {
				continue
			}
			have := c.Key(s.From + i)
			if open != "" && strings.HasPrefix(have.Alt, open) {
				have.Alt = k.Alt
			}
			if have == k {
				rows = append(rows, s.From+i)
			}
		}
	}
	return rows
}

// oneAllele refuses rows of different alleles, which a symbolic one without its
// end may mean.
func (c *columns) oneAllele(rows []int) error {
	var keys []string
	for _, r := range rows {
		if k := c.Key(r).String(); !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	if len(keys) < 2 {
		return nil
	}
	return &review.InputError{
		Code: "key_ambiguous", Field: "key", What: "several alleles are meant: " + strings.Join(keys, ", "),
		Remedy: "Give the key with the allele's end, as the worklist prints it",
	}
}
