package triage

import (
	"garrod/review"
)

// Filter is a named set of filter steps, applied in the order of its fields. It
// is stored as JSON. A nil step is off. Steps that the columns of a scan cannot
// decide, limits on single groups for instance, come after those that they can:
// they read the record of each variant that is left. So does the frequency step
// where its rule is not the one that the columns were made by.
type Filter struct {
	Name        string             `json:"name"`
	Version     int                `json:"version"`
	Genotype    *GenotypeFilter    `json:"genotype,omitempty"`
	Quality     *QualityFilter     `json:"quality,omitempty"`
	Frequency   *FrequencyFilter   `json:"frequency,omitempty"`
	Consequence *ConsequenceFilter `json:"consequence,omitempty"`
	Panel       *PanelFilter       `json:"panel,omitempty"`
	Region      *RegionFilter      `json:"region,omitempty"`
	// Groups are limits on single groups of population data sets, all of which
	// must hold.
	Groups      []GroupLimit       `json:"groups,omitempty"`
	Inheritance *InheritanceFilter `json:"inheritance,omitempty"`
	// What follows picks from what the steps above made the list of, labels
	// included; the genotypes that Genotype asks for come first.
	ClinVar *ClinVarFilter `json:"clinvar,omitempty"`
	History *HistoryFilter `json:"history,omitempty"`
	Text    *TextFilter    `json:"text,omitempty"`
	// Evidence holds the numbers that inheritance labels are made with; nil
	// takes DefaultInheritance.
	Evidence *InheritanceParams `json:"inheritance_evidence,omitempty"`
	// RescueConflicting lets opinions with conflicts into the rescue lane too.
	RescueConflicting bool `json:"rescue_conflicting,omitempty"`
	// Past is what the laboratory knows from other cases. It is no part of what is
	// stored; without it the history step assesses nothing.
	Past Past `json:"-"`
}

// GenotypeFilter keeps variants that the proband carries, and by how the proband
// and relatives carry them. Somebody without a call, or who is not in the
// family, is not held against a variant.
type GenotypeFilter struct {
	Carried bool `json:"carried"`
	// Copies are the genotypes of the proband to keep: het, hom, hemi; empty: any.
	Copies []string `json:"copies,omitempty"`
	// Relatives are all to hold.
	Relatives []RelativeGenotype `json:"relatives,omitempty"`
}

// QualityFilter keeps records of good quality. Values that the file does not
// give are not held against a record, nor are depth and GQ of a genotype that
// is not called.
type QualityFilter struct {
	PassOnly bool     `json:"pass_only"` // FILTER is PASS or "."
	MinQual  *float64 `json:"min_qual,omitempty"`
	MinDepth *int     `json:"min_depth,omitempty"` // of the proband, in reads
	MinGQ    *int     `json:"min_gq,omitempty"`    // of the proband
	// The next two stand in for the two above on X and Y outside the
	// pseudoautosomal regions of a male proband, who has one copy there.
	MinDepthMaleXY *int `json:"min_depth_male_xy,omitempty"`
	MinGQMaleXY    *int `json:"min_gq_male_xy,omitempty"`
	// Reads of the proband, in a step of its own: at least so many of the allele,
	// and the share of them, both ends inside, by genotype.
	MinAltReads    *int     `json:"min_alt_reads,omitempty"`
	MinHetFraction *float64 `json:"min_het_fraction,omitempty"` // 0 … 1
	MaxHetFraction *float64 `json:"max_het_fraction,omitempty"`
	MinHomFraction *float64 `json:"min_hom_fraction,omitempty"` // hemizygous too
}

// FrequencyFilter keeps variants whose highest frequency in any eligible group
// is at most MaxAF. Groups with fewer than MinAN alleles are not looked at;
// where the file gives no number of alleles, the frequency counts.
type FrequencyFilter struct {
	MaxAF         float64  `json:"max_af"`
	MinAN         int      `json:"min_an"`
	ExcludeGroups []string `json:"exclude_groups,omitempty"` // asj, fin, ami, remaining …
}

// ConsequenceFilter keeps variants with one of the Sequence Ontology terms on
// any transcript, or with a splice score of at least MinSplice, or in an exon
// of a transcript of one of the NonCoding biotypes. A variant without any
// consequence annotation is kept.
type ConsequenceFilter struct {
	Terms     []string `json:"terms"`
	MinSplice *float64 `json:"min_splice,omitempty"` // 0 … 1
	NonCoding []string `json:"noncoding_biotypes,omitempty"`
}

// PanelFilter keeps variants in a gene of the case's panel. Off when the case
// has no panel; a variant without gene annotation is kept.
type PanelFilter struct {
	Use bool `json:"use"`
}

