package triage

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"garrod/review/acmg"
)

// GroupLimit is the most that one group of one data set may show of an allele.
// A limit that is nil is not asked for. What the file does not give is not
// assessed, and the variant is kept.
type GroupLimit struct {
	Dataset string `json:"dataset,omitempty"` // "gnomAD"; empty: any
	Callset string `json:"callset,omitempty"` // joint, exome, genome; empty: any
	Group   string `json:"group"`             // nfe, afr, all, grpmax …
	// MaxAF is a share; MinAN the alleles that the group must have been called for
	// before its frequency says anything. Where the file gives no number of
	// alleles, a MinAN above 0 is not known to be reached.
	MaxAF *float64 `json:"max_af,omitempty"`
	MinAN int      `json:"min_an,omitempty"`
	// MaxAC, MaxHom and MaxHemi count alleles, homozygotes and hemizygotes. They
	// hold whatever the number of alleles called: carriers who were seen stay seen.
	MaxAC   *int `json:"max_ac,omitempty"`
	MaxHom  *int `json:"max_hom,omitempty"`
	MaxHemi *int `json:"max_hemi,omitempty"`
}

func (f Filter) validGroups() error {
	for i, g := range f.Groups {
		at := fmt.Sprintf("groups[%d]", i)
		if strings.TrimSpace(g.Group) == "" {
			return filterError(at+".group", "is empty", "Name the group: nfe, afr, all …")
		}
		if g.MaxAF == nil && g.MaxAC == nil && g.MaxHom == nil && g.MaxHemi == nil {
			return filterError(at, "asks for nothing", "Give max_af, max_ac, max_hom or max_hemi")
		}
		if g.MaxAF != nil && !isShare(*g.MaxAF) {
			return filterError(at+".max_af", "is not between 0 and 1", "Give a share: 0.01 for 1 %")
		}
		for _, n := range []struct {
			name string
			v    *int
		}{{"min_an", &g.MinAN}, {"max_ac", g.MaxAC}, {"max_hom", g.MaxHom}, {"max_hemi", g.MaxHemi}} {
			if n.v != nil && *n.v < 0 {
				return filterError(at+"."+n.name, "is negative", "Correct the value")
			}
		}
	}
	return nil
}

// name is "gnomAD joint nfe", with what is left open left out.
func (g GroupLimit) name() string {
	return strings.Join(strings.Fields(g.Dataset+" "+g.Callset+" "+g.Group), " ")
}

// holds reports whether the limit is about f.
func (g GroupLimit) holds(f *acmg.Frequency) bool {
	fits := func(asked, have string) bool { return asked == "" || strings.EqualFold(asked, have) }
	return fits(g.Dataset, f.Dataset) && fits(g.Callset, f.Callset) && strings.EqualFold(g.Group, f.Group)
}

func groupsStep(gs []GroupLimit) step {
	st := step{name: stepGroups, lacks: "frequency"}
	var words []string
	for _, g := range gs {
		w := []string{}
		for _, k := range g.checks() {
			st.checks = append(st.checks, k)
			w = append(w, strings.TrimPrefix(k.parameter, g.name()+" ")+" ≤ "+k.threshold)
		}
		word := g.name() + ": " + strings.Join(w, ", ")
		if g.MinAN > 0 && g.MaxAF != nil {
			word += fmt.Sprintf(" where AN ≥ %d", g.MinAN)
		}
		words = append(words, word)
	}
	st.parameter = strings.Join(words, "; ")
	return st
}

func (g GroupLimit) checks() []check {
	var out []check
	if g.MaxAF != nil {
		out = append(out, g.check("frequency", *g.MaxAF, g.frequency, "no frequency that counts"))
	}
	for _, n := range []struct {
		word  string
		most  *int
		count func(*acmg.Frequency) *int
	}{
		{"alleles", g.MaxAC, func(f *acmg.Frequency) *int { return f.AC }},
		{"homozygotes", g.MaxHom, func(f *acmg.Frequency) *int { return f.Hom }},
		{"hemizygotes", g.MaxHemi, func(f *acmg.Frequency) *int { return f.Hemi }},
	} {
		if n.most != nil {
			out = append(out, g.check(n.word, float64(*n.most), func(f *acmg.Frequency) (float64, bool) {
				c := n.count(f)
				switch {
				case !f.Present:
					return 0, true
				case c == nil:
					return 0, false
				}
				return float64(*c), true
			}, "the file does not count them"))
		}
	}
	return out
}

// frequency is the group's frequency where enough alleles were called.
func (g GroupLimit) frequency(f *acmg.Frequency) (float64, bool) {
	switch {
	case g.MinAN > 0 && (f.AN == nil || *f.AN < g.MinAN):
		return 0, false
	case !f.Present:
		return 0, true
	case f.AF != nil && !math.IsNaN(*f.AF):
		return *f.AF, true
	case f.AC != nil && f.AN != nil && *f.AN > 0:
		return float64(*f.AC) / float64(*f.AN), true
	}
	return 0, false
}

// check holds one number of the group against its limit. Of several call sets
// or versions the highest counts.
func (g GroupLimit) check(word string, most float64, value func(*acmg.Frequency) (float64, bool), none string) check {
	highest := func(fs []acmg.Frequency) (x float64, at int) {
		at = -1
		for i := range fs {
			if v, ok := value(&fs[i]); g.holds(&fs[i]) && ok && (at < 0 || v > x) {
				x, at = v, i
			}
		}
		return x, at
	}
	return check{
		parameter: g.name() + " " + word, operator: "≤", threshold: number(most),
		judge: func(s *subject) outcome {
			switch x, at := highest(s.v.Frequencies); {
			case at < 0:
				return notAssessed
			case x > most:
				return removed
			}
			return kept
		},
		value: func(s *subject) string {
			x, at := highest(s.v.Frequencies)
			if at < 0 {
				return g.whyNone(s.v.Frequencies, none)
			}
			return groupText(&s.v.Frequencies[at], x)
		},
	}
}

// whyNone says why no number of the group could be held against a limit.
func (g GroupLimit) whyNone(fs []acmg.Frequency, none string) string {
	for i := range fs {
		if g.holds(&fs[i]) {
			return none + ": " + groupName(fs[i]) + ", AN " + countText(fs[i].AN)
		}
	}
	return notInFile
}

func countText(n *int) string {
	if n == nil {
		return notInFile
	}
	return strconv.Itoa(*n)
}

func groupText(f *acmg.Frequency, x float64) string {
	if !f.Present {
		return "no record in " + groupName(*f)
	}
	words := number(x) + " in " + groupName(*f)
	if f.AC != nil && f.AN != nil {
		words += fmt.Sprintf(" (%d of %d alleles)", *f.AC, *f.AN)
	}
	return words
}
