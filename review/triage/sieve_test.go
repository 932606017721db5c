package triage

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"

	"github.com/google/go-cmp/cmp"
)

// held is records with columns that are made once.
type held struct {
	records
	columns *summary.Summary
	all     []review.Variant
}

func holding(rs records) held { return held{rs, rs.Summary(), rs.flat()} }

func (h held) Summary() *summary.Summary { return h.columns }

func (h held) Fetch(ctx context.Context, rows []int, fn func(int, *review.Variant) error) error {
	for _, r := range rows {
		v := h.all[r]
		if err := fn(r, &v); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// reference is Run with every decision made on records, one after the other.
func reference(t testing.TB, src records, c *review.Case, f Filter) *Worklist {
	t.Helper()
	return holding(src).reference(t, c, f)
}

func (h held) reference(t testing.TB, c *review.Case, f Filter) *Worklist {
	t.Helper()
	p, err := newPlan(c, f)
	if err != nil {
		t.Fatal(err)
	}
	s := newSift(p, h.Summary())
	for i, v := range h.all {
		s.w.Variants++
		if v.Kind != review.SmallVariant {
			s.w.Unclassifiable[v.Kind]++
		}
		s.take(candidate{uint32(i), 0, true}, &v)
	}
	s.finish()
	return s.w
}

// What columns and records give together is what records give alone.
func TestSieveEqualsRecords(t *testing.T) {
	for seed := range uint64(10) {
		src := holding(odd(random(t, 300+seed, 200), seed))
		for _, c := range []*review.Case{trio(review.Female), withPanel(trio(review.Male)), single(review.SexUnknown)} {
			for _, f := range append(testFilters(), randomFilters(seed, 6, src.records)...) {
				want, got := src.reference(t, c, f), runPicking(t, src, c, f)
				if !reflect.DeepEqual(want, got) {
					t.Fatalf("seed %d, case %s, filter %s (-records +columns):\n%s", seed, c.ID, f.Name, cmp.Diff(want, got))
				}
			}
		}
	}
}

// runPicking is Run with late steps on columns, however few rows are left.
func runPicking(t testing.TB, src Source, c *review.Case, f Filter) *Worklist {
	t.Helper()
	p, err := newPlan(c, f)
	if err != nil {
		t.Fatal(err)
	}
	s := newSift(p, src.Summary())
	s.pickFrom = 0
	if err := s.run(t.Context(), src, nil); err != nil {
		t.Fatal(err)
	}
	return s.w
}

// odd adds what random leaves out: QUAL, calls of three alleles, and deletions
// over other records.
func odd(src records, seed uint64) records {
	r := rand.New(rand.NewPCG(seed, 3))
	for _, vs := range src {
		for i := range vs {
			v := &vs[i]
			if v.Kind == review.ReferenceBlock || v.Kind == review.OverlapDeleted {
				continue
			}
			if r.IntN(3) > 0 {
				v.Record.Qual = ref([]float64{0, 29.9, 30, 30.01, 1e9, -1}[r.IntN(6)])
			}
			switch {
			case v.Kind == review.Symbolic:
				v.Record.End = v.Record.Pos + genome.Pos(r.IntN(400))
			case v.Kind == review.SmallVariant && len(vs) == 1 && r.IntN(8) == 0:
				v.Key.Ref, v.Key.Alt = "ACGTACGTACGTACGTACGT", "A"
				v.Record.Ref, v.Record.Alts = v.Key.Ref, []string{v.Key.Alt}
			}
			for j := range v.Consequences {
				if r.IntN(6) == 0 {
					v.Consequences[j].Symbol, v.Consequences[j].HGNC = "", ""
				}
			}
			for j := range v.Assertions {
				v.Assertions[j].Significance = []string{"Pathogenic", "Benign", "odd", "not_provided", "Pathogenic|risk_factor"}[r.IntN(5)]
				if r.IntN(2) == 0 {
					v.Assertions[j].Stars = ref(r.IntN(4))
				}
			}
			if len(v.Calls) > 0 && r.IntN(15) == 0 {
				v.Calls[0].GT, v.Calls[0].Ploidy, v.Calls[0].Copies, v.Calls[0].State = "0/1/1", 3, 2, review.Called
			}
		}
	}
	return src
}

// FindRow gives the row that Run makes, second alleles and all.
func TestFindRowEqualsRun(t *testing.T) {
	for seed := range uint64(2) {
		src := holding(odd(random(t, 500+seed, 90), seed))
		times := map[genome.Key]int{}
		for _, v := range src.flat() {
			times[v.Key]++
		}
		for _, c := range []*review.Case{trio(review.Female), withPanel(trio(review.Male)), single(review.SexUnknown)} {
			for _, f := range append(testFilters(), randomFilters(seed, 2, src.records)...) {
				w := run(t, src, c, f)
				for _, want := range slices.Concat(w.List, w.Rescue) {
					if times[want.Variant.Key] > 1 {
						continue // the one that got furthest is found
					}
					got, err := FindRow(t.Context(), src, c, f, want.Variant.Key.String())
					if err != nil {
						t.Fatal(err)
					}
					if !reflect.DeepEqual(want, got) {
						t.Fatalf("seed %d, case %s, filter %s (-Run +FindRow):\n%s", seed, c.ID, f.Name, cmp.Diff(want, got))
					}
				}
			}
		}
	}
}

// randomFilters make thresholds of values that the records have.
func randomFilters(seed uint64, n int, src records) []Filter {
	r := rand.New(rand.NewPCG(seed, 2))
	one := func(n int) bool { return r.IntN(n) == 0 }
	vs := src.flat()
	var fs []Filter
	for range n {
		v := &vs[r.IntN(len(vs))]
		f := AllVariants()
		f.Name = "random"
		f.RescueConflicting = one(2)
		if one(2) {
			f.Genotype = &GenotypeFilter{Carried: one(2)}
		}
		if one(2) {
			q := &QualityFilter{PassOnly: one(2)}
			if v.Record.Qual != nil && one(2) {
				q.MinQual = ref(max(0, *v.Record.Qual))
			}
			if one(2) {
				q.MinDepth = ref([]int{0, 10, 14, 30, 31, 300}[r.IntN(6)])
			}
			if one(2) {
				q.MinGQ, q.MinGQMaleXY = ref([]int{0, 20, 99, 254, 255}[r.IntN(5)]), ref(10)
			}
			f.Quality = q
		}
		if one(2) {
			q := &FrequencyFilter{MaxAF: []float64{0, 0.01, 0.02, 1}[r.IntN(4)], MinAN: []int{0, 2000, 4000}[r.IntN(3)]}
			if len(v.Frequencies) > 0 && v.Frequencies[0].AF != nil && one(2) {
				q.MaxAF = *v.Frequencies[0].AF
			}
			if one(2) {
				q.ExcludeGroups = Wide().Frequency.ExcludeGroups
			}
			f.Frequency = q
		}
		if one(2) {
			f.Consequence = &ConsequenceFilter{Terms: []string{"missense_variant"}}
			if len(v.Splice) > 0 {
				f.Consequence.MinSplice = v.Splice[0].DG
			} else if one(2) {
				f.Consequence.MinSplice = ref(0.2)
			}
		}
		if one(2) {
			f.Panel = &PanelFilter{Use: true}
		}
		if one(2) {
			all := Models()
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			f.Inheritance = &InheritanceFilter{Models: all[:r.IntN(4)]}
		}
		if one(3) {
			f.Genotype = &GenotypeFilter{Carried: one(2), Copies: []string{"het", "hom", "hemi"}[:r.IntN(4)]}
			if one(2) {
				f.Genotype.Relatives = []RelativeGenotype{{Who: []string{"mother", "unaffected", "dad"}[r.IntN(3)], Carries: []string{carrier, notCarrier}[r.IntN(2)]}}
			}
		}
		if one(3) {
			f.ClinVar = &ClinVarFilter{DropUnknown: one(2), Keep: []string{"pathogenic"}}
			if one(3) {
				f.ClinVar.MinStars = 1
			}
		}
		fs = append(fs, f)
	}
	return fs
}

// What a parent plainly has is dropped on the columns; what may be mosaic in the
// child or in the parent is not.
func TestFromParentLeavesMosaicism(t *testing.T) {
	src := holding(one(
		variant(t, "1-100-A-G", "kid=0/1:90,10", "mum=0/1:50,50", "dad=0/0:100,0"),
		variant(t, "1-200-A-G", "kid=0/1:50,50", "mum=0/1:90,10", "dad=0/0:100,0"),
		variant(t, "1-300-A-G", "kid=0/1:50,50", "mum=0/1:50,50", "dad=0/0:100,0"),
		variant(t, "1-400-A-G", "kid=0/1:75,25", "mum=0/1:75,25", "dad=0/0:100,0"),
		variant(t, "1-500-A-G", "kid=0/1:50,50", "mum=./.", "dad=0/0:100,0"),
		variant(t, "1-600-A-G", "kid=0/1:50,50", "mum=0/0:100,0", "dad=1/1:0,100"),
	))
	f := AllVariants()
	f.Inheritance = &InheritanceFilter{Models: []string{ModelMosaic, ModelParentalMosaic, ModelDeNovoPossible}}
	want, got := src.reference(t, trio(review.Female), f), runPicking(t, src, trio(review.Female), f)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-records +columns):\n%s", d)
	}
	var keys []string
	for _, r := range got.List {
		keys = append(keys, r.Variant.Key.String())
	}
	if d := cmp.Diff([]string{"1-200-A-G", "1-500-A-G"}, keys); d != "" {
		t.Errorf("mosaic mother, mother without a call (-want +got):\n%s", d)
	}
}
