package acmg_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"garrod/assets/rules"
	"garrod/review/acmg"

	"github.com/google/go-cmp/cmp"
)

func TestShippedRuleSets(t *testing.T) {
	sets, err := acmg.LoadRuleSets(rules.Files())
	if err != nil {
		t.Fatal(err)
	}
	if len(sets) != 4 || sets[0].ID != rules.Default {
		t.Fatalf("%d sets, the first is %s", len(sets), sets[0].ID)
	}
	hashes := map[string]acmg.RuleSetID{}
	for _, rs := range sets {
		if other, twice := hashes[rs.Hash()]; twice {
			t.Errorf("%s and %s have one hash", rs.ID, other)
		}
		hashes[rs.Hash()] = rs.ID
		for c, r := range rs.Criteria {
			if r.Enabled && r.Needs == "" {
				t.Errorf("%s: %s does not say what it needs", rs.ID, c)
			}
		}
	}
}

func TestCanonicalReadsBack(t *testing.T) {
	for id, rs := range shipped(t) {
		again, err := acmg.ParseRuleSet(rs.Canonical())
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		if !bytes.Equal(again.Canonical(), rs.Canonical()) || again.Hash() != rs.Hash() || len(rs.Hash()) != 64 {
			t.Errorf("%s reads back differently", id)
		}
		pretty := &bytes.Buffer{}
		if err := json.Indent(pretty, rs.Canonical(), " ", "\t"); err != nil {
			t.Fatal(err)
		}
		if spaced, err := acmg.ParseRuleSet(pretty.Bytes()); err != nil || spaced.Hash() != rs.Hash() {
			t.Errorf("%s: white space changes the hash: %v", id, err)
		}
	}
}

// Any change of a number changes the hash.
func TestHashFollowsContent(t *testing.T) {
	rs := shipped(t)["acgs-2024"]
	text := string(rs.Canonical())
	for _, change := range [][2]string{
		{`"value":0.05`, `"value":0.049`},
		{`"min_items":2`, `"min_items":1`},
		{`"B":-600`, `"B":-700`},
		{`UNSURE: wording`, `SURE: wording`},
		{`"note":`, `"guidance":`},
	} {
		edited := strings.Replace(text, change[0], change[1], 1)
		if edited == text {
			t.Fatalf("%s is not there", change[0])
		}
		if again, err := acmg.ParseRuleSet([]byte(edited)); err == nil && again.Hash() == rs.Hash() {
			t.Errorf("%v leaves the hash", change)
		}
	}
}

func TestProvenance(t *testing.T) {
	rs := shipped(t)["acgs-2024"]
	for path, want := range map[string]acmg.Provenance{
		"criteria.PM2.default":         {Layer: "acgs-2024 1.0.0", Source: "svi-pm2-2020"},
		"criteria.PM2.allowed":         {Layer: "garrod-base 1.0.0", Source: "svi-pm2-2020"},
		"criteria.PVS1.title":          {Layer: "garrod-base 1.0.0", Source: "abou-tayoun-2018"},
		"combining.cutoffs_hundredths": {Layer: "acgs-2024 1.0.0", Source: "canvig-uk-3.0"},
		"ba1.threshold":                {Layer: "garrod-base 1.0.0", Source: "ghosh-2018"},
		"computational.protein":        {Layer: "garrod-base 1.0.0", Source: "pejaver-2022"},
	} {
		if got := rs.ProvenanceOf(path); got != want {
			t.Errorf("%s: %+v, want %+v", path, got, want)
		}
	}
	svi := shipped(t)["richards-2015-svi"]
	var layers []acmg.RuleSetID
	for _, l := range svi.Layers {
		layers = append(layers, l.ID)
	}
	if diff := cmp.Diff([]acmg.RuleSetID{"garrod-base", "richards-2015", "richards-2015-svi"}, layers); diff != "" {
		t.Error(diff)
	}
	if got := svi.ProvenanceOf("combining.clauses.LP7"); got.Layer != "richards-2015-svi 1.0.0" {
		t.Errorf("LP7 from %+v", got)
	}
	if got := svi.ProvenanceOf("combining.clauses.P1"); got.Layer != "richards-2015 1.0.0" {
		t.Errorf("P1 from %+v", got)
	}
	pr := proposalOf(t, propose(t, rs, facts(t, "")), "BA1")
	if !strings.Contains(pr.Provenance, "Ghosh") || !strings.Contains(pr.Provenance, "garrod-base") {
		t.Error(pr.Provenance)
	}
	if pr := proposalOf(t, propose(t, rs, facts(t, "")), "PM2"); !strings.Contains(pr.Provenance, "UNSURE") {
		t.Errorf("the note is lost: %s", pr.Provenance)
	}
}

