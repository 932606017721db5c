package review

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"garrod/review/genome"
)

// ParsePanel reads a gene panel in one of two layouts, both with comment lines
// "# name: …", "# version: …", "# date: …", "# source: …" and "# assembly: …",
// and with tabs between columns:
//
//   - a header line that names the columns hgnc, symbol and moi in any order, and
//     a line a gene. The columns contig, start and end (1-based, both inside) may
//     place the gene; further columns are passed over.
//   - BED: contig, start (0-based), end (outside), symbol; no header line.
//
// A gene with several places has a line for each. file is the file's name for
// messages.
//
// It refuses, with an *InputError that names the line, a panel without name or
// version (a report must be able to say what was looked at), one with places
// and no assembly, a header without hgnc and symbol, a gene that is named by
// neither, and a gene given twice.
func ParsePanel(r io.Reader, file string) (*Panel, error) {
	p := panelReader{file: file, seen: map[PanelGene]bool{}, placed: map[PanelRegion]bool{}}
	s := bufio.NewScanner(r)
	for s.Scan() {
		p.line++
		if err := p.read(strings.TrimRight(strings.TrimPrefix(s.Text(), "\uFEFF"), "\r")); err != nil {
			return nil, err
		}
	}
	if err := s.Err(); err != nil {
		return nil, &InputError{Code: "panel", File: file, Line: p.line + 1, What: "the panel cannot be read", Remedy: "Give a text file with tabs between the columns.", Err: err}
	}
	return p.finish()
}

// panelReader is the state of reading a panel.
type panelReader struct {
	panel   Panel
	file    string
	line    int
	columns map[string]int // nil before the header line
	seen    map[PanelGene]bool
	placed  map[PanelRegion]bool
}

func (p *panelReader) bad(what, remedy string) error {
	return &InputError{Code: "panel", File: p.file, Line: p.line, What: what, Remedy: remedy}
}

func (p *panelReader) finish() (*Panel, error) {
	p.line = 0
	switch {
	case p.panel.Name == "" || p.panel.Version == "":
		return nil, p.bad("the panel does not give its name and version", "Add the lines \"# name: …\" and \"# version: …\" at its top.")
	case len(p.panel.Genes) == 0:
		return nil, p.bad("the panel has no genes", "Give a line for each gene.")
	case len(p.panel.Regions) > 0 && p.panel.Assembly == genome.AssemblyUnknown:
		return nil, p.bad("the panel places its genes without saying on which assembly", "Add the line \"# assembly: GRCh38\" (or GRCh37) at its top.")
	}
	return &p.panel, nil
}

// bedColumns is the layout of BED, whose start is 0-based.
var bedColumns = map[string]int{"contig": 0, "bed start": 1, "end": 2, "symbol": 3}

// read takes one line.
func (p *panelReader) read(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return nil
	case strings.HasPrefix(text, "#"):
		return p.head(strings.TrimSpace(strings.TrimLeft(text, "#")))
	case p.columns != nil:
		return p.gene(text)
	case isBED(text):
		p.columns = bedColumns
		return p.gene(text)
	}
	if first, _, _ := strings.Cut(text, " "); first == "track" || first == "browser" {
		return nil // of genome browsers
	}
	p.columns = panelColumns(text)
	_, hgnc := p.columns["hgnc"]
	_, symbol := p.columns["symbol"]
	if !hgnc && !symbol {
		return p.bad("the header names neither a column hgnc nor a column symbol", "Give a header line: hgnc, symbol, moi, with tabs between.")
	}
	return nil
}

func isBED(text string) bool {
	cells := strings.Split(text, "\t")
	if len(cells) < 4 {
		return false
	}
	_, err1 := strconv.ParseUint(cells[1], 10, 63)
	_, err2 := strconv.ParseUint(cells[2], 10, 63)
	return err1 == nil && err2 == nil
}

