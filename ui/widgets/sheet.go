package widgets

import (
	"image"
	"strings"

	"garrod/ui/state"
	"garrod/ui/theme"

	"fyne.io/fyne/v2"
)

// Sheet is a small table of texts that wrap, all of it in sight: labels and
// values, a family's genotypes, a criterion's inputs.
type Sheet struct {
	painted
	// Columns are the widths in canvas units; 0 shares what is left.
	columns []float32
	head    []string
	rows    [][]state.Cell
	lines   [][][]string // row, column, line
	heights []float32
	laidOut float32 // the width that lines were made for
}

// Sizes in canvas units.
const (
	sheetLine = 18
	sheetGap  = 4   // between rows
	sheetPad  = 8   // between columns, and before the first
	sheetWrap = 520 // the width that texts are wrapped for before it is known
)

// NewSheet makes a sheet with these column widths; a width of 0 shares what is
// left.
func NewSheet(columns ...float32) *Sheet {
	s := &Sheet{columns: columns}
	s.init(s, s.paint)
	return s
}

// Set replaces head (nil for none) and rows.
func (s *Sheet) Set(head []string, rows [][]state.Cell) {
	s.head, s.rows = head, rows
	width := s.Size().Width
	if width <= 0 {
		width = sheetWrap
	}
	s.layout(width)
	s.Refresh()
}

// Text returns the whole sheet, cells apart by tabs and rows by line ends.
func (s *Sheet) Text() string {
	var b strings.Builder
	for _, row := range s.rows {
		for i, c := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(c.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// MinSize is the height the rows take at the present width.
func (s *Sheet) MinSize() fyne.Size {
	h := float32(2)
	if s.head != nil {
		h += sheetLine
	}
	for _, rh := range s.heights {
		h += rh
	}
	w := float32(0)
	for _, c := range s.columns {
		w += max(c, 60)
	}
	return fyne.NewSize(w, h)
}

// Resize wraps the texts anew.
func (s *Sheet) Resize(size fyne.Size) {
	if size.Width != s.laidOut {
		s.layout(size.Width)
	}
	s.BaseWidget.Resize(size)
}

// widths shares width among the columns.
func (s *Sheet) widths(width float32) []float32 {
	out := make([]float32, len(s.columns))
	fixed, open := float32(0), 0
	for _, c := range s.columns {
		fixed += c
		if c == 0 {
			open++
		}
	}
	for i, c := range s.columns {
		if out[i] = c; c == 0 {
			out[i] = max((width-sheetPad-fixed)/float32(open), 40)
		}
	}
	return out
}

func (s *Sheet) layout(width float32) {
	s.laidOut = width
	s.lines, s.heights = make([][][]string, len(s.rows)), make([]float32, len(s.rows))
	ws := s.widths(width)
	for r, row := range s.rows {
		most := 1
		s.lines[r] = make([][]string, len(row))
		for c, cell := range row {
			room := ws[min(c, len(ws)-1)] - sheetPad
			if cell.Shape != state.NoShape {
				room -= 14
			}
			if cell.Chip {
				room -= 10
			}
			s.lines[r][c] = wrap(cell.Text, room, cell.Tone == state.Strong || cell.Chip)
			most = max(most, len(s.lines[r][c]))
		}
		s.heights[r] = float32(most)*sheetLine + sheetGap
	}
}

func (s *Sheet) paint(p *pen, pal theme.Palette) {
	p.fill(p.img.Rect, pal.Panel)
	ws := s.widths(s.Size().Width)
	y := float32(1)
	if s.head != nil {
		x := float32(sheetPad)
		for i, h := range s.head {
			r := image.Rect(p.px(x), p.px(y), p.px(x+ws[i]-sheetPad), p.px(y+sheetLine))
			p.text(h, r, gridText-1, true, pal.Muted, false)
			x += ws[i]
		}
		y += sheetLine
	}
	for r, row := range s.rows {
		if r > 0 || s.head != nil {
			p.fill(image.Rect(0, p.px(y)-1, p.img.Rect.Max.X, p.px(y)), pal.Header)
		}
		x := float32(sheetPad)
		for c, cell := range row {
			w := ws[min(c, len(ws)-1)]
			for i, line := range s.lines[r][c] {
				s.paintLine(p, pal, cell, line, i, x, y+sheetGap/2, w)
			}
			x += w
		}
		y += s.heights[r]
	}
}

// paintLine paints line i of a cell; the lines after the first stand under its
// text, not under its shape.
func (s *Sheet) paintLine(p *pen, pal theme.Palette, c state.Cell, line string, i int, x, y, w float32) {
	right := x + w - sheetPad
	if i > 0 && c.Shape != state.NoShape {
		c.Shape = state.NoShape
		x += 14
	}
	c.Text = line
	y += float32(i) * sheetLine
	// Room beyond the column: rounding must not turn a whole line into an ellipsis.
	p.cell(c, image.Rect(p.px(x), p.px(y), p.px(right)+p.px(4), p.px(y+sheetLine)), pal)
}

// wrap breaks s into lines of at most width units, at blanks where there are
// any, within a word where not.
func wrap(s string, width float32, bold bool) []string {
	var out []string
	for para := range strings.SplitSeq(s, "\n") {
		out = append(out, wrapLine(para, int(width), faceFor(gridText, bold))...)
	}
	return out
}

func wrapLine(s string, width int, f *face) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(s) {
		try := word
		if line != "" {
			try = line + " " + word
		}
		if f.width(try).Ceil() <= width {
			line = try
			continue
		}
		if line != "" {
			out = append(out, line)
		}
		for line = word; f.width(line).Ceil() > width && len([]rune(line)) > 1; {
			n := fitting(line, width, f)
			out = append(out, line[:n])
			line = line[n:]
		}
	}
	return append(out, line)
}

// fitting returns how many bytes of s fit, at least one character.
func fitting(s string, width int, f *face) int {
	n := 0
	for i := range s {
		if i > 0 && f.width(s[:i]).Ceil() > width {
			break
		}
		n = i
	}
	if n == 0 {
		n = len(string([]rune(s)[:1]))
	}
	return n
}
