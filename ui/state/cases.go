package state

import "garrod/review"

// CheckCount counts the intake checks of a case by outcome.
type CheckCount struct{ Pass, Warn, Fail, NotAssessed int }

// CountChecks counts checks.
func CountChecks(checks []review.Check) CheckCount {
	var n CheckCount
	for _, c := range checks {
		switch c.Outcome {
		case review.Pass:
			n.Pass++
		case review.Warn:
			n.Warn++
		case review.Fail:
			n.Fail++
		default:
			n.NotAssessed++
		}
	}
	return n
}

// Relation tells who a sample is to the proband: proband, mother, father,
// sibling, child, or other.
func Relation(c *review.Case, sample string) string {
	if sample == c.Proband {
		return "proband"
	}
	mother, father := c.Parents()
	switch sample {
	case mother:
		return "mother"
	case father:
		return "father"
	}
	m, ok := c.Family.Member(sample)
	switch {
	case !ok:
		return "other"
	case m.Mother == c.Proband || m.Father == c.Proband:
		return "child"
	case mother != "" && m.Mother == mother, father != "" && m.Father == father:
		return "sibling"
	}
	return "other"
}

// Zygosity names what a call says of its allele on contig: het, hom, hemi, mt
// (carried by the mitochondrion, at a level of its own), reference, other (only
// other ALT alleles), partial, missing, no_record or ref_block.
func Zygosity(c review.Call, contig string) string {
	switch c.State {
	case review.Missing:
		return "missing"
	case review.NoRecord:
		return "no_record"
	case review.RefBlock:
		return "ref_block"
	case review.Partial:
		if c.Copies == 0 {
			return "partial"
		}
		return "partial_alt"
	}
	switch {
	case c.Copies == 0 && c.Others > 0:
		return "other"
	case c.Copies == 0:
		return "reference"
	case contig == "MT":
		return "mt"
	case c.Ploidy == 1:
		return "hemi"
	case c.Copies >= c.Ploidy:
		return "hom"
	}
	return "het"
}

// CallStanding is Zygosity, but for a call without the allele that rests on too
// few reads or too low a quality to prove anything: that is "not_proven".
func CallStanding(c *review.Case, v *review.Variant, call review.Call) string {
	z := Zygosity(call, v.Key.Contig)
	switch z {
	case "reference", "ref_block", "other":
		if review.DefaultReferenceProof().Weak(v.Key, c.SexOf(call.Sample), &call) {
			return "not_proven"
		}
	}
	return z
}

// IdentifierOf returns the value of the patient's identifier of a type, empty
// when there is none.
func IdentifierOf(p review.Patient, kind string) string {
	for _, id := range p.Identifiers {
		if id.Type == kind {
			return id.Value
		}
	}
	return ""
}
