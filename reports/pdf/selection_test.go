package pdf

import (
	"fmt"
	"strings"
	"testing"

	"garrod/reports"
)

// How many variants triage left is said on the first page, whatever follows.
func TestSelectionStandsOnTheFirstPage(t *testing.T) {
	all := documents(t)
	for _, name := range []string{"positive", "no_review"} {
		t.Run(name, func(t *testing.T) {
			d := all[name]
			want := d.Selection
			if want == "" {
				t.Fatal("the document counts no selection")
			}
			for n := range 40 {
				d.Findings = append(d.Findings, reports.Finding{Number: n + 2, Gene: "GENE", Coding: fmt.Sprintf("c.%dA>G", n+1)})
			}
			if text := words(tool(t, render(t, d), "pdftotext", "-l", "1", "FILE", "-")); !strings.Contains(text, want) {
				t.Errorf("the first page does not say %q", want)
			}
		})
	}
}
