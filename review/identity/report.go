package identity

import "garrod/review"

// Verdict is how a measurement stands to what was declared.
type Verdict string

// The verdicts.
const (
	Agrees      Verdict = "agrees"
	Contradicts Verdict = "contradicts"
	// NotAssessed: too few sites, or the file cannot tell; Why says which.
	NotAssessed Verdict = "not_assessed"
	// NotDeclared: measured, and nothing was declared to hold it against.
	NotDeclared Verdict = "not_declared"
	// Doubtful: between the limits, or above the one that warns.
	Doubtful Verdict = "doubtful"
)

// Report is what the genotypes say. It holds no verdict on the case: see Checks
// and Blocks.
type Report struct {
	Samples []string `json:"samples"` // measured
	// LeftOut counts samples of the file beyond the most that are measured.
	LeftOut int `json:"left_out,omitempty"`
	// Sites counts biallelic single-base sites off X and Y, not filtered, at which
	// somebody has the alternative allele in a genotype that counts; of all Rows.
	Sites int64 `json:"sites"`
	Rows  int64 `json:"rows"`
	// CommonSites is true where runs rest on common sites by their frequency.
	CommonSites bool `json:"common_sites"`

	Genotypes     []Genotypes     `json:"genotypes"`
	Sex           []Sex           `json:"sex"`
	Pairs         []Pair          `json:"pairs"`
	Mendel        Mendel          `json:"mendel"`
	ROH           []Homozygosity  `json:"roh"`
	UPD           []Disomy        `json:"upd"`
	Contamination []Contamination `json:"contamination"`
	Mitochondrial Mitochondrial   `json:"mitochondrial"`
	Thresholds    []Threshold     `json:"thresholds"`
}

// Genotypes counts one person's genotypes at Sites.
type Genotypes struct {
	Sample    string `json:"sample"`
	Reference int64  `json:"reference"`
	Het       int64  `json:"het"`
	Hom       int64  `json:"hom"`
	// Unknown are missing, partly called, or without enough depth or quality.
	Unknown int64 `json:"unknown"`
}

// Sex is what X and Y say of one person.
type Sex struct {
	Sample   string     `json:"sample"`
	Declared review.Sex `json:"declared"`
	Genetic  review.Sex `json:"genetic"` // unknown where X and Y do not tell
	Verdict  Verdict    `json:"verdict"`
	XSites   int64      `json:"x_sites"`
	XHet     *float64   `json:"x_het"` // nil without a site
	YSites   int64      `json:"y_sites"`
	YCalls   int64      `json:"y_calls"`
	// YX is the mean depth on Y over that on X; nil where the file does not give
	// depths at enough sites of Y.
	YX *float64 `json:"yx"`
	// Hint names what else may explain the numbers, XXY for instance. It is no
	// finding.
	Hint string `json:"hint,omitempty"`
	Why  string `json:"why"`
}

// Pair is the kinship of two people.
type Pair struct {
	A string `json:"a"`
	B string `json:"b"`
	// Phi is the kinship coefficient by KING-robust (Manichaikul 2010); nil
	// without heterozygous sites.
	Phi *float64 `json:"phi"`
	// IBS0 is the share of Sites at which the two have no allele in common.
	IBS0 *float64 `json:"ibs0"`
	// Sites are those where both are called and either has the alternative
	// allele; Hets the heterozygous ones of the person who has fewer.
	Sites       int64 `json:"sites"`
	Hets        int64 `json:"hets"`
	Windows     int   `json:"windows"`
	Chromosomes int   `json:"chromosomes"`
	// LeftOut are chromosomes with a hint of uniparental disomy of a child, which
	// says nothing of the parents.
	LeftOut []string `json:"left_out,omitempty"`

	Declared Relation `json:"declared"`
	// Expected is the kinship coefficient by the pedigree, nil where it tells
	// none.
	Expected *float64 `json:"expected"`
	Measured Relation `json:"measured"`
	Verdict  Verdict  `json:"verdict"`
	Why      string   `json:"why"`
}

// Relation is how two people are related.
type Relation string

// The relations. A pedigree declares the first group, genotypes tell the second,
// and both the rest.
const (
	MonozygoticTwins Relation = "monozygotic_twins"
	Siblings         Relation = "siblings" // full or half: a parent is not in the pedigree
	HalfSiblings     Relation = "half_siblings"
	Grandparent      Relation = "grandparent"
	Avuncular        Relation = "avuncular"
	Distant          Relation = "distant"    // related beyond the third degree
	NotStated        Relation = "not_stated" // the pedigree has no tie, and no child of both

	SamePerson   Relation = "same_person" // or monozygotic twins
	FirstDegree  Relation = "first_degree"
	SecondDegree Relation = "second_degree"
	ThirdDegree  Relation = "third_degree"
	Unknown      Relation = "unknown"

	ParentChild  Relation = "parent_child"
	FullSiblings Relation = "full_siblings"
	Unrelated    Relation = "unrelated"
)

