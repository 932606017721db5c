package triage

import (
	"cmp"
	"context"
	"math"
	"slices"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
)

// seek holds the given rows whatever the steps say, and the rows that their
// labels may rest on: second alleles of their genes, and deletions over or under
// them. Other rows cannot change what Run makes of them.
func (s *sift) seek(ctx context.Context, src Source, rows []int) error {
	s.maxRows = math.MaxInt
	if len(rows) == 0 {
		return nil
	}
	n := s.newNeed()
	err := src.Fetch(ctx, rows, func(row int, v *review.Variant) error {
		s.row, n.held[row] = uint32(row), true
		s.ask(v)
		return nil
	})
	if err != nil {
		return err
	}
	s.askFor(n)
	if err := s.holdNeeded(ctx, src, n, s.take); err != nil {
		return err
	}
	s.inFileOrder()
	s.finish()
	return nil
}

// holdNeeded reads the rows that are needed and not held yet.
func (s *sift) holdNeeded(ctx context.Context, src Source, n *need, take func(candidate, *review.Variant)) error {
	if len(n.inside.byContig) > 0 {
		// A deletion has the genes of what lies in it, unless it has its own.
		if err := s.holdMore(ctx, src, n, n.isInside, take); err != nil {
			return err
		}
		s.addGenes(n)
	}
	n.spread()
	return s.holdMore(ctx, src, n, n.isPartner, take)
}

// inFileOrder puts the entries in the order that Run has them in, in which
// labels name them.
func (s *sift) inFileOrder() {
	at := make(map[*entry]uint32, len(s.entries))
	for i, e := range s.entries {
		at[e] = s.rows[i]
	}
	slices.SortFunc(s.entries, func(a, b *entry) int { return cmp.Compare(at[a], at[b]) })
	slices.Sort(s.rows)
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

// need is what the labels of some rows may rest on.
type need struct {
	*columns
	genes  map[string]bool
	in     []bool              // the sets that hold one of genes
	places map[string][]uint32 // by contig: rows over which a deletion matters, ascending once spread
	inside regions             // what the rows themselves delete
	held   map[int]bool        // rows that are held already
}

func (s *sift) newNeed() *need {
	return &need{
		columns: s.v.columns, genes: map[string]bool{}, places: map[string][]uint32{},
		inside: regions{byContig: map[string][]genome.Range{}}, held: map[int]bool{},
	}
}

// askFor notes the places and genes of the entries, and what they delete.
func (s *sift) askFor(n *need) {
	for _, e := range s.entries {
		k := e.row.Variant.Key
		n.places[k.Contig] = append(n.places[k.Contig], uint32(min(k.Pos, math.MaxUint32)))
		if r, ok := deletes(&e.row.Variant); ok && (s.p.kin.canPair(&e.row.Variant) || s.p.kin.losesAll(&e.row.Variant)) {
			n.inside.byContig[r.Contig] = append(n.inside.byContig[r.Contig], r)
		}
	}
	for contig, rs := range n.inside.byContig {
		n.inside.byContig[contig] = merge(rs)
	}
	s.addGenes(n)
}

// addGenes notes the genes of the entries.
func (s *sift) addGenes(n *need) {
	for _, e := range s.entries {
		for _, g := range e.genes {
			n.genes[g.id] = true
		}
	}
}

// spread finds the sets of genes that hold one of those needed, and where their
// rows are: a deletion over one of them may have its gene.
func (n *need) spread() {
	n.in = make([]bool, len(n.GeneSets))
	for i, set := range n.GeneSets {
		n.in[i] = slices.ContainsFunc(set, func(g summary.Gene) bool {
			return n.genes[geneOf(review.Consequence{Symbol: g.Symbol, HGNC: g.HGNC, GeneID: g.ID}).id]
		})
	}
	for _, s := range n.Contigs {
		for i, set := range n.Genes[s.From:s.To] {
			if n.in[set] {
				n.places[s.Contig] = append(n.places[s.Contig], n.Pos[s.From+i])
			}
		}
	}
	for _, places := range n.places {
		slices.Sort(places)
	}
}

func (n *need) isInside(c *chunk, row int) bool {
	_, ok := n.inside.find(genome.Range{Contig: c.contig, First: genome.Pos(c.Pos[row]), Last: genome.Pos(c.Pos[row])})
	return ok
}

// isPartner reports whether the row is in one of the genes, or deletes one of
// the places. Columns do not tell where a structural allele ends: each that
// begins before a place counts.
func (n *need) isPartner(c *chunk, row int) bool {
	if n.in[c.Genes[row]] {
		return true
	}
	if c.Allele[row] != summary.LongAllele {
		return false
	}
	places := n.places[c.contig]
	next, _ := slices.BinarySearch(places, c.Pos[row])
	if next == len(places) {
		return false
	}
	switch k := c.Key(row); c.Flags[row].Kind() {
	case review.Symbolic:
		return isDeletion(k.Alt)
	case review.SmallVariant:
		return len(k.Ref) > len(k.Alt) && genome.Pos(places[next]) < k.Pos+genome.Pos(len(k.Ref))
	}
	return false
}

// holdMore sifts the rows that are picked and not held yet, and holds what the
// early steps leave of them.
func (s *sift) holdMore(ctx context.Context, src Source, n *need, pick func(c *chunk, row int) bool, take func(candidate, *review.Variant)) error {
	var err error
	s.parts, err = runChunks(ctx, s.v.chunks(), func(c *chunk, w *scratch) sifted {
		return s.v.some(c, w, func(row int) bool { return pick(c, row) && !n.held[row] })
	})
	if err != nil {
		return err
	}
	want := s.wanted()
	for _, c := range want {
		n.held[int(c.row)] = true
	}
	return s.fetch(ctx, src, want, nil, take)
}

// some sifts the rows of a chunk that are picked.
func (v *sieve) some(c *chunk, w *scratch, pick func(row int) bool) sifted {
	r := v.newSifted(c)
	n := 0
	for row := c.from; row < c.to; row++ {
		if !pick(row) {
			continue
		}
		if f := c.Flags[row]; v.kinds[f] == kindPlain || v.kindOf(f, row, &r) {
			w.sel[n] = uint16(row - c.from)
			n++
		}
	}
	return v.through(1, c, w, w.sel[:n], r)
}
