package triage

import (
	"context"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
)

// Source gives the variants of a case where they lie: the columns of all of them
// at once, and records as they are asked for.
type Source interface {
	// Summary returns the columns, which are loaded already.
	Summary() *summary.Summary
	// Fetch calls fn with the variant of each row, read from the record, in the
	// order of rows, which ascend. Every sample of the file has a Call in it. The
	// variant may be used again after fn returns, what it points to may not. A row
	// that cannot be read ends Fetch with an error, as does the first error of fn.
	// Fetch calls fn from one goroutine at a time.
	Fetch(ctx context.Context, rows []int, fn func(row int, v *review.Variant) error) error
	// Around calls fn with the variants of each record that shares a base with r,
	// reference blocks among them, in file order. The slice may be used again after
	// fn returns, what its elements point to may not. A contig that the file does
	// not have has no records.
	Around(ctx context.Context, r genome.Range, fn func(vs []review.Variant) error) error
	// Holding calls fn with the variants of each record whose line in the file
	// holds all of the words as they stand, and maybe of others, in file order. It
	// reads the whole file and adds to m as it goes; the slice may be used again
	// after fn returns.
	Holding(ctx context.Context, words []string, m *review.Meter, fn func(vs []review.Variant) error) error
}
