package acmg

// Threshold is a limit with its operator, one of > >= < <=.
type Threshold struct {
	Op    string  `json:"op"`
	Value float64 `json:"value"`
}

// Holds reports whether v stands in the operator's relation to the threshold.
func (t Threshold) Holds(v float64) bool {
	switch t.Op {
	case ">":
		return v > t.Value
	case ">=":
		return v >= t.Value
	case "<":
		return v < t.Value
	case "<=":
		return v <= t.Value
	}
	return false
}

// Population says how population data sets are read, for BA1, BS1 and PM2.
type Population struct {
	// Datasets may speak for a benign criterion and prove absence. A name
	// matches when it begins with one of these, letters and digits alone
	// compared, case ignored.
	Datasets []string `json:"datasets"`
	// ExcludedGroups are founder or undefined groups, GlobalGroups are no
	// group at all; neither is compared for the benign criteria.
	ExcludedGroups []string `json:"excluded_groups"`
	GlobalGroups   []string `json:"global_groups"`
	MaxGroups      []string `json:"max_groups"` // "grpmax"
	// PassFilters and FlagFilters are site filters that do not fail a site.
	PassFilters []string `json:"pass_filters"`
	FlagFilters []string `json:"flag_filters"`
	// ExcludedMOI and ExcludedContigs are where nuclear thresholds do not hold.
	ExcludedMOI     []string `json:"excluded_moi"`
	ExcludedContigs []string `json:"excluded_contigs"`
	// FAFConfidence is the confidence of a filtering allele frequency that has
	// to be computed from AC and AN.
	FAFConfidence float64 `json:"faf_confidence"`
	// FAFWithoutAN takes a filtering allele frequency that the data set gives
	// also where its allele number is not given: as the lower end of a
	// confidence interval it is low in a small sample by itself.
	FAFWithoutAN bool        `json:"faf_without_an"`
	MaxAN        []DatasetAN `json:"max_an"`
	Source       string      `json:"source,omitempty"`
	Note         string      `json:"note,omitempty"`
}

// DatasetAN is the largest allele number of a release, twice its individuals.
type DatasetAN struct {
	Dataset string `json:"dataset"`
	Version string `json:"version"`
	Callset string `json:"callset"`
	AN      int    `json:"an"`
	Source  string `json:"source,omitempty"`
	Note    string `json:"note,omitempty"`
}

// BA1Rule holds the parameters of BA1.
type BA1Rule struct {
	Threshold  Threshold   `json:"threshold"`
	MinAN      int         `json:"min_an"` // alleles in the group, at least
	Exceptions []Exception `json:"exceptions"`
	Source     string      `json:"source,omitempty"`
	Note       string      `json:"note,omitempty"`
}

// Exception is an allele that BA1 must not be applied to, as CHROM-POS-REF-ALT
// on both assemblies.
type Exception struct {
	Gene   string `json:"gene"`
	Name   string `json:"name"`
	GRCh37 string `json:"grch37"`
	GRCh38 string `json:"grch38"`
	Source string `json:"source,omitempty"`
}

// BS1Rule holds the parameters of BS1.
type BS1Rule struct {
	MinAN int `json:"min_an"`
	// Thresholds are set by hand per gene; without one for the unit, and with
	// FromPrevalence, the maximum credible allele frequency is used when the
	// facts give all it needs (Op then compares).
	Thresholds     []BS1Threshold `json:"thresholds"`
	FromPrevalence bool           `json:"from_prevalence"`
	Op             string         `json:"op"`
	Source         string         `json:"source,omitempty"`
	Note           string         `json:"note,omitempty"`
}

// BS1Threshold is the limit for a gene and, where given, disease and mode of
// inheritance.
type BS1Threshold struct {
	Gene      string    `json:"gene"`
	Disease   string    `json:"disease,omitempty"`
	MOI       string    `json:"moi,omitempty"`
	Strength  Strength  `json:"strength"`
	Threshold Threshold `json:"threshold"`
	Source    string    `json:"source,omitempty"`
	Note      string    `json:"note,omitempty"`
}

// PM2Rule holds the parameters of PM2. Absence has to be proved: by a mean
// depth, a fraction of the samples at 20x, or a fraction of the data set's
// alleles that were called at the site.
type PM2Rule struct {
	Limits         map[string]PM2Limit `json:"limits"` // by mode of inheritance
	MinAN          int                 `json:"min_an"` // alleles behind a frequency that is compared
	MinDepth       float64             `json:"min_depth"`
	MinFraction20x float64             `json:"min_fraction_20x"`
	MinANFraction  float64             `json:"min_an_fraction"`
	// SNVOnly leaves insertions and deletions to people.
	SNVOnly bool   `json:"snv_only"`
	Source  string `json:"source,omitempty"`
	Note    string `json:"note,omitempty"`
}

// PM2Limit is the rarity one mode of inheritance asks for: at most MaxAF in any
// group, or at most MaxAC alleles in all; zero means absent.
type PM2Limit struct {
	MaxAF float64 `json:"max_af"`
	MaxAC int     `json:"max_ac"`
	Note  string  `json:"note,omitempty"`
}

// Computational holds the parameters of PP3 and BP4. All term lists are
// Sequence Ontology terms.
type Computational struct {
	Protein ProteinTool `json:"protein"`
	Splice  SpliceTool  `json:"splice"`
	// ExcludedTerms rule PP3 and BP4 out; SpliceOnlyTerms have no protein
	// effect to predict; OtherProteinTerms have one the tool cannot judge.
	ExcludedTerms     []string `json:"excluded_terms"`
	SpliceOnlyTerms   []string `json:"splice_only_terms"`
	OtherProteinTerms []string `json:"other_protein_terms"`
	Source            string   `json:"source,omitempty"`
	Note              string   `json:"note,omitempty"`
}

