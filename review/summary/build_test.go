package summary

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
)

// invented makes records that vary in everything a column holds.
type invented struct{ *rand.Rand }

func (r invented) one(of ...string) string { return of[r.IntN(len(of))] }

func (r invented) maybe(n int) *int {
	if r.IntN(4) == 0 {
		return nil
	}
	v := r.IntN(n)
	return &v
}

func (r invented) share() *float64 {
	if r.IntN(3) == 0 {
		return nil
	}
	v := float64(r.IntN(1001)) / 1000
	return &v
}

func (r invented) record(contig string, pos genome.Pos, samples []string) []review.Variant {
	out := make([]review.Variant, 1+r.IntN(3))
	qual := r.share()
	if qual != nil {
		*qual = *qual * 3000 / 7
	}
	filters := [][]string{nil, {}, {"LowQual"}, {"a", "b"}}[r.IntN(4)]
	for i := range out {
		out[i] = review.Variant{
			Key: genome.Key{
				Assembly: genome.GRCh38, Contig: contig, Pos: pos + genome.Pos(i),
				Ref: r.one("A", "C", "G", "T", "AC", "N"), Alt: r.one("A", "C", "G", "T", "GTT", "<DEL>", "*"),
			},
			Kind:         kinds[r.IntN(len(kinds))],
			Record:       review.Record{Qual: qual, Filters: filters, Allele: i + 1},
			TrimmedOnly:  r.IntN(5) == 0,
			Consequences: r.consequences(), Frequencies: r.frequencies(), Assertions: r.assertions(),
		}
		if d := r.share(); d != nil {
			out[i].Splice = []acmg.Splice{{AG: d, DL: r.share()}}
		}
		for _, name := range samples {
			out[i].Calls = append(out[i].Calls, r.call(name))
		}
	}
	return out
}

func (r invented) consequences() (cs []review.Consequence) {
	for range r.IntN(5) {
		c := review.Consequence{
			Symbol: r.one("", "BRCA1", "NBR2", "TTN"), Biotype: r.one("", "protein_coding", "lncRNA"),
			Terms: slices.Clone([][]string{{}, {"missense_variant"}, {"upstream_gene_variant"}, {"stop_gained", "splice_region_variant"}}[r.IntN(4)]),
		}
		if c.Symbol != "" {
			c.HGNC = "HGNC:" + fmt.Sprint(len(c.Symbol))
		}
		cs = append(cs, c)
	}
	return cs
}

func (r invented) frequencies() (fs []acmg.Frequency) {
	for range r.IntN(4) {
		fs = append(fs, acmg.Frequency{Group: r.one("nfe", "asj", "all"), Present: r.IntN(5) > 0, AF: r.share(), AN: r.maybe(4000)})
	}
	return fs
}

func (r invented) assertions() (as []review.Assertion) {
	for range r.IntN(3) {
		as = append(as, review.Assertion{
			Significance: r.one("Pathogenic", "Benign", "Conflicting", "x"),
			Pathogenic:   r.IntN(2) == 0, Conflicting: r.IntN(2) == 0, Stars: r.maybe(5),
		})
	}
	return as
}

func (r invented) call(name string) review.Call {
	c := review.Call{
		Sample: name, State: []review.CallState{review.Called, review.Partial, review.Missing, review.RefBlock}[r.IntN(4)],
		Ploidy: r.IntN(4), Copies: r.IntN(5), Others: r.IntN(2), Phased: r.IntN(2) == 0,
		Depth: r.maybe(400), GQ: r.maybe(100), Fraction: r.share(),
	}
	if a, b := r.maybe(50), r.maybe(50); a != nil && b != nil {
		c.AD = &[2]int{*a, *b}
	}
	return c
}

var testHead = Head{
	Assembly: genome.GRCh38, Samples: []string{"kid", "mum", "absent"},
	Frequency: review.FrequencyRule{MinAN: 2000, Exclude: []string{"ASJ"}},
}

type record struct {
	variants []review.Variant
	at       uint64
}

