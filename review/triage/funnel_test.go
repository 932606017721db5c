package triage

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
)

// random makes a file of n records with every kind of gap and oddity.
func random(t testing.TB, seed uint64, n int) records {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	pick := func(ss ...string) string { return ss[r.IntN(len(ss))] }
	var rs records
	for i := range n {
		contig, pos := pick("1", "2", "X", "Y", "MT", "GL000220.1"), 1000+i*3
		alts := [][]string{{"G"}, {"G"}, {"G", "T"}, {"G", "*"}, {"ACC"}}[r.IntN(5)]
		gts := []string{"0/1", "0/0", "1/1", "./.", "./1", "1", "0", "0|1@7", "1|0@7", "1/2", "", "0/2"}
		calls := []string{"kid=" + pick(gts...), "mum=" + pick(gts...), "dad=" + pick(gts...)}
		if len(alts) == 1 && r.IntN(12) == 0 {
			b := refBlock(contig, genome.Pos(pos), genome.Pos(pos+2), "kid", "mum", "dad")
			rs = append(rs, []review.Variant{b})
			continue
		}
		vs := alleles(t, contig, pos, "A", alts, calls...)
		for j := range vs {
			decorate(r, &vs[j])
		}
		rs = append(rs, vs)
	}
	return rs
}

func decorate(r *rand.Rand, v *review.Variant) {
	one := func(n int) bool { return r.IntN(n) == 0 }
	switch r.IntN(20) {
	case 0:
		v.Kind, v.Key.Alt = review.Symbolic, "<DEL>"
	case 1:
		v.Kind, v.Key.Alt = review.Breakend, "]2:99]A"
	}
	v.Record.Filters = [][]string{nil, {}, {}, {}, {"LowQual"}}[r.IntN(5)]
	for i := range v.Calls {
		if one(6) {
			v.Calls[i].Depth = ref(r.IntN(15))
		}
		if one(6) {
			v.Calls[i].GQ = nil
		}
		if one(6) {
			v.Calls[i].GQ = ref([]int{0, 9, 10, 19, 20, 255, 299, 300}[r.IntN(8)])
		}
	}
	for range r.IntN(3) {
		g := fmt.Sprintf("GENE%d", r.IntN(6))
		*v = in(*v, g, []string{"missense_variant", "intron_variant", "stop_gained", "upstream_gene_variant", "odd_term"}[r.IntN(5)])
	}
	if one(3) {
		v.Frequencies = append(v.Frequencies, acmg.Frequency{
			Dataset: "gnomAD", Version: "4.1", Callset: "joint",
			Group: []string{"nfe", "asj", "afr"}[r.IntN(3)], Present: true, AN: ref(r.IntN(5000)), AF: ref(r.Float64() / 20),
		})
		if f := &v.Frequencies[0]; one(4) {
			f.Present, f.AF = false, nil
		}
	}
	if one(5) {
		v.Splice = []acmg.Splice{{Tool: "SpliceAI", Version: "1.3", DG: ref(r.Float64())}}
	}
	if one(4) {
		v.Assertions = []review.Assertion{{Source: "ClinVar", Significance: "x", Pathogenic: one(2), Conflicting: one(3)}}
	}
}

func testFilters() []Filter {
	strict := Default()
	strict.Name, strict.Quality.MinQual, strict.RescueConflicting = "strict", ref(30.0), true
	strict.Inheritance.Models = []string{ModelDeNovo, ModelCompoundHet}
	odd := AllVariants()
	odd.Inheritance = &InheritanceFilter{Models: []string{}}
	return []Filter{Default(), Wide(), AllVariants(), strict, odd}
}

func withPanel(c *review.Case) *review.Case {
	c.Panel = &review.Panel{Name: "P", Version: "1", Genes: []review.PanelGene{{Symbol: "GENE1"}, {Symbol: "GENE2"}}}
	return c
}

