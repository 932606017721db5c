// Package words turns text keys into texts through Fyne's lang, so that no
// screen holds a text of its own, and writes numbers and times the same way
// everywhere. The texts are in assets/tr.
//
// A key whose text is missing comes back as the key itself: it looks wrong on
// the screen, and a test of this package finds it before.
package words

import (
	"fmt"
	"strconv"
	"sync"
	"time"

	"garrod/assets/tr"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// D fills the {{.name}} places of a text.
type D = map[string]any

// Load adds the texts to Fyne's lang; only the first call does. It must come
// before any text is asked for.
var Load = sync.OnceValue(func() error {
	files, err := tr.FS.ReadDir(".")
	if err != nil {
		return fmt.Errorf("load texts: %w", err)
	}
	for _, f := range files {
		b, err := tr.FS.ReadFile(f.Name())
		if err != nil {
			return fmt.Errorf("load texts: %w", err)
		}
		if err := lang.AddTranslations(fyne.NewStaticResource(f.Name(), b)); err != nil {
			return fmt.Errorf("load texts %s: %w", f.Name(), err)
		}
	}
	return nil
})

// T returns the text of key.
func T(key string) string { return lang.X(key, key) }

// F returns the text of key with its places filled.
func F(key string, d D) string { return lang.X(key, key, d) }

// Of returns the text of a member of a family of keys, such as a class or a
// check's outcome. A member without a text of its own (an open vocabulary) is
// shown as it is.
func Of(family, member string) string {
	if member == "" {
		member = "none"
	}
	if s := lang.X(family+member, "\x00"); s != "\x00" {
		return s
	}
	return member
}

// Count writes n with thousands set apart: 1,234,567.
func Count[N int | int64](n N) string {
	s := strconv.FormatInt(int64(n), 10)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Time writes a moment in UTC, to the minute.
func Time(t time.Time) string {
	if t.IsZero() {
		return T("unknown")
	}
	return t.UTC().Format("2006-01-02 15:04") + " UTC"
}
