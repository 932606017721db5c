package acmg_test

import (
	"bufio"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"garrod/review/acmg"
)

// TestExpertPanels combines the codes expert panels published and compares with
// their classes. Gene-specific rules explain the rest; mixing benign with
// pathogenic has no excuse.
func TestExpertPanels(t *testing.T) {
	lines := erepo(t)
	sets := shipped(t)
	for id, atLeast := range map[acmg.RuleSetID]float64{"tavtigian-2020": 0.94, "richards-2015-svi": 0.94} {
		rs := sets[id]
		n, exact, inverted := 0, 0, 0
		for _, l := range lines {
			want := map[string]acmg.Class{
				"Pathogenic": "P", "Likely Pathogenic": "LP", "Uncertain Significance": "VUS",
				"Likely Benign": "LB", "Benign": "B",
			}[l.class]
			if want == "" {
				t.Fatalf("unknown class %q", l.class)
			}
			var ev []acmg.Evidence
			for _, s := range l.codes {
				c, err := acmg.ParseCode(s, rs)
				if err != nil {
					t.Fatal(err)
				}
				ev = append(ev, acmg.Evidence{Code: c})
			}
			got := mustCombine(t, rs, ev).Class
			n++
			if got == want {
				exact++
			}
			if got.Number() >= 4 && want.Number() <= 2 || got != acmg.ClassWithheld && got.Number() <= 2 && want.Number() >= 4 {
				inverted++
			}
		}
		share := float64(exact) / float64(n)
		t.Logf("%s: %.1f %% of %d exact, %d inverted", id, 100*share, n, inverted)
		if n < 1000 || share < atLeast || inverted > 1 {
			t.Errorf("%s: %.3f of %d exact, %d inverted", id, share, n, inverted)
		}
	}
}

type panelLine struct {
	class string
	codes []string
}

// erepo reads the ClinGen Evidence Repository where the shared data is.
func erepo(t *testing.T) (lines []panelLine) {
	t.Helper()
	shared := os.Getenv("GARROD_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(shared, "data", "acmg_truth", "erepo_2024-05.dev.tsv.gz"))
	if err != nil {
		t.Skip("no shared data: ", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<24)
	s.Scan()
	column := map[string]int{}
	for i, name := range strings.Split(s.Text(), "\t") {
		column[name] = i
	}
	for s.Scan() {
		v := strings.Split(s.Text(), "\t")
		if v[column["Retracted"]] == "true" || strings.TrimSpace(v[column["Applied Evidence Codes (Met)"]]) == "" {
			continue
		}
		l := panelLine{class: v[column["Assertion"]]}
		for _, c := range strings.Split(v[column["Applied Evidence Codes (Met)"]], ",") {
			l.codes = append(l.codes, strings.TrimSpace(c))
		}
		lines = append(lines, l)
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}
