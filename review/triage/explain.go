package triage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// Explanation answers "why is this variant not in my list?".
type Explanation struct {
	Key    string        `json:"key"`
	Record string        `json:"record"` // present, absent, ref_block
	InList bool          `json:"in_list"`
	Lane   Lane          `json:"lane,omitempty"`
	Steps  []ExplainStep `json:"steps"`
	// Note says in a sentence what the outcome means, for absent records above all.
	Note string `json:"note,omitempty"`
}

// ExplainStep is one parameter of one step as it applied to one variant. Of all
// lines of an explanation at most one has the outcome "removed": the one that
// removed the variant.
type ExplainStep struct {
	Step      string `json:"step"`
	Parameter string `json:"parameter"`
	Operator  string `json:"operator"`
	Threshold string `json:"threshold"`
	Value     string `json:"value"`   // "not in the file" where there is none
	Outcome   string `json:"outcome"` // kept, removed, not_reached, not_assessed
	// Alone is what this parameter makes of the variant by itself, also where it
	// was not reached: kept, removed, not_assessed.
	Alone string `json:"alone"`
}

// What the file has at a place.
const (
	recordPresent  = "present"
	recordAbsent   = "absent"
	recordRefBlock = "ref_block"
)

// Explain says what each step of f made of the variant named by key
// (CHROM-POS-REF-ALT on the case's assembly), or what it means that the file
// has no record of it. It looks at the other variants of the gene too, for an
// inheritance label may rest on any of them. A key that names nothing is an
// *review.InputError.
func Explain(ctx context.Context, src Source, c *review.Case, f Filter, key string) (Explanation, error) {
	s, k, err := seek(ctx, src, c, f, key)
	if err != nil {
		return Explanation{}, err
	}
	if e, n := s.asked(); e != nil {
		return s.p.explain(e, n), nil
	}
	near, err := lookAround(ctx, src, s, k)
	if err != nil {
		return Explanation{}, err
	}
	x := near.explain()
	if bad := s.v.Head.BadTotal; bad > 0 {
		x.Note += fmt.Sprintf(" %d records of the file could not be read; it may be among them.", bad)
	}
	return x, nil
}

