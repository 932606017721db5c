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

	key []byte // scratch
	set []byte

	// known are the numbers in the Builder, plus one; only it touches them.
	known struct{ genes, geneSets, rows, rowSets, views []uint32 }
}

// vocabulary is what numbers stand for. It only ever grows, so that a copy of
// its slices stays good while the owner goes on.
type vocabulary struct {
	genes    []Gene   // without Beside
	geneSets []string // four bytes for each gene: its number times two, plus one for Beside
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

const sep = 0x1f // between the parts of a key; in no text of a VCF

func appendParts(key []byte, parts ...string) []byte {
	for _, p := range parts {
		key = append(append(key, p...), sep)
	}
	return key
}

// gene returns the number of a gene.
func (w *Words) gene(symbol, hgnc, id string) uint32 {
	w.key = appendParts(w.key[:0], symbol, hgnc, id)
	n, ok := w.geneIDs[string(w.key)]
	if !ok {
		n = uint32(len(w.genes))
		w.geneIDs[string(w.key)] = n
		w.genes = append(w.genes, Gene{Symbol: strings.Clone(symbol), HGNC: strings.Clone(hgnc), ID: strings.Clone(id)})
	}
	return n
}

func (w *Words) row(terms []string, biotype string) uint32 {
	w.key = appendParts(appendParts(w.key[:0], terms...), "", biotype)
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

// addGene adds a gene to the set that is being made, or lets a row inside the
// gene outweigh those beside it.
func (w *Words) addGene(gene uint32, beside bool) {
	code := gene << 1
	if beside {
		code |= 1
	}
	for i := 0; i < len(w.set); i += 4 {
		have := binary.LittleEndian.Uint32(w.set[i:])
		if have>>1 == gene {
			binary.LittleEndian.PutUint32(w.set[i:], have&code)
			return
		}
	}
	w.set = binary.LittleEndian.AppendUint32(w.set, code)
}

// addRow adds a row to the set that is being made, once.
func (w *Words) addRow(row uint32) {
	for i := 0; i < len(w.set); i += 4 {
		if binary.LittleEndian.Uint32(w.set[i:]) == row {
			return
		}
	}
	w.set = binary.LittleEndian.AppendUint32(w.set, row)
}

// genesOf returns the number of the set of genes that rows name, in the order in
// which they first do. A row that names none adds none.
func (w *Words) genesOf(rows []review.Consequence) uint32 {
	w.set = w.set[:0]
	for i := range rows {
		c := &rows[i]
		if c.Symbol != "" || c.HGNC != "" || c.GeneID != "" {
			w.addGene(w.gene(c.Symbol, c.HGNC, c.GeneID), c.IsBeside())
		}
	}
	return number(w.geneSet, &w.geneSets, w.set)
}

func (w *Words) rowsOf(rows []review.Consequence) uint32 {
	w.set = w.set[:0]
	for i := range rows {
		w.addRow(w.row(rows[i].Terms, rows[i].Biotype))
	}
	return number(w.rowSet, &w.rowSets, w.set)
}

// viewOf returns the number of what the opinions come to.
func (w *Words) viewOf(as []review.Assertion) uint32 {
	if len(as) == 0 {
		return 0
	}
	return w.view(ViewOf(as))
}

func (w *Words) view(v View) uint32 {
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
	return appendParts(strconv.AppendInt(key, int64(v.Stars), 10), v.Significances...)
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
