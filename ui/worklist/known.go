package worklist

import (
	"context"
	"fmt"
	"strings"

	"garrod/review/triage"
	"garrod/ui/state"
	"garrod/ui/widgets"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// askKnown asks for one variant of a relative's report.
func (s *Screen) askKnown() {
	variant, report := s.desk.NewEntry(words.T("known.variant_hint")), s.desk.NewEntry(words.T("known.report_hint"))
	relative, why := s.desk.NewEntry(words.T("known.relative_hint")), s.desk.NewText(words.T("known.why_hint"), 2)
	form := widgets.Form()
	for _, f := range []struct {
		key string
		o   fyne.CanvasObject
	}{{"known.variant", variant}, {"known.report", report}, {"known.relative", relative}, {"known.why", why}} {
		form.Add(widget.NewLabel(words.T(f.key)))
		form.Add(f.o)
	}
	var dlg *widgets.Dialog
	ask := s.desk.NewMainButton(words.T("known.ask"), func() {
		q := state.KnownQuestion{Case: s.c.ID, Variant: variant.Text, Report: report.Text, Relative: relative.Text, Reason: why.Text}
		s.lookUpKnown(q, func() { dlg.Close() })
	})
	note := widgets.Note(words.T("known.note"))
	dlg = s.desk.Open(words.F("known.title", words.D{"case": s.c.ID}), container.NewVBox(note, form), fyne.NewSize(700, 330), ask)
	dlg.Focus(variant)
}

func (s *Screen) lookUpKnown(q state.KnownQuestion, done func()) {
	widgets.Run(s.desk, s.known, widgets.Job{What: words.T("known.asking")},
		func(ctx context.Context) (state.KnownAnswer, error) {
			a, err := s.lab.AskKnown(ctx, q, nil)
			if err != nil {
				return a, fmt.Errorf("ask for a known variant: %w", err)
			}
			return a, nil
		},
		func(a state.KnownAnswer, err error) {
			if err == nil && q.Case == s.c.ID {
				done()
				s.answerKnown(a)
			}
		})
}

// answerKnown shows an answer. Words, shape and colour all tell "cannot tell"
// from "not present".
func (s *Screen) answerKnown(a state.KnownAnswer) {
	sheet := widgets.NewSheet(150, 0)
	sheet.Set(nil, knownRows(a))
	verdict := widgets.NewSheet(0)
	verdict.Set(nil, [][]state.Cell{{knownVerdict(a.Answer)}})
	body := container.NewBorder(container.NewVBox(verdict, widgets.Note(a.Reason)), nil, nil, nil, container.NewVScroll(sheet))
	s.desk.Open(words.F("known.answer_title", words.D{"key": a.Key, "assembly": a.Assembly, "case": s.c.ID}), body, fyne.NewSize(760, 420))
}

func knownVerdict(answer string) state.Cell {
	c := state.Cell{Text: words.Of("known.answer_", answer), Chip: true}
	switch answer {
	case triage.KnownPresent:
		c.Shape, c.Tone = state.TriangleUp, state.Accent
	case triage.KnownReference:
		c.Shape, c.Tone = state.Ring, state.Strong
	default:
		c.Shape, c.Tone = state.Diamond, state.Caution
	}
	return c
}

// knownRows are what the answer rests on: cautions first, then numbers, then the
// report.
func knownRows(a state.KnownAnswer) [][]state.Cell {
	var rows [][]state.Cell
	add := func(key, text string) {
		rows = append(rows, []state.Cell{{Text: words.T(key), Tone: state.Muted}, {Text: text}})
	}
	number := func(n *int) string {
		if n == nil {
			return words.T("not_in_file")
		}
		return words.Count(int64(*n))
	}
	for _, c := range a.Cautions {
		rows = append(rows, []state.Cell{{Text: words.T("known.caution"), Shape: state.Diamond, Tone: state.Caution}, {Text: c}})
	}
	add("known.read_from", words.Of("known.record_", a.Record))
	if a.Genotype != nil {
		add("known.genotype", words.Of("known.genotype_", *a.Genotype))
	}
	if a.Copies != nil {
		add("known.copies", number(a.Copies))
	}
	add("known.depth", number(a.Depth))
	add("known.gq", number(a.GQ))
	if a.Record == "record" {
		add("known.filters", filtersText(a.Filters))
	}
	if a.Resolved != "" {
		add("known.entered", a.Entered+": "+a.Resolved)
	}
	if r := a.Report; r != nil {
		add("known.report", words.F("known.report_text", words.D{"id": r.ID, "version": r.Version, "case": r.Case, "relative": r.Relative}))
		if r.Held && r.Class != nil {
			add("known.reported_as", strings.TrimSpace(words.Of("class.", string(*r.Class))+" "+joined(r.Gene, r.HGVSc, r.HGVSp)))
		}
	}
	if a.Forced != "" {
		add("known.why", a.Forced)
	}
	return rows
}

func filtersText(fs []string) string {
	switch {
	case fs == nil:
		return words.T("known.filters_none")
	case len(fs) == 0:
		return "PASS"
	}
	return strings.Join(fs, ";")
}

// joined are the names of a variant that there are.
func joined(parts ...*string) string {
	var some []string
	for _, p := range parts {
		if p != nil && *p != "" {
			some = append(some, *p)
		}
	}
	return strings.Join(some, " ")
}
