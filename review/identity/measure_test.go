package identity

import (
	"math"
	"strings"
	"testing"

	"garrod/review"
)

const madeSites = 30000

func pairOf(t *testing.T, r Report, a, b string) Pair {
	t.Helper()
	for _, p := range r.Pairs {
		if p.A == a && p.B == b || p.A == b && p.B == a {
			return p
		}
	}
	t.Fatalf("no pair %s %s", a, b)
	return Pair{}
}

func sexOf(t *testing.T, r Report, id string) Sex {
	t.Helper()
	for _, s := range r.Sex {
		if s.Sample == id {
			return s
		}
	}
	t.Fatalf("no sex of %s", id)
	return Sex{}
}

// clan is a made family of three generations with everybody's samples.
type clan struct {
	w                                    *world
	ma, fa, kid, sib, twin, half, gran   *made
	uncle, cousin, stranger, grandfather *made
}

func newClan(seed uint64) *clan {
	c := &clan{w: newWorld(seed, madeSites)}
	w := c.w
	c.gran, c.grandfather = w.founder(review.Female), w.founder(review.Male)
	c.ma, c.uncle = w.child(c.gran, c.grandfather, review.Female), w.child(c.gran, c.grandfather, review.Male)
	c.fa, c.stranger = w.founder(review.Male), w.founder(review.Male)
	c.kid, c.sib = w.child(c.ma, c.fa, review.Male), w.child(c.ma, c.fa, review.Female)
	c.twin = c.kid
	c.half = w.child(c.ma, c.stranger, review.Female)
	c.cousin = w.child(w.founder(review.Female), c.uncle, review.Male)
	return c
}

// The true relations of a clan, declared as they are.
func TestPairsAgreeWithTruth(t *testing.T) {
	c := newClan(11)
	f := family(
		review.Member{ID: "kid", Mother: "ma", Father: "fa", Sex: review.Male, Twin: "1"},
		review.Member{ID: "twin", Mother: "ma", Father: "fa", Sex: review.Male, Twin: "1"},
		review.Member{ID: "sib", Mother: "ma", Father: "fa", Sex: review.Female},
		review.Member{ID: "half", Mother: "ma", Father: "step", Sex: review.Female},
		review.Member{ID: "step", Sex: review.Male},
		review.Member{ID: "ma", Mother: "gran", Father: "grandfather", Sex: review.Female},
		review.Member{ID: "fa", Sex: review.Male},
		review.Member{ID: "gran", Sex: review.Female}, review.Member{ID: "grandfather", Sex: review.Male},
		review.Member{ID: "uncle", Mother: "gran", Father: "grandfather", Sex: review.Male},
		review.Member{ID: "cousin", Father: "uncle", Sex: review.Male},
	)
	s := c.w.sequence(file{},
		sequenced{id: "kid", who: c.kid}, sequenced{id: "twin", who: c.twin}, sequenced{id: "sib", who: c.sib},
		sequenced{id: "half", who: c.half}, sequenced{id: "ma", who: c.ma}, sequenced{id: "fa", who: c.fa},
		sequenced{id: "gran", who: c.gran}, sequenced{id: "uncle", who: c.uncle}, sequenced{id: "cousin", who: c.cousin},
		sequenced{id: "alien", who: c.stranger})
	r := Measure(s, f, DefaultParams())
	for _, tt := range []struct {
		a, b               string
		declared, measured Relation
		phi                float64
		want               Verdict
	}{
		{"kid", "twin", MonozygoticTwins, SamePerson, 0.5, Agrees},
		{"kid", "ma", ParentChild, ParentChild, 0.25, Agrees},
		{"kid", "fa", ParentChild, ParentChild, 0.25, Agrees},
		{"kid", "sib", FullSiblings, FullSiblings, 0.25, Agrees},
		{"kid", "half", HalfSiblings, SecondDegree, 0.125, Agrees},
		{"kid", "gran", Grandparent, SecondDegree, 0.125, Agrees},
		{"kid", "uncle", Avuncular, SecondDegree, 0.125, Agrees},
		{"kid", "cousin", ThirdDegree, ThirdDegree, 0.0625, Agrees},
		{"ma", "fa", Unrelated, Unrelated, 0, Agrees},
		{"fa", "gran", NotStated, Unrelated, 0, NotDeclared},
		{"half", "alien", NotStated, ParentChild, 0.25, NotDeclared},
	} {
		p := pairOf(t, r, tt.a, tt.b)
		if p.Declared != tt.declared || p.Measured != tt.measured || p.Verdict != tt.want || math.Abs(*p.Phi-tt.phi) > 0.05 {
			t.Errorf("%s and %s: declared %s, measured %s (phi %.3f, ibs0 %.4f), %s: want %s, %s, %.3f, %s",
				tt.a, tt.b, p.Declared, p.Measured, *p.Phi, *p.IBS0, p.Verdict, tt.declared, tt.measured, tt.phi, tt.want)
		}
	}
	for _, trio := range r.Mendel.Trios {
		if trio.Verdict != Agrees || *trio.Rate > 0.005 {
			t.Errorf("Mendelian errors of %s: %v %v", trio.Child, *trio.Rate, trio.Verdict)
		}
	}
	if len(r.UPD) > 0 {
		t.Errorf("hints of disomy in a sound family: %+v", r.UPD)
	}
	for _, h := range r.ROH {
		if h.Verdict != Agrees || h.Total > 20_000_000 {
			t.Errorf("homozygosity of %s: %d bases, %s", h.Sample, h.Total, h.Verdict)
		}
	}
}

