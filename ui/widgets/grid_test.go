package widgets_test

import (
	"fmt"
	"image"
	"testing"

	"garrod/ui/state"
	"garrod/ui/theme"
	"garrod/ui/widgets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// many is a source of any number of rows that notes which rows were painted.
type many struct {
	n, at   int
	view    state.View
	painted map[int]bool
}

func (m *many) Len() int { return m.n }
func (m *many) Cell(row, col int) state.Cell {
	if m.painted != nil {
		m.painted[row] = true
	}
	return state.Cell{Text: fmt.Sprintf("r%d c%d", row, col)}
}
func (m *many) Selected() int    { return m.at }
func (m *many) Select(row int)   { m.at = row }
func (m *many) View() state.View { return m.view }

const (
	headHeight = 24
	rowHeight  = 22
)

// grid shows 20 rows of n in a window of its own.
func grid(t *testing.T, n int) (*widgets.Grid, *many, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New())
	src := &many{n: n, at: 0, view: state.View{Sort: -1}, painted: map[int]bool{}}
	g := widgets.NewGrid(src, []widgets.Head{{"A", 100}, {"B", 100}, {"C", 60}})
	w := test.NewTempWindow(t, g)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, headHeight+20*rowHeight))
	w.Canvas().Focus(g)
	return g, src, w
}

func press(g *widgets.Grid, keys ...fyne.KeyName) {
	for _, k := range keys {
		g.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// painted returns the first and last row of a fresh frame.
func painted(src *many, w fyne.Window) (first, last int) {
	clear(src.painted)
	w.Canvas().Capture()
	first, last = src.n, -1
	for r := range src.painted {
		first, last = min(first, r), max(last, r)
	}
	return first, last
}

func TestKeysMoveTheSelection(t *testing.T) {
	for _, tt := range []struct {
		name string
		keys []fyne.KeyName
		want int
	}{
		{"down", []fyne.KeyName{fyne.KeyDown, fyne.KeyDown}, 2},
		{"up stops at the first", []fyne.KeyName{fyne.KeyDown, fyne.KeyUp, fyne.KeyUp}, 0},
		{"page down", []fyne.KeyName{fyne.KeyPageDown}, 19},
		{"page up", []fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageUp}, 19},
		{"end", []fyne.KeyName{fyne.KeyEnd}, 4_999_999},
		{"home", []fyne.KeyName{fyne.KeyEnd, fyne.KeyHome}, 0},
		{"down stops at the last", []fyne.KeyName{fyne.KeyEnd, fyne.KeyDown}, 4_999_999},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g, src, _ := grid(t, 5_000_000)
			press(g, tt.keys...)
			if src.at != tt.want {
				t.Errorf("selected %d, want %d", src.at, tt.want)
			}
		})
	}
}

func TestExactAtRow4900000(t *testing.T) {
	g, src, w := grid(t, 5_000_000)
	src.at = 4_900_000
	g.Reload()
	if first, last := painted(src, w); first != 4_900_000-19 || last != 4_900_000 {
		t.Fatalf("painted %d to %d", first, last)
	}
	for step := 1; step <= 5; step++ { // one row each, and no row is jumped over
		g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -rowHeight)})
		if first, _ := painted(src, w); first != 4_900_000-19+step {
			t.Fatalf("after %d steps the first row is %d, want %d", step, first, 4_900_000-19+step)
		}
	}
	for range 4 { // quarters of a row add up to one
		g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -rowHeight/4.0)})
	}
	first, _ := painted(src, w)
	if first != 4_900_000-19+6 {
		t.Fatalf("after four quarters the first row is %d", first)
	}
	test.TapAt(g, fyne.NewPos(20, headHeight+7*rowHeight+rowHeight/2))
	if src.at != first+7 {
		t.Fatalf("a click in the eighth row selected %d, want %d", src.at, first+7)
	}
}

func TestWheelStopsAtBothEnds(t *testing.T) {
	g, src, w := grid(t, 50)
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 9999)})
	if first, _ := painted(src, w); first != 0 {
		t.Errorf("first row %d", first)
	}
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -99999)})
	if first, last := painted(src, w); first != 30 || last != 49 {
		t.Errorf("rows %d to %d, want 30 to 49", first, last)
	}
}

