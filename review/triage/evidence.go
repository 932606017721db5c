package triage

import (
	"fmt"
	"math"
	"strings"

	"garrod/review"
)

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

// mosaicism is a heterozygous call with so few reads of the allele that it is
// no plain heterozygote: a share from MosaicMinFraction and below
// HetMinFraction, and a chance below MosaicMaxP.
func (k *kindred) mosaicism(c *review.Call) (text string, ok bool) {
	if c.AD == nil || c.State != review.Called || c.Copies != 1 || c.Others > 0 || c.Ploidy != 2 {
		return "", false
	}
	n := c.AD[0] + c.AD[1]
	share, has := altFraction(c)
	if !has || share < k.p.MosaicMinFraction || share >= k.p.HetMinFraction {
		return "", false
	}
	p := atMost(c.AD[1], n)
	if p >= k.p.MosaicMaxP {
		return "", false
	}
	return fmt.Sprintf("%d of %d reads (%s) show the allele, which a heterozygote does with a chance of %.2g, below %.3g",
		c.AD[1], n, percent(share), p, k.p.MosaicMaxP), true
}

// mosaic labels a proband who carries the allele in a part of the cells, as it
// seems. Where a parent carries it, an uneven capture of reads is the simpler
// reason, and there is no label.
func (k *kindred) mosaic(v *review.Variant) []review.Label {
	text, ok := k.mosaicism(k.proband.call(v))
	if !ok || k.carries(k.mother, v) == kept || k.carries(k.father, v) == kept {
		return nil
	}
	return []review.Label{{
		Model: ModelMosaic, Basis: k.origin(v),
		Why: sentence(text, "a mosaic, or an artefact of mapping; a caller for low shares and a second method decide", k.parentsText(v)),
	}}
}

// parentalMosaic labels an allele that comes from a parent who seems to carry
// it in a part of the cells: such a parent may be well with full penetrance.
// Where the child has as few reads of it, the place is hard to map, and there is
// no label. One parent for X in males.
func (k *kindred) parentalMosaic(v *review.Variant, parents ...*relative) []review.Label {
	if share, ok := altFraction(k.proband.call(v)); !ok || share < k.p.HetMinFraction {
		return nil
	}
	for i, r := range parents {
		if r == nil || r.isAffected() {
			continue
		}
		text, ok := k.mosaicism(r.call(v))
		for j, other := range parents {
			ok = ok && (i == j || k.carries(other, v) != kept)
		}
		if ok {
			return []review.Label{{
				Model: ModelParentalMosaic, Basis: k.origin(v),
				Why: sentence(k.probandText(v), r.status()+" is mosaic perhaps: "+text, "it matters for the risk of recurrence"),
			}}
		}
	}
	return nil
}

// atMost is the chance of at most x heads in n throws of a coin.
func atMost(x, n int) float64 {
	all, _ := math.Lgamma(float64(n) + 1)
	sum := 0.0
	for i := range x + 1 {
		a, _ := math.Lgamma(float64(i) + 1)
		b, _ := math.Lgamma(float64(n-i) + 1)
		sum += math.Exp(all - a - b - float64(n)*math.Ln2)
	}
	return min(sum, 1)
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
