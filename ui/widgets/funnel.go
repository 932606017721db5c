package widgets

import (
	"image"

	"garrod/review"
	"garrod/ui/state"
	"garrod/ui/theme"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
)

// Funnel shows the steps of a filter as bars, with how many variants are left
// after each. A click, or the arrow keys and Enter, tells what a step removed.
type Funnel struct {
	painted
	// OnStep is told which step was asked for.
	OnStep  func(step int)
	OnEsc   func()
	steps   []review.FunnelStep
	at      int
	focused bool
}

var (
	_ fyne.Tappable  = (*Funnel)(nil)
	_ fyne.Focusable = (*Funnel)(nil)
)

// NewFunnel makes an empty funnel.
func NewFunnel() *Funnel {
	f := &Funnel{}
	f.init(f, f.paint)
	return f
}

// Set shows steps.
func (f *Funnel) Set(steps []review.FunnelStep) {
	f.steps, f.at = steps, 0
	f.Refresh()
}

// MinSize fits three lines of text for each step.
func (f *Funnel) MinSize() fyne.Size { return fyne.NewSize(320, 58) }

// cells is one more than the steps: the first shows what there is to begin with.
func (f *Funnel) cells() int { return len(f.steps) + 1 }

// Tapped tells which step was clicked.
func (f *Funnel) Tapped(ev *fyne.PointEvent) {
	f.ask(int(ev.Position.X/(f.Size().Width/float32(f.cells()))) - 1)
}

func (f *Funnel) ask(step int) {
	if step < 0 || step >= len(f.steps) {
		return
	}
	f.at = step
	f.Refresh()
	if f.OnStep != nil {
		f.OnStep(step)
	}
}

// FocusGained shows which step the keyboard is at.
func (f *Funnel) FocusGained() { f.focused = true; f.Refresh() }

// FocusLost hides it.
func (f *Funnel) FocusLost() { f.focused = false; f.Refresh() }

// TypedRune does nothing.
func (f *Funnel) TypedRune(rune) {}

// TypedKey walks the steps and asks for one.
func (f *Funnel) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft:
		f.at = max(f.at-1, 0)
	case fyne.KeyRight:
		f.at = min(f.at+1, max(len(f.steps)-1, 0))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		f.ask(f.at)
	case fyne.KeyEscape:
		if f.OnEsc != nil {
			f.OnEsc()
		}
	}
	f.Refresh()
}

func (f *Funnel) paint(p *pen, pal theme.Palette) {
	p.fill(p.img.Rect, pal.Panel)
	if len(f.steps) == 0 {
		p.text(words.T("funnel.none"), p.img.Rect.Inset(p.px(8)), gridText, false, pal.Muted, false)
		return
	}
	w := f.Size().Width / float32(f.cells())
	total := f.steps[0].Before
	f.cell(p, pal, 0, w, words.T("funnel.start"), total, total, "")
	for i, s := range f.steps {
		note := words.F("funnel.removed", words.D{"n": words.Count(s.Before - s.After)})
		if s.NotAssessed > 0 {
			note += " · " + words.F("funnel.unassessed", words.D{"n": words.Count(s.NotAssessed)})
		}
		f.cell(p, pal, i+1, w, words.Of("step.", s.Step), s.After, total, note)
	}
	p.frame(p.img.Rect, pal.Line, max(p.px(1), 1))
}

// cell paints one step: its name, the count after it over a bar, and what it
// removed.
func (f *Funnel) cell(p *pen, pal theme.Palette, i int, w float32, name string, n, total int64, note string) {
	x := float32(i) * w
	box := image.Rect(p.px(x+4), p.px(3), p.px(x+w-4), p.px(55))
	line := func(top, bottom float32) image.Rectangle {
		return image.Rect(box.Min.X+p.px(4), p.px(top), box.Max.X-p.px(2), p.px(bottom))
	}
	bar := image.Rect(box.Min.X, p.px(19), box.Max.X, p.px(38))
	p.fill(bar, pal.BarIdle)
	if total > 0 && n > 0 {
		full := bar
		full.Max.X = full.Min.X + max(int(float64(bar.Dx())*float64(n)/float64(total)), p.px(2))
		p.fill(full, pal.Bar)
	}
	p.text(name, line(3, 18), 12, true, pal.Text, false)
	p.text(words.Count(n), line(19, 38), 14, true, pal.Text, false)
	p.text(note, line(39, 54), 11, false, pal.Muted, false)
	if i > 0 && f.focused && i-1 == f.at {
		p.frame(box.Inset(-p.px(1)), pal.Accent, max(p.px(2), 1))
	}
	if i > 0 { // an arrow from the step before
		p.text("›", image.Rect(p.px(x-4), p.px(19), p.px(x+5), p.px(38)), 14, true, pal.Muted, false)
	}
}

// StepText tells in sentences what a step removed.
func StepText(r state.Removed) string {
	return words.F("funnel.explain", words.D{
		"step": words.Of("step.", r.Step), "parameter": r.Parameter,
		"before": words.Count(r.Before), "after": words.Count(r.After), "n": words.Count(r.Count),
		"unassessed": words.Count(r.NotAssessed),
	})
}