func TestScrollBarReachesTheLastRow(t *testing.T) {
	g, src, w := grid(t, 5_000_000)
	g.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(395, headHeight+2)}})
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(395, 2000)}})
	g.DragEnd()
	if _, last := painted(src, w); last != 4_999_999 {
		t.Errorf("last row painted %d", last)
	}
	if src.at != 0 {
		t.Errorf("scrolling changed the selection to %d", src.at)
	}
}

func TestHeadSortsByClickAndByKey(t *testing.T) {
	g, _, _ := grid(t, 5)
	var got []int
	g.OnSort = func(col int) { got = append(got, col) }
	test.TapAt(g, fyne.NewPos(150, 5))
	g.TypedRune('o') // the column that was clicked
	press(g, fyne.KeyRight)
	g.TypedRune('o')
	if fmt.Sprint(got) != "[1 1 2]" {
		t.Fatalf("sorted by %v", got)
	}
}

func TestColumnEdgeIsDragged(t *testing.T) {
	g, _, _ := grid(t, 5)
	sorted := false
	g.OnSort = func(int) { sorted = true }
	g.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(100, 5)}})
	g.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(40, 0)})
	g.DragEnd()
	test.TapAt(g, fyne.NewPos(130, 5)) // still the first column now
	if !sorted {
		t.Fatal("no sort")
	}
	var col int
	g.OnSort = func(c int) { col = c }
	test.TapAt(g, fyne.NewPos(130, 5))
	if col != 0 {
		t.Fatalf("the widened first column does not reach 130: column %d", col)
	}
}

func TestEnterAndDoubleClickOpen(t *testing.T) {
	g, _, _ := grid(t, 5)
	var got []int
	g.OnOpen = func(row int) { got = append(got, row) }
	press(g, fyne.KeyDown, fyne.KeyReturn)
	g.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(5, headHeight+3*rowHeight+3)})
	if fmt.Sprint(got) != "[1 3]" {
		t.Fatalf("opened %v", got)
	}
}

func TestCopyTakesTheRowAsText(t *testing.T) {
	g, _, _ := grid(t, 5)
	press(g, fyne.KeyDown)
	clip := test.NewClipboard()
	g.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if clip.Content() != "r1 c0\tr1 c1\tr1 c2" {
		t.Fatalf("copied %q", clip.Content())
	}
}

func TestRuneHookComesFirst(t *testing.T) {
	g, src, _ := grid(t, 5)
	g.OnRune = func(r rune) bool { return r == 'j' }
	g.TypedRune('j')
	if src.at != 0 {
		t.Fatal("the hook took j, and the grid moved all the same")
	}
	g.TypedRune('k')
	press(g, fyne.KeyDown)
	if src.at != 1 {
		t.Fatalf("selected %d", src.at)
	}
}

func TestTextIsCrispAtEveryScale(t *testing.T) {
	for _, scale := range []float32{1, 1.6, 2} {
		_, _, w := grid(t, 5)
		w.Canvas().(interface{ SetScale(float32) }).SetScale(scale)
		w.Resize(fyne.NewSize(400, 300))
		img := w.Canvas().Capture()
		if n := ink(img, scale); n == 0 {
			t.Errorf("no full ink at scale %.1f: the text was painted small and stretched", scale)
		}
	}
}

// ink counts nearly full text pixels in the first row: a picture stretched from
// another size has none or few.
func ink(img image.Image, scale float32) (n int) {
	want := theme.Light.Text
	if theme.Current() == theme.Dark {
		want = theme.Dark.Text
	}
	for y := int(headHeight * scale); y < int((headHeight+2*rowHeight)*scale); y++ {
		for x := range int(100 * scale) {
			r, g, b, _ := img.At(x, y).RGBA()
			if near(r, want.R) && near(g, want.G) && near(b, want.B) {
				n++
			}
		}
	}
	return n
}

func near(v uint32, want uint8) bool {
	d := int(v>>8) - int(want)
	return d > -24 && d < 24
}

func BenchmarkPaint(b *testing.B) {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(theme.New())
	src := &many{n: 5_000_000, view: state.View{Sort: -1}}
	var heads []widgets.Head
	for range 14 {
		heads = append(heads, widgets.Head{Text: "Column", Width: 100})
	}
	g := widgets.NewGrid(src, heads)
	w := test.NewTempWindow(b, g)
	w.Resize(fyne.NewSize(1400, 860))
	r := test.WidgetRenderer(g).Objects()[0].(interface{ Size() fyne.Size })
	_ = r.Size()
	for b.Loop() {
		widgets.Paint(g, 1400, 860)
	}
}
