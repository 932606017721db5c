package triage

import (
	"errors"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
)

func key(t testing.TB, s string) genome.Key {
	t.Helper()
	k, err := genome.ParseKey(genome.GRCh38, s)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Only a call without the allele, with enough reads of good quality and nothing
// else at the place, is an absence.
func TestAskKnown(t *testing.T) {
	with := func(k, gt string, change func(v *review.Variant, c *review.Call)) records {
		v := variant(t, k, "kid="+gt)
		change(&v, &v.Calls[0])
		return one(v)
	}
	as := func(*review.Variant, *review.Call) {}
	block := func(first, last genome.Pos, dp, gq *int) review.Variant {
		b := refBlock("1", first, last, "kid")
		b.Calls[0].Depth, b.Calls[0].GQ = dp, gq
		return b
	}
	filtered := func(v *review.Variant, _ *review.Call) { v.Record.Filters = []string{"LowQual"} }
	for _, tt := range []struct {
		name    string
		src     records
		key     string
		answer  string
		reason  string
		caution string
	}{
		{"het", with("1-100-A-G", "0/1", as), "1-100-A-G", KnownPresent, "heterozygous; proband 0/1, DP 30, GQ 99, 15 of 30 reads", ""},
		{"hom", with("1-100-A-G", "1/1", as), "1-100-A-G", KnownPresent, "homozygous", ""},
		{"hemi", with("X-50000000-A-G", "1", as), "X-50000000-A-G", KnownPresent, "hemizygous", ""},
		{"partly called", with("1-100-A-G", "./1", as), "1-100-A-G", KnownPresent, "partly called", "how many copies there are is not known"},
		{"present in a filtered record", with("1-100-A-G", "0/1", filtered), "1-100-A-G", KnownPresent, "called in the proband", "(LowQual)"},
		{"present with few reads", with("1-100-A-G", "0/1", func(_ *review.Variant, c *review.Call) { c.Depth = ref(4) }), "1-100-A-G", KnownPresent, "DP 4", "Few reads"},
		{"present, GQ low", with("1-100-A-G", "0/1", func(_ *review.Variant, c *review.Call) { c.GQ = ref(4) }), "1-100-A-G", KnownPresent, "GQ 4", "genotype is uncertain"},
		{"present, few of the reads", with("1-100-A-G", "0/1:45,5", as), "1-100-A-G", KnownPresent, "5 of 50", "mosaic, or an artefact"},
		{"present beside another allele", with("1-100-A-G", "1/2", as), "1-100-A-G", KnownPresent, "1/2", "another allele of the same record"},

		{"reference", with("1-100-A-G", "0/0", as), "1-100-A-G", KnownReference, "called without the variant: proband 0/0, DP 30, GQ 99", ""},
		{"reference, DP 10", with("1-100-A-G", "0/0:10,0", as), "1-100-A-G", KnownReference, "DP 10", ""},
		{"reference, DP 9", with("1-100-A-G", "0/0:9,0", as), "1-100-A-G", KnownCannotTell, "depth is 9, and a call without the variant needs at least 10", ""},
		{"reference, GQ 19", with("1-100-A-G", "0/0", func(_ *review.Variant, c *review.Call) { c.GQ = ref(19) }), "1-100-A-G", KnownCannotTell, "GQ is 19", ""},
		{"reference, GQ not given", with("1-100-A-G", "0/0", func(_ *review.Variant, c *review.Call) { c.GQ = nil }), "1-100-A-G", KnownCannotTell, "does not give the quality", ""},
		{"reference, DP not given", with("1-100-A-G", "0/0", func(_ *review.Variant, c *review.Call) { c.Depth = nil }), "1-100-A-G", KnownCannotTell, "does not give the depth", ""},
		{"reference in a filtered record", with("1-100-A-G", "0/0", filtered), "1-100-A-G", KnownCannotTell, "not passed its caller's filters", ""},
		{"one read of the allele", with("1-100-A-G", "0/0:29,1", as), "1-100-A-G", KnownReference, "", ""},
		{"two reads of the allele", with("1-100-A-G", "0/0:28,2", as), "1-100-A-G", KnownCannotTell, "6.67 % of the proband's reads have it", ""},
		{"two reads of 200", with("1-100-A-G", "0/0:198,2", as), "1-100-A-G", KnownReference, "", ""},
		{"not called", with("1-100-A-G", "./.", as), "1-100-A-G", KnownCannotTell, "proband is not called", ""},
		{"partly reference", with("1-100-A-G", "./0", as), "1-100-A-G", KnownCannotTell, "only partly called", ""},
		{"the other allele of the record", with("1-100-A-G", "0/2", as), "1-100-A-G", KnownCannotTell, "another allele there (0/2)", ""},
		{"no sample", one(variant(t, "1-100-A-G", "mum=0/0")), "1-100-A-G", KnownCannotTell, "no sample of the proband", ""},
		{"male X, DP 6, GQ 10", with("X-50000000-A-G", "0:6,0", func(_ *review.Variant, c *review.Call) { c.GQ = ref(10) }), "X-50000000-A-G", KnownReference, "", ""},
		{"mitochondrial reference", with("MT-3243-A-G", "0/0", as), "MT-3243-A-G", KnownReference, "", "other tissues, are not excluded"},

		{"no record", one(variant(t, "1-500-A-G", "kid=0/1")), "1-100-A-G", KnownCannotTell, "a file of variants alone cannot tell", ""},
		{"another allele at the place", one(variant(t, "1-100-A-T", "kid=0/0")), "1-100-A-G", KnownCannotTell, "it has 1-100-A-T there", ""},
		{"a carried deletion over the place", one(variant(t, "1-98-TAA-T", "kid=1/1")), "1-100-A-G", KnownCannotTell, "1-98-TAA-T", ""},

		{"block", one(block(90, 110, ref(12), ref(30))), "1-100-A-G", KnownReference, "cover bases 90 to 110: the proband is called reference, with a least depth (MIN_DP, or DP where a block has none) of 12 and GQ 30", ""},
		{"two blocks under a deletion", one(block(90, 101, ref(30), ref(60)), block(102, 110, ref(11), ref(40))), "1-100-ACA-A", KnownReference, "of 11 and GQ 40", "no other spelling"},
		{"a gap under a deletion", one(block(90, 101, ref(30), ref(60))), "1-100-ACG-A", KnownCannotTell, "it ends before base 102", ""},
		{"block with few reads", one(block(90, 110, ref(9), ref(30))), "1-100-A-G", KnownCannotTell, "depth is 9", ""},
		{"block without a depth", one(block(90, 110, nil, ref(30))), "1-100-A-G", KnownCannotTell, "does not give the depth", ""},
		{"insertion at the end of a block", one(block(90, 100, ref(30), ref(60))), "1-100-A-AT", KnownCannotTell, "ends before base 101", ""},
		{"block beside another allele", one(block(90, 110, ref(30), ref(60)), variant(t, "1-98-TAA-T", "kid=0/1")), "1-100-A-G", KnownCannotTell, "other alleles there (1-98-TAA-T)", ""},
		{"block of no call", func() records { b := block(90, 110, ref(0), ref(0)); b.Calls[0].State = review.Missing; return one(b) }(), "1-100-A-G", KnownCannotTell, "not called", ""},

		{"another spelling close by", one(block(60, 110, ref(30), ref(60)), variant(t, "1-120-CAA-C", "kid=0/1")), "1-100-ACG-A", KnownCannotTell, "same one spelt differently", ""},
		{"another length close by", one(block(60, 110, ref(30), ref(60)), variant(t, "1-120-CAAA-C", "kid=0/1")), "1-100-ACG-A", KnownReference, "", ""},
		{"the same length far away", one(block(60, 110, ref(30), ref(60)), variant(t, "1-200-CAA-C", "kid=0/1")), "1-100-ACG-A", KnownReference, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := single(review.Male)
			x, err := AskKnown(t.Context(), tt.src, c, key(t, tt.key), DefaultKnown())
			if err != nil {
				t.Fatal(err)
			}
			if x.Answer != tt.answer || !strings.Contains(x.Reason, tt.reason) || !strings.Contains(strings.Join(x.Cautions, " "), tt.caution) {
				t.Errorf("%s: %s %v\nwant %s: %s %q", x.Answer, x.Reason, x.Cautions, tt.answer, tt.reason, tt.caution)
			}
			if (x.Answer == KnownPresent) != (x.Copies != nil) || x.Answer != KnownPresent && x.Genotype != nil {
				t.Errorf("answer %s with copies %v and genotype %v", x.Answer, x.Copies, x.Genotype)
			}
		})
	}
}

