// Package state holds what screens show and what they may ask for, without any
// widget: it is tested without a window. Screens are handed a [Laboratory]; they
// never see a store, a file reader, or a signer.
package state

import (
	"context"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
	"garrod/review/triage"
)

// Laboratory is everything the window can do. Its methods may take long: they
// are called off the UI goroutine, and stop early when ctx is cancelled, leaving
// the old state. Errors are *review.InputError, *review.PolicyError or others.
type Laboratory interface {
	About() review.Laboratory
	User() review.User
	Users(ctx context.Context) ([]review.User, error)
	// SwitchUser makes another person the one at work (demonstration only).
	SwitchUser(ctx context.Context, id review.UserID) error

	Cases(ctx context.Context) ([]review.Case, error)
	Case(ctx context.Context, id review.CaseID) (review.Case, error)
	// Intake runs the intake checks only and stores nothing.
	Intake(ctx context.Context, req NewCase, m *review.Meter) (review.Case, error)
	// Preview looks at the regions of the request's panel through the index,
	// before the file is read. ok is false without a panel that places its genes.
	Preview(ctx context.Context, req NewCase) (p Preview, ok bool, err error)
	// AddCase runs the intake checks and stores the case. A failed check
	// refuses; a warning without a reason refuses with code "reason_needed".
	AddCase(ctx context.Context, req NewCase, m *review.Meter) (review.Case, error)

	Filters(ctx context.Context) ([]triage.Filter, error) // the default first
	// CompareFilters tells what another filter would do to the list, and changes
	// nothing.
	CompareFilters(ctx context.Context, id review.CaseID, from, to triage.Filter, m *review.Meter) (FilterDiff, error)
	// SaveFilter stores a filter as the next version of its name and answers with
	// it.
	SaveFilter(ctx context.Context, f triage.Filter, reason string) (triage.Filter, error)
	// Worklist triages a case. Which filter the user looks with is audit data: a
	// change of it is recorded.
	Worklist(ctx context.Context, id review.CaseID, f triage.Filter, m *review.Meter) (*triage.Worklist, error)
	Explain(ctx context.Context, id review.CaseID, key string, f triage.Filter) (triage.Explanation, error)
	// AskKnown answers whether the proband carries one known variant of a
	// relative's report; the question and its answer are recorded.
	AskKnown(ctx context.Context, q KnownQuestion, m *review.Meter) (KnownAnswer, error)

	// Assessments returns the assessments stored for the case.
	Assessments(ctx context.Context, id review.CaseID) ([]review.Assessment, error)
	// Assess returns the assessment of a variant with its proposals: the stored
	// one, or a new one that is stored with the first decision only.
	Assess(ctx context.Context, id review.CaseID, key string) (review.Assessment, error)
	// Classify combines the accepted evidence of a under the case's rule set
	// (first) and under every other one.
	Classify(ctx context.Context, a review.Assessment) ([]acmg.Classification, error)
	// Criteria returns the codes of the case's rule set, in its order, with the
	// strengths it allows and their points.
	Criteria(ctx context.Context, id review.CaseID) ([]Criterion, error)
	// Decide stores one decision; it answers with the assessment as it is now.
	Decide(ctx context.Context, d Decision) (review.Assessment, error)
	// Undo withdraws the user's latest decision on the assessment.
	Undo(ctx context.Context, id review.CaseID, key string) (review.Assessment, error)
	// Finish freezes the user's classification.
	Finish(ctx context.Context, id review.CaseID, key string, report bool, note string) (review.Assessment, error)

	// PrepareSignOff renders the report (first role) or fetches the stored
	// bytes (later roles), and writes exactly these bytes to a file to read.
	PrepareSignOff(ctx context.Context, id review.CaseID, role review.Role) (Prepared, error)
	// SignOff signs exactly the prepared bytes; p.SHA256 must still match.
	SignOff(ctx context.Context, p Prepared, identityPath string, passphrase []byte) (review.Report, error)
	Reports(ctx context.Context, id review.CaseID) ([]review.Report, error)
	// SaveReport writes the stored signed bytes to path, whole or not at all.
	SaveReport(ctx context.Context, id review.CaseID, path string) (review.Report, error)
	// OverrideIdentity uses a case's parents although the genotypes contradict the
	// declared family; it answers with the case as it is now.
	OverrideIdentity(ctx context.Context, id review.CaseID, reason string) (review.Case, error)
	// View opens a file in the system's viewer.
	View(path string) error
	// Identities lists the demonstration identities of this laboratory (path of
	// the .p12 and whose it is); empty in a live one.
	Identities() []Identity
}

// NewCase is what the new-case dialog collects.
type NewCase struct {
	ID       review.CaseID
	VCF      string // paths
	PED      string
	Panel    string
	FASTA    string // of the assembly, to left-align against; empty: trimmed only
	Patient  review.Patient
	Specimen review.Specimen
	Consent  review.Consent
	Proband  string
	Sex      review.Sex
	Assembly genome.Assembly // unknown: inferred from the header
	HPO      []string
	Reasons  map[string]string // check name -> why to go on in spite of its warning
}

// Decision is one decision on one criterion of one variant.
type Decision struct {
	Case     review.CaseID
	Key      string
	Code     acmg.Criterion
	Strength acmg.Strength // zero: the proposal's own
	Decision review.Decision
	Reason   string
	PMIDs    []int
	// Shown is the proposal as it stood on the screen; a decision on anything
	// else is refused as stale. Nil for a criterion added by hand.
	Shown *acmg.Proposal
}

// Prepared is a report ready to be read and signed.
type Prepared struct {
	Case     review.CaseID
	ReportID string
	Version  int
	Role     review.Role
	Path     string // the exact bytes, to be opened in a viewer
	SHA256   string
	// Demonstration tells that the report is marked as not for clinical use.
	Demonstration bool
}

// Identity is a demonstration signing identity kept with the laboratory.
type Identity struct {
	User       review.UserID
	Path       string
	Passphrase string // demonstration only; live identities are asked each time
}
