package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"garrod/review"
)

// display is an X server of a test's own with the built program in it.
type display struct {
	t    *testing.T
	env  []string
	data string // XDG_DATA_HOME: the demonstration laboratory is made below it
	bin  string
}

// newDisplay starts Xvfb, or skips the test where it, the tools that press
// keys, or the built program (GARROD_BIN) are not there.
func newDisplay(t *testing.T) *display {
	t.Helper()
	bin := os.Getenv("GARROD_BIN")
	if bin == "" {
		t.Skip("GARROD_BIN is not set: make unit drives the built window")
	}
	xvfb := needProgram(t, "Xvfb")
	needProgram(t, "xdotool")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command(xvfb, "-displayfd", "3", "-screen", "0", "1600x1000x24", "+extension", "GLX", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{w}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Process.Kill()
		server.Wait()
	})
	w.Close()
	number := make([]byte, 16)
	n, err := r.Read(number)
	if err != nil {
		t.Fatalf("Xvfb gave no display: %v", err)
	}
	d := &display{t: t, bin: bin, data: t.TempDir()}
	d.env = append(os.Environ(), "DISPLAY=:"+strings.TrimSpace(string(number[:n])), "XDG_DATA_HOME="+d.data,
		"XDG_CONFIG_HOME="+t.TempDir(), "LANG=en_GB.UTF-8")
	return d
}

// lab is the demonstration laboratory that the window made.
func (d *display) lab() string { return filepath.Join(d.data, "garrod", "demonstration") }

// do runs a program on the display.
func (d *display) do(name string, args ...string) string {
	d.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = d.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		d.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// syncBuffer collects what a running program prints.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// open starts the window and waits until it is there.
func (d *display) open(args ...string) (id string, log *syncBuffer) {
	d.t.Helper()
	log = &syncBuffer{}
	cmd := exec.Command(d.bin, append([]string{"ui"}, args...)...)
	cmd.Env, cmd.Stdout, cmd.Stderr = d.env, log, log
	if err := cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	for range 150 {
		find := exec.Command("xdotool", "search", "--onlyvisible", "--name", "Garrod")
		find.Env = d.env
		if out, err := find.Output(); err == nil {
			return strings.Fields(string(out))[0], log
		}
		time.Sleep(200 * time.Millisecond)
	}
	d.t.Fatalf("no window within 30 s\n%s", log)
	return "", nil
}

// events lists the actions in the laboratory's audit trail.
func (d *display) events() []string {
	var actions []string
	r := garrod(d.t, "audit", "show", "--lab", d.lab(), "--json")
	for _, line := range strings.Split(strings.TrimSpace(r.out), "\n") {
		var e review.Event
		if json.Unmarshal([]byte(line), &e) == nil {
			actions = append(actions, e.Action)
		}
	}
	return actions
}

// wait asks until the trail holds n events of an action.
func (d *display) wait(action string, n int) {
	d.t.Helper()
	var got []string
	for range 75 {
		got = d.events()
		if strings.Count(strings.Join(got, " ")+" ", action+" ") >= n {
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
	d.t.Fatalf("no %d events %s within 15 s: %v", n, action, got)
}

// TestWindowAcceptsOnce drives the real window by its keys: a held key accepts
// one criterion once, and undo takes it back.
func TestWindowAcceptsOnce(t *testing.T) {
	d := newDisplay(t)
	win, log := d.open("--case", string(demoCaseID), "--goto", "variant")
	d.wait("case.add", 1)
	time.Sleep(3 * time.Second) // the page reads the file and shows the first criterion
	d.do("xdotool", "windowfocus", win)
	d.do("xdotool", "keydown", "a")
	time.Sleep(1500 * time.Millisecond)
	d.do("xdotool", "keyup", "a")
	d.wait("evidence.accept", 1)
	time.Sleep(500 * time.Millisecond)
	if n := strings.Count(strings.Join(d.events(), " "), "evidence.accept"); n != 1 {
		t.Errorf("a held key accepted %d times, want once", n)
	}
	d.do("xdotool", "key", "u")
	d.wait("evidence.withdraw", 1)
	if s := log.String(); strings.Contains(s, "Error in Fyne call thread") || strings.Contains(s, "panic") {
		t.Errorf("the window complained:\n%s", s)
	}
}

// TestScreens asks that each screen opens, paints something and ends.
func TestScreens(t *testing.T) {
	d := newDisplay(t)
	for _, screen := range []string{"cases", "newcase", "worklist", "variant", "signoff", "identity", "keys"} {
		shot := filepath.Join(t.TempDir(), screen+".png")
		d.do(d.bin, "ui", "--case", string(demoCaseID), "--goto", screen, "--shot", shot)
		f, err := os.Open(shot)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatalf("%s: %v", screen, err)
		}
		colours := map[string]bool{}
		for y := 0; y < img.Bounds().Dy(); y += 3 {
			for x := 0; x < img.Bounds().Dx(); x += 3 {
				colours[fmt.Sprint(img.At(x, y))] = true
			}
		}
		if len(colours) < 50 {
			t.Errorf("%s: %d colours only; nothing was painted", screen, len(colours))
		}
	}
}

// TestNoDisplay asks that the window's absence is said, with the commands that
// work without one.
func TestNoDisplay(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux runs without a display")
	}
	for _, display := range []string{"", ":4711", "nonsense"} {
		t.Setenv("DISPLAY", display)
		r := garrod(t, "ui")
		lines := strings.Split(strings.TrimSpace(r.err), "\n")
		if r.code != exitFailed || !strings.Contains(lines[len(lines)-1], "garrod demo") {
			t.Errorf("DISPLAY=%q: exit %d %q, want %d and the commands named", display, r.code, r.err, exitFailed)
		}
	}
}

// TestQuietWithoutALocale asks that commands write nothing on standard error
// where the environment names no language, as in pipelines.
func TestQuietWithoutALocale(t *testing.T) {
	bin := os.Getenv("GARROD_BIN")
	if bin == "" {
		t.Skip("GARROD_BIN is not set: make unit runs the built program")
	}
	for _, lang := range []string{"", "C", "C.UTF-8", "POSIX"} {
		cmd := exec.Command(bin, "version")
		cmd.Env = []string{"LANG=" + lang, "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
		var errOut bytes.Buffer
		cmd.Stderr = &errOut
		if out, err := cmd.Output(); err != nil || errOut.Len() > 0 || len(out) == 0 {
			t.Errorf("LANG=%q: %v, standard error %q", lang, err, errOut.String())
		}
	}
}
