package triage

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"

	"github.com/google/go-cmp/cmp"
)

// past is a Past held in memory.
type past map[string]Seen

func (p past) Of(k genome.Key) Seen {
	if s, ok := p[k.String()]; ok {
		return s
	}
	return Seen{Looked: 5, Cases: 5}
}

func (past) Counted() string { return "5 other cases" }

// everyStep are filters that each have one step more than none, strict enough to
// remove whatever they can, and one that has them all.
func everyStep() []Filter {
	with := func(name string, change func(f *Filter)) Filter {
		f := AllVariants()
		f.Name = name
		change(&f)
		return f
	}
	all := []func(f *Filter){
		func(f *Filter) { f.Genotype = &GenotypeFilter{Carried: true} },
		func(f *Filter) {
			f.Genotype = &GenotypeFilter{Copies: []string{"hemi"}, Relatives: []RelativeGenotype{{"mother", carrier}, {"dad", notCarrier}}}
		},
		func(f *Filter) {
			f.Quality = &QualityFilter{PassOnly: true, MinDepth: ref(1000), MinGQ: ref(100), MinQual: ref(1e6)}
		},
		func(f *Filter) {
			f.Quality = &QualityFilter{MinAltReads: ref(1000), MinHetFraction: ref(0.99), MinHomFraction: ref(1.0)}
		},
		func(f *Filter) { f.Frequency = &FrequencyFilter{MaxAF: 0} },
		func(f *Filter) { f.Consequence = &ConsequenceFilter{Terms: []string{"stop_lost"}} },
		func(f *Filter) { f.Panel = &PanelFilter{Use: true} },
		func(f *Filter) { f.Region = &RegionFilter{Assembly: genome.GRCh38, Ranges: []string{"9:1-2"}} },
		func(f *Filter) {
			f.Region = &RegionFilter{Assembly: genome.GRCh38, Exclude: true, Ranges: []string{"1:1-90000", "2:1-90000", "X:1-90000"}}
		},
		func(f *Filter) { f.Groups = []GroupLimit{{Group: "nfe", MaxAF: ref(0.0), MaxAC: ref(0)}} },
		func(f *Filter) { f.Inheritance = &InheritanceFilter{Models: []string{ModelYLinked}} },
		func(f *Filter) { f.ClinVar = &ClinVarFilter{Keep: []string{"benign"}, DropUnknown: true} },
		func(f *Filter) {
			f.History, f.Past = &HistoryFilter{MaxCases: ref(0), DropBenign: true}, past{"1-100-A-G": {
				Carriers: []review.CaseID{"C-1"}, Looked: 1, Cases: 1, Classes: []PastClass{{Case: "C-1", Class: acmg.ClassBenign}},
			}}
		},
		func(f *Filter) { f.Text = &TextFilter{Words: "nothing-is-called-so"} },
	}
	var out []Filter
	for i, change := range all {
		out = append(out, with(fmt.Sprintf("step %d", i), change))
	}
	return append(out, with("all", func(f *Filter) {
		for _, change := range all {
			change(f)
		}
	}))
}

// A known pathogenic allele that the proband carries is in the list or in the
// rescue lane, whatever the steps.
func TestRescueLaneCannotBeFilteredAway(t *testing.T) {
	v := in(withAF(pathogenic(variant(t, "1-100-A-G", "kid=0/1:9,9", "mum=0/0", "dad=0/1"), ref(0)), "nfe", 100000, 0.5), "GENE9", "intron_variant")
	v.Record.Filters, v.Record.Qual = []string{"LowQual"}, ref(1.0)
	v.Frequencies[0].AC = ref(50000)
	removing := map[string]bool{}
	for _, f := range everyStep() {
		w := run(t, one(v), withPanel(trio(review.Female)), f)
		switch {
		case len(w.List) == 1:
		case len(w.Rescue) == 1 && w.Rescue[0].Lane == LaneRescue && strings.HasPrefix(w.Rescue[0].RescueCause, "removed by "+w.Rescue[0].RemovedBy):
			removing[w.Rescue[0].RemovedBy] = true
		default:
			t.Errorf("filter %s: %d listed, %d rescued: %+v", f.Name, len(w.List), len(w.Rescue), w.Rescue)
		}
	}
	for _, name := range []string{
		stepQuality, stepReads, stepFrequency, stepConsequence, stepPanel, stepRegion, stepGroups,
		stepInheritance, stepZygosity, stepClinVar, stepHistory, stepText,
	} {
		if !removing[name] {
			t.Errorf("no filter removed the variant by %s, so that its rescue was not tried", name)
		}
	}
}

