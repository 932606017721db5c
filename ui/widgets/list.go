package widgets

import (
	"context"

	"garrod/ui/state"
	"garrod/ui/task"
)

// List is a grid over rows of T which it sorts and searches away from the UI
// goroutine.
type List[T any] struct {
	Table *state.Table[T]
	Grid  *Grid
	// OnShown is called after rows were shown in a new arrangement.
	OnShown func()

	desk *Desk
	slot *task.Slot
	rows []T
	want state.View
	then func() // waits for the rows to be shown
}

// NewList makes an empty list with these columns; id names a row.
func NewList[T any](d *Desk, cols []state.Column[T], id func(*T) string) *List[T] {
	l := &List[T]{desk: d, slot: d.Owner.Slot(), Table: state.NewTable(cols, id), want: state.View{Sort: -1}}
	l.Grid = NewGrid(l.Table, Heads(cols))
	l.Grid.OnSort = func(col int) {
		l.want = NextView(l.want, col)
		l.arrange()
	}
	return l
}

// SetColumns replaces the columns; the rows follow with SetRows.
func (l *List[T]) SetColumns(cols []state.Column[T]) {
	l.Table.Columns = cols
	l.want.Sort = -1
	l.Grid.SetHeads(Heads(cols))
}

// SetRows replaces the rows and calls then once they are on the screen.
func (l *List[T]) SetRows(rows []T, then func()) {
	l.rows, l.then = rows, then
	l.arrange()
}

// Search shows the rows that hold every word of q.
func (l *List[T]) Search(q string) {
	l.want.Query = q
	l.arrange()
}

// arrange sorts and searches the newest rows; what an older call was doing is
// dropped.
func (l *List[T]) arrange() {
	rows, cols, v := l.rows, l.Table.Columns, l.want
	task.Start(l.slot,
		func(ctx context.Context) ([]uint32, error) { return state.Arrange(ctx, rows, cols, v) },
		func(order []uint32, err error) {
			if err != nil {
				l.desk.Fail(err)
				return
			}
			l.Table.Show(rows, order, v)
			l.Grid.Reload()
			if l.OnShown != nil {
				l.OnShown()
			}
			if then := l.then; then != nil {
				l.then = nil
				then()
			}
		})
}
