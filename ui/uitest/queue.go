// Package uitest holds what tests of the window need: a queue that stands for
// the UI goroutine and a laboratory in memory. It is imported by tests only.
package uitest

import (
	"sync"
	"testing"
	"time"
)

// Queue stands for the UI goroutine: posted functions run, in order, on the
// goroutine of the test that drains it.
type Queue struct {
	mu    sync.Mutex
	fs    []func()
	ready chan struct{}
}

// NewQueue makes an empty queue.
func NewQueue() *Queue { return &Queue{ready: make(chan struct{}, 1)} }

// Post adds f; it never blocks.
func (q *Queue) Post(f func()) {
	q.mu.Lock()
	q.fs = append(q.fs, f)
	q.mu.Unlock()
	select {
	case q.ready <- struct{}{}:
	default:
	}
}

// Drain runs what is queued now and returns how many functions that were.
func (q *Queue) Drain() int {
	q.mu.Lock()
	fs := q.fs
	q.fs = nil
	q.mu.Unlock()
	for _, f := range fs {
		f()
	}
	return len(fs)
}

// Until drains the queue, waiting for background work, until cond holds.
func (q *Queue) Until(t testing.TB, what string, cond func() bool) {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		for q.Drain() > 0 {
		}
		if cond() {
			return
		}
		select {
		case <-q.ready:
		case <-late:
			t.Fatalf("waited in vain until %s", what)
		}
	}
}
