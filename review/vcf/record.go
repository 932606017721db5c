package vcf

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/genome"
)

// Record is one data line of a file. It may be kept; it is never changed.
type Record struct {
	Number int64      // 1-based among the data lines, 0 when read through the index
	Line   int64      // 1-based line of the file, 0 when read through the index
	Offset bgz.Offset // where the line starts
	Contig string     // as written
	Pos    genome.Pos
	ID     string // empty for "."
	Ref    string // as written
	Alts   []string
	Qual   *float64 // nil for "." and where the file has no finite number
	// Filters are the filters not passed: nil where none were applied ("."),
	// empty for PASS.
	Filters []string

	src     *source
	raw     string
	info    string
	format  string
	samples []string
	pairs   []infoPair // of INFO, once asked for
	split   bool
}

// source is what the records of one file share.
type source struct {
	file     string // base name for messages
	header   *Header
	fields   *fieldMap
	assembly genome.Assembly
	sequence *sequence // nil where no reference was set

	referenceID string // see OpenReference
}

// fault is what is wrong with a record.
type fault struct{ Code, Field, What string }

func faultf(code, field, format string, args ...any) *fault {
	return &fault{code, field, fmt.Sprintf(format, args...)}
}

const recordRemedy = `Correct the record or make the file again; "bcftools view FILE" shows what else is wrong`

// inputError places a fault in its file.
func (f *fault) inputError(file string, line, number int64) *review.InputError {
	return &review.InputError{
		Code: f.Code, File: file, Line: int(line), Record: int(number), Field: f.Field, What: f.What, Remedy: recordRemedy,
	}
}

// parseRecord reads a data line. A fault keeps the record from being used at all:
// guessing at one column would make the others doubtful.
func parseRecord(src *source, line string) (*Record, *fault) {
	line = strings.TrimSuffix(line, "\r")
	cols := strings.Split(line, "\t")
	if f := checkColumns(src.header, cols); f != nil {
		return nil, f
	}
	r := &Record{src: src, raw: line, Contig: cols[0], Ref: cols[3], info: cols[7]}
	if cols[2] != "." {
		r.ID = cols[2]
	}
	if f := r.parsePlace(cols); f != nil {
		return nil, f
	}
	if f := src.checkReference(r.Contig, r.Pos, r.Ref, r.hasPlain()); f != nil {
		return nil, f
	}
	if f := r.parseQuality(cols); f != nil {
		return nil, f
	}
	if len(cols) > 8 {
		r.format, r.samples = cols[8], cols[9:]
		if f := r.checkSamples(); f != nil {
			return nil, f
		}
	}
	return r, nil
}

func checkColumns(h *Header, cols []string) *fault {
	want := 8
	if h.hasFormat {
		want = 9 + len(h.Samples)
	}
	// A header with FORMAT and no sample: its records may leave FORMAT out.
	if len(cols) != want && (len(cols) != 8 || want != 9) {
		return faultf(CodeColumns, "columns", "has %d columns, the header has %d", len(cols), want)
	}
	for i, c := range cols {
		if c == "" {
			name := "sample " + strconv.Itoa(i-8)
			if i < 8 {
				name = fixedColumns[i]
			} else if i == 8 {
				name = "FORMAT"
			}
			return faultf(CodeRecord, strings.TrimPrefix(name, "#"), "is empty")
		}
	}
	return nil
}

// maxPos bounds positions, far beyond the longest chromosome that any file was
// made for: the columns of a scan keep them in 32 bits.
const maxPos = 1<<32 - 2

// parsePlace reads CHROM, POS, REF and ALT.
func (r *Record) parsePlace(cols []string) *fault {
	if strings.ContainsAny(r.Contig, " ") {
		return faultf(CodeRecord, "CHROM", "has a blank in it")
	}
	pos, err := strconv.ParseInt(cols[1], 10, 64)
	if err != nil || pos < 0 || cols[1][0] == '+' || pos > maxPos {
		return faultf(CodeRecord, "POS", "is not a whole number")
	}
	r.Pos = genome.Pos(pos)
	if !genome.IsBases(strings.ToUpper(r.Ref)) {
		return faultf(CodeRecord, "REF", "is not a sequence of bases")
	}
	if cols[4] == "." {
		return nil
	}
	r.Alts = strings.Split(cols[4], ",")
	for i, alt := range r.Alts {
		if !validAlt(alt) {
			return faultf(CodeRecord, "ALT", "allele %d is no sequence of bases, no symbol and no breakend", i+1)
		}
	}
	return nil
}

