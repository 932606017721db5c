package triage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// deletes gives the bases that an allele takes away, 1-based and closed. ok is
// false for an allele that takes none, or whose end the file does not give.
func deletes(v *review.Variant) (r genome.Range, ok bool) {
	k := v.Key
	switch {
	case v.Kind == review.SmallVariant && len(k.Ref) > len(k.Alt):
		n := 0
		for n < len(k.Alt) && k.Alt[n] == k.Ref[n] {
			n++
		}
		r = genome.Range{Contig: k.Contig, First: k.Pos + genome.Pos(n), Last: k.Pos + genome.Pos(len(k.Ref)) - 1}
	case v.Kind == review.Symbolic && isDeletion(k.Alt):
		r = genome.Range{Contig: k.Contig, First: k.Pos + 1, Last: v.Record.End}
	}
	return r, r.Contig != "" && r.First <= r.Last
}

// isDeletion reads a symbolic allele. <CNV> does not say whether copies are lost
// or gained; it is taken as a loss that is not certain, see lossText.
func isDeletion(alt string) bool {
	alt = symbol(alt)
	return alt == "<DEL>" || strings.HasPrefix(alt, "<DEL:") || alt == "<CN0>" || alt == "<CNV>"
}

// symbol is a symbolic ALT without the end that a key may give behind it
// (<DEL>@5000).
func symbol(alt string) string {
	alt, _, _ = strings.Cut(alt, "@")
	return alt
}

// lossText names a deletion.
func lossText(v *review.Variant) string {
	if symbol(v.Key.Alt) == "<CNV>" {
		return "the copy-number change " + v.Key.String() + " (a deletion, if it loses a copy)"
	}
	return "the deletion " + v.Key.String()
}

// spans pairs every deletion that fits with the entries inside it.
func (p *plan) spans(entries []*entry, fits func(del *review.Variant) bool, fn func(del, inside *entry)) {
	sorted := slices.Clone(entries)
	slices.SortStableFunc(sorted, func(a, b *entry) int { return compareKeys(a.row.Variant.Key, b.row.Variant.Key) })
	for _, d := range entries {
		r, ok := deletes(&d.row.Variant)
		if !ok || !fits(&d.row.Variant) {
			continue
		}
		from := genome.Key{Contig: r.Contig, Pos: r.First}
		i, _ := slices.BinarySearchFunc(sorted, from, func(e *entry, k genome.Key) int { return compareKeys(e.row.Variant.Key, k) })
		for ; i < len(sorted) && r.Contains(sorted[i].row.Variant.Key.Contig, sorted[i].row.Variant.Key.Pos); i++ {
			if sorted[i] != d {
				fn(d, sorted[i])
			}
		}
	}
}

// borrowGenes gives a deletion without annotation the genes of what lies inside.
func (p *plan) borrowGenes(entries []*entry) {
	bare := map[*entry]bool{}
	for _, e := range entries {
		bare[e] = len(e.genes) == 0
	}
	p.spans(entries, p.kin.canPair, func(del, inside *entry) {
		if !bare[del] || bare[inside] {
			return
		}
		for _, g := range inside.genes {
			if !slices.ContainsFunc(del.genes, func(h gene) bool { return h.id == g.id }) {
				del.genes = append(del.genes, g)
			}
		}
	})
}

// pairWithDeletions labels an allele that is called on every copy inside a
// deletion of the other copy: a caller that knows nothing of the deletion writes
// 1/1 where one copy is left.
func (p *plan) pairWithDeletions(entries []*entry) {
	type bundle struct {
		*mates
		gene gene
	}
	found := map[*entry][]bundle{}
	add := func(e, other *entry, ph phase) {
		if !other.partner {
			return
		}
		g := sharedGene(e, other)
		i := slices.IndexFunc(found[e], func(b bundle) bool { return b.phase.phase == ph.phase && b.gene == g })
		if i < 0 {
			i = len(found[e])
			found[e] = append(found[e], bundle{&mates{phase: ph}, g})
		}
		if m := found[e][i].mates; m.add(other.row.Variant.Key.String()) {
			m.addNotes(p.kin.siblingNotes(&e.row.Variant, &other.row.Variant))
			m.addNotes(p.kin.homozygousNotes(&e.row.Variant, &other.row.Variant))
		}
	}
	p.spans(entries, p.kin.canPair, func(del, inside *entry) {
		if ph, ok := p.kin.onOneCopyOf(del, inside); ok {
			add(inside, del, ph)
			add(del, inside, ph)
		}
	})
	for _, e := range entries {
		for _, b := range found[e] {
			e.row.Labels = append(e.row.Labels, b.label(b.gene))
		}
	}
}

// onOneCopyOf judges a row inside a deletion of one copy; ok is false for one
// that pairs like any other row of the gene, or not at all.
func (k *kindred) onOneCopyOf(del, inside *entry) (ph phase, ok bool) {
	v := &inside.row.Variant
	if ph, ok := k.overDeletion(v, &del.row.Variant); ok && k.carries(k.proband, v) == kept {
		return ph, sharedGene(del, inside) == gene{}
	}
	// Overlapping small indels are one repeat written in several ways.
	twoWays := del.row.Variant.Kind == review.SmallVariant && len(v.Key.Ref) != len(v.Key.Alt)
	if z := zygosityOf(k.proband.call(v), siteOf(v.Key), k.sex); z != hom && z != hemi || twoWays {
		return ph, false
	}
	return k.phaseOverDeletion(v, &del.row.Variant), true
}

