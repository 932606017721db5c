package main

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"garrod/reports"
	"garrod/reports/sign"
	"garrod/review"
	"garrod/review/genome"
	"garrod/review/triage"
	"garrod/ui/state"
)

// AskKnown answers whether the proband of a case carries one known variant, and
// notes in the audit trail that it was asked and what the answer was.
func (l *lab) AskKnown(ctx context.Context, q state.KnownQuestion, m *review.Meter) (state.KnownAnswer, error) {
	a, _, err := l.askKnown(ctx, q, m)
	return a, err
}

func (l *lab) askKnown(ctx context.Context, q state.KnownQuestion, m *review.Meter) (a state.KnownAnswer, seq int64, err error) {
	q.Reason, q.Report = strings.TrimSpace(q.Reason), strings.TrimSpace(q.Report)
	if q.Report == "" && q.Reason == "" {
		return a, 0, &review.PolicyError{
			Code: "report_needed", What: "a known variant comes from a relative's report, and none is named",
			Remedy: "Name the report; to ask without one, say why (--force --reason TEXT).",
		}
	}
	a.Entered, a.Forced = q.Variant, q.Reason
	var frozen review.Frozen
	if q.Report != "" {
		a.Report = &triage.KnownReport{Relative: q.Relative}
		if frozen, err = l.relativesReport(ctx, q.Report, a.Report); err != nil {
			return a, 0, err
		}
	}
	err = l.withVCFShown(ctx, q.Case, m, func(c review.Case, src triage.Source) error {
		text, err := inFile(ctx, src, q.Variant)
		if err != nil {
			return err
		}
		k, how, err := triage.ResolveKnown(ctx, src, &c, text, frozen.Assessments, m)
		if err != nil {
			return err
		}
		a.Resolved = how
		if err := holdsVariant(&a, frozen, k); err != nil {
			return err
		}
		a.Known, err = triage.AskKnown(ctx, src, &c, k, triage.DefaultKnown())
		return err
	})
	if err != nil {
		return a, 0, err
	}
	if a.Report != nil {
		a.Cautions = append(a.Cautions, a.Report.Cautions()...)
	} else {
		a.Cautions = append(a.Cautions, "No report of a relative was looked at.")
	}
	seq, err = l.noteKnown(ctx, q.Case, a)
	return a, seq, err
}

// holdsVariant refuses a variant that the report does not report, unless a
// reason was given.
func holdsVariant(a *state.KnownAnswer, f review.Frozen, k genome.Key) error {
	if a.Report == nil {
		return nil
	}
	if f.Case.Assembly != k.Assembly {
		return &review.InputError{
			Code: "other_assembly", Field: "report", What: fmt.Sprintf("report %s is on %s and the case on %s", f.ReportID, f.Case.Assembly, k.Assembly),
			Remedy: "Give the variant's key on the case's assembly, with --force --reason TEXT; nothing is lifted over.",
		}
	}
	a.Report.Fill(f, k)
	if a.Report.Held || a.Forced != "" {
		return nil
	}
	return &review.InputError{
		Code: "not_in_report", Field: "variant", What: fmt.Sprintf("report %s does not report %s", f.ReportID, k),
		Remedy: "Check the variant and the report; to ask all the same, say why (--force --reason TEXT).",
	}
}

// relativesReport reads the frozen content of a report: of a signed PDF, or of
// one that this laboratory issued.
func (l *lab) relativesReport(ctx context.Context, name string, to *triage.KnownReport) (review.Frozen, error) {
	pdf, err := os.ReadFile(name)
	to.From = "file"
	if err != nil {
		r, err := l.report(ctx, name)
		switch {
		case err != nil:
			return review.Frozen{}, err
		case r.ID == "":
			return review.Frozen{}, reportError(name, "no_such_report", "there is no report of this identifier, and no such file", "Give the identifier of an issued report, or the path of its PDF.")
		case r.Status != review.ReportIssued:
			return review.Frozen{}, reportError(name, "report_not_issued", "the report is "+string(r.Status)+", not issued", "Wait until the last signature is there.")
		}
		to.From, pdf = "store", r.PDF
	}
	to.SHA256 = hashOf(pdf)
	f, trusted, err := l.readSigned(pdf)
	if e, ok := errors.AsType[*review.InputError](err); ok && to.From == "file" {
		e.File = filepath.Base(name)
	}
	to.Trusted = trusted
	return f, err
}

func reportError(name, code, what, remedy string) error {
	return &review.InputError{Code: code, File: filepath.Base(name), Field: "report", What: what, Remedy: remedy}
}

// readSigned reads a report that is as it was signed, by everybody who has to.
// trusted is nil where the laboratory has no certificate to trust.
func (l *lab) readSigned(pdf []byte) (f review.Frozen, trusted *bool, err error) {
	roots := l.roots()
	rep, err := sign.Verify(pdf, sign.VerifyOptions{Roots: roots, At: l.clock.Now()})
	if err != nil {
		return f, nil, err
	}
	if !rep.Sound || len(rep.Signatures) == 0 {
		return f, nil, reportError("", "report_not_sound", "the report is not as it was signed: "+strings.Join(rep.Problems, "; "), "Take the report's file as it was issued.")
	}
	proof, err := sign.Attachment(pdf)
	if err != nil {
		return f, nil, err
	}
	if f, err = reports.ReadProof(proof); err != nil {
		return f, nil, err
	}
	for _, want := range f.Signatories {
		if !slices.ContainsFunc(rep.Signatures, func(s sign.Signature) bool { return s.Role == string(want.Role) }) {
			return f, nil, reportError("", "report_not_signed", fmt.Sprintf("the signature of the %s is missing", want.Role), "Take the report as it was authorised.")
		}
	}
	if roots != nil {
		all := !slices.ContainsFunc(rep.Signatures, func(s sign.Signature) bool { return s.Trusted == nil || !*s.Trusted })
		trusted = &all
	}
	return f, trusted, nil
}

// roots are the certificates that the laboratory trusts, nil for none.
func (l *lab) roots() *x509.CertPool {
	pem, err := os.ReadFile(filepath.Join(l.dir, identityDir, caName))
	if err != nil {
		return nil
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil
	}
	return pool
}

// noteKnown records the question and its answer, without what was written of the
// relative.
func (l *lab) noteKnown(ctx context.Context, id review.CaseID, a state.KnownAnswer) (int64, error) {
	type report struct {
		ID     string `json:"report_id"`
		SHA256 string `json:"sha256"`
		Held   bool   `json:"holds_variant"`
	}
	after := struct {
		Answer string  `json:"answer"`
		Doubt  *string `json:"doubt"`
		Depth  *int    `json:"depth"`
		Record string  `json:"record"`
		Report *report `json:"report"`
	}{Answer: a.Answer, Doubt: a.Doubt, Depth: a.Depth, Record: a.Record}
	if r := a.Report; r != nil {
		after.Report = &report{r.ID, r.SHA256, r.Held}
	}
	text, err := json.Marshal(after)
	if err != nil {
		return 0, fmt.Errorf("write the answer: %w", err)
	}
	return l.store.Update(ctx, l.session(), func(tx review.Tx) error {
		return tx.Record(review.Event{Action: "known.ask", Case: id, Object: a.Key, After: string(text), Reason: a.Forced})
	})
}