// Two records of one variant: a call that has it is not outvoted.
func TestAskKnownOfTwoRecords(t *testing.T) {
	src := one(variant(t, "1-100-A-G", "kid=0/0"), variant(t, "1-100-A-G", "kid=0/1"))
	x, err := AskKnown(t.Context(), src, single(review.Female), key(t, "1-100-A-G"), DefaultKnown())
	if err != nil || x.Answer != KnownPresent || !strings.Contains(strings.Join(x.Cautions, ""), "2 records") {
		t.Errorf("%+v, %v", x, err)
	}
}

func TestAskKnownRefuses(t *testing.T) {
	other := key(t, "1-100-A-G")
	other.Assembly = genome.GRCh37
	for code, k := range map[string]genome.Key{
		"other_assembly":      other,
		"not_a_small_variant": {Assembly: genome.GRCh38, Contig: "1", Pos: 100, Ref: "A", Alt: "<DEL>"},
		"ref_mismatch":        key(t, "1-100-C-G"),
	} {
		_, err := AskKnown(t.Context(), one(variant(t, "1-100-A-T", "kid=0/1")), single(review.Female), k, DefaultKnown())
		wantInput(t, err, code)
	}
}

func wantInput(t *testing.T, err error, code string) {
	t.Helper()
	if e, ok := errors.AsType[*review.InputError](err); !ok || e.Code != code || e.Field != "variant" || e.What == "" || e.Remedy == "" {
		t.Errorf("got %v, want an input error %s", err, code)
	}
}