// The new steps keep the promises of the old ones: one place for each variant,
// and an explanation that agrees with the list.
func TestPicksKeepThePromises(t *testing.T) {
	for seed := range uint64(4) {
		src := random(t, 300+seed, 80)
		for _, f := range everyStep() {
			w := run(t, src, trio(review.Male), f)
			checkFunnel(t, w, src)
			listed := map[string]bool{}
			for _, r := range w.List {
				listed[r.Variant.Key.String()] = true
			}
			for _, vs := range src[:20] {
				for _, v := range vs {
					x, err := Explain(t.Context(), src, trio(review.Male), f, v.Key.String())
					if err != nil {
						t.Fatal(err)
					}
					if x.InList != listed[v.Key.String()] {
						t.Errorf("filter %s, %s: explained as %s, listed %v", f.Name, v.Key, x.Lane, listed[v.Key.String()])
					}
				}
			}
		}
	}
}

// stepOf tells what one step makes of v: kept, removed or not_assessed, and the
// value it looked at. It is empty where the step has no line for v.
func stepOf(t *testing.T, c *review.Case, f Filter, v review.Variant, step string) (alone, value string) {
	t.Helper()
	x, err := Explain(t.Context(), one(v), c, f, v.Key.String())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range x.Steps {
		if s.Step == step {
			out, value = append(out, s.Alone), s.Value
		}
	}
	slices.Sort(out)
	if len(out) > 0 && out[len(out)-1] == "removed" {
		return "removed", value
	}
	if len(out) > 0 {
		return out[0], value
	}
	return "", ""
}

func TestGroupLimits(t *testing.T) {
	freq := func(change func(f *acmg.Frequency)) review.Variant {
		v := variant(t, "1-100-A-G", "kid=0/1")
		f := acmg.Frequency{Dataset: "gnomAD", Version: "4.1", Callset: "joint", Group: "nfe", Present: true, AC: ref(2), AN: ref(3000), AF: ref(2.0 / 3000), Hom: ref(1), Hemi: ref(0)}
		change(&f)
		v.Frequencies = []acmg.Frequency{f}
		return v
	}
	same := func(*acmg.Frequency) {}
	nfe := func(change func(g *GroupLimit)) GroupLimit {
		g := GroupLimit{Dataset: "gnomad", Callset: "joint", Group: "NFE"}
		change(&g)
		return g
	}
	af := func(most float64, an int) GroupLimit {
		return nfe(func(g *GroupLimit) { g.MaxAF, g.MinAN = &most, an })
	}
	for _, tt := range []struct {
		name string
		g    GroupLimit
		v    review.Variant
		want string
	}{
		{"below", af(0.001, 2000), freq(same), "kept"},
		{"above", af(0.0001, 2000), freq(same), "removed"},
		{"equal", af(2.0/3000, 3000), freq(same), "kept"},
		{"too few alleles", af(0.0001, 3001), freq(same), "not_assessed"},
		{"number of alleles not given", af(0.0001, 1), freq(func(f *acmg.Frequency) { f.AN = nil }), "not_assessed"},
		{"number of alleles not asked for", af(0.0001, 0), freq(func(f *acmg.Frequency) { f.AN = nil }), "removed"},
		{"another group", af(0, 0), freq(func(f *acmg.Frequency) { f.Group = "afr" }), "not_assessed"},
		{"another data set", af(0, 0), freq(func(f *acmg.Frequency) { f.Dataset = "TOPMed" }), "not_assessed"},
		{"another call set", af(0, 0), freq(func(f *acmg.Frequency) { f.Callset = "exome" }), "not_assessed"},
		{"looked up, no record", af(0, 2000), freq(func(f *acmg.Frequency) { f.Present, f.AF, f.AC = false, nil, nil }), "kept"},
		{"no record and the number of alleles not given", af(0, 2000), freq(func(f *acmg.Frequency) { f.Present, f.AF, f.AC, f.AN = false, nil, nil, nil }), "not_assessed"},
		{"from AC and AN", af(0.0001, 2000), freq(func(f *acmg.Frequency) { f.AF = nil }), "removed"},
		{"nothing to make a frequency of", af(0, 0), freq(func(f *acmg.Frequency) { f.AF, f.AC = nil, nil }), "not_assessed"},
		{"homozygotes", nfe(func(g *GroupLimit) { g.MaxHom = ref(0) }), freq(same), "removed"},
		{"homozygotes allowed", nfe(func(g *GroupLimit) { g.MaxHom = ref(1) }), freq(same), "kept"},
		{"homozygotes not counted", nfe(func(g *GroupLimit) { g.MaxHom = ref(0) }), freq(func(f *acmg.Frequency) { f.Hom = nil }), "not_assessed"},
		{"homozygotes of a small group", nfe(func(g *GroupLimit) { g.MaxHom, g.MinAN = ref(0), 1e6 }), freq(same), "removed"},
		{"hemizygotes", nfe(func(g *GroupLimit) { g.MaxHemi = ref(0) }), freq(same), "kept"},
		{"alleles", nfe(func(g *GroupLimit) { g.MaxAC = ref(1) }), freq(same), "removed"},
		{"any data set", GroupLimit{Group: "nfe", MaxAC: ref(1)}, freq(same), "removed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := AllVariants()
			f.Groups = []GroupLimit{tt.g}
			if got, value := stepOf(t, single(review.Female), f, tt.v, stepGroups); got != tt.want {
				t.Errorf("%s (%s), want %s", got, value, tt.want)
			}
		})
	}
}

