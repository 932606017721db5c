package vcf

import (
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// annotations are the rows of a record, sorted to the alleles they belong to.
type annotations struct {
	r    *Record
	rows [][]row // by allele, index 0 unused
	// unmatched counts rows whose allele string fits no allele, or several.
	unmatched int
}

func (r *Record) annotations() annotations {
	a := annotations{r: r, rows: make([][]row, len(r.Alts)+1)}
	layouts := r.src.header.Layouts
	for i := range layouts {
		rows := r.rowsOf(&layouts[i])
		spell := r.spellingOf(rows)
		for _, w := range rows {
			if allele := r.alleleOf(w, spell); allele > 0 {
				a.rows[allele] = append(a.rows[allele], w)
			} else {
				a.unmatched++
			}
		}
	}
	return a
}

func (r *Record) rowsOf(l *Layout) []row {
	text, ok := r.Info(l.Field)
	if !ok || text == "" || text == "." {
		return nil
	}
	var rows []row
	for entry := range strings.SplitSeq(text, ",") {
		rows = append(rows, row{layout: l, cols: strings.Split(entry, "|"), index: len(rows)})
	}
	return rows
}

// Unmatched counts the annotation rows of the record whose allele string fits
// none of its alleles, or several: they are attached to nothing.
func (r *Record) Unmatched() int { return r.annotations().unmatched }

// addTo fills in what the file's annotation says of the allele.
func (a annotations) addTo(v *review.Variant, allele int) {
	rows := a.rows[allele]
	for _, w := range rows {
		v.Consequences = append(v.Consequences, w.consequence())
	}
	m := a.r.src.fields
	v.Frequencies = m.frequencies(a.r, rows, allele)
	v.Coverage = m.coverage(a.r, rows, allele)
	v.Predictors = m.predictors(a.r, rows, allele)
	v.Splice = m.splice(a.r, rows, allele)
	v.Assertions = m.assertions(a.r, rows, allele)
}

// spelling writes an ALT as an annotator does in its Allele column.
type spelling func(alt string) string

// spellingOf finds how the rows of one annotation write alleles: the first way
// under which every row fits exactly one. One row alone can fit two ways: of REF
// AAA and ALT A,AA the "A" of VEP is the second allele.
func (r *Record) spellingOf(rows []row) spelling {
	if len(rows) == 0 {
		return nil
	}
	asWritten := func(alt string) string { return alt }
	ways := []spelling{r.vepSpelling, asWritten, r.leastSpelling}
	if rows[0].layout.Source == "ANN" {
		ways = []spelling{asWritten, r.vepSpelling, r.leastSpelling}
	}
	best, most := ways[0], -1
	for _, way := range ways {
		fits := 0
		for _, w := range rows {
			if r.onlyAllele(w.allele(), way) > 0 {
				fits++
			}
		}
		if fits > most {
			best, most = way, fits
		}
	}
	return best
}

// allele returns the row's allele string. SnpEff writes ALT-REF where it
// compares a somatic with a germline genotype.
func (w row) allele() string {
	name := w.get(roleAllele)
	if i := strings.IndexByte(name, '-'); i > 0 && w.layout.Source == "ANN" {
		name = name[:i]
	}
	return name
}

// alleleOf tells which ALT (1-based) a row is about, 0 where it cannot be told.
func (r *Record) alleleOf(w row, spell spelling) int {
	if w.layout.Source == "BCSQ" {
		return r.alleleOfBCSQ(w)
	}
	if n, err := strconv.Atoi(w.get(roleAlleleNum)); err == nil && n >= 1 && n <= len(r.Alts) {
		return n
	}
	if !w.layout.has(roleAllele) && len(r.Alts) == 1 {
		return 1
	}
	if n := r.onlyAllele(w.allele(), spell); n > 0 || w.layout.Source != "CSQ" {
		return n
	}
	if n := r.onlyAllele(w.allele(), r.vepWord); n > 0 {
		return n
	}
	return r.onlyAllele(w.allele(), func(alt string) string { return vepWords[symbolicType(alt)] })
}

// onlyAllele returns the ALT that spell writes as name, 0 for none and where
// several would be written alike.
func (r *Record) onlyAllele(name string, spell spelling) int {
	found := 0
	for i, alt := range r.Alts {
		if name == "" || !strings.EqualFold(spell(alt), name) {
			continue
		}
		if found != 0 {
			return 0
		}
		found = i + 1
	}
	return found
}

// vepWords is how VEP writes structural alleles in the Allele column, by the first
// level of the symbolic allele.
var vepWords = map[string]string{
	"DEL": "deletion", "DUP": "duplication", "INS": "insertion", "INV": "inversion",
	"CNV": "copy_number_variation", "STR": "tandem_repeat",
}

// vepWord returns the word for an ALT: a long sequence of bases is a deletion or an
// insertion to VEP, too.
func (r *Record) vepWord(alt string) string {
	if kindOf(alt) == review.SmallVariant {
		switch {
		case len(alt) < len(r.Ref):
			return "deletion"
		case len(alt) > len(r.Ref):
			return "insertion"
		}
		return ""
	}
	if strings.EqualFold(alt, "<DUP:TANDEM>") {
		return "tandem_duplication"
	}
	return vepWords[symbolicType(alt)]
}

// vepSpelling writes an ALT as VEP does by default: where the alleles of the
// record differ in length and all start with the same base, that base is taken
// off each, and nothing left is "-" (VEP documentation, "Output fields").
func (r *Record) vepSpelling(alt string) string {
	if kindOf(alt) == review.Symbolic {
		return r.vepWord(alt)
	}
	differ, alike := false, true
	for _, a := range r.Alts {
		switch kindOf(a) {
		case review.SmallVariant:
			differ = differ || len(a) != len(r.Ref)
			alike = alike && strings.EqualFold(a[:1], r.Ref[:1])
		case review.OverlapDeleted:
			differ = differ || len(r.Ref) != 1
		case review.Symbolic, review.Breakend, review.ReferenceBlock:
		}
	}
	if kindOf(alt) != review.SmallVariant || !differ || !alike {
		return alt
	}
	return orDash(alt[1:])
}

// leastSpelling writes an ALT as VEP does with --minimal and as other tools do
// after trimming this allele alone: without any base shared with REF.
func (r *Record) leastSpelling(alt string) string {
	if kindOf(alt) != review.SmallVariant {
		return ""
	}
	_, ref, least := genome.Trim(r.Pos, strings.ToUpper(r.Ref), strings.ToUpper(alt))
	if len(ref) != len(least) && ref[0] == least[0] {
		least = least[1:]
	}
	return orDash(least)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// alleleOfBCSQ matches by the DNA change ("123A>G", joined by + for compound
// ones), for bcftools csq names no allele. A row without one fits a record with
// a single allele only.
func (r *Record) alleleOfBCSQ(w row) int {
	if strings.HasPrefix(w.cols[0], "@") {
		return 0 // a pointer to the record that holds the consequence
	}
	if len(r.Alts) == 1 {
		return 1
	}
	for change := range strings.SplitSeq(w.get(roleDNAChange), "+") {
		digits := strings.TrimLeft(change, "0123456789")
		pos, err := strconv.ParseInt(change[:len(change)-len(digits)], 10, 64)
		ref, alt, ok := strings.Cut(digits, ">")
		if err != nil || !ok || genome.Pos(pos) != r.Pos || !strings.EqualFold(ref, r.Ref) {
			continue
		}
		return r.onlyAllele(alt, func(a string) string { return a })
	}
	return 0
}
