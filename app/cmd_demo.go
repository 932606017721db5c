package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"garrod/assets/demo"
	"garrod/reports/sign"
	"garrod/review"
	"garrod/review/acmg"
	"garrod/ui/state"

	"github.com/spf13/cobra"
)

// demoFiles is the folder, inside the laboratory's, that the demonstration
// case's files are written to: a VCF is opened where it lies.
const demoFiles = "demo"

// demoCaseID names the demonstration case.
const demoCaseID review.CaseID = "DEMO-1"

func (p *program) demoCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use: "demo", Short: "Run the whole road on the bundled case: triage, evidence, two signatures, verification", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.demo(cmd.Context(), out) },
	}
	c.Flags().StringVar(&out, "out", "out", "the folder for report.pdf, ca.pem and the laboratory")
	return c
}

// demoDoc is what "demo" prints with --json.
type demoDoc struct {
	Case           review.CaseID       `json:"case"`
	Revision       int64               `json:"revision"`
	AuditSeq       int64               `json:"audit_seq"`
	Records        int64               `json:"records"`
	Funnel         []review.FunnelStep `json:"funnel"`
	Listed         int                 `json:"listed"`
	Rescued        int                 `json:"rescued"`
	Classes        map[string]string   `json:"classes"` // by variant
	Report         string              `json:"report"`
	ReportID       string              `json:"report_id"`
	SHA256         string              `json:"sha256"`
	CA             string              `json:"ca"`
	Lab            string              `json:"lab"`
	SignaturesGood int                 `json:"signatures_good"`
}

// demo does what a user would do, in a new laboratory below out.
func (p *program) demo(ctx context.Context, out string) error {
	dir := filepath.Join(out, "lab")
	if err := os.MkdirAll(out, 0o755); err != nil {
		return &review.InputError{
			Code: "folder_not_writable", File: out, What: "the folder cannot be made",
			Remedy: "Choose a folder that you may write to.", Err: err,
		}
	}
	if err := initLab(ctx, dir, review.Laboratory{Kind: review.Demonstration}, p.clock); err != nil {
		return err
	}
	p.labDir = dir
	return p.withLab(ctx, func(l *lab) error {
		d := demoDoc{Case: demoCaseID, Classes: map[string]string{}, Lab: dir}
		d.Report, d.CA = filepath.Join(out, "report.pdf"), filepath.Join(out, caName)
		steps := []func(context.Context, *lab, *demoDoc) error{p.demoCase, p.demoTriage, p.demoEvidence, p.demoSign, p.demoVerify}
		for _, step := range steps {
			if err := step(ctx, l, &d); err != nil {
				return err
			}
		}
		c, seq, err := l.caseAndSeq(ctx, demoCaseID)
		if err != nil {
			return err
		}
		d.Revision, d.AuditSeq = c.Revision, seq
		return p.print(d, func(w io.Writer) {
			fmt.Fprintf(w, "\nThe report lies in %s. Check it with:\n  garrod verify %s --trust %s --replay\n", d.Report, d.Report, d.CA)
		})
	})
}

// say tells a person at the terminal what happens.
func (p *program) say(format string, a ...any) {
	if !p.json {
		fmt.Fprintf(p.out, format+"\n", a...)
	}
}

func (p *program) demoCase(ctx context.Context, l *lab, d *demoDoc) error {
	c, err := l.addDemoCase(ctx, nil)
	if err != nil {
		return err
	}
	file, _ := c.VCF()
	d.Records = file.Records
	p.say("Case %s: %d records on %s, opened where they lie.", c.ID, file.Records, c.Assembly)
	for _, k := range c.Checks {
		p.say("  %-13s %-14s %s", k.Outcome, k.Name, k.Detail)
	}
	return nil
}

func (p *program) demoTriage(ctx context.Context, l *lab, d *demoDoc) error {
	f, err := l.filter(ctx, "")
	if err != nil {
		return err
	}
	w, err := l.Worklist(ctx, demoCaseID, f, nil)
	if err != nil {
		return err
	}
	d.Funnel, d.Listed, d.Rescued = w.Funnel, len(w.List), len(w.Rescue)
	p.say("\nTriage with filter %q:", f.Name)
	for _, s := range w.Funnel {
		p.say("  %-12s %6d -> %d", s.Step, s.Before, s.After)
	}
	p.say("  %d variants in the list, %d in the rescue lane.", len(w.List), len(w.Rescue))
	return nil
}

