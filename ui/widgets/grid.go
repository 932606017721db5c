// Package widgets holds what the screens are built from. Widgets show and raise
// callbacks; they load nothing and decide nothing.
//
// Everything here is used on the UI goroutine only.
package widgets

import (
	"image"
	"math"

	"garrod/ui/state"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Source is what a Grid shows. state.Table is one.
type Source interface {
	Len() int
	Cell(row, col int) state.Cell
	Selected() int // -1: none
	Select(row int)
	View() state.View
}

// Head is the head of one column.
type Head struct {
	Text  string
	Width float32 // in canvas units
}

// Grid is a table painted into one raster. It keeps its position as a row
// number, not in pixels, so that it is as exact at row five million as at row
// one (widget.Table is neither: its positions are float32 pixels).
type Grid struct {
	widget.BaseWidget

	OnSelect func(row int)
	OnOpen   func(row int) // Enter or double click
	// OnSort is asked when a head is clicked or 'o' typed; the owner arranges
	// the rows elsewhere and calls Reload.
	OnSort func(col int)
	// OnRune sees typed letters first; true means that it took them.
	OnRune func(r rune) bool
	// OnKey sees keys first; true means that it took them.
	OnKey func(name fyne.KeyName) bool
	// OnPress is told of each physical key press; repeats of a held key bring
	// none.
	OnPress func(name fyne.KeyName)
	// Empty is what stands in a grid without rows.
	Empty string

	src   Source
	heads []Head

	top     int     // first row shown
	frac    float32 // how much of it has scrolled away, 0 … 1
	left    float32 // units scrolled to the right
	column  int     // active column, for sorting by keyboard
	focused bool
	drag    dragMode
	dragCol int
	grab    float32 // where the thumb was gripped, in units from its top

	pen    pen
	raster *canvas.Raster
}

type dragMode uint8

const (
	dragNone dragMode = iota
	dragColumn
	dragThumb
)

// Sizes in canvas units.
const (
	gridText   = 13
	gridRow    = 22
	gridHead   = 24
	gridPad    = 6
	gridBar    = 12
	gridMinCol = 28
)

// NewGrid makes a grid on src.
func NewGrid(src Source, heads []Head) *Grid {
	g := &Grid{src: src, heads: heads}
	g.raster = canvas.NewRaster(g.paint)
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer returns the grid's one raster.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(g.raster) }

// MinSize leaves room for the head and a few rows.
func (g *Grid) MinSize() fyne.Size {
	return fyne.NewSize(160, gridHead+3*gridRow)
}

// SetHeads replaces the heads of the columns.
func (g *Grid) SetHeads(heads []Head) {
	g.heads = heads
	g.column = min(g.column, max(len(heads)-1, 0))
	g.Reload()
}

// Reload shows the source as it is now and keeps the selected row in sight.
func (g *Grid) Reload() {
	g.scrollTo(g.top, g.frac)
	g.reveal(g.src.Selected())
	g.raster.Refresh()
}

// Refresh paints the grid again.
func (g *Grid) Refresh() { g.raster.Refresh() }

// Resize keeps the position valid.
func (g *Grid) Resize(s fyne.Size) {
	g.BaseWidget.Resize(s)
	g.scrollTo(g.top, g.frac)
	g.reveal(g.src.Selected())
}

// body returns the height of the part that holds rows, in units.
func (g *Grid) body() float32 {
	h := g.Size().Height - gridHead
	if g.wide() {
		h -= gridBar
	}
	return max(h, 0)
}

// page returns the number of rows that fit.
func (g *Grid) page() float32 { return g.body() / gridRow }

func (g *Grid) total() (w float32) {
	for _, h := range g.heads {
		w += h.Width
	}
	return w
}

// wide reports whether the columns need scrolling.
func (g *Grid) wide() bool { return g.total() > g.Size().Width-gridBar }

// scrollTo makes row top, of which frac has scrolled away, the first one.
func (g *Grid) scrollTo(top int, frac float32) {
	rows := g.src.Len()
	page := g.page()
	last := float64(rows) - float64(page) // the last possible first row
	if last <= 0 || float64(top)+float64(frac) <= 0 {
		g.top, g.frac = 0, 0
		return
	}
	if float64(top)+float64(frac) > last {
		whole := math.Floor(last)
		top, frac = int(whole), float32(last-whole)
	}
	g.top, g.frac = top, frac
}

// scrollBy moves by a number of rows, which may be a part of one.
func (g *Grid) scrollBy(rows float32) {
	whole := float32(math.Floor(float64(g.frac + rows)))
	g.scrollTo(g.top+int(whole), g.frac+rows-whole)
	g.raster.Refresh()
}

// reveal scrolls as little as needed to show row.
func (g *Grid) reveal(row int) {
	page := int(g.page())
	switch {
	case row < 0 || page < 1:
	case row < g.top || row == g.top && g.frac > 0:
		g.scrollTo(row, 0)
	case row >= g.top+page:
		g.scrollTo(row-page+1, 0)
	}
}

// rowAt returns the row at y units from the top of the grid, -1 when there is
// none.
func (g *Grid) rowAt(y float32) int {
	if y < gridHead || y >= gridHead+g.body() {
		return -1
	}
	row := g.top + int((y-gridHead)/gridRow+g.frac)
	if row >= g.src.Len() {
		return -1
	}
	return row
}

// columnAt returns the column at x units, -1 when there is none.
func (g *Grid) columnAt(x float32) int {
	at := -g.left
	for i, h := range g.heads {
		if x >= at && x < at+h.Width {
			return i
		}
		at += h.Width
	}
	return -1
}

// edgeAt returns the column whose right edge is at x, -1 when there is none.
func (g *Grid) edgeAt(x float32) int {
	at := -g.left
	for i, h := range g.heads {
		at += h.Width
		if x > at-4 && x < at+4 {
			return i
		}
	}
	return -1
}

// thumb returns the top and height of the vertical scroll bar's thumb in units;
// ok is false when everything fits.
func (g *Grid) thumb() (top, height float32, ok bool) {
	rows, page, body := float64(g.src.Len()), float64(g.page()), float64(g.body())
	if rows <= page || body <= 0 {
		return 0, 0, false
	}
	h := math.Max(body*page/rows, 24)
	t := (float64(g.top) + float64(g.frac)) / (rows - page) * (body - h)
	return gridHead + float32(t), float32(h), true
}

// thumbTo scrolls so that the thumb's top is at y units.
func (g *Grid) thumbTo(y float32) {
	_, h, ok := g.thumb()
	if !ok {
		return
	}
	share := float64(y-gridHead) / math.Max(float64(g.body()-h), 1)
	pos := math.Max(share, 0) * (float64(g.src.Len()) - float64(g.page()))
	whole := math.Floor(pos)
	g.scrollTo(int(whole), float32(pos-whole))
	g.raster.Refresh()
}

// choose selects row, shows it, and tells.
func (g *Grid) choose(row int) {
	row = min(max(row, 0), g.src.Len()-1)
	if row < 0 {
		return
	}
	changed := row != g.src.Selected()
	g.src.Select(row)
	g.reveal(row)
	g.raster.Refresh()
	if changed && g.OnSelect != nil {
		g.OnSelect(row)
	}
}

func (g *Grid) open() {
	if row := g.src.Selected(); row >= 0 && g.OnOpen != nil {
		g.OnOpen(row)
	}
}

func (g *Grid) sort(col int) {
	if col >= 0 && col < len(g.heads) && g.OnSort != nil {
		g.column = col
		g.OnSort(col)
	}
}

// widen changes the width of a column by units.
func (g *Grid) widen(col int, by float32) {
	if col < 0 || col >= len(g.heads) {
		return
	}
	g.heads[col].Width = max(g.heads[col].Width+by, gridMinCol)
	g.raster.Refresh()
}

// RowText returns a row as text, one cell after another with tabs between.
func (g *Grid) RowText(row int) string {
	var out []byte
	for i := range g.heads {
		if i > 0 {
			out = append(out, '\t')
		}
		out = append(out, g.src.Cell(row, i).Text...)
	}
	return string(out)
}

func (g *Grid) paint(w, h int) image.Image {
	g.pen.start(w, h, g.Size().Width)
	g.paintAll()
	return g.pen.img
}
