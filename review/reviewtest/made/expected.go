package made

// Finding is one record of the demonstration case that shows something, and
// what a correct program makes of it.
type Finding struct {
	// Key is CHROM-POS-REF-ALT of the allele as the file has it, trimmed.
	Key string
	// LeftAligned is the key after left-alignment against the reference
	// sequence, where that differs from Key; empty otherwise.
	LeftAligned string
	Name        string // short: "de novo", "homozygote" …
	Shows       string // a sentence for people

	Gene, HGNC string
	// Transcript is MANE Select with version; HGVSc and HGVSp are on it,
	// without accession. Empty where the record has none.
	Transcript, HGVSc, HGVSp string

	// Model is an inheritance label that must be among those given; empty: no
	// particular one. Phase and Partner go with compound_het and cis_pair.
	Model, Phase, Partner string
	// Lane is where a filter for rare disease puts it (PASS, frequency at most
	// 1 %, protein-altering or splice, the demonstration panel, any model of
	// inheritance): list, rescue or out. Empty where that is a matter of policy.
	Lane string
	// Made is true where not only genotypes and counts but the variant itself
	// is made up.
	Made bool
}

// Expected lists the key records of the demonstration case, in genome order.
func Expected() []Finding {
	return append(expectedInherited(), expectedAwkward()...)
}

// expectedInherited are those a trio analysis is about.
func expectedInherited() []Finding {
	return []Finding{
		{
			Key: "18-55257375-C-T", Name: "de novo", Model: "de_novo", Lane: "list",
			Gene: "TCF4", HGNC: "HGNC:11634", Transcript: "NM_001083962.2", HGVSc: "c.1086G>A", HGVSp: "p.Trp362Ter",
			Shows: "The diagnosis: a stop codon that neither parent carries; absent from a well covered gnomAD. " +
				"PM2 is proposed; PVS1 and PM6 are added by hand, which makes it pathogenic under acgs-2024.",
		},
		{
			Key: "12-102852876-G-A", Name: "compound heterozygote, from the mother",
			Model: "compound_het", Phase: "trans", Partner: "12-102852857-T-A", Lane: "list",
			Gene: "PAH", HGNC: "HGNC:8582", Transcript: "NM_000277.3", HGVSc: "c.781C>T", HGVSp: "p.Arg261Ter",
			Shows: "One of two alleles in trans by the parents; pathogenic in ClinVar.",
		},
		{
			Key: "12-102852857-T-A", Name: "compound heterozygote, from the father",
			Model: "compound_het", Phase: "trans", Partner: "12-102852876-G-A", Lane: "list",
			Gene: "PAH", HGNC: "HGNC:8582", Transcript: "NM_000277.3", HGVSc: "c.800A>T", HGVSp: "p.Gln267Leu",
			Shows: "The other allele: uncertain in ClinVar, REVEL 0.975. PM2 and PP3 are proposed; PM3 is for a person to add.",
		},
		{
			Key: "11-77190773-C-T", Name: "homozygote", Model: "recessive_hom", Lane: "list",
			Gene: "MYO7A", HGNC: "HGNC:7606", Transcript: "NM_000260.4", HGVSc: "c.3827C>T", HGVSp: "p.Ser1276Leu",
			Shows: "Two copies in the child, one in each parent; of uncertain significance.",
		},
		{
			Key: "X-153694381-C-T", Name: "X-linked hemizygote", Model: "x_linked", Lane: "list",
			Gene: "SLC6A8", HGNC: "HGNC:11055", Transcript: "NM_005629.4", HGVSc: "c.1430C>T", HGVSp: "p.Ser477Leu",
			Shows: "One copy, on the boy's only X; the mother carries it, the father does not matter.",
		},
		{
			Key: "X-135985504-T-G", Name: "worst consequence on another transcript", Model: "x_linked", Lane: "list",
			Gene: "SLC9A6", HGNC: "HGNC:11079", Transcript: "NM_001379110.1", HGVSc: "c.-57+27T>G",
			Shows: "Intronic on MANE Select, start_lost on NM_001042537.2 and NM_006359.3: the program must say so. " +
				"gnomAD was not looked up (empty), so that PM2 is not assessed.",
		},
		{
			Key: "19-1399793-C-T", Name: "synonymous, splice", Lane: "rescue",
			Gene: "GAMT", HGNC: "HGNC:4136", Transcript: "NM_000156.6", HGVSc: "c.327G>A", HGVSp: "p.Lys109=",
			Shows: "Synonymous in the last base of an exon, SpliceAI donor loss 0.86: PP3. A carrier of one recessive allele, " +
				"pathogenic in ClinVar.",
		},
	}
}

