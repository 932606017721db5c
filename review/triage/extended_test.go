package triage

import (
	"strings"
	"testing"

	"garrod/review"
)

// family is a case of a proband with a pedigree in lines as for pedigree.
func family(t testing.TB, proband string, lines ...string) *review.Case {
	t.Helper()
	c := trio(review.SexUnknown)
	c.Proband, c.Sex, c.Family = proband, "", pedigree(t, lines...)
	return c
}

// threeGenerations has an affected grandmother and aunt on the mother's side, an
// unaffected mother between them and the proband, and relatives by marriage.
func threeGenerations(t testing.TB) *review.Case {
	return family(t, "kid",
		"gm 0 0 2 2", "gf 0 0 1 1", "mum gf gm 2 1", "aunt gf gm 2 2", "inlaw 0 0 1 2", "cous inlaw aunt 1 1",
		"dad 0 0 1 1", "kid dad mum 1 2", "bro dad mum 1 1")
}

// acmg.md section 6, AD: affected carriers heterozygous, unaffected adults
// without it where penetrance is full; several relatives of an extended pedigree.
func TestDominantInExtendedFamily(t *testing.T) {
	c := threeGenerations(t)
	calls := func(bro, inlaw, aunt, gm string) []string {
		return []string{"kid=0/1", "mum=0/1", "dad=0/0", "gf=0/0", "cous=0/0", "bro=" + bro, "inlaw=" + inlaw, "aunt=" + aunt, "gm=" + gm}
	}
	checkLabels(t, []labelled{
		{
			"an unaffected mother between carriers", c, "1-100-A-G", calls("0/0", "0/0", "0/1", "0/1"),
			[]string{ModelDominantReduced},
			"of the relatives tested 2 of 2 affected and 1 of 5 unaffected have it",
		},
		{"an affected aunt without it", c, "1-100-A-G", calls("0/0", "0/0", "0/0", "0/1"), nil, ""},
		{
			"an affected man who married in does not count", c, "1-100-A-G", calls("0/0", "0/1", "0/1", "0/1"),
			[]string{ModelDominantReduced},
			"2 of 2 affected",
		},
		{
			"an aunt on weak evidence is unknown", c, "1-100-A-G", calls("0/0", "0/0", "0/0:5,0", "0/1"),
			[]string{ModelDominantReduced},
			"aunt called 0/0 on weak evidence (DP 5, GQ 99), which does not prove reference",
		},
		{
			"a grandmother not called", c, "1-100-A-G", calls("0/0", "0/0", "0/1", "./."),
			[]string{ModelDominantReduced},
			"maternal grandmother not called",
		},
	})
}

// Unknown is not reference: a call without the allele that rests on fewer than
// 10 reads or a GQ below 20 tells nothing (acmg.md section 6, genotype semantics
// and default quality).
func TestWeakReferenceIsUnknown(t *testing.T) {
	weak := func(key string, sample int, calls ...string) review.Variant {
		v := variant(t, key, calls...)
		v.Calls[sample].GQ = ref(19)
		return v
	}
	affectedMother := trio(review.Female)
	affectedMother.Family.Members[1].Affected = affected(true)
	t.Run("affected mother", func(t *testing.T) {
		if got := models(t, affectedMother, weak("1-100-A-G", 1, "kid=0/1", "mum=0/0", "dad=0/0")); len(got) == 0 || got[len(got)-1] != ModelDominant {
			t.Errorf("labels %v, want dominant to stay open", got)
		}
	})
	t.Run("homozygous child", func(t *testing.T) {
		got := models(t, trio(review.Female), weak("1-100-A-G", 2, "kid=1/1", "mum=0/1", "dad=0/0"))
		if len(got) != 1 || got[0] != ModelRecessiveHom {
			t.Errorf("labels %v, want no parent_reference on GQ 19", got)
		}
	})
	t.Run("phase", func(t *testing.T) {
		a := in(variant(t, "2-100-A-G", "kid=0/1", "mum=0/1", "dad=0/0"), "GENEA", "missense_variant")
		b := in(weak("2-200-A-G", 1, "kid=0/1", "mum=0/0", "dad=0/1"), "GENEA", "missense_variant")
		l := labelOf(t, rowOf(t, run(t, one(a, b), trio(review.Female), AllVariants()), "2-100-A-G"), ModelCompoundHet)
		if l.Phase != phaseTrans || l.Basis != "one_parent" {
			t.Errorf("phase %s by %s, want trans by the father alone", l.Phase, l.Basis)
		}
	})
	t.Run("a man's X needs half the reads", func(t *testing.T) {
		c := affectedFather()
		v := variant(t, "X-50000000-A-G", "kid=1/1", "mum=0/1", "dad=0:6,0")
		v.Calls[2].GQ = ref(10)
		if got := models(t, c, v); len(got) != 1 || got[0] != ModelParentReference {
			t.Errorf("labels %v: DP 6 and GQ 10 prove reference on one X, so the affected father is against it", got)
		}
		v.Calls[2].GQ = ref(9)
		if got := models(t, c, v); len(got) != 1 || got[0] != ModelXLinkedFemaleHom {
			t.Errorf("labels %v: GQ 9 proves nothing", got)
		}
	})
}

