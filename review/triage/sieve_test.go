package triage

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

// reference is Run with every decision made on records, one after the other.
func reference(t testing.TB, src records, c *review.Case, f Filter) *Worklist {
	t.Helper()
	p, err := newPlan(c, f)
	if err != nil {
		t.Fatal(err)
	}
	s := newSift(p, src.Summary())
	for i, v := range src.flat() {
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
	for seed := range uint64(30) {
		src := random(t, 300+seed, 200)
		for _, c := range []*review.Case{trio(review.Female), withPanel(trio(review.Male)), single(review.SexUnknown)} {
			for _, f := range append(testFilters(), randomFilters(seed, 6, src)...) {
				want, got := reference(t, src, c, f), run(t, src, c, f)
				if !reflect.DeepEqual(want, got) {
					t.Fatalf("seed %d, case %s, filter %s (-records +columns):\n%s", seed, c.ID, f.Name, cmp.Diff(want, got))
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
		fs = append(fs, f)
	}
	return fs
}
