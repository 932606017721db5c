package triage

import (
	"context"
	"fmt"

	"garrod/review"
)

// FindRow returns the row that Run makes of the variant named by key, whichever
// lane it is in. It reads every record, for labels rest on other variants of the
// gene. A key without a record is an *review.InputError: there is nothing to
// assess.
func FindRow(ctx context.Context, src Source, c *review.Case, f Filter, key string) (Row, error) {
	s, _, _, err := seek(ctx, src, c, f, key)
	if err != nil {
		return Row{}, err
	}
	if e, _ := s.asked(); e != nil {
		return e.row, nil
	}
	return Row{}, &review.InputError{
		Code: "no_such_variant", Field: "key", What: fmt.Sprintf("the file has no record of %s", s.wanted),
		Remedy: "Give the key as the worklist prints it; worklist --explain says what the file has at that place",
	}
}
