// Package identity is the page that shows who the samples of a case are from by
// their genotypes: what fails first and in words, then the numbers, with the
// thresholds that decided and their sources beside them. A scientist overrides a
// contradiction here, with a reason.
package identity

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
	"fyne.io/fyne/v2/widget"
)

// Laboratory is what this screen asks the laboratory.
type Laboratory interface {
	User() review.User
	Case(ctx context.Context, id review.CaseID) (review.Case, error)
	OverrideIdentity(ctx context.Context, id review.CaseID, reason string) (review.Case, error)
}

// Screen is the identity page. Make one with New.
type Screen struct {
	// OnChanged is told of the case as it is after an override.
	OnChanged func(review.Case)
	OnBack    func()

	desk *widgets.Desk
	lab  Laboratory
	load *task.Slot
	act  *task.Slot
	page *state.IdentityPage

	standing   *widget.Label
	override   *widgets.Button
	checks     *widgets.Sheet
	tables     *fyne.Container
	thresholds *widgets.Sheet
	left       *container.Scroll
	content    fyne.CanvasObject
}

// New makes the page.
func New(desk *widgets.Desk, lab Laboratory) *Screen {
	s := &Screen{desk: desk, lab: lab, load: desk.Owner.Slot(), act: desk.Owner.Slot()}
	s.standing = widgets.Note("")
	s.standing.TextStyle.Bold = true
	s.checks = widgets.NewSheet(110, 0)
	s.thresholds = widgets.NewSheet(150, 60, 0)
	s.tables = container.NewVBox()
	s.override = desk.NewButton(words.T("identity.override"), s.ask)
	back := desk.NewButton(words.T("identity.back"), func() { s.OnBack() })
	head := container.NewBorder(nil, nil, widgets.Heading(words.T("identity.title")), container.NewHBox(s.override, back), s.standing)
	s.left = container.NewVScroll(container.NewVBox(s.checks, s.tables))
	right := container.NewBorder(widgets.Heading(words.T("identity.thresholds")), nil, nil, nil, container.NewVScroll(s.thresholds))
	split := container.NewHSplit(s.left, right)
	split.SetOffset(0.68)
	s.content = container.NewBorder(head, nil, nil, nil, split)
	return s
}

// Content is the screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Focus puts the keyboard on the override where there is one to make.
func (s *Screen) Focus() {
	if !s.override.Disabled() {
		s.desk.Window.Canvas().Focus(s.override)
	}
}

// Show shows the identity of a case and calls done once it is on the screen.
func (s *Screen) Show(c review.Case, done func()) {
	id := c.ID
	widgets.Run(s.desk, s.load, widgets.Job{What: words.T("identity.loading")},
		func(ctx context.Context) (*state.IdentityPage, error) {
			c, err := s.lab.Case(ctx, id)
			if err != nil {
				return nil, fmt.Errorf("load case %s: %w", id, err)
			}
			return state.NewIdentityPage(c)
		},
		func(page *state.IdentityPage, err error) {
			if err == nil {
				s.set(page)
				done()
			}
		})
}

func (s *Screen) set(page *state.IdentityPage) {
	s.page = page
	d := words.D{"who": page.Case.Identity.NotUsed()}
	if i := page.Case.Identity; i != nil && i.Override != nil {
		d["name"], d["time"], d["reason"] = i.Override.Name, words.Time(i.Override.At), i.Override.Reason
	}
	s.standing.SetText(words.F(page.Standing(), d))
	blocked := page.Standing() == state.IdentityBlocked
	s.override.SetEnabled(blocked)
	s.override.SetMain(blocked)
	s.checks.Set(nil, widgets.CheckRows(page.Checks()))
	s.tables.RemoveAll()
	for _, t := range tablesOf(page) {
		sheet := widgets.NewSheet(t.widths...)
		sheet.Set(t.head, t.rows)
		s.tables.Add(widgets.Heading(t.title))
		s.tables.Add(sheet)
	}
	s.thresholds.Set([]string{words.T("identity.threshold"), words.T("identity.value"), words.T("identity.meaning")}, thresholdRows(page.Report.Thresholds))
	s.left.ScrollToTop()
	s.desk.Relayout(s.tables)
}

// Text is what the page says, for tests and for copying.
func (s *Screen) Text() string {
	parts := []string{s.standing.Text, s.checks.Text()}
	for _, o := range s.tables.Objects {
		switch o := o.(type) {
		case *widget.Label:
			parts = append(parts, o.Text)
		case *widgets.Sheet:
			parts = append(parts, o.Text())
		}
	}
	return strings.Join(append(parts, s.thresholds.Text()), "\n")
}

// ask asks for the reason of an override.
func (s *Screen) ask() {
	if s.page == nil || s.act.Busy() {
		return
	}
	if key := s.page.RefuseOverride(s.lab.User()); key != "" {
		s.desk.Say(words.T(key))
		return
	}
	reason := s.desk.NewText(words.T("reason.hint"), 4)
	var dlg *widgets.Dialog
	ok := s.desk.NewMainButton(words.T("identity.override_ok"), func() {
		if state.IsReason(reason.Text) {
			dlg.Close()
			s.store(reason.Text)
		}
	})
	ok.Disable()
	reason.OnChanged = func(text string) { ok.SetEnabled(state.IsReason(text)) }
	body := container.NewVBox(widgets.Note(strings.Join(s.page.Case.Identity.Blocks, "\n")), reason, widgets.Note(words.T("identity.override_note")))
	dlg = s.desk.Open(words.T("identity.override_title"), body, fyne.NewSize(680, 380), ok)
	dlg.Focus(reason)
}

func (s *Screen) store(reason string) {
	id := s.page.Case.ID
	widgets.Run(s.desk, s.act, widgets.Job{What: words.T("identity.storing")},
		func(ctx context.Context) (*state.IdentityPage, error) {
			c, err := s.lab.OverrideIdentity(ctx, id, reason)
			if err != nil {
				return nil, fmt.Errorf("override identity: %w", err)
			}
			return state.NewIdentityPage(c)
		},
		func(page *state.IdentityPage, err error) {
			if err == nil {
				s.set(page)
				s.OnChanged(page.Case)
			}
		})
}
