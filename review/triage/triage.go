// Package triage turns the variants of a case into a worklist: a funnel of
// filter steps with counts, inheritance labels that say why, a rescue lane that
// no filter can hide, an explanation for every record, and the acmg.Facts that
// proposals are made from.
//
// Every variant falls in exactly one place: it is removed by one step of the
// funnel or it is in the list. Missing values never remove a variant: a variant
// without a frequency passes a frequency step, and the explanation says so.
package triage

import (
	"garrod/review"
)

// Filter is a named set of filter steps, applied in the order of its fields. It
// is stored as JSON. A nil step is off.
type Filter struct {
	Name        string             `json:"name"`
	Version     int                `json:"version"`
	Genotype    *GenotypeFilter    `json:"genotype,omitempty"`
	Quality     *QualityFilter     `json:"quality,omitempty"`
	Frequency   *FrequencyFilter   `json:"frequency,omitempty"`
	Consequence *ConsequenceFilter `json:"consequence,omitempty"`
	Panel       *PanelFilter       `json:"panel,omitempty"`
	Inheritance *InheritanceFilter `json:"inheritance,omitempty"`
}

// GenotypeFilter keeps variants that the proband carries. A proband without a
// call is kept.
type GenotypeFilter struct {
	Carried bool `json:"carried"`
}

// QualityFilter keeps records of good quality. Values that the file does not
// give are not held against a record.
type QualityFilter struct {
	PassOnly bool     `json:"pass_only"` // FILTER is PASS or "."
	MinQual  *float64 `json:"min_qual,omitempty"`
	MinDepth *int     `json:"min_depth,omitempty"` // of the proband
	MinGQ    *int     `json:"min_gq,omitempty"`    // of the proband
}

// FrequencyFilter keeps variants whose highest frequency in any eligible group
// is at most MaxAF. Groups with fewer than MinAN alleles are not looked at.
type FrequencyFilter struct {
	MaxAF         float64  `json:"max_af"`
	MinAN         int      `json:"min_an"`
	ExcludeGroups []string `json:"exclude_groups,omitempty"` // asj, fin, ami, remaining …
}

// ConsequenceFilter keeps variants with one of the Sequence Ontology terms on
// any transcript, or with a splice score of at least MinSplice. A variant
// without any consequence annotation is kept.
type ConsequenceFilter struct {
	Terms     []string `json:"terms"`
	MinSplice *float64 `json:"min_splice,omitempty"`
}

// PanelFilter keeps variants in a gene of the case's panel. Off when the case
// has no panel; a variant without gene annotation is kept.
type PanelFilter struct {
	Use bool `json:"use"`
}

// InheritanceFilter keeps variants with at least one of these labels.
type InheritanceFilter struct {
	Models []string `json:"models"`
}

// Lane is where a row is shown.
type Lane string

// The lanes of a worklist.
const (
	LaneList   Lane = "list"   // passed every step
	LaneRescue Lane = "rescue" // removed by a step, but known as pathogenic: shown all the same
	LaneOut    Lane = "out"    // removed by a step
)

// Row is one variant with what triage made of it.
type Row struct {
	Variant     review.Variant
	Chosen      int  // index into Variant.Consequences, -1 when there is none
	WorseOnTx   bool // a worse consequence sits on a transcript that was not chosen
	MaxAF       *float64
	MaxAFGroup  string // "gnomAD joint nfe"
	Labels      []review.Label
	Lane        Lane
	RemovedBy   string // step that removed it, empty in the list
	RescueCause string // why it is in the rescue lane
}

// Consequence returns the chosen consequence; ok is false when the file has
// none for this allele.
func (r Row) Consequence() (c review.Consequence, ok bool) {
	if r.Chosen < 0 || r.Chosen >= len(r.Variant.Consequences) {
		return review.Consequence{}, false
	}
	return r.Variant.Consequences[r.Chosen], true
}

// Worklist is the outcome of triage.
type Worklist struct {
	Case   review.CaseID
	Filter Filter
	// Funnel counts variants (ALT alleles), before and after each step.
	Funnel []review.FunnelStep
	List   []Row // in genome order
	Rescue []Row
	// Records counts the data records read; Variants the ALT alleles in them.
	Records, Variants int64
	// Unclassifiable counts alleles that are kept but never classified as
	// small variants (symbolic, breakends, *, reference blocks), by kind.
	Unclassifiable map[review.VariantKind]int64
	// Bad lists the records that could not be read; BadCount counts them all.
	Bad      []*review.InputError
	BadCount int64
}

// Explanation answers "why is this variant not in my list?".
type Explanation struct {
	Key    string        `json:"key"`
	Record string        `json:"record"` // present, absent, ref_block
	InList bool          `json:"in_list"`
	Lane   Lane          `json:"lane,omitempty"`
	Steps  []ExplainStep `json:"steps"`
	// Note says in a sentence what the outcome means, for absent records above all.
	Note string `json:"note,omitempty"`
}

// ExplainStep is one step as it applied to one variant.
type ExplainStep struct {
	Step      string `json:"step"`
	Parameter string `json:"parameter"`
	Operator  string `json:"operator"`
	Threshold string `json:"threshold"`
	Value     string `json:"value"`   // "not in the file" where there is none
	Outcome   string `json:"outcome"` // kept, removed, not_reached, not_assessed
}
