package widgets

import (
	"garrod/review"
	"garrod/ui/state"
	"garrod/ui/words"
)

// Heads makes the heads of columns.
func Heads[T any](cols []state.Column[T]) []Head {
	out := make([]Head, len(cols))
	for i, c := range cols {
		out[i] = Head{Text: words.T(c.Key), Width: c.Width}
	}
	return out
}

// NextView is the view after the head of col was asked for: up, then down, then
// the rows' own order.
func NextView(v state.View, col int) state.View {
	switch {
	case v.Sort != col:
		v.Sort, v.Desc = col, false
	case !v.Desc:
		v.Desc = true
	default:
		v.Sort, v.Desc = -1, false
	}
	return v
}

// CheckRows lists intake checks: outcome, then name and sentence, then the
// reason for going on where there is one.
func CheckRows(checks []review.Check) [][]state.Cell {
	var rows [][]state.Cell
	for _, c := range checks {
		text := words.Of("check.", c.Name) + ": " + c.Detail
		if c.Reason != "" {
			text += "\n" + words.F("check.reason", words.D{"reason": c.Reason})
		}
		rows = append(rows, []state.Cell{OutcomeCell(string(c.Outcome)), {Text: text}})
	}
	return rows
}

// NHS writes the patient's NHS number in groups, empty when there is none.
func NHS(p review.Patient) string { return groupNHS(state.IdentifierOf(p, "nhs")) }
