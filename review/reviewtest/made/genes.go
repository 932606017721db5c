package made

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed genes.tsv
var genesTSV string

// gene is one line of genes.tsv. first and last are 1-based and both inside
// the gene, on GRCh38.
type gene struct {
	symbol, hgnc, ncbi, ensembl string
	nm, np, enst, ensp          string // MANE Select, with versions
	chrom                       string
	first, last                 int
	forward                     bool
}

// loadGenes reads the embedded table, in genome order.
func loadGenes() ([]gene, error) {
	var out []gene
	for i, line := range strings.Split(strings.TrimSpace(genesTSV), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		g, err := parseGene(strings.Split(line, "\t"))
		if err != nil {
			return nil, fmt.Errorf("genes.tsv line %d: %w", i+1, err)
		}
		out = append(out, g)
	}
	return out, nil
}

func parseGene(f []string) (gene, error) {
	if len(f) != 12 {
		return gene{}, fmt.Errorf("%d columns, want 12", len(f))
	}
	first, err := strconv.Atoi(f[9])
	if err != nil {
		return gene{}, err
	}
	last, err := strconv.Atoi(f[10])
	if err != nil {
		return gene{}, err
	}
	return gene{
		symbol: f[0], hgnc: f[1], ncbi: f[2], ensembl: f[3],
		nm: f[4], np: f[5], enst: f[6], ensp: f[7],
		chrom: f[8], first: first, last: last, forward: f[11] == "+",
	}, nil
}

// bySymbol indexes genes.
func bySymbol(genes []gene) map[string]gene {
	m := make(map[string]gene, len(genes))
	for _, g := range genes {
		m[g.symbol] = g
	}
	return m
}
