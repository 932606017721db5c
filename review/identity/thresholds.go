package identity

import (
	"strings"

	"garrod/review/genome"
)

// Threshold is one number behind a verdict, as reports and pages print it.
type Threshold struct {
	Name    string  `json:"name"`
	Value   float64 `json:"value"`
	Meaning string  `json:"meaning"`
	Source  string  `json:"source"`
}

// The sources of thresholds. Numbers of our own are marked as such.
const (
	sourceSpec    = "Garrod clinical specification, section 6"
	sourceSlivar  = sourceSpec + "; Pedersen 2021, doi:10.1038/s41525-021-00227-3"
	sourceKING    = "Manichaikul 2010, doi:10.1093/bioinformatics/btq559"
	sourceNgsBits = sourceSpec + "; defaults of ngs-bits SampleGender 2021_03"
	sourceUPD     = sourceSpec + "; defaults of ngs-bits UpdHunter"
	sourceROH     = sourceSpec + "; Kirin 2010, doi:10.1371/journal.pone.0013996"
	sourcePLINK   = "Chang 2015 (PLINK), doi:10.1186/s13742-015-0047-8"
	sourceLOD     = "method of Broman and Weber 1999, doi:10.1086/302661; the number is Garrod's own, held against made families"
	sourceCHARR   = "method of Lu 2023 (CHARR), doi:10.1016/j.ajhg.2023.10.011"
	sourceVBID    = "Jun 2012, doi:10.1016/j.ajhg.2012.09.004, whose limit is 3 %; measured as in Lu 2023 (CHARR), doi:10.1016/j.ajhg.2023.10.011"
	sourceACMGROH = "Garrod's own, to be checked by the laboratory; the question is that of Gonzales 2022, doi:10.1016/j.gim.2021.10.004"
	sourceOwn     = "Garrod's own, held against made families"
)

// Thresholds lists every parameter with its meaning and source.
func (p Params) Thresholds() []Threshold {
	var all []Threshold
	for _, part := range [][]Threshold{
		p.Gate.thresholds(), p.Sex.thresholds(), p.Kinship.thresholds(), p.Mendel.thresholds(),
		p.Runs.thresholds(), p.UPD.thresholds(), p.Contamination.thresholds(), p.Mitochondrial.thresholds(),
	} {
		all = append(all, part...)
	}
	return all
}

func number(name string, value int, meaning, source string) Threshold {
	return Threshold{name, float64(value), meaning, source}
}

func share(name string, value float64, meaning, source string) Threshold {
	return Threshold{name, value, meaning, source}
}

func (g GateParams) thresholds() []Threshold {
	ungated := 0
	if g.Ungated {
		ungated = 1
	}
	return []Threshold{
		number("min_depth", g.MinDepth, "reads for a genotype to count", sourceSlivar),
		number("min_gq", g.MinGQ, "quality for a genotype to count", sourceSlivar),
		number("x_min_depth", g.XMinDepth, "reads for a genotype on X or Y to count", sourceSpec),
		number("x_min_gq", g.XMinGQ, "quality for a genotype on X or Y to count", sourceSpec),
		number("ungated", ungated, "1: genotypes without depth and quality count too", sourceOwn),
		number("max_samples", g.MaxSamples, "samples of one file that are measured", sourceOwn),
	}
}

func (q SexParams) thresholds() []Threshold {
	x := func(a genome.Assembly) string { return q.Excluded[a].String() + " on " + string(a) }
	out := "XTR is left out: " + x(genome.GRCh37) + ", " + x(genome.GRCh38)
	return []Threshold{
		share("male_max_x_het", q.MaleMaxHet, "most heterozygous share on X of one X. "+out, sourceNgsBits),
		share("female_min_x_het", q.FemaleMinHet, "least heterozygous share on X of two X. "+out, sourceNgsBits),
		share("male_min_yx", q.MaleMinYX, "least depth on Y for each on X of a person with Y", sourceNgsBits),
		share("female_max_yx", q.FemaleMaxYX, "most depth on Y for each on X of a person without", sourceNgsBits),
		number("min_x_sites", q.MinXSites, "genotypes on X without which sex is not told", sourceOwn),
		number("min_y_sites", q.MinYSites, "sites on Y without which its absence is not told", sourceOwn),
		number("min_y_calls", q.MinYCalls, "calls on Y that speak for a Y", sourceOwn),
		share("min_y_per_x", q.MinYPerX, "calls on Y for each on X that speak for a Y", sourceOwn),
		share("absent_y_called", q.AbsentYCalled, "most of the sites on Y at which a person without Y has a call", sourceOwn),
	}
}

