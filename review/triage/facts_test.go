package triage

import (
	"encoding/json"
	"testing"

	"garrod/review"
	"garrod/review/acmg"

	"github.com/google/go-cmp/cmp"
)

func TestBuildFacts(t *testing.T) {
	c := withPanel(trio(review.Female))
	c.Panel.Genes[0].MOI = "BIALLELIC, autosomal or pseudoautosomal"
	c.HPO = []string{"HP:0001250"}
	c.Checks = []review.Check{{Name: "relatedness", Outcome: review.Pass}}
	a := in(variant(t, "2-100-A-G", "kid=0|1@7", "mum=0/1", "dad=0/0"), "GENE1", "missense_variant")
	a.Consequences[0].HGVSc, a.Consequences[0].Exon, a.Consequences[0].AAPosition, a.Consequences[0].AminoAcids = "NM_GENE1.1:c.290A>G", "5/27", "97/393", "R/W"
	a.Predictors = []acmg.Predictor{{Name: "REVEL", Score: 0.7}}
	b := in(variant(t, "2-900-A-G", "kid=0/1", "mum=0/0", "dad=0/1"), "GENE1", "missense_variant")
	w := run(t, one(a, b), c, Default())
	r := rowOf(t, w, "2-100-A-G")
	u := UnitOf(c, r)
	hgnc := r.Variant.Consequences[0].HGNC
	if want := (acmg.Unit{Key: "2-100-A-G", Assembly: "GRCh38", Gene: hgnc, MOI: "AR", Transcript: "NM_GENE1.1"}); u != want {
		t.Fatalf("unit %+v, want %+v", u, want)
	}
	got := BuildFacts(c, r, u, map[string]acmg.Class{"2-900-A-G": acmg.ClassPathogenic})
	person := func(id, relation, mother, father, sex string, aff bool, gt string, ad []int) acmg.Relative {
		return acmg.Relative{ID: id, Relation: relation, Mother: mother, Father: father, Sex: sex, Affected: &aff, State: "called", GT: gt, DP: ref(30), GQ: ref(99), AD: ad}
	}
	kid := person("kid", "proband", "mum", "dad", "female", true, "0|1", []int{15, 15})
	kid.PS = ref(7)
	mum, dad := person("mum", "mother", "", "", "female", false, "0/1", []int{15, 15}), person("dad", "father", "", "", "male", false, "0/0", []int{30, 0})
	mum.Parentage, dad.Parentage = "assumed", "assumed"
	want := &acmg.Facts{
		ID: "T-1:2-100-A-G", Schema: 1, Assembly: "GRCh38", Key: "2-100-A-G", Chosen: "NM_GENE1.1", MOI: "AR",
		Gene: &acmg.Gene{HGNC: hgnc, Symbol: "GENE1"},
		Transcripts: []acmg.Transcript{{
			ID: "NM_GENE1.1", MANE: "select", Biotype: "protein_coding", SO: []string{"missense_variant"},
			HGVSc: "NM_GENE1.1:c.290A>G", Exon: ref(5), Exons: ref(27), AAFirst: ref(97), AALast: ref(97), ProteinLength: ref(393), AARef: "R", AAAlt: "W",
		}},
		Predictors: []acmg.Predictor{{Name: "REVEL", Score: 0.7}},
		Family:     []acmg.Relative{kid, mum, dad},
		Partners:   []acmg.Partner{{Key: "2-900-A-G", Class: "P", Phase: "trans", Basis: "parents"}},
		Phenotype:  &acmg.Phenotype{HPO: []string{"HP:0001250"}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("facts (-want +got):\n%s", d)
	}
}

// What the files do not give stays absent.
func TestFactsInventNothing(t *testing.T) {
	r := run(t, one(variant(t, "MT-3243-A-G", "kid=0/1:40,60")), single(review.Male), AllVariants()).List[0]
	c := single(review.Male)
	want := &acmg.Facts{ID: "S-1:MT-3243-A-G", Schema: 1, Assembly: "GRCh38", Key: "MT-3243-A-G", Family: []acmg.Relative{
		{ID: "kid", Relation: "proband", Sex: "male", State: "called", GT: "0/1", DP: ref(100), GQ: ref(99), AD: []int{40, 60}, Heteroplasmy: ref(0.6)},
	}}
	if d := cmp.Diff(want, BuildFacts(c, r, UnitOf(c, r), nil)); d != "" {
		t.Errorf("facts (-want +got):\n%s", d)
	}
	absent := trio(review.Female)
	r = run(t, one(variant(t, "1-100-A-G", "kid=0/1", "mum=./.")), absent, AllVariants()).List[0]
	f := BuildFacts(absent, r, UnitOf(absent, r), nil)
	if f.Family[1].State != "missing" || f.Family[2].State != "no_record" || f.Family[1].Parentage != "untested" {
		t.Errorf("family %+v", f.Family)
	}
	// the sibling allele of a record is never written as reference
	vs := alleles(t, "1", 100, "A", []string{"C", "G"}, "kid=0/1", "mum=0/0", "dad=0/2")
	r = run(t, records{vs}, absent, Default()).List[0]
	if got := BuildFacts(absent, r, UnitOf(absent, r), nil).Family[2].GT; got != "0/2" {
		t.Errorf("father's genotype %s, want 0/2", got)
	}
}

// What is built is what the facts schema allows.
func TestFactsKeepTheSchema(t *testing.T) {
	c := withPanel(trio(review.Female))
	for _, r := range run(t, random(t, 3, 300), c, AllVariants()).List {
		want := BuildFacts(c, r, UnitOf(c, r), map[string]acmg.Class{r.Variant.Key.String(): acmg.ClassBenign})
		line, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := acmg.ParseFacts(line)
		if err != nil {
			if r.Variant.Kind == review.SmallVariant {
				t.Errorf("%s: %v", r.Variant.Key, err)
			}
			continue // the schema knows small variants only
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-built +read):\n%s", r.Variant.Key, d)
		}
	}
	if got := hgncID("ENSG01"); got != "" {
		t.Errorf("hgncID of an Ensembl ID = %q", got)
	}
}

