package vcf

import (
	"fmt"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/acmg"

	"github.com/google/go-cmp/cmp"
)

func csqLine(columns string) string {
	return `##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: ` + columns + `">`
}

// rowsByAllele writes which transcripts each allele got.
func rowsByAllele(vs []review.Variant) []string {
	var out []string
	for _, v := range vs {
		var ts []string
		for _, c := range v.Consequences {
			ts = append(ts, c.Transcript)
		}
		out = append(out, v.Record.Alts[v.Record.Allele-1]+":"+strings.Join(ts, "+"))
	}
	return out
}

func TestRowsAreMatchedByAllele(t *testing.T) {
	for _, tt := range []struct {
		name, columns, ref, alt, csq string
		want                         []string
		unmatched                    int
	}{
		{"as written", "Allele|Feature", "A", "G,T", "T|t2,G|t1,T|t3", []string{"G:t1", "T:t2+t3"}, 0},
		{"VEP takes the shared base off", "Allele|Feature", "CA", "C,CAA", "-|t1,AA|t2", []string{"C:t1", "CAA:t2"}, 0},
		{"one row fits both ways: VEP's is meant", "Allele|Feature", "AAA", "A,AA", "-|t1,A|t2", []string{"A:t1", "AA:t2"}, 0},
		{"no shared base, no trimming", "Allele|Feature", "A", "G,AT", "G|t1,AT|t2", []string{"G:t1", "AT:t2"}, 0},
		{"minimal, each allele by itself", "Allele|Feature", "GAC", "TAC,GAAC", "T|t1,A|t2", []string{"TAC:t1", "GAAC:t2"}, 0},
		{"deletion alone", "Allele|Feature", "CTT", "C", "-|t1", []string{"C:t1"}, 0},
		{"ALLELE_NUM decides", "Allele|ALLELE_NUM|Feature", "A", "G,T", "G|2|t2,T|1|t1", []string{"G:t1", "T:t2"}, 0},
		{"star beside an indel", "Allele|Feature", "CA", "C,*", "-|t1,*|t2", []string{"C:t1", "*:t2"}, 0},
		{"another allele's row is not taken", "Allele|Feature", "A", "G", "T|t9,G|t1", []string{"G:t1"}, 1},
		{"symbolic", "Allele|Feature", "A", "<DEL>", "deletion|t1", []string{"<DEL>:t1"}, 0},
		{"order from the header", "Feature|Allele", "A", "G,T", "t1|G,t2|T", []string{"G:t1", "T:t2"}, 0},
		{"no allele column, one allele", "Feature|Consequence", "A", "G", "t1|x", []string{"G:t1"}, 0},
		{"no allele column, two alleles", "Feature|Consequence", "A", "G,T", "t1|x", []string{"G:", "T:"}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := opened(t, made(t, header38(csqLine(tt.columns))+
				rec(fmt.Sprintf("chr1 100 . %s %s . . CSQ=%s GT 0/1 0/0 0/0", tt.ref, tt.alt, tt.csq))))
			_, err := f.Scan(t.Context(), nil, func(r *Record) error {
				if d := cmp.Diff(tt.want, rowsByAllele(r.Variants())); d != "" {
					t.Errorf("rows (-want +got):\n%s", d)
				}
				if r.Unmatched() != tt.unmatched {
					t.Errorf("%d unmatched rows, want %d", r.Unmatched(), tt.unmatched)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestConsequenceOfVEP(t *testing.T) {
	vs := scanned(t, header38(csqLine("Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|EXON|INTRON|HGVSc|HGVSp|Protein_position|Amino_acids|HGNC_ID|MANE_SELECT|MANE_PLUS_CLINICAL|CANONICAL"))+
		rec("chr1 100 . A G . . CSQ="+
			"G|missense_variant&splice_region_variant|MODERATE|BRCA1|ENSG1|Transcript|ENST1|protein_coding|5/27||ENST1.4:c.5A%3EG|ENSP1.2:p.Leu2%3D|2|L|HGNC:1100|NM_1.4||YES,"+
			"G|intron_variant|MODIFIER|BRCA1|ENSG1|Transcript|ENST2.1|protein_coding||4/26|||||1100||NM_2.1|,"+
			"G|regulatory_region_variant|MODIFIER|||RegulatoryFeature|ENSR1|||||||||| GT 0/1 0/0 0/0"))
	want := []review.Consequence{
		{
			Symbol: "BRCA1", HGNC: "HGNC:1100", GeneID: "ENSG1", Transcript: "ENST1.4", Biotype: "protein_coding", MANE: "select",
			Canonical: true, Terms: []string{"missense_variant", "splice_region_variant"}, Impact: "MODERATE",
			HGVSc: "ENST1.4:c.5A>G", HGVSp: "ENSP1.2:p.Leu2=", Exon: "5/27", AminoAcids: "L", AAPosition: "2", Source: "CSQ",
		},
		{
			Symbol: "BRCA1", HGNC: "HGNC:1100", GeneID: "ENSG1", Transcript: "ENST2.1", Biotype: "protein_coding",
			MANE: "plus_clinical", Terms: []string{"intron_variant"}, Impact: "MODIFIER", Intron: "4/26", Source: "CSQ", Row: 1,
		},
		{Terms: []string{"regulatory_region_variant"}, Impact: "MODIFIER", Source: "CSQ", Row: 2},
	}
	if d := cmp.Diff(want, vs[0].Consequences); d != "" {
		t.Errorf("consequences (-want +got):\n%s", d)
	}
}

func TestConsequenceOfSnpEffAndBcftools(t *testing.T) {
	ann := `##INFO=<ID=ANN,Number=.,Type=String,Description="Functional annotations: 'Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | Feature_ID | Transcript_BioType | Rank | HGVS.c | HGVS.p'">`
	bcsq := `##INFO=<ID=BCSQ,Number=.,Type=String,Description="Local consequence annotation from BCFtools/csq. Format: '[*]consequence|gene|…'">`
	vs := scanned(t, header38(ann, bcsq)+
		rec("chr1 100 . A G,T . . "+
			"ANN=T|stop_gained|HIGH|A|E1|transcript|NM_1.2|protein_coding|3/9|c.5A>T|p.Lys2*,G|intron_variant|MODIFIER|A|E1|transcript|NM_1.2|protein_coding|2/8|c.4+1A>G|;"+
			"BCSQ=missense|A|ENST1|protein_coding|+|2K>2R|100A>G,*stop_gained|A|ENST1|protein_coding|+|2K>2*|100A>T,@90 GT 0/1 0/0 0/0"))
	if c := vs[0].Consequences; len(c) != 2 || c[0].Source != "ANN" || c[0].Intron != "2/8" || c[0].Exon != "" || c[1].Source != "BCSQ" || c[1].Terms[0] != "missense_variant" {
		t.Errorf("first allele: %+v", c)
	}
	if c := vs[1].Consequences; len(c) != 2 || c[0].HGVSp != "p.Lys2*" || c[0].Exon != "3/9" || c[1].Terms[0] != "stop_gained" {
		t.Errorf("second allele: %+v", c)
	}
}

func TestHGNCID(t *testing.T) {
	for in, want := range map[string]string{
		"1100": "HGNC:1100", "HGNC:1100": "HGNC:1100", "HGNC:HGNC:1100": "HGNC:1100", "": "", "BRCA1": "", "HGNC:": "", "HGNC:x": "",
	} {
		if got := hgncID(in); got != want {
			t.Errorf("hgncID(%q) = %q, want %q", in, got, want)
		}
	}
}

func ptr[T any](v T) *T { return &v }

func TestFrequencies(t *testing.T) {
	head := header38(
		csqLine("Allele|gnomADj_AC|gnomADj_AN|gnomADj_nhomalt|gnomADj_AF|gnomADj_grpmax_AF|gnomADj_faf95|gnomADj_faf95_group|gnomADg_NFE_AF|gnomADe_AF|AF|MAX_AF"),
		`##VEP="v110" 1000genomes="phase3" gnomADe="r2.1.1" gnomADg="v3.1.2" gnomADj="v4.1"`,
		`##INFO=<ID=EXACAF,Number=A,Type=Float,Description="ExAC r1.0">`,
		`##INFO=<ID=AF,Number=A,Type=Float,Description="In these samples">`)
	vs := scanned(t, head+
		rec("chr1 100 . A G,T . . AF=0.5,0.1;EXACAF=0.2,.;CSQ=G|3|1600000|1||0.00002|0.000004|NFE|1e-05|.|0.1&0.2|0.3,T|||||||||||  GT 0/1 0/0 0/0"))
	want := []acmg.Frequency{
		{Dataset: "gnomAD", Version: "v4.1", Callset: "joint", Group: "all", Present: true, AC: ptr(3), AN: ptr(1600000), Hom: ptr(1), AF: ptr(3.0 / 1600000)},
		{Dataset: "gnomAD", Version: "v4.1", Callset: "joint", Group: "grpmax", Present: true, AF: ptr(0.00002), FAF95: ptr(0.000004), FAFGroup: "nfe"},
		{Dataset: "gnomAD", Version: "v3.1.2", Callset: "genome", Group: "nfe", Present: true, AF: ptr(1e-05)},
		{Dataset: "VEP_MAX", Version: "unknown", Group: "grpmax", Present: true, AF: ptr(0.3)},
		{Dataset: "ExAC", Version: "r1.0", Callset: "exome", Group: "all", Present: true, AF: ptr(0.2)},
	}
	if d := cmp.Diff(want, vs[0].Frequencies); d != "" {
		t.Errorf("frequencies (-want +got):\n%s", d)
	}
	// Nothing given is not zero.
	if vs[1].Frequencies != nil {
		t.Errorf("an allele without a value has %+v", vs[1].Frequencies)
	}
}

func TestCoverageAndToolVersions(t *testing.T) {
	vs := scanned(t, header38(csqLine("Allele|Feature|gnomADj_AN|gnomADj_mean_depth|gnomADj_fraction_20x|REVEL"), `##VEP="v113" gnomADj="v4.1" REVEL="v1.3"`)+
		rec("chr1 100 . A G . . CSQ=G|t1|1000|31.5|0.98|0.4 GT 0/1 0/0 0/0")+
		rec("chr1 101 . A G . . CSQ=G|t1|||| GT 0/1 0/0 0/0"))
	want := []acmg.Coverage{{Dataset: "gnomAD", Version: "v4.1", Callset: "joint", MeanDepth: ptr(31.5), Fraction20x: ptr(0.98)}}
	if d := cmp.Diff(want, vs[0].Coverage); d != "" {
		t.Errorf("coverage (-want +got):\n%s", d)
	}
	if vs[0].Predictors[0].Version != "v1.3" {
		t.Errorf("predictor %+v: want the version of the header", vs[0].Predictors[0])
	}
	if vs[1].Coverage != nil || vs[1].Frequencies != nil {
		t.Errorf("nothing given: %+v, %+v", vs[1].Coverage, vs[1].Frequencies)
	}
}

func TestParseFrequencyName(t *testing.T) {
	for _, tt := range []struct {
		name string
		csq  bool
		want string // dataset callset group sex quantity, empty: no frequency
	}{
		{"gnomAD_AF", true, "gnomAD exome all  af"},
		{"gnomAD_AF", false, "gnomAD  all  af"},
		{"gnomADg_AFR_AF", true, "gnomAD genome afr  af"},
		{"gnomADe_AC_XY", true, "gnomAD exome all XY ac"},
		{"gnomAD4_fafmax_faf95_max", true, "gnomAD  grpmax  faf95"},
		{"gnomADAF_popmax", false, "gnomAD  grpmax  af"},
		{"gnomADj_faf95_group", true, "gnomAD joint grpmax  faf_group"},
		{"gnomAD_joint_nhomalt", false, "gnomAD joint all  hom"},
		{"1000GAF", false, "1000G genome all  af"},
		{"1000G_MAX_AF", false, "1000G genome grpmax  af"},
		{"EXACMAX_AF", false, "ExAC exome grpmax  af"},
		{"ExAC_AC_Hom", false, "ExAC exome all  hom"},
		{"AF_EXAC", false, "ExAC exome all  af"},
		{"AF", true, "1000G genome all  af"},
		{"AF", false, ""},
		{"EUR_AF", true, "1000G genome eur  af"},
		{"EUR_AF", false, ""},
		{"gnomAD_AF_raw", true, ""},
		{"gnomAD_non_cancer_AF", true, ""},
		{"gnomADg", true, ""},
		{"gnomAD4_faf99", true, ""},
		{"gnomAD_AF_AF", true, ""},
		{"ExACpLI", true, ""},
		{"MLEAF", false, ""},
	} {
		f, ok := parseFrequencyName(tt.name, tt.csq)
		got := strings.Join([]string{f.dataset, f.callset, f.group, f.sex, string(f.quantity)}, " ")
		if ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("parseFrequencyName(%s, csq %t) = %q, %t; want %q", tt.name, tt.csq, got, ok, tt.want)
		}
	}
}

func TestTwoReleasesOfOneDatasetStayApart(t *testing.T) {
	vs := scanned(t, header38(csqLine("Allele|gnomAD2_AF|gnomAD4_AC|gnomAD4_AN"))+
		rec("chr1 100 . A G . . CSQ=G|0.25|1|1000 GT 0/1 0/0 0/0"))
	if f := vs[0].Frequencies; len(f) != 2 || *f[0].AF != 0.25 || f[0].AC != nil || *f[1].AC != 1 || *f[1].AF != 0.001 {
		t.Errorf("frequencies %+v: want two data sets", f)
	}
}

func TestPredictors(t *testing.T) {
	vs := scanned(t, header38(csqLine("Allele|Feature|REVEL_score|Ensembl_transcriptid|CADD_PHRED|BayesDel_noAF_score"))+
		rec("chr1 100 . A G . . CSQ=G|ENST1.3|0.5&0.9|ENST1&ENST2|22.1|-0.2,G|ENST2|0.5&0.9|ENST1&ENST2|22.1|-0.2,G|ENST3|0.5&0.9|ENST1&ENST2|22.1|-0.2,G|ENST4|0.5&0.9|ENST4|22.1|. GT 0/1 0/0 0/0")+
		rec("chr1 101 . A G . . CSQ=G|ENST1|0.7||.|NaN,G|ENST2|.||| GT 0/1 0/0 0/0"))
	want := [][]acmg.Predictor{
		{
			{Name: "REVEL", Version: "unknown", Transcript: "ENST1.3", Score: 0.5},
			{Name: "REVEL", Version: "unknown", Transcript: "ENST2", Score: 0.9},
			{Name: "CADD", Version: "unknown", Score: 22.1},
			{Name: "BayesDel_noAF", Version: "unknown", Score: -0.2},
		},
		{{Name: "REVEL", Version: "unknown", Transcript: "ENST1", Score: 0.7}},
	}
	for i := range want {
		if d := cmp.Diff(want[i], vs[i].Predictors); d != "" {
			t.Errorf("record %d (-want +got):\n%s", i+1, d)
		}
	}
}

func TestSplice(t *testing.T) {
	want := []acmg.Splice{{
		Tool: "SpliceAI", Version: "unknown", AG: ptr(0.01), AL: ptr(0.0), DG: ptr(0.91), DL: ptr(0.2),
		DPAG: ptr(-3), DPAL: ptr(5), DPDG: ptr(2), DPDL: ptr(40),
	}}
	columns := "SpliceAI_pred_DS_AG|SpliceAI_pred_DS_AL|SpliceAI_pred_DS_DG|SpliceAI_pred_DS_DL|SpliceAI_pred_DP_AG|SpliceAI_pred_DP_AL|SpliceAI_pred_DP_DG|SpliceAI_pred_DP_DL"
	for _, tt := range []struct{ name, head, info string }{
		{"columns", csqLine("Allele|" + columns), "CSQ=G|0.01|0|0.91|0.2|-3|5|2|40"},
		{"one column", csqLine("Allele|SpliceAI_pred"), "CSQ=G|BRCA1&0.01&0.00&0.91&0.20&-3&5&2&40"},
		{"INFO", `##INFO=<ID=SpliceAI,Number=.,Type=String,Description="Format: ALLELE|SYMBOL|DS_AG|…">`, "SpliceAI=T|X|0.9|0|0|0|1|1|1|1,G|BRCA1|0.01|0.00|0.91|0.20|-3|5|2|40"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			vs := scanned(t, header38(tt.head)+rec("chr1 100 . A G . . "+tt.info+" GT 0/1 0/0 0/0")+rec("chr1 101 . A G . . . GT 0/1 0/0 0/0"))
			if d := cmp.Diff(want, vs[0].Splice); d != "" {
				t.Errorf("splice (-want +got):\n%s", d)
			}
			if vs[1].Splice != nil {
				t.Errorf("no value gives %+v", vs[1].Splice)
			}
		})
	}
}

func TestClinVar(t *testing.T) {
	for _, tt := range []struct {
		text                    string
		pathogenic, conflicting bool
		significance            string
	}{
		{"Pathogenic", true, false, ""},
		{"Likely_pathogenic", true, false, ""},
		{"Pathogenic/Likely_pathogenic|risk_factor", true, false, ""},
		{"Pathogenic&_low_penetrance", true, false, ""},
		{"Conflicting_classifications_of_pathogenicity", false, true, ""},
		{"pathogenic&uncertain_significance", false, true, ""},
		{"Uncertain_significance", false, false, ""},
		{"Benign/Likely_benign", false, false, ""},
		{"drug_response", false, false, ""},
		{"not_provided&pathogenic", true, false, ""},
		{"5", true, false, "Pathogenic"},
		{"5|2", false, true, "Pathogenic|Benign"},
		{"255|4", true, false, "other|Likely_pathogenic"},
		{"0", false, false, "Uncertain_significance"},
		{"something_new", false, false, ""},
		{"benign[p]not_specified", false, false, "benign"},
	} {
		a := assertion(tt.text, "")
		if want := tt.significance; want == "" {
			tt.significance = tt.text
		}
		if a.Pathogenic != tt.pathogenic || a.Conflicting != tt.conflicting || a.Significance != tt.significance {
			t.Errorf("assertion(%q) = %+v; want pathogenic %t, conflicting %t, %q", tt.text, a, tt.pathogenic, tt.conflicting, tt.significance)
		}
	}
	for status, want := range map[string]int{
		"practice_guideline": 4, "reviewed_by_expert_panel": 3, "criteria_provided,_multiple_submitters,_no_conflicts": 2,
		"criteria_provided&_single_submitter": 1, "criteria_provided,_conflicting_classifications": 1, "no_assertion_criteria_provided": 0,
		"mult": 2, "single|no_criteria": 0, "exp": 3,
	} {
		if n := stars(status); n == nil || *n != want {
			t.Errorf("stars(%q) = %v, want %d", status, n, want)
		}
	}
	if n := stars("of_a_new_kind"); n != nil {
		t.Errorf("an unknown status has %d stars", *n)
	}
}

func TestClinVarOfARecordWithSeveralAlleles(t *testing.T) {
	vs := scanned(t, header38(
		`##INFO=<ID=CLNSIG,Number=.,Type=String,Description="ClinVar">`, `##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="ClinVar">`)+
		rec("chr1 100 . A G,T . . CLNSIG=Pathogenic;CLNREVSTAT=criteria_provided,_single_submitter GT 0/1 0/0 0/0")+
		rec("chr1 101 . A G . . CLNSIG=Pathogenic GT 0/1 0/0 0/0"))
	for _, v := range vs[:2] {
		if len(v.Assertions) != 1 || !v.Assertions[0].AlleleUnknown || !v.Assertions[0].Pathogenic || *v.Assertions[0].Stars != 1 {
			t.Errorf("%s: %+v, want an opinion of an unknown allele", v.Key, v.Assertions)
		}
	}
	if a := vs[2].Assertions[0]; a.AlleleUnknown || a.Stars != nil {
		t.Errorf("single allele: %+v", a)
	}
}
