package vcf

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
)

// Request is what is known of a case before its file is opened.
type Request struct {
	Assembly genome.Assembly // as declared; AssemblyUnknown when nobody did
	Proband  string          // sample name
	Sex      review.Sex      // as declared on the request
	Family   *review.Family  // nil without a pedigree

	// Frequency says which groups count for the Summary's column of frequencies.
	Frequency review.FrequencyRule
	Workers   int // goroutines of the pass; 0 for as many as the machine has use for

	// FASTA is the path of the reference sequence and FASTAID what it is known by,
	// see File.OpenReference; without one keys are trimmed only.
	FASTA, FASTAID string
}

// maxUnrelated is of how many samples calls are held where no pedigree tells who
// belongs to the proband.
const maxUnrelated = 8

// columns asks for the calls of the family, the proband first; without a pedigree
// for those of all samples of a small file, else for the proband's alone.
func (r *Request) columns(h *Header) ColumnsRequest {
	c := ColumnsRequest{Frequency: r.Frequency, Workers: r.Workers}
	add := func(name string) {
		if slices.Contains(h.Samples, name) && !slices.Contains(c.Samples, name) {
			c.Samples = append(c.Samples, name)
		}
	}
	add(r.Proband)
	switch {
	case r.Family != nil:
		for _, m := range r.Family.Members {
			add(m.ID)
		}
	case len(h.Samples) <= maxUnrelated:
		for _, name := range h.Samples {
			add(name)
		}
	}
	return c
}

// Result is what Intake found.
type Result struct {
	// Checks holds each intake check once, in the order of the command line's
	// contract.
	Checks []review.Check
	// Refusals has one error for each failed check: the case must not be made.
	Refusals []*review.InputError

	Size, Records int64 // bytes of the file, good records
	BadTotal      int64
	Bad           []*review.InputError // the first MaxListed bad records
	SHA256        string
	IndexPath     string
	IndexSHA256   string
	Samples       []string
	Assembly      genome.Assembly
	// Reference is the FASTA that keys were left-aligned against, as Request has
	// it, and ReferenceID what it is known by.
	Reference, ReferenceID string
	Contigs                []string // that have records, as written, in file order
	Capabilities           []review.Capability
	// Warnings are faults of the header that need no answer.
	Warnings []Warning
	// Summary is the columns of the file, made in the same pass.
	Summary *summary.Summary
}

// Refusal returns the first failed check as an error, nil when none failed.
func (r Result) Refusal() error {
	if len(r.Refusals) == 0 {
		return nil
	}
	return r.Refusals[0]
}

// Intake reads the whole file once and performs the checks that a case must pass
// before it may rest on the file at path. A file that cannot be read to its end
// and understood (not BGZF, cut, damaged, no index, a broken header, wrong
// columns, text in POS, no record at all) is an *review.InputError. A file that
// can be read and must not be used gives a Result whose Refusal is not nil.
// meter counts bytes of the file.
func Intake(ctx context.Context, path string, req Request, meter *review.Meter) (Result, error) {
	f, err := Open(path)
	if err != nil {
		return Result{}, err
	}
	defer f.Close()
	if req.FASTA != "" {
		if err := f.OpenReference(req.FASTA, req.FASTAID); err != nil {
			return Result{}, err
		}
	}
	scan, err := f.columns(ctx, req.columns(f.src.header), meter)
	if err != nil {
		return Result{}, err
	}
	in := &intake{f: f, req: req, tally: scan.tally, seen: scan.seen}
	if err := in.usable(); err != nil {
		return Result{}, err
	}
	out, err := in.result(ctx)
	out.Summary = scan.summary
	return out, err
}

// intake gathers the checks of one file.
type intake struct {
	f     *File
	req   Request
	tally Tally
	seen  *observer
	out   Result
}

// usable refuses a file whose records do not fit its header at all.
func (in *intake) usable() error {
	if in.tally.Records+in.tally.BadTotal == 0 {
		return &review.InputError{
			Code: CodeNoRecord, File: in.f.src.file, What: "has a header and no record",
			Remedy: "Check the step that made the file; a patient's file without any variant is not a result",
		}
	}
	for _, bad := range in.tally.Bad {
		if bad.Code == CodeColumns || bad.Field == "POS" || bad.Field == "CHROM" {
			return bad
		}
	}
	if in.tally.Records == 0 {
		return in.tally.Bad[0]
	}
	return nil
}

func (in *intake) result(ctx context.Context) (Result, error) {
	h := in.f.src.header
	in.out = Result{
		Size: in.tally.Summary.Size, Records: in.tally.Records, BadTotal: in.tally.BadTotal, Bad: in.tally.Bad,
		SHA256: in.tally.Summary.SHA256, IndexPath: in.f.index.Path, IndexSHA256: in.f.index.SHA256,
		Samples: slices.Clone(h.Samples), Contigs: in.tally.Order, Capabilities: in.f.capabilities(&in.seen.use), Warnings: h.Warnings,
		Reference: in.req.FASTA, ReferenceID: in.req.FASTAID,
	}
	in.pass("bgzf_eof", "The file ends with the end-of-file block.")
	in.pass("bgzf_crc", fmt.Sprintf("All %d blocks inflate and match their checksums.", in.tally.Summary.Blocks))
	in.header()
	in.columns()
	in.pass("index_present", fmt.Sprintf("%s lies beside the file.", filepath.Base(in.f.index.Path)))
	if err := in.indexMatches(ctx); err != nil {
		return Result{}, err
	}
	in.contigs()
	in.assembly()
	in.samples()
	in.family()
	return in.out, nil
}

