package uitest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"time"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/triage"
	"garrod/ui/state"
)

// Lab is a laboratory in memory with one case. Its hooks let tests make calls
// slow or fail; they are set before the window is made.
type Lab struct {
	// Before is called at the start of every call, away from the UI goroutine,
	// with the call's name; its error is the call's.
	Before func(ctx context.Context, call string) error
	// OnIntake are the checks that Intake answers with.
	OnIntake []review.Check
	// Dir is where prepared reports are written.
	Dir string

	mu          sync.Mutex
	user        review.User
	cases       []review.Case
	assessments map[string]review.Assessment
	reports     []review.Report
	filters     []triage.Filter
	clock       time.Time
	Calls       []string
	Decisions   []state.Decision
	Viewed      []string
}

var _ state.Laboratory = (*Lab)(nil)

// NewLab makes the laboratory with Ada at work.
func NewLab(dir string) *Lab {
	return &Lab{
		Dir: dir, user: Ada, cases: []review.Case{theCase()}, assessments: map[string]review.Assessment{},
		clock: At, OnIntake: checks(),
	}
}

func (l *Lab) begin(ctx context.Context, call string) error {
	l.mu.Lock()
	l.Calls = append(l.Calls, call)
	l.mu.Unlock()
	if l.Before != nil {
		if err := l.Before(ctx, call); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (l *Lab) now() time.Time {
	l.clock = l.clock.Add(time.Minute)
	return l.clock
}

// Count returns how often a call was made.
func (l *Lab) Count(call string) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.Calls {
		if c == call {
			n++
		}
	}
	return n
}

// Decided returns the decisions stored so far.
func (l *Lab) Decided() []state.Decision {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.Decisions)
}

// About tells that this is a demonstration.
func (l *Lab) About() review.Laboratory {
	return review.Laboratory{ID: "demo", Kind: review.Demonstration, Name: "Demonstration laboratory"}
}

// User is the person at work.
func (l *Lab) User() review.User { l.mu.Lock(); defer l.mu.Unlock(); return l.user }

// Users lists Ada and Bert.
func (l *Lab) Users(ctx context.Context) ([]review.User, error) {
	return []review.User{Ada, Bert}, l.begin(ctx, "Users")
}

// SwitchUser lets another person work.
func (l *Lab) SwitchUser(ctx context.Context, id review.UserID) error {
	if err := l.begin(ctx, "SwitchUser"); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, u := range []review.User{Ada, Bert} {
		if u.ID == id {
			l.user = u
			return nil
		}
	}
	return review.ErrNotFound
}

// Cases lists the cases.
func (l *Lab) Cases(ctx context.Context) ([]review.Case, error) {
	err := l.begin(ctx, "Cases")
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.cases), err
}

