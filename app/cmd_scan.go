package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/vcf"

	"github.com/spf13/cobra"
)

// scanned is what "case scan" prints.
type scanned struct {
	Case    review.CaseID `json:"case"`
	Records int64         `json:"records"` // good ones
	Bad     int64         `json:"bad"`     // that could not be read
	Alleles int           `json:"alleles"` // rows of the columns
	SHA256  string        `json:"sha256"`  // of the VCF, which is the case's
	// IndexMatches tells that every count is the index's own; null where the index
	// holds no counts.
	IndexMatches *bool           `json:"index_matches"`
	Contigs      []scannedContig `json:"contigs"`
	Columns      string          `json:"columns"` // the file in the cache
}

type scannedContig struct {
	Contig  string `json:"contig"` // as the file writes it
	Records int64  `json:"records"`
	Index   *int64 `json:"index"` // as the index counts them, null where it does not
}

func (p *program) caseScanCommand() *cobra.Command {
	var id string
	c := &cobra.Command{
		Use: "scan", Short: "Read a case's VCF again from end to end, and make its columns anew", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "case"); err != nil {
				return err
			}
			return p.withLab(cmd.Context(), func(l *lab) error {
				m, stop := p.progress("Reading the case's VCF")
				s, err := l.rescan(cmd.Context(), review.CaseID(id), m)
				stop()
				if err != nil {
					return err
				}
				return p.print(s, func(w io.Writer) { printScan(w, s) })
			})
		},
	}
	c.Flags().StringVar(&id, "case", "", "the case's identifier")
	return c
}

func printScan(w io.Writer, s scanned) {
	for _, c := range s.Contigs {
		index := "not counted"
		if c.Index != nil {
			index = fmt.Sprint(*c.Index)
		}
		fmt.Fprintf(w, "%-24s %10d records, index %s\n", c.Contig, c.Records, index)
	}
	fmt.Fprintf(w, "%d records, %d alleles, %d records that could not be read\n", s.Records, s.Alleles, s.Bad)
	if s.IndexMatches != nil && !*s.IndexMatches {
		fmt.Fprintln(w, "The index does not count as many: make it again with tabix.")
	}
	fmt.Fprintf(w, "SHA-256 %s, as the case has it\n", s.SHA256)
}

// rescan reads the file of a case whether its columns are there or not.
func (l *lab) rescan(ctx context.Context, id review.CaseID, m *review.Meter) (scanned, error) {
	c, err := l.Case(ctx, id)
	if err != nil {
		return scanned{}, err
	}
	src, at, err := l.caseFiles(c)
	if err != nil {
		return scanned{}, err
	}
	want := columnsHead(c, src)
	path, err := l.columnsPath(want)
	if err != nil {
		return scanned{}, err
	}
	if err := l.scans.enter(ctx); err != nil {
		return scanned{}, err
	}
	defer l.scans.leave()
	l.scans.drop()
	defer l.memory.work(src.Size)()
	r, err := openVCF(src, c.Assembly)
	if err != nil {
		return scanned{}, judge(c.ID, src, at, err)
	}
	began := l.clock.Now()
	s, tally, err := scan(ctx, r, src, want, m)
	if err != nil {
		return scanned{}, judge(c.ID, src, at, err)
	}
	l.sums.learn(src.Path, at.vcf, src.SHA256, began)
	if err := keepColumns(path, s); err != nil {
		return scanned{}, err
	}
	out := scanned{
		Case: id, Records: tally.Records, Bad: tally.BadTotal, Alleles: s.Len(), SHA256: tally.Summary.SHA256,
		Columns: filepath.Base(path),
	}
	f, err := r.WithIndex(ctx) // scan has read it
	if err == nil {
		out.compare(tally, f.Index())
	}
	return out, err
}

