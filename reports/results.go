package reports

import (
	"slices"
	"strings"

	"garrod/review"
)

// results words the outcome, gene by gene, gravest first; one negative result
// when nothing of class 3 to 5 is reported.
func results(reported []subject, f review.Frozen) []Result {
	var out []Result
	for _, g := range byGene(reported) {
		out = append(out, g.result(f))
	}
	if len(out) == 0 {
		out = append(out, Result{Headline: say("headline.none"), Meaning: []string{say("meaning.0"), absence(f)}})
	}
	return out
}

// absence says what the lack of a record means, by what the case has of
// coverage.
func absence(f review.Frozen) string {
	coverage := say("coverage.unknown")
	if hasKind(f.Case, "gvcf") || hasKind(f.Case, "bed") {
		coverage = say("coverage.given")
	}
	return say("absence", "coverage", coverage)
}

func hasKind(c review.Case, kind string) bool {
	return slices.ContainsFunc(c.Files, func(f review.SourceFile) bool { return f.Kind == kind })
}

// gene is the reported variants of one gene for one disease, gravest first.
type gene []subject

func byGene(reported []subject) []gene {
	var out []gene
	at := map[string]int{}
	for _, s := range reported {
		if s.class() < 3 {
			continue
		}
		k := s.Unit.Gene + "\x00" + s.Consequence.Symbol + "\x00" + s.Unit.Disease + "\x00" + s.Unit.MOI
		if s.Unit.Gene+s.Consequence.Symbol == "" {
			k = s.Unit.Key
		}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], s)
	}
	return out
}

func (g gene) result(f review.Frozen) Result {
	r := Result{Class: g[0].class(), Headline: g.headline()}
	r.Meaning = append(r.Meaning, g.meaning(f)...)
	for _, s := range g {
		if z := call(s.Variant, f.Case.Proband); z.State != review.Called {
			r.Meaning = append(r.Meaning, say("zygosity.open"))
			break
		}
	}
	return r
}

func (g gene) headline() string {
	name := g[0].gene()
	if len(g) == 1 {
		return say("headline.one."+digit(g[0].class()), "gene", name)
	}
	count := "Several"
	if len(g) < len(countWords) {
		count = countWords[len(g)]
	}
	var classes []string
	for _, s := range g {
		classes = append(classes, strings.ToLower(s.review.Classification.Class.Word()))
	}
	if g[0].class() == g[len(g)-1].class() {
		return say("headline.many."+digit(g[0].class()), "gene", name, "count", count)
	}
	return say("headline.mixed", "gene", name, "count", count, "classes", strings.Join(classes, " and "))
}

func digit(n int) string { return string(rune('0' + n)) }

// meaning says what the classes, the mode of inheritance and the genotype mean
// together. A single copy in a recessive condition is never worded as a
// diagnosis.
func (g gene) meaning(f review.Frozen) []string {
	name, disease := g[0].gene(), g.disease()
	of := func(class int) string { return say("meaning."+digit(class), "disease", disease) }
	first := g[0].class()
	switch g[0].Unit.MOI {
	case "AR":
		return g.recessive(f, of)
	case "XLR":
		if g.oneOfTwoCopies(f) {
			return []string{say("xl.single", "gene", name)}
		}
	case "MT":
		return []string{of(first), say("mt.level")}
	case "":
		return []string{of(first), say("moi.unknown")}
	}
	if g[0].Variant.Key.Contig == "MT" {
		return []string{of(first), say("mt.level")}
	}
	return []string{of(first)}
}

func (g gene) recessive(f review.Frozen, of func(int) string) []string {
	if g.twoCopies(f) {
		return []string{of(g[0].class())}
	}
	if len(g) == 1 {
		out := []string{say("ar.single", "gene", g[0].gene())}
		if g[0].class() == 3 {
			out = append([]string{of(3)}, out...)
		}
		return out
	}
	weakest := of(g[1].class())
	switch g.phase() {
	case "trans":
		out := []string{weakest, say("ar.trans")}
		if g[0].class() != g[1].class() {
			out = append(out, say("class.weakest"))
		}
		return out
	case "cis":
		return []string{say("ar.cis")}
	}
	return []string{say("ar.unknown"), weakest}
}

// twoCopies reports whether the gravest variant is called on every copy.
func (g gene) twoCopies(f review.Frozen) bool {
	x := call(g[0].Variant, f.Case.Proband)
	return x.State == review.Called && x.Copies > 0 && x.Copies == x.Ploidy
}

func (g gene) oneOfTwoCopies(f review.Frozen) bool {
	x := call(g[0].Variant, f.Case.Proband)
	return x.State == review.Called && x.Ploidy == 2 && x.Copies == 1
}

// phase is what the labels of the two gravest variants say of each other: trans
// or cis when one of them names the other so, else unknown.
func (g gene) phase() string {
	found := ""
	for i := range 2 {
		other := g[1-i].Unit.Key
		for _, l := range g[i].Labels {
			if !slices.Contains(l.Partner, other) || l.Phase != "trans" && l.Phase != "cis" {
				continue
			}
			if found != "" && found != l.Phase {
				return "unknown"
			}
			found = l.Phase
		}
	}
	if found == "" {
		return "unknown"
	}
	return found
}

func (g gene) disease() string {
	if d := diseaseName(g[0].Assessment); d != "" {
		return d
	}
	if g[0].Consequence.Symbol == "" {
		return say("disease.none")
	}
	return say("disease.gene", "gene", g[0].Consequence.Symbol)
}
