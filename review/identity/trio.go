package identity

import (
	"fmt"
	"slices"

	"garrod/review/genome"
)

// What a site of a trio says. Maternal and paternal stand for the parent whose
// allele is missing in the child or proved there.
const (
	lacksMaternal uint8 = 1 << iota
	provesMaternal
	lacksPaternal
	provesPaternal
	impossible
)

// events gives what each genotype of a trio says: the child's times 16, plus the
// mother's times 4, plus the father's.
var events = func() (e [64]uint8) {
	for c := hom0; c <= hom2; c++ {
		for m := hom0; m <= hom2; m++ {
			for f := hom0; f <= hom2; f++ {
				e[c<<4|m<<2|f] = eventOf(c, m, f)
			}
		}
	}
	return e
}()

func eventOf(c, m, f geno) uint8 {
	var e uint8
	if !possible(c, m, f) {
		e |= impossible
	}
	if lacks(c, m) && gives(c, f) {
		e |= lacksMaternal
	}
	if lacks(c, f) && gives(c, m) {
		e |= lacksPaternal
	}
	if proves(c, m, f) {
		e |= provesMaternal
	}
	if proves(c, f, m) {
		e |= provesPaternal
	}
	return e
}

// possible reports whether one allele of each parent makes the child.
func possible(c, m, f geno) bool {
	for _, a := range alleles(m) {
		for _, b := range alleles(f) {
			if a+b == c {
				return true
			}
		}
	}
	return false
}

// alleles lists what a parent can give.
func alleles(g geno) []geno {
	switch g {
	case hom0:
		return []geno{0}
	case hom2:
		return []geno{1}
	}
	return []geno{0, 1}
}

// lacks reports whether a homozygous child has no allele of a parent.
func lacks(c, parent geno) bool { return c == hom2 && parent == hom0 || c == hom0 && parent == hom2 }

// gives reports whether the allele that a homozygous child has may come from a
// parent.
func gives(c, parent geno) bool { return slices.Contains(alleles(parent), c/2) }

// proves reports whether the child has an allele that one parent has and the
// other has not.
func proves(c, parent, other geno) bool {
	return c >= het1 && other == hom0 && parent >= het1 || c <= het1 && other == hom2 && parent <= het1
}

// trio is a child with both parents.
type trio struct {
	child, mother, father int
	q                     *UPDParams

	table  [64]int64 // of the chromosome in hand
	tables map[string][64]int64
	// patOnly looks for stretches without a maternal allele, matOnly for those
	// without a paternal one.
	patOnly, matOnly disomyFinder
	found            []foundDisomy
}

// findTrios lists the children of the family who have a sample, as have both
// parents.
func (m *measure) findTrios() []*trio {
	var all []*trio
	for _, c := range m.family.Members {
		child, mother, father := m.find(c.ID), m.find(c.Mother), m.find(c.Father)
		if child < 0 || mother < 0 || father < 0 {
			continue
		}
		all = append(all, &trio{
			child: child, mother: mother, father: father, q: &m.p.UPD, tables: map[string][64]int64{},
			patOnly: disomyFinder{lacks: lacksMaternal, proves: provesMaternal, shift: 0},
			matOnly: disomyFinder{lacks: lacksPaternal, proves: provesPaternal, shift: 2},
		})
	}
	return all
}

func (t *trio) begin() { t.table = [64]int64{} }

// site takes the genotypes of the trio at the next site of the chromosome.
func (t *trio) site(pos uint32, code uint8) {
	t.table[code]++
	if e := events[code]; e != 0 {
		t.patOnly.event(t.q, pos, e, t)
		t.matOnly.event(t.q, pos, e, t)
	}
	t.patOnly.parentHet(code)
	t.matOnly.parentHet(code)
}

