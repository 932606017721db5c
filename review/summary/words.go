package summary

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
)

// Words numbers the consequence rows and opinions that one goroutine meets: few,
// for they say the same of many records. Numbers are its own: [Builder.Append]
// turns them into those of the Summary, in which they follow the order of the
// file.
type Words struct {
	vocabulary

	rowIDs  map[string]uint32
	rowSet  map[string]uint32
	viewIDs map[string]uint32

	lastRows lastSet

	key   []byte // scratch
	codes []uint32

	// known are the numbers in the Builder, plus one; only it touches them.
	known struct{ rows, rowSets, views []uint32 }
}

// vocabulary is what numbers stand for. It only ever grows, so that a copy of
// its slices stays good while the owner goes on.
type vocabulary struct {
	rows    []TxRow
	rowSets []string // four bytes for each row: its number
	views   []View
}

// NewWords returns empty Words, in which 0 is the empty set and the zero View.
func NewWords() *Words {
	return &Words{
		vocabulary: vocabulary{rowSets: []string{""}, views: []View{{}}},
		rowIDs:     map[string]uint32{}, rowSet: map[string]uint32{"": 0}, viewIDs: map[string]uint32{},
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

// NewRow gives a consequence row a number without a look at those that have one:
// for callers that remember what they asked for. The Builder takes the same row
// under two numbers for one. It keeps copies of the texts.
func (w *Words) NewRow(terms []string, biotype string) uint32 {
	r := TxRow{Terms: make([]string, len(terms)), Biotype: strings.Clone(biotype)}
	for i, t := range terms {
		r.Terms[i] = strings.Clone(t)
	}
	w.rows = append(w.rows, r)
	return uint32(len(w.rows) - 1)
}

func (w *Words) row(terms []string, biotype string) uint32 {
	w.key = appendText(appendText(w.key[:0], biotype), terms...)
	n, ok := w.rowIDs[string(w.key)]
	if !ok {
		n = w.NewRow(terms, biotype)
		w.rowIDs[string(w.key)] = n
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

// RowSet returns the number of a set that AddRow made.
func (w *Words) RowSet(set []uint32) uint32 {
	return w.lastRows.number(set, func() uint32 { return w.number(w.rowSet, &w.rowSets, set) })
}

// lastSet remembers a set and its number: neighbours often have the same.
type lastSet struct {
	set []uint32
	n   uint32
}

func (l *lastSet) number(set []uint32, find func() uint32) uint32 {
	if !slices.Equal(l.set, set) {
		l.n, l.set = find(), append(l.set[:0], set...)
	}
	return l.n
}

func (w *Words) number(ids map[string]uint32, sets *[]string, set []uint32) uint32 {
	if len(set) == 0 {
		return 0
	}
	w.key = appendCodes(w.key[:0], set)
	return number(ids, sets, w.key)
}

func appendCodes(key []byte, codes []uint32) []byte {
	for _, code := range codes {
		key = binary.LittleEndian.AppendUint32(key, code)
	}
	return key
}

func leUint32(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
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

func (w *Words) rowsOf(rows []review.Consequence) uint32 {
	set := w.codes[:0]
	for i := range rows {
		set = AddRow(set, w.row(rows[i].Terms, rows[i].Biotype))
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
