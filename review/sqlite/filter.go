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
