// Package triage turns the variants of a case into a worklist: a funnel of
// filter steps with counts, inheritance labels that say why, a rescue lane that
// no filter can hide, an explanation for every record, and the acmg.Facts that
// proposals are made from.
//
// Every variant falls in exactly one place: it is removed by one step of the
// funnel or it is in the list. Missing values never remove a variant: a variant
// without a frequency passes a frequency step, and the explanation says so.
//
// The first step, "kind", is always on. It takes out what is no variant: the
// overlapped allele * and reference blocks. Symbolic alleles and breakends go
// through the funnel like small variants and may be in the list; they are
// counted apart, and no small-variant rule set ever classifies them.
//
// The rescue lane holds alleles that somebody calls pathogenic or likely
// pathogenic without conflict, that the proband carries or has no call for, and
// that a step other than kind and genotype removed. They are shown beside the
// list with the step that removed them and stay removed in the counts. Any
// review status rescues, no stars included: the cause says how many there are,
// and a filter that hides a submission because of its stars would be one that
// hides it in silence. Conflicting opinions rescue only when the filter says so
// (rescue_conflicting); otherwise they are counted.
//
// Positions are 1-based. Sources of the clinical numbers stand beside the
// parameters: see Default and DefaultInheritance.
package triage

import (
	"garrod/review"
)

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
	// Funnel counts variants before and after each step. A variant is an ALT
	// allele; a record without one counts as one variant of kind ref_block.
	Funnel []review.FunnelStep
	List   []Row // in genome order
	Rescue []Row // in genome order
	// Records counts the data records read; Variants the variants in them.
	Records, Variants int64
	// Unclassifiable counts alleles that are never classified as small variants
	// (symbolic, breakends, *, reference blocks), by kind.
	Unclassifiable map[review.VariantKind]int64
	// Conflicting counts variants that a step removed although one opinion is
	// pathogenic, because others disagree. See Filter.RescueConflicting.
	Conflicting int64
	// NotHeld counts variants that belong in the list but of which no row is
	// kept, because the filter lets more through than the memory of a small
	// workstation holds. They are in the counts of the Funnel. Compound
	// heterozygotes were not looked for among them. Zero with any useful filter.
	NotHeld int64
	// Notes are sentences on the list as a whole: more new alleles than a child
	// can have, for instance.
	Notes []string
	// Bad lists the records that could not be read; BadCount counts them all.
	Bad      []*review.InputError
	BadCount int64
}
