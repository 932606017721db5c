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

// maxDiffRows is how many variants of each sort a comparison shows.
const maxDiffRows = 100

// chooseFilter answers a choice from the list of filters: what it would change
// is shown before it is applied.
func (s *Screen) chooseFilter(i int) {
	if i < 0 || i >= len(s.filters) || i == s.filter || s.data == nil {
		return
	}
	id, from, to := s.c.ID, s.data.Filter, s.filters[i]
	widgets.Run(s.desk, s.compare, widgets.Job{What: words.T("filter.comparing")},
		func(ctx context.Context) (state.FilterDiff, error) {
			d, err := s.lab.CompareFilters(ctx, id, from, to, nil)
			if err != nil {
				return d, fmt.Errorf("compare filters: %w", err)
			}
			d.Cut(maxDiffRows)
			return d, nil
		},
		func(d state.FilterDiff, err error) {
			if err != nil || id != s.c.ID {
				s.showChoice()
				return
			}
			s.preview(d, i)
		})
}

// showChoice puts the name of the filter in use back into the list of filters.
func (s *Screen) showChoice() {
	if s.filter < len(s.choice.Options) {
		s.choice.Selected = s.choice.Options[s.filter] // not SetSelected: that would ask again
		s.choice.Refresh()
	}
}

// preview shows what filter i would change, and applies it when told to.
func (s *Screen) preview(d state.FilterDiff, i int) {
	top := container.NewVBox(widgets.Note(diffText(d)))
	if d.Counts.LeftOut > 0 {
		top.Add(widgets.Note(words.F("filter.left_out", words.D{"n": words.Count(int64(d.Counts.LeftOut))})))
	}
	if d.Counts.NotHeld > 0 {
		top.Add(widgets.Note(words.F("filter.not_held", words.D{"n": words.Count(d.Counts.NotHeld)})))
	}
	top.Add(widgets.Note(words.T("filter.close_keeps")))
	sheet := widgets.NewSheet(170, 90, 180, 170, 0, 170)
	sheet.Set([]string{
		words.T("filter.change"), words.T("col.gene"), words.T("col.hgvs"), words.T("col.consequence"),
		words.T("filter.step"), words.T("col.key"),
	}, diffRows(d))
	body := container.NewBorder(top, nil, nil, nil, container.NewVScroll(sheet))
	var dlg *widgets.Dialog
	use := s.desk.NewMainButton(words.T("filter.apply"), func() {
		dlg.OnClose = nil
		dlg.Close()
		s.filter = i
		s.reload(func() {})
	})
	dlg = s.desk.Open(words.F("filter.title", words.D{
		"from": filterName(d.From.Name, d.From.Version), "to": filterName(d.To.Name, d.To.Version),
	}), body, fyne.NewSize(1080, 520), use)
	dlg.OnClose = s.showChoice
	dlg.Focus(use)
}

func filterName(name string, version int) string {
	return words.F("worklist.filter_name", words.D{"name": name, "version": version})
}

// diffText is the change in numbers.
func diffText(d state.FilterDiff) string {
	if d.Counts.Added+d.Counts.Removed == 0 {
		return words.F("filter.same", words.D{"stay": words.Count(int64(d.Counts.Unchanged))})
	}
	return words.F("filter.counts", words.D{
		"added": words.Count(int64(d.Counts.Added)), "removed": words.Count(int64(d.Counts.Removed)),
		"rescued": words.Count(int64(d.Counts.Rescued)), "stay": words.Count(int64(d.Counts.Unchanged)),
	})
}

// diffRows are the variants that would go out, then those that would come in.
func diffRows(d state.FilterDiff) [][]state.Cell {
	var rows [][]state.Cell
	add := func(r state.FilterRow, first state.Cell, step string) {
		rows = append(rows, []state.Cell{
			first, textCell(r.Gene, state.Strong), textCell(r.HGVSc, state.Plain), consequenceWords(r.Consequence),
			{Text: words.F(step, words.D{"step": words.Of("step.", r.RemovedBy)})},
			{Text: r.Key, Tone: state.Muted},
		})
	}
	for _, r := range d.Removed {
		first := state.Cell{Text: words.T("filter.goes_out"), Shape: state.Cross, Tone: state.Bad}
		if r.Rescued {
			first = state.Cell{Text: words.T("filter.goes_to_rescue"), Shape: state.Diamond, Tone: state.Caution}
		}
		add(r, first, "filter.taken_out")
	}
	for _, r := range d.Added {
		add(r, state.Cell{Text: words.T("filter.comes_in"), Shape: state.Tick, Tone: state.Good}, "filter.kept_out")
	}
	return rows
}