// inventedRecords makes n records on three contigs, their lines 300 bytes apart.
func inventedRecords(n int) []record {
	r := invented{rand.New(rand.NewPCG(3, 14))}
	out := make([]record, n)
	for i := range out {
		contig := []string{"1", "2", "MT"}[i*3/n]
		byteAt := uint64(i) * 300
		at := (byteAt/60000*20011)<<16 | byteAt%60000
		out[i] = record{r.record(contig, genome.Pos(1000+i*7), []string{"dad", "mum", "kid"}), at}
	}
	return out
}

// TestBuilder holds every cell of every row against the Variant it was made of.
func TestBuilder(t *testing.T) {
	records := inventedRecords(6000)
	b := NewBuilder(testHead, 10)
	for _, r := range records {
		b.Add(r.variants, r.at)
	}
	s := b.Finish()
	holds(t, s, records)
	if got := []string{s.Contigs[0].Contig, s.Contigs[1].Contig, s.Contigs[2].Contig}; len(s.Contigs) != 3 || got[2] != "MT" {
		t.Errorf("contigs %v", s.Contigs)
	}
	if s.GeneSets[0] == nil || len(s.GeneSets[0]) != 0 || len(s.RowSets[0]) != 0 || s.ViewSets[0].Any {
		t.Error("number 0 is not the empty set, or not the zero View")
	}
}

// TestBuilderParts makes the same rows in parts, by two Words in turn, where a
// part is appended after a later one of the same Words was made.
func TestBuilderParts(t *testing.T) {
	records := inventedRecords(6000)
	b := NewBuilder(testHead, 0)
	words := []*Words{NewWords(), NewWords()}
	parts := make([]*Part, 60)
	order := rand.New(rand.NewPCG(1, 2)).Perm(len(parts))
	for _, i := range order {
		p := NewPart(&testHead, words[i%2])
		p.Add(inventedRecords(10)[0].variants, 0)
		p.Reset()
		for _, r := range records[i*100 : (i+1)*100] {
			p.Add(r.variants, r.at)
		}
		parts[i] = p.Seal()
	}
	for _, p := range parts {
		b.Append(p)
	}
	s := b.Finish()
	holds(t, s, records)
	plain := NewBuilder(testHead, 0)
	for _, r := range records {
		plain.Add(r.variants, r.at)
	}
	if d := cmp.Diff(plain.Finish().GeneSets, s.GeneSets); d != "" {
		t.Errorf("sets are not numbered in the order of the file:\n%s", d)
	}
}

func holds(t *testing.T, s *Summary, records []record) {
	t.Helper()
	row, trimmed := 0, int64(0)
	for _, r := range records {
		first := row
		for i := range r.variants {
			v := &r.variants[i]
			if v.TrimmedOnly {
				trimmed++
			}
			if got := s.Key(row); got != v.Key {
				t.Fatalf("row %d: key %v, want %v", row, got, v.Key)
			}
			if s.Offset(row) != r.at || s.Ordinal(row) != i || !s.SameRecord(first, row) || first > 0 && s.SameRecord(first-1, row) {
				t.Fatalf("row %d: offset %x, ordinal %d; want %x, %d", row, s.Offset(row), s.Ordinal(row), r.at, i)
			}
			rowHolds(t, s, row, v, len(r.variants) > 1)
			row++
		}
	}
	if s.Len() != row || s.Head.Trimmed != trimmed {
		t.Errorf("%d rows, %d trimmed; want %d, %d", s.Len(), s.Head.Trimmed, row, trimmed)
	}
}

