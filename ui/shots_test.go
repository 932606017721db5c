package ui

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"garrod/ui/uitest"

	"fyne.io/fyne/v2"
)

// TestShots writes a picture of each screen to the folder GARROD_SHOTS, for
// people to look at.
func TestShots(t *testing.T) {
	dir := os.Getenv("GARROD_SHOTS")
	if dir == "" {
		t.Skip("GARROD_SHOTS names no folder")
	}
	for _, screen := range []string{"cases", "newcase", "worklist", "variant", "signoff", "identity", "keys"} {
		for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1920, Height: 1080}} {
			r := newRig(t, Options{Case: uitest.CaseID, Goto: screen}).ready()
			r.w.win.Resize(size)
			r.w.win.Content().Refresh()
			r.q.Drain()
			if screen == "variant" {
				r.until("shown", func() bool { return r.w.variant.Shown("PM2") })
				r.key('a')
				r.stored(1)
			}
			r.w.Canvas().Capture()
			r.shot(filepath.Join(dir, screen+"-"+map[float32]string{1366: "1366", 1920: "1920"}[size.Width]+".png"))
		}
	}
}

func (r *rig) shot(path string) {
	f, err := os.Create(path)
	if err != nil {
		r.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, r.w.Canvas().Capture()); err != nil {
		r.t.Fatal(err)
	}
}
