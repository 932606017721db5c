package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"garrod/review"
	"garrod/review/triage"
)

// byHand is one record explained by a person who looked at it with bcftools.
type byHand struct {
	key  string
	lane triage.Lane
	// The step that removes it, its parameter, and a part of the value it is
	// removed for; where nothing does, a part of the inheritance label.
	step, parameter, value string
}

// demoByHand are records of the demonstration case; the samples are child,
// mother, father. Frequencies are the highest of the groups gnomADj_*_AF.
var demoByHand = []byHand{
	// C>T, PASS, 0/1 19 of 40 reads; 0/0; 0/0. stop_gained in TCF4, AC 0.
	{"18-55257375-C-T", triage.LaneList, "", "", "de_novo ("},
	// T>A, PASS, 0/1; 0/0; 0/1. missense in PAH, AF 0.00009 in eas, 19 bases from the next.
	{"12-102852857-T-A", triage.LaneList, "", "", "compound_het (with 12-102852876-G-A in PAH, in trans"},
	// G>A, PASS, 0/1; 0/1; 0/0. stop_gained in PAH.
	{"12-102852876-G-A", triage.LaneList, "", "", "compound_het (with 12-102852857-T-A in PAH, in trans"},
	// C>T, PASS, 1/1 35 of 35 reads; 0/1; 0/1. missense in MYO7A.
	{"11-77190773-C-T", triage.LaneList, "", "", "recessive_hom ("},
	// C>T, PASS, 1 (14 reads); 0/1; 0. missense in SLC6A8, X outside the PAR.
	{"X-153694381-C-T", triage.LaneList, "", "", "x_linked (hemizygous"},
	// C>T, PASS, 0/1; 0/0; ./. with no value at all. missense in MAP2K2.
	{"19-4101032-C-T", triage.LaneList, "", "", "de_novo_possible (possible de novo: father not called"},
	// T>C, PASS, 0/1 5 of 17 reads in a boy; 0/0; 0. missense in IL2RG, X outside the PAR.
	{"X-71107741-T-C", triage.LaneList, "", "", "sex_anomaly ("},
	// A>G on chrM, 1 (1204 of 1204 reads); 1; 0. MT-RNR1, an exon of an Mt_rRNA.
	{"MT-1555-A-G", triage.LaneList, "", "", "mitochondrial (100 %"},
	// G>A, PASS, 0/1; 0/1; 0/0. HFE, NFE_AF 0.058, ClinVar Pathogenic.
	{"6-26092913-G-A", triage.LaneRescue, "frequency", "highest frequency", "0.058 in gnomAD joint nfe"},
	// C>T, PASS, 0/1; 0/0; 0/1. GAMT, SpliceAI donor loss 0.86, ClinVar Pathogenic; a healthy father has it.
	{"19-1399793-C-T", triage.LaneRescue, "inheritance", "inheritance label", "unaffected father heterozygous"},
	// CCAG>CAG, PASS, 0/1; 0/0; 0/1. GJB2 frameshift, NFE_AF 0.0094, ClinVar Pathogenic.
	{"13-20189551-CC-C", triage.LaneRescue, "inheritance", "inheritance label", "unaffected father heterozygous"},
	// A>C, PASS, 0/1. missense in ITGA2B, AFR_AF 0.439 above EAS_AF 0.42.
	{"17-44375697-A-C", triage.LaneOut, "frequency", "highest frequency", "0.439 in gnomAD joint afr"},
	// A>C,T, PASS, 1/2; 0/1; 0/2. C: EAS_AF 0.52. T: EAS_AF 0.006192, synonymous.
	{"17-47290971-A-C", triage.LaneOut, "frequency", "highest frequency", "0.52 in gnomAD joint eas"},
	{"17-47290971-A-T", triage.LaneOut, "consequence", "terms on any transcript", "synonymous_variant"},
	// G>A, PASS, 0/1 from the father, in PAR1. intron of SHOX, AFR_AF 0.33.
	{"X-634210-G-A", triage.LaneOut, "frequency", "highest frequency", "0.33 in gnomAD joint afr"},
	// C>T, LowQual, 0/1 with 2 of 16 reads and GQ 12. FILTER comes before GQ.
	{"1-11122037-C-T", triage.LaneOut, "quality", "FILTER", "LowQual"},
	// T>C,* PASS, 1/2: the * stands for the deletion of the record before.
	{"2-50550002-T-*", triage.LaneOut, "kind", "kind of allele", "star"},
	// A><DEL>, PASS, 0/1, GQ 99 and no DP. intron of CNTNAP2.
	{"7-147420999-A-<DEL>@147422841", triage.LaneOut, "consequence", "terms on any transcript", "intron_variant"},
	// G>A, PASS, 0|1 PS 215674515; 0|1 PS 215674515; 0/0. The next one, 179 bases on, likewise.
	{"1-215674515-G-A", triage.LaneOut, "inheritance", "inheritance label", "cis_pair (with 1-215674694-A-G in USH2A"},
	// C>G, PASS, ./1 11 of 16 reads; 0/1; 0/0. missense in SLC26A4, EAS_AF 0.003608.
	{"7-107661788-C-G", triage.LaneOut, "inheritance", "inheritance label", "the other allele not called (./1)"},
	// T>C on chrM, 0/1 178 of 1189 reads. intergenic.
	{"MT-16093-T-C", triage.LaneOut, "consequence", "terms on any transcript", "intergenic_variant"},
}

