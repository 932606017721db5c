package bgz

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

// block is content as one BGZF block.
func block(t testing.TB, content []byte) []byte {
	t.Helper()
	w, err := flate.NewWriter(nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	return blockBy(t, w, content)
}

func blockBy(t testing.TB, w *flate.Writer, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w.Reset(&out)
	w.Write(content)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b := append([]byte(eofBlock[:18]), out.Bytes()...)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(content))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(content)))
	binary.LittleEndian.PutUint16(b[16:], uint16(len(b)-1))
	return b
}

// blocksOf is content in blocks of the sizes that next gives, without the
// end-of-file block; a size of 0 makes an empty block.
func blocksOf(t testing.TB, content []byte, next func() int) []byte {
	t.Helper()
	w, err := flate.NewWriter(nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	var out []byte
	for len(content) > 0 {
		n := min(next(), len(content))
		out = append(out, blockBy(t, w, content[:n])...)
		content = content[n:]
	}
	return out
}

func madeFile(t testing.TB, blocks []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.vcf.gz")
	write(t, path, append(bytes.Clone(blocks), eofBlock...))
	return path
}

// reading is all that Lines and Scan tell of a file, the content as hashes.
type reading struct {
	Sum     Summary
	Content string // hash of each line and its offset
	Lines   int
	Err     string
}

// tally hashes lines and offsets.
type tally struct {
	hash hash.Hash
	n    int
}

func (y *tally) add(line []byte, at Offset) {
	var head [16]byte
	binary.LittleEndian.PutUint64(head[:], uint64(at))
	binary.LittleEndian.PutUint64(head[8:], uint64(len(line)))
	y.hash.Write(head[:])
	y.hash.Write(line)
	y.n++
}

func (y *tally) reading(sum Summary, err error) reading {
	r := reading{Sum: sum, Lines: y.n, Content: fmt.Sprintf("%x", y.hash.Sum(nil))}
	if err != nil {
		r.Err = err.Error()
		r.Lines, r.Content = 0, "" // must not be used
	}
	return r
}

func byLines(t testing.TB, path string) reading {
	t.Helper()
	y := tally{hash: sha256.New()}
	sum, err := Lines(t.Context(), path, nil, func(line []byte, at Offset) error {
		y.add(line, at)
		return nil
	})
	return y.reading(sum, err)
}

// placed is a copy of a line.
type placed struct {
	line string
	at   Offset
}

func byScan(t testing.TB, path string, workers int) reading {
	t.Helper()
	y := tally{hash: sha256.New()}
	sum, err := Scan(t.Context(), path, nil, workers, splitBatch, func(all []placed) error {
		for _, p := range all {
			y.add([]byte(p.line), p.at)
		}
		return nil
	})
	return y.reading(sum, err)
}

// splitBatch gives the lines of b without their line feeds.
func splitBatch(_ int, b *Batch) ([]placed, error) {
	if len(b.Data) == 0 {
		return nil, errors.New("an empty batch")
	}
	var all []placed
	for i := 0; i < len(b.Data); {
		n := bytes.IndexByte(b.Data[i:], '\n')
		skip := n + 1
		if n < 0 {
			n, skip = len(b.Data)-i, len(b.Data)-i
		}
		all = append(all, placed{string(b.Data[i : i+n]), b.Offset(i)})
		i += skip
	}
	return all, nil
}

func wantSameReading(t *testing.T, path string) {
	t.Helper()
	want := byLines(t, path)
	for _, workers := range []int{1, 3} {
		if d := cmp.Diff(want, byScan(t, path, workers)); d != "" {
			t.Errorf("%d workers (-Lines +Scan):\n%s", workers, d)
		}
	}
}

// sharedFiles lists the files of the shared data whose name ends as one of ends.
func sharedFiles(t testing.TB, ends ...string) []string {
	t.Helper()
	root := os.Getenv("GARROD_SHARED")
	if root == "" {
		root = "../../../shared"
	}
	var found []string
	err := filepath.WalkDir(filepath.Join(root, "data"), func(p string, d fs.DirEntry, err error) error {
		for _, end := range ends {
			if err == nil && d.Type().IsRegular() && strings.HasSuffix(p, end) {
				found = append(found, p)
				break
			}
		}
		return err
	})
	if err != nil || len(found) == 0 {
		t.Skipf("no shared data (%v)", err)
	}
	return found
}

func TestScanEqualsLinesOnSharedFiles(t *testing.T) {
	files := sharedFiles(t, ".gz", ".bgz", ".tbi", ".csi", ".bam", ".bcf")
	sound := 0
	for _, path := range files {
		want := byLines(t, path)
		if want.Err == "" {
			sound++
		}
		if d := cmp.Diff(want, byScan(t, path, 2)); d != "" {
			t.Errorf("%s (-Lines +Scan):\n%s", path, d)
		}
	}
	t.Logf("%d files, %d of them sound text", len(files), sound)
	if sound < 50 {
		t.Errorf("%d sound files: too few to say anything", sound)
	}
}

func TestScanEqualsLinesOnMadeFiles(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 9))
	text := vcfText(3 << 20)
	small := func() int { return 1 + rng.IntN(60) }
	full := func() int { return fullBlock }
	end := []byte(eofBlock)
	joined := append(append(blocksOf(t, text[:90_001], full), end...), end...)
	joined = append(joined, blocksOf(t, text[90_001:], full)...)
	for name, blocks := range map[string][]byte{
		"nothing":              nil,
		"one line feed":        block(t, []byte("\n")),
		"one byte":             block(t, []byte("#")),
		"tiny blocks":          blocksOf(t, text[:400_000], small),
		"blocks of a byte":     blocksOf(t, text[:30_000], func() int { return 1 }),
		"full blocks":          blocksOf(t, text, full),
		"largest blocks":       blocksOf(t, text, func() int { return maxBlock }),
		"a line per block":     blocksOf(t, []byte(strings.Repeat("0123456789\n", 9000)), func() int { return 11 }),
		"no final line feed":   blocksOf(t, append(bytes.Clone(text[:1<<20]), "\nlast"...), full),
		"embedded end blocks":  joined,
		"carriage returns":     blocksOf(t, bytes.ReplaceAll(text[:1<<20], []byte("\n"), []byte("\r\n")), full),
		"only line feeds":      blocksOf(t, bytes.Repeat([]byte("\n"), 300_000), small),
		"compresses very well": blocksOf(t, bytes.Repeat([]byte(strings.Repeat("same", 40)+"\n"), 100_000), full),
	} {
		t.Run(name, func(t *testing.T) { wantSameReading(t, madeFile(t, blocks)) })
	}
}

