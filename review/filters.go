package review

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// FilterChange is a filter to save as the next version of its name.
type FilterChange struct {
	Name    string
	Content []byte // JSON of a triage filter
	// Lock asks for the new version to be locked or not; nil leaves it as the
	// version before, and a first version open.
	Lock   *bool
	Reason string
}

// Hash returns the SHA-256 of the filter's content, in hex.
func (f StoredFilter) Hash() string {
	sum := sha256.Sum256(f.Content)
	return hex.EncodeToString(sum[:])
}

// CanLockFilters reports whether the user may lock and unlock filters, and add
// versions to locked ones.
func (u User) CanLockFilters() bool { return u.Role == Authoriser || u.Role == RuleEditor }

// SaveFilter stores a filter as the next version of its name and records the
// hashes of the version before and of the new one. A locked filter gets a new
// version, and any filter its lock, only from an authoriser or a rule editor,
// with a reason. Content that does not differ from the newest version is
// refused.
func (d Desk) SaveFilter(ctx context.Context, ch FilterChange) (StoredFilter, Change, error) {
	ch.Reason = strings.TrimSpace(ch.Reason)
	var next StoredFilter
	seq, err := d.Store.Update(ctx, d.Session, func(tx Tx) error {
		last, err := tx.FindFilter(ch.Name, 0)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		next = StoredFilter{Name: ch.Name, Version: last.Version + 1, Locked: last.Locked, Content: ch.Content, By: d.Session.Actor().User, Created: d.Clock.Now().UTC()}
		if ch.Lock != nil {
			next.Locked = *ch.Lock
		}
		if err := d.maySaveFilter(tx, last, next, ch.Reason); err != nil {
			return err
		}
		if err := tx.SaveFilter(next); err != nil {
			return err
		}
		e := Event{Action: "filter.save", Object: fmt.Sprintf("%s/%d", next.Name, next.Version), After: filterDigest(next), Reason: ch.Reason}
		if last.Version > 0 {
			e.Before = filterDigest(last)
		}
		return tx.Record(e)
	})
	if err != nil {
		return StoredFilter{}, Change{}, err
	}
	return next, Change{Seq: seq}, nil
}

// filterDigest is a version of a filter for the audit trail.
func filterDigest(f StoredFilter) string {
	return toJSON(struct {
		Version int    `json:"version"`
		SHA256  string `json:"sha256"`
		Locked  bool   `json:"locked"`
	}{f.Version, f.Hash(), f.Locked})
}

func (d Desk) maySaveFilter(tx Tx, last, next StoredFilter, reason string) error {
	if bytes.Equal(last.Content, next.Content) && last.Locked == next.Locked && last.Version > 0 {
		return &PolicyError{
			Code: "filter_unchanged", What: fmt.Sprintf("version %d of filter %q is the same", last.Version, last.Name), Remedy: "Nothing was changed.",
		}
	}
	if !last.Locked && !next.Locked {
		return nil
	}
	u, err := tx.FindUser(d.Session.Actor().User)
	if err != nil {
		return fmt.Errorf("load user %s: %w", d.Session.Actor().User, err)
	}
	switch {
	case !u.CanLockFilters() && last.Locked:
		return &PolicyError{
			Code: "filter_locked", What: fmt.Sprintf("filter %q is locked, and user %s has the role %s", last.Name, u.ID, u.Role),
			Remedy: "Save it under another name, or ask an authoriser or a rule editor.",
		}
	case !u.CanLockFilters():
		return &PolicyError{
			Code: "role_not_allowed", What: fmt.Sprintf("user %s has the role %s and may not lock a filter", u.ID, u.Role),
			Remedy: "Ask an authoriser or a rule editor to lock it.",
		}
	case reason == "":
		return &PolicyError{
			Code: "reason_needed", What: "locking a filter, and changing a locked one, needs a reason",
			Remedy: "Say why in a sentence; it is kept in the audit trail.",
		}
	}
	return nil
}

// FilterUse is the filter that a person looks at a case's worklist with, and
// what it left. Filters and counts are audit data.
type FilterUse struct {
	Filter  string `json:"filter"`
	Version int    `json:"version"`
	SHA256  string `json:"sha256"`
	Alleles int64  `json:"alleles"` // of the file
	Listed  int64  `json:"listed"`
	Rescued int64  `json:"rescued"`
}

func (u FilterUse) same(v FilterUse) bool {
	return u.Filter == v.Filter && u.Version == v.Version && u.SHA256 == v.SHA256
}

// filterUsed is the action of the audit trail.
const filterUsed = "worklist.filter"

// LastFilter returns the use of a filter on a case that UseFilter recorded last
// for this person, ErrNotFound where there is none.
func (d Desk) LastFilter(ctx context.Context, id CaseID) (use FilterUse, err error) {
	err = d.Store.View(ctx, d.Session, func(tx Tx) error {
		e, err := tx.LastEvent(filterUsed, id, d.Session.Actor().User)
		if err != nil {
			return err
		}
		return json.Unmarshal([]byte(e.After), &use)
	})
	return use, err
}

// UseFilter records that this person looks at the worklist of a case with
// another filter than before, with the counts before and after. It records
// nothing, and answers 0, where the filter is the one used last, and for a sealed
// case: its report holds the filter that counted.
func (d Desk) UseFilter(ctx context.Context, id CaseID, use FilterUse) (seq int64, err error) {
	same := false
	look := func(tx Tx) (before string, err error) {
		c, err := tx.FindCase(id)
		if err != nil {
			return "", fmt.Errorf("load case %s: %w", id, err)
		}
		if same = c.Status.Sealed(); same {
			return "", nil
		}
		e, err := tx.LastEvent(filterUsed, id, d.Session.Actor().User)
		if errors.Is(err, ErrNotFound) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		var last FilterUse
		if err := json.Unmarshal([]byte(e.After), &last); err != nil {
			return "", fmt.Errorf("read event %d: %w", e.Seq, err)
		}
		same = last.same(use)
		return e.After, nil
	}
	err = d.Store.View(ctx, d.Session, func(tx Tx) error { _, err := look(tx); return err })
	if err != nil || same {
		return 0, err
	}
	return d.Store.Update(ctx, d.Session, func(tx Tx) error {
		before, err := look(tx)
		if err != nil || same {
			return err
		}
		return tx.Record(Event{Action: filterUsed, Case: id, Object: fmt.Sprintf("%s/%d", use.Filter, use.Version), Before: before, After: toJSON(use)})
	})
}
