package acmg_test

import (
	"fmt"
	"strings"
	"testing"

	"garrod/review/acmg"
)

func revel(score string) string {
	return `{"name":"REVEL","version":"1.3","transcript":"NM_1.2","score":` + score + `}`
}

func spliceai(delta string) string {
	return fmt.Sprintf(`"splice":[{"tool":"SpliceAI","version":"1.3.1","ag":0,"al":0,"dg":0,"dl":%s}]`, delta)
}

func TestProposeComputational(t *testing.T) {
	rs := shipped(t)["acgs-2024"]
	predictors := func(s ...string) string { return `"predictors":[` + strings.Join(s, ",") + `]` }
	terms := func(so ...string) string {
		return `"chosen":"NM_1.2","transcripts":[{"id":"NM_1.2","so":["` + strings.Join(so, `","`) + `"]}]`
	}
	quiet := spliceai("0.01")
	loose := func(score string) string { return `{"name":"REVEL","version":"1.3","score":` + score + `}` }
	rows := func(a, b string) string {
		row := `{"tool":"SpliceAI","version":"1","ag":0,"al":0,"dg":0,"dl":`
		return `"splice":[` + row + a + `},` + row + b + `}]`
	}
	for _, tt := range []struct{ name, fields, pp3, bp4 string }{
		{"nothing", "", "not_assessed", "not_assessed"},
		{"0.003", predictors(revel("0.003")) + "," + quiet, "not_met", "BP4_VeryStrong"},
		{"0.0031", predictors(revel("0.0031")) + "," + quiet, "not_met", "BP4_Strong"},
		{"0.016", predictors(revel("0.016")) + "," + quiet, "not_met", "BP4_Strong"},
		{"0.0161", predictors(revel("0.0161")) + "," + quiet, "not_met", "BP4_Moderate"},
		{"0.183", predictors(revel("0.183")) + "," + quiet, "not_met", "BP4_Moderate"},
		{"0.1831", predictors(revel("0.1831")) + "," + quiet, "not_met", "BP4_Supporting"},
		{"0.290", predictors(revel("0.290")) + "," + quiet, "not_met", "BP4_Supporting"},
		{"0.2901", predictors(revel("0.2901")) + "," + quiet, "not_met", "not_met"},
		{"0.643999", predictors(revel("0.643999")) + "," + quiet, "not_met", "not_met"},
		{"0.644", predictors(revel("0.644")) + "," + quiet, "PP3_Supporting", "not_met"},
		{"0.7729", predictors(revel("0.7729")) + "," + quiet, "PP3_Supporting", "not_met"},
		{"0.773", predictors(revel("0.773")) + "," + quiet, "PP3_Moderate", "not_met"},
		{"0.932", predictors(revel("0.932")) + "," + quiet, "PP3_Strong", "not_met"},

		{"splice 0.10", predictors(revel("0.2")) + "," + spliceai("0.10"), "not_met", "BP4_Supporting"},
		{"splice 0.1001", predictors(revel("0.2")) + "," + spliceai("0.1001"), "not_met", "not_met"},
		{"splice 0.1999", predictors(revel("0.2")) + "," + spliceai("0.1999"), "not_met", "not_met"},
		{"splice 0.20", predictors(revel("0.2")) + "," + spliceai("0.20"), "PP3_Supporting", "not_met"},
		{"the stronger counts, once", predictors(revel("0.95")) + "," + spliceai("0.9"), "PP3_Strong", "not_met"},
		{"protein alone for", predictors(revel("0.95")), "PP3_Strong", "not_met"},
		{"protein alone against needs splicing", predictors(revel("0.1")), "not_assessed", "not_assessed"},
		{"splicing alone for a missense", quiet, "not_assessed", "not_assessed"},
		{"splicing for", spliceai("0.3"), "PP3_Supporting", "not_met"},
		{"a delta is missing", predictors(revel("0.1")) + `,"splice":[{"tool":"SpliceAI","version":"1","ag":0,"al":0,"dg":0}]`, "not_assessed", "not_assessed"},
		{"a delta is missing, another suffices", `"splice":[{"tool":"SpliceAI","version":"1","ag":0.5}]`, "PP3_Supporting", "not_met"},

		{"another transcript's score", predictors(`{"name":"REVEL","version":"1","transcript":"NM_9.1","score":0.99}`) + "," + quiet, "not_assessed", "not_assessed"},
		{"another version's score", predictors(`{"name":"REVEL","version":"1","transcript":"NM_1.1","score":0.99}`) + "," + quiet, "not_assessed", "not_assessed"},
		{"not the highest of all transcripts", predictors(`{"name":"REVEL","version":"1","transcript":"NM_9.1","score":0.99}`, revel("0.5")) + "," + quiet, "not_met", "not_met"},
		{"a score of no named transcript", predictors(`{"name":"REVEL","version":"1","score":0.7}`) + "," + quiet, "PP3_Supporting", "not_met"},
		{"two scores that differ", predictors(revel("0.95"), revel("0.2")) + "," + quiet, "not_assessed", "not_assessed"},
		{"two scores of no named transcript that differ", predictors(loose("0.95"), loose("0.2")) + "," + quiet, "not_assessed", "not_assessed"},
		{"three scores, two alike", predictors(revel("0.95"), revel("0.2"), revel("0.95")) + "," + quiet, "not_assessed", "not_assessed"},
		{"one score for, one undecided", predictors(revel("0.95"), revel("0.5")) + "," + quiet, "not_assessed", "not_assessed"},
		{"two scores that differ, splicing for", predictors(revel("0.95"), revel("0.2")) + "," + spliceai("0.5"), "PP3_Supporting", "not_met"},
		{"one score twice", predictors(revel("0.95"), revel("0.95")) + "," + quiet, "PP3_Strong", "not_met"},
		{"one named, another not", predictors(revel("0.95"), loose("0.2")) + "," + quiet, "PP3_Strong", "not_met"},
		{"two splice answers that differ", terms("intron_variant") + "," + rows("0.5", "0.01"), "not_assessed", "not_assessed"},
		{"two splice answers alike", terms("intron_variant") + "," + rows("0.01", "0.02"), "not_met", "BP4_Supporting"},
		{"two scores of one side", predictors(revel("0.95"), revel("0.7")) + "," + quiet, "PP3_Supporting", "not_met"},
		{"off the scale", predictors(revel("1.2")) + "," + quiet, "not_assessed", "not_assessed"},
		{"another tool", predictors(`{"name":"CADD","version":"1.7","score":35}`) + "," + quiet, "not_assessed", "not_assessed"},

		{"synonymous, by splicing", terms("synonymous_variant") + "," + quiet, "not_met", "BP4_Supporting"},
		{"synonymous, REVEL is not for it", terms("synonymous_variant") + "," + predictors(revel("0.99")) + "," + quiet, "not_met", "BP4_Supporting"},
		{"synonymous, splicing unknown", terms("synonymous_variant"), "not_assessed", "not_assessed"},
		{"deep intron", terms("intron_variant") + "," + spliceai("0.61"), "PP3_Supporting", "not_met"},
		{"canonical splice site", terms("splice_donor_variant", "intron_variant") + "," + spliceai("0.99"), "not_applicable", "not_applicable"},
		{"nonsense", terms("stop_gained") + "," + predictors(revel("0.99")), "not_applicable", "not_applicable"},
		{"nonsense at a missense", terms("stop_gained", "missense_variant") + "," + predictors(revel("0.99")), "not_applicable", "not_applicable"},
		{"in frame, splicing quiet", terms("inframe_deletion") + "," + quiet, "not_assessed", "not_assessed"},
		{"in frame, splicing affected", terms("inframe_deletion") + "," + spliceai("0.4"), "PP3_Supporting", "not_met"},
		{"between genes", terms("intergenic_variant") + "," + quiet, "not_applicable", "not_applicable"},
		{"no consequence", `"transcripts":null,` + predictors(revel("0.99")) + "," + quiet, "not_assessed", "not_assessed"},
		{"no transcript chosen", `"transcripts":[{"id":"NM_1.2","so":["missense_variant"]},{"id":"NM_9.1","so":["missense_variant"]}],` + predictors(revel("0.99")), "not_assessed", "not_assessed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := propose(t, rs, facts(t, tt.fields))
			for c, want := range map[acmg.Criterion]string{"PP3": tt.pp3, "BP4": tt.bp4} {
				if pr := proposalOf(t, p, c); outcome(pr) != want || pr.Reason == "" || len(pr.Inputs) == 0 {
					t.Errorf("%s: %s (%s), want %s", c, outcome(pr), pr.Reason, want)
				}
			}
		})
	}
}

// Scores that contradict each other are named with the reason.
func TestProposeNamesContradiction(t *testing.T) {
	p := propose(t, shipped(t)["acgs-2024"], facts(t, `"predictors":[`+revel("0.95")+`,`+revel("0.2")+`],`+spliceai("0")))
	for _, c := range []acmg.Criterion{"PP3", "BP4"} {
		for _, part := range []string{"contradict each other", "0.95", "0.2"} {
			if pr := proposalOf(t, p, c); !strings.Contains(pr.Reason, part) {
				t.Errorf("%s: %q does not say %q", c, pr.Reason, part)
			}
		}
	}
}
