package vcf

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

func madeSequence(rnd *rand.Rand, n int) string {
	var b strings.Builder
	for b.Len() < n {
		unit := ""
		for range 1 + rnd.IntN(4) {
			unit += string("ACGT"[rnd.IntN(4)])
		}
		b.WriteString(strings.Repeat(unit, 1+rnd.IntN(9)))
		if rnd.IntN(40) == 0 {
			b.WriteString("NNR")
		}
	}
	return b.String()[:n]
}

const madeHeader = `##fileformat=VCFv4.3
##contig=<ID=1,length=4000>
##contig=<ID=2,length=500>
##ALT=<ID=DEL,Description="x">
##INFO=<ID=AF,Number=A,Type=Float,Description="x">
##INFO=<ID=RR,Number=R,Type=Integer,Description="x">
##INFO=<ID=GG,Number=G,Type=Integer,Description="x">
##INFO=<ID=DP,Number=1,Type=Integer,Description="x">
##INFO=<ID=DB,Number=0,Type=Flag,Description="x">
##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">
##FORMAT=<ID=PL,Number=G,Type=Integer,Description="x">
##FORMAT=<ID=GL,Number=G,Type=Float,Description="x">
##FORMAT=<ID=FA,Number=A,Type=Float,Description="x">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">
#CHROM	POS	ID	REF	ALT	QUAL	FILTER	INFO	FORMAT	a	b	c
`

// madeAlleles writes sorted records: bases changed, deleted and repeated at random
// places, one to four at a time, "*" and <DEL> among them.
func madeAlleles(rnd *rand.Rand, seq string, records int) string {
	at := make([]int, records)
	for i := range at {
		at[i] = rnd.IntN(len(seq) - 30)
	}
	slices.Sort(at)
	var b strings.Builder
	b.WriteString(madeHeader)
	for _, p := range at {
		ref := seq[p : p+1+rnd.IntN(12)*rnd.IntN(2)]
		if strings.Contains(ref, "R") {
			continue
		}
		var alts []string
		for range 1 + rnd.IntN(4) {
			alt := madeAlt(rnd, ref, seq[p:])
			if alt != ref && !slices.Contains(alts, alt) {
				alts = append(alts, alt)
			}
		}
		if len(alts) == 0 || strings.Contains(strings.Join(alts, ""), "R") {
			continue
		}
		fmt.Fprintf(&b, "1\t%d\t.\t%s\t%s\t.\t.\t%s\tGT:AD:PL:GL:FA:DP", p+1, ref, strings.Join(alts, ","), madeInfo(rnd, len(alts)))
		haploid := rnd.IntN(6) == 0
		for range 3 {
			b.WriteString("\t" + madeSample(rnd, len(alts), haploid || rnd.IntN(5) == 0))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func madeAlt(rnd *rand.Rand, ref, seq string) string {
	switch rnd.IntN(8) {
	case 0:
		return "*"
	case 1:
		return "<DEL>"
	case 2:
		return ref + ref
	case 3:
		return ref[:1]
	case 4:
		return ref[len(ref)-1:]
	case 5:
		return ref[:1] + seq[1:1+rnd.IntN(6)] + ref
	case 6:
		return ref + string("ACGT"[rnd.IntN(4)])
	}
	return strings.Repeat(string("ACGT"[rnd.IntN(4)]), 1+rnd.IntN(len(ref)))
}

func madeNumbers(rnd *rand.Rand, n int, format string) string {
	var out []string
	for range n {
		switch {
		case rnd.IntN(12) == 0:
			out = append(out, ".")
		case format == "%d":
			out = append(out, strconv.Itoa(rnd.IntN(500)))
		default:
			out = append(out, strconv.FormatFloat(rnd.Float64(), 'g', 4, 64))
		}
	}
	return strings.Join(out, ",")
}

func madeInfo(rnd *rand.Rand, alts int) string {
	return fmt.Sprintf("AF=%s;RR=%s;DB;GG=%s;DP=7", madeNumbers(rnd, alts, "%g"), madeNumbers(rnd, alts+1, "%d"), madeNumbers(rnd, (alts+1)*(alts+2)/2, "%d"))
}

func madeSample(rnd *rand.Rand, alts int, haploid bool) string {
	allele := func() string {
		if n := rnd.IntN(alts + 2); n <= alts {
			return strconv.Itoa(n)
		}
		return "."
	}
	gt, genotypes := allele()+"/|"[rnd.IntN(2):][:1]+allele(), (alts+1)*(alts+2)/2
	if haploid {
		gt, genotypes = allele(), alts+1
	}
	values := []string{
		gt, madeNumbers(rnd, alts+1, "%d"), madeNumbers(rnd, genotypes, "%d"),
		madeNumbers(rnd, genotypes, "%g"), madeNumbers(rnd, alts, "%g"), strconv.Itoa(rnd.IntN(90)),
	}
	if rnd.IntN(4) == 0 {
		values[1+rnd.IntN(4)] = "."
	}
	if rnd.IntN(8) == 0 {
		values = values[:1+rnd.IntN(5)]
	}
	return strings.Join(values, ":")
}
