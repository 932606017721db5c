package acmg

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math/bits"
	"slices"
)

func keysOf[M ~map[string]V, V any](m M) iter.Seq[string] { return maps.Keys(m) }

// loss is one code that gives way to another.
type loss struct {
	it, by *item
	pair   Pair
}

// settle applies the pairs that take evidence away. Within one side it keeps
// the codes that count most together, so that the weaker of a pair gives way
// and adding evidence never lowers the total; among equals the pair's A stays.
// Then, among what is left, codes yield to or exclude those of the other side.
func (c *combination) settle() {
	dropped := c.choose(Benign, nil)
	dropped = append(dropped, c.choose(Pathogenic, dropped)...)
	dropped = append(dropped, c.opposed(goneOf(dropped))...)
	slices.SortStableFunc(dropped, func(a, b loss) int {
		return cmp.Or(c.rs.compareCriteria(a.it.Criterion, b.it.Criterion), cmp.Compare(b.it.Strength, a.it.Strength))
	})
	for _, l := range dropped {
		c.suppress(l.it, l.by.Code, l.pair.Text+", "+c.rs.Ref(l.pair.Source))
	}
}

func goneOf(losses []loss) map[*item]bool {
	gone := map[*item]bool{}
	for _, l := range losses {
		gone[l.it] = true
	}
	return gone
}

// conflict is a suppressing pair of which both codes were accepted.
type conflict struct {
	a, b *item
	pair Pair
}

func (c *combination) conflicts(action PairAction) []conflict {
	var list []conflict
	for _, id := range sortedKeys(c.rs.Pairs) {
		p := c.rs.Pairs[id]
		a, b := c.find(p.A), c.find(p.B)
		if p.Action == action && a != nil && b != nil {
			list = append(list, conflict{a, b, p})
		}
	}
	return list
}

func (c *combination) find(k Criterion) *item {
	i := slices.IndexFunc(c.items, func(it *item) bool { return it.Criterion == k })
	if i < 0 {
		return nil
	}
	return c.items[i]
}

// choose looks at every way to resolve the suppressing pairs of one side and
// answers the losses of the best.
func (c *combination) choose(d Direction, before []loss) []loss {
	var fights []conflict
	var fighters []*item
	for _, f := range c.conflicts(Suppress) {
		if f.a.rule.Direction != d {
			continue
		}
		fights = append(fights, f)
		for _, it := range []*item{f.a, f.b} {
			if !slices.Contains(fighters, it) {
				fighters = append(fighters, it)
			}
		}
	}
	slices.SortFunc(fighters, func(a, b *item) int { return c.rs.compareCriteria(a.Criterion, b.Criterion) })
	var best []loss
	var bestScore Points
	bestUpsets, found := 0, false
	for mask := range uint(1) << len(fighters) {
		kept := map[*item]bool{}
		for m := mask; m != 0; m &= m - 1 {
			kept[fighters[bits.TrailingZeros(m)]] = true
		}
		losses, upsets, ok := resolveFights(fights, fighters, kept)
		if !ok {
			continue
		}
		score := c.score(d, append(slices.Clone(before), losses...))
		if !found || score > bestScore || score == bestScore && upsets < bestUpsets {
			best, bestScore, bestUpsets, found = losses, score, upsets, true
		}
	}
	return best
}

// resolveFights lists who gives way to whom when kept stay; false when two kept
// ones exclude each other or a code is dropped for nobody. upsets counts the
// pairs in which A gives way.
func resolveFights(fights []conflict, fighters []*item, kept map[*item]bool) (losses []loss, upsets int, ok bool) {
	winner := map[*item]loss{}
	for _, f := range fights {
		l := loss{it: f.b, by: f.a, pair: f.pair}
		switch {
		case kept[f.a] && kept[f.b]:
			return nil, 0, false
		case kept[f.b]:
			l.it, l.by = f.a, f.b
			upsets++
		case !kept[f.a]:
			continue
		}
		if old, had := winner[l.it]; !had || l.by.points.magnitude() > old.by.points.magnitude() {
			winner[l.it] = l
		}
	}
	for _, it := range fighters {
		if l, lost := winner[it]; lost {
			losses = append(losses, l)
		} else if !kept[it] {
			return nil, 0, false
		}
	}
	return losses, upsets, true
}

// score is what one side would count after the losses: its own points, and for
// the pathogenic side the total with yields, exclusions and caps as well.
func (c *combination) score(d Direction, losses []loss) Points {
	gone := goneOf(losses)
	if d == Pathogenic {
		maps.Copy(gone, goneOf(c.opposed(gone)))
	}
	var copies []*item
	var total Points
	for _, it := range c.items {
		if !gone[it] && (d == Pathogenic || it.rule.Direction == d) {
			twin := *it
			copies = append(copies, &twin)
		}
	}
	if d == Pathogenic && c.rs.Combining.Caps {
		capped(c.rs, copies)
	}
	for _, it := range copies {
		total += it.points
	}
	if d == Benign {
		return total.magnitude()
	}
	return total
}

// opposed lists what gives way across the sides, given what is gone already.
func (c *combination) opposed(gone map[*item]bool) []loss {
	gone = maps.Clone(gone)
	var losses []loss
	drop := func(it, by *item, p Pair) {
		losses = append(losses, loss{it, by, p})
		gone[it] = true
	}
	for _, f := range c.conflicts(Yield) {
		if !gone[f.a] && !gone[f.b] {
			drop(f.b, f.a, f.pair)
		}
	}
	for _, f := range c.conflicts(Exclude) {
		if gone[f.a] || gone[f.b] {
			continue
		}
		a, b := f.a.points.magnitude(), f.b.points.magnitude()
		if a <= b {
			drop(f.a, f.b, f.pair)
		}
		if b <= a {
			drop(f.b, f.a, f.pair)
		}
	}
	return losses
}

// capped reduces the weaker members of each cap and lists what they lost. The
// strongest member always keeps its points.
func capped(rs *RuleSet, items []*item) []Suppression {
	var list []Suppression
	for _, id := range sortedKeys(rs.Caps) {
		rule := rs.Caps[id]
		var members []*item
		for _, it := range items {
			if !it.gone && slices.Contains(rule.Members, it.Criterion) {
				members = append(members, it)
			}
		}
		slices.SortStableFunc(members, func(a, b *item) int { return cmp.Compare(b.points, a.points) })
		room := Points(rule.Max)
		for i, it := range members {
			lost := it.points - min(it.points, max(room, 0))
			if i > 0 && lost > 0 {
				it.points -= lost
				list = append(list, Suppression{
					Code: it.Code.String(), By: members[0].Code.String(), PointsLost: lost,
					Ref: fmt.Sprintf("%s (at most %s points), %s", rule.Text, Points(rule.Max), rs.Ref(rule.Source)),
				})
			}
			room -= it.points
		}
	}
	return list
}
