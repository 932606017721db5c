package triage

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/summary"
)

// columnNotes says what is true of the keys of a whole file.
func columnNotes(h *summary.Head) []string {
	var notes []string
	if h.Unmatched > 0 {
		notes = append(notes, fmt.Sprintf("%d annotation rows of the file name no allele of their record, or several, and are used for none: "+
			"such an allele may lack its consequence or frequency although the file has one.", h.Unmatched))
	}
	if h.Trimmed > 0 {
		notes = append(notes, fmt.Sprintf("%d insertions and deletions of the file are trimmed but not left-aligned: "+
			"the case was added without a reference sequence, and a database may have them at another position.", h.Trimmed))
	}
	return notes
}

// familyNotes says what a list as a whole tells of the family: more new alleles
// than a child has mean that a parent or the sample is not who it should be, or
// that reference calls were made up. At most one sentence for each.
func familyNotes(rows []Row, p InheritanceParams) []string {
	all, coding, possible := countDeNovo(rows)
	var notes []string
	switch {
	case coding > p.DeNovoMaxCoding:
		notes = append(notes, fmt.Sprintf("%d coding de novo alleles in the list, more than %d; about 1 is expected: "+
			"a parent or a sample may not be who the pedigree says. Look at relatedness before any of them is believed.", coding, p.DeNovoMaxCoding))
	case all > p.DeNovoMaxAll:
		notes = append(notes, fmt.Sprintf("%d de novo alleles in the list, more than %d; 60 to 80 are expected in a genome: "+
			"a parent or a sample may not be who the pedigree says. Look at relatedness before any of them is believed.", all, p.DeNovoMaxAll))
	}
	if possible > p.DeNovoMaxAll {
		notes = append(notes, fmt.Sprintf("%d alleles in the list would be new if the parents' calls were good enough to tell. "+
			"Files merged from single samples look like this: they write reference where a sample has no record.", possible))
	}
	return notes
}

// countDeNovo counts rows with a new allele, those of them that are coding, and
// rows where it is only possible.
func countDeNovo(rows []Row) (all, coding, possible int) {
	for i := range rows {
		has := func(model string) bool {
			return slices.ContainsFunc(rows[i].Labels, func(l review.Label) bool { return l.Model == model })
		}
		switch {
		case has(ModelDeNovo):
			all++
			if isCoding(&rows[i]) {
				coding++
			}
		case has(ModelDeNovoPossible):
			possible++
		}
	}
	return all, coding, possible
}

// isCoding reports whether the chosen consequence changes codons or is a
// synonymous change of one.
func isCoding(r *Row) bool {
	c, ok := r.Consequence()
	return ok && slices.ContainsFunc(c.Terms, func(t string) bool {
		long := review.LongTerm(t)
		return !strings.HasPrefix(long, "splice_") && slices.Contains(codingAndSplice(), long)
	})
}
