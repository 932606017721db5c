package vcf

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"garrod/review"
	"garrod/review/summary"
)

// columnHeaders are the headers that lines are read under: values in CSQ, values in
// INFO, and an annotation of every kind.
var columnHeaders = []string{
	`##INFO=<ID=CSQ,Number=.,Type=String,Description="Format: Allele|Consequence|SYMBOL|Gene|BIOTYPE|HGNC_ID|ALLELE_NUM|gnomADe_AF|gnomADe_NFE_AF|gnomADe_ASJ_AF|MAX_AF|CLIN_SIG|SpliceAI_pred_DS_AG|SpliceAI_pred_DS_AL|SpliceAI_pred_DS_DG|SpliceAI_pred_DS_DL|ClinVar_CLNSIG|ClinVar_CLNREVSTAT">`,
	`##INFO=<ID=CSQ,Number=.,Type=String,Description="Format: Consequence|Allele|SYMBOL|HGNC_ID|CLIN_SIG|SpliceAI_pred|Gene|BIOTYPE">
##INFO=<ID=gnomAD_AF,Number=A,Type=Float,Description="x">
##INFO=<ID=gnomAD_AC,Number=A,Type=Integer,Description="x">
##INFO=<ID=gnomAD_AN,Number=1,Type=Integer,Description="x">
##INFO=<ID=gnomADg_AF_nfe,Number=R,Type=Float,Description="x">
##INFO=<ID=CLNSIG,Number=.,Type=String,Description="x">
##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="x">
##INFO=<ID=REVEL,Number=1,Type=Float,Description="x">
##INFO=<ID=SpliceAI,Number=.,Type=String,Description="Format: ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|DP_AL|DP_DG|DP_DL">`,
	`##INFO=<ID=CSQ,Number=.,Type=String,Description="Format: Consequence|IMPACT">
##INFO=<ID=ANN,Number=.,Type=String,Description="Functional annotations: 'Allele | Annotation | Annotation_Impact | Gene_Name '">
##INFO=<ID=BCSQ,Number=.,Type=String,Description="x">
##INFO=<ID=SpliceAI,Number=.,Type=String,Description="Format: ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|DP_AL|DP_DG|DP_DL">`,
}

// columnSources makes what lines are read with: each header with and without a
// reference.
func columnSources(t testing.TB) []*source {
	t.Helper()
	var out []*source
	for _, extra := range columnHeaders {
		head := newHeaderReader("made")
		for line := range strings.SplitSeq(strings.TrimSpace("##fileformat=VCFv4.2\n##contig=<ID=chr1,length=1000>\n##contig=<ID=chrX,length=1000>\n"+extra+
			"\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\tdad\tmum"), "\n") {
			if err := head.line([]byte(line)); err != nil {
				t.Fatal(err)
			}
		}
		for _, ref := range []bool{false, true} {
			src := &source{file: "made", header: &head.h, fields: newFieldMap(&head.h)}
			if ref {
				s, err := newSequence("made", &Header{contigs: map[string]int{}}, repeatReference())
				if err != nil {
					t.Fatal(err)
				}
				src.sequence = s
			}
			out = append(out, src)
		}
	}
	return out
}

// bothWays makes the rows of a line directly, if it is usual, and the way of a
// Record, and wants them to be the same.
func bothWays(t *testing.T, src *source, line string) (usual bool) {
	t.Helper()
	head := &summary.Head{Samples: []string{"kid", "mum", "stranger"}, Frequency: review.FrequencyRule{MinAN: 100, Exclude: []string{"asj"}}}
	w := newColumnWorker(src, newColumnPlan(src, head.Frequency), head)
	batch := w.fresh()
	if !w.fast([]byte(line), 77) {
		if batch.part.Len() > 0 {
			t.Errorf("an unusual line left rows behind: %q", line)
		}
		return false
	}
	got := summary.NewBuilder(*head, 0)
	got.Append(batch.part.Seal())
	r, fault := parseRecord(src, line)
	if fault != nil {
		t.Fatalf("a bad line was taken for a usual one: %q: %+v", line, fault)
	}
	want := summary.NewBuilder(*head, 0)
	want.Add(r.Variants(), 77)
	a, b := want.Finish(), got.Finish()
	if a.Len() != b.Len() {
		t.Fatalf("%q: %d rows, want %d", line, b.Len(), a.Len())
	}
	for i := range a.Len() {
		if x, y := cellsOf(a, i), cellsOf(b, i); !reflect.DeepEqual(x, y) {
			t.Fatalf("%q: row %d: %s", line, i, cmp.Diff(x, y))
		}
	}
	if d := cmp.Diff(a.Head, b.Head); d != "" {
		t.Errorf("%q: head %s", line, d)
	}
	return true
}

