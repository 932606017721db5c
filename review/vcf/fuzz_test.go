package vcf

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/genome"
)

// testSource is a header with a trio and each annotation, for fuzzing.
func testSource(t testing.TB) *source {
	t.Helper()
	h := newHeaderReader("f.vcf")
	for _, l := range strings.Split(strings.TrimSpace(strings.Replace(header38(csqLine("Allele|Consequence|Feature|REVEL|Ensembl_transcriptid|gnomADe_AF|SpliceAI_pred|CLIN_SIG|ALLELE_NUM|SYMBOL|HGVSc"),
		`##INFO=<ID=ANN,Number=.,Type=String,Description="Functional annotations: 'Allele | Annotation | Annotation_Impact'">`,
		`##INFO=<ID=BCSQ,Number=.,Type=String,Description="x">`, `##INFO=<ID=CLNSIG,Number=.,Type=String,Description="x">`,
		`##INFO=<ID=EXACAF,Number=A,Type=Float,Description="x">`, `##INFO=<ID=SpliceAI,Number=.,Type=String,Description="x">`,
		`##INFO=<ID=SVLEN,Number=A,Type=Integer,Description="x">`, `##INFO=<ID=RR,Number=R,Type=Integer,Description="x">`,
		`##FORMAT=<ID=PL,Number=G,Type=Integer,Description="x">`), "VCFv4.2", "VCFv4.5", 1)), "\n") {
		if err := h.line([]byte(l)); err != nil {
			t.Fatal(err)
		}
	}
	return &source{file: "f.vcf", header: &h.h, fields: newFieldMap(&h.h)}
}

// soundVariants holds what was made of a record against what must be true of any.
func soundVariants(t *testing.T, r *Record) {
	t.Helper()
	vs := r.Variants()
	want := max(1, len(r.Alts))
	if r.IsReferenceBlock() {
		want = 1
	}
	if len(vs) != want {
		t.Errorf("%d variants, want %d", len(vs), want)
	}
	keys := map[string]bool{}
	for i, v := range vs {
		if len(v.Calls) != len(r.src.header.Samples) {
			t.Errorf("%d calls, want %d", len(v.Calls), len(r.src.header.Samples))
		}
		if v.Kind == review.Symbolic && keys[v.Key.String()] {
			t.Errorf("two symbolic alleles with the key %s", v.Key)
		}
		keys[v.Key.String()] = true
		if v.Record.End != 0 && v.Record.End < v.Record.Pos {
			t.Errorf("ends at %d, left of %d", v.Record.End, v.Record.Pos)
		}
		if v.Kind == review.SmallVariant && (len(v.Key.Ref) == 0 || len(v.Key.Alt) == 0) {
			t.Errorf("%s: an empty allele", v.Key)
		}
		for s, c := range v.Calls {
			soundCall(t, c)
			if c.State == review.Called && i > 0 && c.Copies+c.Others != vs[0].Calls[s].Copies+vs[0].Calls[s].Others {
				t.Errorf("%+v: other ALT alleles than of the first", c)
			}
		}
		soundNumbers(t, &v)
	}
}

func soundCall(t *testing.T, c review.Call) {
	t.Helper()
	switch {
	case c.Copies+c.Others > c.Ploidy:
		t.Errorf("%+v: more alleles than ploidy", c)
	case c.State == review.Missing && c.Copies+c.Others > 0:
		t.Errorf("%+v: missing, and carried", c)
	case c.IsReference() && (c.Copies > 0 || c.Others > 0 || strings.Contains(c.GT, ".")):
		t.Errorf("%+v: taken for reference", c)
	case c.Hap > c.Ploidy:
		t.Errorf("%+v: a haplotype beyond the ploidy", c)
	case c.State == review.Called && c.GT == "":
		t.Errorf("%+v: called without a genotype", c)
	}
}

// soundNumbers wants no NaN and no infinity where a number is known.
func soundNumbers(t *testing.T, v *review.Variant) {
	t.Helper()
	bad := func(x *float64) bool { return x != nil && (math.IsNaN(*x) || math.IsInf(*x, 0)) }
	for _, f := range v.Frequencies {
		if bad(f.AF) || f.AF != nil && (*f.AF < 0 || *f.AF > 1) {
			t.Errorf("frequency %v", *f.AF)
		}
	}
	for _, p := range v.Predictors {
		if bad(&p.Score) {
			t.Errorf("score %v", p.Score)
		}
	}
	if bad(v.Record.Qual) {
		t.Errorf("quality %v", *v.Record.Qual)
	}
}

