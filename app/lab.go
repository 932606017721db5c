package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"sync"

	"garrod/assets/rules"
	"garrod/reports/keys"
	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/sqlite"
)

// Files of a laboratory's folder.
const (
	databaseName = "garrod.db"
	identityDir  = "identities"
	reportDir    = "reading" // reports written out to be read before signing
	caName       = "ca.pem"
)

// The people of a demonstration laboratory.
var demonstrationPeople = []review.User{
	{ID: "demo.scientist", Name: "Dr Ada Example", Role: review.Scientist, HCPC: "CS00001"},
	{ID: "demo.authoriser", Name: "Dr Ben Sample", Role: review.Authoriser, HCPC: "CS00002"},
}

// lab is an open laboratory with one person at work.
type lab struct {
	dir   string
	store *sqlite.Store
	clock review.Clock
	about review.Laboratory
	sums  sums

	scans   scans
	intakes intakes
	memory  memory

	mu   sync.RWMutex // the window asks who is at work while somebody switches
	user review.User
}

// openedLab is a laboratory without anybody at work yet.
func openedLab(dir string, store *sqlite.Store, clock review.Clock) *lab {
	return &lab{
		dir: dir, store: store, clock: clock, scans: newScans(),
		sums: sums{file: filepath.Join(dir, cacheDir, "files.json"), clock: clock},
	}
}

// defaultLabDir is the demonstration laboratory in the user's local data folder.
func defaultLabDir() (string, error) {
	if d := os.Getenv("XDG_DATA_HOME"); d != "" && runtime.GOOS != "windows" {
		return filepath.Join(d, "garrod", "demonstration"), nil
	}
	if d := os.Getenv("LOCALAPPDATA"); d != "" && runtime.GOOS == "windows" {
		return filepath.Join(d, "Garrod", "demonstration"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the user's data folder: %w", err)
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support", "Garrod", "demonstration"), nil
	}
	return filepath.Join(home, ".local", "share", "garrod", "demonstration"), nil
}

// openLab opens the laboratory that the flags name. The default demonstration
// laboratory is made, with its case, when it is not there yet; any other must
// have been made by "garrod lab init".
func (p *program) openLab(ctx context.Context) (*lab, error) {
	dir := p.labDir
	if dir == "" {
		d, err := defaultLabDir()
		if err != nil {
			return nil, err
		}
		dir = d
		if _, err := os.Stat(filepath.Join(dir, databaseName)); errors.Is(err, fs.ErrNotExist) {
			return p.makeDefaultLab(ctx, dir)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, databaseName)); err != nil {
		return nil, &review.InputError{
			Code: "no_laboratory", File: dir, What: "there is no laboratory in this folder",
			Remedy: "Make one with: garrod lab init DIR --demonstration", Err: err,
		}
	}
	store, err := sqlite.Open(ctx, filepath.Join(dir, databaseName), sqlite.Options{Clock: p.clock, Sealer: review.PlainSealer{}})
	if err != nil {
		return nil, err
	}
	l := openedLab(dir, store, p.clock)
	if err := l.signIn(ctx, review.UserID(p.as)); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return l, nil
}

func (p *program) makeDefaultLab(ctx context.Context, dir string) (*lab, error) {
	fmt.Fprintln(p.err, "Making the demonstration laboratory in", dir)
	if err := initLab(ctx, dir, review.Laboratory{Kind: review.Demonstration}, p.clock); err != nil {
		return nil, err
	}
	was := p.labDir
	p.labDir = dir
	l, err := p.openLab(ctx)
	p.labDir = was
	if err != nil {
		return nil, err
	}
	if _, err := l.addDemoCase(ctx, nil); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// initLab makes a laboratory in dir, which must be empty or missing.
func initLab(ctx context.Context, dir string, about review.Laboratory, clock review.Clock) error {
	if about.Kind != review.Demonstration {
		return &review.PolicyError{
			Code: "live_laboratory", What: "live laboratories need logins, which this version does not have yet",
			Remedy: "Make a demonstration laboratory: garrod lab init DIR --demonstration",
		}
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return &review.InputError{
			Code: "folder_not_empty", File: dir, What: "the folder is not empty",
			Remedy: "Name a new or an empty folder.",
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, identityDir), 0o700); err != nil {
		return &review.InputError{
			Code: "folder_not_writable", File: dir, What: "the folder cannot be made",
			Remedy: "Choose a folder that you may write to.", Err: err,
		}
	}
	store, err := sqlite.Create(ctx, filepath.Join(dir, databaseName), sqlite.Options{Clock: clock, Sealer: review.PlainSealer{}})
	if err != nil {
		return err
	}
	l := openedLab(dir, store, clock)
	return errors.Join(l.furnish(ctx, about), store.Close())
}

// furnish fills a new demonstration laboratory: its people with throw-away
// identities, and the rule sets that come with the program.
func (l *lab) furnish(ctx context.Context, about review.Laboratory) error {
	if about.Name == "" {
		about.Name = "Garrod Demonstration Laboratory"
	}
	about.ID = "demonstration"
	people, err := l.makeIdentities()
	if err != nil {
		return err
	}
	_, err = l.store.Update(ctx, l.system(), func(tx review.Tx) error {
		if err := tx.SaveLaboratory(about); err != nil {
			return err
		}
		for _, u := range people {
			if err := tx.SaveUser(u); err != nil {
				return err
			}
		}
		if err := saveShippedRules(tx, l.clock); err != nil {
			return err
		}
		return tx.Record(review.Event{Action: "lab.init", Object: string(about.Kind)})
	})
	return err
}

// system is the Session of the program itself, before anybody is signed in.
func (l *lab) system() review.Session {
	return review.Actor{User: "garrod", Role: review.Admin, OSUser: osUser(), Host: host()}
}

func osUser() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}

func host() string {
	if h, err := os.Hostname(); err == nil {
		return h
	}
	return "unknown"
}

// saveShippedRules stores the rule sets that come with the program, as drafts:
// nobody of the laboratory has approved them, and its reports say so.
func saveShippedRules(tx review.Tx, clock review.Clock) error {
	sets, err := shippedRules()
	if err != nil {
		return err
	}
	for _, rs := range sets {
		err := tx.SaveRuleSet(review.StoredRuleSet{
			ID: rs.ID, Version: rs.Version, Hash: rs.Hash(),
			Content: rs.Canonical(), Status: "draft", Created: clock.Now().UTC(),
		})
		if err != nil {
			return fmt.Errorf("store rule set %s: %w", rs.ID, err)
		}
	}
	return nil
}

// defaultRuleSet is the rule set of a new case.
const defaultRuleSet acmg.RuleSetID = rules.Default

// makeIdentities makes the throw-away identities of a demonstration laboratory.
// Their passphrases lie beside them, which is why they are worth nothing.
func (l *lab) makeIdentities() ([]review.User, error) {
	people := append([]review.User(nil), demonstrationPeople...)
	names := make([]string, len(people))
	for i, u := range people {
		names[i] = u.Name
	}
	set, err := keys.NewDemonstration(rand.Reader, l.clock.Now(), names...)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(l.dir, identityDir, caName), set.CA, 0o600); err != nil {
		return nil, err
	}
	for i, person := range set.People {
		path := l.identityPath(people[i].ID)
		id, err := keys.Load(person.P12, person.Passphrase, path)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, person.P12, 0o600); err != nil {
			return nil, err
		}
		if err := os.WriteFile(passphrasePath(path), []byte(person.Passphrase+"\n"), 0o600); err != nil {
			return nil, err
		}
		people[i].Certificate, people[i].Created = keys.Fingerprint(id.Certificate), l.clock.Now().UTC()
	}
	return people, nil
}

