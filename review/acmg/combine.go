package acmg

import (
	"cmp"
	"fmt"
	"slices"
)

// Combine makes a classification of accepted evidence. The order of ev never
// matters. A code the rule set does not know is a [*CodeError]; nothing is
// dropped without being listed in Suppressed, Capped, Flags or Warnings.
//
// To see what several rule sets make of the same evidence, call it with each.
func Combine(rs *RuleSet, ev []Evidence, u Unit) (Classification, error) {
	c := &combination{rs: rs, unit: u, out: Classification{
		RuleSet: rs.ID, RuleSetHash: rs.Hash(),
		Codes: []Code{}, Suppressed: []Suppression{}, Capped: []Suppression{},
		Flags: []Flag{}, Warnings: []Warning{},
	}}
	if err := c.take(ev); err != nil {
		return Classification{}, err
	}
	c.dropRepeats()
	if rs.Combining.Suppressions {
		c.settle()
	}
	if rs.Combining.Caps {
		c.out.Capped = append(c.out.Capped, capped(rs, c.items)...)
	}
	c.sum()
	c.classify()
	c.review()
	c.warn()
	slices.Sort(c.out.Flags)
	c.out.Flags = slices.Compact(c.out.Flags)
	return c.out, nil
}

// item is one accepted code on its way through the rules.
type item struct {
	Code
	rule   *CriterionRule
	points Points // what it still counts
	gone   bool   // suppressed: neither points nor clauses nor items see it
}

type combination struct {
	rs       *RuleSet
	unit     Unit
	items    []*item // enabled codes in the order of the vocabulary
	disabled []*item
	out      Classification
}

// take checks, sorts and sets disabled codes aside.
func (c *combination) take(ev []Evidence) error {
	for _, e := range ev {
		p, err := c.rs.PointsOf(e.Code)
		if err != nil {
			return err
		}
		it := &item{Code: e.Code, rule: c.rs.Criteria[e.Criterion], points: p}
		c.out.Codes = append(c.out.Codes, e.Code)
		if it.rule.Enabled {
			c.items = append(c.items, it)
			continue
		}
		c.disabled = append(c.disabled, it)
		c.flag(FlagDisabledCode)
	}
	c.sortCodes()
	return nil
}

func (c *combination) sortCodes() {
	byCode := func(a, b Code) int {
		return cmp.Or(c.rs.compareCriteria(a.Criterion, b.Criterion), cmp.Compare(b.Strength, a.Strength))
	}
	slices.SortFunc(c.out.Codes, byCode)
	for _, list := range [][]*item{c.items, c.disabled} {
		slices.SortFunc(list, func(a, b *item) int { return byCode(a.Code, b.Code) })
	}
}

// dropRepeats lets a criterion given twice count once, at its stronger.
func (c *combination) dropRepeats() {
	for i := 1; i < len(c.items); i++ {
		first, again := c.items[i-1], c.items[i]
		if first.Criterion == again.Criterion {
			c.suppress(again, first.Code, "the same criterion counts once, at its stronger")
			c.items = slices.Delete(c.items, i, i+1)
			i--
		}
	}
}

func (c *combination) suppress(it *item, by Code, ref string) {
	c.out.Suppressed = append(c.out.Suppressed, Suppression{
		Code: it.Code.String(), By: by.String(), PointsLost: it.points, Ref: ref,
	})
	it.points, it.gone = 0, true
}

func (c *combination) flag(f Flag) { c.out.Flags = append(c.out.Flags, f) }

// effective yields the items that still count for one side: suppressed ones and
// those a cap took to nothing do not.
func (c *combination) effective(d Direction) []*item {
	var list []*item
	for _, it := range c.items {
		if !it.gone && it.rule.Direction == d && (it.points != 0 || it.Strength == StandAlone) {
			list = append(list, it)
		}
	}
	return list
}

func (c *combination) sum() {
	for _, it := range c.items {
		c.out.Points += it.points
		if !it.gone && it.Strength == StandAlone {
			c.out.StandAlone = true
		}
	}
}

