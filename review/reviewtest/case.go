package reviewtest

import (
	"encoding/json"

	"garrod/review"
	"garrod/review/genome"
)

// Names that must not be found in the clear in a sealed store.
const (
	Surname   = "Quixworth-Testcase"
	Forename  = "Zephyrine"
	NHSNumber = "9990000018"
)

// Case returns a new case (Revision 0) with every field filled: a trio with an
// unaffected brother and a cousin of unknown state, two files, checks of every
// outcome, and a panel.
func Case() review.Case {
	rs := RuleSet()
	return review.Case{
		ID: "C-0001", Status: review.StatusReceived, Assembly: genome.GRCh38,
		Proband: "PROBAND", Sex: review.Female,
		Patient: review.Patient{
			Surname: Surname, Forename: Forename, DOB: "2019-02-28", Sex: review.Female,
			Identifiers: []review.Identifier{
				{Type: "nhs", Value: NHSNumber},
				{Type: "hospital", Absent: "referred from abroad by Zephyrine's aunt"},
			},
		},
		Specimen: review.Specimen{
			LabNumber: "L26-00017", DNANumber: "D26-00017", Type: "blood in EDTA",
			Collected: "2026-01-02", Received: "2026-01-03",
		},
		Consent: review.Consent{Status: "given", Date: "2026-01-02", Secondary: "no", Note: "signed by Zephyrine's mother"},
		Family:  family(),
		HPO:     []string{"HP:0001250", "HP:0001263"},
		Panel:   panel(),
		Files:   files(),
		Checks: []review.Check{
			{Name: "bgzf_eof", Outcome: review.Pass, Detail: "the end block is there"},
			{Name: "contigs", Outcome: review.Warn, Detail: "no contig lengths in the header", Reason: "older pipeline"},
			{Name: "sex", Outcome: review.CheckNotAssessed, Detail: "too few calls on chromosome X"},
		},
		Identity: &review.CaseIdentity{Report: json.RawMessage(`{"samples":["PROBAND","FATHER"]}`)},
		RuleSet:  rs.ID, RuleSetHash: rs.Hash,
		Created: Start, Updated: Start,
	}
}

func family() review.Family {
	kinship := []review.Kinship{{A: "PROBAND", B: "FATHER", Coefficient: 0.25}}
	return review.Family{ID: "FAM1", Kinship: kinship, Members: []review.Member{
		{ID: "PROBAND", Father: "FATHER", Mother: "MOTHER", Sex: review.Female, Affected: ptr(true)},
		{ID: "FATHER", Sex: review.Male, Affected: ptr(false)},
		{ID: "MOTHER", Sex: review.Female, Affected: ptr(false)},
		{ID: "BROTHER", Father: "FATHER", Mother: "MOTHER", Sex: review.Male, Affected: ptr(false), Twin: "2"},
		{ID: "COUSIN", Sex: review.SexUnknown},
	}}
}

func panel() *review.Panel {
	return &review.Panel{
		Name: "Early onset epilepsy", Version: "4.2", Date: "2025-11-30", Source: "made up for tests",
		Genes: []review.PanelGene{
			{HGNC: "HGNC:10585", Symbol: "SCN1A", MOI: "AD"},
			{HGNC: "HGNC:11411", Symbol: "CDKL5", MOI: "XLD"},
			{Symbol: "ORPHAN1"},
		},
	}
}

func files() []review.SourceFile {
	return []review.SourceFile{
		{
			Kind: "vcf", Path: "/data/trio é #1.vcf.gz", Size: 1_234_567, SHA256: hash("vcf"),
			Index: "/data/trio é #1.vcf.gz.tbi", IndexHash: hash("tbi"), Records: 4321,
			Samples: []string{"PROBAND", "FATHER", "MOTHER"},
			Capabilities: []review.Capability{
				{Name: "consequence", Present: true, Detail: "CSQ of VEP 110"},
				{Name: "spliceai", Detail: "no SpliceAI field in CSQ"},
			},
		},
		{Kind: "bam", Sample: "PROBAND", Path: `\\server\reads\proband.bam`, Size: 9, SHA256: hash("bam"), Records: -1},
	}
}