// Pedigrees that declare something else than what the samples are.
func TestPairsContradict(t *testing.T) {
	c := newClan(12)
	trio := trioOf(review.Male)
	sibs := family(
		review.Member{ID: "C", Mother: "A", Father: "B"}, review.Member{ID: "M", Mother: "A", Father: "B"},
		review.Member{ID: "A"}, review.Member{ID: "B"},
	)
	for _, tt := range []struct {
		name     string
		family   review.Family
		c, f, m  *made
		a, b     string
		measured Relation
		mendel   Verdict
	}{
		{"a stranger as father", trio, c.kid, c.stranger, c.ma, "C", "F", Unrelated, Contradicts},
		{"an uncle as father", trio, c.kid, c.uncle, c.ma, "C", "F", SecondDegree, Contradicts},
		{"a grandmother as mother", trio, c.kid, c.fa, c.gran, "C", "M", SecondDegree, Contradicts},
		{"a sister as mother", trio, c.kid, c.fa, c.sib, "C", "M", FullSiblings, Contradicts},
		{"the child twice", trio, c.kid, c.fa, c.kid, "C", "M", SamePerson, Agrees},
		{"a stranger as sibling", sibs, c.kid, c.fa, c.stranger, "C", "M", Unrelated, ""},
		{"mother as sibling", sibs, c.kid, c.fa, c.ma, "C", "M", ParentChild, ""},
		{"one person as sibling", sibs, c.kid, c.fa, c.twin, "C", "M", SamePerson, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := c.w.sequence(file{}, sequenced{id: "C", who: tt.c}, sequenced{id: "F", who: tt.f}, sequenced{id: "M", who: tt.m})
			r := Measure(s, tt.family, DefaultParams())
			p := pairOf(t, r, tt.a, tt.b)
			if p.Verdict != Contradicts || p.Measured != tt.measured {
				t.Errorf("declared %s, measured %s (phi %.3f, ibs0 %.4f), %s: want contradicts, %s",
					p.Declared, p.Measured, *p.Phi, *p.IBS0, p.Verdict, tt.measured)
			}
			if tt.mendel != "" && r.Mendel.Trios[0].Verdict != tt.mendel {
				t.Errorf("Mendelian errors %v: %s, want %s", *r.Mendel.Trios[0].Rate, r.Mendel.Trios[0].Verdict, tt.mendel)
			}
			if len(r.UPD) > 0 {
				t.Errorf("a wrong parent gives hints of disomy: %+v", r.UPD)
			}
		})
	}
}

