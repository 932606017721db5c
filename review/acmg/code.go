package acmg

import (
	"fmt"
	"strings"
)

var strengthNames = [...]string{"", "Supporting", "Moderate", "Strong", "VeryStrong", "StandAlone"}

// strengthSpellings are the short forms found in reports, spreadsheets and
// public databases, folded by foldStrength.
var strengthSpellings = map[string]Strength{
	"supporting": Supporting, "supp": Supporting, "sup": Supporting, "p": Supporting,
	"moderate": Moderate, "mod": Moderate, "m": Moderate,
	"strong": Strong, "str": Strong, "s": Strong,
	"verystrong": VeryStrong, "vstrong": VeryStrong, "vs": VeryStrong,
	"standalone": StandAlone, "sa": StandAlone,
}

// ParseStrength reads a strength in any of its usual spellings: "Supporting",
// "Sup", "P", "Moderate", "M", "Strong", "S", "VeryStrong", "Very Strong", "VS",
// "StandAlone", "SA". Case, spaces, hyphens and underscores do not matter.
func ParseStrength(s string) (Strength, error) {
	if v, ok := strengthSpellings[foldStrength(s)]; ok {
		return v, nil
	}
	return 0, fmt.Errorf("unknown strength %q: want Supporting, Moderate, Strong, VeryStrong or StandAlone", s)
}

func foldStrength(s string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(s))
}

// String is the strength as codes carry it, "VeryStrong" for instance; the
// invalid zero value is empty.
func (s Strength) String() string {
	if int(s) < len(strengthNames) {
		return strengthNames[s]
	}
	return fmt.Sprintf("Strength(%d)", uint8(s))
}

// Word is the strength as people write it: "very strong", "stand-alone".
func (s Strength) Word() string {
	switch s {
	case VeryStrong:
		return "very strong"
	case StandAlone:
		return "stand-alone"
	}
	return strings.ToLower(s.String())
}

