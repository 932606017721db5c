package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/identity"
	"garrod/review/triage"
	"garrod/ui/state"
)

// Worklist triages a case and notes which filter it is looked at with.
func (l *lab) Worklist(ctx context.Context, id review.CaseID, f triage.Filter, m *review.Meter) (*triage.Worklist, error) {
	w, err := l.triaged(ctx, id, f, m)
	if err != nil {
		return nil, err
	}
	_, _, err = l.useFilter(ctx, w)
	return w, err
}

// triaged triages a case. The list's notes say first how far the case's identity
// lets the family be used.
func (l *lab) triaged(ctx context.Context, id review.CaseID, f triage.Filter, m *review.Meter) (*triage.Worklist, error) {
	var w *triage.Worklist
	f, err := l.withPast(ctx, id, f)
	if err != nil {
		return nil, err
	}
	err = l.withVCFShown(ctx, id, m, func(c review.Case, src triage.Source) (err error) {
		if w, err = triage.Run(ctx, src, &c, f, m); err == nil {
			w.Notes = append(identity.Notes(&c), w.Notes...) // what the whole list rests on comes first
		}
		return err
	})
	return w, err
}

// Explain says why a variant is or is not in the list.
func (l *lab) Explain(ctx context.Context, id review.CaseID, key string, f triage.Filter) (triage.Explanation, error) {
	var e triage.Explanation
	f, err := l.withPast(ctx, id, f)
	if err != nil {
		return e, err
	}
	err = l.withVCF(ctx, id, func(c review.Case, src triage.Source) (err error) {
		if key, err = inFile(ctx, src, key); err != nil {
			return err
		}
		e, err = triage.Explain(ctx, src, &c, f, key)
		return err
	})
	return e, err
}

// Assess returns the stored assessment of a variant, or a new one with its
// proposals.
func (l *lab) Assess(ctx context.Context, id review.CaseID, key string) (review.Assessment, error) {
	return l.find(ctx, evidenceFlags{caseID: string(id), variant: key})
}

// find returns the assessment that the flags name. A variant that was assessed
// in several units must be told apart by the flags.
func (l *lab) find(ctx context.Context, e evidenceFlags) (review.Assessment, error) {
	c, err := l.Case(ctx, review.CaseID(e.caseID))
	if err != nil {
		return review.Assessment{}, err
	}
	key, err := parseKey(c, e.variant)
	if err != nil {
		return review.Assessment{}, err
	}
	stored, err := l.Assessments(ctx, c.ID)
	if err != nil {
		return review.Assessment{}, err
	}
	stored = slices.DeleteFunc(stored, func(a review.Assessment) bool { return !e.names(a, key.String()) })
	switch len(stored) {
	case 0:
		if e.assessment != "" {
			return review.Assessment{}, &review.InputError{
				Code: "no_such_assessment", Field: "--assessment", What: fmt.Sprintf("case %s has no assessment %q of %s", c.ID, e.assessment, key),
				Remedy: "See garrod case show; leave --assessment out for a new one.",
			}
		}
		return l.newAssessment(ctx, c, e)
	case 1:
		return stored[0], nil
	}
	return review.Assessment{}, &review.PolicyError{
		Code:   "ambiguous_assessment",
		What:   fmt.Sprintf("%s was assessed %d times in case %s, for different genes, diseases, modes of inheritance or transcripts", key, len(stored), c.ID),
		Remedy: "Say which with --assessment, or with --gene, --disease, --moi and --transcript.",
	}
}

// names reports whether the flags can mean a.
func (e evidenceFlags) names(a review.Assessment, key string) bool {
	fits := func(flag, have string) bool { return flag == "" || flag == have }
	return a.Unit.Key == key && fits(e.assessment, string(a.ID)) && fits(e.unit.Gene, a.Unit.Gene) &&
		fits(e.unit.Disease, a.Unit.Disease) && fits(e.unit.MOI, a.Unit.MOI) && fits(e.unit.Transcript, a.Unit.Transcript)
}

