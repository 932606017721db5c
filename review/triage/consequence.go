package triage

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/summary"
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
		value:   consequenceText,
		columns: func(c *columns) sifter { return consequenceSifter(c, q.MinSplice, rule) },
	}}}
}

// consequenceSifter decides once for each set of rows that the file has.
func consequenceSifter(c *columns, least *float64, rule consequenceRule) sifter {
	t := make([]code, len(c.RowSets))
	known := map[rowPlace]bool{}
	for i, set := range c.RowSets {
		t[i] = codeRemoved
		if len(set) == 0 {
			t[i] = codeUnknown
		}
		if slices.ContainsFunc(set, func(r summary.TxRow) bool { return rule.matchesRow(r, known) }) {
			t[i] = codeKept
		}
	}
	if least == nil {
		return lookUpSet(c.Rows, t)
	}
	splice := spliceTable(*least)
	return func(c *chunk, sel []uint16, out []code) {
		rows, deltas, out := c.Rows[c.from:c.to], c.Splice[c.from:c.to], out[:len(sel)]
		for i, r := range sel {
			k := t[rows[r]]
			if s := splice[deltas[r]]; s != 0 && k != codeKept {
				k = s
			}
			out[i] |= k
		}
	}
}

// rowPlace names a row of a summary: sets share the terms of their rows.
type rowPlace struct {
	terms   *string
	n       int
	biotype string
}

// matchesRow is matches for what a summary holds of a row.
func (r consequenceRule) matchesRow(row summary.TxRow, known map[rowPlace]bool) bool {
	if len(row.Terms) == 0 {
		return r.matches(review.Consequence{Biotype: row.Biotype})
	}
	at := rowPlace{&row.Terms[0], len(row.Terms), row.Biotype}
	yes, ok := known[at]
	if !ok {
		yes = r.matches(review.Consequence{Terms: row.Terms, Biotype: row.Biotype})
		known[at] = yes
	}
	return yes
}

// spliceTable tells which scores reach the least one (codeKept), and which may
// (codeOpen): the column holds hundredths, rounded down.
func spliceTable(least float64) *[256]code {
	at := summary.SpliceOf(least)
	return table(func(cell uint8) code {
		switch {
		case cell == summary.NoSplice || cell < at:
			return 0
		case cell > at || float64(at)/100 == least:
			return codeKept
		}
		return codeOpen
	})
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
