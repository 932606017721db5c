package vcf

import (
	"bytes"
	"testing"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/reviewtest/made/large"
	"garrod/review/summary"
)

// BenchmarkIndexRecord makes rows of the annotated trio's lines, which lie in
// memory: the time of one record.
func BenchmarkIndexRecord(b *testing.B) {
	var text bytes.Buffer
	f := large.File{Kind: large.Trio, Records: 20_000, Seed: 1, Sex: review.Male}
	if err := f.Write(&text); err != nil {
		b.Fatal(err)
	}
	head := newHeaderReader("made")
	data := text.Bytes()
	for !head.done {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		if err := head.line(line); err != nil {
			b.Fatal(err)
		}
		data = rest
	}
	src := &source{file: "made", header: &head.h, fields: newFieldMap(&head.h)}
	columns := summary.Head{Samples: head.h.Samples}
	w := newColumnWorker(src, newColumnPlan(src, columns.Frequency), &columns)
	records := int64(bytes.Count(data, []byte("\n")))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		w.free <- w.lines(data, func(i int) bgz.Offset { return bgz.Offset(i) })
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(records), "ns/record")
	if w.unusual > 0 {
		b.Errorf("%d lines were not read directly", w.unusual)
	}
}
