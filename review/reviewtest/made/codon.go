package made

import (
	"fmt"
	"strings"
)

// The standard genetic code, codons in the order TCAG.
const (
	codonBases = "TCAG"
	codonAcids = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
)

var threeLetters = map[byte]string{
	'A': "Ala", 'R': "Arg", 'N': "Asn", 'D': "Asp", 'C': "Cys", 'Q': "Gln", 'E': "Glu", 'G': "Gly",
	'H': "His", 'I': "Ile", 'L': "Leu", 'K': "Lys", 'M': "Met", 'F': "Phe", 'P': "Pro", 'S': "Ser",
	'T': "Thr", 'W': "Trp", 'Y': "Tyr", 'V': "Val",
}

func translate(codon string) byte {
	n := 0
	for i := range 3 {
		n = 4*n + strings.IndexByte(codonBases, codon[i])
	}
	return codonAcids[n]
}

// codon makes up a codon change of the wanted kind, sets REF to fit, and
// returns ALT with its consequence rows.
func (f *filler) codon(g gene, r *record, kind string) (alt string, rows []row) {
	for {
		from, at := f.bases(3), f.intn(3)
		to := from[:at] + string(f.substitute(from[at])) + from[at+1:]
		a, b := translate(from), translate(to)
		if a == '*' || b == '*' || (a == b) != (kind == "synonymous_variant") {
			continue
		}
		r.ref, alt = g.sense(from[at:at+1]), g.sense(to[at:at+1])
		return alt, f.codingRows(g, kind, from, to, at)
	}
}

func (f *filler) codingRows(g gene, kind, from, to string, at int) []row {
	aa := f.between(12, 420)
	cds := 3*(aa-1) + at + 1
	a, b := translate(from), translate(to)
	letters, protein := string(a), fmt.Sprintf("p.%s%d=", threeLetters[a], aa)
	if a != b {
		letters += "/" + string(b)
		protein = fmt.Sprintf("p.%s%d%s", threeLetters[a], aa, threeLetters[b])
	}
	extra := coding(cds, aa, letters, capital(from, at)+"/"+capital(to, at)).with(noSplice(g.symbol))
	if a != b {
		extra["REVEL"] = fmt.Sprintf("0.%03d", f.between(12, 180))
	}
	hgvsc := fmt.Sprintf("c.%d%c>%c", cds, from[at], to[at])
	if f.chance(0.6) {
		return g.both(kind, hgvsc, protein, extra)
	}
	return []row{g.on(true, kind, hgvsc, protein).with(extra)}
}

// capital writes a codon as VEP does, the changed base in upper case.
func capital(codon string, at int) string {
	c := strings.ToLower(codon)
	return c[:at] + strings.ToUpper(c[at:at+1]) + c[at+1:]
}
