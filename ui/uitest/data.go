package uitest

import (
	"time"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
	"garrod/review/triage"
	"garrod/ui/state"
)

// CaseID is the case that the laboratory begins with.
const CaseID review.CaseID = "DEMO-TRIO"

// The people of the laboratory.
var (
	Ada  = review.User{ID: "ada", Name: "Dr Ada Example", Role: review.Scientist, HCPC: "CS00001"}
	Bert = review.User{ID: "bert", Name: "Dr Bert Sample", Role: review.Authoriser, HCPC: "CS00002"}
)

func ptr[T any](v T) *T { return &v }

// At is a moment for tests.
var At = time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)

func theCase() review.Case {
	return review.Case{
		ID: CaseID, Status: review.StatusReceived, Assembly: genome.GRCh38, Proband: "PRO", Sex: review.Female,
		Patient: review.Patient{
			Surname: "Muster", Forename: "Eva", DOB: "2016-05-17", Sex: review.Female,
			Identifiers: []review.Identifier{{Type: "nhs", Value: "9990000018"}, {Type: "hospital", Value: "H-4711"}},
		},
		Family: review.Family{ID: "F1", Members: []review.Member{
			{ID: "PRO", Mother: "MOT", Father: "FAT", Sex: review.Female, Affected: ptr(true)},
			{ID: "MOT", Sex: review.Female, Affected: ptr(false)},
			{ID: "FAT", Sex: review.Male, Affected: ptr(false)},
		}},
		Files: []review.SourceFile{{
			Kind: "vcf", Path: "demo.vcf.gz", Records: 2612, Samples: []string{"PRO", "MOT", "FAT"},
			Capabilities: []review.Capability{
				{Name: "consequence", Present: true},
				{Name: "frequency", Present: true},
				{Name: "clinvar", Present: true},
				{Name: "revel", Present: true},
				{Name: "spliceai", Present: true},
				{Name: "phase", Detail: "The file has no phase sets."},
			},
		}},
		Checks: checks(), RuleSet: "acgs-2024", RuleSetHash: "hash", Created: At.Add(-48 * time.Hour), Updated: At,
	}
}

func checks() []review.Check {
	return []review.Check{
		{Name: "bgzf_eof", Outcome: review.Pass, Detail: "The file ends with the BGZF end block."},
		{Name: "bgzf_crc", Outcome: review.Pass, Detail: "The checksums of all 41 blocks are right."},
		{Name: "index_matches", Outcome: review.Pass, Detail: "Twelve places looked up through the index hold the records they should."},
		{Name: "assembly", Outcome: review.Pass, Detail: "The contig lengths are those of GRCh38, as declared."},
		{Name: "sex", Outcome: review.Warn, Detail: "Few heterozygous calls on X for a declared female.", Reason: "Confirmed by the clinic by telephone."},
		{Name: "relatedness", Outcome: review.CheckNotAssessed, Detail: "Too few common variants to tell relatedness."},
	}
}

// call makes a genotype; copies below zero are "not called".
func call(sample string, copies, dp, gq, ref, alt int) review.Call {
	if copies < 0 {
		return review.Call{Sample: sample, GT: "./.", State: review.Missing, Ploidy: 2}
	}
	gt := []string{"0/0", "0/1", "1/1"}[copies]
	return review.Call{Sample: sample, GT: gt, State: review.Called, Ploidy: 2, Copies: copies, Depth: &dp, GQ: &gq, AD: &[2]int{ref, alt}}
}

type seed struct {
	key                            string
	gene, tx, hgvsc, hgvsp, term   string
	af                             *float64
	revel, splice                  *float64
	clinvar                        string
	pro, mot, fat                  int
	label                          review.Label
	rescue, removedBy, otherTxTerm string
}

