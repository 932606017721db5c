package triage

import (
	"encoding/json"
	"fmt"
)

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
	// MosaicMaxP is the chance with which a heterozygote shows so few reads of
	// the allele (binomial, one in two) below which a call is labelled mosaic.
	MosaicMaxP float64 `json:"mosaic_max_p"`
	// HeteroplasmyMin is the share of mitochondrial reads below which a nuclear
	// copy or noise explains a call as well.
	HeteroplasmyMin float64 `json:"heteroplasmy_min"`
	// A de novo whose child has fewer reads with the allele, a lower GQ, or an
	// allele that any population group carries more often, is only possible.
	ChildMinAltReads int     `json:"child_min_alt_reads"`
	ChildMinGQ       int     `json:"child_min_gq"`
	DeNovoMaxAF      float64 `json:"de_novo_max_af"`
	DeNovoMinAN      int     `json:"de_novo_min_an"` // smaller groups are not looked at
	// More de novo than these in a list say that a parent or the sample is wrong:
	// coding ones, and all. A genome has about 1 and 60 to 80.
	DeNovoMaxCoding int `json:"de_novo_max_coding"`
	DeNovoMaxAll    int `json:"de_novo_max_all"`
	// A call without the allele of fewer reads or a lower GQ is unknown, not
	// reference. The second pair is for X and Y of a male, outside the
	// pseudoautosomal regions; it is also what a male relative needs there for a
	// de novo.
	RefMinDepth     int `json:"ref_min_depth"`
	RefMinGQ        int `json:"ref_min_gq"`
	RefMinDepthHemi int `json:"ref_min_depth_hemi"`
	RefMinGQHemi    int `json:"ref_min_gq_hemi"`
	// ConsanguineKinship is the measured kinship of the parents from which they
	// share an ancestor; above TwinKinship two siblings are identical twins.
	ConsanguineKinship float64 `json:"consanguine_kinship"`
	TwinKinship        float64 `json:"twin_kinship"`
	// Source says where the numbers come from.
	Source string `json:"source"`
}

// DefaultInheritance returns the parameters of acmg.md section 6. The parental
// ones and the highest frequency of a de novo agree with slivar's (Pedersen 2021,
// doi:10.1038/s41525-021-00227-3); 5 % as the limit for nuclear copies is the
// upper end of section 5's range. Child GQ and reads are those that the section
// gives for Talos. 1 coding de novo in a child is Veltman 2012
// (doi:10.1038/nrg3241), 70 in a genome Jónsson 2017 (doi:10.1038/nature24018);
// the limits leave room for the errors of callers. The kinships are the lower
// bounds of KING for a third degree and for twins (Manichaikul 2010,
// doi:10.1093/bioinformatics/btq559). One heterozygote in 1000 is called mosaic
// by MosaicMaxP; the section gives the test and leaves the level to us.
func DefaultInheritance() InheritanceParams {
	return InheritanceParams{
		ParentMinDepth: 12, ParentMinGQ: 20, ParentMaxAltReads: 1, ParentMaxAltFraction: 0.02,
		HetMinFraction: 0.25, HetMaxFraction: 0.75, MosaicMinFraction: 0.05, MosaicMaxP: 0.001,
		HeteroplasmyMin:  0.05,
		ChildMinAltReads: 5, ChildMinGQ: 25, DeNovoMaxAF: 0.001, DeNovoMinAN: 2000,
		DeNovoMaxCoding: 5, DeNovoMaxAll: 200,
		RefMinDepth: 10, RefMinGQ: 20, RefMinDepthHemi: 6, RefMinGQHemi: 10,
		ConsanguineKinship: 0.0442, TwinKinship: 0.354,
		Source: "Garrod clinical specification, section 6; Pedersen 2021, doi:10.1038/s41525-021-00227-3; " +
			"Veltman 2012, doi:10.1038/nrg3241; Jónsson 2017, doi:10.1038/nature24018; Manichaikul 2010, doi:10.1093/bioinformatics/btq559",
	}
}

// UnmarshalJSON takes the defaults for numbers that the text does not give:
// filters that were stored before a number existed keep their meaning.
func (p *InheritanceParams) UnmarshalJSON(b []byte) error {
	type plain InheritanceParams
	q := plain(DefaultInheritance())
	q.Source = ""
	if err := json.Unmarshal(b, &q); err != nil {
		return err
	}
	*p = InheritanceParams(q)
	return nil
}

// problem names the first number that cannot be; field is empty where there is
// none.
func (p InheritanceParams) problem() (field, what string) {
	for _, n := range []struct {
		name string
		v    float64
	}{
		{"parent_max_alt_fraction", p.ParentMaxAltFraction},
		{"het_min_fraction", p.HetMinFraction},
		{"het_max_fraction", p.HetMaxFraction},
		{"mosaic_min_fraction", p.MosaicMinFraction},
		{"mosaic_max_p", p.MosaicMaxP},
		{"heteroplasmy_min", p.HeteroplasmyMin},
		{"de_novo_max_af", p.DeNovoMaxAF},
		{"consanguine_kinship", p.ConsanguineKinship},
		{"twin_kinship", p.TwinKinship},
	} {
		if !isShare(n.v) {
			return n.name, "is not between 0 and 1"
		}
	}
	for _, n := range []struct {
		name string
		v    int
	}{
		{"parent_min_depth", p.ParentMinDepth},
		{"parent_min_gq", p.ParentMinGQ},
		{"parent_max_alt_reads", p.ParentMaxAltReads},
		{"child_min_alt_reads", p.ChildMinAltReads},
		{"child_min_gq", p.ChildMinGQ},
		{"de_novo_min_an", p.DeNovoMinAN},
		{"de_novo_max_coding", p.DeNovoMaxCoding},
		{"de_novo_max_all", p.DeNovoMaxAll},
		{"ref_min_depth", p.RefMinDepth},
		{"ref_min_gq", p.RefMinGQ},
		{"ref_min_depth_hemi", p.RefMinDepthHemi},
		{"ref_min_gq_hemi", p.RefMinGQHemi},
	} {
		if n.v < 0 {
			return n.name, fmt.Sprintf("is negative (%d)", n.v)
		}
	}
	return "", ""
}
