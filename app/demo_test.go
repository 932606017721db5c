package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"garrod/reports/object"
	"garrod/review"
)

// demoDir holds the demonstration that the tests share.
var demoDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "garrod-app-")
	if err != nil {
		panic(err)
	}
	demoDir = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

var sharedDemo = sync.OnceValues(func() (result, demoDoc) {
	var out, errOut bytes.Buffer
	code := run(context.Background(), []string{"demo", "--out", filepath.Join(demoDir, "out"), "--json"}, strings.NewReader(""), &out, &errOut)
	var d demoDoc
	if code == 0 && json.Unmarshal(out.Bytes(), &d) != nil {
		code = exitFailed
	}
	return result{code, out.String(), errOut.String()}, d
})

// demoRun returns the folder of a demonstration that no test may change, and
// what it printed. It is run once for all tests.
func demoRun(t *testing.T) (string, demoDoc) {
	t.Helper()
	r, d := sharedDemo()
	if r.code != 0 {
		t.Fatalf("garrod demo: exit %d\n%s%s", r.code, r.out, r.err)
	}
	return filepath.Join(demoDir, "out"), d
}

// demoOfOwn runs the demonstration for one test alone.
func demoOfOwn(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	must(t, nil, "demo", "--out", out)
	return out
}

// verifyDoc is the part of "verify --json" that the tests look at.
type verifyDoc struct {
	Signatures []struct {
		Role                string `json:"role"`
		Signer              string `json:"signer"`
		Level               string `json:"level"`
		Intact              bool   `json:"intact"`
		Trusted             *bool  `json:"trusted"`
		CoversWholeRevision bool   `json:"covers_whole_revision"`
		CoversWholeFile     bool   `json:"covers_whole_file"`
	} `json:"signatures"`
	LaterChanges string `json:"later_changes"`
	Document     struct {
		ReportID string `json:"report_id"`
	} `json:"document"`
	Record *recordFacts `json:"record"`
	Replay *struct {
		ClassMatches       bool `json:"class_matches"`
		PointsMatch        bool `json:"points_match"`
		RuleSetHashMatches bool `json:"rule_set_hash_matches"`
	} `json:"replay"`
}

func TestDemoIsVerified(t *testing.T) {
	out, d := demoRun(t)
	if d.Classes["18-55257375-C-T"] != "P" || d.SignaturesGood != 2 {
		t.Errorf("demo: classes %v with %d good signatures, want the de novo variant pathogenic and 2", d.Classes, d.SignaturesGood)
	}
	var v verifyDoc
	must(t, &v, "verify", filepath.Join(out, "report.pdf"), "--trust", filepath.Join(out, "ca.pem"), "--replay", "--lab", filepath.Join(out, "lab"))
	if len(v.Signatures) != 2 || v.Signatures[0].Role != "scientist" || v.Signatures[1].Role != "authoriser" {
		t.Fatalf("signatures %+v, want scientist and authoriser", v.Signatures)
	}
	for _, s := range v.Signatures {
		if !s.Intact || !s.CoversWholeRevision || s.Trusted == nil || !*s.Trusted || s.Level != "B-B" {
			t.Errorf("signature %+v, want it intact, whole, trusted and B-B", s)
		}
	}
	if v.Signatures[0].Signer == v.Signatures[1].Signer || !v.Signatures[1].CoversWholeFile {
		t.Errorf("signatures %+v, want two people and the last over the whole file", v.Signatures)
	}
	if v.LaterChanges != "permitted" || v.Document.ReportID != d.ReportID {
		t.Errorf("later changes %s, document %+v", v.LaterChanges, v.Document)
	}
	if v.Record == nil || !v.Record.Known || !v.Record.SHA256Matches || len(v.Record.ExpectedSigners) != 2 {
		t.Errorf("record %+v, want it known with two signers", v.Record)
	}
	if v.Replay == nil || !v.Replay.ClassMatches || !v.Replay.PointsMatch || !v.Replay.RuleSetHashMatches {
		t.Errorf("replay %+v, want all to match", v.Replay)
	}
}

func TestVerifyNeedsAnAnchor(t *testing.T) {
	out, _ := demoRun(t)
	report := filepath.Join(out, "report.pdf")
	if r := garrod(t, "verify", report, "--json"); r.code != exitNegative || !strings.Contains(r.out, `"trusted":null`) {
		t.Errorf("without trust: exit %d, want %d with trusted null\n%s", r.code, exitNegative, r.out)
	}
	other := demoOfOwn(t)
	if r := garrod(t, "verify", report, "--trust", filepath.Join(other, "ca.pem"), "--json"); r.code != exitNegative {
		t.Errorf("with another authority: exit %d, want %d", r.code, exitNegative)
	}
	if r := garrod(t, "verify", filepath.Join(out, "ca.pem"), "--trust", filepath.Join(out, "ca.pem")); r.code != exitInput {
		t.Errorf("no PDF at all: exit %d, want %d", r.code, exitInput)
	}
}

