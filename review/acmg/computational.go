package acmg

import (
	"fmt"
	"strings"
)

// damaging is PP3: either prediction supports an effect; the stronger counts,
// once.
func (p *proposer) damaging() Proposal {
	c, pr := p.computational("PP3")
	if c.unfit != "" {
		return pr
	}
	splice := p.splice()
	readings := []reading{splice}
	if c.missense {
		readings = []reading{p.protein(c), splice}
	}
	best := reading{}
	complete := true
	for _, r := range readings {
		complete = complete && r.known
		if r.known && r.code == "PP3" && r.strength > best.strength {
			best = r
		}
	}
	pr.Reason = texts(readings)
	switch {
	case best.strength != 0:
		pr.Provenance = p.provenance(best.path, best.note)
		return p.at(pr, best.strength)
	case !complete:
		pr.State = NotAssessed
	case c.protein && !c.missense:
		pr.State = NotAssessed
		pr.Reason += "; no predictor of the rule set judges " + strings.Join(c.terms, ", ") + " in the protein"
	default:
		pr.State = NotMet
	}
	return pr
}

// harmless is BP4: every prediction the consequence needs is against an effect.
func (p *proposer) harmless() Proposal {
	c, pr := p.computational("BP4")
	if c.unfit != "" {
		return pr
	}
	splice := p.splice()
	if c.protein && !c.missense {
		return p.spliceCannotClear(pr, c, splice)
	}
	readings := []reading{splice}
	if c.missense {
		readings = []reading{p.protein(c), splice}
	}
	pr.Reason = texts(readings)
	pr.State = Met
	for _, r := range readings {
		if r.known && r.code != "BP4" {
			pr.State = NotMet
		}
	}
	for _, r := range readings {
		if !r.known && pr.State == Met {
			pr.State = NotAssessed
		}
	}
	if pr.State != Met {
		return pr
	}
	return p.at(pr, readings[0].strength)
}

// spliceCannotClear: a change of the protein that no tool of the rule set judges
// is not harmless because splicing is.
func (p *proposer) spliceCannotClear(pr Proposal, c consequence, splice reading) Proposal {
	pr.Reason = fmt.Sprintf("no predictor of the rule set judges %s in the protein; %s", strings.Join(c.terms, ", "), splice.text)
	pr.State = NotAssessed
	if splice.known && splice.code != "BP4" {
		pr.State = NotMet
	}
	return pr
}

// computational starts a proposal of PP3 or BP4 with every value there is.
func (p *proposer) computational(k Criterion) (consequence, Proposal) {
	c := p.consequence()
	rule := p.rs.Computational
	path, note := "computational.splice", rule.Splice.Note
	if c.missense {
		path, note = "computational.protein", rule.Protein.Note
	}
	pr := p.proposal(k, path, note, NotApplicable, c.unfit, p.predictorInputs(c)...)
	if c.lacking {
		pr.State = NotAssessed
	}
	return c, pr
}

func texts(readings []reading) string {
	var parts []string
	for _, r := range readings {
		parts = append(parts, r.text)
	}
	return sentence(parts)
}

// predictorInputs lists the consequence, the tool's scores for every transcript
// and the splice deltas.
func (p *proposer) predictorInputs(c consequence) []Input {
	in := []Input{{Name: "consequence", Value: notLookedUp}}
	if len(c.terms) > 0 {
		in[0] = Input{Name: "consequence", Value: strings.Join(c.terms, ", "), Source: c.transcript}
	}
	tool := p.rs.Computational.Protein
	found := false
	for _, s := range p.f.Predictors {
		if strings.EqualFold(s.Name, tool.Name) {
			found = true
			in = append(in, tool.input(s, c))
		}
	}
	if !found {
		in = append(in, Input{Name: tool.Name, Value: notLookedUp})
	}
	return append(in, p.spliceInputs()...)
}

// input writes one score with the interval it falls in.
func (t ProteinTool) input(s Predictor, c consequence) Input {
	in := Input{Name: strings.TrimSpace(t.Name + " " + s.Transcript), Value: number(s.Score), Source: s.Name, Version: s.Version}
	if s.Transcript != "" && s.Transcript != c.transcript {
		in.Value += ", not used: another transcript"
		return in
	}
	if !c.missense {
		in.Value += ", not used: not for this consequence"
		return in
	}
	for _, i := range t.Intervals {
		if i.Contains(s.Score) {
			in.Operator, in.Threshold = "in", i.String()
		}
	}
	return in
}

func (p *proposer) spliceInputs() []Input {
	tool := p.rs.Computational.Splice
	var in []Input
	for _, s := range p.f.Splice {
		if strings.EqualFold(s.Tool, tool.Name) {
			in = append(in, s.inputs(tool)...)
		}
	}
	if len(in) == 0 {
		return []Input{{Name: tool.Name, Value: notLookedUp}}
	}
	return in
}

// inputs writes the four deltas with the settings they were made with.
func (s Splice) inputs(tool SpliceTool) []Input {
	version := s.Version
	if s.Distance != nil {
		version += fmt.Sprintf(" distance %d", *s.Distance)
	}
	if s.Masked != nil {
		version += map[bool]string{true: " masked", false: " raw"}[*s.Masked]
	}
	var in []Input
	for _, d := range []struct {
		name  string
		delta *float64
		place *int
	}{{"acceptor gain", s.AG, s.DPAG}, {"acceptor loss", s.AL, s.DPAL}, {"donor gain", s.DG, s.DPDG}, {"donor loss", s.DL, s.DPDL}} {
		i := Input{Name: tool.Name + " " + d.name, Value: notLookedUp, Source: s.Tool, Version: version}
		if d.delta != nil {
			i.Value = number(*d.delta)
			i.Operator, i.Threshold = tool.Pathogenic.Threshold.Op, number(tool.Pathogenic.Threshold.Value)
		}
		if d.delta != nil && d.place != nil {
			i.Value += fmt.Sprintf(" at %+d", *d.place)
		}
		in = append(in, i)
	}
	return in
}