// Every variant is removed by one step or is in the list, whatever the file and
// the filter; and the funnel's numbers hang together.
func TestEveryVariantHasOnePlace(t *testing.T) {
	for seed := range uint64(20) {
		src := random(t, seed, 150)
		for _, c := range []*review.Case{trio(review.Female), withPanel(trio(review.Male)), single(review.SexUnknown)} {
			for _, f := range testFilters() {
				checkFunnel(t, run(t, src, c, f), src)
			}
		}
	}
}

func checkFunnel(t *testing.T, w *Worklist, src records) {
	t.Helper()
	var variants, gone int64
	kinds := map[review.VariantKind]int64{}
	for _, vs := range src {
		for _, v := range vs {
			variants++
			if v.Kind != review.SmallVariant {
				kinds[v.Kind]++
			}
		}
	}
	before := variants
	for _, st := range w.Funnel {
		if st.Before != before || st.After > st.Before || st.After < 0 || st.NotAssessed > st.After {
			t.Fatalf("filter %s: step %+v after %d variants", w.Filter.Name, st, before)
		}
		gone += st.Before - st.After
		before = st.After
	}
	if w.Variants != variants || w.Records != int64(len(src)) || gone+int64(len(w.List))+w.NotHeld != variants {
		t.Fatalf("filter %s: %d variants, %d removed, %d listed, %d not held, want a sum of %d", w.Filter.Name, w.Variants, gone, len(w.List), w.NotHeld, variants)
	}
	if w.Funnel[0].Before-w.Funnel[0].After != kinds[review.OverlapDeleted]+kinds[review.ReferenceBlock] {
		t.Errorf("the kind step removed %d", w.Funnel[0].Before-w.Funnel[0].After)
	}
	for k, n := range kinds {
		if w.Unclassifiable[k] != n {
			t.Errorf("%s counted %d times, want %d", k, w.Unclassifiable[k], n)
		}
	}
	for i := 1; i < len(w.List); i++ {
		if compareKeys(w.List[i-1].Variant.Key, w.List[i].Variant.Key) > 0 {
			t.Fatalf("%s stands before %s", w.List[i-1].Variant.Key, w.List[i].Variant.Key)
		}
	}
}

// What Run did with a variant is what Explain says, for every variant.
func TestExplainAgreesWithRun(t *testing.T) {
	for seed := range uint64(3) {
		src := holding(random(t, 100+seed, 60))
		for _, c := range []*review.Case{withPanel(trio(review.Female)), single(review.SexUnknown)} {
			for _, f := range testFilters() {
				w := run(t, src, c, f)
				lane := map[string]Lane{}
				byStep := map[string]int64{}
				for _, r := range w.Rescue {
					lane[r.Variant.Key.String()] = LaneRescue
				}
				for _, r := range w.List {
					lane[r.Variant.Key.String()] = LaneList
				}
				seen := map[string]bool{}
				for _, vs := range src.records {
					for _, v := range vs {
						key := v.Key.String()
						if seen[key] {
							t.Fatalf("%s twice: the test wants keys that differ", key)
						}
						seen[key] = true
						want, ok := lane[key]
						if !ok {
							want = LaneOut
						}
						byStep[checkExplained(t, src, c, f, v, want)]++
					}
				}
				for _, st := range w.Funnel {
					if byStep[st.Step] != st.Before-st.After {
						t.Errorf("%s: explanations blame %s %d times, the funnel %d", f.Name, st.Step, byStep[st.Step], st.Before-st.After)
					}
				}
			}
		}
	}
}