func TestSex(t *testing.T) {
	c := newClan(13)
	w := c.w
	xo, xxy := *c.sib, *c.kid
	xo.karyotype, xxy.karyotype = "X0", "XXY"
	xxy.haps[1] = c.sib.haps[1]
	s := w.sequence(file{},
		sequenced{id: "boy", who: c.kid}, sequenced{id: "girl", who: c.sib}, sequenced{id: "wrong", who: c.sib},
		sequenced{id: "open", who: c.fa}, sequenced{id: "X0", who: &xo}, sequenced{id: "XXY", who: &xxy})
	f := family(
		review.Member{ID: "X0", Sex: review.Female}, review.Member{ID: "XXY", Sex: review.Male},
		review.Member{ID: "boy", Sex: review.Male}, review.Member{ID: "girl", Sex: review.Female},
		review.Member{ID: "wrong", Sex: review.Male}, review.Member{ID: "open", Sex: review.SexUnknown},
	)
	r := Measure(s, f, DefaultParams())
	for _, tt := range []struct {
		id      string
		genetic review.Sex
		want    Verdict
	}{
		{"boy", review.Male, Agrees},
		{"girl", review.Female, Agrees},
		{"wrong", review.Female, Contradicts},
		{"open", review.Male, NotDeclared},
		{"X0", review.SexUnknown, Doubtful},
		{"XXY", review.SexUnknown, Doubtful},
	} {
		if x := sexOf(t, r, tt.id); x.Genetic != tt.genetic || x.Verdict != tt.want {
			t.Errorf("%s: %s, %s (%s): want %s, %s", tt.id, x.Genetic, x.Verdict, x.Why, tt.genetic, tt.want)
		} else if (tt.want == Doubtful) != strings.Contains(x.Hint, tt.id) {
			t.Errorf("%s: hint %q", tt.id, x.Hint)
		}
	}
}

// The limits of the sex check, one row to each side.
func TestSexLimits(t *testing.T) {
	q := DefaultParams().Sex
	for _, tt := range []struct {
		het  float64
		y    yState
		want review.Sex
		hint bool
	}{
		{0, yPresent, review.Male, false},
		{0.05, yPresent, review.Male, false},
		{0.05, yUnknown, review.Male, false},
		{0.05, yAbsent, review.SexUnknown, true}, // X0
		{0.051, yPresent, review.SexUnknown, true},
		{0.249, yAbsent, review.SexUnknown, true},
		{0.25, yAbsent, review.Female, false},
		{0.6, yUnknown, review.Female, false},
		{0.6, yPresent, review.SexUnknown, true}, // XXY
	} {
		sex, why, hint := q.tell(tt.het, tt.y)
		if sex != tt.want || (hint != "") != tt.hint || why == "" {
			t.Errorf("het %v, Y %v: %s, hint %q; want %s, hint %v", tt.het, tt.y, sex, hint, tt.want, tt.hint)
		}
	}
	ratio := func(x float64) *float64 { return &x }
	for _, tt := range []struct {
		s    Sex
		want yState
	}{
		{Sex{XSites: 1000, YSites: 100, YCalls: 90, YX: ratio(0.09)}, yPresent},
		{Sex{XSites: 1000, YSites: 100, YCalls: 90, YX: ratio(0.08)}, yUnknown},
		{Sex{XSites: 1000, YSites: 100, YCalls: 90}, yPresent},
		{Sex{XSites: 1000, YSites: 100, YCalls: 0, YX: ratio(0.06)}, yAbsent},
		{Sex{XSites: 1000, YSites: 100, YCalls: 5}, yAbsent},
		{Sex{XSites: 90000, YSites: 60, YCalls: 50}, yUnknown}, // stray calls of a woman alone
		{Sex{XSites: 1000, YSites: 4, YCalls: 0}, yUnknown},
	} {
		if got := q.stateOfY(tt.s); got != tt.want {
			t.Errorf("Y of %+v: %v, want %v", tt.s, got, tt.want)
		}
	}
}

