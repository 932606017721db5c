package vcf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/genome"

	"github.com/google/go-cmp/cmp"
)

// fasta is a Reference in memory, read from a FASTA file or made.
type fasta struct {
	contigs map[string]string
	strict  bool // a read beyond the end is an error
	reads   atomic.Int64
	err     error
}

func (f *fasta) Bases(_ context.Context, contig string, first, last int64) ([]byte, error) {
	f.reads.Add(1)
	s, ok := f.contigs[contig]
	switch {
	case !ok:
		return nil, &review.InputError{Code: bgz.CodeContig, What: "has no contig " + contig}
	case f.err != nil:
		return nil, f.err
	case f.strict && (first < 1 || last > int64(len(s))):
		return nil, &review.InputError{Code: bgz.CodeBases, What: "has no such bases"}
	case first > int64(len(s)):
		return nil, nil
	}
	return []byte(strings.ToUpper(s[first-1 : min(last, int64(len(s)))])), nil
}

// readFasta reads a small FASTA whole.
func readFasta(t testing.TB, path string) *fasta {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := &fasta{contigs: map[string]string{}, strict: true}
	for entry := range strings.SplitSeq("\n"+string(b), "\n>") {
		name, body, _ := strings.Cut(entry, "\n")
		if fields := strings.Fields(name); len(fields) > 0 {
			f.contigs[fields[0]] = strings.ReplaceAll(strings.ReplaceAll(body, "\n", ""), "\r", "")
		}
	}
	return f
}

// repeatFile is a file on a contig of 60 bases: 20 of no repeat, ten CA, 20 more.
const repeatSequence = "GATTACAGGTCCTAGGATCG" + "CACACACACACACACACACA" + "TTGGCCTAGGATTCGGATTC"

func repeatFile(t testing.TB, records ...string) *File {
	return opened(t, made(t, "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=60>\n##contig=<ID=chrUn,length=99>\n"+
		"##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">\n"+
		"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\n"+strings.Join(records, "")))
}

func setReference(t testing.TB, f *File, ref Reference) {
	t.Helper()
	if err := f.SetReference(ref); err != nil {
		t.Fatal(err)
	}
}