// What is not assessed is kept and counted.
func TestGroupLimitsCountWhatIsUnknown(t *testing.T) {
	f := AllVariants()
	f.Groups = []GroupLimit{{Group: "nfe", MaxAF: ref(0.0), MinAN: 2000}}
	w := run(t, one(variant(t, "1-100-A-G", "kid=0/1"), withAF(variant(t, "1-200-A-G", "kid=0/1"), "nfe", 100, 0.5)), single(review.Female), f)
	st := w.Funnel[len(w.Funnel)-1]
	want := review.FunnelStep{Step: stepGroups, Before: 2, After: 2, NotAssessed: 2, Parameter: "nfe: frequency ≤ 0 where AN ≥ 2000; after the steps that need no record; not assessed: the file gives no value for it"}
	if d := cmp.Diff(want, st); d != "" {
		t.Errorf("funnel (-want +got):\n%s", d)
	}
}

func TestZygosity(t *testing.T) {
	sister := review.Member{ID: "sis", Mother: "mum", Father: "dad", Sex: review.Female, Affected: affected(true)}
	base := []string{"kid=0/1", "mum=0/1", "dad=0/0", "sis=0/1"}
	with := func(calls ...string) []string { return append(slices.Clone(base), calls...) }
	gt := func(kid string) []string { c := slices.Clone(base); c[0] = kid; return c }
	mum := func(m string) []string { c := slices.Clone(base); c[1] = m; return c }
	for _, tt := range []struct {
		name   string
		q      GenotypeFilter
		key    string
		calls  []string
		want   string
		member bool
	}{
		{"het", GenotypeFilter{Copies: []string{"het"}}, "1-100-A-G", base, "kept", true},
		{"hom is not het", GenotypeFilter{Copies: []string{"het"}}, "1-100-A-G", gt("kid=1/1"), "removed", true},
		{"hom or hemi", GenotypeFilter{Copies: []string{"hom", "hemi"}}, "1-100-A-G", gt("kid=1/1"), "kept", true},
		{"male X written with two copies", GenotypeFilter{Copies: []string{"hemi"}}, "X-50000000-A-G", gt("kid=1/1"), "kept", true},
		{"male X with two alleles is het", GenotypeFilter{Copies: []string{"hemi"}}, "X-50000000-A-G", base, "removed", true},
		{"no copy", GenotypeFilter{Copies: []string{"het", "hom", "hemi"}}, "1-100-A-G", gt("kid=0/0"), "removed", true},
		{"partly called", GenotypeFilter{Copies: []string{"hom"}}, "1-100-A-G", gt("kid=./1"), "not_assessed", true},
		{"not called", GenotypeFilter{Copies: []string{"hom"}}, "1-100-A-G", gt("kid=./."), "not_assessed", true},
		{"two ALT alleles", GenotypeFilter{Copies: []string{"hom"}}, "1-100-A-G", gt("kid=1/2"), "removed", true},
		{"mother carries", GenotypeFilter{Relatives: []RelativeGenotype{{"mother", carrier}}}, "1-100-A-G", base, "kept", true},
		{"mother not called", GenotypeFilter{Relatives: []RelativeGenotype{{"mother", carrier}}}, "1-100-A-G", mum("mum=./."), "not_assessed", true},
		{"mother is to be without", GenotypeFilter{Relatives: []RelativeGenotype{{"mother", notCarrier}}}, "1-100-A-G", base, "removed", true},
		{"mother any", GenotypeFilter{Relatives: []RelativeGenotype{{"mother", anyCarrier}}}, "1-100-A-G", base, "", true},
		{"father by name", GenotypeFilter{Relatives: []RelativeGenotype{{"dad", carrier}}}, "1-100-A-G", base, "removed", true},
		{"affected", GenotypeFilter{Relatives: []RelativeGenotype{{"affected", carrier}}}, "1-100-A-G", base, "kept", true},
		{"unaffected, one carries", GenotypeFilter{Relatives: []RelativeGenotype{{"unaffected", notCarrier}}}, "1-100-A-G", with(), "removed", true},
		{"sibling", GenotypeFilter{Relatives: []RelativeGenotype{{"sibling", notCarrier}}}, "1-100-A-G", base, "removed", true},
		{"nobody", GenotypeFilter{Relatives: []RelativeGenotype{{"sibling", carrier}}}, "1-100-A-G", base, "not_assessed", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := trio(review.Male)
			if tt.member {
				c = trio(review.Male, sister)
			}
			f := AllVariants()
			f.Genotype = &tt.q
			if got, value := stepOf(t, c, f, variant(t, tt.key, tt.calls...), stepZygosity); got != tt.want {
				t.Errorf("%q (%s), want %q", got, value, tt.want)
			}
		})
	}
}

