package main

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"log"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"garrod/assets/icon"
	"garrod/review"
	"garrod/ui"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/driver/software"
	"github.com/spf13/cobra"
)

// appID names the program's settings, which hold the window's layout only.
const appID = "uk.garrod.app"

// firstFrame is how long a window may take to paint before we believe that it
// never will: without OpenGL 2.1 Fyne stays alive with no window.
const firstFrame = 20 * time.Second

// screens are what --goto can open.
var screens = []string{"cases", "newcase", "worklist", "variant", "signoff", "identity", "keys"}

// windowOptions say where the window opens.
type windowOptions struct {
	caseID, screen, variant, shot string
}

func (p *program) uiCommand() *cobra.Command {
	var o windowOptions
	c := &cobra.Command{
		Use: "ui", Short: "Open the window", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.screen != "" && !slices.Contains(screens, o.screen) {
				return usagef("--goto %q: want %s", o.screen, strings.Join(screens, ", "))
			}
			if o.shot != "" && o.screen == "" {
				return usagef("--shot needs --goto")
			}
			return p.window(cmd.Context(), o)
		},
	}
	c.Flags().StringVar(&o.caseID, "case", "", "open this case")
	c.Flags().StringVar(&o.screen, "goto", "", "cases, newcase, worklist, variant, signoff, identity or keys")
	c.Flags().StringVar(&o.variant, "variant", "", "the variant that --goto variant opens (default: the first)")
	c.Flags().StringVar(&o.shot, "shot", "", "write a picture of the screen to this PNG file and end")
	return c
}

// errNoDisplay names the commands, because somebody without a window still has
// a case to work on.
var errNoDisplay = errors.New("there is no display, so there is no window. These commands work without one: " +
	"garrod demo, garrod case, garrod worklist, garrod evidence, garrod review, garrod signoff, garrod report, garrod verify (see garrod --help)")

// window opens the window and returns when it is closed.
func (p *program) window(ctx context.Context, o windowOptions) error {
	if runtime.GOOS == "linux" && !displayAnswers(ctx, os.Getenv("DISPLAY")) {
		return errNoDisplay
	}
	l, err := p.openLab(ctx)
	if err != nil {
		return err
	}
	logFile := keepLog(l.dir)
	if o.caseID != "" {
		if _, err := l.Case(ctx, review.CaseID(o.caseID)); err != nil {
			return errors.Join(err, l.Close())
		}
	}
	app.SetMetadata(fyne.AppMetadata{ID: appID, Name: "Garrod", Version: version})
	a := app.NewWithID(appID)
	a.SetIcon(icon.Resource())
	w := ui.New(a, l, ui.Options{Case: review.CaseID(o.caseID), Goto: o.screen, Key: o.variant, Log: logFile})
	var shotErr error
	go func() { shotErr = p.watch(a, w, o) }()
	w.ShowAndRun()
	return errors.Join(shotErr, l.Close())
}

// displayAnswers reports whether an X server listens at a DISPLAY: Fyne's driver
// would end the program where none does.
func displayAnswers(ctx context.Context, display string) bool {
	host, number, ok := strings.Cut(display, ":")
	if !ok {
		return false
	}
	number, _, _ = strings.Cut(number, ".")
	n, err := strconv.Atoi(number)
	if err != nil {
		return false
	}
	places := [][2]string{{"unix", "/tmp/.X11-unix/X" + number}, {"unix", "@/tmp/.X11-unix/X" + number}}
	if host != "" && host != "unix" {
		places = [][2]string{{"tcp", net.JoinHostPort(host, strconv.Itoa(6000+n))}}
	}
	dialer := net.Dialer{Timeout: 5 * time.Second}
	for _, p := range places {
		if c, err := dialer.DialContext(ctx, p[0], p[1]); err == nil {
			return c.Close() == nil
		}
	}
	return false
}

// keepLog sends the log and a crash's trace to a file of the laboratory as
// well: a window has no standard error on Windows. It returns the file's path,
// empty when there is none. Logs hold identifiers, never identity.
func keepLog(dir string) string {
	path := filepath.Join(dir, "garrod.log")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return ""
	}
	log.SetOutput(io.MultiWriter(os.Stderr, f))
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		log.Printf("crashes are not kept in %s: %v", path, err)
	}
	return path
}

// watch ends the program when no frame is painted in time, and takes the
// picture that --shot asks for.
func (p *program) watch(a fyne.App, w *ui.Window, o windowOptions) error {
	select {
	case <-w.Ready():
	case <-time.After(firstFrame):
		fmt.Fprintln(p.err, "garrod: no window could be painted. The graphics driver must support OpenGL 2.1; "+
			"over remote desktop, put Mesa's opengl32.dll beside the program. The commands work without a window: see garrod --help")
		fyne.Do(a.Quit)
		return errors.New("no window could be painted")
	}
	if o.shot == "" {
		return nil
	}
	time.Sleep(300 * time.Millisecond) // let the last refresh be painted
	var err error
	fyne.DoAndWait(func() { err = writeShot(w.Canvas(), o.shot) })
	fyne.Do(a.Quit)
	return err
}

// writeShot paints the window's objects in software: capturing the OpenGL
// canvas gives a black picture with some drivers.
func writeShot(c fyne.Canvas, path string) error {
	paper := software.NewCanvas()
	size := c.Size()
	paper.SetPadded(false)
	paper.SetContent(c.Content())
	paper.Resize(size)
	for _, o := range c.Overlays().List() {
		paper.Overlays().Add(o)
	}
	c.Content().Resize(size)
	c.Content().Refresh() // the new canvas laid it out at its smallest first
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(png.Encode(f, paper.Capture()), f.Close())
}
