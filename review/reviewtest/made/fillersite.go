package made

import (
	"fmt"
	"strings"
)

// kind draws a consequence; missense only where allowed.
func (f *filler) kind(missense bool) string {
	x := f.float()
	switch {
	case x < 0.50:
		return "intron_variant"
	case x < 0.72:
		return "synonymous_variant"
	case x < 0.86 && missense:
		return "missense_variant"
	case x < 0.92:
		return "3_prime_UTR_variant"
	case x < 0.96:
		return "5_prime_UTR_variant"
	}
	return "intron_variant"
}

// site makes up REF, n ALTs and their consequence rows. Changes of protein are
// single bases; elsewhere one record in seven is an insertion or deletion.
func (f *filler) site(g gene, pos int, kind string, n int) (record, []keyAllele) {
	r := record{chrom: g.chrom, pos: pos, ref: string(f.base(0))}
	exonic := kind == "synonymous_variant" || kind == "missense_variant"
	switch {
	case exonic:
		alt, rows := f.codon(g, &r, kind)
		r.alts = []string{alt}
		return r, []keyAllele{{bases: alt, rows: rows}}
	case n == 1 && f.chance(1.0/7):
		f.indel(&r)
	default:
		for used := r.ref; len(r.alts) < n; {
			if b := string(f.substitute(r.ref[0])); !strings.Contains(used, b) {
				r.alts, used = append(r.alts, b), used+b
			}
		}
	}
	var alts []keyAllele
	anchor := f.anchor(kind)
	for _, a := range r.alts {
		alts = append(alts, keyAllele{bases: a, rows: f.outsideCoding(g, r, a, kind, anchor)})
	}
	return r, alts
}

// indel makes r an insertion or a deletion of one to four bases, in its
// shortest form: the last base differs from the anchor.
func (f *filler) indel(r *record) {
	bases := f.bases(f.intn(4)) + string(f.base(r.ref[0]))
	if f.chance(0.5) {
		r.alts = []string{r.ref + bases}
		return
	}
	r.alts = []string{r.ref}
	r.ref += bases
}

// anchor makes up where outside the coding sequence the site is, as in
// "1204+318", and how far from it the next base is counted.
func (f *filler) anchor(kind string) [2]string {
	switch kind {
	case "3_prime_UTR_variant":
		n := f.between(12, 900)
		return [2]string{fmt.Sprintf("*%d", n), fmt.Sprintf("*%d", n+1)}
	case "5_prime_UTR_variant":
		n := f.between(12, 140)
		return [2]string{fmt.Sprintf("-%d", n), fmt.Sprintf("-%d", n-1)}
	}
	exon, n := f.between(60, 1900), f.between(40, 900)
	return [2]string{fmt.Sprintf("%d+%d", exon, n), fmt.Sprintf("%d+%d", exon, n+1)}
}

// outsideCoding gives the rows of an allele that changes no codon.
func (f *filler) outsideCoding(g gene, r record, alt, kind string, anchor [2]string) []row {
	if kind == "intergenic_variant" {
		return []row{{"Consequence": kind, "IMPACT": "MODIFIER"}}
	}
	hgvs := hgvsOutside(g, r.ref, alt, anchor)
	score := row{}
	if len(r.ref) == len(alt) {
		score = noSplice(g.symbol)
	}
	if f.chance(0.6) {
		return g.both(kind, hgvs, "", score)
	}
	return []row{g.on(true, kind, hgvs, "").with(score)}
}

// hgvsOutside writes the change in the direction of the transcript.
func hgvsOutside(g gene, ref, alt string, anchor [2]string) string {
	switch {
	case len(ref) == len(alt):
		return "c." + anchor[0] + g.sense(ref) + ">" + g.sense(alt)
	case len(ref) < len(alt):
		return "c." + anchor[0] + "_" + anchor[1] + "ins" + g.sense(alt[1:])
	case len(ref) == 2:
		return "c." + anchor[0] + "del"
	}
	return "c." + anchor[0] + "_" + shift(anchor[0], len(ref)-2) + "del"
}

// shift moves a made-up position by n bases: the last number in it counts.
func shift(anchor string, n int) string {
	i := strings.LastIndexAny(anchor, "+-*") + 1
	var last int
	if _, err := fmt.Sscan(anchor[i:], &last); err != nil {
		return anchor
	}
	if i == 1 && anchor[0] == '-' {
		n = -n // upstream of the start the numbers fall
	}
	return fmt.Sprintf("%s%d", anchor[:i], last+n)
}

// sense gives bases in the direction of the transcript.
func (g gene) sense(bases string) string {
	if g.forward {
		return bases
	}
	out := make([]byte, len(bases))
	for i := range len(bases) {
		out[len(bases)-1-i] = map[byte]byte{'A': 'T', 'C': 'G', 'G': 'C', 'T': 'A'}[bases[i]]
	}
	return string(out)
}
