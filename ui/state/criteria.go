package state

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"garrod/review/acmg"
)

// Criterion is one code of a case's rule set, as the variant page needs it.
type Criterion struct {
	Code      acmg.Criterion
	Direction acmg.Direction
	Default   acmg.Strength   // what it is applied with unless somebody says otherwise
	Strengths []acmg.Strength // what the rule set allows, ascending
	// Points by strength, in hundredths; a strength that is not in it has no
	// points under this rule set (Richards' rules count items instead).
	Points map[acmg.Strength]acmg.Points
	// Disabled says why the rule set does not use the code; empty when it does.
	Disabled string
	// Text describes the criterion in the rule set's own words; may be empty.
	Text string
}

// PointsText writes points with their sign, in whole or broken numbers: +4, −1, +0.5.
func PointsText(p acmg.Points) string {
	sign := "+"
	switch {
	case p < 0:
		sign, p = "−", -p
	case p == 0:
		sign = ""
	}
	s := strconv.FormatInt(int64(p/100), 10)
	if rest := p % 100; rest != 0 {
		s += "." + strings.TrimRight(strconv.FormatInt(int64(rest+100), 10)[1:], "0")
	}
	return sign + s
}

// ClassNumber returns the number of a class, 5 (pathogenic) to 1 (benign), and
// 0 for a class that is withheld.
func ClassNumber(c acmg.Class) int {
	switch c {
	case acmg.ClassPathogenic:
		return 5
	case acmg.ClassLikelyPathogenic:
		return 4
	case acmg.ClassUncertain:
		return 3
	case acmg.ClassLikelyBenign:
		return 2
	case acmg.ClassBenign:
		return 1
	}
	return 0
}

// ClassShape returns the figure that stands for a class beside its number.
func ClassShape(c acmg.Class) Shape {
	return [...]Shape{Cross, TriangleDown, TriangleDownOpen, Circle, TriangleUpOpen, TriangleUp}[ClassNumber(c)]
}

// StrengthName is the stable name of a strength, for text keys.
func StrengthName(s acmg.Strength) string {
	switch s {
	case acmg.Supporting:
		return "supporting"
	case acmg.Moderate:
		return "moderate"
	case acmg.Strong:
		return "strong"
	case acmg.VeryStrong:
		return "very_strong"
	case acmg.StandAlone:
		return "stand_alone"
	}
	return "none"
}

// Vocabulary lists the codes of a rule set in its order.
func Vocabulary(rs *acmg.RuleSet) []Criterion {
	var out []Criterion
	for _, code := range rs.Codes() {
		r := rs.Criteria[code]
		c := Criterion{
			Code: code, Direction: r.Direction, Default: r.Default, Strengths: slices.Clone(r.Allowed),
			Points: map[acmg.Strength]acmg.Points{}, Text: r.Title,
		}
		slices.Sort(c.Strengths)
		table := rs.Points.Pathogenic
		if r.Direction == acmg.Benign {
			table = rs.Points.Benign
		}
		for s, p := range table {
			c.Points[s] = acmg.Points(p)
		}
		if !r.Enabled {
			c.Disabled = cmp.Or(r.Reason, "not used by this rule set")
		}
		out = append(out, c)
	}
	return out
}
