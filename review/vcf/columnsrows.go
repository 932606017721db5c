package vcf

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"garrod/review"
	"garrod/review/summary"
)

// columnCaches turn text as written into what it comes to, which is worked out
// the way of a Record the first time.
type columnCaches struct {
	terms map[string]termsWord
	views map[string]uint32
	key   []byte

	// What rows said lately: neighbours lie in the same genes.
	lateTerms [lately]lateTerms
	lateGenes [lately]lateGene
}

// lately is how many words are kept at hand: enough for the rows of some records.
const lately = 512

type lateTerms struct {
	terms, biotype []byte
	word           termsWord
	known          bool
}

type lateGene struct {
	symbol, gene, hgnc []byte
	word               geneWord
	part               int64 // that word.gene is a number of
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
	return columnCaches{terms: map[string]termsWord{}, views: map[string]uint32{}}
}

// slotOf finds a place among what was said lately by the end of a text, where
// names and numbers differ.
func slotOf(b []byte) int {
	h := uint64(len(b))
	if len(b) >= 8 {
		h ^= binary.LittleEndian.Uint64(b[len(b)-8:])
	} else {
		for _, c := range b {
			h = h<<8 | uint64(c)
		}
	}
	return int(h * 0x9E3779B97F4A7C15 >> 48 % lately)
}