// A file whose absent genotypes are written as reference says nothing of kinship,
// and must not make strangers look like parents or errors of a trio.
func TestMergedFiles(t *testing.T) {
	c := newClan(14)
	zero := 0
	for name, merged := range map[string]func(*review.Call){
		"0/0 with quality 0": func(x *review.Call) { x.Depth, x.GQ, x.AD = nil, &zero, nil },
		"0/0 with depth 0":   func(x *review.Call) { x.Depth, x.GQ, x.AD = &zero, nil, nil },
		"0/0 alone":          func(x *review.Call) { x.Depth, x.GQ, x.AD = nil, nil, nil },
		"./.":                func(x *review.Call) { x.State = review.Missing },
	} {
		t.Run(name, func(t *testing.T) {
			s := c.w.sequence(file{merged: merged}, sequenced{id: "C", who: c.kid}, sequenced{id: "F", who: c.stranger}, sequenced{id: "M", who: c.ma})
			r := Measure(s, trioOf(review.Male), DefaultParams())
			for _, p := range r.Pairs {
				if p.Verdict != NotAssessed {
					t.Errorf("%s and %s: %s (%s), want not assessed", p.A, p.B, p.Verdict, p.Why)
				}
			}
			if m := r.Mendel.Trios[0]; m.Verdict != NotAssessed {
				t.Errorf("Mendelian errors: %s (%s), want not assessed", m.Verdict, m.Why)
			}
			for _, g := range r.Genotypes {
				if g.Reference > 0 {
					t.Errorf("%s: %d reference calls counted", g.Sample, g.Reference)
				}
			}
		})
	}
	t.Run("twins", func(t *testing.T) {
		s := c.w.sequence(file{}, sequenced{id: "C", who: c.kid}, sequenced{id: "D", who: c.twin})
		if p := Measure(s, family(), DefaultParams()).Pairs[0]; p.Measured != SamePerson || p.Verdict != Contradicts {
			t.Errorf("two samples of one person: %s, %s (%s)", p.Measured, p.Verdict, p.Why)
		}
	})
}

// A file without depth and quality is not assessed, unless it is asked for.
func TestUngated(t *testing.T) {
	c := newClan(15)
	s := c.w.sequence(file{noGate: true}, sequenced{id: "C", who: c.kid}, sequenced{id: "F", who: c.fa}, sequenced{id: "M", who: c.ma})
	p := DefaultParams()
	if r := Measure(s, trioOf(review.Male), p); r.Sites != 0 || pairOf(t, r, "C", "F").Verdict != NotAssessed || r.Sex[0].Verdict != NotAssessed {
		t.Errorf("%d sites counted without depth and quality", r.Sites)
	}
	p.Gate.Ungated = true
	if r := Measure(s, trioOf(review.Male), p); pairOf(t, r, "C", "F").Verdict != Agrees || r.Sex[0].Verdict != Agrees {
		t.Errorf("asked for: %s, %s", pairOf(t, r, "C", "F").Verdict, r.Sex[0].Verdict)
	}
}

