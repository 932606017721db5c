package triage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/summary"
)

// kindStep takes out what is no variant. It is always on.
func kindStep() step {
	return step{name: stepKind, parameter: "not * and not a reference block", checks: []check{{
		parameter: "kind of allele", operator: "is not", threshold: "star, ref_block",
		judge: func(s *subject) outcome {
			if s.v.Kind == review.OverlapDeleted || s.v.Kind == review.ReferenceBlock {
				return removed
			}
			return kept
		},
		value: func(s *subject) string { return string(s.v.Kind) },
	}}}
}

func genotypeStep() step {
	return step{name: stepGenotype, parameter: "carried by the proband", lacks: "genotype", checks: []check{{
		parameter: "alleles of the proband", operator: "at least", threshold: "1 copy",
		judge: func(s *subject) outcome { return s.carries() },
		value: func(s *subject) string { return s.limits.provenText(s.call) },
		columns: func(c *columns) sifter {
			if c.cells == nil {
				return nil
			}
			return c.cells.lookUp(func(gt summary.GT, _ site) outcome { return genotypeCarried(gt) })
		},
	}}}
}

// carries is carried for the proband, of whom a weak reference call tells
// nothing.
func (s *subject) carries() outcome { return s.limits.proven(s.call) }

// carried tells a carrier (kept), a non-carrier (removed), and unknown apart.
// A partial call without this allele is unknown: the other allele may be it.
func carried(c *review.Call) outcome {
	switch {
	case c.HasAlt():
		return kept
	case c.State == review.Called || c.State == review.RefBlock:
		return removed
	}
	return notAssessed
}

// callText writes a genotype, or why there is none.
func callText(c *review.Call) string {
	switch c.State {
	case review.Called, review.RefBlock:
		return c.GT
	case review.Partial:
		return c.GT + " (partly called)"
	case review.Missing:
		return "not called"
	}
	return "no call in the file"
}

func qualityStep(q QualityFilter, sex review.Sex) step {
	st := step{name: stepQuality, lacks: "genotype_quality"}
	var words []string
	if q.PassOnly {
		st.checks = append(st.checks, passCheck())
		words = append(words, "FILTER PASS")
	}
	if q.MinQual != nil {
		st.checks = append(st.checks, qualCheck(*q.MinQual))
		words = append(words, "QUAL ≥ "+number(*q.MinQual))
	}
	for _, t := range []struct {
		name         string
		min, minMale *int
		value        callCount
	}{
		{"GQ", q.MinGQ, q.MinGQMaleXY, callCount{func(c *review.Call) *int { return c.GQ }, func(c *summary.Calls) []uint8 { return c.GQ }}},
		{"DP", q.MinDepth, q.MinDepthMaleXY, callCount{func(c *review.Call) *int { return c.Depth }, func(c *summary.Calls) []uint8 { return c.Depth }}},
	} {
		word := ""
		if t.min != nil {
			k := callCheck(t.name+" of the proband", *t.min, t.value)
			if t.minMale != nil {
				k = k.oneCopyMale(sex, false)
			}
			st.checks = append(st.checks, k)
			word = fmt.Sprintf("proband %s ≥ %d", t.name, *t.min)
		}
		if t.minMale != nil && sex == review.Male {
			k := callCheck(t.name+" of the proband (male, on X or Y)", *t.minMale, t.value)
			st.checks = append(st.checks, k.oneCopyMale(sex, true))
			word += fmt.Sprintf(" (≥ %d on X and Y)", *t.minMale)
		}
		if word != "" {
			words = append(words, word)
		}
	}
	st.parameter = strings.Join(words, ", ")
	if q.PassOnly && q.MinQual == nil && q.MinGQ != nil && q.MinDepth != nil {
		st.columns = func(c *columns) sifter { return commonQuality(c, *q.MinGQ, *q.MinDepth) }
	}
	return st
}

