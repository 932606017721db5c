package acmg

import (
	"strconv"
	"strings"
)

// allele is a parsed CHROM-POS-REF-ALT, as far as matching exceptions and
// telling insertions and deletions from substitutions needs it.
type allele struct {
	contig   string
	pos      int64
	ref, alt string
}

// parseAllele reads CHROM-POS-REF-ALT, with or without "chr", and trims bases
// both alleles share, so that two spellings of one allele compare equal when
// both are left-aligned.
func parseAllele(key string) (allele, bool) {
	parts := strings.Split(key, "-")
	n := len(parts)
	if n < 4 || parts[n-1] == "" || parts[n-2] == "" {
		return allele{}, false
	}
	pos, err := strconv.ParseInt(parts[n-3], 10, 64)
	contig := strings.Join(parts[:n-3], "-")
	if err != nil || pos < 0 || contig == "" {
		return allele{}, false
	}
	if len(contig) > 3 && strings.EqualFold(contig[:3], "chr") {
		contig = contig[3:]
	}
	a := allele{contig, pos, strings.ToUpper(parts[n-2]), strings.ToUpper(parts[n-1])}
	return a.trimmed(), true
}

func (a allele) trimmed() allele {
	for len(a.ref) > 1 && len(a.alt) > 1 && a.ref[len(a.ref)-1] == a.alt[len(a.alt)-1] {
		a.ref, a.alt = a.ref[:len(a.ref)-1], a.alt[:len(a.alt)-1]
	}
	for len(a.ref) > 1 && len(a.alt) > 1 && a.ref[0] == a.alt[0] {
		a.ref, a.alt, a.pos = a.ref[1:], a.alt[1:], a.pos+1
	}
	return a
}

// substitutes reports whether as many bases come as go.
func (a allele) substitutes() bool { return len(a.ref) == len(a.alt) }

// exception finds the BA1 exception for the allele on its assembly.
func (r BA1Rule) exception(assembly, key string) (Exception, bool) {
	query, ok := parseAllele(key)
	if !ok {
		return Exception{}, false
	}
	for _, e := range r.Exceptions {
		listed := e.GRCh38
		if assembly == "GRCh37" {
			listed = e.GRCh37
		}
		if a, _ := parseAllele(listed); a == query {
			return e, true
		}
	}
	return Exception{}, false
}
