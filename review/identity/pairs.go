package identity

import (
	"fmt"
	"slices"
)

// pairCount counts the genotypes of two people side by side, chromosome by
// chromosome.
type pairCount struct {
	a, b    int
	now     pairTable // of the chromosome in hand
	by      [23]pairTable
	seen    int64   // sites of now when the last window ended
	windows [23]int // with sites
}

// pairTable counts sites by the genotypes of two people: the first one's times
// four plus the second one's.
type pairTable [16]int64

func cell(a, b geno) int { return int(a)<<2 | int(b) }

// sites counts those where both are called and either has the alternative allele.
func (t *pairTable) sites() int64 {
	n := int64(0)
	for a := hom0; a <= hom2; a++ {
		for b := hom0; b <= hom2; b++ {
			n += t[cell(a, b)]
		}
	}
	return n - t[cell(hom0, hom0)]
}

func (p *pairCount) closeWindow(chromosome int) {
	if n := p.now.sites(); n > p.seen {
		p.seen = n
		p.windows[chromosome]++
	}
}

func (p *pairCount) closeChromosome(chromosome int) {
	for i, n := range p.now {
		p.by[chromosome][i] += n
	}
	p.now, p.seen = pairTable{}, 0
}

// total is the count of all chromosomes but some. A chromosome with sites in one
// window only is none.
func (p *pairCount) total(without []int) (t pairTable, windows, chromosomes int) {
	for n := range p.by {
		if slices.Contains(without, n) {
			continue
		}
		for i, x := range p.by[n] {
			t[i] += x
		}
		windows += p.windows[n]
		if p.windows[n] > 1 {
			chromosomes++
		}
	}
	return t, windows, chromosomes
}

// opposite counts sites without a common allele.
func (t *pairTable) opposite() int64 { return t[cell(hom0, hom2)] + t[cell(hom2, hom0)] }

// hets counts the heterozygous sites of each where both are called.
func (t *pairTable) hets() (a, b int64) {
	for g := hom0; g <= hom2; g++ {
		a += t[cell(het1, g)]
		b += t[cell(g, het1)]
	}
	return a, b
}

// phi is the kinship coefficient by the estimator of KING for pairs of whom
// nothing else is known (Manichaikul 2010, equation 11): it needs no allele
// frequencies, and strangers of different descent come out below zero. ok is
// false without heterozygous sites.
func (t *pairTable) phi() (phi float64, ok bool) {
	a, b := t.hets()
	least := float64(min(a, b))
	if least == 0 {
		return 0, false
	}
	shared := float64(t[cell(het1, het1)]) - 2*float64(t.opposite())
	return shared/(2*least) + 0.5 - float64(a+b)/(4*least), true
}

// variantsOnly reports whether the file seems to hold no reference calls for one
// of the two, as a merge of single samples does: then the sites that are compared
// are those both vary at, and everybody looks related. Two samples of one person
// have no reference calls either, but nearly all variants of one are called in
// the other.
func (t *pairTable) variantsOnly(k *KinshipParams) bool {
	a := t[cell(hom0, het1)] + t[cell(hom0, hom2)]
	b := t[cell(het1, hom0)] + t[cell(hom2, hom0)]
	n := float64(t.sites())
	if float64(min(a, b)) >= k.MinReferenceShare*n {
		return false
	}
	lostB := t[cell(het1, unknown)] + t[cell(hom2, unknown)]
	lostA := t[cell(unknown, het1)] + t[cell(unknown, hom2)]
	both := n - float64(a) - float64(b)
	return both < k.MinOverlap*(both+float64(max(lostA, lostB)))
}

func (m *measure) pair(c *pairCount, hints []Disomy) Pair {
	k := &m.p.Kinship
	p := Pair{A: m.people[c.a].id, B: m.people[c.b].id, Measured: Unknown}
	var expected float64
	var known bool
	p.Declared, expected, known = declared(m.family, p.A, p.B)
	if known {
		p.Expected = &expected
	}
	var without []int
	for _, h := range hints {
		if p.Declared == ParentChild && (h.Child == p.A || h.Child == p.B) && !slices.Contains(p.LeftOut, h.Contig) {
			p.LeftOut = append(p.LeftOut, h.Contig)
			without = append(without, autosome(h.Contig))
		}
	}
	t, windows, chromosomes := c.total(without)
	p.Sites, p.Windows, p.Chromosomes = t.sites(), windows, chromosomes
	p.Hets = min(t.hets())
	if p.Sites > 0 {
		ibs0 := float64(t.opposite()) / float64(p.Sites)
		p.IBS0 = &ibs0
	}
	if phi, ok := t.phi(); ok {
		p.Phi = &phi
	}
	if why := t.tooFew(k, p); why != "" {
		p.Verdict, p.Why = NotAssessed, why
		return p
	}
	p.Measured = k.relation(*p.Phi, *p.IBS0)
	p.Verdict, p.Why = k.judge(p)
	return p
}

