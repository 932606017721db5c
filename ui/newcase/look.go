package newcase

import (
	"context"
	"fmt"
	"strings"

	"garrod/ui/state"
	"garrod/ui/task"
	"garrod/ui/widgets"
	"garrod/ui/words"
)

// lookRows is how many variants a first look shows: the list itself comes with
// the case.
const lookRows = 12

// firstLook is what a first look at the panel's regions came to.
type firstLook struct {
	preview state.Preview
	ok      bool // the panel says where its genes lie
}

// lookFirst shows what is in the panel's regions while the file is being read.
func (s *Screen) lookFirst(req state.NewCase) {
	s.forgetLook()
	if req.Panel == "" {
		return
	}
	task.Start(s.look, func(ctx context.Context) (firstLook, error) {
		p, ok, err := s.lab.Preview(ctx, req)
		if err != nil {
			return firstLook{}, fmt.Errorf("first look: %w", err)
		}
		return firstLook{p, ok}, nil
	}, func(l firstLook, err error) {
		switch {
		case err != nil:
			// What is wrong with the file or the request the checks say too.
			s.showLook(words.F("newcase.look_failed", words.D{"why": err.Error()}))
		case l.ok:
			s.showLook(lookText(l.preview))
		}
	})
}

func (s *Screen) forgetLook() {
	s.look.Stop()
	s.seen.RemoveAll()
}

func (s *Screen) showLook(text string) {
	s.seen.RemoveAll()
	s.seen.Add(widgets.Heading(words.T("newcase.look")))
	s.seen.Add(widgets.Note(text))
	s.desk.Relayout(s.seen)
}

func lookText(p state.Preview) string {
	lines := []string{words.F("newcase.look_found", words.D{
		"regions": p.Regions, "panel": p.Panel.Name, "listed": len(p.Worklist.List), "rescued": len(p.Worklist.Rescue),
	})}
	if p.Unplaced > 0 {
		lines = append(lines, words.F("newcase.look_unplaced", words.D{"n": p.Unplaced}))
	}
	rows, more := p.Rows(lookRows)
	for _, r := range rows {
		lines = append(lines, strings.Join(strings.Fields(r.Gene+" "+r.Change+" "+r.Key), "  "))
	}
	if more > 0 {
		lines = append(lines, words.F("newcase.look_more", words.D{"n": more}))
	}
	return strings.Join(lines, "\n")
}
