package triage

import (
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/acmg"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

// removedBy is the step that the default filter removes v by; empty for none.
func removedBy(t testing.TB, c *review.Case, f Filter, v review.Variant) string {
	t.Helper()
	x, err := Explain(t.Context(), one(v), c, f, v.Key.String())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range x.Steps {
		if s.Outcome == "removed" {
			return s.Step
		}
	}
	return ""
}

func TestSteps(t *testing.T) {
	good := func() review.Variant {
		return withAF(in(variant(t, "1-100-A-G", "kid=0/1", "mum=0/0", "dad=0/0"), "GENE1", "missense_variant"), "nfe", 100000, 0.0001)
	}
	with := func(change func(v *review.Variant)) review.Variant {
		v := good()
		change(&v)
		return v
	}
	freq := func(group string, an int, af float64) review.Variant {
		return with(func(v *review.Variant) { v.Frequencies = nil; *v = withAF(*v, group, an, af) })
	}
	gene := func(terms ...string) review.Variant {
		return with(func(v *review.Variant) { v.Consequences = nil; *v = in(*v, "GENE1", terms...) })
	}
	for _, tt := range []struct {
		name string
		v    review.Variant
		want string
	}{
		{"good", good(), ""},
		{"not carried", with(func(v *review.Variant) { v.Calls[0] = call(t, "kid=0/0", 1) }), stepGenotype},
		{"other allele", with(func(v *review.Variant) { v.Calls[0] = call(t, "kid=0/2", 1) }), stepGenotype},
		{"not called", with(func(v *review.Variant) { v.Calls[0] = call(t, "kid=./.", 1) }), ""},
		{"no column", with(func(v *review.Variant) { v.Calls = v.Calls[1:] }), ""},
		{"partly called reference", with(func(v *review.Variant) { v.Calls[0] = call(t, "kid=./0", 1) }), ""},
		{"filter", with(func(v *review.Variant) { v.Record.Filters = []string{"LowQual"} }), stepQuality},
		{"filters not applied", with(func(v *review.Variant) { v.Record.Filters = nil }), ""},
		{"DP 10", with(func(v *review.Variant) { v.Calls[0].Depth = ref(10) }), ""},
		{"DP 9", with(func(v *review.Variant) { v.Calls[0].Depth = ref(9) }), stepQuality},
		{"no DP", with(func(v *review.Variant) { v.Calls[0].Depth = nil }), ""},
		{"GQ 20", with(func(v *review.Variant) { v.Calls[0].GQ = ref(20) }), ""},
		{"GQ 19", with(func(v *review.Variant) { v.Calls[0].GQ = ref(19) }), stepQuality},
		{"DP 0 of a genotype that is not called", with(func(v *review.Variant) { v.Calls[0] = call(t, "kid=./.", 1); v.Calls[0].Depth = ref(0) }), ""},
		{"AF 0.01", freq("nfe", 100000, 0.01), ""},
		{"AF 0.0100001", freq("nfe", 100000, 0.0100001), stepFrequency},
		{"AN 1999", freq("nfe", 1999, 0.5), ""},
		{"AN 2000", freq("nfe", 2000, 0.5), stepFrequency},
		{"excluded group", freq("ASJ", 100000, 0.5), ""},
		{"AN not given", with(func(v *review.Variant) { v.Frequencies[0].AN, v.Frequencies[0].AF = nil, ref(0.5) }), stepFrequency},
		{"AF from AC and AN", with(func(v *review.Variant) { v.Frequencies[0].AC, v.Frequencies[0].AF = ref(50000), nil }), stepFrequency},
		{"no record in the data set", with(func(v *review.Variant) { v.Frequencies = []acmg.Frequency{{Dataset: "gnomAD", Group: "all"}} }), ""},
		{"no frequency", with(func(v *review.Variant) { v.Frequencies = nil }), ""},
		{"intron", gene("intron_variant"), stepConsequence},
		{"splice region", gene("splice_region_variant", "intron_variant"), ""},
		{"SnpEff's name", gene("disruptive_inframe_deletion"), ""},
		{"bcftools' name", gene("*missense"), ""},
		{"unknown term", gene("strange_variant"), stepConsequence},
		{"no consequence", with(func(v *review.Variant) { v.Consequences = nil }), ""},
		{"SpliceAI 0.2", with(func(v *review.Variant) {
			v.Consequences[0].Terms = []string{"intron_variant"}
			v.Splice = []acmg.Splice{{Tool: "SpliceAI", AL: ref(0.2)}}
		}), ""},
		{"SpliceAI 0.19", with(func(v *review.Variant) {
			v.Consequences[0].Terms = []string{"intron_variant"}
			v.Splice = []acmg.Splice{{Tool: "SpliceAI", AL: ref(0.19)}}
		}), stepConsequence},
		{"exon of a small nuclear RNA", with(func(v *review.Variant) {
			v.Consequences[0].Terms, v.Consequences[0].Biotype = []string{"non_coding_transcript_exon_variant"}, "snRNA"
		}), ""},
		{"exon of a long non-coding RNA", with(func(v *review.Variant) {
			v.Consequences[0].Terms, v.Consequences[0].Biotype = []string{"non_coding_transcript_exon_variant"}, "lncRNA"
		}), stepConsequence},
		{"another gene", with(func(v *review.Variant) { v.Consequences = nil; *v = in(*v, "GENE9", "missense_variant") }), stepPanel},
		{"beside a panel gene", with(func(v *review.Variant) {
			v.Consequences = nil
			*v = in(in(*v, "GENE9", "missense_variant"), "GENE1", "upstream_gene_variant")
		}), stepPanel},
		{"gene without a name", with(func(v *review.Variant) { v.Consequences[0].Symbol, v.Consequences[0].HGNC = "", "" }), ""},
		{"consequence without terms", gene(), stepConsequence},
		{"from a healthy parent", with(func(v *review.Variant) { v.Calls[1] = call(t, "mum=0/1", 1) }), stepInheritance},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := removedBy(t, withPanel(trio(review.Female)), Default(), tt.v); got != tt.want {
				t.Errorf("removed by %q, want %q", got, tt.want)
			}
		})
	}
}

