package state

import (
	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/triage"
)

// Mark is what people have made of a variant so far.
type Mark struct {
	Finished bool
	Class    acmg.Class // of the finished review
	Report   bool
	Accepted int // criteria accepted so far
	Decided  int // criteria with a decision in force
}

// Marks returns the marks of a case's assessments by variant key. Where a
// variant has several assessments, a finished one is shown.
func Marks(as []review.Assessment) map[string]Mark {
	out := map[string]Mark{}
	for i := range as {
		a := &as[i]
		m := Mark{Accepted: len(a.Accepted()), Decided: len(a.Current())}
		if r, ok := a.Finished(); ok {
			m.Finished, m.Class, m.Report = true, r.Classification.Class, r.Report
		}
		if was, seen := out[a.Unit.Key]; !seen || m.Finished || !was.Finished && m.Decided > was.Decided {
			out[a.Unit.Key] = m
		}
	}
	return out
}

// Line is one row of the worklist as the grid shows it.
type Line struct {
	triage.Row
	Key  string
	Mark Mark
	// Place orders lines as the file has them.
	Place int
}

// Lines makes the lines of rows with their marks.
func Lines(rows []triage.Row, marks map[string]Mark) []Line {
	out := make([]Line, len(rows))
	for i, r := range rows {
		k := r.Variant.Key.String()
		out[i] = Line{Row: r, Key: k, Mark: marks[k], Place: i}
	}
	return out
}

// Call returns the call of a sample.
func (l *Line) Call(sample string) (review.Call, bool) { return CallOf(&l.Variant, sample) }

// CallOf returns what a sample carries at v; ok is false where the file does not
// have the sample.
func CallOf(v *review.Variant, sample string) (c review.Call, ok bool) {
	for _, c := range v.Calls {
		if c.Sample == sample && sample != "" {
			return c, true
		}
	}
	return review.Call{}, false
}

// SpliceMax returns the highest of the four deltas of the first splice
// predictor that has any; nil when none was looked up.
func SpliceMax(v *review.Variant) *float64 {
	for _, s := range v.Splice {
		var top *float64
		for _, d := range []*float64{s.AG, s.AL, s.DG, s.DL} {
			if d != nil && (top == nil || *d > *top) {
				top = d
			}
		}
		if top != nil {
			return top
		}
	}
	return nil
}

// Score returns the score of a predictor; nil when the file does not give it.
func Score(v *review.Variant, name string) *float64 {
	for _, p := range v.Predictors {
		if p.Name == name {
			return &p.Score
		}
	}
	return nil
}

// Removed is what one step of the funnel took out.
type Removed struct {
	review.FunnelStep
	Count int64
}

// RemovedBy returns what step i of a funnel removed; ok is false when there is
// no such step.
func RemovedBy(funnel []review.FunnelStep, i int) (r Removed, ok bool) {
	if i < 0 || i >= len(funnel) {
		return Removed{}, false
	}
	return Removed{FunnelStep: funnel[i], Count: funnel[i].Before - funnel[i].After}, true
}

// WorseElsewhere returns the most severe consequence on a transcript that was
// not chosen, where it is worse than the chosen one.
func WorseElsewhere(v *review.Variant, chosen review.Consequence) (worst review.Consequence, ok bool) {
	_, best := chosen.Worst()
	for _, c := range v.Consequences {
		if _, rank := c.Worst(); rank < best {
			worst, best, ok = c, rank, true
		}
	}
	return worst, ok
}