// ProteinTool is the one calibrated predictor of protein effect in use.
type ProteinTool struct {
	Name  string   `json:"name"`
	Terms []string `json:"terms"` // consequences it judges
	Min   float64  `json:"min"`   // of its scale
	Max   float64  `json:"max"`
	// AcceptUnnamed takes a score that names no transcript for the chosen
	// one's where no score names that.
	AcceptUnnamed bool       `json:"accept_unnamed"`
	Intervals     []Interval `json:"intervals"` // gaps between them: neither PP3 nor BP4
	Source        string     `json:"source,omitempty"`
	Note          string     `json:"note,omitempty"`
}

// Interval is a range of scores that supports a criterion. A nil end is
// unbounded; an end is outside the interval unless it is closed.
type Interval struct {
	Criterion Criterion `json:"criterion"`
	Strength  Strength  `json:"strength"`
	Lo        *float64  `json:"lo,omitempty"`
	LoClosed  bool      `json:"lo_closed,omitempty"`
	Hi        *float64  `json:"hi,omitempty"`
	HiClosed  bool      `json:"hi_closed,omitempty"`
}

// Contains reports whether v lies inside the interval.
func (i Interval) Contains(v float64) bool {
	above := i.Lo == nil || v > *i.Lo || i.LoClosed && v == *i.Lo
	below := i.Hi == nil || v < *i.Hi || i.HiClosed && v == *i.Hi
	return above && below
}

// String writes the interval as mathematicians do: (0.183, 0.29].
func (i Interval) String() string {
	lo, hi, open, shut := "-∞", "∞", "(", ")"
	if i.Lo != nil {
		lo = number(*i.Lo)
	}
	if i.LoClosed {
		open = "["
	}
	if i.Hi != nil {
		hi = number(*i.Hi)
	}
	if i.HiClosed {
		shut = "]"
	}
	return open + lo + ", " + hi + shut
}

// SpliceTool is the splice predictor in use: the largest of its four deltas is
// compared.
type SpliceTool struct {
	Name       string     `json:"name"`
	Pathogenic SpliceRule `json:"pathogenic"`
	Benign     SpliceRule `json:"benign"`
	Source     string     `json:"source,omitempty"`
	Note       string     `json:"note,omitempty"`
}

// SpliceRule is one side of a SpliceTool.
type SpliceRule struct {
	Threshold Threshold `json:"threshold"`
	Strength  Strength  `json:"strength"`
}

// Combining holds the rules that turn evidence into a class.
type Combining struct {
	Scheme string `json:"scheme"` // "clauses" or "points"
	// Suppressions and Caps switch Pairs and Caps of the rule set on.
	Suppressions bool `json:"suppressions"`
	Caps         bool `json:"caps"`
	// Clauses are tried from the most certain class down; Contradictory tells
	// when both sides give VUS: "clause" when each satisfies a clause, "any"
	// when any opposing evidence stands beside one.
	Clauses       map[string]Clause `json:"clauses,omitempty"`
	Contradictory string            `json:"contradictory,omitempty"`
	// Cutoffs are the classes by points; what none of them takes is VUS.
	Cutoffs *Cutoffs `json:"cutoffs_hundredths,omitempty"`
	// MinItems is how many concordant items any class but VUS needs; a
	// stand-alone code needs no second one.
	MinItems           int                `json:"min_items,omitempty"`
	MinItemsExceptions []MinItemException `json:"min_items_exceptions,omitempty"`
	Ceilings           []Ceiling          `json:"ceilings,omitempty"`
	Temperatures       []Temperature      `json:"temperatures,omitempty"`
	Source             string             `json:"source,omitempty"`
	Note               string             `json:"note,omitempty"`
}

// Clause is one line of a table of combinations: at least so many items of each
// strength, all of the class's own direction.
type Clause struct {
	Class  Class            `json:"class"`
	Needs  map[Strength]int `json:"needs"`
	Text   string           `json:"text"`
	Source string           `json:"source,omitempty"`
	Note   string           `json:"note,omitempty"`
}

// Cutoffs are points in hundredths: P and LP from so many upwards, LB and B
// from so many downwards. All between LB and LP is VUS, fractions too.
type Cutoffs struct {
	P  int64 `json:"P"`
	LP int64 `json:"LP"`
	LB int64 `json:"LB"`
	B  int64 `json:"B"`
}

// MinItemException lets one criterion alone give a class where the facts of the
// unit allow it.
type MinItemException struct {
	Criterion  Criterion `json:"criterion"`
	Strength   Strength  `json:"strength"` // at least
	MOI        []string  `json:"moi"`
	Penetrance []string  `json:"penetrance"`
	Class      Class     `json:"class"`
	Source     string    `json:"source,omitempty"`
	Note       string    `json:"note,omitempty"`
}

// Ceiling keeps evidence from these criteria alone at or below Max.
type Ceiling struct {
	Members []Criterion `json:"members"`
	Max     Class       `json:"max"`
	Flag    Flag        `json:"flag"`
	Text    string      `json:"text"`
	Source  string      `json:"source,omitempty"`
	Note    string      `json:"note,omitempty"`
}

// Temperature names a band of points within VUS: from Min up to but not
// including Below.
type Temperature struct {
	Name  string `json:"name"`
	Min   int64  `json:"min_hundredths"`
	Below int64  `json:"below_hundredths"`
}
