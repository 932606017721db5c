package acmg

// Direction is the side a criterion speaks for.
type Direction uint8

// The two directions. The zero value is invalid.
const (
	Pathogenic Direction = iota + 1
	Benign
)

// Strength is the weight a criterion is applied with. The zero value is
// invalid, never "none".
type Strength uint8

// The strengths of Richards et al. 2015 (doi:10.1038/gim.2015.30).
const (
	Supporting Strength = iota + 1
	Moderate
	Strong
	VeryStrong
	StandAlone
)

// Criterion is a code of the vocabulary of a rule set, such as "PVS1",
// "PM5_PTC" or "PVS1(RNA)". The vocabulary is open: a rule set may bring codes
// of its own.
type Criterion string

// Code is a criterion applied with a strength: "PM2" at Supporting is written
// PM2_Supporting. A bare code has its strength of Richards 2015.
type Code struct {
	Criterion Criterion
	Strength  Strength
}

// State is the outcome of looking at one criterion. Missing input is always
// NotAssessed, never NotMet.
type State string

// The four states.
const (
	Met           State = "met"
	NotMet        State = "not_met"
	NotApplicable State = "not_applicable"
	NotAssessed   State = "not_assessed"
)

// Points are Tavtigian points in hundredths (Supporting is 100), so that rule
// sets with fractional points are exact.
type Points int64

// Class is one of the five tiers, or ClassWithheld.
type Class string

// The five tiers. ClassWithheld is given when a second person must look before
// any class may be shown (a stand-alone benign code beside strong pathogenic
// evidence).
const (
	ClassWithheld         Class = ""
	ClassPathogenic       Class = "P"
	ClassLikelyPathogenic Class = "LP"
	ClassUncertain        Class = "VUS"
	ClassLikelyBenign     Class = "LB"
	ClassBenign           Class = "B"
)

// Unit is what a classification is about besides the allele itself.
type Unit struct {
	Key        string `json:"key"` // CHROM-POS-REF-ALT, normalised
	Assembly   string `json:"assembly"`
	Gene       string `json:"gene,omitempty"`    // HGNC ID, "HGNC:1100"
	Disease    string `json:"disease,omitempty"` // MONDO ID
	MOI        string `json:"moi,omitempty"`     // AD, AR, SD, XLD, XLR, YL, MT
	Transcript string `json:"transcript,omitempty"`
	// Penetrance is "full", "incomplete" or "unknown"; empty is unknown.
	Penetrance string `json:"penetrance,omitempty"`
}

// Input is one value a proposal was made from.
type Input struct {
	Name    string `json:"name"`              // what was looked at, "grpmax FAF95"
	Value   string `json:"value"`             // the value as text, "not looked up" when there was none
	Source  string `json:"source,omitempty"`  // data set or tool
	Version string `json:"version,omitempty"` // its release
	// Threshold and Operator tell what the value was compared with, when it was.
	Operator  string `json:"operator,omitempty"`
	Threshold string `json:"threshold,omitempty"`
}

// Proposal is what the machine suggests for one criterion. It never counts by
// itself.
type Proposal struct {
	Code       Criterion `json:"code"`
	Strength   Strength  `json:"strength,omitempty"` // set when State is Met
	State      State     `json:"state"`
	Reason     string    `json:"reason"` // generated from the parameters used
	Inputs     Inputs    `json:"inputs"`
	Provenance string    `json:"provenance"` // rule set, layer and source of the parameters
}

// Evidence is a criterion that counts, because a person accepted it.
type Evidence struct {
	Code
	Reason string `json:"reason,omitempty"`
}

// Suppression tells that a rule of the rule set took points away.
type Suppression struct {
	Code       string `json:"code"`
	By         string `json:"by"`
	PointsLost Points `json:"points_lost"`
	Ref        string `json:"ref"`
}

// Flag is a note a combination raises.
type Flag string

// The flags of the command line's contract.
const (
	FlagConflictReview    Flag = "conflict_review"
	FlagSeniorReview      Flag = "senior_review"
	FlagMinItems          Flag = "min_items"
	FlagInsilicoRarityCap Flag = "insilico_rarity_cap"
	FlagDisabledCode      Flag = "disabled_code"
)

// Classification is what a rule set makes of evidence.
type Classification struct {
	RuleSet     RuleSetID     `json:"rule_set"`
	RuleSetHash string        `json:"rule_set_hash"`
	Codes       []Code        `json:"codes"`
	Points      Points        `json:"points"`
	StandAlone  bool          `json:"stand_alone"`
	Class       Class         `json:"class"` // null in JSON when withheld
	Band        string        `json:"band"`  // "hot" … "ice-cold" for VUS, else empty
	Suppressed  []Suppression `json:"suppressed"`
	Capped      []Suppression `json:"capped"`
	Flags       []Flag        `json:"flags"`
	// Clause names the rule or threshold that gave the class, in words.
	Clause string `json:"clause"`
	// Warnings are what a reader should look at although it took no points away.
	Warnings []Warning `json:"warnings"`
}

// Warning is a remark on accepted codes that changes neither points nor class:
// a pair that may count the same fact twice, a disabled code, a strength the
// rule set does not foresee.
type Warning struct {
	Codes []Criterion `json:"codes"`
	Text  string      `json:"text"`
	Ref   string      `json:"ref,omitempty"`
}

// RuleSetID names a rule set, "acgs-2024" for instance. Its content is
// addressed by its hash.
type RuleSetID string
