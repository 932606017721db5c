package made

import "fmt"

// frequent are the records that a frequency filter meets.
func frequent(g map[string]gene) []keyRecord {
	itga2b, hfe, itgb3, acadvl := g["ITGA2B"], g["HFE"], g["ITGB3"], g["ACADVL"]
	return []keyRecord{
		{ // common missense
			chrom: "17", pos: 44375697, id: "rs5911", ref: "A", gt: [3]string{"0/1", "0/1", "0/0"},
			alts: one("C", carried(0.385, 0.439, 0.42, 0.37, 0.35, 0.38),
				clinVar("2891", "Benign", expertPanel, "Glanzmann thrombasthenia"),
				itga2b.both("missense_variant", "c.2621T>G", "p.Ile874Ser",
					coding(2621, 874, "I/S", "aTc/aGc").with(row{"REVEL": "0.055"}, noSplice("ITGA2B")))...),
		},
		{ // known pathogenic, and common
			chrom: "6", pos: 26092913, id: "rs1800562", ref: "G", gt: [3]string{"0/1", "0/1", "0/0"},
			alts: one("A", carried(0.058, 0.011, 0.0002, 0.002, 0.014, 0.03),
				clinVar("9", "Pathogenic", manyAgree, "Hemochromatosis type 1"),
				hfe.both("missense_variant", "c.845G>A", "p.Cys282Tyr",
					coding(845, 282, "C/Y", "tGc/tAc").with(row{"EXON": "4/6", "REVEL": "0.872"}, noSplice("HFE")))...),
		},
		{ // two ALT alleles, one common and one rare
			chrom: "17", pos: 47290971, ref: "A", gt: [3]string{"1/2", "0/1", "0/2"},
			alts: []keyAllele{
				{
					"C", carried(0.37, 0.36, 0.52, 0.4, 0.44, 0.36),
					clinVar("255535", "Benign", expertPanel, "Glanzmann thrombasthenia"),
					itgb3.both("synonymous_variant", "c.1143A>C", "p.Val381=", coding(1143, 381, "V", "gtA/gtC")),
				},
				{
					"T", carried(0, 0, 0.0062, 0.0001, 0, 0.0001),
					clinVar("890709", "Benign", expertPanel, "Glanzmann thrombasthenia"),
					itgb3.both("synonymous_variant", "c.1143A>T", "p.Val381=", coding(1143, 381, "V", "gtA/gtT")),
				},
			},
		},
		{ // intronic and benign
			chrom: "17", pos: 7222617, ref: "G", gt: [3]string{"0/1", "0/0", "0/1"},
			alts: one("T", carried(0.0003, 0.0698, 0, 0.0002, 0.004, 0.001),
				clinVar("932840", "Benign", expertPanel, "Very long chain acyl-CoA dehydrogenase deficiency"),
				acadvl.both("intron_variant", "c.879-50G>T", "", noSplice("ACADVL"))...),
		},
		{ // deletion written at the right end of a run of C, with two bases too many
			chrom: "13", pos: 20189551, id: "rs80338939", ref: "CCAG", gt: [3]string{"0/1", "0/0", "0/1"},
			alts: one("CAG", carried(0.0094, 0.0012, 0.0001, 0.0006, 0.004, 0.007),
				clinVar("17004", "Pathogenic", expertPanel, "Nonsyndromic genetic hearing loss"),
				g["GJB2"].both("frameshift_variant", "c.35del", "p.Gly12ValfsTer2",
					coding(35, 12, "G/X", "gGt/gt").with(row{"EXON": "2/2"}))...),
		},
	}
}

