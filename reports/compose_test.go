package reports

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/acmg"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the goldens")

// golden compares b with testdata/name; -update writes it.
func golden(t *testing.T, name string, b []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(b)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func document(t testing.TB, f review.Frozen) Document {
	t.Helper()
	d, err := Compose(f)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// frozenCases are the snapshots whose documents are goldens; package pdf draws
// them too.
func frozenCases(t testing.TB) map[string]review.Frozen {
	long := deNovo
	long.key = "2-166002743-G-G" + strings.Repeat("ACGTTGCA", 30)
	long.c = "NM_001165963.4:c.4932_4933ins" + strings.Repeat("ACGTTGCA", 30)
	sparse := trio()
	sparse.Patient, sparse.Specimen, sparse.Consent = review.Patient{}, review.Specimen{}, review.Consent{}
	sparse.Family, sparse.HPO, sparse.Panel, sparse.Checks = review.Family{}, nil, nil, nil
	negative := freeze(t, sparse, benign.assessment(t))
	negative.Funnel, negative.Filter, negative.Unread, negative.Listed, negative.Rescued = nil, "", 0, 0, 0
	none := freeze(t, trio())
	none.NoReviewReason = "every variant lies in a gene outside the panel"
	return map[string]review.Frozen{
		"positive":      freeze(t, trio(), deNovo.assessment(t), benign.assessment(t)),
		"uncertain":     freeze(t, trio(), uncertain.assessment(t)),
		"negative":      negative,
		"compound_het":  freeze(t, trio(), pairB.assessment(t), pairA.assessment(t)),
		"hemizygous":    freeze(t, trio(), xLinked.assessment(t)),
		"mitochondrial": freeze(t, trio(), mito.assessment(t)),
		"no_review":     none,
		"long_allele":   freeze(t, trio(), long.assessment(t)),
	}
}

func TestComposeGoldens(t *testing.T) {
	for name, f := range frozenCases(t) {
		t.Run(name, func(t *testing.T) {
			b, err := document(t, f).JSON()
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".json", b)
		})
	}
}

func TestWordingIsLocked(t *testing.T) {
	b, err := json.MarshalIndent(wording, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "wording.golden", append(bytes.ReplaceAll(bytes.ReplaceAll(b, []byte(`\u003e`), []byte(">")), []byte(`\u0026`), []byte("&")), '\n'))
}

// forbidden words never come from the program itself (acmg.md section 8).
func TestForbiddenWords(t *testing.T) {
	texts := map[string]string{}
	for k, s := range wording {
		texts["wording "+k] = s
	}
	for name, f := range frozenCases(t) {
		b, err := document(t, f).JSON()
		if err != nil {
			t.Fatal(err)
		}
		texts["document "+name] = string(b)
	}
	for name, s := range texts {
		for _, word := range []string{"mutation", "normal", "vus-lp", "polymorphism", "VUS"} {
			if strings.Contains(s, word) || strings.Contains(strings.ToLower(s), strings.ToLower(word)) {
				t.Errorf("%s says %q: %.80q", name, word, s)
			}
		}
	}
}

func TestResults(t *testing.T) {
	with := func(s spot, change func(*spot)) spot { change(&s); return s }
	swap := func(s spot, id string, c review.Call) spot {
		gt := map[string]review.Call{}
		for k, v := range s.gt {
			gt[k] = v
		}
		gt[id] = c
		s.gt = gt
		return s
	}
	unphased := func(s *spot) {
		s.labels = []review.Label{{Model: "compound_het", Phase: "unknown", Partner: s.labels[0].Partner}}
	}
	inCis := func(s *spot) {
		s.labels = []review.Label{{Model: "compound_het", Phase: "cis", Partner: s.labels[0].Partner}}
	}
	for _, tt := range []struct {
		name     string
		spots    []spot
		class    int
		headline string
		has      []string
		lacks    []string
	}{
		{
			"class 5 dominant",
			[]spot{deNovo},
			5, "A pathogenic variant was detected in SCN1A",
			[]string{"consistent with a diagnosis of Dravet syndrome (MONDO:0100135)"},
			[]string{"likely"},
		},
		{
			"class 3",
			[]spot{uncertain},
			3, "A variant of uncertain significance was detected in KCNQ2",
			[]string{"does not confirm or exclude", "predictive testing", "related to KCNQ2"},
			[]string{"consistent"},
		},
		{
			"negative",
			[]spot{benign},
			0, "No reportable variant was detected",
			[]string{"does not exclude a genetic cause", "not evidence of a reference genotype"},
			nil,
		},
		{
			"compound heterozygote, weaker class decides",
			[]spot{pairA, pairB},
			5,
			"Two variants were detected in CFTR: pathogenic and likely pathogenic",
			[]string{"is likely", "in trans", "weaker of the two"},
			[]string{"consistent with"},
		},
		{
			"phase unknown",
			[]spot{with(pairA, unphased), with(pairB, unphased)},
			5, "",
			[]string{"phase unknown", "not confirmed"},
			[]string{"consistent with", "in trans"},
		},
		{
			"in cis",
			[]spot{with(pairA, inCis), with(pairB, inCis)},
			5, "",
			[]string{"in cis", "do not explain"},
			[]string{"consistent with", "diagnosis of"},
		},
		{"labels contradict", []spot{pairA, with(pairB, inCis)}, 5, "", []string{"phase unknown"}, []string{"in trans"}},
		{
			"one copy of a recessive gene",
			[]spot{pairA},
			5, "A pathogenic variant was detected in CFTR",
			[]string{"does not confirm the diagnosis", "no second variant"},
			[]string{"consistent with"},
		},
		{"both copies", []spot{swap(pairA, "P1", hom)}, 5, "", []string{"consistent with a diagnosis of cystic fibrosis"}, nil},
		{"male, X-linked", []spot{xLinked}, 4, "", []string{"is likely"}, []string{"two copies"}},
		{"two copies, X-linked recessive", []spot{swap(xLinked, "P1", het)}, 4, "", []string{"in a person with two copies"}, []string{"A diagnosis of"}},
		{"mode of inheritance unknown", []spot{with(deNovo, func(s *spot) { s.moi = "" })}, 5, "", []string{"mode of inheritance was not given"}, nil},
		{
			"genotype missing",
			[]spot{swap(deNovo, "P1", review.Call{GT: "./.", State: review.Missing, Ploidy: 2})},
			5, "",
			[]string{"genotype is not fully known"},
			nil,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var list []review.Assessment
			for _, s := range tt.spots {
				list = append(list, s.assessment(t))
			}
			d := document(t, freeze(t, trio(), list...))
			r := d.Results[0]
			text := strings.Join(r.Meaning, " ")
			if r.Class != tt.class || len(d.Results) != 1 || tt.headline != "" && r.Headline != tt.headline {
				t.Errorf("got %d results, class %d %q, want 1, class %d %q", len(d.Results), r.Class, r.Headline, tt.class, tt.headline)
			}
			for _, s := range tt.has {
				if !strings.Contains(text, s) {
					t.Errorf("meaning lacks %q: %s", s, text)
				}
			}
			for _, s := range tt.lacks {
				if strings.Contains(text, s) {
					t.Errorf("meaning says %q: %s", s, text)
				}
			}
		})
	}
}

