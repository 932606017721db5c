package variant

import (
	"fmt"
	"strings"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/ui/state"
	"garrod/ui/widgets"
	"garrod/ui/words"
)

func frequencyHead() []string {
	return []string{
		words.T("freq.group"), words.T("freq.af"), words.T("freq.count"), words.T("freq.hom"),
		words.T("freq.hemi"), words.T("freq.faf"),
	}
}

// frequencyRows keeps three things apart: not looked up, looked up and absent,
// and a count of zero.
func frequencyRows(c *review.Case, v *review.Variant) [][]state.Cell {
	if len(v.Frequencies) == 0 {
		return [][]state.Cell{{{Text: words.T(widgets.Absent(c, "frequency")), Tone: state.Caution, Shape: state.Ring}}}
	}
	var out [][]state.Cell
	for _, f := range v.Frequencies {
		name := state.Cell{Text: strings.Join(strings.Fields(f.Dataset+" "+f.Version+" "+f.Callset+" "+f.Group), " ")}
		if !f.Present {
			out = append(out, []state.Cell{name, {Text: words.T("freq.absent")}})
			continue
		}
		af := state.Cell{Text: words.T("fam.none"), Tone: state.Muted}
		if f.AF != nil {
			af = state.Cell{Text: widgets.AF(*f.AF), Tone: state.Strong}
		}
		faf := words.T("fam.none")
		if f.FAF95 != nil {
			faf = widgets.AF(*f.FAF95)
		}
		out = append(out, []state.Cell{name, af, {Text: countOf(f)}, {Text: whole(f.Hom)}, {Text: whole(f.Hemi)}, {Text: faf}})
	}
	return out
}

func countOf(f acmg.Frequency) string {
	part := func(n *int) string {
		if n == nil {
			return words.T("fam.none")
		}
		return words.Count(*n)
	}
	return part(f.AC) + " / " + part(f.AN)
}

func predictorRows(c *review.Case, v *review.Variant) [][]state.Cell {
	var out rows
	missing := func(name, capability string) {
		out = append(out, []state.Cell{
			{Text: name, Tone: state.Muted},
			{Text: words.T(widgets.Absent(c, capability)), Tone: state.Caution, Shape: state.Ring},
		})
	}
	for _, p := range v.Predictors {
		out = append(out, []state.Cell{
			{Text: p.Name, Tone: state.Muted},
			{Text: strings.TrimSpace(widgets.Score(p.Score) + " " + p.Transcript + " " + p.Version)},
		})
	}
	if state.Score(v, "REVEL") == nil {
		missing("REVEL", "revel")
	}
	for _, sp := range v.Splice {
		out = append(out, []state.Cell{{Text: sp.Tool, Tone: state.Muted}, {Text: deltas(sp)}})
	}
	if len(v.Splice) == 0 {
		missing("SpliceAI", "spliceai")
	}
	return out
}

// deltas writes the four deltas with their positions, relative to the variant.
func deltas(s acmg.Splice) string {
	var out []string
	for _, d := range []struct {
		key   string
		delta *float64
		at    *int
	}{{"splice.ag", s.AG, s.DPAG}, {"splice.al", s.AL, s.DPAL}, {"splice.dg", s.DG, s.DPDG}, {"splice.dl", s.DL, s.DPDL}} {
		text := words.T("fam.none")
		if d.delta != nil {
			text = fmt.Sprintf("%.2f", *d.delta)
			if d.at != nil {
				text += fmt.Sprintf(" (%+d)", *d.at)
			}
		}
		out = append(out, words.T(d.key)+" "+text)
	}
	return strings.Join(out, ", ")
}

func assertionRows(c *review.Case, v *review.Variant) [][]state.Cell {
	out := [][]state.Cell{}
	for _, a := range v.Assertions {
		text := widgets.Assertion(a)
		for _, more := range []string{strings.ReplaceAll(a.Review, "_", " "), a.ID, a.Date} {
			if more != "" {
				text += "; " + more
			}
		}
		cell := state.Cell{Text: text}
		if a.Conflicting {
			cell.Shape, cell.Tone = state.TriangleUpOpen, state.Caution
		}
		out = append(out, []state.Cell{{Text: a.Source, Tone: state.Muted}, cell})
	}
	if len(out) == 0 {
		return [][]state.Cell{{
			{Text: "ClinVar", Tone: state.Muted},
			{Text: words.T(widgets.Absent(c, "clinvar")), Tone: state.Caution, Shape: state.Ring},
		}}
	}
	return append(out, []state.Cell{{}, {Text: words.T("ev.context"), Tone: state.Muted}})
}

// bandText is the band of an uncertain variant, how warm it is.
func bandText(c acmg.Classification) string {
	if c.Band == "" {
		return ""
	}
	return words.F("class.band", words.D{"band": c.Band})
}

// classNote says what the class follows from and what stands against it.
func classNote(c acmg.Classification) string {
	var out []string
	if c.Clause != "" {
		out = append(out, words.F("class.clause", words.D{"clause": c.Clause}))
	}
	for _, s := range append(append([]acmg.Suppression{}, c.Suppressed...), c.Capped...) {
		out = append(out, words.F("class.lost", words.D{"code": s.Code, "by": s.By, "points": state.PointsText(s.PointsLost)}))
	}
	for _, f := range c.Flags {
		out = append(out, words.Of("flag.", string(f)))
	}
	for _, w := range c.Warnings {
		out = append(out, w.Text)
	}
	return strings.Join(out, " ")
}

func finishedText(r review.Review) string {
	key := "finish.done_no"
	if r.Report {
		key = "finish.done_yes"
	}
	return words.F(key, words.D{"who": r.By, "when": words.Time(r.At), "class": widgets.ClassText(r.Classification.Class)})
}
