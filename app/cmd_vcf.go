package main

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"garrod/review/bgz"
	"garrod/review/genome"
	"garrod/review/vcf"

	"github.com/spf13/cobra"
)

func (p *program) vcfCommand() *cobra.Command {
	group := &cobra.Command{Use: "vcf", Short: "Look at a VCF without a case"}
	check := &cobra.Command{
		Use: "check FILE", Short: "Read a whole VCF and say what is wrong with it", Args: exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := vcf.Check(cmd.Context(), args[0], nil)
			if err != nil {
				return err
			}
			return p.print(r, func(w io.Writer) {
				fmt.Fprintf(w, "%d records, %d of them bad, %d warnings\n", r.Records, r.Bad, len(r.Warnings))
				for _, x := range r.Warnings {
					fmt.Fprintf(w, "  line %d %s: %s\n", x.Line, x.Field, x.Message)
				}
			})
		},
	}
	var count bool
	region := &cobra.Command{
		Use: "region FILE CHR:FROM-TO", Short: "Read one region through the index", Args: exactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := parseRegion(args[1])
			if err != nil {
				return err
			}
			return p.region(cmd, args[0], r, count)
		},
	}
	region.Flags().BoolVar(&count, "count", false, "print the number of records only")
	group.AddCommand(check, region, p.normaliseCommand())
	return group
}

func (p *program) normaliseCommand() *cobra.Command {
	var in, fasta, out string
	cmd := &cobra.Command{
		Use: "normalise --vcf FILE --fasta FILE --out FILE", Args: exactArgs(0),
		Short: "Write a VCF with one trimmed, left-aligned ALT allele in each record",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if in == "" || out == "" {
				return usagef("vcf normalise wants --vcf FILE and --out FILE")
			}
			return p.normalise(cmd, vcf.Normalisation{In: in, Out: out}, fasta)
		},
	}
	cmd.Flags().StringVar(&in, "vcf", "", "the VCF to read")
	cmd.Flags().StringVar(&fasta, "fasta", "", "the reference sequence, with its index; without it alleles are trimmed only")
	cmd.Flags().StringVar(&out, "out", "", "the bgzipped VCF to write")
	return cmd
}

func (p *program) normalise(cmd *cobra.Command, job vcf.Normalisation, fasta string) error {
	if fasta != "" {
		ref, err := bgz.OpenFasta(fasta)
		if err != nil {
			return err
		}
		defer func() { _ = ref.Close() }() // opened for reading: nothing to lose
		job.Reference, job.ReferenceName = ref, filepath.Base(fasta)
	}
	rep, err := vcf.Normalise(cmd.Context(), job, nil)
	if err != nil {
		return err
	}
	return p.print(rep, func(w io.Writer) {
		fmt.Fprintf(w, "%d records read, %d written; %d split, %d alleles moved or trimmed\n", rep.Records, rep.Written, rep.Split, rep.Changed)
		if rep.TrimmedOnly > 0 {
			fmt.Fprintf(w, "%d insertions and deletions are trimmed only: the reference sequence for them was not given\n", rep.TrimmedOnly)
		}
		for _, field := range slices.Sorted(maps.Keys(rep.Unfit)) {
			fmt.Fprintf(w, "%d values of %s do not fit the alleles of their record: '.' stands in their place\n", rep.Unfit[field], field)
		}
		if rep.Unmatched > 0 {
			fmt.Fprintf(w, "%d annotation rows fit no allele of their record, or several, and are left out\n", rep.Unmatched)
		}
	})
}

// parseRegion reads CHR:FROM-TO, 1-based and closed; contig names may hold ':'.
func parseRegion(s string) (genome.Range, error) {
	i := strings.LastIndexByte(s, ':')
	if i > 0 {
		from, to, ok := strings.Cut(strings.ReplaceAll(s[i+1:], ",", ""), "-")
		a, err1 := strconv.ParseInt(from, 10, 64)
		b, err2 := strconv.ParseInt(to, 10, 64)
		if ok && err1 == nil && err2 == nil && 1 <= a && a <= b {
			return genome.Range{Contig: s[:i], First: genome.Pos(a), Last: genome.Pos(b)}, nil
		}
	}
	return genome.Range{}, usagef("region %q: want CHR:FROM-TO with 1 <= FROM <= TO", s)
}

func (p *program) region(cmd *cobra.Command, path string, r genome.Range, count bool) error {
	f, err := vcf.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r.Contig = f.CanonicalContig(r.Contig)
	n := 0
	err = f.Region(cmd.Context(), r, func(rec *vcf.Record) error {
		n++
		if !count && !p.json {
			fmt.Fprintln(p.out, rec.Raw())
		}
		return nil
	})
	if err != nil {
		return err
	}
	if count || p.json {
		return p.print(map[string]any{"region": r.String(), "records": n}, func(w io.Writer) { fmt.Fprintln(w, n) })
	}
	return nil
}
