package review

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParsePED(t *testing.T) {
	yes, no := true, false
	got, err := ParsePED(strings.NewReader("#Family ID\tIndividual\n\nF1\tdad\t0\t0\t1\t1\r\nF1 mum 0 0 2 -9\nF1\tkid\tdad\tmum\t2\t2\textra\n"), "x.ped")
	if err != nil {
		t.Fatal(err)
	}
	want := Family{ID: "F1", Members: []Member{
		{ID: "dad", Sex: Male, Affected: &no},
		{ID: "mum", Sex: Female},
		{ID: "kid", Father: "dad", Mother: "mum", Sex: Female, Affected: &yes},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("ParsePED (-want +got):\n%s", d)
	}
}

func TestParsePEDRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, ped, code string
		line            int
	}{
		{"nobody", "# only a comment\n", "ped_empty", 0},
		{"columns", "F1\tkid\t0\t0\t1\n", "ped_columns", 1},
		{"nameless", "F1\t0\t0\t0\t1\t2\n", "ped_individual", 1},
		{"sex", "F1\tkid\t0\t0\t7\t2\n", "ped_sex", 1},
		{"phenotype", "F1\tkid\t0\t0\t1\taffected\n", "ped_phenotype", 1},
		{"two families", "F1\ta\t0\t0\t1\t2\nF2\tb\t0\t0\t1\t2\n", "ped_families", 2},
		{"twice", "F1\ta\t0\t0\t1\t2\n#\nF1\ta\t0\t0\t1\t2\n", "ped_duplicate", 3},
		{"unknown parent", "F1\tkid\tdad\t0\t1\t2\n", "ped_unknown_parent", 1},
		{"female father", "F1\tdad\t0\t0\t2\t1\nF1\tkid\tdad\t0\t1\t2\n", "ped_parent_sex", 2},
		{"male mother", "F1\tmum\t0\t0\t1\t1\nF1\tkid\t0\tmum\t1\t2\n", "ped_parent_sex", 2},
		{"same parent twice", "F1\tp\t0\t0\t0\t1\nF1\tkid\tp\tp\t1\t2\n", "ped_parent_sex", 2},
		{"own father", "F1\ta\ta\t0\t1\t2\n", "ped_cycle", 1},
		{"twin alone", "#F\tI\tP\tM\tS\tA\tMZtwin\nF1\td\t0\t0\t1\t1\tx\n", "ped_twin", 2},
		{"twins of no parents", "#F I P M S A MZtwin\nF1 a 0 0 1 1 x\nF1 b 0 0 1 1 x\n", "ped_twin", 3},
		{"twins of two sexes", "#F I P M S A MZ_TWIN_ID\nF1 d 0 0 1 1 0\nF1 m 0 0 2 1 0\nF1 a d m 1 1 x\nF1 b d m 2 1 x\n", "ped_twin", 5},
		{"zygosity in numbers", "#F I P M S A Zygosity\nF1 a 0 0 1 1 7\n", "ped_twin", 2},
		{"cycle of three", "F1\ta\tb\t0\t1\t2\nF1\tb\tc\t0\t1\t2\nF1\tc\ta\t0\t1\t2\n", "ped_cycle", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParsePED(strings.NewReader(tt.ped), "x.ped")
			bad, ok := errors.AsType[*InputError](err)
			if !ok {
				t.Fatalf("ParsePED(%q) = %v, want an *InputError", tt.ped, err)
			}
			if bad.Code != tt.code || bad.Line != tt.line || bad.File != "x.ped" || bad.Remedy == "" {
				t.Errorf("got %+v, want code %s at line %d of x.ped with a remedy", bad, tt.code, tt.line)
			}
		})
	}
}

func TestParsePEDTakesCousinMarriage(t *testing.T) {
	ped := "F\tg\t0\t0\t1\t1\nF\th\t0\t0\t2\t1\nF\ta\tg\th\t1\t1\nF\tb\tg\th\t2\t1\nF\tkid\ta\tb\t1\t2\n"
	if _, err := ParsePED(strings.NewReader(ped), "x.ped"); err != nil {
		t.Errorf("a loop of marriages is not a cycle of descent: %v", err)
	}
}