// scoutByHand are records of the real trio; the samples are father, child,
// mother, and the child is a boy. Frequencies stand in 1000G_MAX_AF,
// EXACMAX_AF, SWEREFAF and SWEGENAF.
var scoutByHand = []byHand{
	// LowQual, child 0/1 with 1 of 2 reads.
	{"1-156146086-C-A", triage.LaneOut, "quality", "FILTER", "LowQual"},
	// The child is 0/0 by two reads, which proves nothing; LOW_VQSLOD is asked next.
	{"2-176972912-AGG-A", triage.LaneOut, "quality", "FILTER", "LOW_VQSLOD"},
	// PASS, child 0/1, DP 26, GQ 99. SWEREFAF 0.514.
	{"4-39352910-T-C", triage.LaneOut, "frequency", "highest frequency", "0.514 in SweRef"},
	// PASS, child 0/1, GQ 99, DP 9. SWEREFAF 0.429 comes after.
	{"12-133234741-C-CGTGT", triage.LaneOut, "quality", "DP of the proband", "9"},
	// PASS, child 0/1 with 1 of 5 reads, GQ 6, DP 5. GQ is asked before DP.
	{"20-33012529-TAA-AAG", triage.LaneOut, "quality", "GQ of the proband", "6"},
	// PASS, child ./. (the other half of CTT>C,CT): not called is kept. SWEREFAF 0.237.
	{"14-51230431-CT-C", triage.LaneOut, "frequency", "highest frequency", "0.237 in SweRef"},
	// PASS, child 0/1, DP 32, GQ 99. EXACMAX_AF 0.0067; synonymous at worst.
	{"22-23657664-C-T", triage.LaneOut, "consequence", "terms on any transcript", "synonymous_variant"},
	// PASS, child 0/1 from the father. missense in POT1, 1000G_MAX_AF 0.008.
	{"7-124491972-C-A", triage.LaneOut, "inheritance", "inheritance label", "dominant_reduced ("},
	// PASS, child 1/1, DP 20; father 1/1. missense in USP9Y, outside Y's PAR.
	{"Y-14959237-C-G", triage.LaneOut, "inheritance", "inheritance label", "unaffected father hemizygous"},
	// PASS, 1/1 in all three. missense in MT-CYB, SWEGENAF 0.985, CLNSIG 4.
	{"MT-15326-A-G", triage.LaneRescue, "frequency", "highest frequency", "0.985 in SweGen"},
	// PASS, 0/1 with 1125 of 2156 reads. an exon of MT-TP, an Mt_tRNA; no frequency.
	{"MT-16023-G-A", triage.LaneList, "", "", "mitochondrial (52.2 %"},
	// PASS, child ./., mother 0/.: a site that was split in two. splice_region in RECQL5; no frequency.
	{"17-73626923-G-GGT", triage.LaneList, "", "", "not called"},
}