func TestIntronOffset(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want int // 0: nil
	}{
		{"NM_000059.4:c.7617+1G>A", 1},
		{"c.391-12del", -12},
		{"NM_1.1:c.-19-3C>T", -3},
		{"NM_1.1:c.*12+5A>G", 5},
		{"n.229+61_229+62insC", 61},
		{"c.391-12_391-3del", -3},
		{"c.388_390+2del", 0},
		{"c.390+1_391-1del", 0},
		{"c.390+1_500+2del", 0},
		{"c.97C>T", 0},
		{"c.-19C>T", 0},
		{"", 0},
		{"g.100+1A>G", 0},
		{"c.?", 0},
	} {
		got := intronOffset(tt.in)
		if (got == nil) != (tt.want == 0) || got != nil && *got != tt.want {
			t.Errorf("intronOffset(%q) = %v, want %d", tt.in, got, tt.want)
		}
	}
}

func TestTranscriptFacts(t *testing.T) {
	got := transcript("ENST01.2", review.Consequence{Terms: []string{"*missense", "splice_region_variant"}, Intron: "4/26", Exon: "", AAPosition: "?-98", AminoAcids: "-/X", HGVSc: "ENST01.2:c.1-2A>G"})
	want := acmg.Transcript{ID: "ENST01.2", SO: []string{"missense_variant", "splice_region_variant"}, Intron: ref(4), Exons: ref(27), AALast: ref(98), AAAlt: "X", HGVSc: "ENST01.2:c.1-2A>G", IntronOffset: ref(-2)}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for in, want := range map[string][2]string{"446G>446EG": {"G", "EG"}, "25M": {"M", "M"}, "R/*": {"R", "*"}, "L": {"L", "L"}, "": {}, "25M>..": {}, "R/-": {"R", ""}} {
		if r, a := aminoAcids(in); r != want[0] || a != want[1] {
			t.Errorf("amino acids of %q: %q, %q", in, r, a)
		}
	}
	if n, of := ordinal("5-6/27"); n != nil || *of != 27 {
		t.Errorf("a range of exons gave %v of %v", n, of)
	}
	for _, tt := range []struct{ tx, c, want string }{{"NM_1.2", "NM_1.9:c.1A>G", "NM_1.2"}, {"ENST01", "ENST01.5:c.1A>G", "ENST01.5"}, {"ENST01", "ENST02.5:c.1A>G", "ENST01"}, {"ENST01", "", "ENST01"}} {
		if got := transcriptID(review.Consequence{Transcript: tt.tx, HGVSc: tt.c}); got != tt.want {
			t.Errorf("transcript %s of %s: %s, want %s", tt.tx, tt.c, got, tt.want)
		}
	}
	for in, want := range map[string]string{
		"XLR": "XLR", "MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted": "AD",
		"BOTH monoallelic and biallelic, autosomal or pseudoautosomal": "", "": "", "Unknown": "",
		"X-LINKED: hemizygous mutation in males, biallelic mutations in females":                                          "XLR",
		"X-LINKED: hemizygous mutation in males, monoallelic mutations in females may cause disease (may be less severe)": "XLD",
	} {
		if got := modeOfInheritance(in); got != want {
			t.Errorf("mode of %q = %q, want %q", in, got, want)
		}
	}
}

