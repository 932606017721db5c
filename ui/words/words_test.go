package words_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"garrod/assets/tr"
	"garrod/ui/words"
)

func texts(t *testing.T) map[string]string {
	t.Helper()
	b, err := tr.FS.ReadFile("en.json")
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// literals returns every string literal of the window's code, tests left out.
func literals(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if s, err := strconv.Unquote(l.Value); err == nil {
					out[s] = path
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 200 {
		t.Fatalf("only %d literals found: the walk missed the code", len(out))
	}
	return out
}

var keyLike = regexp.MustCompile(`^[a-z]+\.[a-z_]+$`)

// TestEveryKeyInCodeHasAText looks at literals that begin with a first part
// which the file knows.
func TestEveryKeyInCodeHasAText(t *testing.T) {
	have := texts(t)
	first := map[string]bool{}
	for k := range have {
		head, _, _ := strings.Cut(k, ".")
		first[head] = true
	}
	for lit, path := range literals(t) {
		head, rest, dotted := strings.Cut(lit, ".")
		if !dotted || !first[head] || rest == "" || strings.HasSuffix(lit, "_") || !keyLike.MatchString(lit) {
			continue
		}
		if _, ok := have[lit]; !ok {
			t.Errorf("%s asks for %q, which has no text", path, lit)
		}
	}
}

// TestEveryTextIsUsed knows whole keys, families ("class.") and heads of keys
// ("explain.lane_").
func TestEveryTextIsUsed(t *testing.T) {
	lits := literals(t)
	for key := range texts(t) {
		if _, ok := lits[key]; ok || inFamily(key, lits) || strings.HasSuffix(key, "_remedy") && has(lits, strings.TrimSuffix(key, "_remedy")) {
			continue
		}
		t.Errorf("no code asks for %q", key)
	}
}

func has(m map[string]string, k string) bool { _, ok := m[k]; return ok }

func inFamily(key string, lits map[string]string) bool {
	for i, r := range key {
		if (r == '.' || r == '_') && has(lits, key[:i+1]) {
			return true
		}
	}
	return false
}

func TestTextsAreSetInFlat(t *testing.T) {
	if err := words.Load(); err != nil {
		t.Fatal(err)
	}
	if got := words.T("nav.cases"); got != "Cases" {
		t.Errorf("T = %q", got)
	}
	if got := words.F("badge.points", words.D{"points": "+4"}); got != "+4 points" {
		t.Errorf("F = %q", got)
	}
	if got := words.Of("class.", "LP"); got != "Likely pathogenic" {
		t.Errorf("Of = %q", got)
	}
	if got := words.Of("class.", ""); got != "Class withheld" {
		t.Errorf("Of an empty member = %q", got)
	}
	if got := words.Of("check.", "a_new_check"); got != "a_new_check" {
		t.Errorf("an unknown member is shown as it is, got %q", got)
	}
}

func TestPlacesAreFilledWithoutEscapes(t *testing.T) {
	if err := words.Load(); err != nil {
		t.Fatal(err)
	}
	if got := words.F("check.reason", words.D{"reason": "A < B & \"C\""}); !strings.Contains(got, "A < B & \"C\"") {
		t.Errorf("got %q", got)
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000", -999: "-999"} {
		if got := words.Count(n); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}
