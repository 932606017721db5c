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

// PreviewRow is a variant that a first look shows.
type PreviewRow struct {
	Key, Gene, Change string // Gene and Change may be empty
}

// Rows returns the variants of the list and the rescue lane, at most n of them,
// and how many more there are.
func (p Preview) Rows(n int) (rows []PreviewRow, more int) {
	all := append(append([]triage.Row{}, p.Worklist.List...), p.Worklist.Rescue...)
	for _, r := range all[:min(n, len(all))] {
		row := PreviewRow{Key: r.Variant.Key.String()}
		if c, ok := r.Consequence(); ok {
			row.Gene, row.Change = c.Symbol, c.HGVSp
			if row.Change == "" {
				row.Change = c.HGVSc
			}
		}
		rows = append(rows, row)
	}
	return rows, len(all) - len(rows)
}
