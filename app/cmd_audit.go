package main

import (
	"fmt"
	"io"

	"garrod/review"

	"github.com/spf13/cobra"
)

func (p *program) auditCommand() *cobra.Command {
	audit := &cobra.Command{Use: "audit", Short: "The trail of who did what, when and why"}
	var caseID string
	show := &cobra.Command{
		Use: "show", Short: "Print the events, one a line", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withEvents(cmd, func(events []review.Event) error {
				for _, e := range events {
					if caseID != "" && string(e.Case) != caseID {
						continue
					}
					if p.json {
						p.printJSON(e)
						continue
					}
					fmt.Fprintf(p.out, "%5d %s %-16s %-18s %s %s %s\n", e.Seq, e.At.Format("2006-01-02 15:04:05Z"), e.User, e.Action, e.Case, e.Object, e.Reason)
				}
				return nil
			})
		},
	}
	show.Flags().StringVar(&caseID, "case", "", "only this case")
	verify := &cobra.Command{
		Use: "verify", Short: "Check that the trail is whole", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withEvents(cmd, p.verifyTrail)
		},
	}
	head := &cobra.Command{
		Use: "head", Short: "Print the number and hash of the last event, to be noted elsewhere", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withEvents(cmd, func(events []review.Event) error {
				seq, hash := trailHead(events)
				return p.print(map[string]any{"seq": seq, "hash": hash}, func(w io.Writer) { fmt.Fprintln(w, seq, hash) })
			})
		},
	}
	audit.AddCommand(show, verify, head)
	return audit
}

func trailHead(events []review.Event) (int64, string) {
	if len(events) == 0 {
		return 0, ""
	}
	last := events[len(events)-1]
	return last.Seq, last.Hash
}

func (p *program) withEvents(cmd *cobra.Command, fn func([]review.Event) error) error {
	return p.withLab(cmd.Context(), func(l *lab) error {
		var events []review.Event
		err := l.store.View(cmd.Context(), l.session(), func(tx review.Tx) (err error) {
			events, err = tx.Events(1)
			return err
		})
		if err != nil {
			return err
		}
		return fn(events)
	})
}

func (p *program) verifyTrail(events []review.Event) error {
	bad, problem := review.VerifyChain(events)
	seq, hash := trailHead(events)
	out := map[string]any{"intact": bad == 0, "events": len(events), "seq": seq, "hash": hash}
	if bad != 0 {
		out["first_bad"], out["problem"] = bad, problem
	}
	err := p.print(out, func(w io.Writer) {
		if bad == 0 {
			fmt.Fprintf(w, "The trail of %d events is whole. Its head is %d %s\n", len(events), seq, hash)
			return
		}
		fmt.Fprintf(w, "The trail is broken at event %d: %s\n", bad, problem)
	})
	if err == nil && bad != 0 {
		return errNegative
	}
	return err
}

func (p *program) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use: "check", Short: "Check the laboratory's database", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withLab(cmd.Context(), func(l *lab) error {
				checks, err := l.store.Check(cmd.Context())
				if err != nil {
					return err
				}
				type row struct {
					Part    string         `json:"part"`
					Name    string         `json:"name"`
					Outcome review.Outcome `json:"outcome"`
					Detail  string         `json:"detail"`
				}
				rows, failed := []row{}, false
				for _, c := range checks {
					rows = append(rows, row{"database", c.Name, c.Outcome, c.Detail})
					failed = failed || c.Outcome == review.Fail
				}
				err = p.print(rows, func(w io.Writer) {
					for _, r := range rows {
						fmt.Fprintf(w, "%-12s %-18s %s\n", r.Outcome, r.Name, r.Detail)
					}
				})
				if err == nil && failed {
					return errNegative
				}
				return err
			})
		},
	}
}
