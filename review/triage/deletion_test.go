package triage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/genome"
)

// large is a symbolic deletion or copy-number change without annotation.
func large(t testing.TB, alt string, first, end int, calls ...string) review.Variant {
	t.Helper()
	v := variant(t, fmt.Sprintf("2-%d-A-%s", first, alt), calls...)
	v.Kind, v.Record.End = review.Symbolic, genome.Pos(end)
	return v
}

// acmg.md section 6, compound het: SNV with a copy-number change or exon deletion.
func TestPairsOverDeletions(t *testing.T) {
	mum, dad := []string{"kid=0/1", "mum=0/1", "dad=0/0"}, []string{"kid=0/1", "mum=0/0", "dad=0/1"}
	for _, tt := range []struct {
		name         string
		c            *review.Case
		del, snv     review.Variant
		phase, basis string // empty: no pair
		want         string // in the reason
	}{
		{
			"called homozygous inside a deletion", single(review.Female), large(t, "<DEL>", 500, 5000, "kid=0/1"),
			in(variant(t, "2-1000-A-G", "kid=1/1"), "GENEA", "missense_variant"), "trans", "genotype", "the one copy left carries it",
		},
		{
			"the key gives the end", single(review.Female), large(t, "<DEL>@5000", 500, 5000, "kid=0/1"),
			in(variant(t, "2-1000-A-G", "kid=1/1"), "GENEA", "missense_variant"), "trans", "genotype", "",
		},
		{
			"called on one copy inside a deletion", trio(review.Female), large(t, "<DEL>", 500, 5000, mum...),
			in(variant(t, "2-1000-A-G", "kid=1", "mum=0", "dad=0/1"), "GENEA", "missense_variant"), "trans", "genotype", "",
		},
		{
			"the other parent lacks the allele", trio(review.Female), large(t, "<DEL>", 500, 5000, mum...),
			in(variant(t, "2-1000-A-G", "kid=1/1", "mum=0/1", "dad=0/0"), "GENEA", "missense_variant"), "unknown", "none", "but the father, who gave the copy without the deletion, is called without the allele",
		},
		{
			"a copy-number change", single(review.Female), large(t, "<CNV>", 500, 5000, "kid=0/1"),
			in(variant(t, "2-1000-A-G", "kid=1/1"), "GENEA", "missense_variant"), "trans", "genotype", "if it loses a copy",
		},
		{
			"heterozygous inside: a call is wrong", trio(review.Female), large(t, "<DEL>", 500, 5000, mum...),
			in(variant(t, "2-1000-A-G", dad...), "GENEA", "missense_variant"), "trans", "parents", "one of the calls is wrong",
		},
		{
			"beside an annotated deletion", trio(review.Female), in(large(t, "<DEL>", 500, 900, mum...), "GENEA", "feature_truncation"),
			in(variant(t, "2-1000-A-G", dad...), "GENEA", "missense_variant"), "trans", "parents", "one from each parent",
		},
		{
			"beside a deletion without annotation", trio(review.Female), large(t, "<DEL>", 500, 900, mum...),
			in(variant(t, "2-1000-A-G", dad...), "GENEA", "missense_variant"), "", "", "",
		},
		{
			"a duplication deletes nothing", single(review.Female), large(t, "<DUP>", 500, 5000, "kid=0/1"),
			in(variant(t, "2-1000-A-G", "kid=1/1"), "GENEA", "missense_variant"), "", "", "",
		},
		{
			"two deleted copies are no pair", single(review.Female), large(t, "<DEL>", 500, 5000, "kid=1/1"),
			in(variant(t, "2-1000-A-G", "kid=1/1"), "GENEA", "missense_variant"), "", "", "",
		},
		{
			"the deletion is not carried", single(review.Female), large(t, "<DEL>", 500, 5000, "kid=0/0"),
			in(variant(t, "2-1000-A-G", "kid=1/1"), "GENEA", "missense_variant"), "", "", "",
		},
		{
			"a small deletion over the base", single(review.Female), variant(t, "2-998-AAAAA-A", "kid=0/1"),
			in(variant(t, "2-1000-A-G", "kid=1/1"), "GENEA", "missense_variant"), "trans", "genotype", "",
		},
		{
			"small deletions of one repeat", single(review.Female), variant(t, "2-998-AAAAA-A", "kid=0/1"),
			in(variant(t, "2-1000-AAA-A", "kid=1/1"), "GENEA", "frameshift_variant"), "", "", "",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := run(t, one(tt.del, tt.snv), tt.c, AllVariants())
			for _, pair := range [][2]review.Variant{{tt.del, tt.snv}, {tt.snv, tt.del}} {
				var got []review.Label
				for _, l := range rowOf(t, w, pair[0].Key.String()).Labels {
					if l.Model == ModelCompoundHet {
						got = append(got, l)
					}
				}
				if tt.phase == "" {
					if len(got) > 0 {
						t.Errorf("%s: %+v, want no pair", pair[0].Key, got)
					}
					continue
				}
				if len(got) != 1 || got[0].Phase != tt.phase || got[0].Basis != tt.basis || len(got[0].Partner) != 1 || got[0].Partner[0] != pair[1].Key.String() {
					t.Fatalf("%s: %+v, want one %s by %s", pair[0].Key, got, tt.phase, tt.basis)
				}
				if !strings.Contains(got[0].Why, tt.want) {
					t.Errorf("why = %q, want %q in it", got[0].Why, tt.want)
				}
			}
		})
	}
}

