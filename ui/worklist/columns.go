package worklist

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/triage"
	"garrod/ui/state"
	"garrod/ui/widgets"
	"garrod/ui/words"
)

type column = state.Column[state.Line]

// columns are those of the list for a case; parents have columns of their own
// where the pedigree names them.
func columns(c *review.Case) []column {
	mother, father := c.Parents()
	cols := []column{
		{Key: "col.review", Width: 122, Cell: markCell, Compare: compareMarks},
		{Key: "col.gene", Width: 76, Cell: geneCell},
		{Key: "col.hgvs", Width: 192, Cell: hgvsCell},
		{Key: "col.consequence", Width: 132, Cell: consequenceCell},
		callColumn(c, "col.proband", c.Proband, 102),
	}
	if mother != "" {
		cols = append(cols, callColumn(c, "col.mother", mother, 102))
	}
	if father != "" {
		cols = append(cols, callColumn(c, "col.father", father, 102))
	}
	if others := otherMembers(c); len(others) > 0 {
		cols = append(cols, column{Key: "col.others", Width: 200, Cell: func(l *state.Line) state.Cell { return othersCell(c, l, others) }})
	}
	return append(cols,
		column{Key: "col.inheritance", Width: 210, Cell: inheritanceCell},
		number("col.max_af", 76, c, "frequency", func(l *state.Line) *float64 { return l.MaxAF }, widgets.AF),
		column{Key: "col.clinvar", Width: 176, Cell: func(l *state.Line) state.Cell { return clinvarCell(c, l) }},
		number("col.revel", 66, c, "revel", func(l *state.Line) *float64 { return state.Score(&l.Variant, "REVEL") }, widgets.Score),
		number("col.splice", 66, c, "spliceai", func(l *state.Line) *float64 { return state.SpliceMax(&l.Variant) }, widgets.Score),
		column{Key: "col.key", Width: 180, Cell: keyCell, Compare: func(a, b *state.Line) int { return cmp.Compare(a.Place, b.Place) }},
	)
}

// rescueColumns put why a variant is in the rescue lane before everything else.
func rescueColumns(c *review.Case) []column {
	why := []column{
		{Key: "col.lane", Width: 80, Cell: func(*state.Line) state.Cell {
			return state.Cell{Text: words.Of("lane.", "rescue"), Shape: state.Diamond, Tone: state.Caution, Chip: true}
		}},
		{Key: "col.removed_by", Width: 110, Cell: func(l *state.Line) state.Cell {
			return state.Cell{Text: words.Of("step.", l.RemovedBy)}
		}},
		{Key: "col.cause", Width: 250, Cell: func(l *state.Line) state.Cell { return state.Cell{Text: l.RescueCause} }},
	}
	return append(why, columns(c)...)
}

// badColumns are those of records that could not be read.
func badColumns() []state.Column[*review.InputError] {
	text := func(key string, width float32, f func(*review.InputError) string) state.Column[*review.InputError] {
		return state.Column[*review.InputError]{
			Key: key, Width: width,
			Cell: func(e **review.InputError) state.Cell { return state.Cell{Text: f(*e)} },
		}
	}
	record := text("bad.record", 80, func(e *review.InputError) string { return place(e) })
	record.Compare = func(a, b **review.InputError) int {
		return cmp.Or(cmp.Compare((*a).Record, (*b).Record), cmp.Compare((*a).Line, (*b).Line))
	}
	return []state.Column[*review.InputError]{
		record,
		text("bad.field", 100, func(e *review.InputError) string { return e.Field }),
		text("bad.what", 480, func(e *review.InputError) string { return e.What }),
		text("bad.remedy", 420, func(e *review.InputError) string { return e.Remedy }),
	}
}

func place(e *review.InputError) string {
	if e.Record > 0 {
		return strconv.Itoa(e.Record)
	}
	return strconv.Itoa(e.Line)
}

func markCell(l *state.Line) state.Cell {
	m := l.Mark
	switch {
	case m.Finished:
		return widgets.ClassCell(m.Class)
	case m.Decided > 0:
		return state.Cell{Text: words.F("mark.begun", words.D{"n": m.Accepted}), Shape: state.Dot}
	}
	return state.Cell{Text: words.T("mark.open"), Shape: state.Ring, Tone: state.Muted}
}

func compareMarks(a, b *state.Line) int { return cmp.Compare(markRank(a), markRank(b)) }

// markRank orders pathogenic first, then what is begun, then what is open.
func markRank(l *state.Line) int {
	switch {
	case l.Mark.Finished:
		return -state.ClassNumber(l.Mark.Class)
	case l.Mark.Decided > 0:
		return 1
	}
	return 2
}

func unknown(key string) state.Cell { return state.Cell{Text: words.T(key), Tone: state.Muted} }

