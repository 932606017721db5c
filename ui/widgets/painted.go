package widgets

import (
	"image"

	"garrod/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// painted is a widget that paints itself into one raster.
type painted struct {
	widget.BaseWidget
	pen    pen
	raster *canvas.Raster
	draw   func(p *pen, pal theme.Palette)
}

// init readies p, whose outer widget is self.
func (p *painted) init(self fyne.Widget, draw func(*pen, theme.Palette)) {
	p.draw = draw
	p.raster = canvas.NewRaster(func(w, h int) image.Image {
		p.pen.start(w, h, p.Size().Width)
		p.draw(&p.pen, theme.Current())
		return p.pen.img
	})
	p.ExtendBaseWidget(self)
}

// CreateRenderer returns the one raster.
func (p *painted) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.raster) }

// Refresh paints again.
func (p *painted) Refresh() {
	if p.raster != nil {
		p.raster.Refresh()
	}
}

// Canary tells when a frame was painted after it was armed. It is one unit
// wide and stands in the window's corner.
type Canary struct {
	painted
	then func()
}

// NewCanary makes a canary.
func NewCanary() *Canary {
	c := &Canary{}
	c.init(c, func(p *pen, pal theme.Palette) {
		p.fill(p.img.Rect, pal.Ground)
		if then := c.then; then != nil {
			c.then = nil
			then()
		}
	})
	return c
}

// MinSize is one unit.
func (c *Canary) MinSize() fyne.Size { return fyne.NewSquareSize(1) }

// Arm calls then when the next frame is painted, from within the painting:
// then must only post.
func (c *Canary) Arm(then func()) {
	c.then = then
	c.Refresh()
}
