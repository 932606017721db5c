package triage

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"garrod/review"
	"garrod/review/summary"
)

// sieve sends the rows of a file through the steps of a plan, as far as its
// columns tell.
type sieve struct {
	*columns
	p     *plan
	steps []boundStep                  // of plan.early, in their order
	kinds [256]kindCell                // by Flags
	views [summary.SeeRecord + 1]uint8 // by Views: what opinions can do for a row that a step removes
}

// boundStep is a step with the column forms of its checks.
type boundStep struct {
	sifters []sifter
	// joined does what all sifters do, on chunks other than X and Y; nil: nothing
	// does.
	joined []sifter
	// final is true where what the step removes is never rescued.
	final bool
}

// of gives the sifters for a chunk.
func (b *boundStep) of(c *chunk) []sifter {
	if b.joined == nil || c.contig == "X" || c.contig == "Y" {
		return b.sifters
	}
	return b.joined
}

// What the opinions on a row can do for it.
const (
	viewNothing uint8 = iota
	viewConflicting
	viewRescues
	viewUnsure
)

// newSieve binds a plan to the columns of a file. Steps that only records
// decide come after all others from here on.
func newSieve(p *plan, s *summary.Summary) *sieve {
	v := &sieve{columns: newColumns(p, s), p: p}
	bound := make(map[string]boundStep, len(p.early))
	for i := range p.early {
		st := &p.early[i]
		bound[st.name], st.byRecord = v.bind(st)
	}
	slices.SortStableFunc(p.early, func(a, b step) int { return cmp.Compare(bit(a.byRecord), bit(b.byRecord)) })
	for _, st := range p.early {
		v.steps = append(v.steps, bound[st.name])
	}
	v.kinds = kindCells()
	for i := range v.views {
		v.views[i] = viewUnsure
	}
	for i, view := range s.ViewSets {
		v.views[i] = p.viewCell(view)
	}
	return v
}

// bind gives the column form of a step, and whether records decide it.
func (v *sieve) bind(st *step) (b boundStep, byRecord bool) {
	b.final = st.name == stepKind || st.name == stepGenotype
	for i := range st.checks {
		k := &st.checks[i]
		var sift sifter
		if k.columns != nil {
			sift = k.columns(v.columns)
		}
		if sift == nil {
			sift, byRecord = unsureOfAll, true
		}
		byRecord = byRecord || k.seldom != nil && k.seldom(v.columns)
		b.sifters = append(b.sifters, sift)
	}
	if st.columns != nil {
		b.joined = []sifter{st.columns(v.columns)}
	}
	return b, byRecord && st.name != stepKind
}

// unsureOfAll leaves every row to its record.
func unsureOfAll(_ *chunk, _ []uint16, out []code) {
	for i := range out {
		out[i] |= codeOpen
	}
}

// unknownOfAll has no value for any row.
func unknownOfAll(_ *chunk, _ []uint16, out []code) {
	for i := range out {
		out[i] |= codeUnknown
	}
}

// viewCell says what opinions can do for a row that a step removes.
func (p *plan) viewCell(v summary.View) uint8 {
	switch {
	case v.Pathogenic, v.Conflicting && p.f.RescueConflicting:
		return viewRescues
	case v.Conflicting:
		return viewConflicting
	}
	return viewNothing
}

// candidate is a row whose record is wanted although it is not known to pass the
// early steps.
type candidate struct {
	row  uint32
	step int16 // that removed it, or from which on its record decides
	// unsure is false where the columns decided: an opinion may rescue the row.
	unsure bool
}

// sifted is what became of the rows of a chunk.
type sifted struct {
	from             int     // first row of the chunk
	removed, unknown []int64 // by early step
	conflicting      int64
	kinds            [5]int64 // as in kindOrder
	survivors        []uint16 // from the first row of the chunk
	candidates       []candidate
}

// scratch is the memory of one goroutine.
type scratch struct {
	sel, gone, open [1 << 16]uint16
	out             [1 << 16]code
}

