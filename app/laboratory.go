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
	"garrod/review/triage"
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

// Filters lists the filters: the default, those that come with the program, and
// the newest version of each saved one.
func (l *lab) Filters(ctx context.Context) ([]triage.Filter, error) {
	out := []triage.Filter{triage.Default(), triage.Wide(), triage.AllVariants()}
	var saved []review.StoredFilter
	err := l.view(ctx, func(tx review.Tx) (err error) { saved, err = tx.Filters(); return err })
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for _, s := range saved {
		f, err := triage.ParseFilter(s.Content)
		if err != nil {
			return nil, fmt.Errorf("read saved filter %s: %w", s.Name, err)
		}
		f.Name, f.Version = s.Name, s.Version
		if i, ok := at[s.Name]; !ok {
			at[s.Name] = len(out)
			out = append(out, f)
		} else if s.Version > out[i].Version {
			out[i] = f
		}
	}
	return out, nil
}

// filter finds a filter by name, or reads it from a file; empty is the default.
func (l *lab) filter(ctx context.Context, name string) (triage.Filter, error) {
	all, err := l.Filters(ctx)
	if err != nil {
		return triage.Filter{}, err
	}
	if name == "" {
		return all[0], nil
	}
	for _, f := range all {
		if f.Name == name {
			return f, nil
		}
	}
	return readFilterFile(name)
}

// saveFilter stores the filter of a file as a new version of its name.
func (l *lab) saveFilter(ctx context.Context, path string) (triage.Filter, int64, error) {
	f, err := readFilterFile(path)
	if err != nil {
		return f, 0, err
	}
	all, err := l.Filters(ctx)
	if err != nil {
		return f, 0, err
	}
	f.Version = 1
	for i, known := range all {
		if known.Name != f.Name {
			continue
		}
		if i < 3 {
			return f, 0, &review.PolicyError{
				Code: "shipped_filter", What: fmt.Sprintf("filter %q comes with the program", f.Name),
				Remedy: "Give the filter another name.",
			}
		}
		f.Version = known.Version + 1
	}
	content, err := f.JSON()
	if err != nil {
		return f, 0, err
	}
	seq, err := l.store.Update(ctx, l.session(), func(tx review.Tx) error {
		if err := tx.SaveFilter(review.StoredFilter{Name: f.Name, Version: f.Version, Content: content, By: l.User().ID, Created: l.clock.Now().UTC()}); err != nil {
			return err
		}
		return tx.Record(review.Event{Action: "filter.save", Object: fmt.Sprintf("%s/%d", f.Name, f.Version), After: string(content)})
	})
	return f, seq, err
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
