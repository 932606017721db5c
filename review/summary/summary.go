// Package summary holds the columns of a scan: one row for every ALT allele of
// every record of a VCF (one for a record without any), small enough to keep the
// whole of a genome in memory, and enough to answer every question that does not
// need the record itself. The record stays in the VCF, at [Summary.Offset].
//
// A summary is a cache. It is bound to the file it was made of and to what its
// columns rest on besides ([Head]); it may be deleted at any time, and is made
// again where anything differs.
//
// Values that the file does not give are kept apart from zero in every column.
// Values that a column is too narrow for are marked, and the record decides.
// Positions are 1-based.
package summary

import (
	"garrod/review"
	"garrod/review/genome"
)

// Summary is the columns of one file. It is made by package vcf and never
// changed afterwards; any number of goroutines may read it.
//
// Freq is rounded to the nearest float32. Against a threshold t, a value below
// (above) float32(t) is below (above) t for sure; of one that equals float32(t)
// only the record tells.
type Summary struct {
	Head    Head
	Contigs []Stretch // in file order, without gaps

	Pos    []uint32 // of the Key: trimmed, and left-aligned where a reference was at hand
	Allele []uint8  // see Key
	Flags  []Flags
	Freq   []float32 // highest frequency under Head.Frequency, see below; NaN where no eligible group has one
	Splice []uint8   // highest delta of a splice predictor in hundredths, rounded down; NoSplice
	Qual   []Quality
	Genes  []uint32 // index into GeneSets
	Rows   []uint32 // index into RowSets
	Views  []uint16 // index into ViewSets, SeeRecord where there are too many
	Calls  []Calls  // of Head.Samples, in their order

	GeneSets [][]Gene  // [0] is the empty set
	RowSets  [][]TxRow // [0] is the empty set: no consequence annotation
	ViewSets []View    // [0] is the zero View: no opinion

	long   longAlleles
	places places
}

// Head tells what a Summary was made of, and what was found on the way. Genes of
// a GeneSet and rows of a RowSet stand in the order in which the annotation first
// names them.
type Head struct {
	SHA256 string `json:"sha256"` // of the VCF as it lies on disk
	Size   int64  `json:"size"`   // of the VCF, in bytes
	// Reference identifies the sequence that alleles were left-aligned against,
	// empty where they were trimmed only.
	Reference string               `json:"reference,omitempty"`
	Assembly  genome.Assembly      `json:"assembly"`
	Samples   []string             `json:"samples"` // whose calls are held
	Frequency review.FrequencyRule `json:"frequency"`

	Records  int64                `json:"records"` // good data records
	BadTotal int64                `json:"bad_total"`
	Bad      []*review.InputError `json:"bad,omitempty"` // the first ones
	// Unmatched counts annotation rows that name no allele of their record, or
	// several: they are used for none.
	Unmatched int64 `json:"unmatched"`
	// Trimmed counts alleles that were trimmed but could not be left-aligned.
	Trimmed int64 `json:"trimmed"`
}

// Stretch is the rows of one contig: From up to and without To.
type Stretch struct {
	Contig   string `json:"contig"` // canonical
	From, To int
}

// Flags are what is true of a row's allele and record.
type Flags uint8

// The bits of Flags. The lowest three are the kind.
const (
	kindMask Flags = 7
	// FilterPass says that FILTER is PASS, FilterFail that it names filters; with
	// neither, filters were not applied (".").
	FilterPass Flags = 1 << 3
	FilterFail Flags = 1 << 4
	// TrimmedOnly says that an indel was not left-aligned.
	TrimmedOnly Flags = 1 << 5
	// MultiAllelic says that the record has other ALT alleles.
	MultiAllelic Flags = 1 << 6
	// FlagSeeRecord says that a column may not tell the whole of what the record
	// says: an opinion without a number, a genotype of more than two alleles, a
	// position that 32 bits do not hold. What columns round is not marked.
	FlagSeeRecord Flags = 1 << 7
)

