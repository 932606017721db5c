package state

import (
	"slices"
	"strings"

	"garrod/review"
)

// Intake is the new-case dialog: what was asked for, what the checks said of
// it, and the reasons given for going on in spite of warnings.
type Intake struct {
	Request NewCase
	Checks  []review.Check
	checked bool
	found   review.Case
}

// Missing returns the names of the fields that have to be filled in before the
// checks can run: id, vcf, proband.
func (n *Intake) Missing() []string {
	var out []string
	for _, f := range []struct{ name, value string }{
		{"id", string(n.Request.ID)}, {"vcf", n.Request.VCF}, {"proband", n.Request.Proband},
	} {
		if strings.TrimSpace(f.value) == "" {
			out = append(out, f.name)
		}
	}
	return out
}

// Edited tells that the request changed: the outcome of earlier checks and the
// reasons given for them no longer belong to it.
func (n *Intake) Edited() {
	n.Checks, n.checked, n.found, n.Request.Reasons = nil, false, review.Case{}, nil
}

// Checked takes the case with the outcome of its checks.
func (n *Intake) Checked(c review.Case) {
	n.Checks, n.checked, n.found = c.Checks, true, c
	if n.Request.Reasons == nil {
		n.Request.Reasons = map[string]string{}
	}
}

// WasChecked reports whether the checks ran on the request as it is now.
func (n *Intake) WasChecked() bool { return n.checked }

// Reason gives the reason for going on in spite of a warning.
func (n *Intake) Reason(check, why string) {
	if why = strings.TrimSpace(why); why == "" {
		delete(n.Request.Reasons, check)
		return
	}
	n.Request.Reasons[check] = why
}

// Failed reports whether a check refuses the case.
func (n *Intake) Failed() bool { return slices.ContainsFunc(n.Checks, n.found.Refuses) }

// NeedReason returns the names of the warnings that nobody gave a reason for.
func (n *Intake) NeedReason() []string {
	var out []string
	for _, c := range n.Checks {
		if c.Reason = n.Request.Reasons[c.Name]; n.found.NeedsReason(c) {
			out = append(out, c.Name)
		}
	}
	return out
}

// CanAdd reports whether the case may be added as it stands.
func (n *Intake) CanAdd() bool {
	return n.checked && len(n.Missing()) == 0 && !n.Failed() && len(n.NeedReason()) == 0
}
