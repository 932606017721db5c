package main

import (
	"fmt"
	"io"
	"os"

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
	c.Flags().StringVar(&filter, "filter", "", "a saved filter's name, or a file with one (default: default)")
	c.Flags().StringVar(&explain, "explain", "", "KEY: say why this variant is or is not in the list")
	c.Flags().IntVar(&limit, "limit", 0, "print at most this many variants (0: all)")
	return c
}

// worklistDoc is what "worklist" prints.
type worklistDoc struct {
	Case     review.CaseID       `json:"case"`
	Filter   string              `json:"filter"`
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
}

func (p *program) worklist(cmd *cobra.Command, l *lab, id review.CaseID, f triage.Filter, limit int) error {
	w, err := l.Worklist(cmd.Context(), id, f, nil)
	if err != nil {
		return err
	}
	rows := append(append([]triage.Row{}, w.List...), w.Rescue...)
	doc := worklistDoc{
		Case: id, Filter: f.Name, Funnel: w.Funnel, Variants: []triage.RowJSON{}, Records: w.Records, Alleles: w.Variants,
		Listed: len(w.List), Rescued: len(w.Rescue), Unclassifiable: w.Unclassifiable, Unread: w.BadCount,
	}
	if limit > 0 && len(rows) > limit {
		doc.LeftOut, rows = len(rows)-limit, rows[:limit]
	}
	if doc.Variants, err = l.rowsJSON(cmd.Context(), id, rows); err != nil {
		return err
	}
	return p.print(doc, func(out io.Writer) { printWorklist(out, doc) })
}

func printWorklist(out io.Writer, d worklistDoc) {
	for _, s := range d.Funnel {
		fmt.Fprintf(out, "%-12s %-48s %8d -> %d\n", s.Step, s.Parameter, s.Before, s.After)
	}
	fmt.Fprintf(out, "%d in the list, %d in the rescue lane, %d records could not be read\n", d.Listed, d.Rescued, d.Unread)
	for _, v := range d.Variants {
		fmt.Fprintf(out, "%-7s %-26s %-10s %-24s %v\n", v.Lanes[0], v.Key, orDash(v.Gene), orDash(v.Consequence), v.Inheritance)
	}
	if d.LeftOut > 0 {
		fmt.Fprintf(out, "%d more are left out by --limit\n", d.LeftOut)
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

func (p *program) filterCommand() *cobra.Command {
	group := &cobra.Command{Use: "filter", Short: "Saved filters: named, versioned, never changed in place"}
	list := &cobra.Command{
		Use: "list", Short: "List the filters", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withLab(cmd.Context(), func(l *lab) error {
				all, err := l.Filters(cmd.Context())
				if err != nil {
					return err
				}
				return p.print(all, func(w io.Writer) {
					for _, f := range all {
						fmt.Fprintf(w, "%-20s version %d\n", f.Name, f.Version)
					}
				})
			})
		},
	}
	show := &cobra.Command{
		Use: "show NAME", Short: "Print a filter", Args: exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.withLab(cmd.Context(), func(l *lab) error {
				f, err := l.filter(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				p.printJSON(f)
				return nil
			})
		},
	}
	save := &cobra.Command{
		Use: "save FILE", Short: "Save a filter from a file, as a new version of its name", Args: exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.withLab(cmd.Context(), func(l *lab) error {
				f, seq, err := l.saveFilter(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return p.print(map[string]any{"name": f.Name, "version": f.Version, "audit_seq": seq}, func(w io.Writer) {
					fmt.Fprintf(w, "Saved filter %s, version %d\n", f.Name, f.Version)
				})
			})
		},
	}
	group.AddCommand(list, show, save)
	return group
}

// readFilterFile reads a filter from a file.
func readFilterFile(path string) (triage.Filter, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return triage.Filter{}, &review.InputError{
			Code: "filter_file", File: path, What: "there is no saved filter of this name, and no such file",
			Remedy: "See garrod filter list, or give the path of a filter file.", Err: err,
		}
	}
	f, err := triage.ParseFilter(b)
	if err != nil {
		return f, &review.InputError{Code: "filter_file", File: path, What: err.Error(), Remedy: "Put the filter file right.", Err: err}
	}
	return f, nil
}
