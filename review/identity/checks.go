package identity

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"garrod/review"
)

// The intake checks that Checks gives, in their order.
const (
	CheckSex           = "sex"
	CheckRelatedness   = "relatedness"
	CheckMendel        = "mendel"
	CheckContamination = "contamination"
	CheckMitochondrial = "mitochondrial"
	CheckHomozygosity  = "homozygosity"
)

// CheckNames lists the checks in their order.
func CheckNames() []string {
	return []string{CheckSex, CheckRelatedness, CheckMendel, CheckContamination, CheckMitochondrial, CheckHomozygosity}
}

// Judgement is what a Report comes to for one case.
type Judgement struct {
	Checks []review.Check
	// Blocks says what contradicts the family so that the proband's parents, or
	// the people of Kin, may not be used.
	Blocks []string
	Kin    []review.DoubtedKin
}

// Judge turns a report into the intake checks of a case. A contradicted parent
// of the proband, a contradicted sex of one of the three, and too many Mendelian
// errors fail and block the parents; another contradicted relative of the proband
// fails and is blocked alone. Everything else warns at most. family is what was given
// to Measure.
func Judge(r Report, proband string, family review.Family) Judgement {
	j := &judge{r: r, proband: proband}
	if m, ok := family.Member(proband); ok {
		j.mother, j.father = m.Mother, m.Father
	}
	for _, c := range []func() review.Check{j.sex, j.relatedness, j.mendel, j.contamination, j.mitochondrial, j.homozygosity} {
		j.out.Checks = append(j.out.Checks, c())
	}
	return j.out
}

// judge gathers the checks of one case.
type judge struct {
	r                       Report
	proband, mother, father string
	out                     Judgement
}

// who names a person as sentences do.
func (j *judge) who(id string) string {
	switch id {
	case j.proband:
		return "the proband"
	case j.mother:
		return "the mother (" + id + ")"
	case j.father:
		return "the father (" + id + ")"
	}
	return id
}

// inTrio reports whether a person is the proband or a parent.
func (j *judge) inTrio(id string) bool { return id == j.proband || id == j.mother || id == j.father }

// findings are the sentences of one check by their weight.
type findings struct {
	fail, warn, open, pass []string
	kin                    []review.DoubtedKin // those of fail that are no parents'
}

// notUsed names whose genotypes the failures keep from being used.
func (f *findings) notUsed() string {
	i := review.CaseIdentity{Blocks: f.fail, Kin: f.kin}
	return i.NotUsed()
}

// check puts findings into a check; failures block.
func (j *judge) check(name string, f findings, nothing string) review.Check {
	j.out.Blocks = append(j.out.Blocks, f.fail...)
	j.out.Kin = append(j.out.Kin, f.kin...)
	c := review.Check{Name: name, Outcome: review.CheckNotAssessed, Detail: nothing}
	switch {
	case len(f.fail) > 0:
		c.Outcome = review.Fail
		c.Detail = strings.Join(append(f.fail, f.warn...), " ") + " " + review.BlockedUntil + f.notUsed() + " are not used."
	case len(f.warn) > 0:
		c.Outcome, c.Detail = review.Warn, strings.Join(f.warn, " ")
	case len(f.open) > 0:
		c.Detail = strings.Join(append(f.open, f.pass...), " ")
	case len(f.pass) > 0:
		c.Outcome, c.Detail = review.Pass, strings.Join(f.pass, " ")
	}
	return c
}

func (j *judge) sex() review.Check {
	var f findings
	var agree, measured []string
	for _, s := range j.r.Sex {
		if !j.inTrio(s.Sample) && s.Verdict != Contradicts {
			continue // told on the page
		}
		who := j.who(s.Sample)
		switch s.Verdict {
		case Contradicts:
			text := fmt.Sprintf("%s is declared %s, but the genotypes are %s: %s (%d of them).", upper(who), s.Declared, s.Genetic, s.Why, s.XSites)
			if j.inTrio(s.Sample) {
				f.fail = append(f.fail, text)
			} else {
				f.warn = append(f.warn, text)
			}
		case Doubtful:
			f.warn = append(f.warn, fmt.Sprintf("The genotypes do not tell the sex of %s: %s (%d of them); %s.", who, s.Why, s.XSites, s.Hint))
		case NotAssessed:
			f.open = append(f.open, fmt.Sprintf("The genotypes do not tell the sex of %s: %s.", who, s.Why))
		case Agrees:
			agree = append(agree, fmt.Sprintf("%s %s", who, s.Genetic))
		case NotDeclared:
			measured = append(measured, fmt.Sprintf("%s %s (%s)", who, s.Genetic, s.Why))
		}
	}
	if agree != nil {
		f.pass = append(f.pass, "The genotypes agree with the declared sex: "+strings.Join(agree, ", ")+".")
	}
	if measured != nil {
		f.open = append(f.pass, "By the genotypes, with no sex declared: "+strings.Join(measured, ", ")+".")
	}
	return j.check(CheckSex, f, "The proband's genotypes were not measured.")
}