// MarshalText writes the strength's name. The zero value is an error.
func (s Strength) MarshalText() ([]byte, error) {
	if s < Supporting || s > StandAlone {
		return nil, fmt.Errorf("invalid strength %d", uint8(s))
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads what ParseStrength reads.
func (s *Strength) UnmarshalText(b []byte) error {
	v, err := ParseStrength(string(b))
	if err == nil {
		*s = v
	}
	return err
}

// String is "pathogenic" or "benign".
func (d Direction) String() string {
	switch d {
	case Pathogenic:
		return "pathogenic"
	case Benign:
		return "benign"
	}
	return fmt.Sprintf("Direction(%d)", uint8(d))
}

// MarshalText writes the direction's name. The zero value is an error.
func (d Direction) MarshalText() ([]byte, error) {
	if d != Pathogenic && d != Benign {
		return nil, fmt.Errorf("invalid direction %d", uint8(d))
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads "pathogenic" or "benign".
func (d *Direction) UnmarshalText(b []byte) error {
	switch string(b) {
	case "pathogenic":
		*d = Pathogenic
	case "benign":
		*d = Benign
	default:
		return fmt.Errorf("unknown direction %q: want pathogenic or benign", b)
	}
	return nil
}

// richardsPrefixes is the naming convention of Richards 2015: the letters of a
// code tell its direction and the strength it has when it is written bare.
var richardsPrefixes = map[string]Strength{
	"PVS": VeryStrong, "PS": Strong, "PM": Moderate, "PP": Supporting,
	"BA": StandAlone, "BS": Strong, "BP": Supporting,
}

// bareStrength is the strength the name of c implies, false for names outside
// the convention of Richards 2015.
func (c Criterion) bareStrength() (Strength, bool) {
	letters := string(c)
	if i := strings.IndexFunc(string(c), func(r rune) bool { return r < 'A' || r > 'Z' }); i >= 0 {
		letters = letters[:i]
	}
	s, ok := richardsPrefixes[letters]
	return s, ok
}

// String is the canonical spelling: bare when the strength is the one of
// Richards 2015 ("PM2"), otherwise as Label.
func (c Code) String() string {
	if bare, ok := c.Criterion.bareStrength(); c.Strength == 0 || ok && bare == c.Strength {
		return string(c.Criterion)
	}
	return c.Label()
}

// Label always names the strength: "PM2_Supporting", "PVS1_VeryStrong". A
// qualifier stays last: "BP7_Strong(RNA)".
func (c Code) Label() string {
	name, qualifier := splitQualifier(string(c.Criterion))
	return name + "_" + c.Strength.String() + qualifier
}

// MarshalText writes the canonical spelling.
func (c Code) MarshalText() ([]byte, error) {
	if _, err := c.Strength.MarshalText(); err != nil {
		return nil, fmt.Errorf("code %s: %w", c.Criterion, err)
	}
	return []byte(c.String()), nil
}

// UnmarshalText reads the canonical spelling without a vocabulary: it takes a
// last part that is a strength for one. [Combine] and [ParseCode] check
// the criterion.
func (c *Code) UnmarshalText(b []byte) error {
	name, qualifier := splitQualifier(strings.TrimSpace(string(b)))
	if i := strings.LastIndexByte(name, '_'); i > 0 {
		if s, err := ParseStrength(name[i+1:]); err == nil {
			*c = Code{Criterion(name[:i] + qualifier), s}
			return nil
		}
	}
	whole := Criterion(name + qualifier)
	s, ok := whole.bareStrength()
	if !ok {
		return fmt.Errorf("code %q has no strength", b)
	}
	*c = Code{whole, s}
	return nil
}

// splitQualifier cuts a trailing "(RNA)" off.
func splitQualifier(s string) (name, qualifier string) {
	if i := strings.IndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		return s[:i], s[i:]
	}
	return s, ""
}

// ParseCode reads one code in any usual spelling ("PM2_Supporting", "PVS1_S",
// "PS4_M", "PVS1(RNA)", "BP7_Strong(RNA)", "PM5_PTC"). The rule set's vocabulary
// decides which criteria exist; a bare code has its strength of Richards 2015.
// An unknown criterion or strength is a [*CodeError].
func ParseCode(s string, rs *RuleSet) (Code, error) {
	name, qualifier := splitQualifier(strings.TrimSpace(s))
	if r, ok := rs.Criteria[Criterion(name+qualifier)]; ok {
		return Code{Criterion(name + qualifier), r.Richards}, nil
	}
	for i := strings.IndexByte(name, '_'); i > 0; i = nextUnderscore(name, i) {
		c := Criterion(name[:i] + qualifier)
		r, ok := rs.Criteria[c]
		if !ok {
			continue
		}
		strength, err := ParseStrength(name[i+1:])
		if err != nil {
			if nextUnderscore(name, i) > 0 {
				continue
			}
			return Code{}, &CodeError{Code: s, What: err.Error()}
		}
		code := Code{c, strength}
		return code, rs.checkStrength(code, r)
	}
	return Code{}, &CodeError{Code: s, What: fmt.Sprintf("no such criterion in rule set %s", rs.ID)}
}

// nextUnderscore is the index of the first '_' after i, or -1.
func nextUnderscore(s string, i int) int {
	j := strings.IndexByte(s[i+1:], '_')
	if j < 0 {
		return -1
	}
	return i + 1 + j
}

// checkStrength refuses a strength the rule set has no weight for, such as a
// stand-alone pathogenic code.
func (rs *RuleSet) checkStrength(c Code, r *CriterionRule) error {
	if _, ok := rs.Points.of(r.Direction)[c.Strength]; ok {
		return nil
	}
	return &CodeError{Code: c.Label(), What: fmt.Sprintf("rule set %s has no strength %s for %s criteria",
		rs.ID, c.Strength, r.Direction)}
}

// CodeError is a code that a rule set does not know, or knows at no such
// strength.
type CodeError struct {
	Code string // as given
	What string
}

// Error names the code and what is wrong with it.
func (e *CodeError) Error() string { return fmt.Sprintf("code %q: %s", e.Code, e.What) }
