package made

// mitochondrion are the records of chrM: m.1555A>G, one heteroplasmic position,
// and what most people differ in from the reference sequence NC_012920.1
// (positions and alleles as MITOMAP lists them). The mother and the proband
// share all of them. The population data set has no mitochondrion.
func mitochondrion() []keyRecord {
	rnr1 := gene{symbol: "MT-RNR1", hgnc: "HGNC:7470", forward: true}
	out := []keyRecord{
		{
			chrom: "M", pos: 1555, ref: "A", gt: [3]string{"1", "1", "0"},
			ad: [3][]int{{0, 1204}, {0, 1377}, {1290, 0}}, qual: 9999,
			alts: one("G", population{},
				clinVar("9628", "drug_response", expertPanel, "Aminoglycoside-induced deafness"),
				mitoRow(rnr1, "non_coding_transcript_exon_variant", "")),
		},
		{
			chrom: "M", pos: 16093, ref: "T", gt: [3]string{"0/1", "0/1", "0"},
			ad: [3][]int{{1011, 178}, {640, 655}, {1333, 0}}, qual: 4210,
			alts: one("C", population{}, nil, mitoRow(gene{}, "intergenic_variant", "")),
		},
	}
	for _, p := range polymorphisms() {
		ad := func(gt string) []int {
			if gt == "0" {
				return []int{1000 + p.pos%300, 0}
			}
			return []int{0, 1000 + p.pos%400}
		}
		father := "1"
		if p.maternal {
			father = "0"
		}
		out = append(out, keyRecord{
			chrom: "M", pos: p.pos, ref: p.ref, qual: 9999,
			gt: [3]string{"1", "1", father}, ad: [3][]int{ad("1"), ad("1"), ad(father)},
			alts: one(p.alt, population{}, nil, mitoRow(p.gene, p.terms, p.protein)),
		})
	}
	return out
}

type polymorphism struct {
	pos      int
	ref, alt string
	maternal bool // the father has the reference
	gene     gene
	terms    string
	protein  string
}

func polymorphisms() []polymorphism {
	g := func(symbol, hgnc string) gene { return gene{symbol: symbol, hgnc: hgnc, forward: true} }
	rna, none := g("MT-RNR1", "HGNC:7470"), gene{}
	return []polymorphism{
		{73, "A", "G", false, none, "intergenic_variant", ""},
		{263, "A", "G", false, none, "intergenic_variant", ""},
		{750, "A", "G", false, rna, "non_coding_transcript_exon_variant", ""},
		{1438, "A", "G", false, rna, "non_coding_transcript_exon_variant", ""},
		{4769, "A", "G", false, g("MT-ND2", "HGNC:7456"), "synonymous_variant", "p.Met100="},
		{8860, "A", "G", false, g("MT-ATP6", "HGNC:7414"), "missense_variant", "p.Thr112Ala"},
		{10398, "A", "G", true, g("MT-ND3", "HGNC:7458"), "missense_variant", "p.Thr114Ala"},
		{11719, "G", "A", false, g("MT-ND4", "HGNC:7459"), "synonymous_variant", "p.Gly320="},
		{14766, "C", "T", true, g("MT-CYB", "HGNC:7427"), "missense_variant", "p.Thr7Ile"},
		{15326, "A", "G", false, g("MT-CYB", "HGNC:7427"), "missense_variant", "p.Thr194Ala"},
	}
}

// mitoRow has no transcript: RefSeq names none for the mitochondrion.
func mitoRow(g gene, terms, protein string) row {
	impact, ok := impacts[terms]
	if !ok {
		impact = "MODIFIER"
	}
	r := row{"Consequence": terms, "IMPACT": impact}
	if g.symbol == "" {
		return r
	}
	return r.with(row{"SYMBOL": g.symbol, "HGNC_ID": g.hgnc, "STRAND": "1", "HGVSp": escapeEquals(protein)})
}
