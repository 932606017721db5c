package acmg

import (
	"fmt"
	"slices"
	"strings"
)

// rare is PM2: absent, or rarer than the mode of inheritance asks for, at a site
// the data set could have seen.
func (p *proposer) rare() Proposal {
	r := p.rs.PM2
	pr := p.proposal("PM2", "pm2.limits", r.Note, NotAssessed, "", p.rareInputs()...)
	pr.Provenance += "; " + p.provenance("criteria.PM2.default", p.rs.Criteria["PM2"].Note)
	if why, foreign := p.foreignGenome(); foreign {
		pr.State, pr.Reason = NotApplicable, why
		return pr
	}
	if a, ok := parseAllele(p.f.Key); r.SNVOnly && ok && !a.substitutes() {
		pr.State, pr.Reason = NotApplicable, "the rule set leaves insertions and deletions to people"
		return pr
	}
	for _, common := range []Proposal{p.commonest(), p.tooCommon()} {
		if common.State == Met {
			pr.State, pr.Reason = NotApplicable, fmt.Sprintf("%s is met, which rarity contradicts", common.Code)
			return pr
		}
	}
	if len(p.f.Frequencies) == 0 {
		pr.Reason = "no population frequency was looked up"
		return pr
	}
	return p.compareRare(pr)
}

// rarity is what the population records say of how rare the allele is.
type rarity struct {
	seen      []*Frequency // records with at least one allele, or of unknown count
	zero      []*Frequency // looked up in a listed data set: no record, or no allele
	barred    string       // a reason why "absent" cannot be said whatever else is there
	unknown   string       // a record whose numbers are missing
	grouped   bool         // some record is of a group that counts, so that the maximum is known
	enoughAN  bool         // some allele number reaches MinAN
	top       float64      // highest frequency that counts
	topName   string
	alleles   int  // highest allele count of any record
	uncounted bool // some record of the allele gives no count
}

// rarity reads every record: also those of data sets that are not listed, of
// excluded groups, and of calls that fail the filters count against absence.
func (p *proposer) rarity() rarity {
	var r rarity
	for i := range p.f.Frequencies {
		f := &p.f.Frequencies[i]
		if !f.mixedSex() {
			continue
		}
		af, known := f.frequency()
		if !known && p.nobodyHas(f) {
			continue
		}
		switch {
		case !f.Present:
			if p.rs.Population.lists(f.Dataset) {
				r.zero = append(r.zero, f)
			}
		case !known && f.FAF95 != nil && *f.FAF95 > 0:
			p.addSeen(&r, f, *f.FAF95, false)
		case !known:
			r.unknown = f.name() + " gives neither frequency nor count"
		case af == 0:
			if bad := p.rs.Population.failed(f.Filters); bad != "" {
				r.barred = fmt.Sprintf("%s has the allele only in calls that fail filter %s", f.name(), bad)
			} else if p.rs.Population.lists(f.Dataset) {
				r.zero = append(r.zero, f)
			}
		default:
			p.addSeen(&r, f, af, true)
		}
	}
	return r
}

// nobodyHas reports whether the whole of f's data set counts no allele, which
// settles a group that gives no count of its own.
func (p *proposer) nobodyHas(f *Frequency) bool {
	if f.FAF95 != nil && *f.FAF95 > 0 {
		return false
	}
	return slices.ContainsFunc(p.f.Frequencies, func(g Frequency) bool {
		return f.beside(&g) && f.Callset == g.Callset && g.mixedSex() && g.AC != nil && *g.AC == 0 &&
			p.inGroups(p.rs.Population.GlobalGroups, g.Group)
	})
}

// frequency is AF, else AC/AN, else 0 where AC is 0.
func (f *Frequency) frequency() (float64, bool) {
	switch {
	case f.AC != nil && *f.AC == 0:
		return 0, true
	case f.AF != nil:
		return *f.AF, true
	case f.AC != nil && f.AN != nil && *f.AN > 0:
		return float64(*f.AC) / float64(*f.AN), true
	}
	return 0, false
}

// addSeen notes a record with alleles. A filtering allele frequency alone is not
// exact: the frequency itself is higher.
func (p *proposer) addSeen(r *rarity, f *Frequency, af float64, exact bool) {
	r.seen = append(r.seen, f)
	if f.AC != nil {
		r.alleles = max(r.alleles, *f.AC)
	} else {
		r.uncounted = true
	}
	pop := p.rs.Population
	an, known := p.alleles(f)
	small := known && an < p.rs.PM2.MinAN
	if p.inGroups(pop.ExcludedGroups, f.Group) || small {
		return
	}
	r.grouped = r.grouped || exact && !p.inGroups(pop.GlobalGroups, f.Group)
	r.enoughAN = r.enoughAN || known
	if af > r.top {
		r.top, r.topName = af, f.name()
	}
}

func (p *proposer) compareRare(pr Proposal) Proposal {
	r := p.rarity()
	limits, moi := p.rareLimits()
	if len(r.seen) == 0 {
		return p.absent(pr, r)
	}
	var verdicts []State
	for _, l := range limits {
		verdicts = append(verdicts, r.within(l))
	}
	limit := describeLimit(limits[0])
	switch {
	case !slices.ContainsFunc(verdicts, func(s State) bool { return s != NotMet }):
		pr.State = NotMet
		pr.Reason = fmt.Sprintf("%s; %s asks for %s", r.describe(), moi, limit)
	case len(limits) > 1:
		pr.Reason = r.describe() + "; whether that is rare enough depends on the mode of inheritance, which is not given"
	case verdicts[0] == NotAssessed:
		pr.Reason = r.describe() + "; the highest frequency of any group was not looked up"
	default:
		return p.seenButRare(pr, r, fmt.Sprintf("%s; %s asks for %s", r.describe(), moi, limit))
	}
	return pr
}

