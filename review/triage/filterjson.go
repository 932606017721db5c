package triage

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"garrod/review"
)

// ParseFilter reads a filter from JSON. It refuses, with an *review.InputError
// that names the field, unknown fields, missing numbers, values out of range,
// and terms and models that do not exist: a slip in any of them would hide
// variants in silence.
func ParseFilter(b []byte) (Filter, error) {
	var f Filter
	if err := knownFields("", b, reflect.TypeFor[Filter]()); err != nil {
		return Filter{}, err
	}
	if err := json.Unmarshal(b, &f); err != nil {
		return Filter{}, jsonError(err)
	}
	return f, f.Validate()
}

// JSON writes the filter so that ParseFilter reads it back.
func (f Filter) JSON() ([]byte, error) {
	b, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write filter %s: %w", f.Name, err)
	}
	return append(b, '\n'), nil
}

// requiredFields are the fields without which a step would mean something else
// than was meant: a frequency step without max_af would remove everything.
var requiredFields = map[string][]string{
	"":            {"name"},
	"genotype":    {"carried"},
	"frequency":   {"max_af"},
	"consequence": {"terms"},
	"panel":       {"use"},
	"inheritance": {"models"},
	"region":      {"assembly"},
	"groups":      {"group"},
	"relatives":   {"who", "carries"},
	"text":        {"words"},
	"inheritance_evidence": {
		"parent_min_depth", "parent_min_gq", "parent_max_alt_reads", "parent_max_alt_fraction",
		"het_min_fraction", "het_max_fraction", "mosaic_min_fraction", "heteroplasmy_min",
	},
}

// knownFields compares the names in a JSON object with those of t, deeply.
func knownFields(path string, b []byte, t reflect.Type) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return jsonError(err)
	}
	if raw == nil { // null: the step is off
		return nil
	}
	types := fieldTypes(t)
	for name, v := range raw {
		ft, ok := types[name]
		if !ok {
			return filterError(join(path, name), "is not a field of a filter", "Remove it, or correct its name")
		}
		if err := knownIn(join(path, name), v, ft); err != nil {
			return err
		}
	}
	for _, name := range requiredFields[plainPath(path)] {
		if _, ok := raw[name]; !ok {
			return filterError(join(path, name), "is missing", "Give it a value")
		}
	}
	return nil
}

// knownIn looks into objects, and into each object of a list.
func knownIn(path string, b []byte, t reflect.Type) error {
	switch {
	case t.Kind() == reflect.Struct:
		return knownFields(path, b, t)
	case t.Kind() != reflect.Slice || t.Elem().Kind() != reflect.Struct:
		return nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal(b, &items); err != nil {
		return filterError(path, "is not a list of objects", "Put square brackets around the objects")
	}
	for i, item := range items {
		if err := knownFields(fmt.Sprintf("%s[%d]", path, i), item, t.Elem()); err != nil {
			return err
		}
	}
	return nil
}

// plainPath is the key of requiredFields: of what is in a list, the list's name.
func plainPath(path string) string {
	if i := strings.LastIndexByte(path, '['); i >= 0 {
		path = path[:i]
		return path[strings.LastIndexByte(path, '.')+1:]
	}
	return path
}

// fieldTypes maps the JSON names of a struct to types, pointers followed.
func fieldTypes(t reflect.Type) map[string]reflect.Type {
	m := map[string]reflect.Type{}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		ft := t.Field(i).Type
		if ft.Kind() == reflect.Pointer {
			ft = ft.Elem()
		}
		m[name] = ft
	}
	return m
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func filterError(field, what, remedy string) error {
	return &review.InputError{Code: "filter_invalid", Field: field, What: what, Remedy: remedy}
}

func jsonError(err error) error {
	e := &review.InputError{Code: "filter_json", What: "is not JSON", Remedy: "Correct the text of the filter", Err: err}
	if t, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		e.Code, e.Field = "filter_invalid", t.Field
		e.What = fmt.Sprintf("is a %s where a %s belongs", t.Value, plainType(t.Type))
		e.Remedy = "Correct the value"
	}
	if s, ok := errors.AsType[*json.SyntaxError](err); ok {
		e.What = fmt.Sprintf("is not JSON at byte %d", s.Offset)
	}
	return e
}

