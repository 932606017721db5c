package bgz

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"garrod/review"

	"github.com/biogo/hts/bgzf"
	"github.com/google/go-cmp/cmp"
)

// Traps of BGZF and of indexes, and the test that covers each:
//
//	a cut exactly between two blocks, or behind a block's header
//	                                  TestTruncationIsFound, TestScanFindsWhatLinesFinds, TestRegionOfACutFile
//	an index of another file, which finds nothing in silence
//	                                  TestIndexOfAnotherFile, TestForeignIndexIsTold
//	an index that points past the end of the file
//	                                  TestRegionOfACutFile
//	the index of a file without records, for which the library answers nil, nil
//	                                  TestIndexTellsUnknownFromEmpty
//	a query right of the last record, on a contig without records, on an unknown one
//	                                  TestIndexTellsUnknownFromEmpty
//	CSI: names are in its auxiliary data, contigs may be longer than 512 Mbp
//	                                  TestRegionsEqualALinearRead, TestReach
//	tabix: no position behind 512 Mbp TestReach, TestTabixIndexBehindItsReach
//	an index as it lies on disk is compressed, and read in small pieces
//	                                  TestBrokenIndexIsRefused, FuzzReadIndex
//	two readers of one file           TestTwoReadersOfOneFile
//	a chunk holds more lines than the region, some of them before it
//	                                  TestRegionsEqualALinearRead
//	trailing bytes, end-of-file blocks inside, blocks of 65,536 bytes, plain gzip
//	                                  TestTrailingBytesAndEmbeddedEndBlocks, TestScanEqualsLinesOnMadeFiles,
//	                                  TestRegionsOverEmbeddedEndBlocks, TestWhatIsNotBGZFIsNamed

// site is where a record lies, and its line.
type site struct {
	contig      string
	first, last int64
	line        string
}

// siteOf reads the reach of a record as tabix does: by END, or else by REF. It
// leaves the line out.
func siteOf(line []byte) (site, bool) {
	var f [8][]byte
	rest := line
	for i := range f {
		f[i], rest, _ = bytes.Cut(rest, []byte("\t"))
	}
	if line[0] == '#' || len(f[3]) == 0 {
		return site{}, false
	}
	pos, err := strconv.ParseInt(string(f[1]), 10, 64)
	if err != nil {
		return site{}, false
	}
	s := site{contig: string(f[0]), first: pos, last: pos + int64(len(f[3])) - 1}
	end, ok := bytes.CutPrefix(f[7], []byte("END="))
	if !ok {
		_, end, ok = bytes.Cut(f[7], []byte(";END="))
	}
	if ok {
		end, _, _ = bytes.Cut(end, []byte(";"))
		if e, err := strconv.ParseInt(string(end), 10, 64); err == nil && e > pos {
			s.last = e
		}
	}
	return s, true
}

// sites reads all records of a file, one after the other.
func sites(t testing.TB, path string) ([]site, error) {
	t.Helper()
	var all []site
	_, err := Lines(t.Context(), path, nil, func(line []byte, _ Offset) error {
		if len(line) == 0 {
			return nil
		}
		if s, ok := siteOf(line); ok {
			s.line = string(line)
			all = append(all, s)
		}
		return nil
	})
	return all, err
}

// holdRegionsAgainst compares n random regions, looked up, with all.
func holdRegionsAgainst(t *testing.T, r *Reader, all []site, n int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(uint64(n), 77))
	on := map[string][]site{}
	for _, s := range all {
		on[s.contig] = append(on[s.contig], s)
	}
	for range n {
		s := all[rng.IntN(len(all))]
		width := []int64{1, 1, 10, 1000, 30_000, 3_000_000}[rng.IntN(6)]
		first := max(1, s.first-rng.Int64N(width+5)+rng.Int64N(width+5))
		last := first + rng.Int64N(width)
		var want, got []string
		for _, o := range on[s.contig] {
			if o.first <= last && o.last >= first {
				want = append(want, o.line)
			}
		}
		err := r.Region(t.Context(), s.contig, first, last, func(line []byte, _ Offset) error {
			if o, ok := siteOf(line); ok && o.first <= last && o.last >= first {
				got = append(got, string(line))
			}
			return nil
		})
		if err != nil {
			t.Fatalf("%s:%d-%d: %v", s.contig, first, last, err)
		}
		if !slices.Equal(want, got) {
			t.Fatalf("%s:%d-%d: %d lines read through the index, %d in a linear read\n%s", s.contig, first, last, len(got), len(want),
				cmp.Diff(want, got))
		}
	}
}

