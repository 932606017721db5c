package bgz

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// allLines reads the lines of a file and where they start.
func allLines(t testing.TB, path string) (lines []string, at []Offset) {
	t.Helper()
	if _, err := Lines(t.Context(), path, nil, func(line []byte, o Offset) error {
		lines, at = append(lines, string(line)), append(at, o)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return lines, at
}

func opened(t testing.TB, path string, x *Index) *Reader {
	t.Helper()
	r, err := OpenReader(path, x)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func TestFetchGivesTheLineAtEachOffset(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	text := append(vcfText(2<<20), '\n')
	text = append(text, bytes.Repeat([]byte("long"), 200_000)...)
	text = append(append(text, '\n'), vcfText(100_000)...)
	sizes := map[string]func() int{
		"full blocks":  func() int { return fullBlock },
		"small blocks": func() int { return 1 + rng.IntN(500) },
		"line by line": nil,
	}
	for name, next := range sizes {
		t.Run(name, func(t *testing.T) {
			content := text
			if next == nil {
				content, next = bytes.Repeat([]byte("0123456789\n"), 5000), func() int { return 11 }
			}
			path := madeFile(t, append(blocksOf(t, content, next), eofBlock...))
			lines, at := allLines(t, path)
			r := opened(t, path, nil)
			wanted := []int{0, len(lines) - 1, 0}
			for range 500 {
				wanted = append(wanted, rng.IntN(len(lines)))
			}
			for _, sorted := range []bool{false, true} {
				if sorted {
					slices.Sort(wanted)
				}
				var offsets []Offset
				for _, k := range wanted {
					offsets = append(offsets, at[k])
				}
				given := make([]bool, len(wanted))
				err := r.Fetch(t.Context(), offsets, func(i int, line []byte) error {
					if string(line) != lines[wanted[i]] || given[i] {
						t.Fatalf("line %d at %d/%d is another, or comes twice", wanted[i], offsets[i].Block(), offsets[i].Within())
					}
					given[i] = true
					return nil
				})
				if err != nil || slices.Contains(given, false) {
					t.Fatalf("error %v, or a line did not come", err)
				}
			}
		})
	}
}

func TestFetchInflatesEachBlockOnce(t *testing.T) {
	path := madeFile(t, blocksOf(t, vcfText(3<<20), func() int { return fullBlock }))
	_, at := allLines(t, path)
	r := opened(t, path, nil)
	counted := &countingInflater{Inflater: newInflater()}
	r.blocks.unpacker.codec = counted
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(at), func(i, j int) { at[i], at[j] = at[j], at[i] })
	if err := r.Fetch(t.Context(), at, func(int, []byte) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if n := len(blockStarts(t, path)); counted.n > n {
		t.Errorf("%d blocks inflated, the file has %d", counted.n, n)
	}
}

type countingInflater struct {
	Inflater
	n int
}

func (c *countingInflater) Inflate(dst, src []byte) error {
	c.n++
	return c.Inflater.Inflate(dst, src)
}

func TestFetchNoticesAnotherFile(t *testing.T) {
	content := vcfText(400_000)
	path := madeFile(t, blocksOf(t, content, func() int { return fullBlock }))
	size := int64(len(read(t, path)))
	starts := blockStarts(t, path)
	nothing := func(int, []byte) error { return nil }
	for name, at := range map[string]Offset{
		"at the end of the file":  offsetOf(size, 0),
		"past the end":            offsetOf(size+1<<30, 17),
		"in the end block":        offsetOf(size-int64(len(eofBlock)), 0),
		"no block":                offsetOf(starts[1]+1, 0),
		"in a line":               offsetOf(starts[1], bytes.IndexByte(content[fullBlock:], '\n')),
		"past the end of a block": offsetOf(starts[0], fullBlock+5),
	} {
		wantCode(t, opened(t, path, nil).Fetch(t.Context(), []Offset{0, at}, nothing), CodeChanged, "made.vcf.gz", "changed")
		if t.Failed() {
			t.Fatal(name)
		}
	}
	r := opened(t, path, nil)
	if err := os.Chtimes(path, time.Time{}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	wantCode(t, r.Fetch(t.Context(), []Offset{0}, nothing), CodeChanged, "since it was opened")
	r = opened(t, path, nil)
	if err := os.Truncate(path, size/2); err != nil {
		t.Fatal(err)
	}
	wantCode(t, r.Fetch(t.Context(), []Offset{0}, nothing), CodeChanged)
	r = opened(t, path, nil)
	wantCode(t, r.Fetch(t.Context(), []Offset{offsetOf(starts[len(starts)-1], 0)}, nothing), CodeChanged, fmt.Sprintf("ends at byte %d", size/2))
}

func TestFetchStops(t *testing.T) {
	path := madeFile(t, blocksOf(t, vcfText(100_000), func() int { return fullBlock }))
	r := opened(t, path, nil)
	ctx, cancel := context.WithCancel(t.Context())
	mine := errors.New("enough")
	if err := r.Fetch(ctx, []Offset{0, 0}, func(int, []byte) error { return mine }); !errors.Is(err, mine) {
		t.Errorf("error of fn came as %v", err)
	}
	cancel()
	if err := r.Fetch(ctx, []Offset{0}, func(int, []byte) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// Trap 1 and "offsets past the file's end": an index that promises more than the
// file has is told from a region without records.
func TestRegionOfACutFile(t *testing.T) {
	content := madeVCF(4000)
	path, x := indexed(t, content, "tbi")
	starts := blockStarts(t, path)
	whole := read(t, path)
	for _, keep := range []int64{starts[len(starts)-2], starts[1], starts[1] + 300, starts[1] + 18} {
		write(t, path, whole[:keep])
		r := opened(t, path, x)
		err := r.Region(t.Context(), "chr3", 1, 1<<29, func([]byte, Offset) error { return nil })
		wantCode(t, err, CodeIndexForeign, "tabix -f -p vcf", fmt.Sprintf("ends at byte %d", keep))
	}
	// The index of a file may be older than the end block: that is not its business.
	write(t, path, whole[:len(whole)-len(eofBlock)])
	if n := len(region(t, opened(t, path, x), "chr3", 1, 1<<29)); n != strings.Count(content, "chr3\t") {
		t.Errorf("without the end block: %d lines", n)
	}
}

func BenchmarkFetch(b *testing.B) {
	path := madeFile(b, blocksOf(b, vcfText(32<<20), func() int { return fullBlock }))
	_, at := allLines(b, path)
	rng := rand.New(rand.NewPCG(2, 2))
	offsets := make([]Offset, 50)
	r := opened(b, path, nil)
	for b.Loop() {
		for i := range offsets {
			offsets[i] = at[rng.IntN(len(at))]
		}
		if err := r.Fetch(b.Context(), offsets, func(int, []byte) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRegion(b *testing.B) {
	path, x := indexed(b, madeVCF(100_000), "tbi")
	rng := rand.New(rand.NewPCG(2, 2))
	r := opened(b, path, x)
	for b.Loop() {
		first := rng.Int64N(9_900_000)
		if err := r.Region(b.Context(), "chr3", first, first+35_000, func([]byte, Offset) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
