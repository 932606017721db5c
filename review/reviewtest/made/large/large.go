package large

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"

	"garrod/review"
)

// Kind is what a File holds.
type Kind string

// The kinds of File.
const (
	Trio     Kind = "trio"  // the VCF of a family's whole genomes
	Exome    Kind = "exome" // the same in and near exons only
	Pedigree Kind = "ped"   // the trio's pedigree
	Genes    Kind = "genes" // the gene model as BED, the symbol in column 4
)

// File is a file to make.
type File struct {
	Kind    Kind
	Records int // data records of a Trio or an Exome, exactly
	Seed    uint64
	Sex     review.Sex // the proband's, Female or Male
}

// Samples of the trio, in the order of the columns.
var samples = [3]string{"proband", "father", "mother"}

type contig struct {
	name string
	size int
}

// contigs are the primary assembly of GRCh38 (Genome Reference Consortium,
// GCF_000001405.40, assembly report).
var contigs = []contig{
	{"chr1", 248956422},
	{"chr2", 242193529},
	{"chr3", 198295559},
	{"chr4", 190214555},
	{"chr5", 181538259},
	{"chr6", 170805979},
	{"chr7", 159345973},
	{"chr8", 145138636},
	{"chr9", 138394717},
	{"chr10", 133797422},
	{"chr11", 135086622},
	{"chr12", 133275309},
	{"chr13", 114364328},
	{"chr14", 107043718},
	{"chr15", 101991189},
	{"chr16", 90338345},
	{"chr17", 83257441},
	{"chr18", 80373285},
	{"chr19", 58617616},
	{"chr20", 64444167},
	{"chr21", 46709983},
	{"chr22", 50818468},
	{"chrX", 156040895},
	{"chrY", 57227415},
	{"chrM", 16569},
}

// Streams of random numbers, apart for each contig and purpose, so that a change
// of one does not move the others.
const (
	streamGenes = 0x6e0e0000
	streamSites = 0x51e50000
	streamCalls = 0x4ec00000
)

func (f File) random(stream uint64, contig int) *rand.Rand {
	return rand.New(rand.NewPCG(f.Seed, stream+uint64(contig)))
}

// Write writes the file as plain text.
func (f File) Write(w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<20)
	var err error
	switch f.Kind {
	case Trio, Exome:
		err = f.writeVCF(out)
	case Pedigree:
		err = f.writePedigree(out)
	case Genes:
		f.writeGenes(out)
	default:
		err = fmt.Errorf("kind %q: want %s, %s, %s or %s", f.Kind, Trio, Exome, Pedigree, Genes)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

func (f File) writePedigree(out *bufio.Writer) error {
	sex, err := f.sexCode()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "FAM1\tproband\tfather\tmother\t%d\t2\nFAM1\tfather\t0\t0\t1\t1\nFAM1\tmother\t0\t0\t2\t1\n", sex)
	return nil
}

// sexCode is the proband's sex as a pedigree writes it.
func (f File) sexCode() (int, error) {
	switch f.Sex {
	case review.Male:
		return 1, nil
	case review.Female:
		return 2, nil
	default:
		return 0, fmt.Errorf("sex %q: want %s or %s", f.Sex, review.Female, review.Male)
	}
}

func (f File) writeGenes(out *bufio.Writer) {
	for i, c := range contigs {
		for _, g := range f.genes(i) {
			fmt.Fprintf(out, "%s\t%d\t%d\t%s\n", c.name, g.start-1, g.end, g.symbol)
		}
	}
}

func (f File) writeVCF(out *bufio.Writer) error {
	if _, err := f.sexCode(); err != nil {
		return err
	}
	counts, err := f.counts()
	if err != nil {
		return err
	}
	f.header(out)
	for i := range contigs {
		w := recordWriter{file: f, contig: i, genes: f.genes(i), r: f.random(streamCalls, i)}
		err := f.sites(i, counts[i], w.genes, func(s *site) error {
			_, err := out.Write(w.record(s))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (f File) header(out *bufio.Writer) {
	fmt.Fprintf(out, "##fileformat=VCFv4.2\n##source=garrod testdata/gen, made up, kind %s, records %d, seed %d\n", f.Kind, f.Records, f.Seed)
	fmt.Fprintln(out, `##FILTER=<ID=PASS,Description="All filters passed">`)
	fmt.Fprintln(out, `##FILTER=<ID=LowQual,Description="Low quality">`)
	fmt.Fprintln(out, `##FILTER=<ID=VQSRTrancheSNP99.90to100.00,Description="Truth sensitivity tranche">`)
	for _, d := range [][2]string{
		{"AC", "A,Type=Integer"},
		{"AF", "A,Type=Float"},
		{"AN", "1,Type=Integer"},
		{"BaseQRankSum", "1,Type=Float"},
		{"DP", "1,Type=Integer"},
		{"ExcessHet", "1,Type=Float"},
		{"FS", "1,Type=Float"},
		{"MQ", "1,Type=Float"},
		{"MQRankSum", "1,Type=Float"},
		{"QD", "1,Type=Float"},
		{"ReadPosRankSum", "1,Type=Float"},
		{"SOR", "1,Type=Float"},
	} {
		fmt.Fprintf(out, "##INFO=<ID=%s,Number=%s,Description=\"%s\">\n", d[0], d[1], d[0])
	}
	fmt.Fprintln(out, `##VEP="v113" time="2025-01-01 00:00:00" assembly="GRCh38.p14"`)
	fmt.Fprintf(out, "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Consequence annotations from Ensembl VEP. Format: %s\">\n", csqFields)
	for _, d := range [][2]string{
		{"GT", "1,Type=String"},
		{"AD", "R,Type=Integer"},
		{"DP", "1,Type=Integer"},
		{"GQ", "1,Type=Integer"},
		{"PL", "G,Type=Integer"},
	} {
		fmt.Fprintf(out, "##FORMAT=<ID=%s,Number=%s,Description=\"%s\">\n", d[0], d[1], d[0])
	}
	for _, c := range contigs {
		fmt.Fprintf(out, "##contig=<ID=%s,length=%d,assembly=GRCh38>\n", c.name, c.size)
	}
	fmt.Fprintf(out, "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t%s\t%s\t%s\n", samples[0], samples[1], samples[2])
}
