package triage

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
	"garrod/review/summary"
)

// records is a Source held in memory. A row of its columns is a variant.
type records [][]review.Variant

func (rs records) Summary() *summary.Summary { return rs.summary(Wide().Frequency.rule()) }

// summary builds columns whose frequencies follow a rule.
func (rs records) summary(rule review.FrequencyRule) *summary.Summary {
	h := summary.Head{Assembly: genome.GRCh38, Frequency: rule, Records: int64(len(rs))}
	for _, v := range rs.flat() {
		for _, c := range v.Calls {
			if !slices.Contains(h.Samples, c.Sample) {
				h.Samples = append(h.Samples, c.Sample)
			}
		}
	}
	b := summary.NewBuilder(h, len(rs))
	for i, vs := range rs {
		b.Add(vs, uint64(i)<<16)
	}
	return b.Finish()
}

func (rs records) flat() []review.Variant { return slices.Concat(rs...) }

func (rs records) Fetch(ctx context.Context, rows []int, fn func(int, *review.Variant) error) error {
	vs := rs.flat()
	for _, r := range rows {
		v := vs[r]
		if err := fn(r, &v); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (rs records) Around(ctx context.Context, r genome.Range, fn func([]review.Variant) error) error {
	for _, vs := range rs {
		if first := &vs[0]; first.Key.Contig != r.Contig || first.Record.Pos > r.Last || lastOf(first) < r.First {
			continue
		}
		if err := fn(vs); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Holding gives every record: made ones have no line to look into.
func (rs records) Holding(ctx context.Context, _ []string, _ *review.Meter, fn func([]review.Variant) error) error {
	for _, vs := range rs {
		if err := fn(vs); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// one puts each variant in a record of its own.
func one(vs ...review.Variant) records {
	var rs records
	for _, v := range vs {
		rs = append(rs, []review.Variant{v})
	}
	return rs
}

func affected(b bool) *bool { return &b }

// trio is a case of a proband (affected), mother and father (unaffected), all
// in the file as kid, mum, dad.
func trio(sex review.Sex, more ...review.Member) *review.Case {
	c := &review.Case{ID: "T-1", Assembly: genome.GRCh38, Proband: "kid", Sex: sex, Family: review.Family{Members: []review.Member{
		{ID: "kid", Mother: "mum", Father: "dad", Sex: sex, Affected: affected(true)},
		{ID: "mum", Sex: review.Female, Affected: affected(false)},
		{ID: "dad", Sex: review.Male, Affected: affected(false)},
	}}}
	c.Family.Members = append(c.Family.Members, more...)
	return c
}

// single is a case of a proband without a pedigree.
func single(sex review.Sex) *review.Case {
	return &review.Case{ID: "S-1", Assembly: genome.GRCh38, Proband: "kid", Sex: sex}
}

// variant builds a small PASS variant. calls are "kid=0/1", optionally with
// reads as "kid=0/1:20,3" (AD) and "@7" for a phase set.
func variant(t testing.TB, key string, calls ...string) review.Variant {
	t.Helper()
	k, err := genome.ParseKey(genome.GRCh38, key)
	if err != nil {
		t.Fatal(err)
	}
	v := review.Variant{Key: k, Kind: review.SmallVariant, Record: review.Record{
		Contig: k.Contig, Pos: k.Pos, Ref: k.Ref, Alts: []string{k.Alt}, Allele: 1, Filters: []string{},
	}}
	for _, c := range calls {
		v.Calls = append(v.Calls, call(t, c, 1))
	}
	return v
}

// alleles builds the variants of a record with several ALT alleles.
func alleles(t testing.TB, contig string, pos int, ref string, alts []string, calls ...string) []review.Variant {
	t.Helper()
	var vs []review.Variant
	for i, alt := range alts {
		v := variant(t, contig+"-"+strconv.Itoa(pos)+"-"+ref+"-"+alt)
		v.Record.Alts, v.Record.Allele = alts, i+1
		if alt == "*" {
			v.Kind = review.OverlapDeleted
		}
		for _, c := range calls {
			v.Calls = append(v.Calls, call(t, c, i+1))
		}
		vs = append(vs, v)
	}
	return vs
}

func call(t testing.TB, text string, allele int) review.Call {
	t.Helper()
	sample, gt, ok := strings.Cut(text, "=")
	if !ok {
		t.Fatalf("call %q has no =", text)
	}
	c := review.Call{Sample: sample, State: review.Called}
	gt, set, hasSet := strings.Cut(gt, "@")
	gt, ad, hasAD := strings.Cut(gt, ":")
	if gt == "" {
		c.State = review.NoRecord
		return c
	}
	c.GT, c.Phased = gt, strings.Contains(gt, "|")
	if hasSet {
		n, _ := strconv.ParseInt(set, 10, 64)
		c.PS = &n
	}
	missing := 0
	for i, a := range strings.FieldsFunc(gt, func(r rune) bool { return r == '/' || r == '|' }) {
		c.Ploidy++
		switch n, err := strconv.Atoi(a); {
		case err != nil:
			missing++
		case n == allele:
			c.Copies++
			c.Hap = i + 1
		case n > 0:
			c.Others++
		}
	}
	if !c.Phased || c.Copies != 1 {
		c.Hap = 0
	}
	if missing > 0 {
		c.State = review.Partial
	}
	if missing == c.Ploidy {
		c.State = review.Missing
		return c
	}
	c.Depth, c.GQ, c.AD = ref(30), ref(99), &[2]int{30 - 15*min(c.Copies, 2), 15 * min(c.Copies, 2)}
	if hasAD {
		r, a, _ := strings.Cut(ad, ",")
		x, _ := strconv.Atoi(r)
		y, _ := strconv.Atoi(a)
		c.AD, c.Depth = &[2]int{x, y}, ref(x+y)
	}
	return c
}

// in gives a variant a consequence on a MANE Select transcript of a gene.
func in(v review.Variant, symbol string, terms ...string) review.Variant {
	v.Consequences = append(v.Consequences, review.Consequence{
		Symbol: symbol, HGNC: "HGNC:" + strconv.Itoa(1000+len(symbol)*7+int(symbol[len(symbol)-1])),
		Transcript: "NM_" + symbol + ".1", Biotype: "protein_coding", MANE: "select", Terms: terms, Source: "CSQ", Row: len(v.Consequences),
	})
	return v
}

func withAF(v review.Variant, group string, an int, af float64) review.Variant {
	v.Frequencies = append(v.Frequencies, acmg.Frequency{Dataset: "gnomAD", Version: "4.1", Callset: "joint", Group: group, Present: true, AN: &an, AF: &af})
	return v
}

func pathogenic(v review.Variant, stars *int) review.Variant {
	v.Assertions = append(v.Assertions, review.Assertion{Source: "ClinVar", Significance: "Pathogenic", Pathogenic: true, Stars: stars, ID: "17000"})
	return v
}

// refBlock is a gVCF block from first to last, with the calls' state ref_block.
func refBlock(contig string, first, last genome.Pos, samples ...string) review.Variant {
	v := review.Variant{
		Kind: review.ReferenceBlock, Key: genome.Key{Assembly: genome.GRCh38, Contig: contig, Pos: first, Ref: "A", Alt: "<*>"},
		Record: review.Record{Contig: contig, Pos: first, Ref: "A", Alts: []string{"<*>"}, End: last},
	}
	for _, s := range samples {
		v.Calls = append(v.Calls, review.Call{Sample: s, State: review.RefBlock, GT: "0/0", Ploidy: 2, Depth: ref(31), GQ: ref(90)})
	}
	return v
}

func run(t testing.TB, src Source, c *review.Case, f Filter) *Worklist {
	t.Helper()
	w, err := Run(t.Context(), src, c, f, nil)
	if err != nil {
		t.Fatalf("Run: %v", err)
	}
	return w
}

// models are the labels of the only row that AllVariants gives for v.
func models(t testing.TB, c *review.Case, v review.Variant) []string {
	t.Helper()
	w := run(t, one(v), c, AllVariants())
	if len(w.List) != 1 {
		t.Fatalf("%d rows, want 1", len(w.List))
	}
	return modelsOf(w.List[0])
}

func modelsOf(r Row) []string {
	var ms []string
	for _, l := range r.Labels {
		ms = append(ms, l.Model)
	}
	return ms
}

func rowOf(t testing.TB, w *Worklist, key string) Row {
	t.Helper()
	for _, r := range append(append([]Row{}, w.List...), w.Rescue...) {
		if r.Variant.Key.String() == key {
			return r
		}
	}
	t.Fatalf("%s is neither in the list nor rescued", key)
	return Row{}
}

func labelOf(t testing.TB, r Row, model string) review.Label {
	t.Helper()
	for _, l := range r.Labels {
		if l.Model == model {
			return l
		}
	}
	t.Fatalf("%s has %v, want %s", r.Variant.Key, modelsOf(r), model)
	return review.Label{}
}
