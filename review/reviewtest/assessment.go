package reviewtest

import (
	"time"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/genome"
)

// Assessment returns a new assessment (Revision 0) of a variant of Case with
// every field filled: values that the file gives, and values it does not; a
// decision of each kind; one finished review.
func Assessment() review.Assessment {
	v := Variant()
	rs := RuleSet()
	by := User(review.Scientist).ID
	p := proposals()
	return review.Assessment{
		ID: "A-0001", Case: Case().ID,
		Unit: acmg.Unit{
			Key: v.Key.String(), Assembly: string(v.Key.Assembly), Gene: "HGNC:10585", Disease: "MONDO:0100135",
			MOI: "AD", Transcript: "NM_001165963.4", Penetrance: "incomplete",
		},
		Variant: v, Consequence: v.Consequences[0],
		Labels: []review.Label{{
			Model: "de_novo", Basis: "parents", Phase: "unknown", Partner: []string{"2-166045678-G-A"},
			Why: "the proband carries it and both parents are called without it",
		}},
		Facts:     mustJSON(map[string]any{"id": "A-0001", "schema": acmg.FactsSchema, "note": "<as it was>"}),
		Proposals: p,
		Evidence: []review.EvidenceItem{
			{
				Code: "PM2", Strength: acmg.Supporting, Decision: review.Accepted, Origin: "auto", PMIDs: []int{25741868},
				Shown: &p[0], RuleSet: rs.ID, RuleSetHash: rs.Hash, By: by, At: Start.Add(time.Hour),
			},
			{
				Code: "PS2", Strength: acmg.Strong, Decision: review.Accepted, Origin: "manual",
				Reason: "parentage confirmed; phenotype fits", RuleSet: rs.ID, RuleSetHash: rs.Hash, By: by,
				At: Start.Add(time.Hour + time.Second),
			},
			{
				Code: "PM2", Decision: review.Withdrawn, Origin: "manual", Reason: "taken by mistake",
				RuleSet: rs.ID, RuleSetHash: rs.Hash, By: by, At: Start.Add(time.Hour + 2*time.Second),
			},
		},
		Reviews: []review.Review{Review()},
		Comment: "seen once before, elsewhere",
	}
}

// Review returns the finished review of a first reader.
func Review() review.Review {
	rs := RuleSet()
	return review.Review{
		By: User(review.Scientist).ID, At: Start.Add(2 * time.Hour), Report: true, Note: "discussed at the meeting",
		Classification: acmg.Classification{
			RuleSet: rs.ID, RuleSetHash: rs.Hash,
			Codes:  []acmg.Code{{Criterion: "PS2", Strength: acmg.Strong}},
			Points: 400, Class: acmg.ClassUncertain, Band: "warm",
			Suppressed: []acmg.Suppression{{Code: "PM2", By: "PS2", PointsLost: 100, Ref: "a made-up rule"}},
			Flags:      []acmg.Flag{acmg.FlagMinItems}, Clause: "4 points: below 6",
		},
	}
}

// Decision returns one more decision on a criterion, without a time or an ID.
func Decision(code acmg.Criterion) review.EvidenceItem {
	rs := RuleSet()
	return review.EvidenceItem{
		Code: code, Strength: acmg.Moderate, Decision: review.Accepted, Origin: "manual", Reason: "because",
		RuleSet: rs.ID, RuleSetHash: rs.Hash, By: User(review.Scientist).ID,
	}
}

func proposals() []acmg.Proposal {
	return []acmg.Proposal{
		{
			Code: "PM2", Strength: acmg.Supporting, State: acmg.Met, Reason: "absent from gnomAD",
			Inputs:     []acmg.Input{{Name: "gnomAD AF", Value: "0", Source: "gnomAD", Version: "4.1", Operator: "<=", Threshold: "0.0001"}},
			Provenance: "acgs-2024, base layer",
		},
		{
			Code: "PP3", State: acmg.NotAssessed, Reason: "no REVEL score in the file",
			Inputs: []acmg.Input{{Name: "REVEL", Value: "not looked up"}}, Provenance: "acgs-2024, base layer",
		},
	}
}

// Variant returns a heterozygous missense variant of SCN1A in the proband; the
// father is called without it, the mother's genotype is missing.
func Variant() review.Variant {
	key := genome.Key{Assembly: genome.GRCh38, Contig: "2", Pos: 166_012_345, Ref: "C", Alt: "T"}
	return review.Variant{
		Key: key, Kind: review.SmallVariant,
		Record: review.Record{
			Number: 17, Contig: "chr2", Pos: key.Pos, Ref: "C", Alts: []string{"T", "<DEL>"}, Allele: 1,
			ID: "rs1", Qual: ptr(812.25), Filters: []string{}, Line: "chr2\t166012345\trs1\tC\tT,<DEL>\t812.25\tPASS",
		},
		Siblings: []string{"2-166012345-C-<DEL>"}, TrimmedOnly: true,
		Calls: []review.Call{
			{
				Sample: "PROBAND", GT: "0|1", State: review.Called, Ploidy: 2, Copies: 1, Phased: true, Hap: 2,
				PS: ptr(int64(166012001)), Depth: ptr(41), GQ: ptr(99), AD: &[2]int{20, 21}, Fraction: ptr(0.512),
			},
			{Sample: "FATHER", GT: "0/0", State: review.Called, Ploidy: 2, Depth: ptr(38), GQ: ptr(0)},
			{Sample: "MOTHER", GT: "./.", State: review.Missing, Ploidy: 2},
		},
		Consequences: []review.Consequence{{
			Symbol: "SCN1A", HGNC: "HGNC:10585", GeneID: "ENSG00000144285", Transcript: "NM_001165963.4",
			Biotype: "protein_coding", MANE: "select", Canonical: true, Terms: []string{"missense_variant"},
			Impact: "MODERATE", HGVSc: "NM_001165963.4:c.1A>T", HGVSp: "NP_001159435.1:p.(Met1?)", Exon: "5/27",
			AminoAcids: "M/L", AAPosition: "1", Source: "CSQ", Row: 0,
		}},
		Frequencies: []acmg.Frequency{{Dataset: "gnomAD", Version: "4.1", Callset: "joint", Group: "all", Present: true, AC: ptr(0), AN: ptr(1_614_000), AF: ptr(0.0)}},
		Predictors:  []acmg.Predictor{{Name: "REVEL", Version: "1.3", Score: 0.931}},
		Splice:      []acmg.Splice{{Tool: "SpliceAI", Version: "1.3", AG: ptr(0.0), DL: ptr(0.04), DPDL: ptr(-12)}},
		Assertions:  []review.Assertion{{Source: "ClinVar", Significance: "Conflicting", Stars: ptr(1), ID: "1", Conflicting: true}},
	}
}
