package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/identity"
	"garrod/review/summary"
)

// identify measures who the samples of a new case are from, and puts what that
// comes to among its checks.
func identify(c *review.Case, s *summary.Summary) (err error) {
	family := declaredFamily(c)
	columns := *s
	columns.Head.Assembly = c.Assembly // as declared, where the header does not tell
	r := identity.Measure(&columns, family, identity.DefaultParams())
	j := identity.Judge(r, c.Proband, family)
	if c.Identity, err = identity.ForCase(r, j); err != nil {
		return err
	}
	if len(c.Family.Members) > 0 {
		c.Family.Kinship = r.Kinship()
	}
	c.Checks = withIdentity(c.Checks, j.Checks)
	return nil
}

// declaredFamily is the pedigree with the sex that the request declares; without
// a pedigree, the proband alone.
func declaredFamily(c *review.Case) review.Family {
	f := c.Family
	f.Members = slices.Clone(f.Members)
	i := slices.IndexFunc(f.Members, func(m review.Member) bool { return m.ID == c.Proband })
	if i < 0 {
		f.Members = append(f.Members, review.Member{ID: c.Proband})
		i = len(f.Members) - 1
	}
	if c.Sex == review.Female || c.Sex == review.Male {
		f.Members[i].Sex = c.Sex
	}
	return f
}

// withIdentity puts the checks of the genotypes in the place of those of the
// request alone. What the request and the pedigree say of the sex stays before
// what the genotypes do; where these two contradict each other, it stands alone.
func withIdentity(checks, measured []review.Check) []review.Check {
	checks = slices.Clone(checks)
	for _, k := range measured {
		i := slices.IndexFunc(checks, func(have review.Check) bool { return have.Name == k.Name })
		switch {
		case i < 0:
			checks = append(checks, k)
		case checks[i].Outcome == review.Fail:
		case k.Name == identity.CheckSex:
			k.Detail = strings.TrimSpace(checks[i].Detail + " " + k.Detail)
			checks[i] = k
		default:
			checks[i] = k
		}
	}
	return checks
}

// Identity reads what was measured when a case was added.
func (l *lab) Identity(ctx context.Context, id review.CaseID) (review.Case, identity.Report, error) {
	c, err := l.Case(ctx, id)
	if err != nil {
		return c, identity.Report{}, err
	}
	r, ok, err := identity.OfCase(&c)
	if err == nil && !ok {
		err = &review.InputError{
			Code: "not_measured", Field: "--case", What: fmt.Sprintf("case %s was added before identity was measured", id),
			Remedy: "Add a new case with the same file.",
		}
	}
	return c, r, err
}

// OverrideIdentity lets the parents of a case be used in spite of its genotypes.
func (l *lab) OverrideIdentity(ctx context.Context, id review.CaseID, reason string) (review.Case, error) {
	c, _, err := l.desk().OverrideIdentity(ctx, id, reason)
	return c, err
}
