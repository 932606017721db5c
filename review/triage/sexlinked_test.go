package triage

import (
	"strings"
	"testing"

	"garrod/review"
)

// acmg.md section 6, XLR and XLD: male-to-male transmission excludes X.
func TestMaleToMaleExcludesX(t *testing.T) {
	fatherAndSon := trio(review.Male)
	fatherAndSon.Family.Members[2].Affected = affected(true)
	bothParents := trio(review.Male)
	bothParents.Family.Members[1].Affected = affected(true)
	bothParents.Family.Members[2].Affected = affected(true)
	uncles := family(t, "kid", "gf 0 0 1 2", "gm 0 0 2 1", "unc gf gm 1 2", "mum gf gm 2 1", "dad 0 0 1 1", "kid dad mum 2 2")
	byMarriage := family(t, "kid", "gf 0 0 1 1", "gm 0 0 2 1", "aunt gf gm 2 1", "mum gf gm 2 1", "inlaw 0 0 1 2", "cous inlaw aunt 1 2", "dad 0 0 1 1", "kid dad mum 1 2")
	checkLabels(t, []labelled{
		{"affected father and son", fatherAndSon, "X-50000000-A-G", []string{"kid=1", "mum=./.", "dad=1"}, []string{ModelDeNovoPossible}, ""},
		{"the mother carries it too", fatherAndSon, "X-50000000-A-G", []string{"kid=1", "mum=0/1", "dad=1"}, []string{ModelXLinked}, "gives no X to a son"},
		{"an affected mother may have given it", bothParents, "X-50000000-A-G", []string{"kid=1", "mum=1/1", "dad=1"}, []string{ModelXLinked}, ""},
		{"grandfather to uncle", uncles, "X-50000000-A-G", []string{"kid=0/1", "mum=0/1", "dad=0", "gf=1", "unc=1", "gm=0/0"}, nil, ""},
		{"a man who married in", byMarriage, "X-50000000-A-G", []string{"kid=1", "mum=0/1", "dad=0", "cous=1"}, []string{ModelXLinked}, ""},
	})
	v := variant(t, "X-50000000-A-G", "kid=0/1", "mum=0/1", "dad=0", "gf=1", "unc=1", "gm=0/0")
	if _, noFit := newKindred(uncles, DefaultInheritance()).single(&v); !strings.Contains(noFit, "male-to-male transmission excludes X") {
		t.Errorf("no reason is given: %q", noFit)
	}
}

