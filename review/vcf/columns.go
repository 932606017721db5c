package vcf

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/summary"
)

// ColumnsRequest says what the columns of a scan are to hold.
type ColumnsRequest struct {
	Samples   []string // whose calls are held, by their names in the file
	Frequency review.FrequencyRule
	Workers   int // goroutines; 0 for as many as the machine has use for
}

// Columns reads the whole file once into a Summary: a row for every ALT allele of
// every record. Records are judged as Scan judges them. An unsound file ends with
// an *review.InputError. meter counts bytes of the file.
func (f *File) Columns(ctx context.Context, req ColumnsRequest, meter *review.Meter) (*summary.Summary, Tally, error) {
	s, err := f.columns(ctx, req, meter)
	if err != nil {
		return nil, s.tally, err
	}
	return s.summary, s.tally, nil
}

// columnScan is what a pass over the file found.
type columnScan struct {
	summary *summary.Summary
	tally   Tally
	seen    *observer
	// usual and unusual count data lines that were read directly and those that
	// took the way of a Record.
	usual, unusual int64
}

func (f *File) columns(ctx context.Context, req ColumnsRequest, meter *review.Meter) (columnScan, error) {
	out := columnScan{tally: Tally{Contigs: map[string]int64{}}, seen: newObserver(f.src.header)}
	start, err := f.dataStart(ctx)
	if err != nil {
		return out, err
	}
	head := summary.Head{Assembly: f.src.assembly, Reference: f.src.referenceID, Samples: req.Samples, Frequency: req.Frequency}
	workers := req.Workers
	if workers <= 0 {
		workers = bgz.Workers()
	}
	c := &columnCollector{
		out: &out, src: f.src, lines: int64(f.src.header.lines),
		builder: summary.NewBuilder(head, f.expectedRows()),
	}
	plan := newColumnPlan(f.src, req.Frequency)
	for range workers {
		c.workers = append(c.workers, newColumnWorker(f.src, plan, &head))
	}
	sum, err := bgz.Scan(ctx, f.path, meter, workers,
		func(n int, b *bgz.Batch) (*columnBatch, error) { return c.workers[n].batch(b, start), nil }, c.collect)
	out.tally.Summary = sum
	if err == nil {
		err = errors.Join(f.src.failure(), c.builder.Err())
	}
	if err != nil {
		return out, err
	}
	out.summary = c.finish()
	return out, nil
}

// errDataBegins ends the reading of a header.
var errDataBegins = errors.New("data begins")

// dataStart finds where the first line after the header starts.
func (f *File) dataStart(ctx context.Context) (start bgz.Offset, err error) {
	n := 0
	start = ^bgz.Offset(0)
	_, err = bgz.Lines(ctx, f.path, nil, func(_ []byte, at bgz.Offset) error {
		if n++; n > f.src.header.lines {
			start = at
			return errDataBegins
		}
		return nil
	})
	if errors.Is(err, errDataBegins) {
		err = nil
	}
	return start, err
}

// expectedRows estimates the rows from the index's own counts, with room for
// records of several alleles. What a wrong index claims is bounded by what the
// file could hold.
func (f *File) expectedRows() int {
	const (
		leastBytes = 4  // of the file for a record: blocks of a gVCF come to ten
		spare      = 16 // one in so many records has another allele
	)
	var records int64
	for _, name := range f.index.Names() {
		n, ok := f.index.Records(name)
		if !ok {
			return 0
		}
		records += n
	}
	var size int64
	if st, err := os.Stat(f.path); err == nil {
		size = st.Size()
	}
	records = min(max(records, 0), size/leastBytes)
	return int(records + records/spare)
}

func newColumnWorker(src *source, plan *columnPlan, head *summary.Head) *columnWorker {
	w := &columnWorker{
		src: src, plan: plan, words: summary.NewWords(), head: head, usage: newUsage(src.header),
		formats: map[string]*formatPlan{}, caches: newColumnCaches(), minAN: head.Frequency.MinAN,
		people: make([]person, len(head.Samples)), values: make([][]byte, maxPlainAlts*plan.values()),
		stamps: make([]int64, plan.keyCount), free: make(chan *columnBatch, 64),
	}
	for _, name := range src.header.Samples {
		w.roles = append(w.roles, slices.Index(head.Samples, name))
	}
	for i, name := range head.Samples {
		if !slices.Contains(src.header.Samples, name) {
			w.people[i].absent()
		}
	}
	return w
}

// batch makes a columnBatch of the lines of b that are at start or behind it.
func (w *columnWorker) batch(b *bgz.Batch, start bgz.Offset) *columnBatch {
	skip := 0
	for skip < len(b.Data) && b.Offset(skip) < start {
		if end := bytes.IndexByte(b.Data[skip:], '\n'); end >= 0 {
			skip += end + 1
		} else {
			skip = len(b.Data)
		}
	}
	return w.lines(b.Data[skip:], func(i int) bgz.Offset { return b.Offset(skip + i) })
}

// lines makes a columnBatch of data lines; offset gives the virtual offset of a
// byte of them.
func (w *columnWorker) lines(data []byte, offset func(int) bgz.Offset) *columnBatch {
	out := w.fresh()
	for at := 0; at < len(data); {
		end := bytes.IndexByte(data[at:], '\n')
		if end < 0 {
			end = len(data) - at
		}
		line, begin := data[at:at+end], at
		at += end + 1
		out.lines++
		if len(line) == 0 || len(line) == 1 && line[0] == '\r' {
			continue
		}
		out.data++
		w.line(out, line, offset(begin))
	}
	out.part.Seal()
	return out
}

// fresh returns an empty batch, one that was used before if there is one.
func (w *columnWorker) fresh() *columnBatch {
	w.parts++
	select {
	case b := <-w.free:
		b.part.Reset()
		*b = columnBatch{worker: w, part: b.part, runs: b.runs[:0], sample: probeSample{probes: b.sample.probes[:0]}}
		w.part = b.part
		return b
	default:
		w.part = summary.NewPart(w.head, w.words)
		return &columnBatch{worker: w, part: w.part}
	}
}

// line takes one data line.
func (w *columnWorker) line(out *columnBatch, line []byte, at bgz.Offset) {
	if w.fast(line, at) {
		out.good++
		run := out.run(w.contig.name)
		run.placeAt(w.pos, at)
		out.sample.add(probe{run.contig, w.pos, at})
		if w.pos > w.contig.last && out.pastEnd == "" {
			out.pastEnd = run.contig
		}
		return
	}
	w.unusual++
	w.lost = 0
	text := string(line)
	if contig, _, ok := strings.Cut(text, "\t"); ok {
		run := out.run([]byte(contig))
		if pos, ok := positionOf(text); ok {
			run.placeAt(pos, at)
			out.sample.add(probe{run.contig, pos, at})
		}
	}
	r, fault := parseRecord(w.src, text)
	if fault != nil {
		if out.badN++; len(out.bad) < MaxListed {
			out.bad = append(out.bad, badLine{fault, out.lines, out.data})
		}
		return
	}
	out.good++
	w.usage.note(r)
	if out.pastEnd == "" && isPastEnd(w.src.header, r) {
		out.pastEnd = r.Contig
	}
	vs, unmatched := r.variants()
	w.part.Add(vs, uint64(at))
	w.unmatched += int64(unmatched)
}
