package acmg

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// RuleSetSchema is the version of the rule set format this package reads.
const RuleSetSchema = 1

// RuleSet is everything a laboratory decides about classification: vocabulary,
// weights, combining rules, thresholds. It is made by [ParseRuleSet] or
// [Resolve] and never changed afterwards; [RuleSet.Hash] names its content.
type RuleSet struct {
	Schema  int       `json:"schema"`
	ID      RuleSetID `json:"id"`
	Version string    `json:"version"`
	Title   string    `json:"title"`
	Summary string    `json:"summary,omitempty"`
	Note    string    `json:"note,omitempty"`
	// Extends names the layer below; Abstract marks a layer that is no rule set
	// by itself. Both are empty in a resolved rule set.
	Extends  RuleSetID `json:"extends,omitempty"`
	Abstract bool      `json:"abstract,omitempty"`
	// Source is the key in Sources of what the layer as a whole rests on.
	Source  string              `json:"source,omitempty"`
	Sources map[string]Citation `json:"sources"`

	Points    PointTable                   `json:"points"`
	Combining Combining                    `json:"combining"`
	Criteria  map[Criterion]*CriterionRule `json:"criteria"`
	Pairs     map[string]Pair              `json:"pairs"`
	Caps      map[string]Cap               `json:"caps"`
	Review    ReviewRules                  `json:"review"`

	Population    Population    `json:"population"`
	BA1           BA1Rule       `json:"ba1"`
	BS1           BS1Rule       `json:"bs1"`
	PM2           PM2Rule       `json:"pm2"`
	Computational Computational `json:"computational"`

	// Layers lists what the rule set was resolved from, lowest first, and
	// Provenance tells for each field, by path, which of them it came from.
	Layers     []LayerRef            `json:"layers,omitempty"`
	Provenance map[string]Provenance `json:"provenance,omitempty"`

	hash string
}

// Citation is a publication or document a number rests on.
type Citation struct {
	Citation string `json:"citation"`
	DOI      string `json:"doi,omitempty"`
	URL      string `json:"url,omitempty"`
}

// String is the short form for people, with the DOI.
func (c Citation) String() string {
	if c.DOI == "" {
		return c.Citation
	}
	return c.Citation + ", doi:" + c.DOI
}

// LayerRef names one layer by content.
type LayerRef struct {
	ID      RuleSetID `json:"id"`
	Version string    `json:"version"`
	SHA256  string    `json:"sha256"` // of the layer's canonical form
}

// Provenance tells where a field of a resolved rule set came from.
type Provenance struct {
	Layer  string `json:"layer"` // id and version
	Source string `json:"source,omitempty"`
}

// PointTable gives the points of each strength in hundredths; benign ones are
// negative. A strength without an entry does not exist for that direction.
type PointTable struct {
	Pathogenic map[Strength]int64 `json:"pathogenic"`
	Benign     map[Strength]int64 `json:"benign"`
	Source     string             `json:"source,omitempty"`
	Note       string             `json:"note,omitempty"`
}

func (t PointTable) of(d Direction) map[Strength]int64 {
	if d == Benign {
		return t.Benign
	}
	return t.Pathogenic
}

// CriterionRule is one entry of the vocabulary.
type CriterionRule struct {
	Direction Direction `json:"direction"`
	// Richards is the strength of a bare code, Default the one a proposal
	// starts from. Allowed bounds proposals and choices; Combine takes others,
	// with a remark, because lists come from elsewhere too.
	Richards Strength   `json:"richards"`
	Default  Strength   `json:"default"`
	Allowed  []Strength `json:"allowed"`
	Enabled  bool       `json:"enabled"`
	Reason   string     `json:"reason,omitempty"` // why it is disabled
	Title    string     `json:"title"`
	Guidance string     `json:"guidance,omitempty"`
	// Needs says what a person has to bring where nothing is computed.
	Needs  string `json:"needs,omitempty"`
	Source string `json:"source,omitempty"`
	Note   string `json:"note,omitempty"`
}

// clamp is the strongest allowed strength that is not above s; false when all
// allowed ones are stronger.
func (r *CriterionRule) clamp(s Strength) (Strength, bool) {
	var best Strength
	for _, a := range r.Allowed {
		if a <= s && a > best {
			best = a
		}
	}
	return best, best != 0
}

// PairAction tells what happens when both criteria of a pair are accepted.
type PairAction string

