package sqlite

import (
	"bytes"
	"errors"
	"fmt"

	"garrod/review"
	"garrod/review/acmg"
)

const ruleSetColumns = "hash, id, version, content, status, created_at"

// RuleSets returns every version of every rule set, by ID, oldest first.
func (t *tx) RuleSets() ([]review.StoredRuleSet, error) {
	out, err := t.loadRuleSets("ORDER BY id, created_at, rowid")
	if err != nil {
		return nil, fmt.Errorf("load rule sets: %w", err)
	}
	return out, nil
}

// FindRuleSet returns the active version of a rule set, or the latest one where
// none is active.
func (t *tx) FindRuleSet(id acmg.RuleSetID) (review.StoredRuleSet, error) {
	return t.findRuleSet(string(id), "WHERE id = ? ORDER BY status = 'active' DESC, created_at DESC, rowid DESC LIMIT 1")
}

// FindRuleSetByHash returns the rule set with this content.
func (t *tx) FindRuleSetByHash(hash string) (review.StoredRuleSet, error) {
	return t.findRuleSet(hash, "WHERE hash = ?")
}

func (t *tx) findRuleSet(name, clause string) (review.StoredRuleSet, error) {
	out, err := t.loadRuleSets(clause, name)
	if err == nil && len(out) == 0 {
		err = review.ErrNotFound
	}
	if err != nil {
		return review.StoredRuleSet{}, fmt.Errorf("load rule set %s: %w", name, err)
	}
	return out[0], nil
}

func (t *tx) loadRuleSets(clause string, args ...any) ([]review.StoredRuleSet, error) {
	var out []review.StoredRuleSet
	err := t.each(func(r scanner) error {
		var s review.StoredRuleSet
		err := r.Scan(&s.Hash, &s.ID, &s.Version, &s.Content, &s.Status, timeColumn{&s.Created})
		out = append(out, s)
		return err
	}, "SELECT "+ruleSetColumns+" FROM rule_set "+clause, args...)
	for i := 0; err == nil && i < len(out); i++ {
		err = t.each(func(r scanner) error {
			var u review.UserID
			err := r.Scan(&u)
			out[i].ApprovedBy = append(out[i].ApprovedBy, u)
			return err
		}, "SELECT user_id FROM rule_set_approval WHERE hash = ? ORDER BY ord", out[i].Hash)
	}
	return out, err
}

// SaveRuleSet adds s or changes the status of the rule set with its hash.
// Content, ID and version never change (review.ErrConflict), approvals are only
// added to (review.ErrConflict), and a version holds one content
// (review.ErrExists). Created may be zero: it is then taken from the clock, and
// it never changes.
func (t *tx) SaveRuleSet(s review.StoredRuleSet) error {
	return t.save("rule set "+string(s.ID), func() error {
		old, err := t.FindRuleSetByHash(s.Hash)
		switch {
		case errors.Is(err, review.ErrNotFound):
			err = t.insertRuleSet(s)
		case err != nil:
			// Returned below.
		case s.ID != old.ID || s.Version != old.Version || !bytes.Equal(s.Content, old.Content):
			err = fmt.Errorf("its content: %w", review.ErrConflict)
		default:
			err = t.exec("UPDATE rule_set SET status = ?, saved_at = ?, saved_by = ?, saved_role = ? WHERE hash = ?",
				append(append([]any{s.Status}, t.stamp()...), s.Hash)...)
		}
		if err != nil {
			return err
		}
		return t.appendApprovals(s, old.ApprovedBy)
	})
}

func (t *tx) insertRuleSet(s review.StoredRuleSet) error {
	if s.Created.IsZero() {
		s.Created = t.store.opt.Clock.Now()
	}
	args := []any{s.Hash, s.ID, s.Version, s.Content, s.Status, timeText(s.Created)}
	return t.exec("INSERT INTO rule_set ("+ruleSetColumns+", saved_at, saved_by, saved_role) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		append(args, t.stamp()...)...)
}

func (t *tx) appendApprovals(s review.StoredRuleSet, stored []review.UserID) error {
	if err := keepsHistory(stored, s.ApprovedBy); err != nil {
		return fmt.Errorf("its approvals: %w", err)
	}
	for i := len(stored); i < len(s.ApprovedBy); i++ {
		err := t.exec("INSERT INTO rule_set_approval (hash, ord, user_id, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?)",
			s.Hash, i, s.ApprovedBy[i], timeText(t.store.opt.Clock.Now()), t.actor.User)
		if err != nil {
			return fmt.Errorf("approval of %s: %w", s.ApprovedBy[i], err)
		}
	}
	return nil
}