func TestResolveKnown(t *testing.T) {
	named := func(k, c, p string) review.Variant {
		v := in(variant(t, k, "kid=0/1"), "BRCA2", "missense_variant")
		v.Consequences[0].Transcript, v.Consequences[0].HGVSc, v.Consequences[0].HGVSp = "NM_000059.4", c, p
		return v
	}
	src := one(
		named("13-100-A-G", "NM_000059.4:c.316A>G", "NP_000050.3:p.(Lys106Arg)"),
		named("13-101-A-G", "c.317A>G", "NP_000050.3:p.Lys106Glu"),
		named("13-101-A-T", "c.317A>T", "NP_000050.3:p.Lys106Glu"),
		variant(t, "13-200-CTT-C", "kid=0/1"), variant(t, "13-300-C-CGA", "kid=0/1"), variant(t, "7-1-A-G", "kid=0/1"),
	)
	report := []review.Assessment{{Variant: named("13-500-G-T", "NM_000059.4:c.999G>T", "")}, {Variant: variant(t, "13-600-GAC-G")}}
	for text, want := range map[string]string{
		"chr13-100-A-G":                   "13-100-A-G",
		" 13-5-AC-AG ":                    "13-6-C-G",
		"NC_000013.11:g.100A>G":           "13-100-A-G",
		"chr13:g.7777C>T":                 "13-7777-C-T",
		"m.3243A>G":                       "MT-3243-A-G",
		"NC_012920.1:m.3243A>G":           "MT-3243-A-G",
		"13:g.100_102delACTinsGG":         "13-100-ACT-GG",
		"13:g.100delAinsTT":               "13-100-A-TT",
		"13:g.201_202delTT":               "13-200-CTT-C",
		"13:g.300_301insGA":               "13-300-C-CGA",
		"13:g.299_300dupGA":               "13-300-C-CGA",
		"13:g.301_302dupGA":               "13-300-C-CGA",
		"13:g.601_602delAC":               "13-600-GAC-G",
		"NM_000059.4:c.999G>T":            "13-500-G-T",
		"NM_000059.4:c.316A>G":            "13-100-A-G",
		"NM_000059.4(BRCA2):c.317A>G":     "13-101-A-G",
		"NP_000050.3:p.Lys106Arg":         "13-100-A-G",
		"NP_000050.3:p.(Lys106Arg)":       "13-100-A-G",
		"NM_000059.4:c.318A>G":            "hgvs_not_resolved",
		"NM_000059.3:c.316A>G":            "hgvs_not_resolved", // another version
		"NM_000059:c.316A>G":              "hgvs_not_resolved",
		"BRCA2:c.316A>G":                  "hgvs_not_resolved",
		"c.316A>G":                        "hgvs_not_resolved",
		"NP_000050.3:p.Lys106Glu":         "hgvs_ambiguous",
		"NC_000013.10:g.100A>G":           "other_assembly",
		"g.100A>G":                        "hgvs_not_resolved",
		"13:g.100A>A":                     "hgvs_not_resolved",
		"13:g.201_202del":                 "hgvs_not_resolved", // bases not given
		"13:g.202_203delTT":               "hgvs_not_resolved", // not where the file has it
		"13:g.201_202delAA":               "hgvs_not_resolved",
		"13:g.100_102delinsGG":            "hgvs_not_resolved",
		"13:g.100_102inv":                 "hgvs_not_resolved",
		"13:g.102_100del":                 "hgvs_not_resolved",
		"13:g.100insA":                    "hgvs_not_resolved",
		"13:g.0A>G":                       "hgvs_not_resolved",
		"HLA-DRB1:g.100A>G":               "hgvs_not_resolved",
		"NM_000059.4:r.316a>g":            "hgvs_not_resolved",
		"rs28897696":                      "key_invalid",
		"":                                "key_invalid",
		"13:g.99999999999999999999999A>G": "hgvs_not_resolved",
	} {
		k, how, err := ResolveKnown(t.Context(), src, single(review.Female), text, report, nil)
		if !strings.Contains(want, "-") {
			wantInput(t, err, want)
			continue
		}
		if err != nil || k.String() != want || k.Assembly != genome.GRCh38 || strings.Contains(text, ".") && how == "" {
			t.Errorf("%q: %s, %q, %v, want %s", text, k, how, err, want)
		}
	}
}