func TestCheckPedigree(t *testing.T) {
	trio := &Family{Members: []Member{{ID: "kid", Father: "dad", Mother: "mum"}, {ID: "dad"}, {ID: "mum"}}}
	for _, tt := range []struct {
		name    string
		f       *Family
		proband string
		samples []string
		want    Outcome
		detail  string
	}{
		{"no pedigree", nil, "kid", []string{"kid"}, CheckNotAssessed, "No pedigree"},
		{"all there", trio, "kid", []string{"mum", "kid", "dad"}, Pass, "3 members"},
		{"parent not sequenced", trio, "kid", []string{"kid", "mum"}, Warn, "dad"},
		{"a stranger in the file", trio, "kid", []string{"kid", "mum", "dad", "who"}, Pass, "who"},
		{"proband elsewhere", trio, "sis", []string{"kid"}, Fail, "proband"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := CheckPedigree(tt.f, tt.proband, tt.samples)
			if c.Name != "pedigree" || c.Outcome != tt.want || !strings.Contains(c.Detail, tt.detail) {
				t.Errorf("got %+v, want %s mentioning %q", c, tt.want, tt.detail)
			}
		})
	}
}

func TestCheckSex(t *testing.T) {
	f := func(s Sex) *Family { return &Family{Members: []Member{{ID: "kid", Sex: s}}} }
	for _, tt := range []struct {
		name     string
		declared Sex
		f        *Family
		want     Outcome
	}{
		{"agree", Female, f(Female), Pass},
		{"disagree", Female, f(Male), Fail},
		{"pedigree silent", Female, f(SexUnknown), CheckNotAssessed},
		{"request silent", SexUnknown, f(Male), CheckNotAssessed},
		{"no pedigree", Male, nil, CheckNotAssessed},
		{"neither", "", nil, CheckNotAssessed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if c := CheckSex(tt.declared, tt.f, "kid"); c.Name != "sex" || c.Outcome != tt.want || c.Detail == "" {
				t.Errorf("got %+v, want %s with a sentence", c, tt.want)
			}
		})
	}
}

func FuzzParsePED(f *testing.F) {
	f.Add("F1\tdad\t0\t0\t1\t1\nF1\tkid\tdad\t0\t1\t2\n")
	f.Add("F a b c 1 2\nF b a c 1 2")
	f.Fuzz(func(t *testing.T, s string) {
		fam, err := ParsePED(strings.NewReader(s), "f.ped")
		if err == nil && len(fam.Members) == 0 {
			t.Error("no error and nobody in the family")
		}
	})
}

// Identical twins are marked in the columns that CanRisk, SOLAR and dbGaP use,
// or by their zygosity.
func TestParsePEDTwins(t *testing.T) {
	for _, tt := range []struct{ name, heading, a, b, c, want string }{
		{"CanRisk", "#FamID\tIndivID\tFathID\tMothID\tSex\tAffected\tMZtwin", "1", "1", "0", "1"},
		{"dbGaP", "# Family\tID\tFather\tMother\tSex\tStatus\tNote\tMZ_TWIN_ID", "x\tT1", "y\tT1", "z\tNA", "T1"},
		{"zygosity", "#F\tI\tP\tM\tS\tA\tZygosity", "MZ", "mz", "DZ", "MZ"},
		{"another column", "#F\tI\tP\tM\tS\tA\tEthnicity", "1", "1", "1", ""},
		{"no heading", "# made by hand", "1", "1", "1", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ped := tt.heading + "\nF\td\t0\t0\t1\t1\nF\tm\t0\t0\t2\t1\n"
			for _, kid := range []struct{ id, value string }{{"a", tt.a}, {"b", tt.b}, {"c", tt.c}} {
				ped += "F\t" + kid.id + "\td\tm\t2\t2\t" + kid.value + "\n"
			}
			f, err := ParsePED(strings.NewReader(ped), "x.ped")
			if err != nil {
				t.Fatal(err)
			}
			for id, want := range map[string]string{"a": tt.want, "b": tt.want, "c": "", "d": ""} {
				if m, _ := f.Member(id); m.Twin != want {
					t.Errorf("twin of %s = %q, want %q", id, m.Twin, want)
				}
			}
		})
	}
}

func TestParsePEDUnknown(t *testing.T) {
	for _, word := range []string{"0", ".", "-1", "-9", "NA", "None"} {
		f, err := ParsePED(strings.NewReader("F kid "+word+" "+word+" "+word+" "+word+"\n"), "x.ped")
		if err != nil {
			t.Fatalf("%s: %v", word, err)
		}
		if d := cmp.Diff([]Member{{ID: "kid", Sex: SexUnknown}}, f.Members); d != "" {
			t.Errorf("%s (-want +got):\n%s", word, d)
		}
	}
}

func TestMeasuredKinship(t *testing.T) {
	f := Family{Kinship: []Kinship{{A: "mum", B: "dad", Coefficient: 0.06}}}
	if k, ok := f.MeasuredKinship("dad", "mum"); !ok || k != 0.06 {
		t.Errorf("kinship of dad and mum = %v, %v", k, ok)
	}
	if _, ok := f.MeasuredKinship("dad", "kid"); ok {
		t.Error("a kinship that was not measured")
	}
}
