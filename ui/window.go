// Package ui is the main window: it connects the screens, which know nothing of
// each other, and moves between them. It is handed a laboratory as an interface
// and never sees a store, a file reader or a signer. It imports driver-free
// Fyne packages only, so that it builds and tests without OpenGL.
package ui

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"garrod/review"
	"garrod/ui/cases"
	"garrod/ui/identity"
	"garrod/ui/message"
	"garrod/ui/signoff"
	"garrod/ui/state"
	"garrod/ui/task"
	"garrod/ui/theme"
	"garrod/ui/variant"
	"garrod/ui/widgets"
	"garrod/ui/words"
	"garrod/ui/worklist"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Options say where the window opens and how it is watched.
type Options struct {
	Case review.CaseID // opened at once
	// Goto is the screen to open: cases, newcase, worklist, variant, signoff,
	// identity or keys. Empty: the worklist of Case, or the list of cases.
	Goto string
	// Key is the variant that Goto variant opens; empty takes the first one.
	Key string
	// Log is the log file that messages of unknown errors name.
	Log string
	// Post runs functions on the UI goroutine, in order and without blocking;
	// nil is fyne.Do. Tests pass a queue, because the test driver's Do runs on
	// the calling goroutine.
	Post func(func())
	// Trace takes a line for each callback that holds the UI goroutine for more
	// than 50 ms; nil takes the file that GARROD_TRACE names, if any.
	Trace io.Writer
	// Now is the clock of Trace; nil is the system's.
	Now func() time.Time
}

// Window is the main window.
type Window struct {
	app   fyne.App
	win   fyne.Window
	lab   state.Laboratory
	opt   Options
	owner *task.Owner
	desk  *widgets.Desk

	open  *task.Slot // loads a case
	fresh *task.Slot // reads the open case again
	users *task.Slot

	c        review.Case // the open case; its ID is empty when there is none
	at       place
	cases    *cases.Screen
	worklist *worklist.Screen
	variant  *variant.Screen
	signoff  *signoff.Screen
	identity *identity.Screen

	patient *widgets.PatientBar
	where   *widget.Label
	user    *widget.Label
	hint    *widget.Label
	nav     map[place]*widgets.Button
	holder  *fyne.Container
	canary  *widgets.Canary
	ready   chan struct{}
	settled sync.Once
}

// New makes the window on lab; ShowAndRun shows it.
func New(a fyne.App, lab state.Laboratory, opt Options) *Window {
	if err := words.Load(); err != nil {
		panic("ui: the embedded texts do not load: " + err.Error())
	}
	a.Settings().SetTheme(theme.New())
	w := &Window{app: a, lab: lab, opt: opt, nav: map[place]*widgets.Button{}, ready: make(chan struct{})}
	w.owner = task.NewOwner(w.post())
	w.win = a.NewWindow(words.T("app.title"))
	w.desk = widgets.NewDesk(w.win, w.owner, message.Book{Text: words.F, Log: opt.Log})
	w.desk.OnBack, w.desk.OnFail = w.back, w.settle
	w.open, w.fresh, w.users = w.owner.Slot(), w.owner.Slot(), w.owner.Slot()
	w.screens()
	w.build()
	w.keys()
	w.win.SetMainMenu(w.menu())
	w.win.Resize(fyne.NewSize(1366, 768))
	w.win.CenterOnScreen()
	w.win.SetCloseIntercept(w.quit)
	w.begin()
	return w
}

// post is the way back to the UI goroutine, watched where that was asked for.
func (w *Window) post() func(func()) {
	post := w.opt.Post
	if post == nil {
		post = fyne.Do //nolint:forbidigo // its one home: this is the post function that screens are handed
	}
	trace := w.opt.Trace
	if path := os.Getenv("GARROD_TRACE"); trace == nil && path != "" {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
		if err != nil {
			fyne.LogError("GARROD_TRACE cannot be written", err)
			return post
		}
		trace = f // open until the program ends
	}
	if trace == nil {
		return post
	}
	now := w.opt.Now
	if now == nil {
		now = time.Now //nolint:forbidigo // measures durations, records no time
	}
	return task.Traced(post, trace, now)
}

// screens makes the screens and connects them.
func (w *Window) screens() {
	w.cases = cases.New(w.desk, w.lab)
	w.cases.OnOpen = func(id review.CaseID) { w.openCase(id, w.settle) }
	w.cases.OnNew = w.newCase
	w.worklist = worklist.New(w.desk, w.lab)
	w.worklist.OnOpen = func(key string) { w.openVariant(key, w.settle) }
	w.worklist.OnSignOff = func() { w.openSignOff(w.settle) }
	w.variant = variant.New(w.desk, w.lab)
	w.variant.OnStep = w.step
	w.variant.OnChanged = w.changed
	w.variant.OnBack = w.back
	w.signoff = signoff.New(w.desk, w.lab)
	w.signoff.OnBack = w.back
	w.signoff.OnChanged = func(c review.Case) { w.setCase(c) }
	w.identity = identity.New(w.desk, w.lab)
	w.identity.OnBack = w.back
	w.identity.OnChanged = w.identityChanged
}