// A second allele that a pick takes out is still the partner of the first.
func TestPicksComeAfterThePairs(t *testing.T) {
	a := in(variant(t, "1-100-A-G", "kid=0/1", "mum=0/1", "dad=0/0"), "GENE1", "missense_variant")
	b := in(variant(t, "1-200-A-G", "kid=0/1", "mum=0/0", "dad=0/1"), "GENE1", "stop_gained")
	b.Record.ID = "rs7"
	f := AllVariants()
	f.Inheritance = &InheritanceFilter{Models: []string{ModelCompoundHet}}
	f.Text = &TextFilter{Words: "missense gene1"}
	w := run(t, one(a, b), trio(review.Female), f)
	if len(w.List) != 1 || w.List[0].Variant.Key != a.Key || labelOf(t, w.List[0], ModelCompoundHet).Phase != "trans" {
		t.Errorf("listed %+v", w.List)
	}
}

func TestClinVarStep(t *testing.T) {
	says := func(significance string, stars *int) review.Variant {
		v := variant(t, "1-100-A-G", "kid=0/1")
		v.Assertions = []review.Assertion{{Source: "ClinVar", Significance: significance, Stars: stars, Conflicting: strings.HasPrefix(significance, "Conflicting")}}
		return v
	}
	keep := func(c ...string) ClinVarFilter { return ClinVarFilter{Keep: c} }
	drop := func(c ...string) ClinVarFilter { return ClinVarFilter{Drop: c} }
	stars := func(n int, q ClinVarFilter) ClinVarFilter { q.MinStars = n; return q }
	strict := func(q ClinVarFilter) ClinVarFilter { q.DropUnknown = true; return q }
	none := variant(t, "1-100-A-G", "kid=0/1")
	for _, tt := range []struct {
		name string
		q    ClinVarFilter
		v    review.Variant
		want string
	}{
		{"drop benign", drop("benign", "likely_benign"), says("Benign", ref(1)), "removed"},
		{"drop benign/likely benign", drop("benign", "likely_benign"), says("Benign/Likely_benign", ref(2)), "removed"},
		{"not all classes dropped", drop("benign"), says("Benign/Likely_benign", ref(2)), "kept"},
		{"benign and a drug response", drop("benign"), says("Benign|drug_response", ref(2)), "kept"},
		{"words with blanks", drop("uncertain"), says("Uncertain significance", nil), "removed"},
		{"no opinion", drop("benign"), none, "not_assessed"},
		{"no opinion, strict", strict(drop("benign")), none, "removed"},
		{"keep", keep("pathogenic", "likely_pathogenic"), says("Likely_pathogenic", nil), "kept"},
		{"keep, low penetrance", keep("pathogenic"), says("Pathogenic,_low_penetrance", nil), "kept"},
		{"keep, another", keep("pathogenic"), says("Uncertain_significance", nil), "removed"},
		{"keep conflicting", keep("conflicting"), says("Conflicting_classifications_of_pathogenicity", ref(1)), "kept"},
		{"drop conflicting", drop("conflicting"), says("Conflicting_interpretations_of_pathogenicity", ref(1)), "removed"},
		{"not provided is no opinion", strict(keep("benign")), says("not_provided", ref(0)), "removed"},
		{"a word that ClinVar brings next year", strict(keep("pathogenic")), says("Rather_pathogenic", ref(3)), "not_assessed"},
		{"too few stars to drop", stars(2, drop("benign")), says("Benign", ref(1)), "not_assessed"},
		{"enough stars", stars(1, drop("benign")), says("Benign", ref(1)), "removed"},
		{"stars not told", stars(1, drop("benign")), says("Benign", nil), "removed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := AllVariants()
			f.ClinVar = &tt.q
			if got, value := stepOf(t, single(review.Female), f, tt.v, stepClinVar); got != tt.want {
				t.Errorf("%s (%s), want %s", got, value, tt.want)
			}
		})
	}
}

