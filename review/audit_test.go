package review_test

import (
	"strings"
	"testing"
	"time"

	"garrod/review"
)

// chain makes n events as a store would.
func chain(n int) []review.Event {
	var out []review.Event
	prev := ""
	for i := range n {
		e := review.Event{
			Seq: int64(i + 1), At: time.Date(2026, 1, 5, 9, 0, i, 1000, time.UTC), User: "scientist-1",
			Role: review.Scientist, OSUser: "jo", Host: "bench-1", Action: "evidence.accept", Case: "C-0001",
			Object: "A-0001", Before: `{}`, After: `{"PM2":"Supporting"}`, Reason: "absent from gnomAD", Prev: prev,
		}
		e.Hash = review.HashEvent(e)
		prev = e.Hash
		out = append(out, e)
	}
	return out
}

func TestVerifyChain(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(events []review.Event) []review.Event
		seq    int64
		text   string // in the problem
	}{
		{"no events", func([]review.Event) []review.Event { return nil }, 0, ""},
		{"untouched", func(e []review.Event) []review.Event { return e }, 0, ""},
		// The trail alone cannot tell; a head noted elsewhere can.
		{"end cut off", func(e []review.Event) []review.Event { return e[:3] }, 0, ""},
		{"start cut off", func(e []review.Event) []review.Event { return e[1:] }, 1, "missing"},
		{"middle cut out", func(e []review.Event) []review.Event { return append(e[:2:2], e[3:]...) }, 3, "missing"},
		{"one twice", func(e []review.Event) []review.Event { return append(e[:3:3], e[2:]...) }, 4, "missing"},
		{"cut out and renumbered", func(e []review.Event) []review.Event {
			e = append(e[:2:2], e[3:]...)
			for i := range e {
				e[i].Seq = int64(i + 1)
			}
			return e
		}, 3, "before"},
		{"rewritten with a new hash", func(e []review.Event) []review.Event {
			e[1].Reason = "rewritten"
			e[1].Hash = review.HashEvent(e[1])
			return e
		}, 3, "before"},
		{"first event with something before it", func(e []review.Event) []review.Event {
			e[0].Prev = e[4].Hash
			e[0].Hash = review.HashEvent(e[0])
			return e
		}, 1, "before"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			seq, problem := review.VerifyChain(tt.change(chain(5)))
			if seq != tt.seq || !strings.Contains(problem, tt.text) || (seq == 0) != (problem == "") {
				t.Errorf("got event %d: %q, want event %d and %q", seq, problem, tt.seq, tt.text)
			}
		})
	}
}

// TestHashCoversEverything changes each field of an event in turn.
func TestHashCoversEverything(t *testing.T) {
	for name, change := range map[string]func(e *review.Event){
		"Seq":    func(e *review.Event) { e.Seq++ },
		"At":     func(e *review.Event) { e.At = e.At.Add(time.Microsecond) },
		"User":   func(e *review.Event) { e.User += "x" },
		"Role":   func(e *review.Event) { e.Role = review.Authoriser },
		"OSUser": func(e *review.Event) { e.OSUser = "" },
		"Host":   func(e *review.Event) { e.Host = "" },
		"Action": func(e *review.Event) { e.Action = "evidence.reject" },
		"Case":   func(e *review.Event) { e.Case = "" },
		"Object": func(e *review.Event) { e.Object = "" },
		"Before": func(e *review.Event) { e.Before = "" },
		"After":  func(e *review.Event) { e.After = "" },
		"Reason": func(e *review.Event) { e.Reason = "" },
		"Prev":   func(e *review.Event) { e.Prev = "" },
		"moved text": func(e *review.Event) {
			e.Before, e.After = e.After, e.Before
		},
	} {
		events := chain(3)
		before := events[1].Hash
		change(&events[1])
		if review.HashEvent(events[1]) == before {
			t.Errorf("%s: the hash does not cover it", name)
		}
		if seq, _ := review.VerifyChain(events); seq != 2 {
			t.Errorf("%s: VerifyChain names event %d, want 2", name, seq)
		}
	}
}

func TestHashEventStable(t *testing.T) {
	e := chain(1)[0]
	// SHA-256 of the event's JSON; a change of this value breaks every trail
	// that was ever written.
	const want = "36bf606c4d56981accc9653971ea8b84d4cb0e50897076ccefa07adcad3b8b87"
	if e.Hash != want {
		t.Errorf("hash of a known event: got %s, want %s", e.Hash, want)
	}
	local := e
	local.At = e.At.In(time.FixedZone("BST", 3600))
	local.Hash = "anything"
	if got := review.HashEvent(local); got != e.Hash {
		t.Errorf("the same moment in another zone: got %s, want %s", got, e.Hash)
	}
	if len(e.Hash) != 64 || strings.ToLower(e.Hash) != e.Hash {
		t.Errorf("hash: got %q, want 64 hexadecimal digits in lower case", e.Hash)
	}
}
