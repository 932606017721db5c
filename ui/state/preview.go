package state

import (
	"garrod/review"
	"garrod/review/triage"
)

// Preview is a first look at a file: what the default filter makes of the
// regions of a panel, before anything else of the file is read or checked.
type Preview struct {
	Panel    review.Panel
	Regions  int
	Bases    int64 // of the regions
	Unplaced int   // genes of the panel whose place is not known, and which were not looked at
	Records  int64
	Worklist *triage.Worklist
}
