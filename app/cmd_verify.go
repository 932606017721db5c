package main

import (
	"crypto/x509"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"garrod/reports"
	"garrod/reports/sign"
	"garrod/review"

	"github.com/spf13/cobra"
)

// verified is what "verify" prints.
type verified struct {
	sign.Report
	Record *recordFacts          `json:"record,omitempty"` // with --lab
	Replay *reports.ReplayResult `json:"replay,omitempty"` // with --replay
}

// recordFacts compares a file with what the laboratory itself recorded: a file
// that was rolled back to its first signature cannot be told from the file.
type recordFacts struct {
	Known           bool     `json:"known"`
	SHA256Matches   bool     `json:"sha256_matches"`
	ExpectedSigners []string `json:"expected_signers"`
}

func (p *program) verifyCommand() *cobra.Command {
	var trust string
	var replay bool
	c := &cobra.Command{
		Use: "verify FILE.pdf", Short: "Check a report's signatures, and derive its class again", Args: exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.verify(cmd, args[0], trust, replay)
		},
	}
	c.Flags().StringVar(&trust, "trust", "", "PEM file with the certificates to trust")
	c.Flags().BoolVar(&replay, "replay", false, "derive the class again from the evidence and rule set inside")
	return c
}

func (p *program) verify(cmd *cobra.Command, path, trust string, replay bool) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return &review.InputError{Code: "report_file", File: path, What: "the file cannot be read", Remedy: "Check the path.", Err: err}
	}
	roots, err := p.trustRoots(trust)
	if err != nil {
		return err
	}
	var out verified
	out.Report, err = sign.Verify(b, sign.VerifyOptions{Roots: roots, At: p.clock.Now()})
	if err != nil {
		return fmt.Errorf("verify %s: %w", filepath.Base(path), err)
	}
	if roots == nil {
		out.OK = false
	}
	out.missing(b)
	if replay {
		out.replay(b)
	}
	if p.labDir != "" {
		if err := p.compareRecord(cmd, b, &out); err != nil {
			return err
		}
	}
	err = p.print(out, func(w io.Writer) { printVerified(w, out, roots != nil) })
	if err == nil && !out.OK {
		return errNegative
	}
	return err
}

// trustRoots reads the trust anchors of --trust, or of --lab's demonstration
// CA. Without any the pool is nil and nothing can be trusted.
func (p *program) trustRoots(path string) (*x509.CertPool, error) {
	if path == "" {
		if p.labDir == "" {
			return nil, nil
		}
		path = filepath.Join(p.labDir, identityDir, caName)
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, &review.InputError{
			Code: "trust_file", File: path, What: "the file of trusted certificates cannot be read",
			Remedy: "Check the path given with --trust.", Err: err,
		}
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, &review.InputError{Code: "trust_file", File: path, What: "there is no certificate in it", Remedy: "Give a PEM file with certificates."}
	}
	return pool, nil
}

// fault adds what makes the verification negative.
func (v *verified) fault(format string, a ...any) {
	v.OK = false
	v.Problems = append(v.Problems, fmt.Sprintf(format, a...))
}

// missing compares the signatures with those that the report itself asks for:
// a file that was rolled back to its first signature is sound, but nobody has
// authorised it.
func (v *verified) missing(pdf []byte) {
	proof, err := sign.Attachment(pdf)
	if err != nil {
		return
	}
	f, err := reports.ReadProof(proof)
	if err != nil {
		return
	}
	for _, want := range f.Signatories {
		there := slices.ContainsFunc(v.Signatures, func(s sign.Signature) bool { return s.Role == string(want.Role) })
		if !there {
			v.fault("the signature of the %s is missing: the report is not authorised", want.Role)
		}
	}
}

// replay derives the class again from the proof.
func (v *verified) replay(pdf []byte) {
	proof, err := sign.Attachment(pdf)
	if err != nil {
		v.fault("the report carries no proof that the class could be derived from: %v", err)
		return
	}
	r, err := reports.Replay(proof)
	if err != nil {
		v.fault("the class cannot be derived from the proof: %v", err)
		return
	}
	v.Replay = &r
	if !r.OK() {
		v.fault("the class that follows from the evidence and rule set inside is not the one of the report")
	}
}

// compareRecord looks the report up in the laboratory.
func (p *program) compareRecord(cmd *cobra.Command, pdf []byte, v *verified) error {
	v.Record = &recordFacts{ExpectedSigners: []string{}}
	err := p.withLab(cmd.Context(), func(l *lab) error {
		r, err := l.report(cmd.Context(), v.Document.ReportID)
		if err != nil || r.ID == "" {
			return err
		}
		v.Record.Known, v.Record.SHA256Matches = true, r.SHA256 == hashOf(pdf)
		for _, s := range r.SignOffs {
			if !s.Voided {
				v.Record.ExpectedSigners = append(v.Record.ExpectedSigners, s.Name)
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case !v.Record.Known:
		v.fault("this laboratory has no record of the report")
	case !v.Record.SHA256Matches:
		v.fault("the file is not the one that this laboratory recorded")
	}
	return nil
}

func printVerified(w io.Writer, v verified, anchored bool) {
	for _, s := range v.Signatures {
		fmt.Fprintf(w, "%-11s %s, %s (%s): intact %v, covers its revision %v, level %s\n",
			s.Role, s.Signer, s.Time, s.TimeSource, s.Intact, s.CoversWholeRevision, s.Level)
	}
	fmt.Fprintf(w, "later changes %s; revocation %s\n", v.LaterChanges, v.Revocation)
	for _, problem := range v.Problems {
		fmt.Fprintln(w, "problem:", problem)
	}
	if !anchored {
		fmt.Fprintln(w, "No trusted certificate was given (--trust CA.pem), so nobody vouches for the signers.")
	}
	if v.Replay != nil {
		fmt.Fprintf(w, "derived again: class matches %v, points match %v, rule set hash matches %v\n",
			v.Replay.ClassMatches, v.Replay.PointsMatch, v.Replay.RuleSetHashMatches)
	}
	if v.OK {
		fmt.Fprintln(w, "VALID")
		return
	}
	fmt.Fprintln(w, "NOT VALID")
}