func geneCell(l *state.Line) state.Cell {
	if c, ok := l.Consequence(); ok && c.Symbol != "" {
		return state.Cell{Text: c.Symbol, Tone: state.Strong}
	}
	return unknown("not_in_file")
}

func hgvsCell(l *state.Line) state.Cell {
	c, ok := l.Consequence()
	if !ok || c.HGVSc == "" && c.HGVSp == "" {
		return unknown("not_in_file")
	}
	return state.Cell{Text: strings.TrimSpace(widgets.ShortHGVS(c.HGVSc) + " " + widgets.ShortHGVS(c.HGVSp))}
}

func consequenceCell(l *state.Line) state.Cell {
	c, ok := l.Consequence()
	if !ok || len(c.Terms) == 0 {
		return unknown("not_in_file")
	}
	cell := state.Cell{Text: widgets.Terms(c.Terms)}
	if l.WorseOnTx {
		cell.Shape, cell.Tone = state.TriangleUpOpen, state.Caution
	}
	return cell
}

func callColumn(of *review.Case, key, sample string, width float32) column {
	return column{Key: key, Width: width, Cell: func(l *state.Line) state.Cell {
		c, ok := l.Call(sample)
		if !ok {
			return unknown("zygosity.no_sample")
		}
		return widgets.CallCell(of, &l.Variant, c)
	}}
}

// otherMembers are the family but for proband and parents, the affected first.
func otherMembers(c *review.Case) []review.Member {
	mother, father := c.Parents()
	out := slices.DeleteFunc(slices.Clone(c.Family.Members), func(m review.Member) bool {
		return m.ID == c.Proband || m.ID == mother || m.ID == father
	})
	slices.SortStableFunc(out, func(a, b review.Member) int { return cmp.Compare(affectedRank(a), affectedRank(b)) })
	return out
}

func affectedRank(m review.Member) int {
	if m.Affected != nil && *m.Affected {
		return 0
	}
	return 1
}

// othersCell says what each of the others carries. It is loud where one does.
func othersCell(of *review.Case, l *state.Line, others []review.Member) state.Cell {
	var out state.Cell
	var parts []string
	for _, m := range others {
		cell := unknown("zygosity.no_sample")
		if c, ok := l.Call(m.ID); ok {
			cell = widgets.CallCell(of, &l.Variant, c)
		}
		if of.Distrusts(m.ID) != "" {
			cell = state.Cell{Text: words.T("zygosity.distrusted"), Tone: state.Caution, Shape: state.Ring}
		}
		key := "zygosity.other_person"
		if affectedRank(m) == 0 {
			key = "zygosity.other_affected"
		}
		parts = append(parts, words.F(key, words.D{"who": m.ID, "call": cell.Text}))
		switch {
		case cell.Tone == state.Caution:
			out.Tone, out.Shape = cell.Tone, cell.Shape
		case cell.Tone == state.Strong && out.Tone == state.Plain:
			out.Tone = state.Strong
		}
	}
	out.Text = strings.Join(parts, "; ")
	return out
}

func inheritanceCell(l *state.Line) state.Cell {
	if len(l.Labels) == 0 {
		return unknown("inheritance.none")
	}
	// Labels that need reduced penetrance, or are no model, come last.
	var out, weak []string
	for _, label := range l.Labels {
		if strings.HasSuffix(label.Model, "_reduced") || label.Model == triage.ModelCisPair {
			weak = append(weak, widgets.LabelText(label))
			continue
		}
		out = append(out, widgets.LabelText(label))
	}
	out = append(out, weak...)
	return state.Cell{Text: strings.Join(out, ", ")}
}

func clinvarCell(c *review.Case, l *state.Line) state.Cell {
	if len(l.Variant.Assertions) == 0 {
		return unknown(widgets.Absent(c, "clinvar"))
	}
	i := slices.IndexFunc(l.Variant.Assertions, func(a review.Assertion) bool { return a.Pathogenic })
	a := l.Variant.Assertions[max(i, 0)]
	return state.Cell{Text: widgets.Assertion(a)}
}

func keyCell(l *state.Line) state.Cell { return state.Cell{Text: l.Key, Tone: state.Muted} }

// number is a column of values that the file may not give; capability is what
// the file lacks then.
func number(key string, width float32, c *review.Case, capability string, value func(*state.Line) *float64, write func(float64) string) column {
	missing := unknown(widgets.Absent(c, capability))
	missing.Right = true
	return column{
		Key: key, Width: width,
		Cell: func(l *state.Line) state.Cell {
			if v := value(l); v != nil {
				return state.Cell{Text: write(*v), Right: true}
			}
			return missing
		},
		Known:   func(l *state.Line) bool { return value(l) != nil },
		Compare: func(a, b *state.Line) int { return cmp.Compare(*value(a), *value(b)) },
	}
}
