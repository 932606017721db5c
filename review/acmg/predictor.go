package acmg

import (
	"fmt"
	"slices"
	"strings"
)

// reading is what one kind of prediction says: for PP3, for BP4, neither, or
// nothing because it was not looked up.
type reading struct {
	known    bool      // it was looked up and can be read
	code     Criterion // PP3, BP4 or empty for neither
	strength Strength
	text     string // generated from the parameters used
	path     string // of the parameters
	note     string
}

// consequence is what the chosen transcript says of the allele.
type consequence struct {
	transcript string
	terms      []string
	excluded   string // a term that rules PP3 and BP4 out
	missense   bool   // the protein tool judges it
	protein    bool   // it changes the protein in another way
	unfit      string // why nothing can be said; empty when something can
	lacking    bool   // unfit for lack of input
}

// chosenTranscript finds the row that drives the criteria: the chosen one, or
// the only one there is.
func (f *Facts) chosenTranscript() (*Transcript, string) {
	if len(f.Transcripts) == 0 {
		return nil, "no consequence was looked up"
	}
	if f.Chosen == "" && len(f.Transcripts) == 1 {
		return &f.Transcripts[0], ""
	}
	if f.Chosen == "" {
		return nil, "no transcript is chosen"
	}
	for i := range f.Transcripts {
		if f.Transcripts[i].ID == f.Chosen {
			return &f.Transcripts[i], ""
		}
	}
	return nil, "the chosen transcript " + f.Chosen + " has no consequence"
}

func (p *proposer) consequence() consequence {
	t, lack := p.f.chosenTranscript()
	if t == nil {
		return consequence{unfit: lack, lacking: true}
	}
	if len(t.SO) == 0 {
		return consequence{transcript: t.ID, unfit: "the consequence for " + t.ID + " is not given", lacking: true}
	}
	c := p.rs.Computational
	out := consequence{transcript: t.ID, terms: t.SO}
	fits := false
	for _, term := range t.SO {
		if slices.Contains(c.ExcludedTerms, term) && out.excluded == "" {
			out.excluded = term
		}
		out.missense = out.missense || slices.Contains(c.Protein.Terms, term)
		out.protein = out.protein || slices.Contains(c.OtherProteinTerms, term)
		fits = fits || slices.Contains(c.SpliceOnlyTerms, term)
	}
	switch {
	case out.excluded != "":
		out.unfit = out.excluded + " is not a consequence for PP3 or BP4"
	case !fits && !out.missense && !out.protein:
		out.unfit = strings.Join(t.SO, ", ") + " is not among the consequences the rule set lists for PP3 and BP4"
	}
	return out
}

// protein reads the calibrated protein predictor for the chosen transcript.
func (p *proposer) protein(c consequence) reading {
	tool := p.rs.Computational.Protein
	r := reading{path: "computational.protein", note: tool.Note}
	scores, lack := p.scores(c)
	if len(scores) == 0 {
		r.text = lack
		return r
	}
	var list []reading
	for _, s := range scores {
		list = append(list, tool.read(s))
	}
	return r.of(tool.Name, list)
}

// of reads several answers of one tool: only what all of them support counts.
// Where they contradict each other nothing is known, for one of them is wrong
// and nothing tells which.
func (r reading) of(tool string, list []reading) reading {
	r.known, r.code, r.strength = true, list[0].code, list[0].strength
	for _, one := range list {
		r.known = r.known && one.code == r.code
		r.strength = min(r.strength, one.strength)
	}
	r.text = texts(list)
	if !r.known {
		r.code, r.strength = "", 0
		r.text = "the answers of " + tool + " contradict each other: " + r.text
	}
	return r
}

// scores finds the tool's scores for the chosen transcript, or scores that name
// no transcript where there is none; lack says why there are none.
func (p *proposer) scores(c consequence) (list []Predictor, lack string) {
	tool := p.rs.Computational.Protein
	var loose []Predictor
	others := 0
	for _, s := range p.f.Predictors {
		switch {
		case !strings.EqualFold(s.Name, tool.Name):
		case s.Score < tool.Min || s.Score > tool.Max:
			lack = fmt.Sprintf("%s %s is outside its scale", tool.Name, number(s.Score))
		case s.Transcript == "":
			loose = append(loose, s)
		case s.Transcript == c.transcript:
			list = append(list, s)
		default:
			others++
		}
	}
	if len(list) == 0 && tool.AcceptUnnamed {
		list = loose
	}
	switch {
	case lack != "":
	case len(loose) > 0 && !tool.AcceptUnnamed:
		lack = tool.Name + " is given without a transcript"
	case others > 0:
		lack = fmt.Sprintf("%s was looked up for other transcripts than %s only", tool.Name, c.transcript)
	default:
		lack = tool.Name + " was not looked up"
	}
	return list, lack
}

// read finds the interval of a score.
func (t ProteinTool) read(s Predictor) reading {
	name := strings.TrimSpace(t.Name + " " + s.Version)
	if s.Transcript == "" {
		name += " (of no named transcript)"
	}
	for _, i := range t.Intervals {
		if i.Contains(s.Score) {
			return reading{
				code: i.Criterion, strength: i.Strength,
				text: fmt.Sprintf("%s %s in %s for %s", name, number(s.Score), i, Code{i.Criterion, i.Strength}.Label()),
			}
		}
	}
	return reading{text: fmt.Sprintf("%s %s in no interval for PP3 or BP4", name, number(s.Score))}
}

// splice reads the splice predictor; rows that cannot be read count only where
// there is no other.
func (p *proposer) splice() reading {
	tool := p.rs.Computational.Splice
	r := reading{path: "computational.splice", note: tool.Note, text: tool.Name + " was not looked up"}
	var list []reading
	for _, s := range p.f.Splice {
		if !strings.EqualFold(s.Tool, tool.Name) {
			continue
		}
		if one := tool.read(s); one.known {
			list = append(list, one)
		} else {
			r.text = one.text
		}
	}
	if len(list) == 0 {
		return r
	}
	return r.of(tool.Name, list)
}

// read compares the largest of the four deltas. A missing one may be larger
// than those there are: then only evidence for an effect can be read.
func (t SpliceTool) read(s Splice) reading {
	top, missing := 0.0, 0
	for _, d := range []*float64{s.AG, s.AL, s.DG, s.DL} {
		if d == nil {
			missing++
			continue
		}
		top = max(top, *d)
	}
	name := strings.TrimSpace(t.Name + " " + s.Version)
	if missing == 4 {
		return reading{text: name + " gives no delta"}
	}
	text := fmt.Sprintf("%s highest delta %s", name, number(top))
	for _, side := range []struct {
		c Criterion
		r SpliceRule
	}{{"PP3", t.Pathogenic}, {"BP4", t.Benign}} {
		if side.r.Threshold.Holds(top) && (missing == 0 || side.c == "PP3") {
			return reading{
				known: true, code: side.c, strength: side.r.Strength,
				text: fmt.Sprintf("%s %s %s for %s", text, side.r.Threshold.Op, number(side.r.Threshold.Value), side.c),
			}
		}
	}
	if missing > 0 {
		return reading{text: fmt.Sprintf("%s of %d, the others are missing", text, 4-missing)}
	}
	return reading{known: true, text: fmt.Sprintf("%s, neither %s %s nor %s %s", text,
		t.Pathogenic.Threshold.Op, number(t.Pathogenic.Threshold.Value), t.Benign.Threshold.Op, number(t.Benign.Threshold.Value))}
}
