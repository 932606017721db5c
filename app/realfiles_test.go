package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/triage"

	"github.com/google/go-cmp/cmp"
)

// intakeChecks are the names of the intake checks in the order of the contract.
var intakeChecks = []string{
	"bgzf_eof", "bgzf_crc", "header", "columns", "index_present", "index_matches", "contigs", "assembly",
	"samples", "pedigree", "sex", "relatedness", "mendel", "contamination", "mitochondrial", "homozygosity",
}

// genotypeChecks are those of intakeChecks that the genotypes answer.
var genotypeChecks = intakeChecks[10:]

// funnelSteps are the steps of the default filter in their order.
var funnelSteps = []string{"kind", "genotype", "quality", "frequency", "consequence", "panel", "inheritance"}

// realCase is a file somebody else made and what the main job must find in it.
type realCase struct {
	name, vcf, ped string // ped: a file of the same data
	pedText        string // or the text of one, written by the test
	proband        string
	declared       string // assembly; empty leaves it to the header
	assembly       string
	index          string
	records        int64 // as bcftools index -n counts them
	samples        []string
	notAssessed    []string // intake checks; every other must pass
	// after holds the count after each of funnelSteps. Those after genotype and
	// quality were counted with bcftools query and awk as well: proband with an
	// ALT or a missing allele; FILTER PASS, GQ and DP as the step asks.
	after    []int64
	silent   []string // steps for which the file has nothing to go by
	rescued  int
	key      string // the variant that is reviewed
	lane     triage.Lane
	labels   []string // its inheritance labels
	pm2      acmg.State
	reported string // what the report says of the file
}

const (
	talosPED = "F\tproband\tfather\tmother\t1\t2\nF\tmother\t0\t0\t2\t1\nF\tfather\t0\t0\t1\t1\n"
	ashkPED  = "A\tHG002\tHG003\tHG004\t1\t2\nA\tHG003\t0\t0\t1\t1\nA\tHG004\t0\t0\t2\t1\n"
)

var realCases = []realCase{
	{
		name: "scout", vcf: "annotated_vcf/scout__643594.clinical.vcf.gz", ped: "annotated_vcf/scout__643594.ped",
		proband: "ADM1059A2", declared: "GRCh37", assembly: "GRCh37", index: "scout__643594.clinical.vcf.gz.tbi",
		records: 680, samples: []string{"ADM1059A1", "ADM1059A2", "ADM1059A3"},
		notAssessed: genotypeChecks,
		after:       []int64{680, 469, 241, 65, 10, 10, 2}, rescued: 1,
		key: "7-124491972-C-A", lane: triage.LaneOut, labels: []string{"dominant_reduced"}, pm2: acmg.NotMet,
		reported: "Not assessed (relatedness)",
	},
	{
		name: "talos without a pedigree", vcf: "callers_real_vcf/talos__joint.vcf.bgz", proband: "proband",
		assembly: "GRCh38", index: "talos__joint.vcf.bgz.tbi",
		records: 13, samples: []string{"proband", "mother", "father"},
		notAssessed: intakeChecks[9:],
		after:       []int64{13, 13, 13, 13, 13, 13, 13}, silent: []string{"frequency", "consequence"},
		key: "12-89470359-A-C", lane: triage.LaneList, labels: []string{"recessive_hom"}, pm2: acmg.NotAssessed,
		reported: "No pedigree was given",
	},
	{
		name: "talos with a pedigree", vcf: "callers_real_vcf/talos__joint.vcf.bgz", pedText: talosPED, proband: "proband",
		declared: "GRCh38", assembly: "GRCh38", index: "talos__joint.vcf.bgz.tbi",
		records: 13, samples: []string{"proband", "mother", "father"},
		notAssessed: genotypeChecks,
		after:       []int64{13, 13, 13, 13, 13, 13, 10}, silent: []string{"frequency", "consequence"},
		key: "6-39887558-C-T", lane: triage.LaneList, labels: []string{"de_novo_possible", "dominant"}, pm2: acmg.NotAssessed,
		reported: "The file has no consequence annotation",
	},
	{
		name: "slivar", vcf: "callers_real_vcf/slivar__ashk-trio.vcf.gz", pedText: ashkPED, proband: "HG002",
		assembly: "GRCh37", index: "slivar__ashk-trio.vcf.gz.csi",
		records: 9940, samples: []string{"HG002", "HG003", "HG004"},
		notAssessed: []string{"sex", "contamination", "mitochondrial"},
		after:       []int64{9940, 7665, 6841, 6841, 1501, 1501, 448}, silent: []string{"frequency"},
		key: "1-3776989-C-T", lane: triage.LaneList, labels: []string{"recessive_hom"}, pm2: acmg.NotAssessed,
		reported: "The file has no population frequency",
	},
	{
		name: "ngs-bits", vcf: "annotated_vcf/ngs-bits__panel_vep.vcf.gz", proband: "NA12878_03",
		assembly: "GRCh38", index: "ngs-bits__panel_vep.vcf.gz.tbi",
		records: 326, samples: []string{"NA12878_03"},
		notAssessed: intakeChecks[9:],
		after:       []int64{326, 326, 151, 7, 5, 5, 5},
		key:         "17-7669662-T-G", lane: triage.LaneList, labels: []string{"dominant"}, pm2: acmg.NotMet,
		reported: "No pedigree was given",
	},
}

