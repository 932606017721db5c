package large

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
)

// stretch is a run of bases: first up to and without end.
type stretch struct{ first, end int }

type gene struct {
	start, end      int // first base, and the base after the last
	forward, coding bool
	symbol, id      string
	hgnc            int
	exons           []stretch
	before          []int // exonic bases before each exon
	transcripts     []transcript
}

type transcript struct {
	id, protein string // protein is empty where nothing is coded
	canonical   bool
	first, last int // the exons of the gene it uses
}

// genes lays out the genes of one contig: about 20,000 coding and 30,000 others
// over the genome. They do not overlap.
func (f File) genes(ci int) []gene {
	c := contigs[ci]
	r := f.random(streamGenes, ci)
	var out []gene
	if c.name == "chrM" {
		for p := 3300; p < 16000; p += 1300 {
			out = append(out, newGene(r, ci, len(out), p, 1100, true))
		}
		return out
	}
	for p := 20000 + r.IntN(60000); p < c.size-200000; {
		coding := r.Float64() < 0.40
		span := int(math.Exp(r.NormFloat64()*1.3 + 9.9))
		if !coding {
			span /= 3
		}
		span = min(max(span, 900), 1800000)
		// The longest gene ends before the contig does.
		span = min(span, c.size-100000-p)
		out = append(out, newGene(r, ci, len(out), p, span, coding))
		p += span + int(r.ExpFloat64()*27000)
	}
	return out
}

// newGene makes the k-th gene of a contig.
func newGene(r *rand.Rand, ci, k, start, span int, coding bool) gene {
	serial := ci*4000 + k
	g := gene{
		start: start, end: start + span, forward: r.IntN(2) == 0, coding: coding,
		symbol: fmt.Sprintf("SYN%d", serial), id: fmt.Sprintf("ENSG%011d", 9000000+serial), hgnc: 900000 + serial,
	}
	g.addExons(r, span)
	g.addTranscripts(r, serial)
	return g
}

func (g *gene) addExons(r *rand.Rand, span int) {
	n := 1 + r.IntN(4)
	if g.coding {
		n = min(3+int(r.ExpFloat64()*9), span/320+1)
	}
	step, total := span/n, 0
	for i := range n {
		width := min(80+int(r.ExpFloat64()*120), step*3/4)
		first := g.start + i*step
		if i > 0 {
			first += r.IntN(max(1, step-width))
		}
		if i == n-1 {
			width = min(width*4, g.start+span-first)
		}
		g.exons = append(g.exons, stretch{first, first + width})
		g.before = append(g.before, total)
		total += width
	}
}

func (g *gene) addTranscripts(r *rand.Rand, serial int) {
	n := 1 + int(r.ExpFloat64()*1.2)
	if g.coding {
		n = 1 + int(r.ExpFloat64()*9)
	}
	exons := len(g.exons)
	for i := range min(n, 32) {
		t := transcript{id: fmt.Sprintf("ENST%011d.%d", 9000000+serial*32+i, 1+i%5), canonical: i == 0, last: exons - 1}
		if i > 0 && exons > 2 {
			t.first = r.IntN(exons / 2)
			t.last = t.first + r.IntN(exons-t.first)
		}
		if g.coding && i%3 != 2 {
			t.protein = fmt.Sprintf("ENSP%011d.%d", 9000000+serial*32+i, 1+i%5)
		}
		g.transcripts = append(g.transcripts, t)
	}
}

// nearest returns the first gene that does not end more than pad bases left of
// pos.
func nearest(genes []gene, pos, pad int) int {
	return sort.Search(len(genes), func(i int) bool { return genes[i].end+pad >= pos })
}

// nearExon reports whether pos lies in an exon or within 8 bases of one.
func nearExon(genes []gene, pos int) bool {
	for i := nearest(genes, pos, 8); i < len(genes) && genes[i].start-8 <= pos; i++ {
		for _, e := range genes[i].exons {
			if pos >= e.first-8 && pos < e.end+8 {
				return true
			}
		}
	}
	return false
}
