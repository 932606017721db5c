// Package variant is the page of one variant: what is known of it at the left,
// the criteria at the right, the class always in sight. A proposal counts for
// nothing until a person accepts it, one at a time, and only after its inputs
// were on the screen.
package variant

import (
	"context"
	"fmt"
	"strings"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/ui/state"
	"garrod/ui/task"
	"garrod/ui/widgets"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Laboratory is what this screen asks the laboratory.
type Laboratory interface {
	Assess(ctx context.Context, id review.CaseID, key string) (review.Assessment, error)
	Classify(ctx context.Context, a review.Assessment) ([]acmg.Classification, error)
	Criteria(ctx context.Context, id review.CaseID) ([]state.Criterion, error)
	Decide(ctx context.Context, d state.Decision) (review.Assessment, error)
	Undo(ctx context.Context, id review.CaseID, key string) (review.Assessment, error)
	Finish(ctx context.Context, id review.CaseID, key string, report bool, note string) (review.Assessment, error)
}

// Screen is the variant page. Make one with New.
type Screen struct {
	// OnStep is asked for the next (1) or the previous (-1) variant.
	OnStep func(step int)
	// OnChanged is told that something was decided.
	OnChanged func()
	OnBack    func()

	desk *widgets.Desk
	lab  Laboratory
	load *task.Slot
	act  *task.Slot // one decision at a time; never stopped, so that none is lost

	c     review.Case
	key   string
	page  *state.Page
	guard state.KeyGuard

	title    *widget.Label
	place    *widget.Label
	badge    *widgets.Badge
	others   *fyne.Container
	remark   *widget.Label
	class    *fyne.Container // badges and remark
	evidence *fyne.Container
	scroll   *container.Scroll // around evidence
	criteria *criteria
	grid     *widgets.Grid
	inputs   *inputs
	buttons  map[state.Action]*widgets.Button
	finishIt *widgets.Button
	content  fyne.CanvasObject
}

// New makes the screen.
func New(desk *widgets.Desk, lab Laboratory) *Screen {
	s := &Screen{
		desk: desk, lab: lab, load: desk.Owner.Slot(), act: desk.Owner.Slot(),
		buttons: map[state.Action]*widgets.Button{},
	}
	s.title, s.place = widgets.Heading(""), widget.NewLabel("")
	s.title.Selectable, s.place.Selectable = true, true
	s.title.Truncation = fyne.TextTruncateEllipsis
	s.badge, s.others, s.remark = widgets.NewBadge(true), container.NewHBox(), widgets.Note("")
	s.remark.Hide()
	s.evidence = container.NewVBox()
	s.scroll = container.NewVScroll(s.evidence)
	s.criteria = &criteria{}
	s.grid = widgets.NewGrid(s.criteria, criteriaHeads())
	s.grid.Empty = words.T("variant.no_criteria")
	s.grid.OnSelect = func(int) { s.showInputs() }
	s.grid.OnRune, s.grid.OnPress = s.rune, s.press
	s.inputs = newInputs()
	s.build()
	return s
}

func (s *Screen) build() {
	d := s.desk
	back := d.NewButton(words.T("variant.back"), func() { s.OnBack() })
	prev := d.NewButton(words.T("variant.previous"), func() { s.OnStep(-1) })
	next := d.NewButton(words.T("variant.next"), func() { s.OnStep(1) })
	copyIt := d.NewButton(words.T("variant.copy"), s.copy)
	head := container.NewBorder(nil, nil, nil, container.NewHBox(s.place, copyIt, back, prev, next), s.title)

	for _, b := range []struct {
		action state.Action
		key    string
	}{
		{state.Accept, "variant.accept"},
		{state.Reject, "variant.reject"},
		{state.Change, "variant.change"},
		{state.AddCode, "variant.add"},
		{state.UndoLast, "variant.undo"},
	} {
		s.buttons[b.action] = d.NewButton(words.T(b.key), func() { s.do(b.action) })
	}
	s.finishIt = d.NewMainButton(words.T("variant.finish"), s.finish)
	actions := container.NewHBox(s.buttons[state.Accept], s.buttons[state.Reject], s.buttons[state.Change],
		s.buttons[state.AddCode], s.buttons[state.UndoLast], layout.NewSpacer(), s.finishIt)

	s.class = container.NewVBox(container.NewBorder(nil, nil, s.badge, nil, container.NewHScroll(s.others)), s.remark)
	split := container.NewVSplit(s.grid, s.inputs.box)
	split.SetOffset(0.46)
	right := container.NewBorder(s.class, actions, nil, nil, split)
	both := container.NewHSplit(s.scroll, right)
	both.SetOffset(0.44)
	s.content = container.NewBorder(head, nil, nil, nil, both)
}

// Content is the screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Grid is the list of criteria, to hand keys to.
func (s *Screen) Grid() *widgets.Grid { return s.grid }

// Focus puts the keyboard on the criteria.
func (s *Screen) Focus() { s.desk.Window.Canvas().Focus(s.grid) }

// Key is the key of the variant shown, empty when there is none.
func (s *Screen) Key() string { return s.key }

// Forget empties the page, when another case is opened.
func (s *Screen) Forget() {
	s.load.Stop()
	s.key, s.page = "", nil
	s.clear()
}

func (s *Screen) copy() {
	if s.page != nil {
		s.desk.Copy(s.title.Text + "\t" + s.place.Text)
	}
}

// Show shows a variant of c and calls done once it is on the screen.
func (s *Screen) Show(c review.Case, key string, done func()) {
	s.c, s.key, s.page = c, key, nil
	s.title.SetText(key)
	s.place.SetText(string(c.Assembly))
	s.clear()
	id, sealed := c.ID, c.Status.Sealed()
	widgets.Run(s.desk, s.load, widgets.Job{What: words.T("variant.loading")},
		func(ctx context.Context) (*state.Page, error) { return s.fetch(ctx, id, key, sealed) },
		func(p *state.Page, err error) {
			if err != nil {
				return
			}
			s.page = p
			s.showEvidence()
			s.showPage()
			done()
		})
}

func (s *Screen) fetch(ctx context.Context, id review.CaseID, key string, sealed bool) (*state.Page, error) {
	a, err := s.lab.Assess(ctx, id, key)
	if err != nil {
		return nil, fmt.Errorf("assess %s: %w", key, err)
	}
	vocabulary, err := s.lab.Criteria(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("list criteria: %w", err)
	}
	classes, err := s.lab.Classify(ctx, a)
	if err != nil {
		return nil, fmt.Errorf("classify %s: %w", key, err)
	}
	return state.NewPage(a, classes, vocabulary, sealed), nil
}

// clear takes the variant before from the screen at once, so that nothing of it
// is read as belonging to the one that is being loaded.
func (s *Screen) clear() {
	s.badge.Clear()
	s.others.RemoveAll()
	s.remark.Hide()
	s.evidence.RemoveAll()
	s.criteria.set(nil, "")
	s.grid.Reload()
	s.inputs.clear()
	s.enable()
}

// showPage shows class, criteria and inputs as they are now.
func (s *Screen) showPage() {
	s.showClass()
	s.criteria.set(s.page.Rows(), s.page.Selected())
	s.grid.Reload()
	s.showInputs()
	s.enable()
}

func (s *Screen) enable() {
	on := s.page != nil && !s.page.Sealed && !s.act.Busy()
	for _, b := range s.buttons {
		b.SetEnabled(on)
	}
	s.finishIt.SetEnabled(on)
}

// showClass shows the class under the case's rule set, and what the others say.
func (s *Screen) showClass() {
	s.others.RemoveAll()
	var note string
	for i, c := range s.page.Classes {
		name := string(c.RuleSet)
		if i == 0 {
			s.badge.Set(words.F("variant.under", words.D{"rules": name}), c, bandText(c))
			note = classNote(c)
			continue
		}
		b := widgets.NewBadge(false)
		b.Set(name, c, "")
		s.others.Add(b)
	}
	if r, ok := s.page.Assessment.Finished(); ok {
		note = finishedText(r) + " " + note
	} else {
		note += " " + s.nextText()
	}
	s.remark.SetText(note)
	s.remark.Hidden = note == ""
	s.desk.Relayout(s.others, s.class)
}

// nextText says what to do next.
func (s *Screen) nextText() string {
	if s.page.Sealed {
		return words.T("refuse.sealed")
	}
	var open []string
	for _, r := range s.page.Rows() {
		if r.IsOpen() {
			open = append(open, string(r.Code))
		}
	}
	if len(open) > 0 {
		return words.F("class.open", words.D{"codes": strings.Join(open, ", ")})
	}
	return words.T("class.next_finish")
}

// showInputs shows the inputs of the selected criterion. It counts as shown
// only once the UI goroutine is through with this, so that no key that was
// typed ahead accepts what nobody saw.
func (s *Screen) showInputs() {
	p := s.page
	if p == nil {
		return
	}
	code := s.criteria.code()
	p.Select(code)
	row, ok := p.Row(code)
	if !ok {
		s.inputs.clear()
		return
	}
	s.inputs.show(row)
	s.desk.Relayout(s.inputs.scroll.Content, s.inputs.scroll)
	s.buttons[state.Accept].SetMain(row.IsOpen())
	s.finishIt.SetMain(p.Open() == 0)
	s.desk.Owner.Post(func() {
		if s.page == p && p.Selected() == code {
			p.Displayed(code)
		}
	})
}

// press notes a physical key press; modifiers are none.
func (s *Screen) press(name fyne.KeyName) {
	switch name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight, desktop.KeyControlLeft, desktop.KeyControlRight,
		desktop.KeyAltLeft, desktop.KeyAltRight, desktop.KeySuperLeft, desktop.KeySuperRight, desktop.KeyCapsLock:
		return
	}
	s.guard.Press()
}

// rune takes the page's letters. Letters that decide something act once for
// each press of the key.
func (s *Screen) rune(r rune) bool {
	switch r {
	case 'j':
		s.OnStep(1)
		return true
	case 'k':
		s.OnStep(-1)
		return true
	}
	action, ok := map[rune]func(){
		'a': func() { s.do(state.Accept) }, 'r': func() { s.do(state.Reject) },
		's': func() { s.do(state.Change) }, '+': func() { s.do(state.AddCode) },
		'u': func() { s.do(state.UndoLast) }, 'f': s.finish, 'c': s.copy,
	}[r]
	if ok && s.guard.Take() {
		action()
	}
	return ok
}

// Shown reports whether the inputs of c are on the screen and nothing is being
// stored.
func (s *Screen) Shown(c acmg.Criterion) bool {
	return s.page != nil && !s.page.Pending() && s.page.Shown(c)
}
