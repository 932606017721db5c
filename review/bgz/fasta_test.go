package bgz

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

func needSamtools(t testing.TB) {
	t.Helper()
	needTools(t)
	if _, err := exec.LookPath("samtools"); err != nil {
		t.Skip("samtools is not installed")
	}
}

// madeFasta has contigs of odd lengths, in lower and upper case, one of them on a
// single line and one empty.
func madeFasta(lineEnd string) string {
	rng := rand.New(rand.NewPCG(7, 3))
	var b strings.Builder
	for _, c := range []struct {
		name          string
		length, width int
	}{{"chr1 with a description", 200_001, 60}, {"chr2\ttab", 59, 60}, {"HLA-A*01:01", 60, 60}, {"chrM", 16_569, 70}, {"one", 3000, 3000}, {"last", 121, 60}} {
		b.WriteString(">" + c.name + lineEnd)
		for i := range c.length {
			b.WriteByte("ACGTacgtNnRy"[rng.IntN(12)])
			if (i+1)%c.width == 0 || i+1 == c.length {
				b.WriteString(lineEnd)
			}
		}
	}
	return b.String()
}

// indexedFasta writes content, compressed or not, with its index.
func indexedFasta(t testing.TB, content string, compressed bool) string {
	t.Helper()
	needSamtools(t)
	path := filepath.Join(t.TempDir(), "ref.fa")
	write(t, path, []byte(content))
	if compressed {
		run(t, "bgzip", "-i", path)
		path += ".gz"
	}
	run(t, "samtools", "faidx", path)
	return path
}