// A panel has too few sites, and a file of one chromosome tells parents only.
func TestFewSites(t *testing.T) {
	c := newClan(16)
	n := 0
	panel := func(s madeSite) bool { n++; return n%150 == 0 }
	s := c.w.sequence(file{only: panel}, sequenced{id: "C", who: c.kid}, sequenced{id: "F", who: c.stranger}, sequenced{id: "M", who: c.ma})
	r := Measure(s, trioOf(review.Male), DefaultParams())
	for _, p := range r.Pairs {
		if p.Verdict != NotAssessed || p.Why == "" {
			t.Errorf("panel: %s and %s: %s", p.A, p.B, p.Verdict)
		}
	}
	if r.Sex[0].Verdict != NotAssessed || r.Mendel.Trios[0].Verdict != NotAssessed || r.ROH[0].Verdict != NotAssessed ||
		r.Contamination[0].Verdict != NotAssessed || r.Mitochondrial.Pairs[0].Verdict != NotAssessed {
		t.Errorf("panel: something was assessed: %+v", r)
	}

	one := file{only: func(s madeSite) bool { return s.contig == "1" }}
	sibs := family(
		review.Member{ID: "C", Mother: "M", Father: "X"}, review.Member{ID: "M"}, review.Member{ID: "X"},
		review.Member{ID: "S", Mother: "Y", Father: "X"}, review.Member{ID: "Y"},
		review.Member{ID: "Z", Mother: "Y", Father: "F"}, review.Member{ID: "F"},
	)
	s = c.w.sequence(one, sequenced{id: "C", who: c.kid}, sequenced{id: "M", who: c.ma}, sequenced{id: "S", who: c.sib},
		sequenced{id: "F", who: c.stranger}, sequenced{id: "Z", who: c.fa})
	r = Measure(s, sibs, DefaultParams())
	for _, tt := range []struct {
		a, b string
		want Verdict
	}{{"C", "M", Agrees}, {"C", "S", NotAssessed}, {"Z", "F", Contradicts}} {
		if p := pairOf(t, r, tt.a, tt.b); p.Verdict != tt.want {
			t.Errorf("chromosome 1 alone: %s and %s: %s (%s), want %s", tt.a, tt.b, p.Verdict, p.Why, tt.want)
		}
	}
}

func TestContamination(t *testing.T) {
	c := newClan(17)
	for _, tt := range []struct {
		mixed       float64
		frequencies bool
		want        Verdict
	}{
		{0, true, Agrees},
		{0.01, true, Agrees},
		{0.05, true, Doubtful},
		{0.1, true, Doubtful},
		{0, false, NotAssessed},
		{0.2, false, Doubtful},
	} {
		s := c.w.sequence(file{frequencies: tt.frequencies}, sequenced{id: "C", who: c.kid, other: c.stranger, mixed: tt.mixed}, sequenced{id: "M", who: c.ma})
		got := Measure(s, trioOf(review.Male), DefaultParams()).Contamination
		if got[0].Verdict != tt.want {
			t.Errorf("%v mixed in: %s (%s), want %s", tt.mixed, got[0].Verdict, got[0].Why, tt.want)
		}
		if got[1].Verdict == Doubtful {
			t.Errorf("%v mixed into the other sample: %s", tt.mixed, got[1].Why)
		}
	}
}

func TestDisomy(t *testing.T) {
	for _, tt := range []struct {
		name, contig string
		maternal     bool
		iso          bool
		kind         string
		imprinted    bool
	}{
		{"maternal isodisomy 15", "15", true, true, "isodisomy", true},
		{"maternal heterodisomy 15", "15", true, false, "heterodisomy", true},
		{"paternal isodisomy 11", "11", false, true, "isodisomy", true},
		{"paternal heterodisomy 1", "1", false, false, "heterodisomy", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newClan(18)
			kid := c.w.child(c.ma, c.fa, review.Male)
			parent, origin := c.fa, "paternal"
			if tt.maternal {
				parent, origin = c.ma, "maternal"
			}
			c.w.disomic(kid, parent, tt.contig, tt.iso)
			s := c.w.sequence(file{}, sequenced{id: "C", who: kid}, sequenced{id: "F", who: c.fa}, sequenced{id: "M", who: c.ma})
			r := Measure(s, trioOf(review.Male), DefaultParams())
			if len(r.UPD) != 1 {
				t.Fatalf("%d hints: %+v", len(r.UPD), r.UPD)
			}
			d := r.UPD[0]
			if d.Contig != tt.contig || d.Origin != origin || d.Kind != tt.kind || d.Imprinted != tt.imprinted || d.Share < 0.9 {
				t.Errorf("got %+v, want %+v", d, tt)
			}
			if m := r.Mendel.Trios[0]; m.Verdict != Agrees || len(m.LeftOut) != 1 || m.LeftOut[0] != tt.contig {
				t.Errorf("Mendelian errors beside the chromosome: %+v", m)
			}
			if single := r.ROH[0].Single; tt.iso != (single == tt.contig) {
				t.Errorf("runs name chromosome %q", single)
			}
			for _, p := range r.Pairs {
				if p.Verdict != Agrees {
					t.Errorf("%s and %s: %s (%s)", p.A, p.B, p.Verdict, p.Why)
				}
			}
		})
	}
}