func seeds() []seed {
	return []seed{
		{
			key: "2-165310406-C-T", gene: "SCN1A", tx: "NM_001165963.4", hgvsc: "c.2836C>T", hgvsp: "p.Arg946Cys", term: "missense_variant",
			revel: ptr(0.957), splice: ptr(0.01), clinvar: "Likely_pathogenic", pro: 1, af: ptr(0.0),
			label: review.Label{Model: "de_novo", Why: "Heterozygous in the proband; both parents are called reference with DP 34 and 29, GQ 99."},
		},
		{
			key: "7-117559590-ATCT-A", gene: "CFTR", tx: "NM_000492.4", hgvsc: "c.1521_1523del", hgvsp: "p.Phe508del", term: "inframe_deletion",
			af: ptr(0.0071), clinvar: "Pathogenic", pro: 1, mot: 1,
			label: review.Label{Model: "compound_het", Phase: "trans", Basis: "parents", Partner: []string{"7-117587806-G-A"}, Why: "One allele from each parent."},
		},
		{
			key: "7-117587806-G-A", gene: "CFTR", tx: "NM_000492.4", hgvsc: "c.1652G>A", hgvsp: "p.Gly551Asp", term: "missense_variant",
			af: ptr(0.00021), revel: ptr(0.98), clinvar: "Pathogenic", pro: 1, fat: 1,
			label: review.Label{Model: "compound_het", Phase: "trans", Basis: "parents", Partner: []string{"7-117559590-ATCT-A"}, Why: "One allele from each parent."},
		},
		{
			key: "12-102840515-G-A", gene: "PAH", tx: "NM_000277.3", hgvsc: "c.1222C>T", hgvsp: "p.Arg408Trp", term: "missense_variant", af: ptr(0.0011),
			revel: ptr(0.9), clinvar: "Pathogenic", pro: 2, mot: 1, fat: -1,
			label: review.Label{Model: "recessive_hom", Why: "Two copies in the proband, one in the mother; the father is not called."},
		},
		{
			key: "13-32340300-GT-G", gene: "BRCA2", tx: "NM_000059.4", hgvsc: "c.5946del", hgvsp: "p.Ser1982ArgfsTer22", term: "frameshift_variant",
			af: ptr(0.0003), clinvar: "Pathogenic", pro: 1, mot: 1, otherTxTerm: "stop_gained",
			label: review.Label{Model: "dominant_reduced", Why: "The unaffected mother carries it too."},
		},
		{
			key: "X-154030912-G-A", gene: "MECP2", tx: "NM_001110792.2", hgvsc: "c.538C>T", hgvsp: "p.Arg180Ter", term: "stop_gained", pro: 1,
			label: review.Label{Model: "x_linked_female", Why: "Heterozygous female; both parents are called reference."},
		},
		{key: "17-43093464-T-C", gene: "", term: "", pro: 1},
		{
			key: "19-11105567-G-A", gene: "LDLR", tx: "NM_000527.5", hgvsc: "c.682G>A", hgvsp: "p.Glu228Lys", term: "missense_variant",
			af: ptr(0.031), clinvar: "Pathogenic", pro: 1, fat: 1, removedBy: "frequency",
			rescue: "ClinVar says pathogenic (2/4 stars) without conflict.", label: review.Label{Model: "dominant_reduced", Why: "The unaffected father carries it too."},
		},
	}
}

