package state

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Tone is how loudly a cell speaks. A tone never carries a meaning alone: the
// cell's text or shape says the same.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Muted
	Strong
	Good
	Caution
	Bad
	Accent
)

// Shape is a small figure before a cell's text, so that kinds are told apart
// without colour.
type Shape uint8

// The shapes. Filled and open triangles, up for pathogenic and down for benign,
// stand for the classes; see ClassShape.
const (
	NoShape Shape = iota
	TriangleUp
	TriangleUpOpen
	Circle
	TriangleDownOpen
	TriangleDown
	Diamond
	Tick
	Cross
	Dash
	Ring
	Dot
)

// Cell is one cell of a table.
type Cell struct {
	Text  string
	Tone  Tone
	Shape Shape
	Chip  bool // drawn with a border around it
	Right bool // aligned to the right, for numbers
}

// Column is one column of a table over rows of T.
type Column[T any] struct {
	Key   string // text key of the header
	Width float32
	Cell  func(*T) Cell
	// Compare orders two rows; nil orders by the cells' text.
	Compare func(a, b *T) int
	// Known tells whether the row has a value; rows without one come last in
	// both directions. Nil: every row has one.
	Known func(*T) bool
}

// View is how a table is arranged.
type View struct {
	Sort  int // column, -1 for the rows' own order
	Desc  bool
	Query string // rows must hold each word of it in some cell
}

// Arrange returns the indexes of the rows that match v.Query, in the order v
// asks for. It runs away from the UI goroutine.
func Arrange[T any](ctx context.Context, rows []T, cols []Column[T], v View) ([]uint32, error) {
	words := strings.Fields(strings.ToLower(v.Query))
	order := make([]uint32, 0, len(rows))
	for i := range rows {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if matches(&rows[i], cols, words) {
			order = append(order, uint32(i))
		}
	}
	if v.Sort < 0 || v.Sort >= len(cols) {
		return order, ctx.Err()
	}
	less := comparer(cols[v.Sort], v.Desc)
	slices.SortStableFunc(order, func(a, b uint32) int { return less(&rows[a], &rows[b]) })
	return order, ctx.Err()
}

func matches[T any](row *T, cols []Column[T], words []string) bool {
	if len(words) == 0 {
		return true
	}
	var b strings.Builder
	for _, c := range cols {
		b.WriteString(strings.ToLower(c.Cell(row).Text))
		b.WriteByte('\n')
	}
	text := b.String()
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// comparer orders rows by a column, those without a value last.
func comparer[T any](c Column[T], desc bool) func(a, b *T) int {
	compare := c.Compare
	if compare == nil {
		compare = func(a, b *T) int {
			return cmp.Compare(strings.ToLower(c.Cell(a).Text), strings.ToLower(c.Cell(b).Text))
		}
	}
	return func(a, b *T) int {
		if c.Known != nil {
			ka, kb := c.Known(a), c.Known(b)
			switch {
			case ka && !kb:
				return -1
			case !ka && kb:
				return 1
			case !ka:
				return 0
			}
		}
		if desc {
			return compare(b, a)
		}
		return compare(a, b)
	}
}

// Table is what a grid shows of rows: an arrangement and a selection. It is
// used on the UI goroutine only; Arrange does the slow part elsewhere.
type Table[T any] struct {
	Columns []Column[T]
	ID      func(*T) string // names a row, so that the selection survives

	rows     []T
	order    []uint32
	view     View
	selected string
	at       int // position of the selected row, -1 when it is not shown
}

// NewTable makes an empty table.
func NewTable[T any](cols []Column[T], id func(*T) string) *Table[T] {
	return &Table[T]{Columns: cols, ID: id, view: View{Sort: -1}, at: -1}
}

// Show puts rows in the table in the order of Arrange for v. The selection
// stays on its row; where that is gone, the first row is selected.
func (t *Table[T]) Show(rows []T, order []uint32, v View) {
	t.rows, t.order, t.view, t.at = rows, order, v, -1
	for i := range order {
		if t.selected != "" && t.ID(&rows[order[i]]) == t.selected {
			t.at = i
			return
		}
	}
	if len(order) > 0 {
		t.Select(0)
	}
}

// Rows returns all rows, in their own order.
func (t *Table[T]) Rows() []T { return t.rows }

// View returns the arrangement.
func (t *Table[T]) View() View { return t.view }

// Len returns the number of rows shown.
func (t *Table[T]) Len() int { return len(t.order) }

// At returns the row shown at position i, nil when there is none.
func (t *Table[T]) At(i int) *T {
	if i < 0 || i >= len(t.order) {
		return nil
	}
	return &t.rows[t.order[i]]
}

// Cell returns the cell of the row at position i.
func (t *Table[T]) Cell(i, col int) Cell {
	row := t.At(i)
	if row == nil || col < 0 || col >= len(t.Columns) {
		return Cell{}
	}
	return t.Columns[col].Cell(row)
}

// Select makes the row at position i the selected one; a position outside the
// table changes nothing.
func (t *Table[T]) Select(i int) {
	if row := t.At(i); row != nil {
		t.at, t.selected = i, t.ID(row)
	}
}

// SelectID selects the row named id and reports whether it is shown.
func (t *Table[T]) SelectID(id string) bool {
	for i := range t.order {
		if t.ID(t.At(i)) == id {
			t.Select(i)
			return true
		}
	}
	return false
}

// Selected returns the position of the selected row, -1 when there is none.
func (t *Table[T]) Selected() int { return t.at }

// SelectedRow returns the selected row, nil when there is none.
func (t *Table[T]) SelectedRow() *T { return t.At(t.at) }

// Neighbour returns the row step positions away from the row named id, nil at
// either end or when id is not shown.
func (t *Table[T]) Neighbour(id string, step int) *T {
	for i := range t.order {
		if t.ID(t.At(i)) == id {
			return t.At(i + step)
		}
	}
	return nil
}
