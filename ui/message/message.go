// Package message turns errors into what people read: what happened, what it
// means for the case, and what to do. It is the only place that writes such
// texts, and it knows no widget.
//
// What and Remedy may quote what an adapter said of a file's place and field.
// Detail, which "Copy details" hands to somebody else, holds no paths and
// nothing that could be a patient's data.
package message

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"garrod/review"
)

// Message is an error as people read it. Every field is a sentence or more,
// Remedy and Detail may be empty.
type Message struct {
	What    string // what happened
	Meaning string // what it means for the case
	Remedy  string // what to do
	Detail  string // for whoever helps: kinds and codes, no patient's data
	// Calm is true for what is no fault: a refusal or a cancelled job.
	Calm bool
}

// Text fills the text of a key; words.F is one.
type Text func(key string, data map[string]any) string

// Book writes messages.
type Book struct {
	Text Text
	Log  string // the log file that unknown errors point to; may be empty
}

// For writes the message of err, which must not be nil.
func (b Book) For(err error) Message {
	m := b.known(err)
	m.Detail = detail(err)
	return m
}

// panicked is a panic of background work; task.PanicError is one.
type panicked interface {
	error
	Panicked() (value any, stack []byte)
}

func (b Book) known(err error) Message {
	var input *review.InputError
	var policy *review.PolicyError
	var panicked panicked
	switch {
	case errors.Is(err, context.Canceled):
		return Message{What: b.t("error.cancelled"), Meaning: b.t("error.unchanged"), Calm: true}
	case errors.As(err, &input):
		return Message{What: sentence(place(input) + input.What), Meaning: b.t("error.input"), Remedy: sentence(input.Remedy)}
	case errors.As(err, &policy):
		return Message{What: sentence(policy.What), Meaning: b.t("error.policy"), Remedy: sentence(policy.Remedy), Calm: true}
	case errors.As(err, &panicked):
		return b.unknown("error.panic")
	}
	for _, s := range sentinels {
		if errors.Is(err, s.err) {
			return Message{What: b.t(s.key), Meaning: b.t("error.unchanged"), Remedy: b.t(s.key + "_remedy")}
		}
	}
	return b.unknown("error.unknown")
}

// sentinels are the errors told apart by errors.Is, with the key of what
// happened; the key of the remedy has _remedy behind it.
var sentinels = []struct {
	err error
	key string
}{
	{review.ErrConflict, "error.conflict"},
	{review.ErrStale, "error.stale"},
	{review.ErrSigned, "error.signed"},
	{review.ErrExists, "error.exists"},
	{review.ErrNotFound, "error.not_found"},
	{fs.ErrPermission, "error.permission"},
	{fs.ErrNotExist, "error.no_file"},
	{context.DeadlineExceeded, "error.timeout"},
}

func (b Book) unknown(key string) Message {
	m := Message{What: b.t(key), Meaning: b.t("error.unknown_meaning"), Remedy: b.t("error.unknown_remedy")}
	if b.Log != "" {
		m.Remedy = b.Text("error.unknown_remedy_log", map[string]any{"file": b.Log})
	}
	return m
}

func (b Book) t(key string) string { return b.Text(key, nil) }

// place says where bad input stands, with a colon behind it.
func place(e *review.InputError) string {
	var at []string
	if e.File != "" {
		at = append(at, e.File)
	}
	if e.Line > 0 {
		at = append(at, "line "+strconv.Itoa(e.Line))
	}
	if e.Record > 0 {
		at = append(at, "record "+strconv.Itoa(e.Record))
	}
	if e.Field != "" {
		at = append(at, e.Field)
	}
	if len(at) == 0 {
		return ""
	}
	return strings.Join(at, ", ") + ": "
}

// sentence gives s a full stop and, where it begins with a plain word, a capital.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	if first, _, _ := strings.Cut(s, " "); !strings.ContainsAny(first, "./_:0123456789") {
		r, n := utf8.DecodeRuneInString(s)
		s = string(unicode.ToUpper(r)) + s[n:]
	}
	if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "?") {
		s += "."
	}
	return s
}

// paths matches file paths, whose folders and names may hold a patient's name.
var paths = regexp.MustCompile(`(?:[A-Za-z]:)?[^\s:"']*[/\\][^\s:"']*`)

// detail describes err for whoever helps.
func detail(err error) string {
	var b strings.Builder
	for e := err; e != nil; e = errors.Unwrap(e) {
		fmt.Fprintf(&b, "%T", e)
		switch e := e.(type) { //nolint:errorlint // each link of the chain is described in its turn
		case *review.InputError:
			fmt.Fprintf(&b, " code=%s line=%d record=%d field=%s", e.Code, e.Line, e.Record, e.Field)
		case *review.PolicyError:
			fmt.Fprintf(&b, " code=%s", e.Code)
		case panicked:
			value, stack := e.Panicked()
			if r, ok := value.(runtime.Error); ok {
				fmt.Fprintf(&b, " %s", r.Error())
			}
			fmt.Fprintf(&b, "\n%s", stack)
		default:
			if errors.Unwrap(e) == nil {
				fmt.Fprintf(&b, " %s", paths.ReplaceAllString(e.Error(), "[path]"))
			}
		}
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}
