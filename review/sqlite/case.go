package sqlite

import (
	"errors"
	"fmt"
	"time"

	"garrod/review"
)

const caseColumns = "id, revision, status, assembly, proband, sex, rule_set, rule_set_hash, created_at, updated_at"

// caseSet is the cases that are being loaded, by ID and in order.
type caseSet struct {
	byID  map[review.CaseID]*review.Case
	order []*review.Case
	only  review.CaseID // the one case asked for, empty for all
	panel map[review.CaseID]string
}

// Cases returns every case, newest first.
func (t *tx) Cases() ([]review.Case, error) {
	cs, err := t.loadCases("")
	if err != nil {
		return nil, fmt.Errorf("load cases: %w", err)
	}
	out := make([]review.Case, 0, len(cs.order))
	for _, c := range cs.order {
		out = append(out, *c)
	}
	return out, nil
}

// FindCase returns one case.
func (t *tx) FindCase(id review.CaseID) (review.Case, error) {
	if id == "" {
		return review.Case{}, fmt.Errorf("load case: %w", review.ErrNotFound)
	}
	cs, err := t.loadCases(id)
	if err == nil && len(cs.order) == 0 {
		err = review.ErrNotFound
	}
	if err != nil {
		return review.Case{}, fmt.Errorf("load case %s: %w", id, err)
	}
	return *cs.order[0], nil
}

// loadCases reads cases with all their parts, in one query for each table.
func (t *tx) loadCases(only review.CaseID) (*caseSet, error) {
	cs := &caseSet{byID: map[review.CaseID]*review.Case{}, only: only, panel: map[review.CaseID]string{}}
	query, args := cs.restrict(`SELECT `+caseColumns+`, panel FROM "case"`, "id")
	err := t.each(func(r scanner) error {
		c := new(review.Case)
		var panel string
		err := r.Scan(&c.ID, &c.Revision, &c.Status, &c.Assembly, &c.Proband, &c.Sex, &c.RuleSet,
			textColumn{&c.RuleSetHash}, timeColumn{&c.Created}, timeColumn{&c.Updated}, textColumn{&panel})
		cs.byID[c.ID], cs.panel[c.ID] = c, panel
		cs.order = append(cs.order, c)
		return err
	}, query+" ORDER BY created_at DESC, rowid DESC", args...)
	if err != nil {
		return nil, err
	}
	for _, p := range caseParts {
		if err := p.load(t, cs); err != nil {
			return nil, err
		}
	}
	return cs, t.loadPanels(cs)
}

// restrict limits a query to the case asked for.
func (cs *caseSet) restrict(query, column string) (string, []any) {
	if cs.only == "" {
		return query, nil
	}
	return query + " WHERE " + column + " = ?", []any{cs.only}
}

// SaveCase adds c (Revision 0) or changes the stored case. Times that are zero
// are taken from the clock. An authorised case is review.ErrSigned; a new case
// whose ID is taken is review.ErrExists; a rule set hash that is not stored is
// review.ErrNotFound.
func (t *tx) SaveCase(c *review.Case) error {
	return t.save("case "+string(c.ID), func() error {
		old, err := t.FindCase(c.ID)
		isNew := errors.Is(err, review.ErrNotFound)
		switch {
		case isNew && c.Revision != 0:
			return review.ErrNotFound
		case isNew:
			// Nothing to compare with.
		case err != nil:
			return err
		case old.Status.Sealed():
			return review.ErrSigned
		case c.Revision == 0:
			return takenError{}
		case c.Revision != old.Revision:
			return review.ErrConflict
		}
		// What the caller holds changes only after everything was written.
		next := *c
		t.dateCase(&next, old.Created)
		next.Revision++
		if err := t.saveParts(&next, &old); err != nil {
			return err
		}
		if err := t.saveCaseRow(&next, isNew); err != nil {
			return err
		}
		set(t, c, next)
		return nil
	})
}

// dateCase fills in missing times and cuts them to what the store keeps. When a
// case was added never changes.
func (t *tx) dateCase(c *review.Case, created time.Time) {
	now := t.store.opt.Clock.Now()
	if !created.IsZero() {
		c.Created = created
	}
	if c.Created.IsZero() {
		c.Created = now
	}
	if c.Updated.IsZero() {
		c.Updated = now
	}
	c.Created, c.Updated = utc(c.Created), utc(c.Updated)
}

func (t *tx) saveCaseRow(c *review.Case, isNew bool) error {
	panel, err := t.savePanel(c.Panel)
	if err != nil {
		return err
	}
	args := []any{
		c.Revision, c.Status, c.Assembly, c.Proband, c.Sex, c.RuleSet, orNull(c.RuleSetHash),
		timeText(c.Created), timeText(c.Updated), panel, t.actor.User, t.actor.Role, c.ID,
	}
	if isNew {
		return t.exec(`INSERT INTO "case" (revision, status, assembly, proband, sex, rule_set, rule_set_hash,
			created_at, updated_at, panel, saved_by, saved_role, id)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, args...)
	}
	return t.exec(`UPDATE "case" SET revision = ?, status = ?, assembly = ?, proband = ?, sex = ?, rule_set = ?,
		rule_set_hash = ?, created_at = ?, updated_at = ?, panel = ?, saved_by = ?, saved_role = ? WHERE id = ?`, args...)
}
