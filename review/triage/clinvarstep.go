package triage

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/summary"
)

// ClinVarFilter keeps or drops variants by the class that ClinVar gives them. A
// variant without an opinion is kept unless DropUnknown, and so is one whose
// words are not understood: ClinVar changes its words.
type ClinVarFilter struct {
	// Keep are the classes to keep, empty: all. A variant with several classes is
	// kept when one of them is asked for.
	Keep []string `json:"keep,omitempty"`
	// Drop are the classes to take out. A variant with several classes is taken
	// out when all of them are named.
	Drop []string `json:"drop,omitempty"`
	// MinStars is what an opinion needs to count, 0 … 4; one that does not count
	// is as none. An opinion without a review status in the file counts.
	MinStars int `json:"min_stars,omitempty"`
	// DropUnknown takes out variants without an opinion that counts.
	DropUnknown bool `json:"drop_unknown,omitempty"`
}

// ClinVarClasses are the classes that a ClinVarFilter may name. Other stands for
// what is no class of pathogenicity: drug response, risk factor, association.
func ClinVarClasses() []string {
	return []string{"pathogenic", "likely_pathogenic", "conflicting", "uncertain", "likely_benign", "benign", "other"}
}

func (f Filter) validClinVar() error {
	q := f.ClinVar
	if q == nil {
		return nil
	}
	if q.MinStars < 0 || q.MinStars > 4 {
		return filterError("clinvar.min_stars", "is not between 0 and 4", "ClinVar gives 0 to 4 stars")
	}
	for _, l := range []struct {
		name  string
		names []string
	}{{"keep", q.Keep}, {"drop", q.Drop}} {
		for i, c := range l.names {
			if !slices.Contains(ClinVarClasses(), c) {
				return filterError(fmt.Sprintf("clinvar.%s[%d]", l.name, i), fmt.Sprintf("%q is not a class", c),
					"Use "+strings.Join(ClinVarClasses(), ", "))
			}
			if l.name == "drop" && slices.Contains(q.Keep, c) {
				return filterError(fmt.Sprintf("clinvar.drop[%d]", i), fmt.Sprintf("%q is to be kept as well", c), "Name it once")
			}
		}
	}
	if len(q.Keep)+len(q.Drop) == 0 && !q.DropUnknown {
		return filterError("clinvar", "asks for nothing", "Give keep, drop or drop_unknown, or leave the step out")
	}
	return nil
}

// clinvarWords are the classes by ClinVar's words, in lower case with
// underscores (ClinVar, "Classifications in ClinVar", and its VCF before 2017).
var clinvarWords = map[string]string{
	"pathogenic": "pathogenic", "likely_pathogenic": "likely_pathogenic", "probable-pathogenic": "likely_pathogenic",
	"uncertain_significance": "uncertain", "vus": "uncertain", "unknown": "uncertain", "uncertain": "uncertain",
	"likely_benign": "likely_benign", "probable-non-pathogenic": "likely_benign",
	"benign": "benign", "non-pathogenic": "benign",
	"drug_response": "other", "risk_factor": "other", "association": "other", "protective": "other", "affects": "other",
	"confers_sensitivity": "other", "association_not_found": "other", "histocompatibility": "other", "other": "other",
	"uncertain_risk_allele": "other", "likely_risk_allele": "other", "established_risk_allele": "other", "low_penetrance": "other",
}

// noClass are words that say that there is no opinion.
var noClass = []string{"not_provided", "no_classification_for_the_single_variant", "no_classifications_from_unflagged_records", "."}

// clinvarClasses reads the classes of an opinion. unread are words that are not
// understood.
func clinvarClasses(a review.Assertion) (classes, unread []string) {
	if a.Conflicting {
		return []string{"conflicting"}, nil
	}
	for _, w := range strings.FieldsFunc(a.Significance, func(r rune) bool { return strings.ContainsRune("|,&/;", r) }) {
		w = strings.Trim(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(w)), " ", "_"), "_")
		switch c, ok := clinvarWords[w]; {
		case ok && !slices.Contains(classes, c):
			classes = append(classes, c)
		case !ok && w != "" && !slices.Contains(noClass, w):
			unread = append(unread, w)
		}
	}
	return classes, unread
}

// classes gathers the classes of all opinions that count.
func (q ClinVarFilter) classes(v *review.Variant) (classes, unread []string, few bool) {
	for _, a := range v.Assertions {
		if a.Stars != nil && *a.Stars < q.MinStars {
			few = true
			continue
		}
		c, u := clinvarClasses(a)
		classes, unread = append(classes, c...), append(unread, u...)
	}
	return classes, unread, few
}

func (q ClinVarFilter) judge(s *subject) outcome {
	classes, unread, _ := q.classes(s.v)
	in := func(list []string) func(string) bool { return func(c string) bool { return slices.Contains(list, c) } }
	switch {
	case len(unread) > 0:
		return notAssessed
	case len(classes) == 0 && q.DropUnknown:
		return removed
	case len(classes) == 0:
		return notAssessed
	case len(q.Keep) > 0 && !slices.ContainsFunc(classes, in(q.Keep)):
		return removed
	case len(q.Drop) > 0 && !slices.ContainsFunc(classes, func(c string) bool { return !slices.Contains(q.Drop, c) }):
		return removed
	}
	return kept
}

func clinvarStep(q ClinVarFilter) step {
	var words []string
	if len(q.Keep) > 0 {
		words = append(words, "one of "+strings.Join(q.Keep, ", "))
	}
	if len(q.Drop) > 0 {
		words = append(words, "not "+strings.Join(q.Drop, ", "))
	}
	none := "without an opinion kept"
	if q.DropUnknown {
		none = "without an opinion taken out"
	}
	if q.MinStars > 0 {
		words = append(words, fmt.Sprintf("opinions of at least %d stars", q.MinStars))
	}
	text := strings.Join(append(words, none), "; ")
	return step{name: stepClinVar, parameter: text, lacks: "clinvar", checks: []check{{
		parameter: "class in ClinVar", operator: "is", threshold: text, judge: q.judge,
		value:   func(s *subject) string { return q.text(s.v) },
		columns: func(c *columns) sifter { return q.sifter(c) },
	}}}
}

// sifter decides once for each different view. A view does not tell which of the
// opinions conflict or have the stars: the record does.
func (q ClinVarFilter) sifter(c *columns) sifter {
	t := make([]code, summary.SeeRecord+1)
	for i := range t {
		t[i] = codeOpen
	}
	for i, view := range c.ViewSets {
		if view.Conflicting || view.Any && q.MinStars > 0 {
			continue
		}
		var v review.Variant
		for _, text := range view.Significances {
			v.Assertions = append(v.Assertions, review.Assertion{Significance: text})
		}
		t[i] = codeOf(q.judge(&subject{v: &v}))
	}
	return func(c *chunk, sel []uint16, out []code) {
		views := c.Views[c.from:c.to]
		for i, r := range sel {
			out[i] |= t[views[r]]
		}
	}
}

func (q ClinVarFilter) text(v *review.Variant) string {
	if len(v.Assertions) == 0 {
		return notInFile
	}
	var words []string
	for _, a := range v.Assertions {
		words = append(words, assertionText(a))
	}
	text := strings.Join(words, "; ")
	classes, unread, few := q.classes(v)
	if len(unread) > 0 {
		text += "; not understood: " + strings.Join(unread, ", ")
	}
	if few && len(classes) == 0 {
		text += fmt.Sprintf("; fewer than %d stars, so that it does not count", q.MinStars)
	}
	return text
}
