package bgz

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// stdInflater is the standard library's deflate behind Inflater: the reference
// that ours is held against.
type stdInflater struct {
	src bytes.Reader
	r   io.ReadCloser
	one [1]byte
}

// Inflate implements Inflater.
func (s *stdInflater) Inflate(dst, src []byte) error {
	s.src.Reset(src)
	if s.r == nil {
		s.r = flate.NewReader(&s.src)
	} else if err := s.r.(flate.Resetter).Reset(&s.src, nil); err != nil {
		return err
	}
	if _, err := io.ReadFull(s.r, dst); err != nil {
		return err
	}
	n, err := s.r.Read(s.one[:])
	if n != 0 || s.src.Len() != 0 {
		return errSize
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

const fullBlock = 65280 // what bgzip puts in a block

// vcfText is size bytes of made records with annotations and genotypes.
func vcfText(size int) []byte {
	rng := rand.New(rand.NewPCG(3, 7))
	terms := []string{"intron_variant", "missense_variant", "synonymous_variant", "upstream_gene_variant", "intergenic_variant"}
	calls := []string{"0/0", "0/1", "1/1", "./."}
	var b strings.Builder
	for pos := 10_000; b.Len() < size; pos += 1 + rng.IntN(900) {
		fmt.Fprintf(&b, "chr1\t%d\t.\t%c\t%c\t%d.%02d\tPASS\tAC=%d;AF=%.4g;AN=6;CSQ=", pos,
			"ACGT"[rng.IntN(4)], "ACGT"[rng.IntN(4)], 30+rng.IntN(900), rng.IntN(100), 1+rng.IntN(6), rng.Float64())
		for i := range 1 + rng.IntN(6) {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "A|%s|MODIFIER|GENE%d|ENSG%011d|Transcript|ENST%011d.%d|protein_coding||%d/27||||||||||||1||%.3g|||",
				terms[rng.IntN(len(terms))], pos/50_000, pos/50_000, rng.IntN(200_000), 1+rng.IntN(9), 1+rng.IntN(27), rng.Float64()/100)
		}
		b.WriteString("\tGT:AD:DP:GQ:PL")
		for range 3 {
			fmt.Fprintf(&b, "\t%s:%d,%d:%d:%d:%d,0,%d", calls[rng.IntN(4)], rng.IntN(40), rng.IntN(40), rng.IntN(80), rng.IntN(100), rng.IntN(900), rng.IntN(900))
		}
		b.WriteByte('\n')
	}
	return []byte(b.String()[:size])
}

// contents are kinds of data that lead the compressor different ways.
func contents() map[string][]byte {
	rng := rand.New(rand.NewPCG(1, 2))
	random, skewed := make([]byte, fullBlock), make([]byte, fullBlock)
	for i := range random {
		random[i] = byte(rng.Uint32())
		// Rare bytes get the longest words.
		skewed[i] = byte(min(rng.ExpFloat64()*4, 255))
	}
	short := bytes.Repeat([]byte("0|1\t"), 3)
	all := map[string][]byte{
		"empty": nil, "one": {7}, "few": short, "text": vcfText(fullBlock), "limit": vcfText(maxBlock),
		"random": random, "skewed": skewed,
		"mixed": append(append(vcfText(20_000), random[:20_000]...), skewed[:20_000]...),
	}
	for n := 1; n < 40; n++ { // each distance below and above the 16 bytes copied at once
		all[fmt.Sprintf("repeat %d", n)] = bytes.Repeat(random[:n], 3000/n)
	}
	return all
}

// deflated compresses content; where parts is more than 1 the stream has that
// many flushed pieces, empty stored blocks between them.
func deflated(t testing.TB, level, parts int, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, level)
	if err != nil {
		t.Fatal(err)
	}
	step := len(content)/parts + 1
	for len(content) > step {
		w.Write(content[:step])
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		content = content[step:]
	}
	w.Write(content)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestInflateGivesWhatWasDeflated(t *testing.T) {
	ours := newInflater()
	for name, content := range contents() {
		for level := flate.HuffmanOnly; level <= flate.BestCompression; level++ {
			for _, parts := range []int{1, 5} {
				src := deflated(t, level, parts, content)
				dst := make([]byte, len(content))
				if err := ours.Inflate(dst, src); err != nil || !bytes.Equal(dst, content) {
					t.Errorf("%s, level %d, %d parts: other bytes, error %v", name, level, parts, err)
				}
			}
		}
	}
}

func TestInflateOfEOFBlock(t *testing.T) {
	if err := newInflater().Inflate(nil, []byte(eofBlock[18:len(eofBlock)-footerSize])); err != nil {
		t.Error(err)
	}
}

func TestInflateRefusesOtherSizes(t *testing.T) {
	content := vcfText(5000)
	ours := newInflater()
	for level := range 3 {
		src := deflated(t, level, 1, content)
		for _, size := range []int{0, 1, 4999, 5001, maxBlock} {
			if err := ours.Inflate(make([]byte, size), src); err == nil {
				t.Errorf("level %d: %d bytes accepted for 5000", level, size)
			}
		}
		if err := ours.Inflate(make([]byte, 5000), append(src, 0)); !errors.Is(err, errSize) {
			t.Errorf("level %d: a byte after the stream: error %v", level, err)
		}
	}
}

// bitString is a stream given as bits in the order they are read.
func bitString(s string) []byte {
	s = strings.ReplaceAll(s, " ", "")
	out := make([]byte, (len(s)+7)/8)
	for i, c := range s {
		out[i/8] |= byte(c-'0') << (i % 8)
	}
	return out
}

func TestInflateRefusesBrokenStreams(t *testing.T) {
	// 01: fixed codes; 10 in reading order is 1. Numbers lowest bit first.
	const dynamic, one = "1 01", "100"
	for name, c := range map[string]struct {
		src  string
		want error
	}{
		"nothing":               {"", errCut},
		"kind 3":                {"1 11 00000", errStream},
		"stored, no complement": {"1 00 00000 10000000 00000000 00000000 00000000", errStream},
		"stored, cut":           {"1 00 00000 10000000 00000000 01111111 11111111", errCut},
		"match before content":  {"1 10 0000001 00000 0000000", errTooFar},
		"literal 286":           {"1 10 11000110 0000000", errStream},
		"distance 30":           {"1 10 00110000 0000001 11110 0000000", errStream},
		"287 literal widths":    {dynamic + "01111 00000 0000" + strings.Repeat("0", 60), errNoWidth},
		"31 distance widths":    {dynamic + "00000 01111 0000" + strings.Repeat("0", 60), errNoWidth},
		"no width code":         {dynamic + "00000 00000 0000 000 000 000 000" + strings.Repeat("0", 40), errNoWidth},
		"width code too full":   {dynamic + "00000 00000 0000" + one + one + one + "000" + strings.Repeat("0", 40), errCodes},
		"width code too empty":  {dynamic + "00000 00000 0000" + "010 000 000 000" + strings.Repeat("0", 40), errCodes},
		"repeat of nothing":     {dynamic + "00000 00000 0000" + one + one + "000 000" + strings.Repeat("0", 40), errNoWidth},
		"repeat beyond the end": {dynamic + "00000 00000 0000" + "000 000" + one + "000" + strings.Repeat("0 1111111", 9), errNoWidth},
	} {
		src, dst := bitString(c.src), make([]byte, 10)
		if err := newInflater().Inflate(dst, src); !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
		if err := (&stdInflater{}).Inflate(dst, src); err == nil {
			t.Errorf("%s: compress/flate takes it", name)
		}
	}
}

// holdAgainst inflates src with both and reports where they differ. Bytes after dst
// must stay as they are.
func holdAgainst(t testing.TB, ours, std Inflater, size int, src []byte) {
	t.Helper()
	const guard = 64
	got, want := bytes.Repeat([]byte{0xa5}, size+guard), make([]byte, size)
	err, stdErr := ours.Inflate(got[:size], src), std.Inflate(want, src)
	if (err == nil) != (stdErr == nil) {
		t.Fatalf("error %v, compress/flate %v\nsize %d of %x", err, stdErr, size, src)
	}
	if err == nil && !bytes.Equal(got[:size], want) {
		t.Fatalf("other bytes than compress/flate\nsize %d of %x", size, src)
	}
	if !bytes.Equal(got[size:], bytes.Repeat([]byte{0xa5}, guard)) {
		t.Fatalf("bytes after the block were written\nsize %d of %x", size, src)
	}
}

// TestInflateOfDamagedStreams damages sound streams in thousands of ways: each
// must end as with compress/flate.
func TestInflateOfDamagedStreams(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 11))
	ours, std := newInflater(), &stdInflater{}
	text := vcfText(6000)
	noise := contents()["skewed"][:3000]
	for _, content := range [][]byte{text, text[:300], noise, bytes.Repeat([]byte("ab"), 900), nil} {
		for _, level := range []int{flate.HuffmanOnly, 0, 1, 6, 9} {
			sound := deflated(t, level, 1+rng.IntN(3), content)
			for range 400 {
				src, size := bytes.Clone(sound), len(content)
				switch rng.IntN(4) {
				case 0:
					src = src[:rng.IntN(len(src))]
				case 1:
					size = max(0, size+rng.IntN(9)-4)
				case 2: // the codes stand at the start
					src[rng.IntN(min(len(src), 90))] ^= 1 << rng.IntN(8)
				default:
					for range 1 + rng.IntN(3) {
						src[rng.IntN(len(src))] = byte(rng.Uint32())
					}
				}
				holdAgainst(t, ours, std, size, src)
			}
		}
	}
}

