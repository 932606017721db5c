package triage

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
)

// maxRows bounds the rows held in memory: about 200 MB of annotated variants,
// which take a few seconds to read.
const maxRows = 50_000

// Run sifts the columns of src and makes the worklist of c. It reads the records
// of the rows that are shown, and of those that columns cannot decide; m counts
// these.
func Run(ctx context.Context, src Source, c *review.Case, f Filter, m *review.Meter) (*Worklist, error) {
	p, err := newPlan(c, f)
	if err != nil {
		return nil, fmt.Errorf("triage case %s: %w", c.ID, err)
	}
	s := newSift(p, src.Summary())
	if err := s.run(ctx, src, m); err != nil {
		return nil, fmt.Errorf("triage case %s: %w", c.ID, err)
	}
	return s.w, nil
}

// sift makes one worklist.
type sift struct {
	p        *plan
	v        *sieve
	w        *Worklist
	removed  []int64 // by early step
	unknown  []int64 // passed a step unassessed, by early step
	entries  []*entry
	rows     []uint32 // of entries
	row      uint32   // that is being decided on
	held     int      // survivors of all early steps in entries
	maxRows  int
	pickFrom int
	// alone says that the late steps decide on each survivor as it comes, so that
	// those they remove need not be held; dropped, that there were some.
	alone, dropped bool
	// beside are entries that are held for the labels of others only.
	beside map[*entry]bool
	// parts are what the columns leave, in the order of the file.
	parts []sifted
	// overflowKept counts survivors of all steps that are not held.
	overflowKept int64
	lateRemoved  []int64 // by late step
	lateUnknown  []int64 // passed a step unassessed, by late step
}

func newSift(p *plan, columns *summary.Summary) *sift {
	return &sift{
		p: p, v: newSieve(p, columns), maxRows: maxRows, pickFrom: pickFrom,
		w:       &Worklist{Case: p.c.ID, Filter: p.f, Unclassifiable: map[review.VariantKind]int64{}},
		removed: make([]int64, len(p.early)), unknown: make([]int64, len(p.early)),
		lateRemoved: make([]int64, len(p.late)), lateUnknown: make([]int64, len(p.late)),
	}
}

func (s *sift) run(ctx context.Context, src Source, m *review.Meter) error {
	if err := s.columns(ctx); err != nil {
		return err
	}
	dropped, err := s.pick(ctx)
	if err != nil {
		return err
	}
	inherited, err := s.dropInherited(ctx)
	if err != nil {
		return err
	}
	dropped = dropped || inherited
	want := s.wanted()
	m.SetTotal(int64(len(want)))
	s.alone = len(want) >= s.pickFrom && s.p.decidesAlone()
	if err := s.fetch(ctx, src, want, m, s.take); err != nil {
		return err
	}
	if dropped || s.dropped {
		if err := s.partners(ctx, src); err != nil {
			return err
		}
	}
	s.finish()
	return nil
}

// columns sends all rows through the early steps, as far as columns tell.
func (s *sift) columns(ctx context.Context) error {
	var err error
	if s.parts, err = runChunks(ctx, s.v.chunks(), s.v.all); err != nil {
		return err
	}
	s.w.Variants = int64(s.v.Len())
	for i := range s.parts {
		r := &s.parts[i]
		for i := range r.removed {
			s.removed[i] += r.removed[i]
			s.unknown[i] += r.unknown[i]
		}
		s.w.Conflicting += r.conflicting
		for k, n := range r.kinds {
			if n > 0 {
				s.w.Unclassifiable[kindOrder[k]] += n
			}
		}
	}
	return nil
}

