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
	if k, open := unassessed(c, CheckRelatedness); open && FamilyUnmeasured(c) {
		out = append(out, "Whether the family is as declared was not measured; de novo, phase and the origin of an allele rest on the pedigree alone: "+k.Detail)
	}
	if k, open := unassessed(c, CheckSex); open {
		out = append(out, "The sex was not measured; labels on X and Y rest on the declared one: "+k.Detail)
	}
	return out
}

// FamilyUnmeasured reports whether a case declares relatives whose genotypes were
// not held against the pedigree.
func FamilyUnmeasured(c *review.Case) bool {
	if len(c.Family.Members) < 2 {
		return false
	}
	_, open := unassessed(c, CheckRelatedness)
	return c.Identity == nil || open
}

func unassessed(c *review.Case, name string) (review.Check, bool) {
	i := slices.IndexFunc(c.Checks, func(k review.Check) bool { return k.Name == name && k.Outcome == review.CheckNotAssessed })
	if i < 0 {
		return review.Check{}, false
	}
	return c.Checks[i], true
}
