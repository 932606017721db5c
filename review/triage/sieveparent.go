package triage

import (
	"context"
	"slices"

	"garrod/review"
	"garrod/review/summary"
)

// fromParent finds rows that the inheritance step removes for certain: plain
// heterozygotes on autosomes that a healthy parent plainly has too. Of all that
// single gives to them none is left but ModelDominantReduced, or no label: they
// are not new, the parent's share of reads is not that of a mosaic, and the other
// labels ask for two copies or another place.
type fromParent struct {
	v       *sieve
	parents []int // columns of Calls
	// second says that a second allele may give a row a label that is asked for,
	// which columns do not tell of a row with a gene.
	second bool
	plain  []bool // the sets without an imprinted gene
	share  uint8  // a heterozygote's share of reads, at least
}

// newFromParent returns nil where the filter or the family leaves nothing to find.
func (s *sift) newFromParent() *fromParent {
	q, k := s.p.f.Inheritance, s.p.kin
	if q == nil || len(s.p.late) == 0 || s.p.late[0].name != stepInheritance || s.v.proband < 0 ||
		q.accepts(review.Label{Model: ModelDominantReduced}) {
		return nil
	}
	// One hundredth more, for the column is rounded.
	f := &fromParent{v: s.v, second: !s.p.decidesAlone(), share: uint8(min((k.p.HetMinFraction+0.01)*200, summary.Most)) + 1}
	for _, r := range []*relative{k.mother, k.father} {
		if r == nil || !r.isUnaffected() {
			continue
		}
		if i := slices.Index(s.v.Head.Samples, r.ID); i >= 0 {
			f.parents = append(f.parents, i)
		}
	}
	if f.parents == nil {
		return nil
	}
	f.plain = make([]bool, len(s.v.GeneSets))
	for i, set := range s.v.GeneSets {
		f.plain[i] = !slices.ContainsFunc(set, func(g summary.Gene) bool {
			return slices.ContainsFunc(imprints, func(m imprint) bool { return m.gene == g.Symbol })
		})
	}
	return f
}

// oddCell are the bits that a plain diploid call does not have.
const oddCell = summary.GTOthers | summary.GTHaploid | summary.GTPolyploid

// has reports whether a row is one.
func (f *fromParent) has(row int) bool {
	v := f.v
	if v.Flags[row]&summary.FlagSeeRecord != 0 || v.Flags[row].Kind() != review.SmallVariant ||
		!f.plain[v.Genes[row]] || f.second && (v.Genes[row] != 0 || v.Allele[row] == summary.LongAllele) {
		return false
	}
	if g := v.Calls[v.proband].GT[row]; g.Copies() != 1 || !f.carries(v.proband, row) {
		return false
	}
	return slices.ContainsFunc(f.parents, func(i int) bool { return f.carries(i, row) })
}

// carries reports whether a person plainly has the allele.
func (f *fromParent) carries(person, row int) bool {
	c := &f.v.Calls[person]
	g := c.GT[row]
	return g.State() == summary.GTCalled && g&oddCell == 0 && g.Copies() > 0 && (c.Share[row] == summary.Unknown || c.Share[row] >= f.share)
}

// dropInherited drops the survivors that the inheritance step removes for
// certain, and reports whether there were any.
func (s *sift) dropInherited(ctx context.Context) (bool, error) {
	total := 0
	for i := range s.parts {
		total += len(s.parts[i].survivors)
	}
	f := s.newFromParent()
	if f == nil || total < s.pickFrom {
		return false, nil
	}
	before := s.lateRemoved[0]
	for i := range s.parts {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		r := &s.parts[i]
		if len(r.survivors) == 0 || siteOf(s.v.Key(r.from)) != autosomal || isSexChromosome(s.v.Contig(r.from)) {
			continue
		}
		p := picked{}
		r.survivors = slices.DeleteFunc(r.survivors, func(at uint16) bool {
			row := r.from + int(at)
			if !f.has(row) || !s.v.mayDrop(row, &p) {
				return false
			}
			s.lateRemoved[0]++
			return true
		})
		s.w.Conflicting += p.conflicting
	}
	return s.lateRemoved[0] > before, nil
}

// isSexChromosome reports whether a contig has places with one copy in males.
func isSexChromosome(contig string) bool { return contig == "X" || contig == "Y" }
