package vcf

import (
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
)

// recordColumns makes the columns the plain way: of the Variants of every Record.
func recordColumns(t testing.TB, f *File, req ColumnsRequest) (*summary.Summary, Tally) {
	t.Helper()
	b := summary.NewBuilder(summary.Head{Assembly: f.Assembly(), Samples: req.Samples, Frequency: req.Frequency}, 0)
	unmatched := int64(0)
	tally, err := f.Scan(t.Context(), nil, func(r *Record) error {
		b.Add(r.Variants(), uint64(r.Offset))
		if !r.IsReferenceBlock() {
			unmatched += int64(r.Unmatched())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s := b.Finish()
	s.Head.Unmatched = unmatched
	s.Head.SHA256, s.Head.Size = tally.Summary.SHA256, tally.Summary.Size
	s.Head.Records, s.Head.BadTotal, s.Head.Bad = tally.Records, tally.BadTotal, tally.Bad
	return s, tally
}

// sameColumns holds the columns of the fast way against those of the plain way,
// and tells how many lines went which way.
func sameColumns(t *testing.T, path string, samples []string, rule review.FrequencyRule) (usual, unusual int64) {
	t.Helper()
	f := opened(t, path)
	if samples == nil {
		samples = f.Header().Samples[:min(len(f.Header().Samples), 4)]
	}
	req := ColumnsRequest{Samples: samples, Frequency: rule, Workers: 3}
	want, tally := recordColumns(t, f, req)
	got, err := f.columns(t.Context(), req, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(tally, got.tally); d != "" {
		t.Errorf("tally: %s", d)
	}
	compareColumns(t, want, got.summary)
	return got.usual, got.unusual
}

func compareColumns(t *testing.T, want, got *summary.Summary) {
	t.Helper()
	if d := cmp.Diff(want.Head, got.Head); d != "" {
		t.Errorf("head: %s", d)
	}
	if d := cmp.Diff(want.Contigs, got.Contigs); d != "" {
		t.Errorf("contigs: %s", d)
	}
	if got.Len() != want.Len() {
		t.Fatalf("%d rows, want %d", got.Len(), want.Len())
	}
	const most = 5
	wrong := 0
	for i := range want.Len() {
		if a, b := cellsOf(want, i), cellsOf(got, i); !reflect.DeepEqual(a, b) {
			if wrong++; wrong <= most {
				t.Errorf("row %d of %d: %s", i, want.Len(), cmp.Diff(a, b))
			}
		}
	}
	if wrong > most {
		t.Errorf("%d rows differ", wrong)
	}
}

// rowCells is one row with what its numbers stand for.
type readCells struct {
	Key    genome.Key
	Offset uint64
	Flags  summary.Flags
	Freq   uint32
	Splice uint8
	Qual   summary.Quality
	Genes  []summary.Gene
	Rows   []summary.TxRow
	View   summary.View
	Calls  []summary.CallCells
}

func cellsOf(s *summary.Summary, i int) readCells {
	c := readCells{
		Key: s.Key(i), Offset: s.Offset(i), Flags: s.Flags[i], Freq: math.Float32bits(s.Freq[i]), Splice: s.Splice[i],
		Qual: s.Qual[i], Genes: s.GeneSets[s.Genes[i]], Rows: s.RowSets[s.Rows[i]],
	}
	if v := s.Views[i]; v != summary.SeeRecord {
		c.View = s.ViewSets[v]
	}
	for _, p := range s.Calls {
		c.Calls = append(c.Calls, summary.CallCells{GT: p.GT[i], Depth: p.Depth[i], GQ: p.GQ[i], Share: p.Share[i]})
	}
	return c
}

// TestColumnsReal makes the columns of every real file both ways.
func TestColumnsReal(t *testing.T) {
	files := 0
	rule := review.FrequencyRule{MinAN: 2000, Exclude: []string{"asj", "FIN"}}
	err := filepath.WalkDir(shared(t), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !strings.HasSuffix(path, "vcf.gz") && !strings.HasSuffix(path, ".vcf.bgz") {
			return nil
		}
		if st, err := d.Info(); err != nil || testing.Short() && st.Size() > 1<<20 {
			return err
		}
		f, err := Open(path)
		if err != nil {
			return nil // without an index, or broken: other tests' matter
		}
		defer f.Close()
		if _, err := f.Scan(t.Context(), nil, func(*Record) error { return nil }); err != nil {
			return nil
		}
		files++
		name, _ := filepath.Rel(shared(t), path)
		t.Run(name, func(t *testing.T) {
			usual, unusual := sameColumns(t, path, nil, rule)
			if all := usual + unusual; all > 0 {
				t.Logf("%d lines, %.1f %% read directly", all, 100*float64(usual)/float64(all))
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Errorf("only %d files were looked at", files)
	}
}

// TestColumnsManyStretches has a file of several stretches with bad, empty and
// unusual lines all over it.
func TestColumnsManyStretches(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var b strings.Builder
	b.WriteString(header38(`##INFO=<ID=CSQ,Number=.,Type=String,Description="Format: Allele|Consequence|SYMBOL|HGNC_ID|BIOTYPE|MAX_AF">`))
	const n = 40_000
	for i := range n {
		contig, pos := []string{"chr1", "chr2", "chrX"}[i*3/n], 1000+i*10
		alt := []string{"G", "G,T", "GA", "<DEL>", "*,G"}[r.IntN(5)]
		gene := pos / 700
		line := fmt.Sprintf("%s %d . A %s %d PASS X=%x;CSQ=G|missense_variant|GENE%d|HGNC:%d|protein_coding|0.%d,G|upstream_gene_variant|GENE%d|HGNC:%d|lncRNA| GT:DP:AD 0/1:%d:9,9 0/0:30:. 1/1:9:0,9",
			contig, pos, alt, r.IntN(999), r.Uint64(), gene, gene, r.IntN(1000), gene+1, gene+1, r.IntN(400))
		switch {
		case i%977 == 0:
			line = strings.Replace(line, "0/1", "0/7", 1)
		case i%1301 == 0:
			b.WriteString("\n")
		case i%1709 == 0:
			line = strings.Replace(line, " A ", " Q ", 1)
		}
		b.WriteString(rec(line))
	}
	usual, unusual := sameColumns(t, made(t, b.String()), []string{"mum", "kid"}, review.FrequencyRule{})
	if usual < n/2 || unusual == 0 {
		t.Errorf("%d lines read directly, %d not", usual, unusual)
	}
}

// TestColumnsAligned left-aligns keys in both ways alike.
func TestColumnsAligned(t *testing.T) {
	var b strings.Builder
	b.WriteString("##fileformat=VCFv4.2\n##contig=<ID=chr1,length=60>\n##contig=<ID=chr9>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
	for pos := 2; pos < 50; pos++ {
		for size := 1; size < 5; size++ {
			ref := repeatSequence[pos-1 : pos-1+size]
			b.WriteString(rec(fmt.Sprintf("chr1 %d . %s %s,%s . . .", pos, ref, ref[:1], ref+repeatSequence[pos+size-1:pos+size+2])))
		}
	}
	b.WriteString(rec("chr9 5 . CAA CA . . ."))
	f := opened(t, made(t, b.String()))
	if err := f.SetReference(repeatReference()); err != nil {
		t.Fatal(err)
	}
	want, tally := recordColumns(t, f, ColumnsRequest{})
	got, err := f.columns(t.Context(), ColumnsRequest{Workers: 2}, nil)
	if err != nil || tally.BadTotal > 0 {
		t.Fatal(err, tally.Bad)
	}
	compareColumns(t, want, got.summary)
	moved := 0
	for i := range got.summary.Len() {
		if got.summary.Flags[i]&summary.TrimmedOnly > 0 {
			moved++
		}
	}
	if moved != 1 || got.summary.Head.Trimmed != 1 || got.unusual > 0 {
		t.Errorf("%d alleles are trimmed only, want the one on chr9; %d lines were not read directly", moved, got.unusual)
	}
}
