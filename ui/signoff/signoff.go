// Package signoff is the screen where a report is prepared, read, signed, saved
// and opened. The passphrase can be typed only after the exact bytes that will
// be signed were opened for reading.
package signoff

import (
	"context"
	"fmt"
	"path/filepath"

	"garrod/review"
	"garrod/ui/state"
	"garrod/ui/task"
	"garrod/ui/widgets"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Laboratory is what this screen asks the laboratory.
type Laboratory interface {
	User() review.User
	Users(ctx context.Context) ([]review.User, error)
	Case(ctx context.Context, id review.CaseID) (review.Case, error)
	Assessments(ctx context.Context, id review.CaseID) ([]review.Assessment, error)
	PrepareSignOff(ctx context.Context, id review.CaseID, role review.Role) (state.Prepared, error)
	SignOff(ctx context.Context, p state.Prepared, identityPath string, passphrase []byte) (review.Report, error)
	Reports(ctx context.Context, id review.CaseID) ([]review.Report, error)
	SaveReport(ctx context.Context, id review.CaseID, path string) (review.Report, error)
	View(path string) error
	Identities() []state.Identity
}

// Screen is the sign-off screen. Make one with New.
type Screen struct {
	// OnChanged is told of the case as it is after a signature.
	OnChanged func(review.Case)
	OnBack    func()

	desk *widgets.Desk
	lab  Laboratory
	load *task.Slot
	act  *task.Slot

	flow  state.Signing
	users []review.User

	summary, signatures, reports *widgets.Sheet
	who, prepared, next          *widget.Label
	role, identity               *widgets.Choice
	prepare, open, sign, save    *widgets.Button
	passphrase, path             *widgets.Entry
	demoPass                     *widgets.Button
	left, right                  *fyne.Container
	content                      fyne.CanvasObject
}

var roles = []review.Role{review.Scientist, review.Authoriser}

// New makes the screen.
func New(desk *widgets.Desk, lab Laboratory) *Screen {
	s := &Screen{desk: desk, lab: lab, load: desk.Owner.Slot(), act: desk.Owner.Slot()}
	s.summary, s.reports = widgets.NewSheet(170, 220, 0), widgets.NewSheet(150, 150, 0)
	s.signatures = widgets.NewSheet(150, 0)
	s.who, s.prepared, s.next = widgets.Note(""), widgets.Note(""), widgets.Note("")
	s.next.TextStyle.Bold = true
	s.role = desk.NewChoice([]string{words.Of("role.", "scientist"), words.Of("role.", "authoriser")}, func(int) { s.forget() })
	s.prepare = desk.NewButton(words.T("sign.prepare"), s.prepareReport)
	s.open = desk.NewButton(words.T("sign.open"), s.openBytes)
	s.identity = desk.NewChoice(nil, s.chooseIdentity)
	path, pathBox := desk.FileField(words.T("sign.identity_hint"), []string{".p12", ".pfx"})
	s.path = path
	s.path.OnChanged = func(string) { s.update() }
	s.passphrase = desk.NewPassphrase(words.T("sign.passphrase_hint"))
	s.passphrase.OnChanged = func(string) { s.update() }
	s.passphrase.OnSubmitted = func(string) { s.signReport() }
	s.demoPass = desk.NewButton(words.T("sign.demo_passphrase"), s.fillPassphrase)
	s.sign = desk.NewMainButton(words.T("sign.sign"), s.signReport)
	s.save = desk.NewButton(words.T("sign.save"), s.saveReport)
	s.build(pathBox)
	return s
}

func (s *Screen) build(pathBox fyne.CanvasObject) {
	back := s.desk.NewButton(words.T("sign.back"), func() { s.OnBack() })
	label := func(key string) fyne.CanvasObject { return widget.NewLabel(words.T(key)) }
	s.left = container.NewVBox(
		widgets.Heading(words.T("sign.content")), s.summary,
		widgets.Heading(words.T("sign.signatures")), s.signatures,
		widgets.Heading(words.T("sign.reports")), s.reports,
		container.NewHBox(s.save))
	s.right = container.NewVBox(
		widgets.Heading(words.T("sign.step_who")), s.who,
		widgets.Form(label("sign.role"), s.role),
		widgets.Heading(words.T("sign.step_prepare")), container.NewHBox(s.prepare), s.prepared,
		widgets.Heading(words.T("sign.step_read")), container.NewHBox(s.open),
		widgets.Heading(words.T("sign.step_sign")),
		widgets.Form(label("sign.identity"), s.identity, label("sign.identity_file"), pathBox,
			label("sign.passphrase"), container.NewBorder(nil, nil, nil, s.demoPass, s.passphrase)),
		container.NewHBox(s.sign))
	head := container.NewBorder(nil, nil, widgets.Heading(words.T("sign.title")), back, s.next)
	split := container.NewHSplit(container.NewVScroll(s.left), container.NewVScroll(s.right))
	split.SetOffset(0.54)
	s.content = container.NewBorder(head, nil, nil, nil, split)
}

// Content is the screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Focus puts the keyboard on the first step that waits.
func (s *Screen) Focus() {
	var at fyne.Focusable = s.prepare
	switch {
	case s.flow.Read():
		at = s.passphrase
	case s.flow.Prepared != nil:
		at = s.open
	}
	s.desk.Window.Canvas().Focus(at)
}

// Show shows the sign-off of a case and calls done once it is on the screen.
func (s *Screen) Show(c review.Case, done func()) {
	s.flow = state.Signing{Case: c}
	s.passphrase.SetText("")
	s.reload(func() {
		s.role.SetSelectedIndex(s.suggestedRole())
		done()
	})
}

// suggestedRole is the role whose signature is wanted next.
func (s *Screen) suggestedRole() int {
	if s.flow.Next() == review.Authoriser {
		return 1
	}
	return 0
}

// loaded is what the screen reads of the case.
type loaded struct {
	flow  state.Signing
	users []review.User
}

func (s *Screen) reload(done func()) {
	id := s.flow.Case.ID
	widgets.Run(s.desk, s.load, widgets.Job{What: words.T("sign.loading")},
		func(ctx context.Context) (loaded, error) { return s.fetch(ctx, id) },
		func(l loaded, err error) {
			if err != nil {
				return
			}
			l.flow.Prepared = s.flow.Prepared
			s.flow, s.users = l.flow, l.users
			s.fillIdentities()
			s.show()
			done()
		})
}

func (s *Screen) fetch(ctx context.Context, id review.CaseID) (l loaded, err error) {
	if l.flow.Case, err = s.lab.Case(ctx, id); err != nil {
		return l, fmt.Errorf("load case %s: %w", id, err)
	}
	if l.flow.Assessments, err = s.lab.Assessments(ctx, id); err != nil {
		return l, fmt.Errorf("list assessments: %w", err)
	}
	if l.flow.Reports, err = s.lab.Reports(ctx, id); err != nil {
		return l, fmt.Errorf("list reports: %w", err)
	}
	if l.users, err = s.lab.Users(ctx); err != nil {
		return l, fmt.Errorf("list users: %w", err)
	}
	l.flow.User, l.flow.Identities = s.lab.User(), s.lab.Identities()
	return l, nil
}

// fillIdentities lists the identities kept with the laboratory, those of the
// person at work chosen first; the last option is a file.
func (s *Screen) fillIdentities() {
	var names []string
	at := len(s.flow.Identities)
	for i, id := range s.flow.Identities {
		names = append(names, words.F("sign.identity_of", words.D{"who": s.userName(id.User), "file": filepath.Base(id.Path)}))
		if id.User == s.flow.User.ID {
			at = i
		}
	}
	s.identity.Options = append(names, words.T("sign.other_identity"))
	s.identity.SetSelectedIndex(at)
}

func (s *Screen) userName(id review.UserID) string {
	for _, u := range s.users {
		if u.ID == id {
			return u.Name
		}
	}
	return string(id)
}

func (s *Screen) chooseIdentity(i int) {
	if i >= 0 && i < len(s.flow.Identities) {
		s.path.SetText(s.flow.Identities[i].Path)
	} else {
		s.path.SetText("")
	}
	s.passphrase.SetText("")
	s.update()
}

// chosen is the demonstration identity chosen, nil for a file.
func (s *Screen) chosen() *state.Identity {
	if i := s.identity.SelectedIndex(); i >= 0 && i < len(s.flow.Identities) && s.flow.Identities[i].Path == s.path.Text {
		return &s.flow.Identities[i]
	}
	return nil
}

func (s *Screen) fillPassphrase() {
	if id := s.chosen(); id != nil {
		s.passphrase.SetText(id.Passphrase)
	}
}

// forget drops what was prepared for another role.
func (s *Screen) forget() {
	s.flow.Prepared = nil
	s.update()
}

func (s *Screen) wanted() review.Role { return roles[max(s.role.SelectedIndex(), 0)] }