func TestZygosity(t *testing.T) {
	c := trio()
	for _, tt := range []struct {
		name, key string
		call      review.Call
		want      string
	}{
		{"het", "1-5-A-G", het, "heterozygous"},
		{"hom", "1-5-A-G", hom, "homozygous"},
		{"haploid", "X-32389599-G-A", hemi, "hemizygous"},
		{"1/1 on X in a male", "X-32389599-G-A", hom, "hemizygous (written 1/1)"},
		{"1/1 in the pseudoautosomal region", "X-100000-G-A", hom, "homozygous"},
		{"0/1 on X in a male", "X-32389599-G-A", het, "called 0/1 where a male has one copy: mosaicism, another karyotype or an error; confirm"},
		{"reference", "1-5-A-G", ref, "reference, as called"},
		{
			"reference without reads is not proven", "1-5-A-G",
			review.Call{GT: "0/0", State: review.Called, Ploidy: 2, Depth: new(int), GQ: new(int)},
			"not proven: called 0/0 on weak evidence (DP 0, GQ 0), which does not show that the allele is absent",
		},
		{"missing is not reference", "1-5-A-G", review.Call{GT: "./.", State: review.Missing, Ploidy: 2}, "not called (./.)"},
		{"no record is not reference", "1-5-A-G", review.Call{State: review.NoRecord}, "no record of this person at this position"},
		{"partial", "1-5-A-G", review.Call{GT: "./1", State: review.Partial, Copies: 1, Ploidy: 2}, "partly called (./1): 1 of 2 alleles known to carry it"},
		{
			"two variant alleles", "1-5-A-G",
			review.Call{GT: "1/2", State: review.Called, Copies: 1, Others: 1, Ploidy: 2},
			"heterozygous, with another variant allele of the same position (1/2)",
		},
		{
			"only the other allele", "1-5-A-G",
			review.Call{GT: "0/2", State: review.Called, Others: 1, Ploidy: 2},
			"does not carry it; carries another allele of this position (0/2)",
		},
		{
			"mitochondrial by reads", "MT-3243-A-G",
			review.Call{GT: "0/1", State: review.Called, Copies: 1, Ploidy: 2, AD: &[2]int{630, 370}},
			"heteroplasmy level 37 % (370 of 1000 reads)",
		},
		{
			"mitochondrial by fraction", "MT-3243-A-G",
			review.Call{GT: "1", State: review.Called, Copies: 1, Ploidy: 1, Fraction: fraction(0.9999)},
			"heteroplasmy level more than 99.9 %",
		},
		{"mitochondrial without level", "MT-3243-A-G", hemi, "carried (mitochondrial); the level is not given"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := spot{key: tt.key, gt: map[string]review.Call{"P1": tt.call}}
			if got := zygosity(c, s.assessment(t).Variant, "P1"); got != tt.want {
				t.Errorf("zygosity(%s %s) = %q, want %q", tt.key, tt.call.GT, got, tt.want)
			}
		})
	}
}