// genotypes are the records whose calls need care.
func genotypes(g map[string]gene) []keyRecord {
	map2k2, slc26a4, mtor, il2rg, ush2a := g["MAP2K2"], g["SLC26A4"], g["MTOR"], g["IL2RG"], g["USH2A"]
	cis := func(pos int, ref, alt string, pop population, id, c, p string, aa row) keyRecord {
		return keyRecord{
			chrom: "1", pos: pos, ref: ref, gt: [3]string{"0|1", "0|1", "0/0"}, ps: 215674515,
			alts: one(alt, pop, clinVar(id, "Uncertain_significance", expertPanel, "Usher syndrome"),
				ush2a.both("missense_variant", c, p, aa.with(row{"EXON": "63/72"}, noSplice("USH2A")))...),
		}
	}
	return []keyRecord{
		cis(215674515, "G", "A", carried(4.4e-4, 5e-5, 0, 2e-5, 1e-4, 1.5e-4), "48417", "c.13396C>T", "p.Pro4466Ser",
			coding(13396, 4466, "P/S", "").with(row{"REVEL": "0.049"})),
		cis(215674694, "A", "G", carried(0, 2e-4, 0, 0, 0, 0), "556334", "c.13217T>C", "p.Leu4406Pro",
			coding(13217, 4406, "L/P", "").with(row{"REVEL": "0.412"})),
		{ // the father has no call; the data set can hardly see the site
			chrom: "19", pos: 4101032, ref: "C", gt: [3]string{"0/1", "0/0", "./."},
			alts: one("T", poorlyCovered(), clinVar("543999", "Uncertain_significance", expertPanel, "RASopathy"),
				map2k2.both("missense_variant", "c.692G>A", "p.Arg231His",
					coding(692, 231, "R/H", "").with(row{"REVEL": "0.702"}, noSplice("MAP2K2")))...),
		},
		{ // one of the proband's two alleles is called
			chrom: "7", pos: 107661788, ref: "C", gt: [3]string{"./1", "0/1", "0/0"},
			alts: one("G", carried(0, 0, 0.0036, 0.0001, 0, 0),
				clinVar("227949", "Likely_benign", expertPanel, "Pendred syndrome"),
				slc26a4.both("missense_variant", "c.147C>G", "p.Ser49Arg",
					coding(147, 49, "S/R", "").with(row{"EXON": "2/21", "REVEL": "0.108"}, noSplice("SLC26A4")))...),
		},
		{ // looks de novo, is noise
			chrom: "1", pos: 11122037, ref: "C", gt: [3]string{"0/1", "0/0", "0/0"},
			ad: [3][]int{{14, 2}, {19, 0}, {17, 0}}, qual: 21, filter: "LowQual",
			alts: one("T", absent(), clinVar("858694", "Uncertain_significance", expertPanel, "Smith-Kingsmore syndrome"),
				mtor.both("missense_variant", "c.6752G>A", "p.Arg2251Gln",
					coding(6752, 2251, "R/Q", "").with(row{"REVEL": "0.611"}, noSplice("MTOR")))...),
		},
		{ // a male with two alleles outside the pseudoautosomal regions
			chrom: "X", pos: 71107741, ref: "T", gt: [3]string{"0/1", "0/0", "0"},
			ad: [3][]int{{12, 5}, {34, 0}, {18, 0}}, qual: 187,
			alts: one("C", carried(2.3e-5, 0, 0, 0, 0, 1e-5).onX(),
				clinVar("837417", "Uncertain_significance", expertPanel, "X-linked severe combined immunodeficiency"),
				il2rg.both("missense_variant", "c.1105A>G", "p.Thr369Ala",
					coding(1105, 369, "T/A", "").with(row{"REVEL": "0.134"}, noSplice("IL2RG")))...),
		},
	}
}

// shapes are records of unusual form. Unlike the others they are made up.
func shapes(g map[string]gene) []keyRecord {
	const delFirst, delLast = 147421000, 147422841
	nrxn1, cntnap2, shox := g["NRXN1"], g["CNTNAP2"], g["SHOX"]
	indel := carried(0.11, 0.2, 0.07, 0.09, 0.1, 0.12)
	return []keyRecord{
		{ // pseudoautosomal: the father's allele came on his X or his Y
			chrom: "X", pos: 634210, ref: "G", gt: [3]string{"0/1", "0/0", "0/1"},
			alts: one("A", carried(0.21, 0.33, 0.18, 0.2, 0.22, 0.2),
				nil, shox.both("intron_variant", "c.278-410G>A", "", noSplice("SHOX"))...),
		},
		{ // a deletion from the father …
			chrom: "2", pos: 50550000, ref: "GTTCA", gt: [3]string{"0/1", "0/0", "0/1"},
			alts: one("G", indel, nil, nrxn1.both("intron_variant", "c.772+2101_772+2104del", "", nil)...),
		},
		{ // … takes away a base that the mother's allele changes
			chrom: "2", pos: 50550002, ref: "T", gt: [3]string{"1/2", "0/1", "0/2"},
			alts: []keyAllele{
				{
					"C", carried(0.17, 0.1, 0.3, 0.2, 0.15, 0.18), nil,
					nrxn1.both("intron_variant", "c.772+2103A>G", "", noSplice("NRXN1")),
				},
				{"*", population{}, nil, nil},
			},
		},
		{ // symbolic
			chrom: "7", pos: delFirst - 1, ref: "A", gt: [3]string{"0/1", "0/1", "0/0"},
			ad:   [3][]int{{14, 13}, {16, 15}, {31, 0}},
			info: []string{fmt.Sprintf("END=%d", delLast), "SVTYPE=DEL", fmt.Sprintf("SVLEN=%d", delFirst-1-delLast)},
			alts: one("<DEL>", population{}, nil, cntnap2.both("intron_variant", "", "", nil)...),
		},
	}
}