func variantOf(s seed) review.Variant {
	k, err := genome.ParseKey(genome.GRCh38, s.key)
	if err != nil {
		panic(err)
	}
	v := review.Variant{
		Key: k, Kind: review.SmallVariant, Record: review.Record{
			Number: 812, Contig: "chr" + k.Contig, Pos: k.Pos,
			Ref: k.Ref, Alts: []string{k.Alt}, Allele: 1, Qual: ptr(812.5), Filters: []string{},
		},
		Calls: []review.Call{call("PRO", s.pro, 41, 99, 20, 21), call("MOT", s.mot, 34, 99, 34, 0), call("FAT", s.fat, 29, 99, 29, 0)},
	}
	if s.term != "" {
		v.Consequences = append(v.Consequences, review.Consequence{
			Symbol: s.gene, HGNC: "HGNC:10585", Transcript: s.tx, Biotype: "protein_coding",
			MANE: "select", Terms: []string{s.term}, HGVSc: s.tx + ":" + s.hgvsc, HGVSp: "NP_1.1:" + s.hgvsp, Exon: "16/26", Source: "CSQ",
		})
	}
	if s.otherTxTerm != "" {
		v.Consequences = append(v.Consequences, review.Consequence{Symbol: s.gene, Transcript: "ENST00000470094.2", Terms: []string{s.otherTxTerm}, Source: "CSQ", Row: 1})
	}
	if s.af != nil {
		an := 1_614_000
		v.Frequencies = []acmg.Frequency{{
			Dataset: "gnomAD", Version: "4.1", Callset: "joint", Group: "nfe", Present: *s.af > 0,
			AF: s.af, AC: ptr(int(*s.af * float64(an))), AN: &an, Hom: ptr(0), FAF95: ptr(*s.af * 0.9),
		}}
	}
	if s.revel != nil {
		v.Predictors = []acmg.Predictor{{Name: "REVEL", Version: "1.3", Score: *s.revel}}
	}
	if s.splice != nil {
		v.Splice = []acmg.Splice{{Tool: "SpliceAI", AG: s.splice, AL: ptr(0.0), DG: ptr(0.0), DL: ptr(0.0), DPAG: ptr(-13)}}
	}
	if s.clinvar != "" {
		v.Assertions = []review.Assertion{{
			Source: "ClinVar", Significance: s.clinvar, Stars: ptr(2), Review: "criteria_provided,_multiple_submitters",
			ID: "VCV000189893", Date: "2026-01-11", Pathogenic: true,
		}}
	}
	return v
}

func rowOf(s seed) triage.Row {
	r := triage.Row{Variant: variantOf(s), Chosen: -1, MaxAF: s.af, Lane: triage.LaneList, RemovedBy: s.removedBy, RescueCause: s.rescue}
	if s.term != "" {
		r.Chosen = 0
	}
	if s.label.Model != "" {
		r.Labels = []review.Label{s.label}
	}
	r.WorseOnTx = s.otherTxTerm != ""
	if s.rescue != "" {
		r.Lane = triage.LaneRescue
	}
	return r
}

func worklist(id review.CaseID, f triage.Filter) *triage.Worklist {
	w := &triage.Worklist{
		Case: id, Filter: f, Records: 2612, Variants: 2640, BadCount: 1,
		Bad:            []*review.InputError{{Code: "bad_pos", Record: 1774, Field: "POS", What: "is not a whole number: 12O4", Remedy: "Export the file again."}},
		Unclassifiable: map[review.VariantKind]int64{review.Symbolic: 2},
		Funnel: []review.FunnelStep{
			{Step: "kind", Parameter: "variants", Before: 2640, After: 2633},
			{Step: "genotype", Parameter: "carried", Before: 2633, After: 1804},
			{Step: "quality", Parameter: "PASS, DP ≥ 10, GQ ≥ 20", Before: 1804, After: 1710, NotAssessed: 6},
			{Step: "frequency", Parameter: "AF ≤ 0.01", Before: 1710, After: 212, NotAssessed: 14},
			{Step: "consequence", Parameter: "coding or splice", Before: 212, After: 31},
			{Step: "inheritance", Parameter: "any model", Before: 31, After: 7},
		},
	}
	for _, s := range seeds() {
		if r := rowOf(s); r.Lane == triage.LaneRescue {
			w.Rescue = append(w.Rescue, r)
		} else {
			w.List = append(w.List, r)
		}
	}
	return w
}

// Keys lists the keys of the worklist, in its order.
func Keys() (out []string) {
	for _, r := range worklist(CaseID, triage.Filter{}).List {
		out = append(out, r.Variant.Key.String())
	}
	return out
}