// The actions of a Pair. Weaker means fewer points; among equals B gives way.
const (
	// Suppress: both speak for the same side; the weaker gives way.
	Suppress PairAction = "suppress"
	// Yield: B always gives way.
	Yield PairAction = "yield"
	// Exclude: they contradict each other; the weaker gives way, equals both.
	Exclude PairAction = "exclude"
	// Warn: both count, with a remark.
	Warn PairAction = "warn"
	// Require: A without B brings a remark.
	Require PairAction = "require"
)

// Pair is a rule about two criteria.
type Pair struct {
	A      Criterion  `json:"a"`
	B      Criterion  `json:"b"`
	Action PairAction `json:"action"`
	Text   string     `json:"text"`
	Source string     `json:"source,omitempty"`
	Note   string     `json:"note,omitempty"`
}

// Cap limits what members score together: the weaker are reduced, the strongest
// never.
type Cap struct {
	Members []Criterion `json:"members"`
	Max     int64       `json:"max_hundredths"`
	Text    string      `json:"text"`
	Source  string      `json:"source,omitempty"`
	Note    string      `json:"note,omitempty"`
}

// ReviewRules say when accepted evidence needs another look.
type ReviewRules struct {
	// Conflict: pathogenic evidence of at least this strength beside benign of
	// at least that one, or Points in total beside such benign evidence, or a
	// negative total beside such pathogenic evidence.
	ConflictPathogenic Strength `json:"conflict_pathogenic"`
	ConflictBenign     Strength `json:"conflict_benign"`
	ConflictPoints     int64    `json:"conflict_hundredths"`
	// Withhold: a stand-alone benign code beside pathogenic evidence of at
	// least this strength gives no class until a second person looked.
	WithholdPathogenic Strength `json:"withhold_pathogenic"`
	Source             string   `json:"source,omitempty"`
	Note               string   `json:"note,omitempty"`
}

// Codes lists the vocabulary: pathogenic before benign, then by the strength of
// Richards 2015, strongest first, then by name.
func (rs *RuleSet) Codes() []Criterion {
	return slices.SortedFunc(maps.Keys(rs.Criteria), rs.compareCriteria)
}

func (rs *RuleSet) compareCriteria(a, b Criterion) int {
	ra, rb := rs.Criteria[a], rs.Criteria[b]
	if d := int(ra.Direction) - int(rb.Direction); d != 0 {
		return d
	}
	if d := int(rb.Richards) - int(ra.Richards); d != 0 {
		return d
	}
	return strings.Compare(string(a), string(b))
}

// PointsOf is what c counts by itself; 0 for a stand-alone code.
func (rs *RuleSet) PointsOf(c Code) (Points, error) {
	r, ok := rs.Criteria[c.Criterion]
	if !ok {
		return 0, &CodeError{Code: c.String(), What: "no such criterion in rule set " + string(rs.ID)}
	}
	if err := rs.checkStrength(c, r); err != nil {
		return 0, err
	}
	return Points(rs.Points.of(r.Direction)[c.Strength]), nil
}

// Allows answers why a person cannot choose c under this rule set: the criterion
// is unknown or disabled, or the strength is not among those it allows. It is
// nil where nothing stands against it.
func (rs *RuleSet) Allows(c Code) error {
	if _, err := rs.PointsOf(c); err != nil {
		return err
	}
	r := rs.Criteria[c.Criterion]
	if !r.Enabled {
		return &CodeError{Code: c.Label(), What: "disabled: " + r.Reason}
	}
	if !slices.Contains(r.Allowed, c.Strength) {
		return &CodeError{Code: c.Label(), What: fmt.Sprintf("rule set %s allows %v", rs.ID, r.Allowed)}
	}
	return nil
}

// Ref writes a citation of the rule set by its key, for people.
func (rs *RuleSet) Ref(source string) string {
	if c, ok := rs.Sources[source]; ok {
		return c.String()
	}
	return source
}

// Canonical is the rule set as JSON that [ParseRuleSet] reads back to the same
// content and hash.
func (rs *RuleSet) Canonical() []byte { return canonicalJSON(rs) }

// Hash is the SHA-256 of Canonical, in lower-case hexadecimal.
func (rs *RuleSet) Hash() string {
	if rs.hash != "" {
		return rs.hash
	}
	return hashOf(rs.Canonical())
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
