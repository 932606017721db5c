package acmg_test

import (
	"fmt"
	"strings"
	"testing"

	"garrod/review/acmg"
)

// facts writes a line about a missense variant of BRCA1, dominant; fields adds
// or replaces.
func facts(t testing.TB, fields string) *acmg.Facts {
	t.Helper()
	line := `{"id":"t","schema":1,"assembly":"GRCh38","gene":{"hgnc":"HGNC:1100"}`
	if !strings.Contains(fields, `"key"`) {
		line += `,"key":"17-43045712-A-G"`
	}
	if !strings.Contains(fields, `"moi"`) {
		line += `,"moi":"AD"`
	}
	if !strings.Contains(fields, `"transcripts"`) {
		line += `,"chosen":"NM_1.2","transcripts":[{"id":"NM_1.2","so":["missense_variant"]}]`
	}
	if fields != "" {
		line += "," + fields
	}
	f, err := acmg.ParseFacts([]byte(line + "}"))
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return f
}

func propose(t testing.TB, rs *acmg.RuleSet, f *acmg.Facts) acmg.Proposals {
	t.Helper()
	p, err := acmg.Propose(f, rs)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func proposalOf(t testing.TB, p acmg.Proposals, c acmg.Criterion) acmg.Proposal {
	t.Helper()
	for _, pr := range p.Proposals {
		if pr.Code == c {
			return pr
		}
	}
	t.Fatalf("no proposal of %s", c)
	return acmg.Proposal{}
}

// outcome is the state, with the label where the criterion is met.
func outcome(p acmg.Proposal) string {
	if p.State == acmg.Met {
		return acmg.Code{Criterion: p.Code, Strength: p.Strength}.Label()
	}
	return string(p.State)
}

// gnomad writes one record of release 4.1.
func gnomad(callset, group, rest string) string {
	return fmt.Sprintf(`{"dataset":"gnomAD","version":"4.1","callset":%q,"group":%q,%s}`, callset, group, rest)
}

func frequencies(records ...string) string {
	return `"frequencies":[` + strings.Join(records, ",") + `]`
}

const (
	covered   = `"coverage":[{"dataset":"gnomAD","version":"4.1","callset":"exome","mean_depth":31.5}]`
	absent    = `"present":false`
	hfe38     = `"key":"6-26092913-G-A"`
	hfe37     = `"key":"6-26093141-G-A"`
	tp53Table = `"gene_table":{"source":"lab","date":"2025-01-01","penetrance":"full","prevalence":0.0002,` +
		`"het_allelic":1,"het_genic":1,"penetrance_fraction":0.3}`
)

func TestProposePopulation(t *testing.T) {
	rs := shipped(t)["richards-2015-svi"]
	grpmax := func(v string) string {
		return gnomad("joint", "grpmax", `"present":true,"an":91000,"faf_group":"afr","faf95":`+v)
	}
	for _, tt := range []struct {
		name, fields  string
		ba1, bs1, pm2 string
		reason        string // part of BA1's
	}{
		{"nothing looked up", "", "not_assessed", "not_assessed", "not_assessed", "no population frequency"},
		{
			"too common", frequencies(grpmax("0.0501")), "BA1_StandAlone", "not_applicable", "not_applicable",
			"gnomAD 4.1 joint grpmax FAF95 (group afr) 0.0501 > 0.05",
		},
		{"exactly the threshold", frequencies(grpmax("0.05")), "not_met", "not_assessed", "not_met", "0.05 is not > 0.05"},
		{
			"founder group behind the maximum", frequencies(gnomad("joint", "grpmax", `"present":true,"an":91000,"faf_group":"fin","faf95":0.2`)),
			"not_assessed", "not_assessed", "not_met", "group fin is excluded",
		},
		{
			"founder group by itself", frequencies(gnomad("joint", "asj", `"present":true,"ac":9000,"an":30000`)),
			"not_assessed", "not_assessed", "not_met", "group asj is excluded",
		},
		{
			"all groups together are no group", frequencies(gnomad("joint", "all", `"present":true,"ac":90000,"an":900000`)),
			"not_assessed", "not_assessed", "not_met", "no group",
		},
		{
			"allele number below the minimum", frequencies(gnomad("exome", "mid", `"present":true,"ac":400,"an":1999`)),
			"not_assessed", "not_assessed", "not_met", "1999 is below 2000",
		},
		{
			"allele number at the minimum", frequencies(gnomad("exome", "mid", `"present":true,"ac":400,"an":2000`)),
			"BA1_StandAlone", "not_applicable", "not_applicable", "FAF95 from AC/AN",
		},
		{
			"allele number not given", frequencies(gnomad("exome", "afr", `"present":true,"af":0.3`)),
			"not_assessed", "not_assessed", "not_met", "allele number is not given",
		},
		{
			"plain frequency of a big group", frequencies(gnomad("exome", "afr", `"present":true,"af":0.3,"an":50000`)),
			"BA1_StandAlone", "not_applicable", "not_applicable", "AF 0.3 > 0.05",
		},
		{
			"exome fails its filter", frequencies(grpmax("0.3"), gnomad("exome", "all", `"present":true,"filters":["AC0"],"af":0.3,"an":90000`)),
			"not_assessed", "not_assessed", "not_met", "filter AC0 of the exome callset",
		},
		{
			"only failing calls", frequencies(gnomad("genome", "afr", `"present":true,"ac":9000,"an":50000,"filters":["AS_VQSR"]`)),
			"not_met", "not_assessed", "not_met", "fails the data set's filter AS_VQSR",
		},
		{
			"a region flag is no failure", frequencies(gnomad("genome", "afr", `"present":true,"ac":9000,"an":50000,"filters":["lcr"]`)),
			"BA1_StandAlone", "not_applicable", "not_applicable", "",
		},
		{
			"genome only", frequencies(gnomad("exome", "all", absent), gnomad("genome", "afr", `"present":true,"ac":9000,"an":50000`)),
			"BA1_StandAlone", "not_applicable", "not_applicable", "genome afr",
		},
		{
			"exome only, the filtering frequency of the joint count wins",
			frequencies(grpmax("0.04"), gnomad("exome", "grpmax", `"present":true,"an":91000,"faf_group":"afr","faf95":0.06`)),
			"not_met", "not_assessed", "not_met", "joint",
		},
		{
			"unlisted data set", frequencies(`{"dataset":"Clinic","version":"1","callset":"exome","group":"afr","present":true,"ac":900,"an":5000}`),
			"not_assessed", "not_assessed", "not_met", "does not list",
		},
		{
			"one sex only", frequencies(gnomad("joint", "afr", `"present":true,"ac":9000,"an":50000,"sex":"XX"`)),
			"not_assessed", "not_assessed", "not_assessed", "",
		},
		{"exception on GRCh38", hfe38 + "," + frequencies(grpmax("0.06")), "not_applicable", "not_assessed", "not_met", "HFE c.845G>A"},
		{"mitochondrial", `"key":"MT-1555-A-G",` + frequencies(grpmax("0.06")), "not_applicable", "not_applicable", "not_applicable", "MT"},
		{"threshold from prevalence", tp53Table + "," + frequencies(grpmax("0.00034")), "not_met", "BS1_Strong", "not_applicable", ""},
		{"below the threshold from prevalence", tp53Table + "," + frequencies(grpmax("0.00033")), "not_met", "not_met", "not_met", ""},
		{"prevalence but no frequency", tp53Table, "not_assessed", "not_assessed", "not_assessed", ""},

		{"absent and covered", frequencies(gnomad("joint", "all", absent)) + "," + covered, "not_met", "not_assessed", "PM2_Supporting", "no record"},
		{"absent, not known to be covered", frequencies(gnomad("joint", "all", absent)), "not_met", "not_assessed", "not_assessed", ""},
		{
			"absent, poorly covered", frequencies(gnomad("joint", "all", absent)) + `,"coverage":[{"dataset":"gnomAD","version":"4.1","callset":"exome","mean_depth":19.9}]`,
			"not_met", "not_assessed", "not_assessed", "",
		},
		{
			"absent, not callable", frequencies(gnomad("joint", "all", absent)) + `,"coverage":[{"dataset":"gnomAD","version":"4.1","callset":"exome","mean_depth":40,"callable":false}]`,
			"not_met", "not_assessed", "not_assessed", "",
		},
		{
			"absent, covered in another release", frequencies(gnomad("joint", "all", absent)) + `,"coverage":[{"dataset":"gnomAD","version":"2.1","callset":"exome","mean_depth":40}]`,
			"not_met", "not_assessed", "not_assessed", "",
		},
		{
			"absent in exomes, covered in genomes", frequencies(gnomad("exome", "all", absent)) + `,"coverage":[{"dataset":"gnomAD","version":"4.1","callset":"genome","mean_depth":40}]`,
			"not_met", "not_assessed", "not_assessed", "",
		},
		{"absent by allele number", frequencies(gnomad("exome", "all", `"present":false,"an":730947`)), "not_met", "not_assessed", "PM2_Supporting", ""},
		{"absent by too small an allele number", frequencies(gnomad("exome", "all", `"present":false,"an":730946`)), "not_met", "not_assessed", "not_assessed", ""},
		{
			"only failing genotypes", frequencies(gnomad("exome", "all", `"present":true,"ac":0,"an":1400000,"filters":["AC0"]`)) + "," + covered,
			"not_assessed", "not_assessed", "not_met", "",
		},
		{"coverage without a look-up", covered, "not_assessed", "not_assessed", "not_assessed", ""},
		{"one allele is not absent", frequencies(gnomad("joint", "nfe", `"present":true,"ac":1,"an":1180000`)) + "," + covered, "not_met", "not_assessed", "not_met", ""},
		{"recessive, at the limit", `"moi":"AR",` + frequencies(gnomad("joint", "nfe", `"present":true,"ac":118,"an":1180000`)), "not_met", "not_assessed", "PM2_Supporting", ""},
		{"recessive, above the limit", `"moi":"AR",` + frequencies(gnomad("joint", "nfe", `"present":true,"ac":119,"an":1180000`)), "not_met", "not_assessed", "not_met", ""},
		{
			"recessive, failing calls count against rarity", `"moi":"AR",` + frequencies(gnomad("joint", "nfe", `"present":true,"ac":119,"an":1180000,"filters":["AC0"]`)),
			"not_met", "not_assessed", "not_met", "",
		},
		{
			"recessive, group maximum unknown", `"moi":"AR",` + frequencies(gnomad("joint", "all", `"present":true,"ac":9,"an":1180000`)),
			"not_assessed", "not_assessed", "not_assessed", "",
		},
		{
			"inheritance unknown, between the limits", `"moi":null,` + frequencies(gnomad("joint", "nfe", `"present":true,"ac":9,"an":1180000`)),
			"not_met", "not_assessed", "not_assessed", "",
		},
		{
			"inheritance unknown, beyond all limits", `"moi":null,` + frequencies(gnomad("joint", "nfe", `"present":true,"ac":900,"an":1180000`)),
			"not_met", "not_assessed", "not_met", "",
		},
		{"inheritance unknown, absent", `"moi":null,` + frequencies(gnomad("joint", "all", absent)) + "," + covered, "not_met", "not_assessed", "PM2_Supporting", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := propose(t, rs, facts(t, tt.fields))
			for c, want := range map[acmg.Criterion]string{"BA1": tt.ba1, "BS1": tt.bs1, "PM2": tt.pm2} {
				pr := proposalOf(t, p, c)
				if outcome(pr) != want {
					t.Errorf("%s: %s (%s), want %s", c, outcome(pr), pr.Reason, want)
				}
				if len(pr.Inputs) == 0 || pr.Reason == "" || pr.Provenance == "" {
					t.Errorf("%s lacks inputs, reason or provenance: %+v", c, pr)
				}
			}
			if pr := proposalOf(t, p, "BA1"); !strings.Contains(pr.Reason, tt.reason) {
				t.Errorf("BA1 says %q, want %q in it", pr.Reason, tt.reason)
			}
		})
	}
}

