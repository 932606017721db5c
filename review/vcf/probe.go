package vcf

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/genome"
)

// observer notes, during the full pass, what later checks need.
type observer struct {
	header  *Header
	last    map[string]*contigSpan
	sample  probeSample
	pastEnd string // a contig with a record beyond its declared length
	use     usage
}

// contigSpan is the first and last record of a contig in file order, and the
// largest position.
type contigSpan struct {
	first, last probe
	maxPos      int64
}

// probe is a record that a look-up through the index must find again.
type probe struct {
	contig string
	pos    int64
	at     bgz.Offset
}

// maxProbes bounds the records that are looked up again; they lie evenly over
// the file.
const maxProbes = 64

func newObserver(h *Header) *observer {
	return &observer{header: h, last: map[string]*contigSpan{}, use: newUsage(h)}
}

// positionOf reads CHROM and POS of a data line, good or bad, as the index does.
func positionOf(line string) (pos int64, ok bool) {
	_, rest, ok := strings.Cut(line[:min(len(line), 512)], "\t")
	text, _, more := strings.Cut(rest, "\t")
	pos, err := strconv.ParseInt(text, 10, 64)
	return pos, ok && more && err == nil
}

// span notes a stretch of lines on a contig, behind those that were noted.
func (o *observer) span(contig string, s *contigSpan) {
	have := o.last[contig]
	if have == nil {
		have = &contigSpan{first: s.first}
		o.last[contig] = have
	}
	have.last, have.maxPos = s.last, max(have.maxPos, s.maxPos)
}

// probeSample keeps probes that lie evenly among those it was given.
type probeSample struct {
	probes []probe
	stride int64 // 0 for 1
	pass   int64 // how many to pass over before the next
}

// add takes the next probe; when there are too many, every other one goes.
func (s *probeSample) add(p probe) {
	if s.pass > 0 {
		s.pass--
		return
	}
	s.stride = max(s.stride, 1)
	s.probes = append(s.probes, p)
	if len(s.probes) == 2*maxProbes {
		for i := range maxProbes {
			s.probes[i] = s.probes[2*i]
		}
		s.probes = s.probes[:maxProbes]
		s.stride *= 2
	}
	s.pass = s.stride - 1
}

// isPastEnd reports whether a record lies beyond its contig's declared length. One
// past the end is the telomere, where a breakend may stand.
func isPastEnd(h *Header, r *Record) bool {
	i, ok := h.contigs[r.Contig]
	return ok && h.Contigs[i].Length > 0 && int64(r.Pos) > h.Contigs[i].Length+1
}

// beyond names a contig with a record past the end of the chromosome on a.
func (o *observer) beyond(h *Header, a genome.Assembly) string {
	for contig, s := range o.last {
		n, ok := genome.ContigLength(a, h.Canonical(contig))
		if ok && s.maxPos > n+1 {
			return contig
		}
	}
	return ""
}

// twoSpellings names two contigs with records that are one chromosome.
func (o *observer) twoSpellings(h *Header) string {
	by := map[string]string{}
	for contig := range o.last {
		c := h.Canonical(contig)
		if other, ok := by[c]; ok {
			names := []string{contig, other}
			slices.Sort(names)
			return strings.Join(names, " and ")
		}
		by[c] = contig
	}
	return ""
}

// indexMatches holds the index against what the full pass saw: names, counts,
// how far it points, and whether look-ups find the very records that stand in
// the file. Two files of one pipeline have alike indexes: only the look-ups tell
// them apart for sure.
func (in *intake) indexMatches(ctx context.Context) error {
	x := in.f.index
	why := in.indexNames(x)
	if why == "" && x.End().Block() > in.tally.Summary.Size {
		why = "it points past the end of the file"
	}
	if why == "" {
		why = in.indexCounts(x)
	}
	probes := 0
	if why == "" {
		var err error
		if why, probes, err = in.indexProbes(ctx); err != nil {
			return err
		}
	}
	if why != "" {
		in.fail("index_matches", filepath.Base(x.Path), "the index does not belong to the file: "+why,
			"Make the index again: tabix -f -p vcf "+in.f.path)
		return nil
	}
	in.pass("index_matches", fmt.Sprintf("%s belongs to the file: contigs and counts agree, %d records looked up through it stand where it says.",
		filepath.Base(x.Path), probes))
	return nil
}

func (in *intake) indexNames(x *bgz.Index) string {
	for _, name := range x.Names() {
		// tabix keeps a name for a contig that only lines without a position have.
		if n, ok := x.Records(name); in.tally.Contigs[name] == 0 && (n > 0 || !ok) {
			return fmt.Sprintf("it has contig %q, the file has no record on it", name)
		}
	}
	for _, name := range in.tally.Order {
		if !x.Has(name) {
			return fmt.Sprintf("the file has records on %q, the index has not", name)
		}
	}
	return ""
}

func (in *intake) indexCounts(x *bgz.Index) string {
	for _, name := range in.tally.Order {
		if n, ok := x.Records(name); ok && n != in.tally.Contigs[name] {
			return fmt.Sprintf("it counted %d records on %s, the file has %d", n, name, in.tally.Contigs[name])
		}
	}
	return ""
}

// indexProbes looks up the first and last record of each contig and records
// spread over the file.
func (in *intake) indexProbes(ctx context.Context) (why string, probes int, err error) {
	r, err := bgz.OpenReader(in.f.path, in.f.index)
	if err != nil {
		return "", 0, err
	}
	defer r.Close()
	for _, p := range in.probeList() {
		found := false
		err := r.Region(ctx, p.contig, p.pos, p.pos, func(_ []byte, at bgz.Offset) error {
			found = found || at == p.at
			return nil
		})
		if bad, ok := errors.AsType[*review.InputError](err); ok {
			return bad.What, probes, nil
		}
		if err != nil {
			return "", probes, err
		}
		if !found {
			return fmt.Sprintf("the record at %s:%d is not found through it", p.contig, p.pos), probes, nil
		}
		probes++
	}
	return "", probes, nil
}

func (in *intake) probeList() []probe {
	list := slices.Clone(in.seen.sample.probes)
	for i, name := range in.tally.Order {
		if s := in.seen.last[name]; s != nil && i < maxProbes {
			list = append(list, s.first, s.last)
		}
	}
	return list
}