// info reads INFO: the rows of CSQ, and the values of the plan.
func (w *columnWorker) info(b []byte) bool {
	w.forget()
	for i := range w.alts {
		w.combined[i] = summary.NoSplice
	}
	if n, columns := w.plan.values(), len(w.plan.columns); n > columns {
		for i := range w.alts {
			clear(w.values[i*n+columns : (i+1)*n])
		}
	}
	if len(b) == 1 && b[0] == '.' {
		return true
	}
	w.stamp++
	for {
		field := b
		end := indexNear(b, ';')
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
	case keyCombined:
		return w.spliceField(b)
	case keyUnusual:
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

// spliceField reads SpliceAI's answer in one field as spliceFields.fromCombined
// does: ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL and four places, for each gene.
func (w *columnWorker) spliceField(b []byte) bool {
	for more := true; more; {
		var entry []byte
		entry, b, more = bytes.Cut(b, comma)
		allele := slices.IndexFunc(w.alt[:w.alts], func(alt []byte) bool {
			return len(entry) > len(alt) && entry[len(alt)] == '|' && bytes.HasPrefix(entry, alt)
		})
		if allele < 0 || bytes.Count(entry, bar) != 9 || bytes.Contains(entry, bars) || bytes.IndexByte(entry, '&') >= 0 || entry[len(entry)-1] == '|' {
			return false
		}
		at := skipBars(entry, 0, 2)
		for range 4 {
			end := nextBar(entry, at)
			if x, k := floatOf(entry[at:end]); isUnit(x, k) {
				w.combined[allele] = higherSplice(w.combined[allele], summary.SpliceOf(x))
			}
			at = end + 1
		}
	}
	return true
}

var bar, bars = []byte{'|'}, []byte("||")

// higherSplice returns the higher of two cells of Splice.
func higherSplice(a, b uint8) uint8 {
	if a == summary.NoSplice || b != summary.NoSplice && b > a {
		return b
	}
	return a
}

// csq reads the rows of CSQ. Most often every row is about one allele as VEP
// writes it, and no other way can be better; else the way is chosen as
// Record.spellingOf does, and rows about no allele are passed over.
func (w *columnWorker) csq(b []byte) bool {
	w.strict, w.lost = true, 0
	w.spellings(spelledByVEP)
	ok, other := w.csqRows(b)
	if ok || !other {
		return ok
	}
	best, most := spelledByVEP, -1
	for way := spelledByVEP; way <= spelledLeast; way++ {
		w.spellings(way)
		fits, plain := w.fits(b)
		if !plain {
			return false
		}
		if fits > most {
			best, most = way, fits
		}
	}
	w.forget()
	w.strict = false
	w.spellings(best)
	ok, _ = w.csqRows(b)
	return ok
}

// csqRows reads the rows. other tells that one is about no allele as they are
// written.
func (w *columnWorker) csqRows(b []byte) (ok, other bool) {
	for {
		entry, rest, more := cutRow(b)
		if ok, other = w.csqRow(entry); !ok || !more {
			return ok, other
		}
		b = rest
	}
}

func cutRow(b []byte) (entry, rest []byte, more bool) {
	if end := bytes.IndexByte(b, ','); end >= 0 {
		return b[:end], b[end+1:], true
	}
	return b, nil, false
}

// fits counts the rows that are about one allele as they are written; plain is
// false where an Allele column has anything but bases, "*" and "-" in it.
func (w *columnWorker) fits(b []byte) (n int, plain bool) {
	column := w.plan.layout.roles[roleAllele]
	for {
		entry, rest, more := cutRow(b)
		cell := entry
		if column > 0 {
			cell = entry[min(skipBars(entry, 0, column), len(entry)):]
		}
		cell = cell[:nextBar(cell, 0)]
		for _, c := range cell {
			if !isPlainBase[c&^0x20] && c != '*' && c != '-' {
				return 0, false
			}
		}
		if w.spelled(cell) >= 0 {
			n++
		}
		if !more {
			return n, true
		}
		b = rest
	}
}

// forget takes away what rows said.
func (w *columnWorker) forget() {
	w.byNumber, w.bySpelling = false, false
	n, columns := w.plan.values(), len(w.plan.columns)
	for i := range w.alts {
		a := &w.rows[i]
		a.genes, a.rows, a.last, a.seen = a.genes[:0], a.rows[:0], nil, false
		clear(w.values[i*n : i*n+columns])
	}
}

// The ways of writing alleles, see Record.spellingOf.
const (
	spelledByVEP = iota
	spelledAsIs
	spelledLeast
)

// spellings writes the alleles of the line in one of the ways.
func (w *columnWorker) spellings(way int) {
	if way == spelledByVEP && !w.vepCuts() {
		way = spelledAsIs
	}
	for i, a := range w.alt[:w.alts] {
		switch {
		case way == spelledAsIs || a[0] == '*':
		case way == spelledByVEP:
			a = a[1:]
		default:
			_, ref, least := trimmed(0, w.ref, a)
			if len(ref) != len(least) && ref[0] == least[0] {
				least = least[1:]
			}
			a = least
		}
		if len(a) == 0 {
			a = dash
		}
		w.spell[i] = a
	}
	if way == spelledLeast {
		for i, a := range w.alt[:w.alts] {
			if a[0] == '*' {
				w.spell[i] = nil // no row is about it
			}
		}
	}
}

// vepCuts reports whether Record.vepSpelling takes off the first base.
func (w *columnWorker) vepCuts() bool {
	differ, alike := false, true
	for _, a := range w.alt[:w.alts] {
		if a[0] == '*' {
			differ = differ || len(w.ref) != 1
			continue
		}
		differ = differ || len(a) != len(w.ref)
		alike = alike && a[0] == w.ref[0]
	}
	return differ && alike
}

var dash = []byte{'-'}

// csqRow reads one row of CSQ. other tells that it is about no allele as they are
// written.
func (w *columnWorker) csqRow(entry []byte) (ok, other bool) {
	var cells [rowCells][]byte
	at, column := 0, 0
	for _, s := range w.plan.steps {
		switch n := s.column - column; n {
		case 0:
		case 1:
			at++
		default:
			at = skipBars(entry, at, n)
		}
		if at > len(entry) {
			break
		}
		column = s.column
		end := nextBar(entry, at)
		cells[s.cell] = entry[at:end]
		at = end
	}
	a := w.alleleOfRow(&cells)
	switch {
	case w.byNumber && w.bySpelling:
		return false, false
	case a < 0 && (w.strict || w.byNumber):
		return false, !w.byNumber && w.plan.named
	case a < 0:
		w.lost++
		return true, false
	}
	w.wordsOf(&w.rows[a], &cells)
	if len(w.plan.columns) == 0 {
		return true, false
	}
	first := w.plan.columns[0]
	if first < column || at > len(entry) {
		at, column = 0, 0
	}
	return w.valuesOf(a, entry, at, column), false
}

// Eight bytes at a time: words that repeat a byte.
const (
	eachByte = 0x0101010101010101
	eachBar  = '|' * eachByte
	lowBits  = 0x7f * eachByte
	highBits = 0x80 * eachByte
)

// noBars has the highest bit of each of eight bytes that is not a bar.
func noBars(b []byte) uint64 {
	x := binary.LittleEndian.Uint64(b) ^ eachBar
	return (x&lowBits + lowBits | x) & highBits
}

// skipBars returns where the n-th bar from i on ends, and more than len(b) where
// there are fewer.
func skipBars(b []byte, i, n int) int {
	for n > 4 && i+32 <= len(b) {
		c := b[i : i+32]
		sum := noBars(c)>>7 + noBars(c[8:])>>7 + noBars(c[16:])>>7 + noBars(c[24:])>>7
		have := 32 - int(sum*eachByte>>56)
		if have >= n {
			break
		}
		n -= have
		i += 32
	}
	for ; i+8 <= len(b); i += 8 {
		m := noBars(b[i:]) ^ highBits
		if m == 0 {
			continue
		}
		for ; n > 1 && m != 0; n-- {
			m &= m - 1
		}
		if m != 0 {
			return i + bits.TrailingZeros64(m)>>3 + 1
		}
	}
	for ; i < len(b); i++ {
		if b[i] == '|' {
			if n--; n == 0 {
				return i + 1
			}
		}
	}
	return len(b) + 1
}

// nextBar returns where the next bar from i on is, len(b) where there is none.
func nextBar(b []byte, i int) int {
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:]) ^ eachBar
		// The lowest bit that is set is that of the first bar.
		if m := (x - eachByte) &^ x & highBits; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for ; i < len(b) && b[i] != '|'; i++ {
	}
	return i
}

