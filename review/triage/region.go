package triage

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
)

// RegionFilter keeps variants whose REF shares a base with one of the ranges
// or, with Exclude, takes them out. Insertions lie between two bases: one at the
// edge of a range is kept either way.
type RegionFilter struct {
	// File names a BED file. Whoever reads a filter from disk reads that file too
	// and puts what ReadBED gives in its place, so that a saved filter holds its
	// ranges and does not change when the file does.
	File string `json:"file,omitempty"`

	Name     string          `json:"name,omitempty"`   // of the BED file, without its folder
	SHA256   string          `json:"sha256,omitempty"` // of the BED file
	Assembly genome.Assembly `json:"assembly"`
	Exclude  bool            `json:"exclude,omitempty"`
	Ranges   []string        `json:"ranges,omitempty"` // "1:1000-2000", 1-based, both ends inside
}

func (f Filter) validRegion() error {
	q := f.Region
	if q == nil {
		return nil
	}
	if q.Assembly != genome.GRCh37 && q.Assembly != genome.GRCh38 {
		return filterError("region.assembly", fmt.Sprintf("%q is not an assembly", q.Assembly), "Write GRCh37 or GRCh38")
	}
	if q.File == "" && len(q.Ranges) == 0 {
		return filterError("region", "names neither a BED file nor a range", "Give file, or ranges, or leave the step out")
	}
	_, err := newRegions(*q)
	return err
}

// fits refuses ranges that say nothing of a case: those of another assembly, and
// those that nobody has read yet.
func (q RegionFilter) fits(a genome.Assembly) error {
	if q.Assembly != a {
		return filterError("region.assembly", fmt.Sprintf("the ranges are of %s and the case is of %s", q.Assembly, a), "Use a filter with ranges of the case's assembly")
	}
	if q.File != "" {
		return filterError("region.file", "the BED file has not been read", "Save the filter from its file first")
	}
	return nil
}

// regions are the ranges of a filter by contig, ascending and apart.
type regions struct {
	byContig map[string][]genome.Range
	n        int
	bases    int64
}

func newRegions(q RegionFilter) (*regions, error) {
	r := &regions{byContig: map[string][]genome.Range{}, n: len(q.Ranges)}
	for i, text := range q.Ranges {
		g, err := parseRange(text)
		if err != nil {
			return nil, filterError(fmt.Sprintf("region.ranges[%d]", i), err.Error(), "Write contig:first-last, 1:1000-2000 for instance")
		}
		if n, ok := genome.ContigLength(q.Assembly, g.Contig); ok && int64(g.Last) > n {
			return nil, filterError(fmt.Sprintf("region.ranges[%d]", i),
				fmt.Sprintf("%s ends beyond the end of the chromosome on %s, %d", g, q.Assembly, n), "Check which assembly the BED file is of")
		}
		r.byContig[g.Contig] = append(r.byContig[g.Contig], g)
	}
	for c, gs := range r.byContig {
		gs = merge(gs)
		r.byContig[c] = gs
		for _, g := range gs {
			r.bases += int64(g.Last-g.First) + 1
		}
	}
	return r, nil
}

func parseRange(s string) (genome.Range, error) {
	i := strings.LastIndexByte(s, ':')
	first, last, ok := strings.Cut(s[i+1:], "-")
	a, err := strconv.ParseInt(first, 10, 64)
	b, err2 := strconv.ParseInt(last, 10, 64)
	switch {
	case i <= 0 || !ok || err != nil || err2 != nil:
		return genome.Range{}, fmt.Errorf("%q is not a range", s)
	case a < 1 || b < a:
		return genome.Range{}, fmt.Errorf("%q holds no base", s)
	}
	return genome.Range{Contig: genome.CanonicalContig(s[:i]), First: genome.Pos(a), Last: genome.Pos(b)}, nil
}

// merge sorts ranges of one contig and joins those that touch.
func merge(gs []genome.Range) []genome.Range {
	slices.SortFunc(gs, func(a, b genome.Range) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last)) })
	out := gs[:0]
	for _, g := range gs {
		if n := len(out); n > 0 && g.First <= out[n-1].Last+1 {
			out[n-1].Last = max(out[n-1].Last, g.Last)
			continue
		}
		out = append(out, g)
	}
	return out
}

// find returns a range that shares a base with g.
func (r *regions) find(g genome.Range) (genome.Range, bool) {
	gs := r.byContig[g.Contig]
	i, _ := slices.BinarySearchFunc(gs, g.First, func(h genome.Range, p genome.Pos) int { return cmp.Compare(h.Last, p) })
	if i < len(gs) && gs[i].Overlaps(g) {
		return gs[i], true
	}
	return genome.Range{}, false
}

func regionStep(q RegionFilter, r *regions) step {
	verb := "inside"
	if q.Exclude {
		verb = "outside"
	}
	what := fmt.Sprintf("%d ranges (%d bases, %s)", r.n, r.bases, q.Assembly)
	if q.Name != "" {
		what = fmt.Sprintf("%s, SHA-256 %.12s…, %s", q.Name, q.SHA256, what)
	}
	return step{name: stepRegion, parameter: verb + " " + what, checks: []check{{
		parameter: "bases of REF", operator: verb, threshold: what,
		judge: func(s *subject) outcome { return r.judge(regionSpan(s.v.Key, recordEnd(s.v), q.Exclude), q.Exclude) },
		value: func(s *subject) string {
			return regionText(r, regionSpan(s.v.Key, recordEnd(s.v), q.Exclude))
		},
		columns: func(*columns) sifter { return r.sifter(q.Exclude) },
	}}}
}

func (r *regions) judge(span genome.Range, exclude bool) outcome {
	if _, found := r.find(span); found == exclude {
		return removed
	}
	return kept
}

// sifter is the step on columns. They do not tell where a structural allele
// ends.
func (r *regions) sifter(exclude bool) sifter {
	return func(c *chunk, sel []uint16, out []code) {
		for i, at := range sel {
			row := c.from + int(at)
			k := genome.Key{Contig: c.contig, Pos: genome.Pos(c.Pos[row]), Ref: "N", Alt: "N"}
			switch {
			case c.Flags[row].Kind() != review.SmallVariant:
				out[i] |= codeUnsure
				continue
			case c.Allele[row] == summary.LongAllele:
				k = c.Key(row)
			}
			out[i] |= codeOf(r.judge(regionSpan(k, 0, exclude), exclude))
		}
	}
}

// recordEnd is the last base of a structural allele, 0 of any other.
func recordEnd(v *review.Variant) genome.Pos {
	if v.Kind == review.SmallVariant {
		return 0
	}
	return v.Record.End
}

// regionSpan is the stretch of an allele that is held against the ranges. Where
// ranges keep, an insertion takes in the base behind it too; where they take
// out, its anchor alone.
func regionSpan(k genome.Key, end genome.Pos, exclude bool) genome.Range {
	g := genome.Range{Contig: k.Contig, First: k.Pos, Last: max(k.Pos+genome.Pos(len(k.Ref))-1, end)}
	if !exclude && len(k.Ref) == 1 && len(k.Alt) > 1 && genome.IsBases(k.Alt) {
		g.Last++
	}
	return g
}

func regionText(r *regions, span genome.Range) string {
	if g, ok := r.find(span); ok {
		return fmt.Sprintf("%s, in range %s", span, g)
	}
	return fmt.Sprintf("%s, in no range", span)
}
