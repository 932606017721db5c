package acmg

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// allele is a parsed CHROM-POS-REF-ALT: contig canonical, POS 1-based, alleles
// in upper case without the bases they share. This package may not know how
// genome.Key does the same.
type allele struct {
	contig   string
	pos      int64
	ref, alt string
}

// parseAllele reads CHROM-POS-REF-ALT in any spelling, so that two spellings of
// one allele compare equal when both are left-aligned. Symbolic alleles are read
// too; fault refuses them.
func parseAllele(key string) (allele, bool) {
	parts := strings.Split(key, "-")
	n := len(parts)
	if n < 4 || parts[n-1] == "" || parts[n-2] == "" || slices.Contains(parts[:n-3], "") {
		return allele{}, false
	}
	contig := strings.Join(parts[:n-3], "-")
	pos, err := strconv.ParseInt(parts[n-3], 10, 64)
	if err != nil || pos < 0 || parts[n-3][0] == '+' || strings.EqualFold(contig, "chr") || !isContig(contig) {
		return allele{}, false
	}
	a := allele{canonicalContig(contig), pos, strings.ToUpper(parts[n-2]), strings.ToUpper(parts[n-1])}
	return a.trimmed(), true
}

// fault says why a is no small variant, and is empty for one.
func (a allele) fault() string {
	switch {
	case a.pos < 1:
		return "the position is not from 1"
	case !isBases(a.ref):
		return "REF is not a sequence of bases"
	case !isBases(a.alt):
		return "ALT is not a sequence of bases"
	case a.ref == a.alt:
		return "REF and ALT are the same"
	}
	return ""
}

// isContig reports whether VCF allows name, save "*" and "=" at its start.
func isContig(name string) bool {
	for _, r := range name {
		if r <= ' ' || r > '~' || strings.ContainsRune("\\,\"'`()[]{}<>", r) {
			return false
		}
	}
	return name != ""
}

// canonicalContig takes "chr" off a chromosome's name and turns M into MT. Other
// names are kept as they are.
func canonicalContig(name string) string {
	c := strings.ToUpper(name)
	if len(c) > 3 {
		c = strings.TrimPrefix(c, "CHR")
	}
	switch c {
	case "X", "Y":
		return c
	case "M", "MT", "NC_012920.1":
		return "MT"
	}
	if n, err := strconv.Atoi(c); err == nil && n >= 1 && n <= 22 && strconv.Itoa(n) == c {
		return c
	}
	return name
}

// isBases allows the codes for several bases too, as genome.ParseKey does.
func isBases(s string) bool {
	return s != "" && strings.Trim(s, "ACGTNRYSWKMBDHV") == ""
}

// canonicalKey writes key as it is after normalisation; one that names no small
// variant is kept as it is.
func canonicalKey(key string) string {
	a, ok := parseAllele(key)
	if !ok || a.fault() != "" {
		return key
	}
	return fmt.Sprintf("%s-%d-%s-%s", a.contig, a.pos, a.ref, a.alt)
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