// FuzzRecord reads lines. What is accepted has as many variants as alleles, calls
// that fit, and is the same when its columns are read again; what is split and
// written is accepted again.
func FuzzRecord(f *testing.F) {
	for _, s := range []string{
		"chr1 100 . A G,<NON_REF> . PASS CSQ=G|x|ENST1|0.5&0.6|ENST1&ENST2|0.1|a&b|5|1;CLNSIG=5|2 GT:AD:PS 0/1:1,2,3:7 ./. .",
		"chr1 100 . CA C,* 5 . ANN=C|x,-|y;BCSQ=missense|A|t|p|+|1K|100CA>C;SpliceAI=C|g|1|1|1|1|1|1|1|1;EXACAF=.,0.1 GT 1|2 0 /1",
		"chr1 100 . A ]2:5]T . . END=50;SVLEN=9 GT:AO:RO 0/1:3:4 . .",
		"chr1 100 . A <DEL>,<DEL>,<CNV:TR> . . SVLEN=-5,9,.;RN=1,1,2;RUS=A,C,G,T;RUC=1,2,3,4;SVCLAIM=D,J,DJ GT:PSL:CN 0|1:a,b:2 /0|2:.,c:. 0/3:.:3",
		"chr1 100 . A G,T . . RR=1,2,3 GT:PL:LAA:LAD:PGT:PID:FT 0/1/2:1,2,3,4,5,6,7,8,9,10:1,2:3,4,5:0|1:99_A_C:q;r 0:1,2,3:.:4:.:.:PASS .",
		"chr1 100 . A G,T . . . GT 01 00/02 .", // found by fuzzing: leading zeros
	} {
		f.Add(strings.ReplaceAll(s, " ", "\t"))
	}
	src := testSource(f)
	f.Fuzz(func(t *testing.T, line string) {
		if strings.Contains(line, "\n") {
			return // a line has none
		}
		r, fault := parseRecord(src, line)
		if fault != nil {
			if fault.What == "" || fault.Field == "" {
				t.Errorf("fault without words: %+v", fault)
			}
			return
		}
		soundVariants(t, r)
		newValidator(src.header, func(int64, string, string) {}).record(r)
		n := normaliser{src: src, report: NormaliseReport{Unfit: map[string]int64{}}}
		for i := range max(1, len(r.Alts)) {
			pos, text := n.allele(r, i+1)
			again, fault := parseRecord(src, text)
			if fault != nil {
				t.Fatalf("allele %d is written %q: %s %s", i+1, text, fault.Field, fault.What)
			}
			if again.Pos != pos || len(again.Alts) > 1 {
				t.Errorf("allele %d is written %q", i+1, text)
			}
			sameCarriers(t, r, again, i)
		}
	})
}

// sameCarriers wants a person to carry as many copies of an allele in the split
// record as in the whole, and to be reference in it only where she was.
func sameCarriers(t *testing.T, whole, split *Record, allele int) {
	t.Helper()
	if whole.IsReferenceBlock() {
		return
	}
	a, b := whole.Variants()[allele], split.Variants()[0]
	for s := range a.Calls {
		if kindOf(whole.Alts[allele]) != review.ReferenceBlock && a.Calls[s].Copies != b.Calls[s].Copies {
			t.Errorf("%q: %d copies of allele %d, split %d", whole.raw, a.Calls[s].Copies, allele+1, b.Calls[s].Copies)
		}
		if b.Calls[s].IsReference() && !a.Calls[s].IsReference() {
			t.Errorf("%q: reference after the split, not before", whole.raw)
		}
	}
}

func FuzzGT(f *testing.F) {
	for _, s := range []string{"0/1", "./.", "|1|2", "0", "0/0|"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g, ok := parseGT(s)
		if !ok {
			return
		}
		var b strings.Builder
		for i, a := range g.alleles {
			if i > 0 {
				b.WriteByte('/')
			}
			if a < 0 {
				b.WriteByte('.')
			} else {
				b.WriteString(strconv.Itoa(a))
			}
		}
		again, ok := parseGT(b.String())
		if !ok || !slices.Equal(again.alleles, g.alleles) || again.state() != g.state() {
			t.Errorf("parseGT(%q) = %v, written %q = %v", s, g.alleles, b.String(), again.alleles)
		}
		if marks := phaseMarks(s); len(marks) != len(g.alleles) {
			t.Errorf("phaseMarks(%q) = %q, want %d", s, marks, len(g.alleles))
		}
	})
}

