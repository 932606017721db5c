package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/genome"
	"garrod/ui/state"

	"github.com/spf13/cobra"
)

func (p *program) caseCommand() *cobra.Command {
	group := &cobra.Command{Use: "case", Short: "Add and list cases"}
	group.AddCommand(p.caseAddCommand(), p.caseListCommand(), p.caseShowCommand(), p.caseScanCommand(), p.caseRelinkCommand(), p.casePreviewCommand())
	return group
}

// caseAdded is what "case add" prints.
type caseAdded struct {
	ID       review.CaseID   `json:"id"`
	Case     review.CaseID   `json:"case"`
	Revision int64           `json:"revision"`
	AuditSeq int64           `json:"audit_seq"`
	Assembly genome.Assembly `json:"assembly"`
	Samples  []string        `json:"samples"`
	Records  int64           `json:"records"`
	SHA256   string          `json:"sha256"`
	Index    string          `json:"index"`
	Checks   []review.Check  `json:"checks"`
}

func (p *program) caseAddCommand() *cobra.Command {
	var req state.NewCase
	var sex, assembly, patient string
	var hpo string
	var reasons []string
	c := &cobra.Command{
		Use: "add", Short: "Open a VCF where it lies, check it, and store the case", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "id", "vcf", "proband"); err != nil {
				return err
			}
			if err := fillRequest(&req, sex, assembly, hpo, reasons); err != nil {
				return err
			}
			if patient != "" {
				if err := readPatient(patient, &req); err != nil {
					return err
				}
			}
			return p.withLab(cmd.Context(), func(l *lab) error { return p.addCase(cmd, l, req) })
		},
	}
	f := c.Flags()
	f.StringVar((*string)(&req.ID), "id", "", "the case's identifier (no patient data)")
	f.StringVar(&req.VCF, "vcf", "", "the bgzipped VCF with its .tbi or .csi beside it")
	f.StringVar(&req.Proband, "proband", "", "the proband's sample name in the VCF")
	f.StringVar(&req.PED, "ped", "", "the pedigree")
	f.StringVar(&sex, "sex", "", "the proband's sex as declared: female, male or unknown")
	f.StringVar(&assembly, "assembly", "", "GRCh37 or GRCh38 (default: from the header's contig lengths)")
	f.StringVar(&hpo, "hpo", "", "HPO terms, with commas between them")
	f.StringVar(&req.Panel, "panel", "", "a gene panel")
	f.StringVar(&req.FASTA, "fasta", "", "the assembly's FASTA with its .fai (and .gzi): left-align alleles, check REF")
	f.StringVar(&patient, "patient", "", "identity, specimen and consent as JSON")
	f.StringArrayVar(&reasons, "reason", nil, "CHECK=TEXT: why to go on in spite of a check's warning")
	return c
}

// checkNames are the intake checks, a contract with other programs.
var checkNames = []string{
	"bgzf_eof", "bgzf_crc", "header", "columns", "index_present", "index_matches",
	"contigs", "assembly", "samples", "pedigree", "sex", "relatedness",
	"mendel", "contamination", "mitochondrial", "homozygosity",
}

func fillRequest(req *state.NewCase, sex, assembly, hpo string, reasons []string) error {
	switch s := review.Sex(sex); s {
	case "", review.Female, review.Male, review.SexUnknown:
		req.Sex = s
	default:
		return usagef("--sex %q: want female, male or unknown", sex)
	}
	if assembly != "" {
		a, err := genome.ParseAssembly(assembly)
		if err != nil {
			return usageError{err}
		}
		req.Assembly = a
	}
	for _, h := range strings.Split(hpo, ",") {
		if h = strings.TrimSpace(h); h != "" {
			req.HPO = append(req.HPO, h)
		}
	}
	req.Reasons = map[string]string{}
	for _, r := range reasons {
		name, text, ok := strings.Cut(r, "=")
		if !ok || strings.TrimSpace(text) == "" || !slices.Contains(checkNames, name) {
			return usagef("--reason %q: want CHECK=TEXT, where CHECK is one of %s", r, strings.Join(checkNames, ", "))
		}
		req.Reasons[name] = strings.TrimSpace(text)
	}
	return nil
}

// patientFile is the layout of --patient FILE.json.
type patientFile struct {
	review.Patient
	Specimen review.Specimen `json:"specimen"`
	Consent  review.Consent  `json:"consent"`
}

