package identity

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"garrod/review/genome"
)

// runFinder finds the runs of homozygosity of one person in one pass: a stretch
// gains by each homozygous site what that says for a run against chance, and
// loses by each heterozygous one, which in a run is an error. A run is the
// stretch with the highest sum; it ends where the sum has fallen by what two
// errors cost.
type runFinder struct {
	q         *RunParams
	gain      float32 // log10 of the odds of a homozygous site
	loss      float32 // of a heterozygous one, below zero
	chance    float64 // share of heterozygous sites that chance was reckoned with
	sites     int64
	score     float32
	bestScore float32
	last      uint32 // the site before
	open      runSpan
	best      runSpan
	found     []Run
}

// runSpan is a stretch in hand: without pointers, for it is copied at every other
// site.
type runSpan struct {
	first, last uint32
	sites, hets int32
}

// The bounds of the share of heterozygous sites that chance is reckoned with:
// people of related parents have fewer, and must not make their own runs look
// like chance.
const leastHet, mostHet = 0.05, 0.6

// init sets the odds from the share of heterozygous sites of the person.
func (r *runFinder) init(q RunParams, het, all float64) {
	h := leastHet
	if all > 0 {
		h = min(max(het/all, leastHet), mostHet)
	}
	r.q, r.chance = &q, h
	r.gain = float32(math.Log10((1 - q.ErrorRate) / (1 - h)))
	r.loss = float32(math.Log10(q.ErrorRate / h))
}

// site takes the next site of the chromosome.
func (r *runFinder) site(pos uint32, het bool) {
	r.sites++
	if r.open.sites > 0 && int64(pos-r.last) > int64(r.q.MaxGap) {
		r.settle()
	}
	r.last = pos
	if het {
		if r.open.sites > 0 {
			r.het()
		}
		return
	}
	if r.open.sites == 0 {
		r.open.first = pos
	}
	r.open.sites++
	r.score += r.gain
	if r.score > r.bestScore {
		r.bestScore = r.score
		r.open.last = pos
		r.best = r.open
	}
}

func (r *runFinder) het() {
	r.open.sites++
	r.open.hets++
	r.score += r.loss
	if r.score < 0 || r.score < r.bestScore+2*r.loss {
		r.settle()
	}
}

// settle ends the stretch in hand and keeps it where it is a run.
func (r *runFinder) settle() {
	b := Run{First: int64(r.best.first), Last: int64(r.best.last), Sites: int64(r.best.sites), Hets: int64(r.best.hets)}
	if b.Sites >= int64(r.q.MinSites) && float64(r.bestScore) >= r.q.MinLOD && b.Bases() >= int64(r.q.MinBases) {
		r.found = append(r.found, b)
	}
	r.open, r.best, r.score, r.bestScore = runSpan{}, runSpan{}, 0, 0
}

// close ends the chromosome, whose runs get its name.
func (r *runFinder) close(contig string) {
	r.settle()
	for i := len(r.found) - 1; i >= 0 && r.found[i].Contig == ""; i-- {
		r.found[i].Contig = contig
	}
}

func (m *measure) homozygosity(p *person) Homozygosity {
	q := &m.p.Runs
	h := Homozygosity{Sample: p.id, Sites: p.runs.sites, Verdict: NotAssessed}
	if h.Sites < int64(q.MinSample) {
		h.Why = fmt.Sprintf("%d of the %d genotypes that are needed", h.Sites, q.MinSample)
		return h
	}
	h.Runs = p.runs.found
	h.Chromosomes = byChromosome(h.Runs)
	for _, c := range h.Chromosomes {
		h.Total += c.Total
	}
	if all := autosomes(m.s.Head.Assembly); all > 0 {
		h.Share = float64(h.Total) / float64(all)
	}
	m.judgeRuns(&h)
	return h
}

// judgeRuns looks for related parents and for a single chromosome.
func (m *measure) judgeRuns(h *Homozygosity) {
	q := &m.p.Runs
	long := map[string]int64{}
	for _, r := range h.Runs {
		if r.Bases() >= int64(q.LongBases) {
			long[r.Contig] += r.Bases()
		}
	}
	h.Verdict = Agrees
	h.Why = fmt.Sprintf("%s in runs of at least %s, %s of the autosomes", megabases(h.Total), megabases(int64(q.MinBases)), percent(h.Share))
	if len(long) >= q.ConsanguinityChromosomes {
		h.Consanguinity, h.Verdict = true, Doubtful
		h.Why += fmt.Sprintf("; runs of at least %s on %d chromosomes: the parents may be related", megabases(int64(q.LongBases)), len(long))
		return
	}
	for contig, bases := range long {
		if len(long) == 1 && bases >= int64(q.SingleBases) {
			h.Single, h.Verdict = contig, Doubtful
			h.Imprinted = slices.Contains(m.p.UPD.Imprinted, contig)
			h.Why += fmt.Sprintf("; long runs on chromosome %s alone (%s): isodisomy or a deletion may explain it%s",
				contig, megabases(bases), imprintedText(h.Imprinted))
		}
	}
}

func imprintedText(imprinted bool) string {
	if imprinted {
		return ", and this chromosome has imprinted disorders"
	}
	return ""
}

func byChromosome(runs []Run) []ChromosomeROH {
	var all []ChromosomeROH
	for _, r := range runs {
		i := slices.IndexFunc(all, func(c ChromosomeROH) bool { return c.Contig == r.Contig })
		if i < 0 {
			i = len(all)
			all = append(all, ChromosomeROH{Contig: r.Contig})
		}
		all[i].Total += r.Bases()
		all[i].Runs++
	}
	slices.SortFunc(all, func(a, b ChromosomeROH) int { return cmp.Compare(autosome(a.Contig), autosome(b.Contig)) })
	return all
}

// autosomes is the length of chromosomes 1 … 22, 0 on an unknown assembly.
func autosomes(a genome.Assembly) int64 {
	total := int64(0)
	for n := 1; n <= 22; n++ {
		bases, _ := genome.ContigLength(a, fmt.Sprint(n))
		total += bases
	}
	return total
}

// megabases writes a length.
func megabases(n int64) string { return fmt.Sprintf("%.1f Mb", float64(n)/1e6) }
