package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"garrod/review"
	"garrod/review/identity"

	"github.com/spf13/cobra"
)

// identityDoc is what "identity" prints: the report, with the thresholds by name.
type identityDoc struct {
	Case review.CaseID `json:"case"`
	identity.Report
	Thresholds map[string]identity.Threshold `json:"thresholds"` // hides the list
	Checks     []review.Check                `json:"checks"`
	// Blocked says that the parents, or the relatives of Kin, are not used.
	Blocked  bool                     `json:"blocked"`
	Blocks   []string                 `json:"blocks"`
	Kin      []review.DoubtedKin      `json:"kin"`
	Override *review.IdentityOverride `json:"override"`
}

func newIdentityDoc(c review.Case, r identity.Report) identityDoc {
	d := identityDoc{
		Case: c.ID, Report: r, Thresholds: map[string]identity.Threshold{}, Checks: identityChecksOf(c),
		Blocked: c.Identity.Blocked(), Blocks: c.Identity.Blocks, Kin: append([]review.DoubtedKin{}, c.Identity.Kin...), Override: c.Identity.Override,
	}
	if d.Blocks == nil {
		d.Blocks = []string{}
	}
	for _, t := range r.Thresholds {
		d.Thresholds[t.Name] = t
	}
	return d
}

// identityChecksOf are a case's checks of identity, in their order.
func identityChecksOf(c review.Case) []review.Check {
	out := []review.Check{}
	for _, name := range identity.CheckNames() {
		for _, k := range c.Checks {
			if k.Name == name {
				out = append(out, k)
			}
		}
	}
	return out
}

func (p *program) identityCommand() *cobra.Command {
	var id string
	c := &cobra.Command{
		Use: "identity", Short: "Show who the samples of a case are from by their genotypes", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "case"); err != nil {
				return err
			}
			return p.withLab(cmd.Context(), func(l *lab) error {
				c, r, err := l.Identity(cmd.Context(), review.CaseID(id))
				if err != nil {
					return err
				}
				return p.print(newIdentityDoc(c, r), func(w io.Writer) { printIdentity(w, c, r) })
			})
		},
	}
	c.Flags().StringVar(&id, "case", "", "the case's identifier")
	c.AddCommand(p.identityOverrideCommand())
	return c
}

// identityOverridden is what "identity override" prints.
type identityOverridden struct {
	Case     review.CaseID            `json:"case"`
	Revision int64                    `json:"revision"`
	AuditSeq int64                    `json:"audit_seq"`
	Voided   bool                     `json:"voided"`
	Blocked  bool                     `json:"blocked"`
	Override *review.IdentityOverride `json:"override"`
}

func (p *program) identityOverrideCommand() *cobra.Command {
	var id, reason string
	c := &cobra.Command{
		Use: "override", Short: "Use the declared relatives in spite of what the genotypes say", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "case", "reason"); err != nil {
				return err
			}
			return p.withLab(cmd.Context(), func(l *lab) error {
				c, change, err := l.desk().OverrideIdentity(cmd.Context(), review.CaseID(id), reason)
				if err != nil {
					return err
				}
				out := identityOverridden{c.ID, c.Revision, change.Seq, change.Voided, c.Identity.Blocked(), c.Identity.Override}
				return p.print(out, func(w io.Writer) {
					fmt.Fprintf(w, "Case %s: %s are used. Overridden by %s: %s\n", c.ID, c.Identity.NotUsed(), out.Override.Name, out.Override.Reason)
				})
			})
		},
	}
	c.Flags().StringVar(&id, "case", "", "the case's identifier")
	c.Flags().StringVar(&reason, "reason", "", "why, for every page and the report")
	return c
}

// printIdentity writes the report for people: what fails first.
func printIdentity(w io.Writer, c review.Case, r identity.Report) {
	switch o := c.Identity.Override; {
	case c.Identity.Blocked():
		fmt.Fprintf(w, "NOT used: %s:\n  %s\n", c.Identity.NotUsed(), strings.Join(c.Identity.Blocks, "\n  "))
	case o != nil:
		fmt.Fprintf(w, "Overridden by %s on %s: %s\n  %s\n", o.Name, o.At.Format("2 January 2006"), o.Reason, strings.Join(c.Identity.Blocks, "\n  "))
	}
	printChecks(w, identityChecksOf(c))
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintf(t, "\n%d of %d rows count\n", r.Sites, r.Rows)
	fmt.Fprintln(t, "\nSex\tdeclared\tgenetic\thet on X\tof sites\tY calls\tof sites\tY/X depth\tverdict")
	for _, s := range r.Sex {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%d\t%d\t%d\t%s\t%s\n", s.Sample, s.Declared, s.Genetic, figure(s.XHet), s.XSites, s.YCalls, s.YSites, figure(s.YX), s.Verdict)
	}
	fmt.Fprintln(t, "\nPair\t\tphi\tIBS0\tsites\tdeclared\tmeasured\tverdict")
	for _, p := range r.Pairs {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%d\t%s\t%s\t%s\n", p.A, p.B, figure(p.Phi), figure(p.IBS0), p.Sites, p.Declared, p.Measured, p.Verdict)
	}
	fmt.Fprintln(t, "\nMendelian errors\terrors\tsites\trate\tverdict")
	for _, m := range append(r.Mendel.Trios, r.Mendel.Duos...) {
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\t%s\n", m.Child, m.Errors, m.Sites, figure(m.Rate), m.Verdict)
	}
	fmt.Fprintln(t, "\nHomozygosity\truns\tMb\tshare\tverdict")
	for _, h := range r.ROH {
		fmt.Fprintf(t, "%s\t%d\t%.1f\t%.4f\t%s\n", h.Sample, len(h.Runs), float64(h.Total)/1e6, h.Share, h.Verdict)
	}
	for _, d := range r.UPD {
		fmt.Fprintf(t, "%s\tchromosome %s\t%s\t%s\t%d markers\n", d.Child, d.Contig, d.Origin, d.Kind, d.Markers)
	}
	fmt.Fprintln(t, "\nContamination\tforeign reads\tsites\todd hets\tof hets\tverdict")
	for _, k := range r.Contamination {
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%d\t%s\n", k.Sample, figure(k.Share), k.Sites, figure(k.OddHets), k.Hets, k.Verdict)
	}
	fmt.Fprintln(t, "\nMitochondria\t\tdifferences\tsites\tverdict")
	for _, m := range r.Mitochondrial.Pairs {
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%s\n", m.Mother, m.Child, m.Differences, m.Sites, m.Verdict)
	}
	fmt.Fprintln(t, "\nThreshold\tvalue\tmeaning\tsource")
	for _, x := range r.Thresholds {
		fmt.Fprintf(t, "%s\t%g\t%s\t%s\n", x.Name, x.Value, x.Meaning, x.Source)
	}
	_ = t.Flush() // like every print of this program
}

// figure writes a number that may not be known.
func figure(x *float64) string {
	if x == nil {
		return "-"
	}
	return fmt.Sprintf("%.4f", *x)
}
