package vcf

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

// splitOf normalises one record of a file on repeatSequence.
func splitOf(t testing.TB, ref Reference, line string, extra ...string) ([]string, NormaliseReport) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.vcf")
	cols := strings.Fields(line)
	head := "##fileformat=VCFv4.5\n##contig=<ID=chr1,length=60>\n" + strings.Join(append(extra, ""), "\n") + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
	if len(cols) > 8 {
		head += "\tFORMAT\ta"
	}
	if len(cols) > 10 {
		head += "\tb"
	}
	write(t, path, head+"\n"+rec(line))
	lines, _, rep := normalised(t, path, ref)
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], "\t", " ")
	}
	return lines, rep
}

func repeatReference() Reference { return &fasta{contigs: map[string]string{"chr1": repeatSequence}} }

// What is written of one record.
func TestNormalisedLines(t *testing.T) {
	format := func(id, number string) string {
		return `##FORMAT=<ID=` + id + `,Number=` + number + `,Type=Integer,Description="x">`
	}
	info := func(id, number string) string {
		return `##INFO=<ID=` + id + `,Number=` + number + `,Type=String,Description="x">`
	}
	for _, tt := range []struct {
		name, line string
		extra      []string
		want       []string
	}{
		{"nothing to do", "chr1 5 x a g 1 PASS DP=5 GT 0/1", nil, []string{"chr1 5 x a g 1 PASS DP=5 GT 0/1"}},
		{"no ALT", "chr1 5 . A . . . END=9 GT 0/0", nil, []string{"chr1 5 . A . . . END=9 GT 0/0"}},
		{"left-aligned", "chr1 38 . ACA A . . DP=5 GT 0/1", nil, []string{"chr1 20 . GCA G . . DP=5;OLD_REC=chr1|38|ACA|A|1 GT 0/1"}},
		{"no INFO", "chr1 38 . ACA A . . .", nil, []string{"chr1 20 . GCA G . . OLD_REC=chr1|38|ACA|A|1"}},
		{
			"siblings are marked", "chr1 5 . A C,G . q . GT:DP 1/2:7 0|1:8", nil,
			[]string{
				"chr1 5 . A C . q OLD_REC=chr1|5|A|C/G|1 GT:DP:OGT 1/.:7:1/2 0|1:8:0|1",
				"chr1 5 . A G . q OLD_REC=chr1|5|A|C/G|2 GT:DP:OGT ./1:7:1/2 0|.:8:0|1",
			},
		},
		{
			"no sibling is carried", "chr1 5 . A C,* . . . GT 0/1", nil,
			[]string{"chr1 5 . A C . . OLD_REC=chr1|5|A|C/*|1 GT 0/1", "chr1 5 . A * . . OLD_REC=chr1|5|A|C/*|2 GT:OGT 0/.:0/1"},
		},
		{
			"any ploidy", "chr1 5 . A C,G . . . GT:PL 0/1/2:0,1,2,3,4,5,6,7,8,9 2:0,1,2",
			[]string{format("PL", "G")},
			[]string{
				"chr1 5 . A C . . OLD_REC=chr1|5|A|C/G|1 GT:PL:OGT 0/1/.:0,1,2,3:0/1/2 .:0,1:2",
				"chr1 5 . A G . . OLD_REC=chr1|5|A|C/G|2 GT:PL:OGT 0/./1:0,4,7,9:0/1/2 1:0,2:2",
			},
		},
		{
			"local alleles", "chr1 5 . A C,G,T . . . GT:LAA:LAD:LPL 1/3:1,3:10,11,12:0,1,2,3,4,5 0/0:.:30:0",
			[]string{format("LAA", "."), format("LAD", "LR"), format("LPL", "LG")},
			[]string{
				"chr1 5 . A C . . OLD_REC=chr1|5|A|C/G/T|1 GT:LAA:LAD:LPL:OGT 1/.:1:10,11:0,1,2:1/3 0/0:.:30:0:0/0",
				"chr1 5 . A G . . OLD_REC=chr1|5|A|C/G/T|2 GT:LAA:LAD:LPL:OGT ./.:.:10:0:1/3 0/0:.:30:0:0/0",
				"chr1 5 . A T . . OLD_REC=chr1|5|A|C/G/T|3 GT:LAA:LAD:LPL:OGT ./1:1:10,12:0,3,5:1/3 0/0:.:30:0:0/0",
			},
		},
		{
			"AD that the header leaves open", "chr1 5 . A C,G . . AC=1,1 GT:AD 1/2:5,6,7 0/0:.",
			[]string{format("AD", ".")},
			[]string{
				"chr1 5 . A C . . AC=1;OLD_REC=chr1|5|A|C/G|1 GT:AD:OGT 1/.:5,6:1/2 0/0:.:0/0",
				"chr1 5 . A G . . AC=1;OLD_REC=chr1|5|A|C/G|2 GT:AD:OGT ./1:5,7:1/2 0/0:.:0/0",
			},
		},
		{"END follows REF", "chr1 38 . ACA A . . END=40 GT 0/1", nil, []string{"chr1 20 . GCA G . . END=22;OLD_REC=chr1|38|ACA|A|1 GT 0/1"}},
		{
			"deletions with lengths", "chr1 21 . C <DEL>,<DUP> . . END=40;SVLEN=-9,19",
			[]string{info("SVLEN", "A")},
			[]string{"chr1 21 . C <DEL> . . END=40;SVLEN=-9;OLD_REC=chr1|21|C|<DEL>/<DUP>|1", "chr1 21 . C <DUP> . . END=40;SVLEN=19;OLD_REC=chr1|21|C|<DEL>/<DUP>|2"},
		},
		{
			"values that do not fit", "chr1 5 . A C,G . . X=1,2,3;Y=a,b",
			[]string{info("X", "A"), info("Y", "R")},
			[]string{"chr1 5 . A C . . X=.;Y=.;OLD_REC=chr1|5|A|C/G|1", "chr1 5 . A G . . X=.;Y=.;OLD_REC=chr1|5|A|C/G|2"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := splitOf(t, repeatReference(), tt.line, tt.extra...)
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.line, d)
			}
		})
	}
}

