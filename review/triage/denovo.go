package triage

import (
	"fmt"
	"strings"

	"garrod/review"
)

// deNovo labels an allele that the parents who could have given it do not
// carry. Both parents must have a column in the file: without, every allele
// could be new, and the label would say nothing. A parent who is not called, or
// whose reference call is weak, makes the label ModelDeNovoPossible, as do a
// weak call of the child and an allele that populations carry. It takes one
// parent for X and Y in males; nil parents are not available.
func (k *kindred) deNovo(v *review.Variant, parents ...*relative) (review.Label, bool) {
	var evidence, doubts []string
	altReads := 0
	for _, r := range parents {
		if !r.inFile(v) || k.carries(r, v) == kept {
			return review.Label{}, false
		}
		doubts = append(doubts, k.parentDoubts(r, v)...)
		evidence = append(evidence, readsText(r.name(), r.call(v)))
		if ad := r.call(v).AD; ad != nil {
			altReads += ad[1]
		}
	}
	hint := ""
	if altReads > k.p.ParentMaxAltReads {
		doubts = append(doubts, fmt.Sprintf("%d reads of the parents show the allele", altReads))
		hint = k.parentHint(v, parents)
	}
	doubts = append(doubts, k.childDoubts(v)...)
	note, doubt := k.fractionNote(v)
	if doubt {
		doubts = append(doubts, note)
		note = ""
	}
	why := sentence(k.probandText(v), sentence(append(evidence, k.readsOfProband(v))...), note, hint, k.twinText(v), k.siblingText(v))
	l := review.Label{Model: ModelDeNovo, Basis: "neither", Why: why}
	if len(doubts) > 0 {
		l = doubted(l, strings.Join(doubts, ", "))
	}
	return l, true
}

// doubted turns a label of a new allele into one of a possible one.
func doubted(l review.Label, doubt string) review.Label {
	const prefix = "possible de novo: "
	sep := "; "
	if l.Model == ModelDeNovoPossible {
		sep = ", "
	}
	l.Model, l.Basis = ModelDeNovoPossible, "unknown"
	l.Why = prefix + doubt + sep + strings.TrimPrefix(l.Why, prefix)
	return l
}

// siblingText says what the siblings' calls mean for a new allele.
func (k *kindred) siblingText(v *review.Variant) string {
	var parts []string
	s := siteOf(v.Key)
	for _, r := range k.others {
		if r.relation != "sibling" || r.twin || s == onX && r.Sex == review.Male && k.zygosity(r, v) == het {
			continue
		}
		switch o := k.carries(r, v); {
		case o == kept:
			parts = append(parts, "the "+r.status()+" carries it too ("+r.call(v).GT+"): gonadal mosaicism of a parent, or a sample error")
		case o == removed && r.isAffected() && !(s == onY && r.Sex == review.Female):
			parts = append(parts, "the "+r.status()+" does not have it ("+r.call(v).GT+"), which speaks against it as the family's cause")
		}
	}
	return sentence(parts...)
}

// parentHint says what reads with the allele in a parent who is called without
// it may mean.
func (k *kindred) parentHint(v *review.Variant, parents []*relative) string {
	for _, r := range parents {
		if share, ok := altFraction(r.call(v)); ok && share >= k.p.HetMinFraction {
			return fmt.Sprintf("the reads of the %s contradict the call %s: the %s may carry it", r.name(), r.call(v).GT, r.name())
		}
	}
	return "a parent may be mosaic, which matters for the risk of recurrence"
}

// readsOfProband gives the proband's own evidence.
func (k *kindred) readsOfProband(v *review.Variant) string {
	return readsText("proband", k.proband.call(v))
}

// parentDoubts lists what keeps a parent's call from proving reference.
func (k *kindred) parentDoubts(r *relative, v *review.Variant) []string {
	c := r.call(v)
	switch {
	case carried(c) == notAssessed:
		return []string{r.name() + " " + uncalledText(c)}
	case c.Others > 0:
		return []string{r.name() + " has another allele of the site (" + c.GT + ")"}
	}
	var doubts []string
	least := func(name string, n *int, min int) {
		switch {
		case n == nil:
			doubts = append(doubts, fmt.Sprintf("%s of the %s is %s", name, r.name(), notInFile))
		case *n < min:
			doubts = append(doubts, fmt.Sprintf("%s of the %s is %d, below %d", name, r.name(), *n, min))
		}
	}
	depth, gq := k.p.ParentMinDepth, k.p.ParentMinGQ
	if s := siteOf(v.Key); r.Sex == review.Male && (s == onX || s == onY) {
		depth, gq = k.p.RefMinDepthHemi, k.p.RefMinGQHemi // one copy, half the reads
	}
	least("DP", c.Depth, depth)
	least("GQ", c.GQ, gq)
	// A reference block says that no read shows an alternative; it has no AD.
	if share, ok := altFraction(c); !ok && c.State != review.RefBlock {
		doubts = append(doubts, fmt.Sprintf("AD of the %s is %s", r.name(), notInFile))
	} else if ok && share >= k.p.ParentMaxAltFraction && share > 0 {
		doubts = append(doubts, fmt.Sprintf("%s of the reads of the %s show the allele", percent(share), r.name()))
	}
	return doubts
}

// childDoubts lists what makes a new allele in the child unlikely: few reads, a
// weak call, and an allele that a population carries.
func (k *kindred) childDoubts(v *review.Variant) []string {
	c := k.proband.call(v)
	var doubts []string
	if c.AD != nil && c.AD[1] < k.p.ChildMinAltReads {
		doubts = append(doubts, fmt.Sprintf("%d reads of the proband show the allele, fewer than %d", c.AD[1], k.p.ChildMinAltReads))
	}
	if c.GQ != nil && *c.GQ < k.p.ChildMinGQ {
		doubts = append(doubts, fmt.Sprintf("GQ of the proband is %d, below %d", *c.GQ, k.p.ChildMinGQ))
	}
	rule := review.FrequencyRule{MinAN: k.p.DeNovoMinAN}
	if af, i, ok := rule.Highest(v.Frequencies); ok && af > k.p.DeNovoMaxAF {
		f := v.Frequencies[i]
		doubts = append(doubts, fmt.Sprintf("%s of %s %s carry it, more than %s", percent(af), f.Dataset, f.Group, percent(k.p.DeNovoMaxAF)))
	}
	return doubts
}

// twinText says what the identical twin's call means for a new allele.
func (k *kindred) twinText(v *review.Variant) string {
	for _, r := range k.others {
		if !r.twin || !r.inFile(v) {
			continue
		}
		switch k.carries(r, v) {
		case kept:
			return "the " + r.name() + " has it too, as both come from one egg"
		case removed:
			return "the " + r.name() + " is called without it (" + r.call(v).GT + "): it arose after the twins parted, or a call is wrong"
		}
	}
	return ""
}

// sharedByRelative reports whether anybody but the proband and an identical
// twin carries the allele.
func (k *kindred) sharedByRelative(v *review.Variant) bool {
	for _, r := range k.relatives {
		if !r.twin && k.carries(r, v) == kept {
			return true
		}
	}
	return false
}