// columnLines are lines with what is special about them; usual tells under which
// headers they are read directly.
var columnLines = []struct {
	name, line string
	usual      string // one letter for each header: y or n
}{
	{"plain", "chr1 7 rs1 A G 30 PASS . GT:AD:DP:GQ 0/1:10,12:22:99 0|0:20,0:20:60 ./.:.:.:.", "yyy"},
	{"rows", "chr1 7 . A G 30.5 . CSQ=G|missense_variant&splice_region_variant|BRCA1|ENSG1|protein_coding|HGNC:1100|1|0.01|1e-4|0.5|0.2|pathogenic|0.1|.|0.29||Pathogenic|criteria_provided,_single_submitter GT 0/1 0/0 1/1", "nny"},
	{"rows of two genes", "chr1 7 . A G 30 q10;s50 CSQ=G|missense_variant|BRCA1|ENSG1|protein_coding|HGNC:1100||0.01,G|upstream_gene_variant|NBR2|ENSG2|lncRNA|20691||.|0.3|,G|intron_variant|BRCA1|ENSG1|protein_coding|HGNC:1100 GT 0/1 0/0 1/1", "yny"},
	{"a gene beside and inside", "chr1 7 . A G 30 PASS CSQ=upstream_gene_variant|G|A1|1|benign|,intron_variant|G|A1|1||,downstream_gene_variant|G|A1|HGNC:1|| GT 0/1 0/0 1/1", "nyy"},
	{"frequency in INFO", "chr1 7 . A G,T 30 PASS gnomAD_AF=0.1,.;gnomAD_AC=5,6;gnomAD_AN=99;gnomADg_AF_nfe=0.9,0.2,0.3;REVEL=0.5 GT 0/1 0/2 1/2", "yyy"},
	{"counts in INFO", "chr1 7 . A G 30 PASS gnomAD_AC=5;gnomAD_AN=1000 GT 0/1 0/0 1/1", "yyy"},
	{"ClinVar in INFO", "chr1 7 . A G 30 PASS CLNSIG=Pathogenic/Likely_pathogenic|drug_response;CLNREVSTAT=reviewed_by_expert_panel GT 0/1 0/0 1/1", "yyy"},
	{"ClinVar in INFO, of two alleles", "chr1 7 . A G,T 30 PASS CLNSIG=Pathogenic GT 0/1 0/0 1/1", "yny"},
	{"indel that can move", "chr1 22 . ACA A 30 PASS CSQ=-|x|S|1|b|HGNC:1 GT 0/1 0/0 1/1", "yny"},
	{"insertion", "chr1 7 . A ACGT 30 PASS CSQ=CGT|x|S|1|b|HGNC:1 GT 0/1 0/0 1/1", "yny"},
	{"alleles of two lengths", "chr1 22 . ACA A,AC,* 30 PASS CSQ=-|x|S|1|b|HGNC:1,C|x|S|1|b|HGNC:1,*|y|||| GT 0/1 0/2 1/3", "ynn"},
	{"alleles as they are", "chr1 22 . ACA A,TCA 30 PASS CSQ=A|x|S|1|b|HGNC:1,TCA|x|S|1|b|HGNC:1 GT 0/1 0/2 1/2", "ynn"},
	{"rows about no allele", "chr1 22 . ACA A,TCA 30 PASS CSQ=-|x|S|1|b|HGNC:1,CA|x|S|1|b|HGNC:1,Q|z GT 0/1 0/2 1/2", "nnn"},
	{"numbers of alleles", "chr1 7 . A G,T 30 PASS CSQ=X|x|S|1|b|HGNC:1|2|0.1,Y|y|S|1|b|HGNC:1|1|0.2 GT 0/1 0/2 1/2", "ynn"},
	{"alleles of CSQ unnamed", "chr1 7 . A G 30 PASS CSQ=missense_variant|HIGH,intron_variant|LOW GT 0/1 0/2 1/2", "nnn"},
	{"physical phase", "chr1 7 . A G 30 PASS . GT:PGT:PID:PS 0/1:1|0:7_A_G:. 0/1:0|1:7_A_G:7 1/1:0|1:7_A_G:.", "yyy"},
	{"reads of other callers", "chr1 7 . A G,T 30 PASS . GT:RO:AO:AF 0/1:5:6,7:.,0.3 0/2:.:6,7:0.1 1/2:1:2:2,-1", "yyy"},
	{"VarScan", "chr1 7 . A G 30 PASS . GT:RD:AD 0/1:5:6 0/0:.:6 1/1:5:.", "yyy"},
	{"large and odd numbers", "chr1 7 . A G 1e30 PASS . GT:DP:GQ:AD 0/1:300:1e2:300,200 0/0:-1:99.6:-1,5 1/1:99999999999:x:5,.", "nnn"},
	{"haploid", "chrX 7 . A G . . . GT 1 0 .", "yyy"},
	{"fields left out", "chr1 7 . A G . . . GT:DP:GQ 1/1 0/0:5 ./1:5:6", "yyy"},
	{"no genotype", "chr1 7 . A G . . . DP:AD 5:1,4 .:. 7", "yyy"},
	{"carriage return", "chr1 7 . A G . PASS . GT 1/1 0/0 ./1\r", "yyy"},
	{"past the end", "chr1 5000 . A G . PASS . GT 1/1 0/0 ./1", "yyy"},
	{"another contig of the reference", "chr2 5000 . A AG . PASS . GT 1/1 0/0 ./1", "yyy"},
	{"only a star", "chr1 7 . A * . PASS . GT 1/1 0/0 ./1", "yyy"},
	{"an allele beyond ALT", "chr1 7 . A G . PASS . GT 1/2 0/0 ./1", "nnn"},
	{"a stranger's allele beyond ALT", "chr1 7 . A G . PASS . GT 1/1 0/2 ./1", "nnn"},
	{"too many values", "chr1 7 . A G . PASS . GT:DP 1/1:3 0/1:3:4 ./1", "nnn"},
	{"too many values unread", "chr1 7 . A G . PASS . GT:PL 1/1:3 0/1:3 ./1:1:2", "nnn"},
	{"too many columns", "chr1 7 . A G . PASS . GT:DP:PL 1/1:3 0/1:3 ./1:1:2 4", "nnn"},
	{"too few columns", "chr1 7 . A G . PASS . GT 1/1 0/1", "nnn"},
	{"lower case", "chr1 7 . a g . PASS . GT 1/1 0/1 0/0", "nnn"},
	{"symbol", "chr1 7 . A <DEL> . PASS END=20 GT 1/1 0/1 0/0", "nnn"},
	{"reference block", "chr1 7 . A <NON_REF> . . END=20 GT 0/0 0/0 0/0", "nnn"},
	{"text in QUAL", "chr1 7 . A G x PASS . GT 1/1 0/1 0/0", "nnn"},
	{"three alleles", "chr1 7 . A G . PASS . GT 1/1/1 0/1 0/0", "nnn"},
	{"ANN", "chr1 7 . A G . PASS ANN=G|missense_variant|LOW|S GT 1/1 0/1 0/0", "yyn"},
	{"CSQ twice", "chr1 7 . A G . PASS CSQ=G|x;CSQ=G|y GT 1/1 0/1 0/0", "nnn"},
	{"an old frequency", "chr1 7 . A G . PASS CSQ=G|x|S|1|b|HGNC:1|1|G:0.1 GT 1/1 0/1 0/0", "nny"},
	{"percent", "chr1 7 . A G . PASS CSQ=G|x%26y|S%2C|1|%62|HGNC:1|1|0.1||||a%2Cb GT 1/1 0/1 0/0", "yny"},
	{"blanks", "chr1 7 . A G . PASS CSQ=G|x|S|1|b|HGNC:1|1|.||||_path%20 GT 1/1 0/1 0/0", "yny"},
	{"SpliceAI in INFO", "chr1 7 . A G . PASS SpliceAI=G|S|0.01|0.55|0|0|1|-2|3|4 GT 1/1 0/1 0/0", "yyy"},
	{"SpliceAI of two genes and alleles", "chr1 7 . A AG,C . PASS SpliceAI=AG|S|0.01|0.55|0|0|1|-2|3|4,AG|T|0.01|0.65|0|0|1|-2|3|4,C|T|.|.|1.5|x|1|-2|3|4 GT 1/1 0/1 0/0", "yyy"},
	{"SpliceAI of another allele", "chr1 7 . A G . PASS SpliceAI=T|S|0.01|0.55|0|0|1|-2|3|4 GT 1/1 0/1 0/0", "yyn"},
	{"SpliceAI in part", "chr1 7 . A G . PASS SpliceAI=G|S|0.01||0|0|1|-2|3|4 GT 1/1 0/1 0/0", "yyn"},
}

