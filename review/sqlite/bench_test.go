package sqlite

import (
	"fmt"
	"path/filepath"
	"testing"

	"garrod/review"
	"garrod/review/reviewtest"
)

// BenchmarkDecisionCommit stores one decision with its audit event, as a person
// accepting a criterion does, in a file with synchronous=FULL.
func BenchmarkDecisionCommit(b *testing.B) {
	s := create(b, filepath.Join(b.TempDir(), "lab.sqlite"))
	_, a, _ := reviewtest.SeedCase(b, s)
	const decisions = 20 // on one assessment, which is a busy one
	n := 0
	for b.Loop() {
		if n%decisions == 0 {
			b.StopTimer()
			a = reviewtest.Assessment()
			a.ID = review.AssessmentID(fmt.Sprintf("A-%d", n))
			a.Unit.Disease = string(a.ID)
			reviewtest.Save(b, s, &a)
			b.StartTimer()
		}
		n++
		a.Evidence = append(a.Evidence, reviewtest.Decision("PM1"))
		reviewtest.Save(b, s, &a)
	}
}

// BenchmarkCases lists a laboratory of 500 cases.
func BenchmarkCases(b *testing.B) {
	s := create(b, filepath.Join(b.TempDir(), "lab.sqlite"))
	reviewtest.Seed(b, s)
	var cases []any
	for i := range 500 {
		c := reviewtest.Case()
		c.ID = review.CaseID(fmt.Sprintf("C-%04d", i))
		cases = append(cases, &c)
	}
	reviewtest.Save(b, s, cases...)
	for b.Loop() {
		got := reviewtest.Load(b, s, func(tx review.Tx, _ int) ([]review.Case, error) { return tx.Cases() }, 0)
		if len(got) != len(cases) {
			b.Fatal(len(got))
		}
	}
}