// readPatient reads identity, specimen and consent. Errors name the file and
// the place, never a value.
func readPatient(path string, req *state.NewCase) error {
	f, err := os.Open(path)
	if err != nil {
		return &review.InputError{
			Code: "patient_file", File: path, What: "the file cannot be opened",
			Remedy: "Check the path given with --patient.", Err: err,
		}
	}
	defer f.Close()
	var doc patientFile
	dec := json.NewDecoder(f)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&doc); err != nil {
		return &review.InputError{
			Code: "patient_file", File: path, What: "the file is not the JSON that is expected: " + jsonTrouble(err),
			Remedy: "Give {surname, forename, dob, sex, identifiers[{type, value}], specimen{}, consent{}}.", Err: err,
		}
	}
	if dec.More() {
		return &review.InputError{
			Code: "patient_file", File: path, What: "there is something after the JSON object", Remedy: "Give one object only.",
		}
	}
	req.Patient, req.Specimen, req.Consent = doc.Patient, doc.Specimen, doc.Consent
	return nil
}

func (p *program) addCase(cmd *cobra.Command, l *lab, req state.NewCase) error {
	m, stop := p.progress("Reading " + filepath.Base(req.VCF))
	c, seq, err := l.addCase(cmd.Context(), req, m)
	stop()
	if err != nil {
		return err
	}
	file, _ := c.VCF()
	out := caseAdded{
		ID: c.ID, Case: c.ID, Revision: c.Revision, AuditSeq: seq, Assembly: c.Assembly, Samples: file.Samples,
		Records: file.Records, SHA256: file.SHA256, Index: file.Index, Checks: c.Checks,
	}
	return p.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "Added case %s: %d records on %s, samples %s\n", c.ID, file.Records, c.Assembly, strings.Join(file.Samples, ", "))
		printChecks(w, c.Checks)
	})
}

func printChecks(w io.Writer, checks []review.Check) {
	for _, k := range checks {
		fmt.Fprintf(w, "  %-13s %-14s %s\n", k.Outcome, k.Name, k.Detail)
		if k.Reason != "" {
			fmt.Fprintf(w, "  %-13s %-14s went on because: %s\n", "", "", k.Reason)
		}
	}
}

func (p *program) caseListCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the cases", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withLab(cmd.Context(), func(l *lab) error {
				cases, err := l.Cases(cmd.Context())
				if err != nil {
					return err
				}
				type row struct {
					ID       review.CaseID   `json:"id"`
					Status   review.Status   `json:"status"`
					Assembly genome.Assembly `json:"assembly"`
					Proband  string          `json:"proband"`
					RuleSet  string          `json:"rule_set"`
					Revision int64           `json:"revision"`
					Created  string          `json:"created"`
				}
				rows := []row{}
				for _, c := range cases {
					rows = append(rows, row{c.ID, c.Status, c.Assembly, c.Proband, string(c.RuleSet), c.Revision, c.Created.Format("2006-01-02T15:04:05Z")})
				}
				return p.print(rows, func(w io.Writer) {
					for _, r := range rows {
						fmt.Fprintf(w, "%-16s %-10s %-7s %s\n", r.ID, r.Status, r.Assembly, r.Created)
					}
				})
			})
		},
	}
}

func (p *program) caseShowCommand() *cobra.Command {
	var id string
	c := &cobra.Command{
		Use: "show", Short: "Show a case", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "case"); err != nil {
				return err
			}
			return p.withLab(cmd.Context(), func(l *lab) error {
				c, err := l.Case(cmd.Context(), review.CaseID(id))
				if err != nil {
					return err
				}
				as, err := l.Assessments(cmd.Context(), c.ID)
				if err != nil {
					return err
				}
				return p.print(map[string]any{"case": c, "assessments": as}, func(w io.Writer) {
					fmt.Fprintf(w, "%s  %s  %s  rule set %s\n", c.ID, c.Status, c.Assembly, c.RuleSet)
					if src, ok := c.VCF(); ok && src.Reference != "" {
						fmt.Fprintf(w, "alleles are left-aligned against %s\n", src.Reference)
					}
					printChecks(w, c.Checks)
					for _, a := range as {
						fmt.Fprintf(w, "  %-28s %s\n", a.Unit.Key, classOf(a))
					}
				})
			})
		},
	}
	c.Flags().StringVar(&id, "case", "", "the case's identifier")
	return c
}

// classOf is the class of a finished review, or that there is none.
func classOf(a review.Assessment) string {
	if r, ok := a.Finished(); ok {
		return string(r.Classification.Class)
	}
	return "not finished"
}