// What was assessed but not reported is not in the report.
func TestKnownReport(t *testing.T) {
	done := func(class acmg.Class, in bool) []review.Review {
		return []review.Review{{Classification: acmg.Classification{Class: class}, Report: in}}
	}
	at := func(k string, rs []review.Review) review.Assessment {
		return review.Assessment{Variant: variant(t, k), Reviews: rs, Consequence: review.Consequence{Symbol: "BRCA2", HGVSc: "NM_000059.4:c.1A>G"}}
	}
	f := review.Frozen{ReportID: "R-1", Version: 2, Case: review.Case{ID: "C-1"}, Assessments: []review.Assessment{
		at("1-1-A-G", done(acmg.ClassPathogenic, true)), at("1-2-A-G", done(acmg.ClassUncertain, true)),
		at("1-3-A-G", done(acmg.ClassPathogenic, false)), at("1-4-A-G", nil),
	}}
	for k, want := range map[string]struct {
		held    bool
		caution string
	}{
		"1-1-A-G": {true, ""},
		"1-2-A-G": {true, "must not be used for a predictive test"},
		"1-3-A-G": {false, "does not hold this variant"},
		"1-4-A-G": {false, "does not hold this variant"},
		"1-5-A-G": {false, "does not hold this variant"},
	} {
		r := KnownReport{Trusted: ref(true)}
		r.Fill(f, key(t, k))
		got := strings.Join(r.Cautions(), " ")
		if r.Held != want.held || r.ID != "R-1" || r.Version != 2 || r.Held && (r.Gene == nil || *r.Gene != "BRCA2") || !strings.Contains(got, want.caution) || want.caution == "" && got != "" {
			t.Errorf("%s: %+v, %q", k, r, got)
		}
	}
	if r := (KnownReport{Held: true, Trusted: ref(false)}); len(r.Cautions()) != 1 {
		t.Errorf("not trusted: %v", r.Cautions())
	}
}