// FuzzHeader reads headers. One that is accepted is accepted again as Normalise
// writes it, with the same samples, contigs and fields.
func FuzzHeader(f *testing.F) {
	f.Add(header38(csqLine("Allele|Feature")))
	f.Add("##fileformat=VCFv4.2\n##INFO=<ID=\"\",=>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
	f.Add("##fileformat=VCFv4.4\n##META=<ID=A,Type=String,Number=.,Values=[a, b]>\n##ALT=<ID=DEL:ME,Description=\"a \"b\" c\">\n##SAMPLE=<ID=x>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tx\n")
	f.Fuzz(func(t *testing.T, s string) {
		read := func(s string) *headerReader {
			h := newHeaderReader("f.vcf")
			for line := range strings.SplitSeq(s, "\n") {
				if err := h.line([]byte(line)); err != nil || h.done {
					break
				}
			}
			return h
		}
		h := read(s)
		newFieldMap(&h.h)
		newValidator(&h.h, func(int64, string, string) {}).header()
		if !h.done {
			return
		}
		for _, c := range h.h.Contigs {
			h.h.Canonical(c.Name)
		}
		n := normaliser{head: h, src: &source{header: &h.h}}
		again := read(n.header())
		if !again.done || !slices.Equal(again.h.Samples, h.h.Samples) || !slices.Equal(again.h.Contigs, h.h.Contigs) || len(again.h.Layouts) != len(h.h.Layouts) {
			t.Errorf("%q is written %q and not read as it was", s, n.header())
		}
	})
}

// FuzzCSQ reads annotation rows of every kind: each row belongs to at most one
// allele, its consequence has its own fields, and no row is lost.
func FuzzCSQ(f *testing.F) {
	f.Add("A", "G,T", "CSQ=G|missense_variant|ENST1|0.5|ENST1|0.1|a&b|5|1|BRCA1|ENST1.2:c.1A>G,T|x&y|||||||2||")
	f.Add("CA", "C,CAA", "CSQ=-|a,A|b,AA|c;ANN=C|x|HIGH,CAA|y|LOW;BCSQ=missense|A|t|p|+|1K|100CA>C,@5")
	f.Add("A", "<DEL>,*", "CSQ=deletion|x;ANN=<DEL>|y;SpliceAI=*|g|1|1|1|1|1|1|1|1,<DEL>|g")
	src := testSource(f)
	f.Fuzz(func(t *testing.T, ref, alt, info string) {
		r, fault := parseRecord(src, strings.Join([]string{"chr1", "100", ".", ref, alt, ".", ".", info, "GT", "0/1", ".", "."}, "\t"))
		if fault != nil || strings.Contains(info, "\t") {
			return
		}
		rows := 0
		for i := range src.header.Layouts {
			rows += len(r.rowsOf(&src.header.Layouts[i]))
		}
		attached := map[string]bool{}
		got := 0
		for _, v := range r.Variants() {
			for _, c := range v.Consequences {
				id := c.Source + strconv.Itoa(c.Row)
				if attached[id] {
					t.Errorf("row %s belongs to two alleles", id)
				}
				attached[id] = true
				got++
				soundRow(t, r, c)
			}
		}
		if !r.IsReferenceBlock() && got+r.Unmatched() != rows {
			t.Errorf("%d rows attached, %d not, of %d", got, r.Unmatched(), rows)
		}
		if i, ok, _ := review.ChooseConsequence(r.Variants()[0].Consequences); ok && i >= len(r.Variants()[0].Consequences) {
			t.Error("a row that is not there was chosen")
		}
	})
}

// soundRow wants the fields of a consequence to stand in its row.
func soundRow(t *testing.T, r *Record, c review.Consequence) {
	t.Helper()
	for i := range r.src.header.Layouts {
		l := &r.src.header.Layouts[i]
		if l.Source != c.Source {
			continue
		}
		rows := r.rowsOf(l)
		if c.Row >= len(rows) {
			t.Fatalf("row %d of %d", c.Row, len(rows))
		}
		if w := rows[c.Row]; c.Impact != w.get(roleImpact) || c.HGVSc != w.get(roleHGVSc) || c.Symbol != w.get(roleSymbol) {
			t.Errorf("%+v is not row %d: %q", c, c.Row, w.cols)
		}
	}
}

// FuzzGVCF reads blocks: a block never ends left of its position, speaks for a
// person only as far as that person's block goes, and never takes for reference
// what is not called.
func FuzzGVCF(f *testing.F) {
	f.Add("<NON_REF>", "END=150", "GT:DP:MIN_DP", "0/0:30:12", int64(140))
	f.Add("<*>", ".", "GT:LEN", "0/0:50", int64(149))
	f.Add(".", "END=90", "GT", "./.", int64(100))
	f.Add("G,<NON_REF>", "END=99999999999", "GT:LEN", "0/2:-5", int64(101))
	src := testSource(f)
	f.Fuzz(func(t *testing.T, alt, info, format, call string, at int64) {
		line := strings.Join([]string{"chr1", "100", ".", "A", alt, ".", ".", info, format, call, "0/0", "./."}, "\t")
		r, fault := parseRecord(src, line)
		if fault != nil || strings.Contains(alt+info+format+call, "\t") {
			return
		}
		soundVariants(t, r)
		end := r.End()
		if end < r.Pos || end > maxPos+genome.Pos(len(r.Ref)) && r.longestBlock() < end {
			t.Errorf("%q ends at %d", line, end)
		}
		if !r.IsReferenceBlock() {
			return
		}
		for _, c := range covering(r.Variants(), genome.Pos(at))[0].Calls {
			if c.State == review.RefBlock && c.BlockEnd > 0 && c.BlockEnd < genome.Pos(at) {
				t.Errorf("%q: covers %d, and ends at %d", line, at, c.BlockEnd)
			}
			if c.State == review.RefBlock && (strings.ContainsAny(c.GT, "123456789.") || c.GT == "") {
				t.Errorf("%q: %q taken for reference", line, c.GT)
			}
		}
	})
}
