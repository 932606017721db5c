// Package worklist is the list of a case's variants: the funnel above, the list,
// the rescue lane and the records that could not be read below, and the answer
// to "why is it not here?" for any variant.
package worklist

import (
	"context"
	"errors"
	"fmt"

	"garrod/review"
	"garrod/review/triage"
	"garrod/ui/state"
	"garrod/ui/task"
	"garrod/ui/widgets"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Laboratory is what this screen asks the laboratory.
type Laboratory interface {
	Filters(ctx context.Context) ([]triage.Filter, error)
	Worklist(ctx context.Context, id review.CaseID, f triage.Filter, m *review.Meter) (*triage.Worklist, error)
	Explain(ctx context.Context, id review.CaseID, key string, f triage.Filter) (triage.Explanation, error)
	CompareFilters(ctx context.Context, id review.CaseID, from, to triage.Filter, m *review.Meter) (state.FilterDiff, error)
	SaveFilter(ctx context.Context, f triage.Filter, reason string) (triage.Filter, error)
	AskKnown(ctx context.Context, q state.KnownQuestion, m *review.Meter) (state.KnownAnswer, error)
	Assessments(ctx context.Context, id review.CaseID) ([]review.Assessment, error)
}

// Screen is the worklist. Make one with New.
type Screen struct {
	OnOpen    func(key string)
	OnSignOff func()

	desk    *widgets.Desk
	lab     Laboratory
	load    *task.Slot
	mark    *task.Slot
	explain *task.Slot
	compare *task.Slot
	store   *task.Slot
	known   *task.Slot

	c       review.Case
	filters []triage.Filter
	filter  int
	data    *triage.Worklist

	list, rescue *widgets.List[state.Line]
	bad          *widgets.List[*review.InputError]
	funnel       *widgets.Funnel
	remark       *widget.Label
	top          *fyne.Container // what stands above the lists
	choice       *widgets.Choice
	search, why  *widgets.Entry
	tabs         *container.AppTabs
	content      fyne.CanvasObject
}

// New makes the screen.
func New(desk *widgets.Desk, lab Laboratory) *Screen {
	s := &Screen{
		desk: desk, lab: lab,
		load: desk.Owner.Slot(), mark: desk.Owner.Slot(), explain: desk.Owner.Slot(),
		compare: desk.Owner.Slot(), store: desk.Owner.Slot(), known: desk.Owner.Slot(),
	}
	s.list = s.newList("worklist.empty_list")
	s.rescue = s.newList("worklist.empty_rescue")
	s.bad = widgets.NewList(desk, badColumns(), func(e **review.InputError) string { return place(*e) + (*e).Field })
	s.bad.Grid.Empty = words.T("worklist.empty_bad")
	s.bad.Grid.OnRune = s.rune
	s.build()
	return s
}

func (s *Screen) newList(empty string) *widgets.List[state.Line] {
	l := widgets.NewList(s.desk, columns(&review.Case{}), func(l *state.Line) string { return l.Key })
	l.Grid.Empty = words.T(empty)
	l.Grid.OnOpen = func(row int) { s.OnOpen(l.Table.At(row).Key) }
	l.Grid.OnRune = s.rune
	return l
}

func (s *Screen) build() {
	s.funnel = widgets.NewFunnel()
	s.funnel.OnEsc = s.desk.Escape
	s.funnel.OnStep = s.tellStep
	s.remark = widgets.Note("")
	s.remark.Hide()
	s.choice = s.desk.NewChoice(nil, s.chooseFilter)
	s.search = s.desk.NewEntry(words.T("worklist.search"))
	s.search.OnChanged = func(q string) {
		s.list.Search(q)
		s.rescue.Search(q)
	}
	s.search.OnSubmitted = func(string) { s.Focus() }
	s.why = s.desk.NewEntry(words.T("worklist.why_hint"))
	s.why.OnSubmitted = func(string) { s.ask() }
	ask := s.desk.NewButton(words.T("worklist.why"), s.ask)
	save := s.desk.NewButton(words.T("filter.save_as"), s.saveAs)
	known := s.desk.NewButton(words.T("known.menu"), s.askKnown)
	sign := s.desk.NewButton(words.T("worklist.sign_off"), func() { s.OnSignOff() })
	open := s.desk.NewMainButton(words.T("worklist.open"), s.open)
	wide := func(w float32, o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewGridWrap(fyne.NewSize(w, s.search.MinSize().Height), o)
	}
	bar := container.NewHBox(widget.NewLabel(words.T("worklist.filter")), wide(170, s.choice), save, wide(170, s.search),
		wide(230, s.why), ask, known, layout.NewSpacer(), sign, open)
	s.tabs = container.NewAppTabs(container.NewTabItem("", s.list.Grid), container.NewTabItem("", s.rescue.Grid),
		container.NewTabItem("", s.bad.Grid))
	s.tabs.OnSelected = func(*container.TabItem) { s.Focus() }
	s.top = container.NewVBox(s.funnel, s.remark, bar)
	s.content = container.NewBorder(s.top, nil, nil, nil, s.tabs)
	s.title()
}

func (s *Screen) rune(r rune) bool {
	switch r {
	case '1', '2', '3':
		s.tabs.SelectIndex(int(r - '1'))
	case '/':
		s.desk.Window.Canvas().Focus(s.search)
	case 'e':
		s.desk.Window.Canvas().Focus(s.why)
	case 'f':
		s.desk.Window.Canvas().Focus(s.funnel)
	default:
		return false
	}
	return true
}

// Content is the screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Grid is the grid of the tab in sight, to hand keys to.
func (s *Screen) Grid() *widgets.Grid {
	return s.Grids()[max(s.tabs.SelectedIndex(), 0)]
}

// Grids are all grids of the screen.
func (s *Screen) Grids() []*widgets.Grid {
	return []*widgets.Grid{s.list.Grid, s.rescue.Grid, s.bad.Grid}
}

// Focus puts the keyboard on the grid in sight.
func (s *Screen) Focus() { s.desk.Window.Canvas().Focus(s.Grid()) }

func (s *Screen) open() {
	l := s.current()
	if l == nil {
		return
	}
	if row := l.Table.SelectedRow(); row != nil {
		s.OnOpen(row.Key)
	}
}

// current is the list of variants in sight, nil beside records that could not
// be read.
func (s *Screen) current() *widgets.List[state.Line] {
	switch s.tabs.SelectedIndex() {
	case 0:
		return s.list
	case 1:
		return s.rescue
	}
	return nil
}

// Neighbour returns the key of the variant step rows away from key in the list
// that holds it, empty at either end. The selection moves along.
func (s *Screen) Neighbour(key string, step int) string {
	for _, l := range []*widgets.List[state.Line]{s.list, s.rescue} {
		if row := l.Table.Neighbour(key, step); row != nil {
			l.Table.SelectID(row.Key)
			return row.Key
		}
	}
	return ""
}

// First returns the key of the selected variant, or of the first one there is.
func (s *Screen) First() string {
	for _, l := range []*widgets.List[state.Line]{s.list, s.rescue} {
		if row := l.Table.SelectedRow(); row != nil {
			return row.Key
		}
	}
	return ""
}

// Show triages a case with the filter chosen last, the laboratory's default at
// first, and calls done once the list is on the screen.
func (s *Screen) Show(c review.Case, done func()) {
	if c.ID != s.c.ID {
		s.clear()
	}
	s.c = c
	s.list.SetColumns(columns(&c))
	s.rescue.SetColumns(rescueColumns(&c))
	s.reload(done)
}

func (s *Screen) clear() {
	s.data, s.filter = nil, 0
	s.funnel.Set(nil)
	s.remark.Hide()
	s.list.SetRows(nil, nil)
	s.rescue.SetRows(nil, nil)
	s.bad.SetRows(nil, nil)
	s.title()
}

// loaded is what one triage brings back.
type loaded struct {
	filters []triage.Filter
	data    *triage.Worklist
	marks   map[string]state.Mark
}

func (s *Screen) reload(done func()) {
	id, at, meter := s.c.ID, s.filter, &review.Meter{}
	widgets.Run(s.desk, s.load, widgets.Job{What: words.T("worklist.loading"), Meter: meter},
		func(ctx context.Context) (loaded, error) { return s.fetch(ctx, id, at, meter) },
		func(l loaded, err error) {
			if err == nil {
				s.show(l, done)
			}
		})
}

func (s *Screen) fetch(ctx context.Context, id review.CaseID, at int, m *review.Meter) (l loaded, err error) {
	if l.filters, err = s.lab.Filters(ctx); err != nil {
		return l, fmt.Errorf("list filters: %w", err)
	}
	if len(l.filters) == 0 {
		return l, errors.New("the laboratory has no filter")
	}
	if l.data, err = s.lab.Worklist(ctx, id, l.filters[min(at, len(l.filters)-1)], m); err != nil {
		return l, fmt.Errorf("triage case %s: %w", id, err)
	}
	as, err := s.lab.Assessments(ctx, id)
	if err != nil {
		return l, fmt.Errorf("list assessments of case %s: %w", id, err)
	}
	l.marks = state.Marks(as)
	return l, nil
}

func (s *Screen) show(l loaded, done func()) {
	s.data, s.filters = l.data, l.filters
	names := make([]string, len(l.filters))
	for i, f := range l.filters {
		names[i] = filterName(f.Name, f.Version)
	}
	s.choice.Options = names
	s.choice.Selected = names[min(s.filter, len(names)-1)] // not SetSelected: that would ask again
	s.choice.Refresh()
	s.funnel.Set(l.data.Funnel)
	s.showRemark()
	s.rescue.SetRows(state.Lines(l.data.Rescue, l.marks), nil)
	s.bad.SetRows(l.data.Bad, nil)
	s.list.SetRows(state.Lines(l.data.List, l.marks), done)
	s.title()
}

// title puts the counts in the tabs' names.
func (s *Screen) title() {
	var list, rescue, bad int64
	if s.data != nil {
		list, rescue, bad = int64(len(s.data.List)), int64(len(s.data.Rescue)), s.data.BadCount
	}
	for i, t := range []struct {
		key string
		n   int64
	}{{"worklist.list", list}, {"worklist.rescue", rescue}, {"worklist.bad", bad}} {
		s.tabs.Items[i].Text = words.F(t.key, words.D{"n": words.Count(t.n)})
	}
	s.tabs.Refresh()
}

// Mark reads again what people have made of the variants; the rows stay.
func (s *Screen) Mark() {
	if s.data == nil {
		return
	}
	id, data := s.c.ID, s.data
	widgets.Run(s.desk, s.mark, widgets.Job{What: words.T("worklist.marking")},
		func(ctx context.Context) ([]review.Assessment, error) { return s.lab.Assessments(ctx, id) },
		func(as []review.Assessment, err error) {
			if err != nil || s.data != data {
				return
			}
			marks := state.Marks(as)
			s.list.SetRows(state.Lines(data.List, marks), nil)
			s.rescue.SetRows(state.Lines(data.Rescue, marks), nil)
		})
}
