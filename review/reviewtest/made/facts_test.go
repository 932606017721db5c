package made

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// shared opens a gzipped file of the shared data, or skips.
func shared(t *testing.T, path string) *bufio.Scanner {
	t.Helper()
	root := cmp.Or(os.Getenv("GARROD_SHARED"), "../../../../shared")
	f, err := os.Open(filepath.Join(root, "data", path))
	if err != nil {
		t.Skip("the shared data is not there")
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<22)
	return s
}

// TestFindingsAreReal compares position, alleles and HGVS with the ClinGen
// Evidence Repository. HFE and the mitochondrion are not in that export; their
// names are those of acmg.md, section 1a, and MITOMAP.
func TestFindingsAreReal(t *testing.T) {
	s := shared(t, "acmg_truth/erepo_2024-05.dev.tsv.gz")
	column := map[string]int{}
	names := map[string]string{}
	for s.Scan() {
		f := strings.Split(s.Text(), "\t")
		if len(column) == 0 {
			for i, h := range f {
				column[h] = i
			}
			continue
		}
		names[f[column["grch38"]]] = f[column["HGVS Expressions"]]
	}
	if s.Err() != nil || len(names) < 1000 {
		t.Fatalf("%d variants read: %v", len(names), s.Err())
	}
	for _, e := range Expected() {
		if e.Made || e.Gene == "HFE" || strings.HasPrefix(e.Key, "MT-") {
			continue
		}
		hgvs, ok := names[cmp.Or(e.LeftAligned, e.Key)]
		if !ok {
			t.Errorf("%s is not in the repository", e.Key)
			continue
		}
		base, _, _ := strings.Cut(e.Transcript, ".")
		if !slices.ContainsFunc(strings.Split(hgvs, ", "), func(n string) bool {
			return strings.HasPrefix(n, base+".") && strings.HasSuffix(n, ":"+e.HGVSc)
		}) {
			t.Errorf("%s is not %s:%s", e.Key, e.Transcript, e.HGVSc)
		}
	}
}

// TestGenesAreThoseOfMANE checks every fact of genes.tsv.
func TestGenesAreThoseOfMANE(t *testing.T) {
	s := shared(t, "knowledge/transcripts/MANE.GRCh38.v1.4.summary.txt.gz")
	want := map[string][]string{}
	for s.Scan() {
		if f := strings.Split(s.Text(), "\t"); len(f) > 13 && f[9] == "MANE Select" {
			want[f[3]] = f
		}
	}
	genes, err := loadGenes()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range genes {
		f := want[g.symbol]
		if f == nil {
			t.Errorf("%s is not in MANE", g.symbol)
			continue
		}
		strand := map[bool]string{true: "+", false: "-"}[g.forward]
		got := []string{g.hgnc, "GeneID:" + g.ncbi, g.ensembl, g.nm, g.np, g.enst, g.ensp, strconv.Itoa(g.first), strconv.Itoa(g.last), strand}
		if w := []string{f[2], f[0], f[1], f[5], f[6], f[7], f[8], f[11], f[12], f[13]}; !slices.Equal(got, w) {
			t.Errorf("%s: %v, MANE has %v", g.symbol, got, w)
		}
	}
}

func TestPatientIsObviouslyMadeUp(t *testing.T) {
	data, err := os.ReadFile(assets + "demo.patient.json")
	if err != nil {
		t.Fatal(err)
	}
	var p struct {
		Identifiers []struct{ Type, Value string }
	}
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	n := p.Identifiers[0].Value
	if p.Identifiers[0].Type != "nhs" || !strings.HasPrefix(n, "999") || len(n) != 10 {
		t.Fatalf("NHS number %q is not of the test range", n)
	}
	total := 0
	for i := range 9 {
		total += int(n[i]-'0') * (10 - i)
	}
	if check := (11 - total%11) % 11; check != int(n[9]-'0') {
		t.Errorf("check digit %c, want %d", n[9], check)
	}
}

func TestPanelNamesGenesByTheirHGNC(t *testing.T) {
	data, err := os.ReadFile(assets + "demo.panel.tsv")
	if err != nil {
		t.Fatal(err)
	}
	genes, err := loadGenes()
	if err != nil {
		t.Fatal(err)
	}
	known, n := bySymbol(genes), 0
	known[rnr1.symbol] = gene{hgnc: rnr1.hgnc}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if line[0] == '#' || f[0] == "hgnc" {
			continue
		}
		n++
		if len(f) != 3 || known[f[1]].hgnc != f[0] {
			t.Errorf("%q: HGNC ID is %s", line, known[f[1]].hgnc)
		}
	}
	if n < 40 {
		t.Errorf("%d genes", n)
	}
}
