package vcf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// Normalisation is what Normalise is asked for.
type Normalisation struct {
	In, Out string // paths; Out is replaced whole
	// Reference is the sequence to left-align against, nil to trim only.
	// ReferenceName is written into the header.
	Reference     Reference
	ReferenceName string
}

// NormaliseReport counts what Normalise did.
type NormaliseReport struct {
	Records int64 `json:"records"` // data lines read
	Written int64 `json:"written"` // data lines written
	Split   int64 `json:"split"`   // records with several ALT alleles
	Changed int64 `json:"changed"` // alleles whose place or spelling changed
	// TrimmedOnly counts insertions and deletions that were not left-aligned.
	TrimmedOnly int64 `json:"trimmed_only"`
	// Unfit counts, by field, values whose number does not fit the alleles of a
	// record that was split: "." stands in their place.
	Unfit map[string]int64 `json:"unfit,omitempty"`
	// Unmatched counts annotation rows of split records that fit none of their
	// alleles, or several: they are left out.
	Unmatched int64 `json:"unmatched"`
}

// Names of what Normalise adds to records.
const (
	oldRecord   = "OLD_REC"
	oldGenotype = "OGT"
)

// CodeUnsorted is the code of a file whose records do not stand in order.
const CodeUnsorted = "vcf_unsorted"

// Normalise writes the VCF at In (BGZF or text) as a BGZF file with one ALT
// allele in each record, trimmed and left-aligned, in order of position.
//
// Values are taken apart by the Number of their declaration (A, R, G, and LA, LR,
// LG of version 4.5), annotation rows by their allele. A changed record carries
// INFO OLD_REC, CHROM|POS|REF|ALTs|n, where it comes from. In GT another ALT of
// the record is written ".", for it is neither this allele nor reference; FORMAT
// OGT then has the genotype as it was.
//
// The file is written whole or not at all. A record that cannot be read, or whose
// REF contradicts the reference, is an *review.InputError: to leave it out would
// lose it.
func Normalise(ctx context.Context, job Normalisation, meter *review.Meter) (NormaliseReport, error) {
	if same, err := sameFile(job.In, job.Out); err != nil || same {
		if err == nil {
			err = &review.InputError{Code: "same_file", File: filepath.Base(job.Out), Field: "out", What: "is the file that is read", Remedy: "Name another file"}
		}
		return NormaliseReport{}, err
	}
	out, err := os.CreateTemp(filepath.Dir(job.Out), "."+filepath.Base(job.Out)+".*")
	if err != nil {
		return NormaliseReport{}, fmt.Errorf("write %s: %w", filepath.Base(job.Out), err)
	}
	defer func() { _ = os.Remove(out.Name()) }() // gone after the rename
	rep, err := writeNormalised(ctx, job, out, meter)
	if err == nil {
		err = out.Sync()
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return NormaliseReport{}, err
	}
	if err := os.Rename(out.Name(), job.Out); err != nil {
		return NormaliseReport{}, fmt.Errorf("write %s: %w", filepath.Base(job.Out), err)
	}
	return rep, nil
}

func sameFile(a, b string) (bool, error) {
	in, err := os.Stat(a)
	if err != nil {
		return false, fmt.Errorf("open %s: %w", filepath.Base(a), err)
	}
	out, err := os.Stat(b)
	return err == nil && os.SameFile(in, out), nil
}

// writeNormalised reads the file, again with a larger window where an allele moved
// farther left than what was written already.
func writeNormalised(ctx context.Context, job Normalisation, out *os.File, meter *review.Meter) (NormaliseReport, error) {
	for window := genome.Pos(1000); ; window *= 64 {
		if err := out.Truncate(0); err != nil {
			return NormaliseReport{}, err
		}
		if _, err := out.Seek(0, 0); err != nil {
			return NormaliseReport{}, err
		}
		n := normaliser{job: job, out: newBlockWriter(out), window: window}
		err := n.run(ctx, meter)
		if errors.Is(err, errPassed) && window <= maxPos {
			meter = nil
			continue
		}
		return n.report, err
	}
}

// errPassed says that a line belongs before one that was written.
var errPassed = errors.New("a record moved past the window")

// normaliser is one pass over a file.
type normaliser struct {
	job    Normalisation
	out    *blockWriter
	window genome.Pos
	report NormaliseReport

	head *headerReader
	src  *source
	line int64

	waiting []placed // lines not yet written, in order
	written genome.Pos
	contig  string // of the last record read
	pos     genome.Pos
	done    map[string]bool // contigs whose records have ended
}

type placed struct {
	pos  genome.Pos
	line string
}