// A child of first cousins has about a sixteenth of the genome in runs.
func TestConsanguinity(t *testing.T) {
	w := newWorld(19, 60000)
	gran, grandfather := w.founder(review.Female), w.founder(review.Male)
	a, b := w.child(gran, grandfather, review.Female), w.child(gran, grandfather, review.Male)
	ma, fa := w.child(a, w.founder(review.Male), review.Female), w.child(w.founder(review.Female), b, review.Male)
	kid := w.child(ma, fa, review.Female)
	for _, frequencies := range []bool{true, false} {
		s := w.sequence(file{frequencies: frequencies}, sequenced{id: "C", who: kid}, sequenced{id: "F", who: fa}, sequenced{id: "M", who: ma})
		r := Measure(s, trioOf(review.Female), DefaultParams())
		h := r.ROH[0]
		if !h.Consanguinity || h.Share < 0.02 || h.Share > 0.15 || h.Single != "" {
			t.Errorf("child of cousins (common sites %v): %s", r.CommonSites, h.Why)
		}
		if r.ROH[1].Verdict != Agrees || r.ROH[2].Verdict != Agrees {
			t.Errorf("parents: %s; %s", r.ROH[1].Why, r.ROH[2].Why)
		}
		if p := pairOf(t, r, "F", "M"); p.Measured != ThirdDegree || p.Verdict != Agrees {
			t.Errorf("cousins: phi %.4f, %s, %s", *p.Phi, p.Measured, p.Verdict)
		}
	}
}

func TestMitochondrial(t *testing.T) {
	c := newClan(20)
	s := c.w.sequence(file{}, sequenced{id: "C", who: c.kid}, sequenced{id: "F", who: c.fa}, sequenced{id: "M", who: c.ma})
	if p := Measure(s, trioOf(review.Male), DefaultParams()).Mitochondrial.Pairs[0]; p.Verdict != Agrees || p.Differences != 0 {
		t.Errorf("mother and child: %+v", p)
	}
	f := trioOf(review.Male)
	f.Members[0].Mother, f.Members[0].Father = "F", "M"
	if p := Measure(s, f, DefaultParams()).Mitochondrial.Pairs[0]; p.Verdict != Contradicts {
		t.Errorf("father as mother: %+v", p)
	}
}

// Parents written in each other's place are found by their sex.
func TestSwappedParents(t *testing.T) {
	c := newClan(21)
	s := c.w.sequence(file{}, sequenced{id: "C", who: c.kid}, sequenced{id: "F", who: c.ma}, sequenced{id: "M", who: c.fa})
	r := Measure(s, trioOf(review.Male), DefaultParams())
	if sexOf(t, r, "F").Verdict != Contradicts || sexOf(t, r, "M").Verdict != Contradicts || r.Mitochondrial.Pairs[0].Verdict != Contradicts {
		t.Errorf("sexes: %+v", r.Sex)
	}
	for _, p := range r.Pairs {
		if p.Verdict != Agrees {
			t.Errorf("%s and %s: %s", p.A, p.B, p.Why)
		}
	}
}

func TestNothingToMeasure(t *testing.T) {
	w := newWorld(22, 300)
	empty := w.sequence(file{only: func(madeSite) bool { return false }}, sequenced{id: "C", who: w.founder(review.Male)})
	r := Measure(empty, review.Family{}, DefaultParams())
	if r.Sites != 0 || len(r.Sex) != 1 || r.Sex[0].Verdict != NotAssessed || r.Contamination[0].Verdict != NotAssessed {
		t.Errorf("of nothing: %+v", r)
	}
}