func (k KinshipParams) thresholds() []Threshold {
	return []Threshold{
		share("twin_phi", k.TwinPhi, "phi above it: the same person, or monozygotic twins", sourceKING),
		share("first_phi", k.FirstPhi, "phi from it on: first degree", sourceKING),
		share("second_phi", k.SecondPhi, "phi from it on: second degree", sourceKING),
		share("third_phi", k.ThirdPhi, "phi from it on: third degree", sourceKING),
		share("phi_tolerance", k.Tolerance, "how far phi may lie outside, for kin beyond the first degree", sourceOwn),
		share("parent_max_ibs0", k.ParentMaxIBS0, "most sites without a shared allele, of parent and child, among those where either has the alternative allele",
			sourceOwn+"; that it is near 0 for parent and child: "+sourceKING),
		number("min_hets", k.MinHets, "heterozygous sites of each of a pair without which it is not judged", sourceOwn),
		number("min_windows", k.MinWindows, "windows with sites without which a pair is not judged", sourceOwn),
		number("window", k.Window, "bases of a window", sourceOwn),
		number("min_chromosomes", k.MinChromosomes, "chromosomes with sites; on fewer, only parent and child are judged", sourceOwn),
		share("min_reference_share", k.MinReferenceShare, "reference calls without which a file is one of variants only", sourceOwn),
		share("min_overlap", k.MinOverlap, "share of one person's variants at which the other is called too, unless there are reference calls", sourceOwn),
	}
}

func (q MendelParams) thresholds() []Threshold {
	return []Threshold{
		share("mendel_warn", q.Warn, "share of impossible genotypes from which it warns", sourceSpec),
		share("mendel_block", q.Block, "share of impossible genotypes from which it fails", sourceSpec),
		number("mendel_min_sites", q.MinSites, "sites without which it is not judged", sourceOwn),
	}
}

func (q RunParams) thresholds() []Threshold {
	return []Threshold{
		number("run_min_bases", q.MinBases, "bases of a run", sourceROH),
		number("run_min_sites", q.MinSites, "sites of a run", sourceOwn),
		share("run_min_lod", q.MinLOD, "log10 of the odds of a run against chance", sourceLOD),
		share("run_error_rate", q.ErrorRate, "heterozygous genotypes that are wrong in a run", sourceLOD),
		number("run_max_gap", q.MaxGap, "bases without a site that end a run", sourcePLINK),
		share("common_af", q.CommonAF, "least frequency of either allele, where the file gives frequencies", sourcePLINK),
		share("frequency_share", q.FrequencyShare, "sites with a frequency for the file to give frequencies", sourceOwn),
		number("run_min_sample", q.MinSample, "genotypes without which runs are not looked for", sourceOwn),
		number("long_run_bases", q.LongBases, "bases of a run that speaks for related parents", sourceROH),
		number("consanguinity_chromosomes", q.ConsanguinityChromosomes, "chromosomes with such a run that speak for related parents", sourceACMGROH),
		number("single_chromosome_bases", q.SingleBases, "bases in runs of one chromosome alone that speak for isodisomy", sourceACMGROH),
	}
}

func (q UPDParams) thresholds() []Threshold {
	return []Threshold{
		number("upd_min_markers", q.MinMarkers, "sites without an allele of one parent, in a row", sourceUPD),
		number("upd_min_bases", q.MinBases, "bases from the first of them to the last", sourceUPD),
		number("upd_against", q.Against, "such sites that one site with alleles of both outweighs", sourceOwn),
		number("upd_drop", q.Drop, "fall of the count that ends a stretch", sourceOwn),
		number("upd_max_chromosomes", q.MaxChromosomes, "chromosomes without the same parent; on more the parent is in doubt", sourceOwn),
		share("iso_max_het", q.IsoMaxHet, "most heterozygous genotypes, where the one parent is, of isodisomy", sourceOwn),
		share("hetero_min_het", q.HeteroMinHet, "least heterozygous genotypes, where the one parent is, of heterodisomy", sourceOwn),
		number("imprinted", len(q.Imprinted), "chromosomes with imprinted disorders: "+strings.Join(q.Imprinted, ", "), sourceSpec),
	}
}

func (q ContaminationParams) thresholds() []Threshold {
	return []Threshold{
		share("contamination_warn", q.Warn, "share of foreign reads from which it warns", sourceVBID),
		share("contamination_min_af", q.MinAF, "least frequency of the alternative allele", sourceCHARR),
		share("contamination_max_af", q.MaxAF, "highest frequency of the alternative allele", sourceCHARR),
		number("contamination_min_depth", q.MinDepth, "reads at a homozygous site that is looked at", sourceCHARR),
		number("contamination_min_sites", q.MinSites, "homozygous sites without which it is not judged", sourceOwn),
		share("het_min_share", q.HetMinShare, "least share of reads of a heterozygote", sourceSlivar),
		share("het_max_share", q.HetMaxShare, "highest share of reads of a heterozygote", sourceSlivar),
		share("odd_hets", q.OddHets, "heterozygotes outside these from which it warns", sourceOwn),
	}
}

func (q MitochondrialParams) thresholds() []Threshold {
	return []Threshold{
		number("mt_min_depth", q.MinDepth, "reads for a mitochondrial genotype to count", sourceOwn),
		share("mt_homoplasmic", q.Homoplasmic, "share of reads from which a genome is taken to be all alike", sourceOwn),
		number("mt_min_sites", q.MinSites, "sites without which mother and child are not compared", sourceOwn),
		number("mt_max_differences", q.MaxDifferences, "differences that new mutations may explain", sourceOwn),
	}
}
