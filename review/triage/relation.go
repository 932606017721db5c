package triage

import (
	"fmt"
	"strings"

	"garrod/review"
)

// relationTo names m's relation to the proband, for facts (proband, mother,
// father, sibling, child, other) and for sentences.
func (g *graph) relationTo(proband, m review.Member) (relation, word string) {
	switch {
	case m.ID == proband.Mother:
		return "mother", "mother"
	case m.ID == proband.Father:
		return "father", "father"
	case m.Mother == proband.ID || m.Father == proband.ID:
		return "child", bySex(m, "son", "daughter", "child")
	case g.twins(proband.ID, m.ID):
		return "sibling", "identical twin " + bySex(m, "brother", "sister", "sibling")
	}
	sameMother := m.Mother != "" && m.Mother == proband.Mother
	sameFather := m.Father != "" && m.Father == proband.Father
	switch {
	case sameMother && sameFather:
		return "sibling", bySex(m, "brother", "sister", "sibling")
	case sameMother || sameFather:
		return "other", bySex(m, "half-brother", "half-sister", "half-sibling")
	}
	if word = g.farWord(proband, m); word != "" {
		return "other", word
	}
	return "other", fmt.Sprintf("relative %s", m.ID)
}

func bySex(m review.Member, male, female, neither string) string {
	switch m.Sex {
	case review.Male:
		return male
	case review.Female:
		return female
	}
	return neither
}

// farWord names relatives beyond parents, brothers and children by the nearest
// shared ancestor; empty where there is no plain word.
func (g *graph) farWord(proband, m review.Member) string {
	up, down, ok := g.steps(proband.ID, m.ID)
	switch {
	case !ok:
		return ""
	case down == 0 && up >= 2:
		return g.side(proband, m) + strings.Repeat("great-", up-2) + bySex(m, "grandfather", "grandmother", "grandparent")
	case up == 0 && down == 2:
		return bySex(m, "grandson", "granddaughter", "grandchild")
	case up == 2 && down == 1:
		return g.side(proband, m) + bySex(m, "uncle", "aunt", "uncle or aunt")
	case up == 1 && down == 2:
		return bySex(m, "nephew", "niece", "nephew or niece")
	case up == 2 && down == 2:
		return g.side(proband, m) + "cousin " + m.ID
	}
	return ""
}

// steps gives the generations from a up to the nearest shared ancestor and from
// there down to b.
func (g *graph) steps(a, b string) (up, down int, ok bool) {
	other := g.ancestors(b)
	for who, n := range g.ancestors(a) {
		if o, is := other[who]; is && (!ok || n+o < up+down || n+o == up+down && n < up) {
			up, down, ok = n, o, true
		}
	}
	return up, down, ok
}

// side tells the mother's relatives from the father's; empty where they are
// both or neither.
func (g *graph) side(proband, m review.Member) string {
	maternal := proband.Mother != "" && g.related(proband.Mother, m.ID)
	paternal := proband.Father != "" && g.related(proband.Father, m.ID)
	switch {
	case maternal && !paternal:
		return "maternal "
	case paternal && !maternal:
		return "paternal "
	}
	return ""
}

// isAlone reports whether the pedigree connects a person with nobody, so that
// the relation is unknown rather than none.
func (g *graph) isAlone(id string) bool {
	if m := g.at[id]; m.Mother != "" || m.Father != "" {
		return false
	}
	for _, m := range g.at {
		if m.Mother == id || m.Father == id {
			return false
		}
	}
	return true
}

// bloodRelative reports whether m may have an allele from the same ancestor as
// the proband. People who married into the family do not; people whom the
// pedigree connects with nobody count, for their relation is not known.
func (g *graph) bloodRelative(proband, m string) bool {
	return g.related(proband, m) || g.isAlone(proband) || g.isAlone(m)
}

// consanguinity says why the proband's parents may have given the same allele:
// by the pedigree, or by their measured kinship; empty where nothing says so.
func (g *graph) consanguinity(f review.Family, proband review.Member, least float64) string {
	m, fa := proband.Mother, proband.Father
	if m == "" || fa == "" {
		return ""
	}
	var parts []string
	if k := g.kinship(m, fa); k > 0 {
		parts = append(parts, fmt.Sprintf("the parents are related by the pedigree (nearest shared ancestors %s; coefficient of inbreeding %.3g)",
			strings.Join(g.shared(m, fa), ", "), k))
	}
	if k, ok := f.MeasuredKinship(m, fa); ok && k >= least {
		parts = append(parts, fmt.Sprintf("the parents' genotypes give a coefficient of kinship of %.3g, at least %.3g", k, least))
	}
	if len(parts) == 0 {
		return ""
	}
	return sentence(parts...) + ": one ancestor's allele on both copies is expected"
}
