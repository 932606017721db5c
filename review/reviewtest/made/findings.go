package made

// findings are the records that a trio analysis should bring to light. Their
// positions, alleles and HGVS are those of the ClinGen Evidence Repository
// (CC0); REVEL as quoted there where it is quoted. Population counts and
// SpliceAI scores are made up.
func findings(g map[string]gene) []keyRecord {
	tcf4, pah, myo7a, slc6a8 := g["TCF4"], g["PAH"], g["MYO7A"], g["SLC6A8"]
	stop := coding(1086, 362, "W/*", "tgG/tgA")
	return []keyRecord{
		{ // de novo
			chrom: "18", pos: 55257375, ref: "C", gt: [3]string{"0/1", "0/0", "0/0"},
			ad: [3][]int{{21, 19}, {41, 0}, {38, 0}},
			alts: one("T", absent(), clinVar("93540", "Likely_pathogenic", expertPanel, "Pitt-Hopkins syndrome"),
				append(tcf4.both("stop_gained", "c.1086G>A", "p.Trp362Ter", stop),
					tcf4.other("NM_001243226.2", "stop_gained", "c.1392G>A", nil))...),
		},
		{ // compound heterozygote, the mother's allele
			chrom: "12", pos: 102852876, ref: "G", gt: [3]string{"0/1", "0/1", "0/0"},
			alts: one("A", carried(3.1e-5, 1.3e-5, 0, 1.1e-5, 1.7e-5, 1.2e-5),
				clinVar("610", "Pathogenic", expertPanel, "Phenylketonuria"),
				pah.both("stop_gained", "c.781C>T", "p.Arg261Ter",
					coding(781, 261, "R/*", "Cga/Tga").with(row{"EXON": "7/13"}))...),
		},
		{ // compound heterozygote, the father's allele
			chrom: "12", pos: 102852857, ref: "T", gt: [3]string{"0/1", "0/0", "0/1"},
			alts: one("A", carried(0, 0, 9e-5, 0, 0, 0),
				clinVar("225135", "Uncertain_significance", expertPanel, "Phenylketonuria"),
				pah.both("missense_variant", "c.800A>T", "p.Gln267Leu",
					coding(800, 267, "Q/L", "").with(row{"EXON": "7/13", "REVEL": "0.975"}, noSplice("PAH")))...),
		},
		{ // homozygote
			chrom: "11", pos: 77190773, ref: "C", gt: [3]string{"1/1", "0/1", "0/1"},
			alts: one("T", carried(2e-6, 8e-5, 0, 0, 0, 0),
				clinVar("178283", "Uncertain_significance", expertPanel, "Usher syndrome"),
				myo7a.both("missense_variant", "c.3827C>T", "p.Ser1276Leu",
					coding(3827, 1276, "S/L", "").with(row{"EXON": "30/49", "REVEL": "0.769"}, noSplice("MYO7A")))...),
		},
		{ // X-linked hemizygote
			chrom: "X", pos: 153694381, ref: "C", gt: [3]string{"1", "0/1", "0"},
			alts: one("T", absent().onX(),
				clinVar("1303056", "Uncertain_significance", expertPanel, "Creatine transporter deficiency"),
				slc6a8.both("missense_variant", "c.1430C>T", "p.Ser477Leu",
					coding(1430, 477, "S/L", "").with(row{"REVEL": "0.83"}, noSplice("SLC6A8")))...),
		},
		spliceCarrier(g["GAMT"]),
		otherTranscript(g["SLC9A6"]),
	}
}

// spliceCarrier is synonymous, and nothing but its splice score shows that it
// matters.
func spliceCarrier(gamt gene) keyRecord {
	donorLoss := splice("GAMT", [4]string{"0.00", "0.00", "0.07", "0.86"}, [4]int{3, -9, 44, 0})
	return keyRecord{
		chrom: "19", pos: 1399793, ref: "C", gt: [3]string{"0/1", "0/0", "0/1"},
		alts: one("T", carried(2.9e-4, 4e-5, 0, 1e-5, 8e-5, 1.1e-4),
			clinVar("21065", "Pathogenic", expertPanel, "Guanidinoacetate methyltransferase deficiency"),
			gamt.both("splice_region_variant&synonymous_variant", "c.327G>A", "p.Lys109=",
				coding(327, 109, "K", "aaG/aaA").with(row{"EXON": "2/6"}, donorLoss))...),
	}
}

// otherTranscript is intronic on the MANE Select transcript and removes the
// start codon of two others. The population data set was not asked for it.
func otherTranscript(slc9a6 gene) keyRecord {
	start := coding(2, 1, "M/R", "aTg/aGg")
	rows := append(slc9a6.both("intron_variant", "c.-57+27T>G", "", nil),
		slc9a6.other("NM_001042537.2", "start_lost", "c.2T>G", start.with(row{"HGVSp": "NP_001036002.1:p.Met1?"})),
		slc9a6.other("NM_006359.3", "start_lost", "c.2T>G", start.with(row{"HGVSp": "NP_006350.1:p.Met1?"})))
	return keyRecord{
		chrom: "X", pos: 135985504, ref: "T", gt: [3]string{"1", "0/1", "0"},
		alts: one("G", population{}, clinVar("383439", "Uncertain_significance", expertPanel, "Christianson syndrome"),
			rows...),
	}
}
