package variant

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/ui/state"
	"garrod/ui/widgets"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// do carries out an action on the selected criterion, asking first for what it
// needs.
func (s *Screen) do(action state.Action) {
	if s.page == nil {
		return
	}
	if s.act.Busy() {
		s.desk.Say(words.T("refuse.pending"))
		return
	}
	s.desk.Hush()
	if action == state.AddCode {
		s.askCode()
		return
	}
	plan, err := s.page.Plan(action, s.criteria.code())
	switch {
	case err != nil:
		s.refuse(err)
	case action == state.UndoLast:
		s.undo()
	case plan.NeedReason || plan.NeedStrength:
		s.ask(plan, nil)
	default:
		s.commit(plan.Decision)
	}
}

func (s *Screen) refuse(err error) {
	var r *state.Refusal
	if errors.As(err, &r) {
		s.desk.Say(words.T(r.Key))
		return
	}
	s.desk.Fail(err)
}

// askCode lets a person choose a criterion to add by hand.
func (s *Screen) askCode() {
	var rows []state.CriterionRow
	var names []string
	at := 0
	for _, r := range s.page.Rows() {
		if r.Disabled != "" || r.Accepted() || r.State() == acmg.Met {
			continue // what is proposed is accepted as it stands, or with another strength
		}
		if r.Code == s.criteria.code() {
			at = len(rows)
		}
		rows = append(rows, r)
		names = append(names, codeTitle(r))
	}
	if len(rows) == 0 {
		s.desk.Say(words.T("refuse.no_code"))
		return
	}
	choice := s.desk.NewChoice(names, nil)
	choice.SetSelectedIndex(at)
	plan, err := s.page.Plan(state.AddCode, rows[at].Code)
	if err != nil {
		s.refuse(err)
		return
	}
	ask := s.ask(plan, choice)
	choice.OnChanged = func(string) {
		if p, err := s.page.Plan(state.AddCode, rows[max(choice.SelectedIndex(), 0)].Code); err == nil {
			ask(p)
		}
	}
}

// ask opens the dialog for strength, reason and publications of plan, and
// commits it. code, when there is one, chooses the criterion; the function that
// is returned puts another plan in place of the first.
func (s *Screen) ask(plan state.Plan, code *widgets.Choice) func(state.Plan) {
	strength := s.desk.NewChoice(nil, nil)
	reason := s.desk.NewText(words.T("reason.hint"), 4)
	pmids := s.desk.NewEntry(words.T("reason.pmids_hint"))
	form := widgets.Form()
	field := func(key string, o fyne.CanvasObject) {
		form.Add(widget.NewLabel(words.T(key)))
		form.Add(o)
	}
	if code != nil {
		field("reason.code", code)
	}
	if plan.NeedStrength {
		field("reason.strength", strength)
	}
	field("reason.reason", reason)
	field("reason.pmids", pmids)
	hint := widgets.Note("")

	var dlg *widgets.Dialog
	ok := s.desk.NewMainButton(words.T("reason.ok"), func() {
		d, err := filled(plan, strength.SelectedIndex(), reason.Text, pmids.Text)
		if err != "" {
			hint.SetText(words.T(err))
			return
		}
		dlg.Close()
		s.commit(d)
	})
	set := func(p state.Plan) {
		plan = p
		var names []string
		at := 0
		for i, st := range p.Strengths {
			names = append(names, words.Of("strength.", state.StrengthName(st)))
			if st == p.Strength {
				at = i
			}
		}
		strength.Options = names
		strength.SetSelectedIndex(at)
	}
	set(plan)
	enable := func() { ok.SetEnabled(strings.TrimSpace(reason.Text) != "" || !plan.NeedReason) }
	reason.OnChanged = func(string) { enable() }
	enable()
	title := words.F("reason.title_"+string(plan.Decision.Decision), words.D{"code": plan.Code})
	if code != nil {
		title = words.T("reason.title_add")
	}
	dlg = s.desk.Open(title, container.NewVBox(form, hint), fyne.NewSize(640, 300), ok)
	dlg.Focus(reason)
	return set
}