// demoEvidence accepts what is proposed for the demonstration's findings, one
// criterion at a time, and adds what a scientist knows besides.
func (p *program) demoEvidence(ctx context.Context, l *lab, d *demoDoc) error {
	for _, f := range demo.Findings {
		a, err := l.Assess(ctx, demoCaseID, f.Key)
		if err != nil {
			return fmt.Errorf("assess %s: %w", f.Key, err)
		}
		p.say("\n%s (%s):", f.Key, f.Name)
		for _, proposal := range a.Proposals {
			if proposal.State != acmg.Met {
				continue
			}
			if a, err = l.Decide(ctx, state.Decision{Case: demoCaseID, Key: f.Key, Code: proposal.Code, Decision: review.Accepted, Shown: &proposal}); err != nil {
				return err
			}
			p.say("  accepted %s: %s", acmg.Code{Criterion: proposal.Code, Strength: proposal.Strength}.Label(), proposal.Reason)
		}
		for _, e := range f.Manual {
			code, _, err := l.parseCode(ctx, demoCaseID, e.Code)
			if err != nil {
				return err
			}
			if a, err = l.Decide(ctx, state.Decision{
				Case: demoCaseID, Key: f.Key, Code: code.Criterion, Strength: code.Strength,
				Decision: review.Accepted, Reason: e.Reason,
			}); err != nil {
				return err
			}
			p.say("  added %s by hand: %s", code.Label(), e.Reason)
		}
		if a, err = l.Finish(ctx, demoCaseID, f.Key, f.Report, ""); err != nil {
			return err
		}
		r, _ := a.Finished()
		d.Classes[f.Key] = string(r.Classification.Class)
		p.say("  %s, %s points", r.Classification.Class.Word(), r.Classification.Points)
	}
	return nil
}

// demoSign signs as the scientist and then, as another person, as authoriser.
func (p *program) demoSign(ctx context.Context, l *lab, d *demoDoc) error {
	p.say("")
	for _, role := range []review.Role{review.Scientist, review.Authoriser} {
		if err := l.signerByRole(ctx, "", role); err != nil {
			return err
		}
		prepared, err := l.PrepareSignOff(ctx, demoCaseID, role)
		if err != nil {
			return err
		}
		identity := l.identityPath(l.User().ID)
		pass, err := readPassphrase(passphrasePath(identity))
		if err != nil {
			return err
		}
		r, err := l.SignOff(ctx, prepared, identity, pass)
		if err != nil {
			return err
		}
		p.say("%s signed report %s as %s.", l.User().Name, r.ID, role)
	}
	r, err := l.SaveReport(ctx, demoCaseID, d.Report)
	if err != nil {
		return err
	}
	d.ReportID, d.SHA256 = r.ID, r.SHA256
	ca, err := os.ReadFile(filepath.Join(l.dir, identityDir, caName))
	if err != nil {
		return err
	}
	return os.WriteFile(d.CA, ca, 0o644)
}

func (p *program) demoVerify(_ context.Context, _ *lab, d *demoDoc) error {
	b, err := os.ReadFile(d.Report)
	if err != nil {
		return err
	}
	roots, err := p.trustRoots(d.CA)
	if err != nil {
		return err
	}
	v, err := sign.Verify(b, sign.VerifyOptions{Roots: roots, At: p.clock.Now()})
	if err != nil {
		return err
	}
	if !v.OK {
		return fmt.Errorf("the report that was just signed does not verify: %v", v.Problems)
	}
	d.SignaturesGood = len(v.Signatures)
	p.say("Verified: %d signatures, later changes %s.", len(v.Signatures), v.LaterChanges)
	return nil
}

// writeDemoFiles writes the demonstration case's files into the laboratory's
// folder.
func (l *lab) writeDemoFiles() (string, error) {
	dir := filepath.Join(l.dir, demoFiles)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	entries, err := demo.Files.ReadDir(".")
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		b, err := demo.Files.ReadFile(e.Name())
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(dir, e.Name()), b, 0o600); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// addDemoCase adds the demonstration case.
func (l *lab) addDemoCase(ctx context.Context, m *review.Meter) (review.Case, error) {
	dir, err := l.writeDemoFiles()
	if err != nil {
		return review.Case{}, fmt.Errorf("write the demonstration case: %w", err)
	}
	hpo, err := demo.Files.ReadFile(demo.HPO)
	if err != nil {
		return review.Case{}, err
	}
	req := state.NewCase{
		ID: demoCaseID, VCF: filepath.Join(dir, demo.VCF), PED: filepath.Join(dir, demo.PED),
		Panel: filepath.Join(dir, demo.Panel), Proband: demo.Proband, Sex: review.Male, HPO: strings.Fields(string(hpo)),
	}
	if err := readPatient(filepath.Join(dir, demo.Patient), &req); err != nil {
		return review.Case{}, err
	}
	c, _, err := l.addCase(ctx, req, m)
	return c, err
}