// InheritanceFilter keeps variants with at least one of these labels; without
// any, it keeps those with any label but ModelCisPair. A variant that the
// proband has no call for is kept.
type InheritanceFilter struct {
	Models []string `json:"models"`
}

// Default returns the filter that a case is opened with. Its numbers are those
// of the specification (acmg.md section 6: DP ≥ 10 and GQ ≥ 20, on a male X
// DP ≥ 6 and GQ ≥ 10) and of section 1a for the groups that are left out of
// frequencies and for AN ≥ 2000 (Ghosh 2018, doi:10.1002/humu.23642). A splice
// score of 0.2 is where Walker 2023 (doi:10.1016/j.ajhg.2023.06.002) begins to
// count it. Frequencies up to 1 % leave room for recessive disease.
//
// Labels that hold only with reduced penetrance are not asked for: they would
// keep every variant that a healthy parent carries too.
func Default() Filter {
	f := Wide()
	f.Name = "default"
	f.Consequence.Terms = withoutTerm(f.Consequence.Terms, "synonymous_variant")
	f.Panel = &PanelFilter{Use: true}
	f.Inheritance = &InheritanceFilter{Models: fullPenetrance()}
	return f
}

// Wide returns Default without the panel and the inheritance step, and with
// synonymous variants: for a second look when the first found nothing.
func Wide() Filter {
	return Filter{
		Name: "wide", Version: 1,
		Genotype: &GenotypeFilter{Carried: true},
		Quality: &QualityFilter{
			PassOnly: true, MinDepth: ref(10), MinGQ: ref(20),
			MinDepthMaleXY: ref(6), MinGQMaleXY: ref(10),
		},
		Frequency:   &FrequencyFilter{MaxAF: 0.01, MinAN: 2000, ExcludeGroups: []string{"asj", "fin", "ami", "remaining"}},
		Consequence: &ConsequenceFilter{Terms: codingAndSplice(), MinSplice: ref(0.2), NonCoding: functionalRNA()},
	}
}

// AllVariants returns the filter that removes no variant.
func AllVariants() Filter { return Filter{Name: "all", Version: 1} }

// codingAndSplice lists the terms for a change of the protein or of a splice
// region, and synonymous ones, with the names of SnpEff and of older VEP
// releases beside Ensembl's.
func codingAndSplice() []string {
	return []string{
		"transcript_ablation", "exon_loss_variant", "gene_fusion", "bidirectional_gene_fusion",
		"splice_acceptor_variant", "splice_donor_variant", "stop_gained", "frameshift_variant",
		"stop_lost", "start_lost", "initiator_codon_variant", "transcript_amplification",
		"feature_elongation", "feature_truncation",
		"inframe_insertion", "conservative_inframe_insertion", "disruptive_inframe_insertion",
		"inframe_deletion", "conservative_inframe_deletion", "disruptive_inframe_deletion",
		"missense_variant", "rare_amino_acid_variant", "protein_altering_variant", "coding_sequence_variant",
		"incomplete_terminal_codon_variant", "start_retained_variant", "stop_retained_variant",
		"splice_donor_5th_base_variant", "splice_region_variant", "splice_donor_region_variant",
		"splice_polypyrimidine_tract_variant", "synonymous_variant",
	}
}

// functionalRNA lists biotypes of genes that cause disease although they make
// no protein: MT-TL1, RNU4-2, RNU4ATAC, RMRP, MIR96 for instance. Without them
// m.3243A>G would be lost as "non-coding".
func functionalRNA() []string {
	return []string{"Mt_tRNA", "Mt_rRNA", "snRNA", "snoRNA", "scaRNA", "miRNA", "ribozyme"}
}

func withoutTerm(terms []string, drop string) []string {
	var out []string
	for _, t := range terms {
		if t != drop {
			out = append(out, t)
		}
	}
	return out
}

func ref[T any](v T) *T { return &v }

// evidence returns the parameters of the inheritance labels.
func (f Filter) evidence() InheritanceParams {
	if f.Evidence != nil {
		return *f.Evidence
	}
	return DefaultInheritance()
}

// frequency returns the settings by which a row's highest frequency is found,
// also where the step is off.
func (f Filter) frequency() FrequencyFilter {
	if f.Frequency != nil {
		return *f.Frequency
	}
	return *Wide().Frequency
}

// rule returns which groups count.
func (q FrequencyFilter) rule() review.FrequencyRule {
	return review.FrequencyRule{MinAN: q.MinAN, Exclude: q.ExcludeGroups}
}

// probandSex returns the sex by which the proband's calls on X and Y are read:
// as declared on the request, else as in the pedigree.
func probandSex(c *review.Case) review.Sex {
	if c.Sex == review.Male || c.Sex == review.Female {
		return c.Sex
	}
	if m, ok := c.Family.Member(c.Proband); ok && m.Sex != "" {
		return m.Sex
	}
	return review.SexUnknown
}