// The rows of an annotation go to their allele and are spelled for it, so that a
// reader of the new file finds them again.
func TestNormalisedAnnotation(t *testing.T) {
	got, rep := splitOf(t, repeatReference(), "chr1 37 . CACA CA,TACA . . CSQ=CA|shorter|.,TACA|other|.,?|none|.;SpliceAI=CA|G|0.1,TACA|G|0.9",
		csqLine("Allele|Consequence|X"), `##INFO=<ID=SpliceAI,Number=.,Type=String,Description="x">`)
	want := []string{
		"chr1 20 . GCA G . . CSQ=-|shorter|.;SpliceAI=G|G|0.1;OLD_REC=chr1|37|CACA|CA/TACA|1",
		"chr1 37 . C T . . CSQ=T|other|.;SpliceAI=T|G|0.9;OLD_REC=chr1|37|CACA|CA/TACA|2",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("lines (-want +got):\n%s", d)
	}
	if rep.Unmatched != 1 || rep.Split != 1 || rep.Changed != 2 {
		t.Errorf("report %+v: want 1 row that fits no allele, 1 split, 2 changed", rep)
	}
	for _, line := range got {
		r, f := recordOf(t, "VCFv4.2", line, csqLine("Allele|Consequence|X"), `##INFO=<ID=SpliceAI,Number=.,Type=String,Description="x">`)
		if f != nil {
			t.Fatal(f.What)
		}
		if v := r.Variants()[0]; len(v.Consequences) != 1 {
			t.Errorf("%s: %d rows found again, want 1", line, len(v.Consequences))
		}
	}
}

func TestNormaliseWithoutAReferenceSaysSo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.vcf")
	write(t, path, header38()+rec("chr1 38 . ACA A . . . GT 0/1 0/0 0/0")+rec("chr1 38 . ACT ACC . . . GT 0/1 0/0 0/0"))
	lines, header, rep := normalised(t, path, nil)
	if rep.TrimmedOnly != 1 || !strings.Contains(strings.Join(header, "\n"), "LeftAligned=no") {
		t.Errorf("report %+v: want one indel marked as trimmed only, and a header line", rep)
	}
	if !strings.HasPrefix(lines[1], "chr1\t40\t.\tT\tC\t") {
		t.Errorf("lines %q: want the second trimmed", lines)
	}
	_, header, _ = normalised(t, path, &fasta{})
	if !strings.Contains(strings.Join(header, "\n"), `LeftAligned=yes,Reference="made.fa"`) {
		t.Errorf("header %q: want the reference named", header)
	}
}