// acmg.md section 6, AR: parents' reference is shown, not dropped, and
// consanguinity says why two copies are expected.
func TestRecessiveSaysWhy(t *testing.T) {
	cousinCase := trio(review.Male)
	cousinCase.Family = cousins(t)
	measured := trio(review.Female)
	measured.Family.Kinship = []review.Kinship{{A: "mum", B: "dad", Coefficient: 0.0442}}
	distant := trio(review.Female)
	distant.Family.Kinship = []review.Kinship{{A: "mum", B: "dad", Coefficient: 0.044}}
	for _, tt := range []struct {
		name  string
		c     *review.Case
		key   string
		calls []string
		model string
		want  string // in the reason; starts with ! for what must not be there
	}{
		{"cousins by the pedigree", cousinCase, "1-100-A-G", []string{"kid=1/1", "mum=0/1", "dad=0/1"}, ModelRecessiveHom, "coefficient of inbreeding 0.0625): one ancestor's allele on both copies is expected"},
		{"related by genotypes", measured, "1-100-A-G", []string{"kid=1/1", "mum=0/1", "dad=0/1"}, ModelRecessiveHom, "kinship of 0.0442, at least 0.0442"},
		{"below the limit", distant, "1-100-A-G", []string{"kid=1/1", "mum=0/1", "dad=0/1"}, ModelRecessiveHom, "!expected"},
		{"father reference", trio(review.Female), "1-100-A-G", []string{"kid=1/1", "mum=0/1", "dad=0/0"}, ModelParentReference, "father 0/0, DP 30, GQ 99, 0 of 30 reads with the allele; a deletion on the other copy, uniparental disomy"},
		{"maternal disomy 15", trio(review.Female), "15-100-A-G", []string{"kid=1/1", "mum=0/1", "dad=0/0"}, ModelParentReference, "maternal disomy of chromosome 15 causes Prader–Willi syndrome (Eggermann 2015"},
		{"paternal disomy 15", trio(review.Female), "15-100-A-G", []string{"kid=1/1", "mum=0/0", "dad=0/1"}, ModelParentReference, "Angelman"},
		{"chromosome 1 has no such syndrome", trio(review.Female), "1-100-A-G", []string{"kid=1/1", "mum=0/0", "dad=0/1"}, ModelParentReference, "!causes"},
		{"both reference", trio(review.Female), "15-100-A-G", []string{"kid=1/1", "mum=0/0", "dad=0/0"}, ModelParentReference, "two new copies are not credible"},
		{"called on one copy", trio(review.Female), "1-100-A-G", []string{"kid=1", "mum=0/1", "dad=0/0"}, ModelRecessiveHom, "as over a deletion of the other copy"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			why := labelOf(t, run(t, one(variant(t, tt.key, tt.calls...)), tt.c, AllVariants()).List[0], tt.model).Why
			not, isNot := strings.CutPrefix(tt.want, "!")
			if isNot == strings.Contains(why, not) {
				t.Errorf("why = %q, want %q", why, tt.want)
			}
		})
	}
}

