package summary

import (
	"math"

	"garrod/review"
	"garrod/review/genome"
)

// Part is the rows of a stretch of records in file order, made by one goroutine
// with its own [Words] and given to [Builder.Append].
type Part struct {
	words    *Words
	samples  []string
	rule     review.FrequencyRule
	contigs  []Stretch
	offsets  []uint64 // of the rows' records
	long     longAlleles
	trimmed  int64
	snapshot vocabulary

	// Genes are numbered anew in each part: neighbours share them, and there are
	// too many for every goroutine to remember all.
	genes    []geneText
	text     []byte   // of genes
	geneSets []uint32 // of each row its set, one behind the other, see AddGene
	geneEnds []uint32 // where the set of each row ends
	set      []uint32 // scratch

	pos    []uint32
	allele []uint8
	flags  []Flags
	freq   []float32
	splice []uint8
	qual   []Quality
	rows   []uint32
	views  []uint32
	calls  []Calls
}

// geneText is where the parts of a gene end in Part.text; it begins where the gene
// before it ends.
type geneText struct{ symbol, hgnc, id uint32 }

// NewPart returns an empty Part for rows with the samples and under the rule of
// head, which numbers words with w.
func NewPart(head *Head, w *Words) *Part {
	return &Part{words: w, samples: head.Samples, rule: head.Frequency, calls: make([]Calls, len(head.Samples))}
}

// Len returns the number of rows.
func (p *Part) Len() int { return len(p.pos) }

// Reset takes all rows away and keeps the memory.
func (p *Part) Reset() {
	p.contigs, p.offsets, p.trimmed, p.snapshot = p.contigs[:0], p.offsets[:0], 0, vocabulary{}
	p.long = longAlleles{p.long.Rows[:0], p.long.At[:0], p.long.Text[:0]}
	p.pos, p.allele, p.flags, p.freq, p.splice = p.pos[:0], p.allele[:0], p.flags[:0], p.freq[:0], p.splice[:0]
	p.qual, p.rows, p.views = p.qual[:0], p.rows[:0], p.views[:0]
	p.genes, p.text, p.geneSets, p.geneEnds = p.genes[:0], p.text[:0], p.geneSets[:0], p.geneEnds[:0]
	for i, c := range p.calls {
		p.calls[i] = Calls{c.GT[:0], c.Depth[:0], c.GQ[:0], c.Share[:0]}
	}
}

// Seal ends the work on the part. Words may be used for the next one from here
// on; the part itself belongs to the Builder until Append returns.
func (p *Part) Seal() *Part {
	p.snapshot = p.words.vocabulary
	return p
}

// Add adds the rows of one record: its Variants, in the order of its ALT alleles,
// and the virtual offset of its line.
func (p *Part) Add(rec []review.Variant, at uint64) {
	for i := range rec {
		p.add(&rec[i], len(rec) > 1, at)
	}
}

func (p *Part) add(v *review.Variant, multi bool, at uint64) {
	r := Row{
		Contig: v.Key.Contig, At: at, Pos: v.Key.Pos, Ref: []byte(v.Key.Ref), Alt: []byte(v.Key.Alt),
		Flags: KindFlag(v.Kind), Freq: p.frequency(v), Splice: spliceOf(v), Qual: qualityOf(v.Record.Qual),
		Genes: p.genesOf(v.Consequences), Rows: p.words.rowsOf(v.Consequences), Views: p.words.ViewOf(v.Assertions),
	}
	switch {
	case v.Record.Filters == nil:
	case len(v.Record.Filters) == 0:
		r.Flags |= FilterPass
	default:
		r.Flags |= FilterFail
	}
	if v.TrimmedOnly {
		r.Flags |= TrimmedOnly
	}
	if multi {
		r.Flags |= MultiAllelic
	}
	for i, name := range p.samples {
		cells, narrow := cellsOf(callOf(v.Calls, name))
		p.AddCall(i, cells)
		if narrow {
			r.Flags |= FlagSeeRecord
		}
	}
	p.AddRow(&r)
}

// Row is the cells of one row, save for those of calls.
type Row struct {
	Contig   string // canonical
	At       uint64 // virtual offset of the record
	Pos      genome.Pos
	Ref, Alt []byte // of the Key
	Flags    Flags
	Freq     float32
	Splice   uint8
	Qual     Quality
	// Genes is a set that AddGene made, of the Part's own numbers.
	Genes []uint32
	// Rows and Views are numbers of the Part's Words.
	Rows, Views uint32
}

// Gene gives a gene a number in this part, without a look at those that have one:
// the Builder takes the same gene under two numbers for one. It keeps a copy of
// the texts.
func (p *Part) Gene(symbol, hgnc, id []byte) uint32 {
	var t geneText
	p.text = append(p.text, symbol...)
	t.symbol = uint32(len(p.text))
	p.text = append(p.text, hgnc...)
	t.hgnc = uint32(len(p.text))
	p.text = append(p.text, id...)
	t.id = uint32(len(p.text))
	p.genes = append(p.genes, t)
	return uint32(len(p.genes) - 1)
}