// One deletion of CA, written at several copies, among other alleles and with
// bases to trim, has one key; without a reference each spelling has its own.
func TestKeysAreLeftAligned(t *testing.T) {
	records := []string{
		rec("chr1 20 . GCA G . . . GT 0/1"), rec("chr1 24 . ACA A . . . GT 0/1"), rec("chr1 30 . ACACA ACA,A . . . GT 1/2"),
		rec("chr1 38 . ACA A . . . GT 0/1"), rec("chr1 40 . A AGG . . . GT 0/1"),
	}
	for _, strict := range []bool{false, true} {
		f := repeatFile(t, records...)
		setReference(t, f, &fasta{contigs: map[string]string{"1": repeatSequence}, strict: strict})
		var got []string
		var vs []review.Variant
		if _, err := f.Scan(t.Context(), nil, func(r *Record) error {
			vs = append(vs, r.Variants()...)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for _, v := range vs {
			got = append(got, v.Key.String())
			if v.TrimmedOnly {
				t.Errorf("%s is marked as trimmed only", v.Key)
			}
		}
		want := []string{"1-20-GCA-G", "1-20-GCA-G", "1-20-GCA-G", "1-20-GCACA-G", "1-20-GCA-G", "1-40-A-AGG"}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("keys (-want +got):\n%s", d)
		}
		if d := cmp.Diff([]string{"1-20-GCACA-G"}, vs[2].Siblings); d != "" {
			t.Errorf("siblings (-want +got):\n%s", d)
		}
	}
	for _, v := range func() (vs []review.Variant) {
		_, _ = repeatFile(t, records...).Scan(t.Context(), nil, func(r *Record) error { vs = append(vs, r.Variants()...); return nil })
		return vs
	}() {
		if !v.TrimmedOnly {
			t.Errorf("%s without a reference is not marked as trimmed only", v.Key)
		}
	}
}

// Find looks for the allele at every copy of the repeat.
func TestFindAnAlleleSpelledOtherwise(t *testing.T) {
	for _, record := range []string{
		"chr1 20 . GCA G . . . GT 0/1", "chr1 38 . ACA A . . . GT 0/1", "chr1 37 . CACAT CAT . . . GT 0/1",
		"chr1 15 . GGATCGCACA GGATCGCA . . . GT 0/1", "chr1 30 . A T,* . . . GT 0/1\nchr1 33 . CAC C . . . GT 0/1",
	} {
		lines := strings.Split(record, "\n")
		for i := range lines {
			lines[i] = rec(lines[i])
		}
		f := repeatFile(t, lines...)
		setReference(t, f, &fasta{contigs: map[string]string{"chr1": repeatSequence}})
		for _, asked := range []string{"1-20-GCA-G", "1-30-ACA-A", "chr1-38-ACA-A"} {
			k, err := genome.ParseKey("", asked)
			if err != nil {
				t.Fatal(err)
			}
			vs, p, err := f.Find(t.Context(), k)
			if err != nil || p != Present || len(vs) != 1 || vs[0].Key.String() != "1-20-GCA-G" {
				t.Errorf("%s: Find(%s) = %v, %s, %v", record, asked, vs, p, err)
			}
		}
	}
	// An insertion written before the base behind it.
	f := repeatFile(t, rec("chr1 41 . T GGT . . . GT 0/1"))
	setReference(t, f, &fasta{contigs: map[string]string{"chr1": repeatSequence}})
	if vs, p, err := f.Find(t.Context(), genome.Key{Contig: "1", Pos: 40, Ref: "A", Alt: "AGG"}); err != nil || p != Present || len(vs) != 1 {
		t.Errorf("insertion: %v, %s, %v", vs, p, err)
	}
}

func TestRefIsHeldAgainstTheReference(t *testing.T) {
	f := repeatFile(t, rec("chr1 1 . G A . . . GT 0/1"), rec("chr1 2 . g t . . . GT 0/1"), rec("chr1 2 . a t . . . GT 0/1"),
		rec("chr1 21 . CAT C . . . GT 0/1"), rec("chr1 41 . N <DEL> . . END=50 GT 0/1"), rec("chr1 42 . N A . . . GT 0/1"),
		rec("chr1 59 . TCAA T . . . GT 0/1"), rec("chrUn 5 . AA A . . . GT 0/1"))
	setReference(t, f, &fasta{contigs: map[string]string{"chr1": strings.ToLower(repeatSequence)}})
	var keys []string
	var marked []bool
	tally, err := f.Scan(t.Context(), nil, func(r *Record) error {
		v := r.Variants()[0]
		keys, marked = append(keys, v.Key.String()), append(marked, v.TrimmedOnly)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"1-1-G-A", "1-2-A-T", "1-41-N-<DEL>@50", "chrUn-5-AA-A"}, keys); d != "" {
		t.Errorf("good records (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]bool{false, false, false, true}, marked); d != "" {
		t.Errorf("trimmed only (-want +got):\n%s", d)
	}
	if tally.BadTotal != 4 {
		t.Errorf("%d bad records, want 4", tally.BadTotal)
	}
	for _, b := range tally.Bad {
		if b.Code != CodeRefMismatch || b.Field != "REF" || b.Record == 0 || b.Line == 0 {
			t.Errorf("%+v: want a located mismatch of REF", b)
		}
	}
}

// wholeAssembly is a Reference that has contigs of given lengths, all N.
type wholeAssembly map[string]int64

func (w wholeAssembly) Contigs() (all []bgz.FastaContig) {
	for name, n := range w {
		all = append(all, bgz.FastaContig{Name: name, Length: n})
	}
	return all
}

func (w wholeAssembly) Bases(_ context.Context, _ string, first, last int64) ([]byte, error) {
	return []byte(strings.Repeat("N", int(last-first+1))), nil
}

func TestReferenceOfAnotherAssemblyIsRefused(t *testing.T) {
	f := opened(t, made(t, header38()+rec("chr1 1 . N A . . . GT 0/1 0/0 0/0")))
	err := f.SetReference(wholeAssembly{"1": 249250621})
	wantCode(t, err, CodeReference, "chr1", "GRCh37", "GRCh38")
	for _, fits := range []wholeAssembly{{"chr1": 248956422}, {"1": 1000}, {"7": 159138663}, {}} {
		if err := f.SetReference(fits); err != nil {
			t.Errorf("%v: %v", fits, err)
		}
	}
}

// The two mitochondrial sequences are not taken for each other.
func TestReferenceMitochondrion(t *testing.T) {
	old, now := strings.Repeat("A", genome.LengthHg19ChrM), strings.Repeat("C", genome.LengthRCRS)
	for _, tt := range []struct {
		length int
		names  map[string]string
		want   string
	}{
		{genome.LengthRCRS, map[string]string{"chrM": now}, "chrM"},
		{genome.LengthRCRS, map[string]string{"MT": now}, "MT"},
		{genome.LengthRCRS, map[string]string{"chrM": old, "MT": now}, "MT"},
		{genome.LengthRCRS, map[string]string{"chrM": old}, ""},
		{genome.LengthHg19ChrM, map[string]string{"chrM": old}, "chrM"},
		{genome.LengthHg19ChrM, map[string]string{"chrM": now, "NC_001807.4": old}, "NC_001807.4"},
		{genome.LengthHg19ChrM, map[string]string{"MT": now}, ""},
	} {
		f := opened(t, made(t, fmt.Sprintf("##fileformat=VCFv4.2\n##contig=<ID=chrM,length=%d>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n%s", tt.length, rec("chrM 5 . A G . . ."))))
		setReference(t, f, &fasta{contigs: tt.names})
		if got := f.src.sequence.name("chrM"); got != tt.want {
			t.Errorf("chrM of %d bases is %q, want %q", tt.length, got, tt.want)
		}
	}
}

func TestAReferenceThatFailsEndsTheScan(t *testing.T) {
	disk := errors.New("disk gone")
	ref := &fasta{contigs: map[string]string{"chr1": repeatSequence}}
	f := repeatFile(t, rec("chr1 24 . ACA A . . . GT 0/1"))
	setReference(t, f, ref)
	ref.err = disk
	if _, err := f.Scan(t.Context(), nil, func(*Record) error { return nil }); !errors.Is(err, disk) {
		t.Errorf("Scan: %v, want the failure", err)
	}
	if _, _, err := f.Find(t.Context(), genome.Key{Contig: "1", Pos: 24, Ref: "ACA", Alt: "A"}); !errors.Is(err, disk) {
		t.Errorf("Find: %v, want the failure", err)
	}
}

// The reference as the program has it: a FASTA file through its index.
func TestReferenceFromAFile(t *testing.T) {
	needTools(t, "samtools")
	path := filepath.Join(t.TempDir(), "r.fa")
	write(t, path, ">1 first\n"+repeatSequence[:30]+"\n"+repeatSequence[30:]+"\n>MT\nGATTACA\n")
	run(t, "samtools", "faidx", path)
	ref, err := bgz.OpenFasta(path)
	if err != nil {
		t.Fatal(err)
	}
	defer ref.Close()
	f := repeatFile(t, rec("chr1 38 . ACA A . . . GT 0/1"), rec("chr1 60 . C T . . . GT 0/1"), rec("chrUn 7 . A T . . . GT 0/1"))
	setReference(t, f, ref)
	var keys []string
	if tally, err := f.Scan(t.Context(), nil, func(r *Record) error {
		keys = append(keys, r.Variants()[0].Key.String())
		return nil
	}); err != nil || tally.BadTotal != 0 {
		t.Fatal(err, tally.Bad)
	}
	if d := cmp.Diff([]string{"1-20-GCA-G", "1-60-C-T", "chrUn-7-A-T"}, keys); d != "" {
		t.Errorf("keys (-want +got):\n%s", d)
	}
	// Replaced while it is in use: no key is made of it.
	write(t, path, ">1\n"+strings.Repeat("A", 60)+"\n")
	f = repeatFile(t, rec("chr1 38 . ACA A . . . GT 0/1"))
	if err := f.SetReference(ref); err == nil {
		_, err = f.Scan(t.Context(), nil, func(*Record) error { return nil })
		if err == nil {
			t.Error("a FASTA that was replaced gave no error")
		}
	}
}

// Records in file order read each chunk of the reference once.
func TestReferenceIsReadInChunks(t *testing.T) {
	seq := strings.Repeat("GATTACACAC", 20_000)
	ref := &fasta{contigs: map[string]string{"chr1": seq}}
	h := newHeaderReader("f.vcf")
	for _, l := range []string{"##contig=<ID=chr1,length=200000>", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"} {
		if err := h.line([]byte(l)); err != nil {
			t.Fatal(err)
		}
	}
	s, err := newSequence("f.vcf", &h.h, ref)
	if err != nil {
		t.Fatal(err)
	}
	for first := genome.Pos(1); first <= 200_000; first += 37 {
		last := first + first%50
		got, err := s.bases("chr1", first, last)
		if want := seq[first-1 : min(int(last), len(seq))]; err != nil || string(got) != want {
			t.Fatalf("bases %d-%d = %s, %v; want %s", first, last, got, err, want)
		}
	}
	if n := ref.reads.Load(); n > 60 {
		t.Errorf("%d reads of the reference for %d chunks", n, len(seq)/chunkBases+1)
	}
	if got, err := s.bases("chr1", 10, 150_000); err != nil || string(got) != seq[9:150_000] {
		t.Errorf("a long stretch: %d bases, %v", len(got), err)
	}
}
