// Package locale gives the program a language to start with where the
// environment has none that names one (LANG unset, C or POSIX). Fyne looks at
// the environment while packages are initialised, before main runs, and writes
// three lines of complaint on standard error of every command otherwise.
//
// It imports nothing but os, so that it is initialised before Fyne: packages
// that are ready are initialised in the order of their import paths (Go 1.21
// release notes), and what Fyne's language package needs sorts behind this one.
package locale

import "os"

// fallback is the language of the program's own texts.
const fallback = "en_GB.UTF-8"

func init() {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		switch v := os.Getenv(name); v {
		case "":
		case "C", "POSIX", "C.UTF-8", "C.utf8":
			setFallback(name)
			return
		default:
			return
		}
	}
	setFallback("LANG")
}

// setFallback cannot fail on a name without '=' and a value without NUL.
func setFallback(name string) { _ = os.Setenv(name, fallback) }
