package main

import (
	"context"
	"errors"
	"testing"

	"garrod/review"
	"garrod/review/triage"
)

func TestFetchGivesEveryRowInOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	withCase(t, b.lab, "GOOD-1", func(_ review.Case, src triage.Source) {
		s := src.Summary()
		every := make([]int, s.Len())
		for i := range every {
			every[i] = i
		}
		some := []int{0, 7, 8, 9, 500, s.Len() - 1}
		for _, rows := range [][]int{every, some, nil} {
			next := 0
			err := src.Fetch(t.Context(), rows, func(row int, v *review.Variant) error {
				if row != rows[next] || v.Key != s.Key(row) {
					t.Fatalf("row %d with %s, want row %d with %s", row, v.Key, rows[next], s.Key(rows[next]))
				}
				next++
				return nil
			})
			if err != nil || next != len(rows) {
				t.Errorf("%d of %d rows: %v", next, len(rows), err)
			}
		}
		enough := errors.New("enough")
		n := 0
		err := src.Fetch(t.Context(), every, func(int, *review.Variant) error {
			if n++; n == 1000 {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || n != 1000 {
			t.Errorf("%v after %d rows", err, n)
		}
		ctx, cancel := context.WithCancel(t.Context())
		n = 0
		err = src.Fetch(ctx, every, func(int, *review.Variant) error {
			if n++; n == 100 {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) || n == len(every) {
			t.Errorf("cancelled after 100 rows: %v after %d", err, n)
		}
	})
}