// layerOver puts a laboratory's layer on acgs-2024 and resolves it.
func layerOver(t *testing.T, fields string) (*acmg.RuleSet, error) {
	t.Helper()
	lab := []byte(`{"schema":1,"id":"lab","version":"7","title":"The laboratory's own","extends":"acgs-2024",` + fields + `}`)
	sets, err := acmg.LoadRuleSets(append([][]byte{lab}, rules.Files()...))
	if err != nil {
		return nil, err
	}
	return sets[0], nil
}

func TestLaboratoryLayer(t *testing.T) {
	rs, err := layerOver(t, `"source":"sop","sources":{"sop":{"citation":"SOP 12"}},
		"criteria":{"PM2":{"default":"Supporting"},"PM1":{"enabled":false,"reason":"held by PP3 here"}},
		"pairs":{"PVS1/PP3":null},
		"bs1":{"thresholds":[
		 {"gene":"HGNC:1100","strength":"Supporting","threshold":{"op":">","value":0.00002},"source":"vcep-brca"},
		 {"gene":"HGNC:1100","strength":"Strong","threshold":{"op":">","value":0.0001},"source":"vcep-brca"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	if c := combine(t, rs, "PVS1 PP3 PM1", acmg.Unit{}); c.Points != 900 || len(c.Suppressed) != 0 || flags(c) != "disabled_code" {
		t.Errorf("%+v", c)
	}
	if got := rs.ProvenanceOf("criteria.PM1.reason"); got != (acmg.Provenance{Layer: "lab 7", Source: "sop"}) {
		t.Errorf("%+v", got)
	}
	if err := rs.Allows(acmg.Code{Criterion: "PM1", Strength: acmg.Moderate}); err == nil {
		t.Error("a disabled criterion is allowed")
	}
	for faf, want := range map[string]string{"0.0002": "BS1_Strong", "0.0001": "BS1_Supporting", "0.00002": "not_met"} {
		f := facts(t, frequencies(gnomad("joint", "grpmax", `"present":true,"an":91000,"faf95":`+faf)))
		if pr := proposalOf(t, propose(t, rs, f), "BS1"); outcome(pr) != want {
			t.Errorf("%s: %s (%s), want %s", faf, outcome(pr), pr.Reason, want)
		}
	}
}

func TestAllows(t *testing.T) {
	rs := shipped(t)["acgs-2024"]
	for code, want := range map[acmg.Code]bool{
		{Criterion: "PM2", Strength: acmg.Moderate}: true, {Criterion: "PM2", Strength: acmg.Strong}: false,
		{Criterion: "PP5", Strength: acmg.Supporting}: false, {Criterion: "PX9", Strength: acmg.Supporting}: false,
		{Criterion: "BA1", Strength: acmg.StandAlone}: true, {Criterion: "PP3", Strength: acmg.VeryStrong}: false,
	} {
		if err := rs.Allows(code); (err == nil) != want {
			t.Errorf("%s: %v", code.Label(), err)
		}
	}
}

func TestBadLayers(t *testing.T) {
	for _, tt := range []struct{ name, fields, field string }{
		{"unknown field", `"colour":1`, "colour"},
		{"unknown field within", `"pm2":{"min_dept":1}`, "pm2.min_dept"},
		{"name in capitals", `"PM2":{}`, "PM2"},
		{"repeated", `"pm2":{},"pm2":{}`, "pm2"},
		{"number as text", `"ba1":{"min_an":"2000"}`, "ba1.min_an"},
		{"unknown strength", `"criteria":{"PM2":{"default":"Weak"}}`, "criteria.PM2.default"},
		{"default not allowed", `"criteria":{"PM2":{"default":"Strong"}}`, "criteria.PM2.default"},
		{"disabled without a reason", `"criteria":{"PM2":{"enabled":false}}`, "criteria.PM2.reason"},
		{"name against strength", `"criteria":{"PM9":{"direction":"pathogenic","richards":"Strong","default":"Strong","allowed":["Strong"],"enabled":true,"title":"x"}}`, "criteria.PM9.richards"},
		{"a code like a strength", `"criteria":{"PM2_Strong":{"direction":"pathogenic","richards":"Moderate","default":"Strong","allowed":["Strong"],"enabled":true,"title":"x"}}`, ""},
		{"half a criterion", `"criteria":{"PM9":{"direction":"pathogenic"}}`, "criteria.PM9.richards"},
		{"pair of strangers", `"pairs":{"x":{"a":"PM2","b":"PM99","action":"warn","text":"t"}}`, "pairs.x"},
		{"suppress across sides", `"pairs":{"x":{"a":"PM2","b":"BS1","action":"suppress","text":"t"}}`, "pairs.x.action"},
		{"unknown action", `"pairs":{"x":{"a":"PM2","b":"BS1","action":"fight","text":"t"}}`, "pairs.x.action"},
		{"unknown source", `"source":"nobody"`, "source"},
		{"cut-offs out of order", `"combining":{"cutoffs_hundredths":{"LP":1200}}`, "combining.cutoffs_hundredths"},
		{"unknown scheme", `"combining":{"scheme":"votes"}`, "combining.scheme"},
		{"clauses without a table", `"combining":{"scheme":"clauses"}`, "combining.clauses"},
		{"pathogenic stand-alone", `"points":{"pathogenic":{"StandAlone":1000}}`, "points.pathogenic.StandAlone"},
		{"BA1 with points", `"points":{"benign":{"StandAlone":-800}}`, "points.benign.StandAlone"},
		{"a field taken away", `"ba1":null`, "ba1"},
		{"overlapping intervals", `"computational":{"protein":{"intervals":[{"criterion":"PP3","strength":"Supporting","lo":0.5},{"criterion":"BP4","strength":"Supporting","hi":0.6}]}}`, "computational.protein.intervals[1]"},
		{"touching closed ends", `"computational":{"protein":{"intervals":[{"criterion":"PP3","strength":"Supporting","lo":0.5,"lo_closed":true},{"criterion":"BP4","strength":"Supporting","hi":0.5,"hi_closed":true}]}}`, "computational.protein.intervals[1]"},
		{"bad exception", `"ba1":{"exceptions":[{"gene":"G","name":"n","grch37":"1:2A>G","grch38":"1-2-A-G"}]}`, "ba1.exceptions[0]"},
		{"unknown inheritance", `"pm2":{"limits":{"XX":{"max_af":0,"max_ac":0}}}`, "pm2.limits.XX"},
		{"unknown operator", `"ba1":{"threshold":{"op":"="}}`, "ba1.threshold.op"},
		{"resolved already", `"layers":[]`, "layers"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := layerOver(t, tt.fields)
			var re *acmg.RuleSetError
			if !errors.As(err, &re) || re.What == "" || re.RuleSet != "lab" && tt.field != "pm2" && re.RuleSet != "" {
				t.Fatalf("%v", err)
			}
			if tt.field != "" && re.Field != tt.field {
				t.Errorf("%v: field %q, want %q", err, re.Field, tt.field)
			}
		})
	}
}

func TestBadChains(t *testing.T) {
	layer := func(id, extends string) []byte {
		return []byte(`{"schema":1,"id":"` + id + `","version":"1","title":"t","extends":"` + extends + `"}`)
	}
	for name, files := range map[string][][]byte{
		"nothing below":   {layer("a", "b")},
		"circle":          {layer("a", "b"), layer("b", "a")},
		"itself":          {layer("a", "a")},
		"twice":           {rules.Files()[4], rules.Files()[4]},
		"incomplete":      {[]byte(`{"schema":1,"id":"a","version":"1","title":"t"}`)},
		"without an id":   {[]byte(`{"schema":1}`)},
		"text after it":   {append(append([]byte{}, rules.Files()[4]...), "{}"...)},
		"cut short":       {rules.Files()[4][:1000]},
		"not JSON at all": {[]byte("PK\x03\x04")},
	} {
		var re *acmg.RuleSetError
		if _, err := acmg.LoadRuleSets(files); !errors.As(err, &re) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := acmg.Resolve(); err == nil {
		t.Error("no layers resolved")
	}
}

func FuzzParseRuleSet(f *testing.F) {
	for _, rs := range shipped(f) {
		f.Add(rs.Canonical())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = acmg.ParseLayer(data)
		rs, err := acmg.ParseRuleSet(data)
		if err != nil {
			return
		}
		again, err := acmg.ParseRuleSet(rs.Canonical())
		if err != nil || again.Hash() != rs.Hash() {
			t.Fatalf("reads back differently: %v", err)
		}
		for _, c := range rs.Codes() {
			code := acmg.Code{Criterion: c, Strength: rs.Criteria[c].Richards}
			if _, err := acmg.Combine(rs, []acmg.Evidence{{Code: code}}, acmg.Unit{}); err != nil {
				t.Fatal(err)
			}
		}
	})
}
