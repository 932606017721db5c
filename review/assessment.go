package review

import (
	"encoding/json"
	"time"

	"garrod/review/acmg"
)

// AssessmentID names an Assessment within the laboratory.
type AssessmentID string

// Assessment is the review of one unit (allele, gene, disease, mode of
// inheritance, transcript) in one case: the frozen record, the proposals that
// were shown, the evidence that was accepted, and each reader's finished review.
type Assessment struct {
	ID       AssessmentID `json:"id"`
	Case     CaseID       `json:"case"`
	Revision int64        `json:"revision"`
	Unit     acmg.Unit    `json:"unit"`
	// Variant is the record as it was when it was first touched; the file may
	// move or change later.
	Variant     Variant     `json:"variant"`
	Consequence Consequence `json:"consequence"` // the chosen row
	Labels      []Label     `json:"labels,omitempty"`
	// Facts are the facts the proposals were made from, as JSON.
	Facts     json.RawMessage `json:"facts,omitempty"`
	Proposals []acmg.Proposal `json:"proposals"`
	Evidence  []EvidenceItem  `json:"evidence"` // every decision ever made, oldest first
	Reviews   []Review        `json:"reviews"`
	// Comment is the readers' free text.
	Comment string `json:"comment,omitempty"`
}

// Label is an inheritance label with its reason.
type Label struct {
	Model string `json:"model"` // de_novo, dominant, recessive_hom, compound_het, x_linked …
	// Phase is "trans", "cis" or "unknown" for compound heterozygotes.
	Phase   string   `json:"phase,omitempty"`
	Basis   string   `json:"basis,omitempty"`
	Partner []string `json:"partner,omitempty"` // keys of the other alleles
	Why     string   `json:"why"`               // a sentence that says why
}

// Decision is what a person did with a criterion.
type Decision string

// The decisions. The latest one on a criterion counts.
const (
	Accepted  Decision = "accepted"
	Rejected  Decision = "rejected"
	Withdrawn Decision = "withdrawn" // undone: the criterion is open again
)

// EvidenceItem is one decision of one person on one criterion, with the
// snapshot of what was shown.
type EvidenceItem struct {
	ID       int64          `json:"id"`
	Code     acmg.Criterion `json:"code"`
	Strength acmg.Strength  `json:"strength,omitempty"`
	Decision Decision       `json:"decision"`
	Origin   string         `json:"origin"` // auto (a proposal accepted as it was), changed, manual
	Reason   string         `json:"reason,omitempty"`
	PMIDs    []int          `json:"pmids,omitempty"`
	// Shown is the proposal as the person saw it, nil for a manual criterion.
	Shown       *acmg.Proposal `json:"shown,omitempty"`
	RuleSet     acmg.RuleSetID `json:"rule_set"`
	RuleSetHash string         `json:"rule_set_hash"`
	By          UserID         `json:"by"`
	At          time.Time      `json:"at"`
}

// Review is one reader's finished work on an Assessment.
type Review struct {
	By             UserID              `json:"by"`
	At             time.Time           `json:"at"`
	Classification acmg.Classification `json:"classification"`
	// Report tells whether the variant goes into the report.
	Report bool   `json:"report"`
	Note   string `json:"note,omitempty"`
}

// Current returns the latest decision on each criterion that was not
// withdrawn, in the order the criteria were first decided.
func (a *Assessment) Current() []EvidenceItem {
	last := map[acmg.Criterion]EvidenceItem{}
	var order []acmg.Criterion
	for _, e := range a.Evidence {
		if _, seen := last[e.Code]; !seen {
			order = append(order, e.Code)
		}
		last[e.Code] = e
	}
	var out []EvidenceItem
	for _, c := range order {
		if e := last[c]; e.Decision != Withdrawn {
			out = append(out, e)
		}
	}
	return out
}

// Accepted returns what counts: the evidence accepted and not withdrawn.
func (a *Assessment) Accepted() []acmg.Evidence {
	var out []acmg.Evidence
	for _, e := range a.Current() {
		if e.Decision == Accepted {
			out = append(out, acmg.Evidence{
				Code:   acmg.Code{Criterion: e.Code, Strength: e.Strength},
				Reason: e.Reason,
			})
		}
	}
	return out
}

// Proposal finds the proposal on a criterion.
func (a *Assessment) Proposal(c acmg.Criterion) (acmg.Proposal, bool) {
	for _, p := range a.Proposals {
		if p.Code == c {
			return p, true
		}
	}
	return acmg.Proposal{}, false
}

// Finished returns the latest finished review. Any later decision on evidence
// makes a review out of date, so that it no longer counts.
func (a *Assessment) Finished() (Review, bool) {
	if len(a.Reviews) == 0 {
		return Review{}, false
	}
	r := a.Reviews[len(a.Reviews)-1]
	if n := len(a.Evidence); n > 0 && a.Evidence[n-1].At.After(r.At) {
		return Review{}, false
	}
	return r, true
}

// IsEmpty reports whether nobody has decided anything yet.
func (a *Assessment) IsEmpty() bool { return len(a.Evidence) == 0 && len(a.Reviews) == 0 }
