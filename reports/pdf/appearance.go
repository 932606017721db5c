package pdf

import (
	"fmt"
	"time"

	"garrod/assets/fonts"
	"garrod/reports/object"

	"github.com/jung-kurt/gofpdf"
)

// Appearance draws what a signature shows: a one-page PDF of w by h points with
// name, role, registration and time in UTC. Text that is too wide is set smaller.
// The same input gives the same bytes.
func Appearance(name, role, hcpc string, when time.Time, w, h float64) (b []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("draw a signature: %v", r)
		}
	}()
	c, err := newCoverage(fonts.Sans(), fonts.Bold(), fonts.Mono())
	if err != nil {
		return nil, err
	}
	p := &painter{f: newFile(gofpdf.SizeType{Wd: w, Ht: h}, "pt", when), cover: c, lost: replaced{runes: map[rune]bool{}}}
	p.f.AddPage()
	if hcpc == "" {
		hcpc = "not given"
	}
	const margin = 6
	y := h * 0.30
	for _, l := range []struct {
		text string
		face face
	}{
		{name, face{"sans", "B", 12, black}},
		{role + ", HCPC registration " + hcpc, body},
		{"Digitally signed " + when.UTC().Format("02-Jan-2006 15:04:05") + " UTC", body},
	} {
		s := c.clean(l.text, &p.lost)
		p.f.SetFont(l.face.family, l.face.style, l.face.size)
		if wide := p.f.GetStringWidth(s); wide > w-2*margin {
			p.f.SetFontSize(max(l.face.size*(w-2*margin)/wide, 1))
		}
		p.f.SetTextColor(0, 0, 0)
		p.f.Text(margin, y, s)
		y += h * 0.27
	}
	raw, err := p.bytes()
	if err != nil {
		return nil, fmt.Errorf("draw a signature: %w", err)
	}
	return mend(raw)
}

// mend is the part of Finish that a signature's appearance needs.
func mend(raw []byte) ([]byte, error) {
	f, err := object.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("draw a signature: %w", err)
	}
	objects, err := f.Objects()
	if err != nil {
		return nil, fmt.Errorf("draw a signature: %w", err)
	}
	b := &builder{objects: objects}
	if err := b.mendFonts(); err != nil {
		return nil, fmt.Errorf("draw a signature: %w", err)
	}
	return b.write(object.Dict{"Root": f.Trailer()["Root"]}), nil
}
