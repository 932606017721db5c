package large_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/reviewtest/made/large"
)

func file(kind large.Kind, records int) large.File {
	return large.File{Kind: kind, Records: records, Seed: 1, Sex: review.Male}
}

func text(t *testing.T, f large.File) string {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSameSeedSameFile(t *testing.T) {
	f := file(large.Trio, 2000)
	first := text(t, f)
	if text(t, f) != first {
		t.Error("the same file came out differently")
	}
	if f.Seed = 2; text(t, f) == first {
		t.Error("another seed gave the same file")
	}
}

func TestRecords(t *testing.T) {
	for _, tt := range []struct {
		kind    large.Kind
		records int
	}{{large.Trio, 1}, {large.Trio, 99}, {large.Trio, 5000}, {large.Exome, 3000}} {
		t.Run(string(tt.kind)+strconv.Itoa(tt.records), func(t *testing.T) {
			n, contig, last := 0, "", 0
			ended := map[string]bool{}
			for line := range strings.Lines(text(t, file(tt.kind, tt.records))) {
				if line[0] == '#' {
					continue
				}
				n++
				f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
				if len(f) != 12 {
					t.Fatalf("record %d has %d columns", n, len(f))
				}
				pos, err := strconv.Atoi(f[1])
				if err != nil {
					t.Fatal(err)
				}
				if f[0] != contig {
					ended[contig], contig, last = true, f[0], 0
				}
				if pos <= last || ended[contig] {
					t.Fatalf("record %d at %s:%d is out of order", n, contig, pos)
				}
				last = pos
				_, csq, _ := strings.Cut(f[7], "CSQ=")
				for _, row := range strings.Split(csq, ",") {
					if got := strings.Count(row, "|") + 1; got != 40 {
						t.Fatalf("record %d has an annotation of %d fields: %s", n, got, row)
					}
				}
				if !strings.ContainsAny(strings.Join([]string{f[9][:3], f[10][:3], f[11][:3]}, ""), "12.") {
					t.Fatalf("record %d is carried by nobody: %v", n, f[9:])
				}
			}
			if n != tt.records {
				t.Errorf("%d records, want %d", n, tt.records)
			}
		})
	}
}

func TestSeveralTranscripts(t *testing.T) {
	records, rows := 0, 0
	for line := range strings.Lines(text(t, file(large.Trio, 3000))) {
		if line[0] != '#' {
			_, csq, _ := strings.Cut(line, "CSQ=")
			csq, _, _ = strings.Cut(csq, "\t")
			records, rows = records+1, rows+1+strings.Count(csq, ",")
		}
	}
	if got := float64(rows) / float64(records); got < 3 || got > 7 {
		t.Errorf("%.1f annotations a record, want several", got)
	}
}

func TestCompanions(t *testing.T) {
	f := file(large.Pedigree, 0)
	f.Sex = review.Female
	family, err := review.ParsePED(strings.NewReader(text(t, f)), "made.ped")
	if err != nil {
		t.Fatal(err)
	}
	m, ok := family.Member("proband")
	if !ok || m.Father != "father" || m.Mother != "mother" || m.Sex != review.Female || m.Affected == nil || !*m.Affected {
		t.Errorf("the proband is %+v", m)
	}
	genes := strings.Split(strings.TrimSpace(text(t, file(large.Genes, 0))), "\n")
	if len(genes) < 40_000 || len(genes) > 70_000 {
		t.Errorf("%d genes, want about 56,000", len(genes))
	}
	for _, line := range genes[:100] {
		f := strings.Split(line, "\t")
		from, _ := strconv.Atoi(f[1])
		to, _ := strconv.Atoi(f[2])
		if len(f) != 4 || from >= to || !strings.HasPrefix(f[3], "SYN") {
			t.Fatalf("gene %q", line)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, f := range []large.File{
		{Kind: "genome", Records: 10, Sex: review.Male},
		{Kind: large.Trio, Records: 0, Sex: review.Male},
		{Kind: large.Trio, Records: 2_000_000_000, Sex: review.Male},
		{Kind: large.Trio, Records: 10, Sex: "boy"},
	} {
		if err := f.Write(&bytes.Buffer{}); err == nil {
			t.Errorf("%+v was made", f)
		}
	}
}

func programs(t *testing.T, names ...string) {
	t.Helper()
	for _, n := range names {
		if _, err := exec.LookPath(n); err != nil {
			t.Skip(n + " is not there")
		}
	}
}

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	var said bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v: %s", name, err, said.String())
	}
	if said.Len() > 0 {
		t.Errorf("%s says: %s", name, said.String())
	}
	return string(out)
}

func TestSave(t *testing.T) {
	programs(t, "bgzip", "tabix", "bcftools")
	f := file(large.Trio, 4000)
	path := filepath.Join(t.TempDir(), "trio.vcf.gz")
	if err := f.Save(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(output(t, "bcftools", "index", "-n", path)); got != "4000" {
		t.Errorf("the index counts %s records, want 4000", got)
	}
	if got := output(t, "bgzip", "-dc", path); got != text(t, f) {
		t.Error("the file does not hold what was written")
	}
	if got := strings.Count(output(t, "bcftools", "view", "-H", path), "\n"); got != 4000 {
		t.Errorf("bcftools reads %d records, want 4000", got)
	}
	// A field of the annotation is where its header says.
	if got := output(t, "bcftools", "+split-vep", "-c", "MAX_AF:Float,Consequence", "-f", "%MAX_AF\n", "-i", `Consequence~"missense"`, path); !strings.Contains(got, "0.") {
		t.Errorf("split-vep finds no frequency of a missense variant: %q", got)
	}
}

func TestSaveNeedsPrograms(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	path := filepath.Join(dir, "trio.vcf.gz")
	err := file(large.Trio, 10).Save(t.Context(), path)
	if err == nil || !strings.Contains(err.Error(), "package tabix") {
		t.Errorf("got %v, want what to install", err)
	}
	left, _ := filepath.Glob(path + "*")
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestInterruptedSaveLeavesNothing(t *testing.T) {
	programs(t, "bgzip", "tabix")
	dir := t.TempDir()
	path := filepath.Join(dir, "trio.vcf.gz")
	if err := os.WriteFile(path, []byte("was here"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := file(large.Trio, 100_000).Save(ctx, path); err == nil {
		t.Error("an interrupted file was made")
	}
	left, _ := filepath.Glob(filepath.Join(dir, "*"))
	if b, _ := os.ReadFile(path); len(left) != 1 || string(b) != "was here" {
		t.Errorf("the folder holds %v", left)
	}
}
