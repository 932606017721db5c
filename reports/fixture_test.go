package reports

import (
	"encoding/json"
	"sync"
	"testing"
	"time"

	"garrod/assets/rules"
	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
)

// The people, variants and numbers below are made up.

var noon = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

var loadRules = sync.OnceValues(func() ([]*acmg.RuleSet, error) { return acmg.LoadRuleSets(rules.Files()) })

func ruleSet(t testing.TB) *acmg.RuleSet {
	t.Helper()
	all, err := loadRules()
	if err != nil {
		t.Fatal(err)
	}
	for _, rs := range all {
		if rs.ID == rules.Default {
			return rs
		}
	}
	t.Fatalf("no rule set %s", rules.Default)
	return nil
}

func yes() *bool     { b := true; return &b }
func no() *bool      { b := false; return &b }
func num(n int) *int { return &n }

// trio is a case of a male proband with both parents, without variants.
func trio() review.Case {
	return review.Case{
		ID: "DEMO-1", Status: review.StatusAnalysis, Assembly: genome.GRCh38, Proband: "P1", Sex: review.Male,
		Patient: review.Patient{
			Surname: "Łukasiewicz-Brontë", Forename: "Zoë Ĩris", DOB: "2019-02-01", Sex: review.Male,
			Identifiers: []review.Identifier{{Type: "nhs", Value: "9990123456"}, {Type: "hospital", Value: "H-00117"}},
		},
		Specimen: review.Specimen{
			LabNumber: "26-00417", DNANumber: "D26-0991", Type: "blood in EDTA",
			Collected: "2026-02-10", Received: "2026-02-11",
		},
		Consent: review.Consent{Status: "given", Date: "2026-02-09", Secondary: "no"},
		Family: review.Family{ID: "F1", Members: []review.Member{
			{ID: "P1", Father: "F1", Mother: "M1", Sex: review.Male, Affected: yes()},
			{ID: "F1", Sex: review.Male, Affected: no()},
			{ID: "M1", Sex: review.Female, Affected: no()},
		}},
		HPO:   []string{"HP:0001250 Seizure", "HP:0001263 Global developmental delay"},
		Panel: &review.Panel{Name: "Early onset epilepsy", Version: "7.1", Date: "2026-01-15", Genes: make([]review.PanelGene, 312)},
		Files: []review.SourceFile{{
			Kind: "vcf", Path: "/data/in/family1.vcf.gz", Size: 1 << 20,
			SHA256: "8c1f0d3be5a7c2d49a6be1f7c3d2b4a5968778695a4b3c2d1e0f8c1f0d3be5a7", Records: 4821345,
			Samples: []string{"P1", "F1", "M1"}, Capabilities: []review.Capability{
				{Name: "consequence", Present: true, Detail: "CSQ of VEP 112"},
				{Name: "spliceai", Present: false, Detail: "no SpliceAI field: splice prediction was not assessed"},
			},
		}},
		Checks: []review.Check{
			{Name: "bgzf_eof", Outcome: review.Pass, Detail: "the end block is there"},
			{Name: "assembly", Outcome: review.Pass, Detail: "GRCh38 by 25 contig lengths"},
			{Name: "sex", Outcome: review.Warn, Detail: "declared male, PED says unknown", Reason: "referral form confirms male"},
			{Name: "relatedness", Outcome: review.CheckNotAssessed, Detail: "fewer than 1,000 shared sites"},
		},
		RuleSet: rules.Default,
	}
}

