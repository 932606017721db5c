package triage

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"garrod/review"
	"garrod/review/genome"
)

// Difference is what a change of the filter would do to a list. Nothing is
// changed by looking at it.
type Difference struct {
	From, To []review.FunnelStep // the funnels before and after
	// Added and Removed are in genome order.
	Added, Removed []DiffRow
	Unchanged      int64 // rows in both lists
	// NotCompared counts rows of the two lists that are not held, see
	// Worklist.NotHeld.
	NotCompared int64
}

// DiffRow is a variant that is in one of the two lists only.
type DiffRow struct {
	Key         genome.Key
	Gene        string // of the chosen consequence, empty where there is none
	Consequence string // its most severe term
	// RemovedBy is the step that keeps it out of the other list: of the filter
	// before for an added row, of the one after for a removed one.
	RemovedBy string
	Rescued   bool // the rescue lane of the other filter shows it all the same
}

// Diff compares the list that from makes with the one that to would make.
func Diff(ctx context.Context, src Source, c *review.Case, from, to Filter) (Difference, error) {
	var d Difference
	var sides [2]*sift
	for i, f := range []Filter{from, to} {
		p, err := newPlan(c, f)
		if err != nil {
			return d, fmt.Errorf("compare filters: %w", err)
		}
		sides[i] = newSift(p, src.Summary())
		if err := sides[i].run(ctx, src, nil); err != nil {
			return d, fmt.Errorf("compare filters: %w", err)
		}
	}
	a, b := sides[0], sides[1]
	d.From, d.To = a.w.Funnel, b.w.Funnel
	d.Added, d.Removed = b.without(a), a.without(b)
	d.Unchanged = int64(len(a.w.List) - len(d.Removed))
	d.NotCompared = a.w.NotHeld + b.w.NotHeld
	return d, nil
}

// without lists the rows of s that other does not list.
func (s *sift) without(other *sift) []DiffRow {
	theirs := make(map[uint32]*entry, len(other.entries))
	for i, e := range other.entries {
		if !other.beside[e] {
			theirs[other.rows[i]] = e
		}
	}
	var out []DiffRow
	for i, e := range s.entries {
		if e.row.Lane != LaneList {
			continue
		}
		there := theirs[s.rows[i]]
		if there != nil && there.row.Lane == LaneList {
			continue
		}
		row := DiffRow{Key: e.row.Variant.Key}
		if q, ok := e.row.Consequence(); ok {
			row.Gene = q.Symbol
			row.Consequence, _ = q.Worst()
		}
		if there != nil {
			row.RemovedBy, row.Rescued = there.row.RemovedBy, there.row.Lane == LaneRescue
		} else if row.RemovedBy = other.p.remover(&e.row.Variant); row.RemovedBy == "" {
			continue // in the other list too, but not held: it is not compared
		}
		out = append(out, row)
	}
	slices.SortStableFunc(out, func(a, b DiffRow) int {
		return cmp.Or(compareKeys(a.Key, b.Key), cmp.Compare(a.RemovedBy, b.RemovedBy))
	})
	return out
}

// remover names the step that removes a variant of which no row is held; empty
// where none does. Held rows are those that labels decide on.
func (p *plan) remover(v *review.Variant) string {
	sub := p.subject(v)
	sub.labels, sub.noFit = p.kin.single(v)
	for _, st := range p.steps() {
		if st.judge(&sub) == removed {
			return st.name
		}
	}
	return ""
}
