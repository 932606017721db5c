package triage

import (
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/acmg"
)

// RowJSON is a row of the worklist as the command line prints it. A null says
// that the file has no value.
type RowJSON struct {
	Key         string              `json:"key"`
	Assembly    string              `json:"assembly"`
	Kind        string              `json:"kind"`
	Gene        *string             `json:"gene"` // symbol
	HGNC        *string             `json:"hgnc"`
	Transcript  *string             `json:"transcript"`
	HGVSc       *string             `json:"hgvsc"`
	HGVSp       *string             `json:"hgvsp"`
	Consequence *string             `json:"consequence"` // terms of the chosen transcript, joined by &
	Worse       bool                `json:"worse_elsewhere"`
	Calls       map[string]CallJSON `json:"calls"`
	MaxAF       *float64            `json:"max_af"`
	MaxAFGroup  *string             `json:"max_af_group"`
	ClinVar     *string             `json:"clinvar"` // significance as written
	Stars       *int                `json:"clinvar_stars"`
	Inheritance []string            `json:"inheritance"` // models
	Labels      []review.Label      `json:"labels"`      // the same with phase, partners and reasons
	Lanes       []Lane              `json:"lanes"`
	RemovedBy   *string             `json:"removed_by"`
	RescueCause *string             `json:"rescue_cause"`
	Proposals   []acmg.Proposal     `json:"proposals"` // for the caller to fill
	Class       *acmg.Class         `json:"class"`     // for the caller to fill
}

// CallJSON is one person's call. GT is the genotype after the split by allele:
// 1 is this ALT, 0 is REF or, where Sibling is true, another ALT of the record.
type CallJSON struct {
	GT      *string `json:"gt"`
	Record  *string `json:"gt_record"` // as written, with the record's allele numbers
	State   string  `json:"state"`
	Phase   *string `json:"phase"` // phased, unphased
	PS      *int64  `json:"ps"`
	Sibling bool    `json:"sibling"`
	Depth   *int    `json:"dp"`
	GQ      *int    `json:"gq"`
	AD      *[2]int `json:"ad"` // reads of REF and of this ALT
}

// JSON gives the row as the command line prints it. Proposals and class are left
// empty.
func (r Row) JSON() RowJSON {
	v := &r.Variant
	c, _ := r.Consequence()
	j := RowJSON{
		Key: v.Key.String(), Assembly: string(v.Key.Assembly), Kind: string(v.Kind),
		Gene: text(c.Symbol), HGNC: text(hgncID(c.HGNC)), Transcript: text(transcriptID(c)), HGVSc: text(c.HGVSc), HGVSp: text(c.HGVSp),
		Consequence: text(strings.Join(c.Terms, "&")), Worse: r.WorseOnTx,
		Calls: map[string]CallJSON{}, MaxAF: r.MaxAF, MaxAFGroup: text(r.MaxAFGroup),
		Inheritance: []string{}, Labels: append([]review.Label{}, r.Labels...), Lanes: []Lane{r.Lane},
		RemovedBy: text(r.RemovedBy), RescueCause: text(r.RescueCause), Proposals: []acmg.Proposal{},
	}
	for i := range v.Calls {
		j.Calls[v.Calls[i].Sample] = callJSON(&v.Calls[i], v.Record.Allele)
	}
	for _, l := range r.Labels {
		if l.Model != ModelCisPair {
			j.Inheritance = append(j.Inheritance, l.Model)
		}
	}
	if a, ok := clinvar(v); ok {
		j.ClinVar, j.Stars = text(a.Significance), a.Stars
	}
	return j
}

// text is nil for the empty string.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// clinvar returns ClinVar's opinion of a variant.
func clinvar(v *review.Variant) (review.Assertion, bool) {
	for _, a := range v.Assertions {
		if strings.EqualFold(a.Source, "ClinVar") {
			return a, true
		}
	}
	return review.Assertion{}, false
}

func callJSON(c *review.Call, allele int) CallJSON {
	j := CallJSON{
		GT: text(splitGT(c.GT, allele, '0')), Record: text(c.GT), State: string(c.State), PS: c.PS,
		Sibling: c.Others > 0, Depth: c.Depth, GQ: c.GQ, AD: c.AD,
	}
	if hasGenotype(c) {
		word := "unphased"
		if c.Phased {
			word = "phased"
		}
		j.Phase = &word
	}
	return j
}

// splitGT rewrites a genotype for one ALT allele of its record: the allele
// becomes 1, REF stays 0, any other ALT becomes sibling. What is not called stays
// so.
func splitGT(gt string, allele int, sibling byte) string {
	var b strings.Builder
	for len(gt) > 0 {
		n := strings.IndexAny(gt, "/|")
		token, sep := gt, ""
		if n >= 0 {
			token, sep = gt[:n], gt[n:n+1]
		}
		switch a, err := strconv.Atoi(token); {
		case err != nil:
			b.WriteString(token)
		case a == 0:
			b.WriteByte('0')
		case a == allele:
			b.WriteByte('1')
		default:
			b.WriteByte(sibling)
		}
		b.WriteString(sep)
		gt = gt[len(token)+len(sep):]
	}
	return b.String()
}
