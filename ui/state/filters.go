package state

import (
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/triage"
)

// FilterDiff tells what another filter would do to a case's list. Nothing is
// changed by it.
type FilterDiff struct {
	Case    review.CaseID `json:"case"`
	From    FilterSide    `json:"from"`
	To      FilterSide    `json:"to"`
	Added   []FilterRow   `json:"added"`
	Removed []FilterRow   `json:"removed"`
	Counts  FilterCounts  `json:"counts"`
}

// FilterSide is one of the two filters and what it leaves.
type FilterSide struct {
	Name    string              `json:"name"`
	Version int                 `json:"version"`
	SHA256  string              `json:"sha256"`
	Funnel  []review.FunnelStep `json:"funnel"`
	Listed  int64               `json:"listed"`
	Rescued int64               `json:"rescued"`
}

// FilterCounts counts all variants, also those that were cut off.
type FilterCounts struct {
	Added     int   `json:"added"`
	Removed   int   `json:"removed"`
	Unchanged int   `json:"unchanged"`
	LeftOut   int   `json:"left_out_by_limit"`
	NotHeld   int64 `json:"not_held"` // in a list but not compared, see triage.Worklist
	// Rescued counts the removed ones that the rescue lane still shows.
	Rescued int `json:"removed_to_rescue_lane"`
}

// FilterRow is a variant that one of the two filters lists and the other does
// not.
type FilterRow struct {
	Key         string  `json:"key"`
	Gene        *string `json:"gene"`
	HGVSc       *string `json:"hgvsc"`
	Consequence *string `json:"consequence"`
	// RemovedBy is the step that takes it out: of the new filter for a removed
	// variant, of the old one for an added one.
	RemovedBy string `json:"removed_by"`
	// Rescued tells that the rescue lane shows a removed variant all the same.
	Rescued bool `json:"rescued,omitempty"`
}

// Cut leaves at most n rows of each sort and counts the others; 0 leaves all.
func (d *FilterDiff) Cut(n int) {
	for _, rows := range []*[]FilterRow{&d.Added, &d.Removed} {
		if n > 0 && len(*rows) > n {
			d.Counts.LeftOut += len(*rows) - n
			*rows = (*rows)[:n]
		}
	}
}

// FilterEdit is what the window lets a person change of a filter to save it
// under another name.
type FilterEdit struct {
	Name string
	// MaxAF is the highest frequency in any group, as a share or in percent; empty
	// leaves the step out.
	MaxAF string
	Words string // free text; empty leaves the step out
	Panel bool   // genes of the case's panel only
	Why   string
}

// EditOf shows a filter for editing, without a name.
func EditOf(f triage.Filter) FilterEdit {
	e := FilterEdit{Panel: f.Panel != nil && f.Panel.Use}
	if f.Frequency != nil {
		e.MaxAF = strconv.FormatFloat(f.Frequency.MaxAF, 'g', -1, 64)
	}
	if f.Text != nil {
		e.Words = f.Text.Words
	}
	return e
}

// Apply gives f with the changes. key is that of a text for people that says
// what is wrong, empty where nothing is.
func (e FilterEdit) Apply(f triage.Filter) (out triage.Filter, key string) {
	out = f
	if out.Name = strings.TrimSpace(e.Name); out.Name == "" {
		return f, "filter.need_name"
	}
	out.Version, out.Panel, out.Text = 0, nil, nil
	if e.Panel {
		out.Panel = &triage.PanelFilter{Use: true}
	}
	if words := strings.TrimSpace(e.Words); words != "" {
		out.Text = &triage.TextFilter{Words: words}
	}
	af, ok, valid := share(e.MaxAF)
	switch {
	case !valid:
		return f, "filter.bad_frequency"
	case !ok:
		out.Frequency = nil
	case f.Frequency != nil:
		q := *f.Frequency
		q.MaxAF = af
		out.Frequency = &q
	default:
		q := *triage.Wide().Frequency
		q.MaxAF = af
		out.Frequency = &q
	}
	return out, ""
}

// share reads "0.01", "0,01" and "1 %". ok is false for an empty text.
func share(s string) (x float64, ok, valid bool) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ",", ".")
	if s == "" {
		return 0, false, true
	}
	number, percent := strings.CutSuffix(s, "%")
	x, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if percent {
		x /= 100
	}
	return x, true, err == nil && x >= 0 && x <= 1
}
