package main

import (
	"runtime/debug"
	"sync"
)

// Shares of the memory in use that may become garbage before it is collected, in
// percent. Columns hold no pointers, so that collecting costs next to nothing
// beside them, however many there are; with Go's own 100 a genome would take
// twice the memory it needs.
const (
	usualGC = 100
	largeGC = 25 // while the columns of a genome are held
	busyGC  = 10 // while columns are made or loaded
)

// largeRows is from how many rows on columns are large: 40 MB.
const largeRows = 1_000_000

// memory decides how early garbage is collected.
type memory struct {
	mu   sync.Mutex
	busy int // how many make or load columns
	rows int // of the columns that are held
}

// work collects early until the function that it returns is called.
func (m *memory) work() (done func()) {
	m.change(func() { m.busy++ })
	return func() { m.change(func() { m.busy-- }) }
}

// hold says how many rows are held from now on.
func (m *memory) hold(rows int) { m.change(func() { m.rows = rows }) }

func (m *memory) change(fn func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	fn()
	percent := usualGC
	switch {
	case m.busy > 0:
		percent = busyGC
	case m.rows >= largeRows:
		percent = largeGC
	}
	debug.SetGCPercent(percent)
}
