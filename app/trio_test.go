package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/triage"

	"github.com/google/go-cmp/cmp"
)

// realTrio is a family called together by another program.
type realTrio struct {
	name, vcf, ped string // ped: the text, or a file of the shared data
	gzipped        bool   // not by bgzip: the test makes a copy
	trio           [3]string
	assembly       genome.Assembly
	// want counts records by label: de_novo, de_novo_possible, recessive_hom,
	// parent_reference; and notes on the list.
	want  map[string]int
	notes int
}

var realTrios = []realTrio{
	{
		name: "GIAB Ashkenazim, exome slice of 9,940 records", vcf: "callers_real_vcf/slivar__ashk-trio.vcf.gz", ped: ashkPED,
		trio: [3]string{"HG002", "HG003", "HG004"}, assembly: genome.GRCh37,
		want: map[string]int{triage.ModelDeNovo: 10, triage.ModelDeNovoPossible: 29, triage.ModelRecessiveHom: 355, triage.ModelParentReference: 10},
	},
	{
		name: "Scout 643594", vcf: "annotated_vcf/scout__643594.clinical.vcf.gz", ped: "annotated_vcf/scout__643594.ped",
		trio: [3]string{"ADM1059A2", "ADM1059A1", "ADM1059A3"}, assembly: genome.GRCh37,
		// Three of the possible ones are 0/1 of a boy on X and Y, anomalies first.
		want: map[string]int{triage.ModelDeNovoPossible: 25, triage.ModelRecessiveHom: 25, triage.ModelParentReference: 1},
	},
	{
		name: "Strelka germline slice", vcf: "callers_real_vcf/strelka__variants-strelka-slice.vcf.gz", gzipped: true,
		ped:  "F Child Father Mother 0 2\nF Father 0 0 1 1\nF Mother 0 0 2 1\n",
		trio: [3]string{"Child", "Father", "Mother"}, assembly: genome.GRCh38,
		want: map[string]int{triage.ModelDeNovo: 5, triage.ModelDeNovoPossible: 38, triage.ModelRecessiveHom: 230, triage.ModelParentReference: 2},
	},
	{
		name: "Strelka at the telomere of chromosome 1", vcf: "callers_real_vcf/strelka__denovo-chr1-200-snv.vcf.gz",
		ped:  "F PROBAND PARENT1 PARENT2 0 2\nF PARENT1 0 0 1 1\nF PARENT2 0 0 2 1\n",
		trio: [3]string{"PROBAND", "PARENT1", "PARENT2"}, assembly: genome.GRCh37,
		want: map[string]int{triage.ModelDeNovoPossible: 20, triage.ModelRecessiveHom: 1, triage.ModelParentReference: 4},
	},
	{
		name: "GATK genotyping of NA12882", vcf: "callers_real_vcf/gatk__trioGGVCF.vcf.gz",
		ped:  "F NA12882 NA12877 NA12878 1 2\nF NA12877 0 0 1 1\nF NA12878 0 0 2 1\n",
		trio: [3]string{"NA12882", "NA12877", "NA12878"}, assembly: genome.GRCh37,
		want: map[string]int{triage.ModelDeNovo: 1, triage.ModelDeNovoPossible: 8, triage.ModelRecessiveHom: 68, triage.ModelParentReference: 7},
	},
	{
		name: "GLnexus with a sibling", vcf: "callers_real_vcf/GLnexus__trio_denovo.vcf",
		ped:  "F PROBAND FATHER MOTHER 0 2\nF SIBLING FATHER MOTHER 0 1\nF FATHER 0 0 1 1\nF MOTHER 0 0 2 1\n",
		trio: [3]string{"PROBAND", "FATHER", "MOTHER"}, assembly: genome.GRCh37,
		want: map[string]int{triage.ModelDeNovoPossible: 2},
	},
	{
		name: "Talos, merged", vcf: "callers_real_vcf/talos__joint.vcf.bgz", ped: talosPED,
		trio: [3]string{"proband", "father", "mother"}, assembly: genome.GRCh38,
		want: map[string]int{triage.ModelDeNovoPossible: 6, triage.ModelRecessiveHom: 3},
	},
	{
		name: "slivar's own de novo", vcf: "annotated_vcf/slivar__with-bcsq.vcf", ped: ashkPED,
		trio: [3]string{"HG002", "HG003", "HG004"}, assembly: genome.GRCh37,
		want: map[string]int{triage.ModelDeNovo: 4},
	},
}