// compare holds the counts against the index's own.
func (s *scanned) compare(t vcf.Tally, x *bgz.Index) {
	counted, same := false, true
	for _, name := range t.Order {
		c := scannedContig{Contig: name, Records: t.Contigs[name]}
		if n, ok := x.Records(name); ok {
			c.Index, counted = &n, true
			same = same && n == c.Records
		}
		s.Contigs = append(s.Contigs, c)
	}
	for _, name := range x.Names() {
		if n, ok := x.Records(name); ok && n > 0 && t.Contigs[name] == 0 {
			s.Contigs = append(s.Contigs, scannedContig{Contig: name, Index: &n})
			counted, same = true, false
		}
	}
	if counted {
		s.IndexMatches = &same
	}
}

// relinked is what "case relink" prints.
type relinked struct {
	Case     review.CaseID `json:"case"`
	Revision int64         `json:"revision"`
	AuditSeq int64         `json:"audit_seq"`
	VCF      string        `json:"vcf"`
	Index    string        `json:"index"`
	SHA256   string        `json:"sha256"`
	Voided   bool          `json:"voided"` // the signatures of a report that waited for its last one
}

func (p *program) caseRelinkCommand() *cobra.Command {
	var id, path string
	c := &cobra.Command{
		Use: "relink", Short: "Say where a case's VCF lies now; it must be the same file to the last byte", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "case", "vcf"); err != nil {
				return err
			}
			return p.withLab(cmd.Context(), func(l *lab) error {
				c, change, err := l.relink(cmd.Context(), review.CaseID(id), path)
				if err != nil {
					return err
				}
				f, _ := c.VCF()
				out := relinked{c.ID, c.Revision, change.Seq, f.Path, f.Index, f.SHA256, change.Voided}
				return p.print(out, func(w io.Writer) {
					fmt.Fprintf(w, "Case %s reads %s now\n", c.ID, f.Path)
					if change.Voided {
						fmt.Fprintln(w, "The signatures of the report that waited for its last one are void: prepare it again.")
					}
				})
			})
		},
	}
	c.Flags().StringVar(&id, "case", "", "the case's identifier")
	c.Flags().StringVar(&path, "vcf", "", "where the VCF lies now, with its index beside it")
	return c
}

// relink takes over the new place of a case's VCF.
func (l *lab) relink(ctx context.Context, id review.CaseID, path string) (review.Case, review.Change, error) {
	c, err := l.Case(ctx, id)
	if err != nil {
		return c, review.Change{}, err
	}
	src, _ := c.VCF()
	if path, err = filepath.Abs(path); err != nil {
		return c, review.Change{}, fmt.Errorf("find %s: %w", path, err)
	}
	sha, err := l.sums.of(ctx, path)
	if err != nil {
		return c, review.Change{}, &review.InputError{
			Code: "unreadable", File: path, What: "the file cannot be read", Remedy: "Check the path given with --vcf.", Err: err,
		}
	}
	moved := review.SourceFile{Kind: "vcf", Path: path, SHA256: sha}
	if sha == src.SHA256 { // else the desk refuses it
		if err := l.findIndex(ctx, c, src, &moved); err != nil {
			return c, review.Change{}, err
		}
	}
	return l.desk().Relink(ctx, id, moved)
}

// findIndex takes the index beside a file that was moved. One that was made anew
// is held against the file first.
func (l *lab) findIndex(ctx context.Context, c review.Case, src review.SourceFile, moved *review.SourceFile) error {
	x, err := bgz.OpenIndex(ctx, moved.Path)
	if err != nil {
		return err
	}
	moved.Index, moved.IndexHash = x.Path, x.SHA256
	if x.SHA256 == src.IndexHash {
		return nil
	}
	res, err := vcf.Intake(ctx, moved.Path, vcf.Request{Assembly: c.Assembly, Proband: c.Proband, Sex: c.Sex}, nil)
	if err != nil {
		return err
	}
	for _, k := range res.Checks {
		if strings.HasPrefix(k.Name, "index") && k.Outcome == review.Fail {
			return &review.InputError{
				Code: k.Name, File: x.Path, What: "the index beside the file does not belong to it",
				Remedy: "Make it again: tabix -p vcf FILE.",
			}
		}
	}
	return nil
}
