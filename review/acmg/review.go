package acmg

import (
	"fmt"
	"slices"
)

// review raises the flags that ask for another look, and withholds a class that
// must not be shown before one. It goes by the codes that were accepted, also
// those a rule suppressed: that somebody accepted both is what needs the look.
func (c *combination) review() {
	r := c.rs.Review
	strongest := map[Direction]Strength{}
	var standAlone Code
	for _, it := range c.items {
		d := it.rule.Direction
		strongest[d] = max(strongest[d], it.Strength)
		if it.Strength == StandAlone {
			standAlone = it.Code
		}
	}
	pathogenic := strongest[Pathogenic] >= r.ConflictPathogenic
	benign := strongest[Benign] >= r.ConflictBenign
	if pathogenic && benign || benign && c.out.Points >= Points(r.ConflictPoints) || pathogenic && c.out.Points < 0 {
		c.flag(FlagConflictReview)
	}
	if !c.out.StandAlone || strongest[Pathogenic] == 0 {
		return
	}
	c.flag(FlagSeniorReview)
	if strongest[Pathogenic] >= r.WithholdPathogenic {
		c.out.Class = ClassWithheld
		c.out.Clause += fmt.Sprintf("; withheld until a second person has looked: %s pathogenic evidence stands beside %s",
			strongest[Pathogenic].Word(), standAlone)
	}
}

// warn adds the remarks that change nothing.
func (c *combination) warn() {
	for _, it := range c.disabled {
		c.remark(fmt.Sprintf("%s counts nothing: %s", it.Code, it.rule.Reason), c.rs.Ref(it.rule.Source), it.Criterion)
	}
	for _, id := range sortedKeys(c.rs.Pairs) {
		p := c.rs.Pairs[id]
		a, b := c.find(p.A), c.find(p.B)
		if p.Action == Warn && a != nil && b != nil {
			c.remark(p.Text, c.rs.Ref(p.Source), p.A, p.B)
		}
		if p.Action == Require && a != nil && b == nil {
			c.remark(p.Text, c.rs.Ref(p.Source), p.A)
		}
	}
	for _, it := range c.items {
		c.warnStrength(it)
	}
}

func (c *combination) warnStrength(it *item) {
	if !slices.Contains(it.rule.Allowed, it.Strength) {
		c.remark(fmt.Sprintf("%s: the rule set does not foresee this strength for %s", it.Label(), it.Criterion),
			c.rs.Ref(it.rule.Source), it.Criterion)
	}
	if c.rs.Combining.Scheme == "clauses" && !it.gone && !c.counted(it.rule.Direction, it.Strength) {
		c.remark(fmt.Sprintf("%s: no clause of the rule set counts %s evidence of %s strength",
			it.Label(), it.rule.Direction, it.Strength.Word()), "", it.Criterion)
	}
}

func (c *combination) remark(text, ref string, codes ...Criterion) {
	c.out.Warnings = append(c.out.Warnings, Warning{Codes: codes, Text: text, Ref: ref})
}
