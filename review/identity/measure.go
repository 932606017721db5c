package identity

import (
	"slices"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
)

// Measure goes through the rows once and tells what they say of the samples and
// of the declared family. Samples outside the family are measured too, those of
// the family first, up to the most that p allows. It never fails: what cannot be
// told is not assessed.
func Measure(s *summary.Summary, family review.Family, p Params) Report {
	m := newMeasure(s, family, p)
	for _, c := range s.Contigs {
		m.contig(c)
	}
	return m.report()
}

// measure is one pass over the rows.
type measure struct {
	s      *summary.Summary
	family review.Family
	p      Params
	gate   *gate // off X and Y
	gateXY *gate
	common bool // runs rest on common sites

	people  []*person
	pairs   []*pairCount
	trios   []*trio
	codes   []geno // of people, at the row in hand on X, Y and MT
	block   block
	sites   int64
	leftOut int

	ySites  int64
	mothers []*mitoCount
}

// person is one sample with what was counted of it.
type person struct {
	id    string
	calls *summary.Calls
	genos [4]int64
	x     sexCount
	runs  runFinder
	reads readCount
}

func newMeasure(s *summary.Summary, family review.Family, p Params) *measure {
	g := p.Gate
	m := &measure{
		s: s, family: family, p: p,
		gate:   newGate(g.MinDepth, g.MinGQ, g.Ungated, true),
		gateXY: newGate(g.XMinDepth, g.XMinGQ, g.Ungated, false),
	}
	chosen := choose(s.Head.Samples, family, g.MaxSamples)
	m.leftOut = len(s.Head.Samples) - len(chosen)
	for _, i := range chosen {
		m.people = append(m.people, &person{id: s.Head.Samples[i], calls: &s.Calls[i]})
	}
	m.codes = make([]geno, len(m.people))
	m.block = newBlock(len(m.people))
	for i := range m.people {
		for j := i + 1; j < len(m.people); j++ {
			m.pairs = append(m.pairs, &pairCount{a: i, b: j})
		}
	}
	m.trios = m.findTrios()
	m.mothers = m.findMothers()
	m.survey()
	return m
}

// choose picks the samples to measure: the family's first, then the others in
// the order of the file.
func choose(samples []string, family review.Family, most int) []int {
	var chosen []int
	for _, in := range []bool{true, false} {
		for i, id := range samples {
			if _, ok := family.Member(id); ok == in && len(chosen) < most {
				chosen = append(chosen, i)
			}
		}
	}
	slices.Sort(chosen)
	return chosen
}

func (m *measure) find(id string) int {
	if id == "" {
		return -1
	}
	return slices.IndexFunc(m.people, func(p *person) bool { return p.id == id })
}

// surveyStep is how many rows the survey goes on by.
const surveyStep = 16

// survey looks at some of the rows, to learn whether the file gives frequencies
// and how often each person is heterozygous.
func (m *measure) survey() {
	rows, withAF := 0, 0
	het, all := make([]float64, len(m.people)), make([]float64, len(m.people))
	usual, usualAll := make([]float64, len(m.people)), make([]float64, len(m.people))
	for _, c := range m.s.Contigs {
		if autosome(c.Contig) == 0 {
			continue
		}
		for row := c.From; row < c.To; row += surveyStep {
			if !countable(m.s, row) {
				continue
			}
			rows++
			af := m.s.Freq[row]
			if af == af {
				withAF++
			}
			common := m.isCommon(af)
			for i, p := range m.people {
				g := m.gate.read(p.calls, row)
				if g == unknown {
					continue
				}
				all[i]++
				if common {
					usualAll[i]++
				}
				if g == het1 {
					het[i]++
					if common {
						usual[i]++
					}
				}
			}
		}
	}
	m.common = rows > 0 && float64(withAF) >= m.p.Runs.FrequencyShare*float64(rows)
	for i, p := range m.people {
		h, n := het[i], all[i]
		if m.common {
			h, n = usual[i], usualAll[i]
		}
		p.runs.init(m.p.Runs, h, n)
	}
}

// isCommon reports whether both alleles of a site are frequent; false where the
// frequency is not known.
func (m *measure) isCommon(af float32) bool {
	return af >= float32(m.p.Runs.CommonAF) && af <= float32(1-m.p.Runs.CommonAF)
}

// autosome returns 1 … 22, and 0 for other contigs.
func autosome(contig string) int {
	n := 0
	for _, r := range contig {
		if r < '0' || r > '9' {
			return 0
		}
		n = 10*n + int(r-'0')
	}
	if !genome.IsPrimary(contig) {
		return 0
	}
	return n
}

func (m *measure) contig(c summary.Stretch) {
	switch {
	case autosome(c.Contig) > 0:
		m.autosome(c)
	case c.Contig == "X":
		m.onX(c)
	case c.Contig == "Y":
		m.onY(c)
	case c.Contig == "MT":
		m.mitochondrial(c)
	}
}

// report puts what was counted together.
func (m *measure) report() Report {
	r := Report{
		LeftOut: m.leftOut, Sites: m.sites, Rows: int64(m.s.Len()), CommonSites: m.common,
		Samples: []string{}, Genotypes: []Genotypes{}, Sex: []Sex{}, Pairs: []Pair{}, ROH: []Homozygosity{},
		UPD: []Disomy{}, Contamination: []Contamination{},
		Mendel:        Mendel{Trios: []MendelRate{}, Duos: m.mendelDuos()},
		Mitochondrial: Mitochondrial{Pairs: []MitochondrialPair{}}, Thresholds: m.p.Thresholds(),
	}
	for _, p := range m.people {
		r.Samples = append(r.Samples, p.id)
		r.Genotypes = append(r.Genotypes, Genotypes{p.id, p.genos[hom0], p.genos[het1], p.genos[hom2], p.genos[unknown]})
		r.Sex = append(r.Sex, m.sex(p))
		r.ROH = append(r.ROH, m.homozygosity(p))
		r.Contamination = append(r.Contamination, m.contamination(p))
	}
	for _, t := range m.trios {
		hints := m.disomies(t)
		r.UPD = append(r.UPD, hints...)
		r.Mendel.Trios = append(r.Mendel.Trios, m.mendelTrio(t, hints))
	}
	for _, c := range m.pairs {
		r.Pairs = append(r.Pairs, m.pair(c, r.UPD))
	}
	for _, c := range m.mothers {
		r.Mitochondrial.Pairs = append(r.Mitochondrial.Pairs, m.mitochondrialPair(c))
	}
	return r
}
