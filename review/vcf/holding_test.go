package vcf

import (
	"slices"
	"testing"

	"garrod/review/genome"
)

// Holding gives just the records whose line holds every word, and every one.
func TestHolding(t *testing.T) {
	f := opened(t, made(t, header38(`##INFO=<ID=X,Number=.,Type=String,Description="x">`)+
		rec("chr1 100 . A G . . X=NM_1.2:c.316G>C GT 0/1 0/0 0/0")+
		rec("chr1 200 . A G . . X=NM_1.2:c.99G>C GT 0/1 0/0 0/0")+
		rec("chr2 316 . A G . . X=NM_9.2:c.4G>C GT 0/1 0/0 0/0")+
		rec("chr2 400 . A G . . X=316,NM_1.2 GT 0/1 0/0 0/0")))
	for _, tt := range []struct {
		words []string
		want  []genome.Pos
	}{
		{[]string{"NM_1", "316"}, []genome.Pos{100, 400}},
		{[]string{"NM_1"}, []genome.Pos{100, 200, 400}},
		{[]string{"fileformat"}, nil},
		{nil, []genome.Pos{100, 200, 316, 400}},
	} {
		var got []genome.Pos
		err := f.Holding(t.Context(), tt.words, nil, func(r *Record) error {
			got = append(got, r.Pos)
			if r.Offset == 0 || len(r.Variants()) != 1 {
				t.Errorf("record at %d lacks its offset or its variant", r.Pos)
			}
			return nil
		})
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("Holding(%q) = %v, %v; want %v", tt.words, got, err, tt.want)
		}
	}
}
