package identity

import (
	"slices"
	"strings"
	"testing"

	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

func outcomes(j Judgement) map[string]review.Outcome {
	out := map[string]review.Outcome{}
	for _, c := range j.Checks {
		out[c.Name] = c.Outcome
	}
	return out
}

// Made trios with known truth, and what the intake checks make of them.
func TestJudge(t *testing.T) {
	c := newClan(31)
	w := c.w
	upd := w.child(c.ma, c.fa, review.Male)
	w.disomic(upd, c.ma, "15", false)
	all := func(o review.Outcome) map[string]review.Outcome {
		m := map[string]review.Outcome{}
		for _, n := range CheckNames() {
			m[n] = o
		}
		return m
	}
	but := func(changes ...string) map[string]review.Outcome {
		m := all(review.Pass)
		for _, x := range changes {
			name, o, _ := strings.Cut(x, "=")
			m[name] = review.Outcome(o)
		}
		return m
	}
	trio, alone := trioOf(review.Male), family(review.Member{ID: "C", Sex: review.Male})
	for _, tt := range []struct {
		name    string
		family  review.Family
		people  []sequenced
		want    map[string]review.Outcome
		blocked bool
	}{
		{"a sound trio", trio, []sequenced{{id: "C", who: c.kid}, {id: "F", who: c.fa}, {id: "M", who: c.ma}}, all(review.Pass), false},
		{
			"a stranger as father", trio,
			[]sequenced{{id: "C", who: c.kid}, {id: "F", who: c.stranger}, {id: "M", who: c.ma}},
			but("relatedness=fail", "mendel=fail"), true,
		},
		{
			"a stranger as mother", trio,
			[]sequenced{{id: "C", who: c.kid}, {id: "F", who: c.fa}, {id: "M", who: w.founder(review.Female)}},
			but("relatedness=fail", "mendel=fail", "mitochondrial=warn"), true,
		},
		{
			"parents swapped", trio,
			[]sequenced{{id: "C", who: c.kid}, {id: "F", who: c.ma}, {id: "M", who: c.fa}},
			but("sex=fail", "mitochondrial=warn"), true,
		},
		{
			"a daughter declared a son", trio,
			[]sequenced{{id: "C", who: c.sib}, {id: "F", who: c.fa}, {id: "M", who: c.ma}},
			but("sex=fail"), true,
		},
		{
			"the child twice", trio,
			[]sequenced{{id: "C", who: c.sib}, {id: "F", who: c.fa}, {id: "M", who: c.sib}},
			but("sex=fail", "relatedness=fail"), true,
		},
		{
			"5 % of a stranger", trio,
			[]sequenced{{id: "C", who: c.kid, other: c.stranger, mixed: 0.05}, {id: "F", who: c.fa}, {id: "M", who: c.ma}},
			but("contamination=warn"), false,
		},
		{
			"maternal heterodisomy 15", trio,
			[]sequenced{{id: "C", who: upd}, {id: "F", who: c.fa}, {id: "M", who: c.ma}},
			but("homozygosity=warn"), false,
		},
		{"alone", alone, []sequenced{{id: "C", who: c.kid}}, but("relatedness=not_assessed", "mendel=not_assessed", "mitochondrial=not_assessed"), false},
		{
			"a duo with a wrong mother", family(review.Member{ID: "C", Mother: "M", Sex: review.Male}, review.Member{ID: "M", Sex: review.Female}),
			[]sequenced{{id: "C", who: c.kid}, {id: "M", who: w.founder(review.Female)}},
			but("relatedness=fail", "mendel=fail", "mitochondrial=warn"), true,
		},
		{
			"two samples of one person, undeclared", alone,
			[]sequenced{{id: "C", who: c.kid}, {id: "D", who: c.kid}},
			but("relatedness=warn", "mendel=not_assessed", "mitochondrial=not_assessed"), false,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := Measure(w.sequence(file{frequencies: true}, tt.people...), tt.family, DefaultParams())
			j := Judge(r, "C", tt.family)
			if d := cmp.Diff(tt.want, outcomes(j)); d != "" {
				t.Errorf("checks (-want +got):\n%s\n%v", d, j.Checks)
			}
			if tt.blocked != (len(j.Blocks) > 0) {
				t.Errorf("blocks: %v, want blocked %v", j.Blocks, tt.blocked)
			}
			for _, k := range j.Checks {
				if !strings.HasSuffix(k.Detail, ".") || strings.Contains(k.Detail, "..") {
					t.Errorf("%s: no sentence: %q", k.Name, k.Detail)
				}
			}
		})
	}
}

