package acmg_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"garrod/review/acmg"

	"github.com/google/go-cmp/cmp"
)

// full is a line with something in every part of the schema.
const full = `{"id":"x","schema":1,"assembly":"GRCh38","key":"17-43045712-A-G","chosen":"NM_1.2","moi":"AD",
"gene":{"hgnc":"HGNC:1100","symbol":"BRCA1"},"disease":{"mondo":"MONDO:0700268","name":"n"},"hide_assertions":true,
"transcripts":[{"id":"NM_1.2","mane":"select","relevant":true,"biotype":"protein_coding","so":["missense_variant"],
 "exon":5,"exons":23,"intron_offset":-3,"aa_first":10,"removed_fraction":0.1,"frame":"kept","rna":{"observed":"r.0","output":"near"}}],
"frequencies":[{"dataset":"gnomAD","version":"4.1","callset":"joint","group":"afr","present":true,"ac":3,"an":90000,"af":3.3e-5,"faf95":1e-5,"filters":[],"sex":"all"},
 {"dataset":"gnomAD","version":"4.1","callset":"genome","group":"all","present":false}],
"coverage":[{"dataset":"gnomAD","version":"4.1","callset":"exome","mean_depth":31.2,"fraction_20x":0.98,"callable":true}],
"predictors":[{"name":"REVEL","version":"1.3","transcript":"NM_1.2","score":0.71}],
"splice":[{"tool":"SpliceAI","version":"1.3","distance":50,"masked":false,"ag":0.01,"al":0,"dg":0,"dl":0,"dp_ag":-3}],
"comparators":[{"key":"17-43045713-A-T","assembly":"GRCh38","class":"P","source":"lab","relation":"same_residue","stars":3}],
"gene_table":{"source":"s","date":"2025","validity":"definitive","mechanism":["LoF"],"penetrance":"full","constraint":{"pli":0.1},
 "regions":[{"first":1,"last":9,"purpose":"pm1"}]},
"family":[{"id":"p","relation":"proband","state":"called","affected":true,"ad":[10,9],"parentage":"confirmed"}],
"partners":[{"key":"17-1-A-G","class":"LP","phase":"trans","basis":"parents"}],
"phenotype":{"hpo":["HP:0000001"],"specificity":"consistent","diagnostic_yield":0.3},
"functional":[{"assay":"a","kind":"protein","call":"abnormal","odds_path":19.5}],
"segregation":[{"meioses":3}],"local":{"probands":2,"p":0.01}}`