func (t *trio) end(contig string) {
	t.patOnly.settle(t.q, t)
	t.matOnly.settle(t.q, t)
	for i := range t.found {
		if t.found[i].contig == "" {
			t.found[i].contig = contig
		}
	}
	// A chromosome in two pieces of the file counts as one.
	sum := t.tables[contig]
	for i, n := range t.table {
		sum[i] += n
	}
	t.tables[contig] = sum
}

// stretch is a run of markers without an allele of one parent.
type stretch struct {
	first, last      uint32
	markers, against int64
	het, hom         int64 // of the child, where the parent who gave is heterozygous
}

// foundDisomy is a stretch with the parent who gave both copies.
type foundDisomy struct {
	stretch
	contig   string
	maternal bool
}

// disomyFinder finds the stretches of a chromosome in which the child has no
// allele of one parent, as runFinder finds runs.
type disomyFinder struct {
	lacks, proves uint8
	shift         uint8 // of the giving parent's genotype in a trio's
	score, top    int
	open, best    stretch
}

func (d *disomyFinder) event(q *UPDParams, pos uint32, e uint8, t *trio) {
	switch {
	case e&d.lacks != 0:
		if d.open.markers == 0 {
			d.open.first = pos
		}
		d.open.markers++
		d.score++
		if d.score > d.top {
			d.top, d.best = d.score, d.open
			d.best.last = pos
		}
	case e&d.proves != 0 && d.open.markers > 0:
		d.open.against++
		d.score -= q.Against
		if d.score < 0 || d.score < d.top-q.Drop {
			d.settle(q, t)
		}
	}
}

// parentHet counts the child's genotypes where the giving parent is heterozygous:
// with both copies of that parent alike the child never is, with both different
// ones always.
func (d *disomyFinder) parentHet(code uint8) {
	if d.open.markers == 0 || code>>d.shift&3 != het1 {
		return
	}
	switch code >> 4 {
	case het1:
		d.open.het++
	case hom0, hom2:
		d.open.hom++
	}
}

func (d *disomyFinder) settle(q *UPDParams, t *trio) {
	b := d.best
	if b.markers >= int64(q.MinMarkers) && int64(b.last-b.first)+1 >= int64(q.MinBases) {
		t.found = append(t.found, foundDisomy{stretch: b, maternal: d.lacks == lacksPaternal})
	}
	d.open, d.best, d.score, d.top = stretch{}, stretch{}, 0, 0
}

// disomies gives the hints of a trio. A parent who is missing on many
// chromosomes is no parent, and gives none.
func (m *measure) disomies(t *trio) []Disomy {
	contigs := map[bool][]string{}
	for _, f := range t.found {
		if !slices.Contains(contigs[f.maternal], f.contig) {
			contigs[f.maternal] = append(contigs[f.maternal], f.contig)
		}
	}
	var all []Disomy
	for _, f := range t.found {
		if len(contigs[f.maternal]) <= m.p.UPD.MaxChromosomes {
			all = append(all, m.disomy(t, f))
		}
	}
	return all
}

func (m *measure) disomy(t *trio, f foundDisomy) Disomy {
	q := &m.p.UPD
	d := Disomy{
		Child: m.people[t.child].id, Contig: f.contig, First: int64(f.first), Last: int64(f.last),
		Origin: "paternal", Kind: "unknown", Markers: f.markers, Against: f.against,
		Imprinted: slices.Contains(q.Imprinted, f.contig),
	}
	missing := "maternal"
	if f.maternal {
		d.Origin, missing = "maternal", "paternal"
	}
	if n := f.het + f.hom; n >= int64(q.MinMarkers) {
		switch het := float64(f.het) / float64(n); {
		case het <= q.IsoMaxHet:
			d.Kind = "isodisomy"
		case het >= q.HeteroMinHet:
			d.Kind = "heterodisomy"
		default:
			d.Kind = "mixed"
		}
	}
	length, _ := genome.ContigLength(m.s.Head.Assembly, f.contig)
	if length > 0 {
		d.Share = float64(d.Last-d.First+1) / float64(length)
	}
	cause := "uniparental disomy"
	if d.Kind != "heterodisomy" {
		cause += ", or a deletion of the other copy,"
	}
	d.Why = fmt.Sprintf("no %s allele at %d sites of chromosome %s over %s (against it: %d): %s may explain it%s",
		missing, d.Markers, d.Contig, megabases(d.Last-d.First+1), d.Against, cause, imprintedText(d.Imprinted))
	return d
}