// A call 1/2 of which the second allele is * has the base deleted on the other
// copy: the deletion and the first allele are in trans.
func TestStarIsTheOtherCopy(t *testing.T) {
	del := in(variant(t, "2-998-AAAAA-A", "kid=0/1"), "GENEA", "frameshift_variant")
	vs := alleles(t, "2", 1000, "A", []string{"G", "*"}, "kid=1/2")
	vs[0] = in(vs[0], "GENEA", "missense_variant")
	w := run(t, records{{del}, vs}, single(review.Female), AllVariants())
	l := labelOf(t, rowOf(t, w, "2-1000-A-G"), ModelCompoundHet)
	if l.Phase != phaseTrans || l.Basis != "genotype" || !strings.Contains(l.Why, "has the base deleted on the other copy") {
		t.Errorf("%+v", l)
	}
}

// acmg.md section 6: intronic and UTR second hits pair like any other once a
// filter lets them through or they are rescued.
func TestSecondHitsOutsideTheExons(t *testing.T) {
	mum, dad := []string{"kid=0/1", "mum=0/1", "dad=0/0"}, []string{"kid=0/1", "mum=0/0", "dad=0/1"}
	for _, term := range []string{"intron_variant", "5_prime_UTR_variant", "3_prime_UTR_variant"} {
		a := in(variant(t, "2-1000-A-G", mum...), "GENEA", "missense_variant")
		b := in(variant(t, "2-2000-A-G", dad...), "GENEA", term)
		w := run(t, one(a, b), trio(review.Female), AllVariants())
		if l := labelOf(t, rowOf(t, w, "2-1000-A-G"), ModelCompoundHet); l.Phase != phaseTrans {
			t.Errorf("%s: %+v", term, l)
		}
	}
	rescued := pathogenic(in(variant(t, "2-2000-A-G", dad...), "GENEA", "intron_variant"), nil)
	w := run(t, one(in(variant(t, "2-1000-A-G", mum...), "GENEA", "missense_variant"), rescued), trio(review.Female), Default())
	if l := labelOf(t, rowOf(t, w, "2-1000-A-G"), ModelCompoundHet); l.Partner[0] != "2-2000-A-G" {
		t.Errorf("%+v", l)
	}
}