func FuzzInflate(f *testing.F) {
	for _, content := range [][]byte{nil, []byte("chr1\t100\t.\tA\tG"), vcfText(2000), bytes.Repeat([]byte("abc"), 500)} {
		for _, level := range []int{flate.HuffmanOnly, 0, 1, 9} {
			f.Add(deflated(f, level, 2, content), uint16(len(content)))
		}
	}
	ours, std := newInflater(), &stdInflater{}
	f.Fuzz(func(t *testing.T, src []byte, size uint16) {
		holdAgainst(t, ours, std, int(size), src)
		// The size that fits is seldom hit: take it from the stream.
		content, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(src)), maxBlock+1))
		if err == nil && len(content) <= maxBlock {
			holdAgainst(t, ours, std, len(content), src)
		}
	})
}

func BenchmarkInflateBlock(b *testing.B) {
	content := vcfText(fullBlock)
	src, dst := deflated(b, 6, 1, content), make([]byte, fullBlock)
	for _, c := range []struct {
		name string
		in   Inflater
	}{{"ours", newInflater()}, {"compress-flate", &stdInflater{}}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(fullBlock)
			b.ReportAllocs()
			for b.Loop() {
				if err := c.in.Inflate(dst, src); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCheckBlocks(b *testing.B) {
	const size = 16 << 20
	path := compress(b, "made.vcf", string(vcfText(size)))
	b.SetBytes(size)
	for b.Loop() {
		if _, err := CheckBlocks(b.Context(), path, nil); err != nil {
			b.Fatal(err)
		}
	}
}