func rowHolds(t *testing.T, s *Summary, row int, v *review.Variant, multi bool) {
	t.Helper()
	f := s.Flags[row]
	want := map[string]bool{
		"pass": v.Record.Filters != nil && len(v.Record.Filters) == 0, "fail": len(v.Record.Filters) > 0,
		"trimmed": v.TrimmedOnly, "multi": multi,
	}
	got := map[string]bool{"pass": f&FilterPass > 0, "fail": f&FilterFail > 0, "trimmed": f&TrimmedOnly > 0, "multi": f&MultiAllelic > 0}
	if d := cmp.Diff(want, got); d != "" || f.Kind() != v.Kind {
		t.Errorf("row %d: kind %s, want %s; flags %s", row, f.Kind(), v.Kind, d)
	}
	af, _, ok := testHead.Frequency.Highest(v.Frequencies)
	if freq := s.Freq[row]; ok != !math.IsNaN(float64(freq)) || ok && freq != float32(af) {
		t.Errorf("row %d: frequency %v, want %v %v", row, freq, af, ok)
	}
	qualityHolds(t, s.Qual[row], v.Record.Qual)
	if d := cmp.Diff(genesOf(v.Consequences), s.GeneSets[s.Genes[row]]); d != "" && len(s.GeneSets[s.Genes[row]]) > 0 {
		t.Errorf("row %d: genes %s", row, d)
	}
	for _, c := range v.Consequences {
		if !slices.ContainsFunc(s.RowSets[s.Rows[row]], func(r TxRow) bool { return slices.Equal(r.Terms, c.Terms) && r.Biotype == c.Biotype }) {
			t.Errorf("row %d: no row says %v %s", row, c.Terms, c.Biotype)
		}
	}
	if len(s.RowSets[s.Rows[row]]) > len(v.Consequences) {
		t.Errorf("row %d: more rows than consequences", row)
	}
	if d := cmp.Diff(ViewOf(v.Assertions), s.ViewSets[s.Views[row]]); d != "" {
		t.Errorf("row %d: view %s", row, d)
	}
	spliceHolds(t, s.Splice[row], v.Splice)
	narrow := false
	for i, name := range s.Head.Samples {
		c := callOf(v.Calls, name)
		callHolds(t, &s.Calls[i], row, c)
		narrow = narrow || c != nil && (c.Ploidy > 2 || c.Copies > 2)
	}
	if narrow != (f&FlagSeeRecord > 0) {
		t.Errorf("row %d: a column is too narrow: %v, flags %b", row, narrow, f)
	}
}

func qualityHolds(t *testing.T, q Quality, want *float64) {
	t.Helper()
	low, ok := q.Value()
	high, _ := q.Furthest()
	if ok != (want != nil) || ok && (low > *want || *want > high || high-low > *want/100+1e-30) {
		t.Errorf("quality %v: from %v to %v, want it around the value", q, low, high)
	}
}

func genesOf(cs []review.Consequence) (gs []Gene) {
	for _, c := range cs {
		i := slices.IndexFunc(gs, func(g Gene) bool { return g.Symbol == c.Symbol })
		switch {
		case c.Symbol == "":
		case i < 0:
			gs = append(gs, Gene{Symbol: c.Symbol, HGNC: c.HGNC, Beside: c.IsBeside()})
		default:
			gs[i].Beside = gs[i].Beside && c.IsBeside()
		}
	}
	return gs
}

func spliceHolds(t *testing.T, cell uint8, splice []acmg.Splice) {
	t.Helper()
	if len(splice) == 0 {
		if cell != NoSplice {
			t.Errorf("splice %d without a score", cell)
		}
		return
	}
	best := *splice[0].AG
	if d := splice[0].DL; d != nil {
		best = max(best, *d)
	}
	if float64(cell)/100 > best+1e-9 || best >= float64(cell+1)/100 {
		t.Errorf("splice %d for %v", cell, best)
	}
}