// tooFew says why a pair cannot be judged, empty where it can.
func (t *pairTable) tooFew(k *KinshipParams, p Pair) string {
	switch {
	case p.Hets < int64(k.MinHets):
		return fmt.Sprintf("%d of the %d heterozygous sites that are needed", p.Hets, k.MinHets)
	case p.Windows < k.MinWindows:
		return fmt.Sprintf("sites in %d of the %d windows of %s that are needed", p.Windows, k.MinWindows, megabases(int64(k.Window)))
	case t.variantsOnly(k):
		return variantsOnlyText
	}
	return ""
}

const variantsOnlyText = "the file holds hardly any reference calls, as a merge of single samples: a joint call is needed"

// relation names what phi and IBS0 say.
func (k *KinshipParams) relation(phi, ibs0 float64) Relation {
	switch {
	case phi > k.TwinPhi:
		return SamePerson
	case phi >= k.FirstPhi && ibs0 <= k.ParentMaxIBS0:
		return ParentChild
	case phi >= k.FirstPhi:
		return FullSiblings
	case phi >= k.SecondPhi:
		return SecondDegree
	case phi >= k.ThirdPhi:
		return ThirdDegree
	}
	return Unrelated
}

// judge holds a measured pair against the pedigree.
func (k *KinshipParams) judge(p Pair) (Verdict, string) {
	phi := *p.Phi
	near := func(low, high float64) bool { return phi >= low-k.Tolerance && phi < high+k.Tolerance }
	var fits bool
	switch p.Declared {
	case NotStated:
		if p.Measured == SamePerson {
			return Contradicts, "two samples of one person, or monozygotic twins who are not declared"
		}
		return NotDeclared, "the pedigree states no relation"
	case MonozygoticTwins:
		fits = p.Measured == SamePerson
	case ParentChild, FullSiblings:
		fits = p.Measured == p.Declared
	case Siblings:
		fits = p.Measured == FullSiblings || near(k.SecondPhi, k.FirstPhi)
	case Unrelated, Distant:
		fits = phi < k.SecondPhi
	default:
		fits = k.fitsExpected(*p.Expected, near)
	}
	what := fmt.Sprintf("declared %s, measured %s", p.Declared.text(), p.Measured.text())
	switch {
	case p.Chromosomes < k.MinChromosomes && !k.plain(p):
		return NotAssessed, fmt.Sprintf("%s, but on %d of the %d chromosomes that are needed", what, p.Chromosomes, k.MinChromosomes)
	case fits && p.Declared == p.Measured:
		return Agrees, p.Measured.text() + ", as declared"
	case fits:
		return Agrees, what
	}
	return Contradicts, what
}

// plain reports whether few chromosomes tell enough: parent and child share an
// allele everywhere, strangers do not.
func (k *KinshipParams) plain(p Pair) bool {
	unlike := p.Measured == Unrelated && *p.IBS0 > k.ParentMaxIBS0
	switch p.Declared {
	case ParentChild:
		return unlike || p.Measured == ParentChild
	case Unrelated:
		return unlike
	}
	return false
}

// fitsExpected judges kin beyond the first degree by the coefficient that the
// pedigree gives.
func (k *KinshipParams) fitsExpected(expected float64, near func(low, high float64) bool) bool {
	switch {
	case expected >= k.FirstPhi:
		return near(k.FirstPhi, k.TwinPhi)
	case expected >= k.SecondPhi:
		return near(k.SecondPhi, k.FirstPhi)
	}
	return near(k.ThirdPhi, k.SecondPhi)
}

// text is the relation as a sentence has it.
func (r Relation) text() string {
	if t, ok := relationTexts[r]; ok {
		return t
	}
	return "unknown"
}

var relationTexts = map[Relation]string{
	MonozygoticTwins: "monozygotic twins", Siblings: "siblings", HalfSiblings: "half-siblings",
	Grandparent: "grandparent and grandchild", Avuncular: "uncle or aunt and nephew or niece",
	Distant: "distant kin", NotStated: "nothing", SamePerson: "one person or monozygotic twins",
	SecondDegree: "kin of the second degree", ThirdDegree: "kin of the third degree",
	ParentChild: "parent and child", FullSiblings: "full siblings", Unrelated: "unrelated",
}
