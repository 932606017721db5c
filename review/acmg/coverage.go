package acmg

import (
	"fmt"
	"strings"
)

// covered looks for proof that one of the records' data sets could have seen
// the allele: the allele number of the site, or a coverage record. Without proof
// lack says what is missing.
func (p *proposer) covered(records []*Frequency) (proof, lack string) {
	for _, f := range records {
		if s := p.enoughAlleles(f); s != "" {
			return s, ""
		}
	}
	lack = "neither coverage nor the allele number of the site was looked up"
	for _, f := range records {
		for i := range p.f.Coverage {
			c := &p.f.Coverage[i]
			if plain(c.Dataset) != plain(f.Dataset) || c.Version != f.Version || !sameCalls(c.Callset, f.Callset) {
				continue
			}
			s, ok := p.rs.PM2.callable(c)
			if ok {
				return s, ""
			}
			lack = s
		}
	}
	return "", lack
}

// sameCalls: the joint callset is both others.
func sameCalls(a, b string) bool { return a == b || a == "joint" || b == "joint" }

// enoughAlleles compares a record's allele number with the largest the release
// has; only the number over all groups can be.
func (p *proposer) enoughAlleles(f *Frequency) string {
	if f.AN == nil || !p.inGroups(p.rs.Population.GlobalGroups, f.Group) {
		return ""
	}
	for _, m := range p.rs.Population.MaxAN {
		least := float64(m.AN) * p.rs.PM2.MinANFraction
		if m.Callset == f.Callset && strings.HasPrefix(plain(f.Dataset), plain(m.Dataset)) &&
			sameRelease(f.Version, m.Version) && float64(*f.AN) >= least {
			return fmt.Sprintf("allele number %d >= %s of %d", *f.AN, number(p.rs.PM2.MinANFraction), m.AN)
		}
	}
	return ""
}

// sameRelease reports whether version is release or a patch of it: v4.1 and
// 4.1.0 are 4.1.
func sameRelease(version, release string) bool {
	v := strings.TrimLeft(version, "vVrR")
	return v == release || strings.HasPrefix(v, release+".")
}

// callable decides one coverage record, and says by what.
func (r PM2Rule) callable(c *Coverage) (why string, ok bool) {
	name := strings.Join(strings.Fields(c.Dataset+" "+c.Version+" "+c.Callset), " ")
	if c.Callable != nil && !*c.Callable {
		return name + " calls the site not callable", false
	}
	if c.Callable != nil {
		return name + " calls the site callable", true
	}
	why = name + " gives no depth"
	for _, v := range []struct {
		what  string
		value *float64
		least float64
	}{{"mean depth", c.MeanDepth, r.MinDepth}, {"fraction at 20x", c.Fraction20x, r.MinFraction20x}} {
		if v.value == nil {
			continue
		}
		if *v.value >= v.least {
			return fmt.Sprintf("%s %s %s >= %s", name, v.what, number(*v.value), number(v.least)), true
		}
		why = fmt.Sprintf("%s %s %s is not >= %s", name, v.what, number(*v.value), number(v.least))
	}
	return why, false
}

func (r PM2Rule) coverageInput(c *Coverage) Input {
	name := strings.Join(strings.Fields(c.Dataset+" "+c.Version+" "+c.Callset), " ")
	in := Input{Name: name + " coverage", Source: c.Dataset, Version: c.Version}
	var parts []string
	if c.MeanDepth != nil {
		parts = append(parts, "mean depth "+number(*c.MeanDepth))
		in.Operator, in.Threshold = ">=", number(r.MinDepth)
	}
	if c.Fraction20x != nil {
		parts = append(parts, "fraction at 20x "+number(*c.Fraction20x))
		if c.MeanDepth == nil {
			in.Operator, in.Threshold = ">=", number(r.MinFraction20x)
		}
	}
	if c.Callable != nil {
		parts = append(parts, fmt.Sprintf("callable %t", *c.Callable))
	}
	if in.Value = strings.Join(parts, ", "); in.Value == "" {
		in.Value = notLookedUp
	}
	return in
}