// TestVerifySeesEveryChangedByte changes one byte at 2,000 places spread over
// the signed range and at 200 random ones; a fraction of them under the race
// detector, so that "make unit" runs it without as well.
func TestVerifySeesEveryChangedByte(t *testing.T) {
	out, _ := demoRun(t)
	good, err := os.ReadFile(filepath.Join(out, "report.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	places := signedPlaces(t, good)
	step := len(places) / 2000 * stride
	var tries []int
	for i := 0; i < len(places); i += step {
		tries = append(tries, places[i])
	}
	random := rand.New(rand.NewPCG(7, 7))
	for range 200 / stride {
		tries = append(tries, places[random.IntN(len(places))])
	}
	path := filepath.Join(t.TempDir(), "changed.pdf")
	for _, at := range tries {
		bad := bytes.Clone(good)
		bad[at] ^= 1 << random.IntN(8)
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if r := garrod(t, "verify", path, "--trust", filepath.Join(out, "ca.pem"), "--json"); r.code != exitNegative && !(at < 8 && r.code == exitInput) {
			t.Fatalf("byte %d of %d changed: exit %d, want %d\n%s", at, len(good), r.code, exitNegative, r.err)
		}
	}
	t.Logf("%d changes in %d signed bytes, all seen", len(tries), len(places))
}

// signedPlaces lists the places that the last signature covers.
func signedPlaces(t *testing.T, pdf []byte) []int {
	t.Helper()
	f, err := object.Parse(pdf)
	if err != nil {
		t.Fatal(err)
	}
	var last [4]int
	for _, ref := range f.References() {
		var r [4]int
		for i, o := range f.Array(f.Dict(ref)["ByteRange"]) {
			n, _ := o.(object.Integer)
			r[i] = int(n)
		}
		if r[2]+r[3] > last[2]+last[3] {
			last = r
		}
	}
	if last[2]+last[3] != len(pdf) {
		t.Fatalf("the last signature covers %v of %d bytes", last, len(pdf))
	}
	var places []int
	for i := last[0]; i < last[0]+last[1]; i++ {
		places = append(places, i)
	}
	for i := last[2]; i < last[2]+last[3]; i++ {
		places = append(places, i)
	}
	return places
}

func TestOtherProgramsAgree(t *testing.T) {
	out, _ := demoRun(t)
	report := filepath.Join(out, "report.pdf")
	t.Run("pdfsig", func(t *testing.T) {
		cmd := exec.Command(needProgram(t, "pdfsig"), report)
		cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
		text, _ := cmd.CombinedOutput() // it exits non-zero for an unknown issuer
		if n := strings.Count(string(text), "Signature is Valid."); n != 2 {
			t.Errorf("pdfsig calls %d signatures valid, want 2\n%s", n, text)
		}
	})
	t.Run("qpdf", func(t *testing.T) {
		if text, err := exec.Command(needProgram(t, "qpdf"), "--check", report).CombinedOutput(); err != nil {
			t.Errorf("qpdf --check: %v\n%s", err, text)
		}
	})
	t.Run("pdffonts", func(t *testing.T) {
		text, err := exec.Command(needProgram(t, "pdffonts"), report).Output()
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")[2:]
		for _, l := range lines {
			if !strings.Contains(l, "yes yes yes") {
				t.Errorf("font not embedded, subset and mapped to Unicode: %s", l)
			}
		}
	})
	t.Run("pdftotext", func(t *testing.T) { checkPages(t, report) })
}

// checkPages asks that every page names the patient twice over and its number.
func checkPages(t *testing.T, report string) {
	text, err := exec.Command(needProgram(t, "pdftotext"), "-layout", report, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
	if len(pages) > 3 {
		t.Errorf("%d pages, want at most 3", len(pages))
	}
	for i, p := range pages {
		for _, want := range []string{"DEMONSTRATION", "999 111 8144", "05-Nov-2022", "NOT FOR CLINICAL USE"} {
			if !strings.Contains(p, want) {
				t.Errorf("page %d does not show %q", i+1, want)
			}
		}
		if want := strings.Join([]string{"Page", string(rune('1' + i)), "of", string(rune('0' + len(pages)))}, " "); !strings.Contains(p, want) {
			t.Errorf("page %d does not show %q", i+1, want)
		}
	}
}

// TestAuditTrailOfTheDemo asks that every step of the road left its event and
// that no event holds the patient's name.
func TestAuditTrailOfTheDemo(t *testing.T) {
	out, d := demoRun(t)
	lab := filepath.Join(out, "lab")
	var v struct {
		Intact bool
		Events int
	}
	must(t, &v, "audit", "verify", "--lab", lab)
	if !v.Intact || v.Events == 0 {
		t.Fatalf("audit verify: %+v", v)
	}
	r := garrod(t, "audit", "show", "--lab", lab, "--json")
	if r.code != 0 {
		t.Fatal(r.err)
	}
	seen := map[string]int{}
	for _, line := range strings.Split(strings.TrimSpace(r.out), "\n") {
		var e review.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		seen[e.Action]++
		if strings.Contains(line, "Toby") || strings.Contains(line, "9991118144") || strings.Contains(line, "2022-11-05") {
			t.Errorf("event %d holds the patient's identity", e.Seq)
		}
		if e.At.Location() != time.UTC || e.User == "" || e.Role == "" || e.Hash == "" {
			t.Errorf("event %d lacks time in UTC, user, role or hash: %s", e.Seq, line)
		}
	}
	for _, action := range []string{"lab.init", "case.add", "evidence.accept", "review.finish", "report.prepare", "signoff.sign", "report.issue", "report.export"} {
		if seen[action] == 0 {
			t.Errorf("no event %s among %v", action, seen)
		}
	}
	if seen["signoff.sign"] != 2 || int64(v.Events) != d.AuditSeq {
		t.Errorf("%d sign-offs, %d events, last number %d", seen["signoff.sign"], v.Events, d.AuditSeq)
	}
}

// TestRolledBackReport cuts the file after its first signature: what is left is
// sound, but nobody has authorised it.
func TestRolledBackReport(t *testing.T) {
	out, _ := demoRun(t)
	good, err := os.ReadFile(filepath.Join(out, "report.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	first := bytes.Index(good, []byte("\n%%EOF"))
	second := first + 1 + bytes.Index(good[first+1:], []byte("\n%%EOF"))
	path := filepath.Join(t.TempDir(), "one.pdf")
	if err := os.WriteFile(path, good[:second+len("\n%%EOF\n")], 0o600); err != nil {
		t.Fatal(err)
	}
	r := garrod(t, "verify", path, "--trust", filepath.Join(out, "ca.pem"), "--json")
	if r.code != exitNegative || !strings.Contains(r.out, "authoriser is missing") || !strings.Contains(r.out, `"ok":false`) {
		t.Errorf("exit %d, want %d and the missing authoriser named\n%s", r.code, exitNegative, r.out)
	}
}

// TestReplayOfDamage asks that a damaged report is a negative verification with
// --replay too, whatever the damage does to the proof inside.
func TestReplayOfDamage(t *testing.T) {
	out, _ := demoRun(t)
	good, err := os.ReadFile(filepath.Join(out, "report.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "changed.pdf")
	for at := 100; at < len(good)/2; at += len(good) / 60 {
		bad := bytes.Clone(good)
		bad[at] ^= 1
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		r := garrod(t, "verify", path, "--trust", filepath.Join(out, "ca.pem"), "--replay", "--json")
		if r.code != exitNegative || !strings.Contains(r.out, `"problems":["`) {
			t.Errorf("byte %d: exit %d, want %d with a problem named\n%s", at, r.code, exitNegative, r.err)
		}
	}
}

// TestReplacedFile swaps the case's VCF for another of the same size.
func TestReplacedFile(t *testing.T) {
	out := demoOfOwn(t)
	lab := filepath.Join(out, "lab")
	vcf := filepath.Join(lab, demoFiles, "demo.vcf.gz")
	b, err := os.ReadFile(vcf)
	if err != nil {
		t.Fatal(err)
	}
	b[4] ^= 1 // the time stamp in the first block's header: every record stays readable
	if err := os.WriteFile(vcf, b, 0o600); err != nil {
		t.Fatal(err)
	}
	r := garrod(t, "worklist", "--lab", lab, "--case", string(demoCaseID), "--json")
	if r.code != exitInput || !strings.Contains(r.out, "file_changed") {
		t.Errorf("exit %d, want %d: the file is not the one the case was added with\n%s", r.code, exitInput, r.out)
	}
}
