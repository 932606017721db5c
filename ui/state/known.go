package state

import (
	"garrod/review"
	"garrod/review/triage"
)

// KnownQuestion asks whether a case's proband carries one known variant.
type KnownQuestion struct {
	Case    review.CaseID
	Variant string // a key, or an expression of HGVS
	// Report is the relative's report: its identifier in the laboratory, or the
	// path of a signed PDF. Without one, Reason is needed.
	Report   string
	Relative string // who the report is about, in the asker's words; not stored
	// Reason is why to ask in spite of a report that does not hold the variant,
	// or without a report. Empty: such a question is refused.
	Reason string
}

// KnownAnswer is the answer with what it comes from.
type KnownAnswer struct {
	triage.Known

	Entered  string              `json:"entered"`
	Resolved string              `json:"resolved,omitempty"`     // how an expression became the key
	Report   *triage.KnownReport `json:"report"`                 // null without a report
	Forced   string              `json:"force_reason,omitempty"` // KnownQuestion.Reason
}
