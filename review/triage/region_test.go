package triage

import (
	"errors"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/genome"

	"github.com/google/go-cmp/cmp"
)

func TestReadBED(t *testing.T) {
	bed := "browser position chr1\ntrack name=x\n# comment\nchr2\t9\t20\tname\t0\t+\r\n\nchr10 0 5\nchr2\t20\t30\nMT\t0\t10\nchr2\t100\t101\n"
	q, err := ReadBED("t.bed", []byte(bed), genome.GRCh38)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2:10-30", "2:101-101", "10:1-5", "MT:1-10"} // touching ranges are one
	if d := cmp.Diff(want, q.Ranges); d != "" || q.Name != "t.bed" || len(q.SHA256) != 64 || q.Assembly != genome.GRCh38 {
		t.Errorf("%+v (-want +got):\n%s", q, d)
	}
	for _, tt := range []struct {
		text, field string
		line        int
	}{
		{"chr1\t1\n", "", 1},
		{"chr1\t1\t5\nchr1\tx\t5\n", "start", 2},
		{"chr1\t-1\t5\n", "start", 1},
		{"chr1\t1\t5.5\n", "end", 1},
		{"#\nchr1\t5\t5\n", "end", 2},
		{"chr1\t6\t5\n", "end", 1},
		{"\t6\t7\n", "chromosome", 1},
		{"chr21\t1\t46709984\n", "end", 1}, // one base too many on GRCh38
		{"# nothing\n", "", 0},
		{"", "", 0},
		{"chr1\t1\t2\n" + strings.Repeat("x", maxBEDLine+1), "", 2},
	} {
		_, err := ReadBED("t.bed", []byte(tt.text), genome.GRCh38)
		e, ok := errors.AsType[*review.InputError](err)
		if !ok || e.File != "t.bed" || e.Line != tt.line || e.Field != tt.field || e.What == "" || e.Remedy == "" {
			t.Errorf("ReadBED(%.40q) = %v, want an input error at line %d, %q", tt.text, err, tt.line, tt.field)
		}
	}
}

func TestRegionStep(t *testing.T) {
	region := RegionFilter{Assembly: genome.GRCh38, Ranges: []string{"1:100-200", "1:300-300", "1:400-500", "1:450-460", "2:1-10"}}
	del := variant(t, "1-301-A-G", "kid=0/1")
	del.Kind, del.Key.Alt, del.Record.End = review.Symbolic, "<DEL>", 400
	for _, tt := range []struct {
		v           review.Variant
		inside, out string
	}{
		{variant(t, "1-99-A-G", "kid=0/1"), "removed", "kept"},
		{variant(t, "1-100-A-G", "kid=0/1"), "kept", "removed"},
		{variant(t, "1-200-A-G", "kid=0/1"), "kept", "removed"},
		{variant(t, "1-201-A-G", "kid=0/1"), "removed", "kept"},
		{variant(t, "1-98-ACG-A", "kid=0/1"), "kept", "removed"}, // a deletion reaches in
		{variant(t, "1-99-A-ACG", "kid=0/1"), "kept", "kept"},    // an insertion at the edge
		{variant(t, "1-98-A-ACG", "kid=0/1"), "removed", "kept"},
		{variant(t, "1-300-A-G", "kid=0/1"), "kept", "removed"},
		{variant(t, "1-480-A-G", "kid=0/1"), "kept", "removed"}, // behind a range inside another
		{del, "kept", "removed"},
		{variant(t, "3-100-A-G", "kid=0/1"), "removed", "kept"},
	} {
		f := AllVariants()
		q := region
		f.Region = &q
		if got, value := stepOf(t, single(review.Female), f, tt.v, stepRegion); got != tt.inside {
			t.Errorf("%s inside: %s (%s), want %s", tt.v.Key, got, value, tt.inside)
		}
		q.Exclude = true
		if got, value := stepOf(t, single(review.Female), f, tt.v, stepRegion); got != tt.out {
			t.Errorf("%s outside: %s (%s), want %s", tt.v.Key, got, value, tt.out)
		}
	}
}

// Ranges of another assembly, and a file that nobody read, are refused.
func TestRegionRefuses(t *testing.T) {
	for _, q := range []RegionFilter{
		{Assembly: genome.GRCh37, Ranges: []string{"1:1-2"}},
		{Assembly: genome.GRCh38, File: "t.bed"},
	} {
		f := AllVariants()
		f.Region = &q
		_, err := Run(t.Context(), one(), single(review.Female), f, nil)
		if _, ok := errors.AsType[*review.InputError](err); !ok {
			t.Errorf("%+v: %v, want an input error", q, err)
		}
	}
}

// What the columns tell of ranges is what records tell.
func TestRegionOnColumns(t *testing.T) {
	for seed := range uint64(10) {
		src := random(t, 500+seed, 200)
		for _, exclude := range []bool{false, true} {
			f := AllVariants()
			f.Region = &RegionFilter{Assembly: genome.GRCh38, Exclude: exclude, Ranges: []string{"1:1000-1100", "1:1200-1203", "2:1051-1400", "X:1-100000", "MT:1300-1310"}}
			want, got := reference(t, src, trio(review.Female), f), run(t, src, trio(review.Female), f)
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("seed %d, exclude %v (-records +columns):\n%s", seed, exclude, d)
			}
		}
	}
}

func FuzzReadBED(f *testing.F) {
	f.Add("chr1\t0\t5\n")
	f.Fuzz(func(t *testing.T, s string) {
		q, err := ReadBED("f", []byte(s), genome.GRCh38)
		if err != nil {
			return
		}
		if _, err := newRegions(q); err != nil {
			t.Errorf("ReadBED(%q) gives ranges that are refused: %v", s, err)
		}
	})
}
