package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Fyne's own controls swallow Escape or ignore it; these hand it on, so that it
// closes a dialog wherever the focus is.

// Entry is a text field that hands Escape on.
type Entry struct {
	widget.Entry
	escape func()
}

// NewEntry makes a field of one line.
func (d *Desk) NewEntry(placeholder string) *Entry {
	e := &Entry{escape: d.Escape}
	e.PlaceHolder = placeholder
	e.ExtendBaseWidget(e)
	return e
}

// NewText makes a field of several lines that wraps.
func (d *Desk) NewText(placeholder string, rows int) *Entry {
	e := d.NewEntry(placeholder)
	e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
	e.SetMinRowsVisible(rows)
	return e
}

// NewPassphrase makes a field that hides what is typed.
func (d *Desk) NewPassphrase(placeholder string) *Entry {
	e := &Entry{escape: d.Escape}
	e.PlaceHolder, e.Password, e.Wrapping = placeholder, true, fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey hands Escape on.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape {
		e.escape()
		return
	}
	e.Entry.TypedKey(ev)
}

// Button is a button that takes Enter as well as Space and hands Escape on.
type Button struct {
	widget.Button
	escape func()
}

// NewButton makes a button.
func (d *Desk) NewButton(text string, tapped func()) *Button {
	b := &Button{escape: d.Escape}
	b.Text, b.OnTapped = text, tapped
	b.ExtendBaseWidget(b)
	return b
}

// NewMainButton makes the button that does what a screen or dialog is for.
func (d *Desk) NewMainButton(text string, tapped func()) *Button {
	b := d.NewButton(text, tapped)
	b.Importance = widget.HighImportance
	return b
}

// TypedKey takes Enter and hands Escape on.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		b.escape()
	case fyne.KeyReturn, fyne.KeyEnter:
		if !b.Disabled() && b.OnTapped != nil {
			b.OnTapped()
		}
	default:
		b.Button.TypedKey(ev)
	}
}

// SetEnabled enables the button when on is true and disables it otherwise.
func (b *Button) SetEnabled(on bool) {
	if on {
		b.Enable()
		return
	}
	b.Disable()
}

// SetMain marks the button as what to press next.
func (b *Button) SetMain(on bool) {
	want := widget.MediumImportance
	if on {
		want = widget.HighImportance
	}
	if b.Importance != want {
		b.Importance = want
		b.Refresh()
	}
}

// SetCurrent marks the button of the screen in sight.
func (b *Button) SetCurrent(on bool) {
	b.Importance = widget.LowImportance
	if on {
		b.Importance = widget.MediumImportance
	}
	b.Refresh()
}

// Choice is a drop-down list that hands Escape on.
type Choice struct {
	widget.Select
	escape func()
}

// NewChoice makes a drop-down list.
func (d *Desk) NewChoice(options []string, changed func(int)) *Choice {
	c := &Choice{escape: d.Escape}
	c.Options = options
	c.OnChanged = func(string) {
		if changed != nil {
			changed(c.SelectedIndex())
		}
	}
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey hands Escape on.
func (c *Choice) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape {
		c.escape()
		return
	}
	c.Select.TypedKey(ev)
}

// Radio is a row of options of which one or none is chosen.
type Radio struct{ widget.RadioGroup }

// NewRadio makes a row of options, none of them chosen.
func (d *Desk) NewRadio(options []string, changed func(string)) *Radio {
	r := &Radio{}
	r.Options, r.OnChanged, r.Horizontal = options, changed, true
	r.ExtendBaseWidget(r)
	return r
}

// Heading is the title of a part of a screen.
func Heading(text string) *widget.Label {
	l := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	l.SizeName = "subHeadingText"
	return l
}

// Note is text that wraps; it can be selected and copied.
func Note(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping, l.Selectable = fyne.TextWrapWord, true
	return l
}

// Form lays labels and fields out in two columns.
func Form(items ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewFormLayout(), items...)
}

// Buttons lays buttons out in a row at the right.
func Buttons(items ...fyne.CanvasObject) *fyne.Container {
	return container.NewHBox(append([]fyne.CanvasObject{layout.NewSpacer()}, items...)...)
}