// hasPlain reports whether the record has an allele of bases, or none at all.
func (r *Record) hasPlain() bool {
	return len(r.Alts) == 0 || slices.ContainsFunc(r.Alts, func(alt string) bool { return kindOf(alt) == review.SmallVariant })
}

func (r *Record) parseQuality(cols []string) *fault {
	switch v, k := parseFloat(cols[5]); k {
	case notNumber:
		return faultf(CodeRecord, "QUAL", "is not a number")
	case finite:
		r.Qual = &v
	case missing, notANumber, infinite:
	}
	switch cols[6] {
	case ".":
	case "PASS":
		r.Filters = []string{}
	default:
		r.Filters = strings.Split(cols[6], ";")
	}
	return nil
}

// checkSamples refuses genotypes that cannot be read: a call must never be
// guessed. Trailing fields of a sample may be left out.
func (r *Record) checkSamples() *fault {
	keys := strings.Count(r.format, ":") + 1
	hasGT := r.format == "GT" || strings.HasPrefix(r.format, "GT:")
	for i, s := range r.samples {
		if n := strings.Count(s, ":") + 1; n > keys {
			return faultf(CodeRecord, "FORMAT", "sample %d has %d values, FORMAT has %d keys", i+1, n, keys)
		}
		if !hasGT {
			continue
		}
		text, _, _ := strings.Cut(s, ":")
		if text == "" {
			return faultf(CodeRecord, "GT", "of sample %d is empty", i+1)
		}
		g, ok := parseGT(text)
		if !ok {
			return faultf(CodeRecord, "GT", "of sample %d is not a genotype", i+1)
		}
		if g.highest > len(r.Alts) {
			return faultf(CodeRecord, "GT", "of sample %d names allele %d, the record has %d", i+1, g.highest, len(r.Alts))
		}
	}
	return nil
}

// Raw returns the line as written, without its line end.
func (r *Record) Raw() string { return r.raw }

// IsReferenceBlock reports whether the record says only that its bases are as
// the reference: no ALT, or none but <NON_REF> or <*>.
func (r *Record) IsReferenceBlock() bool {
	for _, alt := range r.Alts {
		if kindOf(alt) != review.ReferenceBlock {
			return false
		}
	}
	return true
}

// End returns the last base that the record covers: INFO END where it is a
// position not left of POS, else the end of its longest symbolic allele or
// reference block (SVLEN, FORMAT LEN), else the last base of REF.
func (r *Record) End() genome.Pos {
	end := r.Pos + genome.Pos(len(r.Ref)) - 1
	if v, ok := r.infoEnd(); ok {
		return max(end, v)
	}
	for i, alt := range r.Alts {
		if !takesReference(alt) {
			continue
		}
		if n := r.length(i + 1); n != nil {
			end = max(end, r.Pos+genome.Pos(*n))
		}
	}
	return max(end, r.longestBlock())
}

// longestBlock returns the farthest end of the samples' reference blocks (FORMAT
// LEN, VCF 4.5), 0 for none.
func (r *Record) longestBlock() (end genome.Pos) {
	if !strings.Contains(r.format, "LEN") {
		return 0
	}
	cols := r.formatColumns()
	for _, text := range r.samples {
		end = max(end, r.blockEnd(cols, strings.Split(text, ":")))
	}
	return end
}

// blockEnd returns the end of one sample's reference block, 0 for none.
func (r *Record) blockEnd(cols formatColumns, values []string) genome.Pos {
	if n := whole(cols.first(values, "LEN")); n != nil && *n > 0 {
		return r.Pos + genome.Pos(*n) - 1
	}
	return 0
}

// Range returns what the record covers, on its canonical contig.
func (r *Record) Range() genome.Range {
	return genome.Range{Contig: r.src.header.Canonical(r.Contig), First: r.Pos, Last: r.End()}
}