func openedFasta(t testing.TB, path string) *Fasta {
	t.Helper()
	f, err := OpenFasta(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// holdAgainstSamtools compares n random regions with what samtools cuts out.
func holdAgainstSamtools(t *testing.T, path string, n int) {
	t.Helper()
	f := openedFasta(t, path)
	rng := rand.New(rand.NewPCG(1, 9))
	var regions strings.Builder
	var got []string
	var contigs []FastaContig
	for _, c := range f.Contigs() {
		if c.Length > 0 {
			contigs = append(contigs, c)
		}
	}
	for range n {
		c := contigs[rng.IntN(len(contigs))]
		first := 1 + rng.Int64N(c.Length)
		last := min(first+rng.Int64N(400), c.Length)
		if rng.IntN(20) == 0 {
			last = c.Length
		}
		fmt.Fprintf(&regions, "%s:%d-%d\n", c.Name, first, last)
		b, err := f.Bases(t.Context(), c.Name, first, last)
		if err != nil {
			t.Fatalf("%s:%d-%d: %v", c.Name, first, last, err)
		}
		got = append(got, string(b))
	}
	list := filepath.Join(t.TempDir(), "regions")
	write(t, list, []byte(regions.String()))
	var want []string
	for line := range strings.Lines(string(run(t, "samtools", "faidx", "-n", "0", "-r", list, path))) {
		if line[0] == '>' {
			want = append(want, "")
			continue
		}
		want[len(want)-1] += strings.ToUpper(strings.TrimRight(line, "\r\n"))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-samtools +Bases):\n%s", d)
	}
}

func TestBasesEqualSamtools(t *testing.T) {
	for _, end := range []string{"\n", "\r\n"} {
		for _, compressed := range []bool{false, true} {
			t.Run(fmt.Sprintf("%q compressed %t", end, compressed), func(t *testing.T) {
				content := madeFasta(end)
				holdAgainstSamtools(t, indexedFasta(t, content, compressed), 2000)
				holdAgainstSamtools(t, indexedFasta(t, strings.TrimRight(content, "\r\n"), compressed), 100)
			})
		}
	}
}

func TestBasesOfSharedFiles(t *testing.T) {
	needSamtools(t)
	read := 0
	for _, fai := range sharedFiles(t, ".fai") {
		path := strings.TrimSuffix(fai, ".fai")
		if _, err := os.Stat(path); err != nil {
			continue
		}
		if _, err := OpenFasta(path); err != nil {
			if _, ok := errors.AsType[*review.InputError](err); !ok {
				t.Errorf("%s: %v", path, err)
			}
			t.Log(err)
			continue
		}
		read++
		t.Run(filepath.Base(path), func(t *testing.T) { holdAgainstSamtools(t, path, 100) })
	}
	if read == 0 {
		t.Error("no FASTA was read")
	}
}

func TestFastaContigsAndIdentity(t *testing.T) {
	f := openedFasta(t, indexedFasta(t, madeFasta("\n"), true))
	want := []FastaContig{{"chr1", 200_001}, {"chr2", 59}, {"HLA-A*01:01", 60}, {"chrM", 16_569}, {"one", 3000}, {"last", 121}}
	if d := cmp.Diff(want, f.Contigs()); d != "" {
		t.Errorf("Contigs (-want +got):\n%s", d)
	}
	other := openedFasta(t, indexedFasta(t, strings.Replace(madeFasta("\n"), ">last", ">lost", 1), true))
	if f.Identity() == other.Identity() || f.Identity() == "" {
		t.Errorf("identity %q is that of another file", f.Identity())
	}
}

func TestBasesThatAreNotThere(t *testing.T) {
	f := openedFasta(t, indexedFasta(t, madeFasta("\n"), false))
	for _, tt := range []struct {
		contig      string
		first, last int64
		code        string
	}{
		{"chr1", 0, 5, CodeBases},
		{"chr1", -4, 5, CodeBases},
		{"chr1", 200_000, 200_002, CodeBases},
		{"chr2", 60, 60, CodeBases},
		{"chr1", 7, 6, CodeBases},
		{"1", 1, 1, CodeContig},
		{"chr1", 1, 1 << 62, CodeBases},
	} {
		_, err := f.Bases(t.Context(), tt.contig, tt.first, tt.last)
		wantCode(t, err, tt.code, "ref.fa", "assembly")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Bases(ctx, "chr1", 1, 10); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestFastaThatCannotBeOpened(t *testing.T) {
	const remedy = "samtools faidx"
	for _, compressed := range []bool{false, true} {
		path := indexedFasta(t, madeFasta("\n"), compressed)
		fai := read(t, path+".fai")
		for name, c := range map[string]struct {
			fai     string
			code    string
			mention string
		}{
			"empty":         {"", CodeIndexBroken, "no contig"},
			"columns":       {"chr1\t5\t6\n", CodeIndexBroken, "line 1"},
			"fastq":         {string(fai) + "r\t5\t6\t5\t6\t9\n", CodeIndexBroken, "FASTQ"},
			"number":        {"chr1\tx\t6\t60\t61\n", CodeIndexBroken, "number"},
			"negative":      {"chr1\t-3\t6\t60\t61\n", CodeIndexBroken, "number"},
			"zero width":    {"chr1\t200001\t6\t0\t0\n", CodeIndexBroken, "width"},
			"wide line end": {"chr1\t200001\t6\t60\t99\n", CodeIndexBroken, "width"},
			"no line end":   {"chr1\t200001\t6\t60\t60\n", CodeIndexBroken, "width"},
			"twice":         {string(fai) + string(fai), CodeIndexBroken, "twice"},
			"too long":      {"chr1\t900001\t6\t60\t61\n", CodeIndexForeign, "byte"},
			"far offset":    {"chr1\t5\t6000000\t60\t61\n", CodeIndexForeign, "byte"},
			"overflow":      {"chr1\t200000000000000\t6\t1\t3\n", CodeIndexBroken, "number"},
		} {
			write(t, path+".fai", []byte(c.fai))
			_, err := OpenFasta(path)
			wantCode(t, err, c.code, remedy, c.mention)
			if t.Failed() {
				t.Fatal(name)
			}
		}
		if err := os.Remove(path + ".fai"); err != nil {
			t.Fatal(err)
		}
		_, err := OpenFasta(path)
		wantCode(t, err, CodeIndexMissing, "samtools faidx "+path, "ref.fa")
	}
	path := indexedFasta(t, madeFasta("\n"), true)
	gzi := read(t, path+".gzi")
	swapped := bytes.Clone(gzi)
	copy(swapped[8:24], gzi[24:40])
	far := bytes.Clone(gzi)
	binary.LittleEndian.PutUint64(far[len(far)-16:], 1<<40)
	for _, b := range [][]byte{nil, gzi[:len(gzi)-1], gzi[:len(gzi)-16], swapped, far, bytes.Repeat([]byte{0xff}, 40)} {
		write(t, path+".gzi", b)
		_, err := OpenFasta(path)
		if code := errCode(err); code != CodeIndexBroken && code != CodeIndexForeign {
			t.Errorf("damaged .gzi: %v", err)
		}
	}
	if err := os.Remove(path + ".gzi"); err != nil {
		t.Fatal(err)
	}
	_, err := OpenFasta(path)
	wantCode(t, err, CodeIndexMissing, "ref.fa.gz.gzi", remedy)

	dir := t.TempDir()
	gz := filepath.Join(dir, "plain.fa.gz")
	write(t, gz, []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"))
	_, err = OpenFasta(gz)
	wantCode(t, err, CodeNotFasta, "bgzip", remedy)
	for _, content := range []string{"", "##fileformat=VCFv4.2\n", "CRAM"} {
		write(t, gz, []byte(content))
		_, err = OpenFasta(gz)
		wantCode(t, err, CodeNotFasta)
	}
	_, err = OpenFasta(filepath.Join(dir, "nowhere.fa"))
	wantCode(t, err, CodeUnreadable, "nowhere.fa")
}

// An index of another state of the file gives an error, not other bases.
func TestStaleFastaIndex(t *testing.T) {
	old := madeFasta("\n")
	for name, changed := range map[string]string{
		"longer header":   strings.Replace(old, ">chr1 with", ">chr1 without", 1),
		"a base more":     strings.Replace(old, "\n>chr2", "A\n>chr2", 1),
		"a base less":     strings.Replace(old, ">chr2\ttab\n", ">chr2\ttab\n\n", 1),
		"another name":    strings.Replace(old, ">chr1", ">1chr", 1),
		"other lines":     reflow(old, 61),
		"contigs swapped": strings.Replace(strings.Replace(old, ">chr1", ">chrx", 1), ">chrM", ">chr1", 1),
	} {
		for _, compressed := range []bool{false, true} {
			path := indexedFasta(t, old, compressed)
			write(t, path+".new", []byte(changed+"\n"+strings.Repeat("A", 1000)))
			if compressed {
				run(t, "bgzip", "-i", path+".new")
				for _, end := range []string{"", ".gzi"} {
					if err := os.Rename(path+".new.gz"+end, path+end); err != nil {
						t.Fatal(err)
					}
				}
			} else if err := os.Rename(path+".new", path); err != nil {
				t.Fatal(err)
			}
			f, err := OpenFasta(path)
			if err != nil {
				wantCode(t, err, CodeIndexForeign, "samtools faidx")
				continue
			}
			noticed := false
			for _, c := range f.Contigs() {
				if _, err := f.Bases(t.Context(), c.Name, 1, c.Length); err != nil {
					wantCode(t, err, CodeIndexForeign, "samtools faidx")
					noticed = true
				}
			}
			f.Close()
			if !noticed {
				t.Errorf("%s, compressed %t: not noticed", name, compressed)
			}
		}
	}
	path := indexedFasta(t, old, false)
	f := openedFasta(t, path)
	write(t, path, []byte(old[:1000]))
	_, err := f.Bases(t.Context(), "chr1", 1, 10)
	wantCode(t, err, CodeChanged)
	// A .gzi of another compression of the same text.
	path = indexedFasta(t, old, true)
	write(t, path, append(blocksOf(t, []byte(old), func() int { return 5000 }), eofBlock...))
	if f, err = OpenFasta(path); err == nil {
		defer f.Close()
		_, err = f.Bases(t.Context(), "last", 1, 121)
	}
	wantCode(t, err, CodeIndexForeign)
}

// reflow breaks the lines of the first contig elsewhere.
func reflow(fasta string, width int) string {
	head, rest, _ := strings.Cut(fasta, "\n")
	bases, tail, _ := strings.Cut(rest, ">")
	bases = strings.ReplaceAll(bases, "\n", "")
	var b strings.Builder
	for len(bases) > width {
		b.WriteString(bases[:width] + "\n")
		bases = bases[width:]
	}
	return head + "\n" + b.String() + bases + "\n>" + tail
}

func FuzzFastaIndex(f *testing.F) {
	text := []byte(">a b\nACGTACGT\nACGT\n>c\nNNNN\n")
	f.Add([]byte("a\t12\t5\t8\t9\nc\t4\t22\t4\t5\n"), []byte{0, 0, 0, 0, 0, 0, 0, 0})
	f.Add([]byte("a\t12\t5\t8\t9\n"), append(append([]byte{1, 0, 0, 0, 0, 0, 0, 0}, 46, 0, 0, 0, 0, 0, 0, 0), 10, 0, 0, 0, 0, 0, 0, 0))
	f.Fuzz(func(t *testing.T, fai, gzi []byte) {
		dir := t.TempDir()
		for name, content := range map[string][]byte{"a.fa": text, "b.fa.gz": append(blocksOf(t, text, func() int { return 10 }), eofBlock...)} {
			path := filepath.Join(dir, name)
			write(t, path, content)
			write(t, path+".fai", fai)
			write(t, path+".gzi", gzi)
			r, err := OpenFasta(path)
			if err != nil {
				wantCode(t, err, errCode(err))
				continue
			}
			for _, c := range r.Contigs() {
				b, err := r.Bases(t.Context(), c.Name, 1, max(c.Length, 1))
				if err != nil {
					wantCode(t, err, errCode(err))
				} else if int64(len(b)) != c.Length {
					t.Errorf("%d bases of %d", len(b), c.Length)
				}
			}
			r.Close()
		}
	})
}

func BenchmarkBases(b *testing.B) {
	for _, compressed := range []bool{false, true} {
		f := openedFasta(b, indexedFasta(b, madeFasta("\n"), compressed))
		b.Run(fmt.Sprintf("ascending compressed=%t", compressed), func(b *testing.B) {
			for pos := int64(1); b.Loop(); pos = pos%199_000 + 150 {
				if _, err := f.Bases(b.Context(), "chr1", pos, pos+300); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
