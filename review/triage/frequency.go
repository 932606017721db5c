package triage

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/acmg"
)

// frequencyText says what the rule found, or why it found nothing.
func frequencyText(r review.FrequencyRule, fs []acmg.Frequency) string {
	af, at, ok := r.Highest(fs)
	if !ok {
		if len(fs) == 0 {
			return notInFile
		}
		return fmt.Sprintf("no eligible group among the %d of the file (AN ≥ %d)", len(fs), r.MinAN)
	}
	f := fs[at]
	if !f.Present {
		return "no record in " + groupName(f)
	}
	words := number(af) + " in " + groupName(f)
	if f.AC != nil && f.AN != nil {
		words += fmt.Sprintf(" (%d of %d alleles)", *f.AC, *f.AN)
	}
	if len(f.Filters) > 0 {
		words += ", a site with filters " + strings.Join(f.Filters, ";")
	}
	return words
}

// groupName is "gnomAD joint nfe": data set, call set, group.
func groupName(f acmg.Frequency) string {
	return strings.Join(strings.Fields(f.Dataset+" "+f.Callset+" "+f.Group), " ")
}

// fillFrequency sets a row's highest frequency.
func fillFrequency(r review.FrequencyRule, row *Row) {
	if af, at, ok := r.Highest(row.Variant.Frequencies); ok {
		row.MaxAF, row.MaxAFGroup = &af, groupName(row.Variant.Frequencies[at])
	}
}

// frequencySifter holds the column of frequencies against the most that is
// allowed. Where the column was made with fewer groups than the rule looks at,
// it can only tell what is too frequent already. It is nil where it tells
// nothing.
func frequencySifter(most float64, rule, made review.FrequencyRule) sifter {
	below, atMost, none := codeKept, codeOpen, codeUnknown
	switch {
	case rule.Same(made):
	case widens(rule, made):
		below, none = codeOpen, codeOpen
	default:
		return nil
	}
	limit := float32(most)
	if below == codeKept && (limit == 0 || limit == 1) {
		atMost = codeKept // both are in the column as they are in the file
	}
	return func(c *chunk, sel []uint16, out []code) {
		col, out := c.Freq[c.from:c.to], out[:len(sel)]
		for i, r := range sel {
			switch f := col[r]; {
			case f > limit:
				out[i] |= codeRemoved
			case f < limit:
				out[i] |= below
			case f == limit:
				out[i] |= atMost
			default:
				out[i] |= none
			}
		}
	}
}

// widens reports whether every group that counts under made counts under r too.
func widens(r, made review.FrequencyRule) bool {
	return r.MinAN <= made.MinAN && !slices.ContainsFunc(r.Exclude, func(group string) bool { return !made.Excludes(group) })
}

// highestSplice returns the highest delta of any splice predictor.
func highestSplice(ss []acmg.Splice) (d float64, tool string, ok bool) {
	for _, s := range ss {
		for _, x := range []*float64{s.AG, s.AL, s.DG, s.DL} {
			if x != nil && !math.IsNaN(*x) && (!ok || *x > d) {
				d, tool, ok = *x, s.Tool, true
			}
		}
	}
	return d, tool, ok
}

// spliceReaches reports whether a splice score of at least least is given.
func spliceReaches(v *review.Variant, least *float64) bool {
	if least == nil {
		return false
	}
	d, _, ok := highestSplice(v.Splice)
	return ok && d >= *least
}
