package main

import (
	"fmt"
	"io"
	"slices"

	"garrod/review"
	"garrod/review/triage"

	"github.com/spf13/cobra"
)

func (p *program) worklistCommand() *cobra.Command {
	var id, filter, explain string
	var limit int
	c := &cobra.Command{
		Use: "worklist", Short: "Triage a case: the funnel, the list and the rescue lane", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "case"); err != nil {
				return err
			}
			if limit < 0 {
				return usagef("--limit %d: want 0 or more", limit)
			}
			return p.withLab(cmd.Context(), func(l *lab) error {
				f, err := l.filter(cmd.Context(), filter)
				if err != nil {
					return err
				}
				if explain != "" {
					return p.explain(cmd, l, review.CaseID(id), explain, f)
				}
				return p.worklist(cmd, l, review.CaseID(id), f, limit)
			})
		},
	}
	c.Flags().StringVar(&id, "case", "", "the case's identifier")
	c.Flags().StringVar(&filter, "filter", "", "NAME, NAME@VERSION or a file with a filter (default: default)")
	c.Flags().StringVar(&explain, "explain", "", "KEY: say why this variant is or is not in the list")
	c.Flags().IntVar(&limit, "limit", 0, "print at most this many variants of the list (0: all); the rescue lane is always printed whole")
	return c
}

// worklistDoc is what "worklist" prints.
type worklistDoc struct {
	Case     review.CaseID `json:"case"`
	Revision int64         `json:"revision"`
	// AuditSeq is the event of a change of the filter that the worklist is looked
	// at with, null where it is the one used last.
	AuditSeq *int64              `json:"audit_seq"`
	Filter   string              `json:"filter"`
	Version  int                 `json:"filter_version"`
	Hash     string              `json:"filter_sha256"`
	Funnel   []review.FunnelStep `json:"funnel"`
	Variants []triage.RowJSON    `json:"variants"`
	// What is not in variants, so that nothing is left out in silence.
	Records        int64                        `json:"records"`
	Alleles        int64                        `json:"alleles"`
	Listed         int                          `json:"listed"`
	Rescued        int                          `json:"rescued"`
	LeftOut        int                          `json:"left_out_by_limit"`
	Unclassifiable map[review.VariantKind]int64 `json:"unclassifiable"`
	Unread         int64                        `json:"unread_records"`
	// NotHeld counts variants that belong in the list but are too many to print.
	NotHeld int64 `json:"not_held"`
	// Notes say what the list as a whole tells of the family.
	Notes []string `json:"notes"`
}

func (p *program) worklist(cmd *cobra.Command, l *lab, id review.CaseID, f triage.Filter, limit int) error {
	m, stop := p.progress("Reading")
	w, err := l.triaged(cmd.Context(), id, f, m)
	stop()
	if err != nil {
		return err
	}
	// The rescue lane is what no filter may hide, and no limit either.
	list := w.List
	if limit > 0 && len(list) > limit {
		list = list[:limit]
	}
	rows := slices.Concat(list, w.Rescue)
	doc := worklistDoc{
		Case: id, Filter: f.Name, Version: f.Version, Funnel: w.Funnel, Variants: []triage.RowJSON{}, Records: w.Records, Alleles: w.Variants,
		Listed: len(w.List), Rescued: len(w.Rescue), Unclassifiable: w.Unclassifiable, Unread: w.BadCount,
		LeftOut: len(w.List) - len(list), NotHeld: w.NotHeld, Notes: append([]string{}, w.Notes...),
	}
	if doc.Variants, err = l.rowsJSON(cmd.Context(), id, rows); err != nil {
		return err
	}
	if err := l.stampWorklist(cmd.Context(), &doc, w); err != nil {
		return err
	}
	return p.print(doc, func(out io.Writer) { printWorklist(out, doc) })
}

func printWorklist(out io.Writer, d worklistDoc) {
	for _, s := range d.Funnel {
		fmt.Fprintf(out, "%-12s %-48s %8d -> %d\n", s.Step, s.Parameter, s.Before, s.After)
	}
	fmt.Fprintf(out, "%d in the list, %d in the rescue lane, %d records could not be read\n", d.Listed, d.Rescued, d.Unread)
	for _, n := range d.Notes {
		fmt.Fprintln(out, n)
	}
	for _, v := range d.Variants {
		fmt.Fprintf(out, "%-7s %-26s %-10s %-24s %v\n", v.Lanes[0], v.Key, orDash(v.Gene), orDash(v.Consequence), v.Inheritance)
	}
	if d.LeftOut > 0 {
		fmt.Fprintf(out, "%d more are left out by --limit\n", d.LeftOut)
	}
	if d.NotHeld > 0 {
		fmt.Fprintf(out, "%d more belong in the list and are not shown: the filter lets too many through\n", d.NotHeld)
	}
}

// orDash writes a value that the file may not give.
func orDash(s *string) string {
	if s == nil {
		return "-"
	}
	return *s
}

func (p *program) explain(cmd *cobra.Command, l *lab, id review.CaseID, key string, f triage.Filter) error {
	e, err := l.Explain(cmd.Context(), id, key, f)
	if err != nil {
		return err
	}
	return p.print(e, func(w io.Writer) {
		fmt.Fprintf(w, "%s: record %s", e.Key, e.Record)
		if e.InList {
			fmt.Fprint(w, ", in the list")
		}
		fmt.Fprintf(w, ". %s\n", e.Note)
		for _, s := range e.Steps {
			fmt.Fprintf(w, "  %-12s %-40s %s %-12s value %-20s %s\n", s.Step, s.Parameter, s.Operator, s.Threshold, s.Value, s.Outcome)
		}
	})
}
