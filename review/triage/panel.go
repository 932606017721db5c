package triage

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"garrod/review"
	"garrod/review/summary"
)

// panelGenes finds genes of a panel. HGNC IDs decide where panel and annotation
// both have one; symbols do where one of them lacks it.
type panelGenes struct {
	byHGNC   map[string]int // index into genes
	bySymbol map[string]int
	genes    []review.PanelGene
	ends     [1 << 16]bool // of the names above, see may
}

// newPanelGenes returns nil for a case without a panel.
func newPanelGenes(p *review.Panel) *panelGenes {
	if p == nil {
		return nil
	}
	g := &panelGenes{byHGNC: map[string]int{}, bySymbol: map[string]int{}, genes: p.Genes}
	for i, pg := range p.Genes {
		if id := hgncID(pg.HGNC); id != "" {
			g.byHGNC[id] = i
			g.ends[endOf(id)] = true
		}
		if pg.Symbol != "" {
			symbol := strings.ToUpper(pg.Symbol)
			g.bySymbol[symbol] = i
			g.ends[endOf(symbol)] = true
		}
	}
	return g
}

// hgncID writes "HGNC:1100" for "1100", "HGNC:1100" and "HGNC:HGNC:1100". What is
// no HGNC ID is empty.
func hgncID(s string) string {
	n := s[strings.LastIndexByte(s, ':')+1:]
	if n == "" || strings.Trim(n, "0123456789") != "" {
		return ""
	}
	return "HGNC:" + n
}

// find returns the panel's gene for a row of an annotation.
func (g *panelGenes) find(c review.Consequence) (review.PanelGene, bool) {
	if g == nil {
		return review.PanelGene{}, false
	}
	id := hgncID(c.HGNC)
	if i, ok := g.byHGNC[id]; ok && id != "" {
		return g.genes[i], true
	}
	i, ok := g.bySymbol[strings.ToUpper(c.Symbol)]
	if !ok || c.Symbol == "" || id != "" && g.genes[i].HGNC != "" {
		return review.PanelGene{}, false
	}
	return g.genes[i], true
}

func (g *panelGenes) holds(c review.Consequence) bool {
	_, ok := g.find(c)
	return ok
}

// hasGeneName reports whether a row can be held against a panel.
func hasGeneName(c review.Consequence) bool { return c.HGNC != "" || c.Symbol != "" }

// panelRows returns the rows that count for the panel: those of transcripts
// that hold the variant, or all rows where there are none.
func panelRows(cs []review.Consequence) []review.Consequence {
	if !slices.ContainsFunc(cs, func(c review.Consequence) bool { return !c.IsBeside() }) {
		return cs
	}
	rows := make([]review.Consequence, 0, len(cs))
	for _, c := range cs {
		if !c.IsBeside() {
			rows = append(rows, c)
		}
	}
	return rows
}

func panelStep(p *review.Panel, genes *panelGenes) step {
	st := step{name: stepPanel, lacks: "consequence", off: p == nil, parameter: "off: the case has no gene panel"}
	threshold := "no panel"
	if p != nil {
		threshold = strings.TrimSpace(p.Name + " " + p.Version)
		st.parameter = fmt.Sprintf("in one of the %d genes of panel %s", len(p.Genes), threshold)
	}
	st.checks = []check{{
		parameter: "gene", operator: "in panel", threshold: threshold,
		judge: func(s *subject) outcome { return inPanel(genes, s.v.Consequences) },
		value: func(s *subject) string {
			if genes == nil {
				return "the case has no gene panel"
			}
			return geneNames(s.v.Consequences)
		},
		columns: func(c *columns) sifter { return panelSifter(c, genes) },
	}}
	return st
}

// inPanel keeps a variant that no row gives a gene name for, unless every row
// says that it lies beside the genes.
func inPanel(genes *panelGenes, cs []review.Consequence) outcome {
	if genes == nil || len(cs) == 0 {
		return notAssessed
	}
	named, inside := false, false
	for _, c := range panelRows(cs) {
		if genes.holds(c) {
			return kept
		}
		named = named || hasGeneName(c)
		inside = inside || !c.IsBeside()
	}
	if inside && !named {
		return notAssessed
	}
	return removed
}

