package review

import (
	"errors"
	"fmt"
	"strings"
)

// What callers tell apart by errors.Is. Adapters translate to these by error
// value or code, never by text.
var (
	ErrNotFound = errors.New("not found")
	// ErrConflict: somebody else changed the same thing since it was read.
	ErrConflict = errors.New("changed by somebody else since it was read")
	// ErrSigned: the case is signed; it can only be amended.
	ErrSigned = errors.New("the case is signed and cannot change")
	// ErrStale: the rule set or knowledge changed since the proposal was shown.
	ErrStale = errors.New("the proposal is out of date")
	// ErrExists: an identifier is taken.
	ErrExists = errors.New("exists already")
)

// InputError is bad input: a file, or a record or field of one, that cannot be
// used. It names the place and the remedy, and never holds a patient's data.
// The command line exits with 3 for it.
type InputError struct {
	Code   string // short and stable, "bgzf_truncated"
	File   string // base name or path as the user gave it
	Line   int    // 1-based line of a text file, 0 when it does not apply
	Record int    // 1-based data record, 0 when it does not apply
	Field  string // "POS", "GT", a JSON path …
	What   string // what is wrong, lower case, no full stop
	Remedy string // what to do, an imperative sentence
	Err    error  // the cause, may be nil
}

// Error writes file, place, what is wrong and the remedy on one line.
func (e *InputError) Error() string {
	var place []string
	if e.File != "" {
		place = append(place, e.File)
	}
	if e.Line > 0 {
		place = append(place, fmt.Sprintf("line %d", e.Line))
	}
	if e.Record > 0 {
		place = append(place, fmt.Sprintf("record %d", e.Record))
	}
	if e.Field != "" {
		place = append(place, e.Field)
	}
	s := e.What
	if len(place) > 0 {
		s = strings.Join(place, ", ") + ": " + s
	}
	if e.Remedy != "" {
		s += ". " + e.Remedy
	}
	return s
}

// Unwrap returns the cause.
func (e *InputError) Unwrap() error { return e.Err }

// PolicyError is a refusal: the input is fine, but a rule of the laboratory
// forbids the step for this person or in this state. The command line exits
// with 5 for it.
type PolicyError struct {
	Code   string // short and stable, "same_person"
	What   string
	Remedy string
	Err    error // ErrSigned for instance; may be nil
}

// Error writes what was refused and the remedy on one line.
func (e *PolicyError) Error() string {
	if e.Remedy == "" {
		return e.What
	}
	return e.What + ". " + e.Remedy
}

// Unwrap returns the cause.
func (e *PolicyError) Unwrap() error { return e.Err }
