package acmg

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
)

// measure is the one number of a population record that is compared for a
// benign criterion, or the reason why it cannot be.
type measure struct {
	rec    *Frequency
	kind   string  // "FAF95", "FAF95 from AC/AN", "AF", "record"
	value  float64 // meaningless when hurdle says there is none
	text   string  // value for people
	hurdle string  // why it does not count; empty when it does
	// answered: the hurdle is an answer in itself (no record, or a call that
	// fails the filters); aside: the record says nothing either way.
	answered, aside bool
}

// name tells people what was measured.
func (m measure) name() string { return m.rec.name() + " " + m.kind }

// name is the data set, release, callset and group.
func (f *Frequency) name() string {
	return strings.Join(strings.Fields(f.Dataset+" "+f.Version+" "+f.Callset+" "+f.Group), " ")
}

// mixedSex reports whether the record counts both sexes.
func (f *Frequency) mixedSex() bool { return f.Sex == "" || f.Sex == "all" }

// measures reads every record that may speak for a benign criterion.
func (p *proposer) measures(minAN int) []measure {
	var list []measure
	for i := range p.f.Frequencies {
		if f := &p.f.Frequencies[i]; f.mixedSex() {
			list = append(list, p.measure(f, minAN))
		}
	}
	return list
}

func (p *proposer) measure(f *Frequency, minAN int) measure {
	m := p.value(f)
	if m.hurdle != "" {
		return m
	}
	pop := p.rs.Population
	group := strings.ToLower(f.Group)
	if p.inGroups(pop.MaxGroups, group) && f.FAFGroup != "" {
		group = strings.ToLower(f.FAFGroup)
	}
	an, known := p.alleles(f)
	switch {
	case !pop.lists(f.Dataset):
		m.hurdle, m.aside = "the rule set does not list the data set", true
	case p.inGroups(pop.ExcludedGroups, group):
		m.hurdle, m.aside = "group "+group+" is excluded", true
	case p.inGroups(pop.GlobalGroups, group):
		m.hurdle = "it is no group of the data set but all of it"
	case !known && f.FAF95 != nil && pop.FAFWithoutAN:
		m.hurdle = p.failing(f)
		m.answered = m.hurdle != ""
	case !known && minAN > 0:
		m.hurdle = fmt.Sprintf("its allele number is not given, at least %d is asked", minAN)
	case an < minAN:
		m.hurdle = fmt.Sprintf("its allele number %d is below %d", an, minAN)
	default:
		m.hurdle = p.failing(f)
		m.answered = m.hurdle != ""
	}
	return m
}

// value picks the filtering allele frequency, else computes it from the counts,
// else takes the plain frequency.
func (p *proposer) value(f *Frequency) measure {
	if !f.Present {
		return measure{
			rec: f, kind: "record", text: "no record", hurdle: "the data set has no record",
			answered: p.rs.Population.lists(f.Dataset), aside: !p.rs.Population.lists(f.Dataset),
		}
	}
	if f.FAF95 != nil {
		return measure{rec: f, kind: "FAF95", value: *f.FAF95, text: number(*f.FAF95)}
	}
	confidence := p.rs.Population.FAFConfidence
	if f.AC != nil && f.AN != nil {
		if v, ok := FilteringAF(*f.AC, *f.AN, confidence); ok {
			return measure{
				rec: f, kind: fmt.Sprintf("FAF%g from AC/AN", math.Round(confidence*100)), value: v,
				text: fmt.Sprintf("%s (AC %d, AN %d)", rounded(v), *f.AC, *f.AN),
			}
		}
	}
	if f.AF != nil {
		return measure{rec: f, kind: "AF", value: *f.AF, text: number(*f.AF)}
	}
	return measure{rec: f, kind: "AF", text: notLookedUp, hurdle: "it has no frequency"}
}

func (p *proposer) inGroups(groups []string, group string) bool {
	return slices.Contains(groups, strings.ToLower(group))
}

