package widgets

import (
	"image"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/identity"
	"garrod/ui/state"
	"garrod/ui/theme"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
)

// PatientBar stands at the head of every screen that shows a case: two
// identifiers of the patient, the case, the assembly, and the mark of a
// demonstration laboratory.
type PatientBar struct {
	painted
	demo  bool
	facts []fact
}

type fact struct {
	label, value string
	missing      bool
}

// NewPatientBar makes the bar; demo marks it as a demonstration.
func NewPatientBar(demo bool) *PatientBar {
	b := &PatientBar{demo: demo}
	b.init(b, b.paint)
	return b
}

// Set shows a case.
func (b *PatientBar) Set(c *review.Case) {
	p := c.Patient
	b.facts = []fact{
		said("patient.name", PatientName(p)),
		said("patient.dob", p.DOB),
		said("patient.nhs", groupNHS(state.IdentifierOf(p, "nhs"))),
		said("patient.case", string(c.ID)),
		said("patient.assembly", string(c.Assembly)),
		said("patient.proband", c.Proband+", "+words.Of("sex.", string(c.Sex))),
		said("patient.status", words.Of("status.", string(c.Status))),
	}
	if id := state.IdentifierOf(p, "hospital"); id != "" && b.facts[2].missing {
		b.facts[2] = said("patient.hospital", id)
	}
	if text := doubt(c); text != "" { // before what a narrow window may cut off
		b.facts = slices.Insert(b.facts, 3, fact{words.T("patient.identity"), text, true})
	}
	b.Refresh()
}

// doubt says that the genotypes contradict the family, or that the family was not
// measured; empty where it was and agrees.
func doubt(c *review.Case) string {
	i := c.Identity
	parents, _ := c.TrustsParents()
	switch {
	case !parents:
		return words.T("patient.identity_blocked")
	case i.Blocked():
		return words.T("patient.identity_kin")
	case i != nil && i.Override != nil:
		return words.F("patient.identity_overridden", words.D{"name": i.Override.Name})
	case identity.FamilyUnmeasured(c):
		return words.T("patient.identity_open")
	}
	return ""
}

// SetLaboratory shows that no patient is chosen, and whose laboratory it is.
func (b *PatientBar) SetLaboratory(l review.Laboratory) {
	b.facts = []fact{said("patient.laboratory", l.Name), {words.T("patient.name"), words.T("patient.nobody"), false}}
	b.Refresh()
}

func said(key, value string) fact {
	if value == "" {
		return fact{words.T(key), words.T("not_recorded"), true}
	}
	return fact{words.T(key), value, false}
}

// PatientName writes SURNAME, Forename; empty when neither is recorded.
func PatientName(p review.Patient) string {
	name := strings.ToUpper(p.Surname)
	if p.Forename != "" {
		if name != "" {
			name += ", "
		}
		name += p.Forename
	}
	return name
}

// groupNHS writes a ten-digit number 3 3 4, as the NHS has it on screens.
func groupNHS(s string) string {
	d := strings.ReplaceAll(s, " ", "")
	if len(d) != 10 {
		return s
	}
	return d[:3] + " " + d[3:6] + " " + d[6:]
}

// Text is what the bar says.
func (b *PatientBar) Text() string {
	var out []string
	for _, f := range b.facts {
		out = append(out, f.label+": "+f.value)
	}
	return strings.Join(out, "; ")
}

// MinSize fits a label over a value.
func (b *PatientBar) MinSize() fyne.Size { return fyne.NewSize(600, 42) }

func (b *PatientBar) paint(p *pen, pal theme.Palette) {
	p.fill(p.img.Rect, pal.Header)
	x := p.px(10)
	right := p.img.Rect.Max.X
	if b.demo {
		right = b.paintMark(p, pal)
	}
	for i, f := range b.facts {
		tone := pal.Text
		if f.missing {
			tone = pal.Caution
		}
		size := float32(14)
		if i == 0 {
			size = 16
		}
		w := max(p.width(f.value, size, true), p.width(f.label, 11, false))
		r := image.Rect(x, p.px(3), min(x+w+p.px(2), right), p.px(17))
		p.text(f.label, r, 11, false, pal.Muted, false)
		r.Min.Y, r.Max.Y = p.px(17), p.px(39)
		p.text(f.value, r, size, true, tone, false)
		x += w + p.px(22)
		if x < right {
			p.fill(image.Rect(x-p.px(11), p.px(8), x-p.px(10), p.px(34)), pal.Line)
		}
	}
	p.fill(image.Rect(0, p.img.Rect.Max.Y-1, p.img.Rect.Max.X, p.img.Rect.Max.Y), pal.Line)
}

// paintMark paints DEMONSTRATION between stripes at the right and returns where
// it begins.
func (b *PatientBar) paintMark(p *pen, pal theme.Palette) int {
	text := words.T("demonstration")
	w := p.width(text, 13, true)
	box := image.Rect(p.img.Rect.Max.X-w-p.px(44), p.px(6), p.img.Rect.Max.X-p.px(8), p.px(36))
	p.fill(box, pal.Panel)
	p.frame(box, pal.Caution, max(p.px(2), 1))
	step := max(p.px(4), 2)
	for y := box.Min.Y + step; y < box.Max.Y-step; y += 2 * step {
		p.fill(image.Rect(box.Min.X+p.px(4), y, box.Min.X+p.px(12), y+step), pal.Caution)
		p.fill(image.Rect(box.Max.X-p.px(12), y, box.Max.X-p.px(4), y+step), pal.Caution)
	}
	p.text(text, image.Rect(box.Min.X+p.px(18), box.Min.Y, box.Max.X, box.Max.Y), 13, true, pal.Caution, false)
	return box.Min.X - p.px(10)
}
