package identity

import "garrod/review/summary"

// blockRows is how many rows are counted together: each person's cells are then
// read in one go, which is several times as fast as row by row.
const blockRows = 4096

// block is rows of one window that count, with everybody's genotypes.
type block struct {
	rows  []int32
	codes [][]geno // of each person, at rows
	any   []uint8  // 1 where somebody has the alternative allele
}

func newBlock(people int) block {
	b := block{rows: make([]int32, 0, blockRows), any: make([]uint8, blockRows), codes: make([][]geno, people)}
	for i := range b.codes {
		b.codes[i] = make([]geno, blockRows)
	}
	return b
}

// gather takes the rows that count from row on, up to the end of the window, and
// returns the first row that it did not look at.
func (b *block) gather(s *summary.Summary, row, to int, end uint32) int {
	b.rows = b.rows[:0]
	for ; row < to && len(b.rows) < blockRows && s.Pos[row] < end; row++ {
		if countable(s, row) {
			b.rows = append(b.rows, int32(row))
		}
	}
	return row
}

// read reads everybody's genotypes, and leaves only rows at which somebody has
// the alternative allele.
func (b *block) read(g *gate, people []*person) {
	seen := b.any[:len(b.rows)]
	clear(seen)
	for i, p := range people {
		codes := b.codes[i][:len(b.rows)]
		for k, row := range b.rows {
			c := g.read(p.calls, int(row))
			codes[k] = c
			seen[k] |= (c ^ c>>1) & 1 // of het1 and hom2
		}
	}
	n := 0
	for k, carried := range seen {
		if carried == 0 {
			continue
		}
		b.rows[n] = b.rows[k]
		for i := range b.codes {
			b.codes[i][n] = b.codes[i][k]
		}
		n++
	}
	b.rows = b.rows[:n]
}

// autosome counts the rows of one autosome, window by window.
func (m *measure) autosome(c summary.Stretch) {
	number := autosome(c.Contig)
	for _, t := range m.trios {
		t.begin()
	}
	window := uint32(m.p.Kinship.Window)
	for row := c.From; row < c.To; {
		end := m.s.Pos[row]/window*window + window
		for row < c.To && m.s.Pos[row] < end {
			row = m.block.gather(m.s, row, c.To, end)
			m.countBlock()
		}
		for _, p := range m.pairs {
			p.closeWindow(number)
		}
	}
	for _, p := range m.pairs {
		p.closeChromosome(number)
	}
	for _, p := range m.people {
		p.runs.close(c.Contig)
	}
	for _, t := range m.trios {
		t.end(c.Contig)
	}
}

// countBlock counts the rows of the block.
func (m *measure) countBlock() {
	b := &m.block
	b.read(m.gate, m.people)
	m.sites += int64(len(b.rows))
	for i, p := range m.people {
		m.countPerson(p, b.codes[i][:len(b.rows)])
	}
	for _, p := range m.pairs {
		x, y := b.codes[p.a][:len(b.rows)], b.codes[p.b][:len(b.rows)]
		for k := range x {
			p.now[(x[k]<<2|y[k])&15]++
		}
	}
	for _, t := range m.trios {
		c, mother, father := b.codes[t.child], b.codes[t.mother], b.codes[t.father]
		for k, row := range b.rows {
			t.site(m.s.Pos[row], (c[k]<<4|mother[k]<<2|father[k])&63)
		}
	}
}

// countPerson counts one person's genotypes of the block.
func (m *measure) countPerson(p *person, codes []geno) {
	for k, row := range m.block.rows {
		g := codes[k]
		p.genos[g&3]++
		if g == unknown {
			continue
		}
		af := m.s.Freq[row]
		if !m.common || m.isCommon(af) {
			p.runs.site(m.s.Pos[row], g == het1)
		}
		if g != hom0 {
			p.reads.site(&m.p.Contamination, g, p.calls.Depth[row], p.calls.Share[row], af)
		}
	}
}