// Case loads a case.
func (l *Lab) Case(ctx context.Context, id review.CaseID) (review.Case, error) {
	if err := l.begin(ctx, "Case"); err != nil {
		return review.Case{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.cases {
		if c.ID == id {
			return c, nil
		}
	}
	return review.Case{}, fmt.Errorf("case %s: %w", id, review.ErrNotFound)
}

// Intake answers with OnIntake.
func (l *Lab) Intake(ctx context.Context, req state.NewCase, m *review.Meter) (review.Case, error) {
	m.SetTotal(10)
	m.Add(10)
	return review.Case{ID: req.ID, Checks: l.OnIntake}, l.begin(ctx, "Intake")
}

// Preview shows the variants of the worklist as if a panel had placed them.
func (l *Lab) Preview(ctx context.Context, req state.NewCase) (state.Preview, bool, error) {
	p := state.Preview{Panel: review.Panel{Name: "Placed", Version: "1"}, Regions: 2, Unplaced: 1, Records: 40, Worklist: worklist(req.ID, triage.Default())}
	return p, req.Panel != "", l.begin(ctx, "Preview")
}

// Doubt makes the first case one whose genotypes contradict its family: the
// mother's sample is no mother's.
func (l *Lab) Doubt() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cases[0] = doubted(l.cases[0])
}

// OverrideIdentity uses the parents of a case all the same.
func (l *Lab) OverrideIdentity(ctx context.Context, id review.CaseID, reason string) (review.Case, error) {
	if err := l.begin(ctx, "OverrideIdentity"); err != nil {
		return review.Case{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, c := range l.cases {
		if c.ID == id {
			identity := *c.Identity
			identity.Override = &review.IdentityOverride{By: l.user.ID, Name: l.user.Name, At: l.now(), Reason: reason}
			c.Identity = &identity
			c.Revision++
			l.cases[i] = c
			return c, nil
		}
	}
	return review.Case{}, fmt.Errorf("case %s: %w", id, review.ErrNotFound)
}

// AddCase stores a case unless a check failed or a reason is missing.
func (l *Lab) AddCase(ctx context.Context, req state.NewCase, m *review.Meter) (review.Case, error) {
	if err := l.begin(ctx, "AddCase"); err != nil {
		return review.Case{}, err
	}
	c := theCase()
	c.ID, c.Patient, c.Proband, c.Checks = req.ID, req.Patient, req.Proband, slices.Clone(l.OnIntake)
	for i, k := range c.Checks {
		c.Checks[i].Reason = req.Reasons[k.Name]
		if k.Outcome == review.Fail {
			return c, &review.InputError{Code: "check_failed", Field: k.Name, What: k.Detail}
		}
		if k.Outcome == review.Warn && req.Reasons[k.Name] == "" {
			return c, &review.PolicyError{Code: "reason_needed", What: "a reason is needed"}
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cases = append([]review.Case{c}, l.cases...)
	return c, nil
}

// Filters lists two filters, and those that were saved.
func (l *Lab) Filters(ctx context.Context) ([]triage.Filter, error) {
	err := l.begin(ctx, "Filters")
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]triage.Filter{{Name: "default", Version: 1}, {Name: "wide", Version: 2}}, l.filters...), err
}

// SaveFilter keeps a filter as its first version.
func (l *Lab) SaveFilter(ctx context.Context, f triage.Filter, _ string) (triage.Filter, error) {
	if err := l.begin(ctx, "SaveFilter"); err != nil {
		return f, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	f.Version = 1
	l.filters = append(l.filters, f)
	return f, nil
}

// CompareFilters answers that one variant goes out, one goes to the rescue lane
// and one comes in.
func (l *Lab) CompareFilters(ctx context.Context, id review.CaseID, from, to triage.Filter, _ *review.Meter) (state.FilterDiff, error) {
	row := func(key, step string, rescued bool) state.FilterRow {
		return state.FilterRow{Key: key, Gene: ptr("GENE1"), Consequence: ptr("missense_variant&splice_region_variant"), RemovedBy: step, Rescued: rescued}
	}
	return state.FilterDiff{
		Case: id, From: state.FilterSide{Name: from.Name, Version: from.Version, Listed: 9}, To: state.FilterSide{Name: to.Name, Version: to.Version, Listed: 8},
		Removed: []state.FilterRow{row("1-100-A-G", "frequency", false), row("1-200-A-G", "consequence", true)},
		Added:   []state.FilterRow{row("1-300-A-G", "panel", false)},
		Counts:  state.FilterCounts{Added: 1, Removed: 2, Unchanged: 7, Rescued: 1},
	}, l.begin(ctx, "CompareFilters")
}

// AskKnown answers "present" for the first variant of the list, and "cannot
// tell" for every other.
func (l *Lab) AskKnown(ctx context.Context, q state.KnownQuestion, _ *review.Meter) (state.KnownAnswer, error) {
	a := state.KnownAnswer{Entered: q.Variant, Forced: q.Reason, Known: triage.Known{
		Key: q.Variant, Assembly: "GRCh38", Answer: triage.KnownCannotTell, Record: "none",
		Reason: "The file has no record at this place: not called, or reference; a file of variants alone cannot tell.",
	}}
	if q.Variant == Keys()[0] {
		a.Answer, a.Record, a.Genotype, a.Copies, a.Depth = triage.KnownPresent, "record", ptr("heterozygous"), ptr(1), ptr(41)
		a.Reason, a.Filters = "The variant is called in the proband.", []string{}
	}
	if q.Report != "" {
		a.Report = &triage.KnownReport{ID: q.Report, Version: 1, Relative: q.Relative, Held: true}
	}
	return a, l.begin(ctx, "AskKnown")
}

// Worklist answers with the made variants; the wide filter has a shorter funnel.
func (l *Lab) Worklist(ctx context.Context, id review.CaseID, f triage.Filter, m *review.Meter) (*triage.Worklist, error) {
	if err := l.begin(ctx, "Worklist"); err != nil {
		return nil, err
	}
	w := worklist(id, f)
	if f.Name == "wide" {
		w.Funnel = w.Funnel[:3]
	}
	return w, nil
}

// Explain answers for the rescued variant, and "absent" for every other.
func (l *Lab) Explain(ctx context.Context, id review.CaseID, key string, f triage.Filter) (triage.Explanation, error) {
	if err := l.begin(ctx, "Explain"); err != nil {
		return triage.Explanation{}, err
	}
	for _, r := range worklist(id, f).Rescue {
		if r.Variant.Key.String() == key {
			return triage.Explanation{Key: key, Record: "present", Lane: triage.LaneRescue, Steps: []triage.ExplainStep{
				{Step: "quality", Parameter: "depth of the proband", Operator: "≥", Threshold: "10", Value: "41", Outcome: "kept"},
				{Step: "frequency", Parameter: "highest AF in any group", Operator: "≤", Threshold: "0.01", Value: "0.031 (gnomAD joint nfe)", Outcome: "removed"},
				{Step: "consequence", Parameter: "terms", Value: "missense_variant", Outcome: "not_reached"},
			}}, nil
		}
	}
	return triage.Explanation{Key: key, Record: "absent", Note: "The nearest record is 12 bases away."}, nil
}

// Assessments returns what was stored.
func (l *Lab) Assessments(ctx context.Context, id review.CaseID) ([]review.Assessment, error) {
	err := l.begin(ctx, "Assessments")
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []review.Assessment
	for _, k := range slices.Sorted(func(yield func(string) bool) {
		for k := range l.assessments {
			if !yield(k) {
				return
			}
		}
	}) {
		out = append(out, l.assessments[k])
	}
	return out, err
}

// Assess returns the stored assessment or a new one.
func (l *Lab) Assess(ctx context.Context, id review.CaseID, key string) (review.Assessment, error) {
	if err := l.begin(ctx, "Assess"); err != nil {
		return review.Assessment{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.assessment(id, key)
}

func (l *Lab) assessment(id review.CaseID, key string) (review.Assessment, error) {
	if a, ok := l.assessments[key]; ok {
		return a, nil
	}
	for _, s := range seeds() {
		r := rowOf(s)
		if r.Variant.Key.String() == key {
			c, _ := r.Consequence()
			return review.Assessment{
				ID: review.AssessmentID("a-" + key), Case: id, Unit: acmg.Unit{Key: key, Assembly: "GRCh38", MOI: "AD"},
				Variant: r.Variant, Consequence: c, Labels: r.Labels, Proposals: proposals(),
			}, nil
		}
	}
	return review.Assessment{}, fmt.Errorf("variant %s: %w", key, review.ErrNotFound)
}

// Criteria lists the vocabulary.
func (l *Lab) Criteria(ctx context.Context, _ review.CaseID) ([]state.Criterion, error) {
	return vocabulary(), l.begin(ctx, "Criteria")
}

// Classify adds points up: a stand-in for acmg.Combine.
func (l *Lab) Classify(ctx context.Context, a review.Assessment) ([]acmg.Classification, error) {
	if err := l.begin(ctx, "Classify"); err != nil {
		return nil, err
	}
	var sum acmg.Points
	for _, e := range a.Accepted() {
		for _, c := range vocabulary() {
			if c.Code == e.Criterion {
				sum += c.Points[e.Strength]
			}
		}
	}
	class, clause := acmg.ClassUncertain, fmt.Sprintf("%d points lie between 0 and 5", sum/100)
	switch {
	case sum >= 1000:
		class, clause = acmg.ClassPathogenic, "10 points or more"
	case sum >= 600:
		class, clause = acmg.ClassLikelyPathogenic, "6 to 9 points"
	case sum < 0:
		class, clause = acmg.ClassLikelyBenign, "−1 to −6 points"
	}
	band := ""
	if class == acmg.ClassUncertain {
		band = "cool"
		if sum >= 400 {
			band = "warm"
		}
	}
	return []acmg.Classification{
		{RuleSet: "acgs-2024", Points: sum, Class: class, Band: band, Clause: clause},
		{RuleSet: "richards-2015", Points: sum, Class: acmg.ClassUncertain},
		{RuleSet: "tavtigian-2020", Points: sum, Class: class},
		{RuleSet: "richards-2015-svi", Points: sum, Class: class},
	}, nil
}

// Decide stores a decision as the real laboratory would.
func (l *Lab) Decide(ctx context.Context, d state.Decision) (review.Assessment, error) {
	if err := l.begin(ctx, "Decide"); err != nil {
		return review.Assessment{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	a, err := l.assessment(d.Case, d.Key)
	if err != nil {
		return a, err
	}
	item := review.EvidenceItem{
		Code: d.Code, Strength: d.Strength, Decision: d.Decision, Reason: d.Reason, PMIDs: d.PMIDs,
		Shown: d.Shown, By: l.user.ID, At: l.now(),
	}
	if p, ok := a.Proposal(d.Code); ok && d.Shown != nil {
		if !reflect.DeepEqual(p, *d.Shown) {
			return a, fmt.Errorf("decide %s: %w", d.Code, review.ErrStale)
		}
		if item.Strength == 0 {
			item.Strength = p.Strength
		}
	}
	a.Evidence = append(slices.Clone(a.Evidence), item)
	l.assessments[d.Key] = a
	l.Decisions = append(l.Decisions, d)
	for i := range l.cases {
		l.cases[i].Status = review.StatusAnalysis
	}
	return a, nil
}

// Undo withdraws the latest decision.
func (l *Lab) Undo(ctx context.Context, id review.CaseID, key string) (review.Assessment, error) {
	if err := l.begin(ctx, "Undo"); err != nil {
		return review.Assessment{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	a, err := l.assessment(id, key)
	if err != nil || len(a.Current()) == 0 {
		return a, &review.PolicyError{Code: "nothing_to_undo", What: "there is no decision of yours to undo on this variant", Err: err}
	}
	cur := a.Current()
	e := cur[len(cur)-1]
	e.Decision, e.At = review.Withdrawn, l.now()
	a.Evidence = append(slices.Clone(a.Evidence), e)
	l.assessments[key] = a
	return a, nil
}

// Finish freezes the class.
func (l *Lab) Finish(ctx context.Context, id review.CaseID, key string, report bool, note string) (review.Assessment, error) {
	if err := l.begin(ctx, "Finish"); err != nil {
		return review.Assessment{}, err
	}
	l.mu.Lock()
	a, err := l.assessment(id, key)
	l.mu.Unlock()
	if err != nil {
		return a, err
	}
	cs, err := l.Classify(ctx, a)
	if err != nil {
		return a, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	a.Reviews = append(slices.Clone(a.Reviews), review.Review{By: l.user.ID, At: l.now(), Classification: cs[0], Report: report, Note: note})
	l.assessments[key] = a
	return a, nil
}

// Times counts the calls of a method so far, from any goroutine.
func (l *Lab) Times(call string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, c := range l.Calls {
		if c == call {
			n++
		}
	}
	return n
}