// The output is sorted, however far an allele moves, and a sound BGZF file.
func TestNormaliseSortsWhatMovesFar(t *testing.T) {
	seq := "G" + strings.Repeat("CA", 20_000) + "T"
	path := filepath.Join(t.TempDir(), "a.vcf")
	write(t, path, "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=40002>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"+
		rec("chr1 100 . C T . . .")+rec("chr1 20000 . C T . . .")+rec("chr1 39001 . ACA A . . ."))
	lines, _, _ := normalised(t, path, &fasta{contigs: map[string]string{"chr1": seq}})
	var got []string
	for _, l := range lines {
		got = append(got, strings.Join(strings.Split(l, "\t")[1:5], " "))
	}
	if d := cmp.Diff([]string{"1 . GCA G", "100 . C T", "20000 . C T"}, got); d != "" {
		t.Errorf("lines (-want +got):\n%s", d)
	}
}

func TestNormaliseWritesAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	path, out := filepath.Join(dir, "a.vcf"), filepath.Join(dir, "out.vcf.gz")
	for name, tt := range map[string]struct{ records, code string }{
		"a record that cannot be read": {rec("chr1 1 . G A . . . GT 0/1 0/0 0/0") + rec("chr1 x . G A . . . GT 0/1 0/0 0/0"), CodeRecord},
		"another REF":                  {rec("chr1 1 . T A . . . GT 0/1 0/0 0/0"), CodeRefMismatch},
		"not sorted":                   {rec("chr1 5 . A C . . . GT 0/1 0/0 0/0") + rec("chr1 1 . G A . . . GT 0/1 0/0 0/0"), CodeUnsorted},
		"a contig in two places": {
			rec("chr1 5 . A C . . . GT 0/1 0/0 0/0") + rec("chr2 1 . G A . . . GT 0/1 0/0 0/0") + rec("chr1 6 . C A . . . GT 0/1 0/0 0/0"), CodeUnsorted,
		},
	} {
		t.Run(name, func(t *testing.T) {
			write(t, path, header38()+tt.records)
			_, err := Normalise(t.Context(), Normalisation{In: path, Out: out, Reference: repeatReference()}, nil)
			wantCode(t, err, tt.code)
			if bad, ok := errors.AsType[*review.InputError](err); ok && bad.Line == 0 {
				t.Errorf("%v: no line", bad)
			}
			if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("an output is there: %v", err)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, ".*")); left != nil {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	write(t, path, header38())
	_, err := Normalise(t.Context(), Normalisation{In: path, Out: path}, nil)
	wantCode(t, err, "same_file")
}

// What Normalise writes, bcftools and tabix read, and Normalise leaves as it is.
func TestNormalisedFilesAreReadByOthers(t *testing.T) {
	needTools(t, "bcftools", "tabix", "bgzip")
	dir := t.TempDir()
	path, out, again := filepath.Join(dir, "a.vcf"), filepath.Join(dir, "o.vcf.gz"), filepath.Join(dir, "p.vcf.gz")
	var b strings.Builder
	b.WriteString(header38())
	for i := range 4000 {
		b.WriteString(rec("chr1 " + strconv.Itoa(100+i) + " . AC A,T,ACC . PASS . GT:AD:DP:GQ 1/2:0,1,2,3:9:9 0/3:0,1,2,3:9:9 0/0:0,1,2,3:9:9"))
	}
	write(t, path, b.String())
	if _, err := Normalise(t.Context(), Normalisation{In: path, Out: out}, nil); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(run(t, "bcftools", "view", "-H", out), "\n"); n != 12_000 {
		t.Errorf("bcftools reads %d records, want 12,000", n)
	}
	run(t, "bgzip", "-t", out)
	run(t, "tabix", "-p", "vcf", out)
	if f := opened(t, out); f != nil {
		if n := strings.Count(run(t, "tabix", out, "chr1:200-200"), "\n"); n == 0 {
			t.Error("tabix finds nothing")
		}
	}
	rep, err := Normalise(t.Context(), Normalisation{In: out, Out: again}, nil)
	if err != nil || rep.Changed != 0 || rep.Split != 0 {
		t.Errorf("a second time: %+v, %v; want nothing changed", rep, err)
	}
	if d := cmp.Diff(run(t, "bcftools", "view", "-H", out), run(t, "bcftools", "view", "-H", again)); d != "" {
		t.Errorf("a second time the records differ:\n%.500s", d)
	}
}
