package vcf

import (
	"bytes"
	"math"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/genome"
	"garrod/review/summary"
)

// maxPlainAlts bounds the ALT alleles of a usual line, so that a genotype has one
// digit for each.
const maxPlainAlts = 8

// columnWorker makes rows of lines on one goroutine.
//
// A usual line is read directly, from tab to tab, and nothing of it is kept. A
// line is usual where reading it directly can come to nothing else than parseRecord
// and Record.Variants would: it is whole, each of its parts has the plain form, and
// the header's annotation is the one it has. All other lines, bad ones among them,
// take the way of a Record, so that there is one judgement of both.
type columnWorker struct {
	src     *source
	plan    *columnPlan
	words   *summary.Words
	part    *summary.Part
	parts   int64 // how many there were, with part
	head    *summary.Head
	minAN   int
	roles   []int // of each sample of the file: its place in Head.Samples, -1
	usage   usage
	free    chan *columnBatch // that may be used again
	usual   int64             // lines
	unusual int64

	// stamps tell of each INFO field that is looked for which line had it last;
	// 0 for none.
	stamps []int64
	stamp  int64

	contig  plainContig
	formats map[string]*formatPlan
	format  *formatPlan // of the last line
	caches  columnCaches

	// Of the line at hand.
	pos    int64
	ref    []byte
	alt    [maxPlainAlts][]byte
	spell  [maxPlainAlts][]byte // as VEP writes alt
	alts   int
	row    summary.Row
	people []person
	values [][]byte // plan.values of each allele in turn
	rows   [maxPlainAlts]alleleRows
	come   [maxPlainAlts]alleleOutcome
	// combined is what SpliceAI's own INFO field comes to.
	combined [maxPlainAlts]uint8
	cols     []string // scratch of rowOf
	// byNumber and bySpelling tell how rows found their alleles.
	byNumber, bySpelling bool
	strict               bool  // every row is about an allele as VEP writes it
	lost                 int64 // rows of the line that are about no allele
	unmatched            int64 // such rows of all lines
}

// plainContig is the contig of the last line.
type plainContig struct {
	name      []byte
	text      string // name
	canonical string
	aligned   bool  // indels are left-aligned
	last      int64 // the last position that the header allows
}

// alleleRows gathers what the rows of one allele say.
type alleleRows struct {
	genes, rows []uint32 // sets of the Words
	last        []byte   // the values' columns of the last row, as written
	seen        bool
}

// fast reads a usual line into rows of the part. It reports false, and adds
// nothing, where the line is not usual.
func (w *columnWorker) fast(line []byte, at bgz.Offset) bool {
	line = bytes.TrimSuffix(line, carriageReturn)
	rest, ok := w.place(line)
	if !ok || !w.fitsReference() {
		return false
	}
	if rest, ok = w.quality(rest); !ok {
		return false
	}
	info, rest, more := cutTab(rest)
	if len(info) == 0 || more != w.src.header.hasFormat {
		return false
	}
	if more {
		format, columns, more := cutTab(rest)
		if more != (len(w.roles) > 0) || !w.formatOf(format) || more && !w.samples(columns, w.format) {
			return false
		}
	}
	if !w.info(info) || !w.judge() {
		return false
	}
	w.emit(at)
	return true
}

var carriageReturn = []byte{'\r'}

// cutTab cuts b at its first tab.
func cutTab(b []byte) (cell, rest []byte, more bool) {
	if i := indexNear(b, '\t'); i >= 0 {
		return b[:i], b[i+1:], true
	}
	return b, nil, false
}

// place reads CHROM, POS, ID, REF and ALT.
func (w *columnWorker) place(line []byte) (rest []byte, ok bool) {
	n := len(w.contig.name)
	if n == 0 || len(line) <= n || line[n] != '\t' || string(line[:n]) != string(w.contig.name) {
		name, _, more := cutTab(line)
		if n = len(name); !more || !w.enter(name) {
			return nil, false
		}
	}
	b := line[n+1:]
	pos, i := int64(0), 0
	for ; i < len(b) && b[i]-'0' <= 9; i++ {
		pos = pos*10 + int64(b[i]-'0')
	}
	if i == 0 || i > 9 || i == len(b) || b[i] != '\t' {
		return nil, false
	}
	w.pos = pos
	id, b, more := cutTab(b[i+1:])
	if len(id) == 0 || !more {
		return nil, false
	}
	i = countBases(b)
	if i == 0 || i == len(b) || b[i] != '\t' {
		return nil, false
	}
	w.ref, b = b[:i], b[i+1:]
	return w.alleles(b)
}

// enter takes up another contig.
func (w *columnWorker) enter(name []byte) bool {
	if len(name) == 0 || bytes.IndexByte(name, ' ') >= 0 {
		return false
	}
	text := string(name)
	w.contig = plainContig{
		name: []byte(text), text: text, canonical: w.src.header.Canonical(text),
		aligned: w.src.aligns(text), last: math.MaxInt64,
	}
	if i, ok := w.src.header.contigs[text]; ok && w.src.header.Contigs[i].Length > 0 {
		w.contig.last = w.src.header.Contigs[i].Length + 1
	}
	return true
}

