package widgets

import (
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/triage"
	"garrod/ui/state"
	"garrod/ui/words"
)

// AF writes an allele frequency. Zero is written as 0: it was looked up.
func AF(v float64) string {
	switch {
	case v == 0:
		return "0"
	case v < 0.0001:
		return strconv.FormatFloat(v, 'e', 2, 64)
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

// Score writes a predictor's score.
func Score(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

// ShortHGVS strips the reference sequence: what stands before the colon.
func ShortHGVS(s string) string {
	if i := strings.LastIndexByte(s, ':'); i >= 0 {
		return s[i+1:]
	}
	return s
}

// Terms writes Sequence Ontology terms for people.
func Terms(terms []string) string {
	return strings.ReplaceAll(strings.Join(terms, ", "), "_", " ")
}

// Share writes a fraction of 0 … 1 in per cent, without turning nearly all into
// all or nearly none into none.
func Share(f float64) string {
	s := strconv.FormatFloat(100*f, 'f', 1, 64)
	switch {
	case f < 1 && s == "100.0":
		return ">99.9 %"
	case f > 0 && s == "0.0":
		return "<0.1 %"
	}
	return strings.TrimSuffix(s, ".0") + " %"
}

// CallCell shows what a person of a case carries of v; what is not called, or not
// proven, is spelled out, and a mitochondrial allele has its share of the reads.
func CallCell(of *review.Case, v *review.Variant, c review.Call) state.Cell {
	z := state.CallStanding(of, v, c)
	cell := state.Cell{Text: words.Of("zygosity.", z)}
	if share, ok := c.Heteroplasmy(); ok && z == "mt" {
		cell.Text = words.F("zygosity.share", words.D{"share": Share(share)}) // the number first: cells are cut at their end
	}
	switch z {
	case "het", "hom", "hemi", "mt", "partial_alt":
		cell.Tone = state.Strong
	case "not_proven":
		cell.Text = words.F("zygosity.not_proven", words.D{"numbers": evidence(c)})
		cell.Tone, cell.Shape = state.Caution, state.Ring
	case "missing", "partial", "no_record":
		cell.Tone, cell.Shape = state.Caution, state.Ring
	}
	return cell
}

// evidence writes what a call rests on, as far as the file gives it.
func evidence(c review.Call) string {
	var out []string
	for _, n := range []struct {
		name  string
		value *int
	}{{"DP", c.Depth}, {"GQ", c.GQ}} {
		if n.value != nil {
			out = append(out, n.name+" "+strconv.Itoa(*n.value))
		}
	}
	return strings.Join(out, ", ")
}

// LabelText writes an inheritance label, its phase first: cells are cut at their
// end, and a pair must not lose what tells it from its opposite.
func LabelText(l review.Label) string {
	s := words.Of("inheritance.", l.Model)
	if l.Phase != "" && l.Model != triage.ModelCisPair {
		s = words.Of("phase.", l.Phase) + ": " + s
	}
	return s
}

// Assertion writes somebody else's opinion, its stars first.
func Assertion(a review.Assertion) string {
	s := strings.ReplaceAll(a.Significance, "_", " ")
	if a.Conflicting {
		s += " " + words.T("clinvar.conflicting")
	}
	if a.Stars != nil {
		s = strings.Repeat("★", *a.Stars) + strings.Repeat("☆", max(4-*a.Stars, 0)) + " " + s
	}
	return s
}

// Absent is the key of the text for a missing value: the file cannot tell, or
// it has no entry for this allele. Those are different answers.
func Absent(c *review.Case, capability string) string {
	if f, ok := c.VCF(); ok {
		for _, k := range f.Capabilities {
			if k.Name == capability {
				if k.Present {
					return "no_entry"
				}
				return "not_in_file"
			}
		}
	}
	return "not_looked_up"
}
