package bgz

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// fourContigs has n records on each of chr1 to chr4, in one block, so that an
// index survives a change that keeps all lengths.
func fourContigs(n int) string {
	var b strings.Builder
	b.WriteString("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
	for c := 1; c <= 4; c++ {
		for i := 1; i <= n; i++ {
			fmt.Fprintf(&b, "chr%d\t%d\t.\tA\tG\t.\t.\t.\n", c, 1_000_000+i*1000)
		}
	}
	return b.String()
}

// A line whose place cannot be read does not end a region in silence: what
// follows it would be lost.
func TestRegionStopsAtABrokenLine(t *testing.T) {
	whole := fourContigs(60)
	for _, tt := range []struct{ name, old, new, code string }{
		{"text in POS", "chr4\t1022000", "chr4\t1022x00", CodeRecordBroken},
		{"text in POS of the first", "chr4\t1001000", "chr4\tx001000", CodeRecordBroken},
		{"text in POS of the last", "chr4\t1060000", "chr4\t106000.", CodeRecordBroken},
		{"no tabs", "chr4\t1022000\t.\tA\tG\t.\t.\t.", "chr4 1022000 . A G . . .", CodeRecordBroken},
		{"a comment among the records", "chr4\t1022000", "#hr4\t1022000", CodeRecordBroken},
		{"a contig that is none", "chr4\t1022000", "chrr\t1022000", CodeRecordBroken},
		{"a contig that is none in the first", "chr4\t1001000", "chrr\t1001000", CodeIndexForeign},
	} {
		for _, kind := range []string{"tbi", "csi"} {
			t.Run(tt.name+" "+kind, func(t *testing.T) {
				path, x := indexed(t, whole, kind)
				changed := strings.Replace(whole, tt.old, tt.new, 1)
				if changed == whole || len(changed) != len(whole) {
					t.Fatal("nothing replaced, or the length changed")
				}
				again := compress(t, "a.vcf", changed)
				if err := os.Rename(again, path); err != nil {
					t.Fatal(err)
				}
				r, err := OpenReader(path, x)
				if err != nil {
					t.Fatal(err)
				}
				defer r.Close()
				err = r.Region(t.Context(), "chr4", 1, 1<<29, func([]byte, Offset) error { return nil })
				wantCode(t, err, tt.code)
				if n := len(region(t, r, "chr2", 1, 1<<29)); n != 60 {
					t.Errorf("chr2, which is sound: %d lines, want 60", n)
				}
			})
		}
	}
}

// tabix passes over a line without a position, with a message and without an
// error: the line is refused where it may belong, and the other contigs are read.
func TestRegionOverALineThatTabixPassedOver(t *testing.T) {
	for _, record := range []string{"chr3\t1001000", "chr3\t1022000", "chr3\t1060000"} {
		for _, kind := range []string{"tbi", "csi"} {
			path, x := indexed(t, strings.Replace(fourContigs(60), record, strings.Replace(record, "\t", "\tx", 1), 1), kind)
			r, err := OpenReader(path, x)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			err = r.Region(t.Context(), "chr3", 1, 1<<29, func([]byte, Offset) error { return nil })
			wantCode(t, err, CodeRecordBroken, "vcf check "+path)
			for _, contig := range []string{"chr1", "chr2", "chr4"} {
				if n := len(region(t, r, contig, 1, 1<<29)); n != 60 {
					t.Errorf("%q broken, %s: %d lines, want 60", record, contig, n)
				}
			}
		}
	}
}

// Neither an empty line nor the start of the next contig is a broken line.
func TestRegionPassesEmptyLines(t *testing.T) {
	content := fourContigs(60)
	for _, before := range []string{"chr2\t1001000", "chr2\t1030000", "chr3\t1001000"} {
		content = strings.Replace(content, before, "\n\n"+before, 1)
	}
	path, x := indexed(t, content, "tbi")
	r, err := OpenReader(path, x)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, contig := range []string{"chr1", "chr2", "chr3", "chr4"} {
		if n := len(region(t, r, contig, 1, 1<<29)); n != 60 {
			t.Errorf("%s: %d lines, want 60", contig, n)
		}
		if n := len(region(t, r, contig, 1_020_000, 1_040_000)); n != 21 {
			t.Errorf("%s 1,020,000 to 1,040,000: %d lines, want 21", contig, n)
		}
	}
}
