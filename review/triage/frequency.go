package triage

import (
	"fmt"
	"math"
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
