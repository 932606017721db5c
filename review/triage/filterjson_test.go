package triage

import (
	"errors"
	"testing"

	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

func TestFilterJSONRoundTrip(t *testing.T) {
	p := DefaultInheritance()
	full := Default()
	full.Evidence = &p
	for _, f := range append(testFilters(), full) {
		b, err := f.JSON()
		if err != nil {
			t.Fatal(err)
		}
		got, err := ParseFilter(b)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if d := cmp.Diff(f, got); d != "" {
			t.Errorf("%s changed (-wrote +read):\n%s", f.Name, d)
		}
	}
}

func TestParseFilterNamesTheField(t *testing.T) {
	for _, tt := range []struct{ text, field string }{
		{`{"name":"a","frequenzy":{"max_af":0.1}}`, "frequenzy"},
		{`{"name":"a","frequency":{"max_af":0.1,"min":3}}`, "frequency.min"},
		{`{"name":"a","frequency":{}}`, "frequency.max_af"},
		{`{"name":"a","frequency":{"max_af":"0.1"}}`, "frequency.max_af"},
		{`{"name":"a","frequency":{"max_af":1.1}}`, "frequency.max_af"},
		{`{"name":"a","frequency":{"max_af":0.1,"min_an":-1}}`, "frequency.min_an"},
		{`{"name":"a","frequency":{"max_af":0.1,"min_an":1.5}}`, "frequency.min_an"},
		{`{"name":"a","frequency":{"max_af":0.1,"exclude_groups":[""]}}`, "frequency.exclude_groups"},
		{`{"name":"a","consequence":{"terms":[]}}`, "consequence.terms"},
		{`{"name":"a","consequence":{"terms":["mis_sense"]}}`, "consequence.terms[0]"},
		{`{"name":"a","consequence":{"terms":["missense_variant"],"min_splice":2}}`, "consequence.min_splice"},
		{`{"name":"a","inheritance":{"models":["de_novo","denovo"]}}`, "inheritance.models[1]"},
		{`{"name":"a","inheritance":{}}`, "inheritance.models"},
		{`{"name":"a","quality":{"min_gq":-1}}`, "quality.min_gq"},
		{`{"name":"a","quality":{"min_qual":-1}}`, "quality.min_qual"},
		{`{"name":"a","genotype":{}}`, "genotype.carried"},
		{`{"name":"a","inheritance_evidence":{"parent_min_gq":20}}`, "inheritance_evidence.parent_min_depth"},
		{`{"name":" "}`, "name"},
		{`{}`, "name"},
		{`{"name":"a"} {}`, ""},
		{`[]`, ""},
		{`{`, ""},
		{``, ""},
	} {
		_, err := ParseFilter([]byte(tt.text))
		in, ok := errors.AsType[*review.InputError](err)
		if !ok || in.Field != tt.field || in.What == "" || in.Remedy == "" {
			t.Errorf("ParseFilter(%s) = %v, want an input error on %q", tt.text, err, tt.field)
		}
	}
	if _, err := ParseFilter([]byte(`{"name":"a","frequency":null}`)); err != nil {
		t.Errorf("a step that is null is off: %v", err)
	}
}