// The exceptions hold on their own assembly only.
func TestExceptionsByAssembly(t *testing.T) {
	rs := shipped(t)["acgs-2024"]
	common := frequencies(gnomad("joint", "grpmax", `"present":true,"an":91000,"faf95":0.06`))
	for key, want := range map[string]acmg.State{
		hfe38: acmg.NotApplicable, hfe37: acmg.Met,
		`"key":"chr6-26092913-G-A"`: acmg.NotApplicable, `"key":"6-26092913-G-T"`: acmg.Met,
		`"key":"3-128879646-CC-CCTAAG"`: acmg.NotApplicable,
	} {
		if got := proposalOf(t, propose(t, rs, facts(t, key+","+common)), "BA1"); got.State != want {
			t.Errorf("%s on GRCh38: %s, want %s", key, got.State, want)
		}
	}
	f := facts(t, hfe37+","+common)
	f.Assembly = "GRCh37"
	if got := proposalOf(t, propose(t, rs, f), "BA1"); got.State != acmg.NotApplicable {
		t.Errorf("HFE on GRCh37: %s", got.State)
	}
}

// A rule set that knows no stronger PP3 than Supporting keeps to it, and says so.
func TestProposeKeepsToAllowedStrengths(t *testing.T) {
	sets := shipped(t)
	f := facts(t, `"predictors":[`+revel("0.99")+`],`+spliceai("0"))
	for id, want := range map[acmg.RuleSetID]string{"richards-2015": "PP3_Supporting", "richards-2015-svi": "PP3_Strong", "acgs-2024": "PP3_Strong"} {
		pr := proposalOf(t, propose(t, sets[id], f), "PP3")
		if outcome(pr) != want {
			t.Errorf("%s: %s, want %s", id, outcome(pr), want)
		}
		if limited := strings.Contains(pr.Reason, "limits it"); limited != (id == "richards-2015") {
			t.Errorf("%s: %s", id, pr.Reason)
		}
	}
}

