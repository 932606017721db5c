package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"garrod/review"
	"garrod/review/triage"

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
				d, err := l.filterDiff(cmd.Context(), review.CaseID(id), from, to)
				if err != nil {
					return err
				}
				d.cut(limit)
				return p.print(d, func(w io.Writer) { printDiff(w, d) })
			})
		},
	}
	c.Flags().StringVar(&id, "case", "", "the case's identifier")
	c.Flags().IntVar(&limit, "limit", 0, "print at most this many variants of each sort (0: all)")
	return c
}

// filterDiffDoc is what "filter diff" prints. Nothing is changed by it.
type filterDiffDoc struct {
	Case    review.CaseID `json:"case"`
	From    filterSide    `json:"from"`
	To      filterSide    `json:"to"`
	Added   []diffRow     `json:"added"`
	Removed []diffRow     `json:"removed"`
	Counts  diffCounts    `json:"counts"`
}

// filterSide is one of the two filters and what it leaves.
type filterSide struct {
	Name    string              `json:"name"`
	Version int                 `json:"version"`
	SHA256  string              `json:"sha256"`
	Funnel  []review.FunnelStep `json:"funnel"`
	Listed  int64               `json:"listed"`
	Rescued int64               `json:"rescued"`
}

// diffCounts counts all variants, also those that --limit leaves out.
type diffCounts struct {
	Added     int   `json:"added"`
	Removed   int   `json:"removed"`
	Unchanged int   `json:"unchanged"`
	LeftOut   int   `json:"left_out_by_limit"`
	NotHeld   int64 `json:"not_held"` // in a list but not compared, see triage.Worklist
	// Rescued counts the removed ones that the rescue lane still shows.
	Rescued int `json:"removed_to_rescue_lane"`
}

type diffRow struct {
	Key         string  `json:"key"`
	Gene        *string `json:"gene"`
	HGVSc       *string `json:"hgvsc"`
	Consequence *string `json:"consequence"`
	// RemovedBy is the step that takes it out: of TO for a removed variant, of
	// FROM for an added one.
	RemovedBy string `json:"removed_by"`
	// Rescued tells that the rescue lane shows a removed variant all the same.
	Rescued bool `json:"rescued,omitempty"`
}

// filterDiff compares what two filters make of a case.
func (l *lab) filterDiff(ctx context.Context, id review.CaseID, from, to triage.Filter) (filterDiffDoc, error) {
	d := filterDiffDoc{Case: id}
	from, err1 := l.withPast(ctx, id, from)
	to, err2 := l.withPast(ctx, id, to)
	if err := errors.Join(err1, err2); err != nil {
		return d, err
	}
	err := l.withVCF(ctx, id, func(c review.Case, src triage.Source) error { return d.fill(ctx, src, &c, from, to) })
	return d, err
}

func (d *filterDiffDoc) fill(ctx context.Context, src triage.Source, c *review.Case, from, to triage.Filter) error {
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
	d.Counts = diffCounts{Added: len(d.Added), Removed: len(d.Removed), Unchanged: len(a.List) - len(d.Removed), NotHeld: a.NotHeld + b.NotHeld}
	for _, r := range d.Removed {
		if r.Rescued {
			d.Counts.Rescued++
		}
	}
	return nil
}

func side(w *triage.Worklist) (filterSide, error) {
	hash, err := w.Filter.Hash()
	return filterSide{
		Name: w.Filter.Name, Version: w.Filter.Version, SHA256: hash, Funnel: w.Funnel,
		Listed: int64(len(w.List)) + w.NotHeld, Rescued: int64(len(w.Rescue)),
	}, err
}

// onlyIn lists what a lists and b does not.
func onlyIn(src triage.Source, c *review.Case, a, b *triage.Worklist) ([]diffRow, error) {
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
	out := []diffRow{}
	for i, r := range rows {
		j := r.JSON()
		row := diffRow{Key: j.Key, Gene: j.Gene, HGVSc: j.HGVSc, Consequence: j.Consequence, RemovedBy: steps[i]}
		if by, ok := rescued[j.Key]; ok {
			row.RemovedBy, row.Rescued = by, true
		}
		out = append(out, row)
	}
	return out, nil
}

// cut leaves at most n rows of each sort and counts the others.
func (d *filterDiffDoc) cut(n int) {
	for _, rows := range []*[]diffRow{&d.Added, &d.Removed} {
		if n > 0 && len(*rows) > n {
			d.Counts.LeftOut += len(*rows) - n
			*rows = (*rows)[:n]
		}
	}
}

func printDiff(w io.Writer, d filterDiffDoc) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range []struct {
		word string
		filterSide
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
