package acmg

import (
	"fmt"
	"math"
	"reflect"
	"strings"
)

// FactsError is what is wrong with a line of facts, and in which field.
type FactsError struct {
	Field string // path of names, "frequencies[2].af"; empty for the whole line
	What  string
}

// Error names the field and what is wrong with it.
func (e *FactsError) Error() string {
	if e.Field == "" {
		return e.What
	}
	return e.Field + ": " + e.What
}

// ParseFacts reads one line of facts strictly: an unknown or repeated field, a
// missing one that must be there, NaN, a number written as text, a word that is
// not among those of the schema, a key that names no small variant, a transcript
// without a version, and counts that contradict each other are all a
// [*FactsError]. Absent and null both mean "not looked up".
func ParseFacts(line []byte) (*Facts, error) {
	f := &Facts{}
	tree, bad := readTree(line)
	if bad == nil {
		bad = filler{limits: factsLimits}.fill("", tree, reflect.ValueOf(f).Elem(), limit{})
	}
	if bad == nil {
		bad = f.validate()
	}
	if bad != nil {
		return nil, &FactsError{Field: bad.field, What: bad.what}
	}
	return f, nil
}

// validate checks what spans fields.
func (f *Facts) validate() *placeError {
	a, ok := parseAllele(f.Key)
	if !ok {
		return misplaced("key", "%q is not CHROM-POS-REF-ALT", f.Key)
	}
	if wrong := a.fault(); wrong != "" {
		return misplaced("key", "%q: %s", f.Key, wrong)
	}
	if f.Gene != nil && !isID(f.Gene.HGNC, "HGNC:") {
		return misplaced("gene.hgnc", "%q is not an HGNC ID such as HGNC:1100", f.Gene.HGNC)
	}
	if f.Disease != nil && f.Disease.Mondo != "" && !isID(f.Disease.Mondo, "MONDO:") {
		return misplaced("disease.mondo", "%q is not a MONDO ID", f.Disease.Mondo)
	}
	for i := range f.Frequencies {
		if bad := f.Frequencies[i].validate(fmt.Sprintf("frequencies[%d]", i)); bad != nil {
			return bad
		}
	}
	return f.validateTranscripts()
}

// validateTranscripts asks for a version wherever a transcript is named: what a
// change does may differ between two versions of one transcript.
func (f *Facts) validateTranscripts() *placeError {
	if bad := versioned("chosen", f.Chosen); bad != nil {
		return bad
	}
	seen := map[string]bool{}
	for i, t := range f.Transcripts {
		place := fmt.Sprintf("transcripts[%d].id", i)
		if bad := versioned(place, t.ID); bad != nil {
			return bad
		}
		if seen[t.ID] {
			return misplaced(place, "%s is given twice", t.ID)
		}
		seen[t.ID] = true
	}
	for i, s := range f.Predictors {
		if bad := versioned(fmt.Sprintf("predictors[%d].transcript", i), s.Transcript); bad != nil {
			return bad
		}
	}
	return nil
}

// versioned refuses a transcript without a version; none at all is allowed. The
// sequences of a Locus Reference Genomic never change and have no version.
func versioned(place, id string) *placeError {
	name, version, _ := strings.Cut(id, ".")
	if id == "" || strings.HasPrefix(id, "LRG_") || name != "" && version != "" && strings.Trim(version, "0123456789") == "" {
		return nil
	}
	return misplaced(place, "%q has no version: want one such as NM_007294.4", id)
}

func (f *Frequency) validate(place string) *placeError {
	if f.AC != nil && f.AN != nil && *f.AC > *f.AN {
		return misplaced(place+".ac", "%d is more than an, %d", *f.AC, *f.AN)
	}
	if !f.Present && (f.AC != nil && *f.AC > 0 || f.AF != nil && *f.AF > 0 || f.FAF95 != nil && *f.FAF95 > 0) {
		return misplaced(place+".present", "false, but the record has a count or frequency above 0")
	}
	return nil
}

func isID(s, prefix string) bool {
	n, ok := strings.CutPrefix(s, prefix)
	return ok && n != "" && strings.Trim(n, "0123456789") == ""
}

