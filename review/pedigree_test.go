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
