package identity

import (
	"fmt"

	"garrod/review/summary"
)

// mitoCount compares a mother with her child.
type mitoCount struct {
	mother, child      int
	sites, differences int64
}

func (m *measure) findMothers() []*mitoCount {
	var all []*mitoCount
	for _, c := range m.family.Members {
		if child, mother := m.find(c.ID), m.find(c.Mother); child >= 0 && mother >= 0 {
			all = append(all, &mitoCount{mother: mother, child: child})
		}
	}
	return all
}

// mitochondrial counts the rows of the mitochondrial genome. Mixed sites say
// nothing: levels differ between tissues.
func (m *measure) mitochondrial(c summary.Stretch) {
	for row := c.From; row < c.To; row++ {
		if !countable(m.s, row) {
			continue
		}
		for i, p := range m.people {
			m.codes[i] = m.p.Mitochondrial.read(p.calls, row)
		}
		for _, p := range m.mothers {
			switch a, b := m.codes[p.mother], m.codes[p.child]; {
			case a == hom2 && b == hom2:
				p.sites++
			case a == hom2 && b == hom0, a == hom0 && b == hom2:
				p.sites++
				p.differences++
			}
		}
	}
}

// read tells all reads alike with the alternative allele, and none, from a
// mixture and from what is not known.
func (q *MitochondrialParams) read(c *summary.Calls, row int) geno {
	g, depth := c.GT[row], c.Depth[row]
	called := g.State() == summary.GTCalled || g.State() == summary.GTRefBlock
	if !called || g&summary.GTOthers != 0 || depth == summary.Unknown || int(depth) < q.MinDepth {
		return unknown
	}
	share, ok := summary.ShareValue(c.Share[row])
	switch {
	case g.Copies() == 0 && (!ok || share <= 1-q.Homoplasmic):
		return hom0
	case g.Copies() > 0 && ok && share >= q.Homoplasmic,
		!ok && (g.Copies() == 2 || g.Copies() == 1 && g&summary.GTHaploid != 0):
		return hom2
	}
	return unknown
}

func (m *measure) mitochondrialPair(c *mitoCount) MitochondrialPair {
	q := &m.p.Mitochondrial
	p := MitochondrialPair{
		Mother: m.people[c.mother].id, Child: m.people[c.child].id, Sites: c.sites, Differences: c.differences,
		Verdict: Agrees,
	}
	switch {
	case c.sites < int64(q.MinSites):
		p.Verdict, p.Why = NotAssessed, fmt.Sprintf("%d of the %d sites that are needed", c.sites, q.MinSites)
		return p
	case c.differences > int64(q.MaxDifferences):
		p.Verdict = Contradicts
	}
	p.Why = fmt.Sprintf("%d of %d sites differ without being mixed", c.differences, c.sites)
	return p
}