// A declared sibling who is a stranger fails and is left out; the parents, who
// fit, are used. A half-sibling declared as such is none.
func TestJudgeLeavesAContradictedSiblingOut(t *testing.T) {
	c := newClan(33)
	fam := trioOf(review.Male)
	fam.Members = append(fam.Members, review.Member{ID: "S", Mother: "M", Father: "F", Sex: review.Male})
	for _, tt := range []struct {
		name  string
		who   *made
		kin   int
		check review.Outcome
	}{
		{"the sibling", c.sib, 0, review.Pass},
		{"a stranger", c.stranger, 1, review.Fail},
		{"the proband twice", c.kid, 1, review.Fail},
	} {
		t.Run(tt.name, func(t *testing.T) {
			people := []sequenced{{id: "C", who: c.kid}, {id: "F", who: c.fa}, {id: "M", who: c.ma}, {id: "S", who: tt.who}}
			r := Measure(c.w.sequence(file{frequencies: true}, people...), fam, DefaultParams())
			j := Judge(r, "C", fam)
			if len(j.Kin) != tt.kin || len(j.Blocks) != tt.kin || outcomes(j)[CheckRelatedness] != tt.check {
				t.Fatalf("kin %v, blocks %v, checks %v", j.Kin, j.Blocks, j.Checks)
			}
			i, err := ForCase(r, j)
			if err != nil {
				t.Fatal(err)
			}
			kase := review.Case{Proband: "C", Family: fam, Identity: i}
			if ok, why := kase.TrustsParents(); !ok {
				t.Errorf("the parents are not trusted for a sibling: %s", why)
			}
			if got := kase.Distrusts("S"); (got != "") != (tt.kin > 0) || kase.Distrusts("M") != "" {
				t.Errorf("S is distrusted for %q", got)
			}
			if tt.kin > 0 && !strings.Contains(j.Checks[1].Detail, "Until a scientist overrides this, the genotypes of S are not used.") {
				t.Errorf("the check does not say who is not used: %s", j.Checks[1].Detail)
			}
			i.Override = &review.IdentityOverride{By: "u"}
			if kase.Distrusts("S") != "" {
				t.Error("overridden, and still distrusted")
			}
		})
	}
}

func TestForCase(t *testing.T) {
	c := newClan(32)
	r := Measure(c.w.sequence(file{frequencies: true}, sequenced{id: "C", who: c.kid}, sequenced{id: "F", who: c.fa}, sequenced{id: "M", who: c.ma}), trioOf(review.Male), DefaultParams())
	i, err := ForCase(r, Judgement{Blocks: []string{"x"}})
	if err != nil {
		t.Fatal(err)
	}
	got, ok, err := OfCase(&review.Case{Identity: i})
	if err != nil || !ok {
		t.Fatalf("read back: %v, %v", ok, err)
	}
	if d := cmp.Diff(r, got); d != "" {
		t.Errorf("read back (-want +got):\n%s", d)
	}
	if _, ok, _ := OfCase(&review.Case{}); ok {
		t.Error("a case without identity has one")
	}
	if k := r.Kinship(); len(k) != 3 || !slices.ContainsFunc(k, func(x review.Kinship) bool { return x.A == "C" && x.B == "F" && x.Coefficient > 0.2 }) {
		t.Errorf("kinship: %v", k)
	}
}
