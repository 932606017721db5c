package triage

import (
	"context"

	"garrod/review"
)

// Source gives the variants of a case, file by file, where they lie.
type Source interface {
	// Scan calls fn once for each record, in the order of the file, with all
	// variants of the record: its ALT alleles, or one reference block. The slice
	// may be used again after fn returns, what its elements point to may not.
	// Every sample of the file has a Call in every variant. Scan stops at the
	// first error of fn and returns it; a record that cannot be read is counted
	// in the Tally and does not stop it. Scan adds to m as it goes.
	Scan(ctx context.Context, m *review.Meter, fn func(vs []review.Variant) error) (Tally, error)
}

// Tally counts what a Scan saw.
type Tally struct {
	Records  int64                // data records given to fn
	Bad      []*review.InputError // records that could not be read: the first ones
	BadCount int64                // all of those
}