// head takes one "key: value" comment.
func (p *panelReader) head(text string) error {
	key, value, ok := strings.Cut(text, ":")
	if !ok {
		return nil
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "name":
		p.panel.Name = value
	case "version":
		p.panel.Version = value
	case "date":
		p.panel.Date = value
	case "source":
		p.panel.Source = value
	case "assembly":
		a, err := genome.ParseAssembly(value)
		if err != nil {
			return p.bad(err.Error(), "Name the assembly of the panel's places.")
		}
		p.panel.Assembly = a
	}
	return nil
}

// columnNames maps other names of columns to ours.
var columnNames = map[string]string{"chrom": "contig", "chromosome": "contig", "chr": "contig", "stop": "end"}

func panelColumns(header string) map[string]int {
	columns := map[string]int{}
	for i, name := range strings.Split(header, "\t") {
		name = strings.ToLower(strings.TrimSpace(name))
		if ours, ok := columnNames[name]; ok {
			name = ours
		}
		columns[name] = i
	}
	return columns
}

// gene takes the line of a gene.
func (p *panelReader) gene(text string) error {
	cells := strings.Split(text, "\t")
	cell := func(name string) string {
		if i, ok := p.columns[name]; ok && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	g := PanelGene{HGNC: cell("hgnc"), Symbol: cell("symbol"), MOI: cell("moi")}
	if g.HGNC != "" && !strings.HasPrefix(g.HGNC, "HGNC:") {
		g.HGNC = "HGNC:" + g.HGNC
	}
	name := PanelGene{HGNC: g.HGNC, Symbol: g.Symbol}
	if name == (PanelGene{}) {
		return p.bad("the gene has neither HGNC identifier nor symbol", "Name the gene or delete the line.")
	}
	where, err := p.place(cell)
	if err != nil {
		return err
	}
	region := PanelRegion{Gene: name, Range: where}
	if p.seen[name] && (where == genome.Range{} || p.placed[region]) {
		return p.bad("the gene is in the panel twice", "Delete one of the two lines.")
	}
	if !p.seen[name] {
		p.panel.Genes = append(p.panel.Genes, g)
	}
	if where != (genome.Range{}) {
		p.panel.Regions = append(p.panel.Regions, region)
	}
	p.seen[name], p.placed[region] = true, true
	return nil
}

// place reads where a gene lies; no place at all is no fault.
func (p *panelReader) place(cell func(string) string) (genome.Range, error) {
	contig, start, end := cell("contig"), cell("start"), cell("end")
	before := int64(0)
	if from := cell("bed start"); from != "" {
		start, before = from, 1
	}
	if start == "" && end == "" {
		return genome.Range{}, nil
	}
	first, err1 := strconv.ParseInt(start, 10, 64)
	last, err2 := strconv.ParseInt(end, 10, 64)
	first += before
	if err1 != nil || err2 != nil || contig == "" || first < 1 || last < first {
		return genome.Range{}, p.bad(fmt.Sprintf("%q, %q, %q is no place of a gene", contig, start, end),
			"Give contig, start and end, with 1 or more bases between.")
	}
	return genome.Range{Contig: genome.CanonicalContig(contig), First: genome.Pos(first), Last: genome.Pos(last)}, nil
}

// Unplaced counts the genes that no region is given for.
func (p *Panel) Unplaced() int {
	placed := map[PanelGene]bool{}
	for _, r := range p.Regions {
		placed[r.Gene] = true
	}
	n := 0
	for _, g := range p.Genes {
		if !placed[PanelGene{HGNC: g.HGNC, Symbol: g.Symbol}] {
			n++
		}
	}
	return n
}

// Stretches returns the panel's regions in the order of contigs' names and
// positions, each base once.
func (p *Panel) Stretches() []genome.Range {
	var out []genome.Range
	for _, r := range p.Regions {
		out = append(out, r.Range)
	}
	slices.SortFunc(out, func(a, b genome.Range) int {
		return cmp.Or(cmp.Compare(a.Contig, b.Contig), cmp.Compare(a.First, b.First))
	})
	merged := out[:0]
	for _, r := range out {
		if n := len(merged); n > 0 && merged[n-1].Contig == r.Contig && r.First <= merged[n-1].Last+1 {
			merged[n-1].Last = max(merged[n-1].Last, r.Last)
			continue
		}
		merged = append(merged, r)
	}
	return merged
}