// indexNear is bytes.IndexByte for what is most often near.
func indexNear(b []byte, c byte) int {
	const near = 32
	pattern, i := uint64(c)*eachByte, 0
	for ; i < near && i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:]) ^ pattern
		if m := (x - eachByte) &^ x & highBits; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	if k := bytes.IndexByte(b[i:], c); k >= 0 {
		return i + k
	}
	return -1
}

// alleleOfRow tells which ALT (0-based) a row is about, as Record.alleleOf does;
// -1 where it cannot be told.
func (w *columnWorker) alleleOfRow(cells *[rowCells][]byte) int {
	if num := cells[cellAlleleNum]; len(num) > 0 {
		w.byNumber = true
		if len(num) == 1 && num[0] >= '1' && int(num[0]-'0') <= w.alts {
			return int(num[0] - '1')
		}
		return -1
	}
	w.bySpelling = true
	if !w.plan.named {
		return min(0, 1-w.alts)
	}
	return w.spelled(cells[cellAllele])
}

// spelled returns the only allele (0-based) that is written so, -1 for none and
// where several are.
func (w *columnWorker) spelled(cell []byte) int {
	found := -1
	if len(cell) == 0 {
		return found
	}
	for i, s := range w.spell[:w.alts] {
		if bytes.Equal(s, cell) || !w.strict && bytes.EqualFold(s, cell) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// wordsOf adds the row's terms and gene to what the allele's rows say.
func (w *columnWorker) wordsOf(a *alleleRows, cells *[rowCells][]byte) {
	t := &w.caches.lateTerms[slotOf(cells[cellTerms])^len(cells[cellBiotype])%lately]
	if !t.known || !bytes.Equal(t.terms, cells[cellTerms]) || !bytes.Equal(t.biotype, cells[cellBiotype]) {
		w.findTerms(t, cells)
	}
	a.rows = summary.AddRow(a.rows, t.word.row)
	if len(cells[cellSymbol])|len(cells[cellGene])|len(cells[cellHGNC]) == 0 {
		return
	}
	name := cells[cellGene]
	if len(name) == 0 {
		name = cells[cellSymbol]
	}
	g := &w.caches.lateGenes[slotOf(name)]
	if g.part != w.parts || !bytes.Equal(g.gene, cells[cellGene]) || !bytes.Equal(g.symbol, cells[cellSymbol]) || !bytes.Equal(g.hgnc, cells[cellHGNC]) {
		w.findGene(g, cells)
	}
	if !g.word.none {
		a.genes = summary.AddGene(a.genes, g.word.gene, t.word.beside)
	}
}

// findTerms looks the row's terms up, or takes them up, and keeps them at hand.
func (w *columnWorker) findTerms(t *lateTerms, cells *[rowCells][]byte) {
	c := &w.caches
	c.key = append(append(append(c.key[:0], cells[cellTerms]...), '|'), cells[cellBiotype]...)
	word, ok := c.terms[string(c.key)]
	if !ok {
		said := w.rowOf(cells).consequence()
		word = termsWord{w.words.NewRow(said.Terms, said.Biotype), said.IsBeside()}
		c.terms[string(c.key)] = word
	}
	t.terms = append(t.terms[:0], cells[cellTerms]...)
	t.biotype = append(t.biotype[:0], cells[cellBiotype]...)
	t.word, t.known = word, true
}

// findGene gives the row's gene a number in the part, and keeps it at hand.
func (w *columnWorker) findGene(g *lateGene, cells *[rowCells][]byte) {
	g.symbol = append(g.symbol[:0], cells[cellSymbol]...)
	g.gene = append(g.gene[:0], cells[cellGene]...)
	g.hgnc = append(g.hgnc[:0], cells[cellHGNC]...)
	g.part = w.parts
	if isPlainText(g.symbol) && isPlainText(g.gene) && isPlainHGNC(g.hgnc) {
		g.word = geneWord{gene: w.part.Gene(g.symbol, g.hgnc, g.gene)}
		return
	}
	r := w.rowOf(cells)
	symbol, hgnc, id := r.get(roleSymbol), hgncID(r.get(roleHGNC)), r.get(roleGene)
	if g.word.none = symbol == "" && hgnc == "" && id == ""; !g.word.none {
		g.word.gene = w.part.Gene([]byte(symbol), []byte(hgnc), []byte(id))
	}
}

// isPlainText reports whether a cell says what is written (see row.at).
func isPlainText(b []byte) bool {
	return len(b) == 0 || !isOddEdge(b[0]) && !isOddEdge(b[len(b)-1]) && !noValue(b) && bytes.IndexByte(b, '%') < 0
}

// isPlainHGNC reports whether a cell is as hgncID writes it.
func isPlainHGNC(b []byte) bool {
	digits, ok := bytes.CutPrefix(b, hgncPrefix)
	if len(b) == 0 {
		return true
	}
	for _, c := range digits {
		ok = ok && c-'0' <= 9
	}
	return ok && len(digits) > 0
}

var hgncPrefix = []byte("HGNC:")

// rowOf makes a row of the cells as a Record does.
func (w *columnWorker) rowOf(cells *[rowCells][]byte) row {
	for _, s := range w.plan.steps {
		for len(w.cols) <= s.column {
			w.cols = append(w.cols, "")
		}
		w.cols[s.column] = string(cells[s.cell])
	}
	return row{layout: w.plan.layout, cols: w.cols}
}

// valuesOf takes the values of a row that the allele has not got yet; at is
// where the column begins, or the bar before the next one.
func (w *columnWorker) valuesOf(allele int, entry []byte, at, column int) bool {
	columns := w.plan.columns
	if columns[0] > column {
		at = skipBars(entry, at, columns[0]-column)
	}
	if at > len(entry) {
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
		if want > column {
			at = skipBars(entry, at, want-column)
		}
		if at > len(entry) {
			a.seen = false
			return true
		}
		column = want
		end := nextBar(entry, at)
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
		if a.splice, ok[1] = w.plan.splice(v); a.splice == summary.NoSplice {
			a.splice = w.combined[i]
		}
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
	w.row.Genes, w.row.Rows = a.genes, w.words.RowSet(a.rows)
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
	if g.ac < 0 && g.an < 0 {
		af, has, ok = g.af.number(v)
		return af, has && af >= 0 && af <= 1, ok
	}
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
		cell = higherSplice(cell, summary.SpliceOf(x))
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