// Too many samples are counted, and the family's come first.
func TestMaxSamples(t *testing.T) {
	w := newWorld(23, 300)
	p := w.founder(review.Male)
	s := w.sequence(file{}, sequenced{id: "x", who: p}, sequenced{id: "y", who: p}, sequenced{id: "C", who: p})
	q := DefaultParams()
	q.Gate.MaxSamples = 2
	r := Measure(s, trioOf(review.Male), q)
	if r.LeftOut != 1 || r.Samples[0] != "x" || r.Samples[1] != "C" {
		t.Errorf("left out %d, measured %v", r.LeftOut, r.Samples)
	}
}

func TestKinship(t *testing.T) {
	f := family(
		review.Member{ID: "g1"}, review.Member{ID: "g2"}, review.Member{ID: "in1"}, review.Member{ID: "in2"},
		review.Member{ID: "a", Mother: "g1", Father: "g2"}, review.Member{ID: "b", Mother: "g1", Father: "g2"},
		review.Member{ID: "c", Mother: "a", Father: "in1"}, review.Member{ID: "d", Mother: "in2", Father: "b"},
		review.Member{ID: "e", Mother: "c", Father: "d"},
	)
	for _, tt := range []struct {
		a, b string
		want float64
	}{
		{"g1", "g2", 0},
		{"a", "b", 0.25},
		{"a", "c", 0.25},
		{"g1", "c", 0.125},
		{"b", "c", 0.125},
		{"c", "d", 0.0625},
		{"e", "e", 0.53125},
		{"e", "c", 0.28125},
		{"e", "g1", 0.125},
		{"in1", "d", 0},
	} {
		for _, p := range [][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
			if got := kinship(f, p[0], p[1], 0); got != tt.want {
				t.Errorf("kinship of %s and %s: %v, want %v", p[0], p[1], got, tt.want)
			}
		}
	}
}

// Every genotype of a trio, by what it says.
func TestEvents(t *testing.T) {
	for _, tt := range []struct {
		c, m, f geno
		want    uint8
	}{
		{hom0, hom0, hom0, 0},
		{het1, hom0, hom2, provesMaternal | provesPaternal},
		{hom2, hom0, hom2, impossible | lacksMaternal | provesPaternal},
		{hom0, hom0, hom2, impossible | lacksPaternal | provesMaternal},
		{hom2, hom0, het1, impossible | lacksMaternal | provesPaternal},
		{hom2, hom0, hom0, impossible},
		{het1, hom0, hom0, impossible},
		{het1, het1, hom0, provesMaternal},
		{het1, hom0, het1, provesPaternal},
		{het1, hom2, het1, provesPaternal},
		{hom0, het1, hom2, impossible | lacksPaternal | provesMaternal},
		{hom2, het1, het1, 0},
	} {
		if got := events[tt.c<<4|tt.m<<2|tt.f]; got != tt.want {
			t.Errorf("child %d, mother %d, father %d: %b, want %b", tt.c, tt.m, tt.f, got, tt.want)
		}
	}
}

func TestThresholdsAreSourced(t *testing.T) {
	seen := map[string]bool{}
	for _, x := range DefaultParams().Thresholds() {
		if x.Name == "" || x.Meaning == "" || x.Source == "" || seen[x.Name] {
			t.Errorf("threshold %+v", x)
		}
		seen[x.Name] = true
	}
}

func BenchmarkMeasure(b *testing.B) {
	w := newWorld(30, 100_000)
	f, m := w.founder(review.Male), w.founder(review.Female)
	c := w.child(m, f, review.Male)
	s := w.sequence(file{frequencies: true}, sequenced{id: "C", who: c}, sequenced{id: "F", who: f}, sequenced{id: "M", who: m})
	b.ReportAllocs()
	for b.Loop() {
		Measure(s, trioOf(review.Male), DefaultParams())
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(s.Len()), "ns/row")
}
