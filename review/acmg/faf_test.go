package acmg_test

import (
	"math"
	"testing"

	"garrod/review/acmg"
)

func near(a, b, relative float64) bool { return math.Abs(a-b) <= relative*math.Abs(b) }

// Counts and frequencies from half the 5 % quantile of chi-square with 2·AC
// degrees of freedom (tabulated: 0.710723/2, 10.8508/2, 77.9295/2 at 4, 20, 100
// degrees).
func TestFilteringAF(t *testing.T) {
	for _, tt := range []struct {
		ac, an int
		want   float64
	}{
		{10, 100000, 5.4254e-5},
		{2, 1000, 0.710723 / 2 / 1000},
		{50, 1e6, 77.9295 / 2 / 1e6},
		{0, 100000, 0},
		{1, 100000, 0},
	} {
		got, ok := acmg.FilteringAF(tt.ac, tt.an, 0.95)
		if !ok || !near(got, tt.want, 1e-5) {
			t.Errorf("AC %d, AN %d: %g %t, want %g", tt.ac, tt.an, got, ok, tt.want)
		}
	}
	for _, bad := range [][2]int{{-1, 10}, {1, 0}, {11, 10}} {
		if _, ok := acmg.FilteringAF(bad[0], bad[1], 0.95); ok {
			t.Errorf("AC %d of %d answered", bad[0], bad[1])
		}
	}
}

// Large counts approach the normal approximation and stay in order.
func TestFilteringAFLarge(t *testing.T) {
	last := 0.0
	for _, ac := range []int{2, 3, 10, 100, 1000, 9000, 100000, 1500000} {
		got, ok := acmg.FilteringAF(ac, 1600000, 0.95)
		if !ok || got <= last || got >= float64(ac)/1600000 {
			t.Errorf("AC %d: %g after %g", ac, got, last)
		}
		last = got
		if n := float64(ac); ac >= 1000 && !near(got*1600000, n-1.64485*math.Sqrt(n), 3e-3) {
			t.Errorf("AC %d: mean %g", ac, got*1600000)
		}
	}
}

// The vectors of the TP53, PTEN and FBN1 panels.
func TestMaxCredibleAF(t *testing.T) {
	for _, tt := range []struct {
		name                  string
		prev, hetA, hetG, pen float64
		want                  float64
	}{
		{"TP53", 1. / 5000, 1, 1, 0.30, 3.33e-4},
		{"PTEN", 1. / 9000, 22. / 282, 1, 0.10, 4.33e-5},
		{"PTEN, one allele", 1. / 9000, 1, 1, 0.10, 5.56e-4},
		{"FBN1", 1. / 5000, 1, 1, 0.85, 1.18e-4},
	} {
		if got, ok := acmg.MaxCredibleAF("AD", tt.prev, tt.hetA, tt.hetG, tt.pen); !ok || !near(got, tt.want, 5e-3) {
			t.Errorf("%s: %g %t, want %g", tt.name, got, ok, tt.want)
		}
	}
	if got, ok := acmg.MaxCredibleAF("AR", 1e-4, 0.5, 0.25, 0.64); !ok || !near(got, 0.01*0.5*0.5/0.8, 1e-12) {
		t.Errorf("AR: %g %t", got, ok)
	}
	for _, moi := range []string{"XLR", "", "MT"} {
		if _, ok := acmg.MaxCredibleAF(moi, 1e-4, 1, 1, 1); ok {
			t.Errorf("%q answered", moi)
		}
	}
	if _, ok := acmg.MaxCredibleAF("AD", 1e-4, 1, 1, 0); ok {
		t.Error("no penetrance answered")
	}
}

func BenchmarkFilteringAF(b *testing.B) {
	for b.Loop() {
		acmg.FilteringAF(700000, 1600000, 0.95)
	}
}
