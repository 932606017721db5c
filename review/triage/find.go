package triage

import (
	"context"
	"fmt"
	"math"
	"slices"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
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

// seek holds the given rows whatever the steps say, and the rows that their
// labels may rest on.
func (s *sift) seek(ctx context.Context, src Source, rows []int) error {
	s.maxRows = math.MaxInt
	if len(rows) == 0 {
		return nil
	}
	err := src.Fetch(ctx, rows, func(_ int, v *review.Variant) error {
		s.ask(v)
		return nil
	})
	if err != nil {
		return err
	}
	genes := map[string]bool{}
	for _, e := range s.entries {
		if s.p.kin.canPair(&e.row.Variant) {
			for _, g := range e.genes {
				genes[g.id] = true
			}
		}
	}
	if len(genes) > 0 {
		if err := s.partners(ctx, src, genes, rows); err != nil {
			return err
		}
	}
	s.finish()
	return nil
}

// ask holds the variant that was asked for.
func (s *sift) ask(v *review.Variant) {
	sub := s.p.subject(v)
	for i := range s.p.early {
		if s.p.early[i].judge(&sub) == removed {
			name := s.p.early[i].name
			s.hold(v, name, s.p.rescues(&sub, name), true)
			return
		}
	}
	s.hold(v, "", true, true)
}

// partners holds all rows that name one of the genes and may be second alleles,
// except those that are held already.
func (s *sift) partners(ctx context.Context, src Source, genes map[string]bool, held []int) error {
	in := s.v.inGenes(genes)
	var err error
	if s.parts, err = runChunks(ctx, s.v.chunks(), func(c *chunk, w *scratch) sifted { return s.v.some(c, w, in) }); err != nil {
		return err
	}
	want := slices.DeleteFunc(s.wanted(), func(c candidate) bool { return slices.Contains(held, int(c.row)) })
	return s.fetch(ctx, src, want, nil)
}

// inGenes tells which sets hold one of the genes.
func (c *columns) inGenes(genes map[string]bool) []bool {
	in := make([]bool, len(c.GeneSets))
	for i, set := range c.GeneSets {
		in[i] = slices.ContainsFunc(set, func(g summary.Gene) bool {
			return genes[geneOf(review.Consequence{Symbol: g.Symbol, HGNC: g.HGNC, GeneID: g.ID}).id]
		})
	}
	return in
}

// some sifts the rows of a chunk whose genes are in.
func (v *sieve) some(c *chunk, w *scratch, in []bool) sifted {
	r := v.newSifted(c)
	n := 0
	for row := c.from; row < c.to; row++ {
		if !in[c.Genes[row]] {
			continue
		}
		if f := c.Flags[row]; v.kinds[f] == kindPlain || v.kindOf(f, row, &r) {
			w.sel[n] = uint16(row - c.from)
			n++
		}
	}
	return v.through(1, c, w, w.sel[:n], r)
}
