package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"sync"

	fynetheme "fyne.io/fyne/v2/theme"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// pen paints text and figures into an RGBA image. Its unit is the pixel; scale
// turns the canvas' units into pixels, so that text is crisp at any FYNE_SCALE.
type pen struct {
	img    *image.RGBA
	scale  float32
	shapes map[shapeKey]*image.Alpha
}

// start readies the pen for a frame of w by h pixels on a widget that is width
// units wide, reusing the image when it fits.
func (p *pen) start(w, h int, width float32) {
	if p.img == nil || p.img.Rect.Dx() != w || p.img.Rect.Dy() != h {
		p.img = image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	p.scale = 1
	if width > 0 {
		p.scale = float32(w) / width
	}
}

// px turns units into whole pixels.
func (p *pen) px(units float32) int { return int(units*p.scale + 0.5) }

func (p *pen) fill(r image.Rectangle, c color.Color) {
	draw.Draw(p.img, r.Intersect(p.img.Rect), image.NewUniform(c), image.Point{}, draw.Src)
}

func (p *pen) frame(r image.Rectangle, c color.Color, width int) {
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+width), c)
	p.fill(image.Rect(r.Min.X, r.Max.Y-width, r.Max.X, r.Max.Y), c)
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+width, r.Max.Y), c)
	p.fill(image.Rect(r.Max.X-width, r.Min.Y, r.Max.X, r.Max.Y), c)
}

// text paints s within r, vertically centred, with an ellipsis where it does
// not fit. It returns the width used, in pixels.
func (p *pen) text(s string, r image.Rectangle, size float32, bold bool, c color.Color, right bool) int {
	f := faceFor(p.px(size), bold)
	s, width := f.fit(s, r.Dx())
	x := r.Min.X
	if right {
		x = r.Max.X - width
	}
	y := r.Min.Y + (r.Dy()+f.ascent-f.descent)/2
	src, clip := image.NewUniform(c), r.Intersect(p.img.Rect)
	at := fixed.I(x)
	for _, ru := range s {
		g := f.glyph(ru)
		g.draw(p.img, clip, at.Round(), y, src)
		at += g.advance
	}
	return width
}

// width returns the width of s in pixels.
func (p *pen) width(s string, size float32, bold bool) int {
	return faceFor(p.px(size), bold).width(s).Ceil()
}

// glyph is one character's picture at one size.
type glyph struct {
	mask    *image.Alpha
	offset  image.Point // of the mask from the pen's place on the base line
	advance fixed.Int26_6
}

func (g *glyph) draw(dst *image.RGBA, clip image.Rectangle, x, y int, src image.Image) {
	if g.mask == nil {
		return
	}
	r := g.mask.Rect.Sub(g.mask.Rect.Min).Add(image.Pt(x, y).Add(g.offset))
	vis := r.Intersect(clip)
	if vis.Empty() {
		return
	}
	draw.DrawMask(dst, vis, src, image.Point{}, g.mask, g.mask.Rect.Min.Add(vis.Min.Sub(r.Min)), draw.Over)
}

// face is a font at one pixel size with the glyphs painted so far. It is used
// on the goroutine that paints only.
type face struct {
	font            font.Face
	outlines        *sfnt.Font
	spare           font.Face // for characters that font does not have, such as ≤
	buffer          sfnt.Buffer
	glyphs          map[rune]*glyph
	ascent, descent int
	dots            fixed.Int26_6
}

const (
	ellipsis = '…'
	missing  = '?' // stands for a character that no font has: seen, not left out
)

func (f *face) glyph(r rune) *glyph {
	if g, ok := f.glyphs[r]; ok {
		return g
	}
	g := &glyph{}
	f.glyphs[r] = g
	from := f.font
	if i, err := f.outlines.GlyphIndex(&f.buffer, r); err == nil && i == 0 {
		from = f.spare
	}
	dr, mask, maskp, advance, ok := from.Glyph(fixed.Point26_6{}, r)
	switch {
	case ok:
		m := image.NewAlpha(image.Rect(0, 0, dr.Dx(), dr.Dy()))
		draw.Draw(m, m.Rect, mask, maskp, draw.Src)
		g.mask, g.offset, g.advance = m, dr.Min, advance
	case r != missing:
		*g = *f.glyph(missing)
	}
	return g
}

func (f *face) width(s string) (w fixed.Int26_6) {
	for _, r := range s {
		w += f.glyph(r).advance
	}
	return w
}

// fit shortens s to at most width pixels, with an ellipsis when something was
// left out, and returns the width of what is left.
func (f *face) fit(s string, width int) (string, int) {
	limit := fixed.I(width)
	var w fixed.Int26_6
	cut, cutWidth := 0, fixed.Int26_6(0)
	for i, r := range s {
		if w+f.dots <= limit {
			cut, cutWidth = i, w
		}
		w += f.glyph(r).advance
		if w > limit {
			if f.dots > limit {
				return "", 0
			}
			return s[:cut] + string(ellipsis), (cutWidth + f.dots).Ceil()
		}
	}
	return s, w.Ceil()
}

// faces caches faces by pixel size and weight. Tests paint from several
// goroutines, hence the lock; the program paints from one.
var faces = struct {
	sync.Mutex
	byKey map[faceKey]*face
}{byKey: map[faceKey]*face{}}

type faceKey struct {
	px   int
	bold bool
}

var (
	regular = sync.OnceValue(func() *sfnt.Font { return parse(fynetheme.DefaultTextFont().Content()) })
	strong  = sync.OnceValue(func() *sfnt.Font { return parse(fynetheme.DefaultTextBoldFont().Content()) })
	// Fyne's text font lacks the signs of comparison and the minus; its
	// monospaced one has them.
	spare = sync.OnceValue(func() *sfnt.Font { return parse(fynetheme.DefaultTextMonospaceFont().Content()) })
)

func parse(b []byte) *sfnt.Font {
	f, err := opentype.Parse(b)
	if err != nil {
		panic("widgets: the font built into Fyne does not parse: " + err.Error())
	}
	return f
}

func faceFor(px int, bold bool) *face {
	px = max(px, 1)
	faces.Lock()
	defer faces.Unlock()
	if f, ok := faces.byKey[faceKey{px, bold}]; ok {
		return f
	}
	src := regular()
	if bold {
		src = strong()
	}
	ff := newFace(src, px)
	m := ff.Metrics()
	f := &face{
		font: ff, outlines: src, spare: newFace(spare(), px), glyphs: map[rune]*glyph{},
		ascent: m.Ascent.Ceil(), descent: m.Descent.Ceil(),
	}
	f.dots = f.glyph(ellipsis).advance
	faces.byKey[faceKey{px, bold}] = f
	return f
}

func newFace(src *sfnt.Font, px int) font.Face {
	f, err := opentype.NewFace(src, &opentype.FaceOptions{Size: float64(px), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic("widgets: a face of a positive size can always be made: " + err.Error())
	}
	return f
}