func TestHistoryStep(t *testing.T) {
	cases := func(n, looked, all int) Seen {
		return Seen{Carriers: make([]review.CaseID, n), Looked: looked, Cases: all}
	}
	classes := func(cs ...acmg.Class) Seen {
		var s Seen
		for _, c := range cs {
			s.Classes = append(s.Classes, PastClass{Case: "C-1", Class: c, By: "ada", On: "2026-01-02"})
		}
		return s
	}
	most := func(n int) HistoryFilter { return HistoryFilter{MaxCases: &n} }
	benign := HistoryFilter{DropBenign: true}
	for _, tt := range []struct {
		name  string
		q     HistoryFilter
		seen  Seen
		want  string
		value string
	}{
		{"as many as allowed", most(2), cases(2, 9, 9), "kept", "2 ("},
		{"one more", most(2), cases(3, 9, 9), "removed", "of 9 other cases"},
		{"one more, not all cases known", most(2), cases(3, 4, 9), "removed", "at least 3"},
		{"not all cases known", most(2), cases(2, 4, 9), "not_assessed", "of which 4 are known in full"},
		{"no other case", most(0), cases(0, 0, 0), "not_assessed", "no other case"},
		{"never classified", benign, classes(), "not_assessed", "never classified here"},
		{"benign and likely benign", benign, classes(acmg.ClassBenign, acmg.ClassLikelyBenign), "removed", "B in C-1 (ada 2026-01-02); LB"},
		{"once uncertain", benign, classes(acmg.ClassBenign, acmg.ClassUncertain), "kept", "VUS"},
		{"withheld", benign, classes(acmg.ClassWithheld), "kept", "withheld"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := AllVariants()
			f.History, f.Past = &tt.q, past{"1-100-A-G": tt.seen}
			got, value := stepOf(t, single(review.Female), f, variant(t, "1-100-A-G", "kid=0/1"), stepHistory)
			if got != tt.want || !strings.Contains(value, tt.value) {
				t.Errorf("%s (%s), want %s (%s)", got, value, tt.want, tt.value)
			}
		})
	}
	f := AllVariants()
	f.History = &HistoryFilter{MaxCases: ref(0), DropBenign: true}
	if got, _ := stepOf(t, single(review.Female), f, variant(t, "1-100-A-G", "kid=0/1"), stepHistory); got != "not_assessed" {
		t.Errorf("without other cases: %s", got)
	}
}

