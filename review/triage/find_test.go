package triage

import (
	"errors"
	"testing"

	"garrod/review"
	"garrod/review/genome"

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

// A symbolic allele may be named without its end where only one can be meant.
func TestFindSymbolicWithoutItsEnd(t *testing.T) {
	deletion := func(pos genome.Pos, end string) review.Variant {
		v := review.Variant{Key: genome.Key{Assembly: genome.GRCh38, Contig: "1", Pos: pos, Ref: "A", Alt: "<DEL>" + end}, Kind: review.Symbolic}
		v.Record = review.Record{Contig: "1", Pos: pos, Ref: "A", Alts: []string{"<DEL>"}, Allele: 1, End: pos + 100}
		v.Calls = []review.Call{{Sample: "kid", GT: "0/1", State: review.Called, Ploidy: 2, Copies: 1}}
		return v
	}
	src := one(deletion(100, "@200"), deletion(300, "@400"), deletion(300, "@500"))
	c := trio(review.Female)
	r, err := FindRow(t.Context(), src, c, Default(), "1-100-A-<DEL>")
	if err != nil || r.Variant.Key.Alt != "<DEL>@200" {
		t.Errorf("the only deletion: %s, %v", r.Variant.Key, err)
	}
	_, err = FindRow(t.Context(), src, c, Default(), "1-300-A-<DEL>")
	if bad, ok := errors.AsType[*review.InputError](err); !ok || bad.Code != "key_ambiguous" {
		t.Errorf("two deletions: %v", err)
	}
	if r, err := FindRow(t.Context(), src, c, Default(), "1-300-A-<DEL>@500"); err != nil || r.Variant.Key.Alt != "<DEL>@500" {
		t.Errorf("with its end: %s, %v", r.Variant.Key, err)
	}
}
