package review

import (
	"garrod/review/acmg"
	"garrod/review/genome"
)

// Variant is one ALT allele of one VCF record, with everything the file says of
// it. It is made by an adapter from the file and is never changed.
type Variant struct {
	Key  genome.Key  `json:"key"`
	Kind VariantKind `json:"kind"`
	// Record is the place and spelling in the file, before trimming.
	Record Record `json:"record"`
	// Siblings are the keys of the other ALT alleles of the same record.
	Siblings []string `json:"siblings,omitempty"`
	// TrimmedOnly is true where no reference sequence was at hand, so that an
	// indel was made parsimonious but not left-aligned.
	TrimmedOnly bool `json:"trimmed_only,omitempty"`
	// Structural describes a symbolic allele or breakend, nil for others.
	Structural *Structural `json:"structural,omitempty"`

	Calls        []Call        `json:"calls"`        // in the order of the header's samples
	Consequences []Consequence `json:"consequences"` // nil when the file has none for this allele

	Frequencies []acmg.Frequency `json:"frequencies,omitempty"`
	// Coverage tells how well the population data sets saw the site, where the
	// file gives it.
	Coverage   []acmg.Coverage  `json:"coverage,omitempty"`
	Predictors []acmg.Predictor `json:"predictors,omitempty"`
	Splice     []acmg.Splice    `json:"splice,omitempty"`
	Assertions []Assertion      `json:"assertions,omitempty"`
}

// VariantKind tells what sort of allele it is. Only SmallVariant is ever
// classified by the small-variant rule sets.
type VariantKind string

// The kinds of allele.
const (
	SmallVariant   VariantKind = "small"     // bases in REF and ALT
	Symbolic       VariantKind = "symbolic"  // <DEL>, <DUP>, <INS>, <CNV>, <STR> …
	Breakend       VariantKind = "breakend"  // ALT with [ or ]
	OverlapDeleted VariantKind = "star"      // *: the base is deleted by another record
	ReferenceBlock VariantKind = "ref_block" // no ALT, <NON_REF> or <*>
)

// Structural is what a record says of a symbolic allele or breakend.
type Structural struct {
	Type string `json:"type"` // "DEL", "DUP", "INS", "INV", "CNV", "BND", "STR" …, empty when not told
	// End is the last reference base that the allele takes up, 0 when not told; an
	// insertion and a breakend take up none behind POS.
	End genome.Pos `json:"end,omitempty"`
	// Length is how many bases are deleted, inserted, copied or turned, never
	// negative; nil when not told.
	Length *int64 `json:"length,omitempty"`
	// Claim tells what the call rests on (INFO SVCLAIM): "D" depth, "J" a junction,
	// "DJ" both, empty when not told.
	Claim string `json:"claim,omitempty"`
	// Repeat is a tandem repeat's units and copies ("CAGx20"), where told.
	Repeat string `json:"repeat,omitempty"`
	// Mate is where a breakend joins, CONTIG:POS as written.
	Mate string `json:"mate,omitempty"`
	// Imprecise says that the ends are not known to the base.
	Imprecise bool `json:"imprecise,omitempty"`
}

// Record is where a Variant stands in its file.
type Record struct {
	Number  int64      `json:"number"` // 1-based data record in the file, 0 when read through the index
	Contig  string     `json:"contig"` // as written
	Pos     genome.Pos `json:"pos"`
	Ref     string     `json:"ref"`
	Alts    []string   `json:"alts"`
	Allele  int        `json:"allele"`        // 1-based index of this ALT in Alts; 0 for a reference block
	End     genome.Pos `json:"end,omitempty"` // last base covered, for reference blocks and symbolic alleles
	ID      string     `json:"id,omitempty"`
	Qual    *float64   `json:"qual"`           // nil when the file has "."
	Filters []string   `json:"filters"`        // nil: filters not applied ("."); empty: PASS
	Line    string     `json:"line,omitempty"` // the raw line, kept when a record is frozen into a case
}

// CallState tells how much is known of one person's genotype at a variant. It
// keeps "reference" apart from "not called" and "no record".
type CallState string

// The states of a Call.
const (
	Called   CallState = "called"
	Partial  CallState = "partial" // ./1
	Missing  CallState = "missing" // ./.
	NoRecord CallState = "no_record"
	RefBlock CallState = "ref_block" // covered by a reference block of a gVCF
)

