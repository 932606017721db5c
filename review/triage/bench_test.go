package triage

import (
	"testing"

	"garrod/review"
)

// BenchmarkRun sends 100,000 records of a made trio through the default filter.
func BenchmarkRun(b *testing.B) {
	src := random(b, 1, 100_000)
	c := withPanel(trio(review.Female))
	for b.Loop() {
		if _, err := Run(b.Context(), src, c, Default(), nil); err != nil {
			b.Fatal(err)
		}
	}
}
