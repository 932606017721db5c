// Package main is Garrod: the window and the commands, which drive the same
// code. It wires the rooms together, reads flags and paths, and turns errors
// into exit codes. It is the only place that may end the process and the only
// importer of Fyne's drivers.
package main

import (
	"context"
	"os"
	"os/signal"
	"time"

	"garrod/review"
	_ "garrod/ui/locale" // before Fyne looks at the environment
)

// Set by the linker.
var (
	version = "dev"
	commit  = "unknown"
)

// systemClock is the one place that looks at the wall clock.
var systemClock = review.ClockFunc(time.Now)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
