package triage

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review"
)

// maxPartners bounds the partners a label names; its sentence counts them all.
const maxPartners = 25

// crowd is how many heterozygous alleles of one gene are phased with each other.
// With more of them (a filter without a frequency step on a large gene) each
// gets a label that says so, for the work grows with the square.
const crowd = 500

// entry is a row on its way through the inheritance step.
type entry struct {
	row   Row
	genes []gene
	// partner is true for rows that the earlier steps kept or that the rescue
	// lane shows: only these are second alleles for others.
	partner bool
	asked   bool // the variant an explanation was asked for
	noFit   string
}

// gene names a gene for grouping: HGNC ID, else symbol, else the annotation's
// own ID.
type gene struct{ id, symbol string }

func (g gene) name() string {
	if g.symbol != "" {
		return g.symbol
	}
	return g.id
}

func geneOf(c review.Consequence) gene {
	switch {
	case hgncID(c.HGNC) != "":
		return gene{hgncID(c.HGNC), c.Symbol}
	case c.Symbol != "":
		return gene{c.Symbol, c.Symbol}
	}
	return gene{c.GeneID, c.GeneID}
}

// genesOf lists the genes in which the variant could be a second allele: those
// of rows that the consequence step asks for. Where no row has one (a splice
// score or the rescue lane kept the variant, or the step is off), the genes
// whose transcripts hold it.
func (p *plan) genesOf(v *review.Variant) []gene {
	var genes []gene
	add := func(match func(review.Consequence) bool) {
		for _, c := range v.Consequences {
			g := geneOf(c)
			if g.id == "" || !match(c) {
				continue
			}
			// One annotator may give the HGNC ID and another the symbol alone.
			i := slices.IndexFunc(genes, func(h gene) bool { return h.id == g.id || h.symbol != "" && h.symbol == g.symbol })
			switch {
			case i < 0:
				genes = append(genes, g)
			case genes[i].id == genes[i].symbol:
				genes[i] = g
			}
		}
	}
	if p.rule != nil {
		add(p.rule.matches)
	}
	if len(genes) == 0 {
		add(func(c review.Consequence) bool { return !c.IsBeside() })
	}
	return genes
}

// canPair reports whether the proband carries one copy of two at the variant.
func (k *kindred) canPair(v *review.Variant) bool {
	s := siteOf(v.Key)
	if s == mitochondrial || s == onY || s == onX && k.sex == review.Male {
		return false
	}
	return zygosityOf(k.proband.call(v), s, k.sex) == het
}

// label gives every entry its labels.
func (p *plan) label(entries []*entry) {
	p.borrowGenes(entries)
	groups := map[string][]*entry{}
	for _, e := range entries {
		e.row.Labels, e.noFit = p.kin.single(&e.row.Variant)
		if !p.kin.canPair(&e.row.Variant) {
			continue
		}
		for _, g := range e.genes {
			groups[g.id] = append(groups[g.id], e)
		}
	}
	for _, e := range entries {
		if !p.kin.canPair(&e.row.Variant) {
			continue
		}
		for _, g := range e.genes {
			e.row.Labels = append(e.row.Labels, p.pairLabels(e, g, groups[g.id])...)
		}
	}
	p.pairWithDeletions(entries)
	p.warnInsideLost(entries)
}

// mates are second alleles with the same phase and basis.
type mates struct {
	phase
	n     int      // of them
	keys  []string // the first maxPartners
	notes []string
}

// pairLabels labels an entry by the other alleles of one gene: one label for
// each phase and basis. Alleles on the same copy get ModelCisPair.
func (p *plan) pairLabels(e *entry, g gene, group []*entry) []review.Label {
	if len(group) > crowd {
		return []review.Label{{
			Model: ModelCompoundHet, Phase: phaseUnknown, Basis: "none",
			Why: fmt.Sprintf("one of %d heterozygous alleles of %s that pass the filter: too many to phase each with each; narrow the filter", len(group), g.name()),
		}}
	}
	var all []*mates
	for _, o := range group {
		if o == e || !o.partner || o.row.Variant.Key == e.row.Variant.Key {
			continue
		}
		ph := p.kin.phaseOf(&e.row.Variant, &o.row.Variant)
		i := slices.IndexFunc(all, func(m *mates) bool { return m.phase.phase == ph.phase && m.basis == ph.basis })
		if i < 0 {
			i = len(all)
			all = append(all, &mates{phase: ph})
		}
		if all[i].add(o.row.Variant.Key.String()) {
			all[i].addNotes(p.kin.pairNotes(&e.row, &o.row, ph))
		}
	}
	slices.SortStableFunc(all, func(a, b *mates) int { return phaseOrder(a.phase.phase) - phaseOrder(b.phase.phase) })
	var labels []review.Label
	for _, m := range all {
		labels = append(labels, m.label(g))
	}
	return labels
}