// awkwardVCF has records with long REFs, deletions with END, many at one place,
// and contigs with colons; where long is set also one of 1.5 Gbp.
func awkwardVCF(records int, long bool) string {
	rng := rand.New(rand.NewPCG(12, 34))
	contigs := map[string]int64{"chr1": 248_956_422, "HLA-A*01:01:01:01": 3_503, "chr2:1-100": 90_000_000, "X": 500_000_000}
	if long {
		contigs["huge"] = 1_500_000_000
	}
	names := make([]string, 0, len(contigs))
	for n := range contigs {
		names = append(names, n)
	}
	slices.Sort(names)
	var b strings.Builder
	b.WriteString("##fileformat=VCFv4.3\n##INFO=<ID=END,Number=1,Type=Integer,Description=\"end\">\n##INFO=<ID=F,Number=1,Type=String,Description=\"filler\">\n")
	for _, n := range names {
		fmt.Fprintf(&b, "##contig=<ID=%s,length=%d>\n", n, contigs[n])
	}
	b.WriteString("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
	for _, n := range names {
		step := contigs[n] / int64(records)
		for pos := 1 + rng.Int64N(step+1); pos < contigs[n]; pos += rng.Int64N(2*step + 2) {
			ref, alt, info := "A", "G", fmt.Sprintf("F=%x", rng.Uint64())
			switch rng.IntN(40) {
			case 0:
				ref = strings.Repeat("ACGT", 1+rng.IntN(800))
			case 1:
				alt, info = "<DEL>", fmt.Sprintf("END=%d;F=1", min(pos+rng.Int64N(2_000_000), contigs[n]))
			case 2:
				info = "F=" + strings.Repeat("x", rng.IntN(4_000))
			case 3:
				if rng.IntN(50) == 0 {
					info = "F=" + strings.Repeat("y", 300_000)
				}
			}
			fmt.Fprintf(&b, "%s\t%d\t.\t%s\t%s\t.\t.\t%s\n", n, pos, ref, alt, info)
		}
	}
	return b.String()
}

func TestRegionsEqualALinearRead(t *testing.T) {
	for _, kind := range []string{"tbi", "csi"} {
		t.Run(kind, func(t *testing.T) {
			path, x := indexed(t, awkwardVCF(2500, kind == "csi"), kind)
			all, err := sites(t, path)
			if err != nil {
				t.Fatal(err)
			}
			holdRegionsAgainst(t, opened(t, path, x), all, 5000)
		})
	}
}

// TestRegionsOfSharedFiles reads every index there is, and every file with one.
func TestRegionsOfSharedFiles(t *testing.T) {
	needTools(t)
	indexes, compared := 0, 0
	for _, p := range sharedFiles(t, ".tbi", ".csi") {
		path := strings.TrimSuffix(strings.TrimSuffix(p, ".tbi"), ".csi")
		x, err := ReadIndex(t.Context(), p)
		if err != nil {
			if _, ok := errors.AsType[*review.InputError](err); !ok {
				t.Errorf("%s: %v", p, err)
			}
			t.Log(err)
			continue
		}
		indexes++
		vcf := strings.HasSuffix(path, "vcf.gz") || strings.HasSuffix(path, "vcf.bgz")
		if _, err := os.Stat(path); err != nil || !vcf {
			continue
		}
		all, err := sites(t, path)
		if err != nil || len(all) == 0 {
			t.Logf("%s: %d records, %v", filepath.Base(path), len(all), err)
			continue
		}
		r := opened(t, path, x)
		if code := errCode(r.Region(t.Context(), all[0].contig, all[0].first, all[0].last, func([]byte, Offset) error { return nil })); code == CodeIndexForeign {
			if err := exec.Command("tabix", path, all[0].contig).Run(); err == nil {
				t.Errorf("%s: tabix takes the index", p)
			}
			t.Logf("%s is of another file", filepath.Base(p))
			continue
		}
		t.Run(filepath.Base(p), func(t *testing.T) { holdRegionsAgainst(t, r, all, 50) })
		compared++
	}
	t.Logf("%d indexes read, %d of them compared with their file", indexes, compared)
}

// Regions read through blocks of our own are those of the library's reader.
func TestChunksEqualTheLibrarysReader(t *testing.T) {
	path, x := indexed(t, awkwardVCF(1500, true), "csi")
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in, err := bgzf.NewReader(f, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	_, at := allLines(t, path)
	r := opened(t, path, x)
	rng := rand.New(rand.NewPCG(3, 3))
	for range 500 {
		o := at[rng.IntN(len(at))]
		if err := in.Seek(bgzf.Offset{File: o.Block(), Block: uint16(o.Within())}); err != nil {
			t.Fatal(err)
		}
		var want []byte
		for one := make([]byte, 1); ; {
			if n, err := in.Read(one); n == 0 || err != nil || one[0] == '\n' {
				break
			}
			want = append(want, one[0])
		}
		if err := r.Fetch(t.Context(), []Offset{o}, func(_ int, line []byte) error {
			if !bytes.Equal(line, want) {
				t.Errorf("line at %d/%d: %d bytes, want %d", o.Block(), o.Within(), len(line), len(want))
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// Trap: with the index of another file most look-ups find nothing in silence.
// What Index tells is enough to notice it before any look-up.
func TestForeignIndexIsTold(t *testing.T) {
	path, own := indexed(t, madeVCF(3000), "tbi")
	size := int64(len(read(t, path)))
	for name, content := range map[string]string{
		"more records":    madeVCF(9000),
		"fewer records":   madeVCF(2900),
		"another naming":  strings.ReplaceAll(madeVCF(3000), "chr", ""),
		"a contig less":   strings.ReplaceAll(madeVCF(3000), "\nchr3\t", "\n##"),
		"one record less": strings.Replace(madeVCF(3000), "chr3\t300\t", "#\t", 1),
	} {
		_, x := indexed(t, content, "tbi")
		told := x.End().Block() > size || !slices.Equal(x.Names(), own.Names())
		for _, n := range own.Names() {
			mine, _ := own.Records(n)
			theirs, ok := x.Records(n)
			told = told || !ok || mine != theirs
		}
		if !told {
			t.Errorf("%s: names, counts and end are those of the own index", name)
		}
	}
}

// Old versions of tabix wrote bins behind 512 Mbp, where no look-up reaches: what
// lies in them would be lost in silence.
func TestTabixIndexBehindItsReach(t *testing.T) {
	path, _ := indexed(t, madeVCF(300), "tbi")
	raw := gunzip(t, path+".tbi")
	leaf := binary.LittleEndian.AppendUint32(nil, 4681) // the first of the smallest bins
	at := bytes.Index(raw, leaf)
	if at < 0 {
		t.Fatal("no smallest bin")
	}
	for _, bin := range []uint32{37449, 37451, 50_000, 1 << 31} {
		binary.LittleEndian.PutUint32(raw[at:], bin)
		write(t, path+".tbi", append(blocksOf(t, raw, func() int { return maxBlock }), eofBlock...))
		_, err := OpenIndex(t.Context(), path)
		wantCode(t, err, CodeIndexBroken, "512 Mbp", "tabix -C -p vcf "+path)
	}
}

func TestReach(t *testing.T) {
	_, x := indexed(t, madeVCF(5), "tbi")
	if x.Reach() != 512<<20 {
		t.Errorf("tabix reaches %d", x.Reach())
	}
	if c, err := x.Chunks("chr1", 512<<20+1, 1<<31); c != nil || err != nil {
		t.Errorf("behind the reach: %v, %v", c, err)
	}
	path, x := indexed(t, awkwardVCF(500, true), "csi")
	if x.Reach() < 1_500_000_000 {
		t.Errorf("CSI reaches %d", x.Reach())
	}
	r := opened(t, path, x)
	if n := len(region(t, r, "huge", 1_000_000_000, 1_500_000_000)); n < 50 {
		t.Errorf("%d records in the last third of huge", n)
	}
}

// End-of-file blocks inside a file (cat a.gz b.gz) end no region.
func TestRegionsOverEmbeddedEndBlocks(t *testing.T) {
	needTools(t)
	content := []byte(madeVCF(3000))
	cut := bytes.Index(content, []byte("\nchr3")) - 9000
	var blocks []byte
	for _, part := range [][]byte{content[:cut], content[cut : cut+5], content[cut+5:]} {
		blocks = append(append(blocks, blocksOf(t, part, func() int { return maxBlock })...), eofBlock+eofBlock...)
	}
	path := madeFile(t, blocks)
	run(t, "tabix", "-p", "vcf", path)
	x, err := OpenIndex(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	all, err := sites(t, path)
	if err != nil || len(all) != 6000 {
		t.Fatalf("%d records, %v", len(all), err)
	}
	r := opened(t, path, x)
	holdRegionsAgainst(t, r, all, 500)
	if n := len(region(t, r, "chr1", 1, 1<<29)); n != 3000 {
		t.Errorf("chr1: %d records, want 3000", n)
	}
}