var (
	fraction = limit{ranged: true, lo: 0, hi: 1}
	count    = limit{ranged: true, lo: 0, hi: math.MaxInt32}
)

func oneOf(words string) limit { return limit{words: words} }

// factsLimits bounds the fields of the contract that are more than text or a
// number.
var factsLimits = map[string]limit{
	"Facts.schema":   {ranged: true, lo: FactsSchema, hi: FactsSchema},
	"Facts.assembly": oneOf("GRCh38|GRCh37"), "Facts.moi": oneOf(moiWords),

	"Transcript.mane": oneOf("select|plus_clinical|none"), "Transcript.frame": oneOf("kept|shifted"),
	"Transcript.removed_fraction": fraction, "Transcript.exon_lof_af": fraction,
	"Transcript.exon": count, "Transcript.intron": count, "Transcript.exons": count,
	"Transcript.aa_first": count, "Transcript.aa_last": count, "Transcript.protein_length": count,
	"RNA.output": oneOf("complete|near|incomplete|normal"),

	"Frequency.callset": oneOf("joint|exome|genome"), "Frequency.sex": oneOf("all|XX|XY"),
	"Frequency.ac": count, "Frequency.an": count, "Frequency.hom": count, "Frequency.hemi": count,
	"Frequency.af": fraction, "Frequency.faf95": fraction,
	"Coverage.callset": oneOf("joint|exome|genome"), "Coverage.mean_depth": count, "Coverage.fraction_20x": fraction,

	"Splice.ag": fraction, "Splice.al": fraction, "Splice.dg": fraction, "Splice.dl": fraction, "Splice.distance": count,

	"Comparator.assembly": oneOf("GRCh38|GRCh37"), "Comparator.source": oneOf("lab|vcep|clinvar"),
	"Comparator.stars": {ranged: true, lo: 0, hi: 4}, "Comparator.splice_max": fraction,
	"Comparator.relation": oneOf("same_allele|same_aa|same_residue|same_splice_position|same_motif"),

	"GeneTable.validity":  oneOf("definitive|strong|moderate|limited|disputed|refuted|none"),
	"GeneTable.mechanism": oneOf("LoF|GoF|DN|unknown"), "GeneTable.penetrance": oneOf("full|incomplete|unknown"),
	"GeneTable.onset": oneOf("childhood|adult|unknown"), "GeneTable.prevalence": fraction,
	"GeneTable.het_allelic": fraction, "GeneTable.het_genic": fraction, "GeneTable.penetrance_fraction": fraction,
	"GeneTable.lof_fraction": fraction, "GeneTable.lof_pathogenic": count,
	"Constraint.pli": fraction, "Region.first": count, "Region.last": count,
	"Region.purpose": oneOf("pm1|pvs1_critical|bp1_domain"),

	"Relative.relation": oneOf("proband|mother|father|sibling|child|other"),
	"Relative.state":    oneOf("called|partial|missing|no_record|ref_block"), "Relative.age": count,
	"Relative.dp": count, "Relative.gq": count, "Relative.heteroplasmy": fraction,
	"Relative.parentage": oneOf("confirmed|assumed|excluded|untested"),
	"Partner.phase":      oneOf("trans|cis|unknown"), "Partner.basis": oneOf("parents|one_parent|ps|reads|none"),
	"Phenotype.specificity":      oneOf("highly_specific|consistent|heterogeneous|inconsistent|unknown"),
	"Phenotype.diagnostic_yield": fraction,
	"Functional.kind":            oneOf("protein|splicing"), "Functional.call": oneOf("abnormal|normal|indeterminate"),
	"Functional.controls": count, "Segregation.meioses": count, "Segregation.families": count,
	"Segregation.affected_carriers": count, "Segregation.unaffected_carriers": count, "Segregation.affected_non_carriers": count,
	"Local.probands": count, "Local.families": count, "Local.unaffected_het": count, "Local.unaffected_hom": count,
	"Local.unaffected_hemi": count, "Local.p": fraction,
}