func TestKindStep(t *testing.T) {
	for kind, want := range map[review.VariantKind]string{
		review.SmallVariant: "", review.OverlapDeleted: stepKind,
		review.ReferenceBlock: stepKind, review.Symbolic: "", review.Breakend: "",
	} {
		v := variant(t, "1-100-A-G", "kid=0/1")
		v.Kind = kind
		if got := removedBy(t, single(review.Female), Default(), v); got != want {
			t.Errorf("kind %s: removed by %q, want %q", kind, got, want)
		}
	}
}

// A male has one copy of X, so that half the depth is asked for (acmg.md 6).
func TestDepthOnMaleX(t *testing.T) {
	for _, tt := range []struct {
		name, key string
		sex       review.Sex
		dp, gq    int
		want      string
	}{
		{"male X, DP 6, GQ 10", "X-50000000-A-G", review.Male, 6, 10, ""},
		{"male X, DP 5", "X-50000000-A-G", review.Male, 5, 10, stepQuality},
		{"male X, GQ 9", "X-50000000-A-G", review.Male, 6, 9, stepQuality},
		{"male, pseudoautosomal", "X-10001-A-G", review.Male, 6, 20, stepQuality},
		{"female X", "X-50000000-A-G", review.Female, 6, 20, stepQuality},
		{"sex unknown", "X-50000000-A-G", review.SexUnknown, 6, 20, stepQuality},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := variant(t, tt.key, "kid=1/1")
			v.Calls[0].Depth, v.Calls[0].GQ = &tt.dp, &tt.gq
			if got := removedBy(t, single(tt.sex), Default(), v); got != tt.want {
				t.Errorf("removed by %q, want %q", got, tt.want)
			}
		})
	}
}

