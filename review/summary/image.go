package summary

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// image is a Summary taken apart into columns of plain numbers and bytes, as its
// file holds them.
type image struct {
	text      []byte   // every different text, one behind the other
	textSizes []uint32 // of each text; text 0 is empty

	genes     []uint32 // three texts for each gene: symbol, HGNC ID, other ID
	geneSets  []uint32 // of each set its genes, each times two, plus one for Beside
	geneSizes []uint32 // genes of each set
	rows      []uint32 // of each row: text of its biotype, number of terms, texts of its terms
	rowSets   []uint32 // of each set its rows by their number
	rowSizes  []uint32
	views     []byte // JSON

	// freqs are the different frequencies, as the bits of float32, where they are
	// few: the column then holds their places. It is empty where there are many.
	freqs   []uint32
	freqIDs map[uint32]uint32

	long     longAlleles // At is not stored: it follows from Text
	at       []uint32
	from     []uint32 // the first row of each chunk
	sizes    []uint32 // blocks of each chunk
	blocksLo []uint32 // where each block starts, the lower and the upper half
	blocksHi []uint32
}

// textTable numbers texts.
type textTable struct {
	ids   map[string]uint32
	image *image
}

func (t *textTable) id(s string) uint32 {
	n, ok := t.ids[s]
	if !ok {
		n = uint32(len(t.image.textSizes))
		t.ids[s] = n
		t.image.text = append(t.image.text, s...)
		t.image.textSizes = append(t.image.textSizes, uint32(len(s)))
	}
	return n
}

// imageOf takes a Summary apart.
func imageOf(s *Summary) (*image, error) {
	m := &image{long: s.long, at: s.places.At}
	texts := &textTable{map[string]uint32{}, m}
	texts.id("")
	m.takeGenes(s.GeneSets, texts)
	m.takeRows(s.RowSets, texts)
	m.takeFreqs(s.Freq)
	views, err := json.Marshal(s.ViewSets)
	if err != nil {
		return nil, fmt.Errorf("write views: %w", err)
	}
	m.views = views
	for _, c := range s.places.Chunks {
		m.from = append(m.from, uint32(c.From))
		m.sizes = append(m.sizes, uint32(len(c.Blocks)))
		for _, b := range c.Blocks {
			m.blocksLo = append(m.blocksLo, uint32(b))
			m.blocksHi = append(m.blocksHi, uint32(uint64(b)>>32))
		}
	}
	return m, nil
}

func (m *image) takeGenes(sets [][]Gene, texts *textTable) {
	ids := map[Gene]uint32{}
	for _, set := range sets {
		m.geneSizes = append(m.geneSizes, uint32(len(set)))
		for _, g := range set {
			code := uint32(0)
			if g.Beside {
				code = 1
			}
			g.Beside = false
			n, ok := ids[g]
			if !ok {
				n = uint32(len(ids))
				ids[g] = n
				m.genes = append(m.genes, texts.id(g.Symbol), texts.id(g.HGNC), texts.id(g.ID))
			}
			m.geneSets = append(m.geneSets, n<<1|code)
		}
	}
}

// fewFreqs is how many different frequencies are listed at most: data sets give
// them to a few digits.
const fewFreqs = 1 << 16

func (m *image) takeFreqs(freqs []float32) {
	m.freqIDs = map[uint32]uint32{}
	for _, f := range freqs {
		m.freqIDs[math.Float32bits(f)] = 0
		if len(m.freqIDs) > fewFreqs {
			m.freqIDs = nil
			return
		}
	}
	m.freqs = slices.Sorted(maps.Keys(m.freqIDs))
	for i, bits := range m.freqs {
		m.freqIDs[bits] = uint32(i)
	}
}

func (m *image) takeRows(sets [][]TxRow, texts *textTable) {
	ids := map[string]uint32{}
	var key []byte
	for _, set := range sets {
		m.rowSizes = append(m.rowSizes, uint32(len(set)))
		for _, r := range set {
			key = appendText(appendText(key[:0], r.Biotype), r.Terms...)
			n, ok := ids[string(key)]
			if !ok {
				n = uint32(len(ids))
				ids[string(key)] = n
				m.rows = append(m.rows, texts.id(r.Biotype), uint32(len(r.Terms)))
				for _, t := range r.Terms {
					m.rows = append(m.rows, texts.id(t))
				}
			}
			m.rowSets = append(m.rowSets, n)
		}
	}
}

var errImage = errors.New("its parts do not fit together")

// putTogether makes the dictionaries and places of s, whose columns are there
// already, and holds every number against what it stands for, so that no use of
// the Summary can fail.
func (m *image) putTogether(s *Summary) error {
	texts, err := m.texts()
	if err != nil {
		return err
	}
	if s.GeneSets, err = m.geneContent(texts); err != nil {
		return err
	}
	if s.RowSets, err = m.rowContent(texts); err != nil {
		return err
	}
	if err := json.Unmarshal(m.views, &s.ViewSets); err != nil {
		return fmt.Errorf("read views: %w", err)
	}
	if err := m.putPlaces(s); err != nil {
		return err
	}
	if err := m.putLong(s); err != nil {
		return err
	}
	return s.check()
}

// texts cuts the text; all texts share its memory.
func (m *image) texts() ([]string, error) {
	all, out, at := string(m.text), make([]string, len(m.textSizes)), 0
	for i, size := range m.textSizes {
		if int(size) > len(all)-at {
			return nil, errImage
		}
		out[i] = all[at : at+int(size)]
		at += int(size)
	}
	if at != len(all) || len(out) == 0 || out[0] != "" {
		return nil, errImage
	}
	return out, nil
}

