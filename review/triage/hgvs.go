package triage

import (
	"regexp"
	"strconv"
	"strings"

	"garrod/review"
)

// transcriptID is the transcript of a row with its version. Where the column
// has none, the one in front of the HGVS expression is taken if it names the
// same transcript.
func transcriptID(c review.Consequence) string {
	if strings.Contains(c.Transcript, ".") {
		return c.Transcript
	}
	if id, _, ok := strings.Cut(c.HGVSc, ":"); ok && strings.HasPrefix(id, c.Transcript+".") {
		return id
	}
	return c.Transcript
}

// codingPlace matches a position of a coding or non-coding HGVS expression and
// the second one of a range: base, offset into the intron, base, offset.
var codingPlace = regexp.MustCompile(`^[cn]\.([*-]?\d+)([+-]\d+)?(?:_([*-]?\d+)([+-]\d+)?)?`)

// intronOffset reads the signed distance to the exon from an expression such as
// "NM_000059.4:c.7617+1G>A": +1 is the first base after an exon. Of a range
// inside one side of an intron it is the end nearer to the exon. It is nil for
// places in exons, ranges that reach into an exon or over an intron, and
// expressions it does not understand.
func intronOffset(hgvs string) *int {
	if i := strings.LastIndexByte(hgvs, ':'); i >= 0 {
		hgvs = hgvs[i+1:]
	}
	m := codingPlace.FindStringSubmatch(hgvs)
	if m == nil || m[2] == "" {
		return nil
	}
	a, err := strconv.Atoi(m[2])
	if err != nil {
		return nil
	}
	if m[3] == "" {
		return &a
	}
	b, err := strconv.Atoi(m[4])
	if err != nil || m[1] != m[3] || (a < 0) != (b < 0) {
		return nil
	}
	if abs(b) < abs(a) {
		a = b
	}
	return &a
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// ordinal reads "5/27". n is nil for a range such as "5-6/27".
func ordinal(s string) (n, of *int) {
	first, total, ok := strings.Cut(s, "/")
	if i, err := strconv.Atoi(first); err == nil {
		n = &i
	}
	if i, err := strconv.Atoi(total); ok && err == nil {
		of = &i
	}
	return n, of
}

// aminoPlace reads "97", "97-98" and "97/393": first and last amino acid,
// 1-based and closed, and the length of the protein. An end written "?" is nil.
func aminoPlace(s string) (first, last, length *int) {
	place, total, _ := strings.Cut(s, "/")
	if i, err := strconv.Atoi(total); err == nil {
		length = &i
	}
	a, b, isRange := strings.Cut(place, "-")
	if i, err := strconv.Atoi(a); err == nil {
		first = &i
	}
	if !isRange {
		return first, first, length
	}
	if i, err := strconv.Atoi(b); err == nil {
		last = &i
	}
	return first, last, length
}

// csqAminoAcids matches what "bcftools csq" writes: "446G>446EG", "25M".
var csqAminoAcids = regexp.MustCompile(`^\d+([A-Z*]+)(?:>\d+([A-Z*]+))?$`)

// plainAminoAcids matches one-letter codes, with * for a stop.
var plainAminoAcids = regexp.MustCompile(`^[A-Z*-]+(/[A-Z*-]+)?$`)

// aminoAcids reads "R/W", and "L" for a change that keeps the amino acid, also
// with the positions of "bcftools csq". A dash (nothing) is empty, and so is
// what it does not understand.
func aminoAcids(s string) (ref, alt string) {
	if m := csqAminoAcids.FindStringSubmatch(s); m != nil {
		if m[2] == "" {
			m[2] = m[1]
		}
		return m[1], m[2]
	}
	if !plainAminoAcids.MatchString(s) {
		return "", ""
	}
	a, b, ok := strings.Cut(s, "/")
	if !ok {
		b = a
	}
	return strings.Trim(a, "-"), strings.Trim(b, "-")
}
