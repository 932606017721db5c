package made

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// demoSeed is fixed: another one makes another case, and then the committed
// files must be made anew.
const demoSeed = 1902 // Garrod's paper on alkaptonuria

// Demo writes the demonstration case as an uncompressed VCF: about 3,000
// records on GRCh38 of proband, mother and father, sorted. Every call writes
// the same bytes.
func Demo(w io.Writer) error {
	records, err := demoRecords()
	if err != nil {
		return fmt.Errorf("make the demonstration case: %w", err)
	}
	b := bufio.NewWriter(w)
	b.WriteString(header())
	for _, r := range records {
		b.WriteString(r.line())
		b.WriteByte('\n')
	}
	return b.Flush()
}

func demoRecords() ([]record, error) {
	genes, err := loadGenes()
	if err != nil {
		return nil, err
	}
	s := &source{state: demoSeed}
	var out []record
	named := bySymbol(genes)
	for _, ks := range [][]keyRecord{findings(named), frequent(named), genotypes(named), shapes(named), mitochondrion()} {
		for _, k := range ks {
			out = append(out, k.build(s))
		}
	}
	out = append(out, newFiller(s, genes, out).records()...)
	sortRecords(out)
	return out, nil
}

// header is everything before the first record. There is no date: the file is
// the same whenever it is made.
func header() string {
	var b strings.Builder
	b.WriteString(`##fileformat=VCFv4.3
##source=garrod-made-demo (made-up trio; not data of any person)
##reference=GRCh38
##FILTER=<ID=PASS,Description="All filters passed">
##FILTER=<ID=LowQual,Description="Quality below 50">
##INFO=<ID=AC,Number=A,Type=Integer,Description="Called copies of each ALT allele in this file">
##INFO=<ID=AN,Number=1,Type=Integer,Description="Called alleles in this file">
##INFO=<ID=END,Number=1,Type=Integer,Description="Last base of the variant">
##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type of structural variant">
##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="Difference in length between ALT and REF">
`)
	fmt.Fprintf(&b, "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Consequence annotations from Ensembl VEP. "+
		"Format: %s\">\n", strings.Join(csqFields, "|"))
	b.WriteString(`##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of each allele">
##FORMAT=<ID=AF,Number=A,Type=Float,Description="Fraction of reads of each ALT allele, for heteroplasmy">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Reads at this position">
##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">
##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Phred-scaled genotype likelihoods">
##FORMAT=<ID=PS,Number=1,Type=Integer,Description="Phase set: the position of its first record">
##VEP="v113" assembly="GRCh38.p14" refseq="made up in the style of --merged" gnomADj="v4.1 joint (invented counts)" ` +
		`ClinVar="202601" REVEL="v1.3" SpliceAI="v1.3.1"
`)
	for _, c := range contigs {
		fmt.Fprintf(&b, "##contig=<ID=chr%s,length=%d,assembly=GRCh38>\n", c.name, c.length)
	}
	fmt.Fprintf(&b, "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t%s\t%s\t%s\n", Proband, Mother, Father)
	return b.String()
}