// sharedGene is the first gene of a that b has too, empty for none.
func sharedGene(a, b *entry) gene {
	for _, g := range a.genes {
		if slices.ContainsFunc(b.genes, func(h gene) bool { return h.id == g.id }) {
			return g
		}
	}
	return gene{}
}

// warnInsideLost warns where an allele is called inside a deletion of every copy:
// one of the calls is wrong.
func (p *plan) warnInsideLost(entries []*entry) {
	type lost struct {
		first string
		n     int
	}
	of := map[*entry]lost{}
	p.spans(entries, p.kin.losesAll, func(del, inside *entry) {
		v := &inside.row.Variant
		if p.kin.carries(p.kin.proband, v) != kept {
			return
		}
		call := fmt.Sprintf("%s is called %s", v.Key, p.kin.proband.call(v).GT)
		if del.partner {
			inside.warn(call + " inside " + p.kin.lostText(del))
		}
		if inside.partner {
			x := of[del]
			if x.n++; x.n == 1 {
				x.first = call
			}
			of[del] = x
		}
	})
	for _, del := range entries {
		x, ok := of[del]
		if !ok {
			continue
		}
		if x.n > 1 {
			x.first += fmt.Sprintf(" (the first of %d)", x.n)
		}
		del.warn(x.first + " inside " + p.kin.lostText(del))
	}
}

// lostText names a deletion of every copy.
func (k *kindred) lostText(del *entry) string {
	v := &del.row.Variant
	return fmt.Sprintf("%s, which is called on every copy (%s): one of the calls is wrong", lossText(v), k.proband.call(v).GT)
}

// warn adds a warning to each label.
func (e *entry) warn(text string) {
	for i := range e.row.Labels {
		e.row.Labels[i].Why = sentence(e.row.Labels[i].Why, "warning: "+text)
	}
}

// losesAll reports whether the proband has no copy without a large deletion.
func (k *kindred) losesAll(v *review.Variant) bool {
	if v.Kind != review.Symbolic || symbol(v.Key.Alt) == "<CNV>" {
		return false
	}
	z := zygosityOf(k.proband.call(v), siteOf(v.Key), k.sex)
	return z == hom || z == hemi && siteOf(v.Key) != autosomal
}

// phaseOverDeletion judges an allele called on every copy inside a deletion of
// one: in trans, unless the parent who gave the other copy lacks the allele.
func (k *kindred) phaseOverDeletion(v, del *review.Variant) phase {
	what := fmt.Sprintf("the call %s of %s lies inside %s, so that the one copy left carries it", k.proband.call(v).GT, v.Key, lossText(del))
	other := map[string]*relative{"mother": k.father, "father": k.mother}[k.giver(del)]
	if other != nil && k.carries(other, v) == removed {
		return phase{phaseUnknown, "none", what + "; but the " + other.name() + ", who gave the copy without the deletion, is called without the allele"}
	}
	return phase{phaseTrans, "genotype", what}
}

// overDeletion judges two alleles of which one is a deletion over the place of
// the other, both on one copy. ok is false where the calls do not tell.
func (k *kindred) overDeletion(v, del *review.Variant) (phase, bool) {
	r, ok := deletes(del)
	if !ok || !r.Contains(v.Key.Contig, v.Key.Pos) || !carriesStar(k.proband.call(v), v) {
		return phase{}, false
	}
	return phase{phaseTrans, "genotype", fmt.Sprintf("the call %s of %s has the base deleted on the other copy", k.proband.call(v).GT, v.Key)}, true
}

// carriesStar reports whether a call names the allele * of its record.
func carriesStar(c *review.Call, v *review.Variant) bool { return countStars(c, v) > 0 }

// countStars counts the copies of the record's allele * in a call.
func countStars(c *review.Call, v *review.Variant) int {
	star := slices.Index(v.Record.Alts, "*") + 1
	if star == 0 || c.Others == 0 && v.Record.Allele != star {
		return 0
	}
	n := 0
	for a := range strings.FieldsFuncSeq(c.GT, func(r rune) bool { return r == '/' || r == '|' }) {
		if a == strconv.Itoa(star) {
			n++
		}
	}
	return n
}

// impossibleInside says that a heterozygous call inside a deletion of one copy
// cannot be.
func (k *kindred) impossibleInside(a, b *review.Variant) string {
	for _, pair := range [][2]*review.Variant{{a, b}, {b, a}} {
		v, del := pair[0], pair[1]
		r, ok := deletes(del)
		if ok && del.Kind == review.Symbolic && r.Contains(v.Key.Contig, v.Key.Pos) && !carriesStar(k.proband.call(v), v) {
			return fmt.Sprintf("warning: %s is called %s inside %s, where one copy is left: one of the calls is wrong, or one is mosaic",
				v.Key, k.proband.call(v).GT, lossText(del))
		}
	}
	return ""
}
