package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"garrod/ui/uitest"
	"garrod/ui/widgets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func worklistRig(t *testing.T) *rig {
	t.Helper()
	r := newRig(t, Options{Case: uitest.CaseID, Goto: "worklist"}).ready()
	r.until("the worklist is there", func() bool { return r.w.worklist.First() != "" })
	return r
}

// sheets are the texts of the tables in the topmost dialog.
func (r *rig) sheets() string {
	var b strings.Builder
	for _, o := range test.LaidOutObjects(r.w.Canvas().Overlays().Top()) {
		if s, ok := o.(*widgets.Sheet); ok {
			b.WriteString(s.Text())
		}
	}
	return b.String()
}

// pick takes an option of the list of filters.
func (r *rig) pick(option string) {
	r.t.Helper()
	r.filters().SetSelected(option)
}

func (r *rig) filters() *widgets.Choice {
	r.t.Helper()
	for _, o := range test.LaidOutObjects(r.w.win.Content()) {
		if c, ok := o.(*widgets.Choice); ok && c.Visible() && slices.Contains(c.Options, "default (v1)") {
			return c
		}
	}
	r.t.Fatal("there is no list of filters")
	return nil
}

func (r *rig) calls(name string) int { return r.lab.Times(name) }

// What another filter changes is shown before it is applied; closing keeps the
// one in use.
func TestAFilterIsShownBeforeItIsApplied(t *testing.T) {
	r := worklistRig(t)
	before := r.calls("Worklist")
	r.pick("wide (v2)")
	r.until("the change is shown", func() bool { return r.w.desk.Dialogs() == 1 })
	r.wantSaid("Change the filter from default (v1) to wide (v2)?")
	r.wantSaid("Goes out of the list: 2 (of these, still shown in the rescue lane: 1). Comes into the list: 1. Stays: 7.")
	for _, want := range []string{
		"goes out\tGENE1\tnot in file", "taken out by: Frequency\t1-100-A-G", "to the rescue lane\tGENE1", "taken out by: Consequence\t1-200-A-G",
		"comes in\tGENE1", "was kept out by: Gene panel\t1-300-A-G",
	} {
		if !strings.Contains(r.sheets(), want) {
			t.Errorf("%q is not in\n%s", want, r.sheets())
		}
	}
	r.press(fyne.KeyEscape)
	if r.filters().Selected != "default (v1)" || r.calls("Worklist") != before {
		t.Errorf("after Escape: %s, %d triages", r.filters().Selected, r.calls("Worklist")-before)
	}
	r.pick("wide (v2)")
	r.until("the change is shown", func() bool { return r.w.desk.Dialogs() == 1 })
	r.tap("Use this filter")
	r.until("the filter is in use", func() bool { return r.calls("Worklist") == before+1 && r.filters().Selected == "wide (v2)" })
}

func TestSaveAFilterAs(t *testing.T) {
	r := worklistRig(t)
	r.tap("Save as …")
	r.tap("Save filter")
	r.wantSaid("Give the filter a name.")
	r.entry("a name of your own").SetText("mine")
	r.entry("0.01 or 1 %; empty: any frequency").SetText("1 percent")
	r.tap("Save filter")
	r.wantSaid("Write the highest frequency as a share")
	r.entry("0.01 or 1 %; empty: any frequency").SetText("0.1 %")
	r.tap("Save filter")
	r.until("what it changes is shown", func() bool { return r.said("to mine (v1)?") })
	if r.calls("SaveFilter") != 1 {
		t.Errorf("saved %d times", r.calls("SaveFilter"))
	}
	r.press(fyne.KeyEscape)
	if c := r.filters(); c.Selected != "default (v1)" || !slices.Contains(c.Options, "mine (v1)") {
		t.Errorf("%s of %v", c.Selected, c.Options)
	}
}

// "Cannot tell" never reads like "not present".
func TestKnownVariant(t *testing.T) {
	r := worklistRig(t)
	ask := func(key string) string {
		r.tap("Known variant …")
		test.Type(r.w.Canvas().Focused(), key)
		r.entry("report identifier, or path of the signed PDF").SetText("R-1")
		r.tap("Look it up")
		r.until("the answer is there", func() bool { return r.w.desk.Dialogs() == 1 && strings.Contains(r.sheets(), "Read from") })
		text := r.sheets()
		r.tap("Close")
		return text
	}
	if got := ask(uitest.Keys()[0]); !strings.Contains(got, "PRESENT. The proband carries this variant.") || !strings.Contains(got, "Depth at the site\t41") || !strings.Contains(got, "R-1, version 1") {
		t.Errorf("present:\n%s", got)
	}
	got := ask("1-1-A-G")
	if !strings.Contains(got, "CANNOT TELL") || !strings.Contains(got, "This is not a negative result.") || strings.Contains(got, "NOT PRESENT") || !strings.Contains(got, "Depth at the site\tnot in file") {
		t.Errorf("cannot tell:\n%s", got)
	}
}

// TestFilterShots writes pictures of the dialogs to the folder GARROD_SHOTS.
func TestFilterShots(t *testing.T) {
	dir := os.Getenv("GARROD_SHOTS")
	if dir == "" {
		t.Skip("GARROD_SHOTS names no folder")
	}
	for name, open := range map[string]func(r *rig){
		"filter-preview": func(r *rig) { r.pick("wide (v2)") },
		"filter-save":    func(r *rig) { r.tap("Save as …") },
		"known-ask":      func(r *rig) { r.tap("Known variant …") },
		"known-answer": func(r *rig) {
			r.tap("Known variant …")
			test.Type(r.w.Canvas().Focused(), "1-1-A-G")
			r.tap("Look it up")
			r.until("the answer is there", func() bool { return strings.Contains(r.sheets(), "Read from") })
		},
	} {
		r := worklistRig(t)
		r.w.win.Resize(fyne.Size{Width: 1366, Height: 768})
		open(r)
		r.until("a dialog is open", func() bool { return r.w.desk.Dialogs() == 1 })
		r.q.Drain()
		r.w.Canvas().Capture()
		r.shot(filepath.Join(dir, name+".png"))
	}
}
