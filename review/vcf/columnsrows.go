package vcf

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/bits"
	"strings"

	"garrod/review"
	"garrod/review/summary"
)

// columnCaches turn text as written into what it comes to, which is worked out
// the way of a Record the first time.
type columnCaches struct {
	terms map[string]termsWord
	genes map[string]geneWord
	views map[string]uint32

	key                 []byte
	lastTerms, lastGene []byte // the keys of the last row
	term                termsWord
	gene                geneWord
}

type termsWord struct {
	row    uint32
	beside bool // of a gene
}

type geneWord struct {
	gene uint32
	none bool // the row names no gene
}

func newColumnCaches() columnCaches {
	return columnCaches{terms: map[string]termsWord{}, genes: map[string]geneWord{}, views: map[string]uint32{}}
}

// info reads INFO: the rows of CSQ, and the values of the plan.
func (w *columnWorker) info(b []byte) bool {
	n := w.plan.values()
	clear(w.values[:n*w.alts])
	for i := range w.alts {
		a := &w.rows[i]
		a.genes, a.rows, a.last, a.seen = a.genes[:0], a.rows[:0], nil, false
	}
	if len(b) == 1 && b[0] == '.' {
		return true
	}
	w.stamp++
	for {
		field := b
		end := bytes.IndexByte(b, ';')
		if end >= 0 {
			field = b[:end]
		}
		if k := w.plan.key(field); k != nil {
			if w.stamps[k.index] == w.stamp {
				return false // given twice
			}
			w.stamps[k.index] = w.stamp
			if !w.infoField(k, field[len(k.name):]) {
				return false
			}
		}
		if end < 0 {
			return true
		}
		b = b[end+1:]
	}
}

// infoField takes a field of INFO, whose name is cut off.
func (w *columnWorker) infoField(k *planKey, b []byte) bool {
	if len(b) > 0 {
		b = b[1:] // the sign of equality
	}
	if noValue(b) {
		return true
	}
	switch k.action {
	case keyRows:
		return w.csq(b)
	case keyValue:
		return w.infoValue(k, b)
	case keyUnusual, keyCombined:
		return false
	case keyNoted:
	}
	return true
}

// infoValue gives each allele its value of an INFO field, as Record.infoOf and
// clinvarFields.text do.
func (w *columnWorker) infoValue(k *planKey, b []byte) bool {
	f := &w.plan.fields[int(k.value)-len(w.plan.columns)]
	n := w.plan.values()
	if f.whole {
		if w.alts > 1 || f.number == "R" {
			return false
		}
		w.values[k.value] = b
		return true
	}
	commas := bytes.Count(b, comma)
	if commas == 0 {
		if f.number != "R" && w.alts == 1 {
			w.values[k.value] = b
		}
		return true
	}
	first := 0
	switch have := commas + 1; {
	case f.number == "A" && have == w.alts:
	case f.number == "R" && have == w.alts+1:
		first = 1
	case f.number == "A" || f.number == "R":
		return true
	case f.number == "." && have == w.alts:
	default:
		return true
	}
	for i := 0; ; i++ {
		value, rest, more := bytes.Cut(b, comma)
		if i >= first {
			w.values[(i-first)*n+int(k.value)] = value
		}
		if !more {
			return true
		}
		b = rest
	}
}

var comma = []byte{','}

// csq reads the rows of CSQ.
func (w *columnWorker) csq(b []byte) bool {
	w.byNumber, w.bySpelling = false, false
	w.spellings()
	for {
		entry := b
		end := bytes.IndexByte(b, ',')
		if end >= 0 {
			entry = b[:end]
		}
		if !w.csqRow(entry) {
			return false
		}
		if end < 0 {
			return true
		}
		b = b[end+1:]
	}
}

// spellings writes the alleles of the line as Record.vepSpelling does.
func (w *columnWorker) spellings() {
	differ, alike := false, true
	for _, a := range w.alt[:w.alts] {
		if a[0] == '*' {
			differ = differ || len(w.ref) != 1
			continue
		}
		differ = differ || len(a) != len(w.ref)
		alike = alike && a[0] == w.ref[0]
	}
	for i, a := range w.alt[:w.alts] {
		w.spell[i] = a
		if differ && alike && a[0] != '*' {
			if w.spell[i] = a[1:]; len(a) == 1 {
				w.spell[i] = dash
			}
		}
	}
}

var dash = []byte{'-'}

// csqRow reads one row of CSQ.
func (w *columnWorker) csqRow(entry []byte) bool {
	var cells [rowCells][]byte
	at, column := 0, 0
	for _, s := range w.plan.steps {
		if at = skipBars(entry, at, s.column-column); at > len(entry) {
			break
		}
		column = s.column
		end := at + lengthOfCell(entry[at:])
		cells[s.cell] = entry[at:end]
		at = end
	}
	a := w.alleleOfRow(&cells)
	if a < 0 || w.byNumber && w.bySpelling {
		return false
	}
	w.wordsOf(&w.rows[a], &cells, entry)
	if len(w.plan.columns) == 0 {
		return true
	}
	first := w.plan.columns[0]
	if first < column || at > len(entry) {
		at, column = 0, 0
	}
	return w.valuesOf(a, entry, at, column)
}