func TestXLinkedFamilies(t *testing.T) {
	brothers := func(aff bool) *review.Case {
		return trio(review.Male, review.Member{ID: "bro", Mother: "mum", Father: "dad", Sex: review.Male, Affected: affected(aff)})
	}
	sister := trio(review.Male, review.Member{ID: "sis", Mother: "mum", Father: "dad", Sex: review.Female, Affected: affected(false)})
	dominantX := trio(review.Female)
	dominantX.Family.Members[1].Affected = affected(true)
	checkLabels(t, []labelled{
		{"affected brother has it", brothers(true), "X-50000000-A-G", []string{"kid=1", "mum=0/1", "dad=0", "bro=1"}, []string{ModelXLinked}, "affected brother has it too"},
		{"affected brother lacks it", brothers(true), "X-50000000-A-G", []string{"kid=1", "mum=0/1", "dad=0", "bro=0"}, nil, ""},
		{"healthy brother has it", brothers(false), "X-50000000-A-G", []string{"kid=1", "mum=0/1", "dad=0", "bro=1"}, []string{ModelXLinkedReduced}, ""},
		{"brother called 0/1 tells nothing", brothers(false), "X-50000000-A-G", []string{"kid=1", "mum=0/1", "dad=0", "bro=0/1"}, []string{ModelXLinked}, ""},
		{"carrier sister", sister, "X-50000000-A-G", []string{"kid=1", "mum=0/1", "dad=0", "sis=0/1"}, []string{ModelXLinked}, ""},
		{"dominant, affected mother", dominantX, "X-50000000-A-G", []string{"kid=0/1", "mum=0/1", "dad=0"}, []string{ModelXLinkedFemale}, ""},
		{"healthy heterozygous mother", trio(review.Female), "X-50000000-A-G", []string{"kid=0/1", "mum=0/1", "dad=0"}, []string{ModelXLinkedReduced}, "skewed X inactivation"},
		{"homozygous girl, father called 0/1", trio(review.Female), "X-50000000-A-G", []string{"kid=1/1", "mum=0/1", "dad=0/1"}, []string{ModelXLinkedFemaleHom}, ""},
		{"X-transposed region", trio(review.Male), "X-89201883-A-G", []string{"kid=1", "mum=0/1", "dad=0"}, []string{ModelXLinked}, "X-transposed region"},
		{"boy called 0/1 with his reads", trio(review.Male), "X-50000000-A-G", []string{"kid=0/1:20,10", "mum=0/0", "dad=0"}, []string{ModelSexAnomaly, ModelDeNovoPossible}, "10 of 30 reads with the allele, on X outside the pseudoautosomal regions: an artefact, a mosaic, or more than one X (XXY)"},
		{"new in a boy: the father's call is quality control", trio(review.Male), "X-50000000-A-G", []string{"kid=1", "mum=0/0", "dad=1"}, []string{ModelDeNovoPossible, ModelXLinkedReduced}, "possible de novo: father called 1; hemizygous"},
		{"new in a boy, the father has it: why", trio(review.Male), "X-50000000-A-G", []string{"kid=1", "mum=0/0", "dad=1"}, []string{ModelDeNovoPossible, ModelXLinkedReduced}, "a new allele that the father has too is likelier an error"},
	})
	checkLabels(t, []labelled{
		{"boy called 0/1 on Y, father without", trio(review.Male), "Y-9000000-A-G", []string{"kid=0/1", "mum=.", "dad=0"}, []string{ModelSexAnomaly, ModelDeNovoPossible}, "more than one Y"},
		{"boy called 0/1 on Y, father has it", trio(review.Male), "Y-9000000-A-G", []string{"kid=0/1", "mum=.", "dad=1"}, []string{ModelSexAnomaly}, ""},
	})
	for _, pos := range []string{"X-89201882-A-G", "X-93120511-A-G"} {
		if inXTR(variant(t, pos).Key) {
			t.Errorf("%s is in the X-transposed region", pos)
		}
	}
}

// acmg.md section 6, Y: the male line only.
func TestYRunsInTheMaleLine(t *testing.T) {
	lines := []string{"gf 0 0 1 2", "mgf 0 0 1 1", "dad gf 0 1 2", "unc gf 0 1 1", "mum mgf 0 2 1", "munc mgf 0 1 1", "kid dad mum 1 2"}
	c := family(t, "kid", lines...)
	calls := func(gf, unc, munc string) []string {
		return []string{"kid=1", "dad=1", "mum=.", "mgf=0", "gf=" + gf, "unc=" + unc, "munc=" + munc}
	}
	checkLabels(t, []labelled{
		{"affected father and grandfather", c, "Y-9000000-A-G", calls("1", "0", "0"), []string{ModelYLinked}, "affected paternal grandfather has it too"},
		{"healthy paternal uncle", c, "Y-9000000-A-G", calls("1", "1", "0"), []string{ModelYLinkedReduced}, "unaffected paternal uncle"},
		{"a maternal uncle has another Y", c, "Y-9000000-A-G", calls("1", "0", "1"), []string{ModelYLinked}, ""},
		{"affected grandfather lacks it", c, "Y-9000000-A-G", calls("0", "0", "0"), nil, ""},
		{"pseudoautosomal", c, "Y-20000-A-G", []string{"kid=0/1", "dad=0/1", "mum=0/0", "gf=0/1", "unc=0/0", "munc=0/0", "mgf=0/0"}, []string{ModelDominant}, ""},
	})
}