func textCell(s *string, tone state.Tone) state.Cell {
	if s == nil || *s == "" {
		return unknown("not_in_file")
	}
	return state.Cell{Text: widgets.ShortHGVS(*s), Tone: tone}
}

func consequenceWords(s *string) state.Cell {
	if s == nil || *s == "" {
		return unknown("not_in_file")
	}
	return state.Cell{Text: widgets.Terms(strings.Split(*s, "&"))}
}

// saveAs saves the filter in use, changed, under another name, and then shows
// what using it would change.
func (s *Screen) saveAs() {
	if s.data == nil {
		return
	}
	base := s.data.Filter
	e := state.EditOf(base)
	name, af, text := s.desk.NewEntry(words.T("filter.name_hint")), s.desk.NewEntry(words.T("filter.frequency_hint")), s.desk.NewEntry(words.T("filter.words_hint"))
	af.SetText(e.MaxAF)
	text.SetText(e.Words)
	panel := widget.NewCheck("", nil)
	panel.SetChecked(e.Panel)
	why := s.desk.NewText(words.T("filter.why_hint"), 2)
	form := widgets.Form()
	for _, f := range []struct {
		key string
		o   fyne.CanvasObject
	}{{"filter.name", name}, {"filter.frequency", af}, {"filter.panel", panel}, {"filter.words", text}, {"filter.why", why}} {
		form.Add(widget.NewLabel(words.T(f.key)))
		form.Add(f.o)
	}
	hint := widgets.Note(words.F("filter.save_hint", words.D{"name": filterName(base.Name, base.Version)}))
	var dlg *widgets.Dialog
	ok := s.desk.NewMainButton(words.T("filter.save"), func() {
		edit := state.FilterEdit{Name: name.Text, MaxAF: af.Text, Words: text.Text, Panel: panel.Checked, Why: why.Text}
		f, key := edit.Apply(base)
		if key != "" {
			hint.SetText(words.T(key))
			return
		}
		s.save(f, edit.Why, func() { dlg.Close() })
	})
	dlg = s.desk.Open(words.T("filter.save_title"), container.NewVBox(form, hint), fyne.NewSize(640, 340), ok)
	dlg.Focus(name)
}

// savedFilter is what saving brings back.
type savedFilter struct {
	filter  triage.Filter
	filters []triage.Filter
}

func (s *Screen) save(f triage.Filter, why string, done func()) {
	widgets.Run(s.desk, s.store, widgets.Job{What: words.T("filter.saving")},
		func(ctx context.Context) (out savedFilter, err error) {
			if out.filter, err = s.lab.SaveFilter(ctx, f, why); err != nil {
				return out, fmt.Errorf("save filter: %w", err)
			}
			out.filters, err = s.lab.Filters(ctx)
			return out, err
		},
		func(out savedFilter, err error) {
			if err != nil {
				return
			}
			done()
			s.desk.Say(words.F("filter.saved", words.D{"name": filterName(out.filter.Name, out.filter.Version)}))
			s.setFilters(out.filters)
			for i, f := range s.filters {
				if f.Name == out.filter.Name {
					s.chooseFilter(i)
				}
			}
		})
}

// setFilters puts a list of filters in place of the one in sight; the filter in
// use stays in use.
func (s *Screen) setFilters(fs []triage.Filter) {
	name := s.data.Filter.Name
	s.filters = fs
	names := make([]string, len(fs))
	for i, f := range fs {
		names[i] = filterName(f.Name, f.Version)
		if f.Name == name {
			s.filter = i
		}
	}
	s.choice.Options = names
	s.showChoice()
}