func (m *image) geneContent(texts []string) ([][]Gene, error) {
	if len(m.genes)%3 != 0 || slices.ContainsFunc(m.genes, func(n uint32) bool { return int(n) >= len(texts) }) {
		return nil, errImage
	}
	all := make([]Gene, len(m.geneSets))
	for i, code := range m.geneSets {
		n := int(code>>1) * 3
		if n >= len(m.genes) {
			return nil, errImage
		}
		all[i] = Gene{texts[m.genes[n]], texts[m.genes[n+1]], texts[m.genes[n+2]], code&1 == 1}
	}
	return cutSets(all, m.geneSizes)
}

func (m *image) rowContent(texts []string) ([][]TxRow, error) {
	var rows []TxRow
	for at := m.rows; len(at) > 0; {
		if len(at) < 2 || int(at[1]) > len(at)-2 {
			return nil, errImage
		}
		words := at[2 : 2+at[1]]
		if int(at[0]) >= len(texts) || slices.ContainsFunc(words, func(n uint32) bool { return int(n) >= len(texts) }) {
			return nil, errImage
		}
		r := TxRow{Biotype: texts[at[0]], Terms: make([]string, len(words))}
		for i, n := range words {
			r.Terms[i] = texts[n]
		}
		rows = append(rows, r)
		at = at[2+len(words):]
	}
	all := make([]TxRow, len(m.rowSets))
	for i, n := range m.rowSets {
		if int(n) >= len(rows) {
			return nil, errImage
		}
		all[i] = rows[n]
	}
	return cutSets(all, m.rowSizes)
}

// cutSets cuts all into sets of the sizes.
func cutSets[T any](all []T, sizes []uint32) ([][]T, error) {
	sets := make([][]T, len(sizes))
	for i, size := range sizes {
		if int(size) > len(all) {
			return nil, errImage
		}
		sets[i], all = all[:size:size], all[size:]
	}
	if len(all) > 0 {
		return nil, errImage
	}
	return sets, nil
}

func (m *image) putPlaces(s *Summary) error {
	p := &s.places
	p.At = m.at
	lo, hi := m.blocksLo, m.blocksHi
	if len(lo) != len(hi) || len(m.from) != len(m.sizes) || (len(m.from) == 0) != (s.Len() == 0) {
		return errImage
	}
	for i, size := range m.sizes {
		if int(size) > len(lo) || size == 0 || size > maxBlocks {
			return errImage
		}
		c := chunk{From: int(m.from[i]), Blocks: make([]int64, size)}
		for k := range c.Blocks {
			c.Blocks[k] = int64(uint64(hi[k])<<32 | uint64(lo[k]))
		}
		lo, hi = lo[size:], hi[size:]
		p.Chunks = append(p.Chunks, c)
	}
	if len(lo) > 0 {
		return errImage
	}
	for i, c := range p.Chunks {
		to := len(p.At)
		if i+1 < len(p.Chunks) {
			to = p.Chunks[i+1].From
		}
		if c.From >= to || to > len(p.At) || i == 0 && c.From != 0 {
			return errImage
		}
		for _, at := range p.At[c.From:to] {
			if int(at>>16) >= len(c.Blocks) {
				return errImage
			}
		}
	}
	return nil
}

// putLong finds where each long allele starts in the text.
func (m *image) putLong(s *Summary) error {
	l := longAlleles{Rows: m.long.Rows, Text: m.long.Text, At: make([]uint32, 0, len(m.long.Rows))}
	tab := false
	begin := 0
	for i, c := range l.Text {
		switch c {
		case '\t':
			if tab || i == begin {
				return errImage
			}
			tab = true
		case '\n':
			if !tab || l.Text[i-1] == '\t' || len(l.At) == len(l.Rows) {
				return errImage
			}
			l.At = append(l.At, uint32(begin))
			begin, tab = i+1, false
		}
	}
	if begin != len(l.Text) || len(l.At) != len(l.Rows) {
		return errImage
	}
	s.long = l
	return nil
}

// check holds the cells of every row against the dictionaries.
func (s *Summary) check() error {
	long := s.long.Rows
	for i, a := range s.Allele {
		switch {
		case a == LongAllele && len(long) > 0 && long[0] == uint32(i):
			long = long[1:]
		case int(a) >= len(bases)*len(bases):
			return errImage
		}
	}
	if len(long) > 0 || len(s.GeneSets) == 0 || len(s.RowSets) == 0 || len(s.ViewSets) == 0 {
		return errImage
	}
	for _, f := range s.Flags {
		if int(f&kindMask) >= len(kinds) {
			return errImage
		}
	}
	for _, v := range s.Views {
		if int(v) >= len(s.ViewSets) && v != SeeRecord {
			return errImage
		}
	}
	if !below(s.Genes, len(s.GeneSets)) || !below(s.Rows, len(s.RowSets)) {
		return errImage
	}
	row := 0
	for _, c := range s.Contigs {
		if c.From != row || c.To <= c.From {
			return errImage
		}
		row = c.To
	}
	if row != s.Len() {
		return errImage
	}
	return nil
}

func below(numbers []uint32, n int) bool {
	most := uint32(0)
	for _, v := range numbers {
		most = max(most, v)
	}
	return len(numbers) == 0 || int(most) < n
}
