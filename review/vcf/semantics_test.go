package vcf

import (
	"strings"
	"testing"

	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

// variantsOf parses one record under a header of one sample with extra lines.
func variantsOf(t testing.TB, version, line string, extra ...string) []review.Variant {
	t.Helper()
	r, f := recordOf(t, version, line, extra...)
	if f != nil {
		t.Fatalf("%s: %s %s", line, f.Field, f.What)
	}
	return r.Variants()
}

func recordOf(t testing.TB, version, line string, extra ...string) (*Record, *fault) {
	t.Helper()
	h := newHeaderReader("f.vcf")
	cols := strings.Fields(line)
	column := "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
	if len(cols) > 8 {
		column += "\tFORMAT"
		for i := range len(cols) - 9 {
			column += "\ts" + string(rune('1'+i))
		}
	}
	for _, l := range append(append([]string{"##fileformat=" + version, "##contig=<ID=1,length=248956422>"}, extra...), column) {
		if err := h.line([]byte(l)); err != nil {
			t.Fatal(err)
		}
	}
	src := &source{file: "f.vcf", header: &h.h, fields: newFieldMap(&h.h)}
	return parseRecord(src, strings.Join(cols, "\t"))
}

// The states of a genotype (issue 3, Deliver 1; acmg.md section 6).
func TestCallStates(t *testing.T) {
	set := int64(77)
	pid := int64(100)
	for _, tt := range []struct {
		name, line string
		want       review.Call
	}{
		{"called", "1 100 . A G . . . GT 0/1", review.Call{GT: "0/1", State: review.Called, Ploidy: 2, Copies: 1}},
		{"partial", "1 100 . A G . . . GT ./1", review.Call{GT: "./1", State: review.Partial, Ploidy: 2, Copies: 1}},
		{"missing", "1 100 . A G . . . GT ./.", review.Call{GT: "./.", State: review.Missing, Ploidy: 2}},
		{"no GT", "1 100 . A G . . . DP 5", review.Call{State: review.Missing, Depth: ptr(5)}},
		{"haploid", "1 100 . A G . . . GT 1", review.Call{GT: "1", State: review.Called, Ploidy: 1, Copies: 1}},
		{"triploid", "1 100 . A G,T . . . GT 0/1/2", review.Call{GT: "0/1/2", State: review.Called, Ploidy: 3, Copies: 1, Others: 1}},
		{"block, least depth", "1 100 . A <NON_REF> . . END=200 GT:DP:MIN_DP 0/0:30:11", review.Call{GT: "0/0", State: review.RefBlock, Ploidy: 2, Depth: ptr(11)}},
		{"block of version 4.5", "1 100 . A <*> . . . GT:LEN:DP 0/0:50:9", review.Call{GT: "0/0", State: review.RefBlock, Ploidy: 2, Depth: ptr(9), BlockEnd: 149}},
		{"not called in a block", "1 100 . A <NON_REF> . . END=200 GT ./.", review.Call{GT: "./.", State: review.Missing, Ploidy: 2}},
		{"spanning deletion", "1 100 . A G,* . . . GT 1/2", review.Call{GT: "1/2", State: review.Called, Ploidy: 2, Copies: 1, Others: 1}},
		{"phased with PS", "1 100 . A G . . . GT:PS 1|0:77", review.Call{GT: "1|0", State: review.Called, Ploidy: 2, Copies: 1, Phased: true, Hap: 1, PS: &set, PhaseSet: "77"}},
		{"leading phase mark", "1 100 . A G . . . GT |0|1", review.Call{GT: "|0|1", State: review.Called, Ploidy: 2, Copies: 1, Phased: true, Hap: 2}},
		{"first allele not phased", "1 100 . A G . . . GT /0|1", review.Call{GT: "/0|1", State: review.Called, Ploidy: 2, Copies: 1}},
		{"phase sets by allele", "1 100 . A G . . . GT:PSL 0|1:.,b", review.Call{GT: "0|1", State: review.Called, Ploidy: 2, Copies: 1, Phased: true, Hap: 2, PhaseSet: "b"}},
		{
			"physical phasing of GATK", "1 105 . A G . . . GT:PGT:PID 0/1:1|0:100_C_T",
			review.Call{GT: "0/1", State: review.Called, Ploidy: 2, Copies: 1, Phased: true, Hap: 1, PS: &pid, PhaseSet: "100_C_T"},
		},
		{
			"physical phasing of other alleles", "1 105 . A G,T . . . GT:PGT:PID 1/2:0|1:100_C_T",
			review.Call{GT: "1/2", State: review.Called, Ploidy: 2, Copies: 1, Others: 1},
		},
		{"filtered call", "1 100 . A G . . . GT:FT 0/1:LowGQ;q10", review.Call{GT: "0/1", State: review.Called, Ploidy: 2, Copies: 1, Filters: []string{"LowGQ", "q10"}}},
		{"passed call", "1 100 . A G . . . GT:FT 0/1:PASS", review.Call{GT: "0/1", State: review.Called, Ploidy: 2, Copies: 1}},
		{"copy number", "1 100 . A <CNV> . . END=200 GT:CN ./.:3", review.Call{GT: "./.", State: review.Missing, Ploidy: 2, CopyNumber: ptr(3.0)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := variantsOf(t, "VCFv4.4", tt.line)[0].Calls[0]
			tt.want.Sample = "s1"
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.line, d)
			}
		})
	}
}

