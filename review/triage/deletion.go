package triage

import (
	"fmt"
	"slices"
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

// spans pairs every deletion that the proband carries on one copy with the
// entries inside it.
func (p *plan) spans(entries []*entry, fn func(del, inside *entry)) {
	sorted := slices.Clone(entries)
	slices.SortStableFunc(sorted, func(a, b *entry) int { return compareKeys(a.row.Variant.Key, b.row.Variant.Key) })
	for _, d := range entries {
		r, ok := deletes(&d.row.Variant)
		if !ok || !p.kin.canPair(&d.row.Variant) {
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
	p.spans(entries, func(del, inside *entry) {
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
	type bundle struct{ *mates }
	found := map[*entry][]bundle{}
	add := func(e, other *entry, ph phase) {
		if !other.partner {
			return
		}
		for _, b := range found[e] {
			if b.phase.phase == ph.phase {
				b.add(other.row.Variant.Key.String())
				return
			}
		}
		m := &mates{phase: ph}
		m.add(other.row.Variant.Key.String())
		found[e] = append(found[e], bundle{m})
	}
	p.spans(entries, func(del, inside *entry) {
		v := &inside.row.Variant
		s := siteOf(v.Key)
		z := zygosityOf(p.kin.proband.call(v), s, p.kin.sex)
		// Overlapping small indels are one repeat written in several ways.
		twoWays := del.row.Variant.Kind == review.SmallVariant && len(v.Key.Ref) != len(v.Key.Alt)
		if z != hom && z != hemi || twoWays {
			return
		}
		ph := p.kin.phaseOverDeletion(v, &del.row.Variant)
		add(inside, del, ph)
		add(del, inside, ph)
	})
	for _, e := range entries {
		for _, b := range found[e] {
			e.row.Labels = append(e.row.Labels, b.label(gene{symbol: "one stretch"}))
		}
	}
}

// phaseOverDeletion judges an allele called on every copy inside a deletion of
// one: in trans, unless the parent who gave the other copy lacks the allele.
func (k *kindred) phaseOverDeletion(v, del *review.Variant) phase {
	what := fmt.Sprintf("the call %s of %s lies inside %s, so that the one copy left carries it", k.proband.call(v).GT, v.Key, lossText(del))
	other := map[string]*relative{"mother": k.father, "father": k.mother}[k.giver(del)]
	if other != nil && k.carries(other, v) == removed {
		return phase{phaseUnknown, "none", what + "; but the " + other.word + ", who gave the copy without the deletion, is called without the allele"}
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
func carriesStar(c *review.Call, v *review.Variant) bool {
	star := slices.Index(v.Record.Alts, "*") + 1
	if star == 0 {
		return false
	}
	for a := range strings.FieldsFuncSeq(c.GT, func(r rune) bool { return r == '/' || r == '|' }) {
		if a == fmt.Sprint(star) {
			return true
		}
	}
	return false
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
