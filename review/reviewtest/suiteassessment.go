package reviewtest

import (
	"slices"
	"testing"
	"time"

	"garrod/review"
	"garrod/review/acmg"
)

func testAssessmentRoundTrip(t *testing.T, s review.Store) {
	Seed(t, s)
	c, a := Case(), Assessment()
	Save(t, s, &c, &a)
	want := Assessment()
	want.Revision = 1
	for i := range want.Evidence {
		if a.Evidence[i].ID == 0 {
			t.Errorf("evidence %d got no ID", i)
		}
		want.Evidence[i].ID = a.Evidence[i].ID
	}
	wantSame(t, "what the caller holds", a, want)
	wantSame(t, "what is stored", Load(t, s, review.Tx.FindAssessment, a.ID), want)
	wantSame(t, "assessments of the case", Load(t, s, review.Tx.Assessments, c.ID), []review.Assessment{want})

	bare := review.Assessment{ID: "A-bare", Case: c.ID, Unit: acmg.Unit{Key: "1-2-A-G", Assembly: "GRCh38"}}
	Save(t, s, &bare)
	wantSame(t, "assessment of which nothing is known", Load(t, s, review.Tx.FindAssessment, bare.ID), bare)
}

// testEvidenceOrder appends to two assessments in turn; each keeps the order of
// its decisions, whatever their times say.
func testEvidenceOrder(t *testing.T, s review.Store) {
	Seed(t, s)
	c, a, b := Case(), Assessment(), Assessment()
	b.ID, b.Unit.MOI = "A-0002", "AR"
	a.Evidence, b.Evidence = nil, nil
	Save(t, s, &c, &a, &b)
	codes := []acmg.Criterion{"PM2", "BP4", "PM2", "PVS1", "PS2", "BP4", "PM2"}
	for i, code := range codes {
		e := Decision(code)
		e.At = Start.Add(-time.Duration(i) * time.Minute)
		a.Evidence = append(a.Evidence, e)
		b.Evidence = append(b.Evidence, Decision(code+"x"))
		Save(t, s, &a, &b)
	}
	var got []acmg.Criterion
	for _, e := range Load(t, s, review.Tx.FindAssessment, a.ID).Evidence {
		got = append(got, e.Code)
	}
	wantSame(t, "order of evidence", got, codes)
	wantSame(t, "other assessment", Load(t, s, review.Tx.FindAssessment, b.ID), b)
	if b.Evidence[0].At.IsZero() {
		t.Error("evidence without a time got none from the clock")
	}
}

func testEvidenceAppendOnly(t *testing.T, s review.Store) {
	_, a, _ := SeedCase(t, s)
	for _, tt := range []struct {
		name   string
		change func(a *review.Assessment)
	}{
		{"decision left out at the end", func(a *review.Assessment) { a.Evidence = a.Evidence[:2] }},
		{"decision left out at the start", func(a *review.Assessment) { a.Evidence = a.Evidence[1:] }},
		{"all decisions left out", func(a *review.Assessment) { a.Evidence = nil }},
		{"other strength", func(a *review.Assessment) { a.Evidence[1].Strength = acmg.VeryStrong }},
		{"other reason", func(a *review.Assessment) { a.Evidence[1].Reason = "rewritten" }},
		{"other person", func(a *review.Assessment) { a.Evidence[0].By = User(review.Authoriser).ID }},
		{"other order", func(a *review.Assessment) { a.Evidence[0], a.Evidence[1] = a.Evidence[1], a.Evidence[0] }},
		{"other snapshot", func(a *review.Assessment) { a.Evidence[0].Shown = nil }},
		{"review left out", func(a *review.Assessment) { a.Reviews = nil }},
		{"review changed", func(a *review.Assessment) { a.Reviews[0].Report = false }},
		{"class changed", func(a *review.Assessment) { a.Reviews[0].Classification.Class = acmg.ClassBenign }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := a
			b.Evidence, b.Reviews = slices.Clone(a.Evidence), slices.Clone(a.Reviews)
			tt.change(&b)
			wantErr(t, "save", TrySave(t, s, &b), review.ErrConflict)
			wantSame(t, "stored", Load(t, s, review.Tx.FindAssessment, a.ID), a)
		})
	}
}

func testFrozenRecord(t *testing.T, s review.Store) {
	_, a, _ := SeedCase(t, s)
	for _, tt := range []struct {
		name   string
		change func(a *review.Assessment)
	}{
		{"genotype", func(a *review.Assessment) { a.Variant.Calls = a.Variant.Calls[:1] }},
		{"filters", func(a *review.Assessment) { a.Variant.Record.Filters = nil }},
		{"gene", func(a *review.Assessment) { a.Unit.Gene = "HGNC:1" }},
		{"case", func(a *review.Assessment) { a.Case = "C-other" }},
	} {
		b := a
		tt.change(&b)
		if err := TrySave(t, s, &b); err == nil {
			t.Errorf("a change of the %s was saved", tt.name)
		}
	}
	b := a
	b.Unit.Penetrance, b.Comment, b.Labels = "full", "", nil
	b.Facts, b.Proposals = []byte(`{"id":"again"}`), b.Proposals[:1]
	Save(t, s, &b)
	wantSame(t, "what may change", Load(t, s, review.Tx.FindAssessment, a.ID), b)
}
