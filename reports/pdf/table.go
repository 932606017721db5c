package pdf

// run is text in one face; each run of a cell begins a line.
type run struct {
	text string
	face face
}

type cell []run

// grid is a table. Columns are in millimetres; those in numbers end at their
// right edge.
type grid struct {
	head    []string
	columns []float64
	numbers []bool
	rows    [][]cell
	last    bool // the last row is a total: a rule stands above it
	plain   bool // no rules between rows
}

const (
	gap = 2.0 // between columns
	pad = 0.9 // above and below a row
)

func (g grid) pad() float64 {
	if g.plain {
		return pad / 3
	}
	return pad
}

// laid is a line of a cell, ready to draw.
type laid struct {
	text string
	face face
}

// table draws g, with its head again on each page. A row stands on one page
// unless it is taller than half of one; then it goes on over the next.
func (p *painter) table(g grid) {
	p.need(20)
	p.tableHead(g)
	for i, row := range g.rows {
		cells := make([][]laid, len(row))
		height := 0.0
		for j, c := range row {
			cells[j] = p.lay(c, g.columns[j]-gap)
			height = max(height, heightOf(cells[j]))
		}
		if p.y+height+2*g.pad() > bottom && height < (bottom-p.top)/2 {
			p.newPage()
			p.tableHead(g)
		}
		if g.last && i == len(g.rows)-1 {
			p.rule(p.y, 0.25, 0)
		}
		p.row(g, cells)
		if i < len(g.rows)-1 && !g.plain {
			p.rule(p.y, 0.1, 150)
		}
	}
	p.rule(p.y, 0.25, 0)
	p.y += 1.5
}

// tableHeight is about how high g stands.
func (p *painter) tableHeight(g grid) float64 {
	total := smallB.height() + 2
	for _, row := range g.rows {
		height := 0.0
		for j, c := range row {
			height = max(height, heightOf(p.lay(c, g.columns[j]-gap)))
		}
		total += height + 2*g.pad()
	}
	return total
}

func (p *painter) tableHead(g grid) {
	if len(g.head) == 0 {
		return
	}
	x := left
	height := 0.0
	for j, h := range g.head {
		lines := p.lines(p.brief("Column", h, 30), smallB, g.columns[j]-gap) // the head must leave room for rows
		for n, l := range lines {
			p.cell(g, j, x, p.y+float64(n)*smallB.height(), l, smallB)
		}
		height = max(height, float64(len(lines))*smallB.height())
		x += g.columns[j]
	}
	p.y += height + 0.6
	p.rule(p.y, 0.25, 0)
}

func (p *painter) lay(c cell, w float64) []laid {
	var out []laid
	for _, r := range c {
		for _, l := range p.lines(r.text, r.face, w) {
			out = append(out, laid{l, r.face})
		}
	}
	return out
}

func heightOf(lines []laid) float64 {
	h := 0.0
	for _, l := range lines {
		h += l.face.height()
	}
	return h
}

// row draws the cells side by side, over several pages where they are long.
func (p *painter) row(g grid, cells [][]laid) {
	for {
		p.y += g.pad()
		x, lowest, more := left, p.y, false
		for j := range cells {
			y := p.y
			for len(cells[j]) > 0 && y+cells[j][0].face.height() <= bottom {
				p.cell(g, j, x, y, cells[j][0].text, cells[j][0].face)
				y += cells[j][0].face.height()
				cells[j] = cells[j][1:]
			}
			lowest = max(lowest, y)
			more = more || len(cells[j]) > 0
			x += g.columns[j]
		}
		p.y = lowest + g.pad()
		if !more {
			return
		}
		p.newPage()
		p.tableHead(g)
	}
}

func (p *painter) cell(g grid, column int, x, y float64, s string, c face) {
	if column < len(g.numbers) && g.numbers[column] {
		p.putRight(x+g.columns[column]-gap, y, s, c)
		return
	}
	p.put(x, y, s, c)
}
