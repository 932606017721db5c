package widgets

import (
	"image/color"

	"garrod/ui/message"
	"garrod/ui/state"
	"garrod/ui/task"
	"garrod/ui/theme"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Banner is the strip under the head of the window that says what happened.
type Banner struct {
	box    *fyne.Container
	line   *canvas.Rectangle
	what   *widget.Label
	rest   *widget.Label
	detail string
}

func newBanner(d *Desk) *Banner {
	b := &Banner{line: canvas.NewRectangle(color.Transparent), what: Note(""), rest: Note("")}
	b.what.TextStyle.Bold = true
	b.line.SetMinSize(fyne.NewSize(4, 4))
	copyIt := d.NewButton(words.T("copy_details"), func() { d.Copy(b.detail) })
	closer := d.NewButton(words.T("close"), func() { b.box.Hide() })
	text := container.NewVBox(b.what, b.rest)
	b.box = container.NewVBox(container.NewBorder(nil, nil, b.line,
		container.NewHBox(copyIt, closer), text), widget.NewSeparator())
	b.box.Hide()
	return b
}

func (b *Banner) show(m message.Message) {
	pal := theme.Current()
	b.line.FillColor = pal.Bad
	if m.Calm {
		b.line.FillColor = pal.Accent
	}
	b.what.SetText(m.What)
	rest := m.Meaning
	if m.Remedy != "" {
		rest += " " + m.Remedy
	}
	b.rest.SetText(rest)
	b.rest.Hidden = rest == ""
	b.detail = m.Detail
	b.box.Show()
	b.box.Refresh()
}

// Progress shows how far one job is, with a button that cancels it.
type Progress struct {
	box  *fyne.Container
	text *widget.Label
	bar  *widget.ProgressBar
	slot *task.Slot
}

// patience is how many ticks pass before progress is shown: half a second.
const patience = 5

// NewProgress makes a hidden progress display; its button cancels the job of s.
func (d *Desk) NewProgress(s *task.Slot) *Progress {
	b := &Progress{text: widget.NewLabel(""), bar: widget.NewProgressBar(), slot: s}
	stop := d.NewButton(words.T("cancel"), func() {
		if b.slot != nil {
			b.slot.Cancel()
		}
	})
	b.box = container.NewHBox(b.text, container.NewGridWrap(fyne.NewSize(180, 24), b.bar), stop)
	b.box.Hide()
	return b
}

// Box is the display.
func (b *Progress) Box() fyne.CanvasObject { return b.box }

// Show shows how far a job is, once it has taken half a second.
func (b *Progress) Show(what string, p task.Progress) {
	if p.Ticks < patience {
		return
	}
	text := what + " …"
	switch {
	case p.Total > 0:
		b.bar.SetValue(float64(p.Done) / float64(p.Total))
		text += " " + words.F("progress.of", words.D{"done": words.Count(p.Done), "total": words.Count(p.Total)})
	case p.Done > 0:
		text += " " + words.Count(p.Done)
	}
	b.bar.Hidden = p.Total == 0
	b.text.SetText(text)
	b.box.Show()
}

// end hides the display when it shows the job of s.
func (b *Progress) end(s *task.Slot) {
	if b.slot == s || b.slot == nil {
		b.slot = nil
		b.box.Hide()
	}
}

// OutcomeCell shows the outcome of an intake check.
func OutcomeCell(outcome string) state.Cell {
	c := state.Cell{Text: words.Of("outcome.", outcome)}
	switch outcome {
	case "pass":
		c.Tone, c.Shape = state.Good, state.Tick
	case "warn":
		c.Tone, c.Shape = state.Caution, state.TriangleUpOpen
	case "fail":
		c.Tone, c.Shape = state.Bad, state.Cross
	default:
		c.Tone, c.Shape = state.Muted, state.Ring
	}
	return c
}
