package pdf

import (
	"fmt"
	"strings"

	"garrod/reports"
)

// FieldWidth and FieldHeight are the size of a signature field in points.
const (
	FieldWidth  = 240.0
	FieldHeight = 66.0
)

// document draws everything in order: the result first, the signatures last.
func (p *painter) document() {
	d := p.doc
	p.newPage()
	p.put(left, p.y, p.cover.clean(d.Title, &p.lost), title)
	p.y += title.height() + 1
	for _, r := range d.Results {
		p.result(r)
	}
	if d.Selection != "" {
		p.para(d.Selection, body, 0)
		p.y++
	}
	p.findings()
	for _, r := range d.Remarks {
		p.para(r, body, 0)
	}
	p.about()
	for _, f := range d.Findings {
		p.interpretation(f)
	}
	for _, s := range d.Sections {
		p.section(s)
	}
	p.appendix()
	names := map[string]string{}
	for _, s := range d.Signatories {
		names[s.Field] = p.brief(s.Role, s.Name, 90)
	}
	p.inFull()
	if n := p.lost.notice(); n != "" {
		p.heading("Characters that cannot be printed", 6)
		p.para(n, small, 0)
	}
	p.signatures(names)
}

// inFull prints what had to be shortened elsewhere.
func (p *painter) inFull() {
	if len(p.full) == 0 {
		return
	}
	p.heading("Texts in full", 8)
	for _, f := range p.full {
		p.para(f.Label+": "+f.Value, small, 0)
	}
}

// result draws an outcome beside a bar that also shows in black and white.
func (p *painter) result(r reports.Result) {
	const indent = 5
	height := float64(len(p.lines(r.Headline, headline, width-indent)))*headline.height() + 1
	for _, m := range r.Meaning {
		height += float64(len(p.lines(m, meaning, width-indent)))*meaning.height() + 0.6
	}
	p.need(min(height, bottom-p.top))
	start, page := p.y, p.f.PageNo()
	p.para(r.Headline, headline, indent)
	p.y += 0.6
	for _, m := range r.Meaning {
		p.para(m, meaning, indent)
		p.y += 0.6
	}
	if page == p.f.PageNo() {
		p.f.SetFillColor(0, 62, 116)
		p.f.Rect(left, start, 1.6, p.y-start, "F")
	}
	p.y += 2.5
}

// findings draws the table of variants.
func (p *painter) findings() {
	if len(p.doc.Findings) == 0 {
		return
	}
	g := grid{
		head:    []string{"", "Gene", "Variant", "Genotype and inheritance", "Class"},
		columns: []float64{6, 24, 66, 52, 28},
	}
	for _, f := range p.doc.Findings {
		what := cell{{f.Coding, strong}, {f.Protein, body}}
		if f.Transcript != "" {
			what = append(what, run{f.Transcript, label})
		}
		what = append(what, run{f.Genomic, code})
		origin := cell{{f.Zygosity, strong}}
		for _, l := range f.Inheritance {
			origin = append(origin, run{l, small})
		}
		g.rows = append(g.rows, []cell{
			{{fmt.Sprint(f.Number), strong}},
			{{f.Gene, strong}, {f.HGNC, label}},
			what,
			origin,
			{{fmt.Sprintf("Class %d", f.ClassNumber), face{"sans", "B", 11, black}}, {f.ClassWord, strong}},
		})
	}
	p.table(g)
	p.y += 1
}

// about draws patient, referral and specimen side by side, each label before
// its value.
func (p *painter) about() {
	groups := p.doc.About
	if len(groups) == 0 {
		return
	}
	const share = 0.42 // of a column, for the labels
	g := grid{plain: true}
	w := width / float64(len(groups))
	for _, group := range groups {
		g.columns = append(g.columns, w*share, w*(1-share))
		g.head = append(g.head, group.Title, "")
		for i := range group.Fields {
			if i == len(g.rows) {
				g.rows = append(g.rows, make([]cell, 2*len(groups)))
			}
		}
	}
	for j, group := range groups {
		for i, f := range group.Fields {
			g.rows[i][2*j], g.rows[i][2*j+1] = cell{{f.Label, labels}}, cell{{f.Value, small}}
		}
	}
	p.y += 3
	p.table(g)
}

