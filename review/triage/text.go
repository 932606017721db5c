package triage

import (
	"fmt"
	"strings"

	"garrod/review"
)

// TextFilter keeps variants in whose names every word is found, whatever the
// case of its letters: key, identifiers, gene symbols and HGNC IDs, transcripts,
// HGVS expressions, consequence terms and the words of ClinVar and others on
// its significance. Brackets of predicted proteins do not
// count. A variant without any name but its key is not assessed, unless its key
// holds the words.
type TextFilter struct {
	Words string `json:"words"` // with blanks between them
}

func (f Filter) validText() error {
	if f.Text != nil && len(f.Text.words()) == 0 {
		return filterError("text.words", "is empty", "Give a word, or leave the step out")
	}
	return nil
}

// words are the words as they are looked for.
func (q TextFilter) words() []string { return strings.Fields(plainText(q.Words)) }

var withoutBrackets = strings.NewReplacer("(", "", ")", "", "%3d", "=")

func plainText(s string) string { return withoutBrackets.Replace(strings.ToLower(s)) }

func textStep(q TextFilter) step {
	words := q.words()
	return step{name: stepText, parameter: "names hold " + strings.Join(words, " and "), lacks: "consequence", checks: []check{{
		parameter: "names of the variant", operator: "hold", threshold: strings.Join(words, " and "),
		judge: func(s *subject) outcome {
			all := names(s.v)
			for _, w := range words {
				if !strings.Contains(all, w) {
					return noMatch(s.v)
				}
			}
			return kept
		},
		value: func(s *subject) string { return missingWords(s.v, words) },
	}}}
}

func noMatch(v *review.Variant) outcome {
	if !hasNames(v) {
		return notAssessed
	}
	return removed
}

// hasNames reports whether the file gives anything but the key.
func hasNames(v *review.Variant) bool {
	return len(v.Consequences) > 0 || v.Record.ID != "" || len(v.Assertions) > 0
}

// names is everything that words are looked for in, a line feed between any two.
func names(v *review.Variant) string {
	parts := []string{v.Key.String(), v.Record.ID}
	for i := range v.Consequences {
		c := &v.Consequences[i]
		parts = append(parts, c.Symbol, c.HGNC, c.GeneID, c.Transcript, c.HGVSc, c.HGVSp)
		for _, t := range c.Terms {
			parts = append(parts, t, review.LongTerm(t))
		}
	}
	for i := range v.Assertions {
		// Words are looked for as people write them, too: "likely_pathogenic".
		parts = append(parts, v.Assertions[i].Significance, strings.ReplaceAll(v.Assertions[i].Significance, "_", " "))
	}
	return plainText(strings.Join(parts, "\n"))
}

func missingWords(v *review.Variant, words []string) string {
	all := names(v)
	var lacks []string
	for _, w := range words {
		if !strings.Contains(all, w) {
			lacks = append(lacks, w)
		}
	}
	switch {
	case len(lacks) == 0:
		return "all of them"
	case !hasNames(v):
		return "the file gives no name but " + v.Key.String()
	}
	return fmt.Sprintf("without %s", strings.Join(lacks, ", "))
}
