package widgets

import (
	"context"
	"image/color"
	"slices"

	"garrod/review"
	"garrod/ui/message"
	"garrod/ui/task"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Desk is what a screen stands on: the window, its background work, and the
// places where messages, progress and dialogs are shown.
type Desk struct {
	Window fyne.Window
	Owner  *task.Owner
	Book   message.Book
	// OnBack is Escape where no dialog is open.
	OnBack func()
	// OnFail is told after an error was shown.
	OnFail func()

	banner *Banner
	busy   *Progress
	stack  []*Dialog
}

// NewDesk makes the desk of a window.
func NewDesk(w fyne.Window, o *task.Owner, b message.Book) *Desk {
	d := &Desk{Window: w, Owner: o, Book: b}
	d.banner, d.busy = newBanner(d), d.NewProgress(nil)
	return d
}

// Banner is where messages are shown.
func (d *Desk) Banner() fyne.CanvasObject { return d.banner.box }

// Progress is where the progress of background work is shown.
func (d *Desk) Progress() fyne.CanvasObject { return d.busy.box }

// Fail shows an error: in a dialog when one is open, else in the banner.
func (d *Desk) Fail(err error) {
	if d.OnFail != nil {
		defer d.OnFail()
	}
	m := d.Book.For(err)
	if len(d.stack) == 0 {
		d.banner.show(m)
		return
	}
	body := container.NewVBox(Note(m.What), Note(m.Meaning))
	if m.Remedy != "" {
		body.Add(Note(m.Remedy))
	}
	copyIt := d.NewButton(words.T("copy_details"), func() { d.Copy(m.Detail) })
	d.Open(words.T("error.title"), body, fyne.NewSize(520, 180), copyIt)
}

// Say shows a calm note until something else is said.
func (d *Desk) Say(text string) { d.banner.show(message.Message{What: text, Calm: true}) }

// Relayout lays boxes out again: now, and once more when texts that wrap have
// learned how wide they are.
func (d *Desk) Relayout(boxes ...fyne.CanvasObject) {
	again := func() {
		for _, b := range boxes {
			b.Refresh()
		}
	}
	again()
	d.Owner.Post(again)
}

// Hush hides the banner.
func (d *Desk) Hush() { d.banner.box.Hide() }

// Copy puts text on the clipboard.
func (d *Desk) Copy(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }

// Dialog is a modal dialog; Escape closes it.
type Dialog struct {
	// OnClose is called after the dialog was closed.
	OnClose func()

	desk   *Desk
	hide   func()
	before fyne.Focusable
}

// push makes a dialog the topmost one; hide takes it from the screen.
func (d *Desk) push(hide func()) *Dialog {
	dlg := &Dialog{desk: d, hide: hide, before: d.Window.Canvas().Focused()}
	d.stack = append(d.stack, dlg)
	return dlg
}

// Open shows a dialog with body between a title and buttons. A close button is
// added before the buttons.
func (d *Desk) Open(title string, body fyne.CanvasObject, size fyne.Size, buttons ...fyne.CanvasObject) *Dialog {
	dlg := d.push(nil)
	closer := d.NewButton(words.T("close"), dlg.Close)
	row := Buttons(append([]fyne.CanvasObject{closer}, buttons...)...)
	box := container.NewBorder(Heading(title), row, nil, nil, body)
	room := canvas.NewRectangle(color.Transparent)
	limit := d.Window.Canvas().Size()
	room.SetMinSize(fyne.NewSize(min(size.Width, limit.Width-40), min(size.Height, limit.Height-40)))
	popup := widget.NewModalPopUp(container.NewStack(room, container.NewPadded(box)), d.Window.Canvas())
	dlg.hide = popup.Hide
	popup.Show()
	return dlg
}

// Focus puts the keyboard on o.
func (dlg *Dialog) Focus(o fyne.Focusable) { dlg.desk.Window.Canvas().Focus(o) }

// Close closes the dialog and gives the focus back.
func (dlg *Dialog) Close() {
	d := dlg.desk
	i := slices.Index(d.stack, dlg)
	if i < 0 {
		return
	}
	d.stack = slices.Delete(d.stack, i, i+1)
	dlg.hide()
	if dlg.before != nil {
		d.Window.Canvas().Focus(dlg.before)
	}
	if dlg.OnClose != nil {
		dlg.OnClose()
	}
}

// Dialogs returns the number of open dialogs.
func (d *Desk) Dialogs() int { return len(d.stack) }

// CloseAll closes every dialog.
func (d *Desk) CloseAll() {
	for len(d.stack) > 0 {
		d.stack[len(d.stack)-1].Close()
	}
}

// Escape closes the topmost dialog or goes back.
func (d *Desk) Escape() {
	switch {
	case len(d.stack) > 0:
		d.stack[len(d.stack)-1].Close()
	case d.OnBack != nil:
		d.OnBack()
	}
}

// Job describes background work to who watches it.
type Job struct {
	What  string        // "Reading the variants"
	Meter *review.Meter // nil when there is nothing to count
}

// Run does work in slot s away from the UI goroutine, shows its progress and a
// way to cancel it once it takes longer than half a second, shows its error,
// and then calls done.
func Run[T any](d *Desk, s *task.Slot, job Job, work func(context.Context) (T, error), done func(T, error)) {
	task.Start(s, work, func(v T, err error) {
		d.busy.end(s)
		if err != nil {
			d.Fail(err)
		}
		done(v, err)
	})
	task.Watch(s, job.Meter, func(p task.Progress) {
		d.busy.slot = s
		d.busy.Show(job.What, p)
	})
}