func TestScanOfLongLines(t *testing.T) {
	long := bytes.Repeat(vcfText(1<<20), 50)
	for i, c := range long {
		if c == '\n' {
			long[i] = ' '
		}
	}
	for name, parts := range map[string][][]byte{
		"first":     {long, []byte("\n"), vcfText(100_000)},
		"last":      {vcfText(3 << 20), []byte("\n"), long},
		"in a row":  {[]byte("#\n"), long, []byte("\n"), long[:9<<20], []byte("\n"), long[:17<<20], []byte("\n")},
		"incl. EOF": {long[:5<<20], nil, long[:5<<20], []byte("\nx\n"), nil},
	} {
		t.Run(name, func(t *testing.T) {
			var blocks []byte
			for _, p := range parts {
				blocks = append(blocks, blocksOf(t, p, func() int { return fullBlock })...)
				if p == nil {
					blocks = append(blocks, eofBlock...)
				}
			}
			wantSameReading(t, madeFile(t, blocks))
		})
	}
}

// A line may be as long as MaxLine, and no longer, wherever blocks begin.
func TestLongestLine(t *testing.T) {
	if testing.Short() {
		t.Skip("lines of 256 MiB")
	}
	full := block(t, bytes.Repeat([]byte("A"), 1<<16))
	for _, more := range []string{"\nx", "A\nx"} {
		blocks := append(bytes.Repeat(full, MaxLine>>16), eofBlock...)
		if more != "" {
			blocks = append(blocks, block(t, []byte(more))...)
		}
		path := madeFile(t, blocks)
		want := byLines(t, path)
		if d := cmp.Diff(want, byScan(t, path, 2)); d != "" {
			t.Errorf("%q behind (-Lines +Scan):\n%s", more, d)
		}
		if refused := want.Err != ""; refused != strings.HasPrefix(more, "A") {
			t.Errorf("%q behind: error %q", more, want.Err)
		}
	}
}

