package acmg

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
)

// RuleSetError is what is wrong with a rule set file, and where.
type RuleSetError struct {
	RuleSet RuleSetID // empty when the file does not get as far as its id
	Field   string    // path of names, "criteria.PM2.default"; may be empty
	What    string
}

// Error names the rule set, the field and what is wrong.
func (e *RuleSetError) Error() string {
	s := e.What
	if e.Field != "" {
		s = e.Field + ": " + s
	}
	if e.RuleSet != "" {
		s = "rule set " + string(e.RuleSet) + ": " + s
	}
	return s
}

// ParseRuleSet reads one complete rule set, such as [RuleSet.Canonical] writes.
// It refuses unknown and repeated fields, text after the value and content that
// makes no sense, always as a [*RuleSetError]. Files that extend others are read
// by [ParseLayer].
func ParseRuleSet(data []byte) (*RuleSet, error) {
	tree, bad := readTree(data)
	if bad != nil {
		return nil, &RuleSetError{Field: bad.field, What: bad.what}
	}
	return newRuleSet(tree)
}

// newRuleSet fills, checks and hashes.
func newRuleSet(tree any) (*RuleSet, error) {
	rs := &RuleSet{}
	bad := filler{limits: ruleSetLimits}.fill("", tree, reflect.ValueOf(rs).Elem(), limit{})
	if bad == nil {
		bad = rs.validate()
	}
	if bad != nil {
		return nil, &RuleSetError{RuleSet: rs.ID, Field: bad.field, What: bad.what}
	}
	rs.hash = hashOf(rs.Canonical())
	return rs, nil
}

// canonicalJSON writes v in one line: struct fields in their order, map keys
// sorted, no HTML escapes. A checked rule set always has such a form; nil stands
// for one put together by hand that has not.
func canonicalJSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(v) != nil {
		return nil
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

func sortedKeys[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// number writes a value with all its digits.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// rounded writes a computed value with four significant digits.
func rounded(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }

const (
	operators = ">|>=|<|<="
	classesIn = "P|LP|VUS|LB|B"
	moiWords  = "AD|AR|SD|XLD|XLR|YL|MT"
)

// ruleSetLimits bounds fields of a rule set; what spans fields is in validate.
var ruleSetLimits = map[string]limit{
	"RuleSet.schema":             {ranged: true, lo: RuleSetSchema, hi: RuleSetSchema},
	"Threshold.op":               {words: operators},
	"BS1Rule.op":                 {words: operators},
	"BS1Threshold.moi":           {words: moiWords},
	"Population.excluded_moi":    {words: moiWords},
	"Population.faf_confidence":  {ranged: true, lo: 0.5, hi: 1},
	"DatasetAN.callset":          {words: "joint|exome|genome"},
	"DatasetAN.an":               {ranged: true, lo: 1, hi: 1 << 40},
	"BA1Rule.min_an":             {ranged: true, lo: 0, hi: 1 << 40},
	"BS1Rule.min_an":             {ranged: true, lo: 0, hi: 1 << 40},
	"PM2Rule.min_an":             {ranged: true, lo: 0, hi: 1 << 40},
	"PM2Rule.min_fraction_20x":   {ranged: true, lo: 0, hi: 1},
	"PM2Rule.min_an_fraction":    {ranged: true, lo: 0, hi: 1},
	"PM2Limit.max_af":            {ranged: true, lo: 0, hi: 1},
	"PM2Limit.max_ac":            {ranged: true, lo: 0, hi: 1 << 40},
	"Pair.action":                {words: "suppress|yield|exclude|warn|require"},
	"Combining.scheme":           {words: "clauses|points"},
	"Combining.contradictory":    {words: "clause|any"},
	"Clause.class":               {words: "P|LP|LB|B"},
	"MinItemException.class":     {words: classesIn},
	"MinItemException.moi":       {words: moiWords},
	"Ceiling.max":                {words: classesIn},
	"Combining.min_items":        {ranged: true, lo: 0, hi: 100},
	"Cap.max_hundredths":         {ranged: true, lo: 0, hi: 1 << 40},
	"Temperature.min_hundredths": {ranged: true, lo: -(1 << 40), hi: 1 << 40},
}
