package sqlite

import (
	"fmt"
	"slices"

	"garrod/review"
)

// eachEvidence reads the decisions on the assessments for which where holds,
// oldest first.
func (t *tx) eachEvidence(where string, arg any, add func(review.AssessmentID, review.EvidenceItem)) error {
	return t.each(func(r scanner) error {
		var id review.AssessmentID
		var e review.EvidenceItem
		err := r.Scan(&id, &e.ID, &e.Code, &e.Strength, &e.Decision, &e.Origin, &e.Reason, jsonColumn{&e.PMIDs},
			jsonColumn{&e.Shown}, &e.RuleSet, textColumn{&e.RuleSetHash}, &e.By, timeColumn{&e.At})
		if err == nil {
			add(id, e)
		}
		return err
	}, `SELECT e.assessment_id, e.id, e.code, e.strength, e.decision, e.origin, e.reason, e.pmids, e.shown,
		e.rule_set, e.rule_set_hash, e.user_id, e.at
		FROM evidence e JOIN assessment a ON a.id = e.assessment_id WHERE `+where+" ORDER BY e.id", arg)
}

// appendEvidence stores the items of list after those stored already, and
// returns the list with their IDs and times.
func (t *tx) appendEvidence(id review.AssessmentID, stored, list []review.EvidenceItem) ([]review.EvidenceItem, error) {
	out := slices.Clone(list)
	for i := range out {
		if out[i].At.IsZero() {
			out[i].At = t.store.opt.Clock.Now()
		}
		out[i].At = utc(out[i].At)
	}
	if err := keepsHistory(stored, out); err != nil {
		return nil, fmt.Errorf("evidence: %w", err)
	}
	for i := len(stored); i < len(out); i++ {
		var err error
		if out[i].ID, err = t.insertEvidence(id, out[i]); err != nil {
			return nil, fmt.Errorf("evidence on %s: %w", out[i].Code, err)
		}
	}
	return out, nil
}

// keepsHistory answers review.ErrConflict unless list begins with everything
// that is stored, unchanged.
func keepsHistory[T any](stored, list []T) error {
	if len(list) < len(stored) {
		return review.ErrConflict
	}
	same, err := sameJSON(stored, list[:len(stored):len(stored)])
	if err == nil && !same && len(stored) > 0 {
		err = review.ErrConflict
	}
	return err
}

func (t *tx) insertEvidence(id review.AssessmentID, e review.EvidenceItem) (int64, error) {
	pmids, err := jsonText(e.PMIDs)
	if err != nil {
		return 0, err
	}
	shown, err := jsonText(e.Shown)
	if err != nil {
		return 0, err
	}
	return t.insert(`INSERT INTO evidence (assessment_id, code, strength, decision, origin, reason, pmids, shown,
		rule_set, rule_set_hash, user_id, role, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, e.Code, e.Strength, e.Decision, e.Origin, e.Reason, pmids, shown, e.RuleSet, orNull(e.RuleSetHash),
		e.By, t.actor.Role, timeText(e.At))
}

// eachReview reads the finished reviews of the assessments for which where
// holds, oldest first.
func (t *tx) eachReview(where string, arg any, add func(review.AssessmentID, review.Review)) error {
	return t.each(func(r scanner) error {
		var id review.AssessmentID
		var v review.Review
		err := r.Scan(&id, &v.By, timeColumn{&v.At}, jsonColumn{&v.Classification}, &v.Report, &v.Note)
		if err == nil {
			add(id, v)
		}
		return err
	}, `SELECT v.assessment_id, v.user_id, v.at, v.classification, v.report, v.note
		FROM review v JOIN assessment a ON a.id = v.assessment_id WHERE `+where+" ORDER BY v.id", arg)
}

// appendReviews stores the reviews of list after those stored already.
func (t *tx) appendReviews(id review.AssessmentID, stored, list []review.Review) ([]review.Review, error) {
	out := slices.Clone(list)
	for i := range out {
		if out[i].At.IsZero() {
			out[i].At = t.store.opt.Clock.Now()
		}
		out[i].At = utc(out[i].At)
	}
	if err := keepsHistory(stored, out); err != nil {
		return nil, fmt.Errorf("reviews: %w", err)
	}
	for _, v := range out[len(stored):] {
		class, err := jsonText(v.Classification)
		if err != nil {
			return nil, err
		}
		err = t.exec(`INSERT INTO review (assessment_id, user_id, role, at, classification, report, note)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, id, v.By, t.actor.Role, timeText(v.At), class, v.Report, v.Note)
		if err != nil {
			return nil, fmt.Errorf("review: %w", err)
		}
	}
	return out, nil
}