func (w *Window) build() {
	w.patient = widgets.NewPatientBar(w.lab.About().Kind == review.Demonstration)
	w.where, w.user, w.hint = widget.NewLabel(""), widget.NewLabel(""), widget.NewLabel("")
	w.where.Truncation, w.hint.Truncation = fyne.TextTruncateEllipsis, fyne.TextTruncateEllipsis
	w.canary = widgets.NewCanary()
	left := container.NewHBox(widgets.Heading(words.T("app.name")))
	for _, n := range []struct {
		to  place
		key string
	}{{atCases, "nav.cases"}, {atWorklist, "nav.worklist"}, {atVariant, "nav.variant"}, {atSignOff, "nav.signoff"}, {atIdentity, "nav.identity"}} {
		w.nav[n.to] = w.desk.NewButton(words.T(n.key), func() { w.visit(n.to) })
		left.Add(w.nav[n.to])
	}
	right := container.NewHBox(w.user)
	if w.lab.About().Kind == review.Demonstration {
		right.Add(w.desk.NewButton(words.T("user.switch"), w.switchUser))
	}
	right.Add(w.desk.NewButton(words.T("nav.keys"), w.showKeys))
	bar := container.NewBorder(nil, nil, left, right, w.where)
	foot := container.NewBorder(nil, nil, w.canary, w.desk.Progress(), w.hint)
	w.holder = container.NewStack()
	head := container.NewVBox(bar, w.patient, w.desk.Banner())
	w.win.SetContent(container.NewBorder(head, foot, nil, nil, w.holder))
	w.showUser()
}

// ShowAndRun shows the window and runs the program until it is closed.
func (w *Window) ShowAndRun() { w.win.ShowAndRun() }

// Canvas is the window's canvas.
func (w *Window) Canvas() fyne.Canvas { return w.win.Canvas() }

// Ready is closed when the screen that Options asked for is painted with its
// data, or with the reason why there is none. Without Options.Goto it is closed
// at the first frame.
func (w *Window) Ready() <-chan struct{} { return w.ready }

// settle closes Ready with the next frame.
func (w *Window) settle() {
	w.canary.Arm(func() {
		w.owner.Post(func() { w.settled.Do(func() { close(w.ready) }) })
	})
}

// quit ends background work, waits for it, and closes the window.
func (w *Window) quit() {
	w.owner.Quit()
	w.win.SetCloseIntercept(nil)
	w.win.Close()
}

func (w *Window) showUser() {
	u := w.lab.User()
	w.user.SetText(words.F("user.at_work", words.D{"name": u.Name, "role": words.Of("role.", string(u.Role))}))
}

// switchUser lets another person work, in a demonstration.
func (w *Window) switchUser() {
	widgets.Run(w.desk, w.users, widgets.Job{What: words.T("user.loading")}, w.lab.Users,
		func(us []review.User, err error) {
			if err == nil {
				w.chooseUser(us)
			}
		})
}

func (w *Window) chooseUser(us []review.User) {
	names := make([]string, len(us))
	at := 0
	for i, u := range us {
		names[i] = words.F("user.option", words.D{"name": u.Name, "role": words.Of("role.", string(u.Role))})
		if u.ID == w.lab.User().ID {
			at = i
		}
	}
	choice := w.desk.NewChoice(names, nil)
	choice.SetSelectedIndex(at)
	var dlg *widgets.Dialog
	ok := w.desk.NewMainButton(words.T("user.ok"), func() {
		i := choice.SelectedIndex()
		dlg.Close()
		if i >= 0 && i < len(us) {
			w.workAs(us[i].ID)
		}
	})
	body := container.NewVBox(widgets.Note(words.T("user.note")), choice, layout.NewSpacer())
	dlg = w.desk.Open(words.T("user.switch"), body, fyne.NewSize(460, 150), ok)
	dlg.Focus(choice)
}

func (w *Window) workAs(id review.UserID) {
	widgets.Run(w.desk, w.users, widgets.Job{What: words.T("user.loading")},
		func(ctx context.Context) (struct{}, error) {
			if err := w.lab.SwitchUser(ctx, id); err != nil {
				return struct{}{}, fmt.Errorf("switch user: %w", err)
			}
			return struct{}{}, nil
		},
		func(_ struct{}, err error) {
			if err == nil {
				w.showUser()
				w.visit(w.at)
			}
		})
}
