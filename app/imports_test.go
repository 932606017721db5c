package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The rooms and the arrows between them. The key is a room (a folder below the
// module's root); its value lists the rooms it may import besides the standard
// library. "x/*" means every folder below x. A room that is not listed may not
// exist: add it here with its arrows, in the commit that makes it.
var arrows = map[string][]string{
	"app":           {"*"},
	"testdata/gen":  {"review", "review/reviewtest/*"},
	"assets/*":      {},
	"review":        {"review/genome", "review/acmg"},
	"review/genome": {},
	// review/summary holds the columns of a scan and their file: vcf fills them,
	// triage sifts them, identity measures them, and none of the three may import
	// another.
	"review/summary":      {"review", "review/acmg", "review/genome"},
	"review/identity":     {"review", "review/acmg", "review/genome", "review/summary"},
	"review/acmg":         {},
	"review/triage":       {"review", "review/acmg", "review/genome", "review/summary", "review/identity"},
	"review/bgz":          {"review", "review/acmg", "review/genome"},
	"review/vcf":          {"review", "review/acmg", "review/genome", "review/summary", "review/bgz"},
	"review/sqlite":       {"review", "review/acmg", "review/genome"},
	"review/reviewtest":   {"review", "review/acmg", "review/genome"},
	"review/reviewtest/*": {"review", "review/acmg", "review/genome"},
	"reports":             {"assets/*", "review", "review/acmg", "review/genome"},
	// reports/object is a leaf: the objects of a PDF, shared by the finishing
	// pass (reports/pdf) and by signing (reports/sign).
	"reports/object": {},
	"reports/pdf":    {"reports", "reports/object", "assets/*", "review", "review/acmg", "review/genome"},
	"reports/sign":   {"reports", "reports/object", "assets/*", "review", "review/acmg", "review/genome"},
	"reports/keys":   {"reports", "assets/*", "review", "review/acmg", "review/genome"},
	"ui":             {"ui/*", "reports", "assets/*", "review", "review/acmg", "review/genome", "review/triage", "review/identity"},
	"ui/*":           {"ui/state", "ui/task", "ui/message", "ui/widgets", "ui/theme", "ui/words", "reports", "assets/*", "review", "review/acmg", "review/genome", "review/triage", "review/identity"},
	"ui/state":       {"ui/task", "review", "review/acmg", "review/genome", "review/triage", "review/identity"},
	"ui/task":        {"review"},
	// ui/locale is a leaf that imports os alone: it has to come before Fyne.
	"ui/locale": {},
	// ui/words is a leaf: every text of the window by its key.
	"ui/words":   {"assets/*", "review", "review/acmg"},
	"ui/message": {"review"},
}

// Packages from outside that have one home each.
var homes = map[string]string{
	"fyne.io/fyne/v2/app":                "app",
	"modernc.org/sqlite":                 "review/sqlite",
	"database/sql":                       "review/sqlite",
	"github.com/biogo/hts":               "review/bgz",
	"github.com/jung-kurt/gofpdf":        "reports/pdf",
	"software.sslmate.com/src/go-pkcs12": "reports/keys",
	"github.com/spf13/cobra":             "app",
	"github.com/klauspost/compress":      "review/summary",
}

// Rooms without Fyne: they are tested without a window.
var withoutFyne = []string{"review", "reports", "assets", "ui/state", "ui/task", "ui/message", "testdata"}

func TestArrows(t *testing.T) {
	files := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if n := d.Name(); path != ".." && (strings.HasPrefix(n, ".") || n == "build" || n == "out") {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(path, ".go") {
			files++
			checkFile(t, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Fatalf("looked at %d files only: is the test run from app/?", files)
	}
}

func checkFile(t *testing.T, path string) {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	room := filepath.ToSlash(filepath.Dir(strings.TrimPrefix(filepath.ToSlash(path), "../")))
	allowed, ok := allowedFrom(room)
	if !ok {
		t.Errorf("%s: room %q has no arrows; add it to this test with its reason", path, room)
		return
	}
	test := strings.HasSuffix(path, "_test.go")
	for _, spec := range file.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		if why := forbidden(room, name, allowed, test); why != "" {
			t.Errorf("%s imports %s: %s", path, name, why)
		}
	}
}

// allowedFrom finds the arrows of a room: its own line, or the pattern line of
// the nearest parent.
func allowedFrom(room string) ([]string, bool) {
	if a, ok := arrows[room]; ok {
		return a, true
	}
	for parent := filepath.ToSlash(filepath.Dir(room)); parent != "."; parent = filepath.ToSlash(filepath.Dir(parent)) {
		if a, ok := arrows[parent+"/*"]; ok {
			return a, true
		}
	}
	return nil, false
}

func forbidden(room, name string, allowed []string, test bool) string {
	target, own := strings.CutPrefix(name, "garrod/")
	if !own {
		return outside(room, name, test)
	}
	if target == room || test && (strings.HasPrefix(target, "review/reviewtest") || strings.HasPrefix(target, "assets/")) {
		return ""
	}
	for _, a := range allowed {
		if a == "*" || a == target {
			return ""
		}
		if dir, ok := strings.CutSuffix(a, "/*"); ok && strings.HasPrefix(target, dir+"/") {
			return ""
		}
	}
	return "no arrow leads from " + room + " to " + target
}

func outside(room, name string, test bool) string {
	for p, home := range homes {
		if (name == p || strings.HasPrefix(name, p+"/")) && room != home && !test {
			return "its only home is " + home
		}
	}
	if strings.HasPrefix(name, "fyne.io/") {
		for _, w := range withoutFyne {
			if room == w || strings.HasPrefix(room, w+"/") {
				return room + " knows no Fyne"
			}
		}
	}
	leaf := room == "review/genome" || room == "review/acmg" || room == "review" || room == "reports/object"
	if leaf && strings.Contains(strings.Split(name, "/")[0], ".") && !test {
		return room + " uses the standard library only"
	}
	return ""
}

// TestForbidden shows that the test above can fail.
func TestForbidden(t *testing.T) {
	for _, tt := range []struct {
		room, name string
		want       bool
	}{
		{"review", "garrod/review/sqlite", true},
		{"review/acmg", "garrod/review", true},
		{"review/vcf", "garrod/review/sqlite", true},
		{"review/vcf", "garrod/review/bgz", false},
		{"ui/variant", "garrod/ui/worklist", true},
		{"ui/variant", "garrod/ui/widgets", false},
		{"ui", "garrod/reports/sign", true},
		{"ui/state", "fyne.io/fyne/v2", true},
		{"review", "github.com/google/uuid", true},
		{"reports", "modernc.org/sqlite", true},
		{"app", "garrod/reports/sign", false},
	} {
		allowed, _ := allowedFrom(tt.room)
		if got := forbidden(tt.room, tt.name, allowed, false); (got != "") != tt.want {
			t.Errorf("%s -> %s: %q, want forbidden %v", tt.room, tt.name, got, tt.want)
		}
	}
}