func TestExplainedByHand(t *testing.T) {
	t.Parallel()
	t.Run("demonstration", func(t *testing.T) {
		b := newBench(t)
		explainAll(t, b.lab, "GOOD-1", demoByHand)
	})
	t.Run("scout", func(t *testing.T) {
		c := realCases[0]
		vcf, lab := shared(t, c.vcf), newLab(t)
		c.add(t, lab, vcf)
		explainAll(t, lab, "REAL-1", scoutByHand)
	})
}

// explainAll explains records, and asks the command itself about every fourth.
func explainAll(t *testing.T, lab, id string, records []byHand) {
	t.Helper()
	explained := make([]triage.Explanation, len(records))
	withCase(t, lab, id, func(c review.Case, src triage.Source) {
		for i, h := range records {
			var err error
			if explained[i], err = triage.Explain(t.Context(), src, &c, triage.Default(), h.key); err != nil {
				t.Fatal(err)
			}
		}
	})
	for i, h := range records {
		x := explained[i]
		if i%4 == 0 {
			var asked triage.Explanation
			must(t, &asked, "worklist", "--lab", lab, "--case", id, "--explain", h.key)
			if d := cmp.Diff(x, asked); d != "" {
				t.Errorf("%s: the command says otherwise (-want +got):\n%s", h.key, d)
			}
		}
		if x.Key != h.key || x.Record != "present" || x.Lane != h.lane || x.InList != (h.lane == triage.LaneList) || x.Note == "" {
			t.Errorf("%s: %s in lane %q (%s), want it present in %q", h.key, x.Record, x.Lane, x.Note, h.lane)
		}
		if why := h.disagrees(x); why != "" {
			t.Errorf("%s: %s", h.key, why)
		}
	}
}

// disagrees says in what an explanation is not what the person found.
func (h byHand) disagrees(x triage.Explanation) string {
	blamed := -1
	for i, s := range x.Steps {
		if s.Parameter == "" || s.Operator == "" || s.Threshold == "" || s.Value == "" || s.Outcome == "" {
			return "a step without parameter, operator, threshold, value or outcome: " + s.Step
		}
		if s.Outcome == "removed" {
			if blamed >= 0 {
				return "removed twice"
			}
			blamed = i
		}
		if (s.Outcome == "not_reached") != (blamed >= 0 && i > blamed) {
			return s.Step + " " + s.Parameter + " is " + s.Outcome
		}
	}
	if blamed < 0 {
		if h.step != "" {
			return "removed by nothing, want " + h.step
		}
		if last := x.Steps[len(x.Steps)-1]; !strings.Contains(last.Value, h.value) {
			return "inheritance is " + last.Value + ", want " + h.value
		}
		return ""
	}
	s := x.Steps[blamed]
	exact := h.step == "quality" || h.step == "genotype" || h.step == "kind"
	if s.Step != h.step || s.Parameter != h.parameter || !strings.Contains(s.Value, h.value) || exact && s.Value != h.value {
		return "removed by " + s.Step + ", " + s.Parameter + ": " + s.Value + "; want " + h.step + ", " + h.parameter + ": " + h.value
	}
	return ""
}

// TestExplainWhatIsNotThere asks for keys that the demonstration case has no
// record of.
func TestExplainWhatIsNotThere(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for key, want := range map[string][]string{
		// No record in the 175 bases before the TCF4 stop codon.
		"18-55257300-C-T": {"not called, or reference", "cannot tell"},
		// The site of SLC26A4 has another allele, and the child is ./1 there.
		"7-107661788-C-A": {"7-107661788-C-G", "./1 (partly called)"},
		// The site of MAP2K2, whose other allele the child carries.
		"19-4101032-C-G": {"19-4101032-C-T", "0/1"},
		// GJB2 c.35del left-aligned: the file writes it at the other end of the run.
		"13-20189546-AC-A": {"can be written in several ways", "cannot tell"},
		// A contig the file does not have.
		"22_KI270879v1_alt-500-A-C": {"cannot tell"},
	} {
		var x triage.Explanation
		must(t, &x, b.on("worklist", "--explain", key)...)
		if x.Record != "absent" || x.InList || x.Lane != "" || len(x.Steps) != 0 {
			t.Errorf("%s: record %s, lane %q, %d steps; want it absent", key, x.Record, x.Lane, len(x.Steps))
		}
		for _, w := range want {
			if !strings.Contains(x.Note, w) {
				t.Errorf("%s: note %q, want %q in it", key, x.Note, w)
			}
		}
	}
}