func (j *judge) relatedness() review.Check {
	var f findings
	var tied int
	for _, p := range j.r.Pairs {
		if p.Declared != NotStated {
			tied++
		}
		text := fmt.Sprintf("%s and %s: %s%s.", j.who(p.A), j.who(p.B), p.Why, numbers(p))
		switch {
		case p.Verdict == Contradicts && j.isParentPair(p):
			f.fail = append(f.fail, upper(text))
		case p.Verdict == Contradicts && p.Measured == SamePerson && j.inTrio(p.A) && j.inTrio(p.B):
			f.fail = append(f.fail, upper(text))
		case p.Verdict == Contradicts && j.kinOf(p) != "":
			f.fail = append(f.fail, upper(text))
			f.kin = append(f.kin, review.DoubtedKin{ID: j.kinOf(p), Why: upper(text)})
		case p.Verdict == Contradicts:
			f.warn = append(f.warn, upper(text))
		case p.Verdict == NotAssessed && p.Declared != NotStated:
			f.open = append(f.open, upper(text))
		case p.Verdict == Agrees:
			f.pass = append(f.pass, upper(text))
		}
	}
	if tied == 0 && f.warn == nil {
		return j.check(CheckRelatedness, findings{}, "No two samples are declared as relatives: there is nothing to hold the genotypes against.")
	}
	return j.check(CheckRelatedness, f, "")
}

// isParentPair reports whether a pair is the proband and a declared parent.
func (j *judge) isParentPair(p Pair) bool {
	return p.A == j.proband && (p.B == j.mother || p.B == j.father) || p.B == j.proband && (p.A == j.mother || p.A == j.father)
}

// kinOf is the relative of a pair with the proband whom the pedigree declares to
// share ancestors with the proband; empty for other pairs.
func (j *judge) kinOf(p Pair) string {
	switch {
	case p.Declared == NotStated || p.Declared == Unrelated:
		return ""
	case p.A == j.proband:
		return p.B
	case p.B == j.proband:
		return p.A
	}
	return ""
}

// numbers writes the measurement of a pair.
func numbers(p Pair) string {
	if p.Phi == nil || p.IBS0 == nil {
		return ""
	}
	return fmt.Sprintf(" (phi %.3f, %s of %d sites without a shared allele)", *p.Phi, percent(*p.IBS0), p.Sites)
}

func (j *judge) mendel() review.Check {
	var f findings
	for _, m := range slices.Concat(j.r.Mendel.Trios, j.r.Mendel.Duos) {
		text := fmt.Sprintf("%s: %s.", upper(j.who(m.Child)), m.Why)
		switch {
		case m.Verdict == Contradicts && m.Child == j.proband:
			f.fail = append(f.fail, text)
		case m.Verdict == Contradicts, m.Verdict == Doubtful:
			f.warn = append(f.warn, text)
		case m.Verdict == NotAssessed && m.Child == j.proband:
			f.open = append(f.open, text)
		case m.Verdict == Agrees:
			f.pass = append(f.pass, text)
		}
	}
	return j.check(CheckMendel, f, "No declared parent has a sample: genotypes cannot be held against those of parents.")
}

func (j *judge) contamination() review.Check {
	var f findings
	for _, c := range j.r.Contamination {
		text := fmt.Sprintf("%s: %s.", upper(j.who(c.Sample)), c.Why)
		switch c.Verdict {
		case Doubtful:
			f.warn = append(f.warn, text)
		case NotAssessed:
			f.open = append(f.open, text)
		case Agrees, Contradicts, NotDeclared:
			f.pass = append(f.pass, text)
		}
	}
	return j.check(CheckContamination, f, "No sample was measured.")
}

func (j *judge) mitochondrial() review.Check {
	var f findings
	for _, p := range j.r.Mitochondrial.Pairs {
		text := fmt.Sprintf("%s and %s: %s.", upper(j.who(p.Mother)), j.who(p.Child), p.Why)
		switch p.Verdict {
		case Contradicts, Doubtful:
			f.warn = append(f.warn, text)
		case NotAssessed:
			f.open = append(f.open, text)
		case Agrees, NotDeclared:
			f.pass = append(f.pass, text)
		}
	}
	return j.check(CheckMitochondrial, f, "No mother and child have samples.")
}

// homozygosity warns of a single chromosome and of uniparental disomy. Related
// parents are no fault of a file: they are told and do not warn.
func (j *judge) homozygosity() review.Check {
	var f findings
	for _, d := range j.r.UPD {
		f.warn = append(f.warn, fmt.Sprintf("%s: %s.", upper(j.who(d.Child)), d.Why))
	}
	for _, h := range j.r.ROH {
		if h.Sample != j.proband {
			continue
		}
		text := fmt.Sprintf("%s: %s.", upper(j.who(h.Sample)), h.Why)
		switch {
		case h.Verdict == NotAssessed:
			f.open = append(f.open, text)
		case h.Single != "":
			f.warn = append(f.warn, text)
		default:
			f.pass = append(f.pass, text)
		}
	}
	return j.check(CheckHomozygosity, f, "The proband was not measured.")
}

func upper(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// ForCase is what a case keeps of a report and of what it came to.
func ForCase(r Report, j Judgement) (*review.CaseIdentity, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("write identity: %w", err)
	}
	return &review.CaseIdentity{Report: b, Blocks: j.Blocks, Kin: j.Kin}, nil
}

// OfCase reads what ForCase kept; ok is false where the case was not measured.
func OfCase(c *review.Case) (r Report, ok bool, err error) {
	if c.Identity == nil {
		return r, false, nil
	}
	if err := json.Unmarshal(c.Identity.Report, &r); err != nil {
		return r, false, fmt.Errorf("read identity of case %s: %w", c.ID, err)
	}
	return r, true, nil
}

// Kinship lists the coefficients of pairs that had enough sites.
func (r Report) Kinship() []review.Kinship {
	var all []review.Kinship
	for _, p := range r.Pairs {
		if p.Measured != Unknown && p.Phi != nil {
			all = append(all, review.Kinship{A: p.A, B: p.B, Coefficient: *p.Phi})
		}
	}
	return all
}