func (n *normaliser) run(ctx context.Context, meter *review.Meter) error {
	n.head = newHeaderReader(filepath.Base(n.job.In))
	n.report.Unfit = map[string]int64{}
	n.done = map[string]bool{}
	if _, err := eachLine(ctx, n.job.In, meter, n.read, nil); err != nil {
		return err
	}
	if !n.head.done {
		return n.head.bad("#CHROM", "the header has no column line (#CHROM POS ID REF ALT …)")
	}
	if err := n.src.failure(); err != nil {
		return err
	}
	if err := n.flush(maxPos); err != nil {
		return err
	}
	return n.out.Close()
}

func (n *normaliser) read(line []byte) error {
	n.line++
	if n.head.done {
		return n.record(line)
	}
	if err := n.head.line(line); err != nil || !n.head.done {
		return err
	}
	h := &n.head.h
	a, _, _ := genome.InferAssembly(h.Contigs)
	n.src = &source{file: filepath.Base(n.job.In), header: h, fields: newFieldMap(h), assembly: a}
	if n.job.Reference != nil {
		s, err := newSequence(n.src.file, h, n.job.Reference)
		if err != nil {
			return err
		}
		n.src.sequence = s
	}
	return n.out.write(n.header())
}

// header writes the header with the lines of Normalise's own.
func (n *normaliser) header() string {
	h := &n.head.h
	lines := append([]string{}, h.Meta...)
	if _, ok := h.Infos[oldRecord]; !ok {
		lines = append(lines, `##INFO=<ID=`+oldRecord+`,Number=1,Type=String,Description="The record before it was split and normalised: CHROM|POS|REF|ALT alleles|number of this ALT">`)
	}
	if _, ok := h.Formats[oldGenotype]; !ok && h.hasFormat {
		lines = append(lines, `##FORMAT=<ID=`+oldGenotype+`,Number=1,Type=String,Description="Genotype before the split, with the allele numbers of `+oldRecord+`; GT has '.' for its other ALT alleles">`)
	}
	how := `LeftAligned=no,Description="ALT alleles split and trimmed only: insertions and deletions are not left-aligned"`
	if n.job.Reference != nil {
		how = fmt.Sprintf(`LeftAligned=yes,Reference=%q,Description="ALT alleles split, trimmed and left-aligned"`, n.job.ReferenceName)
	}
	lines = append(lines, "##garrodNormalised=<ID=garrod,"+how+">")
	cols := append([]string{}, fixedColumns...)
	if h.hasFormat {
		cols = append(append(cols, "FORMAT"), h.Samples...)
	}
	return strings.Join(append(lines, strings.Join(cols, "\t")), "\n")
}

func (n *normaliser) record(line []byte) error {
	if len(line) == 0 || len(line) == 1 && line[0] == '\r' {
		return nil
	}
	n.report.Records++
	r, f := parseRecord(n.src, string(line))
	if f != nil {
		return f.inputError(n.src.file, n.line, n.report.Records)
	}
	if err := n.arrive(r); err != nil {
		return err
	}
	if len(r.Alts) > 1 {
		n.report.Split++
	}
	for i := range max(1, len(r.Alts)) {
		pos, text := n.allele(r, i+1)
		if err := n.put(pos, text); err != nil {
			return err
		}
	}
	return nil
}

// arrive writes what no later record can come before.
func (n *normaliser) arrive(r *Record) error {
	if r.Contig != n.contig {
		if err := n.flush(maxPos); err != nil {
			return err
		}
		n.done[n.contig] = true
		n.contig, n.pos, n.written = r.Contig, 0, 0
	}
	if r.Pos < n.pos || n.done[r.Contig] {
		return &review.InputError{
			Code: CodeUnsorted, File: n.src.file, Line: int(n.line), Record: int(n.report.Records), Field: "POS",
			What: "the records are not sorted by contig and position", Remedy: `Sort the file first: "bcftools sort"`,
		}
	}
	n.pos = r.Pos
	return n.flush(r.Pos - n.window)
}

// put keeps a line until nothing can come before it.
func (n *normaliser) put(pos genome.Pos, line string) error {
	if pos < n.written {
		return errPassed
	}
	i := len(n.waiting)
	n.waiting = append(n.waiting, placed{})
	for i > 0 && n.waiting[i-1].pos > pos {
		n.waiting[i] = n.waiting[i-1]
		i--
	}
	n.waiting[i] = placed{pos, line}
	return nil
}

// flush writes the waiting lines left of before.
func (n *normaliser) flush(before genome.Pos) error {
	done := 0
	for _, w := range n.waiting {
		if w.pos >= before && before < maxPos {
			break
		}
		if err := n.out.write(w.line); err != nil {
			return err
		}
		n.report.Written++
		n.written = w.pos
		done++
	}
	n.waiting = append(n.waiting[:0], n.waiting[done:]...)
	return nil
}
