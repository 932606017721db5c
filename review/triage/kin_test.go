package triage

import (
	"math"
	"strings"
	"testing"

	"garrod/review"
)

// pedigree reads "id father mother sex status" for each line; sex and status as
// in a PED file.
func pedigree(t testing.TB, lines ...string) review.Family {
	t.Helper()
	var b strings.Builder
	for _, l := range lines {
		b.WriteString("F " + l + "\n")
	}
	f, err := review.ParsePED(strings.NewReader(b.String()), "test.ped")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// cousins is a proband whose parents are first cousins, with grandparents, a
// married-in aunt's husband, a half-brother and a child.
func cousins(t testing.TB) review.Family {
	return pedigree(t,
		"ggf 0 0 1 1", "ggm 0 0 2 1",
		"gf ggf ggm 1 1", "gm 0 0 2 1", "ga ggf ggm 2 1", "gu 0 0 1 1",
		"mum gf gm 2 1", "dad gu ga 1 1", "aunt gf gm 2 1", "uncle 0 0 1 1", "cous uncle aunt 1 1",
		"kid dad mum 1 2", "sis dad mum 2 1", "half dad step 1 1", "step 0 0 2 1",
		"wife 0 0 2 1", "son kid wife 1 1", "friend 0 0 1 1")
}

// Coefficients of kinship by Malécot's recursion.
func TestKinship(t *testing.T) {
	f := cousins(t)
	g := newGraph(f)
	for _, tt := range []struct {
		a, b string
		want float64
	}{
		{"kid", "mum", (0.5 + 0.0625) / 2},
		{"half", "sis", (0.5 + 0.0625) / 4}, // the parents are cousins
		{"gf", "ga", 0.25},
		{"mum", "dad", 0.0625},
		{"aunt", "dad", 0.0625},
		{"gm", "gu", 0},
		{"wife", "kid", 0},
		{"friend", "kid", 0},
		{"cous", "mum", 0.125},
		{"gm", "gm", 0.5},
		{"kid", "kid", 0.5 * (1 + 0.0625)},
		{"nobody", "kid", 0},
	} {
		if got := g.kinship(tt.a, tt.b); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("kinship of %s and %s = %v, want %v", tt.a, tt.b, got, tt.want)
		}
		if a, b := g.kinship(tt.a, tt.b), g.kinship(tt.b, tt.a); a != b {
			t.Errorf("kinship of %s and %s is %v one way, %v the other", tt.a, tt.b, a, b)
		}
	}
	f.Members[11].Twin, f.Members[12].Twin = "x", "x" // kid and sis, for the arithmetic only
	if got := newGraph(f).kinship("kid", "sis"); got != newGraph(f).kinship("kid", "kid") {
		t.Errorf("kinship of identical twins = %v, want that of one person", got)
	}
}

func TestRelationWords(t *testing.T) {
	f := cousins(t)
	g := newGraph(f)
	self, _ := f.Member("kid")
	for id, want := range map[string]string{
		"mum": "mother", "dad": "father", "sis": "sister", "half": "half-brother", "son": "son",
		"gm": "maternal grandmother", "gu": "paternal grandfather", "aunt": "aunt",
		"cous": "cousin cous", "ggf": "great-grandfather", "uncle": "relative uncle", "wife": "relative wife",
	} {
		m, _ := f.Member(id)
		if _, got := g.relationTo(self, m); got != want {
			t.Errorf("%s is %q, want %q", id, got, want)
		}
	}
	for id, want := range map[string]bool{"cous": true, "ggm": true, "uncle": false, "wife": false, "step": false, "son": true, "friend": true} {
		if got := g.bloodRelative("kid", id); got != want {
			t.Errorf("%s is a blood relative: %v, want %v", id, got, want)
		}
	}
	if w := g.consanguinity(f, self, 0.0442); !strings.Contains(w, "nearest shared ancestors ggf, ggm; coefficient of inbreeding 0.0625") {
		t.Errorf("consanguinity = %q", w)
	}
	f.Kinship = []review.Kinship{{A: "dad", B: "mum", Coefficient: 0.07}}
	if w := g.consanguinity(f, self, 0.0442); !strings.Contains(w, "a coefficient of kinship of 0.07") {
		t.Errorf("consanguinity by genotypes = %q", w)
	}
	sis, _ := f.Member("cous")
	if w := g.consanguinity(f, sis, 0.0442); w != "" {
		t.Errorf("parents who are not related: %q", w)
	}
}

// A family that names a person among their own ancestors cannot be read from a
// file, but nothing may hang on one.
func TestPedigreeCycleEnds(t *testing.T) {
	f := review.Family{Members: []review.Member{
		{ID: "kid", Father: "a", Mother: "b"}, {ID: "a", Father: "b"}, {ID: "b", Father: "a", Mother: "kid"}, {ID: "c", Father: "c", Mother: "c"},
	}}
	g := newGraph(f)
	for _, a := range f.Members {
		for _, b := range f.Members {
			g.kinship(a.ID, b.ID)
			g.related(a.ID, b.ID)
			g.shared(a.ID, b.ID)
			g.relationTo(a, b)
			g.line(a.ID, byMother)
		}
	}
	c := trio(review.Female)
	c.Family = f
	models(t, c, variant(t, "1-100-A-G", "kid=1/1", "a=0/1", "b=0/1", "c=1/1"))
}