// HGNC IDs decide where both sides have one.
func TestPanelByHGNC(t *testing.T) {
	p := newPanelGenes(&review.Panel{Genes: []review.PanelGene{{HGNC: "HGNC:1100", Symbol: "BRCA1"}, {Symbol: "OLD"}}})
	for _, tt := range []struct {
		hgnc, symbol string
		want         bool
	}{
		{"HGNC:1100", "BRCA1", true},
		{"1100", "RENAMED", true},
		{"", "brca1", true},
		{"HGNC:7", "BRCA1", false},
		{"HGNC:7", "OLD", true},
		{"", "", false},
		{"", "OTHER", false},
	} {
		if got := p.holds(review.Consequence{HGNC: tt.hgnc, Symbol: tt.symbol}); got != tt.want {
			t.Errorf("holds(%q, %q) = %v", tt.hgnc, tt.symbol, got)
		}
	}
}

// A row between genes says that there is no gene; a row that names none inside a
// transcript says nothing.
func TestPanelWithoutGeneNames(t *testing.T) {
	p := newPanelGenes(&review.Panel{Genes: []review.PanelGene{{Symbol: "GENE1"}}})
	for _, tt := range []struct {
		name string
		rows []review.Consequence
		want outcome
	}{
		{"nothing", nil, notAssessed},
		{"between genes", []review.Consequence{{Terms: []string{"intergenic_variant"}}}, removed},
		{"only an Ensembl gene", []review.Consequence{{GeneID: "ENSG1", Terms: []string{"intron_variant"}}}, notAssessed},
		{"neither name nor terms", []review.Consequence{{}}, notAssessed},
		{"beside the gene only", []review.Consequence{{Symbol: "GENE1", Terms: []string{"upstream_gene_variant"}}}, kept},
		{"another gene", []review.Consequence{{Symbol: "GENE2", Terms: []string{"intron_variant"}}}, removed},
	} {
		if got := inPanel(p, tt.rows); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got.text(), tt.want.text())
		}
	}
}

func TestChosenConsequencePrefersPanel(t *testing.T) {
	v := in(in(variant(t, "1-100-A-G", "kid=0/1"), "GENE9", "stop_gained"), "GENE1", "missense_variant")
	r := run(t, one(v), withPanel(single(review.Female)), AllVariants()).List[0]
	if c, _ := r.Consequence(); c.Symbol != "GENE1" || !r.WorseOnTx {
		t.Errorf("chosen %s, worse elsewhere %v, want GENE1 and true", c.Symbol, r.WorseOnTx)
	}
	r = run(t, one(v), single(review.Female), AllVariants()).List[0]
	if c, _ := r.Consequence(); c.Symbol != "GENE9" || r.WorseOnTx {
		t.Errorf("without a panel: chosen %s, worse elsewhere %v", c.Symbol, r.WorseOnTx)
	}
}

