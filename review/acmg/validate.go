package acmg

import (
	"fmt"
	"slices"
	"strings"
)

// validate checks what spans fields. It answers the first thing wrong.
func (rs *RuleSet) validate() *placeError {
	for _, check := range []func() *placeError{
		rs.checkWhole, rs.checkSources, rs.checkPoints, rs.checkCriteria, rs.checkPairs, rs.checkCaps,
		rs.checkReview, rs.checkScheme, rs.checkFrequencies, rs.checkPredictors,
	} {
		if bad := check(); bad != nil {
			return bad
		}
	}
	return nil
}

func (rs *RuleSet) checkWhole() *placeError {
	if rs.Extends != "" {
		return misplaced("extends", "%q has to be resolved first", rs.Extends)
	}
	if rs.Abstract {
		return misplaced("abstract", "an abstract layer is no rule set")
	}
	return nil
}

// checkSources asks that every source named is in the list of citations.
func (rs *RuleSet) checkSources() *placeError {
	named := map[string]string{
		"source": rs.Source, "points.source": rs.Points.Source,
		"combining.source": rs.Combining.Source, "review.source": rs.Review.Source,
		"population.source": rs.Population.Source, "ba1.source": rs.BA1.Source, "bs1.source": rs.BS1.Source,
		"pm2.source": rs.PM2.Source, "computational.source": rs.Computational.Source,
		"computational.protein.source": rs.Computational.Protein.Source,
		"computational.splice.source":  rs.Computational.Splice.Source,
	}
	for c, r := range rs.Criteria {
		named["criteria."+string(c)+".source"] = r.Source
	}
	for id, p := range rs.Pairs {
		named["pairs."+id+".source"] = p.Source
	}
	for id, c := range rs.Caps {
		named["caps."+id+".source"] = c.Source
	}
	for id, c := range rs.Combining.Clauses {
		named["combining.clauses."+id+".source"] = c.Source
	}
	for i, c := range rs.Combining.Ceilings {
		named[fmt.Sprintf("combining.ceilings[%d].source", i)] = c.Source
	}
	for i, e := range rs.BA1.Exceptions {
		named[fmt.Sprintf("ba1.exceptions[%d].source", i)] = e.Source
	}
	for _, place := range sortedKeys(named) {
		if s := named[place]; s != "" && rs.Sources[s].Citation == "" {
			return misplaced(place, "%q is not among the sources", s)
		}
	}
	return nil
}

func (rs *RuleSet) checkPoints() *placeError {
	for s, p := range rs.Points.Pathogenic {
		if p <= 0 || s == StandAlone {
			return misplaced("points.pathogenic."+s.String(), "pathogenic points must be above 0 and never stand alone")
		}
	}
	for s, p := range rs.Points.Benign {
		if s == StandAlone && p != 0 {
			return misplaced("points.benign.StandAlone", "a stand-alone code has no points that others could cancel; want 0")
		}
		if s != StandAlone && p >= 0 {
			return misplaced("points.benign."+s.String(), "benign points must be below 0")
		}
	}
	return nil
}

func (rs *RuleSet) checkCriteria() *placeError {
	if len(rs.Criteria) == 0 {
		return misplaced("criteria", "no criteria")
	}
	for _, c := range sortedKeys(rs.Criteria) {
		r, place := rs.Criteria[c], "criteria."+string(c)
		if bad := rs.checkCriterion(c, r, place); bad != nil {
			return bad
		}
		for _, s := range append(slices.Clone(r.Allowed), r.Richards) {
			if _, ok := rs.Points.of(r.Direction)[s]; !ok {
				return misplaced(place+".allowed", "no points for %s at %s", r.Direction, s)
			}
		}
	}
	return nil
}

func (rs *RuleSet) checkCriterion(c Criterion, r *CriterionRule, place string) *placeError {
	var again Code
	if strings.TrimSpace(string(c)) != string(c) || c == "" || strings.ContainsAny(string(c), ", ;\t") {
		return misplaced(place, "a code has no spaces, commas or semicolons")
	}
	if bare, ok := c.bareStrength(); ok && bare != r.Richards {
		return misplaced(place+".richards", "the name says %s", bare)
	}
	code := Code{c, r.Richards}
	for _, text := range []string{code.Label(), code.String()} {
		if err := again.UnmarshalText([]byte(text)); err != nil || again != code {
			return misplaced(place, "the code cannot be told from a code with a strength")
		}
	}
	if !slices.Contains(r.Allowed, r.Default) {
		return misplaced(place+".default", "%s is not among the allowed strengths", r.Default)
	}
	if !r.Enabled && r.Reason == "" {
		return misplaced(place+".reason", "say why the criterion is disabled")
	}
	return nil
}

// maxPaired bounds the criteria in pairs that suppress: each choice among them
// is looked at.
const maxPaired = 16

func (rs *RuleSet) checkPairs() *placeError {
	paired := map[Criterion]bool{}
	for _, id := range sortedKeys(rs.Pairs) {
		p, place := rs.Pairs[id], "pairs."+id
		a, b := rs.Criteria[p.A], rs.Criteria[p.B]
		if a == nil || b == nil || p.A == p.B {
			return misplaced(place, "want two different criteria of the vocabulary, got %s and %s", p.A, p.B)
		}
		if p.Action == Suppress && a.Direction != b.Direction {
			return misplaced(place+".action", "suppress is for criteria of one direction; exclude or yield for two")
		}
		if p.Action == Exclude && a.Direction == b.Direction {
			return misplaced(place+".action", "exclude is for criteria of two directions; suppress for one")
		}
		if p.Action == Suppress {
			paired[p.A], paired[p.B] = true, true
		}
	}
	if len(paired) > maxPaired {
		return misplaced("pairs", "more than %d criteria in suppressing pairs", maxPaired)
	}
	return nil
}