// commonQuality is the usual quality step in one loop.
func commonQuality(c *columns, minGQ, minDepth int) sifter {
	if c.proband < 0 {
		return unsureOfAll
	}
	calls := &c.Calls[c.proband]
	filter, quality, depth := passTable(), countTable(minGQ), countTable(minDepth)
	return func(c *chunk, sel []uint16, out []code) {
		out = out[:len(sel)]
		flags, gt := c.Flags[c.from:c.to], calls.GT[c.from:c.to]
		gq, dp := calls.GQ[c.from:c.to], calls.Depth[c.from:c.to]
		for i, r := range sel {
			out[i] = filter[uint8(flags[r])] | (quality[gq[r]]|depth[dp[r]])&countsWith[uint8(gt[r])]
		}
	}
}

// callCount is a number of a person's call, in the record and in the columns.
type callCount struct {
	of     func(*review.Call) *int
	column func(*summary.Calls) []uint8
}

// oneCopyMale limits the check to the places where a proband of this sex has one
// copy as a male, or to all others.
func (k check) oneCopyMale(sex review.Sex, want bool) check {
	inner := k.columns
	k.applies = func(s *subject) bool { return s.oneCopyMale(sex) == want }
	k.columns = func(c *columns) sifter {
		sift := inner(c)
		if sift == nil {
			return nil
		}
		return oneCopyMale(sift, want)
	}
	return k
}

// oneCopyMale reports whether a proband of this sex has one copy of the place.
func (s *subject) oneCopyMale(sex review.Sex) bool {
	return sex == review.Male && (s.site == onX || s.site == onY)
}

func passCheck() check {
	return check{
		parameter: "FILTER", operator: "is", threshold: "PASS or .",
		judge: func(s *subject) outcome {
			switch {
			case s.v.Record.Filters == nil:
				return notAssessed
			case len(s.v.Record.Filters) > 0:
				return removed
			}
			return kept
		},
		value: func(s *subject) string {
			switch {
			case s.v.Record.Filters == nil:
				return ". (filters were not applied)"
			case len(s.v.Record.Filters) == 0:
				return "PASS"
			}
			return strings.Join(s.v.Record.Filters, ";")
		},
		columns: func(c *columns) sifter {
			return lookUp(c.Flags, passTable())
		},
	}
}

func passTable() *[256]code {
	return table(func(cell uint8) code {
		switch f := summary.Flags(cell); {
		case f&summary.FilterFail != 0:
			return codeRemoved
		case f&summary.FilterPass != 0:
			return codeKept
		}
		return codeUnknown
	})
}

func qualCheck(least float64) check {
	return check{
		parameter: "QUAL", operator: "≥", threshold: number(least),
		judge: func(s *subject) outcome {
			switch q := s.v.Record.Qual; {
			case q == nil:
				return notAssessed
			case *q < least:
				return removed
			}
			return kept
		},
		value: func(s *subject) string {
			if s.v.Record.Qual == nil {
				return notInFile
			}
			return number(*s.v.Record.Qual)
		},
		columns: func(*columns) sifter { return qualSifter(least) },
	}
}

// qualSifter holds QUAL against its least value. A Quality stands for a stretch
// of numbers, and the stretches ascend with it up to the negative ones.
func qualSifter(least float64) sifter {
	at := summary.QualityOf(least)
	here := qualCode(at, least)
	return func(c *chunk, sel []uint16, out []code) {
		col, out := c.Qual[c.from:c.to], out[:len(sel)]
		for i, r := range sel {
			switch q := col[r]; {
			case q >= firstNegative:
				out[i] |= qualCode(q, least)
			case q > at:
				out[i] |= codeKept
			case q < at:
				out[i] |= codeRemoved
			default:
				out[i] |= here
			}
		}
	}
}

// firstNegative is the first Quality of the negative numbers, and above all
// others; NoQuality is above it.
const firstNegative summary.Quality = 1 << 15

