package widgets

import (
	"image"
	"image/color"
	"image/draw"

	"garrod/ui/state"

	"golang.org/x/image/vector"
)

// shape paints a figure of size px into the square at x, y. Open figures are
// drawn as outlines, so that filled and open are told apart without colour.
func (p *pen) shape(s state.Shape, x, y, size int, c color.Color) {
	if s == state.NoShape || size < 3 {
		return
	}
	m := p.shapeMask(s, size)
	r := image.Rect(x, y, x+size, y+size)
	vis := r.Intersect(p.img.Rect)
	draw.DrawMask(p.img, vis, image.NewUniform(c), image.Point{}, m, vis.Min.Sub(r.Min), draw.Over)
}

type shapeKey struct {
	shape state.Shape
	size  int
}

// shapeMask returns the figure's picture. It is drawn apart and laid over the
// image clipped: the rasteriser itself panics at the image's edge.
func (p *pen) shapeMask(s state.Shape, size int) *image.Alpha {
	if m, ok := p.shapes[shapeKey{s, size}]; ok {
		return m
	}
	z := vector.NewRasterizer(size, size)
	path(z, s, float32(size))
	m := image.NewAlpha(image.Rect(0, 0, size, size))
	z.DrawOp = draw.Src
	z.Draw(m, m.Rect, image.Opaque, image.Point{})
	if p.shapes == nil {
		p.shapes = map[shapeKey]*image.Alpha{}
	}
	p.shapes[shapeKey{s, size}] = m
	return m
}

// path lays the outline of s in a square of side n. Inner outlines run the
// other way round, which leaves them empty.
func path(z *vector.Rasterizer, s state.Shape, n float32) {
	t := max(n*0.13, 1.2) // thickness of a line
	switch s {
	case state.TriangleUp, state.TriangleUpOpen:
		polygon(z, 0, n*0.92, n/2, n*0.06, n, n*0.92)
		if s == state.TriangleUpOpen {
			polygon(z, n-2*t, n*0.92-t, n/2, n*0.06+2.2*t, 2*t, n*0.92-t)
		}
	case state.TriangleDown, state.TriangleDownOpen:
		polygon(z, 0, n*0.08, n, n*0.08, n/2, n*0.94)
		if s == state.TriangleDownOpen {
			polygon(z, 2*t, n*0.08+t, n/2, n*0.94-2.2*t, n-2*t, n*0.08+t)
		}
	case state.Diamond:
		polygon(z, n/2, 0, n, n/2, n/2, n, 0, n/2)
	case state.Circle:
		disc(z, n/2, n*0.46, false)
		polygon(z, n*0.27, n/2-t/2, n*0.27, n/2+t/2, n*0.73, n/2+t/2, n*0.73, n/2-t/2)
		disc(z, n/2, n*0.46-t, true)
	case state.Ring:
		disc(z, n/2, n*0.42, false)
		disc(z, n/2, n*0.42-t, true)
	case state.Dot:
		disc(z, n/2, n*0.3, false)
	case state.Tick:
		polygon(z, n*0.02, n*0.55, n*0.02+t, n*0.55-t, n*0.36, n*0.72-t/2, n*0.92-t/2, n*0.1, n*0.98, n*0.1+t, n*0.36, n*0.94)
	case state.Cross:
		k := n * 0.1
		polygon(z, k, k+t, k+t, k, n-k, n-k-t, n-k-t, n-k)
		polygon(z, n-k-t, k, n-k, k+t, k+t, n-k, k, n-k-t)
	case state.Dash:
		polygon(z, n*0.12, n/2-t/2, n*0.12, n/2+t/2, n*0.88, n/2+t/2, n*0.88, n/2-t/2)
	}
}

func polygon(z *vector.Rasterizer, xy ...float32) {
	z.MoveTo(xy[0], xy[1])
	for i := 2; i < len(xy); i += 2 {
		z.LineTo(xy[i], xy[i+1])
	}
	z.ClosePath()
}

// disc lays a circle around (c, c) as four cubic curves; inner ones run the
// other way round.
func disc(z *vector.Rasterizer, c, r float32, inner bool) {
	const k = 0.5523 // the usual handle length of a quarter circle
	dy := r
	if inner {
		dy = -r
	}
	z.MoveTo(c+r, c)
	z.CubeTo(c+r, c+dy*k, c+r*k, c+dy, c, c+dy)
	z.CubeTo(c-r*k, c+dy, c-r, c+dy*k, c-r, c)
	z.CubeTo(c-r, c-dy*k, c-r*k, c-dy, c, c-dy)
	z.CubeTo(c+r*k, c-dy, c+r, c-dy*k, c+r, c)
	z.ClosePath()
}
