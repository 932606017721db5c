package sign

import "time"

// What this version can say of time and revocation.
const (
	TimeClaimed       = "claimed" // the signer's own clock
	RevocationUnknown = "unknown"
)

// Report is the outcome of [Verify]. It is written as the contract's JSON.
type Report struct {
	// OK is true if there is nothing in Problems: at least one signature, all
	// intact and covering their revision, the last one the whole file, later
	// changes none or permitted, and every signer trusted.
	OK bool `json:"ok"`
	// Sound is OK but for trust: the file is as it was signed, whoever signed.
	Sound        bool        `json:"sound"`
	Signatures   []Signature `json:"signatures"`    // in the order of signing
	LaterChanges string      `json:"later_changes"` // after the first signature: none, permitted or forbidden
	Revocation   string      `json:"revocation"`
	Document     Identity    `json:"document"`
	Attachment   *Embedded   `json:"attachment"` // nil when the report carries no proof
	Problems     []string    `json:"problems"`   // sentences without a full stop; never nil
	Warnings     []string    `json:"warnings"`   // what does not spoil OK; never nil
}

// Signature is one signature of a report. Signer, Issuer and CertificateSHA256
// come from the certificate, Name, Reason and Location from what the signer
// wrote; all are empty when they cannot be read.
type Signature struct {
	Signer     string     `json:"signer"`
	Role       string     `json:"role"` // the field's name in lower case
	Time       *time.Time `json:"time"` // UTC; nil when missing
	TimeSource string     `json:"time_source"`
	// CoversWholeFile forgives white space after the end of the file.
	CoversWholeRevision bool   `json:"covers_whole_revision"`
	CoversWholeFile     bool   `json:"covers_whole_file"`
	Intact              bool   `json:"intact"`  // the signed bytes and attributes are those that were signed
	Trusted             *bool  `json:"trusted"` // nil when it cannot be decided; TrustDetail says why
	Level               string `json:"level"`   // "B-B", empty when not PAdES baseline

	Field             string `json:"field"`
	Name              string `json:"name"`
	Reason            string `json:"reason"`
	Location          string `json:"location"`
	Issuer            string `json:"issuer"`
	CertificateSHA256 string `json:"certificate_sha256"` // lower-case hexadecimal of the DER
	TrustDetail       string `json:"trust_detail"`
}

// Identity says which report a file is, from its Info dictionary: the keys
// GarrodReportID, GarrodReportVersion and GarrodSupersedes.
type Identity struct {
	ReportID   string `json:"report_id"` // empty when the file does not say
	Version    *int   `json:"version"`
	Supersedes string `json:"supersedes"` // report_id of the one this replaces, empty if none
}

// Embedded describes the proof inside the PDF.
type Embedded struct {
	Schema string `json:"schema"` // its top-level "schema"
	SHA256 string `json:"sha256"` // lower-case hexadecimal of its bytes
}
