package pdf

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"garrod/assets/fonts"
	"garrod/reports"
	"garrod/review"

	"github.com/jung-kurt/gofpdf"
)

// Renderer draws reports. It has no state and may be shared.
type Renderer struct{}

// Render draws d and finishes the file: with an empty signature field for each
// of d's signatories and with proof attached, unless it is nil.
func (Renderer) Render(d reports.Document, proof []byte) ([]byte, error) {
	return Render(d, Options{Proof: proof})
}

// Appearance draws what a signature shows, at the size of the fields.
func (Renderer) Appearance(s review.SignOff) ([]byte, error) {
	return Appearance(s.Name, reports.FieldName(s.Role), s.HCPC, s.At, FieldWidth, FieldHeight)
}

// Options are what a file needs besides the document.
type Options struct {
	// Proof is attached as garrod-proof.json; nil attaches nothing.
	Proof []byte
}

// Render draws d on A4 pages and finishes the file. The same input gives the
// same bytes.
func Render(d reports.Document, opt Options) ([]byte, error) {
	created, err := time.Parse(time.RFC3339, d.Head.Created)
	if err != nil {
		return nil, fmt.Errorf("render report %s: time of the report: %w", d.Head.ReportID, err)
	}
	// The first pass counts the pages, the second prints "page n of N".
	counted, err := layOut(d, created, 0)
	if err != nil {
		return nil, err
	}
	p, err := layOut(d, created, counted.f.PageNo())
	if err != nil {
		return nil, err
	}
	raw, err := p.bytes()
	if err != nil {
		return nil, fmt.Errorf("render report %s: %w", d.Head.ReportID, err)
	}
	return Finish(raw, Meta{
		Title: d.Title + " " + d.Head.ReportID, ReportID: d.Head.ReportID, Version: d.Head.Version,
		Supersedes: d.Head.Supersedes, Program: d.Head.Program, Created: created.UTC(), Fields: p.fields, Proof: opt.Proof,
	})
}

// layOut draws all pages. total is the number that "page n of N" prints. The
// library it draws with can panic on text; that comes back as an error.
func layOut(d reports.Document, created time.Time, total int) (p *painter, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("render report %s: %v", d.Head.ReportID, r)
		}
	}()
	c, err := newCoverage(fonts.Sans(), fonts.Bold(), slices.Clone(fonts.Mono()))
	if err != nil {
		return nil, err
	}
	p = &painter{
		f: newFile(gofpdf.SizeType{Wd: pageWidth, Ht: pageHeight}, "mm", created), doc: d, total: total,
		cover: c, lost: replaced{runes: map[rune]bool{}}, widths: map[glyph]float64{},
	}
	// A copy: gofpdf writes into the font it is given.
	p.f.AddUTF8FontFromBytes("mono", "", slices.Clone(fonts.Mono()))
	p.document()
	if err := p.f.Error(); err != nil {
		return nil, fmt.Errorf("render report %s: %w", d.Head.ReportID, err)
	}
	return p, nil
}

// newFile starts a file of one page size whose bytes depend on nothing but what
// is drawn.
func newFile(size gofpdf.SizeType, unit string, created time.Time) *gofpdf.Fpdf {
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: unit, Size: size})
	f.SetCatalogSort(true)
	f.SetCreationDate(created.UTC())
	f.SetModificationDate(created.UTC())
	f.SetMargins(0, 0, 0)
	f.SetCellMargin(0)
	f.SetAutoPageBreak(false, 0)
	f.AddUTF8FontFromBytes("sans", "", slices.Clone(fonts.Sans()))
	f.AddUTF8FontFromBytes("sans", "B", slices.Clone(fonts.Bold()))
	return f
}

func (p *painter) bytes() (b []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("write the file: %v", r)
		}
	}()
	var buf bytes.Buffer
	if err := p.f.Output(&buf); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}