// newAssessment freezes the record and makes the proposals. Nothing is stored
// until somebody decides something.
func (l *lab) newAssessment(ctx context.Context, c review.Case, e evidenceFlags) (review.Assessment, error) {
	var row triage.Row
	err := l.withVCF(ctx, c.ID, func(c review.Case, src triage.Source) (err error) {
		key, err := inFile(ctx, src, e.variant)
		if err != nil {
			return err
		}
		row, err = triage.FindRow(ctx, src, &c, triage.Default(), key)
		return err
	})
	if err != nil {
		return review.Assessment{}, err
	}
	if row.Variant.Kind != review.SmallVariant {
		return review.Assessment{}, &review.PolicyError{
			Code:   "not_a_small_variant",
			What:   fmt.Sprintf("%s is %s, which the small-variant rules never classify", e.variant, row.Variant.Kind),
			Remedy: "Note it in the case; its own scheme comes later.",
		}
	}
	unit := triage.UnitOf(&c, row)
	for _, o := range []struct {
		flag string
		to   *string
	}{{e.unit.Gene, &unit.Gene}, {e.unit.Disease, &unit.Disease}, {e.unit.MOI, &unit.MOI}, {e.unit.Transcript, &unit.Transcript}} {
		if o.flag != "" {
			*o.to = o.flag
		}
	}
	a := review.Assessment{Case: c.ID, Unit: unit, Variant: row.Variant, Labels: row.Labels}
	a.ID = assessmentID(c.ID, unit)
	a.Consequence, _ = row.Consequence()
	return a, l.propose(ctx, c, row, &a)
}

// assessmentID names a unit of a case. It is the same whenever it is made, so
// that two people who open the same variant mean the same assessment.
func assessmentID(c review.CaseID, u acmg.Unit) review.AssessmentID {
	b, _ := json.Marshal(u) // a Unit is plain text
	return review.AssessmentID(fmt.Sprintf("%s-A-%.12s", c, hashOf(b)))
}

// propose fills in facts and proposals.
func (l *lab) propose(ctx context.Context, c review.Case, row triage.Row, a *review.Assessment) error {
	rs, err := l.caseRules(ctx, c)
	if err != nil {
		return err
	}
	classes, err := l.classes(ctx, c.ID)
	if err != nil {
		return err
	}
	facts := triage.BuildFacts(&c, row, a.Unit, classes)
	if a.Facts, err = json.Marshal(facts); err != nil {
		return fmt.Errorf("write the facts of %s: %w", a.Unit.Key, err)
	}
	p, err := acmg.Propose(facts, rs)
	if err != nil {
		return fmt.Errorf("propose for %s: %w", a.Unit.Key, err)
	}
	a.Proposals = p.Proposals
	return nil
}

// caseRules loads the rule set that a case is pinned to.
func (l *lab) caseRules(ctx context.Context, c review.Case) (*acmg.RuleSet, error) {
	var stored review.StoredRuleSet
	err := l.view(ctx, func(tx review.Tx) (err error) { stored, err = tx.FindRuleSetByHash(c.RuleSetHash); return err })
	if err != nil {
		return nil, fmt.Errorf("load rule set %s of case %s: %w", c.RuleSet, c.ID, err)
	}
	return acmg.ParseRuleSet(stored.Content)
}

// classes gives the finished classes of a case by variant.
func (l *lab) classes(ctx context.Context, id review.CaseID) (map[string]acmg.Class, error) {
	as, err := l.Assessments(ctx, id)
	if err != nil {
		return nil, err
	}
	out := map[string]acmg.Class{}
	for _, a := range as {
		if r, ok := a.Finished(); ok {
			out[a.Unit.Key] = r.Classification.Class
		}
	}
	return out, nil
}

// rowsJSON gives rows with proposals and class, as the command line prints them.
func (l *lab) rowsJSON(ctx context.Context, id review.CaseID, rows []triage.Row) ([]triage.RowJSON, error) {
	c, err := l.Case(ctx, id)
	if err != nil {
		return nil, err
	}
	rs, err := l.caseRules(ctx, c)
	if err != nil {
		return nil, err
	}
	classes, err := l.classes(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]triage.RowJSON, 0, len(rows))
	for _, r := range rows {
		j := r.JSON()
		j.Proposals = []acmg.Proposal{}
		if r.Variant.Kind == review.SmallVariant {
			p, err := acmg.Propose(triage.BuildFacts(&c, r, triage.UnitOf(&c, r), classes), rs)
			if err != nil {
				return nil, fmt.Errorf("propose for %s: %w", j.Key, err)
			}
			j.Proposals = p.Proposals
		}
		if cl, ok := classes[j.Key]; ok {
			j.Class = &cl
		}
		out = append(out, j)
	}
	return out, nil
}

