package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/triage"
	"garrod/review/vcf"
)

// needIndexers skips where no compressed and indexed copy can be made.
func needIndexers(t *testing.T) {
	t.Helper()
	for _, name := range []string{"bgzip", "tabix"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed", name)
		}
	}
}

// readable gives a compressed and indexed copy of a plain or gzipped VCF of the
// shared files, sorted, with the genes of old annotations (SnpEff's EFF, genmod's
// Annotation, the ID of a file that has nothing else) as ANN: Garrod reads CSQ, ANN and BCSQ.
func readable(t *testing.T, name string) string {
	t.Helper()
	needIndexers(t)
	b, err := os.ReadFile(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if b, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	var head, records []string
	for line := range strings.Lines(string(b)) {
		switch {
		case strings.HasPrefix(line, "#CHROM"):
			if !strings.Contains(strings.Join(head, ""), "##contig") {
				head = append(head, "##contig=<ID=1,length=249250621>\n") // GRCh37
			}
			head = append(head, `##INFO=<ID=ANN,Number=.,Type=String,Description="Functional annotations: 'Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | Feature_ID | Transcript_BioType'">`+"\n", line)
		case strings.HasPrefix(line, "#"):
			head = append(head, line)
		case strings.TrimSpace(line) != "":
			records = append(records, withGenes(strings.TrimRight(line, "\r\n"))+"\n")
		}
	}
	slices.SortStableFunc(records, compareRecords)
	path := filepath.Join(t.TempDir(), "case.vcf")
	if err := os.WriteFile(path, []byte(strings.Join(head, "")+strings.Join(records, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"bgzip", path}, {"tabix", "-p", "vcf", path + ".gz"}} {
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v: %s", args, err, out)
		}
	}
	return path + ".gz"
}

// compareRecords keeps the order of chromosomes and sorts by position.
func compareRecords(a, b string) int {
	x, y := strings.SplitN(a, "\t", 3), strings.SplitN(b, "\t", 3)
	if x[0] != y[0] {
		return 0
	}
	i, _ := strconv.Atoi(x[1])
	j, _ := strconv.Atoi(y[1])
	return i - j
}

// withGenes writes the genes of EFF or Annotation as ANN.
func withGenes(record string) string {
	cols := strings.Split(record, "\t")
	var genes []string
	for field := range strings.SplitSeq(cols[7], ";") {
		if names, ok := strings.CutPrefix(field, "Annotation="); ok {
			genes = append(genes, strings.Split(names, ",")...)
		}
		if name, ok := strings.CutPrefix(field, "ID="); ok {
			genes = append(genes, "GENE"+name)
		}
		effects, ok := strings.CutPrefix(field, "EFF=")
		for effect := range strings.SplitSeq(effects, ",") {
			if parts := strings.Split(effect, "|"); ok && len(parts) > 5 && parts[5] != "" && !slices.Contains(genes, parts[5]) {
				genes = append(genes, parts[5])
			}
		}
	}
	var rows []string
	for _, g := range genes {
		rows = append(rows, fmt.Sprintf("%s|missense_variant|MODERATE|%s|%s|transcript|%s.1|protein_coding", cols[4], g, g, g))
	}
	if rows != nil {
		cols[7] += ";ANN=" + strings.Join(rows, ",")
	}
	return strings.Join(cols, "\t")
}

// labelAll gives every variant of a file its labels, in file order.
func labelAll(t *testing.T, path, proband, ped string, a genome.Assembly) []triage.Row {
	t.Helper()
	w := triageAll(t, path, proband, ped, a, triage.AllVariants())
	if len(w.Bad) > 0 {
		t.Fatalf("%d records cannot be read: %v", w.BadCount, w.Bad[0])
	}
	return w.List
}

func triageAll(t *testing.T, path, proband, ped string, a genome.Assembly, f triage.Filter) *triage.Worklist {
	t.Helper()
	family, err := review.ParsePED(strings.NewReader(ped), "family.ped")
	if err != nil {
		t.Fatal(err)
	}
	self, _ := family.Member(proband)
	rule := review.FrequencyRule{MinAN: triage.Wide().Frequency.MinAN, Exclude: triage.Wide().Frequency.ExcludeGroups}
	res, err := vcf.Intake(t.Context(), path, vcf.Request{Assembly: a, Proband: proband, Sex: self.Sex, Family: &family, Frequency: rule}, nil)
	if err != nil {
		t.Fatal(err)
	}
	file, err := vcf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	file.SetAssembly(a)
	c := &review.Case{ID: "T", Assembly: a, Proband: proband, Sex: self.Sex, Family: family}
	w, err := triage.Run(t.Context(), vcfSource{records: file.Records(), columns: res.Summary}, c, f, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func hasModel(r triage.Row, models ...string) bool {
	return slices.ContainsFunc(r.Labels, func(l review.Label) bool { return slices.Contains(models, l.Model) })
}