func TestNames(t *testing.T) {
	for _, tt := range []struct{ c, p, coding, protein string }{
		{"NM_1.2:c.5A>G", "NP_1.1:p.Arg97Ter", "NM_1.2:c.5A>G", "p.(Arg97Ter)"},
		{"c.5A>G", "p.(Arg97Ter)", "NM_1.2:c.5A>G", "p.(Arg97Ter)"},
		{"c.162G>A", "p.Leu54%3D", "NM_1.2:c.162G>A", "p.(Leu54=)"},
		{"c.1A>G", "p.?", "NM_1.2:c.1A>G", "p.?"},
		{"", "", "", ""},
	} {
		c := review.Consequence{Transcript: "NM_1.2", HGVSc: tt.c, HGVSp: tt.p}
		if got := codingName(c); got != tt.coding {
			t.Errorf("codingName(%q) = %q, want %q", tt.c, got, tt.coding)
		}
		if got := proteinName(c); got != tt.protein {
			t.Errorf("proteinName(%q) = %q, want %q", tt.p, got, tt.protein)
		}
	}
	for in, want := range map[string]string{"9434765919": "943 476 5919", "943 476 5919": "943 476 5919", "12": "12", "": ""} {
		if got := groupNHS(in); got != want {
			t.Errorf("groupNHS(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[int64]string{5: "5", 1234: "1\u00a0234", 4821345: "4\u00a0821\u00a0345", -1234: "-1\u00a0234"} {
		if got := count(in); got != want {
			t.Errorf("count(%d) = %q, want %q", in, got, want)
		}
	}
}

// What the engine says is printed; what a person rejected is counted only.
func TestEvidenceIsPrintedAsDecided(t *testing.T) {
	d := document(t, freeze(t, trio(), deNovo.assessment(t)))
	f := d.Findings[0]
	if f.ClassWord != acmg.ClassPathogenic.Word() || f.ClassNumber != 5 || f.Total != "+11 points" {
		t.Errorf("class %d %s, %s", f.ClassNumber, f.ClassWord, f.Total)
	}
	want := []EvidenceLine{
		{"PVS1", "very strong", "+8", "made-up reason for PVS1"},
		{"PS2", "moderate", "+2", "made-up reason for PS2_Moderate"},
		{"PM2", "supporting", "+1", "made-up reason for PM2_Supporting"},
	}
	if diff := cmp.Diff(want, f.Evidence); diff != "" {
		t.Errorf("evidence (-want +got):\n%s", diff)
	}
	if f.NotCounted != "One criterion was considered and rejected." {
		t.Errorf("rejected criteria: %q", f.NotCounted)
	}
	b, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b, []byte("rejected text")) || bytes.Contains(b, []byte("PP4")) {
		t.Error("a rejected criterion is printed")
	}
}

func TestComposeRefuses(t *testing.T) {
	withheld := deNovo.assessment(t)
	withheld.Reviews[0].Classification.Class = acmg.ClassWithheld
	stale := deNovo.assessment(t)
	stale.Evidence[len(stale.Evidence)-1].At = noon
	broken := freeze(t, trio(), deNovo.assessment(t))
	broken.RuleSetContent = []byte("{")
	for name, f := range map[string]review.Frozen{
		"withheld class": freeze(t, trio(), withheld), "review out of date": freeze(t, trio(), stale), "rule set": broken,
	} {
		if _, err := Compose(f); err == nil {
			t.Errorf("%s: composed", name)
		}
	}
}

func TestLongAllelesGoToTheAppendixWhole(t *testing.T) {
	d := document(t, frozenCases(t)["long_allele"])
	if len(d.Appendix) != 2 {
		t.Fatalf("%d texts in the appendix, want 2", len(d.Appendix))
	}
	for _, l := range d.Appendix {
		if l.Length != len([]rune(l.Text)) || l.SHA256 != hashText(l.Text) || !strings.Contains(l.Text, strings.Repeat("ACGTTGCA", 30)) {
			t.Errorf("appendix %s: %d characters, hash %s", l.Label, l.Length, l.SHA256)
		}
	}
	if !strings.Contains(d.Findings[0].Coding, "ins(ACGTTG…") && !strings.Contains(d.Findings[0].Coding, "insACGTTG…GTTGCA (") ||
		!strings.Contains(d.Findings[0].Genomic, "appendix A2) (GRCh38)") {
		t.Errorf("no pointer to the appendix: %q, %q", d.Findings[0].Coding, d.Findings[0].Genomic)
	}
}

func TestShortenNeverCutsANumber(t *testing.T) {
	for n := range 80 {
		s := strings.Repeat("x", n) + "1234567890" + strings.Repeat("y", 90-n) + "12345"
		got := shorten(s)
		head, tail, cut := strings.Cut(got, "…")
		if !cut || !strings.HasPrefix(s, head) || !strings.HasSuffix(s, tail) {
			t.Fatalf("shorten(%q) = %q", s, got)
		}
		rest := s[len(head):]
		if isDigit(head[len(head)-1]) && isDigit(rest[0]) || tail != "" && isDigit(tail[0]) && isDigit(s[len(s)-len(tail)-1]) {
			t.Errorf("shorten(%q) = %q cuts a number", s, got)
		}
	}
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func TestDraftHasNoSignatureFields(t *testing.T) {
	d := document(t, frozenCases(t)["positive"]).AsDraft()
	if d.Signatories != nil || d.Head.Watermark == "" || !strings.Contains(d.Head.Status, "DRAFT") {
		t.Errorf("draft: %+v, %+v", d.Head, d.Signatories)
	}
}

func TestReplay(t *testing.T) {
	f := frozenCases(t)["compound_het"]
	good := mustJSON(t, f)
	r, err := Replay(good)
	if err != nil || !r.OK() || r.Assessments != 2 {
		t.Fatalf("Replay = %+v, %v", r, err)
	}
	for _, tt := range []struct {
		name   string
		change func(*review.Frozen)
		want   ReplayResult
	}{
		{
			"another class", func(f *review.Frozen) { f.Assessments[0].Reviews[0].Classification.Class = acmg.ClassBenign },
			ReplayResult{false, true, true, 2, nil},
		},
		{
			"other points", func(f *review.Frozen) { f.Assessments[0].Reviews[0].Classification.Points++ },
			ReplayResult{true, false, true, 2, nil},
		},
		{
			"evidence taken away", func(f *review.Frozen) { f.Assessments[0].Evidence = f.Assessments[0].Evidence[:1] },
			ReplayResult{false, false, true, 2, nil},
		},
		{
			"another rule set hash", func(f *review.Frozen) { f.RuleSetHash = strings.Repeat("0", 64) },
			ReplayResult{true, true, false, 2, nil},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var f review.Frozen
			if err := json.Unmarshal(good, &f); err != nil {
				t.Fatal(err)
			}
			tt.change(&f)
			got, err := Replay(mustJSON(t, f))
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Differences) == 0 {
				t.Error("no difference is named")
			}
			got.Differences = nil
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for _, bad := range []string{"", "{}", `{"schema":2}`, `{"schema":1,"rule_set_content":"e30="}`} {
		var input *review.InputError
		if _, err := Replay([]byte(bad)); !errors.As(err, &input) {
			t.Errorf("Replay(%q) = %v, want an InputError", bad, err)
		}
	}
}

// A criterion that a person accepts against the program's finding must not read
// as if the program had proposed it.
func TestReasonTellsWhatTheProgramFound(t *testing.T) {
	for _, tt := range []struct {
		state acmg.State
		want  string
	}{
		{acmg.Met, "my reason (proposed because: AF 0.1)"},
		{acmg.NotMet, "my reason (the program found it not met: AF 0.1)"},
		{acmg.NotApplicable, "my reason (the program found it not applicable: AF 0.1)"},
		{acmg.NotAssessed, "my reason (the program did not assess it: AF 0.1)"},
	} {
		e := review.EvidenceItem{Reason: "my reason", Shown: &acmg.Proposal{State: tt.state, Reason: "AF 0.1"}}
		if got := reason(e); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.state, got, tt.want)
		}
	}
}

// A failed check of identity that a person overrode is printed with who did and
// why; one that nobody did is printed as failed.
func TestFailedIdentityIsPrinted(t *testing.T) {
	f := review.Frozen{Case: review.Case{Checks: []review.Check{
		{Name: "relatedness", Outcome: review.Fail, Detail: "The father is a stranger.", Reason: "A. Reader, 2 May 2026: adopted"},
		{Name: "mendel", Outcome: review.Fail, Detail: "Many errors."},
		{Name: "mitochondrial", Outcome: review.Warn, Detail: "Differs."},
	}}}
	got := strings.Join(checks(f).Points, "\n")
	want := "Failed and overridden (relatedness): The father is a stranger. Used all the same by A. Reader, 2 May 2026: adopted.\nFailed (mendel): Many errors.\nWarning (mitochondrial): Differs. No reason of its own was given for going on."
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