// Classify combines the accepted evidence under the case's rule set, first, and
// under every other one that is not retired.
func (l *lab) Classify(ctx context.Context, a review.Assessment) ([]acmg.Classification, error) {
	c, err := l.Case(ctx, a.Case)
	if err != nil {
		return nil, err
	}
	own, err := l.caseRules(ctx, c)
	if err != nil {
		return nil, err
	}
	sets := []*acmg.RuleSet{own}
	err = l.view(ctx, func(tx review.Tx) error {
		all, err := tx.RuleSets()
		for _, s := range all {
			if s.Hash == c.RuleSetHash || s.Status == "retired" {
				continue
			}
			full, err := tx.FindRuleSetByHash(s.Hash)
			if err != nil {
				return err
			}
			rs, err := acmg.ParseRuleSet(full.Content)
			if err != nil {
				return fmt.Errorf("read rule set %s: %w", s.ID, err)
			}
			sets = append(sets, rs)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []acmg.Classification
	for _, rs := range sets {
		cl, err := acmg.Combine(rs, known(rs, a.Accepted()), a.Unit)
		if err != nil {
			return nil, fmt.Errorf("combine under %s: %w", rs.ID, err)
		}
		out = append(out, cl)
	}
	return out, nil
}

// known leaves out what a rule set has no code for: another rule set's opinion
// is shown beside the case's own, and may lack codes that are the latter's.
func known(rs *acmg.RuleSet, ev []acmg.Evidence) []acmg.Evidence {
	return slices.DeleteFunc(ev, func(e acmg.Evidence) bool { return rs.Criteria[e.Criterion] == nil })
}

// parseCode reads a code in the words of the case's rule set; explicit tells
// whether it names its strength.
func (l *lab) parseCode(ctx context.Context, id review.CaseID, text string) (code acmg.Code, explicit bool, err error) {
	c, err := l.Case(ctx, id)
	if err != nil {
		return code, false, err
	}
	rs, err := l.caseRules(ctx, c)
	if err != nil {
		return code, false, err
	}
	code, err = acmg.ParseCode(text, rs)
	if err != nil {
		return code, false, &review.InputError{
			Code: "unknown_code", Field: "--code", What: err.Error(),
			Remedy: "Give a code such as PVS1 or PM2_Supporting.", Err: err,
		}
	}
	return code, string(code.Criterion) != text, nil
}

// Decide stores one decision.
func (l *lab) Decide(ctx context.Context, d state.Decision) (review.Assessment, error) {
	a, err := l.Assess(ctx, d.Case, d.Key)
	if err != nil {
		return a, err
	}
	_, err = l.decideOn(ctx, &a, d)
	return a, err
}

func (l *lab) decideOn(ctx context.Context, a *review.Assessment, d state.Decision) (review.Change, error) {
	return l.desk().Decide(ctx, a, review.Choice{
		Code: d.Code, Strength: d.Strength, Decision: d.Decision,
		Reason: d.Reason, PMIDs: d.PMIDs, Shown: d.Shown,
	})
}

// Undo withdraws the latest decision of the person at work.
func (l *lab) Undo(ctx context.Context, id review.CaseID, key string) (review.Assessment, error) {
	a, err := l.Assess(ctx, id, key)
	if err != nil {
		return a, err
	}
	_, err = l.desk().Undo(ctx, &a)
	return a, err
}

// Finish freezes the classification of the person at work.
func (l *lab) Finish(ctx context.Context, id review.CaseID, key string, report bool, note string) (review.Assessment, error) {
	a, err := l.Assess(ctx, id, key)
	if err != nil {
		return a, err
	}
	_, err = l.desk().Finish(ctx, &a, &report, note)
	return a, err
}

// Criteria lists the codes of the case's rule set.
func (l *lab) Criteria(ctx context.Context, id review.CaseID) ([]state.Criterion, error) {
	c, err := l.Case(ctx, id)
	if err != nil {
		return nil, err
	}
	rs, err := l.caseRules(ctx, c)
	if err != nil {
		return nil, err
	}
	return state.Vocabulary(rs), nil
}
