package identity

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"strconv"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
	"garrod/review/summary"
)

// world is a made population: sites in Hardy-Weinberg proportions, independent of
// each other, on chromosomes of their real length.
type world struct {
	r     *rand.Rand
	sites []madeSite
}

type madeSite struct {
	contig string
	pos    int64
	af     float64
}

// made is a made person: two haplotypes of the whole world. On X a man has one
// (the second is not used), on Y a woman has none, on MT both have one.
type made struct {
	sex review.Sex
	// karyotype is "X0" or "XXY" where the sex does not tell the chromosomes.
	karyotype string
	haps      [2][]uint8
}

func newWorld(seed uint64, autosomal int) *world {
	w := &world{r: rand.New(rand.NewPCG(seed, 1))}
	total := int64(0)
	for n := 1; n <= 22; n++ {
		l, _ := genome.ContigLength(genome.GRCh38, strconv.Itoa(n))
		total += l
	}
	for n := 1; n <= 22; n++ {
		l, _ := genome.ContigLength(genome.GRCh38, strconv.Itoa(n))
		w.chromosome(strconv.Itoa(n), l, int(int64(autosomal)*l/total))
	}
	w.chromosome("X", 156_040_895, autosomal/30)
	w.chromosome("Y", 50_000_000, autosomal/300)
	w.chromosome("MT", genome.LengthRCRS, 60)
	return w
}

func (w *world) chromosome(contig string, length int64, n int) {
	step := float64(length-20_000) / float64(n)
	for i := range n {
		pos := int64(10_000 + step*(float64(i)+0.9*w.r.Float64()))
		if contig == "MT" {
			pos = int64(float64(i)*float64(length)/float64(n)) + 1
		}
		// Frequencies fall off as 1/p, as in a population.
		w.sites = append(w.sites, madeSite{contig, pos, 0.02 * math.Pow(0.95/0.02, w.r.Float64())})
	}
}

func (w *world) founder(sex review.Sex) *made {
	p := &made{sex: sex}
	for h := range p.haps {
		p.haps[h] = make([]uint8, len(w.sites))
		for i, s := range w.sites {
			if w.r.Float64() < s.af {
				p.haps[h][i] = 1
			}
		}
	}
	return p
}

// gamete is what a parent gives: its haplotypes with one crossing-over for each
// 100 Mb. A father gives a son his Y and a daughter his X.
func (w *world) gamete(p *made) []uint8 {
	out := make([]uint8, len(w.sites))
	h, contig, last := 0, "", int64(0)
	for i, s := range w.sites {
		if s.contig != contig {
			h, contig, last = w.r.IntN(2), s.contig, s.pos
		}
		if w.r.Float64() < float64(s.pos-last)/1e8 {
			h = 1 - h
		}
		last = s.pos
		switch {
		case s.contig == "MT", s.contig == "Y", s.contig == "X" && p.sex == review.Male:
			out[i] = p.haps[0][i]
		default:
			out[i] = p.haps[h][i]
		}
	}
	return out
}

func (w *world) child(mother, father *made, sex review.Sex) *made {
	c := &made{sex: sex, haps: [2][]uint8{w.gamete(mother), w.gamete(father)}}
	for i, s := range w.sites {
		if s.contig == "Y" {
			c.haps[0][i] = c.haps[1][i] // the father's
		}
	}
	return c
}

// disomic gives both copies of a chromosome of a child from one parent: alike
// (iso) or both of the parent's.
func (w *world) disomic(c, parent *made, contig string, iso bool) {
	for i, s := range w.sites {
		if s.contig != contig {
			continue
		}
		c.haps[0][i], c.haps[1][i] = parent.haps[0][i], parent.haps[1][i]
		if iso {
			c.haps[1][i] = c.haps[0][i]
		}
	}
}

// copies lists the alleles of a person at a site; nil where there is none.
func (w *world) copies(p *made, i int) []uint8 {
	hasY := p.karyotype == "XXY" || p.karyotype == "" && p.sex == review.Male
	oneX := p.karyotype == "X0" || p.karyotype == "" && p.sex == review.Male
	switch c := w.sites[i].contig; {
	case c == "Y" && !hasY:
		return nil
	case c == "Y", c == "MT", c == "X" && oneX:
		return []uint8{p.haps[0][i]}
	}
	return []uint8{p.haps[0][i], p.haps[1][i]}
}

// sequenced is a person as a laboratory sees it.
type sequenced struct {
	id    string
	who   *made
	other *made   // whose reads are mixed in
	mixed float64 // their share
}

