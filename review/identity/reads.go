package identity

import (
	"fmt"

	"garrod/review/summary"
)

// readCount adds up one person's shares of reads.
type readCount struct {
	foreign float64 // share of REF over its frequency, at homozygous sites
	sites   int64
	hets    int64
	odd     int64
	share   float64 // of the alternative allele, of heterozygotes
}

// site takes a genotype with the alternative allele. Reads of REF where the
// person has none come from somebody who has it with the frequency of REF (Lu
// 2023).
func (c *readCount) site(q *ContaminationParams, g geno, depth, cell uint8, af float32) {
	alt, ok := summary.ShareValue(cell)
	if !ok || depth == summary.Unknown || int(depth) < q.MinDepth {
		return
	}
	if g == het1 {
		c.hets++
		c.share += alt
		if alt < q.HetMinShare || alt > q.HetMaxShare {
			c.odd++
		}
		return
	}
	if f := float64(af); f >= q.MinAF && f <= q.MaxAF {
		c.sites++
		c.foreign += (1 - alt) / (1 - f)
	}
}

func (m *measure) contamination(p *person) Contamination {
	q, r := &m.p.Contamination, &p.reads
	c := Contamination{Sample: p.id, Sites: r.sites, Hets: r.hets, Verdict: Agrees}
	if r.hets > 0 {
		odd, mean := float64(r.odd)/float64(r.hets), r.share/float64(r.hets)
		c.OddHets, c.MeanHet = &odd, &mean
	}
	if r.sites >= int64(q.MinSites) {
		share := r.foreign / float64(r.sites)
		c.Share = &share
		c.Why = fmt.Sprintf("%s foreign reads by %d homozygous sites", percent(share), r.sites)
	} else {
		c.Why = fmt.Sprintf("%d of the %d homozygous sites with frequency and read counts that are needed", r.sites, q.MinSites)
	}
	oddKnown := r.hets >= int64(q.MinSites)
	if oddKnown {
		c.Why += fmt.Sprintf("; %s of %d heterozygotes have odd shares of reads", percent(*c.OddHets), r.hets)
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
