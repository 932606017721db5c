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

	pos    []uint32
	allele []uint8
	flags  []Flags
	freq   []float32
	splice []uint8
	qual   []Quality
	genes  []uint32
	rows   []uint32
	views  []uint32
	calls  []Calls
}

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
	p.qual, p.genes, p.rows, p.views = p.qual[:0], p.genes[:0], p.rows[:0], p.views[:0]
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
	flags := KindFlag(v.Kind)
	switch {
	case v.Record.Filters == nil:
	case len(v.Record.Filters) == 0:
		flags |= FilterPass
	default:
		flags |= FilterFail
	}
	if v.TrimmedOnly {
		flags |= TrimmedOnly
		p.trimmed++
	}
	if multi {
		flags |= MultiAllelic
	}
	pos := v.Key.Pos
	if pos > math.MaxUint32 {
		pos, flags = math.MaxUint32, flags|FlagSeeRecord
	}
	p.stretch(v.Key.Contig)
	p.alleles(v.Key)
	p.offsets = append(p.offsets, at)
	p.pos = append(p.pos, uint32(pos))
	p.freq = append(p.freq, p.frequency(v))
	p.splice = append(p.splice, spliceOf(v))
	p.qual = append(p.qual, qualityOf(v.Record.Qual))
	p.genes = append(p.genes, p.words.genesOf(v.Consequences))
	p.rows = append(p.rows, p.words.rowsOf(v.Consequences))
	p.views = append(p.views, p.words.viewOf(v.Assertions))
	for i, name := range p.samples {
		if p.addCall(&p.calls[i], callOf(v.Calls, name)) {
			flags |= FlagSeeRecord
		}
	}
	p.flags = append(p.flags, flags)
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

func (p *Part) alleles(k genome.Key) {
	if code, ok := AlleleCode(k.Ref, k.Alt); ok {
		p.allele = append(p.allele, code)
		return
	}
	p.allele = append(p.allele, LongAllele)
	p.long.Rows = append(p.long.Rows, uint32(len(p.pos)))
	p.long.At = append(p.long.At, uint32(len(p.long.Text)))
	p.long.Text = append(append(append(append(p.long.Text, k.Ref...), '\t'), k.Alt...), '\n')
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

// addCall adds one person's cells and reports whether they are too narrow.
func (p *Part) addCall(to *Calls, c *review.Call) (narrow bool) {
	if c == nil {
		c = &review.Call{State: review.NoRecord}
	}
	to.GT = append(to.GT, gtOf(c))
	to.Depth = append(to.Depth, countOf(c.Depth))
	to.GQ = append(to.GQ, countOf(c.GQ))
	share := uint8(Unknown)
	if x, ok := c.Heteroplasmy(); ok {
		share = ShareOf(x)
	}
	to.Share = append(to.Share, share)
	return c.Ploidy > 2 || c.Copies > 2
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