// interpretation draws why one variant has its class.
func (p *painter) interpretation(f reports.Finding) {
	p.heading(fmt.Sprintf("Variant %d: %s. Class %d, %s", f.Number, f.Title, f.ClassNumber,
		strings.ToLower(f.ClassWord)), 24)
	p.para("Condition: "+f.Condition+". Mode of inheritance: "+f.MOI+".", body, 0)
	p.y++
	g := grid{
		head: []string{"Criterion", "Strength", "Points", "Reason"}, columns: []float64{26, 22, 28, 100},
		numbers: []bool{false, false, true, false}, last: true,
	}
	for _, e := range f.Evidence {
		g.rows = append(g.rows, []cell{{{e.Criterion, strong}}, {{e.Strength, body}}, {{e.Points, body}}, {{e.Reason, small}}})
	}
	g.rows = append(g.rows, []cell{{{"Total", strong}}, nil, {{f.Total, strong}}, {{f.Clause, small}}})
	p.table(g)
	for _, s := range f.Adjustments {
		p.item(s, small)
	}
	for _, s := range f.Flags {
		p.item(s, small)
	}
	if f.NotCounted != "" {
		p.item(f.NotCounted, small)
	}
	for _, s := range f.Comments {
		p.y++
		p.para(s, body, 0)
	}
}

func (p *painter) section(s reports.Section) {
	follow := 8.0
	if s.Table != nil {
		follow += min(p.tableHeight(gridOf(*s.Table)), 70)
	}
	p.heading(s.Title, follow)
	for _, t := range s.Paragraphs {
		p.para(t, small, 0)
		p.y += 0.6
	}
	if t := s.Table; t != nil {
		p.table(gridOf(*t))
	}
	for _, t := range s.Points {
		p.item(t, small)
	}
}

// gridOf turns a document's table, whose widths are shares, into a grid.
func gridOf(t reports.Table) grid {
	g := grid{head: t.Head, numbers: t.Right}
	sum := 0.0
	for _, w := range t.Widths {
		sum += w
	}
	for _, w := range t.Widths {
		g.columns = append(g.columns, w/sum*width)
	}
	for _, row := range t.Rows {
		cells := []cell{}
		for _, s := range row {
			cells = append(cells, cell{{s, small}})
		}
		g.rows = append(g.rows, cells)
	}
	return g
}

func (p *painter) appendix() {
	if len(p.doc.Appendix) == 0 {
		return
	}
	p.heading("Appendix: alleles and names in full", 16)
	for i, l := range p.doc.Appendix {
		p.need(14)
		p.para(fmt.Sprintf("A%d: %s, %d characters, SHA-256 %s", i+1, l.Label, l.Length, l.SHA256), smallB, 0)
		p.para(l.Text, code, 0)
		p.y += 1.5
	}
}

// signatures draws the fields with who is to sign, together on the last page.
func (p *painter) signatures(names map[string]string) {
	list := p.doc.Signatories
	box := FieldHeight / mm
	p.heading("Authorisation", 12+float64((len(list)+1)/2)*(box+18))
	p.para(p.doc.Notice, small, 0)
	p.y += 2
	for i := 0; i < len(list); i += 2 {
		low := p.y
		for j, s := range list[i:min(i+2, len(list))] {
			x := left + float64(j)*(width-FieldWidth/mm)
			low = max(low, p.signature(x, s, names[s.Field]))
		}
		p.y = low + 3
	}
	p.need(5)
	p.put(left, p.y, "End of report", label)
}

// signature draws one signatory and notes where the field is.
func (p *painter) signature(x float64, s reports.SignatureField, name string) float64 {
	w := FieldWidth / mm
	y := p.block(x, p.y, w, s.Role, strong)
	y = p.block(x, y, w, "Name: "+name, small)
	y = p.block(x, y, w, "HCPC registration: "+s.HCPC, small) + 1
	h := FieldHeight / mm
	p.f.SetDrawColor(0, 0, 0)
	p.f.SetLineWidth(0.25)
	p.f.Rect(x, y, w, h, "D")
	p.fields = append(p.fields, FieldBox{
		Name: s.Field, Page: p.f.PageNo(),
		X: x * mm, Y: (pageHeight - y - h) * mm, Width: FieldWidth, Height: FieldHeight,
	})
	return y + h
}
