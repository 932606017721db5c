package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/triage"
	"garrod/review/vcf"
	"garrod/ui/state"
)

// Preview looks at the regions of a panel through the index, before the file is
// read: what is in the list there is seen within a second. ok is false where the
// request has no panel, or one that does not say where its genes lie.
//
// It is a first look. Nothing is checked and nothing stored; records outside the
// regions are not read, so that a second allele or a sex that they would tell of
// is missed.
func (l *lab) Preview(ctx context.Context, req state.NewCase) (out state.Preview, ok bool, err error) {
	c := review.Case{ID: req.ID, Proband: req.Proband, Sex: req.Sex, RuleSet: defaultRuleSet}
	if err := l.readCompanions(&c, req); err != nil {
		return out, false, err
	}
	if c.Panel == nil || len(c.Panel.Regions) == 0 {
		return out, false, nil
	}
	path, err := filepath.Abs(req.VCF)
	if err != nil {
		return out, false, fmt.Errorf("find %s: %w", req.VCF, err)
	}
	r, err := openVCF(review.SourceFile{Path: path, Reference: req.FASTA}, req.Assembly)
	if err != nil {
		return out, false, err
	}
	f, err := r.WithIndex(ctx)
	if err != nil {
		return out, false, err
	}
	if req.Assembly == genome.AssemblyUnknown {
		f.SetAssembly(inferred(f))
	}
	if err := previewable(f, &c, req); err != nil {
		return out, false, err
	}
	stretches := inFileOrder(f, c.Panel.Stretches())
	s, err := f.RegionColumns(ctx, vcf.ColumnsRequest{Samples: columnSamples(c, f.Header().Samples), Frequency: frequencyRule()}, stretches)
	if err != nil {
		return out, false, err
	}
	w, err := triage.Run(ctx, vcfSource{records: r, columns: s}, &c, triage.Default(), nil)
	if err != nil {
		return out, false, err
	}
	out = state.Preview{Panel: *c.Panel, Regions: len(stretches), Unplaced: c.Panel.Unplaced(), Records: s.Head.Records, Worklist: w}
	for _, r := range stretches {
		out.Bases += int64(r.Last - r.First + 1)
	}
	return out, true, nil
}

// inferred is the assembly that the header's contigs tell of.
func inferred(f *vcf.File) genome.Assembly {
	a, _, _ := genome.InferAssembly(f.Header().Contigs)
	return a
}

// previewable refuses a request whose regions would be looked for in the wrong
// place, or in nobody.
func previewable(f *vcf.File, c *review.Case, req state.NewCase) error {
	c.Assembly = f.Assembly()
	if c.Assembly != c.Panel.Assembly {
		have := string(c.Assembly)
		if have == "" {
			have = "an assembly that its header does not tell"
		}
		return &review.InputError{
			Code: "panel_assembly", File: req.Panel, Field: "assembly",
			What:   fmt.Sprintf("the panel places its genes on %s, the file is on %s", c.Panel.Assembly, have),
			Remedy: "Give the panel with places on the file's assembly, or without places.",
		}
	}
	if !slices.Contains(f.Header().Samples, c.Proband) {
		return &review.InputError{
			Code: "samples", File: req.VCF, Field: "proband", What: "the proband is not among the file's samples",
			Remedy: "Check the spelling of --proband.",
		}
	}
	return nil
}

// inFileOrder sorts stretches as the file has its contigs, and drops those on
// contigs without a record.
func inFileOrder(f *vcf.File, stretches []genome.Range) []genome.Range {
	var out []genome.Range
	for _, name := range f.Index().Names() {
		contig := f.Header().Canonical(name)
		for _, r := range stretches {
			if r.Contig == contig {
				out = append(out, r)
			}
		}
	}
	return out
}
