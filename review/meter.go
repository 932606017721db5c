package review

import "sync/atomic"

// Meter counts work. Workers add to it, a screen reads it ten times a second at
// most. All methods may be called from any goroutine and on a nil Meter.
type Meter struct{ done, total atomic.Int64 }

// Add counts n more units of work done.
func (m *Meter) Add(n int64) {
	if m != nil {
		m.done.Add(n)
	}
}

// SetTotal says how many units there are; zero means "not known".
func (m *Meter) SetTotal(n int64) {
	if m != nil {
		m.total.Store(n)
	}
}

// Done returns the units done so far.
func (m *Meter) Done() int64 {
	if m == nil {
		return 0
	}
	return m.done.Load()
}

// Total returns the number of units, or zero when it is not known.
func (m *Meter) Total() int64 {
	if m == nil {
		return 0
	}
	return m.total.Load()
}
