// Package cases is the list of the laboratory's cases, the first screen.
package cases

import (
	"context"
	"fmt"
	"strings"

	"garrod/review"
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
	Cases(ctx context.Context) ([]review.Case, error)
}

// Screen is the case list. Make one with New.
type Screen struct {
	OnOpen func(review.CaseID)
	OnNew  func()

	desk    *widgets.Desk
	lab     Laboratory
	load    *task.Slot
	list    *widgets.List[review.Case]
	search  *widgets.Entry
	checks  *widgets.Sheet
	chosen  *widget.Label
	openIt  *widgets.Button
	content fyne.CanvasObject
}

// New makes the screen.
func New(desk *widgets.Desk, lab Laboratory) *Screen {
	s := &Screen{desk: desk, lab: lab, load: desk.Owner.Slot()}
	s.list = widgets.NewList(desk, columns(), func(c *review.Case) string { return string(c.ID) })
	s.list.OnShown = s.showChecks
	s.list.Grid.Empty = words.T("cases.empty")
	s.list.Grid.OnSelect = func(int) { s.showChecks() }
	s.list.Grid.OnOpen = func(int) { s.open() }
	s.list.Grid.OnRune = s.rune
	s.search = desk.NewEntry(words.T("cases.search"))
	s.search.OnChanged = s.list.Search
	s.search.OnSubmitted = func(string) { s.Focus() }
	s.checks = widgets.NewSheet(110, 0)
	s.chosen = widgets.Heading("")
	s.build()
	return s
}

func (s *Screen) build() {
	s.openIt = s.desk.NewMainButton(words.T("cases.open"), s.open)
	s.openIt.Disable()
	add := s.desk.NewButton(words.T("cases.new"), func() { s.OnNew() })
	find := container.NewGridWrap(fyne.NewSize(320, s.search.MinSize().Height), s.search)
	bar := container.NewHBox(widgets.Heading(words.T("cases.title")), find, layout.NewSpacer(), add, s.openIt)
	side := container.NewBorder(s.chosen, nil, nil, nil, container.NewVScroll(s.checks))
	split := container.NewHSplit(s.list.Grid, side)
	split.SetOffset(0.7)
	s.content = container.NewBorder(bar, nil, nil, nil, split)
}

func (s *Screen) rune(r rune) bool {
	switch r {
	case 'n':
		s.OnNew()
	case '/':
		s.desk.Window.Canvas().Focus(s.search)
	default:
		return false
	}
	return true
}

// Content is the screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Focus puts the keyboard on the list.
func (s *Screen) Focus() { s.desk.Window.Canvas().Focus(s.list.Grid) }

// Grid is the list, to hand keys to.
func (s *Screen) Grid() *widgets.Grid { return s.list.Grid }

// Selected is the ID of the selected case, empty when there is none.
func (s *Screen) Selected() review.CaseID {
	if c := s.list.Table.SelectedRow(); c != nil {
		return c.ID
	}
	return ""
}

// Load reads the cases and calls done once they are shown.
func (s *Screen) Load(done func()) {
	widgets.Run(s.desk, s.load, widgets.Job{What: words.T("cases.loading")},
		func(ctx context.Context) ([]review.Case, error) {
			cs, err := s.lab.Cases(ctx)
			if err != nil {
				return nil, fmt.Errorf("list cases: %w", err)
			}
			return cs, nil
		},
		func(cs []review.Case, err error) {
			if err == nil {
				s.list.SetRows(cs, done)
			}
		})
}

func (s *Screen) open() {
	if c := s.list.Table.SelectedRow(); c != nil {
		s.OnOpen(c.ID)
	}
}

// showChecks lists the intake checks of the selected case.
func (s *Screen) showChecks() {
	c := s.list.Table.SelectedRow()
	s.openIt.SetEnabled(c != nil)
	if c == nil {
		s.chosen.SetText("")
		s.checks.Set(nil, nil)
		return
	}
	s.chosen.SetText(words.F("cases.checks_of", words.D{"case": c.ID}))
	s.checks.Set(nil, widgets.CheckRows(c.Checks))
}

func columns() []state.Column[review.Case] {
	text := func(key string, width float32, f func(*review.Case) string) state.Column[review.Case] {
		return state.Column[review.Case]{
			Key: key, Width: width,
			Cell: func(c *review.Case) state.Cell {
				if v := f(c); v != "" {
					return state.Cell{Text: v}
				}
				return state.Cell{Text: words.T("not_recorded"), Tone: state.Muted}
			},
			Known: func(c *review.Case) bool { return f(c) != "" },
		}
	}
	id := text("patient.case", 120, func(c *review.Case) string { return string(c.ID) })
	id.Cell = func(c *review.Case) state.Cell { return state.Cell{Text: string(c.ID), Tone: state.Strong} }
	created := text("cases.added", 140, func(c *review.Case) string { return words.Time(c.Created) })
	created.Compare = func(a, b *review.Case) int { return a.Created.Compare(b.Created) }
	return []state.Column[review.Case]{
		id,
		text("patient.name", 176, func(c *review.Case) string { return widgets.PatientName(c.Patient) }),
		text("patient.dob", 84, func(c *review.Case) string { return c.Patient.DOB }),
		text("patient.nhs", 104, func(c *review.Case) string { return widgets.NHS(c.Patient) }),
		{Key: "patient.status", Width: 140, Cell: statusCell},
		text("patient.assembly", 80, func(c *review.Case) string { return string(c.Assembly) }),
		{Key: "cases.checks", Width: 200, Cell: checksCell},
		created,
	}
}

func statusCell(c *review.Case) state.Cell {
	cell := state.Cell{Text: words.Of("status.", string(c.Status))}
	switch c.Status {
	case review.StatusAuthorised:
		cell.Shape, cell.Tone = state.Tick, state.Good
	case review.StatusFrozen:
		cell.Shape, cell.Tone = state.Diamond, state.Accent
	case review.StatusAnalysis:
		cell.Shape = state.Dot
	default:
		cell.Shape, cell.Tone = state.Ring, state.Muted
	}
	return cell
}

func checksCell(c *review.Case) state.Cell {
	n := state.CountChecks(c.Checks)
	var out []string
	for _, p := range []struct {
		n   int
		key string
	}{{n.Fail, "checks.fail"}, {n.Warn, "checks.warn"}, {n.Pass, "checks.pass"}, {n.NotAssessed, "checks.not_assessed"}} {
		if p.n > 0 {
			out = append(out, words.F(p.key, words.D{"n": p.n}))
		}
	}
	cell := state.Cell{Text: strings.Join(out, ", "), Shape: state.Tick, Tone: state.Good}
	switch {
	case n.Fail > 0:
		cell.Shape, cell.Tone = state.Cross, state.Bad
	case n.Warn > 0:
		cell.Shape, cell.Tone = state.TriangleUpOpen, state.Caution
	case n.Pass == 0, n.NotAssessed > 0: // what was not looked at is not in order
		cell.Shape, cell.Tone = state.Ring, state.Muted
	}
	return cell
}
