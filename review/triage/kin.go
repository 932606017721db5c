package triage

import (
	"slices"

	"garrod/review"
)

// graph is the pedigree as parents and children. Loops of consanguinity are
// ordinary; a person who is their own ancestor (no pedigree file with one is
// taken, see review.ParsePED) counts as having no parents, so that nothing here
// can hang.
type graph struct {
	at    map[string]review.Member
	depth map[string]int // generations below the founders
	phi   map[[2]string]float64
	lines map[string]map[string]int // ancestors of a person, with the fewest generations to each
}

func newGraph(f review.Family) *graph {
	g := &graph{at: map[string]review.Member{}, depth: map[string]int{}, phi: map[[2]string]float64{}, lines: map[string]map[string]int{}}
	for _, m := range f.Members {
		g.at[m.ID] = m
	}
	for _, m := range f.Members {
		g.measure(m.ID, map[string]bool{})
	}
	return g
}

// measure finds the depth of a person, and cuts the parents off where the walk
// to the founders comes back to its start.
func (g *graph) measure(id string, open map[string]bool) int {
	if d, ok := g.depth[id]; ok {
		return d
	}
	m, ok := g.at[id]
	if !ok {
		return 0
	}
	open[id] = true
	d := 0
	for _, parent := range []string{m.Father, m.Mother} {
		switch {
		case parent == "":
		case open[parent]:
			m.Father, m.Mother = "", ""
			g.at[id] = m
			d = 0
		default:
			d = max(d, g.measure(parent, open)+1)
		}
	}
	delete(open, id)
	g.depth[id] = d
	return d
}

// twins reports whether a and b are declared identical twins.
func (g *graph) twins(a, b string) bool {
	x, y := g.at[a], g.at[b]
	return a != b && x.Twin != "" && x.Twin == y.Twin && x.Mother == y.Mother && x.Father == y.Father
}

// kinship is the coefficient of kinship that the pedigree gives two people: the
// chance that one allele drawn from each is the same by descent. Founders are
// taken to be unrelated. (Malécot's recursion, as in Lange 2002, Mathematical
// and Statistical Methods for Genetic Analysis, chapter 5.)
func (g *graph) kinship(a, b string) float64 {
	if g.at[a].ID == "" || g.at[b].ID == "" {
		return 0
	}
	if g.twins(a, b) {
		b = a
	}
	if g.depth[a] < g.depth[b] {
		a, b = b, a
	}
	pair := [2]string{a, b}
	if k, ok := g.phi[pair]; ok {
		return k
	}
	m := g.at[a] // the younger one: never an ancestor of b
	k := (g.kinship(m.Father, b) + g.kinship(m.Mother, b)) / 2
	if a == b {
		k = (1 + g.kinship(m.Father, m.Mother)) / 2
	}
	g.phi[pair] = k
	return k
}

// ancestors gives everybody above a person, and the person with 0, with the
// fewest generations between them.
func (g *graph) ancestors(id string) map[string]int {
	if a, ok := g.lines[id]; ok {
		return a
	}
	a := map[string]int{}
	if id == "" {
		return a
	}
	a[id] = 0
	m := g.at[id]
	for _, parent := range []string{m.Father, m.Mother} {
		for who, n := range g.ancestors(parent) {
			if have, ok := a[who]; !ok || n+1 < have {
				a[who] = n + 1
			}
		}
	}
	g.lines[id] = a
	return a
}

// related reports whether two people have an ancestor in common or one descends
// from the other.
func (g *graph) related(a, b string) bool {
	up := g.ancestors(a)
	for who := range g.ancestors(b) {
		if _, ok := up[who]; ok {
			return true
		}
	}
	return false
}

// shared lists the nearest ancestors that two people have in common, in order
// of their names: those without a shared ancestor below them on both sides.
func (g *graph) shared(a, b string) []string {
	up, other := g.ancestors(a), g.ancestors(b)
	least := -1
	var out []string
	for who, n := range up {
		o, ok := other[who]
		switch {
		case !ok:
		case least < 0 || n+o < least:
			least, out = n+o, []string{who}
		case n+o == least:
			out = append(out, who)
		}
	}
	slices.Sort(out)
	return out
}

// line is the earliest known ancestor through mothers only, or through fathers
// only: two people with the same one have the same mitochondrial genome, or as
// males the same Y.
func (g *graph) line(id string, up func(review.Member) string) string {
	for range len(g.at) {
		parent := up(g.at[id])
		if parent == "" {
			break
		}
		id = parent
	}
	return id
}

func byMother(m review.Member) string { return m.Mother }
func byFather(m review.Member) string { return m.Father }