func plainType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "text"
	case reflect.Slice:
		return "list"
	case reflect.Struct, reflect.Map:
		return "object"
	case reflect.Int, reflect.Int64:
		return "whole number"
	}
	return "number"
}

// Validate reports the first field that holds an impossible value, as a
// *review.InputError.
func (f Filter) Validate() error {
	if strings.TrimSpace(f.Name) == "" {
		return filterError("name", "is empty", "Give the filter a name")
	}
	if f.Version < 0 {
		return filterError("version", "is negative", "Count versions from 1")
	}
	for _, check := range []func() error{
		f.validGenotype, f.validQuality, f.validRegion, f.validFrequency, f.validConsequence, f.validGroups,
		f.validInheritance, f.validClinVar, f.validHistory, f.validText,
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (f Filter) validQuality() error {
	q := f.Quality
	if q == nil {
		return nil
	}
	if q.MinQual != nil && (math.IsNaN(*q.MinQual) || *q.MinQual < 0) {
		return filterError("quality.min_qual", "is not a number from 0", "Correct the value")
	}
	for _, n := range []struct {
		name string
		v    *int
	}{{"min_depth", q.MinDepth}, {"min_gq", q.MinGQ}, {"min_depth_male_xy", q.MinDepthMaleXY}, {"min_gq_male_xy", q.MinGQMaleXY}, {"min_alt_reads", q.MinAltReads}} {
		if n.v != nil && *n.v < 0 {
			return filterError("quality."+n.name, "is negative", "Correct the value")
		}
	}
	return q.validShares()
}

func (q QualityFilter) validShares() error {
	for _, n := range []struct {
		name string
		v    *float64
	}{{"min_het_fraction", q.MinHetFraction}, {"max_het_fraction", q.MaxHetFraction}, {"min_hom_fraction", q.MinHomFraction}} {
		if n.v != nil && !isShare(*n.v) {
			return filterError("quality."+n.name, "is not between 0 and 1", "Correct the value")
		}
	}
	if q.MinHetFraction != nil && q.MaxHetFraction != nil && *q.MaxHetFraction < *q.MinHetFraction {
		return filterError("quality.max_het_fraction", "is less than min_het_fraction", "Correct one of the two")
	}
	return nil
}

func (f Filter) validFrequency() error {
	switch q := f.Frequency; {
	case q == nil:
		return nil
	case !isShare(q.MaxAF):
		return filterError("frequency.max_af", "is not between 0 and 1", "Give a share: 0.01 for 1 %")
	case q.MinAN < 0:
		return filterError("frequency.min_an", "is negative", "Correct the value")
	case slices.Contains(q.ExcludeGroups, ""):
		return filterError("frequency.exclude_groups", "holds an empty name", "Remove it")
	}
	return nil
}

func (f Filter) validConsequence() error {
	q := f.Consequence
	if q == nil {
		return nil
	}
	if len(q.Terms) == 0 {
		return filterError("consequence.terms", "is empty, which would remove every annotated variant", "Name the terms to keep, or leave the step out")
	}
	for i, t := range q.Terms {
		if _, ok := review.Severity(t); !ok {
			return filterError(fmt.Sprintf("consequence.terms[%d]", i), fmt.Sprintf("%q is not a Sequence Ontology term of a variant", t),
				"Correct its spelling, missense_variant for instance")
		}
	}
	if q.MinSplice != nil && !isShare(*q.MinSplice) {
		return filterError("consequence.min_splice", "is not between 0 and 1", "Correct the value")
	}
	return nil
}

func (f Filter) validInheritance() error {
	if f.Inheritance != nil {
		known := Models()
		for i, m := range f.Inheritance.Models {
			if !slices.Contains(known, m) {
				return filterError(fmt.Sprintf("inheritance.models[%d]", i), fmt.Sprintf("%q is not a label", m),
					"Use "+strings.Join(known, ", "))
			}
		}
	}
	if field, what := f.evidence().problem(); field != "" {
		return filterError("inheritance_evidence."+field, what, "Correct the value")
	}
	return nil
}

func isShare(x float64) bool { return x >= 0 && x <= 1 }
