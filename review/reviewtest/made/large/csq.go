package large

import (
	"math"
	"sort"
	"strconv"
)

// csqFields are the 40 fields of an annotation, in their order.
const csqFields = "Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|EXON|INTRON|" +
	"HGVSc|HGVSp|cDNA_position|CDS_position|Protein_position|Amino_acids|Codons|Existing_variation|" +
	"DISTANCE|STRAND|FLAGS|VARIANT_CLASS|SYMBOL_SOURCE|HGNC_ID|CANONICAL|MANE_SELECT|TSL|ENSP|SIFT|" +
	"PolyPhen|gnomADe_AF|gnomADg_AF|MAX_AF|MAX_AF_POPS|CLIN_SIG|REVEL|SpliceAI_pred_DS_AG|" +
	"SpliceAI_pred_DS_AL|SpliceAI_pred_DS_DG|SpliceAI_pred_DS_DL"

// reach is how far up- and downstream of a gene an allele is told of.
const reach = 5000

// cells appends the fields of one annotation, each with the bar that ends it.
type cells []byte

func (b *cells) text(v string) { *b = append(append(*b, v...), '|') }
func (b *cells) number(v int)  { *b = append(strconv.AppendInt(*b, int64(v), 10), '|') }

func (b *cells) empty(n int) {
	for range n {
		*b = append(*b, '|')
	}
}

// part writes "k of n", 1-based, or nothing where k is negative.
func (b *cells) part(k, n int) {
	if k >= 0 {
		*b = append(strconv.AppendInt(*b, int64(k+1), 10), '/')
		*b = strconv.AppendInt(*b, int64(n), 10)
	}
	b.empty(1)
}

func (b *cells) score(known bool, v float64, digits int) {
	if known {
		*b = strconv.AppendFloat(*b, v, 'g', digits, 64)
	}
	b.empty(1)
}

// csq appends the annotations of every ALT in every transcript near the site.
func csq(b []byte, s *site, genes []gene) []byte {
	from := len(b)
	out := cells(b)
	for _, alt := range s.alts {
		hit := false
		for i := nearest(genes, s.pos, reach); i < len(genes) && genes[i].start-reach <= s.pos; i++ {
			for t := range genes[i].transcripts {
				out = comma(out, from)
				out.entry(s, alt, &genes[i], t)
				hit = true
			}
		}
		if !hit {
			out = comma(out, from)
			out.intergenic(s, alt)
		}
	}
	return out
}

func comma(b cells, from int) cells {
	if len(b) > from {
		b = append(b, ',')
	}
	return b
}

func (b *cells) intergenic(s *site, alt string) {
	b.text(vepAllele(s, alt))
	b.text("intergenic_variant")
	b.text("MODIFIER")
	b.empty(14) // SYMBOL to Codons
	b.existing(s)
	b.empty(3) // DISTANCE to FLAGS
	b.text(class(s.ref, alt))
	b.empty(8) // SYMBOL_SOURCE to PolyPhen
	b.site(s, false)
}

// entry writes what an allele does to one transcript.
func (b *cells) entry(s *site, alt string, g *gene, ti int) {
	t := &g.transcripts[ti]
	p := g.place(t, s.pos)
	term := p.term
	h := (uint64(s.pos)*2654435761 ^ uint64(s.revel*1000)) >> 7 // the same answer for every transcript
	if p.exon >= 0 {
		term = g.exonic(t, p.exon, s, alt, h)
	}
	if t.protein == "" && term == "intron_variant" {
		term = "intron_variant&non_coding_transcript_variant"
	}
	b.text(vepAllele(s, alt))
	b.text(term)
	b.text(impact(term))
	b.text(g.symbol)
	b.text(g.id)
	b.text("Transcript")
	b.text(t.id)
	b.text(biotype(g, t))
	exons := t.last - t.first + 1
	b.part(within(p.exon, t), exons)
	b.part(within(p.intron, t), max(exons-1, 1))
	b.change(s, alt, g, t, p, term, h)
	b.existing(s)
	b.distance(p.distance, g)
	b.empty(1) // FLAGS
	b.text(class(s.ref, alt))
	b.names(g, t, ti)
	b.predictions(term, s)
	b.site(s, term == "missense_variant")
}