// wanted lists the rows whose records must be read, ascending. Survivors beyond
// what is held are only read where late steps ask for it.
func (s *sift) wanted() []candidate {
	room := s.maxRows
	if len(s.p.late) > 0 {
		room = math.MaxInt
	}
	var want []candidate
	for i := range s.parts {
		r := &s.parts[i]
		n := min(room, len(r.survivors))
		room -= n
		s.overflowKept += int64(len(r.survivors) - n)
		from := len(want)
		want = append(want, r.candidates...)
		for _, row := range r.survivors[:n] {
			want = append(want, candidate{uint32(r.from) + uint32(row), int16(len(s.p.early)), true})
		}
		slices.SortFunc(want[from:], func(a, b candidate) int { return cmp.Compare(a.row, b.row) })
	}
	s.parts = nil
	return want
}

// fetchRows is how many rows a Source is asked for at a time.
const fetchRows = 4096

// fetch reads the records of rows and gives them to take.
func (s *sift) fetch(ctx context.Context, src Source, want []candidate, m *review.Meter, take func(candidate, *review.Variant)) error {
	var rows []int
	for batch := range slices.Chunk(want, fetchRows) {
		rows = rows[:0]
		for _, c := range batch {
			rows = append(rows, int(c.row))
		}
		n := 0
		err := src.Fetch(ctx, rows, func(row int, v *review.Variant) error {
			if n == len(rows) || rows[n] != row {
				return fmt.Errorf("row %d came, which was not asked for", row)
			}
			take(batch[n], v)
			n++
			m.Add(1)
			return ctx.Err()
		})
		if err == nil && n < len(rows) {
			err = fmt.Errorf("%d of %d rows did not come", len(rows)-n, len(rows))
		}
		if err != nil {
			return fmt.Errorf("read the records of rows: %w", err)
		}
	}
	return nil
}

// take decides on a row by its record.
func (s *sift) take(c candidate, v *review.Variant) {
	s.row = c.row
	sub := s.p.subject(v)
	i := int(c.step)
	if c.unsure {
		for ; i < len(s.p.early); i++ {
			o := s.p.early[i].judge(&sub)
			if o == removed {
				s.removed[i]++
				break
			}
			if o == notAssessed {
				s.unknown[i]++
			}
		}
	}
	if i == len(s.p.early) {
		s.survive(&sub)
		return
	}
	name := s.p.early[i].name
	s.countConflicting(&sub, name)
	if s.p.rescues(&sub, name) {
		s.hold(v, name, true, false)
	}
}

// survive takes a variant that passed the early steps. Where late steps may
// wait for second alleles, it is held until all are there.
func (s *sift) survive(sub *subject) {
	room := s.held < s.maxRows
	if room && !s.alone {
		s.held++
		s.hold(sub.v, "", true, false)
		return
	}
	sub.labels, sub.noFit = s.p.kin.single(sub.v)
	switch by := s.lateSteps(sub); {
	case by == "" && room && s.alone:
		s.held++
		s.hold(sub.v, "", true, false)
	case by == "":
		s.overflowKept++
	case s.p.rescues(sub, by):
		s.hold(sub.v, by, true, false)
	default:
		s.dropped = s.dropped || s.alone
		s.countConflicting(sub, by)
	}
}

// decidesAlone reports whether the late steps decide on each variant by itself:
// no second allele can give it a label that is asked for.
func (p *plan) decidesAlone() bool {
	q := p.f.Inheritance
	return len(p.late) > 0 && (q == nil || !q.accepts(review.Label{Model: ModelCompoundHet}) && !q.accepts(review.Label{Model: ModelCisPair}))
}

func (s *sift) hold(v *review.Variant, removedBy string, partner, asked bool) {
	e := &entry{row: Row{Variant: *v, RemovedBy: removedBy}, partner: partner, asked: asked}
	s.p.choose(&e.row)
	fillFrequency(s.p.freq, &e.row)
	e.genes = s.p.genesOf(v)
	s.entries, s.rows = append(s.entries, e), append(s.rows, s.row)
}

