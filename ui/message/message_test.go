package message_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"garrod/review"
	"garrod/ui/message"
)

// keyed answers with the key and the file, so that tests see which text was asked for.
func keyed(key string, d map[string]any) string {
	if f, ok := d["file"]; ok {
		return fmt.Sprint(key, " ", f)
	}
	return key
}

// panicError is a panic as package task reports it.
type panicError string

func (e panicError) Error() string           { return "panic: " + string(e) }
func (e panicError) Panicked() (any, []byte) { return string(e), []byte("stack") }

func TestForTellsErrorsApart(t *testing.T) {
	for _, tt := range []struct {
		name           string
		err            error
		what, remedy   string
		meaning        string
		calm, inDetail bool
	}{
		{
			"bad input with its place", fmt.Errorf("add case: %w", &review.InputError{
				Code: "bgzf_truncated",
				File: "a.vcf.gz", Record: 7, Field: "POS", What: "is not a number", Remedy: "export the file again",
			}),
			"a.vcf.gz, record 7, POS: is not a number.", "Export the file again.", "error.input", false, true,
		},
		{"bad input without a place", &review.InputError{Code: "x", What: "wrong passphrase"}, "Wrong passphrase.", "", "error.input", false, true},
		{
			"refused", &review.PolicyError{Code: "same_person", What: "the same person", Remedy: "Ask a colleague."},
			"The same person.", "Ask a colleague.", "error.policy", true, true,
		},
		{
			"refused because signed keeps its own words", &review.PolicyError{Code: "sealed", What: "sealed", Err: review.ErrSigned},
			"Sealed.", "", "error.policy", true, true,
		},
		{"conflict", fmt.Errorf("save: %w", review.ErrConflict), "error.conflict", "error.conflict_remedy", "error.unchanged", false, false},
		{"stale", review.ErrStale, "error.stale", "error.stale_remedy", "error.unchanged", false, false},
		{"not found", review.ErrNotFound, "error.not_found", "error.not_found_remedy", "error.unchanged", false, false},
		{"cancelled", fmt.Errorf("triage: %w", context.Canceled), "error.cancelled", "", "error.unchanged", true, false},
		{"permission", &fs.PathError{Op: "open", Path: "/x", Err: fs.ErrPermission}, "error.permission", "error.permission_remedy", "error.unchanged", false, false},
		{"unknown names the log", errors.New("?"), "error.unknown", "error.unknown_remedy_log /var/log/g.log", "error.unknown_meaning", false, false},
		{"panic", panicError("x"), "error.panic", "error.unknown_remedy_log /var/log/g.log", "error.unknown_meaning", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := message.Book{Text: keyed, Log: "/var/log/g.log"}.For(tt.err)
			if m.What != tt.what || m.Remedy != tt.remedy || m.Meaning != tt.meaning || m.Calm != tt.calm {
				t.Errorf("For(%v)\n got %+v\nwant what %q meaning %q remedy %q calm %v", tt.err, m, tt.what, tt.meaning, tt.remedy, tt.calm)
			}
			if tt.inDetail && !strings.Contains(m.Detail, "code=") {
				t.Errorf("detail has no code: %q", m.Detail)
			}
		})
	}
}

func TestDetailHoldsNoPathAndNoPanicValue(t *testing.T) {
	for _, err := range []error{
		fmt.Errorf("open: %w", &fs.PathError{Op: "open", Path: "/home/x/MUSTERMANN_Eva.vcf.gz", Err: errors.New(`C:\p\MUSTERMANN.vcf: odd`)}),
		panicError("MUSTERMANN"),
		&review.InputError{File: "/data/MUSTERMANN.vcf", What: "MUSTERMANN is odd", Code: "c"},
	} {
		if d := (message.Book{Text: keyed}).For(err).Detail; d == "" || strings.Contains(d, "MUSTERMANN") {
			t.Errorf("detail of %T: %q", err, d)
		}
	}
}
