package triage

import (
	"fmt"
	"strings"

	"garrod/review"
)

// deNovo labels an allele that the parents who could have given it do not
// carry. Both parents must have a column in the file: without, every allele
// could be new, and the label would say nothing. A parent who is not called, or
// whose reference call is weak, makes the label ModelDeNovoPossible. It takes
// one parent for X and Y in males; nil parents are not available.
func (k *kindred) deNovo(v *review.Variant, parents ...*relative) (review.Label, bool) {
	var evidence, doubts []string
	altReads := 0
	for _, r := range parents {
		if !r.inFile(v) || k.carries(r, v) == kept {
			return review.Label{}, false
		}
		doubts = append(doubts, k.parentDoubts(r, v)...)
		evidence = append(evidence, readsText(r.word, r.call(v)))
		if ad := r.call(v).AD; ad != nil {
			altReads += ad[1]
		}
	}
	if altReads > k.p.ParentMaxAltReads {
		doubts = append(doubts, fmt.Sprintf("%d reads of the parents show the allele", altReads))
	}
	note, doubt := k.fractionNote(v)
	if doubt {
		doubts = append(doubts, note)
		note = ""
	}
	l := review.Label{Model: ModelDeNovo, Basis: "neither"}
	if len(doubts) > 0 {
		l.Model, l.Basis = ModelDeNovoPossible, "unknown"
		l.Why = sentence("possible de novo: "+strings.Join(doubts, ", "), k.probandText(v), sentence(evidence...), note)
		return l, true
	}
	l.Why = sentence(k.probandText(v), sentence(evidence...), note)
	return l, true
}

// parentDoubts lists what keeps a parent's call from proving reference.
func (k *kindred) parentDoubts(r *relative, v *review.Variant) []string {
	c := r.call(v)
	switch {
	case carried(c) == notAssessed:
		return []string{r.word + " " + uncalledText(c)}
	case c.Others > 0:
		return []string{r.word + " has another allele of the site (" + c.GT + ")"}
	}
	var doubts []string
	least := func(name string, n *int, min int) {
		switch {
		case n == nil:
			doubts = append(doubts, fmt.Sprintf("%s of the %s is %s", name, r.word, notInFile))
		case *n < min:
			doubts = append(doubts, fmt.Sprintf("%s of the %s is %d, below %d", name, r.word, *n, min))
		}
	}
	least("DP", c.Depth, k.p.ParentMinDepth)
	least("GQ", c.GQ, k.p.ParentMinGQ)
	// A reference block says that no read shows an alternative; it has no AD.
	if share, ok := altFraction(c); !ok && c.State != review.RefBlock {
		doubts = append(doubts, fmt.Sprintf("AD of the %s is %s", r.word, notInFile))
	} else if ok && share >= k.p.ParentMaxAltFraction && share > 0 {
		doubts = append(doubts, fmt.Sprintf("%s of the reads of the %s show the allele", percent(share), r.word))
	}
	return doubts
}

// fractionNote judges the proband's share of reads with the allele; doubt is
// true where it is too low for a call that is not noise.
func (k *kindred) fractionNote(v *review.Variant) (note string, doubt bool) {
	c := k.proband.call(v)
	share, ok := altFraction(c)
	switch {
	case c.State == review.Partial:
		return "the proband is only partly called", true
	case zygosityOf(c, siteOf(v.Key), k.sex) != het || c.Others > 0:
		return "", false
	case !ok:
		return "AD of the proband is " + notInFile, false
	case share < k.p.MosaicMinFraction:
		return fmt.Sprintf("only %s of the proband's reads show the allele", percent(share)), true
	case share < k.p.HetMinFraction:
		return fmt.Sprintf("%s of the proband's reads show the allele: mosaic perhaps", percent(share)), false
	case share > k.p.HetMaxFraction:
		return fmt.Sprintf("%s of the proband's reads show the allele: high for a heterozygote", percent(share)), false
	}
	return "", false
}

// altFraction is the share of reads with the allele among those of REF and of
// the allele, or the file's own fraction.
func altFraction(c *review.Call) (float64, bool) {
	switch {
	case c.AD != nil && c.AD[0]+c.AD[1] > 0:
		return float64(c.AD[1]) / float64(c.AD[0]+c.AD[1]), true
	case c.Fraction != nil:
		return *c.Fraction, true
	}
	return 0, false
}

// readsText gives the evidence of one call: "mother 0/0, DP 30, GQ 99, 0 of 30
// reads".
func readsText(who string, c *review.Call) string {
	parts := []string{who + " " + callText(c)}
	if c.Depth != nil {
		parts = append(parts, fmt.Sprintf("DP %d", *c.Depth))
	}
	if c.GQ != nil {
		parts = append(parts, fmt.Sprintf("GQ %d", *c.GQ))
	}
	if c.AD != nil {
		parts = append(parts, fmt.Sprintf("%d of %d reads with the allele", c.AD[1], c.AD[0]+c.AD[1]))
	}
	return strings.Join(parts, ", ")
}

// percent writes a share with at most three figures.
func percent(x float64) string { return fmt.Sprintf("%.3g %%", 100*x) }