// Identical twins: a new allele of one egg is in both, and the twin is no second
// observation.
func TestIdenticalTwins(t *testing.T) {
	declared := trio(review.Female, review.Member{ID: "twin", Mother: "mum", Father: "dad", Sex: review.Female, Affected: affected(true), Twin: "A"})
	declared.Family.Members[0].Twin = "A"
	measured := trio(review.Female, review.Member{ID: "twin", Mother: "mum", Father: "dad", Sex: review.Female, Affected: affected(true)})
	measured.Family.Kinship = []review.Kinship{{A: "twin", B: "kid", Coefficient: 0.49}}
	sister := trio(review.Female, review.Member{ID: "twin", Mother: "mum", Father: "dad", Sex: review.Female, Affected: affected(true)})
	sister.Family.Kinship = []review.Kinship{{A: "twin", B: "kid", Coefficient: 0.25}}
	both := []string{"kid=0/1", "mum=0/0", "dad=0/0", "twin=0/1"}
	inherited := []string{"kid=0/1", "mum=0/1", "dad=0/0", "twin=0/1"}
	checkLabels(t, []labelled{
		{"new in both", declared, "1-100-A-G", both, []string{ModelDeNovo}, "the identical twin sister has it too, as both come from one egg"},
		{"twins by genotypes", measured, "1-100-A-G", both, []string{ModelDeNovo}, "identical twin (by genotypes) sister"},
		{"an ordinary sister is a second child with it", sister, "1-100-A-G", both, []string{ModelDeNovo, ModelDominant}, ""},
		{"not in the twin", declared, "1-100-A-G", []string{"kid=0/1", "mum=0/0", "dad=0/0", "twin=0/0"}, []string{ModelDeNovo}, "it arose after the twins parted, or a call is wrong"},
		{"no second observation", declared, "1-100-A-G", inherited, []string{ModelDominantReduced}, "affected identical twin sister has it too, which is no second observation"},
	})
}

