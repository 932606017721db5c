package review

import (
	"math"
	"slices"
	"strings"

	"garrod/review/acmg"
)

// FrequencyRule says which groups of population data sets count when the
// highest frequency of an allele is looked for.
type FrequencyRule struct {
	MinAN   int      `json:"min_an"`            // groups with fewer alleles are not looked at; one without a number is
	Exclude []string `json:"exclude,omitempty"` // groups by name, asj or fin for instance, in any case
}

// Same reports whether two rules choose the same groups.
func (r FrequencyRule) Same(q FrequencyRule) bool {
	return r.MinAN == q.MinAN && slices.Equal(plainGroups(r.Exclude), plainGroups(q.Exclude))
}

func plainGroups(names []string) []string {
	out := make([]string, 0, len(names))
	for _, n := range names {
		out = append(out, strings.ToLower(n))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Highest returns the highest frequency among the groups that count, and its
// index. ok is false where none has one. A data set that was looked up and has no
// record of the allele gives 0, which is not the same as ok false.
func (r FrequencyRule) Highest(fs []acmg.Frequency) (af float64, at int, ok bool) {
	for i := range fs {
		x, has := r.Value(&fs[i])
		if has && (!ok || x > af) {
			af, at, ok = x, i, true
		}
	}
	return af, at, ok
}

// Value returns the frequency of one group if it counts.
func (r FrequencyRule) Value(f *acmg.Frequency) (float64, bool) {
	switch {
	case r.Excludes(f.Group):
		return 0, false
	case f.AN != nil && *f.AN < r.MinAN:
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

// Excludes reports whether a group does not count by its name.
func (r FrequencyRule) Excludes(group string) bool {
	return slices.ContainsFunc(r.Exclude, func(e string) bool { return strings.EqualFold(e, group) })
}
