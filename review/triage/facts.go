package triage

import (
	"slices"
	"strings"

	"garrod/review"
	"garrod/review/acmg"
)

// UnitOf is the unit a row is assessed in unless a person chooses another one:
// the gene and transcript of the chosen consequence, and the mode of inheritance
// of the case's panel where it names just one.
func UnitOf(c *review.Case, r Row) acmg.Unit {
	u := acmg.Unit{Key: r.Variant.Key.String(), Assembly: string(r.Variant.Key.Assembly)}
	k, ok := r.Consequence()
	if !ok {
		return u
	}
	u.Gene, u.Transcript = hgncID(k.HGNC), transcriptID(k)
	if g, ok := newPanelGenes(c.Panel).find(k); ok {
		u.MOI = modeOfInheritance(g.MOI)
	}
	return u
}

// modeOfInheritance turns a panel's words into a mode of the facts schema. It
// is empty where the panel names none or several.
func modeOfInheritance(s string) string {
	switch up := strings.ToUpper(strings.TrimSpace(s)); {
	case slices.Contains([]string{"AD", "AR", "SD", "XLD", "XLR", "YL", "MT"}, up):
		return up
	case strings.HasPrefix(up, "MONOALLELIC"):
		return "AD"
	case strings.HasPrefix(up, "BIALLELIC"):
		return "AR"
	case strings.HasPrefix(up, "X-LINKED") && strings.Contains(up, "BIALLELIC MUTATIONS IN FEMALES"):
		return "XLR"
	case strings.HasPrefix(up, "X-LINKED") && strings.Contains(up, "MONOALLELIC MUTATIONS IN FEMALES"):
		return "XLD"
	case strings.HasPrefix(up, "MITOCHONDRIAL"):
		return "MT"
	}
	return ""
}

// Unclassified is the class of a partner that this laboratory has not
// classified.
const Unclassified = "unclassified"

// BuildFacts puts together what the case's files say of a row, for unit u.
// classes gives this laboratory's class of other alleles by key, for partners in
// the gene; it may be nil. Nothing is invented: what the files do not give stays
// nil, so that criteria which need it are not assessed.
func BuildFacts(c *review.Case, r Row, u acmg.Unit, classes map[string]acmg.Class) *acmg.Facts {
	v := &r.Variant
	f := &acmg.Facts{
		ID: string(c.ID) + ":" + v.Key.String(), Schema: acmg.FactsSchema,
		Assembly: string(v.Key.Assembly), Key: v.Key.String(), Chosen: u.Transcript, MOI: u.MOI,
		Frequencies: slices.Clone(v.Frequencies), Coverage: slices.Clone(v.Coverage), Predictors: slices.Clone(v.Predictors), Splice: slices.Clone(v.Splice),
		Transcripts: transcripts(v.Consequences), Family: familyFacts(c, v), Partners: partners(r, classes),
	}
	if u.Gene != "" {
		f.Gene = &acmg.Gene{HGNC: u.Gene, Symbol: symbolOf(v, u.Gene)}
	}
	if u.Disease != "" {
		f.Disease = &acmg.Disease{Mondo: u.Disease}
	}
	if len(c.HPO) > 0 {
		f.Phenotype = &acmg.Phenotype{HPO: slices.Clone(c.HPO)}
	}
	return f
}

func symbolOf(v *review.Variant, hgnc string) string {
	for _, c := range v.Consequences {
		if hgncID(c.HGNC) == hgnc {
			return c.Symbol
		}
	}
	return ""
}

// transcripts turns the rows of one annotator into facts, each transcript once.
// Rows without a transcript (between genes, regulatory) are left out.
func transcripts(cs []review.Consequence) []acmg.Transcript {
	var ts []acmg.Transcript
	i, ok, _ := review.ChooseConsequence(cs)
	if !ok {
		return nil
	}
	for _, c := range cs {
		id := transcriptID(c)
		if id == "" || c.Source != cs[i].Source || slices.ContainsFunc(ts, func(t acmg.Transcript) bool { return t.ID == id }) {
			continue
		}
		ts = append(ts, transcript(id, c))
	}
	return ts
}

func transcript(id string, c review.Consequence) acmg.Transcript {
	t := acmg.Transcript{ID: id, MANE: c.MANE, Biotype: c.Biotype, HGVSc: c.HGVSc, HGVSp: c.HGVSp, IntronOffset: intronOffset(c.HGVSc)}
	t.SO = make([]string, 0, len(c.Terms))
	for _, term := range c.Terms {
		t.SO = append(t.SO, review.LongTerm(term))
	}
	t.Exon, t.Exons = ordinal(c.Exon)
	intron, introns := ordinal(c.Intron)
	t.Intron = intron
	if t.Exons == nil && introns != nil {
		t.Exons = ref(*introns + 1)
	}
	t.AAFirst, t.AALast, t.ProteinLength = aminoPlace(c.AAPosition)
	t.AARef, t.AAAlt = aminoAcids(c.AminoAcids)
	return t
}

// familyFacts gives everybody of the pedigree with the call at v, the proband
// first.
func familyFacts(c *review.Case, v *review.Variant) []acmg.Relative {
	k := newKindred(c, DefaultInheritance())
	rs := []acmg.Relative{relativeFacts(k.proband, v)}
	rs[0].Sex = string(k.sex)
	for _, r := range k.relatives {
		f := relativeFacts(r, v)
		if r == k.mother || r == k.father {
			f.Parentage = parentage(c)
		}
		rs = append(rs, f)
	}
	return rs
}

// relativeFacts writes another ALT allele of the record as 2, so that 0/2 is not
// read as reference.
func relativeFacts(r *relative, v *review.Variant) acmg.Relative {
	c := r.call(v)
	f := acmg.Relative{
		ID: r.ID, Relation: r.relation, Mother: r.Mother, Father: r.Father, Sex: string(r.Sex),
		Affected: r.Affected, State: string(c.State), GT: splitGT(c.GT, v.Record.Allele, '2'), DP: c.Depth, GQ: c.GQ,
	}
	if c.AD != nil {
		f.AD = []int{c.AD[0], c.AD[1]}
	}
	if c.PS != nil {
		f.PS = ref(int(*c.PS))
	}
	if share, ok := altFraction(c); ok && siteOf(v.Key) == mitochondrial {
		f.Heteroplasmy = &share
	}
	return f
}

// parentage is "assumed" where the intake check found the genotypes to agree
// with the pedigree, else "untested". Only a person can confirm it.
func parentage(c *review.Case) string {
	for _, k := range c.Checks {
		if k.Name == "relatedness" && k.Outcome == review.Pass {
			return "assumed"
		}
	}
	return "untested"
}

// partners turns the labels for pairs into facts.
func partners(r Row, classes map[string]acmg.Class) []acmg.Partner {
	var ps []acmg.Partner
	for _, l := range r.Labels {
		if l.Model != ModelCompoundHet && l.Model != ModelCisPair {
			continue
		}
		for _, key := range l.Partner {
			p := acmg.Partner{Key: key, Class: Unclassified, Phase: l.Phase, Basis: l.Basis}
			if l.Basis == "genotype" {
				p.Basis = "reads" // the schema's word for what the call itself shows
			}
			if c, ok := classes[key]; ok && c != acmg.ClassWithheld {
				p.Class = string(c)
			}
			if !slices.ContainsFunc(ps, func(q acmg.Partner) bool { return q.Key == key }) {
				ps = append(ps, p)
			}
		}
	}
	return ps
}