// acmg.md section 6, mosaic: a binomial test against one in two beside the share
// of 5 to 25 %; parental mosaicism matters for recurrence.
func TestMosaics(t *testing.T) {
	checkLabels(t, []labelled{
		{"10 of 100 reads", single(review.Female), "1-100-A-G", []string{"kid=0/1:90,10"}, []string{ModelDominant, ModelMosaic}, ""},
		{"2 of 10 reads is chance", single(review.Female), "1-100-A-G", []string{"kid=0/1:8,2"}, []string{ModelDominant}, ""},
		{"a quarter", single(review.Female), "1-100-A-G", []string{"kid=0/1:75,25"}, []string{ModelDominant}, ""},
		{"below 5 %", single(review.Female), "1-100-A-G", []string{"kid=0/1:96,4"}, []string{ModelDominant}, ""},
		{"a parent has it", trio(review.Female), "1-100-A-G", []string{"kid=0/1:90,10", "mum=0/1", "dad=0/0"}, []string{ModelDominantReduced}, ""},
		{
			"mosaic mother", trio(review.Female), "1-100-A-G",
			[]string{"kid=0/1", "mum=0/1:90,10", "dad=0/0"},
			[]string{ModelDominantReduced, ModelParentalMosaic},
			"",
		},
		{"the child has as few reads", trio(review.Female), "1-100-A-G", []string{"kid=0/1:85,15", "mum=0/1:90,10", "dad=0/0"}, []string{ModelDominantReduced}, ""},
		{"the other parent has it too", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=0/1:90,10", "dad=0/1"}, []string{ModelDominantReduced}, ""},
		{"mosaic mother of a boy, on X", trio(review.Male), "X-50000000-A-G", []string{"kid=1", "mum=0/1:90,10", "dad=0"}, []string{ModelXLinked, ModelParentalMosaic}, ""},
		{
			"reads in a parent called reference", trio(review.Female), "1-100-A-G",
			[]string{"kid=0/1", "mum=0/0:57,3", "dad=0/0"},
			[]string{ModelDeNovoPossible, ModelDominant},
			"a parent may be mosaic, which matters for the risk of recurrence",
		},
	})
	if p := atMost(10, 100); p < 1.5e-17 || p > 1.6e-17 { // R: pbinom(10, 100, 0.5)
		t.Errorf("chance of at most 10 of 100 = %g", p)
	}
	if p := atMost(5, 10); p < 0.6230 || p > 0.6231 { // R: pbinom(5, 10, 0.5)
		t.Errorf("chance of at most 5 of 10 = %g", p)
	}
}

// acmg.md section 6, imprinting: a parent of origin flag for genes whose source
// is named.
func TestImprinting(t *testing.T) {
	sib := review.Member{ID: "sib", Mother: "mum", Father: "dad", Sex: review.Female, Affected: affected(false)}
	for _, tt := range []struct {
		name, gene string
		c          *review.Case
		calls      []string
		flagged    bool
		want       string
	}{
		{"MAGEL2 from the father", "MAGEL2", trio(review.Female), []string{"kid=0/1", "mum=0/0", "dad=0/1"}, true, "Schaaf–Yang syndrome; Schaaf 2013, doi:10.1038/ng.2776); this one comes from the father"},
		{"MAGEL2 from the mother", "MAGEL2", trio(review.Female), []string{"kid=0/1", "mum=0/1", "dad=0/0"}, false, "against it: a change in MAGEL2 matters on the copy from the father"},
		{"UBE3A from the mother", "UBE3A", trio(review.Female), []string{"kid=0/1", "mum=0/1", "dad=0/0"}, true, "Angelman"},
		{"UBE3A from the father", "UBE3A", trio(review.Female), []string{"kid=0/1", "mum=0/0", "dad=0/1"}, false, "against it"},
		{"GNAS from either", "GNAS", trio(review.Female), []string{"kid=0/1", "mum=0/0", "dad=0/1"}, true, "pseudopseudohypoparathyroidism from the father"},
		{"origin not known", "MAGEL2", trio(review.Female), []string{"kid=0/1", "mum=0/1", "dad=0/1"}, true, "is not known"},
		{"new", "MAGEL2", trio(review.Female), []string{"kid=0/1", "mum=0/0", "dad=0/0"}, true, "on which copy it arose is not known"},
		{"healthy sister with it", "MAGEL2", trio(review.Female, sib), []string{"kid=0/1", "mum=0/0", "dad=0/1", "sib=0/1"}, true, "warning: the unaffected sister has it too"},
		{"another gene", "GENEA", trio(review.Female), []string{"kid=0/1", "mum=0/0", "dad=0/1"}, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := run(t, one(in(variant(t, "15-100-A-G", tt.calls...), tt.gene, "frameshift_variant")), tt.c, AllVariants()).List[0]
			var why []string
			found := false
			for _, l := range r.Labels {
				why = append(why, l.Why)
				found = found || l.Model == ModelImprinted
			}
			if found != tt.flagged || !strings.Contains(strings.Join(why, "\n"), tt.want) {
				t.Errorf("flagged %v, want %v, and %q in %q", found, tt.flagged, tt.want, why)
			}
		})
	}
	for _, m := range imprints {
		if !strings.Contains(m.source, "doi:10.") || m.active != "maternal" && m.active != "paternal" || m.effect == "" {
			t.Errorf("%s: no source, origin or effect: %+v", m.gene, m)
		}
	}
	for _, chrom := range []string{"6", "7", "11", "14", "15", "20"} { // acmg.md section 6, UPD
		if disomies[[2]string{chrom, "maternal"}] == "" && disomies[[2]string{chrom, "paternal"}] == "" {
			t.Errorf("chromosome %s has no note on disomy", chrom)
		}
	}
}
