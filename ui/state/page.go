package state

import (
	"slices"

	"garrod/review"
	"garrod/review/acmg"
)

// Page is the review of one variant as the variant page shows it. It decides
// what may be done now and what has to be asked first; the laboratory decides
// again when the decision is stored. It is used on the UI goroutine only.
type Page struct {
	Assessment review.Assessment
	Classes    []acmg.Classification // the case's rule set first
	Sealed     bool                  // the case can no longer change

	vocabulary []Criterion
	selected   acmg.Criterion
	shown      map[acmg.Criterion]bool
	pending    bool
}

// NewPage makes the page of an assessment. vocabulary holds the codes of the
// case's rule set in the rule set's order.
func NewPage(a review.Assessment, classes []acmg.Classification, vocabulary []Criterion, sealed bool) *Page {
	p := &Page{
		Assessment: a, Classes: classes, Sealed: sealed, vocabulary: vocabulary,
		shown: map[acmg.Criterion]bool{},
	}
	if rows := p.Rows(); len(rows) > 0 {
		p.selected = rows[0].Code
	}
	return p
}

// CriterionRow is one line of the criteria list.
type CriterionRow struct {
	Criterion
	Proposal *acmg.Proposal       // nil: the program does not look at this code
	Decision *review.EvidenceItem // the decision in force, nil when it is open
}

// State returns the proposal's state; a code the program does not look at is
// not assessed.
func (r CriterionRow) State() acmg.State {
	if r.Proposal == nil {
		return acmg.NotAssessed
	}
	return r.Proposal.State
}

// IsOpen reports whether a proposal waits for a person.
func (r CriterionRow) IsOpen() bool { return r.Decision == nil && r.State() == acmg.Met }

// Accepted reports whether the criterion counts.
func (r CriterionRow) Accepted() bool {
	return r.Decision != nil && r.Decision.Decision == review.Accepted
}

// Strength returns the strength in force: the accepted one, else the proposed
// one, else zero.
func (r CriterionRow) Strength() acmg.Strength {
	switch {
	case r.Accepted():
		return r.Decision.Strength
	case r.State() == acmg.Met:
		return r.Proposal.Strength
	}
	return 0
}

// PointsAt returns the points of the code at strength s under the case's rule
// set; ok is false where that rule set has none.
func (r CriterionRow) PointsAt(s acmg.Strength) (p acmg.Points, ok bool) {
	p, ok = r.Points[s]
	return p, ok
}

// Rows returns every code: first those that are proposed as met or decided,
// then what is not met, not assessed, and not applicable, each in the rule
// set's order. A row keeps its place when it is accepted.
func (p *Page) Rows() []CriterionRow {
	decided := map[acmg.Criterion]*review.EvidenceItem{}
	for _, e := range p.Assessment.Current() {
		decided[e.Code] = &e
	}
	var rows []CriterionRow
	seen := map[acmg.Criterion]bool{}
	add := func(c Criterion) {
		if seen[c.Code] {
			return
		}
		seen[c.Code] = true
		row := CriterionRow{Criterion: c, Decision: decided[c.Code]}
		if pr, ok := p.Assessment.Proposal(c.Code); ok {
			row.Proposal = &pr
		}
		rows = append(rows, row)
	}
	for _, c := range p.vocabulary {
		add(c)
	}
	for _, pr := range p.Assessment.Proposals {
		add(Criterion{Code: pr.Code, Direction: directionOf(pr.Code), Default: pr.Strength})
	}
	for _, e := range p.Assessment.Current() {
		add(Criterion{Code: e.Code, Direction: directionOf(e.Code), Default: e.Strength})
	}
	slices.SortStableFunc(rows, func(a, b CriterionRow) int { return rank(a) - rank(b) })
	return rows
}

func directionOf(c acmg.Criterion) acmg.Direction {
	if len(c) > 0 && c[0] == 'B' {
		return acmg.Benign
	}
	return acmg.Pathogenic
}

func rank(r CriterionRow) int {
	if r.Decision != nil {
		return 0
	}
	switch r.State() {
	case acmg.Met:
		return 0
	case acmg.NotMet:
		return 1
	case acmg.NotAssessed:
		return 2
	}
	return 3
}

// Row returns the row of a code.
func (p *Page) Row(c acmg.Criterion) (CriterionRow, bool) {
	for _, r := range p.Rows() {
		if r.Code == c {
			return r, true
		}
	}
	return CriterionRow{}, false
}

// Select makes c the criterion whose inputs are to be displayed.
func (p *Page) Select(c acmg.Criterion) { p.selected = c }

// Selected returns the selected criterion, empty when there is none.
func (p *Page) Selected() acmg.Criterion { return p.selected }

// Displayed tells that the inputs of c are on the screen. Only then may c be
// accepted.
func (p *Page) Displayed(c acmg.Criterion) { p.shown[c] = true }

// Open counts the proposals that wait for a person.
func (p *Page) Open() int {
	n := 0
	for _, r := range p.Rows() {
		if r.IsOpen() {
			n++
		}
	}
	return n
}

// Begin marks a decision as under way; until End no other one is taken.
func (p *Page) Begin() { p.pending = true }

// Pending reports whether a decision is under way.
func (p *Page) Pending() bool { return p.pending }

// End takes the outcome of a stored decision. A proposal that changed with it
// has to be shown again before it can be accepted.
func (p *Page) End(a review.Assessment, classes []acmg.Classification) {
	for _, now := range a.Proposals {
		if was, ok := p.Assessment.Proposal(now.Code); !ok || !sameProposal(was, now) {
			delete(p.shown, now.Code)
		}
	}
	p.Assessment, p.Classes, p.pending = a, classes, false
}

// Fail ends a decision that could not be stored: everything is as it was.
func (p *Page) Fail() { p.pending = false }

func sameProposal(a, b acmg.Proposal) bool {
	return a.Code == b.Code && a.State == b.State && a.Strength == b.Strength &&
		a.Reason == b.Reason && slices.Equal(a.Inputs, b.Inputs)
}

// Shown reports whether the inputs of c were displayed.
func (p *Page) Shown(c acmg.Criterion) bool { return p.shown[c] }