// What a set of genes says of a variant, as far as the panel goes.
const (
	genesAny    uint8 = 1 << iota // a gene of the panel
	genesInside                   // a gene of the panel, and not only beside it
	genesNamed                    // a gene that is named, and not only beside it
	genesKnown                    // the set was looked at
)

// panelSifter is inPanel on columns. Sets of genes are looked at when a row asks
// for them first: a file has many, and other steps leave few.
func panelSifter(c *columns, genes *panelGenes) sifter {
	if genes == nil {
		return unknownOfAll
	}
	inside := make([]uint8, len(c.RowSets))
	for i, set := range c.RowSets {
		if slices.ContainsFunc(set, func(r summary.TxRow) bool { return !review.Consequence{Terms: r.Terms}.IsBeside() }) {
			inside[i] = rowsInside
		}
	}
	inside[0] = rowsNone
	sets := make([]atomic.Uint32, len(c.GeneSets))
	return func(c *chunk, sel []uint16, out []code) {
		rows, of, out := c.Rows[c.from:c.to], c.Genes[c.from:c.to], out[:len(sel)]
		last, answer := uint32(math.MaxUint32), [3]code{}
		for i, r := range sel {
			if set := of[r]; set != last { // neighbours often have the same genes
				in := sets[set].Load()
				if in == 0 {
					in = uint32(genes.look(c.GeneSets[set]))
					sets[set].Store(in)
				}
				last, answer = set, panelCodes(uint8(in))
			}
			out[i] |= answer[inside[rows[r]]]
		}
	}
}

// How the rows of a variant lie: beside all genes, some inside a transcript, or
// there are none.
const (
	rowsBeside = iota
	rowsInside
	rowsNone
)

// panelCodes gives the answers for a set of genes, by how the rows lie.
func panelCodes(in uint8) [3]code {
	t := [3]code{rowsBeside: codeRemoved, rowsInside: codeRemoved, rowsNone: codeUnknown}
	if in&genesAny != 0 {
		t[rowsBeside] = codeKept
	}
	switch {
	case in&genesInside != 0:
		t[rowsInside] = codeKept
	case in&genesNamed == 0:
		t[rowsInside] = codeUnknown
	}
	return t
}

// look finds the genes of a set in the panel.
func (g *panelGenes) look(set []summary.Gene) uint8 {
	in := genesKnown
	for _, gene := range set {
		if !gene.Beside && (gene.Symbol != "" || gene.HGNC != "") {
			in |= genesNamed
		}
		if g.may(gene) && g.holds(review.Consequence{Symbol: gene.Symbol, HGNC: gene.HGNC}) {
			in |= genesAny
			if !gene.Beside {
				in |= genesInside
			}
		}
	}
	return in
}

// may is false for most genes that are not in the panel, at less cost than find.
func (g *panelGenes) may(gene summary.Gene) bool {
	id, symbol := gene.HGNC, gene.Symbol
	return id != "" && g.ends[endOf(id)] || symbol != "" && (g.ends[endOf(symbol)] || symbol[len(symbol)-1] >= utf8.RuneSelf)
}

// endOf numbers the last two bytes of a name, letters in either case alike.
func endOf(name string) uint16 {
	n := uint16(name[len(name)-1] &^ 0x20)
	if len(name) > 1 {
		n |= uint16(name[len(name)-2]&^0x20) << 8
	}
	return n
}

func geneNames(cs []review.Consequence) string {
	if len(cs) == 0 {
		return notInFile
	}
	var names []string
	for _, c := range panelRows(cs) {
		n := c.Symbol
		if n == "" {
			n = c.HGNC
		}
		if n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	if len(names) == 0 {
		return "no gene"
	}
	return strings.Join(names, ", ")
}
