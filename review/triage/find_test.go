package triage

import (
	"errors"
	"testing"

	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

// FindRow gives the row of the worklist, and one for what a step removed too.
func TestFindRow(t *testing.T) {
	src, c := random(t, 11, 40), withPanel(trio(review.Female))
	w := run(t, src, c, Default())
	in := map[string]Row{}
	for _, r := range append(append([]Row{}, w.List...), w.Rescue...) {
		in[r.Variant.Key.String()] = r
	}
	for _, vs := range src {
		for _, v := range vs {
			got, err := FindRow(t.Context(), src, c, Default(), v.Key.String())
			if err != nil {
				t.Fatal(err)
			}
			want, shown := in[v.Key.String()]
			if shown && !cmp.Equal(want, got) || !shown && got.Lane != LaneOut {
				t.Errorf("%s: %s", v.Key, cmp.Diff(want, got))
			}
		}
	}
	for _, key := range []string{"9-1-A-T", "rubbish"} {
		_, err := FindRow(t.Context(), src, c, Default(), key)
		if bad, ok := errors.AsType[*review.InputError](err); !ok || bad.Field != "key" {
			t.Errorf("%s: %v, want an input error on the key", key, err)
		}
	}
}