// Call is what one person carries at a Variant, after the split by allele.
type Call struct {
	Sample string    `json:"sample"`
	GT     string    `json:"gt"` // as written, with the record's allele numbers; empty for NoRecord
	State  CallState `json:"state"`
	Ploidy int       `json:"ploidy"` // number of alleles in GT, called or not
	// Copies counts this ALT allele among the called ones; Others counts other
	// ALT alleles of the record (1/2 has one of each).
	Copies int    `json:"copies"`
	Others int    `json:"others,omitempty"`
	Phased bool   `json:"phased,omitempty"`
	Hap    int    `json:"hap,omitempty"` // 1-based haplotype of this ALT when Phased and Copies is 1; 0 otherwise
	PS     *int64 `json:"ps,omitempty"`
	// PhaseSet names the phase set in the file's words: PS, GATK's PID, or the name
	// of this allele's set in PSL.
	PhaseSet string `json:"phase_set,omitempty"`
	// Filters are the filters that the call itself failed (FORMAT FT), nil where it
	// passed or none were applied. A call with filters is not to be trusted.
	Filters []string `json:"ft,omitempty"`
	// BlockEnd is the last base of this person's reference block, where the file
	// gives each its own (FORMAT LEN); else 0.
	BlockEnd genome.Pos `json:"block_end,omitempty"`
	// CopyNumber is FORMAT CN, nil when not given.
	CopyNumber *float64 `json:"cn,omitempty"`
	Depth      *int     `json:"dp"`
	GQ         *int     `json:"gq"`
	AD         *[2]int  `json:"ad"` // reads of REF and of this ALT; nil when not given
	// Fraction is the file's own allele fraction (FORMAT AF), for heteroplasmy.
	Fraction *float64 `json:"af,omitempty"`
}

// IsReference reports whether the call says that neither this ALT nor any other
// is carried. Missing, partial and absent calls are not reference.
func (c Call) IsReference() bool {
	return (c.State == Called || c.State == RefBlock) && c.Copies == 0 && c.Others == 0
}

// HasAlt reports whether the person is called with at least one copy of this ALT.
func (c Call) HasAlt() bool { return c.Copies > 0 }

// Heteroplasmy is the share of reads with this ALT, 0 … 1: the file's own
// fraction, else from its read counts; ok is false where it gives neither.
func (c Call) Heteroplasmy() (share float64, ok bool) {
	switch {
	case c.Fraction != nil:
		return *c.Fraction, true
	case c.AD != nil && c.AD[0]+c.AD[1] > 0:
		return float64(c.AD[1]) / float64(c.AD[0]+c.AD[1]), true
	}
	return 0, false
}

// Consequence is one transcript's row of a consequence annotation. All its
// fields come from the same row.
type Consequence struct {
	Symbol     string   `json:"symbol"`
	HGNC       string   `json:"hgnc,omitempty"` // "HGNC:1100"
	GeneID     string   `json:"gene_id,omitempty"`
	Transcript string   `json:"transcript,omitempty"` // with version where the file gives one
	Biotype    string   `json:"biotype,omitempty"`
	MANE       string   `json:"mane,omitempty"` // "select", "plus_clinical" or empty
	Canonical  bool     `json:"canonical,omitempty"`
	Terms      []string `json:"terms"`  // Sequence Ontology terms as written
	Impact     string   `json:"impact"` // HIGH, MODERATE, LOW, MODIFIER or empty
	HGVSc      string   `json:"hgvsc,omitempty"`
	HGVSp      string   `json:"hgvsp,omitempty"`
	Exon       string   `json:"exon,omitempty"`   // "5/27"
	Intron     string   `json:"intron,omitempty"` // "4/26"
	AminoAcids string   `json:"amino_acids,omitempty"`
	AAPosition string   `json:"aa_position,omitempty"`
	Source     string   `json:"source"` // CSQ, ANN or BCSQ
	Row        int      `json:"row"`    // 0-based row within the record's field
}

// Assertion is somebody else's opinion of an allele, ClinVar's for instance. It
// is context; it is never evidence by itself.
type Assertion struct {
	Source string `json:"source"` // "ClinVar"
	// Significance as written; unknown terms are kept as text.
	Significance string `json:"significance"`
	Review       string `json:"review,omitempty"`
	Stars        *int   `json:"stars,omitempty"` // nil when the file does not tell
	ID           string `json:"id,omitempty"`
	Date         string `json:"date,omitempty"`
	Pathogenic   bool   `json:"pathogenic"` // pathogenic or likely pathogenic, unanimously
	Conflicting  bool   `json:"conflicting,omitempty"`
	// AlleleUnknown is true where the file does not tell which allele of the
	// record the opinion is about.
	AlleleUnknown bool `json:"allele_unknown,omitempty"`
}

// Capability tells whether the input can answer a question at all, with a
// sentence for people. A missing field makes criteria not assessed.
type Capability struct {
	Name    string `json:"name"` // "consequence", "frequency", "clinvar", "revel", "spliceai", "genotype_quality" …
	Present bool   `json:"present"`
	Detail  string `json:"detail"`
}