var kinds = [...]review.VariantKind{
	review.SmallVariant, review.Symbolic, review.Breakend, review.OverlapDeleted, review.ReferenceBlock,
}

// KindFlag returns the bits for a kind.
func KindFlag(k review.VariantKind) Flags {
	for i, have := range kinds {
		if have == k {
			return Flags(i)
		}
	}
	panic("summary: impossible kind " + string(k))
}

// Kind returns the kind of the allele.
func (f Flags) Kind() review.VariantKind { return kinds[f&kindMask] }

// Marks of columns.
const (
	NoSplice  = 255    // Splice: the file gives no score
	Unknown   = 255    // Depth, GQ and Share of Calls: not given
	Most      = 254    // Depth and GQ: this or more
	SeeRecord = 0xffff // Views: the record tells
)

// Gene is a gene that a consequence row names.
type Gene struct {
	Symbol string `json:"symbol,omitempty"`
	HGNC   string `json:"hgnc,omitempty"`
	ID     string `json:"id,omitempty"`
	// Beside is true where every row of the gene says only that it is near
	// (upstream, downstream, intergenic, regulatory), see
	// review.Consequence.IsBeside.
	Beside bool `json:"beside,omitempty"`
}

// TxRow is what consequence rows say, without gene and transcript: each
// different pair of terms and biotype once.
type TxRow struct {
	Terms   []string `json:"terms"` // Sequence Ontology, as review.Consequence has them
	Biotype string   `json:"biotype,omitempty"`
}

// View is what outside opinions on an allele come to, see review.Assertion.
type View struct {
	Any         bool `json:"any,omitempty"`         // there is an opinion
	Pathogenic  bool `json:"pathogenic,omitempty"`  // one is pathogenic or likely pathogenic, unanimously
	Conflicting bool `json:"conflicting,omitempty"` // one is conflicting
	// Significances are the opinions as written, each once, in their order.
	Significances []string `json:"significances,omitempty"`
	// Stars are the most stars of one of them, -1 where the file does not tell.
	Stars int `json:"stars"`
}

// Quality is QUAL in 16 bits: the upper half of the float32, rounded towards
// zero. Of two values in the same Quality neither is known to be the greater;
// [Quality.Value] and [Quality.Furthest] give the bounds.
type Quality uint16

// NoQuality says that QUAL is ".", or no finite number.
const NoQuality Quality = 0xffff

// Calls are what one person carries, row by row.
type Calls struct {
	GT    []GT
	Depth []uint8 // reads, see Unknown and Most
	GQ    []uint8
	Share []uint8 // of reads with this ALT, in 1/200, rounded to nearest: the file's own fraction, else from AD
}

// GT is a genotype as it concerns one ALT allele.
type GT uint8

// The parts of a GT. The lowest two bits count copies of the allele, 3 standing
// for three or more; the next two are the state.
const (
	gtCopies GT = 3
	gtState  GT = 3 << 2
	// GTMissing and so on are the states of review.CallState.
	GTMissing  GT = 0 << 2
	GTCalled   GT = 1 << 2
	GTPartial  GT = 2 << 2
	GTRefBlock GT = 3 << 2
	// GTOthers says that another ALT of the record is carried too.
	GTOthers GT = 1 << 4
	// GTHaploid says that GT has one allele.
	GTHaploid GT = 1 << 5
	// GTPhased says that the genotype is phased.
	GTPhased GT = 1 << 6
	// GTPolyploid says that GT has more than two alleles.
	GTPolyploid GT = 1 << 7
)

// Copies counts copies of the allele, 3 for three or more.
func (g GT) Copies() int { return int(g & gtCopies) }

// State is one of GTMissing, GTCalled, GTPartial and GTRefBlock.
func (g GT) State() GT { return g & gtState }

// IsReference reports whether the person is called without any ALT of the record.
func (g GT) IsReference() bool {
	return g&(gtCopies|GTOthers) == 0 && (g.State() == GTCalled || g.State() == GTRefBlock)
}

// Len returns the number of rows.
func (s *Summary) Len() int { return len(s.Pos) }