func TestColumnLines(t *testing.T) {
	for i, src := range columnSources(t) {
		for _, tt := range columnLines {
			line := strings.ReplaceAll(tt.line, " ", "\t")
			usual := bothWays(t, src, line)
			if src.sequence != nil {
				continue // whether REF fits is another test's matter
			}
			if want := tt.usual[i/2] == 'y'; usual != want {
				t.Errorf("%s, header %d: read directly %v, want %v", tt.name, i/2, usual, want)
			}
		}
	}
}

// TestColumnLinesMixed puts the parts of those lines together anew.
func TestColumnLinesMixed(t *testing.T) {
	var columns [12][]string
	for _, tt := range columnLines {
		for i, c := range strings.Split(tt.line, " ") {
			if i < len(columns) {
				columns[i] = append(columns[i], c)
			}
		}
	}
	columns[3] = append(columns[3], strings.Split("A,C,CA,AC,ACA,CAC,G", ",")...)
	r := rand.New(rand.NewPCG(7, 11))
	usual, n := 0, 60_000
	if testing.Short() {
		n = 6_000
	}
	sources := columnSources(t)
	for range n {
		var cells []string
		for _, c := range columns {
			cells = append(cells, c[r.IntN(len(c))])
		}
		cells[1] = columns[1][0]
		if r.IntN(3) > 0 { // a FORMAT that the samples fit
			tt := columnLines[r.IntN(len(columnLines))]
			if own := strings.Split(tt.line, " "); len(own) == 12 {
				copy(cells[8:], own[8:])
			}
		}
		if bothWays(t, sources[r.IntN(len(sources))], strings.Join(cells, "\t")) {
			usual++
		}
	}
	if usual < n/10 {
		t.Errorf("only %d of %d lines were read directly", usual, n)
	}
}

// FuzzColumns reads lines both ways.
func FuzzColumns(f *testing.F) {
	for _, tt := range columnLines {
		f.Add(strings.ReplaceAll(tt.line, " ", "\t"))
	}
	sources := columnSources(f)
	f.Fuzz(func(t *testing.T, line string) {
		if strings.Contains(line, "\n") {
			return // a line has none
		}
		for _, src := range sources {
			bothWays(t, src, line)
		}
	})
}