// filled puts what was asked for into the decision; problem is the key of what
// is wrong with it.
func filled(p state.Plan, strength int, reason, pmids string) (d state.Decision, problem string) {
	d = p.Decision
	d.Reason = strings.TrimSpace(reason)
	if p.NeedReason && d.Reason == "" {
		return d, "reason.missing"
	}
	if p.NeedStrength {
		if strength < 0 || strength >= len(p.Strengths) {
			return d, "reason.no_strength"
		}
		d.Strength = p.Strengths[strength]
	}
	for _, f := range strings.FieldsFunc(pmids, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		n, err := strconv.Atoi(f)
		if err != nil || n <= 0 {
			return d, "reason.bad_pmid"
		}
		d.PMIDs = append(d.PMIDs, n)
	}
	return d, ""
}

// outcome is an assessment with its classes after a decision.
type outcome struct {
	a       review.Assessment
	classes []acmg.Classification
}

func (s *Screen) commit(d state.Decision) {
	s.store("decide "+string(d.Code), func(ctx context.Context) (review.Assessment, error) { return s.lab.Decide(ctx, d) })
}

func (s *Screen) undo() {
	id, key := s.c.ID, s.key
	s.store("undo", func(ctx context.Context) (review.Assessment, error) { return s.lab.Undo(ctx, id, key) })
}

// store carries out one change and shows what it made of the page. A change
// that was stored is shown as stored even when the page has moved on.
func (s *Screen) store(what string, change func(context.Context) (review.Assessment, error)) {
	p, c, key := s.page, s.c, s.key
	p.Begin()
	widgets.Run(s.desk, s.act, widgets.Job{What: words.T("variant.saving")},
		func(ctx context.Context) (o outcome, err error) {
			if o.a, err = change(ctx); err != nil {
				return o, fmt.Errorf("%s: %w", what, err)
			}
			if o.classes, err = s.lab.Classify(ctx, o.a); err != nil {
				return o, fmt.Errorf("classify: %w", err)
			}
			return o, nil
		},
		func(o outcome, err error) {
			if err != nil {
				p.Fail()
			} else {
				p.End(o.a, o.classes)
				s.OnChanged()
			}
			switch {
			case s.page != p:
				s.enable()
			case err != nil:
				s.Show(c, key, func() {}) // what is stored is what is shown
			default:
				s.showPage()
			}
		})
	s.enable()
}

// finish asks whether the variant goes into the report and freezes the
// reader's classification.
func (s *Screen) finish() {
	if s.page == nil || s.act.Busy() || len(s.page.Classes) == 0 {
		return
	}
	if s.page.Sealed {
		s.desk.Say(words.T("refuse.sealed"))
		return
	}
	class := s.page.Classes[0]
	yes, no := words.T("finish.yes"), words.T("finish.no")
	report := s.desk.NewRadio([]string{yes, no}, nil)
	note := s.desk.NewText(words.T("finish.note_hint"), 3)
	badge := widgets.NewBadge(true)
	badge.Set(words.F("variant.under", words.D{"rules": class.RuleSet}), class, bandText(class))
	open := widgets.Note("")
	if n := s.page.Open(); n > 0 {
		open.SetText(words.F("finish.open", words.D{"n": n}))
	}
	var dlg *widgets.Dialog
	ok := s.desk.NewMainButton(words.T("finish.ok"), func() {
		dlg.Close()
		id, key, in, text := s.c.ID, s.key, report.Selected == yes, strings.TrimSpace(note.Text)
		s.store("finish review", func(ctx context.Context) (review.Assessment, error) {
			return s.lab.Finish(ctx, id, key, in, text)
		})
	})
	ok.Disable()
	report.OnChanged = func(v string) { ok.SetEnabled(v != "") }
	body := container.NewVBox(badge, open, widgets.Form(widget.NewLabel(words.T("finish.report")), report,
		widget.NewLabel(words.T("finish.note")), note))
	dlg = s.desk.Open(words.F("finish.title", words.D{"variant": s.title.Text}), body, fyne.NewSize(640, 300), ok)
	dlg.Focus(note)
}