func (l *lab) identityPath(id review.UserID) string {
	return filepath.Join(l.dir, identityDir, string(id)+".p12")
}

func passphrasePath(p12 string) string { return p12 + ".passphrase.txt" }

// signIn makes id the person at work; empty takes the first scientist of a
// demonstration laboratory.
func (l *lab) signIn(ctx context.Context, id review.UserID) error {
	return l.store.View(ctx, l.system(), func(tx review.Tx) error {
		about, err := tx.Laboratory()
		if err != nil {
			return err
		}
		if id == "" {
			id = demonstrationPeople[0].ID
		}
		u, err := tx.FindUser(id)
		if errors.Is(err, review.ErrNotFound) {
			return &review.PolicyError{
				Code: "unknown_user", What: fmt.Sprintf("user %q is not known in this laboratory", id),
				Remedy: "See garrod user list; add people with garrod user add.", Err: err,
			}
		}
		if err != nil {
			return err
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		l.about, l.user = about, u
		return nil
	})
}

// session is the Session of the person at work.
func (l *lab) session() review.Session {
	u := l.User()
	return review.Actor{User: u.ID, Role: u.Role, OSUser: osUser(), Host: host()}
}

// desk is where the person at work changes cases.
func (l *lab) desk() review.Desk {
	return review.Desk{Store: l.store, Session: l.session(), Clock: l.clock}
}

// Close closes the laboratory's database.
func (l *lab) Close() error { return l.store.Close() }

// withLab opens the laboratory, runs fn and closes it.
func (p *program) withLab(ctx context.Context, fn func(l *lab) error) error {
	l, err := p.openLab(ctx)
	if err != nil {
		return err
	}
	return errors.Join(fn(l), l.Close())
}
