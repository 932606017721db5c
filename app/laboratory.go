package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"garrod/review"
	"garrod/ui/state"
)

// A lab is what the window and the commands work with.
var _ state.Laboratory = (*lab)(nil)

// About tells which laboratory it is.
func (l *lab) About() review.Laboratory { return l.about }

// User is the person at work.
func (l *lab) User() review.User {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.user
}

// Users lists the people of the laboratory.
func (l *lab) Users(ctx context.Context) (us []review.User, err error) {
	err = l.view(ctx, func(tx review.Tx) error { us, err = tx.Users(); return err })
	return us, err
}

// SwitchUser makes another person the one at work, in a demonstration only.
func (l *lab) SwitchUser(ctx context.Context, id review.UserID) error {
	if l.about.Kind != review.Demonstration {
		return &review.PolicyError{
			Code: "live_laboratory", What: "only a demonstration laboratory lets one person work as another",
			Remedy: "Log out, and let the other person log in.",
		}
	}
	return l.signIn(ctx, id)
}

// view reads from the store as the person at work.
func (l *lab) view(ctx context.Context, fn func(review.Tx) error) error {
	return l.store.View(ctx, l.session(), fn)
}

// Cases lists the cases, the newest first.
func (l *lab) Cases(ctx context.Context) (cs []review.Case, err error) {
	err = l.view(ctx, func(tx review.Tx) error { cs, err = tx.Cases(); return err })
	return cs, err
}

// Case loads one case.
func (l *lab) Case(ctx context.Context, id review.CaseID) (c review.Case, err error) {
	err = l.view(ctx, func(tx review.Tx) error { c, err = tx.FindCase(id); return err })
	if errors.Is(err, review.ErrNotFound) {
		return c, &review.InputError{
			Code: "no_such_case", Field: "case", What: fmt.Sprintf("there is no case %q", id),
			Remedy: "See garrod case list.", Err: err,
		}
	}
	return c, err
}

// caseAndSeq loads a case with the number of the last audit event.
func (l *lab) caseAndSeq(ctx context.Context, id review.CaseID) (c review.Case, seq int64, err error) {
	err = l.view(ctx, func(tx review.Tx) error {
		if c, err = tx.FindCase(id); err != nil {
			return err
		}
		events, err := tx.Events(1)
		seq, _ = trailHead(events)
		return err
	})
	return c, seq, err
}

// Assessments lists what was assessed in a case.
func (l *lab) Assessments(ctx context.Context, id review.CaseID) (as []review.Assessment, err error) {
	err = l.view(ctx, func(tx review.Tx) error { as, err = tx.Assessments(id); return err })
	return as, err
}

// Identities lists the throw-away identities of a demonstration laboratory.
func (l *lab) Identities() []state.Identity {
	if l.about.Kind != review.Demonstration {
		return nil
	}
	var out []state.Identity
	for _, u := range demonstrationPeople {
		path := l.identityPath(u.ID)
		pass, err := readPassphrase(passphrasePath(path))
		if err == nil {
			out = append(out, state.Identity{User: u.ID, Path: path, Passphrase: string(pass)})
		}
	}
	return out
}

// hashOf is the SHA-256 of b in hex.
func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// writeReading writes the exact bytes of a report where a viewer can open them.
// The name holds the report's identifier and hash only.
func (l *lab) writeReading(id, sum string, pdf []byte) (string, error) {
	dir := filepath.Join(l.dir, reportDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make the folder for reading: %w", err)
	}
	path := filepath.Join(dir, fmt.Sprintf("%s-%.12s.pdf", id, sum))
	return path, os.WriteFile(path, pdf, 0o600)
}