func qualCode(q summary.Quality, least float64) code {
	near, ok := q.Value()
	far, _ := q.Furthest()
	switch {
	case !ok:
		return codeUnknown
	case near >= least && far >= least:
		return codeKept
	case near < least && far < least:
		return codeRemoved
	}
	return codeOpen
}

// callCheck holds a number of the proband's call against its least value.
// Without a called genotype there is no quality of one. A negative number is
// none.
func callCheck(name string, least int, count callCount) check {
	return check{
		parameter: name, operator: "≥", threshold: strconv.Itoa(least),
		judge: func(s *subject) outcome {
			n := count.of(s.call)
			if n == nil || *n < 0 || !hasGenotype(s.call) {
				return notAssessed
			}
			if *n < least {
				return removed
			}
			return kept
		},
		value: func(s *subject) string {
			n := count.of(s.call)
			switch {
			case !hasGenotype(s.call):
				return callText(s.call)
			case n == nil:
				return notInFile
			}
			return strconv.Itoa(*n)
		},
		columns: func(c *columns) sifter {
			if c.proband < 0 {
				return nil
			}
			calls := &c.Calls[c.proband]
			return lookUpCall(calls, count.column(calls), countTable(least))
		},
	}
}

// hasGenotype reports whether at least one allele is called.
func hasGenotype(c *review.Call) bool {
	return c.State == review.Called || c.State == review.RefBlock || c.State == review.Partial
}

func frequencyStep(q FrequencyFilter, rule review.FrequencyRule) step {
	words := fmt.Sprintf("highest frequency of a group ≤ %s", number(q.MaxAF))
	if q.MinAN > 0 {
		words += fmt.Sprintf(" (groups with AN ≥ %d", q.MinAN)
		if len(q.ExcludeGroups) > 0 {
			words += ", without " + strings.Join(q.ExcludeGroups, ", ")
		}
		words += ")"
	}
	return step{name: stepFrequency, parameter: words, lacks: "frequency", checks: []check{{
		parameter: "highest frequency", operator: "≤", threshold: number(q.MaxAF),
		judge: func(s *subject) outcome {
			af, _, ok := rule.Highest(s.v.Frequencies)
			switch {
			case !ok:
				return notAssessed
			case af > q.MaxAF:
				return removed
			}
			return kept
		},
		value:   func(s *subject) string { return frequencyText(rule, s.v.Frequencies) },
		columns: func(c *columns) sifter { return frequencySifter(q.MaxAF, rule, c.Head.Frequency) },
		seldom:  func(c *columns) bool { return !rule.Same(c.Head.Frequency) },
	}}}
}

func inheritanceStep(q InheritanceFilter) step {
	words := "any inheritance label"
	if len(q.Models) > 0 {
		words = "one of " + strings.Join(q.Models, ", ")
	}
	return step{name: stepInheritance, parameter: words, lacks: "genotype", checks: []check{{
		parameter: "inheritance label", operator: "is one of", threshold: strings.TrimPrefix(words, "one of "),
		judge: func(s *subject) outcome {
			if s.carries() == notAssessed {
				return notAssessed
			}
			if slices.ContainsFunc(s.labels, q.accepts) {
				return kept
			}
			return removed
		},
		value: inheritanceText,
	}}}
}

func (q InheritanceFilter) accepts(l review.Label) bool {
	if len(q.Models) == 0 {
		return l.Model != ModelCisPair
	}
	return slices.Contains(q.Models, l.Model)
}

func inheritanceText(s *subject) string {
	if s.carries() == notAssessed {
		return s.limits.provenText(s.call)
	}
	var words []string
	for _, l := range s.labels {
		words = append(words, l.Model+" ("+l.Why+")")
	}
	if len(words) == 0 {
		return "none: " + s.noFit
	}
	return strings.Join(words, "; ")
}

// number writes x with no more digits than it needs.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
