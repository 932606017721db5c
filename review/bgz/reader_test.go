package bgz

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// indexed compresses content and indexes it as kind ("tbi" or "csi").
func indexed(t testing.TB, content, kind string) (string, *Index) {
	t.Helper()
	path := compress(t, "a.vcf", content)
	if kind == "csi" {
		run(t, "tabix", "-C", "-p", "vcf", path)
	} else {
		run(t, "tabix", "-p", "vcf", path)
	}
	p, err := FindIndex(path)
	if err != nil {
		t.Fatal(err)
	}
	x, err := ReadIndex(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return path, x
}

// region collects the lines that start in the region.
func region(t testing.TB, r *Reader, contig string, first, last int64) []string {
	t.Helper()
	var got []string
	err := r.Region(t.Context(), contig, first, last, func(line []byte, _ Offset) error {
		if _, pos, _ := place(line); pos >= first {
			got = append(got, string(line))
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%s:%d-%d: %v", contig, first, last, err)
	}
	return got
}

func TestRegionEqualsLinearScan(t *testing.T) {
	for _, kind := range []string{"tbi", "csi"} {
		t.Run(kind, func(t *testing.T) {
			path, x := indexed(t, madeVCF(4000), kind)
			if x.Kind != kind {
				t.Fatalf("index kind %s, want %s", x.Kind, kind)
			}
			r, err := OpenReader(path, x)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			var all []string
			if _, err := Lines(t.Context(), path, nil, func(line []byte, _ Offset) error {
				if line[0] != '#' {
					all = append(all, string(line))
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			rnd := rand.New(rand.NewPCG(1, 2))
			for range 200 {
				contig := []string{"chr1", "chr3"}[rnd.IntN(2)]
				first := rnd.Int64N(410_000)
				last := first + rnd.Int64N(30_000)
				var want []string
				for _, l := range all {
					if c, p, _ := place([]byte(l)); string(c) == contig && p >= first && p <= last {
						want = append(want, l)
					}
				}
				if d := cmp.Diff(want, region(t, r, contig, first, last)); d != "" {
					t.Fatalf("%s:%d-%d (-scan +region):\n%s", contig, first, last, d)
				}
			}
			if n := len(region(t, r, "chr1", 1, 1<<40)); n != 4000 {
				t.Errorf("the whole of chr1: %d lines, want 4000", n)
			}
		})
	}
}

// Traps 3 and 4: nothing found is no failure, and the index knows which contigs
// have records.
func TestIndexTellsUnknownFromEmpty(t *testing.T) {
	for _, kind := range []string{"tbi", "csi"} {
		t.Run(kind, func(t *testing.T) {
			path, x := indexed(t, madeVCF(50), kind)
			r, err := OpenReader(path, x)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if d := cmp.Diff([]string{"chr1", "chr3"}, x.Names()); d != "" {
				t.Errorf("Names (-want +got):\n%s", d)
			}
			for _, tt := range []struct {
				contig      string
				first, last int64
			}{
				{"chr2", 1, 1000},
				{"1", 1, 1000},
				{"chr1", 1_000_000, 2_000_000},
				{"chr1", 400_000_000, 600_000_000},
				{"chr1", 600_000_000, 700_000_000},
				{"chr1", 10, 5},
			} {
				if got := region(t, r, tt.contig, tt.first, tt.last); got != nil {
					t.Errorf("%s:%d-%d: %d lines, want none", tt.contig, tt.first, tt.last, len(got))
				}
			}
			if n, ok := x.Records("chr3"); n != 50 || !ok {
				t.Errorf("Records(chr3) = %d, %t; want 50", n, ok)
			}
			if n, ok := x.Records("chr2"); n != 0 || !ok {
				t.Errorf("Records(chr2) = %d, %t; want 0", n, ok)
			}
			if size := int64(len(read(t, path))); x.End().Block() > size {
				t.Errorf("End at %d of %d bytes", x.End().Block(), size)
			}
		})
	}
	for _, kind := range []string{"tbi", "csi"} {
		_, x := indexed(t, madeVCF(0), kind)
		if len(x.Names()) != 0 || x.Has("chr1") {
			t.Errorf("%s of a file without records names %v", kind, x.Names())
		}
		if c, err := x.Chunks("chr1", 1, 100); c != nil || err != nil {
			t.Errorf("%s of a file without records: %v, %v", kind, c, err)
		}
	}
}

// Trap 9: each reader has a handle of its own.
func TestTwoReadersOfOneFile(t *testing.T) {
	path, x := indexed(t, madeVCF(4000), "tbi")
	var want []string
	for i, contig := range []string{"chr1", "chr3"} {
		r, err := OpenReader(path, x)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		want = append(want, fmt.Sprint(len(region(t, r, contig, 1, 1<<30)), i))
		t.Run(contig, func(t *testing.T) {
			t.Parallel()
			other, err := OpenReader(path, x)
			if err != nil {
				t.Fatal(err)
			}
			defer other.Close()
			for i := range int64(50) {
				if n := len(region(t, other, contig, i*7000+1, i*7000+7000)); n != 70 {
					t.Fatalf("%s window %d: %d lines, want 70", contig, i, n)
				}
			}
		})
	}
	if want[0] != "4000 0" || want[1] != "4000 1" {
		t.Errorf("got %v", want)
	}
}

// Trap 2: with the index of another file most look-ups are silently empty; what
// can be noticed is.
func TestIndexOfAnotherFile(t *testing.T) {
	path, _ := indexed(t, madeVCF(3000), "tbi")
	_, foreign := indexed(t, strings.ReplaceAll(madeVCF(9000), "X=", "YY="), "tbi")
	r, err := OpenReader(path, foreign)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	noticed := 0
	for i := range int64(100) {
		if err := r.Region(t.Context(), "chr3", i*9000+1, i*9000+50, func([]byte, Offset) error { return nil }); err != nil {
			wantCode(t, err, CodeIndexForeign, "tabix -f -p vcf")
			noticed++
		}
	}
	if noticed == 0 {
		t.Error("no look-up noticed the foreign index")
	}
	if foreign.End().Block() <= int64(len(read(t, path))) {
		t.Error("the foreign index does not point past the end of the smaller file")
	}
}

func TestFindIndex(t *testing.T) {
	dir := t.TempDir()
	vcf := filepath.Join(dir, "x.vcf.gz")
	write(t, vcf, nil)
	_, err := FindIndex(vcf)
	wantCode(t, err, CodeIndexMissing, "tabix -p vcf "+vcf)
	for _, name := range []string{"x.vcf.csi", "x.vcf.gz.csi", "x.vcf.gz.tbi"} {
		p := filepath.Join(dir, name)
		write(t, p, nil)
		if got, err := FindIndex(vcf); err != nil || got != p {
			t.Errorf("FindIndex = %s, %v; want %s", got, err, p)
		}
	}
}

func TestBrokenIndexIsRefused(t *testing.T) {
	for _, kind := range []string{"tbi", "csi"} {
		path, _ := indexed(t, madeVCF(300), kind)
		inflated := gunzip(t, path+"."+kind)
		p := filepath.Join(t.TempDir(), "b."+kind)
		for _, cut := range []int{0, 3, 8, 20, 40, len(inflated) / 2} {
			write(t, p+".raw", inflated[:cut])
			write(t, p, run(t, "bgzip", "-c", p+".raw"))
			_, err := ReadIndex(t.Context(), p)
			wantCode(t, err, CodeIndexBroken, "tabix -f -p vcf")
		}
	}
}

// What is wrong with the index is not said of the file, and the remedy is that
// of an index.
func TestOpenIndexNamesTheIndex(t *testing.T) {
	for _, kind := range []string{"tbi", "csi"} {
		path, _ := indexed(t, madeVCF(3000), kind)
		sound := read(t, path+"."+kind)
		flipped := bytes.Clone(sound)
		flipped[len(flipped)/2] ^= 0x55
		for name, content := range map[string][]byte{
			"text": []byte("not an index"), "empty": nil, "cut": sound[:len(sound)/2], "cut at once": sound[:10],
			"damaged": flipped, "of another kind": read(t, path), "plain gzip": []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"),
		} {
			write(t, path+"."+kind, content)
			_, err := OpenIndex(t.Context(), path)
			wantCode(t, err, CodeIndexBroken, "a.vcf.gz."+kind+": the index is unreadable", "tabix -f -p vcf "+path)
			for _, wrong := range []string{"Compress it", "Copy the file", "Re-compress", "Give the"} {
				if strings.Contains(err.Error(), wrong) {
					t.Errorf("%s: %q, the remedy of a VCF", name, err)
				}
			}
		}
	}
}

// A sound index does not silently stand in for a broken one.
func TestBrokenIndexBesideASoundOne(t *testing.T) {
	path, _ := indexed(t, madeVCF(300), "csi")
	write(t, path+".tbi", []byte("not an index"))
	_, err := OpenIndex(t.Context(), path)
	wantCode(t, err, CodeIndexBroken, "a.vcf.gz.tbi: the index is unreadable", "a.vcf.gz.csi beside it can be read", "take a.vcf.gz.tbi away")
	if err := os.Remove(path + ".tbi"); err != nil {
		t.Fatal(err)
	}
	if x, err := OpenIndex(t.Context(), path); err != nil || x.Kind != "csi" {
		t.Errorf("the CSI alone: %v", err)
	}
	write(t, path+".csi", []byte("not an index"))
	stem := strings.TrimSuffix(path, ".gz")
	write(t, stem+".csi", []byte("nor this"))
	_, err = OpenIndex(t.Context(), path)
	wantCode(t, err, CodeIndexBroken, "tabix -f -p vcf "+path)
	if strings.Contains(err.Error(), "beside it") {
		t.Errorf("%v: no other can be read", err)
	}
}

func gunzip(t testing.TB, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The library panics or asks for all memory on counts that do not fit: the
// structure is checked before.
func FuzzReadIndex(f *testing.F) {
	for _, kind := range []string{"tbi", "csi"} {
		path, _ := indexed(f, madeVCF(3), kind)
		f.Add(gunzip(f, path+"."+kind))
	}
	f.Add([]byte("TBI\x01\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		x := &Index{ids: map[string]int{}}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := x.parse(bytes.Clone(b))
		runtime.ReadMemStats(&after)
		// A bin of four bytes or a chunk of 16 takes some more in memory.
		if got, most := after.TotalAlloc-before.TotalAlloc, uint64(1<<20+200*len(b)); got > most {
			t.Errorf("%d bytes of an index took %d bytes of memory", len(b), got)
		}
		if err != nil {
			return
		}
		for i, n := range x.names {
			x.ids[n] = i
		}
		for _, n := range x.names[:min(len(x.names), 20)] {
			x.Records(n)
			for _, last := range []int64{1_000_000, 600_000_000} {
				if _, err := x.Chunks(n, 1, last); err != nil {
					t.Log(err)
				}
			}
		}
	})
}
