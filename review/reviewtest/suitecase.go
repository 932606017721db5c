package reviewtest

import (
	"testing"
	"time"

	"garrod/review"
	"garrod/review/genome"
)

func testCaseRoundTrip(t *testing.T, s review.Store) {
	Seed(t, s)
	c := Case()
	c.Created = Start.In(time.FixedZone("BST", 3600)).Add(1234567 * time.Nanosecond)
	Save(t, s, &c)
	if c.Revision != 1 {
		t.Errorf("revision after the first save: got %d, want 1", c.Revision)
	}
	want := Case()
	want.Revision = 1
	want.Created = Start.Add(1234 * time.Microsecond)
	wantSame(t, "what the caller holds", c, want)
	wantSame(t, "what is stored", Load(t, s, review.Tx.FindCase, c.ID), want)
}

func testCaseChange(t *testing.T, s review.Store) {
	Seed(t, s)
	c := Case()
	Save(t, s, &c)
	c.Status = review.StatusAnalysis
	c.Patient.Surname = "Changed"
	c.Patient.Identifiers = c.Patient.Identifiers[1:]
	c.Family.Members = c.Family.Members[:3]
	c.Files = append(c.Files, review.SourceFile{Kind: "bed", Path: "C:\\x.bed", Samples: []string{}})
	c.Checks[0].Reason = "looked at"
	c.Identity.Blocks = []string{"The declared father is a stranger."}
	c.Identity.Override = &review.IdentityOverride{By: "u", Name: "U", At: Start, Reason: "adopted"}
	c.Family.Kinship = nil
	c.HPO = []string{"HP:0000001"}
	c.Panel.Genes = c.Panel.Genes[1:]
	c.Consent.Note = ""
	c.Specimen = review.Specimen{}
	c.Updated = Start.Add(time.Hour)
	want := c
	want.Revision = 2
	Save(t, s, &c)
	wantSame(t, "changed case", Load(t, s, review.Tx.FindCase, c.ID), want)
}

// testCaseSparse stores a case of which next to nothing is known.
func testCaseSparse(t *testing.T, s review.Store) {
	c := review.Case{
		ID: "C-sparse é/#?", Status: review.StatusReceived, Assembly: genome.AssemblyUnknown,
		Created: Start, Updated: Start,
	}
	Save(t, s, &c)
	wantSame(t, "sparse case", Load(t, s, review.Tx.FindCase, c.ID), c)

	undated := review.Case{ID: "C-undated"}
	Save(t, s, &undated)
	if undated.Created.IsZero() || undated.Updated.IsZero() || undated.Created.Before(Start) {
		t.Errorf("times of a case saved without: got %v and %v, want the clock's", undated.Created, undated.Updated)
	}
}

func testCasesNewestFirst(t *testing.T, s review.Store) {
	Seed(t, s)
	var want []review.Case
	for i, id := range []review.CaseID{"C-b", "C-a", "C-c"} {
		c := Case()
		c.ID = id
		c.Created = Start.AddDate(0, 0, i)
		c.HPO = c.HPO[:i%2]
		if len(c.HPO) == 0 {
			c.HPO = nil
		}
		Save(t, s, &c)
		want = append([]review.Case{c}, want...)
	}
	got := Load(t, s, func(tx review.Tx, _ int) ([]review.Case, error) { return tx.Cases() }, 0)
	wantSame(t, "cases", got, want)
	got[0].Panel.Name = "changed by its holder"
	if got[1].Panel.Name == got[0].Panel.Name {
		t.Error("two cases share one Panel value")
	}
}

func testConflict(t *testing.T, s review.Store) {
	c, a, _ := SeedCase(t, s)
	mine, theirs := c, c
	theirs.Sex = review.Male
	Save(t, s, &theirs)
	mine.Sex = review.SexUnknown
	wantErr(t, "case read before another's save", TrySave(t, s, &mine), review.ErrConflict)
	if mine.Revision != c.Revision {
		t.Errorf("revision after a conflict: got %d, want %d as it was", mine.Revision, c.Revision)
	}
	wantSame(t, "case after a conflict", Load(t, s, review.Tx.FindCase, c.ID), theirs)

	old := a
	a.Comment = "theirs"
	Save(t, s, &a)
	old.Comment = "mine"
	wantErr(t, "assessment read before another's save", TrySave(t, s, &old), review.ErrConflict)
	wantSame(t, "assessment after a conflict", Load(t, s, review.Tx.FindAssessment, a.ID), a)

	ghost := Case()
	ghost.ID, ghost.Revision = "C-ghost", 3
	wantErr(t, "case with a revision that was never stored", TrySave(t, s, &ghost), review.ErrNotFound)
}

