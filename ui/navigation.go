package ui

import (
	"context"
	"fmt"

	"garrod/review"
	"garrod/ui/newcase"
	"garrod/ui/widgets"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
)

// place is where the window is.
type place string

const (
	atCases    place = "cases"
	atWorklist place = "worklist"
	atVariant  place = "variant"
	atSignOff  place = "signoff"
	atIdentity place = "identity"
)

// begin opens what Options ask for.
func (w *Window) begin() {
	if w.opt.Goto == "" {
		w.settle()
	}
	c := w.opt.Case
	switch w.opt.Goto {
	case "newcase":
		w.showCases(func() { w.newCase(); w.settle() })
	case "keys":
		w.showCases(func() { w.showKeys(); w.settle() })
	case string(atWorklist), string(atVariant), string(atSignOff), string(atIdentity):
		w.beginCase(c)
	default:
		if c != "" && w.opt.Goto == "" {
			w.openCase(c, w.settle)
			return
		}
		w.showCases(w.settle)
	}
}

// beginCase opens a screen of a case; without a case, that of the newest one.
func (w *Window) beginCase(id review.CaseID) {
	then := w.settle
	switch w.opt.Goto {
	case string(atVariant):
		then = func() { w.openVariant(w.opt.Key, w.settle) }
	case string(atSignOff):
		then = func() { w.openSignOff(w.settle) }
	case string(atIdentity):
		then = func() { w.openIdentity(w.settle) }
	}
	if id != "" {
		w.openCase(id, then)
		return
	}
	w.showCases(func() {
		if first := w.cases.Selected(); first != "" {
			w.openCase(first, then)
			return
		}
		w.settle()
	})
}

// show puts a screen in the window.
func (w *Window) show(to place, o fyne.CanvasObject) {
	if w.at == atSignOff && to != atSignOff {
		w.signoff.Leave()
	}
	w.at = to
	w.holder.Objects = []fyne.CanvasObject{o}
	w.holder.Refresh()
	if to == atCases {
		w.patient.SetLaboratory(w.lab.About())
	} else {
		w.patient.Set(&w.c)
	}
	w.hint.SetText(words.T("hint." + string(to)))
	for p, b := range w.nav {
		b.SetEnabled(p == atCases || w.c.ID != "" && (p != atVariant || w.variant.Key() != ""))
		b.SetCurrent(p == to)
	}
	w.where.SetText(w.path())
	w.win.Content().Refresh()
}

// path says where the window is, in words.
func (w *Window) path() string {
	s := words.T("nav.cases")
	if w.at == atCases || w.c.ID == "" {
		return s
	}
	s += " › " + string(w.c.ID)
	if w.at == atVariant {
		s += " › " + w.variant.Key()
	}
	if w.at == atSignOff {
		s += " › " + words.T("nav.signoff")
	}
	if w.at == atIdentity {
		s += " › " + words.T("nav.identity")
	}
	return s
}

// visit goes to a screen from the bar at the head or the menu.
func (w *Window) visit(to place) {
	w.desk.CloseAll()
	w.desk.Hush()
	switch {
	case to == atCases || w.c.ID == "":
		w.showCases(func() {})
	case to == atVariant && w.variant.Key() != "":
		w.openVariant(w.variant.Key(), func() {})
	case to == atSignOff:
		w.openSignOff(func() {})
	case to == atIdentity:
		w.openIdentity(func() {})
	default:
		w.showWorklist()
	}
}

// back is Escape: one step towards the list of cases.
func (w *Window) back() {
	w.desk.Hush()
	switch w.at {
	case atVariant, atSignOff, atIdentity:
		w.showWorklist()
	case atWorklist:
		w.showCases(func() {})
	case atCases:
		w.cases.Focus()
	}
}

func (w *Window) showCases(done func()) {
	w.show(atCases, w.cases.Content())
	w.cases.Focus()
	w.cases.Load(done)
}

func (w *Window) showWorklist() {
	w.show(atWorklist, w.worklist.Content())
	w.worklist.Focus()
}

// setCase shows a case in the patient bar.
func (w *Window) setCase(c review.Case) {
	w.c = c
	w.patient.Set(&c)
	w.where.SetText(w.path())
}

// openCase loads a case, shows its worklist, and calls done once that is there.
func (w *Window) openCase(id review.CaseID, done func()) {
	w.desk.Hush()
	widgets.Run(w.desk, w.open, widgets.Job{What: words.T("nav.opening")},
		func(ctx context.Context) (review.Case, error) {
			c, err := w.lab.Case(ctx, id)
			if err != nil {
				return c, fmt.Errorf("load case %s: %w", id, err)
			}
			return c, nil
		},
		func(c review.Case, err error) {
			if err != nil {
				if w.at == "" {
					w.showCases(func() {})
				}
				return
			}
			w.setCase(c)
			w.variant.Forget()
			w.showWorklist()
			w.worklist.Show(c, done)
		})
}

// openVariant shows a variant of the open case; an empty key takes the first.
func (w *Window) openVariant(key string, done func()) {
	if key == "" {
		key = w.worklist.First()
	}
	if key == "" {
		w.desk.Say(words.T("nav.no_variant"))
		done()
		return
	}
	w.variant.Show(w.c, key, done)
	w.show(atVariant, w.variant.Content())
	w.variant.Focus()
}

// step goes to the next or previous variant of the worklist.
func (w *Window) step(by int) {
	key := w.worklist.Neighbour(w.variant.Key(), by)
	if key == "" {
		w.desk.Say(words.T("nav.no_more"))
		return
	}
	w.desk.Hush()
	w.openVariant(key, func() {})
}

func (w *Window) openSignOff(done func()) {
	w.show(atSignOff, w.signoff.Content())
	w.signoff.Show(w.c, func() {
		w.signoff.Focus()
		done()
	})
}

func (w *Window) openIdentity(done func()) {
	w.show(atIdentity, w.identity.Content())
	w.identity.Show(w.c, func() {
		w.identity.Focus()
		done()
	})
}

// identityChanged follows an override: the labels of the worklist change with it.
func (w *Window) identityChanged(c review.Case) {
	w.setCase(c)
	w.worklist.Show(c, func() {})
}

// changed follows a decision: marks in the worklist, status in the patient bar.
func (w *Window) changed() {
	w.worklist.Mark()
	id := w.c.ID
	widgets.Run(w.desk, w.fresh, widgets.Job{What: words.T("nav.opening")},
		func(ctx context.Context) (review.Case, error) { return w.lab.Case(ctx, id) },
		func(c review.Case, err error) {
			if err == nil && w.c.ID == id {
				w.setCase(c)
			}
		})
}

// newCase opens the dialog that adds a case.
func (w *Window) newCase() {
	newcase.Open(w.desk, w.lab, func(c review.Case) { w.openCase(c.ID, func() {}) })
}