// lists reports whether the data set's name begins with a listed one.
func (pop Population) lists(dataset string) bool {
	return slices.ContainsFunc(pop.Datasets, func(s string) bool {
		return strings.HasPrefix(plain(dataset), plain(s))
	})
}

// plain keeps letters and digits, in lower case.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// alleles is the allele number behind a record: its own, what its count and
// frequency imply, or that of the group its maximum comes from.
func (p *proposer) alleles(f *Frequency) (int, bool) {
	if f.AN != nil {
		return *f.AN, true
	}
	if f.AC != nil && f.AF != nil && *f.AF > 0 {
		return int(math.Round(float64(*f.AC) / *f.AF)), true
	}
	for i := range p.f.Frequencies {
		g := &p.f.Frequencies[i]
		if g.AN != nil && f.FAFGroup != "" && strings.EqualFold(g.Group, f.FAFGroup) && g.mixedSex() && f.beside(g) && f.Callset == g.Callset {
			return *g.AN, true
		}
	}
	return 0, false
}

// beside reports whether both records are of one release of one data set.
func (f *Frequency) beside(g *Frequency) bool {
	return plain(f.Dataset) == plain(g.Dataset) && f.Version == g.Version
}

// failing names the filter that bars a record: its own, or, for a joint count,
// that of a callset it counts although the call failed there.
func (p *proposer) failing(f *Frequency) string {
	if bad := p.rs.Population.failed(f.Filters); bad != "" {
		return "the site fails the data set's filter " + bad
	}
	if f.Callset != "joint" {
		return ""
	}
	for i := range p.f.Frequencies {
		g := &p.f.Frequencies[i]
		if bad := p.rs.Population.failed(g.Filters); bad != "" && g.Callset != "joint" && f.beside(g) {
			return fmt.Sprintf("it counts calls that fail filter %s of the %s callset", bad, g.Callset)
		}
	}
	return ""
}

// failed answers the first filter that is neither a pass nor a mere flag.
func (pop Population) failed(filters []string) string {
	for _, f := range filters {
		same := func(s string) bool { return strings.EqualFold(s, f) }
		if f != "" && !slices.ContainsFunc(pop.PassFilters, same) && !slices.ContainsFunc(pop.FlagFilters, same) {
			return f
		}
	}
	return ""
}

// highest finds the measure to compare: of each release the joint callset
// before exomes and genomes, and the maximum over groups before single groups;
// of what is left the highest.
func (p *proposer) highest(list []measure) (measure, bool) {
	var usable []measure
	for _, m := range list {
		if m.hurdle == "" {
			usable = append(usable, m)
		}
	}
	var best measure
	found := false
	for _, m := range usable {
		if p.displaced(m, usable) {
			continue
		}
		if !found || m.value > best.value {
			best, found = m, true
		}
	}
	return best, found
}

// displaced reports whether another measure of the same release is preferred.
func (p *proposer) displaced(m measure, usable []measure) bool {
	isMax := func(x measure) bool {
		return x.rec.FAF95 != nil && p.inGroups(p.rs.Population.MaxGroups, x.rec.Group)
	}
	return slices.ContainsFunc(usable, func(o measure) bool {
		if !o.rec.beside(m.rec) {
			return false
		}
		if o.rec.Callset != m.rec.Callset {
			return o.rec.Callset == "joint"
		}
		return isMax(o) && !isMax(m)
	})
}

// frequencyInputs lists every value looked at, with what it was compared with.
func frequencyInputs(list []measure, t Threshold) []Input {
	if len(list) == 0 {
		return []Input{{Name: "population frequency", Value: notLookedUp}}
	}
	var in []Input
	for _, m := range list {
		i := Input{Name: m.name(), Value: m.text, Source: m.rec.Dataset, Version: m.rec.Version}
		if m.hurdle != "" && m.rec.Present {
			i.Value += ", not used: " + m.hurdle
		} else if m.hurdle == "" && t.Op != "" {
			i.Operator, i.Threshold = t.Op, rounded(t.Value)
		}
		in = append(in, i)
	}
	return in
}
