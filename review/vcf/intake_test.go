package vcf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/genome"

	"github.com/google/go-cmp/cmp"
)

// trio is a sound case of n records on each of two chromosomes.
func trio(n int) string {
	var b strings.Builder
	b.WriteString(header38())
	for _, c := range []string{"chr1", "chr2"} {
		for i := 1; i <= n; i++ {
			b.WriteString(rec(fmt.Sprintf("%s %d . A G %d PASS . GT:AD:DP:GQ 0/1:%d,%d:30:99 0/0:30,0:30:99 0/0:28,1:29:%d", c, i*937, i, i%17, 30-i%17, i%90)))
		}
	}
	return b.String()
}

var ok = Request{Proband: "kid", Assembly: genome.GRCh38}

// outcome returns the outcome of one check, which must be there once.
func outcome(t *testing.T, r Result, name string) review.Check {
	t.Helper()
	var found []review.Check
	for _, c := range r.Checks {
		if c.Name == name {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d checks named %s, want one", len(found), name)
	}
	return found[0]
}

func TestIntakeOfASoundCase(t *testing.T) {
	path := made(t, trio(400))
	var m review.Meter
	req := ok
	req.Sex = review.Female
	req.Family = &review.Family{Members: []review.Member{
		{ID: "kid", Father: "dad", Mother: "mum", Sex: review.Female}, {ID: "dad", Sex: review.Male}, {ID: "mum", Sex: review.Female},
	}}
	res, err := Intake(t.Context(), path, req, &m)
	if err != nil || res.Refusal() != nil {
		t.Fatalf("intake: %v, %v", err, res.Refusal())
	}
	var names []string
	for _, c := range res.Checks {
		names = append(names, c.Name+" "+string(c.Outcome))
		if !strings.HasSuffix(c.Detail, ".") {
			t.Errorf("%s: %q is no sentence", c.Name, c.Detail)
		}
	}
	want := []string{
		"bgzf_eof pass", "bgzf_crc pass", "header pass", "columns pass", "index_present pass", "index_matches pass", "contigs pass",
		"assembly pass", "samples pass", "pedigree pass", "sex pass", "relatedness not_assessed",
	}
	if d := cmp.Diff(want, names); d != "" {
		t.Errorf("checks (-want +got):\n%s", d)
	}
	if res.Records != 800 || res.Assembly != genome.GRCh38 || len(res.SHA256) != 64 || len(res.IndexSHA256) != 64 || m.Done() != res.Size {
		t.Errorf("%+v", res)
	}
	if d := cmp.Diff([]string{"kid", "dad", "mum"}, res.Samples); d != "" {
		t.Errorf("samples (-want +got):\n%s", d)
	}
}

// broken writes changed bytes of a sound, indexed file beside its index.
func broken(t *testing.T, change func([]byte) []byte) string {
	t.Helper()
	path := made(t, trio(3000))
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, string(change(b)))
	return path
}

// secondBlock returns where the second block starts.
func secondBlock(b []byte) int {
	return 18 + bytes.Index(b[18:], b[:4])
}

