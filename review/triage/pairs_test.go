package triage

import (
	"fmt"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/genome"
)

func assembly(t testing.TB, s string) genome.Assembly {
	t.Helper()
	a, err := genome.ParseAssembly(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func pos1(n int) genome.Pos { return genome.Pos(n) }

// acmg.md 9b.9 and section 6, compound het.
func TestCompoundHet(t *testing.T) {
	sib := func(aff bool) review.Member {
		return review.Member{ID: "sib", Mother: "mum", Father: "dad", Sex: review.Female, Affected: affected(aff)}
	}
	affectedMother := trio(review.Female)
	affectedMother.Family.Members[1].Affected = affected(true)
	for _, tt := range []struct {
		name  string
		c     *review.Case
		a, b  []string // calls at the two places
		phase string   // empty: no pair label
		basis string
		why   string
	}{
		{"trans by both parents", trio(review.Female), []string{"kid=0/1", "mum=0/1", "dad=0/0"}, []string{"kid=0/1", "mum=0/0", "dad=0/1"}, "trans", "parents", "one from each parent"},
		{"cis", trio(review.Female), []string{"kid=0/1", "mum=0/1", "dad=0/0"}, []string{"kid=0/1", "mum=0/1", "dad=0/0"}, "cis", "parents", "both come from the mother"},
		{"father homozygous gives away the origin", trio(review.Female), []string{"kid=0/1", "mum=0/1", "dad=1/1"}, []string{"kid=0/1", "mum=0/1", "dad=0/0"}, "trans", "parents", "warning: the unaffected father has two copies of 2-1000-A-G"},
		{"either parent", trio(review.Female), []string{"kid=0/1", "mum=0/1", "dad=0/1"}, []string{"kid=0/1", "mum=0/1", "dad=0/0"}, "unknown", "none", "may come from either parent"},
		{"one is new", trio(review.Female), []string{"kid=0/1", "mum=0/0", "dad=0/0"}, []string{"kid=0/1", "mum=0/1", "dad=0/0"}, "unknown", "none", "in neither parent"},
		{"father not called at one place", trio(review.Female), []string{"kid=0/1", "mum=0/1", "dad=0/0"}, []string{"kid=0/1", "mum=0/0", "dad=./."}, "trans", "one_parent", "the mother has one of the two, father not called"},
		{"father without a record", trio(review.Female), []string{"kid=0/1", "mum=0/1", "dad="}, []string{"kid=0/1", "mum=0/0", "dad="}, "trans", "one_parent", ""},
		{"one parent, unaffected, has both", trio(review.Female), []string{"kid=0/1", "mum=0/1"}, []string{"kid=0/1", "mum=0/1"}, "cis", "one_parent", "has both"},
		{"one parent, affected, has both", affectedMother, []string{"kid=0/1", "mum=0/1"}, []string{"kid=0/1", "mum=0/1"}, "unknown", "none", "has both"},
		{"one parent has both, but one comes from the other", trio(review.Female), []string{"kid=0/1", "mum=0/1", "dad=./."}, []string{"kid=0/1", "mum=0/1", "dad=1/1"}, "unknown", "none", "2-2000-CTT-C comes from the father"},
		{"one is new although the other has one called parent only", trio(review.Female), []string{"kid=0/1", "mum=0/0", "dad=0/0"}, []string{"kid=0/1", "mum=0/1", "dad=./."}, "unknown", "none", "2-1000-A-G is in neither parent"},
		{"one parent has neither", trio(review.Female), []string{"kid=0/1", "mum=0/0"}, []string{"kid=0/1", "mum=0/0"}, "cis", "one_parent", "unless one is new"},
		{"mother called at one place, father at the other", trio(review.Female), []string{"kid=0/1", "mum=0/1", "dad=./."}, []string{"kid=0/1", "mum=./.", "dad=0/1"}, "unknown", "none", "no parent is called at both"},
		{"no parents", single(review.Female), []string{"kid=0/1"}, []string{"kid=0/1"}, "unknown", "none", ""},
		{"phase set, trans", single(review.Female), []string{"kid=0|1@7"}, []string{"kid=1|0@7"}, "trans", "ps", "phase set 7"},
		{"phase set, cis", single(review.Female), []string{"kid=0|1@7"}, []string{"kid=0|1@7"}, "cis", "ps", ""},
		{"two phase sets", single(review.Female), []string{"kid=0|1@7"}, []string{"kid=1|0@9"}, "unknown", "none", ""},
		{"phased without a set", single(review.Female), []string{"kid=0|1"}, []string{"kid=1|0"}, "unknown", "none", ""},
		{"set without phase", single(review.Female), []string{"kid=0/1@7"}, []string{"kid=0/1@7"}, "unknown", "none", ""},
		{"parents and set agree", trio(review.Female), []string{"kid=0|1@7", "mum=0/1", "dad=0/0"}, []string{"kid=1|0@7", "mum=0/0", "dad=0/1"}, "trans", "parents", ""},
		{"parents and set contradict", trio(review.Female), []string{"kid=0|1@7", "mum=0/1", "dad=0/0"}, []string{"kid=0|1@7", "mum=0/0", "dad=0/1"}, "unknown", "none", "the parents say trans"},
		{"set helps where parents do not tell", trio(review.Female), []string{"kid=0|1@7", "mum=0/0", "dad=0/0"}, []string{"kid=1|0@7", "mum=0/1", "dad=0/0"}, "trans", "ps", ""},
		{"unaffected sib has both", trio(review.Female, sib(false)), []string{"kid=0/1", "mum=0/1", "dad=0/0", "sib=0/1"}, []string{"kid=0/1", "mum=0/0", "dad=0/1", "sib=0/1"}, "trans", "parents", "warning: the unaffected sister has both"},
		{"affected sib has one", trio(review.Female, sib(true)), []string{"kid=0/1", "mum=0/1", "dad=0/0", "sib=0/1"}, []string{"kid=0/1", "mum=0/0", "dad=0/1", "sib=0/0"}, "trans", "parents", "warning: the affected sister does not have both"},
		{"affected sib has both", trio(review.Female, sib(true)), []string{"kid=0/1", "mum=0/1", "dad=0/0", "sib=0/1"}, []string{"kid=0/1", "mum=0/0", "dad=0/1", "sib=0/1"}, "trans", "parents", "the affected sister has both"},
		{"partly called", trio(review.Female), []string{"kid=./1", "mum=0/1", "dad=0/0"}, []string{"kid=0/1", "mum=0/0", "dad=0/1"}, "trans", "parents", ""},
		{"one is homozygous", trio(review.Female), []string{"kid=1/1", "mum=0/1", "dad=0/1"}, []string{"kid=0/1", "mum=0/0", "dad=0/1"}, "", "", ""},
		{"one is not carried", trio(review.Female), []string{"kid=0/0", "mum=0/1", "dad=0/1"}, []string{"kid=0/1", "mum=0/0", "dad=0/1"}, "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := in(variant(t, "2-1000-A-G", tt.a...), "GENEA", "missense_variant")
			b := in(variant(t, "2-2000-CTT-C", tt.b...), "GENEA", "frameshift_variant")
			w := run(t, one(a, b), tt.c, AllVariants())
			for _, key := range []string{"2-1000-A-G", "2-2000-CTT-C"} {
				var got []review.Label
				for _, l := range rowOf(t, w, key).Labels {
					if l.Phase != "" {
						got = append(got, l)
					}
				}
				if tt.phase == "" {
					if len(got) != 0 {
						t.Fatalf("%s: labels %v, want no pair", key, got)
					}
					continue
				}
				model := ModelCompoundHet
				if tt.phase == "cis" {
					model = ModelCisPair
				}
				if len(got) != 1 || got[0].Model != model || got[0].Phase != tt.phase || got[0].Basis != tt.basis || len(got[0].Partner) != 1 {
					t.Fatalf("%s: %+v, want one %s %s by %s", key, got, model, tt.phase, tt.basis)
				}
				if !strings.Contains(got[0].Why, tt.why) {
					t.Errorf("why = %q, want %q in it", got[0].Why, tt.why)
				}
			}
		})
	}
}

func TestPairsNeedOneGene(t *testing.T) {
	c := trio(review.Female)
	mum, dad := []string{"kid=0/1", "mum=0/1", "dad=0/0"}, []string{"kid=0/1", "mum=0/0", "dad=0/1"}
	f := AllVariants()
	f.Consequence = Default().Consequence
	t.Run("another gene", func(t *testing.T) {
		w := run(t, one(in(variant(t, "2-1-A-G", mum...), "GENEA", "missense_variant"), in(variant(t, "2-9-A-G", dad...), "GENEB", "missense_variant")), c, f)
		for _, r := range w.List {
			if len(r.Labels) != 1 {
				t.Errorf("%s: %v", r.Variant.Key, modelsOf(r))
			}
		}
	})
	t.Run("only beside the gene", func(t *testing.T) {
		b := in(in(variant(t, "2-9-A-G", dad...), "GENEB", "missense_variant"), "GENEA", "upstream_gene_variant")
		w := run(t, one(in(variant(t, "2-1-A-G", mum...), "GENEA", "missense_variant"), b), c, f)
		if got := modelsOf(w.List[0]); len(got) != 1 {
			t.Errorf("labels %v", got)
		}
	})
	t.Run("X in a boy", func(t *testing.T) {
		w := run(t, one(in(variant(t, "X-50000000-A-G", "kid=0/1"), "GENEA", "missense_variant"), in(variant(t, "X-50000009-A-G", "kid=0/1"), "GENEA", "missense_variant")), single(review.Male), f)
		if got := modelsOf(w.List[0]); len(got) != 1 || got[0] != ModelSexAnomaly {
			t.Errorf("labels %v", got)
		}
	})
	t.Run("with a large deletion", func(t *testing.T) {
		del := in(variant(t, "2-5000-A-<DEL>", mum...), "GENEA", "feature_truncation")
		del.Kind = review.Symbolic
		w := run(t, one(del, in(variant(t, "2-9-A-G", dad...), "GENEA", "missense_variant")), c, f)
		if l := labelOf(t, rowOf(t, w, "2-9-A-G"), ModelCompoundHet); l.Phase != "trans" || l.Partner[0] != "2-5000-A-<DEL>" {
			t.Errorf("%+v", l)
		}
	})
	t.Run("same codon in cis", func(t *testing.T) {
		a, b := in(variant(t, "2-1-A-G", mum...), "GENEA", "missense_variant"), in(variant(t, "2-2-A-G", mum...), "GENEA", "missense_variant")
		a.Consequences[0].AAPosition, b.Consequences[0].AAPosition = "97", "97"
		w := run(t, one(a, b), c, f)
		if l := labelOf(t, w.List[0], ModelCisPair); !strings.Contains(l.Why, "recompute the protein") {
			t.Errorf("why = %q", l.Why)
		}
	})
	t.Run("one gene of two annotators is one", func(t *testing.T) {
		a, b := in(variant(t, "2-1-A-G", mum...), "GENEA", "missense_variant"), in(variant(t, "2-9-A-G", dad...), "GENEA", "missense_variant")
		for _, v := range []*review.Variant{&a, &b} {
			bySymbol := v.Consequences[0]
			bySymbol.HGNC, bySymbol.Source = "", "ANN"
			v.Consequences = []review.Consequence{bySymbol, v.Consequences[0]}
		}
		for _, r := range run(t, one(a, b), c, f).List {
			if got := modelsOf(r); len(got) != 2 {
				t.Errorf("%s: %v, want one pair", r.Variant.Key, got)
			}
		}
	})
	t.Run("three hits", func(t *testing.T) {
		vs := one(in(variant(t, "2-1-A-G", mum...), "GENEA", "missense_variant"), in(variant(t, "2-5-A-G", mum...), "GENEA", "missense_variant"), in(variant(t, "2-9-A-G", dad...), "GENEA", "missense_variant"))
		w := run(t, vs, c, f)
		if l := labelOf(t, rowOf(t, w, "2-9-A-G"), ModelCompoundHet); len(l.Partner) != 2 {
			t.Errorf("partners %v, want both", l.Partner)
		}
		first := rowOf(t, w, "2-1-A-G")
		if l := labelOf(t, first, ModelCompoundHet); len(l.Partner) != 1 || l.Partner[0] != "2-9-A-G" {
			t.Errorf("partners %v", l.Partner)
		}
		labelOf(t, first, ModelCisPair)
	})
}

// A pair may lean on an allele that only the rescue lane shows: a common
// pathogenic second hit.
func TestRescuedSecondAllele(t *testing.T) {
	a := in(variant(t, "2-1-A-G", "kid=0/1", "mum=0/1", "dad=0/0"), "GENEA", "missense_variant")
	b := withAF(in(pathogenic(variant(t, "2-9-A-G", "kid=0/1", "mum=0/0", "dad=0/1"), nil), "GENEA", "missense_variant"), "nfe", 100000, 0.04)
	common := withAF(in(variant(t, "2-19-A-G", "kid=0/1", "mum=0/0", "dad=0/1"), "GENEA", "missense_variant"), "nfe", 100000, 0.04)
	w := run(t, one(a, b, common), trio(review.Female), Default())
	if len(w.List) != 1 || len(w.Rescue) != 1 {
		t.Fatalf("list %d, rescue %d, want 1 and 1", len(w.List), len(w.Rescue))
	}
	if l := labelOf(t, w.List[0], ModelCompoundHet); len(l.Partner) != 1 || l.Partner[0] != "2-9-A-G" {
		t.Errorf("partners %v, want the rescued allele only", l.Partner)
	}
	labelOf(t, w.Rescue[0], ModelCompoundHet)
}

func TestManyAllelesOfOneGene(t *testing.T) {
	var vs []review.Variant
	for i := range 40 {
		vs = append(vs, in(variant(t, fmt.Sprintf("2-%d-A-G", 100+i), "kid=0/1"), "GENEA", "missense_variant"))
	}
	l := labelOf(t, run(t, one(vs...), single(review.Female), AllVariants()).List[0], ModelCompoundHet)
	if len(l.Partner) != maxPartners || !strings.Contains(l.Why, fmt.Sprintf("and %d more", 39-maxPartners)) {
		t.Errorf("%d partners, why %q", len(l.Partner), l.Why)
	}
	for i := range crowd {
		vs = append(vs, in(variant(t, fmt.Sprintf("2-%d-A-G", 1000+i), "kid=0/1"), "GENEA", "missense_variant"))
	}
	l = labelOf(t, run(t, one(vs...), single(review.Female), AllVariants()).List[0], ModelCompoundHet)
	if l.Phase != "unknown" || !strings.Contains(l.Why, "540 heterozygous alleles of GENEA") {
		t.Errorf("%+v", l)
	}
}
