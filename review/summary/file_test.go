package summary

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"garrod/review"
)

// madeSummary makes a Summary of n records.
func madeSummary(n int) (*Summary, []record) {
	records := inventedRecords(n)
	b := NewBuilder(testHead, n)
	for _, r := range records {
		b.Add(r.variants, r.at)
	}
	s := b.Finish()
	s.Head.SHA256, s.Head.Size, s.Head.Records = strings.Repeat("a", 64), 1234, int64(n)
	s.Head.Bad = []*review.InputError{{Code: "x", File: "f", Line: 3, What: "is bad", Remedy: "mend it"}}
	return s, records
}

func written(t testing.TB, s *Summary) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, s); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWriteRead(t *testing.T) {
	for _, n := range []int{0, 1, 3000, blockCells} {
		if n == blockCells && testing.Short() {
			continue
		}
		var s *Summary
		var records []record
		if n == 0 {
			s = NewBuilder(testHead, 0).Finish()
		} else {
			s, records = madeSummary(n)
		}
		file := written(t, s)
		got, err := Read(t.Context(), bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatalf("%d records: %v", n, err)
		}
		same(t, s, got)
		if n < blockCells {
			holds(t, got, records)
		}
	}
}

func same(t *testing.T, want, got *Summary) {
	t.Helper()
	w, g := *want, *got
	if !slices.EqualFunc(w.Freq, g.Freq, func(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) }) {
		t.Error("frequencies differ")
	}
	w.Freq, g.Freq = nil, nil
	a, b := written(t, want), written(t, got)
	if !bytes.Equal(a, b) {
		t.Error("a Summary that was read is written otherwise")
	}
	if w.Len() != g.Len() || !slices.Equal(w.Contigs, g.Contigs) || len(w.ViewSets) != len(g.ViewSets) {
		t.Errorf("%d rows, %d contigs; want %d, %d", g.Len(), len(g.Contigs), w.Len(), len(w.Contigs))
	}
	if len(g.Head.Bad) != len(w.Head.Bad) || len(w.Head.Bad) > 0 && g.Head.Bad[0].What != w.Head.Bad[0].What {
		t.Errorf("bad records %v", g.Head.Bad)
	}
}

// TestReadRefuses cuts and damages a file in every byte.
func TestReadRefuses(t *testing.T) {
	s, _ := madeSummary(6)
	file := written(t, s)
	read := func(b []byte) error {
		_, err := Read(t.Context(), bytes.NewReader(b), int64(len(b)))
		return err
	}
	for i := range file {
		if err := read(file[:i]); !errors.Is(err, ErrNotSummary) {
			t.Fatalf("cut at byte %d: %v", i, err)
		}
		bad := slices.Clone(file)
		bad[i] ^= 1 << (i % 8)
		if err := read(bad); !errors.Is(err, ErrNotSummary) {
			t.Fatalf("bit %d of byte %d turned: %v", i%8, i, err)
		}
	}
	for name, b := range map[string][]byte{
		"nothing": nil, "another file": []byte(strings.Repeat("##fileformat=VCFv4.2\n", 50)), "bytes behind": append(slices.Clone(file), 0),
		"older": append([]byte("garrod\x00\x00"), file[len(magic):]...),
	} {
		if err := read(b); !errors.Is(err, ErrNotSummary) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadStops(t *testing.T) {
	s, _ := madeSummary(40)
	file := written(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, bytes.NewReader(file), int64(len(file))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestFile(t *testing.T) {
	s, records := madeSummary(500)
	dir := t.TempDir()
	path := filepath.Join(dir, "a.sum")
	if _, err := ReadFile(t.Context(), path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	for range 2 { // the second time over the first
		if err := WriteFile(path, s); err != nil {
			t.Fatal(err)
		}
	}
	st, err := os.Stat(path)
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", st.Mode(), err)
	}
	got, err := ReadFile(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	holds(t, got, records)
	if err := WriteFile(filepath.Join(dir, "no", "such", "folder"), s); err == nil {
		t.Error("a file was written into a folder that is not there")
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// TestReadBoundsMemory has heads that promise more than the file can hold.
func TestReadBoundsMemory(t *testing.T) {
	for _, rows := range []int{1 << 31, 1 << 40, -1} {
		h := &fileHead{Rows: rows, Cells: make([]int, 16)}
		if _, _, err := promised(&Summary{}, &image{}, h, 1000); err == nil {
			t.Errorf("%d rows of a file of 1000 bytes were believed", rows)
		}
		h = &fileHead{Cells: make([]int, 16)}
		h.Cells[3] = rows
		if _, _, err := promised(&Summary{}, &image{}, h, 1000); err == nil {
			t.Errorf("%d cells of a file of 1000 bytes were believed", rows)
		}
	}
}

func FuzzRead(f *testing.F) {
	s, _ := madeSummary(3)
	f.Add(written(f, s))
	f.Add(written(f, NewBuilder(testHead, 0).Finish()))
	f.Add([]byte(magic + endMark))
	f.Fuzz(func(t *testing.T, b []byte) {
		b = mended(b)
		s, err := Read(t.Context(), bytes.NewReader(b), int64(len(b)))
		if err != nil {
			if s != nil || !errors.Is(err, ErrNotSummary) {
				t.Errorf("got %v, %v", s, err)
			}
			return
		}
		for row := range s.Len() { // whatever was read can be used
			_, _, _, _ = s.Key(row), s.Offset(row), s.Ordinal(row), s.Flags[row].Kind()
			_, _ = s.GeneSets[s.Genes[row]], s.RowSets[s.Rows[row]]
		}
	})
}

// mended makes the checksums of frames right, so that what they hold is looked at.
func mended(b []byte) []byte {
	b = slices.Clone(b)
	for rest := b[min(len(b), len(magic)):]; len(rest) > frameStart; {
		n := int(binary.LittleEndian.Uint32(rest[4:]))
		if n > len(rest)-frameStart {
			break
		}
		binary.LittleEndian.PutUint32(rest[8:], frameSum(rest[:8], rest[frameStart:frameStart+n]))
		rest = rest[frameStart+n:]
	}
	return b
}

// largeSummary has the shape of a genome's, with n rows.
func largeSummary(n int) *Summary {
	records := inventedRecords(2000)
	b := NewBuilder(testHead, n)
	for i := 0; len(b.s.Pos)+b.own.Len() < n; i++ {
		r := records[i%len(records)]
		for k := range r.variants {
			r.variants[k].Key.Pos += 13000
			r.variants[k].Key.Contig = "1"
		}
		b.Add(r.variants, uint64(i)*1300/60000*16000<<16|uint64(i)*1300%60000)
	}
	return b.Finish()
}

func BenchmarkColumnsSave(b *testing.B) {
	s := largeSummary(500_000)
	var size bytes.Buffer
	for b.Loop() {
		size.Reset()
		if err := Write(&size, s); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size.Len())/float64(s.Len()), "bytes/row")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(s.Len()), "ns/row")
}

func BenchmarkColumnsLoad(b *testing.B) {
	s := largeSummary(500_000)
	file := written(b, s)
	for b.Loop() {
		if _, err := Read(b.Context(), bytes.NewReader(file), int64(len(file))); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(s.Len()), "ns/row")
}
