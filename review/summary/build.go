package summary

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"garrod/review"
)

// Builder puts a Summary together, record by record in file order, from
// [review.Variant]s (Add) or from Parts that were made elsewhere (Append). It may
// be used by one goroutine at a time.
type Builder struct {
	s    *Summary
	own  *Part // of Add
	err  error
	last int64 // block of the last record, -1 before the first

	genes    map[string]uint32 // by their parts
	geneList []Gene
	geneSets map[string]uint32
	rowIDs   map[string]uint32
	rowList  []TxRow
	rowSets  map[string]uint32
	views    map[string]uint32
	geneKeys []string // of the sets, in their order
	rowKeys  []string
	key      []byte // scratch
	set      []uint32
	numbers  []uint32 // of the genes of a part, plus one
}

// NewBuilder returns a Builder with room for about rows rows, which spares the
// memory of growing. Of head it needs Assembly, Samples and Frequency; the rest
// may be filled in when the Summary is finished, but Head.Trimmed is counted.
func NewBuilder(head Head, rows int) *Builder {
	b := &Builder{
		s:     &Summary{Head: head, Calls: make([]Calls, len(head.Samples)), ViewSets: []View{{}}},
		last:  -1,
		genes: make(map[string]uint32, min(rows/16, usualGenes)), geneSets: map[string]uint32{"": 0}, geneKeys: []string{""},
		rowIDs: map[string]uint32{}, rowSets: map[string]uint32{"": 0}, rowKeys: []string{""},
		views: map[string]uint32{},
	}
	b.own = NewPart(&b.s.Head, NewWords())
	b.grow(rows)
	return b
}

// usualGenes is about how many genes an annotation of the whole genome names.
const usualGenes = 1 << 15

// grow makes room for n more rows.
func (b *Builder) grow(n int) {
	s := b.s
	s.Pos, s.Allele, s.Flags = slices.Grow(s.Pos, n), slices.Grow(s.Allele, n), slices.Grow(s.Flags, n)
	s.Freq, s.Splice, s.Qual = slices.Grow(s.Freq, n), slices.Grow(s.Splice, n), slices.Grow(s.Qual, n)
	s.Genes, s.Rows, s.Views = slices.Grow(s.Genes, n), slices.Grow(s.Rows, n), slices.Grow(s.Views, n)
	s.places.At = slices.Grow(s.places.At, n)
	for i, c := range s.Calls {
		s.Calls[i] = Calls{slices.Grow(c.GT, n), slices.Grow(c.Depth, n), slices.Grow(c.GQ, n), slices.Grow(c.Share, n)}
	}
}

// partRows is how many rows Add gathers.
const partRows = 4096

// Add adds the rows of one record: its Variants, in the order of its ALT alleles,
// and the virtual offset of its line.
func (b *Builder) Add(rec []review.Variant, at uint64) {
	b.own.Add(rec, at)
	if b.own.Len() >= partRows {
		b.flush()
	}
}

func (b *Builder) flush() {
	own := b.own
	b.own = nil
	b.Append(own.Seal())
	own.Reset()
	b.own = own
}

// Finish returns the Summary, whose Head may still be completed. The Builder must
// not be used afterwards.
func (b *Builder) Finish() *Summary {
	b.flush()
	b.s.GeneSets = b.geneContent()
	b.s.RowSets = b.rowContent()
	return b.s
}

// Err returns why what Finish gives must not be used, nil where it may.
func (b *Builder) Err() error { return b.err }

