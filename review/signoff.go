package review

import (
	"time"

	"garrod/review/acmg"
)

// SignOff is one person's signature over a case's frozen report.
type SignOff struct {
	Case        CaseID    `json:"case"`
	ReportID    string    `json:"report_id"`
	Role        Role      `json:"role"`
	By          UserID    `json:"by"`
	Name        string    `json:"name"` // as printed
	HCPC        string    `json:"hcpc,omitempty"`
	Certificate string    `json:"certificate"` // SHA-256 fingerprint, hex
	At          time.Time `json:"at"`
	// SHA256 is the hash of the stored PDF after this signature.
	SHA256 string `json:"sha256"`
	Voided bool   `json:"voided,omitempty"`
	Reason string `json:"void_reason,omitempty"`
}

// Report is one rendered report of a case with its stored bytes.
type Report struct {
	ID       string       `json:"report_id"`
	Case     CaseID       `json:"case"`
	Version  int          `json:"version"`
	Status   ReportStatus `json:"status"`
	Created  time.Time    `json:"created"`
	SHA256   string       `json:"sha256"`  // of PDF as it stands now
	Content  string       `json:"content"` // hash of the frozen case it was made from
	PDF      []byte       `json:"-"`
	SignOffs []SignOff    `json:"signatures"`
}

// ReportStatus is where a report stands.
type ReportStatus string

// The states of a report.
const (
	ReportPending ReportStatus = "pending" // waits for a signature
	ReportIssued  ReportStatus = "issued"  // all signatures are there
	ReportVoided  ReportStatus = "voided"  // the case changed before the last signature
)

// Frozen is the snapshot of a case that a report is made from and that the
// report carries as its proof. Everything that the class follows from is in it.
type Frozen struct {
	Schema      int            `json:"schema"` // 1
	ReportID    string         `json:"report_id"`
	Version     int            `json:"version"`
	At          time.Time      `json:"at"`
	Case        Case           `json:"case"`
	Assessments []Assessment   `json:"assessments"` // those with a finished review
	RuleSet     acmg.RuleSetID `json:"rule_set"`
	RuleSetHash string         `json:"rule_set_hash"`
	// RuleSetContent is the canonical content of the rule set, so that the
	// class can be derived again from the proof alone.
	RuleSetContent []byte       `json:"rule_set_content"`
	RuleSetStatus  string       `json:"rule_set_status"` // active, draft
	Funnel         []FunnelStep `json:"funnel,omitempty"`
	Filter         string       `json:"filter,omitempty"` // name of the filter set
	Unread         int64        `json:"unread_records"`   // records that could not be read
	// Listed and Rescued count the variants that passed the filter and those in
	// the rescue lane; without a Funnel they are not known.
	Listed  int64 `json:"listed"`
	Rescued int64 `json:"rescued"`
	// NoReviewReason is why nobody assessed any of them, as the first signer gave
	// it; empty when a review is finished.
	NoReviewReason string     `json:"no_review_reason,omitempty"`
	Laboratory     Laboratory `json:"laboratory"`
	Program        string     `json:"program"` // version and commit of Garrod
	// Signatories are the signatures the report needs, in the order of signing.
	Signatories []Signatory `json:"signatories"`
	// Supersedes names the issued report this one replaces, empty for a first.
	Supersedes string `json:"supersedes,omitempty"`
}

// Signatory is a role that has to sign a report, and who is printed beside the
// signature field. User, Name and HCPC are empty while it is not known who will
// sign: the signature then tells.
type Signatory struct {
	Role Role   `json:"role"`
	User UserID `json:"user,omitempty"`
	Name string `json:"name,omitempty"`
	HCPC string `json:"hcpc,omitempty"`
}

// FunnelStep is one step of a filter with the counts before and after it.
type FunnelStep struct {
	Step      string `json:"step"`
	Parameter string `json:"parameter"`
	Before    int64  `json:"before"`
	After     int64  `json:"after"`
	// NotAssessed counts the variants that passed because the file has no value
	// to hold against the step.
	NotAssessed int64 `json:"not_assessed"`
}

// Laboratory tells what a laboratory is, as a report's head prints it.
type Laboratory struct {
	ID      string  `json:"id"`
	Kind    LabKind `json:"kind"`
	Name    string  `json:"name"`
	Address string  `json:"address,omitempty"`
	UKAS    string  `json:"ukas,omitempty"`
}

// LabKind is fixed when a laboratory is made.
type LabKind string

// The kinds of laboratory. Demonstration identities, 999 NHS numbers and
// demonstration certificates work only in the first.
const (
	Demonstration LabKind = "demonstration"
	Live          LabKind = "live"
)
