package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

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
	group.AddCommand(check, region)
	return group
}

// parseRegion reads CHR:FROM-TO, 1-based and closed; contig names may hold ':'.
func parseRegion(s string) (genome.Range, error) {
	i := strings.LastIndexByte(s, ':')
	if i > 0 {
		from, to, ok := strings.Cut(strings.ReplaceAll(s[i+1:], ",", ""), "-")
		a, err1 := strconv.ParseInt(from, 10, 64)
		b, err2 := strconv.ParseInt(to, 10, 64)
		if ok && err1 == nil && err2 == nil && 1 <= a && a <= b {
			return genome.Range{Contig: genome.CanonicalContig(s[:i]), First: genome.Pos(a), Last: genome.Pos(b)}, nil
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
