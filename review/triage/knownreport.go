package triage

import (
	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
)

// KnownReport is the relative's report that a known variant comes from.
type KnownReport struct {
	ID      string        `json:"report_id"`
	Version int           `json:"version"`
	Case    review.CaseID `json:"case"`
	SHA256  string        `json:"sha256"` // of the PDF
	// From is store or file. Trusted is null where no certificate to trust was at
	// hand.
	From    string `json:"from"`
	Trusted *bool  `json:"trusted"`
	// Relative is who the report is about, as the asker wrote.
	Relative string `json:"relative,omitempty"`
	// Held is true where the report reports the variant; what follows is null
	// where it does not.
	Held  bool        `json:"holds_variant"`
	Class *acmg.Class `json:"class"`
	Gene  *string     `json:"gene"`
	HGVSc *string     `json:"hgvsc"`
	HGVSp *string     `json:"hgvsp"`
}

// Fill notes what the frozen content of the report says of a variant. A variant
// that was assessed but not reported is not in the report.
func (r *KnownReport) Fill(f review.Frozen, k genome.Key) {
	r.ID, r.Version, r.Case = f.ReportID, f.Version, f.Case.ID
	for i := range f.Assessments {
		a := &f.Assessments[i]
		done, ok := a.Finished()
		if !ok || !done.Report || a.Variant.Key != k {
			continue
		}
		class := done.Classification.Class
		r.Held, r.Class = true, &class
		r.Gene, r.HGVSc, r.HGVSp = text(a.Consequence.Symbol), text(a.Consequence.HGVSc), text(a.Consequence.HGVSp)
		return
	}
}

// Cautions are sentences to read with an answer that rests on the report.
func (r *KnownReport) Cautions() []string {
	var out []string
	switch {
	case !r.Held:
		out = append(out, "The report does not hold this variant.")
	case r.Class != nil && *r.Class != acmg.ClassPathogenic && *r.Class != acmg.ClassLikelyPathogenic:
		out = append(out, "The report does not call this variant pathogenic or likely pathogenic: it must not be used for a predictive test.")
	}
	if r.Trusted != nil && !*r.Trusted {
		out = append(out, "Nobody whom this laboratory trusts vouches for the signatures of the report.")
	}
	if r.Trusted == nil {
		out = append(out, "No certificate to trust was at hand to hold the report's signatures against.")
	}
	return out
}
