package review

import (
	"context"
	"time"

	"garrod/review/acmg"
)

// Store keeps a laboratory's cases, rule sets, people and audit trail. Every
// store passes the suite of package reviewtest.
type Store interface {
	// View runs fn on a consistent snapshot. fn must not keep tx.
	View(ctx context.Context, s Session, fn func(tx Tx) error) error
	// Update runs fn in one transaction and, when fn returns nil, commits it
	// whole; any error leaves everything as it was. It is not cancelled half
	// way: ctx is looked at before it starts only. It returns the sequence
	// number of the last audit event written, 0 if none.
	Update(ctx context.Context, s Session, fn func(tx Tx) error) (seq int64, err error)
	Close() error
}

// Tx is one transaction. Methods that save compare Revision with the stored one
// (0 for a new row) and answer ErrConflict when they differ; a successful save
// sets it to the new value. Find methods answer ErrNotFound.
type Tx interface {
	Laboratory() (Laboratory, error)
	SaveLaboratory(Laboratory) error

	Users() ([]User, error)
	FindUser(UserID) (User, error)
	SaveUser(User) error

	Cases() ([]Case, error) // without assessments, newest first
	FindCase(CaseID) (Case, error)
	SaveCase(*Case) error

	Assessments(CaseID) ([]Assessment, error)
	FindAssessment(AssessmentID) (Assessment, error)
	SaveAssessment(*Assessment) error // evidence and reviews are append-only

	Reports(CaseID) ([]Report, error) // without PDF bytes, oldest first
	FindReport(id string) (Report, error)
	SaveReport(*Report) error // the bytes of an issued report never change

	RuleSets() ([]StoredRuleSet, error)
	FindRuleSet(acmg.RuleSetID) (StoredRuleSet, error) // the active or latest version
	FindRuleSetByHash(hash string) (StoredRuleSet, error)
	SaveRuleSet(StoredRuleSet) error // content never changes once stored

	Filters() ([]StoredFilter, error)
	FindFilter(name string, version int) (StoredFilter, error) // version 0: the newest
	SaveFilter(StoredFilter) error

	// Record appends an event to the audit trail. The store fills in Seq, At,
	// the actor's fields, Prev and Hash.
	Record(Event) error
	Events(from int64) ([]Event, error) // Seq >= from, ascending
	// LastEvent finds the newest event of an action by a user on a case.
	LastEvent(action string, id CaseID, user UserID) (Event, error)
}

// StoredRuleSet is a rule set as the laboratory keeps it: immutable content
// addressed by its hash, and a state that is the laboratory's.
type StoredRuleSet struct {
	ID         acmg.RuleSetID `json:"id"`
	Version    string         `json:"version"`
	Hash       string         `json:"hash"`
	Content    []byte         `json:"-"` // canonical, see acmg.RuleSet.Canonical
	Status     string         `json:"status"`
	ApprovedBy []UserID       `json:"approved_by,omitempty"`
	Created    time.Time      `json:"created"`
}

// StoredFilter is a saved filter: named, versioned, never changed in place.
type StoredFilter struct {
	Name    string    `json:"name"`
	Version int       `json:"version"`
	Locked  bool      `json:"locked"`  // the next version needs a role and a reason, see Desk.SaveFilter
	Content []byte    `json:"content"` // JSON of a triage filter
	By      UserID    `json:"by"`
	Created time.Time `json:"created"`
}

// Event is one entry of the audit trail. Its hash covers every other field,
// the hash of the event before included, so that the trail cannot be changed in
// the middle unnoticed.
type Event struct {
	Seq    int64     `json:"seq"`
	At     time.Time `json:"at"` // UTC
	User   UserID    `json:"user"`
	Role   Role      `json:"role"`
	OSUser string    `json:"os_user"`
	Host   string    `json:"host"`
	Action string    `json:"action"` // "case.add", "evidence.accept" …
	Case   CaseID    `json:"case,omitempty"`
	Object string    `json:"object,omitempty"` // assessment, report, rule set …
	Before string    `json:"before,omitempty"` // JSON or a hash; never identity in the clear
	After  string    `json:"after,omitempty"`
	Reason string    `json:"reason,omitempty"`
	Prev   string    `json:"prev"`
	Hash   string    `json:"hash"`
}
