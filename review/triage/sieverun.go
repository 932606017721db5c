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
	// final is true where what the step removes is never rescued.
	final bool
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
	late := map[string]bool{}
	for i := range p.early {
		st := &p.early[i]
		bound[st.name], late[st.name] = v.bind(st)
	}
	slices.SortStableFunc(p.early, func(a, b step) int { return cmp.Compare(bit(late[a.name]), bit(late[b.name])) })
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
	return b, byRecord && st.name != stepKind
}

// unsureOfAll leaves every row to its record.
func unsureOfAll(_ *chunk, _ []uint16, out []code) {
	for i := range out {
		out[i] |= codeUnsure
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
	removed, unknown []int64 // by early step
	conflicting      int64
	kinds            [5]int64 // as in kindOrder
	survivors        []uint32
	candidates       []candidate
}

// scratch is the memory of one goroutine.
type scratch struct {
	sel, gone [chunkRows]uint16
	out       [chunkRows]code
}

// run sifts chunks on all processors. of gives the rows of a chunk that are to
// be sifted, nil for all; work is done on each chunk in turn.
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
	r := v.newSifted()
	return v.through(c, w, v.kindStep(c, w, &r), r)
}

func (v *sieve) newSifted() sifted {
	return sifted{removed: make([]int64, len(v.steps)), unknown: make([]int64, len(v.steps))}
}

// through sends what the kind step kept through all other steps.
func (v *sieve) through(c *chunk, w *scratch, sel []uint16, r sifted) sifted {
	for i := 1; i < len(v.steps) && len(sel) > 0; i++ {
		sel = v.step(i, c, w, sel, &r)
	}
	r.survivors = make([]uint32, len(sel))
	for i, row := range sel {
		r.survivors[i] = uint32(c.from) + uint32(row)
	}
	return r
}

// What becomes of a row with a code.
var (
	codeKeeps   = codeTable(func(k code) bool { return k&(codeRemoved|codeUnsure) == 0 })
	codeRemoves = codeTable(func(k code) bool { return k&codeRemoved != 0 })
	codeOpen    = codeTable(func(k code) bool { return k == codeUnknown })
)

func codeTable(is func(code) bool) (t [codes]uint8) {
	for k := range t {
		t[k] = uint8(bit(is(code(k))))
	}
	return t
}

// step sends rows through one step and returns those it keeps, in the same
// memory. Nothing here branches on what a row is like.
func (v *sieve) step(i int, c *chunk, w *scratch, sel []uint16, r *sifted) []uint16 {
	out := w.out[:len(sel)]
	clear(out)
	for _, sift := range v.steps[i].sifters {
		sift(c, sel, out)
	}
	kept, gone, open := 0, 0, 0
	for j, row := range sel {
		k := out[j] % codes
		sel[kept], w.gone[gone] = row, row
		kept += int(codeKeeps[k])
		gone += int(codeRemoves[k])
		open += int(codeOpen[k])
		if k&codeUnsure > k&codeRemoved {
			r.candidates = append(r.candidates, candidate{uint32(c.from) + uint32(row), int16(i), true})
		}
	}
	r.removed[i] += int64(gone)
	r.unknown[i] += int64(open)
	if !v.steps[i].final {
		v.rescue(i, c, w.gone[:gone], r)
	}
	return sel[:kept]
}

// rescue looks for opinions on what a step removed.
func (v *sieve) rescue(step int, c *chunk, gone []uint16, r *sifted) {
	views := c.Views[c.from:c.to]
	for _, row := range gone {
		view := v.views[views[row]]
		if view == viewNothing || v.carriedAt(c.from+int(row)) == removed {
			continue
		}
		if view == viewConflicting {
			r.conflicting++
			continue
		}
		r.candidates = append(r.candidates, candidate{uint32(c.from) + uint32(row), int16(step), false})
	}
}

// carriedAt is carried for the proband at a row.
func (c *columns) carriedAt(row int) outcome {
	if c.proband < 0 {
		return notAssessed // the record tells
	}
	return genotypeCarried(c.Calls[c.proband].GT[row])
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
