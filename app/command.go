package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"garrod/review"

	"github.com/spf13/cobra"
)

// Exit codes, a contract with other programs.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitInput    = 3
	exitNegative = 4
	exitRefused  = 5
)

// errNegative says that a verification came out negative; what was found is
// printed already.
var errNegative = errors.New("the verification came out negative")

// usageError is a wrong command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, a ...any) error { return usageError{fmt.Errorf(format, a...)} }

// program is one run of the command line.
type program struct {
	in       io.Reader
	out, err io.Writer
	clock    review.Clock

	labDir string
	json   bool
	as     string
}

// run executes the command line and returns the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	p := &program{in: in, out: out, err: errOut, clock: systemClock}
	root := p.command()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	code := exitCode(err)
	p.fail(err, code)
	return code
}

// command builds the tree of commands.
func (p *program) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "garrod",
		Short:         "Review a patient's variants against the laboratory's own ACMG rules and sign the report",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return p.window(cmd.Context(), windowOptions{}) },
	}
	f := root.PersistentFlags()
	f.StringVar(&p.labDir, "lab", "", "the laboratory's folder (default: the demonstration laboratory of this user)")
	f.BoolVar(&p.json, "json", false, "print one JSON value on standard output")
	f.StringVar(&p.as, "as", "", "the user at work")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		p.uiCommand(), p.demoCommand(), p.labCommand(), p.userCommand(),
		p.caseCommand(), p.identityCommand(), p.worklistCommand(), p.filterCommand(), p.knownCommand(), p.vcfCommand(), p.acmgCommand(),
		p.evidenceCommand(), p.reviewCommand(), p.signoffCommand(), p.reportCommand(), p.verifyCommand(),
		p.rulesCommand(), p.auditCommand(), p.checkCommand(), p.versionCommand(),
	)
	for _, c := range root.Commands() {
		requireSubcommand(c)
	}
	return root
}

// requireSubcommand makes a bare group ("garrod case") a wrong usage.
func requireSubcommand(c *cobra.Command) {
	if c.HasSubCommands() && c.RunE == nil {
		c.RunE = func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("unknown command %q for %q", args[0], cmd.CommandPath())
			}
			return usagef("%s needs a command; see %s --help", cmd.CommandPath(), cmd.CommandPath())
		}
	}
	for _, s := range c.Commands() {
		requireSubcommand(s)
	}
}

// exitCode tells the exit code of an error.
func exitCode(err error) int {
	switch {
	case errors.Is(err, errNegative):
		return exitNegative
	case isA[usageError](err):
		return exitUsage
	case isA[*review.InputError](err):
		return exitInput
	case isA[*review.PolicyError](err), errors.Is(err, review.ErrSigned), errors.Is(err, review.ErrConflict), errors.Is(err, review.ErrStale):
		return exitRefused
	}
	return exitFailed
}

func isA[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// failure is what --json prints when a command fails.
type failure struct {
	Code   string `json:"code"`
	Kind   string `json:"kind"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Record int    `json:"record"`
	Field  string `json:"field"`
	What   string `json:"what"`
	Remedy string `json:"remedy"`
}

// fail prints an error: on standard error for people, and with --json as one
// object on standard output. A negative verification has printed its own.
func (p *program) fail(err error, code int) {
	if errors.Is(err, errNegative) {
		if !p.json {
			fmt.Fprintln(p.err, "garrod: "+err.Error())
		}
		return
	}
	text := err.Error()
	if errors.Is(err, review.ErrConflict) {
		text += ". " + conflictRemedy
	}
	fmt.Fprintln(p.err, "garrod: "+text)
	if !p.json {
		return
	}
	f := failure{Kind: map[int]string{exitFailed: "failed", exitUsage: "usage", exitInput: "input", exitRefused: "policy"}[code], What: err.Error()}
	f.Code = f.Kind
	if e, ok := errors.AsType[*review.InputError](err); ok {
		f.Code, f.File, f.Line, f.Record, f.Field, f.What, f.Remedy = e.Code, e.File, e.Line, e.Record, e.Field, e.What, e.Remedy
	} else if e, ok := errors.AsType[*review.PolicyError](err); ok {
		f.Code, f.What, f.Remedy = e.Code, e.What, e.Remedy
	} else if errors.Is(err, review.ErrConflict) {
		f.Code, f.Remedy = "conflict", conflictRemedy
	}
	p.printJSON(map[string]any{"error": f})
}

// conflictRemedy helps a person whose colleague was faster.
const conflictRemedy = "Somebody else changed it at the same time: read it again and decide anew."

// printJSON prints v as one line of JSON.
func (p *program) printJSON(v any) {
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		fmt.Fprintln(p.err, "garrod: print:", err)
	}
}

// print writes v as JSON with --json, else the text that human writes.
func (p *program) print(v any, human func(w io.Writer)) error {
	if p.json {
		p.printJSON(v)
		return nil
	}
	human(p.out)
	return nil
}

func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("unknown command or argument %q for %q", args[0], cmd.CommandPath())
	}
	return nil
}

// exactArgs wants n arguments, named in usage.
func exactArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usagef("%s: want %d argument(s), got %d", cmd.UseLine(), n, len(args))
		}
		return nil
	}
}

// need refuses a command line without a flag that must be there.
func need(cmd *cobra.Command, flags ...string) error {
	for _, f := range flags {
		if v := cmd.Flag(f); v == nil || v.Value.String() == "" {
			return usagef("%s: --%s is needed", cmd.CommandPath(), f)
		}
	}
	return nil
}