// alleles reads ALT, which b begins with: bases, or "*" beside them.
func (w *columnWorker) alleles(b []byte) (rest []byte, ok bool) {
	w.alts = 0
	for {
		i := countBases(b)
		if i == 0 && len(b) > 0 && b[0] == '*' {
			i = 1
		}
		if i == 0 || i == len(b) || w.alts == maxPlainAlts {
			return nil, false
		}
		w.alt[w.alts] = b[:i]
		w.alts++
		switch b[i] {
		case '\t':
			return b[i+1:], true
		case ',':
			b = b[i+1:]
		default:
			return nil, false
		}
	}
}

// countBases counts the bases in upper case that b begins with.
func countBases(b []byte) int {
	i := 0
	for i < len(b) && isPlainBase[b[i]] {
		i++
	}
	return i
}

var isPlainBase = [256]bool{'A': true, 'C': true, 'G': true, 'T': true, 'N': true}

// quality reads QUAL and FILTER.
func (w *columnWorker) quality(b []byte) (rest []byte, ok bool) {
	qual, b, more := cutTab(b)
	if len(qual) == 0 || !more {
		return nil, false
	}
	w.row.Qual = summary.NoQuality
	if !noValue(qual) {
		v, ok := plainFloat(qual)
		if !ok {
			return nil, false
		}
		w.row.Qual = summary.QualityOf(v)
	}
	filter, b, more := cutTab(b)
	if len(filter) == 0 || !more {
		return nil, false
	}
	switch {
	case len(filter) == 1 && filter[0] == '.':
		w.row.Flags = 0
	case string(filter) == "PASS":
		w.row.Flags = summary.FilterPass
	default:
		w.row.Flags = summary.FilterFail
	}
	return b, true
}

// formatOf finds the plan of a FORMAT column.
func (w *columnWorker) formatOf(b []byte) bool {
	if w.format == nil || w.format.text != string(b) {
		f, ok := w.formats[string(b)]
		if !ok {
			text := string(b)
			if text == "" || len(w.formats) >= maxFormats {
				return false
			}
			f = newFormatPlan(text)
			w.formats[text] = f
		}
		w.format = f
	}
	return w.format.usual
}

// maxFormats bounds how many FORMAT columns are kept in mind.
const maxFormats = 1000

// emit adds the rows of the line.
func (w *columnWorker) emit(at bgz.Offset) {
	w.usual++
	w.unmatched, w.lost = w.unmatched+w.lost, 0
	if w.format != nil && !w.usage.lines[w.format.text] {
		w.usage.format(w.format.text)
	}
	r := &w.row
	r.Contig, r.At = w.contig.canonical, uint64(at)
	if w.alts > 1 {
		r.Flags |= summary.MultiAllelic
	}
	shared := r.Flags
	for i := range w.alts {
		r.Flags = shared
		r.Pos, r.Ref, r.Alt = genome.Pos(w.pos), w.ref, w.alt[i]
		if r.Alt[0] == '*' {
			r.Flags |= summary.KindFlag(review.OverlapDeleted)
		} else {
			w.normalise(r)
		}
		w.annotate(i)
		for s := range w.people {
			w.part.AddCall(s, w.people[s].cells(i+1, w.alts))
		}
		w.part.AddRow(r)
	}
}

// fitsReference holds REF against the reference, where there is one.
func (w *columnWorker) fitsReference() bool {
	if !w.contig.aligned {
		return true
	}
	plain := false
	for _, a := range w.alt[:w.alts] {
		plain = plain || a[0] != '*'
	}
	return w.src.checkReference(w.contig.text, genome.Pos(w.pos), string(w.ref), plain) == nil
}

// normalise gives a row the place and the alleles of its key.
func (w *columnWorker) normalise(r *summary.Row) {
	switch {
	case len(r.Ref) == 1 && len(r.Alt) == 1:
		return
	case w.contig.aligned:
		pos, ref, alt := w.src.normalise(w.contig.text, r.Pos, string(r.Ref), string(r.Alt))
		r.Pos, r.Ref, r.Alt = pos, []byte(ref), []byte(alt)
		return
	}
	if r.Pos, r.Ref, r.Alt = trimmed(r.Pos, r.Ref, r.Alt); len(r.Ref) != len(r.Alt) {
		r.Flags |= summary.TrimmedOnly
	}
}

// trimmed is genome.Trim for bytes.
func trimmed(pos genome.Pos, ref, alt []byte) (genome.Pos, []byte, []byte) {
	for len(ref) > 1 && len(alt) > 1 && ref[len(ref)-1] == alt[len(alt)-1] {
		ref, alt = ref[:len(ref)-1], alt[:len(alt)-1]
	}
	for len(ref) > 1 && len(alt) > 1 && ref[0] == alt[0] {
		ref, alt, pos = ref[1:], alt[1:], pos+1
	}
	return pos, ref, alt
}
