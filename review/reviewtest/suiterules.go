package reviewtest

import (
	"slices"
	"testing"
	"time"

	"garrod/review"
)

func testRuleSets(t *testing.T, s review.Store) {
	Seed(t, s)
	old := RuleSet()
	wantSame(t, "by hash", Load(t, s, review.Tx.FindRuleSetByHash, old.Hash), old)

	next := old
	next.Version, next.Content, next.Status = "1.1.0", []byte(`{"version":"1.1.0"}`), "draft"
	next.Hash, next.ApprovedBy, next.Created = hash(string(next.Content)), nil, Start.Add(time.Hour)
	save := func(sets ...review.StoredRuleSet) {
		t.Helper()
		Update(t, s, func(tx review.Tx) error {
			for _, rs := range sets {
				if err := tx.SaveRuleSet(rs); err != nil {
					return err
				}
			}
			return tx.Record(review.Event{Action: "rules.save", Object: next.Hash})
		})
	}
	save(next)
	wantSame(t, "a newer draft beside the active one", Load(t, s, review.Tx.FindRuleSet, old.ID), old)

	old.Status, next.Status = "retired", "active"
	next.ApprovedBy = []review.UserID{User(review.Authoriser).ID}
	save(old, next)
	wantSame(t, "after activation", Load(t, s, review.Tx.FindRuleSet, old.ID), next)
	next.Status = "retired"
	save(next)
	wantSame(t, "none active", Load(t, s, review.Tx.FindRuleSet, old.ID), next)
	all := Load(t, s, func(tx review.Tx, _ int) ([]review.StoredRuleSet, error) { return tx.RuleSets() }, 0)
	wantSame(t, "all", all, []review.StoredRuleSet{old, next})
}

func testRuleSetFixed(t *testing.T, s review.Store) {
	Seed(t, s)
	for _, tt := range []struct {
		name   string
		change func(rs *review.StoredRuleSet)
		want   error
	}{
		{"content", func(rs *review.StoredRuleSet) { rs.Content = []byte("{}") }, review.ErrConflict},
		{"version", func(rs *review.StoredRuleSet) { rs.Version = "2.0.0" }, review.ErrConflict},
		{"id", func(rs *review.StoredRuleSet) { rs.ID = "other" }, review.ErrConflict},
		{"approval taken back", func(rs *review.StoredRuleSet) { rs.ApprovedBy = rs.ApprovedBy[:1] }, review.ErrConflict},
		{"approval changed", func(rs *review.StoredRuleSet) { slices.Reverse(rs.ApprovedBy) }, review.ErrConflict},
		{"approved twice by one", func(rs *review.StoredRuleSet) { rs.ApprovedBy = append(rs.ApprovedBy, rs.ApprovedBy[0]) }, review.ErrExists},
		{"approved by nobody", func(rs *review.StoredRuleSet) { rs.ApprovedBy = append(rs.ApprovedBy, "nobody") }, review.ErrNotFound},
		{"same version, other content", func(rs *review.StoredRuleSet) {
			rs.Content = []byte("{}")
			rs.Hash = hash("{}")
		}, review.ErrExists},
	} {
		rs := RuleSet()
		tt.change(&rs)
		wantErr(t, tt.name, try(s, func(tx review.Tx) error { return tx.SaveRuleSet(rs) }), tt.want)
	}
	all := Load(t, s, func(tx review.Tx, _ int) ([]review.StoredRuleSet, error) { return tx.RuleSets() }, 0)
	wantSame(t, "rule sets", all, []review.StoredRuleSet{RuleSet()})
}

func testFilters(t *testing.T, s review.Store) {
	Seed(t, s)
	one, two := Filter(), Filter()
	two.Version, two.Content, two.Locked = 2, []byte(`{"version":2}`), false
	for _, f := range []review.StoredFilter{two, one} {
		if err := try(s, func(tx review.Tx) error { return tx.SaveFilter(f) }); err != nil {
			t.Fatal(err)
		}
	}
	changed := one
	changed.Content = []byte(`{}`)
	wantErr(t, "changed version", try(s, func(tx review.Tx) error { return tx.SaveFilter(changed) }), review.ErrExists)
	got := Load(t, s, func(tx review.Tx, _ int) ([]review.StoredFilter, error) { return tx.Filters() }, 0)
	wantSame(t, "filters", got, []review.StoredFilter{one, two})
	for version, want := range map[int]review.StoredFilter{0: two, 1: one, 2: two} {
		View(t, s, func(tx review.Tx) error {
			f, err := tx.FindFilter(one.Name, version)
			wantErr(t, "filter", err, nil)
			wantSame(t, "filter", f, want)
			return nil
		})
	}
}
