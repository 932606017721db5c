package pdf

import (
	"fmt"
	"slices"
	"strings"

	"garrod/reports"

	"github.com/jung-kurt/gofpdf"
)

// The page, in millimetres.
const (
	pageWidth, pageHeight = 210.0, 297.0
	left, right           = 17.0, 193.0
	width                 = right - left
	bottom                = 280.0 // body text ends above
	mm                    = 72 / 25.4
	leading               = 1.28 // line height over letter height
)

// face is a font with its size in points and whether it is set in grey.
type face struct {
	family, style string
	size          float64
	tone          tone
}

type tone int

const (
	black tone = iota
	grey
	accent
	white
)

var (
	body     = face{"sans", "", 9, black}
	strong   = face{"sans", "B", 9, black}
	small    = face{"sans", "", 8, black}
	smallB   = face{"sans", "B", 8, black}
	label    = face{"sans", "", 7, grey}
	labels   = face{"sans", "", 8, grey} // beside a value in small
	code     = face{"mono", "", 8, black}
	title    = face{"sans", "B", 15, black}
	section  = face{"sans", "B", 10.5, accent}
	headline = face{"sans", "B", 12.5, black}
	meaning  = face{"sans", "", 10, black}
)

func (c face) height() float64 { return c.size / mm * leading }

// painter draws one document. y is where the next line begins.
type painter struct {
	f      *gofpdf.Fpdf
	doc    reports.Document
	total  int
	top    float64 // where the body begins, below the head
	y      float64
	cover  *coverage
	lost   replaced
	widths map[glyph]float64 // in the file's unit
	fields []FieldBox
	full   []reports.Field // what head and signature fields print shortened
}

// brief shortens what would burst the head of a page or a signature field; it
// is printed in full before the signatures.
func (p *painter) brief(label, s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	f := reports.Field{Label: label, Value: s}
	if !slices.Contains(p.full, f) {
		p.full = append(p.full, f)
	}
	return string(r[:most]) + "…"
}

func (p *painter) use(c face) {
	p.f.SetFont(c.family, c.style, c.size)
	switch c.tone {
	case grey:
		p.f.SetTextColor(85, 85, 85)
	case accent:
		p.f.SetTextColor(0, 62, 116)
	case white:
		p.f.SetTextColor(255, 255, 255)
	default:
		p.f.SetTextColor(0, 0, 0)
	}
}

// lines cleans and wraps s as c sets it.
func (p *painter) lines(s string, c face, w float64) []string {
	p.use(c)
	return wrap(p.cover.clean(s, &p.lost), w, func(r rune) float64 {
		k := glyph{c.family, c.style, c.size, r}
		v, ok := p.widths[k]
		if !ok {
			v = p.f.GetStringWidth(string(r))
			p.widths[k] = v
		}
		return v
	})
}

// glyph is a character as a face sets it.
type glyph struct {
	family, style string
	size          float64
	char          rune
}

// put draws one line that is clean already; y is its upper edge.
func (p *painter) put(x, y float64, s string, c face) {
	if s == "" {
		return
	}
	p.use(c)
	p.f.Text(x, y+c.height()*0.76, s)
}

// putRight draws a clean line that ends at x.
func (p *painter) putRight(x, y float64, s string, c face) {
	p.use(c)
	p.put(x-p.f.GetStringWidth(s), y, s, c)
}

// block draws wrapped text at a fixed place and returns the y below it. It does
// not break pages.
func (p *painter) block(x, y, w float64, s string, c face) float64 {
	for _, l := range p.lines(s, c, w) {
		p.put(x, y, l, c)
		y += c.height()
	}
	return y
}

// need starts a new page unless h millimetres are left on this one.
func (p *painter) need(h float64) {
	if p.y+h > bottom {
		p.newPage()
	}
}

func (p *painter) newPage() {
	p.f.AddPage()
	p.watermark()
	p.top = p.head()
	p.foot()
	p.y = p.top
}

// para draws wrapped text across the body, over as many pages as it takes.
func (p *painter) para(s string, c face, indent float64) {
	for _, l := range p.lines(s, c, width-indent) {
		p.need(c.height())
		p.put(left+indent, p.y, l, c)
		p.y += c.height()
	}
}

// item draws a paragraph with a dot before it.
func (p *painter) item(s string, c face) {
	p.need(c.height())
	p.put(left+1, p.y, "•", c)
	p.para(s, c, 4.5)
	p.y += 0.4
}

// heading draws a section's title with a rule; follow is the height that must
// stand with it on the page.
func (p *painter) heading(s string, follow float64) {
	p.y += 3
	p.need(section.height() + 2 + follow)
	for _, l := range p.lines(s, section, width) {
		p.need(section.height())
		p.put(left, p.y, l, section)
		p.y += section.height()
	}
	p.rule(p.y+0.3, 0.25, 0)
	p.y += 1.8
}