func testUnique(t *testing.T, s review.Store) {
	SeedCase(t, s)
	c := Case()
	err := TrySave(t, s, &c)
	wantErr(t, "case whose ID is taken", err, review.ErrExists)
	wantErr(t, "case whose ID is taken", err, review.ErrConflict)

	a := Assessment()
	wantErr(t, "assessment whose ID is taken", TrySave(t, s, &a), review.ErrExists)
	a.ID = "A-0002"
	wantErr(t, "second assessment of the same unit", TrySave(t, s, &a), review.ErrExists)
	a.Unit.Penetrance = "full"
	wantErr(t, "second assessment, by penetrance only", TrySave(t, s, &a), review.ErrExists)
	for _, change := range []func(){
		func() { a.Unit.Disease = "" },
		func() { a.Unit.MOI = "AR" },
		func() { a.Unit.Transcript = "NM_006920.6" },
		func() { a.Unit.Gene = "" },
	} {
		change()
		b := a
		b.ID = review.AssessmentID("A-" + a.Unit.Gene + a.Unit.Disease + a.Unit.MOI + a.Unit.Transcript)
		if err := TrySave(t, s, &b); err != nil {
			t.Errorf("assessment of another unit %+v: %v", b.Unit, err)
		}
	}

	r := Report()
	r.ID = "R-0002"
	wantErr(t, "second report of the same version", TrySave(t, s, &r), review.ErrExists)
}

func testDangling(t *testing.T, s review.Store) {
	Seed(t, s)
	a := Assessment()
	wantErr(t, "assessment of a case that is not there", TrySave(t, s, &a), review.ErrNotFound)
	r := Report()
	wantErr(t, "report of a case that is not there", TrySave(t, s, &r), review.ErrNotFound)
	c := Case()
	c.RuleSetHash = hash("another")
	wantErr(t, "case with a rule set that is not there", TrySave(t, s, &c), review.ErrNotFound)

	c = Case()
	Save(t, s, &c)
	a.Evidence[0].By = "nobody"
	wantErr(t, "evidence by nobody", TrySave(t, s, &a), review.ErrNotFound)
	wantSame(t, "assessments after a refusal", len(Load(t, s, review.Tx.Assessments, c.ID)), 0)
}

// testSealed checks that nothing of an authorised case can change.
func testSealed(t *testing.T, s review.Store) {
	c, a, r := SeedCase(t, s)
	c.Status = review.StatusAuthorised
	c.Updated = Start.Add(time.Hour)
	c.Checks[0].Reason = "changed in the save that seals"
	Save(t, s, &c)

	changed := c
	changed.HPO = nil
	wantErr(t, "sealed case", TrySave(t, s, &changed), review.ErrSigned)
	changed = c
	changed.Status = review.StatusAnalysis
	wantErr(t, "opening a sealed case", TrySave(t, s, &changed), review.ErrSigned)

	more := a
	more.Evidence = append(more.Evidence[:len(more.Evidence):len(more.Evidence)], Decision("PM1"))
	wantErr(t, "evidence in a sealed case", TrySave(t, s, &more), review.ErrSigned)
	more = a
	more.Reviews = append(more.Reviews[:len(more.Reviews):len(more.Reviews)], Review())
	wantErr(t, "review in a sealed case", TrySave(t, s, &more), review.ErrSigned)
	another := Assessment()
	another.ID, another.Unit.MOI = "A-0002", "AR"
	wantErr(t, "new assessment in a sealed case", TrySave(t, s, &another), review.ErrSigned)
	second := Report()
	second.ID, second.Version = "R-0002", 2
	wantErr(t, "new report of a sealed case", TrySave(t, s, &second), review.ErrSigned)

	wantSame(t, "sealed case", Load(t, s, review.Tx.FindCase, c.ID), c)
	wantSame(t, "sealed assessment", Load(t, s, review.Tx.FindAssessment, a.ID), a)
	// The order in which the last signature's parts are saved is the caller's.
	r.Status = review.ReportIssued
	Save(t, s, &r)
}
