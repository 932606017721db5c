package review

import (
	"errors"
	"strings"
	"testing"

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
