// Package task runs work away from the UI goroutine and brings results back in
// order. It knows no widget: results come back through a post function, which
// is fyne.Do in the program and a queue in tests.
//
// A [Slot] holds one job at a time. Starting the next one cancels the job
// before it, and a result that was already on its way is dropped, so that a late
// answer never overwrites a newer one. An [Owner] ends all its jobs on quit and
// waits for them.
package task

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"garrod/review"
)

// Tick is how often progress is shown at most.
const Tick = 100 * time.Millisecond

// Owner owns background work. Make one with NewOwner.
type Owner struct {
	post func(func())

	mu     sync.Mutex
	next   int
	cancel map[int]context.CancelFunc // of the jobs under way; nil after Quit
	jobs   sync.WaitGroup
}

// NewOwner makes an Owner whose results come back through post. post must keep
// the order of its calls, must not block, and runs functions on the UI
// goroutine.
func NewOwner(post func(func())) *Owner {
	return &Owner{post: post, cancel: map[int]context.CancelFunc{}}
}

// Post runs f on the UI goroutine, later.
func (o *Owner) Post(f func()) { o.post(f) }

// Slot makes a slot of this owner.
func (o *Owner) Slot() *Slot { return &Slot{owner: o} }

// Quit cancels every job and waits until all have ended. Jobs started later end
// at once with context.Canceled.
func (o *Owner) Quit() {
	o.mu.Lock()
	cancel := o.cancel
	o.cancel = nil
	o.mu.Unlock()
	for _, c := range cancel {
		c()
	}
	o.jobs.Wait()
}

// Go runs work in a goroutine that Quit cancels and waits for.
func (o *Owner) Go(work func(ctx context.Context)) context.CancelFunc {
	ctx, cancel := context.WithCancel(context.Background())
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.cancel == nil {
		cancel()
		return cancel
	}
	id := o.next
	o.next++
	o.cancel[id] = cancel
	o.jobs.Go(func() {
		defer o.forget(id)
		defer cancel()
		work(ctx)
	})
	return cancel
}

func (o *Owner) forget(id int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.cancel, id)
}

// Slot holds one job at a time. All its methods are called on the UI goroutine.
type Slot struct {
	owner  *Owner
	gen    uint64
	cancel context.CancelFunc
	busy   bool
}

// Stop cancels the job under way, if any; its result is dropped.
func (s *Slot) Stop() {
	s.gen++
	s.busy = false
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
}

// Cancel asks the job under way to end early. Unlike Stop it lets the result
// come back, context.Canceled as a rule, so that the screen can say so.
func (s *Slot) Cancel() {
	if s.cancel != nil {
		s.cancel()
	}
}

// Busy reports whether a job is under way.
func (s *Slot) Busy() bool { return s.busy }

// Start cancels the job of s and starts work in its place. When work has ended,
// done is called on the UI goroutine, unless s was stopped or started again in
// the meantime. A panic of work comes back as a *PanicError.
func Start[T any](s *Slot, work func(context.Context) (T, error), done func(T, error)) {
	s.Stop()
	s.busy = true
	gen := s.gen
	s.cancel = s.owner.Go(func(ctx context.Context) {
		v, err := protect(ctx, work)
		s.owner.post(func() {
			if s.gen != gen { // superseded while queued
				return
			}
			s.busy, s.cancel = false, nil
			done(v, err)
		})
	})
}

// Progress is how far a job is, as its screen is told.
type Progress struct {
	Done, Total int64 // Total is zero when it is not known
	Ticks       int   // how many times Tick has passed since the start
}

// Watch calls show on the UI goroutine, once each Tick, until the job that s
// holds now has ended or is superseded.
func Watch(s *Slot, m *review.Meter, show func(Progress)) {
	gen := s.gen
	s.owner.ticker(func(n int, stop context.CancelFunc) {
		s.owner.post(func() {
			if s.gen != gen || !s.busy {
				stop()
				return
			}
			show(Progress{Done: m.Done(), Total: m.Total(), Ticks: n})
		})
	})
}

func (o *Owner) ticker(tick func(n int, stop context.CancelFunc)) {
	o.Go(func(ctx context.Context) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		t := time.NewTicker(Tick)
		defer t.Stop()
		for n := 1; ; n++ {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				tick(n, stop)
			}
		}
	})
}

// PanicError is a panic of background work, turned into an error.
type PanicError struct {
	Value any
	Stack []byte
}

// Error tells that there was a panic and with what value.
func (e *PanicError) Error() string { return fmt.Sprintf("panic in background work: %v", e.Value) }

// Panicked returns what the work panicked with, and where.
func (e *PanicError) Panicked() (value any, stack []byte) { return e.Value, e.Stack }

func protect[T any](ctx context.Context, work func(context.Context) (T, error)) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &PanicError{Value: p, Stack: debug.Stack()}
		}
	}()
	if err := ctx.Err(); err != nil {
		return v, err
	}
	return work(ctx)
}
