package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"garrod/assets/demo"
)

// placedPanel has two genes of the demonstration case with their places, and one
// without.
const placedPanel = "# name: Placed\n# version: 1\n# assembly: GRCh38\nsymbol\tcontig\tstart\tend\n" +
	"TCF4\tchr18\t55222185\t55664787\nPAH\tchr12\t102838321\t102958441\nMYO7A\t\t\t\n"

func TestPreviewShowsThePanelsRegionsOnly(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.mark(t)
	panel := filepath.Join(t.TempDir(), "panel.tsv")
	write(t, panel, []byte(placedPanel))
	ask := []string{"case", "preview", "--lab", b.lab, "--vcf", demoFile(t, demo.VCF), "--ped", demoFile(t, demo.PED), "--proband", demo.Proband}

	var p previewDoc
	must(t, &p, append(ask, "--panel", panel)...)
	if p.Only != "panel_regions" || p.Regions != 2 || p.Unplaced != 1 || p.Records == 0 || p.Records > 1000 {
		t.Errorf("preview: %+v", p)
	}
	var keys []string
	for _, v := range p.Variants {
		keys = append(keys, v.Key)
	}
	want := []string{"12-102852857-T-A", "12-102852876-G-A", "18-55257375-C-T"}
	slices.Sort(keys)
	if !slices.Equal(keys, want) {
		t.Errorf("the regions show %v, want %v", keys, want)
	}
	if p.Funnel[0].Before < p.Records {
		t.Errorf("the funnel begins with %d alleles of %d records", p.Funnel[0].Before, p.Records)
	}
	if r := garrod(t, append(ask, "--panel", panel)...); !strings.Contains(r.out, "only the 2 regions") || !strings.Contains(r.out, "1 genes of the panel have no place") {
		t.Errorf("it does not say what was read:\n%s", r.out)
	}

	bare := filepath.Join(t.TempDir(), "bare.tsv")
	write(t, bare, []byte("# name: Bare\n# version: 1\nsymbol\nTCF4\n"))
	b.refused(t, input(failure{Code: "panel_places", File: "bare.tsv", Remedy: "contig, start and end"}), append(ask, "--panel", bare)...)
	other := filepath.Join(t.TempDir(), "other.tsv")
	write(t, other, []byte(strings.Replace(placedPanel, "GRCh38", "GRCh37", 1)))
	b.refused(t, input(failure{Code: "panel_assembly", File: "other.tsv", Field: "assembly", What: "GRCh37"}), append(ask, "--panel", other)...)
}
