package triage

import (
	"fmt"
	"slices"

	"garrod/review"
)

// imprint is a gene in which a change matters by the parent it comes from.
type imprint struct {
	gene   string // symbol
	active string // origin of the copy that counts: maternal or paternal
	both   bool   // a change on the other copy has a disease of its own
	effect string
	source string
}

// imprints is a short list on purpose: genes in which small variants cause
// disease by parent of origin, each with the paper that showed it. A gene that
// is not here may be imprinted all the same.
var imprints = []imprint{
	{"CDKN1C", "maternal", false, "Beckwith–Wiedemann syndrome", "Hatada 1996, doi:10.1038/ng1096-171"},
	{"DLK1", "paternal", false, "central precocious puberty", "Dauber 2017, doi:10.1210/jc.2016-3677"},
	{"GNAS", "maternal", true, "pseudohypoparathyroidism 1A from the mother, pseudopseudohypoparathyroidism from the father", "Mantovani 2018, doi:10.1038/s41574-018-0042-0"},
	{"IGF2", "paternal", false, "growth restriction as in Silver–Russell syndrome", "Begemann 2015, doi:10.1056/NEJMoa1415227"},
	{"KCNK9", "maternal", false, "Birk–Barel syndrome", "Barel 2008, doi:10.1016/j.ajhg.2008.07.010"},
	{"MAGEL2", "paternal", false, "Schaaf–Yang syndrome", "Schaaf 2013, doi:10.1038/ng.2776"},
	{"MKRN3", "paternal", false, "central precocious puberty", "Abreu 2013, doi:10.1056/NEJMoa1302160"},
	{"SDHD", "paternal", false, "paraganglioma", "Baysal 2000, doi:10.1126/science.287.5454.848"},
	{"SGCE", "paternal", false, "myoclonus-dystonia", "Müller 2002, doi:10.1086/344531"},
	{"UBE3A", "maternal", false, "Angelman syndrome", "Kishino 1997, doi:10.1038/ng0197-70"},
}

// disomies names what uniparental disomy of a chromosome causes by the parent
// that gave both copies.
var disomies = map[[2]string]string{
	{"6", "paternal"}:  "transient neonatal diabetes",
	{"7", "maternal"}:  "Silver–Russell syndrome",
	{"11", "paternal"}: "Beckwith–Wiedemann syndrome",
	{"14", "maternal"}: "Temple syndrome",
	{"14", "paternal"}: "Kagami–Ogata syndrome",
	{"15", "maternal"}: "Prader–Willi syndrome",
	{"15", "paternal"}: "Angelman syndrome",
	{"20", "maternal"}: "growth failure",
	{"20", "paternal"}: "pseudohypoparathyroidism 1B",
}

// disomySource is the review that lists them.
const disomySource = "Eggermann 2015, doi:10.1186/s13148-015-0143-8"

// disomyText says what disomy of the variant's chromosome would mean.
func (k *kindred) disomyText(v *review.Variant, parent string) string {
	effect, ok := disomies[[2]string{v.Key.Contig, parent}]
	if !ok {
		return ""
	}
	return fmt.Sprintf("; %s disomy of chromosome %s causes %s (%s)", parent, v.Key.Contig, effect, disomySource)
}

// imprintOf finds the imprinted gene that holds the variant.
func imprintOf(v *review.Variant) (imprint, bool) {
	for _, m := range imprints {
		if slices.ContainsFunc(v.Consequences, func(c review.Consequence) bool { return c.Symbol == m.gene && !c.IsBeside() }) {
			return m, true
		}
	}
	return imprint{}, false
}

func (m imprint) parent() string {
	if m.active == "maternal" {
		return "mother"
	}
	return "father"
}

// fact says what is known of the gene.
func (m imprint) fact() string {
	return fmt.Sprintf("a change in %s matters on the copy from the %s (%s; %s)", m.gene, m.parent(), m.effect, m.source)
}

// isSilent reports whether the allele came from the parent whose copy does not
// count.
func (m imprint) isSilent(origin string) bool {
	return !m.both && (origin == "maternal" || origin == "paternal") && origin != m.active
}

// imprinted flags a heterozygote in an imprinted gene, unless it comes from the
// parent whose copy is silent or an affected relative lacks it. A parent who is
// well with it may have it from the other grandparent.
func (k *kindred) imprinted(v *review.Variant) []review.Label {
	m, ok := imprintOf(v)
	origin := k.origin(v)
	if !ok || m.isSilent(origin) || len(k.segregate(v, oneCopy).against) > 0 {
		return nil
	}
	from := "from which parent this one comes is not known"
	switch origin {
	case "maternal":
		from = "this one comes from the mother"
	case "paternal":
		from = "this one comes from the father"
	case "neither":
		from = "this one is in neither parent, and on which copy it arose is not known"
	}
	l := review.Label{Model: ModelImprinted, Basis: origin, Why: sentence(m.fact(), from, k.parentsText(v))}
	for _, r := range k.others {
		if r.relation == "sibling" && r.isUnaffected() && k.carries(r, v) == kept {
			l.Why = sentence(l.Why, "warning: the "+r.status()+" has it too")
		}
	}
	return []review.Label{l}
}

// silentText says in a dominant label that the allele came from the parent whose
// copy does not count.
func (k *kindred) silentText(v *review.Variant) string {
	if m, ok := imprintOf(v); ok && m.isSilent(k.origin(v)) {
		return "against it: " + m.fact() + ", and this one comes from the other parent"
	}
	return ""
}