func (in *intake) add(name string, o review.Outcome, detail string) {
	in.out.Checks = append(in.out.Checks, review.Check{Name: name, Outcome: o, Detail: detail})
}

func (in *intake) pass(name, detail string) { in.add(name, review.Pass, detail) }

// fail adds the failed check and the error that refuses the case.
func (in *intake) fail(name, field, what, remedy string) {
	in.add(name, review.Fail, strings.ToUpper(what[:1])+what[1:]+".")
	in.out.Refusals = append(in.out.Refusals, &review.InputError{
		Code: name, File: in.f.src.file, Field: field, What: what, Remedy: remedy,
	})
}

func (in *intake) header() {
	h := in.f.src.header
	version := h.Version
	if version == "" {
		version = "an unnamed version"
	}
	detail := fmt.Sprintf("%s, %d samples, %d contigs declared.", version, len(h.Samples), len(h.Contigs))
	if n := len(h.Warnings); n > 0 {
		detail += fmt.Sprintf(" %d small faults, the first on line %d: %s.", n, h.Warnings[0].Line, h.Warnings[0].Message)
	}
	in.pass("header", detail)
}

func (in *intake) columns() {
	if in.tally.BadTotal == 0 {
		in.pass("columns", fmt.Sprintf("All %d records have the columns of the header.", in.tally.Records))
		return
	}
	first := in.tally.Bad[0]
	in.add("columns", review.Warn, fmt.Sprintf("%d of %d records cannot be read and are left out; the first is record %d: %s %s.",
		in.tally.BadTotal, in.tally.Records+in.tally.BadTotal, first.Record, first.Field, first.What))
}

// contigs holds the records' contigs against the header's.
func (in *intake) contigs() {
	h := in.f.src.header
	if two := in.seen.twoSpellings(h); two != "" {
		in.fail("contigs", "CHROM", "records of one chromosome stand under two names: "+two, "Rename the contigs to one naming and make the index again")
		return
	}
	if past := in.seen.pastEnd; past != "" {
		in.fail("contigs", "POS", "a record lies beyond the length that the header gives for "+past, "Check which reference the file was made with")
		return
	}
	if len(h.Contigs) == 0 {
		in.add("contigs", review.CheckNotAssessed, "The header declares no contigs to hold the records against.")
		return
	}
	var undeclared []string
	for _, c := range in.tally.Order {
		if !h.Declares(c) {
			undeclared = append(undeclared, c)
		}
	}
	if undeclared != nil {
		in.add("contigs", review.Warn, fmt.Sprintf("Records stand on contigs that the header does not declare: %s.", firstFew(undeclared)))
		return
	}
	in.pass("contigs", fmt.Sprintf("Records on %d of %d declared contigs; primary chromosomes without a record: %s.",
		len(in.tally.Order), len(h.Contigs), firstFew(in.emptyPrimary())))
}

// emptyPrimary lists declared primary chromosomes without a record.
func (in *intake) emptyPrimary() []string {
	var names []string
	for _, c := range in.f.src.header.Contigs {
		if genome.IsPrimary(genome.CanonicalContig(c.Name)) && in.tally.Contigs[c.Name] == 0 {
			names = append(names, c.Name)
		}
	}
	return names
}

func firstFew(names []string) string {
	const few = 8
	switch {
	case len(names) == 0:
		return "none"
	case len(names) > few:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), len(names)-few)
	}
	return strings.Join(names, ", ")
}

func (in *intake) samples() {
	h := in.f.src.header
	switch {
	case len(h.Samples) == 0:
		in.fail("samples", "samples", "the file has no samples", "Give the file with the proband's genotypes")
	case in.req.Proband == "":
		in.fail("samples", "proband", "no proband was named", "Name the proband's sample with --proband")
	case !slices.Contains(h.Samples, in.req.Proband):
		in.fail("samples", "proband", fmt.Sprintf("the proband %q is not among the file's samples", in.req.Proband),
			"Check the spelling; the samples are "+firstFew(h.Samples))
	default:
		in.pass("samples", fmt.Sprintf("The proband is sample %d of %d.", slices.Index(h.Samples, in.req.Proband)+1, len(h.Samples)))
	}
}

func (in *intake) family() {
	for _, c := range []review.Check{
		review.CheckPedigree(in.req.Family, in.req.Proband, in.f.src.header.Samples),
		review.CheckSex(in.req.Sex, in.req.Family, in.req.Proband),
	} {
		in.out.Checks = append(in.out.Checks, c)
		if c.Outcome == review.Fail {
			what := strings.TrimSuffix(strings.ToLower(c.Detail[:1])+c.Detail[1:], ".")
			in.out.Refusals = append(in.out.Refusals, &review.InputError{
				Code: c.Name, File: in.f.src.file, Field: c.Name, What: what, Remedy: "Correct the pedigree or the request",
			})
		}
	}
	in.add("relatedness", review.CheckNotAssessed,
		"Relatedness is not measured from the genotypes: parents are taken from the pedigree as declared.")
}
