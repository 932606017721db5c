package signoff

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"garrod/review"
	"garrod/ui/state"
	"garrod/ui/widgets"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// update enables what can be done now and says what comes next.
func (s *Screen) update() {
	f, busy := &s.flow, s.act.Busy()
	s.prepare.SetEnabled(!busy && f.Next() != "" && len(f.Unfinished()) == 0)
	s.open.SetEnabled(!busy && f.Prepared != nil)
	s.sign.SetEnabled(!busy && f.CanSign(s.path.Text, len(s.passphrase.Text)))
	_, has := f.Current()
	s.save.SetEnabled(!busy && has)
	id := s.chosen()
	s.demoPass.Hidden = id == nil || id.Passphrase == ""
	s.demoPass.SetEnabled(f.Read())
	if f.Read() {
		s.passphrase.Enable()
	} else {
		s.passphrase.Disable()
	}
	s.prepared.SetText(words.T("sign.not_prepared"))
	if p := f.Prepared; p != nil {
		s.prepared.SetText(words.F("sign.prepared", words.D{"report": p.ReportID, "version": p.Version, "sha256": p.SHA256}))
	}
	key := nextKey(f, s.path.Text, len(s.passphrase.Text))
	s.prepare.SetMain(key == "sign.next_prepare")
	s.open.SetMain(key == "sign.next_open")
	s.sign.SetMain(key == "sign.next_sign" || key == "sign.next_passphrase")
	s.save.SetMain(key == "sign.next_done")
	s.next.SetText(words.T(key))
}

// nextKey is the key of what comes next.
func nextKey(f *state.Signing, identity string, passphrase int) string {
	switch {
	case f.Next() == "":
		return "sign.next_done"
	case len(f.Unfinished()) > 0:
		return "sign.next_unfinished"
	case f.Prepared == nil:
		return "sign.next_prepare"
	case !f.Read():
		return "sign.next_open"
	case !f.CanSign(identity, passphrase):
		return "sign.next_passphrase"
	}
	return "sign.next_sign"
}

// show shows what the report holds, who has signed, and the reports there are.
func (s *Screen) show() {
	u := s.flow.User
	s.who.SetText(words.F("sign.who", words.D{"name": u.Name, "role": words.Of("role.", string(u.Role))}))
	s.summary.Set([]string{words.T("sign.variant"), words.T("sign.class"), words.T("sign.reported")}, s.summaryRows())
	var rows [][]state.Cell
	for _, role := range roles {
		cell := state.Cell{Text: words.T("sign.waiting"), Shape: state.Ring, Tone: state.Caution}
		if so, ok := s.flow.Signed(role); ok {
			cell = state.Cell{
				Shape: state.Tick, Tone: state.Good,
				Text: words.F("sign.signed", words.D{"name": so.Name, "when": words.Time(so.At)}),
			}
		}
		rows = append(rows, []state.Cell{{Text: words.Of("role.", string(role)), Tone: state.Strong}, cell})
	}
	s.signatures.Set(nil, rows)
	s.reports.Set(nil, s.reportRows())
	s.update()
	s.desk.Relayout(s.left, s.right)
}

func (s *Screen) summaryRows() [][]state.Cell {
	var rows [][]state.Cell
	add := func(as []review.Assessment, in string) {
		for _, a := range as {
			class := state.Cell{Text: words.T("sign.unfinished"), Shape: state.Ring, Tone: state.Caution}
			if r, ok := a.Finished(); ok {
				class = widgets.ClassCell(r.Classification.Class)
			}
			name := a.Consequence.Symbol + " " + widgets.ShortHGVS(a.Consequence.HGVSc)
			if a.Consequence.HGVSc == "" {
				name = a.Unit.Key
			}
			rows = append(rows, []state.Cell{{Text: name, Tone: state.Strong}, class, {Text: words.T(in)}})
		}
	}
	add(s.flow.Reported(), "sign.in_report")
	add(s.flow.NotReported(), "sign.not_in_report")
	add(s.flow.Unfinished(), "sign.must_finish")
	if rows == nil {
		rows = [][]state.Cell{{{Text: words.T("sign.none")}, {}, {Text: words.T("sign.no_variants"), Tone: state.Caution}}}
	}
	return rows
}

