package vcf

import (
	"path/filepath"
	"testing"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/genome"
	"garrod/review/reviewtest/made/large"
	"garrod/review/summary"
)

// largeFile makes 100,000 records of a trio, and their columns.
func largeFile(b *testing.B) (*File, *summary.Summary) {
	b.Helper()
	needTools(b, "bgzip", "tabix")
	path := filepath.Join(b.TempDir(), "trio.vcf.gz")
	if err := (large.File{Kind: large.Trio, Records: 100_000, Seed: 1, Sex: review.Male}).Save(b.Context(), path); err != nil {
		b.Fatal(err)
	}
	f := opened(b, path)
	s, _, err := f.Columns(b.Context(), ColumnsRequest{Samples: f.Header().Samples}, nil)
	if err != nil {
		b.Fatal(err)
	}
	return f, s
}

// BenchmarkFetchRows reads the full details of 50 rows, as many as a screen shows.
func BenchmarkFetchRows(b *testing.B) {
	f, s := largeFile(b)
	at := make([]bgz.Offset, 50)
	for i := range at {
		at[i] = bgz.Offset(s.Offset(i * s.Len() / len(at)))
	}
	for b.Loop() {
		err := f.Fetch(b.Context(), at, func(_ int, r *Record) error {
			_ = r.Variants()
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPanelRegions makes columns of 300 regions of 20,000 bases through the
// index.
func BenchmarkPanelRegions(b *testing.B) {
	f, s := largeFile(b)
	var stretches []genome.Range
	for i := range 300 {
		row := i * s.Len() / 300
		stretches = append(stretches, genome.Range{Contig: s.Contig(row), First: genome.Pos(s.Pos[row]), Last: genome.Pos(s.Pos[row]) + 20_000})
	}
	req := ColumnsRequest{Samples: f.Header().Samples}
	for b.Loop() {
		if _, err := f.RegionColumns(b.Context(), req, stretches); err != nil {
			b.Fatal(err)
		}
	}
}
