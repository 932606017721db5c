package bgz

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"garrod/review"
)

// needTools skips where Debian's bgzip and tabix (package tabix) are missing.
func needTools(t testing.TB) {
	t.Helper()
	for _, name := range []string{"bgzip", "tabix"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed", name)
		}
	}
}

func run(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s %s: %v", name, strings.Join(args, " "), err)
	}
	return out
}

// compress writes content to a bgzipped file and returns its path.
func compress(t testing.TB, name, content string) string {
	t.Helper()
	needTools(t)
	plain := filepath.Join(t.TempDir(), name)
	write(t, plain, []byte(content))
	run(t, "bgzip", plain)
	return plain + ".gz"
}

func write(t testing.TB, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// madeVCF has n records on chr1 and n on chr3, 100 bases apart, filled so that
// several blocks result; chr2 is declared and empty.
func madeVCF(n int) string {
	var b strings.Builder
	b.WriteString("##fileformat=VCFv4.2\n##contig=<ID=chr1>\n##contig=<ID=chr2>\n##contig=<ID=chr3>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
	for _, c := range []string{"chr1", "chr3"} {
		for i := range n {
			h := sha256.Sum256(fmt.Appendf(nil, "%s %d", c, i))
			fmt.Fprintf(&b, "%s\t%d\t.\tA\tG\t.\t.\tX=%x\n", c, (i+1)*100, h)
		}
	}
	return b.String()
}

func TestWalkGivesContentAndHash(t *testing.T) {
	content := madeVCF(2000)
	path := compress(t, "a.vcf", content)
	var got bytes.Buffer
	var m review.Meter
	sum, err := Walk(t.Context(), path, &m, func(b Block) error {
		got.Write(b.Data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != content {
		t.Error("the blocks together are not the content")
	}
	raw := read(t, path)
	want := sha256.Sum256(raw)
	if sum.SHA256 != hex.EncodeToString(want[:]) {
		t.Errorf("SHA256 = %s, want %x", sum.SHA256, want)
	}
	if sum.Size != int64(len(raw)) || sum.Inflated != int64(len(content)) || sum.Blocks < 3 {
		t.Errorf("summary %+v: want size %d, content %d and several blocks", sum, len(raw), len(content))
	}
	if m.Done() != m.Total() || m.Total() != sum.Size {
		t.Errorf("meter %d of %d, want %d of %d", m.Done(), m.Total(), sum.Size, sum.Size)
	}
}

// blockStarts lists where the blocks of a sound file start.
func blockStarts(t *testing.T, path string) []int64 {
	t.Helper()
	var at []int64
	if _, err := Walk(t.Context(), path, nil, func(b Block) error {
		at = append(at, b.Offset)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return at
}

func wantCode(t *testing.T, err error, code string, mention ...string) {
	t.Helper()
	bad, ok := errors.AsType[*review.InputError](err)
	if !ok {
		t.Fatalf("got %v, want an *review.InputError with code %s", err, code)
	}
	if bad.Code != code || bad.File == "" || bad.Remedy == "" {
		t.Errorf("got %+v, want code %s, a file and a remedy", bad, code)
	}
	for _, m := range mention {
		if !strings.Contains(bad.Error(), m) {
			t.Errorf("message %q does not mention %q", bad.Error(), m)
		}
	}
}

// Trap 1 of the format: a file cut at a block boundary, or right after a block's
// header, ends like a complete one unless somebody looks.
func TestTruncationIsFound(t *testing.T) {
	path := compress(t, "a.vcf", madeVCF(3000))
	raw, starts := read(t, path), blockStarts(t, path)
	second, third := int(starts[1]), int(starts[2])
	for _, tt := range []struct {
		name    string
		keep    int
		code    string
		mention string
	}{
		{"between blocks", second, CodeNoEOF, fmt.Sprintf("byte %d", second)},
		{"between later blocks", third, CodeNoEOF, fmt.Sprintf("byte %d", third)},
		{"only the end block is gone", len(raw) - len(eofBlock), CodeNoEOF, "end-of-file block"},
		{"after the header of a block", second + 18, CodeTruncated, fmt.Sprintf("byte %d", second)},
		{"in the header of a block", second + 5, CodeTruncated, fmt.Sprintf("byte %d", second)},
		{"one byte into a block", second + 1, CodeCorrupt, fmt.Sprintf("byte %d", second)},
		{"inside a block", second + 500, CodeTruncated, fmt.Sprintf("byte %d", second)},
		{"inside the end block", len(raw) - 3, CodeTruncated, fmt.Sprintf("byte %d", len(raw)-len(eofBlock))},
		{"in the first header", 7, CodeTruncated, "byte 0"},
		{"nothing left", 0, CodeNotBGZF, "empty"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cut := filepath.Join(t.TempDir(), "cut.vcf.gz")
			write(t, cut, raw[:tt.keep])
			_, err := CheckBlocks(t.Context(), cut, nil)
			wantCode(t, err, tt.code, tt.mention, "cut.vcf.gz")
		})
	}
}

func TestEveryFlippedByteIsFoundOrHarmless(t *testing.T) {
	content := madeVCF(10)
	path := compress(t, "a.vcf", content)
	raw := read(t, path)
	flipped := filepath.Join(t.TempDir(), "f.vcf.gz")
	for i := range raw {
		b := bytes.Clone(raw)
		b[i] ^= 0x40
		write(t, flipped, b)
		var got bytes.Buffer
		_, err := Walk(t.Context(), flipped, nil, func(b Block) error {
			got.Write(b.Data)
			return nil
		})
		// Time stamp, extra flags and operating system of a header say nothing
		// about the content.
		if err == nil && got.String() != content {
			t.Errorf("byte %d flipped: no error and other content", i)
		}
		if err != nil {
			wantCode(t, err, errCode(err))
		}
	}
}

func errCode(err error) string {
	bad, _ := errors.AsType[*review.InputError](err)
	if bad == nil {
		return ""
	}
	return bad.Code
}

func TestFlippedByteNamesItsBlock(t *testing.T) {
	path := compress(t, "a.vcf", madeVCF(3000))
	raw, starts := read(t, path), blockStarts(t, path)
	raw[starts[1]+1000] ^= 1
	flipped := filepath.Join(t.TempDir(), "f.vcf.gz")
	write(t, flipped, raw)
	_, err := CheckBlocks(t.Context(), flipped, nil)
	wantCode(t, err, CodeCorrupt, fmt.Sprintf("byte %d", starts[1]))
}

func TestWhatIsNotBGZFIsNamed(t *testing.T) {
	needTools(t)
	dir := t.TempDir()
	plain := filepath.Join(dir, "plain.vcf")
	write(t, plain, []byte(madeVCF(3)))
	gz := filepath.Join(dir, "plain.vcf.gz")
	write(t, gz, run(t, "gzip", "-c", plain))
	bam := filepath.Join(dir, "reads.bam")
	write(t, bam+".raw", []byte("BAM\x01 and so on"))
	write(t, bam, run(t, "bgzip", "-c", bam+".raw"))
	noise := filepath.Join(dir, "noise.vcf.gz")
	write(t, noise, bytes.Repeat([]byte{0, 1, 2}, 100))
	for _, tt := range []struct{ path, mention string }{
		{gz, "bgzip"}, {plain, "plain text"}, {bam, "BAM"}, {noise, "not BGZF"},
	} {
		t.Run(filepath.Base(tt.path), func(t *testing.T) {
			_, err := Lines(t.Context(), tt.path, nil, func([]byte, Offset) error { return nil })
			wantCode(t, err, CodeNotBGZF, tt.mention)
			_, err = OpenReader(tt.path, &Index{})
			if tt.path != bam {
				wantCode(t, err, CodeNotBGZF, tt.mention)
			}
		})
	}
	_, err := CheckBlocks(t.Context(), filepath.Join(dir, "nowhere.vcf.gz"), nil)
	wantCode(t, err, CodeUnreadable, "nowhere.vcf.gz")
	_, err = CheckBlocks(t.Context(), dir, nil)
	wantCode(t, err, CodeUnreadable)
}

func TestTrailingBytesAndEmbeddedEndBlocks(t *testing.T) {
	a := read(t, compress(t, "a.vcf", madeVCF(5)))
	dir := t.TempDir()
	trailing := filepath.Join(dir, "t.vcf.gz")
	write(t, trailing, append(bytes.Clone(a), "garbage"...))
	_, err := CheckBlocks(t.Context(), trailing, nil)
	wantCode(t, err, CodeTrailing, fmt.Sprintf("byte %d", len(a)))

	joined := filepath.Join(dir, "j.vcf.gz")
	write(t, joined, append(bytes.Clone(a), a...))
	sum, err := CheckBlocks(t.Context(), joined, nil)
	if err != nil || sum.Inflated != 2*int64(len(madeVCF(5))) {
		t.Errorf("cat a.gz a.gz: %+v, %v; want all of both", sum, err)
	}
}

func TestLinesCrossBlocks(t *testing.T) {
	long := strings.Repeat("ACGT", 60000) // several blocks
	content := "first\n" + long + "\n\nlast without end"
	path := compress(t, "l.txt", content)
	var got []string
	var at []Offset
	if _, err := Lines(t.Context(), path, nil, func(line []byte, o Offset) error {
		got, at = append(got, string(line)), append(at, o)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if strings.Join(got, "\n") != content {
		t.Fatalf("%d lines, want the content", len(got))
	}
	if at[0] != 0 || at[1] != 6 || at[3].Block() == 0 {
		t.Errorf("offsets %v: want 0, 6 and the last in a later block", at)
	}
}

func TestWalkStops(t *testing.T) {
	path := compress(t, "a.vcf", madeVCF(3000))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := CheckBlocks(ctx, path, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled walk: %v", err)
	}
	mine := errors.New("enough")
	if _, err := Walk(t.Context(), path, nil, func(Block) error { return mine }); !errors.Is(err, mine) {
		t.Errorf("walk with a refusing function: %v", err)
	}
}

// A disk or a network share that fails is not taken for a file that is cut.
func TestReadErrorIsNoTruncation(t *testing.T) {
	content := append(block(t, []byte("#CHROM\n")), eofBlock...)
	for k := range content {
		in := io.MultiReader(bytes.NewReader(content[:k]), iotest.ErrReader(errors.New("the share is gone")))
		r := &blockReader{path: "a.vcf.gz", in: bufio.NewReaderSize(in, 1<<17)}
		var err error
		for err == nil {
			_, err = r.next()
		}
		wantCode(t, err, CodeUnreadable, "the share is gone")
	}
}

func FuzzWalk(f *testing.F) {
	f.Add([]byte(eofBlock))
	f.Add([]byte(eofBlock + eofBlock + "x"))
	f.Add([]byte("\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff\x06\x00\x42\x43\x02\x00\x05\x00\x03\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "f.gz")
		write(t, path, b)
		sum, err := CheckBlocks(t.Context(), path, nil)
		if err == nil && (sum.Size != int64(len(b)) || !bytes.HasSuffix(b, []byte(eofBlock))) {
			t.Errorf("accepted %d of %d bytes", sum.Size, len(b))
		}
	})
}
