package ui

import (
	"garrod/ui/state"
	"garrod/ui/widgets"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
)

func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

func (w *Window) menu() *fyne.MainMenu {
	item := func(key string, s fyne.Shortcut, do func()) *fyne.MenuItem {
		m := fyne.NewMenuItem(words.T(key), do)
		m.Shortcut = s
		return m
	}
	quit := item("menu.quit", ctrl(fyne.KeyQ), w.quit)
	quit.IsQuit = true
	return fyne.NewMainMenu(
		fyne.NewMenu(words.T("menu.case"),
			item("menu.new", ctrl(fyne.KeyN), w.newCase),
			item("nav.cases", ctrl(fyne.Key1), func() { w.visit(atCases) }),
			item("nav.worklist", ctrl(fyne.Key2), func() { w.visit(atWorklist) }),
			item("nav.variant", ctrl(fyne.Key3), func() { w.visit(atVariant) }),
			item("nav.signoff", ctrl(fyne.Key4), func() { w.visit(atSignOff) }),
			item("nav.identity", ctrl(fyne.Key5), func() { w.visit(atIdentity) }),
			fyne.NewMenuItemSeparator(), quit),
		fyne.NewMenu(words.T("menu.help"), item("nav.keys", ctrl(fyne.KeySlash), w.showKeys)),
	)
}

// keys hands keys that nothing has the focus for to the grid in sight, and gives
// every grid Escape and the question mark.
func (w *Window) keys() {
	grids := append(w.worklist.Grids(), w.cases.Grid(), w.variant.Grid())
	for _, g := range grids {
		own := g.OnRune
		g.OnRune = func(r rune) bool {
			if r == '?' {
				w.showKeys()
				return true
			}
			return own(r)
		}
		g.OnKey = func(name fyne.KeyName) bool {
			if name == fyne.KeyEscape {
				w.desk.Escape()
				return true
			}
			return false
		}
	}
	c := w.win.Canvas()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if g := w.grid(); g != nil && ev.Name != fyne.KeyEscape {
			g.TypedKey(ev)
			return
		}
		if ev.Name == fyne.KeyEscape {
			w.desk.Escape()
		}
	})
	c.SetOnTypedRune(func(r rune) {
		if g := w.grid(); g != nil {
			g.TypedRune(r)
		}
	})
	if d, ok := c.(desktop.Canvas); ok {
		d.SetOnKeyDown(func(ev *fyne.KeyEvent) {
			if g := w.grid(); g != nil {
				g.KeyDown(ev)
			}
		})
	}
}

// grid is the grid in sight, nil when a dialog covers it or there is none.
func (w *Window) grid() *widgets.Grid {
	if w.desk.Dialogs() > 0 {
		return nil
	}
	switch w.at {
	case atCases:
		return w.cases.Grid()
	case atWorklist:
		return w.worklist.Grid()
	case atVariant:
		return w.variant.Grid()
	}
	return nil
}

// sheetOfKeys lists the keys: a heading, then key and meaning.
var sheetOfKeys = []struct{ key, text string }{
	{"", "keys.everywhere"},
	{"Esc", "keys.escape"},
	{"?", "keys.help"},
	{"Ctrl+N", "keys.new"},
	{"Ctrl+1 … 5", "keys.screens"},
	{"Tab", "keys.tab"},
	{"", "keys.lists"},
	{"↑ ↓", "keys.rows"},
	{"j  k", "keys.jk"},
	{"PgUp PgDn Home End", "keys.pages"},
	{"← →", "keys.column"},
	{"o", "keys.sort"},
	{"<  >", "keys.width"},
	{"Enter", "keys.open"},
	{"Ctrl+C", "keys.copy"},
	{"", "keys.worklist"},
	{"1  2  3", "keys.tabs"},
	{"/", "keys.search"},
	{"e", "keys.why"},
	{"f", "keys.funnel"},
	{"", "keys.variant"},
	{"↑ ↓", "keys.criteria"},
	{"j  k", "keys.next"},
	{"a", "keys.accept"},
	{"r", "keys.reject"},
	{"s", "keys.strength"},
	{"+", "keys.add"},
	{"u", "keys.undo"},
	{"f", "keys.finish"},
	{"c", "keys.copy_variant"},
}

// showKeys shows the sheet of keys.
func (w *Window) showKeys() {
	var halves [2][][]state.Cell
	side := 0
	for _, k := range sheetOfKeys {
		if k.text == "keys.worklist" {
			side = 1
		}
		row := []state.Cell{{Text: k.key, Tone: state.Strong}, {Text: words.T(k.text)}}
		if k.key == "" {
			row = []state.Cell{{Text: words.T(k.text), Tone: state.Accent}, {}}
		}
		halves[side] = append(halves[side], row)
	}
	left, right := widgets.NewSheet(150, 0), widgets.NewSheet(150, 0)
	left.Set(nil, halves[0])
	right.Set(nil, halves[1])
	w.desk.Open(words.T("nav.keys"), container.NewGridWithColumns(2, left, right), fyne.NewSize(1080, 440))
}