// finish labels the rows, applies the late steps, and counts.
func (s *sift) finish() {
	s.p.label(s.entries)
	for _, e := range s.entries {
		if s.beside[e] {
			continue
		}
		sub := s.p.subject(&e.row.Variant)
		sub.labels, sub.noFit = e.row.Labels, e.noFit
		if e.row.RemovedBy == "" && !s.alone {
			e.row.RemovedBy = s.lateSteps(&sub)
		}
		s.place(e, &sub)
	}
	s.funnel()
	w, h := s.w, &s.v.Head
	w.NotHeld = s.overflowKept
	w.Records, w.Bad, w.BadCount = h.Records+h.BadTotal, h.Bad, h.BadTotal
	sortGenome(w.List)
	sortGenome(w.Rescue)
	w.Notes = append(familyNotes(w.List, s.p.kin.p), columnNotes(h)...)
}

// lateSteps returns the late step that removes a labelled variant, empty where
// none does, and counts.
func (s *sift) lateSteps(sub *subject) (removedBy string) {
	for i := range s.p.late {
		switch s.p.late[i].judge(sub) {
		case removed:
			s.lateRemoved[i]++
			return s.p.late[i].name
		case notAssessed:
			s.lateUnknown[i]++
		}
	}
	return ""
}

// isLate reports whether the step of this name is a late one.
func (p *plan) isLate(name string) bool {
	return slices.ContainsFunc(p.late, func(st step) bool { return st.name == name })
}

// place puts a labelled row in its lane.
func (s *sift) place(e *entry, sub *subject) {
	switch {
	case e.row.RemovedBy == "":
		e.row.Lane = LaneList
		s.w.List = append(s.w.List, e.row)
	case s.p.rescues(sub, e.row.RemovedBy):
		e.row.Lane = LaneRescue
		e.row.RescueCause = s.p.rescueCause(sub, e.row.RemovedBy)
		s.w.Rescue = append(s.w.Rescue, e.row)
	default:
		e.row.Lane = LaneOut
		if s.p.isLate(e.row.RemovedBy) {
			s.countConflicting(sub, e.row.RemovedBy)
		}
	}
}

// countConflicting counts a removed variant whose opinions conflict.
func (s *sift) countConflicting(sub *subject, removedBy string) {
	if len(sub.v.Assertions) > 0 && s.p.rescuable(sub, removedBy) && s.p.isConflicting(sub.v) {
		s.w.Conflicting++
	}
}

// funnel writes the counts of every step.
func (s *sift) funnel() {
	n := s.w.Variants
	write := func(st *step, gone, unknown int64) {
		s.w.Funnel = append(s.w.Funnel, review.FunnelStep{
			Step: st.name, Before: n, After: n - gone,
			NotAssessed: unknown, Parameter: s.p.funnelParameter(st, n, unknown),
		})
		n -= gone
	}
	for i := range s.p.early {
		write(&s.p.early[i], s.removed[i], s.unknown[i])
	}
	for i := range s.p.late {
		write(&s.p.late[i], s.lateRemoved[i], s.lateUnknown[i])
	}
}

// sortGenome orders rows by chromosome (1 … 22, X, Y, MT, then others by name),
// position, REF and ALT.
func sortGenome(rows []Row) {
	slices.SortStableFunc(rows, func(a, b Row) int { return compareKeys(a.Variant.Key, b.Variant.Key) })
}

func compareKeys(a, b genome.Key) int {
	return cmp.Or(
		cmp.Compare(contigRank(a.Contig), contigRank(b.Contig)),
		cmp.Compare(a.Contig, b.Contig),
		cmp.Compare(a.Pos, b.Pos),
		cmp.Compare(a.Ref, b.Ref),
		cmp.Compare(a.Alt, b.Alt),
	)
}

var contigOrder = map[string]int{
	"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10,
	"11": 11, "12": 12, "13": 13, "14": 14, "15": 15, "16": 16, "17": 17, "18": 18, "19": 19, "20": 20, "21": 21,
	"22": 22, "X": 23, "Y": 24, "MT": 25,
}

func contigRank(c string) int {
	if i, ok := contigOrder[c]; ok {
		return i
	}
	return len(contigOrder) + 1
}
