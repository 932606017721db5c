package review

import (
	"errors"
	"strings"
	"testing"

	"garrod/review/genome"

	"github.com/google/go-cmp/cmp"
)

func TestParsePanel(t *testing.T) {
	const text = "# name: Epilepsy\n# version: 4.2\n# date: 2026-01-02\n# source: made for this test: one\r\nsymbol\thgnc\tcolour\tmoi\nTCF4\t11634\tgreen\tAD\n\nPAH\tHGNC:8582\tgreen\tAR\nNEW1\t\t\t\n"
	got, err := ParsePanel(strings.NewReader(text), "panel.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want := &Panel{Name: "Epilepsy", Version: "4.2", Date: "2026-01-02", Source: "made for this test: one", Genes: []PanelGene{
		{HGNC: "HGNC:11634", Symbol: "TCF4", MOI: "AD"}, {HGNC: "HGNC:8582", Symbol: "PAH", MOI: "AR"}, {Symbol: "NEW1"},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestParsePanelPlaces(t *testing.T) {
	const head = "# name: A\n# version: 1\n# assembly: hg38\n"
	pah, shox := PanelGene{Symbol: "PAH"}, PanelGene{Symbol: "SHOX"}
	for _, tt := range []struct {
		name, text string
		want       []PanelRegion
		genes      int
		unplaced   int
	}{
		{
			"columns, 1-based and closed", head + "symbol\tChrom\tStart\tEnd\nPAH\tchr12\t102838321\t102958441\nTCF4\t\t\t\n",
			[]PanelRegion{{pah, genome.Range{Contig: "12", First: 102838321, Last: 102958441}}},
			2, 1,
		},
		{
			"BED, 0-based and half-open", "track name=x\n" + head + "chr12\t102838320\t102958441\tPAH\t0\t-\nchrX\t624343\t659411\tSHOX\nchrY\t624343\t659411\tSHOX\n",
			[]PanelRegion{
				{pah, genome.Range{Contig: "12", First: 102838321, Last: 102958441}},
				{shox, genome.Range{Contig: "X", First: 624344, Last: 659411}},
				{shox, genome.Range{Contig: "Y", First: 624344, Last: 659411}},
			},
			2, 0,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParsePanel(strings.NewReader(tt.text), "panel.bed")
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, got.Regions); d != "" {
				t.Error(d)
			}
			if len(got.Genes) != tt.genes || got.Unplaced() != tt.unplaced || got.Assembly != genome.GRCh38 {
				t.Errorf("%d genes, %d without a place, on %s", len(got.Genes), got.Unplaced(), got.Assembly)
			}
		})
	}
}

func TestStretchesHaveEachBaseOnce(t *testing.T) {
	p := Panel{Regions: []PanelRegion{
		{Range: genome.Range{Contig: "2", First: 50, Last: 60}},
		{Range: genome.Range{Contig: "1", First: 10, Last: 20}},
		{Range: genome.Range{Contig: "2", First: 5, Last: 9}},
		{Range: genome.Range{Contig: "2", First: 10, Last: 12}},
		{Range: genome.Range{Contig: "2", First: 52, Last: 55}},
	}}
	want := []genome.Range{{Contig: "1", First: 10, Last: 20}, {Contig: "2", First: 5, Last: 12}, {Contig: "2", First: 50, Last: 60}}
	if d := cmp.Diff(want, p.Stretches()); d != "" {
		t.Error(d)
	}
}

func TestParsePanelRefuses(t *testing.T) {
	const head = "# name: A\n# version: 1\n"
	for _, tt := range []struct {
		name, text string
		line       int
	}{
		{"no version", "# name: A\nsymbol\nPAH\n", 0},
		{"no header", head + "PAH\n", 3},
		{"no gene", head + "symbol\tmoi\n", 0},
		{"unnamed gene", head + "symbol\tmoi\n\tAR\n", 4},
		{"twice", head + "symbol\nPAH\nPAH\n", 5},
		{"twice at one place", head + "1\t5\t9\tPAH\n1\t5\t9\tPAH\n", 4},
		{"backwards", head + "1\t9\t5\tPAH\n", 3},
		{"empty stretch", head + "1\t9\t9\tPAH\n", 3},
		{"half a place", head + "symbol\tcontig\tstart\tend\nPAH\t12\t5\t\n", 4},
		{"place in words", head + "symbol\tcontig\tstart\tend\nPAH\t12\tfive\t9\n", 4},
		{"unknown assembly", head + "# assembly: mm10\n1\t5\t9\tPAH\n", 3},
		{"no assembly", head + "1\t5\t9\tPAH\n", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParsePanel(strings.NewReader(tt.text), "panel.tsv")
			e, ok := errors.AsType[*InputError](err)
			if !ok || e.Line != tt.line || e.File != "panel.tsv" || e.Remedy == "" {
				t.Errorf("got %v, want an InputError at line %d with a remedy", err, tt.line)
			}
		})
	}
}
