package reports_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"garrod/assets/rules"
	"garrod/reports"
	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
	"garrod/review/reviewtest"
)

// bench is a laboratory with four people, one case and one finished review.
type bench struct {
	t      *testing.T
	store  review.Store
	issuer reports.Issuer
	clock  *reviewtest.Clock
	ids    map[review.UserID]reports.Identity

	listed, rescued int64 // what triage leaves
}

var people = []review.User{
	{ID: "anna", Name: "Anna Müller", Role: review.Scientist, HCPC: "CS00001"},
	{ID: "bela", Name: "Béla Łoś", Role: review.Authoriser, HCPC: "CS00002"},
	{ID: "cleo", Name: "Cleo Example", Role: review.Authoriser},
	{ID: "tina", Name: "Tina Trainee", Role: review.Trainee},
}

func newBench(t *testing.T, kind review.LabKind) *bench {
	t.Helper()
	clock := reviewtest.NewClock()
	b := &bench{t: t, clock: clock, store: newStore(t, clock), ids: map[review.UserID]reports.Identity{}}
	b.issuer = reports.Issuer{
		Store: b.store, Render: newRenderer(), Sign: newSigner(clock), Clock: clock, Program: "Garrod test",
		Selection: func(context.Context, review.Case) (reports.Selection, error) {
			return reports.Selection{
				Filter: "all", Funnel: []review.FunnelStep{{Step: "quality", Parameter: "PASS", Before: 9, After: 1}},
				Listed: b.listed, Rescued: b.rescued,
			}, nil
		},
	}
	var names []string
	for _, u := range people {
		names = append(names, u.Name)
	}
	for i, id := range newIdentities(t, clock.Now(), names) {
		b.ids[people[i].ID] = id
	}
	b.seed(kind)
	return b
}

func (b *bench) seed(kind review.LabKind) {
	b.t.Helper()
	rs := ruleSet(b.t)
	b.update(func(tx review.Tx) error {
		errs := []error{tx.SaveLaboratory(review.Laboratory{ID: "lab", Kind: kind, Name: "Bench"})}
		for _, u := range people {
			u.Created = reviewtest.Start
			errs = append(errs, tx.SaveUser(u))
		}
		errs = append(errs, tx.SaveRuleSet(review.StoredRuleSet{
			ID: rs.ID, Version: rs.Version, Hash: rs.Hash(),
			Content: rs.Canonical(), Status: "draft", Created: reviewtest.Start,
		}))
		c := review.Case{
			ID: "C-1", Status: review.StatusAnalysis, Assembly: genome.GRCh38, Proband: "P1", Sex: review.Female,
			Patient: review.Patient{Surname: "Doe", Forename: "Jane", DOB: "2001-02-03"},
			RuleSet: rs.ID, RuleSetHash: rs.Hash(), Created: reviewtest.Start, Updated: reviewtest.Start,
			Files: []review.SourceFile{{Kind: "vcf", Path: "x.vcf.gz", SHA256: strings.Repeat("0", 64), Records: 9, Samples: []string{"P1"}}},
		}
		errs = append(errs, tx.SaveCase(&c), tx.SaveAssessment(b.assessment()))
		return errors.Join(errs...)
	})
}