// TestRealFiles does the main job, from opening the file to a verified report,
// on files of four other programs.
func TestRealFiles(t *testing.T) {
	for _, c := range realCases {
		t.Run(c.name, func(t *testing.T) {
			vcf, lab := shared(t, c.vcf), newLab(t)
			before := folder(t, filepath.Dir(vcf))
			c.add(t, lab, vcf)
			c.triage(t, lab)
			c.explain(t, lab)
			c.review(t, lab)
			c.report(t, lab)
			if d := cmp.Diff(before, folder(t, filepath.Dir(vcf))); d != "" {
				t.Errorf("the folder of the VCF changed (-before +after):\n%s", d)
			}
		})
	}
}

// folder lists the files of a folder with size and time of change.
func folder(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprint(e.Name(), " ", info.Size(), " ", info.ModTime()))
	}
	return out
}

func (c realCase) add(t *testing.T, lab, vcf string) {
	t.Helper()
	args := []string{"case", "add", "--lab", lab, "--id", "REAL-1", "--vcf", vcf, "--proband", c.proband}
	if c.ped != "" {
		args = append(args, "--ped", shared(t, c.ped))
	}
	if c.pedText != "" {
		args = append(args, "--ped", writeText(t, "family.ped", c.pedText))
	}
	if c.declared != "" {
		args = append(args, "--assembly", c.declared)
	}
	var got caseAdded
	must(t, &got, args...)
	if got.ID != "REAL-1" || string(got.Assembly) != c.assembly || got.Records != c.records || filepath.Base(got.Index) != c.index {
		t.Errorf("added %s on %s, %d records, index %s; want %s, %d, %s", got.ID, got.Assembly, got.Records, got.Index, c.assembly, c.records, c.index)
	}
	if got.AuditSeq == 0 || got.Case != got.ID {
		t.Errorf("the change is not told: case %q, audit_seq %d", got.Case, got.AuditSeq)
	}
	if b, err := os.ReadFile(vcf); err != nil || hashOf(b) != got.SHA256 {
		t.Errorf("SHA-256 %s is not that of the file (%v)", got.SHA256, err)
	}
	if d := cmp.Diff(c.samples, got.Samples); d != "" {
		t.Errorf("samples (-want +got):\n%s", d)
	}
	var names []string
	for _, k := range got.Checks {
		names = append(names, k.Name)
		want := review.Pass
		if slices.Contains(c.notAssessed, k.Name) {
			want = review.CheckNotAssessed
		}
		if k.Outcome != want || k.Detail == "" {
			t.Errorf("check %s: %s (%s), want %s", k.Name, k.Outcome, k.Detail, want)
		}
	}
	if d := cmp.Diff(intakeChecks, names); d != "" {
		t.Errorf("checks (-want +got):\n%s", d)
	}
}

func (c realCase) triage(t *testing.T, lab string) {
	t.Helper()
	var w worklistDoc
	must(t, &w, "worklist", "--lab", lab, "--case", "REAL-1")
	checkFunnel(t, w)
	if w.Records != c.records || w.Unread != 0 || w.Rescued != c.rescued {
		t.Errorf("%d records, %d unread, %d rescued; want %d, 0, %d", w.Records, w.Unread, w.Rescued, c.records, c.rescued)
	}
	if len(w.Funnel) != len(funnelSteps) {
		t.Fatalf("%d steps, want %d", len(w.Funnel), len(funnelSteps))
	}
	for i, s := range w.Funnel {
		if s.Step != funnelSteps[i] || s.After != c.after[i] {
			t.Errorf("step %s leaves %d, want %s to leave %d", s.Step, s.After, funnelSteps[i], c.after[i])
		}
		silent := slices.Contains(c.silent, s.Step)
		if silent != strings.Contains(s.Parameter, "not assessed: The file has no") || silent && s.NotAssessed != s.Before {
			t.Errorf("step %s: %d of %d not assessed, %q; want it told that the file lacks this: %v", s.Step, s.NotAssessed, s.Before, s.Parameter, silent)
		}
	}
	for _, v := range w.Variants {
		c.proposals(t, v)
	}
}

