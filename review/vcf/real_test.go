package vcf

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/genome"

	"github.com/google/go-cmp/cmp"
)

// realFiles are the four files the main job must run on, with the records that
// bcftools 1.16 counts in them.
var realFiles = []struct {
	path, proband, ped string
	assembly           genome.Assembly
	records            int64
	have               []string // capabilities that are there
}{
	{
		path: "annotated_vcf/scout__643594.clinical.vcf.gz", proband: "ADM1059A2", ped: "annotated_vcf/scout__643594.ped",
		assembly: genome.GRCh37, records: 680, have: []string{"consequence", "frequency", "clinvar", "genotypes", "depth"},
	},
	{
		path: "callers_real_vcf/talos__joint.vcf.bgz", proband: "", assembly: genome.GRCh38, records: 13,
		have: []string{"genotypes", "depth", "genotype_quality", "phase"},
	},
	{
		path: "callers_real_vcf/slivar__ashk-trio.vcf.gz", proband: "HG002", assembly: genome.GRCh37, records: 9940,
		have: []string{"genotypes", "depth", "genotype_quality"},
	},
	{
		path: "annotated_vcf/ngs-bits__panel_vep.vcf.gz", proband: "NA12878_03", assembly: genome.GRCh38, records: 326,
		have: []string{"consequence", "frequency", "revel", "clinvar", "genotypes"},
	},
}

func TestRealFilesPassIntake(t *testing.T) {
	dir := shared(t)
	for _, tt := range realFiles {
		t.Run(filepath.Base(tt.path), func(t *testing.T) {
			path := filepath.Join(dir, tt.path)
			f := opened(t, path)
			req := Request{Proband: tt.proband, Assembly: tt.assembly}
			if req.Proband == "" {
				req.Proband = f.Header().Samples[0]
			}
			if tt.ped != "" {
				ped, err := os.Open(filepath.Join(dir, tt.ped))
				if err != nil {
					t.Fatal(err)
				}
				defer ped.Close()
				fam, err := review.ParsePED(ped, tt.ped)
				if err != nil {
					t.Fatal(err)
				}
				req.Family = &fam
			}
			var m review.Meter
			res, err := Intake(t.Context(), path, req, &m)
			if err != nil {
				t.Fatal(err)
			}
			if err := res.Refusal(); err != nil {
				t.Errorf("refused: %v", err)
			}
			for _, c := range res.Checks {
				if c.Outcome != review.Pass {
					t.Logf("%s %s: %s", c.Outcome, c.Name, c.Detail)
				}
			}
			if res.Records != tt.records || res.BadTotal != 0 || res.Assembly != tt.assembly || m.Done() != res.Size {
				t.Errorf("%d records, %d bad, assembly %s, meter %d of %d; want %d records on %s",
					res.Records, res.BadTotal, res.Assembly, m.Done(), res.Size, tt.records, tt.assembly)
			}
			for _, name := range tt.have {
				if i := slices.IndexFunc(res.Capabilities, func(c review.Capability) bool { return c.Name == name }); i < 0 || !res.Capabilities[i].Present {
					t.Errorf("capability %s is missing", name)
				}
			}
		})
	}
}

