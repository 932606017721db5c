package triage

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"garrod/review"
	"garrod/review/genome"
)

// maxRows bounds the rows held in memory: about 1 GB of annotated variants.
// What lies beyond is counted, see Worklist.NotHeld.
const maxRows = 250_000

// Run reads every record of src once and makes the worklist of c. Only rows
// that the early steps keep, or that the rescue lane may show, are held.
func Run(ctx context.Context, src Source, c *review.Case, f Filter, m *review.Meter) (*Worklist, error) {
	p, err := newPlan(c, f)
	if err != nil {
		return nil, fmt.Errorf("triage case %s: %w", c.ID, err)
	}
	s := newSift(p)
	tally, err := src.Scan(ctx, m, func(vs []review.Variant) error { return s.record(ctx, vs) })
	if err != nil {
		return nil, fmt.Errorf("triage case %s: %w", c.ID, err)
	}
	return s.finish(tally), nil
}

// sift is one pass over the records.
type sift struct {
	p        *plan
	w        *Worklist
	records  int64
	removed  []int64 // by early step
	unknown  []int64 // passed a step unassessed, by early step
	survived int64   // all early steps
	entries  []*entry
	held     int // survivors in entries
	maxRows  int
	// overflow counts survivors of the early steps that are not held,
	// overflowKept those of them that the late steps keep.
	overflow, overflowKept int64
	lateRemoved            []int64    // by late step
	lateUnknown            []int64    // passed a step unassessed, by late step
	wanted                 genome.Key // held whatever the steps say; zero for none
}

func newSift(p *plan) *sift {
	return &sift{
		p: p, maxRows: maxRows,
		w:       &Worklist{Case: p.c.ID, Filter: p.f, Unclassifiable: map[review.VariantKind]int64{}},
		removed: make([]int64, len(p.early)), unknown: make([]int64, len(p.early)),
		lateRemoved: make([]int64, len(p.late)), lateUnknown: make([]int64, len(p.late)),
	}
}

// record takes the variants of one record.
func (s *sift) record(ctx context.Context, vs []review.Variant) error {
	if s.records++; s.records%1024 == 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	for i := range vs {
		s.variant(&vs[i])
	}
	return nil
}

// variant sends one variant through the early steps.
func (s *sift) variant(v *review.Variant) {
	s.w.Variants++
	if v.Kind != review.SmallVariant {
		s.w.Unclassifiable[v.Kind]++
	}
	sub := s.p.subject(v)
	by := -1
	for i := range s.p.early {
		o := s.p.early[i].judge(&sub)
		if o == removed {
			by = i
			break
		}
		if o == notAssessed {
			s.unknown[i]++
		}
	}
	wanted := s.p.isWanted(s.wanted, v)
	switch {
	case by >= 0:
		s.removed[by]++
		name := s.p.early[by].name
		s.countConflicting(&sub, name)
		if rescue := s.p.rescues(&sub, name); rescue || wanted {
			s.hold(v, name, rescue, wanted)
		}
	case s.held >= s.maxRows && !wanted:
		s.survived++
		s.countOnly(&sub)
	default:
		s.survived++
		s.held++
		s.hold(v, "", true, wanted)
	}
}

// isWanted reports whether v is what an explanation was asked for.
func (p *plan) isWanted(k genome.Key, v *review.Variant) bool { return !k.IsZero() && v.Key == k }

func (s *sift) hold(v *review.Variant, removedBy string, partner, asked bool) {
	e := &entry{row: Row{Variant: *v, RemovedBy: removedBy}, partner: partner, asked: asked}
	s.p.choose(&e.row)
	fillFrequency(s.p.freq, &e.row)
	e.genes = s.p.genesOf(v)
	s.entries = append(s.entries, e)
}

// countOnly sends a survivor that is not held through the late steps.
func (s *sift) countOnly(sub *subject) {
	s.overflow++
	sub.labels, sub.noFit = s.p.kin.single(sub.v)
	if s.lateSteps(sub) == "" {
		s.overflowKept++
	}
}

// finish labels the rows, applies the late steps, and counts.
func (s *sift) finish(t Tally) *Worklist {
	s.p.label(s.entries)
	for _, e := range s.entries {
		sub := s.p.subject(&e.row.Variant)
		sub.labels, sub.noFit = e.row.Labels, e.noFit
		if e.row.RemovedBy == "" {
			e.row.RemovedBy = s.lateSteps(&sub)
		}
		s.place(e, &sub)
	}
	s.funnel()
	w := s.w
	w.NotHeld = s.overflowKept
	w.Records, w.Bad, w.BadCount = t.Records, t.Bad, t.BadCount
	sortGenome(w.List)
	sortGenome(w.Rescue)
	return w
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
