// Package newcase is the dialog that adds a case: it collects the request, runs
// the intake checks with progress and a way to cancel, shows every check with
// its outcome and sentence, and asks for a reason where one warns. A failed
// check refuses the case. Nothing is stored before "Add the case".
package newcase

import (
	"context"
	"fmt"
	"strings"

	"garrod/review"
	"garrod/review/genome"
	"garrod/ui/state"
	"garrod/ui/task"
	"garrod/ui/widgets"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Laboratory is what this dialog asks the laboratory.
type Laboratory interface {
	Intake(ctx context.Context, req state.NewCase, m *review.Meter) (review.Case, error)
	AddCase(ctx context.Context, req state.NewCase, m *review.Meter) (review.Case, error)
	Preview(ctx context.Context, req state.NewCase) (p state.Preview, ok bool, err error)
}

// Screen is the dialog. Make one with Open.
type Screen struct {
	desk   *widgets.Desk
	lab    Laboratory
	slot   *task.Slot
	intake state.Intake
	added  func(review.Case)

	dialog  *widgets.Dialog
	fields  fields
	check   *widgets.Button
	add     *widgets.Button
	next    *widget.Label // what to do next
	look    *task.Slot    // the first look at the panel's regions
	seen    *fyne.Container
	results *fyne.Container
}

// fields are the controls of the form.
type fields struct {
	id, vcf, ped, panel, proband, hpo             *widgets.Entry
	surname, forename, dob, nhs, hospital, labNum *widgets.Entry
	sex, assembly                                 *widgets.Choice
}

var (
	sexes      = []review.Sex{review.SexUnknown, review.Female, review.Male}
	assemblies = []genome.Assembly{genome.AssemblyUnknown, genome.GRCh37, genome.GRCh38}
)

// Open shows the dialog; added is called with the case once it is stored.
func Open(desk *widgets.Desk, lab Laboratory, added func(review.Case)) *Screen {
	s := &Screen{desk: desk, lab: lab, slot: desk.Owner.Slot(), look: desk.Owner.Slot(), added: added}
	s.check = desk.NewButton(words.T("newcase.check"), s.runChecks)
	s.add = desk.NewMainButton(words.T("newcase.add"), s.store)
	s.next = widgets.Note("")
	s.results, s.seen = container.NewVBox(), container.NewVBox()
	right := container.NewBorder(container.NewVBox(widgets.Heading(words.T("newcase.checks")), s.next), nil, nil, nil,
		container.NewVScroll(container.NewVBox(s.results, s.seen)))
	body := container.NewHSplit(container.NewVScroll(s.form()), right)
	body.SetOffset(0.5)
	s.dialog = desk.Open(words.T("newcase.title"), body, fyne.NewSize(1180, 660), s.check, s.add)
	s.dialog.OnClose = func() { s.slot.Stop(); s.look.Stop() }
	s.dialog.Focus(s.fields.id)
	s.update()
	return s
}

func (s *Screen) form() fyne.CanvasObject {
	f, d := &s.fields, s.desk
	entry := func(hint string) *widgets.Entry {
		e := d.NewEntry(words.T(hint))
		e.OnChanged = func(string) { s.edited() }
		return e
	}
	file := func(hint string, endings ...string) (*widgets.Entry, fyne.CanvasObject) {
		e, box := d.FileField(words.T(hint), endings)
		e.OnChanged = func(string) { s.edited() }
		return e, box
	}
	f.id, f.proband, f.hpo = entry("newcase.id_hint"), entry("newcase.proband_hint"), entry("newcase.hpo_hint")
	var vcf, ped, panel fyne.CanvasObject
	f.vcf, vcf = file("newcase.vcf_hint", ".gz", ".bgz")
	f.ped, ped = file("newcase.optional", ".ped", ".fam", ".txt")
	f.panel, panel = file("newcase.panel_hint")
	f.sex = d.NewChoice(names("sex.", sexes), func(int) { s.edited() })
	f.assembly = d.NewChoice(names("assembly.", assemblies), func(int) { s.edited() })
	f.sex.SetSelectedIndex(0)
	f.assembly.SetSelectedIndex(0)
	f.surname, f.forename, f.dob = entry("newcase.optional"), entry("newcase.optional"), entry("newcase.dob_hint")
	f.nhs, f.hospital, f.labNum = entry("newcase.nhs_hint"), entry("newcase.optional"), entry("newcase.optional")
	label := func(key string) fyne.CanvasObject { return widget.NewLabel(words.T(key)) }
	return container.NewVBox(
		widgets.Heading(words.T("newcase.files")),
		widgets.Form(label("newcase.id"), f.id, label("newcase.vcf"), vcf, label("newcase.ped"), ped,
			label("newcase.panel"), panel, label("newcase.proband"), f.proband, label("newcase.sex"), f.sex,
			label("newcase.assembly"), f.assembly, label("newcase.hpo"), f.hpo),
		widgets.Heading(words.T("newcase.patient")),
		widgets.Form(label("newcase.surname"), f.surname, label("newcase.forename"), f.forename,
			label("newcase.dob"), f.dob, label("newcase.nhs"), f.nhs, label("newcase.hospital"), f.hospital,
			label("newcase.lab_number"), f.labNum))
}

func names[T ~string](family string, values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = words.Of(family, string(v))
	}
	return out
}