// A known-variant test warns of what a worklist's labels warn of.
func TestAskKnownWarnsOfThePlace(t *testing.T) {
	for _, tt := range []struct {
		name      string
		sex       review.Sex
		key, gt   string
		reason    string
		caution   string
		mayNotSay string
	}{
		{"boy called 0/1 on X", review.Male, "X-50000000-A-G", "0/1", "heterozygous", "A male 0/1, DP 30, GQ 99, 15 of 30 reads with the allele, on X outside the pseudoautosomal regions: an artefact, a mosaic, or more than one X (XXY).", ""},
		{"boy called 0/1 on Y", review.Male, "Y-9000000-A-G", "0/1", "", "more than one Y", ""},
		{"girl called 1 on X", review.Female, "X-50000000-A-G", "1", "", "one X only", ""},
		{"girl with a Y", review.Female, "Y-9000000-A-G", "1", "", "a sample error", ""},
		{"girl called 0/1 on X", review.Female, "X-50000000-A-G", "0/1", "heterozygous", "", "XXY"},
		{"boy in a pseudoautosomal region", review.Male, "X-10001-A-G", "0/1", "heterozygous", "", "XXY"},
		{"sex not known", review.SexUnknown, "X-50000000-A-G", "0/1", "", "sex is not known", ""},
		{"X-transposed region", review.Female, "X-89201883-A-G", "0/1", "", "The place is in the X-transposed region", ""},
		{"mitochondrial, low", review.Male, "MT-3243-A-G", "0/1:97,3", "mitochondrial; 3 % of the reads of the proband", "A level of 3 %, below 5 %, may be a nuclear copy or noise", ""},
		{"mitochondrial", review.Male, "MT-3243-A-G", "0/1:40,60", "60 % of the reads of the proband", "between tissues", "nuclear copy"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x, err := AskKnown(t.Context(), one(variant(t, tt.key, "kid="+tt.gt)), single(tt.sex), key(t, tt.key), DefaultKnown())
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(x.Cautions, " ")
			if x.Answer != KnownPresent || !strings.Contains(x.Reason, tt.reason) || !strings.Contains(got, tt.caution) || tt.mayNotSay != "" && strings.Contains(got, tt.mayNotSay) {
				t.Errorf("%s: %s %q", x.Answer, x.Reason, got)
			}
		})
	}
}