func callHolds(t *testing.T, have *Calls, row int, c *review.Call) {
	t.Helper()
	if c == nil {
		if have.GT[row] != GTMissing || have.Depth[row] != Unknown || have.GQ[row] != Unknown || have.Share[row] != Unknown {
			t.Errorf("row %d: a person who is not in the file has a call", row)
		}
		return
	}
	g := have.GT[row]
	states := map[review.CallState]GT{review.Called: GTCalled, review.Partial: GTPartial, review.Missing: GTMissing, review.RefBlock: GTRefBlock}
	if g.State() != states[c.State] || g.Copies() != min(c.Copies, 3) || g.IsReference() != c.IsReference() ||
		(g&GTOthers > 0) != (c.Others > 0) || (g&GTHaploid > 0) != (c.Ploidy == 1) ||
		(g&GTPhased > 0) != c.Phased || (g&GTPolyploid > 0) != (c.Ploidy > 2) {
		t.Errorf("row %d: genotype %b for %+v", row, g, c)
	}
	for _, n := range []struct {
		cell uint8
		want *int
	}{{have.Depth[row], c.Depth}, {have.GQ[row], c.GQ}} {
		if n.want == nil && n.cell != Unknown || n.want != nil && int(n.cell) != min(*n.want, Most) {
			t.Errorf("row %d: count %d for %v", row, n.cell, n.want)
		}
	}
	share, ok := c.Heteroplasmy()
	if got, has := ShareValue(have.Share[row]); has != ok || ok && math.Abs(got-share) > 0.0025+1e-12 {
		t.Errorf("row %d: share %v %v, want %v %v", row, got, has, share, ok)
	}
}

func TestCells(t *testing.T) {
	for _, tt := range []struct {
		name      string
		got, want uint8
	}{
		{"a delta at a threshold is not cut below it", SpliceOf(0.29), 29},
		{"0.58 too", SpliceOf(0.58), 58},
		{"a delta is rounded down", SpliceOf(0.199), 19},
		{"the highest delta", SpliceOf(1), 100},
		{"no reads", ShareOf(0), 0},
		{"all reads", ShareOf(1), 200},
		{"a share is rounded to nearest", ShareOf(0.1024), 20},
		{"a count", CountOf(30), 30},
		{"a great count", CountOf(99999), Most},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.name, tt.got, tt.want)
		}
	}
	for _, q := range []float64{0, 0.1, 29.999999999, 30, 3e38, 1e300, -5, 1e-45, 1e-300} {
		low, ok := QualityOf(q).Value()
		high, _ := QualityOf(q).Furthest()
		if !ok || math.Abs(low) > math.Abs(q) || math.Abs(q) > math.Abs(high) {
			t.Errorf("quality %v lies between %v and %v", q, low, high)
		}
	}
}

// TestViewsOverflow has more opinions than a cell can number.
func TestViewsOverflow(t *testing.T) {
	b := NewBuilder(Head{}, 0)
	for i := range SeeRecord + 10 {
		b.Add([]review.Variant{{
			Key: genome.Key{Contig: "1", Pos: 1, Ref: "A", Alt: "C"}, Kind: review.SmallVariant,
			Assertions: []review.Assertion{{Significance: fmt.Sprint(i), Pathogenic: true}},
		}}, uint64(i))
	}
	s := b.Finish()
	for row, v := range s.Views {
		if see := row >= SeeRecord-1; see != (v == SeeRecord) || see != (s.Flags[row]&FlagSeeRecord > 0) {
			t.Fatalf("row %d: view %d, flags %b", row, v, s.Flags[row])
		}
		if v != SeeRecord && s.ViewSets[v].Significances[0] != fmt.Sprint(row) {
			t.Fatalf("row %d: view %v", row, s.ViewSets[v])
		}
	}
}

// TestOffsets has records in more blocks than one chunk can tell apart.
func TestOffsets(t *testing.T) {
	b := NewBuilder(Head{}, 0)
	at := func(i int) uint64 { return uint64(i)*30000<<16 | uint64(i)&0xffff }
	const n = 2*maxBlocks + 5
	for i := range n {
		b.Add([]review.Variant{{Key: genome.Key{Contig: "1", Pos: 1, Ref: "A", Alt: "C"}, Kind: review.SmallVariant}}, at(i))
	}
	s := b.Finish()
	for i := range n {
		if s.Offset(i) != at(i) {
			t.Fatalf("row %d: offset %x, want %x", i, s.Offset(i), at(i))
		}
	}
}
