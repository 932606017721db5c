package summary

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
)

// Words numbers the genes, consequence rows and opinions that one goroutine
// meets. Numbers are its own: [Builder.Append] turns them into those of the
// Summary, in which they follow the order of the file.
type Words struct {
	vocabulary

	geneIDs map[string]uint32 // of genes, by their parts
	geneSet map[string]uint32 // of geneSets
	rowIDs  map[string]uint32
	rowSet  map[string]uint32
	viewIDs map[string]uint32

	key   []byte // scratch
	codes []uint32

	// known are the numbers in the Builder, plus one; only it touches them.
	known struct{ genes, geneSets, rows, rowSets, views []uint32 }
}

// vocabulary is what numbers stand for. It only ever grows, so that a copy of
// its slices stays good while the owner goes on.
type vocabulary struct {
	genes    []Gene   // without Beside
	geneSets []string // four bytes for each gene, see AddGene
	rows     []TxRow
	rowSets  []string // four bytes for each row: its number
	views    []View
}

// NewWords returns empty Words, in which 0 is the empty set and the zero View.
func NewWords() *Words {
	return &Words{
		vocabulary: vocabulary{geneSets: []string{""}, rowSets: []string{""}, views: []View{{}}},
		geneIDs:    map[string]uint32{}, geneSet: map[string]uint32{"": 0},
		rowIDs: map[string]uint32{}, rowSet: map[string]uint32{"": 0}, viewIDs: map[string]uint32{},
	}
}

// appendText appends texts with their lengths, so that no two lists of texts make
// the same key.
func appendText(key []byte, texts ...string) []byte {
	for _, t := range texts {
		key = append(binary.AppendUvarint(key, uint64(len(t))), t...)
	}
	return key
}

// Gene returns the number of a gene. It keeps copies of the texts.
func (w *Words) Gene(symbol, hgnc, id string) uint32 {
	w.key = appendText(w.key[:0], symbol, hgnc, id)
	n, ok := w.geneIDs[string(w.key)]
	if !ok {
		n = uint32(len(w.genes))
		w.geneIDs[string(w.key)] = n
		w.genes = append(w.genes, Gene{Symbol: strings.Clone(symbol), HGNC: strings.Clone(hgnc), ID: strings.Clone(id)})
	}
	return n
}

// Row returns the number of a consequence row. It keeps copies of the texts.
func (w *Words) Row(terms []string, biotype string) uint32 {
	w.key = appendText(appendText(w.key[:0], biotype), terms...)
	n, ok := w.rowIDs[string(w.key)]
	if !ok {
		n = uint32(len(w.rows))
		w.rowIDs[string(w.key)] = n
		r := TxRow{Terms: make([]string, len(terms)), Biotype: strings.Clone(biotype)}
		for i, t := range terms {
			r.Terms[i] = strings.Clone(t)
		}
		w.rows = append(w.rows, r)
	}
	return n
}

// AddGene adds a gene (its number) to a set, or lets a row inside the gene
// outweigh those beside it. A code is the number times two, plus one for Beside.
func AddGene(set []uint32, gene uint32, beside bool) []uint32 {
	code := gene << 1
	if beside {
		code |= 1
	}
	for i, have := range set {
		if have>>1 == gene {
			set[i] = have & code
			return set
		}
	}
	return append(set, code)
}

// AddRow adds a row (its number) to a set, once.
func AddRow(set []uint32, row uint32) []uint32 {
	if slices.Contains(set, row) {
		return set
	}
	return append(set, row)
}

// GeneSet returns the number of a set that AddGene made.
func (w *Words) GeneSet(set []uint32) uint32 { return w.number(w.geneSet, &w.geneSets, set) }

// RowSet returns the number of a set that AddRow made.
func (w *Words) RowSet(set []uint32) uint32 { return w.number(w.rowSet, &w.rowSets, set) }

func (w *Words) number(ids map[string]uint32, sets *[]string, set []uint32) uint32 {
	if len(set) == 0 {
		return 0
	}
	w.key = w.key[:0]
	for _, code := range set {
		w.key = binary.LittleEndian.AppendUint32(w.key, code)
	}
	return number(ids, sets, w.key)
}

// number returns the number of a set, which is its own key.
func number(ids map[string]uint32, sets *[]string, key []byte) uint32 {
	n, ok := ids[string(key)]
	if !ok {
		n = uint32(len(*sets))
		*sets = append(*sets, string(key))
		ids[(*sets)[n]] = n
	}
	return n
}

// genesOf returns the number of the set of genes that rows name, in the order in
// which they first do. A row that names none adds none.
func (w *Words) genesOf(rows []review.Consequence) uint32 {
	set := w.codes[:0]
	for i := range rows {
		c := &rows[i]
		if c.Symbol != "" || c.HGNC != "" || c.GeneID != "" {
			set = AddGene(set, w.Gene(c.Symbol, c.HGNC, c.GeneID), c.IsBeside())
		}
	}
	w.codes = set
	return w.GeneSet(set)
}

func (w *Words) rowsOf(rows []review.Consequence) uint32 {
	set := w.codes[:0]
	for i := range rows {
		set = AddRow(set, w.Row(rows[i].Terms, rows[i].Biotype))
	}
	w.codes = set
	return w.RowSet(set)
}

// ViewOf returns the number of what opinions come to. It keeps copies of the
// texts.
func (w *Words) ViewOf(as []review.Assertion) uint32 {
	if len(as) == 0 {
		return 0
	}
	v := ViewOf(as)
	w.key = v.appendKey(w.key[:0])
	n, ok := w.viewIDs[string(w.key)]
	if !ok {
		n = uint32(len(w.views))
		w.viewIDs[string(w.key)] = n
		for i, s := range v.Significances {
			v.Significances[i] = strings.Clone(s)
		}
		w.views = append(w.views, v)
	}
	return n
}

func (v *View) appendKey(key []byte) []byte {
	for _, b := range []bool{v.Any, v.Pathogenic, v.Conflicting} {
		key = strconv.AppendBool(key, b)
	}
	return appendText(strconv.AppendInt(key, int64(v.Stars), 10), v.Significances...)
}

// ViewOf returns what opinions come to; of none, the zero View.
func ViewOf(as []review.Assertion) View {
	if len(as) == 0 {
		return View{}
	}
	v := View{Any: true, Stars: -1}
	for i := range as {
		a := &as[i]
		v.Pathogenic = v.Pathogenic || a.Pathogenic
		v.Conflicting = v.Conflicting || a.Conflicting
		if a.Stars != nil {
			v.Stars = max(v.Stars, *a.Stars)
		}
		if !slices.Contains(v.Significances, a.Significance) {
			v.Significances = append(v.Significances, a.Significance)
		}
	}
	return v
}
