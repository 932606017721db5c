package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"

	"garrod/review"
)

const assessmentColumns = `id, case_id, revision, assembly, allele, gene, disease, moi, transcript, penetrance,
	variant, consequence, labels, facts, proposals, comment`

// Assessments returns the assessments of a case in the order they were begun;
// none for a case that is not there.
func (t *tx) Assessments(id review.CaseID) ([]review.Assessment, error) {
	out, err := t.loadAssessments("a.case_id = ?", id)
	if err != nil {
		return nil, fmt.Errorf("load assessments of case %s: %w", id, err)
	}
	return out, nil
}

// FindAssessment returns one assessment.
func (t *tx) FindAssessment(id review.AssessmentID) (review.Assessment, error) {
	out, err := t.loadAssessments("a.id = ?", id)
	if err == nil && len(out) == 0 {
		err = review.ErrNotFound
	}
	if err != nil {
		return review.Assessment{}, fmt.Errorf("load assessment %s: %w", id, err)
	}
	return out[0], nil
}

// loadAssessments reads the assessments for which where, over assessment a,
// holds, with their evidence and reviews.
func (t *tx) loadAssessments(where string, arg any) ([]review.Assessment, error) {
	var out []review.Assessment
	index := map[review.AssessmentID]int{}
	err := t.each(func(r scanner) error {
		a, err := scanAssessment(r)
		index[a.ID] = len(out)
		out = append(out, a)
		return err
	}, "SELECT "+assessmentColumns+" FROM assessment a WHERE "+where+" ORDER BY a.created_at, a.rowid", arg)
	if err != nil {
		return nil, err
	}
	err = t.eachEvidence(where, arg, func(id review.AssessmentID, e review.EvidenceItem) {
		a := &out[index[id]]
		a.Evidence = append(a.Evidence, e)
	})
	if err != nil {
		return nil, err
	}
	return out, t.eachReview(where, arg, func(id review.AssessmentID, v review.Review) {
		a := &out[index[id]]
		a.Reviews = append(a.Reviews, v)
	})
}

func scanAssessment(r scanner) (review.Assessment, error) {
	var a review.Assessment
	var facts []byte
	u := &a.Unit
	err := r.Scan(&a.ID, &a.Case, &a.Revision, &u.Assembly, &u.Key, &u.Gene, &u.Disease, &u.MOI, &u.Transcript,
		&u.Penetrance, jsonColumn{&a.Variant}, jsonColumn{&a.Consequence}, jsonColumn{&a.Labels}, &facts,
		jsonColumn{&a.Proposals}, &a.Comment)
	a.Facts = json.RawMessage(facts)
	return a, err
}

// SaveAssessment adds a (Revision 0) or changes the stored assessment. Items of
// evidence and reviews are append-only: those stored must come first in a,
// unchanged, and its unit (save for penetrance) and frozen variant must be those
// stored, else the answer is review.ErrConflict. New items get their ID; one
// without a time gets the clock's. A second assessment of the same unit is
// review.ErrExists, one in a sealed case review.ErrSigned, and one that names a
// case, user or rule set hash that is not stored is review.ErrNotFound.
func (t *tx) SaveAssessment(a *review.Assessment) error {
	return t.save("assessment "+string(a.ID), func() error {
		if err := t.refuseSealed(a.Case); err != nil {
			return err
		}
		old, err := t.FindAssessment(a.ID)
		isNew := errors.Is(err, review.ErrNotFound)
		switch {
		case isNew && a.Revision != 0:
			return review.ErrNotFound
		case isNew:
			// Nothing to compare with.
		case err != nil:
			return err
		case a.Revision == 0:
			return takenError{}
		case a.Revision != old.Revision:
			return review.ErrConflict
		}
		next := *a
		next.Revision++
		if err := t.saveAssessmentRow(&next, old, isNew); err != nil {
			return err
		}
		if next.Evidence, err = t.appendEvidence(next.ID, old.Evidence, a.Evidence); err != nil {
			return err
		}
		if next.Reviews, err = t.appendReviews(next.ID, old.Reviews, a.Reviews); err != nil {
			return err
		}
		set(t, a, next)
		return nil
	})
}

// refuseSealed answers review.ErrSigned for a sealed case and
// review.ErrNotFound for one that is not there. The triggers would refuse the
// first too; they could not say so as clearly.
func (t *tx) refuseSealed(id review.CaseID) error {
	var status review.Status
	if err := t.row(`SELECT status FROM "case" WHERE id = ?`, id).Scan(&status); err != nil {
		return fmt.Errorf("case %s: %w", id, err)
	}
	if status.Sealed() {
		return review.ErrSigned
	}
	return nil
}

func (t *tx) saveAssessmentRow(a *review.Assessment, old review.Assessment, isNew bool) error {
	consequence, err := jsonText(a.Consequence)
	if err != nil {
		return err
	}
	labels, err := jsonText(a.Labels)
	if err != nil {
		return err
	}
	proposals, err := jsonText(a.Proposals)
	if err != nil {
		return err
	}
	u := a.Unit
	args := append([]any{a.Revision, u.Penetrance, consequence, labels, []byte(a.Facts), proposals, a.Comment},
		t.stamp()...)
	if !isNew {
		if err := sameRecord(a, old); err != nil {
			return err
		}
		return t.exec(`UPDATE assessment SET revision = ?, penetrance = ?, consequence = ?, labels = ?, facts = ?,
			proposals = ?, comment = ?, saved_at = ?, saved_by = ?, saved_role = ? WHERE id = ?`, append(args, a.ID)...)
	}
	variant, err := jsonText(a.Variant)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO assessment (revision, penetrance, consequence, labels, facts, proposals, comment,
		saved_at, saved_by, saved_role, id, case_id, assembly, allele, gene, disease, moi, transcript, variant, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		append(args, a.ID, a.Case, u.Assembly, u.Key, u.Gene, u.Disease, u.MOI, u.Transcript, variant,
			timeText(t.store.opt.Clock.Now()))...)
}

// sameRecord refuses a change of what is fixed when an assessment is begun.
func sameRecord(a *review.Assessment, old review.Assessment) error {
	unit := a.Unit
	unit.Penetrance = old.Unit.Penetrance
	same, err := sameJSON(a.Variant, old.Variant)
	if err != nil {
		return err
	}
	if !same || unit != old.Unit || a.Case != old.Case {
		return fmt.Errorf("the frozen record: %w", review.ErrConflict)
	}
	return nil
}

// sameJSON reports whether two values are the same once stored.
func sameJSON(a, b any) (bool, error) {
	ja, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	jb, err := json.Marshal(b)
	return string(ja) == string(jb), err
}
