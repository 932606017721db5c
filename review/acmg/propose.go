package acmg

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Proposals are what the machine suggests for one unit of assessment, one for
// each criterion of the rule set, and what would follow if every met one were
// accepted.
type Proposals struct {
	ID          string        `json:"id"`
	RuleSet     RuleSetID     `json:"rule_set"`
	RuleSetHash string        `json:"rule_set_hash"`
	Unit        Unit          `json:"unit"`
	Proposals   []Proposal    `json:"proposals"`
	Suppressed  []Suppression `json:"suppressed"`
	Capped      []Suppression `json:"capped"`
	Points      Points        `json:"points"`
	Class       Class         `json:"class"`
	Band        string        `json:"band"`
	Flags       []Flag        `json:"flags"`
	Warnings    []Warning     `json:"warnings"`
}

// notLookedUp is the value of an input there is none of.
const notLookedUp = "not looked up"

// Propose looks at every criterion of the rule set. Missing input is always
// NotAssessed; NotMet says that the input was there and does not reach the rule
// set's parameters. It computes BA1, BS1, PM2, PP3 and BP4; the others are
// NotAssessed with what a person has to bring.
func Propose(f *Facts, rs *RuleSet) (Proposals, error) {
	if f == nil || rs == nil {
		return Proposals{}, errors.New("propose: no facts or no rule set")
	}
	p := &proposer{f: f, rs: rs, unit: f.Unit()}
	out := Proposals{ID: f.ID, RuleSet: rs.ID, RuleSetHash: rs.Hash(), Unit: p.unit}
	var ev []Evidence
	for _, c := range rs.Codes() {
		pr := p.propose(c)
		out.Proposals = append(out.Proposals, pr)
		if pr.State == Met {
			ev = append(ev, Evidence{Code: Code{pr.Code, pr.Strength}})
		}
	}
	sum, err := Combine(rs, ev, p.unit)
	if err != nil {
		return Proposals{}, fmt.Errorf("combine proposals of %s: %w", f.ID, err)
	}
	out.Suppressed, out.Capped, out.Points, out.Class = sum.Suppressed, sum.Capped, sum.Points, sum.Class
	out.Band, out.Flags, out.Warnings = sum.Band, sum.Flags, sum.Warnings
	return out, nil
}

// Unit is what the facts are about. Its key is normalised: no "chr" before a
// chromosome, MT for M, alleles in upper case without the bases they share.
func (f *Facts) Unit() Unit {
	u := Unit{Key: canonicalKey(f.Key), Assembly: f.Assembly, MOI: f.MOI, Transcript: f.Chosen}
	if f.Gene != nil {
		u.Gene = f.Gene.HGNC
	}
	if f.Disease != nil {
		u.Disease = f.Disease.Mondo
	}
	if f.GeneTable != nil {
		u.Penetrance = f.GeneTable.Penetrance
	}
	return u
}

// proposer holds what the criteria share; results of the population criteria
// are kept because PM2 depends on the others.
type proposer struct {
	f        *Facts
	rs       *RuleSet
	unit     Unit
	ba1, bs1 *Proposal
}

// propose finds the mechanism of one criterion.
func (p *proposer) propose(c Criterion) Proposal {
	r := p.rs.Criteria[c]
	if !r.Enabled {
		return p.proposal(c, "criteria."+string(c)+".enabled", r.Note, NotApplicable, "disabled in this rule set: "+r.Reason)
	}
	switch c {
	case "BA1":
		return p.commonest()
	case "BS1":
		return p.tooCommon()
	case "PM2":
		return p.rare()
	case "PP3":
		return p.damaging()
	case "BP4":
		return p.harmless()
	}
	needs := r.Needs
	if needs == "" {
		needs = "Entered by hand."
	}
	return p.proposal(c, "criteria."+string(c), r.Note, NotAssessed, "not computed: "+needs)
}

// proposal makes a Proposal whose provenance is that of the rule set's field at
// path, with the field's note where it has one.
func (p *proposer) proposal(c Criterion, path, note string, s State, reason string, in ...Input) Proposal {
	if in == nil {
		in = []Input{}
	}
	return Proposal{Code: c, State: s, Reason: reason, Inputs: in, Provenance: p.provenance(path, note)}
}

// provenance tells people where the parameters at path come from.
func (p *proposer) provenance(path, note string) string {
	from := p.rs.ProvenanceOf(path)
	text := fmt.Sprintf("%s %s: %s from %s", p.rs.ID, p.rs.Version, path, from.Layer)
	if from.Source != "" {
		text += "; " + p.rs.Ref(from.Source)
	}
	if note != "" {
		text += "; " + note
	}
	return text
}

// at makes a proposal met at the strongest allowed strength up to s.
func (p *proposer) at(pr Proposal, s Strength) Proposal {
	allowed, ok := p.rs.Criteria[pr.Code].clamp(s)
	if !ok {
		pr.State = NotMet
		pr.Reason += fmt.Sprintf("; that is %s evidence, which the rule set does not allow for %s", s.Word(), pr.Code)
		return pr
	}
	pr.State, pr.Strength = Met, allowed
	pr.Reason += fmt.Sprintf(": %s is met", Code{pr.Code, allowed}.Label())
	if allowed != s {
		pr.Reason += fmt.Sprintf(" (the rule set limits it to %s)", allowed.Word())
	}
	return pr
}

// sentence joins what was found to one text.
func sentence(parts []string) string { return strings.Join(parts, "; ") }

// foreignGenome reports whether nuclear thresholds do not hold for the unit.
func (p *proposer) foreignGenome() (why string, foreign bool) {
	pop := p.rs.Population
	if slices.Contains(pop.ExcludedMOI, p.unit.MOI) {
		return "the thresholds do not hold for inheritance " + p.unit.MOI, true
	}
	if a, ok := parseAllele(p.f.Key); ok && slices.Contains(pop.ExcludedContigs, a.contig) {
		return "the thresholds do not hold on contig " + a.contig, true
	}
	return "", false
}