// file is how a made VCF is written.
type file struct {
	frequencies bool
	// merged writes a genotype without the alternative allele as merges of single
	// samples do.
	merged func(c *review.Call)
	noGate bool // neither depth nor quality
	only   func(s madeSite) bool
}

const errorRate = 0.001

// call sequences one person at one site.
func (w *world) call(s sequenced, i int) review.Call {
	c := review.Call{Sample: s.id, State: review.Called}
	own := w.copies(s.who, i)
	if own == nil {
		depth, gq := w.r.IntN(2), 0
		return review.Call{Sample: s.id, GT: "./.", State: review.Missing, Ploidy: 2, Depth: &depth, GQ: &gq}
	}
	share := mean(own)
	if s.other != nil {
		if foreign := w.copies(s.other, i); foreign != nil {
			share = share*(1-s.mixed) + mean(foreign)*s.mixed
		}
	}
	depth := max(4, int(35+6*w.r.NormFloat64()))
	if len(own) == 1 {
		depth = max(4, depth/2)
	}
	if w.sites[i].contig == "MT" {
		depth = 200
	}
	alt := w.reads(depth, share)
	gq := 99
	if w.r.IntN(50) == 0 {
		gq = 5
	}
	c.Depth, c.GQ, c.AD = &depth, &gq, &[2]int{depth - alt, alt}
	c.Ploidy = len(own)
	for n := range c.Ploidy {
		cut := (float64(n) + 0.5) / float64(c.Ploidy)
		if c.Ploidy == 2 {
			cut = []float64{0.12, 0.88}[n]
		}
		if float64(alt)/float64(depth) > cut {
			c.Copies++
		}
	}
	c.GT = fmt.Sprint(c.Copies, " of ", c.Ploidy)
	return c
}

// reads draws the reads with the alternative allele.
func (w *world) reads(depth int, share float64) int {
	return w.binomial(depth, share*(1-errorRate)+(1-share)*errorRate)
}

func (w *world) binomial(depth int, share float64) int {
	switch {
	case share == 0.5 && depth <= 64:
		return bits.OnesCount64(w.r.Uint64() >> (64 - depth))
	case share > 0.5:
		return depth - w.binomial(depth, 1-share)
	}
	// The gaps between hits are geometric.
	n, at := 0, 0
	for {
		at += 1 + int(math.Log(1-w.r.Float64())/math.Log(1-share))
		if at > depth {
			return n
		}
		n++
	}
}

func mean(alleles []uint8) float64 {
	sum := 0
	for _, a := range alleles {
		sum += int(a)
	}
	return float64(sum) / float64(len(alleles))
}

// sequence writes the columns of a file with the people.
func (w *world) sequence(f file, people ...sequenced) *summary.Summary {
	head := summary.Head{Assembly: genome.GRCh38}
	for _, p := range people {
		head.Samples = append(head.Samples, p.id)
	}
	b := summary.NewBuilder(head, len(w.sites))
	for i, s := range w.sites {
		if f.only != nil && !f.only(s) {
			continue
		}
		v := review.Variant{
			Key:    genome.Key{Assembly: genome.GRCh38, Contig: s.contig, Pos: genome.Pos(s.pos), Ref: "A", Alt: "G"},
			Kind:   review.SmallVariant,
			Record: review.Record{Contig: s.contig, Pos: genome.Pos(s.pos), Ref: "A", Alts: []string{"G"}, Allele: 1, Filters: []string{}},
		}
		carried := false
		for _, p := range people {
			c := w.call(p, i)
			carried = carried || c.Copies > 0
			if f.merged != nil && c.Copies == 0 {
				f.merged(&c)
			}
			if f.noGate {
				c.Depth, c.GQ = nil, nil
			}
			v.Calls = append(v.Calls, c)
		}
		if !carried {
			continue
		}
		if f.frequencies {
			v.Frequencies = []acmg.Frequency{{Dataset: "gnomAD", Group: "all", Present: true, AF: &s.af}}
		}
		b.Add([]review.Variant{v}, uint64(i))
	}
	return b.Finish()
}

func family(members ...review.Member) review.Family { return review.Family{ID: "F", Members: members} }

// trioOf declares a child of F and M.
func trioOf(sex review.Sex) review.Family {
	return family(
		review.Member{ID: "C", Father: "F", Mother: "M", Sex: sex},
		review.Member{ID: "F", Sex: review.Male},
		review.Member{ID: "M", Sex: review.Female},
	)
}
