package triage

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
)

// refLimits is what a call without an allele needs before it proves that the
// allele is not there. What the file does not give is not held against a call.
type refLimits struct{ depth, gq int }

// refLimits are the limits for a person of the given sex at a place.
func (p InheritanceParams) refLimits(sex review.Sex, at site) refLimits {
	if sex == review.Male && (at == onX || at == onY) {
		return refLimits{p.RefMinDepthHemi, p.RefMinGQHemi}
	}
	return refLimits{p.RefMinDepth, p.RefMinGQ}
}

// areMissed reports whether a call has too few reads or too low a quality. A
// negative number is none.
func (l refLimits) areMissed(c *review.Call) bool {
	low := func(n *int, least int) bool { return n != nil && *n >= 0 && *n < least }
	return low(c.Depth, l.depth) || low(c.GQ, l.gq)
}

// proven is carried for a call whose absence of the allele must be proven.
func (l refLimits) proven(c *review.Call) outcome {
	if o := carried(c); o != removed || !l.areMissed(c) {
		return o
	}
	return notAssessed
}

// provenBy is proven for a person of the family.
func (k *kindred) provenBy(r *relative, v *review.Variant) outcome {
	return k.limitsOf(r, siteOf(v.Key)).proven(r.call(v))
}

func (k *kindred) limitsOf(r *relative, at site) refLimits {
	sex := r.Sex
	if r == k.proband {
		sex = k.sex
	}
	return k.p.refLimits(sex, at)
}

// provenText writes a genotype, and whether it is one that proves nothing.
func (l refLimits) provenText(c *review.Call) string {
	if carried(c) != removed || !l.areMissed(c) {
		return callText(c)
	}
	return callText(c) + ", but " + evidenceText(c) + " do not prove reference"
}

// evidenceText is "DP 3 and GQ 0", as far as the file gives them.
func evidenceText(c *review.Call) string {
	var parts []string
	if c.Depth != nil {
		parts = append(parts, fmt.Sprintf("DP %d", *c.Depth))
	}
	if c.GQ != nil {
		parts = append(parts, fmt.Sprintf("GQ %d", *c.GQ))
	}
	return strings.Join(parts, " and ")
}

// The strength of a cell of Depth or GQ in a call without the allele; those of
// both are added up as bits.
const (
	cellWeak   uint8 = 1 << iota // below the limit
	cellUnsure                   // as much as a cell holds: the record must tell
	cellStates
)

// refTables are refLimits for cells.
type refTables struct {
	limits    refLimits
	depth, gq [256]uint8
	unsure    bool // a cell may be unsure
}

func (l refLimits) tables() *refTables {
	t := &refTables{limits: l, unsure: max(l.depth, l.gq) > summary.Most}
	for i := range 256 {
		t.depth[i], t.gq[i] = strengthOf(i, l.depth), strengthOf(i, l.gq)
	}
	return t
}

func strengthOf(cell, least int) uint8 {
	switch {
	case cell == summary.Unknown:
		return 0
	case cell == summary.Most && least > summary.Most:
		return cellUnsure
	case cell < least:
		return cellWeak
	}
	return 0
}

// strength is that of a row's call.
func (t *refTables) strength(calls *summary.Calls, row int) uint8 {
	return t.depth[calls.Depth[row]] | t.gq[calls.GQ[row]]
}

// provenCell is the code of a genotype of which decide says what it means, where
// a weak absence of the allele means nothing.
func provenCell(gt summary.GT, strength uint8, decide func(summary.GT) outcome) code {
	if genotypeCarried(gt) == removed {
		switch {
		case strength&cellWeak != 0:
			return codeUnknown
		case strength&cellUnsure != 0:
			return codeOpen
		}
	}
	return codeOf(decide(gt))
}

// personCells reads the calls of one person of a summary.
type personCells struct {
	person         int // index into Calls
	usual, oneCopy *refTables
}

// cells reads a person's calls; nil where the summary does not hold them.
func (k *kindred) cells(s *summary.Summary, r *relative) *personCells {
	person := slices.Index(s.Head.Samples, r.ID)
	if person < 0 {
		return nil
	}
	t := &personCells{person: person, usual: k.limitsOf(r, autosomal).tables()}
	t.oneCopy = t.usual
	if oneCopy := k.limitsOf(r, onX); oneCopy != k.limitsOf(r, autosomal) {
		t.oneCopy = oneCopy.tables()
	}
	return t
}

// carriedAt is what a row tells of proven.
func (t *personCells) carriedAt(c *columns, row int, contig string) code {
	tables, calls := t.usual, &c.Calls[t.person]
	if t.oneCopy != t.usual && isSexChromosome(contig) &&
		!genome.InPAR(c.Head.Assembly, contig, genome.Pos(c.Pos[row])) {
		tables = t.oneCopy
	}
	return provenCell(calls.GT[row], tables.strength(calls, row), genotypeCarried)
}

// limitsFrom gives the limits for rows of a chunk from the given one on, up to
// the returned one.
func (t *personCells) limitsFrom(c *chunk, from int) (to int, least refLimits) {
	if t.oneCopy == t.usual || !isSexChromosome(c.contig) {
		return c.to, t.usual.limits
	}
	par := genome.PARs(c.Head.Assembly, c.contig)
	inside := func(row int) bool { return c.within(par, uint16(row-c.from)) }
	two := inside(from)
	for to = from + 1; to < c.to && inside(to) == two; {
		to++
	}
	if two {
		return to, t.usual.limits
	}
	return to, t.oneCopy.limits
}

// lookUp is a check that a person's genotype and the place decide.
func (t *personCells) lookUp(decide func(gt summary.GT, at site) outcome) sifter {
	var at [mitochondrial + 1][cellStates][256]code
	for s := range at {
		for strength := range at[s] {
			at[s][strength] = *table(func(cell uint8) code {
				return provenCell(summary.GT(cell), uint8(strength), func(gt summary.GT) outcome { return decide(gt, site(s)) })
			})
		}
	}
	return func(c *chunk, sel []uint16, out []code) {
		calls := &c.Calls[t.person]
		here := siteOf(genome.Key{Contig: c.contig})
		codes, tables := &at[here], t.usual
		if here == onX || here == onY {
			tables = t.oneCopy
		}
		par := genome.PARs(c.Head.Assembly, c.contig)
		for i, r := range sel {
			row := c.from + int(r)
			if len(par) > 0 && c.within(par, r) {
				out[i] |= at[autosomal][t.usual.strength(calls, row)][uint8(calls.GT[row])]
				continue
			}
			out[i] |= codes[tables.strength(calls, row)][uint8(calls.GT[row])]
		}
	}
}