// expectedAwkward are those that a careless program reads wrongly.
func expectedAwkward() []Finding {
	return []Finding{
		{
			Key: "17-44375697-A-C", Name: "common variant", Lane: "out",
			Gene: "ITGA2B", HGNC: "HGNC:6138", Transcript: "NM_000419.5", HGVSc: "c.2621T>G", HGVSp: "p.Ile874Ser",
			Shows: "A missense variant that four in ten chromosomes carry: BA1.",
		},
		{
			Key: "6-26092913-G-A", Name: "known pathogenic, hidden by frequency", Lane: "rescue",
			Gene: "HFE", HGNC: "HGNC:4886", Transcript: "NM_000410.4", HGVSc: "c.845G>A", HGVSp: "p.Cys282Tyr",
			Shows: "Pathogenic in ClinVar at 5.8 % of European chromosomes: the frequency step removes it, the rescue lane shows it, " +
				"and BA1's list of exceptions names it.",
		},
		{
			Key: "17-47290971-A-C", Name: "multi-allelic site, common allele", Lane: "out",
			Gene: "ITGB3", HGNC: "HGNC:6156", Transcript: "NM_000212.3", HGVSc: "c.1143A>C", HGVSp: "p.Val381=",
			Shows: "The child is 1/2: C from the mother, T from the father. Each allele has its own frequency and CSQ rows.",
		},
		{
			Key: "17-47290971-A-T", Name: "multi-allelic site, rare allele", Lane: "out",
			Gene: "ITGB3", HGNC: "HGNC:6156", Transcript: "NM_000212.3", HGVSc: "c.1143A>T", HGVSp: "p.Val381=",
			Shows: "The rare sibling of the allele before: it must not get the common one's frequency, and is no homozygote.",
		},
		{
			Key: "17-7222617-G-T", Name: "intronic, benign", Lane: "out",
			Gene: "ACADVL", HGNC: "HGNC:92", Transcript: "NM_000018.4", HGVSc: "c.879-50G>T",
			Shows: "Deep in an intron, common in one group only: grpmax decides, not the mean of all.",
		},
		{
			Key: "13-20189551-CC-C", LeftAligned: "13-20189546-AC-A", Name: "deletion that needs normalising", Lane: "rescue",
			Gene: "GJB2", HGNC: "HGNC:4284", Transcript: "NM_004004.6", HGVSc: "c.35del", HGVSp: "p.Gly12ValfsTer2",
			Shows: "Written 20189551 CCAG>CAG, at the right end of a run of six C with two bases too many. " +
				"A carrier of one recessive allele, pathogenic in ClinVar.",
		},
		{
			Key: "1-215674515-G-A", Name: "phased pair in cis", Model: "cis_pair", Phase: "cis", Partner: "1-215674694-A-G", Lane: "out",
			Gene: "USH2A", HGNC: "HGNC:12601", Transcript: "NM_206933.4", HGVSc: "c.13396C>T", HGVSp: "p.Pro4466Ser",
			Shows: "0|1 with phase set 215674515, both alleles of the pair from the mother: in cis, no compound heterozygote.",
		},
		{
			Key: "1-215674694-A-G", Name: "phased pair in cis", Model: "cis_pair", Phase: "cis", Partner: "1-215674515-G-A", Lane: "out",
			Gene: "USH2A", HGNC: "HGNC:12601", Transcript: "NM_206933.4", HGVSc: "c.13217T>C", HGVSp: "p.Leu4406Pro",
			Shows: "The other allele of the pair in cis.",
		},
		{
			Key: "19-4101032-C-T", Name: "missing genotype in one parent", Model: "de_novo_possible", Lane: "list",
			Gene: "MAP2K2", HGNC: "HGNC:6842", Transcript: "NM_030662.4", HGVSc: "c.692G>A", HGVSp: "p.Arg231His",
			Shows: "The father is ./.: missing is not reference, so this is possibly de novo and no more. " +
				"gnomAD has no carrier but hardly covers the site: PM2 must not be met.",
		},
		{
			Key: "7-107661788-C-G", Name: "partial genotype",
			Gene: "SLC26A4", HGNC: "HGNC:8818", Transcript: "NM_000441.2", HGVSc: "c.147C>G", HGVSp: "p.Ser49Arg",
			Shows: "The child is ./1: carried, but neither heterozygous nor homozygous for certain.",
		},
		{
			Key: "1-11122037-C-T", Name: "low quality", Lane: "out",
			Gene: "MTOR", HGNC: "HGNC:3942", Transcript: "NM_004958.4", HGVSc: "c.6752G>A", HGVSp: "p.Arg2251Gln",
			Shows: "Looks de novo, but FILTER is LowQual, 2 of 16 reads have it and GQ is 12: the quality step removes and counts it.",
		},
		{
			Key: "X-71107741-T-C", Name: "heterozygous male on X", Model: "sex_anomaly", Lane: "list",
			Gene: "IL2RG", HGNC: "HGNC:6010", Transcript: "NM_000206.3", HGVSc: "c.1105A>G", HGVSp: "p.Thr369Ala",
			Shows: "0/1 in a boy outside the pseudoautosomal regions, in neither parent: an artefact or mosaic to flag, not a hemizygote.",
		},
		{
			Key: "X-634210-G-A", Name: "pseudoautosomal", Lane: "out", Made: true,
			Gene: "SHOX", HGNC: "HGNC:10853", Transcript: "NM_000451.4", HGVSc: "c.278-410G>A",
			Shows: "In PAR1 a boy has two copies: 0/1, from his father, is an ordinary heterozygote.",
		},
		{
			Key: "2-50550000-GTTCA-G", Name: "deletion under a star allele", Lane: "out", Made: true,
			Gene: "NRXN1", HGNC: "HGNC:8008", Transcript: "NM_001330078.2", HGVSc: "c.772+2101_772+2104del",
			Shows: "The father's deletion, which the * of the next record refers to.",
		},
		{
			Key: "2-50550002-T-C", Name: "star allele", Lane: "out", Made: true,
			Gene: "NRXN1", HGNC: "HGNC:8008", Transcript: "NM_001330078.2", HGVSc: "c.772+2103A>G",
			Shows: "ALT is C,* and the child 1/2: one copy of C; the * is no variant to classify and no second copy.",
		},
		{
			Key: "7-147420999-A-<DEL>", Name: "symbolic deletion", Lane: "out", Made: true,
			Gene: "CNTNAP2", HGNC: "HGNC:13830", Transcript: "NM_014141.6",
			Shows: "<DEL> with END=147422841: kept and counted, never classified as a small variant.",
		},
		{
			Key: "MT-1555-A-G", Name: "mitochondrial, homoplasmic", Model: "mitochondrial", Lane: "list",
			Gene: "MT-RNR1", HGNC: "HGNC:7470",
			Shows: "m.1555A>G in child and mother, haploid calls: no homozygote, and outside the rule sets for nuclear genes. " +
				"ClinVar calls it a drug response.",
		},
		{
			Key: "MT-16093-T-C", Name: "mitochondrial, heteroplasmic",
			Shows: "15 % in the child, 51 % in the mother (FORMAT AF): 0/1 means heteroplasmy.",
		},
	}
}
