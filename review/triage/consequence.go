package triage

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review"
)

func termSet(terms []string) map[string]bool {
	m := make(map[string]bool, len(terms))
	for _, t := range terms {
		m[review.PlainTerm(t)] = true
	}
	return m
}

func hasTerm(c review.Consequence, set map[string]bool) bool {
	for _, t := range c.Terms {
		if set[t] || set[review.PlainTerm(t)] {
			return true
		}
	}
	return false
}

var exonTerms = termSet([]string{"non_coding_transcript_exon_variant", "non_coding_exon_variant", "mature_miRNA_variant", "exon_variant"})

// consequenceRule decides on one row of an annotation.
type consequenceRule struct {
	terms     map[string]bool
	noncoding []string
}

func (r consequenceRule) matches(c review.Consequence) bool {
	if hasTerm(c, r.terms) {
		return true
	}
	return c.Biotype != "" && slices.ContainsFunc(r.noncoding, func(b string) bool { return strings.EqualFold(b, c.Biotype) }) &&
		hasTerm(c, exonTerms)
}

func consequenceStep(q ConsequenceFilter, rule consequenceRule) step {
	words := fmt.Sprintf("one of %d Sequence Ontology terms", len(q.Terms))
	if len(q.NonCoding) > 0 {
		words += ", or in an exon of " + strings.Join(q.NonCoding, ", ")
	}
	threshold := strings.Join(q.Terms, ", ")
	if q.MinSplice != nil {
		words += ", or splice score ≥ " + number(*q.MinSplice)
		threshold += "; splice score ≥ " + number(*q.MinSplice)
	}
	return step{name: stepConsequence, parameter: words, lacks: "consequence", checks: []check{{
		parameter: "terms on any transcript", operator: "one of", threshold: threshold,
		judge: func(s *subject) outcome {
			switch {
			case spliceReaches(s.v, q.MinSplice):
				return kept
			case len(s.v.Consequences) == 0:
				return notAssessed
			case slices.ContainsFunc(s.v.Consequences, rule.matches):
				return kept
			}
			return removed
		},
		value: consequenceText,
	}}}
}

// consequenceText lists the terms of all rows, each once, and the splice score.
func consequenceText(s *subject) string {
	var terms []string
	for _, c := range s.v.Consequences {
		for _, t := range c.Terms {
			if !slices.Contains(terms, t) {
				terms = append(terms, t)
			}
		}
	}
	words := notInFile
	if len(terms) > 0 {
		words = strings.Join(terms, ", ")
	}
	if d, tool, ok := highestSplice(s.v.Splice); ok {
		return words + "; " + tool + " " + number(d)
	}
	return words + "; splice score " + notInFile
}

// choose sets the consequence that stands for the row. Transcripts of panel
// genes that hold the variant go before all others.
func (p *plan) choose(row *Row) {
	cs := row.Variant.Consequences
	row.Chosen = -1
	rows := make([]int, 0, len(cs))
	for i := range cs {
		if p.panel.holds(cs[i]) && !cs[i].IsBeside() {
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 || len(rows) == len(cs) {
		if i, ok, worse := review.ChooseConsequence(cs); ok {
			row.Chosen, row.WorseOnTx = i, worse
		}
		return
	}
	some := make([]review.Consequence, len(rows))
	for i, r := range rows {
		some[i] = cs[r]
	}
	if i, ok, _ := review.ChooseConsequence(some); ok {
		row.Chosen = rows[i]
		_, chosen := cs[row.Chosen].Worst()
		row.WorseOnTx = slices.ContainsFunc(cs, func(c review.Consequence) bool {
			_, rank := c.Worst()
			return c.Source == cs[row.Chosen].Source && rank < chosen
		})
	}
}
