package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// The grid takes part in these ways.
var (
	_ fyne.Focusable      = (*Grid)(nil)
	_ fyne.Scrollable     = (*Grid)(nil)
	_ fyne.Draggable      = (*Grid)(nil)
	_ fyne.Tappable       = (*Grid)(nil)
	_ fyne.DoubleTappable = (*Grid)(nil)
	_ fyne.Shortcutable   = (*Grid)(nil)
	_ desktop.Mouseable   = (*Grid)(nil)
	_ desktop.Keyable     = (*Grid)(nil)
	_ desktop.Cursorable  = (*Grid)(nil)
)

// FocusGained shows the focus.
func (g *Grid) FocusGained() {
	g.focused = true
	g.raster.Refresh()
}

// FocusLost shows that the focus is gone.
func (g *Grid) FocusLost() {
	g.focused = false
	g.raster.Refresh()
}

// KeyDown tells of a physical key press.
func (g *Grid) KeyDown(ev *fyne.KeyEvent) {
	if g.OnPress != nil {
		g.OnPress(ev.Name)
	}
}

// KeyUp does nothing; it makes the grid a desktop.Keyable.
func (g *Grid) KeyUp(*fyne.KeyEvent) {}

// TypedRune moves with j and k, sorts by the active column with o, and changes
// its width with < and >.
func (g *Grid) TypedRune(r rune) {
	if g.OnRune != nil && g.OnRune(r) {
		return
	}
	switch r {
	case 'j':
		g.choose(g.src.Selected() + 1)
	case 'k':
		g.choose(g.src.Selected() - 1)
	case 'o':
		g.sort(g.column)
	case '<':
		g.widen(g.column, -8)
	case '>':
		g.widen(g.column, 8)
	}
}

// TypedKey moves the selection and opens rows.
func (g *Grid) TypedKey(ev *fyne.KeyEvent) {
	if g.OnKey != nil && g.OnKey(ev.Name) {
		return
	}
	page := max(int(g.page())-1, 1)
	switch ev.Name {
	case fyne.KeyDown:
		g.choose(g.src.Selected() + 1)
	case fyne.KeyUp:
		g.choose(g.src.Selected() - 1)
	case fyne.KeyPageDown:
		g.choose(g.src.Selected() + page)
	case fyne.KeyPageUp:
		g.choose(g.src.Selected() - page)
	case fyne.KeyHome:
		g.choose(0)
	case fyne.KeyEnd:
		g.choose(g.src.Len() - 1)
	case fyne.KeyLeft:
		g.activate(g.column - 1)
	case fyne.KeyRight:
		g.activate(g.column + 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		g.open()
	}
}

// activate makes col the active column and scrolls it into sight.
func (g *Grid) activate(col int) {
	if col < 0 || col >= len(g.heads) {
		return
	}
	g.column = col
	var start float32
	for _, h := range g.heads[:col] {
		start += h.Width
	}
	room := g.Size().Width - gridBar
	switch {
	case start < g.left:
		g.left = start
	case start+g.heads[col].Width > g.left+room:
		g.left = min(start, start+g.heads[col].Width-room)
	}
	g.raster.Refresh()
}

// TypedShortcut copies the selected row.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	c, ok := s.(*fyne.ShortcutCopy)
	if row := g.src.Selected(); ok && row >= 0 {
		c.Clipboard.SetContent(g.RowText(row))
	}
}

// MouseDown takes the focus, selects the row, and begins a drag of a column's
// edge or of the scroll bar.
func (g *Grid) MouseDown(ev *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		c.Focus(g)
	}
	g.drag = dragNone
	at := ev.Position
	if top, h, ok := g.thumb(); ok && at.X >= g.Size().Width-gridBar && at.Y >= gridHead {
		g.drag, g.grab = dragThumb, at.Y-top
		if g.grab < 0 || g.grab > h {
			g.grab = h / 2
			g.thumbTo(at.Y - g.grab)
		}
		return
	}
	if at.Y < gridHead {
		if g.dragCol = g.edgeAt(at.X); g.dragCol >= 0 {
			g.drag = dragColumn
		}
		return
	}
	if row := g.rowAt(at.Y); row >= 0 {
		g.choose(row)
	}
}

// MouseUp does nothing; a drag ends with DragEnd.
func (g *Grid) MouseUp(*desktop.MouseEvent) {}

// Dragged moves the scroll bar or a column's edge.
func (g *Grid) Dragged(ev *fyne.DragEvent) {
	switch g.drag {
	case dragThumb:
		g.thumbTo(ev.Position.Y - g.grab)
	case dragColumn:
		g.widen(g.dragCol, ev.Dragged.DX)
	}
}

// DragEnd ends a drag.
func (g *Grid) DragEnd() { g.drag = dragNone }

// Tapped sorts by the column whose head was clicked.
func (g *Grid) Tapped(ev *fyne.PointEvent) {
	if ev.Position.Y < gridHead {
		if g.edgeAt(ev.Position.X) < 0 {
			g.sort(g.columnAt(ev.Position.X))
		}
		return
	}
	if row := g.rowAt(ev.Position.Y); row >= 0 && ev.Position.X < g.Size().Width-gridBar {
		g.choose(row)
	}
}

// DoubleTapped opens the row.
func (g *Grid) DoubleTapped(ev *fyne.PointEvent) {
	if row := g.rowAt(ev.Position.Y); row >= 0 {
		g.choose(row)
		g.open()
	}
}

// Scrolled moves with the wheel, by parts of a row where the wheel does.
func (g *Grid) Scrolled(ev *fyne.ScrollEvent) {
	if ev.Scrolled.DX != 0 {
		room := g.Size().Width - gridBar
		g.left = min(max(g.left-ev.Scrolled.DX, 0), max(g.total()-room, 0))
	}
	g.scrollBy(-ev.Scrolled.DY / gridRow)
}

// Cursor shows that a column's edge can be dragged. It is asked without a
// place, so it answers for the whole grid.
func (g *Grid) Cursor() desktop.Cursor {
	if g.drag == dragColumn {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}
