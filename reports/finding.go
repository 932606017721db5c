package reports

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/acmg"
)

// finding writes one reported variant.
func (c *composer) finding(number int, s subject) (Finding, error) {
	cl := s.review.Classification
	f := Finding{
		Number: number, Gene: s.gene(), HGNC: given(hgnc(s)),
		Coding:   c.long("HGVS coding name", cmp.Or(codingName(s.Consequence), say("coding.none"))),
		Protein:  c.long("HGVS protein name", cmp.Or(proteinName(s.Consequence), say("protein.none"))),
		Genomic:  c.genomic(s.Variant),
		Zygosity: zygosity(c.f.Case, s.Variant, c.f.Case.Proband), Inheritance: c.inheritance(s),
		ClassNumber: cl.Class.Number(), ClassWord: cl.Class.Word(),
		Condition: given(diseaseName(s.Assessment)), MOI: given(moi(s.Unit.MOI)),
		Clause: cl.Clause,
	}
	if t := transcript(s.Consequence); t != "" && !strings.Contains(t, ".") {
		f.Transcript = say("limit.no_version")
	}
	f.Title = f.Gene + " " + f.Coding
	if codingName(s.Consequence) == "" {
		f.Title = f.Gene + " " + f.Genomic
	}
	f.Evidence = c.evidence(s)
	f.Total = total(cl)
	f.Adjustments = adjustments(cl)
	for _, flag := range cl.Flags {
		f.Flags = append(f.Flags, flagWords(flag))
	}
	f.NotCounted = rejected(s.Assessment)
	f.Comments = comments(s)
	return f, nil
}

func hgnc(s subject) string {
	if id := s.Consequence.HGNC; id != "" {
		return id
	}
	return s.Unit.Gene
}

func transcript(c review.Consequence) string {
	if c.Transcript != "" {
		return c.Transcript
	}
	t, _, _ := strings.Cut(c.HGVSc, ":")
	return t
}

// codingName is HGVS c. with its transcript in front.
func codingName(c review.Consequence) string {
	name := unescape(c.HGVSc)
	if name == "" || strings.Contains(name, ":") || c.Transcript == "" {
		return name
	}
	return c.Transcript + ":" + name
}

// proteinName is HGVS p. without its accession, in parentheses because it is
// predicted from the DNA and not observed.
func proteinName(c review.Consequence) string {
	name := unescape(c.HGVSp)
	if _, after, ok := strings.Cut(name, ":"); ok {
		name = after
	}
	rest, ok := strings.CutPrefix(name, "p.")
	if !ok || rest == "?" || strings.HasPrefix(rest, "(") {
		return name
	}
	return "p.(" + rest + ")"
}

// unescape undoes the one escape that VEP writes into HGVS.
func unescape(s string) string { return strings.ReplaceAll(s, "%3D", "=") }

// genomic writes the place as the file has it, 1-based, with its assembly. It
// is no HGVS g. name: that would need the reference sequence.
func (c *composer) genomic(v review.Variant) string {
	k := v.Key
	contig := k.Contig
	if len(contig) <= 2 {
		contig = "chr" + contig
	}
	return fmt.Sprintf("%s:%d %s>%s (%s)", contig, k.Pos, c.long("REF allele", k.Ref), c.long("ALT allele", k.Alt),
		given(string(k.Assembly)))
}

func moi(code string) string {
	if w, ok := inheritanceWords[code]; ok {
		return w
	}
	return code
}

// diseaseName is the name and identifier of the disease of the unit.
func diseaseName(a review.Assessment) string {
	var facts struct {
		Disease acmg.Disease `json:"disease"`
	}
	if len(a.Facts) > 0 && json.Unmarshal(a.Facts, &facts) != nil {
		return a.Unit.Disease
	}
	name, id := facts.Disease.Name, a.Unit.Disease
	if id == "" {
		id = facts.Disease.Mondo
	}
	if name != "" && id != "" {
		return name + " (" + id + ")"
	}
	return name + id
}

// evidence lists what counts, in the order it was decided, with the points the
// rule set gives each before anything is suppressed or capped.
func (c *composer) evidence(s subject) []EvidenceLine {
	out := []EvidenceLine{}
	for _, e := range s.Current() {
		if e.Decision != review.Accepted {
			continue
		}
		code := acmg.Code{Criterion: e.Code, Strength: e.Strength}
		out = append(out, EvidenceLine{
			Criterion: string(e.Code), Strength: e.Strength.Word(),
			Points: c.points(code), Reason: given(reason(e)),
		})
	}
	return out
}

// reason is what the person wrote, else what the proposal said that was accepted
// as it was; papers are named after it.
func reason(e review.EvidenceItem) string {
	s := strings.TrimSpace(e.Reason)
	if shown := e.Shown; shown != nil && shown.Reason != "" && shown.Reason != s {
		if s == "" {
			s = shown.Reason
		} else {
			s += " (" + said(shown.State) + ": " + shown.Reason + ")"
		}
	}
	for i, id := range e.PMIDs {
		s += [2]string{" PMID ", ", "}[min(i, 1)] + strconv.Itoa(id)
	}
	return strings.TrimSpace(s)
}

// said introduces what the program found: it proposed nothing but what was met.
func said(s acmg.State) string {
	switch s {
	case acmg.Met:
		return "proposed because"
	case acmg.NotMet:
		return "the program found it not met"
	case acmg.NotApplicable:
		return "the program found it not applicable"
	}
	return "the program did not assess it"
}

func signed(p acmg.Points) string {
	if p > 0 {
		return "+" + p.String()
	}
	return strings.Replace(p.String(), "-", "−", 1)
}

func total(cl acmg.Classification) string {
	if cl.StandAlone {
		return say("stand_alone")
	}
	s := signed(cl.Points) + " points"
	if cl.Points == 100 || cl.Points == -100 {
		s = signed(cl.Points) + " point"
	}
	if cl.Band != "" {
		s += " (" + cl.Band + ")"
	}
	return s
}

func adjustments(cl acmg.Classification) []string {
	var out []string
	add := func(key string, list []acmg.Suppression) {
		for _, s := range list {
			out = append(out, say(key, "code", s.Code, "by", s.By, "points", s.PointsLost.String(), "ref", s.Ref))
		}
	}
	add("suppressed", cl.Suppressed)
	add("capped", cl.Capped)
	return out
}

func flagWords(f acmg.Flag) string {
	if s, ok := wording["flag."+string(f)]; ok {
		return s
	}
	return strings.ReplaceAll(string(f), "_", " ")
}

func rejected(a review.Assessment) string {
	n := 0
	for _, e := range a.Current() {
		if e.Decision == review.Rejected {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return say("rejected.one")
	}
	return say("rejected.many", "n", strconv.Itoa(n))
}

func comments(s subject) []string {
	var out []string
	for _, t := range []string{s.Comment, s.review.Note} {
		if t = strings.TrimSpace(t); t != "" {
			out = append(out, say("comment", "text", t))
		}
	}
	return out
}

// points is what the rule set gives a code by itself.
func (c *composer) points(code acmg.Code) string {
	p, err := c.rs.PointsOf(code)
	switch {
	case code.Strength == acmg.StandAlone:
		return say("stand_alone")
	case err != nil:
		return say("points.none")
	}
	return signed(p)
}
