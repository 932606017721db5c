package review

import (
	"time"

	"garrod/review/acmg"
	"garrod/review/genome"
)

// CaseID names a case within its laboratory.
type CaseID string

// Case is one referral: a proband with family, the files of their variants, and
// what the laboratory needs to know to report. Its reviews are Assessments.
type Case struct {
	ID       CaseID          `json:"id"`
	Revision int64           `json:"revision"` // row version; a save with an old one is ErrConflict
	Status   Status          `json:"status"`
	Assembly genome.Assembly `json:"assembly"`
	Proband  string          `json:"proband"` // sample name in the files
	Sex      Sex             `json:"sex"`     // as declared
	Patient  Patient         `json:"patient"` // identity: passes through a Sealer on its way to disk
	Specimen Specimen        `json:"specimen"`
	Consent  Consent         `json:"consent"`
	Family   Family          `json:"family"`
	HPO      []string        `json:"hpo,omitempty"`
	Panel    *Panel          `json:"panel,omitempty"`
	Files    []SourceFile    `json:"files"`
	Checks   []Check         `json:"checks"`
	// Identity is nil where the genotypes were not measured.
	Identity *CaseIdentity `json:"identity,omitempty"`
	// RuleSet is the rule set this case is triaged and classified with.
	RuleSet     acmg.RuleSetID `json:"rule_set"`
	RuleSetHash string         `json:"rule_set_hash"`
	Created     time.Time      `json:"created"`
	Updated     time.Time      `json:"updated"`
}

// Status is where a case stands.
type Status string

// The states of a case.
const (
	StatusReceived   Status = "received"   // stored, intake checks passed
	StatusAnalysis   Status = "analysis"   // a first reader is at work
	StatusFrozen     Status = "frozen"     // the scientist has signed; waits for the authoriser
	StatusAuthorised Status = "authorised" // all signatures are there; sealed
)

// Sealed reports whether the case can no longer change.
func (s Status) Sealed() bool { return s == StatusAuthorised }

// Sex as declared on the request or in a pedigree. It is never corrected from
// the genotypes.
type Sex string

// The values of Sex.
const (
	SexUnknown Sex = "unknown"
	Female     Sex = "female"
	Male       Sex = "male"
)