// seenButRare asks that the site was covered well enough to trust a low count.
func (p *proposer) seenButRare(pr Proposal, r rarity, reason string) Proposal {
	proof, lack := p.covered(r.seen)
	if r.enoughAN {
		proof = fmt.Sprintf("allele number at least %d", p.rs.PM2.MinAN)
	}
	if proof == "" {
		pr.Reason = reason + "; " + lack
		return pr
	}
	pr.Reason = reason + "; " + proof
	return p.at(pr, p.rs.Criteria["PM2"].Default)
}

// absent is met by any mode of inheritance, but only with proof.
func (p *proposer) absent(pr Proposal, r rarity) Proposal {
	switch {
	case r.barred != "":
		pr.State, pr.Reason = NotMet, r.barred+"; that is not absence"
	case r.unknown != "" && len(r.zero) > 0:
		pr.State, pr.Reason = NotMet, r.unknown+", but has a record; that is not absence"
	case r.unknown != "":
		pr.Reason = r.unknown
	case len(r.zero) == 0:
		pr.Reason = "no data set that the rule set lists was looked up"
	default:
		proof, lack := p.covered(r.zero)
		if proof == "" {
			pr.Reason = r.zero[0].name() + " has no allele, but absence is not proved: " + lack
			return pr
		}
		pr.Reason = fmt.Sprintf("%s has no allele and the site was covered (%s)", r.zero[0].name(), proof)
		return p.at(pr, p.rs.Criteria["PM2"].Default)
	}
	return pr
}

// within compares with one limit; NotAssessed where the maximum over groups is
// not known.
func (r rarity) within(l PM2Limit) State {
	if l.MaxAC > 0 && !r.uncounted && r.alleles <= l.MaxAC {
		return Met
	}
	if r.top > l.MaxAF || l.MaxAF == 0 {
		return NotMet
	}
	if !r.grouped {
		return NotAssessed
	}
	return Met
}

func (r rarity) describe() string {
	if r.topName == "" {
		return fmt.Sprintf("seen in %s (%s)", r.seen[0].name(), r.seen[0].describe())
	}
	return fmt.Sprintf("highest frequency %s (%s)", rounded(r.top), r.topName)
}

func describeLimit(l PM2Limit) string {
	switch {
	case l.MaxAC > 0:
		return fmt.Sprintf("<= %s or at most %d alleles", number(l.MaxAF), l.MaxAC)
	case l.MaxAF == 0:
		return "absence"
	}
	return "<= " + number(l.MaxAF)
}

// rareLimits is the limit of the mode of inheritance; without one, all limits,
// widest first, for an allele can be beyond every one of them.
func (p *proposer) rareLimits() (limits []PM2Limit, moi string) {
	all := p.rs.PM2.Limits
	if l, ok := all[p.unit.MOI]; ok {
		return []PM2Limit{l}, p.unit.MOI
	}
	for _, k := range sortedKeys(all) {
		limits = append(limits, all[k])
	}
	slices.SortStableFunc(limits, func(a, b PM2Limit) int {
		switch {
		case a.MaxAF > b.MaxAF:
			return -1
		case a.MaxAF < b.MaxAF:
			return 1
		}
		return b.MaxAC - a.MaxAC
	})
	return limits, "any mode of inheritance"
}

// rareInputs lists every frequency and coverage record.
func (p *proposer) rareInputs() []Input {
	var in []Input
	for i := range p.f.Frequencies {
		f := &p.f.Frequencies[i]
		one := Input{Name: f.name(), Value: f.describe(), Source: f.Dataset, Version: f.Version}
		if l, ok := p.rs.PM2.Limits[p.unit.MOI]; ok && f.Present {
			one.Operator, one.Threshold = "<=", number(l.MaxAF)
		}
		in = append(in, one)
	}
	if len(in) == 0 {
		in = append(in, Input{Name: "population frequency", Value: notLookedUp})
	}
	for i := range p.f.Coverage {
		in = append(in, p.rs.PM2.coverageInput(&p.f.Coverage[i]))
	}
	if len(p.f.Coverage) == 0 {
		in = append(in, Input{Name: "coverage", Value: notLookedUp})
	}
	return in
}

// describe writes the numbers of a record for people.
func (f *Frequency) describe() string {
	if !f.Present {
		return "no record"
	}
	var parts []string
	if f.AF != nil {
		parts = append(parts, "AF "+number(*f.AF))
	}
	if f.FAF95 != nil {
		parts = append(parts, "FAF95 "+number(*f.FAF95))
	}
	if f.AC != nil {
		parts = append(parts, fmt.Sprintf("AC %d", *f.AC))
	}
	if f.AN != nil {
		parts = append(parts, fmt.Sprintf("AN %d", *f.AN))
	}
	if len(f.Filters) > 0 {
		parts = append(parts, "filters "+strings.Join(f.Filters, " "))
	}
	if len(parts) == 0 {
		return "no numbers"
	}
	return strings.Join(parts, ", ")
}