func phaseOrder(p string) int { return slices.Index([]string{phaseTrans, phaseUnknown, phaseCis}, p) }

// add counts one more of them; ok is true where it is named too.
func (m *mates) add(key string) (ok bool) {
	m.n++
	if ok = m.n <= maxPartners; ok {
		m.keys = append(m.keys, key)
	}
	return ok
}

func (m *mates) addNotes(notes []string) {
	for _, n := range notes {
		if !slices.Contains(m.notes, n) {
			m.notes = append(m.notes, n)
		}
	}
}

// label puts mates into words.
func (m *mates) label(g gene) review.Label {
	l := review.Label{Model: ModelCompoundHet, Phase: m.phase.phase, Basis: m.basis, Partner: m.keys}
	with := strings.Join(l.Partner, ", ")
	if m.n > len(m.keys) {
		with = fmt.Sprintf("%s and %d more", with, m.n-len(m.keys))
	}
	what := "in trans"
	switch m.phase.phase {
	case phaseUnknown:
		what = "phase unknown"
	case phaseCis:
		l.Model, what = ModelCisPair, "on the same copy, so that the other copy stays intact"
	}
	why := m.why
	if m.n > 1 {
		why = "first of them: " + why
	}
	place := "" // a deletion without annotation has no gene
	if g.name() != "" {
		place = " in " + g.name()
	}
	l.Why = sentence(append([]string{"with " + with + place + ", " + what, why}, m.notes...)...)
	return l
}

// pairNotes says what speaks against a pair in the family, and whether the two
// may be one change.
func (k *kindred) pairNotes(a, b *Row, ph phase) []string {
	var notes []string
	if sameCodon(a, b) {
		switch ph.phase {
		case phaseCis:
			notes = append(notes, "both change one codon of one copy, which makes one change of several bases: recompute the protein from both")
		case phaseUnknown:
			notes = append(notes, "both change one codon: if on one copy, they are one change of several bases, and the protein must be recomputed from both")
		}
	}
	if ph.phase == phaseCis {
		return notes
	}
	if odd := k.impossibleInside(&a.Variant, &b.Variant); odd != "" {
		notes = append(notes, odd)
	}
	notes = append(notes, k.homozygousNotes(&a.Variant, &b.Variant)...)
	return append(notes, k.siblingNotes(&a.Variant, &b.Variant)...)
}

// siblingNotes says which relatives other than the parents have both alleles of a
// pair, or should.
func (k *kindred) siblingNotes(a, b *review.Variant) []string {
	var notes []string
	for _, r := range k.others {
		if !r.blood || !r.inFile(a) || r.Affected == nil {
			continue
		}
		x, y := k.carries(r, a), k.carries(r, b)
		switch both := x == kept && y == kept; {
		case both && r.isUnaffected():
			notes = append(notes, "warning: the "+r.status()+" has both")
		case both && r.twin:
			notes = append(notes, "the "+r.status()+" has both, which is no second observation")
		case both:
			notes = append(notes, "the "+r.status()+" has both")
		case r.isAffected() && (x == removed || y == removed):
			notes = append(notes, "warning: the "+r.status()+" does not have both")
		}
	}
	return notes
}

// homozygousNotes warns of unaffected relatives with two copies of one allele of
// a pair: they would be affected if it caused a recessive disease.
func (k *kindred) homozygousNotes(a, b *review.Variant) []string {
	var notes []string
	for _, r := range k.relatives {
		if !r.blood || !r.isUnaffected() {
			continue
		}
		for _, v := range []*review.Variant{a, b} {
			if k.zygosity(r, v) == hom {
				notes = append(notes, "warning: the "+r.status()+" has two copies of "+v.Key.String())
			}
		}
	}
	return notes
}

// sameCodon reports whether the chosen rows name the same amino acid of the same
// transcript, and neither inserts or deletes bases.
func sameCodon(a, b *Row) bool {
	x, ok := a.Consequence()
	y, ok2 := b.Consequence()
	substitutes := func(r *Row) bool { return len(r.Variant.Key.Ref) == len(r.Variant.Key.Alt) }
	return ok && ok2 && x.AAPosition != "" && x.Transcript == y.Transcript && x.AAPosition == y.AAPosition && substitutes(a) && substitutes(b)
}