// assessment is a finished review of a likely pathogenic variant.
func (b *bench) assessment() *review.Assessment {
	b.t.Helper()
	rs := ruleSet(b.t)
	k := genome.Key{Assembly: genome.GRCh38, Contig: "2", Pos: 1000, Ref: "G", Alt: "A"}
	a := &review.Assessment{
		ID: "C-1-A1", Case: "C-1",
		Unit:        acmg.Unit{Key: k.String(), Assembly: "GRCh38", Gene: "HGNC:10585", MOI: "AD"},
		Variant:     review.Variant{Key: k, Kind: review.SmallVariant, Calls: []review.Call{{Sample: "P1", GT: "0/1", State: review.Called, Copies: 1, Ploidy: 2}}},
		Consequence: review.Consequence{Symbol: "SCN1A", HGNC: "HGNC:10585", HGVSc: "NM_1.1:c.5G>A"},
	}
	for i, text := range []string{"PVS1", "PM2_Supporting"} {
		code, err := acmg.ParseCode(text, rs)
		if err != nil {
			b.t.Fatal(err)
		}
		a.Evidence = append(a.Evidence, review.EvidenceItem{
			ID: int64(i), Code: code.Criterion, Strength: code.Strength,
			Decision: review.Accepted, Origin: "manual", Reason: "test", RuleSet: rs.ID, RuleSetHash: rs.Hash(), By: "anna", At: b.clock.Now(),
		})
	}
	cl, err := acmg.Combine(rs, a.Accepted(), a.Unit)
	if err != nil {
		b.t.Fatal(err)
	}
	a.Reviews = []review.Review{{By: "anna", At: b.clock.Now(), Classification: cl, Report: true}}
	return a
}

func (b *bench) update(fn func(review.Tx) error) {
	b.t.Helper()
	_, err := b.store.Update(b.t.Context(), as("anna"), func(tx review.Tx) error {
		return errors.Join(fn(tx), tx.Record(review.Event{Action: "test"}))
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func as(id review.UserID) review.Actor {
	return review.Actor{User: id, Role: review.Scientist, OSUser: "os", Host: "host"}
}

func (b *bench) prepare(id review.UserID, role review.Role) (reports.Prepared, error) {
	return b.issuer.Prepare(b.t.Context(), as(id), "C-1", role, "")
}

// sign prepares and signs.
func (b *bench) sign(id review.UserID, role review.Role) (reports.Signed, error) {
	p, err := b.prepare(id, role)
	if err != nil {
		return reports.Signed{}, err
	}
	return b.approve(id, p, b.ids[id])
}

func (b *bench) approve(id review.UserID, p reports.Prepared, who reports.Identity) (reports.Signed, error) {
	return b.issuer.SignOff(b.t.Context(), as(id), reports.Approval{ReportID: p.Report.ID, SHA256: p.Report.SHA256, Role: p.Role, Identity: who})
}

func (b *bench) mustSign(id review.UserID, role review.Role) reports.Signed {
	b.t.Helper()
	s, err := b.sign(id, role)
	if err != nil {
		b.t.Fatalf("%s signs as %s: %v", id, role, err)
	}
	return s
}

func (b *bench) status() (review.Status, []review.Report) {
	b.t.Helper()
	var c review.Case
	var all []review.Report
	err := b.store.View(b.t.Context(), as("anna"), func(tx review.Tx) (err error) {
		if c, err = tx.FindCase("C-1"); err != nil {
			return err
		}
		all, err = tx.Reports("C-1")
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return c.Status, all
}

func (b *bench) actions() string {
	b.t.Helper()
	var out []string
	err := b.store.View(b.t.Context(), as("anna"), func(tx review.Tx) error {
		events, err := tx.Events(1)
		for _, e := range events {
			out = append(out, e.Action)
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return strings.Join(out, " ")
}

// change adds a decision to the case, as a colleague who knows of no report.
func (b *bench) change() {
	b.update(func(tx review.Tx) error {
		a, err := tx.FindAssessment("C-1-A1")
		if err != nil {
			return err
		}
		a.Comment += "one more word"
		return tx.SaveAssessment(&a)
	})
}

func policy(t *testing.T, err error, code string) {
	t.Helper()
	var p *review.PolicyError
	if !errors.As(err, &p) || p.Code != code {
		t.Errorf("got %v, want the refusal %s", err, code)
	}
}

func ruleSet(t testing.TB) *acmg.RuleSet {
	t.Helper()
	all, err := loadRules()
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

var loadRules = sync.OnceValues(func() ([]*acmg.RuleSet, error) { return acmg.LoadRuleSets(rules.Files()) })