// Mendel counts genotypes of children that the parents cannot have given.
type Mendel struct {
	Trios []MendelRate `json:"trios"`
	Duos  []MendelRate `json:"duos"` // where the other parent has no sample
}

// MendelRate is the count of one child with one or both parents.
type MendelRate struct {
	Child  string `json:"child"`
	Mother string `json:"mother,omitempty"`
	Father string `json:"father,omitempty"`
	// Sites are those where all are called and somebody has the alternative
	// allele. Chromosomes with a hint of uniparental disomy are left out, and
	// listed.
	Sites   int64    `json:"sites"`
	Errors  int64    `json:"errors"`
	Rate    *float64 `json:"rate"`
	LeftOut []string `json:"left_out,omitempty"`
	// NoMaternal and NoPaternal are errors at which the child has no allele of
	// the one parent and may have both of the other.
	NoMaternal int64   `json:"no_maternal"`
	NoPaternal int64   `json:"no_paternal"`
	Verdict    Verdict `json:"verdict"`
	Why        string  `json:"why"`
}

// Run is a stretch without heterozygous genotypes, but for errors. First and
// Last are its outermost sites, 1-based.
type Run struct {
	Contig string `json:"contig"`
	First  int64  `json:"first"`
	Last   int64  `json:"last"`
	Sites  int64  `json:"sites"`
	Hets   int64  `json:"hets"`
}

// Bases is the length of the run.
func (r Run) Bases() int64 { return r.Last - r.First + 1 }

// Homozygosity is the runs of one person.
type Homozygosity struct {
	Sample      string          `json:"sample"`
	Verdict     Verdict         `json:"verdict"` // not_assessed, agrees (with unrelated parents), doubtful (a hint)
	Sites       int64           `json:"sites"`   // genotypes that runs were looked for in
	Total       int64           `json:"total"`   // bases
	Share       float64         `json:"share"`   // of the autosomes
	Chromosomes []ChromosomeROH `json:"chromosomes,omitempty"`
	Runs        []Run           `json:"runs,omitempty"`
	// Consanguinity is true where long runs lie on several chromosomes.
	Consanguinity bool `json:"consanguinity"`
	// Single names the one chromosome that has long runs where others have none.
	Single    string `json:"single,omitempty"`
	Imprinted bool   `json:"imprinted,omitempty"` // Single has imprinted disorders
	Why       string `json:"why"`
}

// ChromosomeROH is the runs of one chromosome in bases.
type ChromosomeROH struct {
	Contig string `json:"contig"`
	Total  int64  `json:"total"`
	Runs   int    `json:"runs"`
}

// Disomy is a hint that both copies of a stretch come from one parent.
type Disomy struct {
	Child  string `json:"child"`
	Contig string `json:"contig"`
	First  int64  `json:"first"`
	Last   int64  `json:"last"`
	// Origin is the parent whose copies are there: maternal or paternal.
	Origin    string  `json:"origin"`
	Kind      string  `json:"kind"`    // isodisomy, heterodisomy, mixed or unknown
	Markers   int64   `json:"markers"` // sites without an allele of the other parent
	Against   int64   `json:"against"` // sites with one
	Share     float64 `json:"share"`   // of the chromosome's length, 0 where that is not known
	Imprinted bool    `json:"imprinted"`
	Why       string  `json:"why"`
}

// Contamination is what a person's reads say of a second person's.
type Contamination struct {
	Sample  string  `json:"sample"`
	Verdict Verdict `json:"verdict"`
	// Share is the share of foreign reads, from those of REF at homozygous sites;
	// nil where they are too few or the file has no frequencies.
	Share *float64 `json:"share"`
	Sites int64    `json:"sites"`
	// OddHets is the share of heterozygotes with too few or too many reads of the
	// alternative allele; MeanHet is the mean share of such reads.
	Hets    int64    `json:"hets"`
	OddHets *float64 `json:"odd_hets"`
	MeanHet *float64 `json:"mean_het"`
	Why     string   `json:"why"`
}

// Mitochondrial compares mothers with their children.
type Mitochondrial struct {
	Pairs []MitochondrialPair `json:"pairs"`
}

// MitochondrialPair is a mother and her child.
type MitochondrialPair struct {
	Mother string `json:"mother"`
	Child  string `json:"child"`
	// Sites are those where both are called and either has the alternative allele
	// in all reads; at Differences the other one has it in none.
	Sites       int64   `json:"sites"`
	Differences int64   `json:"differences"`
	Verdict     Verdict `json:"verdict"`
	Why         string  `json:"why"`
}