// Each way to cut or damage a file ends Scan with the words of Lines.
func TestScanFindsWhatLinesFinds(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 1))
	sound := append(blocksOf(t, vcfText(6<<20), func() int { return 1 + rng.IntN(maxBlock) }), eofBlock...)
	path := filepath.Join(t.TempDir(), "bad.vcf.gz")
	write(t, path, sound)
	starts := blockStarts(t, path)
	inBlock := func(k int) int { return int(starts[k]) + 18 + rng.IntN(10) }
	cases := map[string]func() []byte{
		"not cut":         func() []byte { return sound },
		"between blocks":  func() []byte { return sound[:starts[rng.IntN(len(starts))]] },
		"behind a header": func() []byte { return sound[:starts[rng.IntN(len(starts))]+18] },
		"in a block":      func() []byte { return sound[:rng.IntN(len(sound))] },
		"trailing":        func() []byte { return append(bytes.Clone(sound), "trailing"...) },
		"garbage between": func() []byte {
			k := starts[len(starts)/2]
			return append(append(bytes.Clone(sound[:k]), "xxxxxxxxxxxxxxxxxxxx"...), sound[k:]...)
		},
		"binary content":     func() []byte { return append(block(t, []byte("BAM\x01")), sound...) },
		"binary and damaged": func() []byte { b := append(block(t, []byte("BCF\x02")), sound...); b[700]++; return b },
		"two flips": func() []byte {
			b := bytes.Clone(sound)
			b[inBlock(len(starts)/2)]++
			b[inBlock(len(starts)-2)]++
			return b
		},
		"flip": func() []byte { b := bytes.Clone(sound); b[rng.IntN(len(b))] ^= 1 << rng.IntN(8); return b },
		"flip and cut": func() []byte {
			b := bytes.Clone(sound)
			b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
			return b[:rng.IntN(len(b))]
		},
	}
	for name, damage := range cases {
		t.Run(name, func(t *testing.T) {
			for range 3 {
				write(t, path, damage())
				wantSameReading(t, path)
			}
		})
	}
}

// What is first in the file is returned, every time, be it the file's fault or
// the work's.
func TestScanReturnsTheFirstError(t *testing.T) {
	const mark = "##mark\n"
	text := vcfText(8 << 20)
	cut := bytes.IndexByte(text[6<<20:], '\n') + 6<<20 + 1
	marked := append(append(bytes.Clone(text[:cut]), mark...), text[cut:]...)
	blocks := blocksOf(t, marked, func() int { return fullBlock })
	path := madeFile(t, blocks)
	starts := blockStarts(t, path)
	mine := errors.New("the mark")
	work := func(_ int, b *Batch) (int, error) {
		if bytes.Contains(b.Data, []byte(mark)) {
			return 0, mine
		}
		return len(b.Data), nil
	}
	collect := func(int) error { return nil }
	if _, err := Scan(t.Context(), path, nil, 3, work, collect); !errors.Is(err, mine) {
		t.Errorf("the work's error came as %v", err)
	}
	at := cut / fullBlock // the block of the mark
	for _, k := range []int{at - 3, at + 3} {
		bad := bytes.Clone(blocks)
		bad[starts[k]+40] ^= 0xff
		path := madeFile(t, bad)
		for range 5 {
			_, err := Scan(t.Context(), path, nil, 3, work, collect)
			if k > at {
				if !errors.Is(err, mine) {
					t.Errorf("damage behind the mark: %v", err)
				}
				continue
			}
			wantCode(t, err, CodeCorrupt, fmt.Sprintf("byte %d", starts[k]))
		}
	}
	sum := 0
	stop := errors.New("enough")
	_, err := Scan(t.Context(), path, nil, 3, func(_ int, b *Batch) (int, error) { return len(b.Data), nil },
		func(n int) error {
			if sum += n; sum > 3<<20 {
				return stop
			}
			return nil
		})
	if !errors.Is(err, stop) || sum > 8<<20 {
		t.Errorf("collect refused: %v after %d bytes", err, sum)
	}
}

