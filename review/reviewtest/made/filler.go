package made

import (
	"fmt"
	"slices"
)

// How many records of each kind stand around the key ones.
const (
	fillerCommon = 2750
	fillerRare   = 150
	fillerY      = 14
	// clearance is the distance in bases that records keep from each other.
	clearance = 120
)

// filler makes the records between the key ones: common variation that is
// passed on by Mendel's laws, and rare benign-looking alleles that one parent
// carries. No gene has two rare ones, and none is new in the child, so that
// the key records alone tell a story.
type filler struct {
	*source
	genes []gene
	taken map[string][]int // positions by chromosome
	rare  map[string]bool  // genes that have their rare allele
}

func newFiller(s *source, genes []gene, keys []record) *filler {
	f := &filler{source: s, genes: genes, taken: map[string][]int{}, rare: map[string]bool{}}
	for _, r := range keys {
		f.taken[r.chrom] = append(f.taken[r.chrom], r.pos)
		for _, row := range r.rows {
			f.rare[row["SYMBOL"]] = true
		}
	}
	return f
}

// records makes all of them.
func (f *filler) records() []record {
	var out []record
	for len(out) < fillerCommon {
		if g := f.gene(); g.chrom != "Y" && (g.chrom != "X" || f.chance(0.6)) {
			out = append(out, f.common(g))
		}
	}
	for len(out) < fillerCommon+fillerRare {
		if g := f.gene(); g.chrom != "Y" && g.chrom != "X" && !f.rare[g.symbol] {
			f.rare[g.symbol] = true
			out = append(out, f.rareOne(g))
		}
	}
	for len(out) < fillerCommon+fillerRare+fillerY {
		if g := f.gene(); g.chrom == "Y" {
			out = append(out, f.onY(g))
		}
	}
	return out
}

func (f *filler) gene() gene { return f.genes[f.intn(len(f.genes))] }

// place finds a free position inside g, or beside it for one record in thirty
// and where g is full.
func (f *filler) place(g gene) (pos int, outside bool) {
	outside = f.chance(1.0 / 30)
	for try := 0; ; try++ {
		outside = outside || try > 20
		pos = f.between(g.first+60, g.last-60)
		if outside {
			pos = g.last + f.between(6000, 60000)
		}
		near := func(p int) bool { return max(p-pos, pos-p) < clearance }
		if !slices.ContainsFunc(f.taken[g.chrom], near) {
			f.taken[g.chrom] = append(f.taken[g.chrom], pos)
			return pos, outside
		}
	}
}

// common is an allele, or two, of at least one in a hundred. Missense is never
// rarer than one in twelve: no filter for rare disease should keep it.
func (f *filler) common(g gene) record {
	pos, outside := f.place(g)
	low := f.chance(0.2)
	af := 0.08 + 0.82*f.float()
	if low {
		af = 0.01 + 0.04*f.float()
	}
	n, kind := 1, f.kind(!low)
	if outside {
		kind = "intergenic_variant"
	}
	if f.chance(0.02) {
		n, kind = 2, "intron_variant"
	}
	r, alts := f.site(g, pos, kind, n)
	share := make([]float64, n)
	for i := range share {
		share[i] = af / float64(n)
		alts[i].pop = f.population(share[i], g.chrom, pos)
	}
	gts := f.family(share, male(g.chrom, pos))
	f.finish(&r, alts, gts, f.chance(0.04), f.chance(0.01))
	return r
}

// rareOne is an allele that one parent carries and may have passed on.
func (f *filler) rareOne(g gene) record {
	pos, _ := f.place(g)
	r, alts := f.site(g, pos, f.kind(true), 1)
	alts[0].pop = f.population(1e-5+8e-4*f.float(), g.chrom, pos)
	gts := [3]string{"0/0", "0/0", "0/0"}
	gts[1+f.intn(2)] = "0/1"
	if f.chance(0.5) {
		gts[0] = "0/1"
	}
	f.finish(&r, alts, gts, false, false)
	return r
}

// onY is a haplotype marker that father and son share; the mother has no call.
func (f *filler) onY(g gene) record {
	pos, _ := f.place(g)
	r, alts := f.site(g, pos, "intron_variant", 1)
	alts[0].pop = population{}
	f.finish(&r, alts, [3]string{"1", ".", "1"}, false, false)
	return r
}

// finish fills in genotypes, quality and annotation. poor gives the record a
// failed filter; gap takes one parent's call away.
func (f *filler) finish(r *record, alts []keyAllele, gts [3]string, poor, gap bool) {
	r.qual = f.between(150, 2400)
	if poor {
		r.qual, r.filter = f.between(12, 48), "LowQual"
	}
	if gap {
		p := 1 + f.intn(2)
		gts[p] = map[int]string{1: ".", 2: "./."}[len(alleles(gts[p]))]
	}
	for i, gt := range gts {
		r.calls[i] = f.call(gt, len(r.alts), f.depth(gt))
	}
	for i, a := range alts {
		r.rows = append(r.rows, annotate(*r, i, a)...)
	}
}

// male reports whether males carry one copy there.
func male(chrom string, pos int) (oneCopy bool) { return chrom == "X" && !inPAR(chrom, pos) }

// family draws the parents' alleles at the given frequencies and passes one of
// each on, until somebody carries one. hemizygous is for X in a male proband:
// he has his mother's only.
func (f *filler) family(share []float64, hemizygous bool) [3]string {
	for {
		m := [2]int{f.allele(share), f.allele(share)}
		p := [2]int{f.allele(share), f.allele(share)}
		child := [2]int{m[f.intn(2)], p[f.intn(2)]}
		if m[0]+m[1]+p[0]+p[1] == 0 || hemizygous && m[0]+m[1]+p[0] == 0 {
			continue
		}
		if hemizygous {
			return [3]string{fmt.Sprint(child[0]), diploid(m), fmt.Sprint(p[0])}
		}
		return [3]string{diploid(child), diploid(m), diploid(p)}
	}
}

// allele draws 0 for REF or 1 … n for an ALT of the given share.
func (f *filler) allele(share []float64) int {
	x := f.float()
	for i, s := range share {
		if x < s {
			return i + 1
		}
		x -= s
	}
	return 0
}

func diploid(a [2]int) string { return fmt.Sprintf("%d/%d", min(a[0], a[1]), max(a[0], a[1])) }

// population gives each group a frequency near af.
func (f *filler) population(af float64, chrom string, pos int) population {
	var by [len(groups)]float64
	for i := range by {
		by[i] = min(af*(0.6+0.8*f.float()), 0.97)
	}
	p := carried(by[:]...)
	if male(chrom, pos) {
		return p.onX()
	}
	return p
}
