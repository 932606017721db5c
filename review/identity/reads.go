package identity

import (
	"fmt"

	"garrod/review/summary"
)

// readCount adds up one person's shares of reads.
type readCount struct {
	foreign float64 // share of REF over its frequency, at homozygous sites
	sites   int64
	hets    [256]int64 // heterozygotes by their cell of Share
}

// allReads is the cell of a share of 1.
var allReads = summary.ShareOf(1)

// site takes a genotype with the alternative allele. Reads of REF where the
// person has none come from somebody who has it with the frequency of REF (Lu
// 2023).
func (c *readCount) site(q *ContaminationParams, g geno, depth, cell uint8, af float32) {
	if depth == summary.Unknown || int(depth) < q.MinDepth || cell == summary.Unknown {
		return
	}
	if g == het1 {
		c.hets[cell]++
		return
	}
	if f := float64(af); f >= q.MinAF && f <= q.MaxAF {
		c.sites++
		if cell != allReads {
			alt, _ := summary.ShareValue(cell)
			c.foreign += (1 - alt) / (1 - f)
		}
	}
}

// shares counts the heterozygotes, those with an odd share of reads, and their
// mean share.
func (c *readCount) shares(q *ContaminationParams) (n, odd int64, mean float64) {
	for cell, hets := range c.hets {
		alt, _ := summary.ShareValue(uint8(cell))
		n += hets
		mean += alt * float64(hets)
		if alt < q.HetMinShare || alt > q.HetMaxShare {
			odd += hets
		}
	}
	if n > 0 {
		mean /= float64(n)
	}
	return n, odd, mean
}

func (m *measure) contamination(p *person) Contamination {
	q, r := &m.p.Contamination, &p.reads
	hets, odd, mean := r.shares(q)
	c := Contamination{Sample: p.id, Sites: r.sites, Hets: hets, Verdict: Agrees}
	if hets > 0 {
		share := float64(odd) / float64(hets)
		c.OddHets, c.MeanHet = &share, &mean
	}
	if r.sites >= int64(q.MinSites) {
		share := r.foreign / float64(r.sites)
		c.Share = &share
		c.Why = fmt.Sprintf("%s foreign reads by %d homozygous sites", percent(share), r.sites)
	} else {
		c.Why = fmt.Sprintf("%d of the %d homozygous sites with frequency and read counts that are needed", r.sites, q.MinSites)
	}
	oddKnown := hets >= int64(q.MinSites)
	if oddKnown {
		c.Why += fmt.Sprintf("; %s of %d heterozygotes have odd shares of reads", percent(*c.OddHets), hets)
	}
	switch {
	case c.Share != nil && *c.Share > q.Warn, oddKnown && *c.OddHets > q.OddHets:
		c.Verdict = Doubtful
		c.Why += ": the sample may hold reads of a second person"
	case c.Share == nil:
		c.Verdict = NotAssessed
	}
	return c
}