// classify gives the class by the scheme, then lowers it where the rule set
// asks for more than points.
func (c *combination) classify() {
	switch {
	case c.out.StandAlone:
		c.out.Class, c.out.Clause = ClassBenign, c.standAloneText()
	case c.rs.Combining.Scheme == "points":
		c.byPoints()
		c.lower()
	default:
		c.byClauses()
	}
	c.temper()
}

func (c *combination) standAloneText() string {
	for _, it := range c.effective(Benign) {
		if it.Strength == StandAlone {
			return it.Label() + " stands alone: " + ClassBenign.Word()
		}
	}
	return ""
}

// byPoints goes from the outer classes inwards; VUS takes what is left, so that
// no total falls through.
func (c *combination) byPoints() {
	p, cut := c.out.Points, c.rs.Combining.Cutoffs
	class, limit := ClassUncertain, ""
	switch {
	case p >= Points(cut.P):
		class, limit = ClassPathogenic, Points(cut.P).String()+" or more"
	case p >= Points(cut.LP):
		class, limit = ClassLikelyPathogenic, Points(cut.LP).String()+" or more"
	case p <= Points(cut.B):
		class, limit = ClassBenign, Points(cut.B).String()+" or less"
	case p <= Points(cut.LB):
		class, limit = ClassLikelyBenign, Points(cut.LB).String()+" or less"
	default:
		limit = fmt.Sprintf("between %s and %s", Points(cut.LB), Points(cut.LP))
	}
	c.out.Class = class
	c.out.Clause = fmt.Sprintf("%s points: %s (%s)", p, class.Word(), limit)
}

// lower applies ceilings and the minimum of concordant items. Both look at the
// class by points, so that both are told when both apply.
func (c *combination) lower() {
	class := c.out.Class
	d, sided := class.Direction()
	if !sided {
		return
	}
	for _, ceiling := range c.rs.Combining.Ceilings {
		if d == Pathogenic && class.Number() > ceiling.Max.Number() && c.within(ceiling.Members) {
			c.flag(ceiling.Flag)
			c.lowerTo(ceiling.Max, ceiling.Text+", "+c.rs.Ref(ceiling.Source))
		}
	}
	need := c.rs.Combining.MinItems
	items := c.effective(d)
	if len(items) >= need {
		return
	}
	if e, ok := c.exception(items); ok {
		c.out.Class = e.Class
		c.out.Clause += fmt.Sprintf("; %s alone suffices for %s (%s, penetrance %s)",
			items[0].Label(), e.Class.Word(), c.unit.MOI, c.unit.Penetrance)
		return
	}
	c.flag(FlagMinItems)
	c.lowerTo(ClassUncertain, fmt.Sprintf("%d concordant items are needed, there is %d", need, len(items)))
}

func (c *combination) lowerTo(class Class, why string) {
	c.out.Class = class
	c.out.Clause += "; lowered to " + class.Word() + ": " + why
}

// within reports whether all effective pathogenic items are among members.
func (c *combination) within(members []Criterion) bool {
	for _, it := range c.effective(Pathogenic) {
		if !slices.Contains(members, it.Criterion) {
			return false
		}
	}
	return true
}

// exception finds the rule that lets the only item of the case stand; evidence
// of the other side rules it out.
func (c *combination) exception(items []*item) (MinItemException, bool) {
	for _, e := range c.rs.Combining.MinItemsExceptions {
		if len(items) == 1 && len(c.effective(opposite(items[0].rule.Direction))) == 0 &&
			items[0].Criterion == e.Criterion && items[0].Strength >= e.Strength &&
			slices.Contains(e.MOI, c.unit.MOI) && slices.Contains(e.Penetrance, c.unit.Penetrance) {
			return e, true
		}
	}
	return MinItemException{}, false
}

func opposite(d Direction) Direction {
	if d == Pathogenic {
		return Benign
	}
	return Pathogenic
}

// temper names the band of points within VUS.
func (c *combination) temper() {
	if c.out.Class != ClassUncertain {
		return
	}
	for _, t := range c.rs.Combining.Temperatures {
		if c.out.Points >= Points(t.Min) && c.out.Points < Points(t.Below) {
			c.out.Band = t.Name
		}
	}
}
