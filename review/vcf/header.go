package vcf

import (
	"fmt"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/genome"
)

// Header is what a file says of itself.
type Header struct {
	Version string // "VCFv4.2", empty when the file does not say
	Samples []string
	Contigs []genome.Contig // as declared, in order
	// Infos and Formats are the declared fields by ID; Filters and Alts the
	// declared descriptions by ID.
	Infos, Formats map[string]Field
	Filters, Alts  map[string]string
	// Layouts are the consequence annotations that the header describes.
	Layouts []Layout
	// Meta holds the "##" lines as written, without their line ends.
	Meta []string
	// Warnings are faults of the header that do not keep the file from being
	// read.
	Warnings []Warning

	contigs   map[string]int // index in Contigs
	hasFormat bool
	ucsc37    bool // of GRCh37: an unmeasured chrM may be that of UCSC hg19
	lines     int
	other     []metaLine
	metas     []metaLine // all of them
}

// Field is a declared INFO or FORMAT field.
type Field struct {
	ID, Number, Type, Description string
}

// Warning is something of a file that is wrong or doubtful, at a line (1-based,
// 0 for the whole file) and field.
type Warning struct {
	Line    int    `json:"line"`
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Codes of the errors of this package.
const (
	CodeHeader   = "header_broken"
	CodeColumns  = "column_count"
	CodeRecord   = bgz.CodeRecordBroken
	CodeNoRecord = "vcf_empty"
	CodeContig   = "contig_unknown"
)

const headerRemedy = "Ask for the file to be made again by a VCF writer, or check what cut its first lines"

var fixedColumns = []string{"#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"}

// headerReader takes a header line by line.
type headerReader struct {
	file string // base name for messages
	h    Header
	done bool
}

func newHeaderReader(file string) *headerReader {
	return &headerReader{file: file, h: Header{
		Infos: map[string]Field{}, Formats: map[string]Field{},
		Filters: map[string]string{}, Alts: map[string]string{}, contigs: map[string]int{},
	}}
}

func (r *headerReader) bad(field, format string, args ...any) error {
	return &review.InputError{
		Code: CodeHeader, File: r.file, Line: r.h.lines, Field: field,
		What: fmt.Sprintf(format, args...), Remedy: headerRemedy,
	}
}

func (r *headerReader) warn(field, format string, args ...any) {
	r.h.Warnings = append(r.h.Warnings, Warning{r.h.lines, field, fmt.Sprintf(format, args...)})
}

// line takes the next line; after the column line, done is set.
func (r *headerReader) line(raw []byte) error {
	r.h.lines++
	s := string(raw)
	if t, ok := strings.CutSuffix(s, "\r"); ok {
		s = t
		if r.h.lines == 1 {
			r.warn("", "lines end with carriage return and line feed")
		}
	}
	if r.h.lines == 1 {
		s = strings.TrimPrefix(s, "\uFEFF")
		r.first(s)
	}
	switch {
	case strings.HasPrefix(s, "##"):
		r.meta(s)
		return nil
	case strings.HasPrefix(s, "#"):
		err := r.columns(s)
		r.done = err == nil
		return err
	case s == "":
		return r.bad("", "is an empty line before the column line")
	}
	return r.bad("#CHROM", "is not a header line: the column line (#CHROM POS ID REF ALT …) is missing before the first record")
}

func (r *headerReader) first(s string) {
	v, ok := strings.CutPrefix(s, "##fileformat=")
	if !ok {
		r.warn("fileformat", "the first line is not ##fileformat=VCFv…")
		return
	}
	r.h.Version = v
	switch v {
	case "VCFv4.0", "VCFv4.1", "VCFv4.2", "VCFv4.3", "VCFv4.4", "VCFv4.5":
	default:
		r.warn("fileformat", "%q is not a version of the format from 4.0 to 4.5", v)
	}
}

func (r *headerReader) columns(s string) error {
	cols := strings.Split(s, "\t")
	for i, want := range fixedColumns {
		if i >= len(cols) || cols[i] != want {
			return r.bad("#CHROM", "the column line has not %s as column %d (columns are separated by tabs)", want, i+1)
		}
	}
	if len(cols) > 8 {
		if cols[8] != "FORMAT" {
			return r.bad("FORMAT", "the column line has not FORMAT as column 9")
		}
		r.h.hasFormat = true
		r.h.Samples = cols[9:]
	}
	if r.h.hasFormat && len(r.h.Samples) == 0 {
		r.warn("FORMAT", "the column line has FORMAT and no sample")
	}
	seen := map[string]bool{}
	for i, name := range r.h.Samples {
		if name == "" {
			return r.bad("samples", "the name of sample %d is empty", i+1)
		}
		if seen[name] {
			return r.bad("samples", "two samples have the same name (sample %d)", i+1)
		}
		seen[name] = true
	}
	r.h.Layouts = findLayouts(&r.h)
	r.h.findAssembly()
	return nil
}

func (r *headerReader) meta(s string) {
	r.h.Meta = append(r.h.Meta, s)
	m, err := parseMeta(s[2:])
	m.line = r.h.lines
	r.h.metas = append(r.h.metas, m)
	if err != nil {
		r.warn(m.Key, "the header line %v", err)
	}
	if m.Fields == nil {
		switch m.Key {
		case "INFO", "FORMAT", "FILTER", "contig", "ALT":
			if err == nil {
				r.warn(m.Key, "the header line has no <ID=…>")
			}
		case "fileformat":
			if r.h.lines > 1 {
				r.warn(m.Key, "is not the first line, or is given again")
			}
		}
		r.h.other = append(r.h.other, m)
		return
	}
	id := m.get("ID")
	if id == "" {
		switch m.Key {
		case "INFO", "FORMAT", "FILTER", "contig", "ALT", "SAMPLE", "META":
			r.warn(m.Key, "the header line has no ID")
			return
		}
	}
	r.declare(m, id)
}

// declare files a structured line under its ID.
func (r *headerReader) declare(m metaLine, id string) {
	switch m.Key {
	case "INFO":
		r.field(m, r.h.Infos)
	case "FORMAT":
		r.field(m, r.h.Formats)
	case "FILTER":
		r.described(m, id, r.h.Filters)
	case "ALT":
		r.described(m, id, r.h.Alts)
	case "contig":
		r.contig(m, id)
	default:
		r.h.other = append(r.h.other, m)
	}
}

func (r *headerReader) described(m metaLine, id string, in map[string]string) {
	if _, twice := in[id]; twice {
		r.warn(m.Key, "%s is declared twice", id)
	}
	in[id] = m.get("Description")
}

func (r *headerReader) field(m metaLine, in map[string]Field) {
	f := Field{m.get("ID"), m.get("Number"), m.get("Type"), m.get("Description")}
	if _, twice := in[f.ID]; twice {
		r.warn(m.Key, "%s is declared twice", f.ID)
		return
	}
	in[f.ID] = f
}

func (r *headerReader) contig(m metaLine, id string) {
	if _, twice := r.h.contigs[id]; twice {
		r.warn("contig", "%s is declared twice", id)
		return
	}
	c := genome.Contig{Name: id}
	if text := m.get("length"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 {
			r.warn("contig", "the length of %s is not a whole number", id)
		} else {
			c.Length = n
		}
	}
	r.h.contigs[id] = len(r.h.Contigs)
	r.h.Contigs = append(r.h.Contigs, c)
}

// Declares reports whether the header has a line for contig (as written).
func (h *Header) Declares(contig string) bool {
	_, ok := h.contigs[contig]
	return ok
}

// Canonical returns the canonical name of contig. The mitochondrial sequence of
// UCSC hg19 (16,571 bases) is genome.ContigHg19M, for its positions are not those
// of MT. Where a header of GRCh37 gives "chrM" no length, it keeps that name:
// which of the two it is cannot be told.
func (h *Header) Canonical(contig string) string {
	c := genome.CanonicalContig(contig)
	if c != "MT" {
		return c
	}
	switch n := h.length(contig); {
	case n == genome.LengthHg19ChrM:
		return genome.ContigHg19M
	case n == 0 && h.ucsc37 && strings.HasPrefix(contig, "chr"):
		return contig
	}
	return c
}

// length returns the declared length of contig, 0 for none.
func (h *Header) length(contig string) int64 {
	if i, ok := h.contigs[contig]; ok {
		return h.Contigs[i].Length
	}
	return 0
}

// findAssembly notes whether the header is of GRCh37.
func (h *Header) findAssembly() {
	a, _, _ := genome.InferAssembly(h.Contigs)
	if a == genome.AssemblyUnknown {
		a = namedAssembly(h)
	}
	h.ucsc37 = a == genome.GRCh37
}

// spellings returns how the header writes the canonical contig, in order of
// declaration.
func (h *Header) spellings(canonical string) []string {
	var names []string
	for _, c := range h.Contigs {
		if h.Canonical(c.Name) == canonical || c.Name == canonical {
			names = append(names, c.Name)
		}
	}
	return names
}