// The answer stands whatever identity says, but never without its doubt.
func TestAskKnownNamesIdentity(t *testing.T) {
	check := func(name string, o review.Outcome, detail string) review.Check {
		return review.Check{Name: name, Outcome: o, Detail: detail}
	}
	sexFailed := check("sex", review.Fail, "The proband is declared female, but the genotypes are male. Until a scientist overrides this, the parents' genotypes are not used.")
	blocks := []string{"The declared father is no father by the genotypes."}
	sexPassed := check("sex", review.Pass, "")
	for _, tt := range []struct {
		name     string
		checks   []review.Check
		identity *review.CaseIdentity
		doubt    string
		first    string // of the cautions
		also     string // in one of them
	}{
		{"all passed", []review.Check{sexPassed, check("relatedness", review.Pass, "")}, nil, "", "", ""},
		{"sex failed", []review.Check{sexFailed}, &review.CaseIdentity{Blocks: []string{"The proband is declared female, but the genotypes are male."}}, "declared female", "The check of sex failed: this sample may not be the patient's. The proband is declared female", "nobody has overridden"},
		{"sex failed, overridden", []review.Check{sexFailed}, &review.CaseIdentity{Blocks: blocks, Override: &review.IdentityOverride{Name: "Dr B", Reason: "known transplant"}}, "declared female", "The check of sex failed", "overridden by Dr B: known transplant"},
		{"relatedness failed", []review.Check{sexPassed, check("relatedness", review.Fail, "No father.")}, &review.CaseIdentity{Blocks: blocks}, "no father", "The check of relatedness failed", ""},
		{"overridden", []review.Check{sexPassed}, &review.CaseIdentity{Blocks: blocks, Override: &review.IdentityOverride{Name: "Dr B", Reason: "adopted"}}, "", "Identity was overridden by Dr B: adopted", ""},
		{"warned", []review.Check{sexPassed, check("contamination", review.Warn, "A mixture perhaps.")}, nil, "", "The check of contamination warned. A mixture perhaps.", ""},
		{"not assessed", []review.Check{check("sex", review.CheckNotAssessed, ""), check("relatedness", review.CheckNotAssessed, "")}, nil, "", "Not assessed from the genotypes: sex, relatedness.", ""},
		{"never measured", nil, nil, "", "Not assessed from the genotypes: sex.", ""},
	} {
		for _, gt := range []string{"0/1", "0/0"} {
			t.Run(tt.name+" "+gt, func(t *testing.T) {
				c := trio(review.Female)
				c.Checks, c.Identity = tt.checks, tt.identity
				x, err := AskKnown(t.Context(), one(variant(t, "1-100-A-G", "kid="+gt)), c, key(t, "1-100-A-G"), DefaultKnown())
				if err != nil {
					t.Fatal(err)
				}
				if want := map[string]string{"0/1": KnownPresent, "0/0": KnownReference}[gt]; x.Answer != want {
					t.Errorf("answer %s, want %s", x.Answer, want)
				}
				if (x.Doubt != nil) != (tt.doubt != "") || x.Doubt != nil && (!strings.Contains(*x.Doubt, tt.doubt) || !strings.Contains(x.Reason, *x.Doubt)) {
					t.Errorf("doubt %v in %q, want %q", x.Doubt, x.Reason, tt.doubt)
				}
				switch {
				case tt.first == "" && len(x.Cautions) > 0, tt.first != "" && (len(x.Cautions) == 0 || !strings.HasPrefix(x.Cautions[0], tt.first)):
					t.Errorf("cautions %q, want %q first", x.Cautions, tt.first)
				case !strings.Contains(strings.Join(x.Cautions, " "), tt.also):
					t.Errorf("cautions %q, want %q", x.Cautions, tt.also)
				}
			})
		}
	}
}

// A block that calls an allele nobody named is no reference.
func TestAskKnownOfABlockWithAnAllele(t *testing.T) {
	b := refBlock("1", 90, 110, "kid")
	b.Calls[0].State, b.Calls[0].GT, b.Calls[0].Copies = review.Called, "0/1", 1
	x, err := AskKnown(t.Context(), one(b), single(review.Female), key(t, "1-100-A-G"), DefaultKnown())
	if err != nil || x.Answer != KnownCannotTell || !strings.Contains(x.Reason, "an allele that the file does not name") {
		t.Errorf("%+v, %v", x, err)
	}
}