// An annotation often gives the whole data set with its counts and the groups
// with a frequency or a filtering allele frequency only.
func TestProposeFromSparseColumns(t *testing.T) {
	rs := shipped(t)["acgs-2024"]
	for _, tt := range []struct {
		name, records string
		code          acmg.Criterion
		state         acmg.State
	}{
		{
			"no allele in the whole settles groups without a count",
			gnomad("joint", "all", `"present":true,"ac":0,"an":1614000,"af":0`) + "," + gnomad("joint", "grpmax", `"present":true,"faf95":0`), "PM2", acmg.Met,
		},
		{
			"of the same callset only",
			gnomad("exome", "all", `"present":true,"ac":0,"an":1461000,"af":0`) + "," + gnomad("joint", "grpmax", `"present":true,"faf95":0`), "PM2", acmg.NotMet,
		},
		{
			"an allele in the whole settles nothing",
			gnomad("joint", "all", `"present":true,"ac":1,"an":1614000`) + "," + gnomad("joint", "grpmax", `"present":true,"faf95":0`), "PM2", acmg.NotMet,
		},
		{
			"a filtering allele frequency stands without its allele number",
			gnomad("joint", "grpmax", `"present":true,"faf95":0.06`), "BA1", acmg.Met,
		},
		{
			"a plain frequency does not",
			gnomad("joint", "nfe", `"present":true,"af":0.06`), "BA1", acmg.NotAssessed,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := proposalOf(t, propose(t, rs, facts(t, frequencies(tt.records))), tt.code)
			if p.State != tt.state {
				t.Errorf("%s is %s (%s), want %s", tt.code, p.State, p.Reason, tt.state)
			}
		})
	}
}

// TestPM2DefaultIsSupporting pins the cautious default of the rule set that new
// cases get.
func TestPM2DefaultIsSupporting(t *testing.T) {
	p := propose(t, shipped(t)["acgs-2024"], facts(t, frequencies(gnomad("joint", "all", `"present":true,"ac":0,"an":1614000,"af":0`))))
	if pm2 := proposalOf(t, p, "PM2"); pm2.Strength != acmg.Supporting {
		t.Errorf("PM2 is proposed at %s, want Supporting (ClinGen SVI 2020)", pm2.Strength)
	}
}
