package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/vcf"
	"garrod/ui/state"
)

// Intake runs the intake checks of a new case and stores nothing. A failed
// check is one of the case's checks, not an error.
func (l *lab) Intake(ctx context.Context, req state.NewCase, m *review.Meter) (review.Case, error) {
	c, _, err := l.intake(ctx, req, m)
	return c, err
}

// intake runs the checks; refusals has an error for each failed one.
func (l *lab) intake(ctx context.Context, req state.NewCase, m *review.Meter) (review.Case, []*review.InputError, error) {
	c := review.Case{
		ID: req.ID, Proband: req.Proband, Sex: req.Sex, Patient: req.Patient, Specimen: req.Specimen,
		Consent: req.Consent, HPO: req.HPO, RuleSet: defaultRuleSet,
	}
	if err := l.checkRequest(req); err != nil {
		return c, nil, err
	}
	if err := l.readCompanions(&c, req); err != nil {
		return c, nil, err
	}
	path, err := filepath.Abs(req.VCF)
	if err != nil {
		return c, nil, fmt.Errorf("find %s: %w", req.VCF, err)
	}
	ask := vcf.Request{Assembly: req.Assembly, Proband: req.Proband, Sex: c.Sex, Frequency: frequencyRule()}
	if req.FASTA != "" {
		if ask.FASTA, err = filepath.Abs(req.FASTA); err != nil {
			return c, nil, fmt.Errorf("find %s: %w", req.FASTA, err)
		}
		if ask.FASTAID, err = l.sums.of(ctx, ask.FASTA); err != nil {
			return c, nil, &review.InputError{
				Code: "fasta", File: ask.FASTA, Field: "--fasta", What: "the reference sequence cannot be read",
				Remedy: "Check the path; its index lies beside it: samtools faidx FILE", Err: err,
			}
		}
	}
	if req.PED != "" {
		ask.Family = &c.Family
	}
	res, err := l.intakeOf(ctx, path, ask, m)
	if err != nil {
		return c, nil, err
	}
	for _, r := range res.Refusals {
		if req.PED != "" && (r.Code == "pedigree" || r.Code == "sex") {
			r.File = req.PED // package vcf knows the pedigree, not its file
		}
	}
	c.Assembly, c.Checks = res.Assembly, res.Checks
	c.Files = []review.SourceFile{fileOf(path, res)}
	if err := identify(&c, res.Summary); err != nil {
		return c, nil, err
	}
	for i, k := range c.Checks {
		c.Checks[i].Reason = req.Reasons[k.Name]
	}
	err = l.view(ctx, func(tx review.Tx) error {
		rs, err := tx.FindRuleSet(c.RuleSet)
		c.RuleSetHash = rs.Hash
		return err
	})
	return c, res.Refusals, err
}

// checkRequest refuses a request that contradicts itself or cannot be right.
func (l *lab) checkRequest(req state.NewCase) error {
	if err := checkCaseID(req.ID); err != nil {
		return err
	}
	if err := review.CheckPatient(req.Patient, l.about.Kind, l.clock.Now()); err != nil {
		return err
	}
	for _, h := range req.HPO {
		if !hpoTerm.MatchString(h) {
			return &review.InputError{
				Code: "hpo", Field: "--hpo", What: fmt.Sprintf("%q is no HPO term", h),
				Remedy: "Give terms such as HP:0001263, with commas between them.",
			}
		}
	}
	known := func(s review.Sex) bool { return s != "" && s != review.SexUnknown }
	if known(req.Sex) && known(req.Patient.Sex) && req.Sex != req.Patient.Sex {
		return &review.InputError{
			Code: "sex", Field: "sex", What: "the request and the patient's details declare different sexes",
			Remedy: "Ask which is right before the case is added.",
		}
	}
	return nil
}

var hpoTerm = regexp.MustCompile(`^HP:\d{7}$`)

// checkCaseID refuses identifiers that cannot stand in file names. They must
// hold no patient data, which no program can check.
func checkCaseID(id review.CaseID) error {
	ok := len(id) > 0 && len(id) <= 64 && id[0] != '.' && id[0] != '-'
	for _, r := range id {
		ok = ok && (r == '-' || r == '_' || r == '.' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z')
	}
	if ok {
		return nil
	}
	return &review.InputError{
		Code: "case_id", Field: "--id", What: "the case's identifier must be 1 to 64 letters, digits, dots, dashes or underscores",
		Remedy: "Give the referral's number, never a patient's name.",
	}
}

func fileOf(path string, r vcf.Result) review.SourceFile {
	return review.SourceFile{
		Kind: "vcf", Path: path, SHA256: r.SHA256, Index: r.IndexPath, IndexHash: r.IndexSHA256,
		Size: r.Size, Records: r.Records, Samples: r.Samples, Capabilities: r.Capabilities,
		Reference: r.Reference, ReferenceID: r.ReferenceID,
	}
}

// readCompanions reads pedigree and panel.
func (l *lab) readCompanions(c *review.Case, req state.NewCase) error {
	if req.PED != "" {
		f, err := open(req.PED, "--ped")
		if err != nil {
			return err
		}
		defer f.Close()
		if c.Family, err = review.ParsePED(f, req.PED); err != nil {
			return err
		}
	}
	if c.Sex == "" {
		c.Sex = req.Patient.Sex
	}
	if c.Sex == "" || c.Sex == review.SexUnknown {
		c.Sex = review.SexUnknown
		if m, ok := c.Family.Member(req.Proband); ok {
			c.Sex = m.Sex
		}
	}
	if req.Panel != "" {
		f, err := open(req.Panel, "--panel")
		if err != nil {
			return err
		}
		defer f.Close()
		if c.Panel, err = review.ParsePanel(f, req.Panel); err != nil {
			return err
		}
	}
	return nil
}

func open(path, flag string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &review.InputError{
			Code: "unreadable", File: path, What: "the file cannot be opened",
			Remedy: "Check the path given with " + flag + ".", Err: err,
		}
	}
	return f, nil
}

// AddCase runs the intake checks and stores the case.
func (l *lab) AddCase(ctx context.Context, req state.NewCase, m *review.Meter) (review.Case, error) {
	c, _, err := l.addCase(ctx, req, m)
	return c, err
}

func (l *lab) addCase(ctx context.Context, req state.NewCase, m *review.Meter) (review.Case, int64, error) {
	c, refusals, err := l.intake(ctx, req, m)
	if err != nil {
		return c, 0, err
	}
	if len(refusals) > 0 {
		return c, 0, refusals[0]
	}
	if _, err := l.Case(ctx, c.ID); err == nil {
		return c, 0, &review.InputError{
			Code: "case_exists", Field: "--id", What: fmt.Sprintf("there is a case %q already", c.ID),
			Remedy: "Give the new case another identifier.", Err: review.ErrExists,
		}
	}
	change, err := l.desk().AddCase(ctx, &c)
	if err == nil {
		l.keepIntake(c)
	}
	return c, change.Seq, err
}

// parseKey reads a variant key on the case's assembly.
func parseKey(c review.Case, key string) (genome.Key, error) {
	k, err := genome.ParseKey(c.Assembly, key)
	if err != nil {
		return k, &review.InputError{Code: "variant_key", Field: "--variant", What: err.Error(), Remedy: "Give the key as the worklist prints it.", Err: err}
	}
	return k, nil
}
