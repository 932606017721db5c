package vcf

import (
	"strings"

	"garrod/review"
)

// clinvarFields are the places of ClinVar's opinion.
type clinvarFields struct {
	significance, status, id *place
	// old is VEP's CLIN_SIG, from the known variants at the site.
	old  *place
	date string
}

func (c *clinvarFields) fromLayout(l *Layout) {
	at := func(r role) *place {
		if i, ok := l.roles[r]; ok {
			return &place{column: i, id: l.Columns[i]}
		}
		return nil
	}
	c.significance, c.status, c.id, c.old = at(roleClinVarSig), at(roleClinVarReview), at(roleClinVarID), at(roleClinSig)
}

// fromInfo takes INFO fields where the layout has none: ClinVar's own names, and
// those that annotators give them.
func (c *clinvarFields) fromInfo(h *Header) {
	first := func(have *place, names ...string) *place {
		for _, n := range names {
			if _, ok := h.Infos[n]; ok && have == nil {
				return &place{column: -1, id: n}
			}
		}
		return have
	}
	if c.significance == nil {
		c.status, c.id = nil, nil
	}
	c.significance = first(c.significance, "CLNSIG", "ClinVar_CLNSIG", "CLINVAR_CLNSIG", "clinvar_sig")
	if c.significance != nil && c.significance.column < 0 {
		c.status = first(nil, "CLNREVSTAT", "ClinVar_CLNREVSTAT", "CLINVAR_CLNREVSTAT", "clinvar_status")
		c.id = first(nil, "CLNVID", "CLNACC", "ALLELEID", "CLNVARID")
	}
}

func (c *clinvarFields) known(used func(place) bool) bool {
	return c.significance != nil && used(*c.significance) || c.old != nil && used(*c.old)
}

// assertions reads what ClinVar says of one allele. An INFO field that does not
// tell which of several alleles it is about is attached to each, and marked: to
// hide a known pathogenic allele is worse than to show it twice.
func (m *fieldMap) assertions(r *Record, rows []row, allele int) []review.Assertion {
	c := m.clinvar
	var out []review.Assertion
	if c.significance != nil {
		text, unknown := c.text(c.significance, r, rows, allele)
		if text != "" {
			a := assertion(text, c.date)
			a.AlleleUnknown = unknown
			if c.status != nil {
				a.Review, _ = c.text(c.status, r, rows, allele)
				a.Stars = stars(a.Review)
			}
			if c.id != nil {
				a.ID, _ = c.text(c.id, r, rows, allele)
			}
			out = append(out, a)
		}
	}
	if c.old != nil && len(out) == 0 {
		if text := c.old.value(r, rows, allele); text != "" {
			out = append(out, assertion(text, c.date))
		}
	}
	return out
}

// text reads a place. ClinVar writes commas inside its words, so that an INFO
// value is split only where its Number says so.
func (c *clinvarFields) text(p *place, r *Record, rows []row, allele int) (text string, alleleUnknown bool) {
	if p.column >= 0 {
		return p.value(r, rows, allele), false
	}
	if f := r.src.header.Infos[p.id]; f.Number == "A" || f.Number == "R" {
		if v, ok := r.infoOf(p.id, allele); ok || len(r.Alts) > 1 {
			return decode(v), false
		}
	}
	v, _ := r.Info(p.id)
	if v == "." {
		v = ""
	}
	return decode(v), len(r.Alts) > 1
}

// clinvarCodes are the numbers of ClinVar's VCF before 2017 (its INFO header:
// "Variant Clinical Significance, 0 - Uncertain significance, …").
var clinvarCodes = map[string]string{
	"0": "Uncertain_significance", "1": "not_provided", "2": "Benign", "3": "Likely_benign", "4": "Likely_pathogenic",
	"5": "Pathogenic", "6": "drug_response", "7": "histocompatibility", "255": "other",
}

// assertion judges a significance as written. It is pathogenic where every class
// in it is pathogenic or likely pathogenic, conflicting where ClinVar says so or
// the classes lie on both sides of uncertain; words that are no class (drug
// response, risk factor …) do not count.
func assertion(text, date string) review.Assertion {
	a := review.Assertion{Source: "ClinVar", Significance: text, Date: date}
	if i := strings.Index(text, "[p]"); i >= 0 { // ngs-bits writes a bar so; names of conditions follow
		a.Significance = text[:i]
	}
	var words []string
	path, other := 0, 0
	for _, w := range significanceWords(a.Significance) {
		if code, ok := clinvarCodes[w]; ok {
			w = code
		}
		words = append(words, w)
		switch n := strings.ToLower(strings.TrimLeft(strings.ReplaceAll(w, " ", "_"), "_")); {
		case strings.HasPrefix(n, "conflicting"):
			a.Conflicting = true
		case strings.HasPrefix(n, "pathogenic"), strings.HasPrefix(n, "likely_pathogenic"), n == "probable-pathogenic":
			path++
		case strings.HasPrefix(n, "benign"), strings.HasPrefix(n, "likely_benign"), strings.HasPrefix(n, "uncertain"),
			n == "vus", n == "unknown", n == "non-pathogenic", n == "probable-non-pathogenic":
			other++
		}
	}
	if strings.Trim(a.Significance, "0123456789|,&/") == "" {
		a.Significance = strings.Join(words, "|")
	}
	a.Conflicting = a.Conflicting || path > 0 && other > 0
	a.Pathogenic = path > 0 && !a.Conflicting
	return a
}

func significanceWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("|,&/;", r) })
}

// reviewStars are ClinVar's review statuses, without blanks and underscores, and
// their gold stars (ClinVar documentation, "Review status in ClinVar"); the short
// words are those of its VCF before 2017.
var reviewStars = map[string]int{
	"practiceguideline": 4, "guideline": 4, "prac": 4,
	"reviewedbyexpertpanel": 3, "exp": 3,
	"criteriaprovided,multiplesubmitters,noconflicts": 2, "criteriaprovided,multiplesubmitters": 2, "mult": 2,
	"criteriaprovided,singlesubmitter": 1, "single": 1,
	"criteriaprovided,conflictinginterpretations": 1, "criteriaprovided,conflictingclassifications": 1, "conf": 1,
	"noassertioncriteriaprovided": 0, "noassertionprovided": 0, "nointerpretationforthesinglevariant": 0,
	"noclassificationprovided": 0, "noclassificationforthesinglevariant": 0, "noclassificationsfromunflaggedrecords": 0,
	"nocriteria": 0, "noassertion": 0,
}

// stars returns the stars of a review status, the fewest where it lists several,
// nil where it is not known.
func stars(status string) *int {
	squash := strings.NewReplacer(" ", "", "_", "", "&", ",", ",_", ",").Replace(strings.ToLower(status))
	if n, ok := reviewStars[squash]; ok {
		return &n
	}
	var least *int
	for part := range strings.SplitSeq(squash, "|") {
		n, ok := reviewStars[part]
		if !ok {
			return nil
		}
		if least == nil || n < *least {
			least = &n
		}
	}
	return least
}
