package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"garrod/review"
	"garrod/review/acmg"
)

// FrozenSchema is the version of the proof's JSON form.
const FrozenSchema = 1

// ContentHash names what a report says of a case: the case and its assessments
// with the rule set's hash. It leaves out what signing itself changes (status,
// row versions, times of saving) and what is worked out anew from the files
// (the funnel with its counts), and the reason for a report without a review,
// which belongs to the report. SHA-256 in hex. A case whose hash differs from that of its
// report has changed since.
func ContentHash(f review.Frozen) (string, error) {
	c := review.Frozen{Schema: f.Schema, Case: f.Case, RuleSet: f.RuleSet, RuleSetHash: f.RuleSetHash}
	c.Case.Status, c.Case.Revision, c.Case.Updated = "", 0, time.Time{}
	c.Assessments = slices.Clone(f.Assessments)
	for i := range c.Assessments {
		c.Assessments[i].Revision = 0
	}
	slices.SortFunc(c.Assessments, func(a, b review.Assessment) int {
		return strings.Compare(string(a.ID), string(b.ID))
	})
	b, err := json.Marshal(content{Frozen: c})
	if err != nil {
		return "", fmt.Errorf("hash the content of case %s: %w", f.Case.ID, err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// content is what is hashed. It leaves out the counts that the proof got after
// the first reports were made, so that those keep their hash.
type content struct {
	review.Frozen

	Listed  *int64 `json:"listed,omitempty"`
	Rescued *int64 `json:"rescued,omitempty"`
}

// snapshot reads a case as it is now, with every assessment that has a finished
// review. open lists the keys of those with decisions but without one.
func snapshot(tx review.Tx, id review.CaseID) (f review.Frozen, open []string, err error) {
	f.Schema = FrozenSchema
	if f.Laboratory, err = tx.Laboratory(); err != nil {
		return f, nil, fmt.Errorf("load laboratory: %w", err)
	}
	if f.Case, err = tx.FindCase(id); err != nil {
		return f, nil, fmt.Errorf("load case %s: %w", id, err)
	}
	stored, err := tx.FindRuleSetByHash(f.Case.RuleSetHash)
	if err != nil {
		return f, nil, fmt.Errorf("load rule set %s of case %s: %w", f.Case.RuleSet, id, err)
	}
	f.RuleSet, f.RuleSetHash, f.RuleSetContent, f.RuleSetStatus = stored.ID, stored.Hash, stored.Content, stored.Status
	all, err := tx.Assessments(id)
	if err != nil {
		return f, nil, fmt.Errorf("load assessments of case %s: %w", id, err)
	}
	f.Assessments = []review.Assessment{}
	for _, a := range all {
		if _, ok := a.Finished(); ok {
			f.Assessments = append(f.Assessments, a)
		} else if !a.IsEmpty() {
			open = append(open, short(a.Unit.Key))
		}
	}
	return f, open, nil
}

// ReplayResult tells whether a proof's classes follow from its evidence and its
// rule set.
type ReplayResult struct {
	ClassMatches       bool `json:"class_matches"`
	PointsMatch        bool `json:"points_match"`
	RuleSetHashMatches bool `json:"rule_set_hash_matches"`
	// Assessments counts the reviews that were derived again.
	Assessments int `json:"assessments"`
	// Differences names what does not match, a sentence each; never nil.
	Differences []string `json:"differences"`
}

// OK reports whether everything matches.
func (r ReplayResult) OK() bool { return r.ClassMatches && r.PointsMatch && r.RuleSetHashMatches }

// Replay derives every class of a proof (the JSON of a review.Frozen) again from
// its accepted evidence and its rule set, by package acmg alone. A proof that
// cannot be read is a *review.InputError; one that does not match is not.
func Replay(proof []byte) (ReplayResult, error) {
	f, err := ReadProof(proof)
	if err != nil {
		return ReplayResult{}, err
	}
	return replay(f)
}

// ReadProof reads the proof of a report.
func ReadProof(proof []byte) (review.Frozen, error) {
	var f review.Frozen
	err := json.Unmarshal(proof, &f)
	if err == nil && f.Schema != FrozenSchema {
		err = fmt.Errorf("schema %d, want %d", f.Schema, FrozenSchema)
	}
	if err != nil {
		return f, &review.InputError{
			Code: "proof_unreadable", What: "the proof inside the report cannot be read: " + err.Error(),
			Remedy: "Take the report's file as it was issued, or a newer Garrod.", Err: err,
		}
	}
	return f, nil
}

func replay(f review.Frozen) (ReplayResult, error) {
	rs, err := acmg.ParseRuleSet(f.RuleSetContent)
	if err != nil {
		return ReplayResult{}, &review.InputError{
			Code: "proof_unreadable",
			What: "the rule set inside the proof cannot be read: " + err.Error(), Remedy: "Take the report's file as it was issued.", Err: err,
		}
	}
	r := ReplayResult{ClassMatches: true, PointsMatch: true, RuleSetHashMatches: true, Differences: []string{}}
	r.hash("the rule set's content has", rs.Hash(), f.RuleSetHash)
	for _, a := range f.Assessments {
		if err := r.assessment(rs, f.RuleSetHash, a); err != nil {
			return ReplayResult{}, err
		}
	}
	return r, nil
}

func (r *ReplayResult) hash(what, got, want string) {
	if got != want {
		r.RuleSetHashMatches = false
		r.Differences = append(r.Differences, fmt.Sprintf("%s hash %s, the proof says %s", what, hashPrefix(got), hashPrefix(want)))
	}
}

func (r *ReplayResult) assessment(rs *acmg.RuleSet, hash string, a review.Assessment) error {
	key := short(a.Unit.Key)
	done, ok := a.Finished()
	if !ok {
		r.ClassMatches = false
		r.Differences = append(r.Differences, key+" has no finished review that is up to date")
		return nil
	}
	cl, err := acmg.Combine(rs, a.Accepted(), a.Unit)
	if err != nil {
		return &review.InputError{
			Code: "proof_unreadable", What: "the evidence on " + key + " does not fit the rule set: " + err.Error(),
			Remedy: "Take the report's file as it was issued.", Err: err,
		}
	}
	r.Assessments++
	was := done.Classification
	r.hash("the review of "+key+" was made with", was.RuleSetHash, hash)
	if cl.Class != was.Class {
		r.ClassMatches = false
		r.Differences = append(r.Differences, fmt.Sprintf("%s comes out as %s, the proof says %s", key, cl.Class.Word(), was.Class.Word()))
	}
	if cl.Points != was.Points || cl.StandAlone != was.StandAlone {
		r.PointsMatch = false
		r.Differences = append(r.Differences, fmt.Sprintf("%s has %s points, the proof says %s", key, cl.Points, was.Points))
	}
	return nil
}
