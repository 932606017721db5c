package sqlite

import (
	"fmt"

	"garrod/review"
)

// Filters returns every version of every saved filter, by name and version.
func (t *tx) Filters() ([]review.StoredFilter, error) {
	var out []review.StoredFilter
	err := t.each(func(r scanner) error {
		var f review.StoredFilter
		err := r.Scan(&f.Name, &f.Version, &f.Locked, &f.Content, &f.By, timeColumn{&f.Created})
		out = append(out, f)
		return err
	}, "SELECT name, version, locked, content, user_id, created_at FROM filter ORDER BY name, version")
	if err != nil {
		return nil, fmt.Errorf("load filters: %w", err)
	}
	return out, nil
}

// FindFilter returns one version of a saved filter, the newest for version 0, or
// review.ErrNotFound.
func (t *tx) FindFilter(name string, version int) (review.StoredFilter, error) {
	var f review.StoredFilter
	err := t.row("SELECT name, version, locked, content, user_id, created_at FROM filter WHERE name = ? AND (? = 0 OR version = ?) ORDER BY version DESC LIMIT 1",
		name, version, version).Scan(&f.Name, &f.Version, &f.Locked, &f.Content, &f.By, timeColumn{&f.Created})
	if err != nil {
		return review.StoredFilter{}, fmt.Errorf("load filter %s: %w", name, err)
	}
	return f, nil
}

// SaveFilter adds a version of a filter. A version that is there already is
// review.ErrExists. Created may be zero: it is then taken from the clock.
func (t *tx) SaveFilter(f review.StoredFilter) error {
	return t.save(fmt.Sprintf("filter %s version %d", f.Name, f.Version), func() error {
		if f.Created.IsZero() {
			f.Created = t.store.opt.Clock.Now()
		}
		return t.exec("INSERT INTO filter (name, version, locked, content, user_id, created_at) VALUES (?, ?, ?, ?, ?, ?)",
			f.Name, f.Version, f.Locked, f.Content, f.By, timeText(f.Created))
	})
}
