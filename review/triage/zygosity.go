package triage

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/summary"
)

// RelativeGenotype asks how relatives carry an allele.
type RelativeGenotype struct {
	// Who is mother, father, sibling, child, affected, unaffected (everybody but
	// the proband who is known to be so), or the name of a sample.
	Who string `json:"who"`
	// Carries is carrier, not_carrier or any. Any asks for nothing; it stands
	// where a template of a filter leaves the choice open.
	Carries string `json:"carries"`
}

// The values of RelativeGenotype.Carries.
const (
	carrier    = "carrier"
	notCarrier = "not_carrier"
	anyCarrier = "any"
)

// copies are the genotypes of GenotypeFilter.Copies.
var copies = map[string]zygosity{"het": het, "hom": hom, "hemi": hemi}

func (f Filter) validGenotype() error {
	q := f.Genotype
	if q == nil {
		return nil
	}
	for i, c := range q.Copies {
		if _, ok := copies[c]; !ok {
			return filterError(fmt.Sprintf("genotype.copies[%d]", i), fmt.Sprintf("%q is not a genotype", c), "Use het, hom, hemi")
		}
	}
	for i, r := range q.Relatives {
		at := fmt.Sprintf("genotype.relatives[%d]", i)
		if strings.TrimSpace(r.Who) == "" {
			return filterError(at+".who", "is empty", "Use mother, father, sibling, child, affected, unaffected or the name of a sample")
		}
		if !slices.Contains([]string{carrier, notCarrier, anyCarrier}, r.Carries) {
			return filterError(at+".carries", fmt.Sprintf("%q is none of the answers", r.Carries), "Use carrier, not_carrier, any")
		}
	}
	return nil
}

// zygosityStep asks for the genotypes of the proband and of relatives.
func zygosityStep(q GenotypeFilter, k *kindred) (st step, asked bool) {
	st = step{name: stepZygosity, lacks: "genotype"}
	var words []string
	if len(q.Copies) > 0 {
		st.checks = append(st.checks, copiesCheck(q.Copies, k))
		words = append(words, "proband "+strings.Join(q.Copies, " or "))
	}
	for _, r := range q.Relatives {
		if r.Carries == anyCarrier {
			continue
		}
		st.checks = append(st.checks, relativeCheck(r, k))
		words = append(words, r.Who+" "+strings.ReplaceAll(r.Carries, "_", " "))
	}
	st.parameter = strings.Join(words, ", ")
	return st, len(st.checks) > 0
}

func copiesCheck(asked []string, k *kindred) check {
	judge := func(call *review.Call, at site) outcome {
		z := zygosityOf(call, at, k.sex)
		if z == unknownZygosity || call.State == review.Partial {
			return notAssessed // the other allele may be anything
		}
		if slices.ContainsFunc(asked, func(c string) bool { return copies[c] == z }) {
			return kept
		}
		return removed
	}
	return check{
		parameter: "genotype of the proband", operator: "is one of", threshold: strings.Join(asked, ", "),
		judge: func(s *subject) outcome {
			if s.carries() == notAssessed {
				return notAssessed
			}
			return judge(s.call, s.site)
		},
		value: func(s *subject) string {
			if s.carries() == notAssessed {
				return s.limits.provenText(s.call)
			}
			word := map[zygosity]string{noCopy: "no copy", het: "het", hom: "hom", hemi: "hemi"}[zygosityOf(s.call, s.site, k.sex)]
			return sentence(word, callText(s.call))
		},
		columns: func(c *columns) sifter {
			if c.cells == nil {
				return nil
			}
			return c.cells.lookUp(func(gt summary.GT, at site) outcome { return judge(callOf(gt), at) })
		},
	}
}

// who finds the relatives that a word or a sample name means.
func (k *kindred) who(word string) []*relative {
	var out []*relative
	for _, r := range k.relatives {
		switch {
		case word == "affected" && r.isAffected(), word == "unaffected" && r.isUnaffected(), word == r.relation, word == r.ID:
			out = append(out, r)
		}
	}
	return out
}

// relativeCheck wants each of the people to be what is asked for.
func relativeCheck(q RelativeGenotype, k *kindred) check {
	people, want := k.who(q.Who), kept
	if q.Carries == notCarrier {
		want = removed
	}
	judge := func(o outcome) outcome {
		switch o {
		case notAssessed:
			return notAssessed
		case want:
			return kept
		}
		return removed
	}
	return check{
		parameter: q.Who, operator: "is", threshold: strings.ReplaceAll(q.Carries, "_", " "),
		judge: func(s *subject) outcome {
			out := notAssessed
			for _, r := range people {
				switch judge(k.provenBy(r, s.v)) {
				case kept:
					out = kept
				case removed:
					return removed
				}
			}
			return out
		},
		value: func(s *subject) string {
			var words []string
			for _, r := range people {
				words = append(words, fmt.Sprintf("%s %s: %s", r.word, r.ID, k.limitsOf(r, s.site).provenText(r.call(s.v))))
			}
			if len(words) == 0 {
				return "nobody in the family"
			}
			return strings.Join(words, "; ")
		},
		columns: func(c *columns) sifter {
			sifters := []sifter{unknownOfAll}
			for _, r := range people {
				if cells := k.cells(c.Summary, r); cells != nil {
					sifters = append(sifters, cells.lookUp(func(gt summary.GT, _ site) outcome { return judge(genotypeCarried(gt)) }))
				}
			}
			return func(c *chunk, sel []uint16, out []code) {
				for _, sift := range sifters {
					sift(c, sel, out)
				}
			}
		},
	}
}