func (rs *RuleSet) checkCaps() *placeError {
	for _, id := range sortedKeys(rs.Caps) {
		c := rs.Caps[id]
		if len(c.Members) < 2 {
			return misplaced("caps."+id+".members", "a cap needs two members")
		}
		for _, m := range c.Members {
			if r := rs.Criteria[m]; r == nil || r.Direction != Pathogenic {
				return misplaced("caps."+id+".members", "%s is no pathogenic criterion of the vocabulary", m)
			}
		}
	}
	return nil
}

func (rs *RuleSet) checkReview() *placeError {
	for _, s := range []Strength{rs.Review.ConflictPathogenic, rs.Review.WithholdPathogenic} {
		if s == StandAlone {
			return misplaced("review", "no pathogenic criterion stands alone")
		}
	}
	return nil
}

func (rs *RuleSet) checkScheme() *placeError {
	c := rs.Combining
	for i, e := range c.MinItemsExceptions {
		if rs.Criteria[e.Criterion] == nil {
			return misplaced(fmt.Sprintf("combining.min_items_exceptions[%d].criterion", i), "unknown criterion %s", e.Criterion)
		}
	}
	for i, e := range c.Ceilings {
		for _, m := range e.Members {
			if r := rs.Criteria[m]; r == nil || r.Direction != Pathogenic {
				return misplaced(fmt.Sprintf("combining.ceilings[%d].members", i), "%s is no pathogenic criterion", m)
			}
		}
	}
	if c.Scheme == "points" {
		return checkCutoffs(c.Cutoffs)
	}
	if len(c.Clauses) == 0 || c.Contradictory == "" {
		return misplaced("combining.clauses", "the scheme needs clauses, and contradictory")
	}
	for _, id := range sortedKeys(c.Clauses) {
		if len(c.Clauses[id].Needs) == 0 {
			return misplaced("combining.clauses."+id+".needs", "a clause needs something")
		}
		for s, n := range c.Clauses[id].Needs {
			if n < 1 {
				return misplaced("combining.clauses."+id+".needs."+s.String(), "want at least 1")
			}
		}
	}
	return nil
}

func checkCutoffs(c *Cutoffs) *placeError {
	if c == nil {
		return misplaced("combining.cutoffs_hundredths", "the scheme needs cut-offs")
	}
	if !(c.P > c.LP && c.LP > c.LB && c.LB > c.B && c.LP > 0 && c.LB < 0) {
		return misplaced("combining.cutoffs_hundredths", "want P > LP > 0 > LB > B")
	}
	return nil
}

func (rs *RuleSet) checkFrequencies() *placeError {
	for i, e := range rs.BA1.Exceptions {
		for _, k := range []string{e.GRCh37, e.GRCh38} {
			if a, ok := parseAllele(k); !ok || a.fault() != "" {
				return misplaced(fmt.Sprintf("ba1.exceptions[%d]", i), "%q is not CHROM-POS-REF-ALT", k)
			}
		}
	}
	for i, t := range rs.BS1.Thresholds {
		if t.Strength == StandAlone {
			return misplaced(fmt.Sprintf("bs1.thresholds[%d].strength", i), "BS1 never stands alone")
		}
	}
	if len(rs.PM2.Limits) == 0 {
		return misplaced("pm2.limits", "no limits")
	}
	for _, moi := range sortedKeys(rs.PM2.Limits) {
		if !strings.Contains("|"+moiWords+"|", "|"+moi+"|") {
			return misplaced("pm2.limits."+moi, "unknown mode of inheritance")
		}
	}
	for _, c := range []Criterion{"BA1", "BS1", "PM2", "PP3", "BP4"} {
		if rs.Criteria[c] == nil {
			return misplaced("criteria", "%s has parameters but is not in the vocabulary", c)
		}
	}
	return nil
}

func (rs *RuleSet) checkPredictors() *placeError {
	list := rs.Computational.Protein.Intervals
	for i, a := range list {
		place := fmt.Sprintf("computational.protein.intervals[%d]", i)
		if a.Criterion != "PP3" && a.Criterion != "BP4" {
			return misplaced(place+".criterion", "want PP3 or BP4")
		}
		if a.Lo == nil && a.Hi == nil || a.Lo != nil && a.Hi != nil && *a.Lo >= *a.Hi {
			return misplaced(place, "an interval needs an end, and its lower end below its upper")
		}
		for _, b := range list[:i] {
			if a.overlaps(b) {
				return misplaced(place, "%s overlaps %s", a, b)
			}
		}
	}
	return nil
}

func (i Interval) overlaps(o Interval) bool { return !i.below(o) && !o.below(i) }

// below reports whether all of i is below all of o.
func (i Interval) below(o Interval) bool {
	if i.Hi == nil || o.Lo == nil {
		return false
	}
	return *i.Hi < *o.Lo || *i.Hi == *o.Lo && !(i.HiClosed && o.LoClosed)
}