// request collects the form.
func (s *Screen) request() state.NewCase {
	f := &s.fields
	text := func(e *widgets.Entry) string { return strings.TrimSpace(e.Text) }
	req := state.NewCase{
		ID: review.CaseID(text(f.id)), VCF: text(f.vcf), PED: text(f.ped), Panel: text(f.panel),
		Proband: text(f.proband), Sex: sexes[max(f.sex.SelectedIndex(), 0)],
		Assembly: assemblies[max(f.assembly.SelectedIndex(), 0)],
		HPO:      strings.FieldsFunc(f.hpo.Text, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }),
		Patient:  review.Patient{Surname: text(f.surname), Forename: text(f.forename), DOB: text(f.dob)},
		Specimen: review.Specimen{LabNumber: text(f.labNum)},
	}
	req.Patient.Sex = req.Sex
	for _, id := range []review.Identifier{
		{Type: "nhs", Value: strings.ReplaceAll(text(f.nhs), " ", "")},
		{Type: "hospital", Value: text(f.hospital)},
	} {
		if id.Value != "" {
			req.Patient.Identifiers = append(req.Patient.Identifiers, id)
		}
	}
	return req
}

// edited forgets the outcome of checks that ran on another request.
func (s *Screen) edited() {
	if s.fields.labNum == nil || s.add == nil {
		return // the form is still being built
	}
	s.slot.Stop()
	s.forgetLook()
	s.intake.Edited()
	s.intake.Request = s.request()
	s.results.RemoveAll()
	s.update()
}

// update says what to do next and enables what can be done.
func (s *Screen) update() {
	missing := s.intake.Missing()
	s.check.SetEnabled(len(missing) == 0 && !s.slot.Busy())
	s.add.SetEnabled(s.intake.CanAdd() && !s.slot.Busy())
	s.check.SetMain(!s.intake.WasChecked())
	s.add.SetMain(s.intake.CanAdd())
	switch {
	case s.slot.Busy():
		s.next.SetText(words.T("newcase.running"))
	case len(missing) > 0:
		var names []string
		for _, m := range missing {
			names = append(names, words.Of("newcase.", m))
		}
		s.next.SetText(words.F("newcase.missing", words.D{"fields": strings.Join(names, ", ")}))
	case !s.intake.WasChecked():
		s.next.SetText(words.T("newcase.next_check"))
	case s.intake.Failed():
		s.next.SetText(words.T("newcase.next_failed"))
	case len(s.intake.NeedReason()) > 0:
		s.next.SetText(words.T("newcase.next_reason"))
	default:
		s.next.SetText(words.T("newcase.next_add"))
	}
}

func (s *Screen) runChecks() {
	s.intake.Edited()
	s.intake.Request = s.request()
	req, meter := s.intake.Request, &review.Meter{}
	s.lookFirst(req)
	s.run(meter, func(ctx context.Context) (review.Case, error) {
		c, err := s.lab.Intake(ctx, req, meter)
		if err != nil {
			return c, fmt.Errorf("intake: %w", err)
		}
		return c, nil
	}, func(c review.Case) {
		s.intake.Checked(c)
		s.showChecks()
	})
}

func (s *Screen) store() {
	if !s.intake.CanAdd() {
		return
	}
	req, meter := s.intake.Request, &review.Meter{}
	s.run(meter, func(ctx context.Context) (review.Case, error) {
		c, err := s.lab.AddCase(ctx, req, meter)
		if err != nil {
			return c, fmt.Errorf("add case: %w", err)
		}
		return c, nil
	}, func(c review.Case) {
		s.dialog.Close()
		s.added(c)
	})
}

// run does work with progress inside the dialog, which covers the window's own.
func (s *Screen) run(m *review.Meter, work func(context.Context) (review.Case, error), ok func(review.Case)) {
	progress := s.desk.NewProgress(s.slot)
	s.results.RemoveAll()
	s.results.Add(progress.Box())
	task.Start(s.slot, work, func(c review.Case, err error) {
		s.results.RemoveAll()
		if err != nil {
			s.desk.Fail(err)
			s.showChecks()
		} else {
			ok(c)
		}
		s.update()
	})
	task.Watch(s.slot, m, func(p task.Progress) { progress.Show(words.T("newcase.running"), p) })
	s.update()
}

// showChecks lists the checks, with a field for the reason under each warning.
func (s *Screen) showChecks() {
	s.results.RemoveAll()
	for _, c := range s.intake.Checks {
		sheet := widgets.NewSheet(120, 0)
		sheet.Set(nil, widgets.CheckRows([]review.Check{c}))
		s.results.Add(sheet)
		if c.Outcome == review.Warn {
			why := s.desk.NewEntry(words.T("newcase.reason_hint"))
			why.SetText(s.intake.Request.Reasons[c.Name])
			why.OnChanged = func(text string) {
				s.intake.Reason(c.Name, text)
				s.update()
			}
			s.results.Add(why)
		}
	}
	s.desk.Relayout(s.results)
}
