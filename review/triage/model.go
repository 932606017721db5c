package triage

// The models of inheritance labels.
const (
	ModelDeNovo            = "de_novo"
	ModelDeNovoPossible    = "de_novo_possible"    // a parent's reference call is missing or weak
	ModelDominant          = "dominant"            // fits full penetrance, or nothing speaks against it
	ModelDominantReduced   = "dominant_reduced"    // an unaffected relative carries it too
	ModelRecessiveHom      = "recessive_hom"       // two copies
	ModelRecessivePossible = "recessive_possible"  // one copy called, the other allele not called or deleted
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
	ModelImprinted         = "imprinted"        // from the parent whose copy of an imprinted gene is active
	ModelMosaic            = "mosaic"           // too few reads for a heterozygote
	ModelParentalMosaic    = "parental_mosaic"  // too few reads for a heterozygote in the parent it comes from
	ModelCisPair           = "cis_pair"         // with a second allele on the same copy: information, not a model
)

// Models lists all labels that an InheritanceFilter may name.
func Models() []string {
	return append(fullPenetrance(), ModelDominantReduced, ModelRecessiveReduced, ModelXLinkedReduced, ModelYLinkedReduced, ModelCisPair)
}

// fullPenetrance lists the labels that need no reduced penetrance, and the
// anomalies, which are never filtered away. An imprinted gene and a mosaic
// parent explain why a parent is well who carries the allele.
func fullPenetrance() []string {
	return []string{
		ModelDeNovo, ModelDeNovoPossible, ModelDominant, ModelRecessiveHom, ModelRecessivePossible, ModelCompoundHet,
		ModelXLinked, ModelXLinkedFemale, ModelXLinkedFemaleHom, ModelYLinked, ModelMitochondrial,
		ModelSexAnomaly, ModelParentReference, ModelImprinted, ModelMosaic, ModelParentalMosaic,
	}
}