func TestParseFacts(t *testing.T) {
	f, err := acmg.ParseFacts([]byte(full))
	if err != nil {
		t.Fatal(err)
	}
	if *f.Frequencies[0].AC != 3 || f.Frequencies[1].Present || f.Predictors[0].Score != 0.71 || *f.Splice[0].Masked {
		t.Errorf("%+v", f)
	}
	for _, tt := range []struct{ name, old, new, field string }{
		{"unknown field", `"moi":"AD"`, `"moi":"AD","colour":1`, "colour"},
		{"unknown field within", `"an":90000`, `"an":90000,"na":1`, "frequencies[0].na"},
		{"name in capitals", `"moi":"AD"`, `"MOI":"AD"`, "MOI"},
		{"repeated", `"moi":"AD"`, `"moi":"AD","moi":"AR"`, "moi"},
		{"number as text", `"score":0.71`, `"score":"0.71"`, "predictors[0].score"},
		{"empty text for a number", `"score":0.71`, `"score":""`, "predictors[0].score"},
		{"dot for a number", `"score":0.71`, `"score":"."`, "predictors[0].score"},
		{"joined numbers", `"score":0.71`, `"score":"0.5&0.9"`, "predictors[0].score"},
		{"NaN", `"score":0.71`, `"score":NaN`, "predictors[0].score"},
		{"infinite", `"score":0.71`, `"score":1e999`, "predictors[0].score"},
		{"score missing", `,"score":0.71`, ``, "predictors[0].score"},
		{"score null", `"score":0.71`, `"score":null`, "predictors[0].score"},
		{"count with a fraction", `"ac":3`, `"ac":3.5`, "frequencies[0].ac"},
		{"negative count", `"ac":3`, `"ac":-3`, "frequencies[0].ac"},
		{"more alleles than there are", `"ac":3,"an":90000`, `"ac":3,"an":2`, "frequencies[0].ac"},
		{"frequency above 1", `"af":3.3e-5`, `"af":3.3`, "frequencies[0].af"},
		{"absent with a count", `"group":"all","present":false`, `"group":"all","present":false,"ac":1`, "frequencies[1].present"},
		{"present missing", `,"present":false`, ``, "frequencies[1].present"},
		{"present as a number", `"present":false`, `"present":0`, "frequencies[1].present"},
		{"no id", `"id":"x",`, ``, "id"},
		{"empty id", `"id":"x"`, `"id":""`, "id"},
		{"no schema", `"schema":1,`, ``, "schema"},
		{"schema of the future", `"schema":1`, `"schema":2`, "schema"},
		{"wrong assembly", `"assembly":"GRCh38","key"`, `"assembly":"hg38","key"`, "assembly"},
		{"key not a key", `"key":"17-43045712-A-G"`, `"key":"17:43045712A>G"`, "key"},
		{"key with a comma", `"key":"17-43045712-A-G"`, `"key":"17-43045712-A-G,T"`, "key"},
		{"key of a symbolic allele", `"key":"17-43045712-A-G"`, `"key":"17-43045712-A-<DEL>"`, "key"},
		{"key with a star", `"key":"17-43045712-A-G"`, `"key":"17-43045712-A-*"`, "key"},
		{"key of the reference", `"key":"17-43045712-A-G"`, `"key":"17-43045712-a-A"`, "key"},
		{"key without ALT", `"key":"17-43045712-A-G"`, `"key":"17-43045712-A-"`, "key"},
		{"key before the first base", `"key":"17-43045712-A-G"`, `"key":"17-0-A-G"`, "key"},
		{"key of a negative position", `"key":"17-43045712-A-G"`, `"key":"17--5-A-G"`, "key"},
		{"key without a contig", `"key":"17-43045712-A-G"`, `"key":"-43045712-A-G"`, "key"},
		{"key with a bare prefix", `"key":"17-43045712-A-G"`, `"key":"chr-43045712-A-G"`, "key"},
		{"key with a space", `"key":"17-43045712-A-G"`, `"key":" 17-43045712-A-G"`, "key"},
		{"RefSeq transcript without version", `"id":"NM_1.2"`, `"id":"NM_007294"`, "transcripts[0].id"},
		{"Ensembl transcript without version", `"id":"NM_1.2"`, `"id":"ENST00000357654"`, "transcripts[0].id"},
		{"transcript with half a version", `"id":"NM_1.2"`, `"id":"NM_007294."`, "transcripts[0].id"},
		{"transcript with a version of letters", `"id":"NM_1.2"`, `"id":"NM_007294.x"`, "transcripts[0].id"},
		{"chosen without version", `"chosen":"NM_1.2"`, `"chosen":"NM_1"`, "chosen"},
		{"score for a transcript without version", `"transcript":"NM_1.2"`, `"transcript":"NM_1"`, "predictors[0].transcript"},
		{"MONDO by name", `"mondo":"MONDO:0700268"`, `"mondo":"OMIM:114480"`, "disease.mondo"},
		{"MONDO without digits", `"mondo":"MONDO:0700268"`, `"mondo":"MONDO:"`, "disease.mondo"},
		{"HGNC without digits", `"hgnc":"HGNC:1100"`, `"hgnc":"HGNC:BRCA1"`, "gene.hgnc"},
		{"HGNC bare", `"hgnc":"HGNC:1100"`, `"hgnc":"1100"`, "gene.hgnc"},
		{"wrong mode", `"moi":"AD"`, `"moi":"dominant"`, "moi"},
		{"gene without HGNC", `"hgnc":"HGNC:1100",`, ``, "gene.hgnc"},
		{"gene by symbol", `"hgnc":"HGNC:1100"`, `"hgnc":"BRCA1"`, "gene.hgnc"},
		{"wrong callset", `"callset":"joint"`, `"callset":"both"`, "frequencies[0].callset"},
		{"wrong mechanism", `["LoF"]`, `["LoF","loss"]`, "gene_table.mechanism[1]"},
		{"delta above 1", `"ag":0.01`, `"ag":1.01`, "splice[0].ag"},
		{"terms missing", `"so":["missense_variant"],`, ``, "transcripts[0].so"},
		{"list for an object", `"phenotype":{`, `"phenotype":[],"x":{`, "phenotype"},
		{"null in a list", `["HP:0000001"]`, `[null]`, "phenotype.hpo[0]"},
		{"something after", `"p":0.01}}`, `"p":0.01}} {}`, ""},
		{"cut short", `"p":0.01}}`, `"p":0.01}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			line := strings.Replace(full, tt.old, tt.new, 1)
			if line == full {
				t.Fatal("nothing replaced")
			}
			_, err := acmg.ParseFacts([]byte(line))
			var fe *acmg.FactsError
			if !errors.As(err, &fe) || fe.Field != tt.field || fe.What == "" {
				t.Errorf("%v (%+v), want field %q", err, fe, tt.field)
			}
		})
	}
	for _, line := range []string{"", "null", "[]", "1", "{}", "\xff", strings.Repeat("[", 100000)} {
		if _, err := acmg.ParseFacts([]byte(line)); err == nil {
			t.Errorf("%.20q was read", line)
		}
	}
}

// A key may be spelled in any way; the unit has it normalised.
func TestUnitKeyIsCanonical(t *testing.T) {
	rs := shipped(t)["acgs-2024"]
	for given, want := range map[string]string{
		"17-43045712-A-G":           "17-43045712-A-G",
		"chr17-43045712-a-g":        "17-43045712-A-G",
		"CHR17-043045712-CAT-CGT":   "17-43045713-A-G",
		"chrM-1555-A-G":             "MT-1555-A-G",
		"M-1555-A-G":                "MT-1555-A-G",
		"NC_012920.1-1555-A-G":      "MT-1555-A-G",
		"chrx-100-CTT-CT":           "X-100-CT-C",
		"1-100-CAA-CAAA":            "1-100-C-CA",
		"99-5-A-G":                  "99-5-A-G",
		"chrUn_KI270302v1-5-AC-ACC": "chrUn_KI270302v1-5-A-AC",
		"HLA-A*01:01-5-A-G":         "HLA-A*01:01-5-A-G",
	} {
		line, err := json.Marshal(map[string]any{"id": "x", "schema": 1, "assembly": "GRCh38", "key": given})
		if err != nil {
			t.Fatal(err)
		}
		f, err := acmg.ParseFacts(line)
		if err != nil {
			t.Errorf("%s: %v", given, err)
			continue
		}
		if got := propose(t, rs, f).Unit.Key; got != want {
			t.Errorf("%s: unit %s, want %s", given, got, want)
		}
	}
	// What triage builds for a symbolic allele is proposed for, as it is named.
	f := &acmg.Facts{ID: "x", Schema: 1, Assembly: "GRCh38", Key: "chrM-5-A-<DEL>"}
	p := propose(t, rs, f)
	if ba1 := proposalOf(t, p, "BA1"); p.Unit.Key != f.Key || ba1.State != acmg.NotApplicable {
		t.Errorf("%s, BA1 %s: want the key as given, and not applicable on MT", p.Unit.Key, ba1.State)
	}
}

func FuzzParseFacts(f *testing.F) {
	f.Add([]byte(full))
	f.Add([]byte(`{"id":"x","schema":1,"assembly":"GRCh37","key":"1-1-A-G"}`))
	rs := shipped(f)["acgs-2024"]
	f.Fuzz(func(t *testing.T, line []byte) {
		facts, err := acmg.ParseFacts(line)
		if err != nil {
			return
		}
		written, err := json.Marshal(facts)
		if err != nil {
			t.Fatal(err)
		}
		again, err := acmg.ParseFacts(written)
		if err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		rewritten, err := json.Marshal(again)
		if err != nil || !bytes.Equal(written, rewritten) {
			t.Fatalf("%s then %s, %v", written, rewritten, err)
		}
		if _, err := acmg.Propose(facts, rs); err != nil {
			t.Fatal(err)
		}
	})
}

// Taking any one value away never turns a criterion that lacked input into one
// that is met.
func TestRemovingNeverMeets(t *testing.T) {
	lines := []string{
		full,
		strings.Replace(full, `"moi":"AD"`, `"moi":"AR"`, 1),
		strings.Replace(full, `"score":0.71`, `"score":0.1`, 1),
		strings.Replace(full, `"af":3.3e-5,"faf95":1e-5`, `"af":0.3,"faf95":0.2`, 1),
		strings.Replace(full, `"ac":3,"an":90000,"af":3.3e-5,"faf95":1e-5`, `"ac":0,"an":90000`, 1),
		strings.Replace(full, `"transcript":"NM_1.2",`, `"transcript":"NM_9.9",`, 1),
		strings.Replace(full, `"filters":[]`, `"filters":["AC0"]`, 1),
	}
	sets := shipped(t)
	for _, id := range []acmg.RuleSetID{"acgs-2024"} {
		rs := sets[id]
		for n, line := range lines {
			var tree map[string]any
			if err := json.Unmarshal([]byte(line), &tree); err != nil {
				t.Fatal(err)
			}
			before := states(t, rs, []byte(line))
			removed := 0
			without(tree, func(path string) {
				b, err := json.Marshal(tree)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := acmg.ParseFacts(b); err != nil {
					return
				}
				removed++
				for c, s := range states(t, rs, b) {
					// The shipped rule sets accept a score of no named transcript.
					if path == "predictors[].transcript" {
						continue
					}
					if s == acmg.Met && before[c] == acmg.NotAssessed {
						t.Errorf("%s, line %d: %s is met once %s is gone", id, n, c, path)
					}
				}
			})
			if removed < 50 {
				t.Errorf("only %d values could be taken away", removed)
			}
		}
	}
}

func states(t *testing.T, rs *acmg.RuleSet, line []byte) map[acmg.Criterion]acmg.State {
	t.Helper()
	f, err := acmg.ParseFacts(line)
	if err != nil {
		t.Fatal(err)
	}
	m := map[acmg.Criterion]acmg.State{}
	for _, p := range propose(t, rs, f).Proposals {
		m[p.Code] = p.State
	}
	return m
}

// without takes each value of the tree away in turn and puts it back.
func without(tree map[string]any, visit func(path string)) {
	for name, v := range tree {
		delete(tree, name)
		visit(name)
		tree[name] = v
		switch v := v.(type) {
		case map[string]any:
			without(v, func(path string) { visit(name + "." + path) })
		case []any:
			for i, item := range v {
				shorter := append(append([]any{}, v[:i]...), v[i+1:]...)
				tree[name] = shorter
				visit(name + "[]")
				tree[name] = v
				if m, ok := item.(map[string]any); ok {
					without(m, func(path string) { visit(name + "[]." + path) })
				}
			}
		}
	}
}

// Every criterion of the vocabulary is answered, with a reason.
func TestProposeAnswersAll(t *testing.T) {
	for id, rs := range shipped(t) {
		p := propose(t, rs, facts(t, ""))
		var got []acmg.Criterion
		for _, pr := range p.Proposals {
			got = append(got, pr.Code)
			if pr.Reason == "" || pr.Provenance == "" || pr.Inputs == nil {
				t.Errorf("%s: %s says nothing: %+v", id, pr.Code, pr)
			}
			want := acmg.NotAssessed
			if pr.Code == "PP5" || pr.Code == "BP6" {
				want = acmg.NotApplicable
			}
			if pr.State != want || pr.Strength != 0 {
				t.Errorf("%s: %s is %s at %v, want %s", id, pr.Code, pr.State, pr.Strength, want)
			}
		}
		if diff := cmp.Diff(rs.Codes(), got); diff != "" {
			t.Errorf("%s:\n%s", id, diff)
		}
		if p.Class != acmg.ClassUncertain || p.Points != 0 || p.RuleSetHash != rs.Hash() || p.Unit.Gene != "HGNC:1100" {
			t.Errorf("%s: %+v", id, p)
		}
	}
}

func BenchmarkPropose(b *testing.B) {
	rs := shipped(b)["acgs-2024"]
	f, err := acmg.ParseFacts([]byte(full))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := acmg.Propose(f, rs); err != nil {
			b.Fatal(err)
		}
	}
}
