package variant

import (
	"strings"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/ui/state"
	"garrod/ui/widgets"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// criteria is the list of criteria as a grid's source.
type criteria struct {
	rows []state.CriterionRow
	at   int
}

func (c *criteria) set(rows []state.CriterionRow, selected acmg.Criterion) {
	c.rows, c.at = rows, -1
	for i, r := range rows {
		if r.Code == selected {
			c.at = i
		}
	}
	if c.at < 0 && len(rows) > 0 {
		c.at = 0
	}
}

// code is the selected criterion, empty when there is none.
func (c *criteria) code() acmg.Criterion {
	if c.at < 0 || c.at >= len(c.rows) {
		return ""
	}
	return c.rows[c.at].Code
}

func (c *criteria) Len() int         { return len(c.rows) }
func (c *criteria) Selected() int    { return c.at }
func (c *criteria) Select(row int)   { c.at = row }
func (c *criteria) View() state.View { return state.View{Sort: -1} }

func criteriaHeads() []widgets.Head {
	return []widgets.Head{
		{Text: words.T("crit.code"), Width: 98},
		{Text: words.T("crit.decision"), Width: 108},
		{Text: words.T("crit.state"), Width: 120},
		{Text: words.T("crit.strength"), Width: 92},
		{Text: words.T("crit.points"), Width: 58},
		{Text: words.T("crit.reason"), Width: 460},
	}
}

// Cell is one cell of the list.
func (c *criteria) Cell(row, col int) state.Cell {
	r := c.rows[row]
	switch col {
	case 0:
		shape := state.TriangleUp
		if r.Direction == acmg.Benign {
			shape = state.TriangleDown
		}
		return state.Cell{Text: string(r.Code), Tone: state.Strong, Shape: shape}
	case 1:
		return decisionCell(r)
	case 2:
		return stateCell(r)
	case 3:
		if s := r.Strength(); s != 0 {
			return state.Cell{Text: words.Of("strength.", state.StrengthName(s)), Tone: weight(r)}
		}
		return state.Cell{}
	case 4:
		return pointsCell(r)
	}
	return state.Cell{Text: reasonText(r), Tone: weight(r)}
}

// weight mutes what does not count yet.
func weight(r state.CriterionRow) state.Tone {
	if r.Accepted() || r.State() == acmg.Met {
		return state.Plain
	}
	return state.Muted
}

func decisionCell(r state.CriterionRow) state.Cell {
	switch {
	case r.Accepted():
		return state.Cell{Text: words.T("crit.accepted"), Tone: state.Good, Shape: state.Tick, Chip: true}
	case r.Decision != nil:
		return state.Cell{Text: words.T("crit.rejected"), Tone: state.Bad, Shape: state.Cross}
	case r.IsOpen():
		return state.Cell{Text: words.T("crit.open"), Tone: state.Caution, Shape: state.Ring}
	}
	return state.Cell{}
}

func stateCell(r state.CriterionRow) state.Cell {
	c := state.Cell{Text: words.Of("state.", string(r.State()))}
	switch r.State() {
	case acmg.Met:
		c.Shape, c.Tone = state.Diamond, state.Accent
	case acmg.NotMet:
		c.Shape, c.Tone = state.Dash, state.Muted
	case acmg.NotAssessed:
		c.Shape, c.Tone = state.Ring, state.Muted
	default:
		c.Tone = state.Muted
	}
	if r.Disabled != "" {
		c = state.Cell{Text: words.T("crit.disabled"), Tone: state.Muted}
	}
	return c
}

// pointsCell shows points that count plainly and proposed ones in brackets.
func pointsCell(r state.CriterionRow) state.Cell {
	p, ok := r.PointsAt(r.Strength())
	if r.Strength() == 0 || !ok {
		return state.Cell{}
	}
	if r.Accepted() {
		return state.Cell{Text: state.PointsText(p), Tone: state.Strong, Right: true}
	}
	return state.Cell{Text: "(" + state.PointsText(p) + ")", Tone: state.Muted, Right: true}
}

func reasonText(r state.CriterionRow) string {
	switch {
	case r.Decision != nil && r.Decision.Reason != "":
		return r.Decision.Reason
	case r.Proposal != nil:
		return r.Proposal.Reason
	case r.Disabled != "":
		return r.Disabled
	}
	return words.T("crit.by_hand")
}

// codeTitle is a code with what it is about.
func codeTitle(r state.CriterionRow) string {
	text := r.Text
	if text == "" {
		text = words.Of("criterion.", string(r.Code))
	}
	if text == "" || text == string(r.Code) {
		return string(r.Code)
	}
	return string(r.Code) + " · " + text
}

// inputs shows one criterion: what it is, what was proposed and why, the values
// behind it with their sources, and what was decided.
type inputs struct {
	box    fyne.CanvasObject
	title  *widget.Label
	facts  *widgets.Sheet
	values *widgets.Sheet
	origin *widgets.Sheet
	scroll *container.Scroll
}

func newInputs() *inputs {
	p := &inputs{
		title: widgets.Heading(""), facts: widgets.NewSheet(120, 0), values: widgets.NewSheet(170, 0, 130, 150),
		origin: widgets.NewSheet(120, 0),
	}
	p.title.Truncation = fyne.TextTruncateEllipsis
	p.scroll = container.NewVScroll(container.NewVBox(p.facts, p.values, p.origin))
	p.box = container.NewBorder(p.title, nil, nil, nil, p.scroll)
	return p
}

func (p *inputs) clear() {
	p.title.SetText(words.T("inputs.none"))
	p.facts.Set(nil, nil)
	p.values.Set(nil, nil)
	p.origin.Set(nil, nil)
}

func (p *inputs) show(r state.CriterionRow) {
	p.title.SetText(codeTitle(r))
	proposed := stateCell(r)
	why := words.T("crit.by_hand")
	if r.Proposal != nil {
		why = r.Proposal.Reason
		if r.State() == acmg.Met {
			proposed.Text += ", " + strengthText(r, r.Proposal.Strength)
		}
	}
	p.facts.Set(nil, [][]state.Cell{{label("inputs.state"), proposed}, {label("inputs.reason"), {Text: why}}})
	p.values.Set([]string{words.T("inputs.name"), words.T("inputs.value"), words.T("inputs.compared"), words.T("inputs.source")},
		inputRows(r.Proposal))
	var origin [][]state.Cell
	add := func(key, text string) {
		if text != "" {
			origin = append(origin, []state.Cell{label(key), {Text: text}})
		}
	}
	if r.Decision != nil {
		add("inputs.decision", decisionText(r))
	}
	if r.Proposal != nil {
		add("inputs.provenance", r.Proposal.Provenance)
	}
	add("inputs.disabled", r.Disabled)
	p.origin.Set(nil, origin)
	p.scroll.ScrollToTop()
}

func label(key string) state.Cell { return state.Cell{Text: words.T(key), Tone: state.Muted} }

func strengthText(r state.CriterionRow, s acmg.Strength) string {
	text := words.Of("strength.", state.StrengthName(s))
	if p, ok := r.PointsAt(s); ok {
		text += " (" + words.F("badge.points", words.D{"points": state.PointsText(p)}) + ")"
	}
	return text
}

func decisionText(r state.CriterionRow) string {
	d := r.Decision
	key := "inputs.accepted"
	if d.Decision == review.Rejected {
		key = "inputs.rejected"
	}
	text := words.F(key, words.D{"who": d.By, "when": words.Time(d.At), "strength": strengthText(r, d.Strength)})
	if d.Reason != "" {
		text += "\n" + words.F("inputs.because", words.D{"reason": d.Reason})
	}
	return text
}

func inputRows(p *acmg.Proposal) [][]state.Cell {
	if p == nil || len(p.Inputs) == 0 {
		return [][]state.Cell{{{Text: words.T("inputs.no_inputs"), Tone: state.Muted}, {}, {}, {}}}
	}
	var rows [][]state.Cell
	for _, in := range p.Inputs {
		value := state.Cell{Text: in.Value, Tone: state.Strong}
		if in.Value == "" {
			value = state.Cell{Text: words.T("not_looked_up"), Tone: state.Caution}
		}
		rows = append(rows, []state.Cell{
			{Text: in.Name},
			value,
			{Text: strings.TrimSpace(in.Operator + " " + in.Threshold)},
			{Text: strings.TrimSpace(in.Source + " " + in.Version), Tone: state.Muted},
		})
	}
	return rows
}
