package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"garrod/ui/uitest"
	"garrod/ui/widgets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// rig is a window on a laboratory in memory, driven as a person would.
type rig struct {
	t   *testing.T
	q   *uitest.Queue
	lab *uitest.Lab
	w   *Window
}

func newRig(t *testing.T, opt Options, change ...func(*uitest.Lab)) *rig {
	t.Helper()
	a := test.NewTempApp(t)
	q, lab := uitest.NewQueue(), uitest.NewLab(t.TempDir())
	for _, c := range change {
		c(lab)
	}
	opt.Post = q.Post
	r := &rig{t: t, q: q, lab: lab, w: New(a, lab, opt)}
	t.Cleanup(func() { r.w.owner.Quit() })
	return r
}

// ready waits until Options' screen is painted.
func (r *rig) ready() *rig {
	r.t.Helper()
	r.q.Until(r.t, "the window is ready", func() bool {
		// Painting the whole window in software is slow; its canary is enough.
		test.WidgetRenderer(r.w.canary).Objects()[0].(*canvas.Raster).Generator(1, 1)
		select {
		case <-r.w.Ready():
			return true
		default:
			return false
		}
	})
	return r
}

// idle waits until no work is under way.
func (r *rig) until(what string, cond func() bool) {
	r.t.Helper()
	r.q.Until(r.t, what, cond)
}

// key presses and releases a letter as the desktop driver reports it.
func (r *rig) key(ru rune) {
	r.t.Helper()
	g, ok := r.w.Canvas().Focused().(*widgets.Grid)
	if !ok {
		r.t.Fatalf("%c: the focus is on %T, not on a list", ru, r.w.Canvas().Focused())
	}
	ev := &fyne.KeyEvent{Name: fyne.KeyName(strings.ToUpper(string(ru)))}
	g.KeyDown(ev)
	g.TypedKey(ev)
	g.TypedRune(ru)
	g.KeyUp(ev)
}

func (r *rig) press(name fyne.KeyName) {
	r.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
}

// button finds a button by its text, in the topmost dialog or in the window.
func (r *rig) button(text string) *widgets.Button {
	r.t.Helper()
	root := r.w.win.Content()
	if o := r.w.Canvas().Overlays().Top(); o != nil {
		root = o
	}
	for _, o := range test.LaidOutObjects(root) {
		if b, ok := o.(*widgets.Button); ok && b.Text == text && b.Visible() {
			return b
		}
	}
	r.t.Fatalf("there is no button %q in sight", text)
	return nil
}

func (r *rig) tap(text string) {
	r.t.Helper()
	b := r.button(text)
	if b.Disabled() {
		r.t.Fatalf("the button %q is disabled", text)
	}
	test.Tap(b)
}

// entry finds a field by its placeholder.
func (r *rig) entry(placeholder string) *widgets.Entry {
	r.t.Helper()
	root := r.w.win.Content()
	if o := r.w.Canvas().Overlays().Top(); o != nil {
		root = o
	}
	for _, o := range test.LaidOutObjects(root) {
		if e, ok := o.(*widgets.Entry); ok && e.PlaceHolder == placeholder {
			return e
		}
	}
	r.t.Fatalf("there is no field %q in sight", placeholder)
	return nil
}

// said reports whether a label in sight holds text.
func (r *rig) said(text string) bool {
	roots := []fyne.CanvasObject{r.w.win.Content()}
	if o := r.w.Canvas().Overlays().Top(); o != nil {
		roots = append(roots, o)
	}
	for _, root := range roots {
		for _, o := range test.LaidOutObjects(root) {
			if l, ok := o.(*widget.Label); ok && l.Visible() && strings.Contains(l.Text, text) {
				return true
			}
		}
	}
	return false
}

func (r *rig) wantSaid(text string) {
	r.t.Helper()
	if !r.said(text) {
		r.t.Errorf("nothing in sight says %q", text)
	}
}

// settled drains until decisions are stored and shown.
func (r *rig) stored(n int) {
	r.t.Helper()
	r.until("the decision is stored", func() bool { return len(r.lab.Decided()) == n && r.enabled("Undo (u)") })
}

func (r *rig) enabled(text string) bool { return !r.button(text).Disabled() }

// sign goes through prepare, open, passphrase and sign.
func (r *rig) sign(role string) {
	r.t.Helper()
	pass := r.entry("can be typed after step 3")
	if !pass.Disabled() {
		r.t.Fatal("the passphrase can be typed before the bytes were opened")
	}
	if r.enabled("Open the exact bytes") {
		r.t.Fatal("there is nothing to open yet")
	}
	r.tap("Prepare report")
	r.until("the report is prepared", func() bool { return r.said("SHA-256 4bf5") })
	if !pass.Disabled() {
		r.t.Fatal("the passphrase can be typed before the bytes were opened")
	}
	n := len(r.lab.Viewed)
	r.tap("Open the exact bytes")
	r.until("the bytes are open", func() bool { return !pass.Disabled() })
	if len(r.lab.Viewed) != n+1 {
		r.t.Fatal("nothing was opened")
	}
	if r.enabled("Sign") {
		r.t.Fatal("signing without a passphrase")
	}
	test.Type(pass, "wrong")
	r.tap("Sign")
	r.until("the passphrase is refused", func() bool { return r.said("Wrong passphrase") || r.said("wrong passphrase") })
	if pass.Text != "" {
		r.t.Error("the passphrase is still in the field")
	}
	test.Type(pass, "demo")
	r.tap("Sign")
}

func (r *rig) saveReport() {
	r.t.Helper()
	path := filepath.Join(r.t.TempDir(), "report.pdf")
	r.tap("Save the report …")
	for _, o := range test.LaidOutObjects(r.w.Canvas().Overlays().Top()) {
		if e, ok := o.(*widgets.Entry); ok {
			e.SetText(path)
		}
	}
	r.tap("Save")
	r.until("the report is saved", func() bool { return r.said(path) })
	if _, err := os.Stat(path); err != nil {
		r.t.Fatal(err)
	}
	r.tap("Open it")
	r.until("the report is open", func() bool { return r.lab.Viewed[len(r.lab.Viewed)-1] == path })
}

// choose takes an option of a row of options in the topmost dialog.
func (r *rig) choose(option string) {
	r.t.Helper()
	for _, o := range test.LaidOutObjects(r.w.Canvas().Overlays().Top()) {
		if g, ok := o.(*widgets.Radio); ok {
			g.SetSelected(option)
			return
		}
	}
	r.t.Fatal("there is nothing to choose from")
}

// option takes an option of a drop-down list in the topmost dialog.
func (r *rig) option(option string) {
	r.t.Helper()
	for _, o := range test.LaidOutObjects(r.w.Canvas().Overlays().Top()) {
		if c, ok := o.(*widgets.Choice); ok {
			c.SetSelected(option)
			return
		}
	}
	r.t.Fatal("there is no list")
}
