package state

import (
	"testing"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/triage"

	"github.com/google/go-cmp/cmp"
)

func TestPreviewRows(t *testing.T) {
	at := func(pos genome.Pos) genome.Key { return genome.Key{Contig: "1", Pos: pos, Ref: "A", Alt: "C"} }
	p := Preview{Worklist: &triage.Worklist{
		List: []triage.Row{
			{Variant: review.Variant{Key: at(1), Consequences: []review.Consequence{{Symbol: "PAH", HGVSc: "c.1A>C", HGVSp: "p.Met1Leu"}}}},
			{Variant: review.Variant{Key: at(2), Consequences: []review.Consequence{{Symbol: "TCF4", HGVSc: "c.2+1A>C"}}}},
		},
		Rescue: []triage.Row{{Variant: review.Variant{Key: at(3)}, Chosen: -1}},
	}}
	all := []PreviewRow{{"1-1-A-C", "PAH", "p.Met1Leu"}, {"1-2-A-C", "TCF4", "c.2+1A>C"}, {"1-3-A-C", "", ""}}
	for _, tt := range []struct{ n, more int }{{5, 0}, {3, 0}, {2, 1}, {0, 3}} {
		rows, more := p.Rows(tt.n)
		if d := cmp.Diff(all[:3-tt.more], rows, cmp.Transformer("nil", func(r []PreviewRow) []PreviewRow { return append([]PreviewRow{}, r...) })); d != "" || more != tt.more {
			t.Errorf("%d rows: %d more\n%s", tt.n, more, d)
		}
	}
}
