package reviewtest

import (
	"sync"
	"time"
)

// Start is the time of the first tick of a Clock.
var Start = time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC)

// Clock is a review.Clock that tells Start first and is one second later each
// time it is asked. Its methods may be called from any goroutine. The zero value
// is ready for use.
type Clock struct {
	mu    sync.Mutex
	ticks int
}

// NewClock returns a Clock that has not ticked yet.
func NewClock() *Clock { return &Clock{} }

// Now returns the time and moves on by one second.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := Start.Add(time.Duration(c.ticks) * time.Second)
	c.ticks++
	return t
}