func TestIntakeRefusesBadFiles(t *testing.T) {
	for _, tt := range []struct {
		name    string
		path    func(t *testing.T) string
		code    string
		mention []string
	}{
		{"plain text", func(t *testing.T) string {
			p := filepath.Join(t.TempDir(), "a.vcf")
			write(t, p, trio(1))
			return p
		}, bgz.CodeNotBGZF, []string{"a.vcf", "bgzip"}},
		{"plain gzip", func(t *testing.T) string {
			needTools(t, "gzip")
			p := filepath.Join(t.TempDir(), "a.vcf")
			write(t, p, trio(1))
			run(t, "gzip", p)
			return p + ".gz"
		}, bgz.CodeNotBGZF, []string{"plain gzip", "bgzip"}},
		{"cut in a block", func(t *testing.T) string {
			return broken(t, func(b []byte) []byte { return b[:len(b)-300] })
		}, bgz.CodeTruncated, []string{"byte"}},
		{"cut exactly between blocks", func(t *testing.T) string {
			return broken(t, func(b []byte) []byte { return b[:secondBlock(b)] })
		}, bgz.CodeNoEOF, []string{"between two blocks"}},
		{"one flipped byte", func(t *testing.T) string {
			return broken(t, func(b []byte) []byte { b[secondBlock(b)+400] ^= 4; return b })
		}, bgz.CodeCorrupt, []string{"byte"}},
		{"no index", func(t *testing.T) string {
			p := made(t, trio(1))
			if err := os.Remove(p + ".tbi"); err != nil {
				t.Fatal(err)
			}
			return p
		}, bgz.CodeIndexMissing, []string{"tabix -p vcf "}},
		{"an index that is none", func(t *testing.T) string {
			p := made(t, trio(1))
			write(t, p+".tbi", "nonsense")
			return p
		}, bgz.CodeIndexBroken, []string{"case.vcf.gz.tbi", "the index is unreadable", "tabix -f -p vcf "}},
		{"header only", func(t *testing.T) string { return made(t, header38()) }, CodeNoRecord, []string{"no record"}},
		{"text in POS", func(t *testing.T) string {
			// tabix refuses such a line, so the index is of the file before.
			p := made(t, trio(2))
			b := strings.Replace(trio(2), "chr1\t937\t", "chr1\tx37\t", 1)
			write(t, p[:len(p)-3], b)
			run(t, "bgzip", "-f", p[:len(p)-3])
			return p
		}, CodeRecord, []string{"POS", "record 1", "line 11"}},
		{"a column too few", func(t *testing.T) string {
			return made(t, trio(2)+"chr2\t90000\t.\tA\tG\t.\t.\t.\tGT\t0/1\t0/0\n")
		}, CodeColumns, []string{"record 5", "11 columns"}},
		{"no column line", func(t *testing.T) string {
			return made(t, strings.Replace(trio(2), "#CHROM", "##CHROM", 1))
		}, CodeHeader, []string{"line"}},
		{"a sample named twice", func(t *testing.T) string {
			return made(t, strings.Replace(trio(2), "dad\tmum", "kid\tmum", 1))
		}, CodeHeader, []string{"samples"}},
		{"not there", func(t *testing.T) string { return filepath.Join(t.TempDir(), "x.vcf.gz") }, bgz.CodeUnreadable, []string{"x.vcf.gz"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Intake(t.Context(), tt.path(t), ok, nil)
			wantCode(t, err, tt.code, tt.mention...)
		})
	}
}