// TestRealTrios holds the labels of whole files against counts, and every de
// novo against the calls of the parents.
func TestRealTrios(t *testing.T) {
	for _, tt := range realTrios {
		t.Run(tt.name, func(t *testing.T) {
			path, ped := shared(t, tt.vcf), tt.ped
			if tt.gzipped || strings.HasSuffix(path, ".vcf") {
				path = readable(t, tt.vcf)
			}
			if strings.HasSuffix(ped, ".ped") {
				b, err := os.ReadFile(shared(t, ped))
				if err != nil {
					t.Fatal(err)
				}
				ped = string(b)
			}
			w := triageAll(t, path, tt.trio[0], ped, tt.assembly, triage.AllVariants())
			got := map[string]int{}
			for _, r := range w.List {
				for _, m := range []string{triage.ModelDeNovo, triage.ModelDeNovoPossible, triage.ModelRecessiveHom, triage.ModelParentReference} {
					if hasModel(r, m) {
						got[m]++
					}
				}
				if hasModel(r, triage.ModelDeNovo) {
					checkParents(t, r, tt.trio)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("records by label (-want +got):\n%s", d)
			}
			// Notes on the keys of the file are tested elsewhere.
			notes := slices.DeleteFunc(w.Notes, func(n string) bool {
				return strings.Contains(n, "not left-aligned") || strings.Contains(n, "annotation rows")
			})
			if len(notes) != tt.notes {
				t.Errorf("notes %q, want %d", notes, tt.notes)
			}
		})
	}
}

// checkParents asks of a certain de novo that both parents are called without
// any other allele, with 12 reads and GQ 20, and at most one read of it (half of
// the reads and of GQ for a father's one X or Y; the other parent is not asked).
func checkParents(t *testing.T, r triage.Row, trio [3]string) {
	t.Helper()
	v := &r.Variant
	reads := 0
	for i, parent := range trio[1:] {
		c := callOf(v, parent)
		depth, gq := 12, 20
		if v.Key.Contig == "X" || v.Key.Contig == "Y" {
			depth, gq = 6, 10
		}
		if v.Key.Contig == "Y" && i == 1 || v.Key.Contig == "X" && i == 0 {
			continue
		}
		if !c.IsReference() || c.Depth == nil || *c.Depth < depth || c.GQ == nil || *c.GQ < gq || c.AD == nil {
			t.Errorf("%s is de novo, but a parent is %+v", v.Key, c)
			return
		}
		reads += c.AD[1]
	}
	if kid := callOf(v, trio[0]); !kid.HasAlt() || kid.State != review.Called || reads > 1 {
		t.Errorf("%s is de novo with %d reads in the parents and %+v in the child", v.Key, reads, kid)
	}
}

// slivar's expression for a de novo, in the header of its test file: PASS, child
// heterozygous, both parents reference, fewer than two reads in them, GQ and DP
// above 10. Garrod's certain ones are those of them with better evidence.
func TestDeNovoAgainstSlivar(t *testing.T) {
	w := triageAll(t, shared(t, "callers_real_vcf/slivar__ashk-trio.vcf.gz"), "HG002", ashkPED, genome.GRCh37, triage.AllVariants())
	theirs, both := 0, 0
	for _, r := range w.List {
		slivar := isSlivarDeNovo(&r.Variant)
		ours := hasModel(r, triage.ModelDeNovo)
		if slivar {
			theirs++
			if !hasModel(r, triage.ModelDeNovo, triage.ModelDeNovoPossible) {
				t.Errorf("%s is new by slivar, but %+v", r.Variant.Key, r.Labels)
			}
		}
		if ours && slivar {
			both++
		}
		passed := r.Variant.Record.Filters != nil && len(r.Variant.Record.Filters) == 0
		if ours && !slivar && passed {
			t.Errorf("%s is certainly new, but not by slivar: %+v", r.Variant.Key, r.Variant.Calls)
		}
	}
	if theirs != 4 || both != 4 {
		t.Errorf("%d by slivar, %d of them certain; want all 4", theirs, both)
	}
}

func isSlivarDeNovo(v *review.Variant) bool {
	kid, dad, mum := callOf(v, "HG002"), callOf(v, "HG003"), callOf(v, "HG004")
	for _, c := range []review.Call{kid, dad, mum} {
		if c.GQ == nil || *c.GQ <= 10 || c.Depth == nil || *c.Depth <= 10 || c.AD == nil || c.State != review.Called {
			return false
		}
	}
	passed := v.Record.Filters != nil && len(v.Record.Filters) == 0
	return passed && kid.Copies == 1 && kid.Others == 0 && dad.IsReference() && mum.IsReference() && dad.AD[1]+mum.AD[1] < 2
}

// slivar's comphet_side marks one half of a possible pair: here all four come
// from the mother, so that no two of them are a pair.
func TestSlivarCompoundHet(t *testing.T) {
	ped := "K\tUDN231974\t0\t0\t1\t1\nK\tUDN810123\tUDN231974\tUDN971716\t2\t2\nK\tUDN971716\t0\t0\t2\t1\n"
	rows := labelAll(t, readable(t, "annotated_vcf/slivar__comphet.csq.vcf"), "UDN810123", ped, genome.GRCh38)
	cis := 0
	for _, r := range rows {
		if hasModel(r, triage.ModelCompoundHet) {
			t.Errorf("%s is a pair: %+v", r.Variant.Key, r.Labels)
		}
		if hasModel(r, triage.ModelCisPair) {
			cis++
		}
		if !slices.ContainsFunc(r.Labels, func(l review.Label) bool { return l.Basis == "maternal" }) {
			t.Errorf("%s does not come from the mother: %+v", r.Variant.Key, r.Labels)
		}
	}
	if len(rows) != 4 || cis != 2 {
		t.Errorf("%d records, %d of them on one copy with another; want 4 and the 2 of CHTF18", len(rows), cis)
	}
}
