package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"garrod/review"
	"garrod/review/triage"

	"github.com/spf13/cobra"
)

func (p *program) filterCommand() *cobra.Command {
	group := &cobra.Command{Use: "filter", Short: "Saved filters: named, versioned, never changed in place"}
	group.AddCommand(p.filterListCommand(), p.filterShowCommand(), p.filterSaveCommand(), p.filterDiffCommand())
	return group
}

// filterRow is one filter as "filter list" prints it.
type filterRow struct {
	Name    string        `json:"name"`
	Version int           `json:"version"`
	Shipped bool          `json:"shipped"` // comes with the program
	Locked  bool          `json:"locked"`
	SHA256  string        `json:"sha256"`
	By      review.UserID `json:"by,omitempty"`
	Created *time.Time    `json:"created"` // null for a shipped one
}

func (p *program) filterListCommand() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use: "list", Short: "List the filters", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withLab(cmd.Context(), func(l *lab) error {
				rows, err := l.filterRows(cmd, all)
				if err != nil {
					return err
				}
				return p.print(rows, func(w io.Writer) { printFilters(w, rows) })
			})
		},
	}
	c.Flags().BoolVar(&all, "all", false, "every version, not the newest ones only")
	return c
}

func (l *lab) filterRows(cmd *cobra.Command, all bool) ([]filterRow, error) {
	var rows []filterRow
	for _, f := range shippedFilters() {
		hash, err := f.Hash()
		if err != nil {
			return nil, err
		}
		rows = append(rows, filterRow{Name: f.Name, Version: f.Version, Shipped: true, SHA256: hash})
	}
	saved, err := l.storedFilters(cmd.Context(), all)
	if err != nil {
		return nil, err
	}
	for _, s := range saved {
		at := s.Created
		rows = append(rows, filterRow{Name: s.Name, Version: s.Version, Locked: s.Locked, SHA256: s.Hash(), By: s.By, Created: &at})
	}
	return rows, nil
}

func printFilters(w io.Writer, rows []filterRow) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "NAME\tVERSION\tSTATE\tSAVED\tBY\tSHA-256")
	for _, r := range rows {
		state, at := "open", "-"
		switch {
		case r.Shipped:
			state = "shipped"
		case r.Locked:
			state = "locked"
		}
		if r.Created != nil {
			at = r.Created.Format("2006-01-02 15:04")
		}
		by := string(r.By)
		if by == "" {
			by = "-"
		}
		fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%s\t%.12s\n", r.Name, r.Version, state, at, by, r.SHA256)
	}
	_ = t.Flush() // standard output is checked by no command
}

func (p *program) filterShowCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show NAME[@VERSION]", Short: "Print a filter as JSON, as \"filter save\" reads it", Args: exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.withLab(cmd.Context(), func(l *lab) error {
				f, err := l.filter(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				text, err := f.JSON()
				if err != nil {
					return err
				}
				return p.print(f, func(w io.Writer) { _, _ = w.Write(text) })
			})
		},
	}
}

// filterSaved is what "filter save" prints. A filter belongs to no case.
type filterSaved struct {
	Case     *review.CaseID `json:"case"`
	Name     string         `json:"name"`
	Version  int            `json:"version"`
	Revision int            `json:"revision"` // the version
	Locked   bool           `json:"locked"`
	SHA256   string         `json:"sha256"`
	AuditSeq int64          `json:"audit_seq"`
}

func (p *program) filterSaveCommand() *cobra.Command {
	var name, file, reason string
	var lock, unlock bool
	c := &cobra.Command{
		Use: "save --file F.json [--name NAME]", Short: "Save a filter from a file, as a new version of its name",
		Args: atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 1 && file == "":
				file = args[0]
			case len(args) == 1:
				return usagef("%s: name the file once", cmd.CommandPath())
			case lock && unlock:
				return usagef("%s: --lock and --unlock exclude each other", cmd.CommandPath())
			}
			if file == "" {
				return usagef("%s: --file is needed", cmd.CommandPath())
			}
			return p.withLab(cmd.Context(), func(l *lab) error {
				f, err := readFilterFile(file)
				if err != nil {
					return err
				}
				if name != "" {
					f.Name = name
				}
				return p.saveFilter(cmd, l, f, lockFlag(lock, unlock), reason)
			})
		},
	}
	c.Flags().StringVar(&file, "file", "", "the filter as JSON")
	c.Flags().StringVar(&name, "name", "", "the name to save it under (default: the one in the file)")
	c.Flags().BoolVar(&lock, "lock", false, "lock it: only an authoriser or a rule editor may add a version, with a reason")
	c.Flags().BoolVar(&unlock, "unlock", false, "take the lock off")
	c.Flags().StringVar(&reason, "reason", "", "why")
	return c
}

func atMostOne(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usagef("%s: want one file, got %d", cmd.UseLine(), len(args))
	}
	return nil
}

// lockFlag is nil where the lock stays as it is.
func lockFlag(lock, unlock bool) *bool {
	if lock || unlock {
		return &lock
	}
	return nil
}

func (p *program) saveFilter(cmd *cobra.Command, l *lab, f triage.Filter, lock *bool, reason string) error {
	s, change, err := l.saveFilter(cmd.Context(), f, lock, reason)
	if err != nil {
		return err
	}
	out := filterSaved{Name: s.Name, Version: s.Version, Revision: s.Version, Locked: s.Locked, SHA256: s.Hash(), AuditSeq: change.Seq}
	return p.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "Saved filter %s, version %d", s.Name, s.Version)
		if s.Locked {
			fmt.Fprint(w, ", locked")
		}
		fmt.Fprintln(w)
	})
}
