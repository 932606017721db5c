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
)

// largeRows is from how many rows on columns are large: 40 MB.
const largeRows = 1_000_000

// What making or loading columns takes, in MB, and how much garbage may lie
// about meanwhile. The first two were measured on made trios.
const (
	workMB      = 55  // however small the file
	perFileByte = 0.3 // and for each byte of it
	garbageMB   = 12
)

// memory decides how early garbage is collected.
type memory struct {
	mu   sync.Mutex
	busy []int // percent that each piece of work asked for
	rows int   // of the columns that are held
}

// work collects early, while columns of a VCF of size bytes are made or loaded,
// until the function that it returns is called.
func (m *memory) work(size int64) (done func()) {
	live := workMB + perFileByte*float64(size)/1e6
	percent := max(int(100*garbageMB/live), 1)
	m.change(func() { m.busy = append(m.busy, percent) })
	return func() { m.change(func() { m.busy = m.busy[:len(m.busy)-1] }) }
}

// hold says how many rows are held from now on.
func (m *memory) hold(rows int) { m.change(func() { m.rows = rows }) }

func (m *memory) change(fn func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	fn()
	percent := usualGC
	if m.rows >= largeRows {
		percent = largeGC
	}
	for _, p := range m.busy {
		percent = min(percent, p)
	}
	debug.SetGCPercent(percent)
}

// giveBack returns what was collected to the system, between one large piece of
// work and the next.
func giveBack() { debug.FreeOSMemory() }