// checkExplained returns the step that the explanation blames.
func checkExplained(t *testing.T, src Source, c *review.Case, f Filter, v review.Variant, lane Lane) (blamed string) {
	t.Helper()
	x, err := Explain(t.Context(), src, c, f, v.Key.String())
	if err != nil {
		t.Fatal(err)
	}
	if x.Record != "present" || x.Lane != lane || x.InList != (lane == LaneList) || x.Note == "" {
		t.Fatalf("filter %s, %s: record %s in lane %q, want lane %q", f.Name, v.Key, x.Record, x.Lane, lane)
	}
	for _, s := range x.Steps {
		if s.Value == "" || s.Threshold == "" || s.Operator == "" || s.Alone == "" {
			t.Errorf("%s: incomplete line %+v", v.Key, s)
		}
		switch {
		case blamed != "" && s.Outcome != "not_reached", blamed == "" && s.Outcome == "not_reached":
			t.Errorf("%s: step %s is %s", v.Key, s.Step, s.Outcome)
		case s.Outcome == "removed":
			blamed = s.Step
		}
	}
	if (blamed == "") != (lane == LaneList) {
		t.Errorf("%s: lane %s, removed by %q", v.Key, lane, blamed)
	}
	return blamed
}

func TestRowsBeyondMemoryAreCounted(t *testing.T) {
	src := random(t, 7, 200)
	c := trio(review.Female)
	for _, f := range testFilters() {
		p, err := newPlan(c, f)
		if err != nil {
			t.Fatal(err)
		}
		s := newSift(p, src.Summary())
		s.maxRows = 10
		if err := s.run(t.Context(), src, nil); err != nil {
			t.Fatal(err)
		}
		checkFunnel(t, s.w, src)
		if f.Name == "all" && s.w.NotHeld == 0 {
			t.Error("everything was held, although more than 10 rows pass")
		}
	}
}

func TestCancelAndFailure(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, random(t, 1, 1100), trio(review.Female), Default(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled run: %v", err)
	}
	m := &review.Meter{}
	if w, err := Run(t.Context(), random(t, 1, 30), trio(review.Female), Default(), m); err != nil || m.Done() < int64(len(w.List)) || m.Done() != m.Total() {
		t.Errorf("meter at %d of %d, error %v", m.Done(), m.Total(), err)
	}
	bad := Default()
	bad.Frequency.MaxAF = 2
	if _, err := Run(t.Context(), records{}, trio(review.Female), bad, nil); err == nil {
		t.Error("a filter with max_af 2 was run")
	}
	broken := failing{random(t, 1, 30), &review.InputError{Code: "bgzf_truncated"}}
	var in *review.InputError
	if _, err := Run(t.Context(), broken, trio(review.Female), AllVariants(), nil); !errors.As(err, &in) {
		t.Errorf("the source's error is lost: %v", err)
	}
	if _, err := Run(t.Context(), failing{random(t, 1, 30), nil}, trio(review.Female), AllVariants(), nil); err == nil {
		t.Error("a source that gives no rows went unnoticed")
	}
}

// failing is a Source whose records cannot be read.
type failing struct {
	records
	err error
}

func (f failing) Fetch(context.Context, []int, func(int, *review.Variant) error) error { return f.err }

// A file without annotations passes the steps that need them, and they say so.
func TestUnannotatedFile(t *testing.T) {
	c := withPanel(trio(review.Female))
	c.Files = []review.SourceFile{{Kind: "vcf", Capabilities: []review.Capability{{Name: "consequence", Detail: "The header has neither CSQ, ANN nor BCSQ."}}}}
	w := run(t, one(variant(t, "1-100-A-G", "kid=0/1", "mum=0/0", "dad=0/0")), c, Default())
	if len(w.List) != 1 {
		t.Fatalf("%d rows", len(w.List))
	}
	want := map[string]string{
		stepFrequency: "not assessed: the file gives no value for it", stepConsequence: "not assessed: The header has neither CSQ, ANN nor BCSQ",
		stepPanel: "not assessed: The header has neither CSQ, ANN nor BCSQ",
	}
	for _, st := range w.Funnel {
		if text, ok := want[st.Step]; ok && (st.NotAssessed != 1 || !contains(st.Parameter, text)) {
			t.Errorf("%+v, want %q in it", st, text)
		}
	}
}
