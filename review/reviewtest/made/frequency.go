package made

import (
	"math"
	"strconv"
)

// The groups of the made-up population data set, with the number of alleles
// each has where a site is fully covered. The sizes are of the order of
// gnomAD v4.1's joint call set, the counts are invented.
var groups = [...]struct {
	name string // upper case, as in the CSQ field; empty for the rest
	an   int
}{
	{"NFE", 1180000}, {"AFR", 75000}, {"EAS", 44900}, {"SAS", 91000}, {"AMR", 60000}, {"", 163100},
}

// population is what the data set says of one allele. lookedUp false leaves
// every field empty: nobody asked, which is not the same as absent.
type population struct {
	lookedUp  bool
	ac        [len(groups)]int
	portion   float64 // share of the full allele number, 1 where fully covered
	meanDepth float64
	frac20    float64
}

// absent is a covered site at which nobody carries the allele.
func absent() population {
	return population{lookedUp: true, portion: 1, meanDepth: 32.4, frac20: 0.998}
}

// poorlyCovered is a site without carriers which the data set can hardly see.
func poorlyCovered() population {
	return population{lookedUp: true, portion: 0.21, meanDepth: 9.1, frac20: 0.08}
}

// carried gives each group its allele frequency, in the order of groups.
func carried(af ...float64) population {
	p := absent()
	for i, f := range af {
		p.ac[i] = int(math.Round(f * float64(p.an(i))))
	}
	return p
}

// onX takes the share of alleles that males lack on X.
func (p population) onX() population {
	p.portion *= 0.75
	for i := range p.ac {
		p.ac[i] = p.ac[i] * 3 / 4
	}
	return p
}

func (p population) an(i int) int { return 2 * int(float64(groups[i].an)*p.portion/2) }

func (p population) totals() (ac, an int) {
	for i := range groups {
		ac += p.ac[i]
		an += p.an(i)
	}
	return ac, an
}

// homozygotes are as many as random mating gives.
func (p population) homozygotes() int {
	n := 0
	for i := range groups {
		n += int(float64(p.ac[i]) * float64(p.ac[i]) / float64(p.an(i)) / 2)
	}
	return n
}

// faf95 is the highest filtering allele frequency of the named groups: the
// lower bound of the 95 % Poisson interval over AN (Whiffin 2017,
// doi:10.1038/gim.2017.26), by Wilson and Hilferty's approximation, and 0 for
// one carrier or none.
func (p population) faf95() (faf float64, group string) {
	for i, g := range groups {
		if g.name == "" || p.ac[i] < 2 {
			continue
		}
		ac := float64(p.ac[i])
		// The conversions forbid fused multiply-add, so that every processor
		// writes the same digits.
		root := 1 - float64(1/(9*ac)) - float64(1.645/(3*math.Sqrt(ac)))
		if f := float64(ac*root*root*root) / float64(p.an(i)); f > faf {
			faf, group = f, g.name
		}
	}
	return faf, group
}

// fields are the CSQ fields of the data set; none when it was not looked up.
func (p population) fields() row {
	if !p.lookedUp {
		return row{}
	}
	ac, an := p.totals()
	faf, group := p.faf95()
	r := row{
		"gnomADj_AC": strconv.Itoa(ac), "gnomADj_AN": strconv.Itoa(an),
		"gnomADj_nhomalt": strconv.Itoa(p.homozygotes()), "gnomADj_AF": ratio(ac, an),
		"gnomADj_faf95": number(faf), "gnomADj_faf95_group": lower(group),
		"gnomADj_mean_depth": number(p.meanDepth), "gnomADj_fraction_20x": number(p.frac20),
	}
	for i, g := range groups {
		if g.name != "" {
			r["gnomADj_"+g.name+"_AF"] = ratio(p.ac[i], p.an(i))
		}
	}
	return r
}

func ratio(n, d int) string { return number(float64(n) / float64(d)) }

// number writes four significant digits.
func number(f float64) string { return strconv.FormatFloat(f, 'g', 4, 64) }
