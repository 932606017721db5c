package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/ui/state"

	"github.com/spf13/cobra"
)

// evidenceFlags are the flags of the evidence and review commands.
type evidenceFlags struct {
	caseID, variant, code, reason string
	assessment                    string
	unit                          acmg.Unit
	pmids                         []int
}

func (e *evidenceFlags) bind(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&e.caseID, "case", "", "the case's identifier")
	f.StringVar(&e.variant, "variant", "", "CHROM-POS-REF-ALT")
	f.StringVar(&e.assessment, "assessment", "", "the assessment, where the variant has several")
	f.StringVar(&e.unit.Gene, "gene", "", "HGNC ID, where the variant has several genes")
	f.StringVar(&e.unit.Disease, "disease", "", "MONDO ID")
	f.StringVar(&e.unit.MOI, "moi", "", "mode of inheritance")
	f.StringVar(&e.unit.Transcript, "transcript", "", "transcript with version")
	f.StringVar(&e.reason, "reason", "", "why, in a sentence")
}

// moiWords are the modes of inheritance of the facts schema.
var moiWords = []string{"", "AD", "AR", "SD", "XLD", "XLR", "YL", "MT"}

// check refuses units that cannot be.
func (e *evidenceFlags) check() error {
	switch {
	case !slices.Contains(moiWords, e.unit.MOI):
		return usagef("--moi %q: want AD, AR, SD, XLD, XLR, YL or MT", e.unit.MOI)
	case e.unit.Gene != "" && !strings.HasPrefix(e.unit.Gene, "HGNC:"):
		return usagef("--gene %q: want an HGNC ID, HGNC:1100 for instance", e.unit.Gene)
	case e.unit.Disease != "" && !strings.HasPrefix(e.unit.Disease, "MONDO:"):
		return usagef("--disease %q: want a MONDO ID, MONDO:0009861 for instance", e.unit.Disease)
	}
	for _, n := range e.pmids {
		if n <= 0 {
			return usagef("--pmid %d: want a PubMed identifier", n)
		}
	}
	return nil
}

func (p *program) evidenceCommand() *cobra.Command {
	group := &cobra.Command{Use: "evidence", Short: "Accept, reject or add criteria"}
	for _, v := range []struct {
		use, short string
		decision   review.Decision
		manual     bool
	}{
		{"accept", "Accept a proposed criterion", review.Accepted, false},
		{"reject", "Reject a criterion", review.Rejected, false},
		{"add", "Add a criterion by hand", review.Accepted, true},
	} {
		var e evidenceFlags
		c := &cobra.Command{
			Use: v.use, Short: v.short, Args: noArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				if err := errors.Join(need(cmd, "case", "variant", "code"), e.check()); err != nil {
					return err
				}
				return p.withLab(cmd.Context(), func(l *lab) error { return p.decide(cmd, l, e, v.decision, v.manual) })
			},
		}
		e.bind(c)
		c.Flags().StringVar(&e.code, "code", "", "CODE or CODE_Strength")
		c.Flags().IntSliceVar(&e.pmids, "pmid", nil, "PubMed identifier")
		group.AddCommand(c)
	}
	return group
}

// decided is what the evidence commands print.
type decided struct {
	Case           review.CaseID       `json:"case"`
	Revision       int64               `json:"revision"`
	AuditSeq       int64               `json:"audit_seq"`
	Assessment     review.AssessmentID `json:"assessment"`
	Key            string              `json:"key"`
	Code           string              `json:"code,omitempty"`
	Decision       review.Decision     `json:"decision,omitempty"`
	Shown          *acmg.Proposal      `json:"shown,omitempty"` // what the machine proposed
	Accepted       []string            `json:"accepted"`
	Classification acmg.Classification `json:"classification"`
	SignaturesVoid bool                `json:"signatures_voided"`
}

func (p *program) decide(cmd *cobra.Command, l *lab, e evidenceFlags, d review.Decision, manual bool) error {
	ctx := cmd.Context()
	a, err := l.find(ctx, e)
	if err != nil {
		return err
	}
	code, explicit, err := l.parseCode(ctx, a.Case, e.code)
	if err != nil {
		return err
	}
	dec := state.Decision{Case: a.Case, Key: a.Unit.Key, Code: code.Criterion, Decision: d, Reason: e.reason, PMIDs: e.pmids}
	proposal, proposed := a.Proposal(code.Criterion)
	if proposed && !manual {
		dec.Shown = &proposal
	}
	if explicit || manual || proposal.State != acmg.Met {
		dec.Strength = code.Strength
	}
	change, err := l.decideOn(ctx, &a, dec)
	if err != nil {
		return err
	}
	return p.printDecided(cmd, l, a, change, func(out *decided) {
		out.Code, out.Decision, out.Shown = e.code, d, dec.Shown
	})
}

func (p *program) printDecided(cmd *cobra.Command, l *lab, a review.Assessment, change review.Change, more func(*decided)) error {
	all, err := l.Classify(cmd.Context(), a)
	if err != nil {
		return err
	}
	c, err := l.Case(cmd.Context(), a.Case)
	if err != nil {
		return err
	}
	out := decided{
		Case: a.Case, Revision: c.Revision, AuditSeq: change.Seq, Assessment: a.ID, Key: a.Unit.Key,
		Accepted: []string{}, Classification: all[0], SignaturesVoid: change.Voided,
	}
	for _, e := range a.Accepted() {
		out.Accepted = append(out.Accepted, e.Code.Label())
	}
	more(&out)
	return p.print(out, func(w io.Writer) {
		if change.Voided {
			fmt.Fprintln(w, "The report that waited for its last signature is void: the case has changed.")
		}
		fmt.Fprintf(w, "%s  accepted %v\n%s: %s, points %s %s\n", out.Key, out.Accepted,
			all[0].RuleSet, all[0].Class.Word(), all[0].Points, all[0].Band)
		for _, o := range all[1:] {
			fmt.Fprintf(w, "  %s: %s, points %s\n", o.RuleSet, o.Class.Word(), o.Points)
		}
	})
}

func (p *program) reviewCommand() *cobra.Command {
	group := &cobra.Command{Use: "review", Short: "Finish a reader's review"}
	var e evidenceFlags
	var report string
	finish := &cobra.Command{
		Use: "finish", Short: "Freeze this reader's classification of a variant", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := errors.Join(need(cmd, "case", "variant"), e.check()); err != nil {
				return err
			}
			var in *bool
			switch report {
			case "":
			case "yes", "no":
				yes := report == "yes"
				in = &yes
			default:
				return usagef("--report %q: want yes or no", report)
			}
			return p.withLab(cmd.Context(), func(l *lab) error {
				a, err := l.find(cmd.Context(), e)
				if err != nil {
					return err
				}
				change, err := l.desk().Finish(cmd.Context(), &a, in, e.reason)
				if err != nil {
					return err
				}
				return p.printDecided(cmd, l, a, change, func(*decided) {})
			})
		},
	}
	e.bind(finish)
	finish.Flags().StringVar(&report, "report", "", "yes or no: whether it goes into the report (default: classes 4 and 5 do)")
	group.AddCommand(finish)
	return group
}