// acmg.md section 6, Mito: the maternal line only, with the difference.
func TestMitochondrialLine(t *testing.T) {
	c := family(t, "kid", "mgm 0 0 2 1", "mum 0 mgm 2 1", "unc 0 mgm 1 2", "dad 0 0 1 1", "kid dad mum 1 2")
	why := func(calls ...string) string {
		return labelOf(t, run(t, one(variant(t, "MT-3243-A-G", calls...)), c, AllVariants()).List[0], ModelMitochondrial).Why
	}
	got := why("kid=0/1:40,60", "mum=0/1:88,12", "dad=1/1:1,99", "mgm=0/1:95,5", "unc=0/0:100,0")
	for _, want := range []string{
		"48 points more than in the mother", "5 % of the reads of the unaffected maternal grandmother",
		"99 % of the reads of the unaffected father, of another maternal line",
		"the affected maternal uncle is called without it in the tissue that was tested",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("why = %q, want %q in it", got, want)
		}
	}
	if got := why("kid=0/1:95,5", "mum=1/1:0,90"); !strings.Contains(got, "95 points less than in the mother") {
		t.Errorf("why = %q", got)
	}
	if got := why("kid=0/1:95,5", "mum=0/0:3,0"); !strings.Contains(got, "mother called 0/0 on weak evidence") {
		t.Errorf("why = %q", got)
	}
}

// A new allele names the siblings whose calls bear on it.
func TestDeNovoNamesSiblings(t *testing.T) {
	sib := func(id string, aff bool) review.Member {
		return review.Member{ID: id, Mother: "mum", Father: "dad", Sex: review.Male, Affected: affected(aff)}
	}
	c := trio(review.Female, sib("well", false), sib("ill", true))
	for _, tt := range []struct{ well, ill, want, not string }{
		{"0/1", "0/0", "the unaffected brother well carries it too (0/1): gonadal mosaicism of a parent, or a sample error; the affected brother ill does not have it (0/0), which speaks against it", ""},
		{"0/0", "0/1", "the affected brother ill carries it too", "unaffected brother"},
		{"0/0", "./.", "", "brother ill carries"},
	} {
		v := variant(t, "1-100-A-G", "kid=0/1", "mum=0/0", "dad=0/0", "well="+tt.well, "ill="+tt.ill)
		l := labelOf(t, run(t, one(v), c, AllVariants()).List[0], ModelDeNovo)
		if !strings.Contains(l.Why, tt.want) || tt.not != "" && strings.Contains(l.Why, tt.not) {
			t.Errorf("well %s, ill %s: %q", tt.well, tt.ill, l.Why)
		}
	}
}

// Labels say who is meant, and what a call that tells nothing is.
func TestLabelsNamePeopleAndCalls(t *testing.T) {
	bro := func(id string) review.Member {
		return review.Member{ID: id, Mother: "mum", Father: "dad", Sex: review.Male, Affected: affected(false)}
	}
	motherOnly := trio(review.Female)
	motherOnly.Family.Members = motherOnly.Family.Members[:2]
	motherOnly.Family.Members[0].Father = ""
	for _, tt := range []struct {
		name  string
		c     *review.Case
		key   string
		calls []string
		want  string
		basis string
	}{
		{"two brothers", trio(review.Female, bro("b1"), bro("b2")), "1-100-A-G", []string{"kid=0/1", "mum=0/1", "dad=0/0", "b1=0/0", "b2=./."}, "brother b2 not called", "maternal"},
		{"one brother", trio(review.Female, bro("b1")), "1-100-A-G", []string{"kid=0/1", "mum=0/1", "dad=0/0", "b1=./."}, "brother not called", "maternal"},
		{"brother 0/1 on X", trio(review.Male, bro("b1")), "X-50000000-A-G", []string{"kid=1", "mum=0/1", "dad=0", "b1=0/1"}, "brother called 0/1 on one X, which tells nothing", "maternal"},
		{"father 0/1 on X", trio(review.Female), "X-50000000-A-G", []string{"kid=0/1", "mum=0/1", "dad=0/1"}, "unaffected father called 0/1 on one X, which tells nothing", "maternal"},
		{"both parents have it", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=0/1", "dad=0/1"}, "unaffected mother, unaffected father have it too", "both_parents"},
		{"no father in the pedigree", motherOnly, "1-100-A-G", []string{"kid=0/1", "mum=0/1"}, "father is not in the pedigree", "maternal"},
	} {
		l := run(t, one(variant(t, tt.key, tt.calls...)), tt.c, AllVariants()).List[0].Labels[0]
		if !strings.Contains(l.Why, tt.want) || l.Basis != tt.basis {
			t.Errorf("%s: %s: %q, want %s: %q", tt.name, l.Basis, l.Why, tt.basis, tt.want)
		}
	}
}