// Append adds the rows of a sealed part after those that are there. The part may
// be reset and used again afterwards.
func (b *Builder) Append(p *Part) {
	if b.own != nil && b.own.Len() > 0 {
		b.flush() // what came by Add stands before p
	}
	s, n := b.s, len(b.s.Pos)
	b.stretches(p.contigs, n)
	b.longAlleles(&p.long, n)
	s.Pos, s.Allele, s.Flags = append(s.Pos, p.pos...), append(s.Allele, p.allele...), append(s.Flags, p.flags...)
	s.Freq, s.Splice, s.Qual = append(s.Freq, p.freq...), append(s.Splice, p.splice...), append(s.Qual, p.qual...)
	for i, c := range p.calls {
		t := &s.Calls[i]
		t.GT, t.Depth = append(t.GT, c.GT...), append(t.Depth, c.Depth...)
		t.GQ, t.Share = append(t.GQ, c.GQ...), append(t.Share, c.Share...)
	}
	for _, at := range p.offsets {
		b.place(at)
	}
	b.geneSetsOf(p)
	b.wordsOf(p, n)
	s.Head.Trimmed += p.trimmed
}

func (b *Builder) stretches(parts []Stretch, n int) {
	for _, c := range parts {
		c.From, c.To = c.From+n, c.To+n
		last := len(b.s.Contigs) - 1
		if last >= 0 && b.s.Contigs[last].Contig == c.Contig {
			b.s.Contigs[last].To = c.To
			continue
		}
		b.s.Contigs = append(b.s.Contigs, c)
	}
}

func (b *Builder) longAlleles(l *longAlleles, n int) {
	to := &b.s.long
	if len(to.Text)+len(l.Text) > math.MaxUint32 {
		b.err = errors.New("the alleles of the file come to more than 4 GiB")
		return
	}
	for i := range l.Rows {
		to.Rows = append(to.Rows, l.Rows[i]+uint32(n))
		to.At = append(to.At, l.At[i]+uint32(len(to.Text)))
	}
	to.Text = append(to.Text, l.Text...)
}

// maxBlocks is how many blocks the cells of a chunk can tell apart.
const maxBlocks = 1 << 16

// place notes the virtual offset of the next row's record.
func (b *Builder) place(at uint64) {
	p := &b.s.places
	if block := int64(at >> 16); block != b.last {
		if n := len(p.Chunks); n == 0 || len(p.Chunks[n-1].Blocks) == maxBlocks {
			p.Chunks = append(p.Chunks, chunk{From: len(p.At)})
		}
		c := &p.Chunks[len(p.Chunks)-1]
		c.Blocks = append(c.Blocks, block)
		b.last = block
	}
	c := &p.Chunks[len(p.Chunks)-1]
	p.At = append(p.At, uint32(len(c.Blocks)-1)<<16|uint32(at&0xffff))
}

// geneSetsOf numbers the sets of genes of the part's rows.
func (b *Builder) geneSetsOf(p *Part) {
	b.numbers = append(b.numbers[:0], make([]uint32, len(p.genes))...)
	var last []uint32
	number, begin := uint32(0), uint32(0)
	for _, end := range p.geneEnds {
		set := p.geneSets[begin:end]
		begin = end
		if !slices.Equal(set, last) { // neighbours lie in the same genes
			last, number = set, b.geneSetOf(p, set)
		}
		b.s.Genes = append(b.s.Genes, number)
	}
}

func (b *Builder) geneSetOf(p *Part, set []uint32) uint32 {
	b.set = b.set[:0]
	for _, code := range set {
		local := code >> 1
		if b.numbers[local] == 0 {
			b.numbers[local] = b.geneOf(p, local) + 1
		}
		b.set = AddGene(b.set, b.numbers[local]-1, code&1 == 1)
	}
	b.key = appendCodes(b.key[:0], b.set)
	return number(b.geneSets, &b.geneKeys, b.key)
}

// geneOf numbers a gene of the part.
func (b *Builder) geneOf(p *Part, local uint32) uint32 {
	begin := uint32(0)
	if local > 0 {
		begin = p.genes[local-1].id
	}
	t := p.genes[local]
	b.key = binary.AppendUvarint(b.key[:0], uint64(t.symbol-begin))
	b.key = binary.AppendUvarint(b.key, uint64(t.hgnc-t.symbol))
	from := len(b.key)
	b.key = append(b.key, p.text[begin:t.id]...)
	n, ok := b.genes[string(b.key)]
	if !ok {
		n = uint32(len(b.geneList))
		key := string(b.key)
		b.genes[key] = n
		text, symbol, hgnc := key[from:], t.symbol-begin, t.hgnc-begin
		b.geneList = append(b.geneList, Gene{Symbol: text[:symbol], HGNC: text[symbol:hgnc], ID: text[hgnc:]})
	}
	return n
}