// Reads of REF and of each ALT, by the names that callers give them.
func TestReadsOfEachAllele(t *testing.T) {
	for _, tt := range []struct {
		name, line string
		want       []*[2]int // of each ALT
	}{
		{"AD by allele", "1 1 . A G,T . . . GT:AD 1/2:1,2,3", []*[2]int{{1, 2}, {1, 3}}},
		{"AD with a gap", "1 1 . A G,T . . . GT:AD 1/2:1,.,3", []*[2]int{nil, {1, 3}}},
		{"AD that does not fit", "1 1 . A G,T . . . GT:AD 1/2:1,2", []*[2]int{nil, nil}},
		{"freebayes", "1 1 . A G,T . . . GT:RO:AO 1/2:1:2,3", []*[2]int{{1, 2}, {1, 3}}},
		{"VarScan", "1 1 . A G . . . GT:RD:AD 0/1:7:5", []*[2]int{{7, 5}}},
		{"AD of the ALT alone, no RD", "1 1 . A G . . . GT:AD 0/1:5", []*[2]int{nil}},
		{"local alleles", "1 1 . A C,G,T . . . GT:LAA:LAD 1/3:1,3:10,11,12", []*[2]int{{10, 11}, nil, {10, 12}}},
		{"no local allele", "1 1 . A C,G . . . GT:LAA:LAD 0/0:.:10", []*[2]int{nil, nil}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []*[2]int
			for _, v := range variantsOf(t, "VCFv4.5", tt.line) {
				got = append(got, v.Calls[0].AD)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.line, d)
			}
		})
	}
}

