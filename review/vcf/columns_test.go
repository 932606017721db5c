package vcf

import (
	"io/fs"
	"math"
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
	tally, err := f.Scan(t.Context(), nil, func(r *Record) error {
		b.Add(r.Variants(), uint64(r.Offset))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s := b.Finish()
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