func TestIntakeRefusesByCheck(t *testing.T) {
	contigs := func(old, with string) string { return strings.Replace(trio(5), old, with, 1) }
	for _, tt := range []struct {
		name, content string
		req           Request
		check         string
		want          review.Outcome
		mention       string
	}{
		{"no such sample", trio(5), Request{Proband: "sis", Assembly: genome.GRCh38}, "samples", review.Fail, "sis"},
		{"nobody named", trio(5), Request{}, "samples", review.Fail, "--proband"},
		{"sites only", "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=248956422>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" +
			rec("chr1 5 . A G . . ."), ok, "samples", review.Fail, "no samples"},
		{"declared otherwise", trio(5), Request{Proband: "kid", Assembly: genome.GRCh37}, "assembly", review.Fail, "GRCh37"},
		{"found by lengths", trio(5), Request{Proband: "kid"}, "assembly", review.Pass, "lengths"},
		{
			"nobody knows", strings.NewReplacer(",length=248956422", "", ",length=242193529", "", ",length=156040895", "").Replace(trio(5)),
			Request{Proband: "kid"},
			"assembly", review.Fail, "--assembly",
		},
		{
			"declaration alone", strings.NewReplacer(",length=248956422", "", ",length=242193529", "", ",length=156040895", "").Replace(trio(5)),
			ok, "assembly", review.Warn, "declaration",
		},
		{"named by reference", "##fileformat=VCFv4.2\n##reference=file:///hs37d5.fa\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\n" +
			rec("1 5 . A G . . . GT 0/1"), Request{Proband: "kid"}, "assembly", review.Pass, "GRCh37"},
		{"named otherwise", "##fileformat=VCFv4.2\n##reference=file:///hs37d5.fa\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\n" +
			rec("1 5 . A G . . . GT 0/1"), ok, "assembly", review.Fail, "GRCh37"},
		{"lengths of both", contigs("242193529", "243199373"), ok, "assembly", review.Fail, "chr2"},
		{"an odd length", contigs("242193529", "242193000"), ok, "assembly", review.Warn, "chr2"},
		{"past the end of the assembly", "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\n" +
			rec("1 249000000 . A G . . . GT 0/1"), ok, "assembly", review.Fail, "beyond the end"},
		{"chrM of hg19", "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=249250621>\n##contig=<ID=chrM,length=16571>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\n" +
			rec("chr1 5 . A G . . . GT 0/1") + rec("chrM 5 . A G . . . GT 0/1"), Request{Proband: "kid"}, "assembly", review.Warn, "16,571"},
		{"an undeclared contig", trio(5) + rec("chr9 5 . A G . . . GT 0/1 0/0 0/0"), ok, "contigs", review.Warn, "chr9"},
		{"one chromosome, two names", trio(5) + rec("2 5 . A G . . . GT 0/1 0/0 0/0"), ok, "contigs", review.Fail, "2 and chr2"},
		{"past the end of the contig", trio(5) + rec("chrM 16600 . A G . . . GT 0/1 0/0 0/0"), ok, "contigs", review.Fail, "chrM"},
		{"a genotype that is none", trio(5) + rec("chr2 900000 . A G . . . GT 0/1 z 0/0"), ok, "columns", review.Warn, "1 of 11"},
		{
			"a parent without a sample", trio(5),
			Request{Proband: "kid", Family: &review.Family{Members: []review.Member{{ID: "kid", Father: "pa"}, {ID: "pa"}}}},
			"pedigree", review.Warn, "pa",
		},
		{
			"another sex in the pedigree", trio(5),
			Request{Proband: "kid", Sex: review.Male, Family: &review.Family{Members: []review.Member{{ID: "kid", Sex: review.Female}}}},
			"sex", review.Fail, "female",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, err := Intake(t.Context(), made(t, tt.content), tt.req, nil)
			if err != nil {
				t.Fatal(err)
			}
			c := outcome(t, res, tt.check)
			message := c.Detail
			refused := slices.ContainsFunc(res.Refusals, func(e *review.InputError) bool {
				message += " " + e.Error()
				return e.Code == tt.check
			})
			if c.Outcome != tt.want || refused != (tt.want == review.Fail) || !strings.Contains(message, tt.mention) {
				t.Errorf("%+v, refusals %v; want %s mentioning %q", c, res.Refusals, tt.want, tt.mention)
			}
			if len(res.Checks) != 12 {
				t.Errorf("%d checks, want all twelve", len(res.Checks))
			}
		})
	}
}

