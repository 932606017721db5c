package identity

import (
	"fmt"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
)

// sexCount counts one person's genotypes on X and Y outside the pseudoautosomal
// regions.
type sexCount struct {
	het, hom int64 // on X, of those with the alternative allele
	yCalls   int64 // on Y: one allele, or two alike
	depth    [2]struct{ reads, sites int64 }
}

// The places of sexCount.depth.
const (
	depthX = iota
	depthY
)

func (c *sexCount) addDepth(at int, cell uint8) {
	if cell != summary.Unknown {
		c.depth[at].reads += int64(cell)
		c.depth[at].sites++
	}
}

// onX counts the rows of X. A pseudoautosomal site is passed over: there males
// have two copies, and the sites are few.
func (m *measure) onX(c summary.Stretch) {
	out := m.p.Sex.Excluded[m.s.Head.Assembly]
	for row := c.From; row < c.To; row++ {
		pos := genome.Pos(m.s.Pos[row])
		if !countable(m.s, row) || out.Contains("X", pos) || genome.InPAR(m.s.Head.Assembly, "X", pos) {
			continue
		}
		for _, p := range m.people {
			switch m.gateXY.read(p.calls, row) {
			case het1:
				p.x.het++
			case hom2:
				p.x.hom++
			}
			p.x.addDepth(depthX, p.calls.Depth[row])
		}
	}
}

// onY counts the rows of Y at which somebody has the alternative allele in one
// copy, or in two alike as callers write that know no ploidy.
func (m *measure) onY(c summary.Stretch) {
	for row := c.From; row < c.To; row++ {
		if !countable(m.s, row) || genome.InPAR(m.s.Head.Assembly, "Y", genome.Pos(m.s.Pos[row])) {
			continue
		}
		carried := false
		for i, p := range m.people {
			m.codes[i] = m.gateXY.read(p.calls, row)
			carried = carried || m.codes[i] == hom2
		}
		if !carried {
			continue
		}
		m.ySites++
		for i, p := range m.people {
			if g := m.codes[i]; g == hom0 || g == hom2 {
				p.x.yCalls++
			}
			p.x.addDepth(depthY, p.calls.Depth[row])
		}
	}
}

// yState is what is known of a person's Y.
type yState uint8

const (
	yUnknown yState = iota
	yPresent
	yAbsent
)

func (m *measure) sex(p *person) Sex {
	q := &m.p.Sex
	s := Sex{
		Sample: p.id, Declared: review.SexUnknown, Genetic: review.SexUnknown,
		XSites: p.x.het + p.x.hom, YSites: m.ySites, YCalls: p.x.yCalls, YX: p.x.ratio(q),
	}
	if member, ok := m.family.Member(p.id); ok && member.Sex != "" {
		s.Declared = member.Sex
	}
	if s.XSites > 0 {
		het := float64(p.x.het) / float64(s.XSites)
		s.XHet = &het
	}
	if s.XSites < int64(q.MinXSites) {
		s.Verdict = NotAssessed
		s.Why = fmt.Sprintf("%d of the %d genotypes on X that are needed", s.XSites, q.MinXSites)
		return s
	}
	s.Genetic, s.Why, s.Hint = q.tell(*s.XHet, q.stateOfY(s))
	s.Verdict = sexVerdict(s.Declared, s.Genetic)
	return s
}

// ratio is the mean depth on Y over that on X, nil without enough sites.
func (c *sexCount) ratio(q *SexParams) *float64 {
	x, y := c.depth[depthX], c.depth[depthY]
	if y.sites < int64(q.MinYSites) || x.reads == 0 {
		return nil
	}
	r := float64(y.reads) / float64(y.sites) * float64(x.sites) / float64(x.reads)
	return &r
}

// stateOfY tells whether there is a Y. Reads of X and of other chromosomes that
// map to Y give a few calls in everybody: these are few for the calls on X.
func (q *SexParams) stateOfY(s Sex) yState {
	many := s.YCalls >= int64(q.MinYCalls) && float64(s.YCalls) >= q.MinYPerX*float64(s.XSites) &&
		float64(s.YCalls) > q.AbsentYCalled*float64(s.YSites)
	switch {
	case many && (s.YX == nil || *s.YX >= q.MaleMinYX):
		return yPresent
	case s.YX != nil && *s.YX <= q.FemaleMaxYX:
		return yAbsent
	case s.YSites >= int64(q.MinYSites) && float64(s.YCalls) <= q.AbsentYCalled*float64(s.YSites):
		return yAbsent
	}
	return yUnknown
}

// tell names the genetic sex, or leaves it open.
func (q *SexParams) tell(het float64, y yState) (sex review.Sex, why, hint string) {
	share := fmt.Sprintf("%s of the genotypes on X are heterozygous", percent(het))
	switch {
	case het <= q.MaleMaxHet && y == yAbsent:
		return review.SexUnknown, share + " and there is no Y",
			"one X and no Y (X0), X alike in both copies, or a lost Y may explain it"
	case het <= q.MaleMaxHet:
		return review.Male, share + yText[y], ""
	case het >= q.FemaleMinHet && y == yPresent:
		return review.SexUnknown, share + " and there is a Y",
			"two X and a Y (XXY), or the reads of a second person, may explain it"
	case het >= q.FemaleMinHet:
		return review.Female, share + yText[y], ""
	}
	return review.SexUnknown, share + ", which is between the limits",
		"a mosaic, X alike in both copies in part, related parents, or the reads of a second person may explain it"
}

var yText = map[yState]string{
	yPresent: " and there is a Y", yAbsent: " and there is no Y", yUnknown: "; the file does not tell of Y",
}

func sexVerdict(declared, genetic review.Sex) Verdict {
	known := func(s review.Sex) bool { return s == review.Male || s == review.Female }
	switch {
	case !known(genetic):
		return Doubtful
	case !known(declared):
		return NotDeclared
	case declared == genetic:
		return Agrees
	}
	return Contradicts
}

// percent writes a share with at most three figures.
func percent(x float64) string { return fmt.Sprintf("%.3g %%", 100*x) }