// freeze makes the snapshot of c with the assessments given.
func freeze(t testing.TB, c review.Case, list ...review.Assessment) review.Frozen {
	t.Helper()
	rs := ruleSet(t)
	c.RuleSetHash = rs.Hash()
	for i := range list {
		list[i].ID = review.AssessmentID(string(c.ID) + "-A" + string(rune('1'+i)))
		list[i].Case = c.ID
	}
	return review.Frozen{
		Schema: FrozenSchema, ReportID: string(c.ID) + "-R1", Version: 1, At: noon, Case: c,
		Assessments: append([]review.Assessment{}, list...), RuleSet: rs.ID, RuleSetHash: rs.Hash(),
		RuleSetContent: rs.Canonical(), RuleSetStatus: "draft",
		Funnel: []review.FunnelStep{
			{Step: "quality", Parameter: "PASS, DP ≥ 10, GQ ≥ 20", Before: 4821345, After: 4410021},
			{Step: "frequency", Parameter: "AF ≤ 0.001 in any group with AN ≥ 2,000", Before: 4410021, After: 21043},
			{Step: "consequence", Parameter: "coding or splice region", Before: 21043, After: 412},
			{Step: "inheritance", Parameter: "any model", Before: 412, After: 17},
		},
		Filter: "rare disease trio v3", Unread: 2, Listed: 17, Rescued: 1,
		Laboratory: review.Laboratory{
			ID: "lab", Kind: review.Demonstration, Name: "Demonstration Genomics Laboratory",
			Address: "1 Example Street, Anytown AN1 1AA", UKAS: "0000",
		},
		Program: "Garrod 0.1.0 (0000000)",
		Signatories: []review.Signatory{
			{Role: review.Scientist, User: "anna", Name: "Anna Müller", HCPC: "CS00001"},
			{Role: review.Authoriser},
		},
	}
}

// spot is one variant with what its assessment says.
type spot struct {
	key, gene, hgnc, tx, c, p string
	disease, mondo, moi       string
	gt                        map[string]review.Call
	labels                    []review.Label
	codes                     []string
	rejected                  []acmg.Criterion
	silent                    bool
	comment                   string
}

func called(gt string, copies, ploidy int) review.Call {
	return review.Call{GT: gt, State: review.Called, Copies: copies, Ploidy: ploidy, Depth: num(38), GQ: num(99)}
}

var (
	het  = called("0/1", 1, 2)
	hom  = called("1/1", 2, 2)
	ref  = called("0/0", 0, 2)
	hemi = called("1", 1, 1)
)

func (s spot) assessment(t testing.TB) review.Assessment {
	t.Helper()
	rs := ruleSet(t)
	k, err := genome.ParseKey(genome.GRCh38, s.key)
	if err != nil {
		t.Fatal(err)
	}
	a := review.Assessment{
		Unit: acmg.Unit{Key: k.String(), Assembly: "GRCh38", Gene: s.hgnc, Disease: s.mondo, MOI: s.moi, Transcript: s.tx},
		Variant: review.Variant{
			Key: k, Kind: review.SmallVariant,
			Frequencies: []acmg.Frequency{{Dataset: "gnomAD", Version: "4.1", Callset: "joint", Group: "all"}},
			Predictors:  []acmg.Predictor{{Name: "REVEL", Version: "1.3", Score: 0.91}},
		},
		Consequence: review.Consequence{
			Symbol: s.gene, HGNC: s.hgnc, Transcript: s.tx, HGVSc: s.c, HGVSp: s.p,
			Terms: []string{"missense_variant"}, Source: "CSQ",
		},
		Labels: s.labels, Comment: s.comment,
	}
	for _, id := range []string{"P1", "F1", "M1"} {
		x, ok := s.gt[id]
		if !ok {
			x = review.Call{State: review.NoRecord}
		}
		x.Sample = id
		a.Variant.Calls = append(a.Variant.Calls, x)
	}
	if s.disease != "" {
		a.Facts = mustJSON(t, map[string]any{"disease": acmg.Disease{Mondo: s.mondo, Name: s.disease}})
	}
	for i, text := range s.codes {
		code, err := acmg.ParseCode(text, rs)
		if err != nil {
			t.Fatal(err)
		}
		a.Evidence = append(a.Evidence, review.EvidenceItem{
			ID: int64(i + 1), Code: code.Criterion, Strength: code.Strength,
			Decision: review.Accepted, Origin: "manual", Reason: "made-up reason for " + text, RuleSet: rs.ID, RuleSetHash: rs.Hash(),
			By: "anna", At: noon.Add(-2 * time.Hour),
		})
	}
	for _, code := range s.rejected {
		a.Evidence = append(a.Evidence, review.EvidenceItem{
			Code: code, Decision: review.Rejected, Origin: "auto", Reason: "rejected text",
			RuleSet: rs.ID, RuleSetHash: rs.Hash(), By: "anna", At: noon.Add(-2 * time.Hour),
		})
	}
	cl, err := acmg.Combine(rs, a.Accepted(), a.Unit)
	if err != nil {
		t.Fatal(err)
	}
	a.Reviews = []review.Review{{By: "anna", At: noon.Add(-time.Hour), Classification: cl, Report: !s.silent}}
	return a
}