// checkFunnel asks that every variant is removed by exactly one step or is in
// the list.
func checkFunnel(t *testing.T, w worklistDoc) {
	t.Helper()
	left := w.Alleles
	for _, s := range w.Funnel {
		if s.Before != left || s.After < 0 || s.After > s.Before {
			t.Errorf("step %s: %d before, %d after, but %d were left", s.Step, s.Before, s.After, left)
		}
		left = s.After
	}
	listed := 0
	for _, v := range w.Variants {
		if slices.Contains(v.Lanes, triage.LaneList) {
			listed++
		}
	}
	if left != int64(w.Listed) || listed != w.Listed || len(w.Variants) != w.Listed+w.Rescued {
		t.Errorf("%d left by the last step, %d told as listed, %d in the list of %d variants", left, w.Listed, listed, len(w.Variants))
	}
}

// proposals asks that what the file does not hold is never held against a
// variant. HFE p.His63Asp is the one exception to BA1 among the files (ClinGen's
// list of 2018), so that BA1 does not apply to it at all.
func (c realCase) proposals(t *testing.T, v triage.RowJSON) {
	t.Helper()
	state := map[acmg.Criterion]acmg.State{}
	for _, p := range v.Proposals {
		state[p.Code] = p.State
		if p.Reason == "" {
			t.Errorf("%s: %s is %s without a reason", v.Key, p.Code, p.State)
		}
	}
	if slices.Contains(c.silent, "consequence") {
		if v.Gene != nil || v.Consequence != nil || v.MaxAF != nil || v.ClinVar != nil {
			t.Errorf("%s: the file names neither gene, consequence, frequency nor ClinVar: %+v", v.Key, v)
		}
		for _, code := range []acmg.Criterion{"BA1", "BS1", "PM2", "PP3", "BP4"} {
			want := acmg.NotAssessed
			if code == "BA1" && v.Key == "6-26090951-C-G" {
				want = acmg.NotApplicable
			}
			if state[code] != want {
				t.Errorf("%s: %s is %s, want %s", v.Key, code, state[code], want)
			}
		}
	}
	if slices.Contains(c.silent, "frequency") && (state["PM2"] != acmg.NotAssessed || v.MaxAF != nil) {
		t.Errorf("%s: PM2 is %s with frequency %v, though the file has none", v.Key, state["PM2"], v.MaxAF)
	}
}

func (c realCase) explain(t *testing.T, lab string) {
	t.Helper()
	var x triage.Explanation
	must(t, &x, "worklist", "--lab", lab, "--case", "REAL-1", "--explain", c.key)
	if x.Key != c.key || x.Record != "present" || x.Lane != c.lane || x.InList != (c.lane == triage.LaneList) {
		t.Errorf("%s: record %s, lane %s, want present in %s", x.Key, x.Record, x.Lane, c.lane)
	}
	for _, s := range x.Steps {
		if slices.Contains(c.silent, s.Step) && s.Outcome != "not_assessed" {
			t.Errorf("step %s: %s with %q, though the file has no value", s.Step, s.Outcome, s.Value)
		}
		if s.Step != "inheritance" {
			continue
		}
		for _, l := range c.labels {
			if !strings.Contains(s.Value, l+" (") {
				t.Errorf("inheritance is %q, want %s in it", s.Value, l)
			}
		}
	}
}

// review accepts one criterion that the program could not propose, adds one by
// hand, and finishes.
func (c realCase) review(t *testing.T, lab string) {
	t.Helper()
	on := []string{"--lab", lab, "--case", "REAL-1", "--variant", c.key}
	accept := append([]string{"evidence", "accept", "--code", "PM2_Supporting"}, on...)
	if r := garrod(t, accept...); r.code != exitRefused {
		t.Errorf("accept what was not proposed without a reason: exit %d %s, want %d", r.code, r.err, exitRefused)
	}
	var d decided
	must(t, &d, append(accept, "--reason", "Looked up by hand in gnomAD 4.1: no carrier at a well covered site.")...)
	if d.Shown == nil || d.Shown.State != c.pm2 || d.Revision == 0 || d.AuditSeq == 0 {
		t.Errorf("accepted with %+v shown, revision %d, event %d; want PM2 %s", d.Shown, d.Revision, d.AuditSeq, c.pm2)
	}
	must(t, &d, append([]string{"evidence", "add", "--code", "PS3", "--pmid", "31892348", "--reason", "Damaging in a validated assay."}, on...)...)
	must(t, &d, append([]string{"review", "finish", "--report", "yes"}, on...)...)
	if d.Classification.Class != acmg.ClassUncertain || d.Classification.Points != 500 {
		t.Errorf("class %s with %s points, want VUS with 5", d.Classification.Class, d.Classification.Points)
	}
	if got := strings.Join(d.Accepted, " "); got != "PM2_Supporting PS3_Strong" {
		t.Errorf("accepted %s, want PM2_Supporting PS3_Strong", got)
	}
}

