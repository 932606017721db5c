package identity

import "garrod/review"

// declared tells how a pedigree relates two people, and the kinship coefficient
// that follows; known is false where it tells none.
func declared(f review.Family, a, b string) (r Relation, phi float64, known bool) {
	x, okA := f.Member(a)
	y, okB := f.Member(b)
	if !okA || !okB {
		return NotStated, 0, false
	}
	phi = kinship(f, a, b, 0)
	same := func(p, q string) bool { return p != "" && p == q }
	mother, father := same(x.Mother, y.Mother), same(x.Father, y.Father)
	switch {
	case areTwins(x, y):
		return MonozygoticTwins, 0.5, true
	case isParent(x, y), isParent(y, x):
		return ParentChild, phi, true
	case mother && father:
		return FullSiblings, phi, true
	case mother && (x.Father == "" || y.Father == ""), father && (x.Mother == "" || y.Mother == ""):
		return Siblings, phi, false
	case mother || father:
		return HalfSiblings, phi, true
	case phi == 0 && !haveChild(f, a, b):
		return NotStated, 0, false
	case phi == 0:
		return Unrelated, 0, true
	}
	return remote(f, x, y, phi), phi, true
}

// remote names kin who are neither parent and child nor siblings.
func remote(f review.Family, x, y review.Member, phi float64) Relation {
	const second, third = 0.125, 0.0625
	switch {
	case isGrandparent(f, x, y) || isGrandparent(f, y, x):
		return Grandparent
	case phi >= second:
		return Avuncular
	case phi >= third:
		return ThirdDegree
	}
	return Distant
}

// areTwins reports whether the pedigree declares monozygotic twins.
func areTwins(x, y review.Member) bool { return x.Twin != "" && x.Twin == y.Twin }

func isParent(p, child review.Member) bool { return child.Mother == p.ID || child.Father == p.ID }

func isGrandparent(f review.Family, g, child review.Member) bool {
	for _, id := range []string{child.Mother, child.Father} {
		if m, ok := f.Member(id); ok && isParent(g, m) {
			return true
		}
	}
	return false
}

func haveChild(f review.Family, a, b string) bool {
	for _, m := range f.Members {
		if m.Mother == a && m.Father == b || m.Mother == b && m.Father == a {
			return true
		}
	}
	return false
}

// maxGenerations bounds the walk up a pedigree, in which ParsePED allows no
// circle.
const maxGenerations = 30

// kinship is the chance that alleles drawn from two people are copies of one
// allele of a common ancestor, all founders taken as unrelated.
func kinship(f review.Family, a, b string, depth int) float64 {
	x, okA := f.Member(a)
	y, okB := f.Member(b)
	switch {
	case !okA || !okB || depth > maxGenerations:
		return 0
	case a == b:
		return 0.5 + 0.5*kinship(f, x.Mother, x.Father, depth+1)
	}
	// The younger of the two is replaced by the parents.
	if isAncestor(f, a, b, 0) || generations(f, b, 0) > generations(f, a, 0) {
		x, y = y, x
	}
	return 0.5 * (kinship(f, x.Mother, y.ID, depth+1) + kinship(f, x.Father, y.ID, depth+1))
}

// generations counts those above a person in the pedigree.
func generations(f review.Family, id string, depth int) int {
	m, ok := f.Member(id)
	if !ok || depth > maxGenerations {
		return 0
	}
	return 1 + max(generations(f, m.Mother, depth+1), generations(f, m.Father, depth+1))
}

func isAncestor(f review.Family, a, of string, depth int) bool {
	m, ok := f.Member(of)
	if !ok || depth > maxGenerations {
		return false
	}
	for _, id := range []string{m.Mother, m.Father} {
		if id != "" && (id == a || isAncestor(f, a, id, depth+1)) {
			return true
		}
	}
	return false
}