// wordsOf turns the part's own numbers into those of the Summary, and gives new
// ones for what no part had before.
func (b *Builder) wordsOf(p *Part, n int) {
	s, w, v := b.s, p.words, &p.snapshot
	for _, local := range p.rows {
		s.Rows = append(s.Rows, known(&w.known.rowSets, local, func() uint32 { return b.rowSetOf(w, v, local) }))
	}
	for i, local := range p.views {
		view := known(&w.known.views, local, func() uint32 { return b.viewOf(v.views[local]) })
		if view >= SeeRecord {
			view = SeeRecord
			s.Flags[n+i] |= FlagSeeRecord
		}
		s.Views = append(s.Views, uint16(view))
	}
}

// known returns the Builder's number for a part's own, which find gives once.
func known(have *[]uint32, local uint32, find func() uint32) uint32 {
	for int(local) >= len(*have) {
		*have = append(*have, 0)
	}
	if n := (*have)[local]; n > 0 {
		return n - 1
	}
	n := find()
	(*have)[local] = n + 1
	return n
}

func (b *Builder) rowSetOf(w *Words, v *vocabulary, local uint32) uint32 {
	b.set = b.set[:0]
	for key := v.rowSets[local]; len(key) > 0; key = key[4:] {
		row := leUint32(key)
		b.set = AddRow(b.set, known(&w.known.rows, row, func() uint32 { return b.rowOf(v.rows[row]) }))
	}
	b.key = appendCodes(b.key[:0], b.set)
	return number(b.rowSets, &b.rowKeys, b.key)
}

func (b *Builder) rowOf(r TxRow) uint32 {
	b.key = appendText(appendText(b.key[:0], r.Biotype), r.Terms...)
	n, ok := b.rowIDs[string(b.key)]
	if !ok {
		n = uint32(len(b.rowList))
		b.rowIDs[string(b.key)] = n
		b.rowList = append(b.rowList, r)
	}
	return n
}

// viewOf returns the number of a view, which may be more than a cell can hold.
func (b *Builder) viewOf(v View) uint32 {
	if !v.Any {
		return 0
	}
	b.key = v.appendKey(b.key[:0])
	n, ok := b.views[string(b.key)]
	if !ok {
		n = uint32(len(b.s.ViewSets))
		if n >= SeeRecord {
			return math.MaxUint32 - 1
		}
		b.views[string(b.key)] = n
		b.s.ViewSets = append(b.s.ViewSets, v)
	}
	return n
}

// geneContent writes the sets of genes out.
func (b *Builder) geneContent() [][]Gene {
	total := 0
	for _, key := range b.geneKeys {
		total += len(key) / 4
	}
	all := make([]Gene, 0, total)
	sets := make([][]Gene, len(b.geneKeys))
	for i, key := range b.geneKeys {
		from := len(all)
		for ; len(key) > 0; key = key[4:] {
			code := leUint32(key)
			g := b.geneList[code>>1]
			g.Beside = code&1 == 1
			all = append(all, g)
		}
		sets[i] = all[from:len(all):len(all)]
	}
	return sets
}

func (b *Builder) rowContent() [][]TxRow {
	total := 0
	for _, key := range b.rowKeys {
		total += len(key) / 4
	}
	all := make([]TxRow, 0, total)
	sets := make([][]TxRow, len(b.rowKeys))
	for i, key := range b.rowKeys {
		from := len(all)
		for ; len(key) > 0; key = key[4:] {
			all = append(all, b.rowList[leUint32(key)])
		}
		sets[i] = all[from:len(all):len(all)]
	}
	return sets
}