func vocabulary() []state.Criterion {
	path := map[acmg.Strength]acmg.Points{acmg.Supporting: 100, acmg.Moderate: 200, acmg.Strong: 400, acmg.VeryStrong: 800}
	benign := map[acmg.Strength]acmg.Points{acmg.Supporting: -100, acmg.Moderate: -200, acmg.Strong: -400}
	var out []state.Criterion
	add := func(d acmg.Direction, def acmg.Strength, codes ...acmg.Criterion) {
		points := path
		if d == acmg.Benign {
			points = benign
		}
		for _, c := range codes {
			out = append(out, state.Criterion{
				Code: c, Direction: d, Default: def, Points: points,
				Strengths: []acmg.Strength{acmg.Supporting, acmg.Moderate, acmg.Strong, acmg.VeryStrong},
			})
		}
	}
	add(acmg.Pathogenic, acmg.VeryStrong, "PVS1")
	add(acmg.Pathogenic, acmg.Strong, "PS1", "PS2", "PS3", "PS4")
	add(acmg.Pathogenic, acmg.Moderate, "PM1", "PM2", "PM3", "PM4", "PM5")
	add(acmg.Pathogenic, acmg.Supporting, "PP1", "PP3", "PP4")
	out = append(out, state.Criterion{Code: "PP5", Direction: acmg.Pathogenic, Disabled: "not used: ask for the evidence itself"})
	add(acmg.Benign, acmg.StandAlone, "BA1")
	add(acmg.Benign, acmg.Strong, "BS1", "BS2", "BS3", "BS4")
	add(acmg.Benign, acmg.Supporting, "BP1", "BP2", "BP4", "BP5", "BP7")
	return out
}

func proposals() []acmg.Proposal {
	from := "acgs-2024 1.0.0, layer base, ACGS 2024 v1.2"
	return []acmg.Proposal{
		{
			Code: "BA1", State: acmg.NotMet, Reason: "FAF95 0 is not above 0.05.", Provenance: from,
			Inputs: []acmg.Input{{Name: "grpmax FAF95", Value: "0", Source: "gnomAD", Version: "4.1", Operator: ">", Threshold: "0.05"}},
		},
		{
			Code: "BS1", State: acmg.NotAssessed, Reason: "No threshold is set for this disease.", Provenance: from,
			Inputs: []acmg.Input{{Name: "disease threshold", Value: "not set"}},
		},
		{
			Code: "PM2", State: acmg.Met, Strength: acmg.Supporting, Reason: "Absent from gnomAD 4.1 joint, where 1,614,000 alleles were seen.", Provenance: from,
			Inputs: []acmg.Input{
				{Name: "allele count", Value: "0", Source: "gnomAD joint", Version: "4.1", Operator: "≤", Threshold: "0"},
				{Name: "alleles seen", Value: "1,614,000", Source: "gnomAD joint", Version: "4.1", Operator: "≥", Threshold: "2,000"},
				{Name: "coverage at 20×", Value: "", Source: "gnomAD"},
			},
		},
		{
			Code: "PP3", State: acmg.Met, Strength: acmg.Strong, Reason: "REVEL 0.957 is at or above 0.932.", Provenance: from,
			Inputs: []acmg.Input{
				{Name: "REVEL", Value: "0.957", Source: "REVEL", Version: "1.3", Operator: "≥", Threshold: "0.932"},
				{Name: "SpliceAI max delta", Value: "0.01", Source: "SpliceAI", Operator: "≥", Threshold: "0.2"},
			},
		},
		{
			Code: "BP4", State: acmg.NotMet, Reason: "REVEL 0.957 is above 0.290.", Provenance: from,
			Inputs: []acmg.Input{{Name: "REVEL", Value: "0.957", Source: "REVEL", Version: "1.3", Operator: "≤", Threshold: "0.290"}},
		},
	}
}