// Each worker has its own number and is never called while it works.
func TestScanKeepsWorkersApart(t *testing.T) {
	path := madeFile(t, blocksOf(t, vcfText(6<<20), func() int { return 3000 }))
	const workers = 4
	var busy [workers]sync.Mutex
	var one sync.Mutex
	var m review.Meter
	sum, err := Scan(t.Context(), path, &m, workers, func(w int, b *Batch) (int, error) {
		if !busy[w].TryLock() {
			return 0, fmt.Errorf("worker %d is called twice", w)
		}
		defer busy[w].Unlock()
		runtime.Gosched()
		return bytes.Count(b.Data, []byte("\n")), nil
	}, func(int) error {
		if !one.TryLock() {
			return errors.New("collect is called twice")
		}
		defer one.Unlock()
		runtime.Gosched()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if m.Done() != sum.Size || m.Total() != sum.Size {
		t.Errorf("meter %d of %d, want %d", m.Done(), m.Total(), sum.Size)
	}
}

// settled waits for the goroutines of earlier tests and counts.
func settled(most int) int {
	n := runtime.NumGoroutine()
	for i := 0; i < 100 && n > most; i++ {
		time.Sleep(time.Millisecond)
		n = runtime.NumGoroutine()
	}
	return n
}

func TestScanEndsEveryGoroutine(t *testing.T) {
	path := madeFile(t, blocksOf(t, vcfText(8<<20), func() int { return fullBlock }))
	before := runtime.NumGoroutine()
	nothing := func(int, *Batch) (int, error) { return 0, nil }
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	_, err := Scan(ctx, path, nil, 4, nothing, func(int) error {
		if n++; n == 2 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled on the way: %v", err)
	}
	if _, err := Scan(ctx, path, nil, 4, nothing, func(int) error { return errors.New("called") }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
	_, err = Scan(t.Context(), path, nil, 4, func(int, *Batch) (int, error) { return 0, errors.New("no") }, func(int) error { return nil })
	if err == nil {
		t.Error("the error of work is lost")
	}
	func() {
		defer func() {
			if p := recover(); p == nil || !strings.Contains(fmt.Sprint(p), "a bug in work") {
				t.Errorf("recovered %v", p)
			}
		}()
		_, _ = Scan(t.Context(), path, nil, 4, func(int, *Batch) (int, error) { panic("a bug in work") }, func(int) error { return nil })
	}()
	if n := settled(before); n > before {
		t.Errorf("%d goroutines, %d before", n, before)
	}
}

func TestScanOfWhatIsNotBGZF(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"empty": "", "text.vcf": "##fileformat=VCFv4.2\n", "gzip.gz": "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "short": "\x1f\x8b\x08",
	} {
		path := filepath.Join(dir, name)
		write(t, path, []byte(content))
		wantSameReading(t, path)
	}
	wantSameReading(t, filepath.Join(dir, "nowhere.vcf.gz"))
	wantSameReading(t, dir)
}

func BenchmarkScan(b *testing.B) {
	const size = 32 << 20
	path := madeFile(b, blocksOf(b, vcfText(size), func() int { return fullBlock }))
	for _, workers := range []int{1, Workers()} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				_, err := Scan(b.Context(), path, nil, workers, func(int, *Batch) (struct{}, error) { return struct{}{}, nil },
					func(struct{}) error { return nil })
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
