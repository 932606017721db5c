package state

import (
	"cmp"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/identity"
)

// IdentityPage is what the identity page shows of a case.
type IdentityPage struct {
	Case     review.Case
	Report   identity.Report
	Measured bool // false: the case was added before identity was measured
}

// NewIdentityPage reads what was measured when the case was added, and puts what
// fails first.
func NewIdentityPage(c review.Case) (*IdentityPage, error) {
	r, ok, err := identity.OfCase(&c)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(r.Pairs, func(a, b identity.Pair) int { return cmp.Compare(weight(a.Verdict), weight(b.Verdict)) })
	slices.SortStableFunc(r.Sex, func(a, b identity.Sex) int { return cmp.Compare(weight(a.Verdict), weight(b.Verdict)) })
	return &IdentityPage{Case: c, Report: r, Measured: ok}, nil
}

// weight orders verdicts: what contradicts comes first.
func weight(v identity.Verdict) int {
	return slices.Index([]identity.Verdict{
		identity.Contradicts, identity.Doubtful, identity.NotAssessed, identity.NotDeclared, identity.Agrees,
	}, v)
}

// Checks lists the case's checks of identity, the failed ones first, then the
// warnings, then what is not assessed.
func (i *IdentityPage) Checks() []review.Check {
	order := []review.Outcome{review.Fail, review.Warn, review.CheckNotAssessed, review.Pass}
	var out []review.Check
	for _, k := range i.Case.Checks {
		if slices.Contains(identity.CheckNames(), k.Name) {
			out = append(out, k)
		}
	}
	slices.SortStableFunc(out, func(a, b review.Check) int {
		return cmp.Compare(slices.Index(order, a.Outcome), slices.Index(order, b.Outcome))
	})
	return out
}

// The standings of the identity page, keys of its sentence.
const (
	IdentityNotMeasured = "identity.not_measured"
	IdentityBlocked     = "identity.blocked"
	IdentityOverridden  = "identity.overridden"
	IdentityWarned      = "identity.warned"
	IdentitySound       = "identity.sound"
	IdentityOpen        = "identity.open"
)

// Standing tells how the case stands.
func (i *IdentityPage) Standing() string {
	n := CountChecks(i.Checks())
	switch {
	case !i.Measured:
		return IdentityNotMeasured
	case i.Case.Identity.Blocked():
		return IdentityBlocked
	case i.Case.Identity.Override != nil:
		return IdentityOverridden
	case n.Warn > 0:
		return IdentityWarned
	case n.Pass == 0:
		return IdentityOpen
	}
	return IdentitySound
}

// RefuseOverride tells why u may not override now, as a text key; empty where u
// may. The laboratory decides again when it is stored.
func (i *IdentityPage) RefuseOverride(u review.User) string {
	switch {
	case i.Standing() != IdentityBlocked:
		return "identity.nothing"
	case i.Case.Status.Sealed():
		return "identity.sealed"
	case !u.CanSign(review.Scientist):
		return "identity.role"
	}
	return ""
}

// IsReason reports whether text gives a reason.
func IsReason(text string) bool { return strings.TrimSpace(text) != "" }

// VerdictCell gives a verdict its tone and shape; the text is the caller's.
func VerdictCell(v identity.Verdict, text string) Cell {
	c := Cell{Text: text, Tone: Muted, Shape: Ring}
	switch v {
	case identity.Agrees:
		c.Tone, c.Shape = Good, Tick
	case identity.Contradicts:
		c.Tone, c.Shape = Bad, Cross
	case identity.Doubtful:
		c.Tone, c.Shape = Caution, TriangleUpOpen
	case identity.NotDeclared:
		c.Shape = Dash
	case identity.NotAssessed:
	}
	return c
}
