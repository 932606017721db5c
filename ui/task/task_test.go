package task_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"garrod/review"
	"garrod/ui/task"
)

// queue is a UI goroutine for tests: what is posted runs when it is drained.
type queue struct {
	mu sync.Mutex
	fs []func()
}

func (q *queue) post(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.fs = append(q.fs, f)
}

func (q *queue) drain() int {
	q.mu.Lock()
	fs := q.fs
	q.fs = nil
	q.mu.Unlock()
	for _, f := range fs {
		f()
	}
	return len(fs)
}

func TestResultComesBackOnThePostedQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		o := task.NewOwner(q.post)
		s := o.Slot()
		var got int
		task.Start(s, func(context.Context) (int, error) { return 7, nil }, func(v int, _ error) { got = v })
		synctest.Wait()
		if got != 0 || !s.Busy() {
			t.Fatal("the result arrived before the queue was drained")
		}
		q.drain()
		if got != 7 || s.Busy() {
			t.Fatalf("got %d, busy %v", got, s.Busy())
		}
		o.Quit()
	})
}

func TestQueuedResultOfAnOlderJobIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		o := task.NewOwner(q.post)
		s := o.Slot()
		var got []string
		show := func(v string, _ error) { got = append(got, v) }
		task.Start(s, func(context.Context) (string, error) { return "old", nil }, show)
		synctest.Wait() // "old" is queued now
		task.Start(s, func(context.Context) (string, error) { return "new", nil }, show)
		synctest.Wait()
		q.drain()
		if len(got) != 1 || got[0] != "new" {
			t.Fatalf("got %v, want only the newer result", got)
		}
		o.Quit()
	})
}

func TestStartCancelsTheJobBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		o := task.NewOwner(q.post)
		s := o.Slot()
		cancelled := make(chan struct{})
		task.Start(s, func(ctx context.Context) (int, error) {
			<-ctx.Done()
			close(cancelled)
			return 0, ctx.Err()
		}, func(int, error) { t.Error("a superseded job reported") })
		synctest.Wait() // the first job is under way
		task.Start(s, func(context.Context) (int, error) { return 1, nil }, func(int, error) {})
		<-cancelled
		synctest.Wait()
		q.drain()
		o.Quit()
	})
}

func TestCancelLetsTheErrorThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		o := task.NewOwner(q.post)
		s := o.Slot()
		var got error
		task.Start(s, func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, ctx.Err() },
			func(_ int, err error) { got = err })
		s.Cancel()
		synctest.Wait()
		q.drain()
		if !errors.Is(got, context.Canceled) {
			t.Fatalf("got %v", got)
		}
		o.Quit()
	})
}

func TestPanicBecomesAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		o := task.NewOwner(q.post)
		var got error
		task.Start(o.Slot(), func(context.Context) (int, error) { panic("boom") },
			func(_ int, err error) { got = err })
		synctest.Wait()
		q.drain()
		var p *task.PanicError
		if !errors.As(got, &p) || p.Value != "boom" || len(p.Stack) == 0 {
			t.Fatalf("got %v", got)
		}
		o.Quit()
	})
}

func TestQuitWaitsForEveryJobAndTakesNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := task.NewOwner((&queue{}).post)
		ended := 0
		var mu sync.Mutex
		for range 5 {
			task.Start(o.Slot(), func(ctx context.Context) (int, error) {
				<-ctx.Done()
				time.Sleep(time.Second)
				mu.Lock()
				defer mu.Unlock()
				ended++
				return 0, ctx.Err()
			}, func(int, error) {})
		}
		synctest.Wait()
		o.Quit()
		if ended != 5 {
			t.Fatalf("%d of 5 jobs had ended when Quit came back", ended)
		}
		task.Start(o.Slot(), func(context.Context) (int, error) {
			t.Error("a job ran after Quit")
			return 0, nil
		}, func(int, error) {})
	})
}

func TestProgressIsPolledTenTimesASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		o := task.NewOwner(q.post)
		s := o.Slot()
		m := &review.Meter{}
		m.SetTotal(1000)
		task.Start(s, func(ctx context.Context) (int, error) {
			for range 1000 {
				m.Add(1)
				time.Sleep(time.Millisecond)
			}
			return 0, nil
		}, func(int, error) {})
		var seen []task.Progress
		task.Watch(s, m, func(p task.Progress) { seen = append(seen, p) })
		for range 20 {
			time.Sleep(task.Tick)
			synctest.Wait()
			q.drain()
		}
		if len(seen) < 8 || len(seen) > 11 {
			t.Fatalf("%d updates for a job of one second", len(seen))
		}
		if p := seen[4]; p.Total != 1000 || p.Done < 400 || p.Done > 600 || p.Ticks != 5 {
			t.Fatalf("half way: %+v", p)
		}
		o.Quit() // would hang if the ticker had not ended with its job
	})
}

func TestTracedWritesSlowCallbacksOnly(t *testing.T) {
	q := &queue{}
	var out bytes.Buffer
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	post := task.Traced(q.post, &out, func() time.Time { return at })
	post(func() { at = at.Add(task.Slow) })
	post(func() { at = at.Add(task.Slow + 10*time.Millisecond) })
	q.drain()
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 1 || !strings.Contains(lines[0], "60 ms") || !strings.Contains(lines[0], "task_test.Test") {
		t.Fatalf("got %q", out.String())
	}
}
