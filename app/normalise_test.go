package main

import (
	"os"
	"path/filepath"
	"testing"

	"garrod/review/vcf"
)

// vcf normalise writes a file, or says what is wrong and writes none.
func TestNormaliseCommand(t *testing.T) {
	in, fasta := shared(t, "reads/minigenome/variants.vcf.gz"), shared(t, "reads/minigenome/minigenome.fa")
	out := filepath.Join(t.TempDir(), "out.vcf.gz")
	var rep vcf.NormaliseReport
	must(t, &rep, "vcf", "normalise", "--vcf", in, "--fasta", fasta, "--out", out)
	if rep.Records != 28 || rep.Written != 28 || rep.TrimmedOnly != 0 {
		t.Errorf("%+v: want 28 records, none trimmed only", rep)
	}
	var check vcf.Report
	must(t, &check, "vcf", "check", out)
	if check.Records != 28 || check.Bad != 0 {
		t.Errorf("%+v: want 28 good records", check)
	}
	for _, tt := range []struct {
		code int
		args []string
	}{
		{2, []string{"--vcf", in}},
		{3, []string{"--vcf", in, "--fasta", in, "--out", out + "2"}},
		{3, []string{"--vcf", in, "--fasta", shared(t, "reads/na12878_tiny/q.vcf.gz"), "--out", out + "2"}},
		{3, []string{"--vcf", in, "--fasta", fasta, "--out", in}},
	} {
		if r := garrod(t, append([]string{"vcf", "normalise"}, tt.args...)...); r.code != tt.code {
			t.Errorf("%v: exit %d, want %d: %s", tt.args, r.code, tt.code, r.err)
		}
	}
	if _, err := os.Stat(out + "2"); err == nil {
		t.Error("a refused file was written")
	}
}
