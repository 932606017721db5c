package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// result is the outcome of one command line.
type result struct {
	code     int
	out, err string
}

// garrod runs a command line in this process.
func garrod(t *testing.T, args ...string) result {
	t.Helper()
	return garrodIn(t, "", args...)
}

// garrodIn runs a command line with text on its standard input.
func garrodIn(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	var out, errOut bytes.Buffer
	code := run(context.Background(), args, strings.NewReader(stdin), &out, &errOut)
	return result{code, out.String(), errOut.String()}
}

// must runs a command line that has to succeed and decodes its JSON into v.
func must(t *testing.T, v any, args ...string) {
	t.Helper()
	r := garrod(t, append(args, "--json")...)
	if r.code != 0 {
		t.Fatalf("garrod %s: exit %d\n%s%s", strings.Join(args, " "), r.code, r.out, r.err)
	}
	if v == nil {
		return
	}
	if err := json.Unmarshal([]byte(r.out), v); err != nil {
		t.Fatalf("garrod %s: %v\n%s", strings.Join(args, " "), err, r.out)
	}
}

// newLab makes a demonstration laboratory.
func newLab(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "lab")
	must(t, nil, "lab", "init", dir, "--demonstration")
	return dir
}

// shared returns the path of a real file, or skips the test where the real
// files are not there.
func shared(t *testing.T, path string) string {
	t.Helper()
	dir := os.Getenv("GARROD_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	full := filepath.Join(dir, "data", path)
	if _, err := os.Stat(full); err != nil {
		t.Skipf("%s is not there: set GARROD_SHARED to run this on real files", full)
	}
	return full
}

// program finds a program that a test drives, or skips the test.
func needProgram(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not there: skipped", name)
	}
	return path
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{
		{"nonsense"},
		{"case"},
		{"case", "nonsense"},
		{"case", "add"},
		{"case", "add", "--id", "X", "--vcf", "x.vcf.gz", "--proband", "P", "--sex", "purple"},
		{"case", "add", "--id", "X", "--vcf", "x.vcf.gz", "--proband", "P", "--assembly", "T2T"},
		{"case", "add", "--id", "X", "--vcf", "x.vcf.gz", "--proband", "P", "--reason", "sex"},
		{"worklist"},
		{"worklist", "--nonsense"},
		{"signoff", "--case", "X", "--role", "typist", "--identity", "a.p12", "--passphrase-file", "b"},
		{"verify"},
		{"vcf", "region", "x.vcf.gz", "chr1"},
		{"review", "finish", "--case", "X", "--variant", "1-2-A-C", "--report", "perhaps"},
		{"version", "more"},
	} {
		if r := garrod(t, args...); r.code != exitUsage || r.err == "" {
			t.Errorf("garrod %s: exit %d %q, want %d and a message", strings.Join(args, " "), r.code, r.err, exitUsage)
		}
	}
}

func TestFailureIsJSON(t *testing.T) {
	r := garrod(t, "--lab", filepath.Join(t.TempDir(), "nowhere"), "case", "list", "--json")
	if r.code != exitInput {
		t.Fatalf("exit %d, want %d: %s", r.code, exitInput, r.err)
	}
	var doc struct{ Error failure }
	if err := json.Unmarshal([]byte(r.out), &doc); err != nil {
		t.Fatalf("%v in %q", err, r.out)
	}
	if doc.Error.Code != "no_laboratory" || doc.Error.Kind != "input" || doc.Error.What == "" || doc.Error.Remedy == "" {
		t.Errorf("got %+v", doc.Error)
	}
}

func TestLiveLaboratoriesAreRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "live")
	if r := garrod(t, "lab", "init", dir); r.code != exitRefused {
		t.Fatalf("exit %d, want %d: %s", r.code, exitRefused, r.err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the refused laboratory left %s behind", dir)
	}
}

func TestCombineFromStandardInput(t *testing.T) {
	r := garrodIn(t, "PVS1 PM2_Supporting\n\nPM2, PP3_Strong\n", "acmg", "combine", "--rule-set", "acgs-2024")
	if r.code != 0 {
		t.Fatalf("exit %d: %s", r.code, r.err)
	}
	var classes []string
	for _, line := range strings.Split(strings.TrimSpace(r.out), "\n") {
		var c struct{ Class string }
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		classes = append(classes, c.Class)
	}
	if got := strings.Join(classes, " "); got != "LP VUS VUS" {
		t.Errorf("classes %q, want LP VUS VUS: one answer a line, no codes for the empty one (rows 1 and 14 of the worked examples)", got)
	}
	r = garrodIn(t, "PVS1\nPM9\n", "acmg", "combine")
	if r.code != exitInput || !strings.Contains(r.err, "line 2") || !strings.Contains(r.err, "PM9") {
		t.Errorf("an unknown code: exit %d %q, want %d with its line", r.code, r.err, exitInput)
	}
}
