package vcf

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/genome"
	reviewmade "garrod/review/reviewtest/made"
	"garrod/review/summary"

	"github.com/google/go-cmp/cmp"
)

// demoOpened is the file of the demonstration case.
func demoOpened(t *testing.T) *File {
	t.Helper()
	var text strings.Builder
	if err := reviewmade.Demo(&text); err != nil {
		t.Fatal(err)
	}
	in, err := reviewmade.Write(t.TempDir(), "demo", []byte(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(in.VCF)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// columnRows writes what columns say of each row.
func columnRows(s *summary.Summary) []string {
	var out []string
	for i := range s.Len() {
		out = append(out, fmt.Sprint(s.Key(i), s.Offset(i), s.Ordinal(i), s.Freq[i], s.Flags[i], s.GeneSets[s.Genes[i]], s.RowSets[s.Rows[i]], s.Calls[0].GT[i]))
	}
	return out
}

func TestRegionColumnsAreThoseOfTheWholeFile(t *testing.T) {
	f := demoOpened(t)
	req := ColumnsRequest{Samples: f.Header().Samples, Workers: 2}
	whole, _, err := f.Columns(t.Context(), req, nil)
	if err != nil {
		t.Fatal(err)
	}
	var everything []genome.Range
	for _, c := range whole.Contigs {
		// Cut through the middle of the contig's records, deletions among them.
		mid := genome.Pos(whole.Pos[(c.From+c.To)/2])
		everything = append(everything, genome.Range{Contig: c.Contig, First: 1, Last: mid}, genome.Range{Contig: c.Contig, First: mid + 1, Last: 1 << 28})
	}
	all, err := f.RegionColumns(t.Context(), req, everything)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(columnRows(whole), columnRows(all)); d != "" {
		t.Errorf("the whole file by regions (-scan +regions):\n%s", d)
	}
	if all.Head.Records != whole.Head.Records {
		t.Errorf("%d records, want %d", all.Head.Records, whole.Head.Records)
	}

	part := []genome.Range{{Contig: "2", First: 50550001, Last: 50550003}, {Contig: "18", First: 55257375, Last: 55257375}}
	few, err := f.RegionColumns(t.Context(), req, part)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for i := range few.Len() {
		keys = append(keys, few.Key(i).String())
	}
	// The deletion reaches into the first region from the left.
	if want := "2-50550000-GTTCA-G"; !slices.Contains(keys, want) || !slices.Contains(keys, "18-55257375-C-T") {
		t.Errorf("the regions hold %v, want %s among them", keys, want)
	}
}

func TestRegionColumnsRefuseAnUnknownContig(t *testing.T) {
	_, err := demoOpened(t).RegionColumns(t.Context(), ColumnsRequest{}, []genome.Range{{Contig: "HLA-A", First: 1, Last: 9}})
	if e, ok := errors.AsType[*review.InputError](err); !ok || e.Code != CodeContig {
		t.Errorf("got %v", err)
	}
}

func TestFetchGivesTheRecordsOfRows(t *testing.T) {
	f := demoOpened(t)
	s, _, err := f.Columns(t.Context(), ColumnsRequest{Samples: f.Header().Samples}, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := []int{s.Len() - 1, 0, 17, 1000}
	var offsets []bgz.Offset
	for _, row := range at {
		offsets = append(offsets, bgz.Offset(s.Offset(row)))
	}
	n := 0
	err = f.Fetch(t.Context(), offsets, func(i int, r *Record) error {
		n++
		if got := r.Variants()[s.Ordinal(at[i])].Key; got != s.Key(at[i]) {
			t.Errorf("row %d is %s, want %s", at[i], got, s.Key(at[i]))
		}
		return nil
	})
	if err != nil || n != len(at) {
		t.Errorf("%d records, %v", n, err)
	}
	err = f.Fetch(t.Context(), []bgz.Offset{offsets[1] + 1}, func(int, *Record) error { return nil })
	if e, ok := errors.AsType[*review.InputError](err); !ok || e.Code != bgz.CodeChanged || e.File != filepath.Base(f.Path()) {
		t.Errorf("no record there: %v", err)
	}
}
