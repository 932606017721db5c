package widgets_test

import (
	"testing"

	"garrod/review"
	"garrod/review/genome"
	"garrod/ui/state"
	"garrod/ui/widgets"
	"garrod/ui/words"
)

// A call without the allele says "reference" only where it rests on enough.
func TestCallCellDoesNotTakeWeakReferenceForReference(t *testing.T) {
	if err := words.Load(); err != nil {
		t.Fatal(err)
	}
	whole := func(n int) *int { return &n }
	v := review.Variant{Key: genome.Key{Assembly: genome.GRCh38, Contig: "1", Pos: 5, Ref: "A", Alt: "G"}}
	for _, tt := range []struct {
		call review.Call
		text string
		tone state.Tone
	}{
		{review.Call{State: review.Called, Ploidy: 2, Depth: whole(30), GQ: whole(99)}, "reference", state.Plain},
		{review.Call{State: review.Called, Ploidy: 2}, "reference", state.Plain}, // the file gives neither
		{review.Call{State: review.Called, Ploidy: 2, Depth: whole(0), GQ: whole(0)}, "not proven (DP 0, GQ 0)", state.Caution},
		{review.Call{State: review.Called, Ploidy: 2, Others: 1, GQ: whole(3)}, "not proven (GQ 3)", state.Caution},
		{review.Call{State: review.RefBlock, Ploidy: 2, Depth: whole(4), GQ: whole(40)}, "not proven (DP 4, GQ 40)", state.Caution},
		{review.Call{State: review.Called, Ploidy: 2, Copies: 1, Depth: whole(3), GQ: whole(3)}, "heterozygous", state.Strong},
	} {
		got := widgets.CallCell(&review.Case{}, &v, tt.call)
		if got.Text != tt.text || got.Tone != tt.tone {
			t.Errorf("%+v: %+v, want %q in tone %d", tt.call, got, tt.text, tt.tone)
		}
	}
}

func TestShareKeepsAllAndNoneApart(t *testing.T) {
	for _, tt := range []struct {
		share float64
		want  string
	}{
		{0, "0 %"}, {0.0002, "<0.1 %"}, {0.15, "15 %"}, {0.5125, "51.2 %"}, {0.9996, ">99.9 %"}, {1, "100 %"},
	} {
		if got := widgets.Share(tt.share); got != tt.want {
			t.Errorf("Share(%v) = %q, want %q", tt.share, got, tt.want)
		}
	}
}