// runChunks does work on all chunks, on all processors.
func runChunks[T any](ctx context.Context, chunks []chunk, work func(c *chunk, w *scratch) T) ([]T, error) {
	out := make([]T, len(chunks))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(chunks)) {
		wg.Go(func() {
			w := new(scratch)
			for i := int(next.Add(1)) - 1; i < len(chunks) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				out[i] = work(&chunks[i], w)
			}
		})
	}
	wg.Wait()
	return out, ctx.Err()
}

// all sifts every row of a chunk.
func (v *sieve) all(c *chunk, w *scratch) sifted {
	r := v.newSifted(c)
	if v.cells != nil && !v.cells.usual.unsure && !v.cells.oneCopy.unsure &&
		len(v.steps) > 1 && v.p.early[1].name == stepGenotype {
		return v.through(2, c, w, v.carriedStep(c, w, &r), r)
	}
	return v.through(1, c, w, v.kindStep(c, w, &r), r)
}

func (v *sieve) newSifted(c *chunk) sifted {
	return sifted{from: c.from, removed: make([]int64, len(v.steps)), unknown: make([]int64, len(v.steps))}
}

// through sends rows through the steps from the given one on.
func (v *sieve) through(from int, c *chunk, w *scratch, sel []uint16, r sifted) sifted {
	for i := from; i < len(v.steps) && len(sel) > 0; i++ {
		sel = v.step(i, c, w, sel, &r)
	}
	r.survivors = slices.Clone(sel)
	return r
}

// The counts that a row with a code adds to: kept, removed, not assessed and
// unsure ones, in sixteen bits each: a chunk has no more rows than these hold.
const (
	addKept    uint64 = 1
	addRemoved uint64 = 1 << 16
	addUnknown uint64 = 1 << 32
	addUnsure  uint64 = 1 << 48
	countMask         = chunkRows
)

// fates tells what becomes of a row by its code.
var fates = func() (t [256]uint64) {
	for i := range t {
		switch k := code(i); {
		case k&codeRemoves != 0:
			t[i] = addRemoved
		case k&codeUnsure != 0:
			t[i] = addUnsure
		case k == codeUnknown:
			t[i] = addKept | addUnknown
		default:
			t[i] = addKept
		}
	}
	return t
}()

// step sends rows through one step and returns those it keeps, in the same
// memory. Its loop does not branch on what a row is like.
func (v *sieve) step(i int, c *chunk, w *scratch, sel []uint16, r *sifted) []uint16 {
	out := w.out[:len(sel)]
	clear(out)
	for _, sift := range v.steps[i].of(c) {
		sift(c, sel, out)
	}
	var n uint64
	for j, row := range sel {
		w.sel[uint16(n)], w.gone[uint16(n>>16)] = row, row
		w.open[uint16(n>>48)] = row
		n += fates[out[j]]
	}
	kept, gone, unsure := n&countMask, n>>16&countMask, n>>48
	r.removed[i] += int64(gone)
	r.unknown[i] += int64(n >> 32 & countMask)
	for _, row := range w.open[:unsure] {
		r.candidates = append(r.candidates, candidate{uint32(c.from) + uint32(row), int16(i), true})
	}
	if !v.steps[i].final {
		v.rescue(i, c, w.gone[:gone], r)
	}
	return w.sel[:kept]
}

// rescue looks for opinions on what a step removed.
func (v *sieve) rescue(step int, c *chunk, gone []uint16, r *sifted) {
	views := c.Views[c.from:c.to]
	for _, row := range gone {
		view := v.views[views[row]]
		if view == viewNothing {
			continue
		}
		carries := v.carriedAt(c.from+int(row), c.contig)
		if carries == codeRemoved {
			continue
		}
		if view == viewConflicting && carries != codeOpen {
			r.conflicting++
			continue
		}
		r.candidates = append(r.candidates, candidate{uint32(c.from) + uint32(row), int16(step), false})
	}
}

// carriedAt is whether the proband carries the allele of a row.
func (c *columns) carriedAt(row int, contig string) code {
	if c.cells == nil {
		return codeOpen
	}
	return c.cells.carriedAt(c, row, contig)
}

