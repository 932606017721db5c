package triage

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
)

// HistoryFilter keeps variants that this laboratory has not met too often, or
// has not found to be benign. What is not known is not held against a variant.
type HistoryFilter struct {
	// MaxCases is in how many other cases the proband may carry the allele.
	MaxCases *int `json:"max_cases,omitempty"`
	// DropBenign takes out alleles that every finished review in other cases of
	// this laboratory calls benign or likely benign. A class is of a gene, disease
	// and mode of inheritance: the explanation names them.
	DropBenign bool `json:"drop_benign,omitempty"`
}

// Past answers what the laboratory knows of alleles from its other cases.
type Past interface {
	// Of tells what is known of the allele. It is called for many alleles and
	// must not read from disk.
	Of(k genome.Key) Seen
	// Counted says in a sentence what was counted: how many cases, and how.
	Counted() string
}

// Seen is what other cases say of an allele.
type Seen struct {
	// Carriers are the other cases whose proband carries the allele, Homozygous
	// those of them with no other allele.
	Carriers   []review.CaseID
	Homozygous int
	// Looked is how many other cases could be asked for every allele of theirs;
	// where it is less than Cases, there may be more carriers than are known.
	Looked, Cases int
	Classes       []PastClass
}

// PastClass is the latest finished class of an allele in another case.
type PastClass struct {
	Case  review.CaseID
	Unit  acmg.Unit
	Class acmg.Class
	By    review.UserID
	On    string // YYYY-MM-DD
}

func (f Filter) validHistory() error {
	switch q := f.History; {
	case q == nil:
		return nil
	case q.MaxCases != nil && *q.MaxCases < 0:
		return filterError("history.max_cases", "is negative", "Correct the value")
	case q.MaxCases == nil && !q.DropBenign:
		return filterError("history", "asks for nothing", "Give max_cases or drop_benign, or leave the step out")
	}
	return nil
}

func historyStep(q HistoryFilter, past Past) step {
	st := step{name: stepHistory}
	var words []string
	if q.MaxCases != nil {
		st.checks = append(st.checks, seenCheck(*q.MaxCases, past))
		words = append(words, fmt.Sprintf("carried in at most %d other cases", *q.MaxCases))
	}
	if q.DropBenign {
		st.checks = append(st.checks, benignCheck(past))
		words = append(words, "not classified benign or likely benign here before")
	}
	if past != nil {
		words = append(words, past.Counted())
	} else {
		words = append(words, "other cases were not looked at")
	}
	st.parameter = strings.Join(words, "; ")
	return st
}

func seenCheck(most int, past Past) check {
	return check{
		parameter: "other cases of the laboratory that carry it", operator: "≤", threshold: fmt.Sprint(most),
		judge: func(s *subject) outcome {
			if past == nil {
				return notAssessed
			}
			switch seen := past.Of(s.v.Key); {
			case len(seen.Carriers) > most:
				return removed
			case seen.Looked < seen.Cases || seen.Cases == 0:
				return notAssessed // there may be more
			}
			return kept
		},
		value: func(s *subject) string {
			if past == nil {
				return "other cases were not looked at"
			}
			return past.Of(s.v.Key).text()
		},
	}
}

// text is "at least 2 (C-1, C-2; 1 homozygous) of 30 other cases, 12 of them
// fully known".
func (s Seen) text() string {
	if s.Cases == 0 {
		return "the laboratory has no other case on this assembly"
	}
	words := fmt.Sprint(len(s.Carriers))
	if s.Looked < s.Cases {
		words = "at least " + words
	}
	if n := len(s.Carriers); n > 0 {
		ids := make([]string, 0, n)
		for _, id := range s.Carriers[:min(n, 5)] {
			ids = append(ids, string(id))
		}
		if n > 5 {
			ids = append(ids, "…")
		}
		words += fmt.Sprintf(" (%s; %d homozygous or hemizygous)", strings.Join(ids, ", "), s.Homozygous)
	}
	words += fmt.Sprintf(" of %d other cases", s.Cases)
	if s.Looked < s.Cases {
		words += fmt.Sprintf(", of which %d are known in full", s.Looked)
	}
	return words
}

func benignCheck(past Past) check {
	return check{
		parameter: "class here before", operator: "is not", threshold: "benign, likely benign in every case",
		judge: func(s *subject) outcome {
			if past == nil {
				return notAssessed
			}
			classes := past.Of(s.v.Key).Classes
			if len(classes) == 0 {
				return notAssessed
			}
			if slices.ContainsFunc(classes, func(c PastClass) bool { return !c.isBenign() }) {
				return kept
			}
			return removed
		},
		value: func(s *subject) string {
			if past == nil {
				return "other cases were not looked at"
			}
			var words []string
			for _, c := range past.Of(s.v.Key).Classes {
				words = append(words, c.text())
			}
			if len(words) == 0 {
				return "never classified here"
			}
			return strings.Join(words, "; ")
		},
	}
}

func (c PastClass) isBenign() bool {
	return c.Class == acmg.ClassBenign || c.Class == acmg.ClassLikelyBenign
}

// text is "LB in C-1 (HGNC:1100, AD; demo.scientist, 2026-01-02)".
func (c PastClass) text() string {
	class := string(c.Class)
	if c.Class == acmg.ClassWithheld {
		class = "withheld"
	}
	unit := sentence(strings.Join(strings.Fields(c.Unit.Gene+" "+c.Unit.Disease+" "+c.Unit.MOI), ", "), string(c.By)+" "+c.On)
	return fmt.Sprintf("%s in %s (%s)", class, c.Case, unit)
}