// Symbolic alleles keep end, length and type (VCF 4.1 to 4.5), and two of one
// name at one position are two keys.
func TestStructuralAlleles(t *testing.T) {
	type sv struct {
		Key  string
		End  int64 // of the place in the file
		What *review.Structural
	}
	svlen := `##INFO=<ID=SVLEN,Number=A,Type=Integer,Description="Length">`
	for _, tt := range []struct {
		name, version, line string
		want                []sv
		extra               []string
	}{
		{"deletion with END", "VCFv4.2", "1 100 . A <DEL> . . SVTYPE=DEL;END=400;SVLEN=-300", []sv{{"1-100-A-<DEL>@400", 400, &review.Structural{Type: "DEL", End: 400, Length: ptr(int64(300))}}}, nil},
		{"another at the same place", "VCFv4.2", "1 100 . A <DEL> . . SVTYPE=DEL;END=900", []sv{{"1-100-A-<DEL>@900", 900, &review.Structural{Type: "DEL", End: 900}}}, nil},
		{"SVLEN alone", "VCFv4.4", "1 100 . A <DUP:TANDEM> . . SVLEN=300;SVCLAIM=DJ", []sv{{"1-100-A-<DUP:TANDEM>@400", 400, &review.Structural{Type: "DUP", End: 400, Length: ptr(int64(300)), Claim: "DJ"}}}, nil},
		{
			"two deletions in one record", "VCFv4.4", "1 100 . A <DEL>,<DEL> . . END=900;SVLEN=300,800;SVCLAIM=D,J",
			[]sv{
				{"1-100-A-<DEL>@400", 400, &review.Structural{Type: "DEL", End: 400, Length: ptr(int64(300)), Claim: "D"}},
				{"1-100-A-<DEL>@900", 900, &review.Structural{Type: "DEL", End: 900, Length: ptr(int64(800)), Claim: "J"}},
			},
			[]string{svlen, `##INFO=<ID=SVCLAIM,Number=A,Type=String,Description="Claim">`},
		},
		{
			"two that nothing tells apart", "VCFv4.4", "1 100 . A <DEL>,<DEL> . . .",
			[]sv{{"1-100-A-<DEL>", 100, &review.Structural{Type: "DEL"}}, {"1-100-A-<DEL>#2", 100, &review.Structural{Type: "DEL"}}},
			nil,
		},
		{"insertion", "VCFv4.2", "1 100 . A <INS:ME:ALU> . . SVLEN=280;IMPRECISE", []sv{{"1-100-A-<INS:ME:ALU>@100+280", 100, &review.Structural{Type: "INS", End: 100, Length: ptr(int64(280)), Imprecise: true}}}, nil},
		{"inversion", "VCFv4.1", "1 100 . A <INV> . . END=200", []sv{{"1-100-A-<INV>@200", 200, &review.Structural{Type: "INV", End: 200}}}, nil},
		{"END left of POS is none", "VCFv4.2", "1 100 . A <DEL> . . END=50", []sv{{"1-100-A-<DEL>", 100, &review.Structural{Type: "DEL"}}}, nil},
		{"repeat expansion", "VCFv4.2", "1 100 . C <STR27> . . SVTYPE=STR;END=160;RU=CAG", []sv{{"1-100-C-<STR27>@160", 160, &review.Structural{Type: "STR", End: 160}}}, nil},
		{
			"tandem repeats of version 4.4", "VCFv4.4", "1 100 . C <CNV:TR>,<CNV:TR> . . SVLEN=60,60;RN=1,2;RUS=CAG,CAG,CAA;RUC=40,18,2",
			[]sv{
				{"1-100-C-<CNV:TR>@160:CAGx40", 160, &review.Structural{Type: "CNV", End: 160, Length: ptr(int64(60)), Repeat: "CAGx40"}},
				{"1-100-C-<CNV:TR>@160:CAGx18,CAAx2", 160, &review.Structural{Type: "CNV", End: 160, Length: ptr(int64(60)), Repeat: "CAGx18,CAAx2"}},
			},
			[]string{svlen},
		},
		{"sequence of the assembly file", "VCFv4.3", "1 100 . C C<ctg1> . . SVLEN=329", []sv{{"1-100-C-C<ctg1>@+329", 100, &review.Structural{Type: "ctg1", Length: ptr(int64(329))}}}, nil},
		{"breakend", "VCFv4.2", "1 100 . A A]17:198982] . . SVTYPE=BND", []sv{{"1-100-A-A]17:198982]", 0, &review.Structural{Type: "BND", Mate: "17:198982"}}}, nil},
		{"single breakend", "VCFv4.2", "1 100 . A A. . . SVTYPE=BND", []sv{{"1-100-A-A.", 0, &review.Structural{Type: "BND"}}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []sv
			for _, v := range variantsOf(t, tt.version, tt.line, tt.extra...) {
				got = append(got, sv{v.Key.String(), int64(v.Record.End), v.Structural})
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.line, d)
			}
		})
	}
}

// A symbolic allele is found by its own key, and by its name all that stand there.
func TestFindSymbolicAlleles(t *testing.T) {
	f := opened(t, made(t, header38(`##INFO=<ID=END,Number=1,Type=Integer,Description="End">`)+
		rec("chr1 100 . A <DEL> . . END=400 GT 0/1 0/0 0/0")+rec("chr1 100 . A <DEL> . . END=900 GT 0/0 0/1 0/0")))
	for asked, want := range map[string]int{"1-100-A-<DEL>@400": 1, "1-100-A-<DEL>@900": 1, "1-100-A-<DEL>": 2, "1-100-A-<DEL>@500": 0, "1-100-A-<DUP>": 0} {
		k := mustKey(t, asked)
		vs, p, err := f.Find(t.Context(), k)
		if err != nil || len(vs) != want || (p == Present) != (want > 0) {
			t.Errorf("Find(%s) = %d, %s, %v; want %d", asked, len(vs), p, err, want)
		}
	}
}

// A block that ends sooner for one person than for another covers only the other
// (VCF 4.5, FORMAT LEN).
func TestBlocksOfEachPerson(t *testing.T) {
	r, fault := recordOf(t, "VCFv4.5", "1 100 . A <*> . . END=199 GT:LEN 0/0:100 0/0:10 0/0:.")
	if fault != nil {
		t.Fatal(fault)
	}
	if r.End() != 199 {
		t.Errorf("ends at %d, want 199", r.End())
	}
	var states []review.CallState
	for _, c := range covering(r.Variants(), 150)[0].Calls {
		states = append(states, c.State)
	}
	if d := cmp.Diff([]review.CallState{review.RefBlock, review.NoRecord, review.RefBlock}, states); d != "" {
		t.Errorf("states at 150 (-want +got):\n%s", d)
	}
	if r, _ := recordOf(t, "VCFv4.5", "1 100 . A <*> . . . GT:LEN 0/0:100 0/0:10"); r.End() != 199 {
		t.Errorf("without END it ends at %d, want 199", r.End())
	}
}
