package main

import (
	"fmt"
	"io"

	"garrod/review"
	"garrod/review/triage"
	"garrod/ui/state"

	"github.com/spf13/cobra"
)

// previewDoc is what "case preview" prints.
type previewDoc struct {
	// Only says what was read: nothing but the panel's regions.
	Only     string              `json:"only"`
	Panel    string              `json:"panel"`
	Regions  int                 `json:"regions"`
	Bases    int64               `json:"bases"`
	Unplaced int                 `json:"genes_without_place"`
	Records  int64               `json:"records"`
	Listed   int                 `json:"listed"`
	Rescued  int                 `json:"rescued"`
	Funnel   []review.FunnelStep `json:"funnel"`
	Variants []triage.RowJSON    `json:"variants"`
}

func (p *program) casePreviewCommand() *cobra.Command {
	var req state.NewCase
	var sex, assembly string
	c := &cobra.Command{
		Use: "preview", Short: "Look at a panel's regions of a VCF through its index, before the file is read", Args: noArgs,
		Long: "Look at a panel's regions of a VCF through its index, before the file is read.\n\n" +
			"Only the panel's regions are read: nothing is checked, nothing is stored, and a second allele outside the regions is not seen. " +
			"The panel must say where its genes lie: columns contig, start and end, or a BED file, and a line \"# assembly: GRCh38\".",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "vcf", "proband", "panel"); err != nil {
				return err
			}
			if err := fillRequest(&req, sex, assembly, "", nil); err != nil {
				return err
			}
			return p.withLab(cmd.Context(), func(l *lab) error { return p.preview(cmd, l, req) })
		},
	}
	f := c.Flags()
	f.StringVar(&req.VCF, "vcf", "", "the bgzipped VCF with its .tbi or .csi beside it")
	f.StringVar(&req.Proband, "proband", "", "the proband's sample name in the VCF")
	f.StringVar(&req.PED, "ped", "", "the pedigree")
	f.StringVar(&sex, "sex", "", "the proband's sex as declared: female, male or unknown")
	f.StringVar(&assembly, "assembly", "", "GRCh37 or GRCh38 (default: from the header's contig lengths)")
	f.StringVar(&req.Panel, "panel", "", "a gene panel that says where its genes lie")
	return c
}

func (p *program) preview(cmd *cobra.Command, l *lab, req state.NewCase) error {
	v, ok, err := l.Preview(cmd.Context(), req)
	if err != nil {
		return err
	}
	if !ok {
		return &review.InputError{
			Code: "panel_places", File: req.Panel, What: "the panel does not say where its genes lie",
			Remedy: "Add the columns contig, start and end and the line \"# assembly: GRCh38\", or add the case: then the whole file is read.",
		}
	}
	doc := previewDoc{
		Only: "panel_regions", Panel: v.Panel.Name + " " + v.Panel.Version, Regions: v.Regions, Bases: v.Bases, Unplaced: v.Unplaced,
		Records: v.Records, Listed: len(v.Worklist.List), Rescued: len(v.Worklist.Rescue), Funnel: v.Worklist.Funnel, Variants: []triage.RowJSON{},
	}
	for _, r := range append(append([]triage.Row{}, v.Worklist.List...), v.Worklist.Rescue...) {
		doc.Variants = append(doc.Variants, r.JSON())
	}
	return p.print(doc, func(w io.Writer) { printPreview(w, doc) })
}

func printPreview(w io.Writer, d previewDoc) {
	fmt.Fprintf(w, "A first look: only the %d regions of panel %s were read (%d bases, %d records). Nothing was checked or stored.\n",
		d.Regions, d.Panel, d.Bases, d.Records)
	if d.Unplaced > 0 {
		fmt.Fprintf(w, "%d genes of the panel have no place and were not looked at.\n", d.Unplaced)
	}
	printWorklist(w, worklistDoc{Funnel: d.Funnel, Listed: d.Listed, Rescued: d.Rescued, Variants: d.Variants})
}