func TestTextStep(t *testing.T) {
	v := in(variant(t, "1-100-A-G", "kid=0/1"), "BRCA1", "missense_variant")
	v.Consequences[0].HGVSc, v.Consequences[0].HGVSp = "NM_007294.4:c.5123C>A", "NP_009225.1:p.(Ala1708Glu)"
	v.Record.ID = "rs28897696"
	for words, want := range map[string]string{
		"brca1": "kept", "brca1 MISSENSE": "kept", "brca1 stop": "removed", "c.5123c>a": "kept", "p.Ala1708Glu": "kept",
		"p.(Ala1708Glu)": "kept", "RS28897696": "kept", "NM_007294.4": "kept", "1-100-A-G": "kept", "brca2": "removed",
	} {
		f := AllVariants()
		f.Text = &TextFilter{Words: words}
		if got, _ := stepOf(t, single(review.Female), f, v, stepText); got != want {
			t.Errorf("%q: %s, want %s", words, got, want)
		}
	}
	f := AllVariants()
	f.Text = &TextFilter{Words: "brca1"}
	if got, _ := stepOf(t, single(review.Female), f, variant(t, "1-100-A-G", "kid=0/1"), stepText); got != "not_assessed" {
		t.Errorf("a variant without names: %s", got)
	}
}

func TestReadsStep(t *testing.T) {
	q := QualityFilter{MinAltReads: ref(5), MinHetFraction: ref(0.25), MaxHetFraction: ref(0.75), MinHomFraction: ref(0.9)}
	for _, tt := range []struct{ key, call, want string }{
		{"1-100-A-G", "kid=0/1:15,5", "kept"},
		{"1-100-A-G", "kid=0/1:16,4", "removed"},
		{"1-100-A-G", "kid=0/1:16,5", "removed"}, // 0.238
		{"1-100-A-G", "kid=0/1:5,15", "kept"},
		{"1-100-A-G", "kid=0/1:5,16", "removed"}, // 0.762
		{"1-100-A-G", "kid=1/1:1,9", "kept"},
		{"1-100-A-G", "kid=1/1:2,9", "removed"},
		{"1-100-A-G", "kid=0/0:30,0", ""},
		{"1-100-A-G", "kid=./.", ""},
		{"MT-3243-A-G", "kid=0/1:900,10", "kept"},
		{"MT-3243-A-G", "kid=0/1:900,4", "removed"},
		{"X-50000000-A-G", "kid=1/1:1,9", "kept"},
		{"X-50000000-A-G", "kid=1:3,9", "removed"},
	} {
		f := AllVariants()
		f.Quality = &q
		if got, value := stepOf(t, single(review.Male), f, variant(t, tt.key, tt.call), stepReads); got != tt.want {
			t.Errorf("%s %s: %q (%s), want %q", tt.key, tt.call, got, value, tt.want)
		}
	}
	f := AllVariants()
	f.Quality = &q
	v := variant(t, "1-100-A-G", "kid=0/1")
	v.Calls[0].AD = nil
	if got, _ := stepOf(t, single(review.Male), f, v, stepReads); got != "not_assessed" {
		t.Errorf("without read counts: %s", got)
	}
}

