package triage

import (
	"cmp"
	"slices"
	"strings"

	"garrod/review"
)

// Column is something a list of rows can be sorted by.
type Column string

// The columns.
const (
	ByPosition    Column = "position"
	ByGene        Column = "gene"
	ByHGVSc       Column = "hgvsc"
	ByHGVSp       Column = "hgvsp"
	ByConsequence Column = "consequence" // most severe first
	ByMaxAF       Column = "max_af"
	ByClinVar     Column = "clinvar" // pathogenic, conflicting, others
	ByInheritance Column = "inheritance"
	ByLane        Column = "lane"
)

// Sort returns the indices of rows in the order of a column. Rows that have no
// value come last in either direction, and rows that are equal stand in genome
// order. The rows stay as they are.
func Sort(rows []Row, by Column, desc bool) []uint32 {
	order := make([]uint32, len(rows))
	keys := make([]sortKey, len(rows))
	for i := range rows {
		order[i], keys[i] = uint32(i), keyOf(&rows[i], by)
	}
	slices.SortStableFunc(order, func(a, b uint32) int {
		x, y := keys[a], keys[b]
		if x.missing != y.missing {
			return cmp.Compare(bit(x.missing), bit(y.missing))
		}
		c := cmp.Or(cmp.Compare(x.number, y.number), cmp.Compare(x.text, y.text))
		if by == ByPosition {
			c = compareKeys(rows[a].Variant.Key, rows[b].Variant.Key)
		}
		if desc {
			c = -c
		}
		return cmp.Or(c, compareKeys(rows[a].Variant.Key, rows[b].Variant.Key))
	})
	return order
}

type sortKey struct {
	missing bool
	number  float64
	text    string
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func keyOf(r *Row, by Column) sortKey {
	c, has := r.Consequence()
	words := func(s string) sortKey { return sortKey{missing: s == "", text: strings.ToLower(s)} }
	switch by {
	case ByGene:
		return words(c.Symbol)
	case ByHGVSc:
		return words(c.HGVSc)
	case ByHGVSp:
		return words(c.HGVSp)
	case ByConsequence:
		_, rank := c.Worst()
		return sortKey{missing: !has, number: float64(rank)}
	case ByMaxAF:
		if r.MaxAF == nil {
			return sortKey{missing: true}
		}
		return sortKey{number: *r.MaxAF}
	case ByClinVar:
		return clinvarKey(&r.Variant)
	case ByInheritance:
		if len(r.Labels) == 0 {
			return sortKey{missing: true}
		}
		return sortKey{number: float64(slices.Index(Models(), r.Labels[0].Model))}
	case ByLane:
		return sortKey{number: float64(slices.Index([]Lane{LaneList, LaneRescue, LaneOut}, r.Lane))}
	}
	return sortKey{}
}

func clinvarKey(v *review.Variant) sortKey {
	a, ok := clinvar(v)
	k := sortKey{missing: !ok, number: 2, text: strings.ToLower(a.Significance)}
	switch {
	case a.Pathogenic:
		k.number = 0
	case a.Conflicting:
		k.number = 1
	}
	return k
}