// rule draws a line across the body.
func (p *painter) rule(y, thick float64, shade int) {
	p.f.SetDrawColor(shade, shade, shade)
	p.f.SetLineWidth(thick)
	p.f.Line(left, y, right, y)
}

// head draws what every page begins with and returns where the body begins.
func (p *painter) head() float64 {
	h := p.doc.Head
	y := 9.0
	if h.Marking != "" {
		y = p.marking(y, h.Marking)
	}
	report := fmt.Sprintf("Report %s, version %d", p.brief("Report", h.ReportID, 60), h.Version)
	rightY := p.blockRight(y, 70, report, strong)
	rightY = p.blockRight(rightY, 70, h.Date, small)
	rightY = p.blockRight(rightY, 85, h.Status, smallB)
	y = p.block(left, y, width-75, p.brief("Laboratory", h.Laboratory, 120), face{"sans", "B", 11, black})
	under := h.Address
	if h.UKAS != "" {
		under = strings.TrimPrefix(under+" · UKAS "+h.UKAS, " · ")
	}
	if under != "" {
		y = p.block(left, y, width-75, p.brief("Address", under, 200), label)
	}
	return p.identifiers(max(y, rightY) + 1.5)
}

// blockRight draws wrapped text that ends at the right margin.
func (p *painter) blockRight(y, w float64, s string, c face) float64 {
	for _, l := range p.lines(s, c, w) {
		p.putRight(right, y, l, c)
		y += c.height()
	}
	return y
}

// marking draws a band that cannot be taken for part of the layout, in black so
// that copies show it.
func (p *painter) marking(y float64, s string) float64 {
	c := face{"sans", "B", 10, white}
	s = p.cover.clean(s, &p.lost)
	p.f.SetFillColor(0, 0, 0)
	p.f.Rect(left, y, width, 6, "F")
	p.use(c)
	p.put((pageWidth-p.f.GetStringWidth(s))/2, y+0.75, s, c)
	return y + 8
}

// identifiers draws the strip that names the patient.
func (p *painter) identifiers(y float64) float64 {
	list := p.doc.Head.Identifiers
	if len(list) == 0 {
		return y
	}
	c := face{"sans", "B", 10, black}
	values, columns := p.identifierColumns(list, c)
	height := 0.0
	for i := range list {
		height = max(height, float64(len(p.lines(values[i], c, columns[i]-gap)))*c.height())
	}
	height += label.height() + 2.4
	p.f.SetFillColor(238, 238, 238)
	p.f.SetDrawColor(0, 0, 0)
	p.f.SetLineWidth(0.25)
	p.f.Rect(left, y, width, height, "FD")
	x := left + 2
	for i, id := range list {
		p.block(x, p.block(x, y+1, columns[i]-gap, id.Label, label), columns[i]-gap, values[i], c)
		x += columns[i]
	}
	return y + height + 4
}

// identifierColumns shares the strip out by how wide each value is, between a
// tenth and two fifths of it, so that names seldom break.
func (p *painter) identifierColumns(list []reports.Field, c face) (values []string, columns []float64) {
	const strip = width - 2
	values, columns = make([]string, len(list)), make([]float64, len(list))
	sum := 0.0
	for i, id := range list {
		values[i] = p.brief(id.Label, id.Value, 60)
		clean := p.cover.clean(values[i], &p.lost)
		p.use(c)
		columns[i] = min(max(p.f.GetStringWidth(clean)+2*gap, strip/10), strip*0.4)
		sum += columns[i]
	}
	for i := range columns {
		columns[i] *= strip / sum
	}
	return values, columns
}

// foot draws what every page ends with.
func (p *painter) foot() {
	h := p.doc.Head
	y := bottom + 3
	p.rule(y, 0.25, 0)
	y++
	p.put(left, y, p.cover.clean(fmt.Sprintf("%s, version %d", p.brief("Report", h.ReportID, 60), h.Version), &p.lost), label)
	p.putRight(right, y, fmt.Sprintf("Page %d of %d", p.f.PageNo(), p.total), smallB)
	if h.Marking != "" {
		s := p.cover.clean(h.Marking, &p.lost)
		p.use(smallB)
		p.put((pageWidth-p.f.GetStringWidth(s))/2, y, s, smallB)
	}
}

// watermark draws across the page, under everything else.
func (p *painter) watermark() {
	if p.doc.Head.Watermark == "" {
		return
	}
	s := p.cover.clean(p.doc.Head.Watermark, &p.lost)
	p.f.SetFont("sans", "B", 46)
	p.f.SetTextColor(222, 222, 222)
	x, y := pageWidth/2, pageHeight/2
	p.f.TransformBegin()
	p.f.TransformRotate(52, x, y)
	p.f.Text(x-p.f.GetStringWidth(s)/2, y, s)
	p.f.TransformEnd()
}