// An allele over * leaves no reference copy, whether or not the deletion is in
// the list, and pairs with one that has no gene in common with it.
func TestAlleleOverStar(t *testing.T) {
	brother := review.Member{ID: "bro", Mother: "mum", Father: "dad", Sex: review.Male, Affected: affected(false)}
	c := trio(review.Female, brother)
	vs := alleles(t, "2", 1000, "A", []string{"G", "*"}, "kid=1/2", "mum=0/1", "dad=0/2", "bro=1/2")
	for _, name := range []string{"alone", "with the deletion"} {
		src := records{vs}
		if name != "alone" {
			src = records{{variant(t, "2-998-AAAAA-A", "kid=0/1", "mum=0/0", "dad=0/1", "bro=0/1")}, vs}
		}
		row := rowOf(t, run(t, src, c, AllVariants()), "2-1000-A-G")
		l := labelOf(t, row, ModelRecessivePossible)
		for _, want := range []string{"no reference copy is left: the other copy has the base deleted (1/2)", "the unaffected father carries the deletion (0/2)", "warning: the unaffected brother has both"} {
			if !strings.Contains(l.Why, want) {
				t.Errorf("%s: why = %q, want %q in it", name, l.Why, want)
			}
		}
		if name == "alone" {
			continue
		}
		if l := labelOf(t, row, ModelCompoundHet); l.Phase != phaseTrans || l.Partner[0] != "2-998-AAAAA-A" || !strings.Contains(l.Why, "warning: the unaffected brother has both") {
			t.Errorf("%+v", l)
		}
	}
	vs = alleles(t, "2", 1000, "A", []string{"G", "*", "T"}, "kid=1/3")
	if got := modelsOf(run(t, records{vs}, single(review.Female), AllVariants()).List[0]); slices.Contains(got, ModelRecessivePossible) {
		t.Errorf("without a copy of *: %v", got)
	}
}

// Pairs of a deletion and an allele inside it are held against the family like
// others, and named by their gene.
func TestDeletionPairsInTheFamily(t *testing.T) {
	for _, tt := range []struct {
		affected         bool
		del, snv         string
		want, wantInGene string
	}{
		{false, "0/1", "1/1", "warning: the unaffected sister has both", "in GENEA, in trans"},
		{true, "0/1", "1/1", "the affected sister has both", "in GENEA, in trans"},
		{true, "0/0", "1/1", "warning: the affected sister does not have both", "in GENEA, in trans"},
	} {
		sister := review.Member{ID: "sis", Mother: "mum", Father: "dad", Sex: review.Female, Affected: affected(tt.affected)}
		del := large(t, "<DEL>", 500, 5000, "kid=0/1", "mum=0/1", "dad=0/0", "sis="+tt.del)
		snv := in(variant(t, "2-1000-A-G", "kid=1/1", "mum=0/0", "dad=0/1", "sis="+tt.snv), "GENEA", "missense_variant")
		w := run(t, one(del, snv), trio(review.Female, sister), AllVariants())
		for _, v := range []review.Variant{del, snv} {
			l := labelOf(t, rowOf(t, w, v.Key.String()), ModelCompoundHet)
			if !strings.Contains(l.Why, tt.want) || !strings.Contains(l.Why, tt.wantInGene) {
				t.Errorf("%s: why = %q, want %q and %q in it", v.Key, l.Why, tt.want, tt.wantInGene)
			}
		}
	}
}

// A call inside a deletion of both copies contradicts it, and both rows say so.
func TestCallInsideALostPlace(t *testing.T) {
	del := large(t, "<DEL>", 500, 5000, "kid=1/1")
	for gt, odd := range map[string]bool{"0/1": true, "1/1": true, "0/0": false} {
		snv := in(variant(t, "2-1000-A-G", "kid="+gt), "GENEA", "missense_variant")
		w := run(t, one(del, snv), single(review.Female), AllVariants())
		for _, l := range rowOf(t, w, del.Key.String()).Labels {
			if strings.Contains(l.Why, "one of the calls is wrong") != odd {
				t.Errorf("%s: the deletion says %q", gt, l.Why)
			}
		}
		for _, l := range rowOf(t, w, snv.Key.String()).Labels {
			if !strings.Contains(l.Why, "is called "+gt+" inside the deletion 2-500-A-<DEL>, which is called on every copy (1/1)") {
				t.Errorf("%s: the row says %q", gt, l.Why)
			}
		}
	}
}
