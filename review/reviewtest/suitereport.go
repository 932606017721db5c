package reviewtest

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"garrod/review"
)

func testReportRoundTrip(t *testing.T, s review.Store) {
	Seed(t, s)
	c, r := Case(), Report()
	// Bytes of every value, 2 MiB of them.
	big := bytes.Repeat([]byte("%PDF \x00\xff\r\n\x1a"), 1+2<<20/10)
	SetPDF(&r, big)
	r.SignOffs[0].Case, r.SignOffs[0].ReportID = "", ""
	Save(t, s, &c, &r)
	want := Report()
	want.SHA256 = r.SHA256
	got := Load(t, s, review.Tx.FindReport, r.ID)
	if !bytes.Equal(got.PDF, big) {
		t.Fatalf("bytes of the report: got %d, not the %d stored", len(got.PDF), len(big))
	}
	// Compared above: go-cmp takes each byte for a value.
	got.PDF, want.PDF = nil, nil
	wantSame(t, "report", got, want)

	two := Report()
	two.ID, two.Version, two.SignOffs = "R-0000", 2, nil
	Save(t, s, &two)
	two.PDF = nil
	wantSame(t, "reports of the case", Load(t, s, review.Tx.Reports, c.ID), []review.Report{want, two})

	wrong := Report()
	wrong.ID, wrong.Version, wrong.SHA256 = "R-0003", 3, hash("other bytes")
	if err := TrySave(t, s, &wrong); err == nil {
		t.Error("a report whose hash is not that of its bytes was saved")
	}
}

func testReportIssued(t *testing.T, s review.Store) {
	_, _, r := SeedCase(t, s)
	SetPDF(&r, append(slices.Clone(r.PDF), "second signature"...))
	r.SignOffs = append(r.SignOffs, SignOff(r, review.Authoriser))
	r.Status = review.ReportIssued
	Save(t, s, &r)
	for name, change := range map[string]func(r *review.Report){
		"nothing":  func(*review.Report) {},
		"bytes":    func(r *review.Report) { SetPDF(r, append(slices.Clone(r.PDF), 'x')) },
		"status":   func(r *review.Report) { r.Status = review.ReportVoided },
		"sign-off": func(r *review.Report) { r.SignOffs = append(r.SignOffs, SignOff(*r, review.Scientist)) },
		"void":     func(r *review.Report) { r.SignOffs[0].Voided = true },
	} {
		b := r
		b.SignOffs = slices.Clone(r.SignOffs)
		change(&b)
		wantErr(t, "issued report, change of "+name, TrySave(t, s, &b), review.ErrSigned)
	}
	wantSame(t, "issued report", Load(t, s, review.Tx.FindReport, r.ID), r)
}

func testReportVoided(t *testing.T, s review.Store) {
	_, _, r := SeedCase(t, s)
	pdf := r.PDF
	r.PDF = nil // as Reports gives it
	r.Status = review.ReportVoided
	r.SignOffs[0].Voided, r.SignOffs[0].Reason = true, "the phenotype changed"
	Save(t, s, &r)
	r.PDF = pdf
	wantSame(t, "voided report", Load(t, s, review.Tx.FindReport, r.ID), r)

	b := r
	b.Status = review.ReportPending
	wantErr(t, "reviving a voided report", TrySave(t, s, &b), review.ErrConflict)
}

func testReportGrows(t *testing.T, s review.Store) {
	_, _, r := SeedCase(t, s)
	for name, change := range map[string]func(r *review.Report){
		"shorter bytes":     func(r *review.Report) { SetPDF(r, r.PDF[:5]) },
		"other bytes":       func(r *review.Report) { SetPDF(r, bytes.ToUpper(r.PDF)) },
		"other case's hash": func(r *review.Report) { r.Content = hash("another frozen case") },
		"other version":     func(r *review.Report) { r.Version++ },
		"fewer sign-offs":   func(r *review.Report) { r.SignOffs = nil },
		"other signer":      func(r *review.Report) { r.SignOffs[0].By = User(review.Authoriser).ID },
		"reason without void": func(r *review.Report) {
			r.SignOffs[0].Reason = "because"
		},
	} {
		b := r
		b.SignOffs = slices.Clone(r.SignOffs)
		change(&b)
		wantErr(t, fmt.Sprintf("signed pending report with %s", name), TrySave(t, s, &b), review.ErrConflict)
	}
	wantSame(t, "signed pending report", Load(t, s, review.Tx.FindReport, r.ID), r)
}
