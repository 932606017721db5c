package main

import (
	"fmt"
	"io"

	"garrod/review"
	"garrod/review/triage"
	"garrod/ui/state"

	"github.com/spf13/cobra"
)

// knownDoc is what "known" prints.
type knownDoc struct {
	Case     review.CaseID `json:"case"`
	Revision int64         `json:"revision"`
	AuditSeq int64         `json:"audit_seq"`
	state.KnownAnswer
}

func (p *program) knownCommand() *cobra.Command {
	var q state.KnownQuestion
	var force bool
	var reason string
	c := &cobra.Command{
		Use: "known", Short: "Answer whether the proband carries one known variant of a relative's report", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "case", "variant"); err != nil {
				return err
			}
			switch {
			case q.Report == "" && !force:
				return usagef("%s: --from-report is needed (or --force with --reason)", cmd.CommandPath())
			case force && reason == "":
				return &review.PolicyError{Code: "reason_needed", What: "--force needs a reason", Remedy: "Say why: --force --reason TEXT."}
			case !force && reason != "":
				return usagef("%s: --reason belongs to --force", cmd.CommandPath())
			}
			q.Reason = reason
			return p.withLab(cmd.Context(), func(l *lab) error { return p.known(cmd, l, q) })
		},
	}
	f := c.Flags()
	f.StringVar((*string)(&q.Case), "case", "", "the case of the person who is tested")
	f.StringVar(&q.Variant, "variant", "", "the variant's key, or an HGVS expression with its version")
	f.StringVar(&q.Report, "from-report", "", "the relative's report: its identifier, or the signed PDF")
	f.StringVar(&q.Relative, "relative", "", "who the report is about, mother for instance (no patient data; it is not stored)")
	f.BoolVar(&force, "force", false, "ask although the report does not hold the variant, or without a report")
	f.StringVar(&reason, "reason", "", "why --force")
	return c
}

func (p *program) known(cmd *cobra.Command, l *lab, q state.KnownQuestion) error {
	a, seq, err := l.askKnown(cmd.Context(), q, nil)
	if err != nil {
		return err
	}
	c, err := l.Case(cmd.Context(), q.Case)
	if err != nil {
		return err
	}
	doc := knownDoc{Case: c.ID, Revision: c.Revision, AuditSeq: seq, KnownAnswer: a}
	return p.print(doc, func(w io.Writer) { printKnown(w, doc) })
}

// knownWords are the answers in words that cannot be taken for one another.
var knownWords = map[string]string{
	triage.KnownPresent:    "PRESENT: the proband carries this variant.",
	triage.KnownReference:  "NOT PRESENT: the proband is called without this variant.",
	triage.KnownCannotTell: "CANNOT TELL: this file neither shows nor excludes this variant. This is not a negative result.",
}

// doubtedWords are the answers of a case whose sample may not be the patient's.
var doubtedWords = map[string]string{
	triage.KnownPresent:    "PRESENT IN THIS SAMPLE, WHICH MAY NOT BE THE PATIENT'S: do not use before identity is settled.",
	triage.KnownReference:  "NOT PRESENT IN THIS SAMPLE, WHICH MAY NOT BE THE PATIENT'S: do not use before identity is settled.",
	triage.KnownCannotTell: "CANNOT TELL, AND THIS SAMPLE MAY NOT BE THE PATIENT'S. This is not a negative result.",
}

func printKnown(w io.Writer, d knownDoc) {
	words := knownWords
	if d.Doubt != nil {
		words = doubtedWords
	}
	fmt.Fprintf(w, "%s on %s, case %s\n%s\n%s\n", d.Key, d.Assembly, d.Case, words[d.Answer], d.Reason)
	if d.Resolved != "" {
		fmt.Fprintf(w, "Entered as %s: %s.\n", d.Entered, d.Resolved)
	}
	if r := d.Report; r != nil {
		class := "not in it"
		if r.Class != nil {
			class = "class " + string(*r.Class)
		}
		fmt.Fprintf(w, "From report %s, version %d (case %s, %s)\n", r.ID, r.Version, r.Case, class)
	}
	for _, s := range d.Cautions {
		fmt.Fprintln(w, "Caution:", s)
	}
}