func TestRowJSON(t *testing.T) {
	vs := alleles(t, "1", 100, "A", []string{"C", "G"}, "kid=1|2@7", "mum=0/1", "dad=./.")
	vs[0] = withAF(in(pathogenic(vs[0], ref(2)), "GENE1", "stop_gained", "splice_region_variant"), "nfe", 100000, 0)
	w := run(t, records{vs[:1]}, trio(review.Female), AllVariants())
	got, err := json.MarshalIndent(w.List[0].JSON(), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(got, &m); err != nil {
		t.Fatal(err)
	}
	delete(m, "labels")
	want := map[string]any{
		"key": "1-100-A-C", "assembly": "GRCh38", "kind": "small", "gene": "GENE1", "hgnc": vs[0].Consequences[0].HGNC, "transcript": "NM_GENE1.1",
		"hgvsc": nil, "hgvsp": nil, "consequence": "stop_gained&splice_region_variant", "worse_elsewhere": false,
		"max_af": 0.0, "max_af_group": "gnomAD joint nfe", "clinvar": "Pathogenic", "clinvar_stars": 2.0,
		"inheritance": []any{ModelDominantReduced}, "lanes": []any{"list"}, "removed_by": nil, "rescue_cause": nil, "proposals": []any{}, "class": nil,
		"calls": map[string]any{
			"kid": map[string]any{"gt": "1|0", "gt_record": "1|2", "state": "called", "phase": "phased", "ps": 7.0, "sibling": true, "dp": 30.0, "gq": 99.0, "ad": []any{15.0, 15.0}},
			"mum": map[string]any{"gt": "0/1", "gt_record": "0/1", "state": "called", "phase": "unphased", "ps": nil, "sibling": false, "dp": 30.0, "gq": 99.0, "ad": []any{15.0, 15.0}},
			"dad": map[string]any{"gt": "./.", "gt_record": "./.", "state": "missing", "phase": nil, "ps": nil, "sibling": false, "dp": nil, "gq": nil, "ad": nil},
		},
	}
	if d := cmp.Diff(want, m); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestSort(t *testing.T) {
	mk := func(key, gene string, af *float64) Row {
		v := variant(t, key, "kid=0/1")
		r := Row{Variant: v, Chosen: -1, MaxAF: af}
		if gene != "" {
			r.Variant, r.Chosen = in(v, gene, "missense_variant"), 0
		}
		return r
	}
	rows := []Row{mk("10-5-A-G", "B", ref(0.2)), mk("2-5-A-G", "", nil), mk("2-4-A-G", "A", ref(0.0)), mk("X-1-A-G", "B", ref(0.1))}
	for _, tt := range []struct {
		by   Column
		desc bool
		want []uint32
	}{
		{ByPosition, false, []uint32{2, 1, 0, 3}},
		{ByPosition, true, []uint32{3, 0, 1, 2}},
		{ByGene, false, []uint32{2, 0, 3, 1}},
		{ByGene, true, []uint32{0, 3, 2, 1}},
		{ByMaxAF, false, []uint32{2, 3, 0, 1}},
		{ByMaxAF, true, []uint32{0, 3, 2, 1}},
	} {
		if got := Sort(rows, tt.by, tt.desc); !cmp.Equal(got, tt.want) {
			t.Errorf("Sort by %s, descending %v: %v, want %v", tt.by, tt.desc, got, tt.want)
		}
	}
}