func mustJSON(t testing.TB, v any) json.RawMessage {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The variants of the tests.
var (
	deNovo = spot{
		key: "2-166002743-G-A", gene: "SCN1A", hgnc: "HGNC:10585", tx: "NM_001165963.4", c: "NM_001165963.4:c.4933C>T",
		p: "NP_001159435.1:p.Arg1645Ter", disease: "Dravet syndrome", mondo: "MONDO:0100135", moi: "AD",
		gt:     map[string]review.Call{"P1": het, "F1": ref, "M1": ref},
		labels: []review.Label{{Model: "de_novo", Why: "both parents are called reference"}},
		codes:  []string{"PVS1", "PS2_Moderate", "PM2_Supporting"}, rejected: []acmg.Criterion{"PP4"},
		comment: "The change α→β in the channel’s pore is expected to abolish ½ of its function (Straße test, ≥ 2 assays).",
	}
	uncertain = spot{
		key: "1-1000-C-T", gene: "KCNQ2", hgnc: "HGNC:6296", tx: "NM_172107.4", c: "c.812G>A", p: "p.Gly271Asp",
		moi: "AD", gt: map[string]review.Call{"P1": het, "F1": het, "M1": ref}, codes: []string{"PM2_Supporting", "PP3_Moderate"},
	}
	pairA = spot{
		key: "7-117559590-ATCT-A", gene: "CFTR", hgnc: "HGNC:1884", tx: "NM_000492.4", c: "NM_000492.4:c.1521_1523del",
		p: "NP_000483.3:p.Phe508del", disease: "cystic fibrosis", mondo: "MONDO:0009061", moi: "AR",
		gt:     map[string]review.Call{"P1": het, "F1": het, "M1": ref},
		labels: []review.Label{{Model: "compound_het", Phase: "trans", Basis: "parents", Partner: []string{"7-117587806-G-A"}}},
		codes:  []string{"PM3_VeryStrong", "PM2_Supporting", "PP4"},
	}
	pairB = spot{
		key: "7-117587806-G-A", gene: "CFTR", hgnc: "HGNC:1884", tx: "NM_000492.4", c: "NM_000492.4:c.1652G>A",
		p: "NP_000483.3:p.Gly551Asp", disease: "cystic fibrosis", mondo: "MONDO:0009061", moi: "AR",
		gt:     map[string]review.Call{"P1": het, "F1": ref, "M1": het},
		labels: []review.Label{{Model: "compound_het", Phase: "trans", Basis: "parents", Partner: []string{"7-117559590-ATCT-A"}}},
		codes:  []string{"PM3", "PM5", "PM2_Supporting", "PP3"},
	}
	xLinked = spot{
		key: "X-32389599-G-A", gene: "DMD", hgnc: "HGNC:2928", tx: "NM_004006.3", c: "c.4100C>T", p: "p.Gln1367Ter", moi: "XLR",
		gt: map[string]review.Call{"P1": hom, "F1": hemiRef(), "M1": het}, codes: []string{"PVS1", "PM2_Supporting"},
	}
	mito = spot{
		key: "MT-3243-A-G", gene: "MT-TL1", hgnc: "HGNC:7490", tx: "", c: "", p: "", moi: "MT",
		gt: map[string]review.Call{
			"P1": {GT: "0/1", State: review.Called, Copies: 1, Ploidy: 2, AD: &[2]int{630, 370}},
			"F1": ref, "M1": {GT: "0/1", State: review.Called, Copies: 1, Ploidy: 2, Fraction: fraction(0.0004)},
		},
		codes: []string{"PS3", "PS4_Moderate", "PP4"},
	}
	benign = spot{
		key: "3-500-A-G", gene: "SCN5A", hgnc: "HGNC:10593", codes: []string{"BS1", "BP4"}, silent: true,
		gt: map[string]review.Call{"P1": het},
	}
)

func hemiRef() review.Call        { return called("0", 0, 1) }
func fraction(f float64) *float64 { return &f }
