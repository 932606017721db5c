//go:build unix

package triage

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"syscall"
	"testing"
	"time"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
)

// BenchmarkRun sends 100,000 records of a made trio through the default filter.
func BenchmarkRun(b *testing.B) {
	src := holding(random(b, 1, 100_000))
	c := withPanel(trio(review.Female))
	for b.Loop() {
		if _, err := Run(b.Context(), src, c, Default(), nil); err != nil {
			b.Fatal(err)
		}
	}
}

// genomeColumns makes the columns of a trio's genome of n rows, with the shares
// that the made files of this project have: two rows of three carried, one of
// fifteen rare, one of 120 in coding sequence, 75,000 sets of genes.
func genomeColumns(n int) *summary.Summary {
	r := rand.New(rand.NewPCG(5, 5))
	s := &summary.Summary{
		Head: summary.Head{Assembly: genome.GRCh38, Samples: []string{"kid", "mum", "dad"}, Frequency: Wide().Frequency.rule()},
		Pos:  make([]uint32, n), Allele: make([]uint8, n), Flags: make([]summary.Flags, n), Freq: make([]float32, n),
		Splice: make([]uint8, n), Qual: make([]summary.Quality, n), Genes: make([]uint32, n), Rows: make([]uint32, n),
		Views: make([]uint16, n), Calls: make([]summary.Calls, 3), ViewSets: []summary.View{{}, {Any: true}, {Any: true, Pathogenic: true}, {Any: true, Conflicting: true}},
	}
	for i := range s.Calls {
		s.Calls[i] = summary.Calls{GT: make([]summary.GT, n), Depth: make([]uint8, n), GQ: make([]uint8, n), Share: make([]uint8, n)}
	}
	sets, rows := geneWords(s, r)
	contigs := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "X"}
	for i := range n {
		k := i * len(contigs) / n
		if len(s.Contigs) <= k {
			s.Contigs = append(s.Contigs, summary.Stretch{Contig: contigs[k], From: i})
		}
		s.Contigs[k].To = i + 1
		s.Pos[i] = uint32(10_000 + (i-s.Contigs[k].From)*600)
		s.Flags[i] = summary.FilterPass
		if r.IntN(15) == 0 {
			s.Flags[i] = summary.FilterFail
		}
		s.Freq[i] = float32(math.NaN())
		if r.IntN(20) > 0 {
			s.Freq[i] = float32(math.Round(math.Pow(r.Float64(), 0.6)*1e5) / 1e5)
		}
		s.Splice[i], s.Qual[i] = summary.NoSplice, summary.QualityOf(r.Float64()*3000)
		// Neighbours lie in the same gene.
		s.Genes[i], s.Rows[i] = uint32(i*sets/n), uint32(1+r.IntN(rows/2))
		if r.IntN(120) == 0 {
			s.Rows[i] = uint32(1 + rows/2 + r.IntN(rows/2-1))
		}
		if r.IntN(100) == 0 {
			s.Views[i] = uint16(1 + r.IntN(3))
		}
		for j := range s.Calls {
			c := &s.Calls[j]
			c.GT[i] = summary.GTCalled | summary.GT([]int{0, 1, 1, 2}[r.IntN(4)])
			if r.IntN(3) == 0 {
				c.GT[i] = summary.GTCalled
			}
			c.Depth[i], c.GQ[i] = uint8(8+r.IntN(40)), uint8(min(99, 15+r.IntN(200)))
		}
	}
	return s
}

// geneWords fills the dictionaries: half of the sets of rows are coding.
func geneWords(s *summary.Summary, r *rand.Rand) (sets, rows int) {
	sets, rows = 75_000, 2_600
	s.GeneSets = [][]summary.Gene{{}}
	for i := range sets {
		g := summary.Gene{Symbol: fmt.Sprintf("GENE%d", i), HGNC: fmt.Sprintf("HGNC:%d", i), ID: fmt.Sprintf("ENSG%011d", i)}
		s.GeneSets = append(s.GeneSets, []summary.Gene{g})
	}
	s.RowSets = [][]summary.TxRow{{}}
	for i := range rows {
		term := []string{"intron_variant", "upstream_gene_variant"}[i%2]
		if i >= rows/2 {
			term = []string{"missense_variant", "stop_gained"}[i%2]
		}
		set := []summary.TxRow{{Terms: []string{term}, Biotype: "protein_coding"}, {Terms: []string{"intron_variant"}, Biotype: fmt.Sprint("kind", r.IntN(50))}}
		s.RowSets = append(s.RowSets, set)
	}
	return sets, rows
}

// bigPanel is a panel of n genes, every one of many.
func bigPanel(n int) *review.Panel {
	p := &review.Panel{Name: "big", Version: "1"}
	for i := range n {
		p.Genes = append(p.Genes, review.PanelGene{Symbol: fmt.Sprintf("GENE%d", i*7), HGNC: fmt.Sprintf("HGNC:%d", i*7)})
	}
	return p
}

// BenchmarkFilter5M sifts five million rows.
func BenchmarkFilter5M(b *testing.B) {
	const n = 5_000_000
	columns := genomeColumns(n)
	c := trio(review.Male)
	c.Panel = bigPanel(300)
	rare, quality, panel, terms := AllVariants(), AllVariants(), AllVariants(), AllVariants()
	rare.Frequency = Wide().Frequency
	quality.Quality = Wide().Quality
	quality.Quality.MinQual = ref(30.0)
	panel.Panel = &PanelFilter{Use: true}
	terms.Consequence = Default().Consequence
	carriedRare := rare
	carriedRare.Genotype = &GenotypeFilter{Carried: true}
	for _, f := range []struct {
		name string
		Filter
	}{
		{"default", Default()},
		{"wide", Wide()},
		{"all", AllVariants()},
		{"rare", rare},
		{"carried_rare", carriedRare},
		{"quality", quality},
		{"panel", panel},
		{"consequence", terms},
	} {
		b.Run(f.name, func(b *testing.B) {
			start, rounds := cpu(), 0
			for b.Loop() {
				p, err := newPlan(c, f.Filter)
				if err != nil {
					b.Fatal(err)
				}
				s := newSift(p, columns)
				if err := s.columns(b.Context()); err != nil {
					b.Fatal(err)
				}
				runtime.KeepAlive(s)
				rounds++
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(rounds)/n, "ns/row")
			b.ReportMetric(float64((cpu()-start).Microseconds())/1000/float64(rounds), "cpu-ms/op")
		})
	}
}

// cpu is the processor time used so far.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
