package vcf

import (
	"bytes"
	"context"
	"strconv"
	"sync"
	"sync/atomic"

	"garrod/review/bgz"
	"garrod/review/genome"
	"garrod/review/summary"
)

// RegionColumns makes columns of the records that share a base with one of the
// stretches, found through the index. The stretches are in the order of the file
// and apart; a record that reaches into several is there once. A bad record is an
// error, as it is for Region. Of the Summary's Head, Records counts the records;
// nothing tells of the rest of the file.
func (f *File) RegionColumns(ctx context.Context, req ColumnsRequest, stretches []genome.Range) (*summary.Summary, error) {
	head := summary.Head{Assembly: f.src.assembly, Samples: req.Samples, Frequency: req.Frequency}
	workers := req.Workers
	if workers <= 0 {
		workers = bgz.Workers()
	}
	plan := newColumnPlan(f.src, req.Frequency)
	batches, errs := make([]*columnBatch, len(stretches)), make([]error, len(stretches))
	var next atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			w := newColumnWorker(f.src, plan, &head)
			for i := int(next.Add(1)) - 1; i < len(stretches); i = int(next.Add(1)) - 1 {
				batches[i], errs[i] = f.stretchColumns(ctx, w, stretches, i)
			}
		})
	}
	all.Wait()
	b := summary.NewBuilder(head, 0)
	var records int64
	for i, err := range errs {
		if err != nil {
			return nil, err
		}
		b.Append(batches[i].part)
		records += batches[i].good
	}
	s := b.Finish()
	s.Head.Records = records
	return s, f.src.failure()
}

// stretchColumns reads the i-th stretch.
func (f *File) stretchColumns(ctx context.Context, w *columnWorker, stretches []genome.Range, i int) (*columnBatch, error) {
	r := stretches[i]
	var before genome.Pos // the end of the stretch before, on this contig
	if i > 0 && stretches[i-1].Contig == r.Contig {
		before = stretches[i-1].Last
	}
	names := f.contigNames(r.Contig)
	if len(names) == 0 {
		return nil, f.unknownContig(r.Contig)
	}
	reader, err := f.acquire()
	if err != nil {
		return nil, err
	}
	batch := w.fresh()
	for _, name := range names {
		err = reader.Region(ctx, name, int64(r.First), int64(r.Last), func(line []byte, at bgz.Offset) error {
			if in, err := f.reachesIn(line, r, before); err != nil || !in {
				return err
			}
			w.line(batch, line, at)
			if batch.badN > 0 {
				return batch.bad[0].fault.inputError(f.src.file, 0, 0)
			}
			return nil
		})
		if err != nil {
			break
		}
	}
	f.release(reader, err)
	batch.part.Seal()
	return batch, err
}

// reachesIn reports whether a line's record shares a base with r and does not
// start at or left of before. Lines that start in r are not looked into further.
func (f *File) reachesIn(line []byte, r genome.Range, before genome.Pos) (bool, error) {
	_, rest, _ := bytes.Cut(line, []byte{'\t'})
	text, _, _ := bytes.Cut(rest, []byte{'\t'})
	if n, err := strconv.ParseInt(string(text), 10, 64); err == nil {
		if pos := genome.Pos(n); pos <= before || pos > r.Last {
			return false, nil
		} else if pos >= r.First {
			return true, nil
		}
	}
	rec, fault := parseRecord(f.src, string(line))
	if fault != nil {
		return false, fault.inputError(f.src.file, 0, 0)
	}
	return rec.Pos > before && rec.Pos <= r.Last && rec.End() >= r.First, nil
}
