package sqlite

import (
	"encoding/json"
	"errors"
	"testing"

	"garrod/review"
	"garrod/review/reviewtest"
)

func (b *bench) lastEvent() review.Event {
	b.t.Helper()
	events := reviewtest.Events(b.t, b.store)
	return events[len(events)-1]
}

func wantPolicy(t *testing.T, err error, code string) {
	t.Helper()
	if e, ok := errors.AsType[*review.PolicyError](err); !ok || e.Code != code || e.Remedy == "" {
		t.Errorf("got %v, want a refusal %q", err, code)
	}
}

// A locked filter gets its next version from a named role with a reason only.
func TestLockedFilters(t *testing.T) {
	b := newBench(t)
	yes, no := true, false
	save := func(role review.Role, content string, lock *bool, reason string) (review.StoredFilter, error) {
		b.role = role
		f, _, err := b.desk().SaveFilter(t.Context(), review.FilterChange{Name: "rare", Content: []byte(content), Lock: lock, Reason: reason})
		return f, err
	}
	if f, err := save(review.Scientist, `{"a":1}`, nil, ""); err != nil || f.Version != 1 || f.Locked {
		t.Fatalf("first version: %+v, %v", f, err)
	}
	_, err := save(review.Scientist, `{"a":1}`, nil, "")
	wantPolicy(t, err, "filter_unchanged")
	_, err = save(review.Scientist, `{"a":2}`, &yes, "agreed")
	wantPolicy(t, err, "role_not_allowed")
	_, err = save(review.Authoriser, `{"a":2}`, &yes, "  ")
	wantPolicy(t, err, "reason_needed")
	if f, err := save(review.Authoriser, `{"a":1}`, &yes, "agreed on 3 May"); err != nil || f.Version != 2 || !f.Locked {
		t.Fatalf("the same content, locked: %+v, %v", f, err)
	}
	_, err = save(review.Scientist, `{"a":3}`, nil, "I need it")
	wantPolicy(t, err, "filter_locked")
	_, err = save(review.Authoriser, `{"a":3}`, nil, "")
	wantPolicy(t, err, "reason_needed")
	f, err := save(review.Authoriser, `{"a":3}`, nil, "gnomAD 4.1")
	if err != nil || f.Version != 3 || !f.Locked {
		t.Fatalf("a new version stays locked: %+v, %v", f, err)
	}
	e := b.lastEvent()
	var before, after struct {
		Version int
		SHA256  string
		Locked  bool
	}
	if err := errors.Join(json.Unmarshal([]byte(e.Before), &before), json.Unmarshal([]byte(e.After), &after)); err != nil {
		t.Fatal(err)
	}
	if e.Action != "filter.save" || e.Object != "rare/3" || e.Reason != "gnomAD 4.1" || after.SHA256 != f.Hash() ||
		before.Version != 2 || before.SHA256 == after.SHA256 || !before.Locked {
		t.Errorf("event %+v", e)
	}
	if f, err := save(review.Authoriser, `{"a":3}`, &no, "no longer in use"); err != nil || f.Locked {
		t.Errorf("unlock: %+v, %v", f, err)
	}
	if f, err := save(review.Scientist, `{"a":4}`, nil, ""); err != nil || f.Version != 5 {
		t.Errorf("after unlocking: %+v, %v", f, err)
	}
}

// A worklist looked at twice with one filter leaves one event; another filter
// leaves one with the counts of both.
func TestFilterUseIsAudited(t *testing.T) {
	b := newBench(t)
	use := func(role review.Role, name string, listed int64) int64 {
		b.role = role
		seq, err := b.desk().UseFilter(t.Context(), "C-0001", review.FilterUse{Filter: name, Version: 1, SHA256: "h-" + name, Alleles: 9, Listed: listed})
		if err != nil {
			t.Fatal(err)
		}
		return seq
	}
	first := use(review.Scientist, "default", 3)
	if e := b.lastEvent(); first == 0 || e.Seq != first || e.Before != "" || e.Case != "C-0001" {
		t.Errorf("first use: event %+v", e)
	}
	if seq := use(review.Scientist, "default", 3); seq != 0 {
		t.Errorf("the same filter again: event %d", seq)
	}
	if seq := use(review.Authoriser, "wide", 7); seq == 0 {
		t.Error("another person's first use left no event")
	}
	if seq := use(review.Scientist, "default", 3); seq != 0 {
		t.Error("another person's filter is not a change of this one's")
	}
	use(review.Scientist, "wide", 7)
	var before, after review.FilterUse
	e := b.lastEvent()
	if err := errors.Join(json.Unmarshal([]byte(e.Before), &before), json.Unmarshal([]byte(e.After), &after)); err != nil {
		t.Fatal(err)
	}
	if before.Filter != "default" || before.Listed != 3 || after.Filter != "wide" || after.Listed != 7 || e.Action != "worklist.filter" {
		t.Errorf("event %+v", e)
	}
}
