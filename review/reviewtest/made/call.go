package made

import (
	"fmt"
	"strconv"
	"strings"
)

// call is one person's genotype columns.
type call struct {
	gt     string
	ad     []int // per allele, REF first
	gq     int   // -1: not given
	pl     []int // nil: not given
	ps     int   // 0: not phased
	absent bool  // no reads at all
}

// alleles returns the allele numbers of a genotype, -1 for ".".
func alleles(gt string) []int {
	var out []int
	for _, a := range strings.FieldsFunc(gt, func(r rune) bool { return r == '/' || r == '|' }) {
		n, err := strconv.Atoi(a)
		if err != nil {
			n = -1
		}
		out = append(out, n)
	}
	return out
}

// depth is a plausible read depth for a genotype: half for one allele copy.
func (s *source) depth(gt string) int {
	d := s.between(26, 46)
	if len(alleles(gt)) == 1 {
		d /= 2
	}
	return d
}

// call makes up the reads of gt among n ALT alleles at the given depth, with
// the likelihoods that belong to them.
func (s *source) call(gt string, n, depth int) call {
	as := alleles(gt)
	c := call{gt: gt, ad: make([]int, n+1), gq: -1}
	switch {
	case as[0] < 0 && as[len(as)-1] < 0:
		c.absent = true
		return c
	case as[0] < 0:
		c.ad[0], c.ad[as[1]] = 5, 11 // the caller could not settle the other allele
		return c
	case len(as) == 2 && as[0] != as[1]:
		first := int(float64(depth) * (0.40 + 0.20*s.float()))
		c.ad[as[0]], c.ad[as[1]] = first, depth-first
	default:
		c.ad[as[0]] = depth
	}
	c.pl, c.gq = likelihoods(c.ad, len(as))
	return c
}

// reads makes a call from counted reads.
func reads(gt string, ad ...int) call {
	c := call{gt: gt, ad: ad}
	c.pl, c.gq = likelihoods(ad, len(alleles(gt)))
	return c
}

// likelihoods turns read counts into PL and GQ. A read that a genotype cannot
// give costs 30, one of two alleles 3: whole phreds, so that no rounding
// differs between machines. The order is that of the VCF specification.
func likelihoods(ad []int, ploidy int) (pl []int, gq int) {
	cost := func(i, j int) (sum int) {
		for a, n := range ad {
			switch {
			case a != i && a != j:
				sum += 30 * n
			case i != j:
				sum += 3 * n
			}
		}
		return sum
	}
	for j := range ad {
		if ploidy == 1 {
			pl = append(pl, cost(j, j))
			continue
		}
		for i := 0; i <= j; i++ {
			pl = append(pl, cost(i, j))
		}
	}
	return normalise(pl)
}

// normalise takes the best likelihood from all and gives the second as GQ.
func normalise(pl []int) ([]int, int) {
	best, second := 0, -1
	for i := range pl {
		if pl[i] < pl[best] {
			best = i
		}
	}
	low := pl[best]
	for i := range pl {
		pl[i] -= low
		if i != best && (second < 0 || pl[i] < second) {
			second = pl[i]
		}
	}
	return pl, min(second, 99)
}

func (c call) depth() int {
	n := 0
	for _, a := range c.ad {
		n += a
	}
	return n
}

// column writes the call for GT:AD:DP:GQ:PL, with PS where the record is phased.
func (c call) column(phased bool) string {
	gq, pl, ps := ".", ".", "."
	if c.gq >= 0 {
		gq = strconv.Itoa(c.gq)
	}
	if c.pl != nil {
		pl = join(c.pl)
	}
	out := fmt.Sprintf("%s:%s:%d:%s:%s", c.gt, join(c.ad), c.depth(), gq, pl)
	if c.absent {
		out = c.gt + ":.:.:.:."
	}
	if !phased {
		return out
	}
	if c.ps > 0 {
		ps = strconv.Itoa(c.ps)
	}
	return out + ":" + ps
}

// mitochondrial writes the call for GT:AD:AF:DP.
func (c call) mitochondrial() string {
	return fmt.Sprintf("%s:%s:%s:%d", c.gt, join(c.ad), ratio(c.ad[1], c.depth()), c.depth())
}

func join(ns []int) string {
	out := make([]string, len(ns))
	for i, n := range ns {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, ",")
}
