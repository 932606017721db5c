package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/triage"
)

// repeatFiles makes a FASTA whose contig 1 has a repeat of CA at 101 to 120, and a
// VCF that writes the loss of one CA at the repeat's end.
func repeatFiles(t *testing.T) (vcf, fasta string) {
	t.Helper()
	for _, name := range []string{"bgzip", "tabix", "samtools"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(name + " is not installed")
		}
	}
	bases := strings.Repeat("GTTGATCCGT", 10) + strings.Repeat("CA", 10) + strings.Repeat("GGTTGACTTG", 10)
	fasta = writeText(t, "ref.fa", ">1\n"+bases+"\n")
	lines := "##fileformat=VCFv4.2\n##contig=<ID=1>\n" +
		"##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n" +
		"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\n" +
		"1\t118\t.\tACA\tA\t50\tPASS\t.\tGT\t0/1\n"
	vcf = writeText(t, "repeat.vcf", lines)
	for _, args := range [][]string{{"samtools", "faidx", fasta}, {"bgzip", vcf}, {"tabix", "-p", "vcf", vcf + ".gz"}} {
		if out, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	return vcf + ".gz", fasta
}

// With a FASTA the keys of a case are left-aligned and stay so; another FASTA in
// its place is refused. Without one they are trimmed only, and marked.
func TestKeysFollowTheReference(t *testing.T) {
	file, fasta := repeatFiles(t)
	lab := newLab(t)
	add := []string{"case", "add", "--lab", lab, "--vcf", file, "--proband", "kid", "--assembly", "GRCh38"}
	for _, check := range []string{"pedigree", "assembly", "sex", "contigs"} {
		add = append(add, "--reason", check+"=made file")
	}
	must(t, nil, append(add, "--id", "WITH", "--fasta", fasta)...)
	must(t, nil, append(add, "--id", "WITHOUT")...)
	explain := func(id, key string) triage.Explanation {
		var e triage.Explanation
		must(t, &e, "worklist", "--lab", lab, "--case", id, "--explain", key)
		return e
	}
	for _, tt := range []struct{ id, key, want string }{
		{"WITH", "1-100-TCA-T", "present"},
		{"WITH", "1-118-ACA-A", "present"}, // as the file writes it
		{"WITH", "chr1-110-ACA-A", "present"},
		{"WITHOUT", "1-118-ACA-A", "present"},
		{"WITHOUT", "1-100-TCA-T", "absent"},
	} {
		if e := explain(tt.id, tt.key); e.Record != tt.want {
			t.Errorf("case %s, %s: %s; want %s", tt.id, tt.key, e.Record, tt.want)
		}
	}
	var shown struct{ Case review.Case }
	must(t, &shown, "case", "show", "--lab", lab, "--case", "WITH")
	if src, _ := shown.Case.VCF(); src.Reference != fasta || src.ReferenceID == "" {
		t.Errorf("the case knows reference %q, %q", src.Reference, src.ReferenceID)
	}
	text, err := os.ReadFile(fasta)
	if err != nil {
		t.Fatal(err)
	}
	text[110] ^= 'C' ^ 'A' // in the repeat: the same length and the same index
	if err := os.WriteFile(fasta, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if r := garrod(t, "worklist", "--lab", lab, "--case", "WITH"); r.code != 3 || !strings.Contains(r.err, filepath.Base(fasta)) {
		t.Errorf("another reference: exit %d\n%s", r.code, r.err)
	}
}
