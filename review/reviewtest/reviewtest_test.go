package reviewtest_test

import (
	"bytes"
	"testing"
	"time"

	"garrod/review"
	"garrod/review/reviewtest"
)

func TestClock(t *testing.T) {
	c := reviewtest.NewClock()
	for i := range 3 {
		if got, want := c.Now(), reviewtest.Start.Add(time.Duration(i)*time.Second); !got.Equal(want) {
			t.Errorf("tick %d: got %v, want %v", i, got, want)
		}
	}
}

func TestSealer(t *testing.T) {
	var s review.Sealer = reviewtest.Sealer{}
	plain := []byte(reviewtest.Surname)
	sealed, err := s.Seal("patient.surname/C-1", plain)
	if err != nil || bytes.Contains(sealed, plain) {
		t.Fatalf("seal: got %q, %v", sealed, err)
	}
	if got, err := s.Open("patient.surname/C-1", sealed); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("open: got %q, %v, want %q", got, err, plain)
	}
	if _, err := s.Open("patient.surname/C-2", sealed); err == nil {
		t.Error("a value moved to another row was opened")
	}
	if _, err := s.Open("patient.surname/C-1", sealed[:5]); err == nil {
		t.Error("a value cut short was opened")
	}
}

// TestBuildersAreIndependent changes what a builder returned; the next value
// must not show it.
func TestBuildersAreIndependent(t *testing.T) {
	c, a := reviewtest.Case(), reviewtest.Assessment()
	c.Patient.Identifiers[0].Value, c.Panel.Genes[0].Symbol, *c.Family.Members[0].Affected = "", "", false
	a.Evidence[0].Shown.Reason, a.Variant.Calls[0].GT = "", ""
	c, a = reviewtest.Case(), reviewtest.Assessment()
	if c.Patient.Identifiers[0].Value == "" || c.Panel.Genes[0].Symbol == "" || !*c.Family.Members[0].Affected ||
		a.Evidence[0].Shown.Reason == "" || a.Variant.Calls[0].GT == "" {
		t.Error("two values of a builder share memory")
	}
}

// TestStoryHolds checks that the values fit together as a real case's do.
func TestStoryHolds(t *testing.T) {
	c, a, r := reviewtest.Case(), reviewtest.Assessment(), reviewtest.Report()
	if a.Case != c.ID || r.Case != c.ID || a.Unit.Key != a.Variant.Key.String() {
		t.Errorf("assessment %s and report %s are not of case %s", a.ID, r.ID, c.ID)
	}
	if _, ok := a.Finished(); !ok {
		t.Error("the assessment has no finished review")
	}
	if mother, father := c.Parents(); mother == "" || father == "" {
		t.Error("the proband has no parents")
	}
	if got := len(a.Current()); got != 1 {
		t.Errorf("criteria decided and not withdrawn: got %d, want 1", got)
	}
}
