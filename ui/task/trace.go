package task

import (
	"fmt"
	"io"
	"runtime"
	"time"
)

// Slow is how long a callback may hold the UI goroutine.
const Slow = 50 * time.Millisecond

// Traced wraps post so that each posted function which holds the UI goroutine
// for longer than [Slow] is written to w, one line each with its duration and
// the place it was posted from. now is a clock.
func Traced(post func(func()), w io.Writer, now func() time.Time) func(func()) {
	return func(f func()) {
		from := caller()
		post(func() {
			start := now()
			f()
			if d := now().Sub(start); d > Slow {
				_, _ = fmt.Fprintf(w, "%s callback of %d ms posted at %s\n",
					start.UTC().Format(time.RFC3339Nano), d.Milliseconds(), from)
			}
		})
	}
}

// caller names the nearest place outside this file on the stack.
func caller() string {
	pcs := make([]uintptr, 8)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	f, _ := frames.Next()
	return fmt.Sprintf("%s:%d", f.Function, f.Line)
}
