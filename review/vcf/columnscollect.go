package vcf

import (
	"garrod/review/bgz"
	"garrod/review/summary"
)

// columnBatch is what a worker made of a stretch of lines.
type columnBatch struct {
	worker *columnWorker
	part   *summary.Part
	lines  int64 // all
	data   int64 // data lines
	good   int64
	bad    []badLine // the first MaxListed
	badN   int64
	runs   []contigRun
	sample probeSample
	// pastEnd is the first contig with a good record beyond its declared length.
	pastEnd string
}

// badLine is a fault with the places of its line within the batch.
type badLine struct {
	fault        *fault
	line, number int64 // 1-based
}

// contigRun is a stretch of data lines on one contig, as written.
type contigRun struct {
	contig string
	lines  int64
	span   contigSpan
	placed bool // a line has a position
}

// run returns the run of a contig's lines that a further line belongs to, and
// counts that line.
func (b *columnBatch) run(contig []byte) *contigRun {
	n := len(b.runs)
	if n == 0 || b.runs[n-1].contig != string(contig) {
		b.runs = append(b.runs, contigRun{contig: string(contig)})
		n++
	}
	r := &b.runs[n-1]
	r.lines++
	return r
}

// placeAt notes where a line stands.
func (r *contigRun) placeAt(pos int64, at bgz.Offset) {
	p := probe{r.contig, pos, at}
	if !r.placed {
		r.span.first, r.placed = p, true
	}
	r.span.last, r.span.maxPos = p, max(r.span.maxPos, pos)
}

// columnCollector puts together what workers made, in the order of the file.
type columnCollector struct {
	out     *columnScan
	src     *source
	workers []*columnWorker
	builder *summary.Builder
	lines   int64 // of the file, header included
	number  int64 // data lines
}

func (c *columnCollector) collect(b *columnBatch) error {
	t, seen := &c.out.tally, c.out.seen
	c.builder.Append(b.part)
	for i := range b.runs {
		r := &b.runs[i]
		if t.Contigs[r.contig] == 0 {
			t.Order = append(t.Order, r.contig)
		}
		t.Contigs[r.contig] += r.lines
		if r.placed {
			seen.span(r.contig, &r.span)
		}
	}
	for _, p := range b.sample.probes {
		seen.sample.add(p)
	}
	for _, bad := range b.bad {
		if len(t.Bad) < MaxListed {
			t.Bad = append(t.Bad, bad.fault.inputError(c.src.file, c.lines+bad.line, c.number+bad.number))
		}
	}
	if seen.pastEnd == "" {
		seen.pastEnd = b.pastEnd
	}
	t.Records += b.good
	t.BadTotal += b.badN
	c.lines += b.lines
	c.number += b.data
	select {
	case b.worker.free <- b:
	default:
	}
	return nil
}

// finish completes what was gathered.
func (c *columnCollector) finish() *summary.Summary {
	out := c.out
	unmatched := int64(0)
	for _, w := range c.workers {
		unmatched += w.unmatched
		out.usual += w.usual
		out.unusual += w.unusual
		w.noteUsage()
		out.seen.use.add(&w.usage)
	}
	s := c.builder.Finish()
	t := &out.tally
	s.Head.SHA256, s.Head.Size = t.Summary.SHA256, t.Summary.Size
	s.Head.Unmatched = unmatched
	s.Head.Records, s.Head.BadTotal, s.Head.Bad = t.Records, t.BadTotal, t.Bad
	return s
}

// noteUsage notes the INFO fields that usual lines had.
func (w *columnWorker) noteUsage() {
	for i := range w.plan.keys {
		for _, k := range w.plan.keys[i] {
			if _, declared := w.usage.infos[k.name]; declared && w.stamps[k.index] > 0 {
				w.usage.infos[k.name] = true
			}
		}
	}
}
