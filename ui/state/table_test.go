package state_test

import (
	"cmp"
	"context"
	"errors"
	"testing"

	"garrod/ui/state"

	gocmp "github.com/google/go-cmp/cmp"
)

type row struct {
	name string
	af   *float64
}

func f(v float64) *float64 { return &v }

func columns() []state.Column[row] {
	return []state.Column[row]{
		{Key: "name", Cell: func(r *row) state.Cell { return state.Cell{Text: r.name} }},
		{
			Key: "af", Cell: func(r *row) state.Cell { return state.Cell{} },
			Known:   func(r *row) bool { return r.af != nil },
			Compare: func(a, b *row) int { return cmp.Compare(*a.af, *b.af) },
		},
	}
}

func rows() []row {
	return []row{{"BRCA2", f(0.01)}, {"abca4", nil}, {"CFTR", f(0)}, {"BRCA1", nil}, {"TP53", f(0.2)}}
}

func TestArrange(t *testing.T) {
	for _, tt := range []struct {
		name string
		view state.View
		want []uint32
	}{
		{"own order", state.View{Sort: -1}, []uint32{0, 1, 2, 3, 4}},
		{"by text, case ignored", state.View{Sort: 0}, []uint32{1, 3, 0, 2, 4}},
		{"by text, down", state.View{Sort: 0, Desc: true}, []uint32{4, 2, 0, 3, 1}},
		{"unknown comes last, and zero is not unknown", state.View{Sort: 1}, []uint32{2, 0, 4, 1, 3}},
		{"unknown comes last downwards too", state.View{Sort: 1, Desc: true}, []uint32{4, 0, 2, 1, 3}},
		{"search ignores case", state.View{Sort: -1, Query: "brca"}, []uint32{0, 3}},
		{"each word must match", state.View{Sort: -1, Query: "brca 2"}, []uint32{0}},
		{"nothing matches", state.View{Sort: 0, Query: "zz"}, []uint32{}},
		{"a column that does not exist keeps the order", state.View{Sort: 9}, []uint32{0, 1, 2, 3, 4}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := state.Arrange(context.Background(), rows(), columns(), tt.view)
			if err != nil {
				t.Fatal(err)
			}
			if d := gocmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestArrangeStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := state.Arrange(ctx, rows(), columns(), state.View{}); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}

func TestSelectionStaysOnItsRow(t *testing.T) {
	tab := state.NewTable(columns(), func(r *row) string { return r.name })
	tab.Show(rows(), []uint32{0, 1, 2, 3, 4}, state.View{Sort: -1})
	if tab.Selected() != 0 {
		t.Fatalf("a fresh table selects its first row, got %d", tab.Selected())
	}
	tab.Select(2) // CFTR
	tab.Select(99)
	tab.Show(rows(), []uint32{4, 3, 2, 1, 0}, state.View{Sort: 0, Desc: true})
	if r := tab.SelectedRow(); r == nil || r.name != "CFTR" {
		t.Fatalf("got %+v", r)
	}
	tab.Show(rows(), []uint32{4, 0}, state.View{Sort: -1, Query: "x"})
	if r := tab.SelectedRow(); r == nil || r.name != "TP53" {
		t.Fatalf("a selection that is gone goes to the first row, got %+v", r)
	}
	tab.Show(nil, nil, state.View{})
	if tab.Selected() != -1 || tab.SelectedRow() != nil {
		t.Fatal("an empty table has no selection")
	}
}

func TestNeighbour(t *testing.T) {
	tab := state.NewTable(columns(), func(r *row) string { return r.name })
	tab.Show(rows(), []uint32{4, 2, 0}, state.View{})
	if n := tab.Neighbour("CFTR", 1); n == nil || n.name != "BRCA2" {
		t.Errorf("after CFTR: %+v", n)
	}
	if n := tab.Neighbour("TP53", -1); n != nil {
		t.Errorf("before the first: %+v", n)
	}
	if n := tab.Neighbour("abca4", 1); n != nil {
		t.Errorf("a row that is not shown has no neighbour: %+v", n)
	}
}
