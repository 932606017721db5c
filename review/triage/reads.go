package triage

import (
	"fmt"
	"math"
	"strings"

	"garrod/review"
)

// readsStep holds the reads of the proband's call against the filter. Only who
// carries the allele has reads of it to judge. Shares of reads are not judged on
// the mitochondrial genome, where any share is a genotype.
func readsStep(q QualityFilter, sex review.Sex) (st step, asked bool) {
	st = step{name: stepReads, lacks: "genotype_quality"}
	var words []string
	add := func(word string, k check) {
		st.checks, words = append(st.checks, k), append(words, word)
	}
	if q.MinAltReads != nil {
		least := *q.MinAltReads
		add(fmt.Sprintf("at least %d reads of the allele", least), altReadsCheck(least))
	}
	if lo, hi := q.MinHetFraction, q.MaxHetFraction; lo != nil || hi != nil {
		a, b := 0.0, 1.0
		if lo != nil {
			a = *lo
		}
		if hi != nil {
			b = *hi
		}
		add(fmt.Sprintf("heterozygous share of reads %s to %s", number(a), number(b)), shareCheck("heterozygous", het, sex, a, b))
	}
	if q.MinHomFraction != nil {
		a := *q.MinHomFraction
		add("homozygous share of reads ≥ "+number(a), shareCheck("homozygous", hom, sex, a, 1))
		st.checks = append(st.checks, shareCheck("hemizygous", hemi, sex, a, 1))
	}
	st.parameter = strings.Join(words, ", ")
	return st, len(st.checks) > 0
}

func altReadsCheck(least int) check {
	return check{
		parameter: "reads of the allele in the proband", operator: "≥", threshold: fmt.Sprint(least),
		applies: func(s *subject) bool { return s.call.HasAlt() },
		judge: func(s *subject) outcome {
			switch ad := s.call.AD; {
			case ad == nil:
				return notAssessed
			case ad[1] < least:
				return removed
			}
			return kept
		},
		value: func(s *subject) string {
			if s.call.AD == nil {
				return notInFile
			}
			return fmt.Sprint(s.call.AD[1])
		},
	}
}

// shareCheck holds the share of reads against both ends, which are inside.
func shareCheck(word string, z zygosity, sex review.Sex, least, most float64) check {
	return check{
		parameter: word + " share of reads in the proband", operator: "between", threshold: number(least) + " and " + number(most),
		applies: func(s *subject) bool { return s.site != mitochondrial && zygosityOf(s.call, s.site, sex) == z },
		judge: func(s *subject) outcome {
			switch x, ok := s.call.Heteroplasmy(); {
			case !ok:
				return notAssessed
			case x < least || x > most:
				return removed
			}
			return kept
		},
		value: func(s *subject) string {
			x, ok := s.call.Heteroplasmy()
			if !ok {
				return notInFile
			}
			return readsShare(s.call, x)
		},
	}
}

func readsShare(c *review.Call, x float64) string {
	words := number(math.Round(x*1000) / 1000)
	if c.AD != nil {
		words += fmt.Sprintf(" (%d reads of the allele, %d of the reference)", c.AD[1], c.AD[0])
	}
	return words
}