// lookAround collects what the file has at the place of a key without a record.
// A key that contradicts the file's REF is an *review.InputError: it is of
// another assembly, or mistyped.
func lookAround(ctx context.Context, src Source, s *sift, k genome.Key) (*neighbourhood, error) {
	n := &neighbourhood{key: k, p: s.p}
	ref := &knownTest{k: k}
	first, last := n.span()
	err := src.Around(ctx, genome.Range{Contig: k.Contig, First: first, Last: last}, func(vs []review.Variant) error {
		n.look(vs)
		ref.over = append(ref.over, vs...)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look around %s: %w", k, err)
	}
	return n, ref.checkRef()
}

// seek triages the variant with a key, and of all others those that its labels
// may rest on.
func seek(ctx context.Context, src Source, c *review.Case, f Filter, key string) (*sift, genome.Key, error) {
	k, err := genome.ParseKey(c.Assembly, key)
	if err != nil {
		return nil, k, &review.InputError{
			Code: "key_invalid", Field: "key", What: err.Error(),
			Remedy: "Write chromosome, position, REF and ALT with dashes between them", Err: err,
		}
	}
	p, err := newPlan(c, f)
	if err != nil {
		return nil, k, fmt.Errorf("look for %s: %w", k, err)
	}
	s := newSift(p, src.Summary())
	rows := s.v.rowsOf(k)
	if err := s.v.oneAllele(rows); err != nil {
		return nil, k, err
	}
	if err := s.seek(ctx, src, rows); err != nil {
		return nil, k, fmt.Errorf("look for %s: %w", k, err)
	}
	return s, k, nil
}

// asked returns the entry with the wanted key that got furthest, and how many
// records have it.
func (s *sift) asked() (best *entry, n int) {
	order := []Lane{LaneList, LaneRescue, LaneOut}
	for _, e := range s.entries {
		if !e.asked {
			continue
		}
		n++
		if best == nil || slices.Index(order, e.row.Lane) < slices.Index(order, best.row.Lane) {
			best = e
		}
	}
	return best, n
}

// explain lists what every check makes of an entry. The funnel's own checks are
// asked again, so that both always agree.
func (p *plan) explain(e *entry, records int) Explanation {
	sub := p.subject(&e.row.Variant)
	sub.labels, sub.noFit = e.row.Labels, e.noFit
	x := Explanation{Key: e.row.Variant.Key.String(), Record: recordPresent, Lane: e.row.Lane, InList: e.row.Lane == LaneList}
	gone := false
	for _, st := range p.steps() {
		for _, k := range st.checks {
			if !k.concerns(&sub) {
				continue
			}
			alone := k.judge(&sub)
			line := ExplainStep{
				Step: st.name, Parameter: k.parameter, Operator: k.operator, Threshold: k.threshold,
				Value: k.value(&sub), Outcome: alone.text(), Alone: alone.text(),
			}
			if gone {
				line.Outcome = "not_reached"
			}
			gone = gone || alone == removed
			x.Steps = append(x.Steps, line)
		}
	}
	x.Note = laneNote(&e.row)
	if records > 1 {
		x.Note += fmt.Sprintf(" %d records of the file have this variant; this is the one that got furthest.", records)
	}
	return x
}

func laneNote(r *Row) string {
	switch r.Lane {
	case LaneList:
		return "In the list: every step kept it."
	case LaneRescue:
		return "Not in the list but in the rescue lane: " + r.RescueCause + "."
	}
	return "Not in the list: removed by the step " + r.RemovedBy + "."
}

// neighbourhood collects what the file says about the place of a key that has
// no record of its own.
type neighbourhood struct {
	key    genome.Key
	p      *plan
	blocks []review.Variant // reference blocks that share a base with REF
	others []string         // other alleles recorded over the same position
	call   string           // the proband's call there
}

func (n *neighbourhood) look(vs []review.Variant) {
	for i := range vs {
		v := &vs[i]
		if v.Key.Contig != n.key.Contig || v.Key == n.key {
			continue
		}
		first, last := n.span()
		switch over := v.Record.Pos <= last && first <= lastOf(v); {
		case !over:
		case v.Kind == review.ReferenceBlock:
			n.blocks = append(n.blocks, *v)
		case len(n.others) < 10:
			n.others = append(n.others, v.Key.String())
			n.call = callText(n.p.kin.proband.call(v))
		}
	}
}

// span is the first and the last base of the key's REF.
func (n *neighbourhood) span() (first, last genome.Pos) {
	return n.key.Pos, n.key.Pos + genome.Pos(len(n.key.Ref)) - 1
}

// lastOf is the last base a record covers.
func lastOf(v *review.Variant) genome.Pos {
	return max(v.Record.End, v.Record.Pos+genome.Pos(len(v.Record.Ref))-1)
}

// covered reports whether the blocks together hold every base of REF.
func (n *neighbourhood) covered() bool {
	next, last := n.span()
	for _, b := range n.blocks { // in the order of the file
		if b.Record.Pos <= next {
			next = max(next, lastOf(&b)+1)
		}
	}
	return next > last
}

// explain says what the absence of a record means.
func (n *neighbourhood) explain() Explanation {
	x := Explanation{Key: n.key.String(), Record: recordAbsent, Steps: []ExplainStep{}}
	switch {
	case n.covered():
		x.Record = recordRefBlock
		x.Note = n.blockNote()
	case len(n.others) > 0:
		x.Note = fmt.Sprintf("No record of this allele. The file has other alleles over this position (%s); the call of the proband there is %s.",
			strings.Join(n.others, ", "), n.call)
	default:
		x.Note = "No record here: not called, or reference; this file cannot tell."
	}
	if len(n.key.Ref) != len(n.key.Alt) {
		x.Note += " The place of an insertion or deletion in a repeat can be written in several ways: look at neighbouring positions too."
	}
	return x
}

// blockNote tells the proband's call in the blocks: reference in all of them, or
// what the first other one says.
func (n *neighbourhood) blockNote() string {
	var calls []string
	for i := range n.blocks {
		b := &n.blocks[i]
		c := n.p.kin.proband.call(b)
		where := fmt.Sprintf("A reference block covers bases %d to %d", b.Record.Pos, lastOf(b))
		if !c.IsReference() {
			return where + ", but the proband " + uncalledBlock(c) + ": this file cannot tell."
		}
		if why := n.doubt(b, c); why != "" {
			return where + ", but " + why + ", which does not prove reference: this file cannot tell."
		}
		calls = append(calls, where+": "+readsText("the proband is called reference,", c)+".")
	}
	return strings.Join(calls, " ")
}

// doubt says why a block's reference call proves nothing, by the numbers of a
// known-variant test; empty where it does.
func (n *neighbourhood) doubt(b *review.Variant, c *review.Call) string {
	if len(b.Record.Filters) > 0 {
		return "it has not passed its caller's filters (" + strings.Join(b.Record.Filters, ";") + ")"
	}
	q := DefaultKnown()
	l := refLimits{q.MinDepth, q.MinGQ}
	if at := siteOf(n.key); n.p.kin.sex == review.Male && (at == onX || at == onY) {
		l = refLimits{q.MinDepthMaleXY, q.MinGQMaleXY}
	}
	if !l.areMissed(c) {
		return ""
	}
	return fmt.Sprintf("the proband has %s, and reference needs DP %d and GQ %d", evidenceText(c), l.depth, l.gq)
}

func uncalledBlock(c *review.Call) string {
	if c.HasAlt() || c.Others > 0 {
		return "has another allele there (" + c.GT + ")"
	}
	return "is " + uncalledText(c)
}