func (c realCase) report(t *testing.T, lab string) {
	t.Helper()
	for _, role := range []string{"scientist", "authoriser"} {
		if r := signAs(t, lab, "REAL-1", role); r.code != 0 {
			t.Fatalf("signoff as %s: exit %d %s%s", role, r.code, r.out, r.err)
		}
	}
	out := filepath.Join(t.TempDir(), "report.pdf")
	must(t, nil, "report", "--lab", lab, "--case", "REAL-1", "--out", out)
	var v verifyDoc
	must(t, &v, "verify", out, "--trust", filepath.Join(lab, identityDir, caName), "--lab", lab, "--replay")
	if len(v.Signatures) != 2 || v.Signatures[0].Signer == v.Signatures[1].Signer || !v.Signatures[1].CoversWholeFile {
		t.Errorf("signatures %+v, want two people's, the last over the whole file", v.Signatures)
	}
	if v.Record == nil || !v.Record.Known || !v.Record.SHA256Matches {
		t.Errorf("the laboratory does not know the report: %+v", v.Record)
	}
	if v.Replay == nil || !v.Replay.ClassMatches || !v.Replay.PointsMatch || !v.Replay.RuleSetHashMatches {
		t.Errorf("replay %+v, want all to match", v.Replay)
	}
	must(t, nil, "audit", "verify", "--lab", lab)
	must(t, nil, "check", "--lab", lab)
	c.printed(t, out)
}

// printed asks that the report tells what the file could not.
func (c realCase) printed(t *testing.T, report string) {
	t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("pdftotext is not there: the pages are not read")
		return
	}
	text, err := exec.Command(program, "-layout", report, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Join(strings.Fields(string(text)), " ")
	for _, want := range []string{"Class 3", "PM2", "PS3", "31892348", c.assembly, "Dr Ada Example", c.reported} {
		if !strings.Contains(words, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

// signAs signs a case with the throw-away identity of the demonstration's person
// of a role.
func signAs(t *testing.T, lab, id, role string) result {
	t.Helper()
	p12 := filepath.Join(lab, identityDir, "demo."+role+".p12")
	return garrod(t, "signoff", "--lab", lab, "--case", id, "--role", role, "--identity", p12,
		"--passphrase-file", passphrasePath(p12), "--json")
}

// writeText writes a file of the test's own.
func writeText(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestWarningNeedsAReason adds a real trio with a sister who was not sequenced.
func TestWarningNeedsAReason(t *testing.T) {
	t.Parallel()
	vcf, lab := shared(t, "callers_real_vcf/talos__joint.vcf.bgz"), newLab(t)
	ped := writeText(t, "family.ped", talosPED+"F\tsister\tfather\tmother\t2\t1\n")
	args := []string{"case", "add", "--lab", lab, "--id", "REAL-1", "--vcf", vcf, "--proband", "proband", "--ped", ped}
	if r := garrod(t, args...); r.code != exitRefused || !strings.Contains(r.err, "pedigree") || !strings.Contains(r.err, "--reason") {
		t.Errorf("exit %d %q, want %d and the flag that helps", r.code, r.err, exitRefused)
	}
	if r := garrod(t, append(args, "--reason", "sex=she is known")...); r.code != exitRefused {
		t.Errorf("a reason for another check: exit %d, want %d", r.code, exitRefused)
	}
	var got caseAdded
	must(t, &got, append(args, "--reason", "pedigree=The sister was not sequenced.")...)
	for _, k := range got.Checks {
		if k.Name == "pedigree" && (k.Outcome != review.Warn || k.Reason != "The sister was not sequenced.") {
			t.Errorf("%+v, want the warning with its reason", k)
		}
	}
	r := garrod(t, "audit", "show", "--lab", lab, "--case", "REAL-1", "--json")
	if !strings.Contains(r.out, "The sister was not sequenced.") {
		t.Error("the reason is not in the audit trail")
	}
}
