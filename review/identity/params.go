package identity

import "garrod/review/genome"

// Params are the numbers behind every verdict, see Thresholds for what each
// means and where it comes from.
type Params struct {
	Gate          GateParams
	Sex           SexParams
	Kinship       KinshipParams
	Mendel        MendelParams
	Runs          RunParams
	UPD           UPDParams
	Contamination ContaminationParams
	Mitochondrial MitochondrialParams
}

// GateParams decide which genotypes count. Of depth and quality one may be
// missing from the file; a genotype without either does not count, because 0/0
// may stand for "nothing was seen", unless Ungated.
type GateParams struct {
	MinDepth, MinGQ   int // off X and Y
	XMinDepth, XMinGQ int // on X and Y, where males have one copy
	Ungated           bool
	MaxSamples        int // of one file
}

// SexParams tell sexes apart. Shares are of heterozygous genotypes among those
// with the alternative allele on X, outside the pseudoautosomal regions and
// Excluded.
type SexParams struct {
	MaleMaxHet, FemaleMinHet float64
	MaleMinYX, FemaleMaxYX   float64 // mean depth on Y over mean depth on X
	MinXSites, MinYSites     int
	MinYCalls                int     // a person with a Y has so many calls there,
	MinYPerX                 float64 // and so many for each call on X
	AbsentYCalled            float64 // a person without has calls at no greater share of the sites on Y
	Excluded                 map[genome.Assembly]genome.Range
}

// KinshipParams tell relations apart. Window is in bases.
type KinshipParams struct {
	MinHets, MinWindows, Window            int
	MinChromosomes                         int // on fewer, kin other than parent and child are not judged
	MinReferenceShare, MinOverlap          float64
	TwinPhi, FirstPhi, SecondPhi, ThirdPhi float64
	Tolerance                              float64 // of phi, beyond the first degree
	ParentMaxIBS0                          float64
}

// MendelParams judge the share of impossible genotypes of a child.
type MendelParams struct {
	MinSites    int
	Warn, Block float64
}

// RunParams find runs of homozygosity.
type RunParams struct {
	CommonAF                 float64 // both alleles are at least so frequent, where the file gives frequencies
	FrequencyShare           float64 // of sites that have one, for the file to give frequencies
	MinBases, MaxGap         int
	MinSites                 int
	MinLOD, ErrorRate        float64
	MinSample                int // genotypes without which runs are not looked for
	LongBases                int // a run that speaks for related parents
	ConsanguinityChromosomes int
	SingleBases              int // runs of one chromosome alone that speak for isodisomy
}

// UPDParams find uniparental disomy in a trio.
type UPDParams struct {
	MinMarkers, MinBases int
	Against, Drop        int // what a marker of both parents takes away; the fall that ends a segment
	MaxChromosomes       int // on more, the parent is in doubt and not the chromosome
	IsoMaxHet            float64
	HeteroMinHet         float64
	Imprinted            []string
}

// ContaminationParams look for reads of somebody else.
type ContaminationParams struct {
	MinAF, MaxAF             float64 // of the alternative allele in the population
	MinDepth, MinSites       int
	Warn                     float64
	HetMinShare, HetMaxShare float64
	OddHets                  float64
}

// MitochondrialParams compare mother and child.
type MitochondrialParams struct {
	MinDepth       int
	Homoplasmic    float64
	MinSites       int
	MaxDifferences int
}

// DefaultParams returns the parameters that Thresholds gives the sources of.
func DefaultParams() Params {
	return Params{
		Gate: GateParams{MinDepth: 10, MinGQ: 20, XMinDepth: 6, XMinGQ: 10, MaxSamples: 16},
		Sex: SexParams{
			MaleMaxHet: 0.05, FemaleMinHet: 0.25, MaleMinYX: 0.09, FemaleMaxYX: 0.06,
			MinXSites: 30, MinYSites: 10, MinYCalls: 5, MinYPerX: 0.005, AbsentYCalled: 0.05,
			Excluded: map[genome.Assembly]genome.Range{
				genome.GRCh37: {Contig: "X", First: 88456882, Last: 92375509},
				genome.GRCh38: {Contig: "X", First: 89201883, Last: 93120510},
			},
		},
		Kinship: KinshipParams{
			MinHets: 200, MinWindows: 50, Window: 1_000_000, MinChromosomes: 5,
			MinReferenceShare: 0.05, MinOverlap: 0.8,
			TwinPhi: 0.354, FirstPhi: 0.177, SecondPhi: 0.0884, ThirdPhi: 0.0442,
			Tolerance: 0.02, ParentMaxIBS0: 0.008,
		},
		Mendel: MendelParams{MinSites: 300, Warn: 0.02, Block: 0.05},
		Runs: RunParams{
			CommonAF: 0.05, FrequencyShare: 0.5, MinBases: 1_500_000, MaxGap: 1_000_000,
			MinSites: 25, MinLOD: 5, ErrorRate: 0.002, MinSample: 5000,
			LongBases: 5_000_000, ConsanguinityChromosomes: 3, SingleBases: 15_000_000,
		},
		UPD: UPDParams{
			MinMarkers: 15, MinBases: 1_000_000, Against: 3, Drop: 10, MaxChromosomes: 2,
			IsoMaxHet: 0.1, HeteroMinHet: 0.9, Imprinted: []string{"6", "7", "11", "14", "15", "20"},
		},
		Contamination: ContaminationParams{
			MinAF: 0.1, MaxAF: 0.9, MinDepth: 20, MinSites: 200, Warn: 0.03,
			HetMinShare: 0.2, HetMaxShare: 0.8, OddHets: 0.05,
		},
		Mitochondrial: MitochondrialParams{MinDepth: 20, Homoplasmic: 0.95, MinSites: 5, MaxDifferences: 2},
	}
}
