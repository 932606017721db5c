package triage

import (
	"fmt"
	"strings"

	"garrod/review"
)

// outcome is what one check makes of one variant.
type outcome uint8

const (
	kept outcome = iota
	removed
	notAssessed // kept: there is no value to hold against the variant
)

// text is the word of the command line's contract.
func (o outcome) text() string {
	switch o {
	case kept:
		return "kept"
	case removed:
		return "removed"
	case notAssessed:
		return "not_assessed"
	}
	panic(fmt.Sprintf("triage: impossible outcome %d", o))
}

// notInFile stands for a value that the file does not give.
const notInFile = "not in the file"

// subject is one variant as the steps see it.
type subject struct {
	v      *review.Variant
	call   *review.Call // of the proband
	site   site
	limits refLimits      // what call needs to prove that the allele is not there
	labels []review.Label // set before the late steps only
	noFit  string         // why there is no label
}

// check is one parameter of a step. judge decides for the funnel and for the
// explanation alike; value only puts what judge looked at into words.
type check struct {
	parameter, operator, threshold string
	applies                        func(s *subject) bool // nil: to every variant
	judge                          func(s *subject) outcome
	value                          func(s *subject) string
	// columns gives the form of the check that sifts the columns of a file. It is
	// nil, or returns nil, where only the record tells: the step then comes after
	// all those that columns decide.
	columns func(c *columns) sifter
	// seldom reports that columns decide few rows only; nil: they decide most.
	seldom func(c *columns) bool
}

// concerns reports whether the check is made at all for a variant.
func (k *check) concerns(s *subject) bool { return k.applies == nil || k.applies(s) }

// step is one step of the funnel. It removes a variant when any of its checks
// does.
type step struct {
	name      string
	parameter string // for the funnel
	// lacks names the capability of a file without which nothing is assessed.
	lacks string
	off   bool // the case has nothing to hold variants against
	// byRecord is true where columns do not decide: the step comes after those
	// that they do.
	byRecord bool
	checks   []check
	// columns gives one sifter that does what those of all checks do together,
	// faster, on chromosomes other than X and Y; nil: there is none.
	columns func(c *columns) sifter
}

// judge answers removed if any check does, not assessed if no check had a value.
// A variant that no check is about is kept.
func (st *step) judge(s *subject) outcome {
	out, asked := notAssessed, false
	for i := range st.checks {
		if !st.checks[i].concerns(s) {
			continue
		}
		asked = true
		switch st.checks[i].judge(s) {
		case removed:
			return removed
		case kept:
			out = kept
		}
	}
	if !asked {
		return kept
	}
	return out
}

// The names of the steps, in their order.
const (
	stepKind        = "kind"
	stepGenotype    = "genotype"
	stepQuality     = "quality"
	stepFrequency   = "frequency"
	stepConsequence = "consequence"
	stepPanel       = "panel"
	stepRegion      = "region"
	stepReads       = "reads"
	stepGroups      = "groups"
	stepInheritance = "inheritance"
	stepZygosity    = "zygosity"
	stepClinVar     = "clinvar"
	stepHistory     = "history"
	stepText        = "text"
)

// plan is a filter made ready for one case.
type plan struct {
	c     *review.Case
	f     Filter
	kin   *kindred
	panel *panelGenes
	early []step // while the records are read
	// late steps come after the pass. Inheritance needs the whole gene; what only
	// picks from the list comes after it, so that a second allele is not lost
	// before the pairs are made.
	late []step
	freq review.FrequencyRule
	rule *consequenceRule // of the consequence step, nil when it is off
}

func newPlan(c *review.Case, f Filter) (*plan, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	p := &plan{c: c, f: f, kin: newKindred(c, f.evidence()), panel: newPanelGenes(c.Panel), freq: f.frequency().rule()}
	p.early = append(p.early, kindStep())
	if f.Genotype != nil && f.Genotype.Carried {
		p.early = append(p.early, genotypeStep())
	}
	if f.Quality != nil {
		p.early = append(p.early, qualityStep(*f.Quality, p.kin.sex))
	}
	if f.Frequency != nil {
		p.early = append(p.early, frequencyStep(*f.Frequency, p.freq))
	}
	if f.Consequence != nil {
		p.rule = &consequenceRule{terms: termSet(f.Consequence.Terms), noncoding: f.Consequence.NonCoding}
		p.early = append(p.early, consequenceStep(*f.Consequence, *p.rule))
	}
	if f.Panel != nil && f.Panel.Use {
		p.early = append(p.early, panelStep(c.Panel, p.panel))
	}
	if err := p.addRecordSteps(); err != nil {
		return nil, err
	}
	if f.Inheritance != nil {
		p.late = append(p.late, inheritanceStep(*f.Inheritance))
	}
	p.addPicks()
	return p, nil
}

// subject makes v ready for the steps.
func (p *plan) subject(v *review.Variant) subject {
	at := siteOf(v.Key)
	return subject{v: v, call: p.kin.proband.call(v), site: at, limits: p.kin.limitsOf(p.kin.proband, at)}
}

// steps lists all steps in their order.
func (p *plan) steps() []*step {
	var all []*step
	for i := range p.early {
		all = append(all, &p.early[i])
	}
	for i := range p.late {
		all = append(all, &p.late[i])
	}
	return all
}

// capability returns the sentence with which the case's file says that it
// cannot support a step; ok is false when it can or does not tell.
func (p *plan) capability(name string) (detail string, ok bool) {
	file, _ := p.c.VCF()
	for _, k := range file.Capabilities {
		if name != "" && k.Name == name && !k.Present {
			return k.Detail, true
		}
	}
	return "", false
}

// funnelParameter is the step's parameter, with the reason where the step could
// not be assessed for any of the variants that reached it.
func (p *plan) funnelParameter(st *step, before, unassessed int64) string {
	words := st.parameter
	if st.byRecord {
		words += "; after the steps that need no record"
	}
	if st.off || before == 0 || unassessed < before {
		return words
	}
	why := "the file gives no value for it"
	if detail, ok := p.capability(st.lacks); ok && detail != "" {
		why = strings.TrimSuffix(detail, ".")
	}
	return words + "; not assessed: " + why
}
