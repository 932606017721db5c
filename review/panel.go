package review

import (
	"bufio"
	"io"
	"strings"
)

// ParsePanel reads a gene panel: comment lines "# name: …", "# version: …",
// "# date: …" and "# source: …", a header line that names the columns hgnc,
// symbol and moi in any order (further columns are passed over), and a line a
// gene, with tabs between. file is the file's name for messages.
//
// It refuses, with an *InputError that names the line, a panel without name or
// version (a report must be able to say what was looked at), a header without
// hgnc and symbol, a gene that is named by neither, and a gene given twice.
func ParsePanel(r io.Reader, file string) (*Panel, error) {
	p := &Panel{}
	bad := func(line int, what, remedy string) error {
		return &InputError{Code: "panel", File: file, Line: line, What: what, Remedy: remedy}
	}
	var columns map[string]int
	seen := map[PanelGene]bool{}
	s := bufio.NewScanner(r)
	line := 0
	for s.Scan() {
		line++
		text := strings.TrimRight(strings.TrimPrefix(s.Text(), "\uFEFF"), "\r")
		switch {
		case strings.TrimSpace(text) == "":
		case strings.HasPrefix(text, "#"):
			p.head(strings.TrimSpace(strings.TrimLeft(text, "#")))
		case columns == nil:
			columns = panelColumns(text)
			_, hgnc := columns["hgnc"]
			_, symbol := columns["symbol"]
			if !hgnc && !symbol {
				return nil, bad(line, "the header names neither a column hgnc nor a column symbol", "Give a header line: hgnc, symbol, moi, with tabs between.")
			}
		default:
			g := panelGene(text, columns)
			name := PanelGene{HGNC: g.HGNC, Symbol: g.Symbol}
			switch {
			case name == PanelGene{}:
				return nil, bad(line, "the gene has neither HGNC identifier nor symbol", "Name the gene or delete the line.")
			case seen[name]:
				return nil, bad(line, "the gene is in the panel twice", "Delete one of the two lines.")
			}
			seen[name] = true
			p.Genes = append(p.Genes, g)
		}
	}
	if err := s.Err(); err != nil {
		return nil, &InputError{Code: "panel", File: file, Line: line + 1, What: "the panel cannot be read", Remedy: "Give a text file with tabs between the columns.", Err: err}
	}
	switch {
	case p.Name == "" || p.Version == "":
		return nil, bad(0, "the panel does not give its name and version", "Add the lines \"# name: …\" and \"# version: …\" at its top.")
	case len(p.Genes) == 0:
		return nil, bad(0, "the panel has no genes", "Give a line for each gene.")
	}
	return p, nil
}

// head takes one "key: value" comment.
func (p *Panel) head(text string) {
	key, value, ok := strings.Cut(text, ":")
	if !ok {
		return
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "name":
		p.Name = value
	case "version":
		p.Version = value
	case "date":
		p.Date = value
	case "source":
		p.Source = value
	}
}

func panelColumns(header string) map[string]int {
	columns := map[string]int{}
	for i, name := range strings.Split(header, "\t") {
		columns[strings.ToLower(strings.TrimSpace(name))] = i
	}
	return columns
}

func panelGene(text string, columns map[string]int) PanelGene {
	cells := strings.Split(text, "\t")
	cell := func(name string) string {
		if i, ok := columns[name]; ok && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	g := PanelGene{HGNC: cell("hgnc"), Symbol: cell("symbol"), MOI: cell("moi")}
	if g.HGNC != "" && !strings.HasPrefix(g.HGNC, "HGNC:") {
		g.HGNC = "HGNC:" + g.HGNC
	}
	return g
}