func TestNewStepsJSON(t *testing.T) {
	for _, f := range everyStep() {
		f.Past = nil
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
	for _, tt := range []struct{ text, field string }{
		{`{"name":"a","groups":[{"group":"nfe","max_aff":0.1}]}`, "groups[0].max_aff"},
		{`{"name":"a","groups":[{"max_af":0.1}]}`, "groups[0].group"},
		{`{"name":"a","groups":[{"group":"nfe","max_af":0.1},{"group":"afr"}]}`, "groups[1]"},
		{`{"name":"a","groups":[{"group":"nfe","max_af":1.1}]}`, "groups[0].max_af"},
		{`{"name":"a","groups":[{"group":"nfe","max_hom":-1}]}`, "groups[0].max_hom"},
		{`{"name":"a","groups":{"group":"nfe"}}`, "groups"},
		{`{"name":"a","groups":[null]}`, "groups[0].group"},
		{`{"name":"a","genotype":{"carried":true,"copies":["homo"]}}`, "genotype.copies[0]"},
		{`{"name":"a","genotype":{"carried":true,"relatives":[{"who":"mother"}]}}`, "genotype.relatives[0].carries"},
		{`{"name":"a","genotype":{"carried":true,"relatives":[{"who":"mother","carries":"yes"}]}}`, "genotype.relatives[0].carries"},
		{`{"name":"a","quality":{"min_het_fraction":25}}`, "quality.min_het_fraction"},
		{`{"name":"a","quality":{"min_het_fraction":0.7,"max_het_fraction":0.3}}`, "quality.max_het_fraction"},
		{`{"name":"a","quality":{"min_alt_reads":-1}}`, "quality.min_alt_reads"},
		{`{"name":"a","region":{"ranges":["1:1-2"]}}`, "region.assembly"},
		{`{"name":"a","region":{"assembly":"hg19","ranges":["1:1-2"]}}`, "region.assembly"},
		{`{"name":"a","region":{"assembly":"GRCh37"}}`, "region"},
		{`{"name":"a","region":{"assembly":"GRCh37","ranges":["1:1-2","1:3"]}}`, "region.ranges[1]"},
		{`{"name":"a","region":{"assembly":"GRCh37","ranges":["1:5-4"]}}`, "region.ranges[0]"},
		{`{"name":"a","region":{"assembly":"GRCh38","ranges":["21:1-47000000"]}}`, "region.ranges[0]"},
		{`{"name":"a","clinvar":{"keep":["path"]}}`, "clinvar.keep[0]"},
		{`{"name":"a","clinvar":{"keep":["benign"],"drop":["benign"]}}`, "clinvar.drop[0]"},
		{`{"name":"a","clinvar":{"min_stars":2}}`, "clinvar"},
		{`{"name":"a","clinvar":{"keep":["benign"],"min_stars":5}}`, "clinvar.min_stars"},
		{`{"name":"a","history":{}}`, "history"},
		{`{"name":"a","history":{"max_cases":-1}}`, "history.max_cases"},
		{`{"name":"a","text":{"words":" () "}}`, "text.words"},
		{`{"name":"a","text":{}}`, "text.words"},
		{`{"name":"a","-":1}`, "-"},
		{`{"name":"a","Past":1}`, "Past"},
	} {
		_, err := ParseFilter([]byte(tt.text))
		e, ok := errors.AsType[*review.InputError](err)
		if !ok || e.Field != tt.field || e.What == "" || e.Remedy == "" {
			t.Errorf("ParseFilter(%s) = %v, want an input error on %q", tt.text, err, tt.field)
		}
	}
}

// The step that takes out a row which another filter lists is the one that the
// explanation names.
func TestRemovedByAgreesWithExplain(t *testing.T) {
	src := random(t, 400, 120)
	c := withPanel(trio(review.Female))
	rows := run(t, src, c, AllVariants()).List
	for _, f := range append(testFilters(), everyStep()...) {
		steps, err := RemovedBy(src, c, f, rows)
		if err != nil {
			t.Fatal(err)
		}
		listed := map[string]bool{}
		for _, r := range run(t, src, c, f).List {
			listed[r.Variant.Key.String()] = true
		}
		for i, r := range rows {
			if listed[r.Variant.Key.String()] || i%7 > 0 {
				continue
			}
			x, err := Explain(t.Context(), src, c, f, r.Variant.Key.String())
			if err != nil {
				t.Fatal(err)
			}
			want := ""
			for _, s := range x.Steps {
				if s.Outcome == "removed" {
					want = s.Step
				}
			}
			if steps[i] != want {
				t.Errorf("filter %s, %s: removed by %q, explained by %q", f.Name, r.Variant.Key, steps[i], want)
			}
		}
	}
}

// A version is the store's to count: it changes neither content nor hash.
func TestFilterHash(t *testing.T) {
	a, b := Default(), Default()
	b.Version = 7
	h1, err1 := a.Hash()
	h2, err2 := b.Hash()
	b.Frequency.MaxAF = 0.02
	h3, err3 := b.Hash()
	if h1 != h2 || h1 == h3 || len(h1) != 64 || errors.Join(err1, err2, err3) != nil {
		t.Errorf("hashes %s, %s, %s", h1, h2, h3)
	}
}