// genesOf returns the set of genes that rows name, in the order in which they
// first do. A row that names none adds none.
func (p *Part) genesOf(rows []review.Consequence) []uint32 {
	p.set = p.set[:0]
	for i := range rows {
		c := &rows[i]
		if c.Symbol != "" || c.HGNC != "" || c.GeneID != "" {
			p.set = AddGene(p.set, p.Gene([]byte(c.Symbol), []byte(c.HGNC), []byte(c.GeneID)), c.IsBeside())
		}
	}
	return p.set
}

// AddRow adds a row; [Part.AddCall] must be called for each sample too.
func (p *Part) AddRow(r *Row) {
	flags := r.Flags
	if flags&TrimmedOnly > 0 {
		p.trimmed++
	}
	pos := r.Pos
	if pos > math.MaxUint32 {
		pos, flags = math.MaxUint32, flags|FlagSeeRecord
	}
	p.stretch(r.Contig)
	p.alleles(r.Ref, r.Alt)
	p.offsets = append(p.offsets, r.At)
	p.pos = append(p.pos, uint32(pos))
	p.flags = append(p.flags, flags)
	p.freq = append(p.freq, r.Freq)
	p.splice = append(p.splice, r.Splice)
	p.qual = append(p.qual, r.Qual)
	p.geneSets = append(p.geneSets, r.Genes...)
	p.geneEnds = append(p.geneEnds, uint32(len(p.geneSets)))
	p.rows = append(p.rows, r.Rows)
	p.views = append(p.views, r.Views)
}

// CallCells are one person's cells of one row.
type CallCells struct {
	GT               GT
	Depth, GQ, Share uint8
}

// AddCall adds the cells of one sample, by its place in Head.Samples, for the row
// that AddRow adds next or added last.
func (p *Part) AddCall(sample int, c CallCells) {
	to := &p.calls[sample]
	to.GT = append(to.GT, c.GT)
	to.Depth = append(to.Depth, c.Depth)
	to.GQ = append(to.GQ, c.GQ)
	to.Share = append(to.Share, c.Share)
}

// stretch notes the contig of the row that is being added.
func (p *Part) stretch(contig string) {
	n := len(p.contigs)
	if n == 0 || p.contigs[n-1].Contig != contig {
		p.contigs = append(p.contigs, Stretch{Contig: contig, From: len(p.pos), To: len(p.pos)})
		n++
	}
	p.contigs[n-1].To++
}

func (p *Part) alleles(ref, alt []byte) {
	code, ok := AlleleCode(ref, alt)
	p.allele = append(p.allele, code)
	if ok {
		return
	}
	p.long.Rows = append(p.long.Rows, uint32(len(p.pos)))
	p.long.At = append(p.long.At, uint32(len(p.long.Text)))
	p.long.Text = append(append(append(append(p.long.Text, ref...), '\t'), alt...), '\n')
}

func (p *Part) frequency(v *review.Variant) float32 {
	if af, _, ok := p.rule.Highest(v.Frequencies); ok {
		return float32(af)
	}
	return float32(math.NaN())
}

func spliceOf(v *review.Variant) uint8 {
	best := uint8(NoSplice)
	for i := range v.Splice {
		s := &v.Splice[i]
		for _, d := range []*float64{s.AG, s.AL, s.DG, s.DL} {
			if d == nil {
				continue
			}
			if x := SpliceOf(*d); best == NoSplice || x > best {
				best = x
			}
		}
	}
	return best
}

func qualityOf(q *float64) Quality {
	if q == nil {
		return NoQuality
	}
	return QualityOf(*q)
}

// callOf finds a person's call; nil where the file does not have the person.
func callOf(calls []review.Call, sample string) *review.Call {
	for i := range calls {
		if calls[i].Sample == sample {
			return &calls[i]
		}
	}
	return nil
}

// cellsOf makes the cells of a call, and tells whether they are too narrow. nil
// is a person whom the file does not have.
func cellsOf(c *review.Call) (cells CallCells, narrow bool) {
	if c == nil {
		c = &review.Call{State: review.NoRecord}
	}
	cells = CallCells{GT: gtOf(c), Depth: countOf(c.Depth), GQ: countOf(c.GQ), Share: Unknown}
	if x, ok := c.Heteroplasmy(); ok {
		cells.Share = ShareOf(x)
	}
	return cells, c.Ploidy > 2 || c.Copies > 2
}

func gtOf(c *review.Call) GT {
	var g GT
	switch c.State {
	case review.Called:
		g = GTCalled
	case review.Partial:
		g = GTPartial
	case review.RefBlock:
		g = GTRefBlock
	case review.Missing, review.NoRecord:
		g = GTMissing
	}
	g |= GT(min(c.Copies, 3))
	if c.Others > 0 {
		g |= GTOthers
	}
	if c.Ploidy == 1 {
		g |= GTHaploid
	}
	if c.Phased {
		g |= GTPhased
	}
	if c.Ploidy > 2 {
		g |= GTPolyploid
	}
	return g
}

func countOf(n *int) uint8 {
	if n == nil {
		return Unknown
	}
	return CountOf(*n)
}
