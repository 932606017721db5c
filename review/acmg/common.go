package acmg

import (
	"cmp"
	"fmt"
	"slices"
)

// commonest is BA1: too common in a population to cause the disease.
func (p *proposer) commonest() Proposal {
	if p.ba1 == nil {
		pr := p.ba1Proposal()
		p.ba1 = &pr
	}
	return *p.ba1
}

func (p *proposer) ba1Proposal() Proposal {
	r := p.rs.BA1
	list := p.measures(r.MinAN)
	pr := p.proposal("BA1", "ba1.threshold", r.Note, NotAssessed, "", frequencyInputs(list, r.Threshold)...)
	if why, foreign := p.foreignGenome(); foreign {
		pr.State, pr.Reason = NotApplicable, why
		return pr
	}
	if e, ok := r.exception(p.f.Assembly, p.f.Key); ok {
		pr.State = NotApplicable
		pr.Reason = fmt.Sprintf("%s %s is on the list of exceptions, %s", e.Gene, e.Name, p.rs.Ref(e.Source))
		return pr
	}
	return p.compareCommon(pr, list, r.Threshold, p.rs.Criteria["BA1"].Default)
}

// compareCommon decides BA1 and BS1 from the measures.
func (p *proposer) compareCommon(pr Proposal, list []measure, t Threshold, s Strength) Proposal {
	best, ok := p.highest(list)
	if !ok {
		pr.State, pr.Reason = withoutMeasure(list)
		return pr
	}
	group := ""
	if best.rec.FAFGroup != "" {
		group = " (group " + best.rec.FAFGroup + ")"
	}
	if t.Holds(best.value) {
		pr.Reason = fmt.Sprintf("%s%s %s %s %s", best.name(), group, best.text, t.Op, rounded(t.Value))
		return p.at(pr, s)
	}
	pr.State = NotMet
	pr.Reason = fmt.Sprintf("%s%s %s is not %s %s", best.name(), group, best.text, t.Op, rounded(t.Value))
	return pr
}

// withoutMeasure says why nothing could be compared. No record, and calls that
// fail the filters, are an answer; everything else is a lack of input.
func withoutMeasure(list []measure) (State, string) {
	if len(list) == 0 {
		return NotAssessed, "no population frequency was looked up"
	}
	answered, lacking := false, false
	var parts []string
	for _, m := range list {
		parts = append(parts, m.name()+": "+m.hurdle)
		answered = answered || m.answered
		lacking = lacking || !m.answered && !m.aside
	}
	if answered && !lacking {
		return NotMet, sentence(parts)
	}
	return NotAssessed, sentence(parts)
}

// tooCommon is BS1: more common than the disease allows.
func (p *proposer) tooCommon() Proposal {
	if p.bs1 == nil {
		pr := p.bs1Proposal()
		p.bs1 = &pr
	}
	return *p.bs1
}

func (p *proposer) bs1Proposal() Proposal {
	r := p.rs.BS1
	list := p.measures(r.MinAN)
	limits, origin, extra := p.bs1Limits()
	var shown Threshold
	if len(limits) > 0 {
		shown = limits[0].Threshold
	}
	in := append(frequencyInputs(list, shown), extra...)
	pr := p.proposal("BS1", "bs1", r.Note, NotAssessed, "", in...)
	if why, foreign := p.foreignGenome(); foreign {
		pr.State, pr.Reason = NotApplicable, why
		return pr
	}
	if p.commonest().State == Met {
		pr.State, pr.Reason = NotApplicable, "BA1 is met and supersedes it"
		return pr
	}
	if len(limits) == 0 {
		pr.Reason = origin
		return pr
	}
	for _, l := range limits {
		if tried := p.compareCommon(pr, list, l.Threshold, l.Strength); tried.State != NotMet || l == limits[len(limits)-1] {
			pr = tried
			break
		}
	}
	pr.Reason += "; threshold: " + origin
	return pr
}

// bs1Limits finds the thresholds for the unit, strongest first: those set for
// the gene, else the maximum credible frequency. Without one the text says why.
func (p *proposer) bs1Limits() (limits []BS1Threshold, origin string, in []Input) {
	for _, t := range p.rs.BS1.Thresholds {
		if t.Gene == p.unit.Gene && (t.Disease == "" || t.Disease == p.unit.Disease) && (t.MOI == "" || t.MOI == p.unit.MOI) {
			limits = append(limits, t)
		}
	}
	limits = mostSpecific(limits)
	if len(limits) > 0 {
		return limits, "set for " + p.unit.Gene + ", " + p.rs.Ref(limits[0].Source), nil
	}
	if !p.rs.BS1.FromPrevalence {
		return nil, "the rule set has no threshold for this gene and disease", nil
	}
	return p.credibleLimit()
}

// mostSpecific keeps the thresholds that name most of gene, disease and mode of
// inheritance, sorted by strength, strongest first.
func mostSpecific(limits []BS1Threshold) []BS1Threshold {
	detail := func(t BS1Threshold) (n int) {
		for _, s := range []string{t.Disease, t.MOI} {
			if s != "" {
				n++
			}
		}
		return n
	}
	most := 0
	for _, t := range limits {
		most = max(most, detail(t))
	}
	limits = slices.DeleteFunc(limits, func(t BS1Threshold) bool { return detail(t) < most })
	slices.SortStableFunc(limits, func(a, b BS1Threshold) int { return cmp.Compare(b.Strength, a.Strength) })
	return limits
}

// credibleLimit computes the maximum credible allele frequency from the gene
// table.
func (p *proposer) credibleLimit() ([]BS1Threshold, string, []Input) {
	t := p.f.GeneTable
	if t == nil {
		return nil, "no threshold for this gene and disease: neither the rule set nor a gene table has one",
			[]Input{{Name: "prevalence", Value: notLookedUp}}
	}
	var in []Input
	var x [4]float64
	complete := true
	for i, v := range []struct {
		name  string
		value *float64
	}{
		{"prevalence", t.Prevalence},
		{"allelic heterogeneity", t.HetAllelic},
		{"genetic heterogeneity", t.HetGenic},
		{"penetrance", t.PenetranceFraction},
	} {
		input := Input{Name: v.name, Value: notLookedUp, Source: t.Source, Version: t.Date}
		if v.value == nil {
			complete = false
		} else {
			x[i], input.Value = *v.value, number(*v.value)
		}
		in = append(in, input)
	}
	if !complete {
		return nil, "no threshold for this gene and disease: the gene table lacks numbers for the maximum credible frequency", in
	}
	af, ok := MaxCredibleAF(p.unit.MOI, x[0], x[1], x[2], x[3])
	if !ok {
		return nil, fmt.Sprintf("no threshold: the maximum credible frequency cannot be computed for inheritance %q with these numbers", p.unit.MOI), in
	}
	origin := fmt.Sprintf("maximum credible allele frequency %s for %s, %s", rounded(af), p.unit.MOI, p.rs.Ref(p.rs.BS1.Source))
	return []BS1Threshold{{Strength: p.rs.Criteria["BS1"].Default, Threshold: Threshold{p.rs.BS1.Op, af}}}, origin, in
}
