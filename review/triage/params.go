package triage

// The models of inheritance labels.
const (
	ModelDeNovo            = "de_novo"
	ModelDeNovoPossible    = "de_novo_possible"    // a parent's reference call is missing or weak
	ModelDominant          = "dominant"            // fits full penetrance, or nothing speaks against it
	ModelDominantReduced   = "dominant_reduced"    // an unaffected relative carries it too
	ModelRecessiveHom      = "recessive_hom"       // two copies
	ModelRecessivePossible = "recessive_possible"  // one copy called, the other allele not
	ModelRecessiveReduced  = "recessive_reduced"   // an unaffected relative has two copies too
	ModelCompoundHet       = "compound_het"        // with a second allele of the gene, in trans or phase unknown
	ModelXLinked           = "x_linked"            // hemizygous male
	ModelXLinkedFemale     = "x_linked_female"     // heterozygous female
	ModelXLinkedFemaleHom  = "x_linked_female_hom" // female with two copies
	ModelXLinkedReduced    = "x_linked_reduced"    // an unaffected relative has the same genotype
	ModelYLinked           = "y_linked"
	ModelYLinkedReduced    = "y_linked_reduced" // an unaffected male relative has it too
	ModelMitochondrial     = "mitochondrial"
	ModelSexAnomaly        = "sex_anomaly"      // a genotype that the declared sex does not explain
	ModelParentReference   = "parent_reference" // two copies in the proband, none in a parent
	ModelCisPair           = "cis_pair"         // with a second allele on the same copy: information, not a model
)

// Models lists all labels that an InheritanceFilter may name.
func Models() []string {
	return append(fullPenetrance(), ModelDominantReduced, ModelRecessiveReduced, ModelXLinkedReduced, ModelYLinkedReduced, ModelCisPair)
}

// fullPenetrance lists the labels that need no reduced penetrance, and the
// anomalies, which are never filtered away.
func fullPenetrance() []string {
	return []string{
		ModelDeNovo, ModelDeNovoPossible, ModelDominant, ModelRecessiveHom, ModelRecessivePossible, ModelCompoundHet,
		ModelXLinked, ModelXLinkedFemale, ModelXLinkedFemaleHom, ModelYLinked, ModelMitochondrial,
		ModelSexAnomaly, ModelParentReference,
	}
}

// InheritanceParams are the numbers behind inheritance labels.
type InheritanceParams struct {
	ParentMinDepth       int     `json:"parent_min_depth"`        // reads, each parent, for a de novo
	ParentMinGQ          int     `json:"parent_min_gq"`           // each parent
	ParentMaxAltReads    int     `json:"parent_max_alt_reads"`    // both parents together
	ParentMaxAltFraction float64 `json:"parent_max_alt_fraction"` // each parent stays below it
	// The proband's share of alternative reads as a heterozygote. Below
	// HetMinFraction a de novo may be mosaic, below MosaicMinFraction it is
	// only possible.
	HetMinFraction    float64 `json:"het_min_fraction"`
	HetMaxFraction    float64 `json:"het_max_fraction"`
	MosaicMinFraction float64 `json:"mosaic_min_fraction"`
	// HeteroplasmyMin is the share of mitochondrial reads below which a nuclear
	// copy or noise explains a call as well.
	HeteroplasmyMin float64 `json:"heteroplasmy_min"`
	// Source says where the numbers come from.
	Source string `json:"source"`
}

// DefaultInheritance returns the parameters of acmg.md section 6. The parental
// ones agree with slivar's (Pedersen 2021, doi:10.1038/s41525-021-00227-3);
// 5 % as the limit for nuclear copies is the upper end of section 5's range.
func DefaultInheritance() InheritanceParams {
	return InheritanceParams{
		ParentMinDepth: 12, ParentMinGQ: 20, ParentMaxAltReads: 1, ParentMaxAltFraction: 0.02,
		HetMinFraction: 0.25, HetMaxFraction: 0.75, MosaicMinFraction: 0.05,
		HeteroplasmyMin: 0.05,
		Source:          "Garrod clinical specification, section 6; Pedersen 2021, doi:10.1038/s41525-021-00227-3",
	}
}
