package triage

import (
	"fmt"
	"strings"

	"garrod/review"
)

// rescues reports whether a variant that the named step removed belongs in the
// rescue lane. What is no variant, and what the proband is called not to carry,
// does not.
func (p *plan) rescues(s *subject, removedBy string) bool {
	if !p.rescuable(s, removedBy) {
		return false
	}
	_, ok := p.rescuer(s.v)
	return ok
}

// rescuable reports whether an opinion may rescue the variant at all. What the
// genotype step removes is what the proband is called not to carry.
func (p *plan) rescuable(s *subject, removedBy string) bool {
	return removedBy != stepKind && removedBy != "" && s.carries() != removed
}

// rescuer returns the opinion that rescues a variant: an unanimous one first,
// the one with most stars among them.
func (p *plan) rescuer(v *review.Variant) (review.Assertion, bool) {
	var best review.Assertion
	found := false
	for _, a := range v.Assertions {
		if !a.Pathogenic && !(a.Conflicting && p.f.RescueConflicting) {
			continue
		}
		if !found || a.Pathogenic && !best.Pathogenic || a.Pathogenic == best.Pathogenic && stars(a) > stars(best) {
			best, found = a, true
		}
	}
	return best, found
}

func stars(a review.Assertion) int {
	if a.Stars == nil {
		return -1
	}
	return *a.Stars
}

// isConflicting reports whether opinions on the variant conflict and none
// rescues it.
func (p *plan) isConflicting(v *review.Variant) bool {
	if _, ok := p.rescuer(v); ok {
		return false
	}
	for _, a := range v.Assertions {
		if a.Conflicting {
			return true
		}
	}
	return false
}

// rescueCause says what removed a variant, with which value, and who calls it
// pathogenic.
func (p *plan) rescueCause(s *subject, removedBy string) string {
	a, _ := p.rescuer(s.v)
	cause := "removed by " + removedBy
	if removedBy == stepInheritance {
		return "removed by inheritance: " + modelsText(s) + "; " + assertionText(a) + s.calledText()
	}
	for _, st := range p.steps() {
		if st.name != removedBy {
			continue
		}
		for _, k := range st.checks {
			if k.concerns(s) && k.judge(s) == removed {
				cause = fmt.Sprintf("removed by %s: %s is %s, asked for %s %s", removedBy, k.parameter, shorten(k.value(s)), k.operator, shorten(k.threshold))
				break
			}
		}
	}
	return cause + "; " + assertionText(a) + s.calledText()
}

// modelsText names the labels that were not asked for.
func modelsText(s *subject) string {
	if len(s.labels) == 0 {
		return "no label, " + s.noFit
	}
	var models []string
	for _, l := range s.labels {
		models = append(models, l.Model)
	}
	return "not asked for " + strings.Join(models, ", ")
}

func (s *subject) calledText() string {
	switch {
	case carried(s.call) == notAssessed:
		return "; the proband has no call, which is not the same as reference"
	case s.carries() == notAssessed:
		return "; the proband is called " + s.limits.provenText(s.call)
	}
	return ""
}

// assertionText is "ClinVar: Pathogenic, 2 stars (RCV000000001, 2024-05)".
func assertionText(a review.Assertion) string {
	words := a.Source + ": " + a.Significance
	switch {
	case a.Stars == nil:
		words += ", review status " + notInFile
	case *a.Stars == 1:
		words += ", 1 star"
	case *a.Stars == 0:
		words += ", no stars: no assertion criteria were given"
	default:
		words += fmt.Sprintf(", %d stars", *a.Stars)
	}
	if a.AlleleUnknown {
		words += ", the file does not tell for which allele of the record"
	}
	var which []string
	for _, x := range []string{a.ID, a.Date} {
		if x != "" {
			which = append(which, x)
		}
	}
	if len(which) > 0 {
		words += " (" + strings.Join(which, ", ") + ")"
	}
	return words
}

// shorten keeps a long list readable inside a sentence; the explanation of the
// variant has all of it.
func shorten(s string) string {
	const most = 120
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most]) + " …"
}
