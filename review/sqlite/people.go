package sqlite

import (
	"errors"
	"fmt"

	"garrod/review"
)

// Laboratory returns the laboratory, or review.ErrNotFound before it is saved
// for the first time.
func (t *tx) Laboratory() (review.Laboratory, error) {
	var l review.Laboratory
	err := t.row("SELECT id, kind, name, address, ukas FROM laboratory").
		Scan(&l.ID, &l.Kind, &l.Name, &l.Address, &l.UKAS)
	if err != nil {
		return review.Laboratory{}, fmt.Errorf("load laboratory: %w", err)
	}
	return l, nil
}

// SaveLaboratory saves l. A change of its ID or kind, which are fixed when it
// is made, is a *review.PolicyError.
func (t *tx) SaveLaboratory(l review.Laboratory) error {
	return t.save("laboratory", func() error {
		old, err := t.Laboratory()
		if err != nil && !errors.Is(err, review.ErrNotFound) {
			return err
		}
		if err == nil && (old.ID != l.ID || old.Kind != l.Kind) {
			return &review.PolicyError{
				Code:   "laboratory_fixed",
				What:   "the ID and the kind of a laboratory are fixed when it is made",
				Remedy: "Make another laboratory in another folder.", Err: review.ErrConflict,
			}
		}
		return t.exec(`INSERT INTO laboratory (one, id, kind, name, address, ukas, saved_at, saved_by, saved_role)
			VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (one) DO UPDATE SET name = excluded.name, address = excluded.address, ukas = excluded.ukas,
				saved_at = excluded.saved_at, saved_by = excluded.saved_by, saved_role = excluded.saved_role`,
			append([]any{l.ID, l.Kind, l.Name, l.Address, l.UKAS}, t.stamp()...)...)
	})
}

// stamp is when, by whom and in which role a row is saved.
func (t *tx) stamp() []any {
	return []any{timeText(t.store.opt.Clock.Now()), t.actor.User, t.actor.Role}
}

const userColumns = "id, name, role, hcpc, certificate, created_at"

func scanUser(r scanner) (review.User, error) {
	var u review.User
	err := r.Scan(&u.ID, &u.Name, &u.Role, &u.HCPC, &u.Certificate, timeColumn{&u.Created})
	return u, err
}

// Users returns everybody, in the order they were added.
func (t *tx) Users() ([]review.User, error) {
	var out []review.User
	err := t.each(func(r scanner) error {
		u, err := scanUser(r)
		out = append(out, u)
		return err
	}, "SELECT "+userColumns+` FROM "user" ORDER BY created_at, rowid`)
	if err != nil {
		return nil, fmt.Errorf("load users: %w", err)
	}
	return out, nil
}

// FindUser returns one person.
func (t *tx) FindUser(id review.UserID) (review.User, error) {
	u, err := scanUser(t.row("SELECT "+userColumns+` FROM "user" WHERE id = ?`, id))
	if err != nil {
		return review.User{}, fmt.Errorf("load user %s: %w", id, err)
	}
	return u, nil
}

// SaveUser adds u or changes who has its ID; when a person was added never
// changes. Created may be zero: it is then taken from the clock. A certificate
// that is bound to somebody else is review.ErrExists.
func (t *tx) SaveUser(u review.User) error {
	return t.save("user "+string(u.ID), func() error {
		if u.Created.IsZero() {
			u.Created = t.store.opt.Clock.Now()
		}
		args := []any{u.ID, u.Name, u.Role, u.HCPC, u.Certificate, timeText(u.Created)}
		return t.exec(`INSERT INTO "user" (`+userColumns+`, saved_at, saved_by, saved_role)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, hcpc = excluded.hcpc,
				certificate = excluded.certificate, saved_at = excluded.saved_at,
				saved_by = excluded.saved_by, saved_role = excluded.saved_role`,
			append(args, t.stamp()...)...)
	})
}