func TestRescue(t *testing.T) {
	common := func(stars *int) review.Variant {
		return withAF(in(pathogenic(variant(t, "1-100-A-G", "kid=0/1", "mum=0/0", "dad=0/0"), stars), "GENE1", "missense_variant"), "nfe", 100000, 0.05)
	}
	conflicting := common(nil)
	conflicting.Assertions = []review.Assertion{{Source: "ClinVar", Significance: "Conflicting_classifications", Conflicting: true}}
	lenient := Default()
	lenient.RescueConflicting = true
	inherited := in(pathogenic(variant(t, "1-100-A-G", "kid=0/1", "mum=0/1", "dad=0/0"), ref(2)), "GENE1", "missense_variant")
	other := func(gt string) review.Variant { v := common(ref(1)); v.Calls[0] = call(t, "kid="+gt, 1); return v }
	star := common(nil)
	star.Kind = review.OverlapDeleted
	for _, tt := range []struct {
		name        string
		f           Filter
		v           review.Variant
		rescue      bool
		conflicting int64
		cause       string
	}{
		{"two stars", Default(), common(ref(2)), true, 0, "removed by frequency: highest frequency is 0.05 in gnomAD joint nfe, asked for ≤ 0.01; ClinVar: Pathogenic, 2 stars (17000)"},
		{"no stars", Default(), common(ref(0)), true, 0, "no stars"},
		{"stars not told", Default(), common(nil), true, 0, "review status not in the file"},
		{"removed by inheritance", Default(), inherited, true, 0, "removed by inheritance: not asked for dominant_reduced; ClinVar"},
		{"not called", Default(), other("./."), true, 0, "no call, which is not the same as reference"},
		{"not carried", Default(), other("0/0"), false, 0, ""},
		{"conflicting", Default(), conflicting, false, 1, ""},
		{"conflicting asked for", lenient, conflicting, true, 0, "Conflicting"},
		{"star", Default(), star, false, 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := run(t, one(tt.v), trio(review.Female), tt.f)
			if len(w.List) != 0 || (len(w.Rescue) == 1) != tt.rescue || w.Conflicting != tt.conflicting {
				t.Fatalf("%d listed, %d rescued, %d conflicting", len(w.List), len(w.Rescue), w.Conflicting)
			}
			if !tt.rescue {
				return
			}
			r := w.Rescue[0]
			if r.Lane != LaneRescue || r.RemovedBy == "" || !strings.Contains(r.RescueCause, tt.cause) {
				t.Errorf("removed by %q, cause %q, want %q in it", r.RemovedBy, r.RescueCause, tt.cause)
			}
		})
	}
	t.Run("without the genotype step", func(t *testing.T) {
		f := Default()
		f.Genotype = nil
		if w := run(t, one(other("0/0")), trio(review.Female), f); len(w.Rescue) != 0 {
			t.Error("a variant that the proband does not carry was rescued")
		}
	})
}

func TestExplainWithoutRecord(t *testing.T) {
	c := trio(review.Female)
	uncalled := refBlock("3", 100, 200, "mum")
	src := one(refBlock("1", 100, 200, "kid", "mum", "dad"), refBlock("1", 201, 300, "kid", "mum", "dad"), variant(t, "2-100-A-G", "kid=0/1", "mum=0/0", "dad=0/0"),
		variant(t, "2-200-GTTCA-G", "kid=0/1", "mum=0/0", "dad=0/0"), uncalled)
	for _, tt := range []struct{ key, record, note string }{
		{"1-100-A-G", "ref_block", "the proband is called reference, 0/0, DP 31, GQ 90"},
		{"chr1-200-A-G", "ref_block", "called reference"},
		{"1-99-A-G", "absent", "this file cannot tell"},
		{"1-301-A-G", "absent", "this file cannot tell"},
		{"1-199-ACA-A", "ref_block", "covers bases 201 to 300"},
		{"1-300-ACG-A", "absent", "neighbouring positions"},
		{"2-100-A-T", "absent", "other alleles over this position (2-100-A-G); the call of the proband there is 0/1"},
		{"2-201-T-A", "absent", "other alleles over this position (2-200-GTTCA-G)"}, // inside a deletion
		{"2-205-T-A", "absent", "this file cannot tell"},
		{"3-150-A-T", "ref_block", "without a record: this file cannot tell"},
		{"9-1-A-T", "absent", "not called, or reference; this file cannot tell"},
	} {
		x, err := Explain(t.Context(), src, c, Default(), tt.key)
		if err != nil {
			t.Fatal(err)
		}
		if x.Record != tt.record || x.InList || x.Steps == nil || !strings.Contains(x.Note, tt.note) {
			t.Errorf("%s: %s, %q, want %s, %q", tt.key, x.Record, x.Note, tt.record, tt.note)
		}
	}
	if _, err := Explain(t.Context(), src, c, Default(), "rubbish"); err == nil {
		t.Error("a key that names nothing was explained")
	}
	twice := one(variant(t, "1-100-A-G", "kid=0/0", "mum=0/0", "dad=0/0"), variant(t, "1-100-A-G", "kid=0/1", "mum=0/0", "dad=0/0"))
	if x, _ := Explain(t.Context(), twice, c, Default(), "1-100-A-G"); !x.InList || !strings.Contains(x.Note, "2 records") {
		t.Errorf("two records: %+v", x)
	}
}