func (s *Screen) reportRows() [][]state.Cell {
	var rows [][]state.Cell
	for _, r := range s.flow.Reports {
		rows = append(rows, []state.Cell{
			{Text: fmt.Sprintf("%s v%d", r.ID, r.Version)},
			{Text: words.Of("report.", string(r.Status))},
			{Text: words.F("sign.hash", words.D{"sha256": short(r.SHA256)}), Tone: state.Muted},
		})
	}
	if rows == nil {
		rows = [][]state.Cell{{{Text: words.T("sign.no_reports"), Tone: state.Muted}, {}, {}}}
	}
	return rows
}

func short(sha string) string {
	if len(sha) > 16 {
		return sha[:16] + "…"
	}
	return sha
}

func (s *Screen) prepareReport() {
	id, role := s.flow.Case.ID, s.wanted()
	s.flow.Prepared = nil
	widgets.Run(s.desk, s.act, widgets.Job{What: words.T("sign.preparing")},
		func(ctx context.Context) (state.Prepared, error) {
			p, err := s.lab.PrepareSignOff(ctx, id, role)
			if err != nil {
				return p, fmt.Errorf("prepare report: %w", err)
			}
			return p, nil
		},
		func(p state.Prepared, err error) {
			if err == nil && s.flow.Case.ID == id {
				s.flow.Take(p)
			}
			s.update()
			s.Focus()
		})
	s.update()
}

func (s *Screen) openBytes() {
	p := s.flow.Prepared
	if p == nil {
		return
	}
	s.view(p.Path, func() {
		if s.flow.Prepared == p {
			s.flow.Opened()
		}
		s.update()
		s.Focus()
	})
}

// view opens a file in the system's viewer and calls opened when that worked.
func (s *Screen) view(path string, opened func()) {
	widgets.Run(s.desk, s.act, widgets.Job{What: words.T("sign.opening")},
		func(context.Context) (struct{}, error) {
			if err := s.lab.View(path); err != nil {
				return struct{}{}, fmt.Errorf("open report: %w", err)
			}
			return struct{}{}, nil
		},
		func(_ struct{}, err error) {
			if err == nil {
				opened()
			}
			s.update()
		})
	s.update()
}

func (s *Screen) signReport() {
	if s.act.Busy() || !s.flow.CanSign(s.path.Text, len(s.passphrase.Text)) {
		return
	}
	id, p, path, secret := s.flow.Case.ID, *s.flow.Prepared, s.path.Text, []byte(s.passphrase.Text)
	s.passphrase.SetText("")
	widgets.Run(s.desk, s.act, widgets.Job{What: words.T("sign.signing")},
		func(ctx context.Context) (review.Report, error) {
			defer clear(secret)
			r, err := s.lab.SignOff(ctx, p, path, secret)
			if err != nil {
				return r, fmt.Errorf("sign: %w", err)
			}
			return r, nil
		},
		func(_ review.Report, err error) {
			if s.flow.Case.ID != id {
				return
			}
			if err == nil {
				s.flow.Prepared = nil
				s.signed()
			}
			s.update()
		})
	s.update()
}

// signed shows the case as it is after a signature.
func (s *Screen) signed() {
	s.reload(func() {
		s.role.SetSelectedIndex(s.suggestedRole())
		s.OnChanged(s.flow.Case)
		key := "sign.done_next"
		if s.flow.Next() == "" {
			key = "sign.done_all"
		}
		s.desk.Say(words.T(key))
	})
}

// saveReport asks where to, saves the stored bytes, and offers to open them.
func (s *Screen) saveReport() {
	r, ok := s.flow.Current()
	if !ok {
		return
	}
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	id := s.flow.Case.ID
	s.desk.AskSavePath(words.T("sign.save"), filepath.Join(home, r.ID+".pdf"), func(path string) {
		widgets.Run(s.desk, s.act, widgets.Job{What: words.T("sign.saving")},
			func(ctx context.Context) (review.Report, error) {
				r, err := s.lab.SaveReport(ctx, id, path)
				if err != nil {
					return r, fmt.Errorf("save report: %w", err)
				}
				return r, nil
			},
			func(_ review.Report, err error) {
				s.update()
				if err == nil {
					s.saved(path)
				}
			})
		s.update()
	})
}

func (s *Screen) saved(path string) {
	var dlg *widgets.Dialog
	open := s.desk.NewMainButton(words.T("sign.view"), func() {
		dlg.Close()
		s.view(path, func() {})
	})
	dlg = s.desk.Open(words.T("sign.saved"), container.NewVBox(widgets.Note(path)), fyne.NewSize(560, 110), open)
	dlg.Focus(open)
}

// Leave drops what was typed when the screen is left.
func (s *Screen) Leave() {
	s.passphrase.SetText("")
	s.flow.Prepared = nil
}