// TestKeysAreNormalised writes keys in other ways than the worklist does.
func TestKeysAreNormalised(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for key, want := range map[string]string{
		"chr13-20189551-CCAG-CAG": "13-20189551-CC-C", // as the record has it
		"chr18-55257375-c-t":      "18-55257375-C-T",
		"chrM-1555-A-G":           "MT-1555-A-G",
		"X-153694380-GC-GT":       "X-153694381-C-T", // a base too many in front
	} {
		var x triage.Explanation
		must(t, &x, b.on("worklist", "--explain", key)...)
		if x.Key != want || x.Record != "present" {
			t.Errorf("%s: %s as %s, want %s", key, x.Record, x.Key, want)
		}
	}
}

// TestExplainAgreesWithTheWorklist explains every allele of the demonstration
// case and compares lane and step with the worklist and its funnel. The command
// itself is asked about all that is shown.
func TestExplainAgreesWithTheWorklist(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var w worklistDoc
	must(t, &w, b.on("worklist")...)
	checkFunnel(t, w)
	lanes := map[string]triage.Lane{}
	for _, v := range w.Variants {
		lanes[v.Key] = v.Lanes[0]
		var x triage.Explanation
		must(t, &x, b.on("worklist", "--explain", v.Key)...)
		agrees(t, x, v.Lanes[0])
	}
	removed := map[string]int64{}
	var n int64
	withCase(t, b.lab, "GOOD-1", func(c review.Case, src triage.Source) {
		for row := range src.Summary().Len() {
			if n++; n%stride != 0 {
				continue
			}
			key := src.Summary().Key(row).String()
			x, err := triage.Explain(t.Context(), src, &c, triage.Default(), key)
			if err != nil {
				t.Fatal(err)
			}
			removed[agrees(t, x, lanes[key])]++
		}
	})
	if n != w.Alleles {
		t.Errorf("%d alleles in the file, the worklist has %d", n, w.Alleles)
	}
	if stride > 1 {
		return
	}
	if removed[""] != int64(w.Listed) {
		t.Errorf("%d explained as in the list, the list has %d", removed[""], w.Listed)
	}
	for _, s := range w.Funnel {
		if removed[s.Step] != s.Before-s.After {
			t.Errorf("explanations blame %s %d times, the funnel %d", s.Step, removed[s.Step], s.Before-s.After)
		}
	}
}

// withCase runs fn on a case's variants.
func withCase(t *testing.T, dir, id string, fn func(c review.Case, src triage.Source)) {
	t.Helper()
	p := program{labDir: dir, clock: review.ClockFunc(time.Now)}
	err := p.withLab(t.Context(), func(l *lab) error {
		return l.withVCF(t.Context(), review.CaseID(id), func(c review.Case, src triage.Source) error {
			fn(c, src)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// agrees compares an explanation with the lane that the worklist shows the
// variant in, empty for none, and returns the step that it blames.
func agrees(t *testing.T, x triage.Explanation, lane triage.Lane) (blamed string) {
	t.Helper()
	if lane == "" {
		lane = triage.LaneOut
	}
	if x.Record != "present" || x.Lane != lane || x.InList != (lane == triage.LaneList) {
		t.Errorf("%s: %s in lane %s, the worklist has it in %s", x.Key, x.Record, x.Lane, lane)
	}
	for _, s := range x.Steps {
		if s.Outcome == "removed" {
			blamed = s.Step
		}
	}
	return blamed
}
