package large

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

const bases = "ACGT"

// site is a place where the family differs from the reference.
type site struct {
	pos      int
	ref      string
	alts     []string
	af       float64 // population frequency of the first ALT; 0 where the population has no record
	rs       int     // dbSNP number, 0 for none
	clin     string  // ClinVar significance, empty where ClinVar has no record
	revel    float64 // -1 for none
	splice   float64
	nearExon bool
}

// edge is what a telomere of N bases takes of a contig's ends.
const edge = 10000

// targets returns where sites of a contig may lie, in order and apart.
func (f File) targets(ci int, genes []gene) []stretch {
	c := contigs[ci]
	if f.Kind != Exome {
		if c.size < 10*edge {
			return []stretch{{1, c.size - 100}}
		}
		return []stretch{{edge, c.size - edge}}
	}
	var ts []stretch
	for _, g := range genes {
		if g.coding {
			for _, e := range g.exons {
				ts = append(ts, stretch{e.first - 60, e.end + 60})
			}
		}
	}
	slices.SortFunc(ts, func(a, b stretch) int { return a.first - b.first })
	merged := ts[:0]
	for _, t := range ts {
		if n := len(merged); n > 0 && t.first <= merged[n-1].end {
			merged[n-1].end = max(merged[n-1].end, t.end)
			continue
		}
		merged = append(merged, t)
	}
	return merged
}

func length(ts []stretch) int {
	n := 0
	for _, t := range ts {
		n += t.end - t.first
	}
	return n
}

// counts shares the records out among the contigs by the length of their
// targets. The mitochondrion gets some of its own in any file worth the name: by
// its length it would get none.
func (f File) counts() ([]int, error) {
	lengths := make([]int, len(contigs))
	total := 0
	for i := range contigs {
		var genes []gene
		if f.Kind == Exome {
			genes = f.genes(i)
		}
		lengths[i] = length(f.targets(i, genes))
		total += lengths[i]
	}
	last := len(contigs) - 1
	total -= lengths[last]
	counts := make([]int, len(contigs))
	counts[last] = min(40, f.Records/100)
	left := f.Records - counts[last]
	// Half of what is near an exon is thinned out again, so no more than half the
	// bases can have a site.
	if f.Records < 1 || left > total/2 {
		return nil, fmt.Errorf("%d records: want 1 to %d", f.Records, total/2)
	}
	before := 0
	for i := range last {
		counts[i] = share(left, before+lengths[i], total) - share(left, before, total)
		before += lengths[i]
	}
	return counts, nil
}

func share(n, part, of int) int { return int(float64(n) * (float64(part) / float64(of))) }

// sites gives n sites of a contig to fn, in order.
func (f File) sites(ci, n int, genes []gene, fn func(*site) error) error {
	targets := f.targets(ci, genes)
	r := f.random(streamSites, ci)
	size := length(targets)
	at, target, before := -1, 0, 0 // within all targets; the target it is in; bases of those before
	for n > 0 {
		// Gaps follow the places that are left, so that the last site comes near
		// the end and there is always room for the rest.
		gap := float64(size-at-1) / float64(n)
		at = min(at+1+int(r.ExpFloat64()*max(gap-1, 0)), size-n)
		for at-before >= targets[target].end-targets[target].first {
			before += targets[target].end - targets[target].first
			target++
		}
		s := draw(r, ci, targets[target].first+at-before, genes)
		// Selection thins coding variation.
		if s.nearExon && f.Kind != Exome && at < size-n && r.IntN(2) == 0 {
			continue
		}
		n--
		if err := fn(&s); err != nil {
			return err
		}
	}
	return nil
}

// draw makes the site at pos.
func draw(r *rand.Rand, ci, pos int, genes []gene) site {
	s := site{pos: pos, nearExon: nearExon(genes, pos), revel: -1}
	s.drawAlleles(r, ci)
	if s.af = frequency(r); s.af > 0 {
		s.rs = 10000000 + int(r.Uint32()>>2)
	}
	s.drawOpinions(r)
	return s
}

func (s *site) drawAlleles(r *rand.Rand, ci int) {
	base := refBase(ci, s.pos)
	u := r.Float64()
	if s.nearExon {
		u *= 0.88 // selection: far fewer indels in exons
	}
	switch {
	case u < 0.85:
		s.ref, s.alts = string(base), []string{otherBase(r, base)}
	case u < 0.92:
		s.ref, s.alts = refSeq(ci, s.pos, 1+indelLength(r)), []string{string(base)}
	case u < 0.98:
		s.ref, s.alts = string(base), []string{string(base) + randomSeq(r, indelLength(r))}
	default:
		s.ref = refSeq(ci, s.pos, 1+indelLength(r))
		s.alts = []string{string(base), otherBase(r, base) + s.ref[1:]}
	}
}

func (s *site) drawOpinions(r *rand.Rand) {
	v, u := r.Float64(), r.Float64()
	if !s.nearExon {
		if u < 0.004 {
			s.clin = "benign"
		}
		return
	}
	s.revel = math.Round(v*v*1000) / 1000
	s.splice = math.Round(math.Pow(r.Float64(), 6)*100) / 100
	switch {
	case u < 0.02 && s.af < 0.005:
		s.clin = []string{"pathogenic", "likely_pathogenic"}[r.IntN(2)]
	case u < 0.10 && s.af < 0.01:
		s.clin = "uncertain_significance"
	case u < 0.45:
		s.clin = []string{"benign", "likely_benign", "benign&likely_benign"}[r.IntN(3)]
	}
}

// frequency is that of an allele which one family carries: mostly common.
func frequency(r *rand.Rand) float64 {
	switch u := r.Float64(); {
	case u < 0.93:
		return math.Pow(10, -2+2*math.Sqrt(r.Float64())) * 0.98
	case u < 0.965:
		return math.Pow(10, -3+r.Float64())
	case u < 0.985:
		return math.Pow(10, -5+2*r.Float64())
	}
	return 0
}

// refBase is the base of the made-up reference.
func refBase(ci, pos int) byte {
	x := uint64(pos)*0x9e3779b97f4a7c15 + uint64(ci)*0xbf58476d1ce4e5b9
	x ^= x >> 31
	x *= 0x94d049bb133111eb
	return bases[(x>>60)&3]
}

func refSeq(ci, pos, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = refBase(ci, pos+i)
	}
	return string(b)
}

func randomSeq(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = bases[r.IntN(4)]
	}
	return string(b)
}

func otherBase(r *rand.Rand, ref byte) string {
	for {
		if b := bases[r.IntN(4)]; b != ref {
			return string(b)
		}
	}
}

// indelLength favours one base and has a tail to 60.
func indelLength(r *rand.Rand) int { return min(1+int(r.ExpFloat64()*2.2), 60) }
