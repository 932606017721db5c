package triage

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review"
)

// panelGenes finds genes of a panel. HGNC IDs decide where panel and annotation
// both have one; symbols do where one of them lacks it.
type panelGenes struct {
	byHGNC   map[string]int // index into genes
	bySymbol map[string]int
	genes    []review.PanelGene
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
		}
		if pg.Symbol != "" {
			g.bySymbol[strings.ToUpper(pg.Symbol)] = i
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
