package large

import (
	"math"
	"math/rand/v2"
	"strconv"

	"garrod/review"
)

// Rates of what happens to calls.
const (
	newInChild = 1.5e-5    // alleles that neither parent has
	noCall     = 1.0 / 400 // of a person at a site
)

// recordWriter writes the records of one contig.
type recordWriter struct {
	file   File
	contig int
	genes  []gene
	r      *rand.Rand
	b      []byte // reused
}

// people are the calls of proband, father and mother at a site. ploidy is 0
// where a person has no call.
type people struct {
	gt     [3][2]int
	ploidy [3]int
	depth  [3]int
}

// record returns the line of a site, valid until the next call.
func (w *recordWriter) record(s *site) []byte {
	p := w.people(s)
	quality := 40 + w.r.ExpFloat64()*700
	b := append(append(w.b[:0], contigs[w.contig].name...), '\t')
	b = append(strconv.AppendInt(b, int64(s.pos), 10), '\t')
	if s.rs > 0 {
		b = strconv.AppendInt(append(b, "rs"...), int64(s.rs), 10)
	} else {
		b = append(b, '.')
	}
	b = append(append(append(b, '\t'), s.ref...), '\t')
	for i, a := range s.alts {
		b = append(separate(b, i), a...)
	}
	b = strconv.AppendFloat(append(b, '\t'), quality, 'f', 2, 64)
	b = append(append(append(b, '\t'), w.filter()...), '\t')
	b = w.info(b, s, &p, quality)
	b = csq(append(b, ";CSQ="...), s, w.genes)
	b = append(b, "\tGT:AD:DP:GQ:PL"...)
	for k := range p.gt {
		b = w.sample(append(b, '\t'), p.gt[k], p.depth[k], len(s.alts), p.ploidy[k])
	}
	w.b = append(b, '\n')
	return w.b
}

func (w *recordWriter) filter() string {
	switch u := w.r.Float64(); {
	case u < 0.93:
		return "PASS"
	case u < 0.98:
		return "VQSRTrancheSNP99.90to100.00"
	}
	return "LowQual"
}

func (w *recordWriter) info(b []byte, s *site, p *people, quality float64) []byte {
	ac, an := p.alleles()
	b = append(b, "AC="...)
	for i := range s.alts {
		b = strconv.AppendInt(separate(b, i), int64(ac[i+1]), 10)
	}
	b = append(b, ";AF="...)
	for i := range s.alts {
		b = strconv.AppendFloat(separate(b, i), float64(ac[i+1])/float64(max(an, 1)), 'f', 3, 64)
	}
	b = strconv.AppendInt(append(b, ";AN="...), int64(an), 10)
	depth := 0
	for k := range p.depth {
		p.depth[k] = max(4, int(34+7*w.r.NormFloat64()))
		depth += p.depth[k]
	}
	number := func(key string, v float64, digits int) {
		b = strconv.AppendFloat(append(b, key...), v, 'f', digits, 64)
	}
	number(";BaseQRankSum=", w.r.NormFloat64(), 3)
	b = strconv.AppendInt(append(b, ";DP="...), int64(depth), 10)
	number(";ExcessHet=3.0103;FS=", math.Abs(w.r.NormFloat64()*3), 3)
	number(";MQ=60.00;MQRankSum=0.000;QD=", quality/float64(depth)+8, 2)
	number(";ReadPosRankSum=", w.r.NormFloat64(), 3)
	number(";SOR=", math.Abs(w.r.NormFloat64()), 3)
	return b
}

// alleles counts alleles by number, and all of them.
func (p *people) alleles() (ac [3]int, an int) {
	for k, gt := range p.gt {
		an += p.ploidy[k]
		switch p.ploidy[k] {
		case 1:
			ac[max(gt[0], gt[1])]++
		case 2:
			ac[gt[0]]++
			ac[gt[1]]++
		}
	}
	return ac, an
}

