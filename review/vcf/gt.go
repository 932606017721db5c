package vcf

import "garrod/review"

// genotype is a GT after parsing.
type genotype struct {
	text    string
	alleles []int // -1 for "."
	highest int
	phased  bool
}

// maxPloidy bounds the alleles of one genotype: pooled samples reach some
// hundreds.
const maxPloidy = 4096

// parseGT reads a genotype: allele numbers or "." separated by / or |, with an
// optional separator before the first (VCF 4.5, section 1.6.2). A separator behind
// the last names an allele that is not told: it counts as missing.
func parseGT(s string) (genotype, bool) {
	g := genotype{text: s}
	body := s
	bar, slash := false, false
	if body != "" && (body[0] == '/' || body[0] == '|') {
		bar, slash = body[0] == '|', body[0] == '/'
		body = body[1:]
	}
	n, digits, dot := 0, 0, false
	for i := 0; ; i++ {
		if i == len(body) || body[i] == '/' || body[i] == '|' {
			switch {
			case dot && digits == 0, i == len(body) && i > 0 && digits == 0 && !dot:
				g.alleles = append(g.alleles, -1)
			case digits > 0 && !dot:
				g.alleles = append(g.alleles, n)
				g.highest = max(g.highest, n)
			default:
				return g, false
			}
			if i == len(body) {
				break
			}
			bar, slash = bar || body[i] == '|', slash || body[i] == '/'
			n, digits, dot = 0, 0, false
			continue
		}
		switch c := body[i]; {
		case c == '.' && !dot:
			dot = true
		case c >= '0' && c <= '9' && digits < 6:
			n, digits = n*10+int(c-'0'), digits+1
		default:
			return g, false
		}
	}
	g.phased = bar && !slash
	return g, len(g.alleles) <= maxPloidy
}

// state tells how much of the genotype is known.
func (g genotype) state() review.CallState {
	called := 0
	for _, a := range g.alleles {
		if a >= 0 {
			called++
		}
	}
	switch called {
	case 0:
		return review.Missing
	case len(g.alleles):
		return review.Called
	}
	return review.Partial
}

// count counts copies of allele and of other ALT alleles, and gives the
// haplotype of a single phased copy.
func (g genotype) count(allele int) (copies, others, hap int) {
	for i, a := range g.alleles {
		switch {
		case a == allele && allele > 0:
			copies++
			hap = i + 1
		case a > 0:
			others++
		}
	}
	if copies != 1 || !g.phased {
		hap = 0
	}
	return copies, others, hap
}
