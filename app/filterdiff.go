package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"garrod/review"
	"garrod/review/triage"
	"garrod/ui/state"

	"github.com/spf13/cobra"
)

func (p *program) filterDiffCommand() *cobra.Command {
	var id string
	var limit int
	c := &cobra.Command{
		Use: "diff --case ID FROM TO", Short: "Show what another filter would add to a case's list, and what it would take out",
		Args: exactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := need(cmd, "case"); err != nil {
				return err
			}
			if limit < 0 {
				return usagef("--limit %d: want 0 or more", limit)
			}
			return p.withLab(cmd.Context(), func(l *lab) error {
				from, err := l.filter(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				to, err := l.filter(cmd.Context(), args[1])
				if err != nil {
					return err
				}
				d, err := l.CompareFilters(cmd.Context(), review.CaseID(id), from, to, nil)
				if err != nil {
					return err
				}
				d.Cut(limit)
				return p.print(d, func(w io.Writer) { printDiff(w, d) })
			})
		},
	}
	c.Flags().StringVar(&id, "case", "", "the case's identifier")
	c.Flags().IntVar(&limit, "limit", 0, "print at most this many variants of each sort (0: all)")
	return c
}

// CompareFilters compares what two filters make of a case.
func (l *lab) CompareFilters(ctx context.Context, id review.CaseID, from, to triage.Filter, m *review.Meter) (state.FilterDiff, error) {
	d := state.FilterDiff{Case: id}
	from, err1 := l.withPast(ctx, id, from)
	to, err2 := l.withPast(ctx, id, to)
	if err := errors.Join(err1, err2); err != nil {
		return d, err
	}
	err := l.withVCFShown(ctx, id, m, func(c review.Case, src triage.Source) error { return fillDiff(ctx, src, &c, from, to, &d) })
	return d, err
}

func fillDiff(ctx context.Context, src triage.Source, c *review.Case, from, to triage.Filter, d *state.FilterDiff) error {
	a, err := triage.Run(ctx, src, c, from, nil)
	if err != nil {
		return err
	}
	b, err := triage.Run(ctx, src, c, to, nil)
	if err != nil {
		return err
	}
	if d.From, err = side(a); err != nil {
		return err
	}
	if d.To, err = side(b); err != nil {
		return err
	}
	if d.Added, err = onlyIn(src, c, b, a); err != nil {
		return err
	}
	if d.Removed, err = onlyIn(src, c, a, b); err != nil {
		return err
	}
	d.Counts = state.FilterCounts{Added: len(d.Added), Removed: len(d.Removed), Unchanged: len(a.List) - len(d.Removed), NotHeld: a.NotHeld + b.NotHeld}
	for _, r := range d.Removed {
		if r.Rescued {
			d.Counts.Rescued++
		}
	}
	return nil
}

func side(w *triage.Worklist) (state.FilterSide, error) {
	hash, err := w.Filter.Hash()
	return state.FilterSide{
		Name: w.Filter.Name, Version: w.Filter.Version, SHA256: hash, Funnel: w.Funnel,
		Listed: int64(len(w.List)) + w.NotHeld, Rescued: int64(len(w.Rescue)),
	}, err
}

// onlyIn lists what a lists and b does not.
func onlyIn(src triage.Source, c *review.Case, a, b *triage.Worklist) ([]state.FilterRow, error) {
	have, rescued := map[string]int{}, map[string]string{}
	for _, r := range b.List {
		have[r.Variant.Key.String()]++
	}
	for _, r := range b.Rescue {
		rescued[r.Variant.Key.String()] = r.RemovedBy
	}
	var rows []triage.Row
	for _, r := range a.List {
		k := r.Variant.Key.String()
		if have[k] > 0 {
			have[k]--
			continue
		}
		rows = append(rows, r)
	}
	steps, err := triage.RemovedBy(src, c, b.Filter, rows)
	if err != nil {
		return nil, err
	}
	out := []state.FilterRow{}
	for i, r := range rows {
		j := r.JSON()
		row := state.FilterRow{Key: j.Key, Gene: j.Gene, HGVSc: j.HGVSc, Consequence: j.Consequence, RemovedBy: steps[i]}
		if by, ok := rescued[j.Key]; ok {
			row.RemovedBy, row.Rescued = by, true
		}
		out = append(out, row)
	}
	return out, nil
}

func printDiff(w io.Writer, d state.FilterDiff) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range []struct {
		word string
		state.FilterSide
	}{{"from", d.From}, {"to", d.To}} {
		fmt.Fprintf(t, "%s\t%s, version %d\t%d in the list\t%d in the rescue lane\n", s.word, s.Name, s.Version, s.Listed, s.Rescued)
	}
	_ = t.Flush() // standard output is checked by no command
	fmt.Fprintf(w, "%d added, %d removed, %d stay. Nothing was changed.\n", d.Counts.Added, d.Counts.Removed, d.Counts.Unchanged)
	for _, r := range d.Added {
		fmt.Fprintf(t, "+\t%s\t%s\t%s\tkept out by %s\n", r.Key, orDash(r.Gene), orDash(r.Consequence), r.RemovedBy)
	}
	for _, r := range d.Removed {
		note := ""
		if r.Rescued {
			note = ", but in the rescue lane"
		}
		fmt.Fprintf(t, "-\t%s\t%s\t%s\tremoved by %s%s\n", r.Key, orDash(r.Gene), orDash(r.Consequence), r.RemovedBy, note)
	}
	_ = t.Flush() // as above
	if d.Counts.LeftOut > 0 {
		fmt.Fprintf(w, "%d more are left out by --limit\n", d.Counts.LeftOut)
	}
	if d.Counts.NotHeld > 0 {
		fmt.Fprintf(w, "%d variants of the lists are not compared: there are too many\n", d.Counts.NotHeld)
	}
}
