package triage

import (
	"fmt"
	"math"
	"strings"

	"garrod/review"
	"garrod/review/acmg"
)

// frequencyRule finds the highest frequency of a variant among eligible groups.
type frequencyRule struct {
	minAN   int
	exclude map[string]bool // lower case
}

func newFrequencyRule(q FrequencyFilter) frequencyRule {
	r := frequencyRule{minAN: q.MinAN, exclude: map[string]bool{}}
	for _, g := range q.ExcludeGroups {
		r.exclude[strings.ToLower(g)] = true
	}
	return r
}

// highest returns the highest frequency and the index of its group. ok is false
// where no eligible group has one. A data set that was looked up and has no
// record of the allele gives 0, which is not the same as ok false.
func (r frequencyRule) highest(fs []acmg.Frequency) (af float64, at int, ok bool) {
	for i := range fs {
		x, has := r.value(&fs[i])
		if has && (!ok || x > af) {
			af, at, ok = x, i, true
		}
	}
	return af, at, ok
}

// value returns the frequency of one group if it is eligible.
func (r frequencyRule) value(f *acmg.Frequency) (float64, bool) {
	switch {
	case r.exclude[strings.ToLower(f.Group)]:
		return 0, false
	case f.AN != nil && *f.AN < r.minAN:
		return 0, false
	case !f.Present:
		return 0, true
	case f.AF != nil && !math.IsNaN(*f.AF):
		return *f.AF, true
	case f.AC != nil && f.AN != nil && *f.AN > 0:
		return float64(*f.AC) / float64(*f.AN), true
	}
	return 0, false
}

// text says what highest found, or why it found nothing.
func (r frequencyRule) text(fs []acmg.Frequency) string {
	af, at, ok := r.highest(fs)
	if !ok {
		if len(fs) == 0 {
			return notInFile
		}
		return fmt.Sprintf("no eligible group among the %d of the file (AN ≥ %d)", len(fs), r.minAN)
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

// fill sets a row's highest frequency.
func (r frequencyRule) fill(row *Row) {
	if af, at, ok := r.highest(row.Variant.Frequencies); ok {
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