// Counts equal bcftools': 680, 13, 9,940 and 326 lines, and the alleles of each.
func TestRealFilesCountAsBcftools(t *testing.T) {
	dir := shared(t)
	needTools(t, "bcftools")
	for _, tt := range realFiles {
		t.Run(filepath.Base(tt.path), func(t *testing.T) {
			path := filepath.Join(dir, tt.path)
			var want []string
			for line := range strings.Lines(run(t, "bcftools", "query", "-f", `%CHROM\t%POS\t%REF\t%ALT\n`, path)) {
				want = append(want, strings.TrimSpace(line))
			}
			var got []string
			alleles := 0
			_, err := opened(t, path).Scan(t.Context(), nil, func(r *Record) error {
				alt := strings.Join(r.Alts, ",")
				if alt == "" {
					alt = "."
				}
				got = append(got, fmt.Sprintf("%s\t%d\t%s\t%s", r.Contig, r.Pos, r.Ref, alt))
				alleles += len(r.Variants())
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if int64(len(want)) != tt.records {
				t.Errorf("bcftools reads %d records, want %d", len(want), tt.records)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("records (-bcftools +ours):\n%s", d)
			}
			if alleles < len(got) {
				t.Errorf("%d variants of %d records", alleles, len(got))
			}
		})
	}
}

func TestRegionEqualsLinearScanOnRealFiles(t *testing.T) {
	dir := shared(t)
	for _, tt := range realFiles {
		t.Run(filepath.Base(tt.path), func(t *testing.T) {
			f := opened(t, filepath.Join(dir, tt.path))
			var all []*Record
			if _, err := f.Scan(t.Context(), nil, func(r *Record) error { all = append(all, r); return nil }); err != nil {
				t.Fatal(err)
			}
			rnd := rand.New(rand.NewPCG(7, 7))
			for i := range 150 {
				near := all[rnd.IntN(len(all))]
				first := near.Pos - genome.Pos(rnd.Int64N(3000))
				r := genome.Range{Contig: near.Range().Contig, First: max(first, 1), Last: first + genome.Pos(rnd.Int64N(int64(1)<<(i%25)))}
				var want, got []string
				for _, x := range all {
					if x.Range().Overlaps(r) {
						want = append(want, x.Raw())
					}
				}
				if err := f.Region(t.Context(), r, func(x *Record) error { got = append(got, x.Raw()); return nil }); err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(want, got); d != "" {
					t.Fatalf("%v (-scan +region):\n%s", r, d)
				}
			}
		})
	}
}

// Every record of the real files is found again by the key of each allele.
func TestFindFindsEveryAlleleOfRealFiles(t *testing.T) {
	dir := shared(t)
	for _, tt := range realFiles {
		t.Run(filepath.Base(tt.path), func(t *testing.T) {
			f := opened(t, filepath.Join(dir, tt.path))
			var keys []genome.Key
			if _, err := f.Scan(t.Context(), nil, func(r *Record) error {
				if r.Number%17 == 1 {
					for _, v := range r.Variants() {
						keys = append(keys, v.Key)
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			for _, k := range keys {
				if vs, p, err := f.Find(t.Context(), k); err != nil || p != Present || len(vs) == 0 || vs[0].Key != k {
					t.Fatalf("Find(%v) = %d variants, %s, %v", k, len(vs), p, err)
				}
			}
		})
	}
}

// The split agrees with bcftools norm -m-any: reads and copies of each allele of
// each multi-allelic site of real callers.
func TestSplitAgreesWithBcftools(t *testing.T) {
	dir := shared(t)
	needTools(t, "bcftools")
	for _, name := range []string{
		"callers_real_vcf/gatk__NA12878.vcf.gz", "callers_real_vcf/vip__liftover.g.vcf.gz", "callers_real_vcf/slivar__ashk-trio.vcf.gz",
	} {
		t.Run(filepath.Base(name), func(t *testing.T) {
			path := filepath.Join(dir, name)
			split := filepath.Join(t.TempDir(), "s.vcf")
			run(t, "bcftools", "norm", "-m-any", "-o", split, path)
			var want []string
			for line := range strings.Lines(run(t, "bcftools", "query", "-f", `%POS[\t%GT:%AD]\n`, split)) {
				want = append(want, strings.TrimSpace(line))
			}
			var got []string
			_, err := opened(t, path).Scan(t.Context(), nil, func(r *Record) error {
				for _, v := range r.Variants() {
					s := fmt.Sprint(v.Record.Pos)
					for _, c := range v.Calls {
						s += "\t" + splitCall(c)
					}
					got = append(got, s)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(want) {
				t.Fatalf("%d alleles, bcftools has %d", len(got), len(want))
			}
			checked := 0
			for i := range want {
				if strings.Contains(got[i], "?") {
					continue // no reads given for the allele
				}
				checked++
				if bare(want[i]) != got[i] {
					t.Fatalf("allele %d: %s, bcftools %s", i, got[i], want[i])
				}
			}
			if checked < len(want)/2 {
				t.Errorf("%d of %d alleles compared", checked, len(want))
			}
		})
	}
}

// splitCall writes a call as bcftools norm does, the genotype as the number of
// copies.
func splitCall(c review.Call) string {
	if c.AD == nil {
		return "?"
	}
	return fmt.Sprintf("%d:%d,%d", c.Copies, c.AD[0], c.AD[1])
}

// bare turns the genotypes of a query line into numbers of copies.
func bare(line string) string {
	cols := strings.Split(line, "\t")
	for i, c := range cols[1:] {
		gt, ad, _ := strings.Cut(c, ":")
		cols[i+1] = fmt.Sprintf("%d:%s", strings.Count(gt, "1"), ad)
	}
	return strings.Join(cols, "\t")
}
