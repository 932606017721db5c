package bgz

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"sync"

	"garrod/review"
)

// Workers returns how many workers to give Scan on this machine: as many as Go
// may run at once, but not so many that the one reader could not feed them.
func Workers() int { return min(runtime.GOMAXPROCS(0), 8) }

// Scan reads the whole file as Lines does, with the same checks and errors, on
// several goroutines: one reads the file, workers of them inflate it and look at
// it. Each byte of each line is given to work once, header lines included, in
// stretches of whole lines, each call with the number (from 0, below workers) of
// the worker it runs on; calls with the same number never overlap. collect is
// given what work made of them in the order of the file, by one goroutine at a
// time. A line that crosses two stretches comes as a Batch of its own. workers
// below 1 is taken as 1.
//
// At most some stretches of a few MiB each are held at a time, and a line of
// MaxLine. What is wrong first in the file is returned, be it the file, an error
// of work or of collect, which are returned as they are; what collect was given
// before it must not be used. work may have been called for what lies behind it.
// Every goroutine has ended when Scan returns. A panic of work or collect comes
// up in the caller.
func Scan[T any](ctx context.Context, path string, meter *review.Meter, workers int,
	work func(worker int, b *Batch) (T, error), collect func(T) error,
) (Summary, error) {
	r, err := openBlocks(path, meter)
	if err != nil {
		return Summary{}, err
	}
	defer r.close()
	workers = max(workers, 1)
	s := newScan(r, meter, 2*workers+2, work, collect)
	s.run(ctx, workers)
	switch {
	case s.panicked != "":
		panic(s.panicked)
	case s.err != nil:
		return Summary{}, s.err
	case !s.ended:
		return Summary{}, ctx.Err()
	}
	if err := r.judgeEnd(); err != nil {
		return r.summary(s.inflated), err
	}
	if len(s.line.data) > 0 {
		if err := s.finishLine(0); err != nil {
			return r.summary(s.inflated), err
		}
	}
	return r.summary(s.inflated), nil
}

// parcel is a run of blocks on its way: read, worked on, collected.
type parcel[T any] struct {
	blockRun
	number int64 // in the order of the file
	lines  cut
	result T
	err    error // of work
}

// scan is the state of one Scan.
type scan[T any] struct {
	in      *blockReader
	meter   *review.Meter
	work    func(int, *Batch) (T, error)
	collect func(T) error
	cancel  context.CancelFunc

	free chan *parcel[T] // holds all that nobody uses: their number bounds the memory
	jobs chan *parcel[T]

	mu         sync.Mutex
	waiting    []*parcel[T] // worked on and not collected, at number modulo length
	collecting bool         // by one of the workers, which alone uses what follows

	next     int64 // number of the parcel to collect
	line     stitch
	inflated int64
	ended    bool // the last block has been collected
	err      error
	panicked string
}

func newScan[T any](in *blockReader, meter *review.Meter, parcels int,
	work func(int, *Batch) (T, error), collect func(T) error,
) *scan[T] {
	s := &scan[T]{
		in: in, meter: meter, work: work, collect: collect,
		free:    make(chan *parcel[T], parcels),
		jobs:    make(chan *parcel[T], parcels),
		waiting: make([]*parcel[T], parcels),
	}
	for range parcels {
		s.free <- new(parcel[T])
	}
	return s
}

// run reads the file to its end, to the first error, or until ctx is done.
func (s *scan[T]) run(ctx context.Context, workers int) {
	ctx, s.cancel = context.WithCancel(ctx)
	defer s.cancel()
	var all sync.WaitGroup
	all.Go(func() { s.read(ctx) })
	for i := range workers {
		all.Go(func() { s.inflate(ctx, i) })
	}
	all.Wait()
}

// read is the goroutine that reads the file.
func (s *scan[T]) read(ctx context.Context) {
	defer close(s.jobs)
	for number := int64(0); ; number++ {
		select {
		case <-ctx.Done():
			return
		case p := <-s.free:
			s.in.fill(&p.blockRun)
			p.number = number
			last := p.after != nil
			s.jobs <- p
			if last {
				return
			}
		}
	}
}

// inflate is the goroutine of a worker.
func (s *scan[T]) inflate(ctx context.Context, worker int) {
	defer s.recover()
	u := newUnpacker(s.in.path)
	var c content
	for p := range s.jobs {
		if ctx.Err() != nil {
			continue
		}
		u.unpackRun(&c, &p.blockRun)
		if b := p.lines.take(&c, p.number == 0); b != nil {
			p.result, p.err = s.work(worker, b)
		}
		s.deliver(ctx, worker, p)
	}
}

// recover keeps a panic for the caller of Scan, who has the means to deal with
// it: here it would end the program.
func (s *scan[T]) recover() {
	if p := recover(); p != nil {
		s.mu.Lock()
		s.panicked = fmt.Sprintf("%v\n\n%s", p, debug.Stack())
		s.mu.Unlock()
		s.cancel()
	}
}

// deliver hands p over for collecting and collects what is next in the file,
// unless another worker is about it.
func (s *scan[T]) deliver(ctx context.Context, worker int, p *parcel[T]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting[p.number%int64(len(s.waiting))] = p
	if s.collecting {
		return
	}
	s.collecting = true
	for s.err == nil && ctx.Err() == nil {
		slot := &s.waiting[s.next%int64(len(s.waiting))]
		p := *slot
		if p == nil {
			break
		}
		*slot = nil
		s.next++
		s.unlocked(func() {
			if s.err = s.collectParcel(worker, p); s.err != nil {
				s.cancel()
			}
			s.free <- p
		})
	}
	s.collecting = false
}

func (s *scan[T]) unlocked(f func()) {
	s.mu.Unlock()
	defer s.mu.Lock()
	f()
}

// collectParcel collects the line that p ends, then its whole lines, and keeps
// what begins a line.
func (s *scan[T]) collectParcel(worker int, p *parcel[T]) error {
	s.inflated += int64(p.lines.size)
	s.line.join(&p.lines.head)
	if s.line.length() > MaxLine {
		return tooLong(s.in.path, s.line.batch().Offset(0))
	}
	if p.lines.ended {
		if len(s.line.data) > 0 {
			if err := s.finishLine(worker); err != nil {
				return err
			}
		}
		if err := s.collectLines(p); err != nil {
			return err
		}
		s.line.join(&p.lines.tail)
	}
	s.meter.Add(int64(len(p.raw)))
	if errors.Is(p.after, io.EOF) {
		s.ended = true
		return nil
	}
	return p.after
}

// collectLines collects what work made of the whole lines of p, which had some
// or not.
func (s *scan[T]) collectLines(p *parcel[T]) error {
	result, err := p.result, p.err
	var none T
	p.result, p.err = none, nil
	if !p.lines.whole {
		return nil
	}
	if err != nil {
		return err
	}
	return s.collect(result)
}

// finishLine works on and collects the line that lay in several parcels.
func (s *scan[T]) finishLine(worker int) error {
	result, err := s.work(worker, s.line.batch())
	if err != nil {
		return err
	}
	s.line.clear()
	return s.collect(result)
}
