package vcf

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"garrod/review"
	"garrod/review/genome"
)

// Names that files have in the wild, each with either index.
func TestFileAndIndexNames(t *testing.T) {
	needTools(t, "bgzip", "tabix")
	for _, name := range []string{"a.vcf.gz", "a.vcf.bgz", "a.gvcf.gz", "a.g.vcf.gz"} {
		for _, csi := range []bool{false, true} {
			path := filepath.Join(t.TempDir(), name)
			if err := os.Rename(made(t, header38()+rec("chr2 77 . A G . . . GT 0/1 0/0 0/0")), path); err != nil {
				t.Fatal(err)
			}
			args := []string{"-p", "vcf", path}
			if csi {
				args = append([]string{"-C"}, args...)
			}
			run(t, "tabix", args...)
			vs, p, err := opened(t, path).Find(t.Context(), mustKey(t, "2-77-A-G"))
			if err != nil || p != Present || len(vs) != 1 {
				t.Errorf("%s, csi %t: %d, %s, %v", name, csi, len(vs), p, err)
			}
		}
	}
}

// Contigs beyond the 512 Mb of a .tbi are looked up through a .csi.
func TestContigsBeyond512Mb(t *testing.T) {
	needTools(t, "bgzip", "tabix")
	path := filepath.Join(t.TempDir(), "wheat.vcf")
	text := "##fileformat=VCFv4.2\n##contig=<ID=3B,length=2000000000>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts\n"
	for i := range 400 {
		text += rec("3B " + strconv.Itoa(1+i*5_000_000) + " . A G . . . GT 0/1")
	}
	write(t, path, text)
	run(t, "bgzip", path)
	run(t, "tabix", "-C", "-p", "vcf", path+".gz")
	f := opened(t, path+".gz")
	for _, pos := range []genome.Pos{1, 600_000_001, 1_995_000_001} {
		vs, p, err := f.Find(t.Context(), genome.Key{Contig: "3B", Pos: pos, Ref: "A", Alt: "G"})
		if err != nil || p != Present || len(vs) != 1 || vs[0].Key.Pos != pos {
			t.Errorf("%d: %d, %s, %v", pos, len(vs), p, err)
		}
	}
	n := 0
	if err := f.Region(t.Context(), genome.Range{Contig: "3B", First: 536_870_912, Last: 2_000_000_000}, func(*Record) error { n++; return nil }); err != nil || n != 292 {
		t.Errorf("%d records beyond 512 Mb, %v; want 292", n, err)
	}
}

// Accessions are aliases, and their version is held against the assembly.
func TestAccessionsOfContigs(t *testing.T) {
	content := func(contig string) string {
		return "##fileformat=VCFv4.2\n##contig=<ID=" + contig + ">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\n" + rec(contig+" 5000000 . A G . . . GT 0/1")
	}
	for _, tt := range []struct {
		contig   string
		declared genome.Assembly
		key      string
		outcome  review.Outcome
	}{
		{"NC_000001.11", "", "1-5000000-A-G", review.Pass},
		{"NC_000001.11", genome.GRCh38, "1-5000000-A-G", review.Pass},
		{"NC_000001.10", genome.GRCh38, "1-5000000-A-G", review.Fail},
		{"CM000685.1", genome.GRCh37, "X-5000000-A-G", review.Pass},
	} {
		path := made(t, content(tt.contig))
		res, err := Intake(t.Context(), path, Request{Proband: "kid", Assembly: tt.declared}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c := outcome(t, res, "assembly"); c.Outcome != tt.outcome {
			t.Errorf("%s declared %q: %+v, want %s", tt.contig, tt.declared, c, tt.outcome)
		}
		k := mustKey(t, tt.key)
		if vs, _, err := opened(t, path).Find(t.Context(), k); err != nil || len(vs) != 1 || vs[0].Key.String() != tt.key {
			t.Errorf("%s: Find = %v, %v", tt.contig, vs, err)
		}
	}
}

// Numbers, and what stands where one should be.
func TestFloatsThatAreNone(t *testing.T) {
	af := `##INFO=<ID=gnomAD_AF,Number=A,Type=Float,Description="x">`
	for text, want := range map[string]int{"0.1": 1, "0": 1, ".": 0, "NaN": 0, "nan": 0, "Inf": 0, "-inf": 0, "1e400": 0, "2": 0, "x": 0} {
		v := variantsOf(t, "VCFv4.3", "1 1 . A G . . gnomAD_AF="+text, af)[0]
		if len(v.Frequencies) != want {
			t.Errorf("AF %s: %+v, want %d", text, v.Frequencies, want)
		}
	}
}
