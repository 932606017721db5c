package vcf

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/genome"

	"github.com/google/go-cmp/cmp"
)

// brief writes what a test compares of a variant.
func brief(v review.Variant) string {
	s := v.Key.String() + " " + string(v.Kind)
	for _, c := range v.Calls {
		s += " | " + c.GT + " " + string(c.State)
		s += " " + strings.Repeat("c", c.Copies) + strings.Repeat("o", c.Others)
		if c.AD != nil {
			s += fmt.Sprintf(" %d/%d", c.AD[0], c.AD[1])
		}
	}
	return s
}

func briefs(vs []review.Variant) []string {
	var out []string
	for _, v := range vs {
		out = append(out, brief(v))
	}
	return out
}

// Multi-allelic sites, "*", haploid and partial calls: acmg.md, acceptance 7.
func TestSplitByAllele(t *testing.T) {
	vs := scanned(t, header38()+
		rec("chr1 100 rs1 A G,T 5 PASS . GT:AD:DP:GQ 1/2:0,3,4:7:50 0/1:4,2,0:6:50 ./2:1,0,2:3:.")+
		rec("chr1 200 . GCA G,GCACA,* . . . GT:AD 1/3:1,2,0,5 0|2 .")+
		rec("chrX 5000000 . C T . LowQual;q10 . GT:AD:PS 1:0,5 0/0 0|1:2,2:77")+
		rec("chrX 5000100 . c t . . . GT ./. . 1|1"))
	want := []string{
		"1-100-A-G small | 1/2 called co 0/3 | 0/1 called c 4/2 | ./2 partial o 1/0",
		"1-100-A-T small | 1/2 called co 0/4 | 0/1 called o 4/0 | ./2 partial c 1/2",
		"1-200-GCA-G small | 1/3 called co 1/2 | 0|2 called o | . missing ",
		"1-200-G-GCA small | 1/3 called oo 1/0 | 0|2 called c | . missing ",
		"1-200-GCA-* star | 1/3 called co 1/5 | 0|2 called o | . missing ",
		"X-5000000-C-T small | 1 called c 0/5 | 0/0 called  | 0|1 called c 2/2",
		"X-5000100-C-T small | ./. missing  | . missing  | 1|1 called cc",
	}
	if d := cmp.Diff(want, briefs(vs)); d != "" {
		t.Errorf("variants (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"1-100-A-T"}, vs[0].Siblings); d != "" {
		t.Errorf("siblings (-want +got):\n%s", d)
	}
	if !vs[2].TrimmedOnly || vs[0].TrimmedOnly {
		t.Error("TrimmedOnly: want indels only")
	}
	phased := vs[5].Calls[2]
	if !phased.Phased || phased.Hap != 2 || phased.PS == nil || *phased.PS != 77 {
		t.Errorf("phased call %+v: want haplotype 2 of phase set 77", phased)
	}
	if h := vs[5].Calls[0]; h.Ploidy != 1 || h.Phased || h.PS != nil {
		t.Errorf("haploid call %+v: want ploidy 1, not phased", h)
	}
	if both := vs[6].Calls[2]; !both.Phased || both.Hap != 0 {
		t.Errorf("1|1 %+v: want phased on both haplotypes", both)
	}
}

func TestRecordFields(t *testing.T) {
	vs := scanned(t, header38()+
		rec("chr1 100 rs1;x A G 12.5 PASS . GT 0/1 0/0 0/0")+
		rec("chr1 101 . A G . . . GT 0/1 0/0 0/0")+
		rec("chr1 102 . A G Inf q;r . GT 0/1 0/0 0/0")+
		rec("chr1 103 . A G nan PASS . GT 0/1 0/0 0/0"))
	if vs[0].Record.ID != "rs1;x" || *vs[0].Record.Qual != 12.5 || vs[0].Record.Filters == nil || len(vs[0].Record.Filters) != 0 {
		t.Errorf("PASS: %+v", vs[0].Record)
	}
	if vs[1].Record.Qual != nil || vs[1].Record.Filters != nil {
		t.Errorf("filters not applied: %+v", vs[1].Record)
	}
	if vs[2].Record.Qual != nil || len(vs[2].Record.Filters) != 2 || vs[3].Record.Qual != nil {
		t.Errorf("no finite quality: %+v, %+v", vs[2].Record, vs[3].Record)
	}
	if vs[3].Record.Number != 4 || vs[3].Record.Contig != "chr1" || vs[3].Key.Assembly != genome.GRCh38 {
		t.Errorf("place: %+v %v", vs[3].Record, vs[3].Key)
	}
}

func TestReferenceBlocksAndOtherKinds(t *testing.T) {
	head := header38(`##INFO=<ID=END,Number=1,Type=Integer,Description="End">`, `##INFO=<ID=SVLEN,Number=A,Type=Integer,Description="Length">`,
		`##ALT=<ID=NON_REF,Description="Any other">`, `##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description="Least depth">`)
	vs := scanned(t, head+
		rec("chr1 100 . A <NON_REF> . . END=199 GT:DP:MIN_DP:GQ 0/0:30:12:40 ./.:0:0:0 0/0:9:8:7")+
		rec("chr1 200 . A G,<NON_REF> . . . GT:AD 0/1:5,6,0 0/0:9,0,0 0/2:1,0,1")+
		rec("chr1 300 . A . . . . GT 0/0 0/0 0/0")+
		rec("chr1 400 . A <DEL> . . SVLEN=-500 GT 0/1 0/0 0/0")+
		rec("chr1 500 . A A[chr2:321[ . . . GT 0/1 0/0 0/0")+
		rec("chr1 600 . A .T . . . GT 0/1 0/0 0/0")+
		rec("chr1 700 . A <INS> . . SVLEN=50 GT 0/1 0/0 0/0"))
	kinds := []review.VariantKind{
		review.ReferenceBlock, review.SmallVariant, review.ReferenceBlock, review.ReferenceBlock,
		review.Symbolic, review.Breakend, review.Breakend, review.Symbolic,
	}
	for i, k := range kinds {
		if vs[i].Kind != k {
			t.Errorf("%s is %s, want %s", vs[i].Key, vs[i].Kind, k)
		}
	}
	block := vs[0]
	if block.Record.End != 199 || block.Record.Allele != 0 {
		t.Errorf("block %+v: want end 199, allele 0", block.Record)
	}
	if c := block.Calls[0]; c.State != review.RefBlock || *c.Depth != 12 || !c.IsReference() {
		t.Errorf("covered call %+v: want ref_block with the least depth", c)
	}
	if c := block.Calls[1]; c.State != review.Missing || c.IsReference() {
		t.Errorf("call not made in a block %+v: want missing, not reference", c)
	}
	if vs[1].Calls[2].Copies != 0 || vs[1].Calls[2].Others != 1 {
		t.Errorf("0/2 at G,<NON_REF>: %+v, want another allele", vs[1].Calls[2])
	}
	if vs[4].Record.End != 900 || vs[7].Record.End != 700 {
		t.Errorf("ends %d and %d, want 900 for the deletion and 700 for the insertion", vs[4].Record.End, vs[7].Record.End)
	}
}

func TestBadRecordsAreListedAndOthersRead(t *testing.T) {
	f := opened(t, made(t, header38()+
		rec("chr1 100 . A G . . . GT 0/1 0/0 0/0")+
		rec("chr1 101 . A G . . . GT 0/2 0/0 0/0")+
		rec("chr1 102 . A G . . . GT 0/x 0/0 0/0")+
		rec("chr1 103 . 7 G . . . GT 0/1 0/0 0/0")+
		rec("chr1 104 . A G,. . . . GT 0/1 0/0 0/0")+
		rec("chr1 105 . A G . . . GT 0/1:5 0/0 0/0")+
		rec("chr1 106 . A G high . . GT 0/1 0/0 0/0")+
		rec("chr1 107 . A G . . . GT 0/1 0/0")+
		rec("chr1 108 . A G . . . GT:DP:GQ 0/1 0/0:3 0/0")))
	var good []genome.Pos
	tally, err := f.Scan(t.Context(), nil, func(r *Record) error {
		good = append(good, r.Pos)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]genome.Pos{100, 108}, good); d != "" {
		t.Errorf("good records (-want +got):\n%s", d)
	}
	var fields []string
	for i, b := range tally.Bad {
		fields = append(fields, b.Field)
		if b.Record != i+2 || b.Line != i+12 || b.Remedy == "" {
			t.Errorf("%+v: want record %d on line %d", b, i+2, i+12)
		}
	}
	if d := cmp.Diff([]string{"GT", "GT", "REF", "ALT", "FORMAT", "QUAL", "columns"}, fields); d != "" {
		t.Errorf("fields (-want +got):\n%s", d)
	}
	if tally.Records != 2 || tally.BadTotal != 7 || tally.Contigs["chr1"] != 9 {
		t.Errorf("tally %+v: want 2 good, 7 bad, 9 on chr1", tally)
	}
}

// One allele spelled in many ways has one key (acmg.md, acceptance 6).
func TestOneKeyForEverySpelling(t *testing.T) {
	for _, line := range []string{
		"chr1 100 . GA GAA . . . GT 0/1 0/0 0/0",
		"chr1 100 . G GA . . . GT 0/1 0/0 0/0",
		"chr1 100 . GAC T,GAAC . . . GT 0/2 0/0 0/0",
		"chr1 100 . g ga . . . GT 0/1 0/0 0/0",
	} {
		vs := scanned(t, header38()+rec(line))
		if got := vs[len(vs)-1]; got.Key.String() != "1-100-G-GA" || got.Calls[0].Copies != 1 {
			t.Errorf("%s: key %s, %d copies; want 1-100-G-GA, 1", line, got.Key, got.Calls[0].Copies)
		}
	}
}

func TestFind(t *testing.T) {
	head := header38(`##INFO=<ID=END,Number=1,Type=Integer,Description="End">`)
	f := opened(t, made(t, head+
		rec("chr1 100 . GAC T,GAAC . . . GT 0/2 0/0 0/0")+
		rec("chr1 1000 . A <NON_REF> . . END=1999 GT 0/0 0/0 0/0")+
		rec("chr1 2000 . A G . . . GT 0/1 0/0 0/0")))
	for _, tt := range []struct {
		key  string
		want Presence
		n    int
	}{
		{"1-100-G-GA", Present, 1},
		{"chr1-100-GAC-T", Present, 1},
		{"1-2000-A-G", Present, 1},
		{"1-2000-A-C", Absent, 0},
		{"1-1500-A-G", CoveredByBlock, 1},
		{"1-1999-AC-A", Absent, 0},
		{"1-50-A-G", Absent, 0},
		{"2-5-A-G", Absent, 0},
		{"1-240000000-A-G", Absent, 0},
	} {
		k, err := genome.ParseKey(genome.GRCh38, tt.key)
		if err != nil {
			t.Fatal(err)
		}
		vs, p, err := f.Find(t.Context(), k)
		if err != nil || p != tt.want || len(vs) != tt.n {
			t.Errorf("Find(%s) = %d variants, %s, %v; want %d, %s", tt.key, len(vs), p, err, tt.n, tt.want)
		}
		if p == Present && vs[0].Key != k {
			t.Errorf("Find(%s) found %s", tt.key, vs[0].Key)
		}
	}
	// A wrong name is not an empty contig.
	_, _, err := f.Find(t.Context(), genome.Key{Contig: "7", Pos: 5, Ref: "A", Alt: "G"})
	wantCode(t, err, CodeContig, `"7"`)
}

// REF and END reach into a region from its left (trap 10: whole chunks come back).
func TestRegionTakesWhatReachesIn(t *testing.T) {
	head := header38(`##INFO=<ID=END,Number=1,Type=Integer,Description="End">`)
	f := opened(t, made(t, head+
		rec("chr1 100 . A <DEL> . . END=50000 GT 0/1 0/0 0/0")+
		rec("chr1 200 . ACGTACGTAC A . . . GT 0/1 0/0 0/0")+
		rec("chr1 220 . A G . . . GT 0/1 0/0 0/0")+
		rec("chr1 60000 . A G . . . GT 0/1 0/0 0/0")))
	for _, tt := range []struct {
		first, last genome.Pos
		want        []genome.Pos
	}{
		{209, 209, []genome.Pos{100, 200}},
		{210, 219, []genome.Pos{100}},
		{50000, 50000, []genome.Pos{100}},
		{50001, 59999, nil},
		{1, 99, nil},
		{1, 100, []genome.Pos{100}},
		{60000, 70000, []genome.Pos{60000}},
	} {
		var got []genome.Pos
		err := f.Region(t.Context(), genome.Range{Contig: "1", First: tt.first, Last: tt.last}, func(r *Record) error {
			got = append(got, r.Pos)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("1:%d-%d (-want +got):\n%s", tt.first, tt.last, d)
		}
	}
}

func TestRegionsAtTheSameTime(t *testing.T) {
	var b strings.Builder
	b.WriteString(header38())
	for i := 1; i <= 5000; i++ {
		b.WriteString(rec("chr1 " + strconv.Itoa(i*50) + " . A G . . . GT:DP 0/1:9 0/0:8 0/0:7"))
	}
	f := opened(t, made(t, b.String()))
	done := make(chan error, 8)
	for g := range 8 {
		go func() {
			for i := range 20 {
				n, first := 0, genome.Pos((g*20+i)*1000+1)
				err := f.Region(t.Context(), genome.Range{Contig: "chr1", First: first, Last: first + 999}, func(*Record) error { n++; return nil })
				if err == nil && n != 20 {
					err = &review.InputError{What: strconv.Itoa(n) + " records"}
				}
				if err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