// mendelTrio counts the impossible genotypes of a trio on the chromosomes that
// hints of uniparental disomy do not name.
func (m *measure) mendelTrio(t *trio, hints []Disomy) MendelRate {
	r := MendelRate{Child: m.people[t.child].id, Mother: m.people[t.mother].id, Father: m.people[t.father].id}
	for _, h := range hints {
		if h.Child == r.Child && !slices.Contains(r.LeftOut, h.Contig) {
			r.LeftOut = append(r.LeftOut, h.Contig)
		}
	}
	for contig, table := range t.tables {
		if !slices.Contains(r.LeftOut, contig) {
			r.add(&table)
		}
	}
	for _, p := range m.pairs {
		if all, _, _ := p.total(nil); t.has(p.a) && t.has(p.b) && all.variantsOnly(&m.p.Kinship) {
			r.Why = variantsOnlyText
		}
	}
	m.p.Mendel.judge(&r)
	return r
}

func (t *trio) has(i int) bool { return i == t.child || i == t.mother || i == t.father }

func (r *MendelRate) add(table *[64]int64) {
	for c := hom0; c <= hom2; c++ {
		for m := hom0; m <= hom2; m++ {
			for f := hom0; f <= hom2; f++ {
				n, e := table[c<<4|m<<2|f], events[c<<4|m<<2|f]
				if c|m|f != 0 {
					r.Sites += n
				}
				if e&impossible == 0 {
					continue
				}
				r.Errors += n
				if e&lacksMaternal != 0 {
					r.NoMaternal += n
				}
				if e&lacksPaternal != 0 {
					r.NoPaternal += n
				}
			}
		}
	}
}

// mendelDuos counts the impossible genotypes of children with one parent in the
// file: those without a common allele.
func (m *measure) mendelDuos() []MendelRate {
	all := []MendelRate{}
	for _, c := range m.family.Members {
		child, mother, father := m.find(c.ID), m.find(c.Mother), m.find(c.Father)
		if child < 0 || mother < 0 == (father < 0) {
			continue
		}
		r := MendelRate{Child: c.ID}
		parent := mother
		if mother >= 0 {
			r.Mother = c.Mother
		} else {
			r.Father, parent = c.Father, father
		}
		for _, p := range m.pairs {
			if p.a == min(child, parent) && p.b == max(child, parent) {
				all, _, _ := p.total(nil)
				r.Sites, r.Errors = all.sites(), all.opposite()
				if all.variantsOnly(&m.p.Kinship) {
					r.Why = variantsOnlyText
				}
			}
		}
		m.p.Mendel.judge(&r)
		all = append(all, r)
	}
	return all
}

func (q *MendelParams) judge(r *MendelRate) {
	if r.Sites > 0 {
		rate := float64(r.Errors) / float64(r.Sites)
		r.Rate = &rate
	}
	switch {
	case r.Why != "":
		r.Verdict = NotAssessed
		return
	case r.Sites < int64(q.MinSites):
		r.Verdict, r.Why = NotAssessed, fmt.Sprintf("%d of the %d sites that are needed", r.Sites, q.MinSites)
		return
	case *r.Rate > q.Block:
		r.Verdict = Contradicts
	case *r.Rate > q.Warn:
		r.Verdict = Doubtful
	default:
		r.Verdict = Agrees
	}
	r.Why = fmt.Sprintf("%d of %d sites (%s) cannot come from the declared parents", r.Errors, r.Sites, percent(*r.Rate))
}