// skipBars returns where the n-th bar from i on ends, and more than len(b) where
// there are fewer.
func skipBars(b []byte, i, n int) int {
	const ones, bars = 0x0101010101010101, 0x7c7c7c7c7c7c7c7c
	for n > 0 && i+8 <= len(b) {
		x := binary.LittleEndian.Uint64(b[i:]) ^ bars
		// The highest bit of each byte of x that is zero, and no other.
		m := ^((x&(ones*0x7f) + ones*0x7f) | x | ones*0x7f)
		if have := bits.OnesCount64(m); have < n {
			n -= have
			i += 8
			continue
		}
		for ; n > 1; n-- {
			m &= m - 1
		}
		return i + bits.TrailingZeros64(m)/8 + 1
	}
	for ; n > 0; i++ {
		if i >= len(b) {
			return len(b) + 1
		}
		if b[i] == '|' {
			n--
		}
	}
	return i
}

// lengthOfCell returns the length of the cell that b begins with.
func lengthOfCell(b []byte) int {
	if i := bytes.IndexByte(b, '|'); i >= 0 {
		return i
	}
	return len(b)
}

// alleleOfRow tells which ALT (0-based) a row is about, as Record.alleleOf does
// where every row fits one allele in VEP's spelling; -1 where it does not.
func (w *columnWorker) alleleOfRow(cells *[rowCells][]byte) int {
	if num := cells[cellAlleleNum]; len(num) > 0 {
		w.byNumber = true
		if len(num) == 1 && num[0] >= '1' && int(num[0]-'0') <= w.alts {
			return int(num[0] - '1')
		}
		return -1
	}
	w.bySpelling = true
	if !w.plan.layout.has(roleAllele) {
		return min(0, 1-w.alts)
	}
	found := -1
	for i, s := range w.spell[:w.alts] {
		if bytes.Equal(s, cells[cellAllele]) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// wordsOf adds the row's terms and gene to what the allele's rows say.
func (w *columnWorker) wordsOf(a *alleleRows, cells *[rowCells][]byte, entry []byte) {
	c := &w.caches
	key := append(append(append(c.key[:0], cells[cellTerms]...), '|'), cells[cellBiotype]...)
	if !bytes.Equal(key, c.lastTerms) {
		word, ok := c.terms[string(key)]
		if !ok {
			word = w.newTerms(key, entry)
		}
		c.term, c.lastTerms = word, append(c.lastTerms[:0], key...)
	}
	a.rows = summary.AddRow(a.rows, c.term.row)
	key = append(append(append(key[:0], cells[cellSymbol]...), '|'), cells[cellHGNC]...)
	key = append(append(key, '|'), cells[cellGene]...)
	c.key = key
	if len(key) == 2 {
		return
	}
	if !bytes.Equal(key, c.lastGene) {
		word, ok := c.genes[string(key)]
		if !ok {
			word = w.newGene(key, entry)
		}
		c.gene, c.lastGene = word, append(c.lastGene[:0], key...)
	}
	if !c.gene.none {
		a.genes = summary.AddGene(a.genes, c.gene.gene, c.term.beside)
	}
}

// consequence reads a row of CSQ the way of a Record.
func (w *columnWorker) consequence(entry []byte) review.Consequence {
	return row{layout: w.plan.layout, cols: strings.Split(string(entry), "|")}.consequence()
}

func (w *columnWorker) newTerms(key, entry []byte) termsWord {
	c := w.consequence(entry)
	word := termsWord{w.words.Row(c.Terms, c.Biotype), c.IsBeside()}
	w.caches.terms[string(key)] = word
	return word
}

func (w *columnWorker) newGene(key, entry []byte) geneWord {
	c := w.consequence(entry)
	word := geneWord{none: c.Symbol == "" && c.HGNC == "" && c.GeneID == ""}
	if !word.none {
		word.gene = w.words.Gene(c.Symbol, c.HGNC, c.GeneID)
	}
	w.caches.genes[string(key)] = word
	return word
}

// valuesOf takes the values of a row that the allele has not got yet; at is
// where the column begins, or the bar before the next one.
func (w *columnWorker) valuesOf(allele int, entry []byte, at, column int) bool {
	columns := w.plan.columns
	if at = skipBars(entry, at, columns[0]-column); at > len(entry) {
		return true
	}
	a := &w.rows[allele]
	// Values seldom differ between the rows of an allele.
	if n := len(a.last); a.seen && len(entry)-at >= n && bytes.Equal(entry[at:at+n], a.last) && (at+n == len(entry) || entry[at+n] == '|') {
		return true
	}
	begin := at
	values := w.values[allele*w.plan.values():]
	column = columns[0]
	for i, want := range columns {
		if at = skipBars(entry, at, want-column); at > len(entry) {
			a.seen = false
			return true
		}
		column = want
		end := at + lengthOfCell(entry[at:])
		cell := entry[at:end]
		at = end
		if noValue(cell) || values[i] != nil {
			continue
		}
		if isOddEdge(cell[0]) || isOddEdge(cell[len(cell)-1]) {
			return false
		}
		values[i] = cell
	}
	a.last, a.seen = entry[begin:at], true
	return true
}

// isOddEdge reports whether a cell that begins or ends with c may have blanks to
// take off.
func isOddEdge(c byte) bool { return c <= ' ' || c >= 0x7f }

// judge works out what the values of each allele come to, before any row is
// added, and reports false where one is not of the usual form.
func (w *columnWorker) judge() bool {
	for i := range w.alts {
		v := w.values[i*w.plan.values():]
		a := &w.come[i]
		var ok [3]bool
		a.freq, ok[0] = w.plan.frequency(v, w.minAN)
		a.splice, ok[1] = w.plan.splice(v)
		a.view, ok[2] = w.view(v)
		if !ok[0] || !ok[1] || !ok[2] {
			return false
		}
	}
	return true
}

// alleleOutcome is what the values of one allele come to.
type alleleOutcome struct {
	freq   float32
	splice uint8
	view   uint32
}

// annotate fills in the row of an allele (0-based).
func (w *columnWorker) annotate(allele int) {
	o, a := &w.come[allele], &w.rows[allele]
	w.row.Freq, w.row.Splice, w.row.Views = o.freq, o.splice, o.view
	w.row.Genes, w.row.Rows = w.words.GeneSet(a.genes), w.words.RowSet(a.rows)
}

// number reads a value: noCount where there is none; ok is false for text.
func (n planValue) number(v [][]byte) (x float64, has, ok bool) {
	if n < 0 || noValue(v[n]) {
		return 0, false, true
	}
	x, k := floatOf(v[n])
	return x, k == finite, k != notNumber
}

func (n planValue) count(v [][]byte) (x int, has, ok bool) {
	if n < 0 || noValue(v[n]) {
		return 0, false, true
	}
	x, ok = plainCount(v[n])
	return x, ok, ok
}

// frequency is fieldMap.frequency and FrequencyRule.Highest in one.
func (p *columnPlan) frequency(v [][]byte, minAN int) (float32, bool) {
	best, found := 0.0, false
	for i := range p.groups {
		af, has, ok := p.groups[i].value(v, minAN)
		if !ok {
			return 0, false
		}
		if has && (!found || af > best) {
			best, found = af, true
		}
	}
	if !found {
		return float32(math.NaN()), true
	}
	return float32(best), true
}

func (g *frequencyValues) value(v [][]byte, minAN int) (af float64, has, ok bool) {
	af, hasAF, ok1 := g.af.number(v)
	ac, hasAC, ok2 := g.ac.count(v)
	an, hasAN, ok3 := g.an.count(v)
	if !ok1 || !ok2 || !ok3 {
		return 0, false, false
	}
	hasAF = hasAF && af >= 0 && af <= 1
	switch {
	case hasAN && an < minAN:
		return 0, false, true
	case hasAF:
		return af, true, true
	case hasAC && hasAN && an > 0:
		return float64(ac) / float64(an), true, true
	}
	return 0, false, true
}

// splice is the highest delta of fieldMap.splice.
func (p *columnPlan) splice(v [][]byte) (cell uint8, ok bool) {
	cell = summary.NoSplice
	for _, d := range p.deltas {
		x, has, ok := d.number(v)
		if !ok {
			return cell, false
		}
		if !has || x < 0 || x > 1 {
			continue
		}
		if s := summary.SpliceOf(x); cell == summary.NoSplice || s > cell {
			cell = s
		}
	}
	if cell == summary.NoSplice && p.combined >= 0 && !noValue(v[p.combined]) {
		return cell, false
	}
	return cell, true
}

// view numbers what fieldMap.assertions comes to.
func (w *columnWorker) view(v [][]byte) (uint32, bool) {
	text := func(n planValue) []byte {
		if n < 0 {
			return nil
		}
		return v[n]
	}
	sig, status, old := text(w.plan.significance), text(w.plan.status), text(w.plan.old)
	if len(sig) == 0 && len(old) == 0 {
		return 0, true
	}
	c := &w.caches
	c.key = append(append(append(append(append(c.key[:0], sig...), '\t'), status...), '\t'), old...)
	n, ok := c.views[string(c.key)]
	if !ok {
		n = w.words.ViewOf(w.src.fields.opinion(decode(string(sig)), decode(string(status)), decode(string(old))))
		c.views[string(c.key)] = n
	}
	return n, true
}

// opinion judges ClinVar's texts as assertions does.
func (m *fieldMap) opinion(sig, status, old string) []review.Assertion {
	text := sig
	if text == "" {
		text = old
	}
	if text == "" {
		return nil
	}
	a := assertion(text, m.clinvar.date)
	if sig != "" && m.clinvar.status != nil {
		a.Review = status
		a.Stars = stars(status)
	}
	return []review.Assertion{a}
}