// kindCell is what the kind step makes of a row with certain Flags.
type kindCell uint8

const (
	kindPlain  kindCell = iota // a small variant that the columns tell all of
	kindOther                  // to be counted as unclassifiable
	kindGone                   // and to be removed
	kindUnsure                 // the record must be looked at
)

// kindOrder lists the kinds that are never classified.
var kindOrder = [5]review.VariantKind{review.SmallVariant, review.Symbolic, review.Breakend, review.OverlapDeleted, review.ReferenceBlock}

func kindCells() (t [256]kindCell) {
	for i := range t {
		f := summary.Flags(i)
		if i&7 >= len(kindOrder) {
			continue // no such kind
		}
		switch kind := f.Kind(); {
		case kind == review.OverlapDeleted, kind == review.ReferenceBlock:
			t[i] = kindGone
		case f&summary.FlagSeeRecord != 0:
			t[i] = kindUnsure
		case kind != review.SmallVariant:
			t[i] = kindOther
		}
	}
	return t
}

// kindStep is the first step, on all rows of a chunk.
func (v *sieve) kindStep(c *chunk, w *scratch, r *sifted) []uint16 {
	n := 0
	for i, f := range c.Flags[c.from:c.to] {
		w.sel[n] = uint16(i)
		if v.kinds[f] == kindPlain {
			n++
			continue
		}
		if v.kindOf(f, c.from+i, r) {
			n++
		}
	}
	return w.sel[:n]
}

// carriedStep is the first two steps, of which the second is that of the
// genotype, on all rows of a chunk: most filters begin with them, and they look
// at more rows than all others. No cell may be unsure.
func (v *sieve) carriedStep(c *chunk, w *scratch, r *sifted) []uint16 {
	var n uint64
	for from := c.from; from < c.to; {
		to, least := v.cells.limitsFrom(c, from)
		n = v.carriedRun(c, from, to, least, n, w, r)
		from = to
	}
	r.removed[1] += int64(n >> 16 & countMask)
	r.unknown[1] += int64(n >> 32 & countMask)
	return w.sel[:n&countMask]
}

// carriedRun is carriedStep for rows with the same limits. It adds to n, as fates
// do.
func (v *sieve) carriedRun(c *chunk, from, to int, least refLimits, n uint64, w *scratch, r *sifted) uint64 {
	calls, leastDepth, leastGQ := &c.Calls[c.proband], uint32(least.depth), uint32(least.gq)
	flags := c.Flags[from:to]
	gt, depth, gq := calls.GT[from:to][:len(flags)], calls.Depth[from:to][:len(flags)], calls.GQ[from:to][:len(flags)]
	first := from - c.from
	for i, f := range flags {
		w.sel[uint16(n)] = uint16(first + i)
		if v.kinds[f] == kindPlain || v.kindOf(f, from+i, r) {
			// The sign of a difference is that of a cell below its limit. Unknown is
			// above every one.
			weak := ((uint32(depth[i]) - leastDepth) | (uint32(gq[i]) - leastGQ)) >> 31
			n += carriedFates[weak<<8|uint32(gt[i])]
		}
	}
	return n
}

// carriedFates are the fates of genotypes in the step of that name, by strength.
var carriedFates = func() (t [2 << 8]uint64) {
	for i := range t {
		t[i] = fates[provenCell(summary.GT(i&0xff), uint8(i>>8)*cellWeak, genotypeCarried)]
	}
	return t
}()

// kindOf sends a row that is not plain through the first step, and reports
// whether it goes on through the columns.
func (v *sieve) kindOf(f summary.Flags, row int, r *sifted) bool {
	if f.Kind() != review.SmallVariant {
		r.kinds[slices.Index(kindOrder[:], f.Kind())]++
	}
	switch v.kinds[f] {
	case kindGone:
		r.removed[0]++
		return false
	case kindUnsure:
		if len(v.steps) > 1 {
			r.candidates = append(r.candidates, candidate{uint32(row), 1, true})
			return false
		}
	}
	return true
}
