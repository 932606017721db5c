package review

import (
	"testing"

	"garrod/review/genome"
)

func TestReferenceProof(t *testing.T) {
	whole := func(n int) *int { return &n }
	key := func(contig string, pos genome.Pos) genome.Key {
		return genome.Key{Assembly: genome.GRCh38, Contig: contig, Pos: pos, Ref: "A", Alt: "G"}
	}
	for _, tt := range []struct {
		name      string
		key       genome.Key
		sex       Sex
		depth, gq *int
		weak      bool
	}{
		{"enough", key("1", 5), Female, whole(10), whole(20), false},
		{"too few reads", key("1", 5), Female, whole(9), whole(20), true},
		{"too low a quality", key("1", 5), Female, whole(10), whole(19), true},
		{"nothing at all", key("1", 5), Female, whole(0), whole(0), true},
		{"the file gives neither", key("1", 5), Female, nil, nil, false},
		{"a negative number is none", key("1", 5), Female, whole(-1), whole(-1), false},
		{"one X", key("X", 50_000_000), Male, whole(6), whole(10), false},
		{"one X, too few", key("X", 50_000_000), Male, whole(5), nil, true},
		{"two X", key("X", 50_000_000), Female, whole(6), whole(10), true},
		{"pseudoautosomal", key("X", 100_000), Male, whole(6), whole(10), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := DefaultReferenceProof().Weak(tt.key, tt.sex, &Call{State: Called, Ploidy: 2, Depth: tt.depth, GQ: tt.gq}); got != tt.weak {
				t.Errorf("weak %v, want %v", got, tt.weak)
			}
		})
	}
}