// The chrM of UCSC hg19 and that of GRCh37 and GRCh38 never share a key.
func TestHg19MitochondrionIsNotMT(t *testing.T) {
	for _, tt := range []struct{ name, header, contig, want string }{
		{"by its length", "##contig=<ID=chrM,length=16571>", "chrM", genome.ContigHg19M},
		{"no length, on GRCh37", "##contig=<ID=chr1,length=249250621>\n##contig=<ID=chrM>", "chrM", "chrM"},
		{"no contig lines, hg19 in words", "##reference=/ref/hg19.fa", "chrM", "chrM"},
		{"no length, on GRCh38", "##contig=<ID=chr1,length=248956422>\n##contig=<ID=chrM>", "chrM", "MT"},
		{"rCRS on GRCh37", "##contig=<ID=chr1,length=249250621>\n##contig=<ID=chrM,length=16569>", "chrM", "MT"},
		{"named MT", "##contig=<ID=1,length=249250621>\n##contig=<ID=MT>", "MT", "MT"},
		{"accession", "##contig=<ID=NC_012920.1>", "NC_012920.1", "MT"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := opened(t, made(t, "##fileformat=VCFv4.2\n"+tt.header+"\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"+rec(tt.contig+" 5 . A G . . .")))
			if _, err := f.Scan(t.Context(), nil, func(r *Record) error {
				key := r.Variants()[0].Key
				if key.Contig != tt.want {
					t.Errorf("contig %s, want %s", key.Contig, tt.want)
				}
				again, err := genome.ParseKey(key.Assembly, key.String())
				if tt.want != "chrM" && (err != nil || again != key) {
					t.Errorf("the key %v is read as %v, %v", key, again, err)
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// The name of an index proves nothing: each of these lies beside the file with
// the right name.
func TestIndexOfAnotherFileIsCaught(t *testing.T) {
	index := func(content string) []byte {
		b, err := os.ReadFile(made(t, content) + ".tbi")
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	base := trio(3000)
	lines := strings.SplitAfter(base, "\n")
	for _, tt := range []struct {
		name, indexed string
	}{
		{"a larger file", trio(9000)},
		{"a smaller file", trio(100)},
		{"one record less", strings.Join(slices.Delete(slices.Clone(lines), 1500, 1501), "")},
		{"same counts, one longer record early", strings.Replace(base, "chr1\t937\t.\tA\tG", "chr1\t937\trs0123456789\tA\tG", 1)},
		{"same counts, other positions", strings.ReplaceAll(base, "937\t", "938\t")},
		{"another naming", strings.ReplaceAll(base, "chr", "")},
		{"header only", header38()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := made(t, base)
			write(t, path+".tbi", string(index(tt.indexed)))
			res, err := Intake(t.Context(), path, ok, nil)
			if err != nil {
				t.Fatal(err)
			}
			if c := outcome(t, res, "index_matches"); c.Outcome != review.Fail || !strings.Contains(res.Refusal().Error(), "tabix -f -p vcf "+path) {
				t.Errorf("%+v, %v; want a failure whose remedy makes the index again", c, res.Refusal())
			}
		})
	}
}

func TestIntakeTakesCSI(t *testing.T) {
	path := made(t, trio(300))
	if err := os.Remove(path + ".tbi"); err != nil {
		t.Fatal(err)
	}
	run(t, "tabix", "-C", "-p", "vcf", path)
	res, err := Intake(t.Context(), path, ok, nil)
	if err != nil || res.Refusal() != nil || !strings.HasSuffix(res.IndexPath, ".csi") {
		t.Errorf("%v, %v, %s", err, res.Refusal(), res.IndexPath)
	}
}

// What a header declares and no record has is not there.
func TestCapabilitiesRestOnRecords(t *testing.T) {
	head := header38(csqLine("Allele|Consequence|Feature"), `##ALT=<ID=NON_REF,Description="Any other">`, `##INFO=<ID=END,Number=1,Type=Integer,Description="End">`)
	plain := rec("chr1 100 . A G . . . GT 0/1 0/0 0/0")
	block := rec("chr1 200 . A <NON_REF> . . END=300 GT:DP:GQ 0/0:9:9 0/0:9:9 0/0:9:9")
	row := rec("chr1 400 . A G . . CSQ=G|x|ENST1 GT 0/1 0/0 0/0")
	for _, tt := range []struct {
		content string
		want    map[string]bool
	}{
		{head + plain, map[string]bool{"consequence": false, "reference_blocks": false, "depth": false, "genotypes": true}},
		{head + plain + block + row, map[string]bool{"consequence": true, "reference_blocks": true, "depth": true, "frequency": false}},
	} {
		res, err := Intake(t.Context(), made(t, tt.content), ok, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range res.Capabilities {
			if want, asked := tt.want[c.Name]; asked && c.Present != want {
				t.Errorf("%s: present %t (%s), want %t", c.Name, c.Present, c.Detail, want)
			}
			if !strings.HasSuffix(c.Detail, ".") {
				t.Errorf("%s: %q is no sentence", c.Name, c.Detail)
			}
		}
	}
}

func TestIntakeCanBeCancelled(t *testing.T) {
	path := made(t, trio(3000))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Intake(ctx, path, ok, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled intake: %v", err)
	}
}
