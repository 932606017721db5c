package worklist

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"garrod/review/triage"
	"garrod/ui/state"
	"garrod/ui/widgets"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// showRemark says what the lists do not show: what is missing from the file,
// what is never classified, what was not held.
func (s *Screen) showRemark() {
	out := slices.Clone(s.data.Notes)
	add := func(key string, n int64) {
		if n > 0 {
			out = append(out, words.F(key, words.D{"n": words.Count(n)}))
		}
	}
	w := s.data
	add("remark.bad", w.BadCount)
	add("remark.not_held", w.NotHeld)
	add("remark.conflicting", w.Conflicting)
	for _, k := range slices.Sorted(maps.Keys(w.Unclassifiable)) {
		if n := w.Unclassifiable[k]; n > 0 {
			out = append(out, words.F("remark.kind", words.D{"n": words.Count(n), "kind": words.Of("kind.", string(k))}))
		}
	}
	if f, ok := s.c.VCF(); ok {
		var lacks []string
		for _, c := range f.Capabilities {
			if !c.Present {
				lacks = append(lacks, words.Of("capability.", c.Name))
			}
		}
		if len(lacks) > 0 {
			out = append(out, words.F("remark.lacks", words.D{"what": strings.Join(lacks, ", ")}))
		}
	}
	s.remark.SetText(strings.Join(out, " "))
	s.remark.Hidden = len(out) == 0
	s.desk.Relayout(s.top, s.content)
}

// tellStep answers a click on a step of the funnel.
func (s *Screen) tellStep(i int) {
	if r, ok := state.RemovedBy(s.data.Funnel, i); ok {
		s.desk.Say(widgets.StepText(r))
	}
}

// ask answers "why is it not here?".
func (s *Screen) ask() {
	key := strings.TrimSpace(s.why.Text)
	if key == "" || s.data == nil {
		s.desk.Say(words.T("worklist.why_empty"))
		s.desk.Window.Canvas().Focus(s.why)
		return
	}
	id, f := s.c.ID, s.data.Filter
	widgets.Run(s.desk, s.explain, widgets.Job{What: words.T("worklist.explaining")},
		func(ctx context.Context) (triage.Explanation, error) {
			x, err := s.lab.Explain(ctx, id, key, f)
			if err != nil {
				return x, fmt.Errorf("explain: %w", err)
			}
			return x, nil
		},
		func(x triage.Explanation, err error) {
			if err == nil {
				s.answer(x)
			}
		})
}

// answer shows an explanation; a record that is there can be opened from it.
func (s *Screen) answer(x triage.Explanation) {
	verdict := words.Of("explain.record_", x.Record)
	if x.Record == "present" {
		verdict = words.Of("explain.lane_", string(x.Lane))
	}
	sheet := widgets.NewSheet(110, 170, 0, 40, 150, 130)
	sheet.Set([]string{
		words.T("explain.step"), words.T("explain.parameter"), words.T("explain.value"), "",
		words.T("explain.threshold"), words.T("explain.outcome"),
	}, explainRows(x))
	note := widgets.Note(strings.TrimSpace(verdict + " " + x.Note))
	note.TextStyle.Bold = true
	body := container.NewBorder(note, nil, nil, nil, container.NewVScroll(sheet))
	var dlg *widgets.Dialog
	var buttons []fyne.CanvasObject
	if x.Record == "present" {
		buttons = append(buttons, s.desk.NewMainButton(words.T("explain.open"), func() {
			dlg.Close()
			s.OnOpen(x.Key)
		}))
	}
	dlg = s.desk.Open(words.F("explain.title", words.D{"key": x.Key}), body, fyne.NewSize(980, 420), buttons...)
}

func explainRows(x triage.Explanation) [][]state.Cell {
	var rows [][]state.Cell
	for _, st := range x.Steps {
		out := state.Cell{Text: words.Of("explain.", st.Outcome)}
		switch st.Outcome {
		case "removed":
			out.Shape, out.Tone = state.Cross, state.Bad
		case "kept":
			out.Shape, out.Tone = state.Tick, state.Good
		default:
			out.Shape, out.Tone = state.Ring, state.Muted
		}
		rows = append(rows, []state.Cell{
			{Text: words.Of("step.", st.Step), Tone: state.Strong},
			{Text: st.Parameter},
			{Text: st.Value},
			{Text: st.Operator, Tone: state.Muted},
			{Text: st.Threshold},
			out,
		})
	}
	return rows
}
