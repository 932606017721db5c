package acmg

import (
	"cmp"
	"slices"
)

// byClauses gives the class of the most certain clause that holds, by the
// strengths applied, as Table 5 of Richards 2015 does. Where both sides hold
// (see Combining.Contradictory) the answer is VUS.
func (c *combination) byClauses() {
	path, forPath := c.clause(Pathogenic)
	ben, forBen := c.clause(Benign)
	if c.rs.Combining.Contradictory == "any" {
		forPath = forPath || forBen && len(c.effective(Pathogenic)) > 0
		forBen = forBen || forPath && len(c.effective(Benign)) > 0
	}
	switch {
	case forPath && forBen:
		c.out.Class = ClassUncertain
		c.out.Clause = "evidence on both sides is contradictory"
	case forPath:
		c.out.Class, c.out.Clause = path.Class, c.clauseText(path)
	case forBen:
		c.out.Class, c.out.Clause = ben.Class, c.clauseText(ben)
	default:
		c.out.Class, c.out.Clause = ClassUncertain, "no clause holds"
	}
}

func (c *combination) clauseText(cl Clause) string {
	s := cl.Text + ": " + cl.Class.Word()
	if cl.Source != "" {
		s += " (" + c.rs.Ref(cl.Source) + ")"
	}
	return s
}

// clause finds the most certain clause that holds for one side; of several the
// first by name.
func (c *combination) clause(d Direction) (Clause, bool) {
	counts := map[Strength]int{}
	for _, it := range c.effective(d) {
		counts[it.Strength]++
	}
	for _, id := range c.clauseOrder() {
		cl := c.rs.Combining.Clauses[id]
		if side, _ := cl.Class.Direction(); side == d && holds(cl.Needs, counts) {
			return cl, true
		}
	}
	return Clause{}, false
}

func (c *combination) clauseOrder() []string {
	certainty := func(id string) int {
		if k := c.rs.Combining.Clauses[id].Class; k == ClassPathogenic || k == ClassBenign {
			return 0
		}
		return 1
	}
	return slices.SortedFunc(keysOf(c.rs.Combining.Clauses), func(a, b string) int {
		return cmp.Or(certainty(a)-certainty(b), cmp.Compare(a, b))
	})
}

func holds(needs, counts map[Strength]int) bool {
	for s, n := range needs {
		if counts[s] < n {
			return false
		}
	}
	return true
}

// counted reports whether any clause of the rule set asks for this strength on
// this side: calibrated benign Moderate evidence has none in Richards 2015.
func (c *combination) counted(d Direction, s Strength) bool {
	for _, cl := range c.rs.Combining.Clauses {
		if side, _ := cl.Class.Direction(); side == d && cl.Needs[s] > 0 {
			return true
		}
	}
	return false
}
