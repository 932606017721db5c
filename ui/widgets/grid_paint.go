package widgets

import (
	"image"
	"image/color"

	"garrod/ui/state"
	"garrod/ui/theme"
)

// paintAll paints rows, then the head over them, then the scroll bars.
func (g *Grid) paintAll() {
	p, pal := &g.pen, theme.Current()
	p.fill(p.img.Rect, pal.Panel)
	if g.src.Len() == 0 {
		g.paintEmpty(pal)
	}
	y := float32(gridHead) - g.frac*gridRow
	bottom := gridHead + g.body()
	for row := g.top; row < g.src.Len() && y < bottom; row++ {
		g.paintRow(row, y, pal)
		y += gridRow
	}
	g.paintHead(pal)
	g.paintBars(pal)
	if g.focused {
		p.frame(p.img.Rect, pal.Accent, max(p.px(1), 1))
	}
}

func (g *Grid) paintEmpty(pal theme.Palette) {
	p := &g.pen
	r := image.Rect(p.px(gridPad*2), p.px(gridHead+8), p.img.Rect.Max.X, p.px(gridHead+8+gridRow))
	p.text(g.Empty, r, gridText, false, pal.Muted, false)
}

func (g *Grid) paintRow(row int, y float32, pal theme.Palette) {
	p := &g.pen
	top, end := p.px(y), p.px(y+gridRow)
	ground := pal.Panel
	switch {
	case row == g.src.Selected() && g.focused:
		ground = pal.Selected
	case row == g.src.Selected():
		ground = pal.SelectedIdle
	case row%2 == 1:
		ground = pal.Stripe
	}
	line := image.Rect(0, top, p.img.Rect.Max.X, end)
	p.fill(line, ground)
	if row == g.src.Selected() { // a bar beside the colour
		p.fill(image.Rect(0, top, p.px(3), end), pal.Accent)
	}
	x, edge := -g.left, p.px(g.Size().Width-gridBar) // beside the scroll bar
	for i, h := range g.heads {
		if x+h.Width > 0 && x < g.Size().Width {
			c := g.src.Cell(row, i)
			r := image.Rect(p.px(x+gridPad), top, min(p.px(x+h.Width-gridPad/2), edge), end)
			if c.Right {
				r.Min.X = max(r.Min.X, 0)
			}
			p.cell(c, r, pal)
		}
		x += h.Width
	}
}

// cell paints one cell: a shape, a border around a chip, and the text.
func (p *pen) cell(c state.Cell, r image.Rectangle, pal theme.Palette) {
	ink := pal.Tone(c.Tone)
	bold := c.Tone == state.Strong || c.Chip
	if c.Chip {
		r = p.chip(c, r, ink)
	}
	if c.Shape != state.NoShape {
		size := p.px(10)
		p.shape(c.Shape, r.Min.X, r.Min.Y+(r.Dy()-size)/2, size, ink)
		r.Min.X += size + p.px(4)
	}
	if c.Right && p.width(c.Text, gridText, bold) > r.Dx() {
		c.Text = string(ellipsis) // half a number is another number
	}
	if r.Dx() > 0 {
		p.text(c.Text, r, gridText, bold, ink, c.Right)
	}
}

// chip paints the border of a chip and returns the room inside.
func (p *pen) chip(c state.Cell, r image.Rectangle, ink color.Color) image.Rectangle {
	need := p.width(c.Text, gridText, true) + p.px(10)
	if c.Shape != state.NoShape {
		need += p.px(14)
	}
	box := image.Rect(r.Min.X, r.Min.Y+p.px(2), min(r.Min.X+need, r.Max.X), r.Max.Y-p.px(2))
	p.frame(box, ink, max(p.px(1), 1))
	return image.Rect(box.Min.X+p.px(5), box.Min.Y, box.Max.X-p.px(3), box.Max.Y)
}

func (g *Grid) paintHead(pal theme.Palette) {
	p := &g.pen
	end := p.px(gridHead)
	p.fill(image.Rect(0, 0, p.img.Rect.Max.X, end), pal.Header)
	p.fill(image.Rect(0, end-max(p.px(1), 1), p.img.Rect.Max.X, end), pal.Line)
	view := g.src.View()
	x := -g.left
	for i, h := range g.heads {
		r := image.Rect(p.px(x+gridPad), 0, p.px(x+h.Width-gridPad/2), end)
		if view.Sort == i {
			size := p.px(8)
			s := state.TriangleUp
			if view.Desc {
				s = state.TriangleDown
			}
			p.shape(s, r.Max.X-size, (end-size)/2, size, pal.Accent)
			r.Max.X -= size + p.px(2)
		}
		p.text(h.Text, r, gridText-1, true, pal.Muted, false)
		if g.focused && g.column == i && len(g.heads) > 1 {
			p.fill(image.Rect(p.px(x+gridPad), end-p.px(3), p.px(x+h.Width-gridPad), end-p.px(1)), pal.Accent)
		}
		x += h.Width
		p.fill(image.Rect(p.px(x)-1, p.px(5), p.px(x), end-p.px(5)), pal.Line)
	}
}

func (g *Grid) paintBars(pal theme.Palette) {
	p := &g.pen
	if top, h, ok := g.thumb(); ok {
		x := g.Size().Width - gridBar
		p.fill(image.Rect(p.px(x), p.px(gridHead), p.img.Rect.Max.X, p.px(gridHead+g.body())), pal.Header)
		p.fill(image.Rect(p.px(x+2), p.px(top), p.px(x+gridBar-2), p.px(top+h)), pal.InputLine)
	}
	if !g.wide() {
		return
	}
	y := g.Size().Height - gridBar
	room := g.Size().Width - gridBar
	p.fill(image.Rect(0, p.px(y), p.img.Rect.Max.X, p.img.Rect.Max.Y), pal.Header)
	w := max(room*room/g.total(), 24)
	x := g.left / max(g.total()-room, 1) * (room - w)
	p.fill(image.Rect(p.px(x), p.px(y+2), p.px(x+w), p.px(y+gridBar-2)), pal.InputLine)
}
