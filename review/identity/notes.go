package identity

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review"
)

// Notes says in sentences how far a list of a case's variants may rest on its
// family: that the parents are not used and why, who used them all the same, or
// that it was not measured who the samples are from. It is empty where the
// genotypes agree with what was declared.
func Notes(c *review.Case) []string {
	i := c.Identity
	switch {
	case i == nil:
		return []string{"Who the samples are from was not measured: labels rest on the family and the sex as declared."}
	case i.Blocked():
		return []string{upper(i.NotUsed()) + " are not used until a scientist overrides this: " + strings.Join(i.Blocks, " ")}
	case i.Override != nil && len(i.Blocks) > 0:
		o := i.Override
		return []string{fmt.Sprintf("The genotypes contradict the declared family: %s %s were not used until %s overrode this on %s: %s",
			strings.Join(i.Blocks, " "), upper(i.NotUsed()), o.Name, o.At.Format("2 January 2006"), o.Reason)}
	}
	var out []string
	if FamilyUnmeasured(c) {
		out = append(out, "Not every declared relation could be measured: there, de novo, phase and the origin of an allele rest on the pedigree alone.")
	}
	if unassessed(c, CheckSex) {
		out = append(out, "The sex could not be measured: labels on X and Y rest on the declared one.")
	}
	return out
}

// FamilyUnmeasured reports whether a case declares relatives whose genotypes were
// not held against the pedigree.
func FamilyUnmeasured(c *review.Case) bool {
	if len(c.Family.Members) < 2 {
		return false
	}
	return c.Identity == nil || unassessed(c, CheckRelatedness)
}

func unassessed(c *review.Case, name string) bool {
	return slices.ContainsFunc(c.Checks, func(k review.Check) bool { return k.Name == name && k.Outcome == review.CheckNotAssessed })
}
