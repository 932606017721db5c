package triage

import (
	"context"
	"slices"

	"garrod/review"
	"garrod/review/summary"
)

// pickFrom is how many rows the early steps must leave before the columns are
// asked which of them the late steps drop: below it, their records are read
// anyhow.
const pickFrom = 2000

// bindLate gives the late steps in their column form; nil where the first needs
// labels, or no step tells more than its records do.
func (v *sieve) bindLate() []boundStep {
	var out []boundStep
	some := false
	for i := range v.p.late {
		if v.p.late[i].name == stepInheritance {
			return nil
		}
		b, byRecord := v.bind(&v.p.late[i])
		out, some = append(out, b), some || !byRecord
	}
	if !some {
		return nil
	}
	return out
}

// picked is what the late steps drop of the survivors of a chunk.
type picked struct {
	survivors        []uint16 // that stay
	removed, unknown []int64  // by late step, of those dropped
	conflicting      int64
}

// pick drops the rows that late steps remove for certain and that nothing
// rescues. It reports whether any was dropped: the records of those may be
// needed all the same, as second alleles.
func (s *sift) pick(ctx context.Context) (bool, error) {
	total := 0
	for i := range s.parts {
		total += len(s.parts[i].survivors)
	}
	late := s.v.bindLate()
	if late == nil || total < s.pickFrom {
		return false, nil
	}
	chunks := s.v.chunks()
	at := map[int]int{}
	for i := range chunks {
		at[chunks[i].from] = i
	}
	parts, err := runChunks(ctx, chunks, func(c *chunk, w *scratch) picked {
		return s.v.drop(c, w, late, s.parts[at[c.from]].survivors)
	})
	if err != nil {
		return false, err
	}
	dropped := int64(0)
	for i := range parts {
		s.parts[i].survivors = parts[i].survivors
		for j := range late {
			s.lateRemoved[j] += parts[i].removed[j]
			s.lateUnknown[j] += parts[i].unknown[j]
			dropped += parts[i].removed[j]
		}
		s.w.Conflicting += parts[i].conflicting
	}
	return dropped > 0, nil
}

// drop sends the survivors of a chunk through the late steps.
func (v *sieve) drop(c *chunk, w *scratch, late []boundStep, sel []uint16) picked {
	p := picked{removed: make([]int64, len(late)), unknown: make([]int64, len(late))}
	outs := make([][]code, len(late))
	for j := range late {
		outs[j] = make([]code, len(sel))
		for _, sift := range late[j].sifters {
			sift(c, sel, outs[j])
		}
	}
	n := 0
	for i, row := range sel {
		at := decisive(outs, i)
		if at < 0 || !v.mayDrop(c.from+int(row), &p) {
			w.sel[n] = row
			n++
			continue
		}
		p.removed[at]++
		for j := range at {
			if outs[j][i] == codeUnknown {
				p.unknown[j]++
			}
		}
	}
	p.survivors = slices.Clone(w.sel[:n])
	return p
}

// decisive returns the late step that removes a row, -1 where none does for
// certain.
func decisive(outs [][]code, i int) int {
	for j := range outs {
		switch k := outs[j][i]; {
		case k&codeRemoves != 0:
			return j
		case k&codeUnsure != 0:
			return -1
		}
	}
	return -1
}

// mayDrop reports whether a row that a late step removes is gone for good, and
// counts it where opinions conflict.
func (v *sieve) mayDrop(row int, p *picked) bool {
	view := v.views[v.Views[row]]
	if v.Flags[row]&summary.FlagSeeRecord != 0 {
		return false
	}
	if view == viewNothing {
		return true
	}
	carries := v.carriedAt(row, v.Contig(row))
	switch {
	case carries == codeRemoved:
		return true
	case view == viewConflicting && carries != codeOpen:
		p.conflicting++
		return true
	}
	return false
}

// partners holds what the labels of the entries may rest on among the rows that
// late steps dropped. They are counted already and shown nowhere.
func (s *sift) partners(ctx context.Context, src Source) error {
	n := s.newNeed()
	for _, row := range s.rows {
		n.held[int(row)] = true
	}
	s.askFor(n)
	s.beside = map[*entry]bool{}
	err := s.holdNeeded(ctx, src, n, func(c candidate, v *review.Variant) {
		sub := s.p.subject(v)
		if c.unsure && s.p.passes(&sub) {
			s.row = c.row
			s.hold(v, "", true, false)
			s.beside[s.entries[len(s.entries)-1]] = true
		}
	})
	s.inFileOrder()
	return err
}

// passes reports whether the early steps keep a variant.
func (p *plan) passes(sub *subject) bool {
	return !slices.ContainsFunc(p.early, func(st step) bool { return st.judge(sub) == removed })
}

// callOf is the call that a genotype stands for, as far as it tells.
func callOf(g summary.GT) *review.Call {
	c := &review.Call{Ploidy: 2, Copies: g.Copies(), Phased: g&summary.GTPhased != 0}
	if g&summary.GTHaploid != 0 {
		c.Ploidy = 1
	}
	if g&summary.GTOthers != 0 {
		c.Others = 1
	}
	c.State = map[summary.GT]review.CallState{
		summary.GTMissing: review.Missing, summary.GTCalled: review.Called,
		summary.GTPartial: review.Partial, summary.GTRefBlock: review.RefBlock,
	}[g.State()]
	return c
}
