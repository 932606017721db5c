package triage

import (
	"strings"
	"testing"

	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

// labelled is a variant with the labels it must get.
type labelled struct {
	name  string
	c     *review.Case
	key   string
	calls []string
	want  []string
	why   string // part of the first label's reason
}

func TestAutosomalLabels(t *testing.T) {
	sister := review.Member{ID: "sis", Mother: "mum", Father: "dad", Sex: review.Female, Affected: affected(true)}
	brother := review.Member{ID: "bro", Mother: "mum", Father: "dad", Sex: review.Male, Affected: affected(false)}
	affectedMother := trio(review.Female)
	affectedMother.Family.Members[1].Affected = affected(true)
	unknownMother := trio(review.Female)
	unknownMother.Family.Members[1].Affected = nil
	checkLabels(t, []labelled{
		{"de novo", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=0/0", "dad=0/0"}, []string{ModelDeNovo}, "mother 0/0, DP 30, GQ 99, 0 of 30 reads"},
		{"mother not called", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=./.", "dad=0/0"}, []string{ModelDeNovoPossible, ModelDominant}, "possible de novo: mother not called"},
		{"mother without a record", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=", "dad=0/0"}, []string{ModelDeNovoPossible, ModelDominant}, "mother without a record"},
		{"mother partly called", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=./0", "dad=0/0"}, []string{ModelDeNovoPossible, ModelDominant}, "only partly called"},
		{"mother partly called with the allele", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=./1", "dad=0/0"}, []string{ModelDominantReduced}, "unaffected mother"},
		{"parent depth 11", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=0/0:11,0", "dad=0/0"}, []string{ModelDeNovoPossible, ModelDominant}, "DP of the mother is 11, below 12"},
		{"parent depth 12", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=0/0:12,0", "dad=0/0"}, []string{ModelDeNovo}, ""},
		{"two parental reads", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=0/0:99,1", "dad=0/0:99,1"}, []string{ModelDeNovoPossible, ModelDominant}, "2 reads of the parents"},
		{"half of a parent's reads", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=0/0:20,20", "dad=0/0"}, []string{ModelDeNovoPossible, ModelDominant}, "the reads of the mother contradict the call 0/0: the mother may carry it"},
		{"one parental read of many", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=0/0:99,1", "dad=0/0"}, []string{ModelDeNovo}, ""},
		{"one parental read of few", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=0/0:20,1", "dad=0/0"}, []string{ModelDeNovoPossible, ModelDominant}, "4.76 % of the reads of the mother"},
		{"child mosaic", trio(review.Female), "1-100-A-G", []string{"kid=0/1:45,5", "mum=0/0", "dad=0/0"}, []string{ModelDeNovo, ModelMosaic}, "mosaic perhaps"},
		{"child noise", trio(review.Female), "1-100-A-G", []string{"kid=0/1:98,2", "mum=0/0", "dad=0/0"}, []string{ModelDeNovoPossible, ModelDominant}, "only 2 %"},
		{"child partly called", trio(review.Female), "1-100-A-G", []string{"kid=./1", "mum=0/0", "dad=0/0"}, []string{ModelDeNovoPossible, ModelDominant}, "partly called"},
		{"child partly called, parents carriers", trio(review.Female), "1-100-A-G", []string{"kid=./1", "mum=0/1", "dad=0/1"}, []string{ModelDominantReduced, ModelRecessivePossible}, "the other allele not called (./1)"},
		{"child partly called, father reference", trio(review.Female), "1-100-A-G", []string{"kid=./1", "mum=0/1", "dad=0/0"}, []string{ModelDominantReduced}, ""},
		{"child partly called, no parents", single(review.Female), "1-100-A-G", []string{"kid=./1"}, []string{ModelDominant, ModelRecessivePossible}, ""},
		{"from the unaffected mother", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=0/1", "dad=0/0"}, []string{ModelDominantReduced}, "reduced penetrance"},
		{"from the affected mother", affectedMother, "1-100-A-G", []string{"kid=0/1", "mum=0/1", "dad=0/0"}, []string{ModelDominant}, "affected mother heterozygous"},
		{"not in the affected mother", affectedMother, "1-100-A-G", []string{"kid=0/1", "mum=0/0", "dad=0/1"}, nil, ""},
		{"mother of unknown status", unknownMother, "1-100-A-G", []string{"kid=0/1", "mum=0/1", "dad=0/0"}, []string{ModelDominant}, "status unknown"},
		{"no parents", single(review.Female), "1-100-A-G", []string{"kid=0/1"}, []string{ModelDominant}, "parents not available"},
		{"father not in the file", trio(review.Female), "1-100-A-G", []string{"kid=0/1", "mum=0/0"}, []string{ModelDominant}, "father not available"},
		{"germline mosaic parent", trio(review.Female, sister), "1-100-A-G", []string{"kid=0/1", "mum=0/0", "dad=0/0", "sis=0/1"}, []string{ModelDeNovo, ModelDominant}, ""},
		{"affected sister lacks it", trio(review.Female, sister), "1-100-A-G", []string{"kid=0/1", "mum=0/0", "dad=0/1", "sis=0/0"}, nil, ""},
		{"recessive", trio(review.Female), "1-100-A-G", []string{"kid=1/1", "mum=0/1", "dad=0/1"}, []string{ModelRecessiveHom}, "unaffected mother heterozygous, unaffected father heterozygous"},
		{"recessive, father not called", trio(review.Female), "1-100-A-G", []string{"kid=1/1", "mum=0/1", "dad=./."}, []string{ModelRecessiveHom}, "father not called"},
		{"recessive, no parents", single(review.Male), "1-100-A-G", []string{"kid=1/1"}, []string{ModelRecessiveHom}, "parents not available"},
		{"hom, father reference", trio(review.Female), "1-100-A-G", []string{"kid=1/1", "mum=0/1", "dad=0/0"}, []string{ModelParentReference, ModelRecessiveHom}, "uniparental disomy"},
		{"hom, unaffected brother too", trio(review.Female, brother), "1-100-A-G", []string{"kid=1/1", "mum=0/1", "dad=0/1", "bro=1/1"}, []string{ModelRecessiveReduced}, ""},
		{"hom, affected sister not", trio(review.Female, sister), "1-100-A-G", []string{"kid=1/1", "mum=0/1", "dad=0/1", "sis=0/1"}, []string{ModelDominantReduced}, "one copy may be enough, for two copies; affected sister does not have it (0/1)"},
		{"haploid call on an autosome", trio(review.Female), "1-100-A-G", []string{"kid=1", "mum=0/1", "dad=0/0"}, []string{ModelRecessiveHom}, "hemizygous"},
	})
}

func TestSexChromosomeAndMitochondrialLabels(t *testing.T) {
	checkLabels(t, []labelled{
		{"X, boy, carrier mother", trio(review.Male), "X-50000000-A-G", []string{"kid=1", "mum=0/1", "dad=0"}, []string{ModelXLinked}, "unaffected mother heterozygous"},
		{"X, boy called 1/1", trio(review.Male), "X-50000000-A-G", []string{"kid=1/1", "mum=0/1", "dad=0/0"}, []string{ModelXLinked}, "hemizygous"},
		{"X, boy, new", trio(review.Male), "X-50000000-A-G", []string{"kid=1", "mum=0/0", "dad=0"}, []string{ModelDeNovo, ModelXLinked}, "a father gives no X to a son"},
		{"X, boy, mother not called", trio(review.Male), "X-50000000-A-G", []string{"kid=1", "mum=./.", "dad=0"}, []string{ModelDeNovoPossible, ModelXLinked}, "mother not called"},
		{"X, boy, unaffected father has it", trio(review.Male), "X-50000000-A-G", []string{"kid=1", "mum=0/1", "dad=1"}, []string{ModelXLinkedReduced}, "gives no X to a son"},
		{"X, boy called 0/1", trio(review.Male), "X-50000000-A-G", []string{"kid=0/1", "mum=0/1", "dad=0/0"}, []string{ModelSexAnomaly}, "more than one X"},
		{"X, girl, new", trio(review.Female), "X-50000000-A-G", []string{"kid=0/1", "mum=0/0", "dad=0"}, []string{ModelDeNovo, ModelXLinkedFemale}, ""},
		{"X, girl, unaffected father", trio(review.Female), "X-50000000-A-G", []string{"kid=0/1", "mum=0/0", "dad=1"}, []string{ModelXLinkedReduced}, "reduced penetrance"},
		{"X, girl homozygous", affectedFather(), "X-50000000-A-G", []string{"kid=1/1", "mum=0/1", "dad=1"}, []string{ModelXLinkedFemaleHom}, ""},
		{"X, girl homozygous, father reference", trio(review.Female), "X-50000000-A-G", []string{"kid=1/1", "mum=0/1", "dad=0"}, []string{ModelParentReference, ModelXLinkedFemaleHom}, ""},
		{"X, girl called 1", single(review.Female), "X-50000000-A-G", []string{"kid=1"}, []string{ModelSexAnomaly}, "one X only"},
		{"X, sex unknown, hom", single(review.SexUnknown), "X-50000000-A-G", []string{"kid=1/1"}, []string{ModelXLinked, ModelXLinkedFemaleHom}, "if the proband is male"},
		{"X, sex unknown, het", single(review.SexUnknown), "X-50000000-A-G", []string{"kid=0/1"}, []string{ModelSexAnomaly, ModelXLinkedFemale}, "if the proband is male"},
		{"Y from the father", trio(review.Male), "Y-9000000-A-G", []string{"kid=1", "mum=.", "dad=1"}, []string{ModelYLinkedReduced}, "unaffected father"},
		{"Y, new", trio(review.Male), "Y-9000000-A-G", []string{"kid=1", "mum=.", "dad=0"}, []string{ModelDeNovo, ModelYLinked}, ""},
		{"Y in a girl", trio(review.Female), "Y-9000000-A-G", []string{"kid=0/1", "mum=./.", "dad=0"}, []string{ModelSexAnomaly}, "on Y"},
		{"mitochondrial, from the mother", trio(review.Male), "MT-3243-A-G", []string{"kid=0/1:40,60", "mum=0/1:88,12", "dad=0/0"}, []string{ModelMitochondrial}, "60 % of the reads of the proband; 12 % of the reads of the unaffected mother"},
		{"mitochondrial, not in the mother", trio(review.Male), "MT-3243-A-G", []string{"kid=1", "mum=0", "dad=0"}, []string{ModelMitochondrial}, "in the tissue that was tested"},
		{"mitochondrial, low", single(review.Male), "MT-3243-A-G", []string{"kid=0/1:97,3"}, []string{ModelMitochondrial}, "nuclear copy"},
		{"not carried", trio(review.Male), "1-100-A-G", []string{"kid=0/0", "mum=0/1", "dad=0/0"}, nil, ""},
		{"not called", trio(review.Male), "1-100-A-G", []string{"kid=./.", "mum=0/1", "dad=0/0"}, nil, ""},
	})
}

func checkLabels(t *testing.T, rows []labelled) {
	t.Helper()
	for _, tt := range rows {
		t.Run(tt.name, func(t *testing.T) {
			w := run(t, one(variant(t, tt.key, tt.calls...)), tt.c, AllVariants())
			got := w.List[0]
			if d := cmp.Diff(tt.want, modelsOf(got)); d != "" {
				t.Fatalf("labels (-want +got):\n%s%v", d, got.Labels)
			}
			if tt.why != "" && !strings.Contains(got.Labels[0].Why, tt.why) {
				t.Errorf("why = %q, want %q in it", got.Labels[0].Why, tt.why)
			}
			for _, l := range got.Labels {
				if l.Why == "" || l.Basis == "" {
					t.Errorf("label %s has no reason or basis: %+v", l.Model, l)
				}
			}
		})
	}
}

func affectedFather() *review.Case {
	c := trio(review.Female)
	c.Family.Members[2].Affected = affected(true)
	return c
}

// Reference calls without any evidence (a merged file of single samples writes
// 0/0 with GQ 0 where a sample had no record) never prove a de novo. Hazard 18.
func TestDeNovoNeedsEvidence(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(c *review.Call)
		want  string
	}{
		{"GQ 0", func(c *review.Call) { c.GQ = ref(0) }, "GQ of the mother is 0, below 20"},
		{"GQ 19", func(c *review.Call) { c.GQ = ref(19) }, "GQ of the mother is 19, below 20"},
		{"no GQ", func(c *review.Call) { c.GQ = nil }, "GQ of the mother is not in the file"},
		{"no DP", func(c *review.Call) { c.Depth = nil }, "DP of the mother is not in the file"},
		{"no AD", func(c *review.Call) { c.AD = nil }, "AD of the mother is not in the file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := variant(t, "1-100-A-G", "kid=0/1", "mum=0/0", "dad=0/0")
			tt.spoil(&v.Calls[1])
			w := run(t, one(v), trio(review.Female), AllVariants())
			if l := labelOf(t, w.List[0], ModelDeNovoPossible); !strings.Contains(l.Why, tt.want) {
				t.Errorf("why = %q, want %q in it", l.Why, tt.want)
			}
		})
	}
	for _, tt := range []struct {
		name  string
		spoil func(v *review.Variant)
		model string
		want  string
	}{
		{"child GQ 24", func(v *review.Variant) { v.Calls[0].GQ = ref(24) }, ModelDeNovoPossible, "GQ of the proband is 24, below 25"},
		{"child GQ 25", func(v *review.Variant) { v.Calls[0].GQ = ref(25) }, ModelDeNovo, ""},
		{"4 reads", func(v *review.Variant) { v.Calls[0].AD = &[2]int{6, 4} }, ModelDeNovoPossible, "4 reads of the proband show the allele, fewer than 5"},
		{"5 reads", func(v *review.Variant) { v.Calls[0].AD = &[2]int{6, 5} }, ModelDeNovo, ""},
		{"0.2 % of a population", func(v *review.Variant) { *v = withAF(*v, "nfe", 2000, 0.002) }, ModelDeNovoPossible, "0.2 % of gnomAD nfe carry it, more than 0.1 %"},
		{"0.1 % of a population", func(v *review.Variant) { *v = withAF(*v, "nfe", 2000, 0.001) }, ModelDeNovo, ""},
		{"2 of 1000 alleles", func(v *review.Variant) { *v = withAF(*v, "nfe", 1000, 0.002) }, ModelDeNovo, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := variant(t, "1-100-A-G", "kid=0/1", "mum=0/0", "dad=0/0")
			tt.spoil(&v)
			l := labelOf(t, run(t, one(v), trio(review.Female), AllVariants()).List[0], tt.model)
			if !strings.Contains(l.Why, tt.want) || !strings.Contains(l.Why, "proband 0/1") {
				t.Errorf("why = %q, want %q and the proband's evidence in it", l.Why, tt.want)
			}
		})
	}
	t.Run("reference block", func(t *testing.T) {
		v := variant(t, "1-100-A-G", "kid=0/1", "mum=0/0", "dad=0/0")
		v.Calls[1].State, v.Calls[1].AD = review.RefBlock, nil
		labelOf(t, run(t, one(v), trio(review.Female), AllVariants()).List[0], ModelDeNovo)
	})
	t.Run("parameters of the filter count", func(t *testing.T) {
		f := AllVariants()
		p := DefaultInheritance()
		p.ParentMinGQ = 100
		f.Evidence = &p
		v := variant(t, "1-100-A-G", "kid=0/1", "mum=0/0", "dad=0/0")
		labelOf(t, run(t, one(v), trio(review.Female), f).List[0], ModelDeNovoPossible)
	})
}

// acmg.md 9b.8: the first and last base of each pseudoautosomal region and the
// bases beside them, on both assemblies. Inside, a male is 0/1 like on an
// autosome; outside, 0/1 is an anomaly.
func TestPseudoautosomalEdges(t *testing.T) {
	for _, tt := range []struct {
		a      string
		contig string
		inside []int
	}{
		{"GRCh37", "X", []int{60001, 2699520}},
		{"GRCh37", "X", []int{154931044, 155260560}},
		{"GRCh37", "Y", []int{10001, 2649520}},
		{"GRCh37", "Y", []int{59034050, 59363566}},
		{"GRCh38", "X", []int{10001, 2781479}},
		{"GRCh38", "X", []int{155701383, 156030895}},
		{"GRCh38", "Y", []int{10001, 2781479}},
		{"GRCh38", "Y", []int{56887903, 57217415}},
	} {
		for i, edge := range tt.inside {
			outside := edge - 1 + 2*i
			for pos, want := range map[int]string{edge: ModelDominant, outside: ModelSexAnomaly} {
				c := single(review.Male)
				v := variant(t, tt.contig+"-1-A-G", "kid=0/1")
				v.Key.Assembly, v.Key.Pos = assembly(t, tt.a), pos1(pos)
				c.Assembly = v.Key.Assembly
				if got := models(t, c, v); len(got) == 0 || got[0] != want {
					t.Errorf("%s %s:%d in a male 0/1: %v, want %s", tt.a, tt.contig, pos, got, want)
				}
			}
		}
	}
	if got := models(t, single(review.Male), variant(t, "X-10001-A-G", "kid=1/1")); !cmp.Equal(got, []string{ModelRecessiveHom}) {
		t.Errorf("male homozygous in a pseudoautosomal region: %v", got)
	}
}

// A 1/2 child of 0/1 and 0/2 parents has two alleles in trans (9b.7).
func TestTwoAllelesOfOneRecord(t *testing.T) {
	vs := alleles(t, "1", 100, "A", []string{"C", "G"}, "kid=1/2", "mum=0/1", "dad=0/2")
	for i := range vs {
		vs[i] = in(vs[i], "GENEA", "missense_variant")
	}
	w := run(t, records{vs}, trio(review.Female), AllVariants())
	for _, key := range []string{"1-100-A-C", "1-100-A-G"} {
		l := labelOf(t, rowOf(t, w, key), ModelCompoundHet)
		if l.Phase != "trans" || l.Basis != "genotype" {
			t.Errorf("%s: phase %s by %s, want trans by genotype", key, l.Phase, l.Basis)
		}
	}
	if got := labelOf(t, rowOf(t, w, "1-100-A-C"), ModelDominantReduced); got.Basis != "maternal" {
		t.Errorf("origin of the first allele = %s, want maternal", got.Basis)
	}
	// the father is called 0/2: he has no copy of the first allele, but he is no proof of reference
	w = run(t, records{alleles(t, "1", 100, "A", []string{"C", "G"}, "kid=0/1", "mum=0/0", "dad=0/2")}, trio(review.Female), AllVariants())
	if l := labelOf(t, rowOf(t, w, "1-100-A-C"), ModelDeNovoPossible); !strings.Contains(l.Why, "father has another allele of the site (0/2)") {
		t.Errorf("why = %q", l.Why)
	}
}