// people draws the genotypes of a site that at least one parent carries.
func (w *recordWriter) people(s *site) people {
	p := people{ploidy: [3]int{2, 2, 2}}
	isNew := w.r.Float64() < newInChild
	for try := 0; ; try++ {
		w.parents(&p, s, try == 3)
		if p.gt[1] != [2]int{} || p.gt[2] != [2]int{} {
			break
		}
	}
	p.gt[0] = [2]int{p.gt[1][w.r.IntN(2)], p.gt[2][w.r.IntN(2)]}
	boy := w.file.Sex == review.Male
	switch contigs[w.contig].name {
	case "chrX":
		p.ploidy[1] = 1
		if boy {
			p.gt[0][0], p.ploidy[0] = p.gt[0][1], 1
		}
	case "chrY":
		p.ploidy = [3]int{0, 1, 0}
		if boy {
			p.gt[0], p.ploidy[0] = p.gt[1], 1
		}
	case "chrM":
		p.gt[0], p.ploidy = p.gt[2], [3]int{1, 1, 1}
	}
	if isNew {
		p.gt = [3][2]int{{0, 1}, {}, {}}
	}
	for k := range p.ploidy {
		if w.r.Float64() < noCall {
			p.ploidy[k] = 0
		}
	}
	return p
}

// parents draws both; force gives one of them a copy, for an allele that is too
// rare to be met by chance.
func (w *recordWriter) parents(p *people, s *site, force bool) {
	if force {
		p.gt[1+w.r.IntN(2)][w.r.IntN(2)] = 1
	} else {
		for k := 1; k < 3; k++ {
			p.gt[k] = [2]int{w.allele(s), w.allele(s)}
		}
	}
	switch contigs[w.contig].name {
	case "chrM":
		p.gt[1], p.gt[2] = [2]int{}, [2]int{1, 1}
	case "chrY":
		p.gt[1], p.gt[2] = [2]int{1, 1}, [2]int{}
	case "chrX":
		p.gt[1][1] = p.gt[1][0]
	}
}

func (w *recordWriter) allele(s *site) int {
	if w.r.Float64() >= max(s.af, 0.0001) {
		return 0
	}
	if len(s.alts) > 1 && w.r.IntN(3) == 0 {
		return 2
	}
	return 1
}

func separate(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return b
}

// sample writes GT:AD:DP:GQ:PL of one person.
func (w *recordWriter) sample(b []byte, gt [2]int, depth, alts, ploidy int) []byte {
	if ploidy == 0 {
		b = append(b, "./.:"...)
		for i := range alts + 1 {
			b = append(separate(b, i), '0')
		}
		return append(b, ":0:.:."...)
	}
	low, high := min(gt[0], gt[1]), max(gt[0], gt[1])
	if ploidy == 1 {
		low = high
		b = append(b, byte('0'+high))
	} else {
		b = append(b, byte('0'+low), '/', byte('0'+high))
	}
	var ad [3]int
	if low == high {
		ad[low] = depth
	} else {
		ad[high] = min(depth-1, max(1, depth/2+int(w.r.NormFloat64()*math.Sqrt(float64(depth))/2)))
		ad[low] = depth - ad[high]
	}
	b = append(b, ':')
	for i := range alts + 1 {
		b = strconv.AppendInt(separate(b, i), int64(ad[i]), 10)
	}
	b = strconv.AppendInt(append(b, ':'), int64(depth), 10)
	return w.likelihoods(append(b, ":99:"...), low, high, depth, alts, ploidy)
}

// likelihoods writes PL: 0 for the genotype, more for every other.
func (w *recordWriter) likelihoods(b []byte, low, high, depth, alts, ploidy int) []byte {
	k := 0
	for j := range alts + 1 {
		for i := range j + 1 {
			if ploidy == 1 && i != j {
				continue
			}
			b = separate(b, k)
			if i == low && j == high {
				b = append(b, '0')
			} else {
				b = strconv.AppendInt(b, int64(depth*(10+17*(1+k))+w.r.IntN(90)), 10)
			}
			k++
		}
	}
	return b
}