// within numbers an exon or intron of the gene within the transcript.
func within(k int, t *transcript) int {
	if k < 0 {
		return k
	}
	return k - t.first
}

func biotype(g *gene, t *transcript) string {
	switch {
	case !g.coding:
		return "lncRNA"
	case t.protein == "":
		return "retained_intron"
	}
	return "protein_coding"
}

func (b *cells) existing(s *site) {
	if s.rs > 0 {
		*b = strconv.AppendInt(append(*b, "rs"...), int64(s.rs), 10)
	}
	b.empty(1)
}

func (b *cells) distance(n int, g *gene) {
	if n > 0 {
		b.number(n)
	} else {
		b.empty(1)
	}
	if g.forward {
		b.text("1")
	} else {
		b.text("-1")
	}
}

func (b *cells) names(g *gene, t *transcript, ti int) {
	b.text("HGNC")
	*b = append(*b, "HGNC:"...)
	b.number(g.hgnc)
	if t.canonical {
		b.text("YES")
		*b = strconv.AppendInt(append(*b, "NM_9"...), int64(g.hgnc), 10)
		b.text(".1")
	} else {
		b.empty(2)
	}
	b.number(1 + ti%5)
	b.text(t.protein)
}

func (b *cells) predictions(term string, s *site) {
	switch {
	case term != "missense_variant":
		b.empty(2)
	case s.revel > 0.5:
		b.text("deleterious(0.01)")
		b.text("probably_damaging(0.98)")
	default:
		b.text("tolerated(0.34)")
		b.text("benign(0.02)")
	}
}

// site writes the last ten fields, which are the same for every transcript.
func (b *cells) site(s *site, missense bool) {
	b.score(s.af > 0 && s.nearExon, s.af*0.97, 4)
	b.score(s.af > 0, s.af, 4)
	b.score(s.af > 0, min(s.af*1.3, 1), 4)
	if s.af > 0 {
		b.text("gnomADg_NFE")
	} else {
		b.empty(1)
	}
	b.text(s.clin)
	b.score(missense && s.revel >= 0, s.revel, -1)
	b.score(s.nearExon, s.splice, -1)
	b.score(s.nearExon, 0, -1)
	b.score(s.nearExon, math.Round(s.splice*30)/100, -1)
	if s.nearExon {
		*b = append(*b, "0.00"...)
	}
}

// place is where a site lies in a transcript. exon and intron are numbers of the
// gene's exons, -1 for none.
type place struct {
	term                   string
	exon, intron, distance int
}

func (g *gene) place(t *transcript, pos int) place {
	first, end := g.exons[t.first].first, g.exons[t.last].end
	p := place{exon: -1, intron: -1}
	if pos < first || pos >= end {
		if p.distance = max(first-pos, pos-end+1); p.distance > reach {
			// Inside the gene, outside a short transcript.
			return place{term: "intron_variant", exon: -1, intron: t.first}
		}
		p.term = "downstream_gene_variant"
		if (pos < first) == g.forward {
			p.term = "upstream_gene_variant"
		}
		return p
	}
	e := t.first + sort.Search(t.last-t.first, func(k int) bool { return g.exons[t.first+k].end > pos })
	if pos >= g.exons[e].first {
		p.exon = e
		return p
	}
	p.intron = max(e-1, 0)
	switch near := min(g.exons[e].first-pos, pos-g.exons[p.intron].end+1); {
	case t.protein != "" && near <= 2:
		p.term = []string{"splice_donor_variant", "splice_acceptor_variant"}[pos&1]
	case near <= 8:
		p.term = "splice_region_variant&intron_variant"
	default:
		p.term = "intron_variant"
	}
	return p
}