// Patient holds identity. Nothing of it may reach logs, errors or file names.
type Patient struct {
	Surname     string       `json:"surname,omitempty"`
	Forename    string       `json:"forename,omitempty"`
	DOB         string       `json:"dob,omitempty"` // YYYY-MM-DD
	Sex         Sex          `json:"sex,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
}

// Identifier is one of a patient's numbers.
type Identifier struct {
	Type  string `json:"type"` // nhs, chi, hc, hospital, family, lab
	Value string `json:"value"`
	// Absent gives the reason where a number is known not to exist.
	Absent string `json:"absent,omitempty"`
}

// Specimen is the sample in the tube.
type Specimen struct {
	LabNumber string `json:"lab_number,omitempty"`
	DNANumber string `json:"dna_number,omitempty"`
	Type      string `json:"type,omitempty"`      // blood in EDTA, saliva …
	Collected string `json:"collected,omitempty"` // YYYY-MM-DD
	Received  string `json:"received,omitempty"`
}

// Consent is what the patient agreed to.
type Consent struct {
	Status    string `json:"status,omitempty"` // given, refused, withdrawn, not_recorded
	Date      string `json:"date,omitempty"`
	Secondary string `json:"secondary,omitempty"` // additional findings: yes, no, not_recorded
	Note      string `json:"note,omitempty"`
}

// Family is the pedigree.
type Family struct {
	ID      string   `json:"id,omitempty"`
	Members []Member `json:"members"`
	// Kinship is what the genotypes say of how two members are related, where
	// that was measured; empty where it was not. It never changes the pedigree.
	Kinship []Kinship `json:"kinship,omitempty"`
}

// Kinship is the measured coefficient of kinship of two members: 0.5 for one
// person tested twice and for identical twins, 0.25 for a parent and a child or
// two full siblings, 0 for people who are not related. Estimates may be negative.
type Kinship struct {
	A           string  `json:"a"`
	B           string  `json:"b"`
	Coefficient float64 `json:"coefficient"`
}

// Member is one person of a Family. Father and Mother name other members, empty
// when they are not in the pedigree.
type Member struct {
	ID       string `json:"id"`
	Father   string `json:"father,omitempty"`
	Mother   string `json:"mother,omitempty"`
	Sex      Sex    `json:"sex"`
	Affected *bool  `json:"affected"` // nil: unknown
	// Twin is the same for identical twins, who share both parents, and empty for
	// everybody else.
	Twin string `json:"twin,omitempty"`
}

// Member finds a member by sample name.
func (f Family) Member(id string) (Member, bool) {
	for _, m := range f.Members {
		if m.ID == id {
			return m, true
		}
	}
	return Member{}, false
}

// MeasuredKinship returns the measured coefficient of kinship of two members; ok
// is false where it was not measured.
func (f Family) MeasuredKinship(a, b string) (coefficient float64, ok bool) {
	for _, k := range f.Kinship {
		if k.A == a && k.B == b || k.A == b && k.B == a {
			return k.Coefficient, true
		}
	}
	return 0, false
}

// Panel is a gene panel as it was when the case was added.
type Panel struct {
	Name    string      `json:"name"`
	Version string      `json:"version"`
	Date    string      `json:"date,omitempty"`
	Source  string      `json:"source,omitempty"`
	Genes   []PanelGene `json:"genes"`
	// Regions are where the panel's file places its genes on Assembly, if it does.
	// They serve a first look before the whole VCF is read and are not stored: a
	// case is triaged by genes.
	Regions  []PanelRegion   `json:"-"`
	Assembly genome.Assembly `json:"-"`
}

// PanelRegion is a place of a gene.
type PanelRegion struct {
	Gene  PanelGene
	Range genome.Range
}

// PanelGene is one gene of a Panel. Either name may be missing.
type PanelGene struct {
	HGNC   string `json:"hgnc,omitempty"`
	Symbol string `json:"symbol,omitempty"`
	MOI    string `json:"moi,omitempty"`
}

// SourceFile is a file of the case, read where it lies.
type SourceFile struct {
	Kind      string   `json:"kind"` // vcf, sv, bam, bed, gvcf
	Sample    string   `json:"sample,omitempty"`
	Path      string   `json:"path"`
	Size      int64    `json:"size"`
	SHA256    string   `json:"sha256"`
	Index     string   `json:"index,omitempty"`
	IndexHash string   `json:"index_sha256,omitempty"`
	Records   int64    `json:"records"`
	Samples   []string `json:"samples,omitempty"`
	// Reference is the FASTA that keys were left-aligned against, ReferenceID what
	// it is known by; empty where they were trimmed only.
	Reference   string `json:"reference,omitempty"`
	ReferenceID string `json:"reference_id,omitempty"`
	// Capabilities is what this file can and cannot support.
	Capabilities []Capability `json:"capabilities,omitempty"`
}

// Outcome is the result of a Check.
type Outcome string

// The outcomes of a Check.
const (
	Pass             Outcome = "pass"
	Warn             Outcome = "warn"
	Fail             Outcome = "fail"
	CheckNotAssessed Outcome = "not_assessed"
)

// Check is one intake check of a case.
type Check struct {
	Name    string  `json:"name"`
	Outcome Outcome `json:"outcome"`
	Detail  string  `json:"detail"` // a sentence for people
	// Reason is why a person went on in spite of a warning, or of a failed check
	// of identity.
	Reason string `json:"reason,omitempty"`
}

// VCF returns the case's first small-variant file.
func (c *Case) VCF() (SourceFile, bool) {
	for _, f := range c.Files {
		if f.Kind == "vcf" {
			return f, true
		}
	}
	return SourceFile{}, false
}

// Parents returns the sample names of the proband's parents, empty where the
// pedigree does not name them.
func (c *Case) Parents() (mother, father string) {
	m, _ := c.Family.Member(c.Proband)
	return m.Mother, m.Father
}
