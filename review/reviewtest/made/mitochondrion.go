package made

// mitochondrion are the records of chrM: m.1555A>G, one heteroplasmic position,
// and what most people differ in from the reference sequence NC_012920.1
// (positions and alleles as MITOMAP lists them). The mother and the proband
// share all of them. The population data set has no mitochondrion.
func mitochondrion() []keyRecord {
	out := []keyRecord{
		{
			chrom: "M", pos: 1555, ref: "A", gt: [3]string{"1", "1", "0"},
			ad: [3][]int{{0, 1204}, {0, 1377}, {1290, 0}}, qual: 9999,
			alts: one("G", population{},
				clinVar("9628", "drug_response", expertPanel, "Aminoglycoside-induced deafness"),
				mitoRow(rnr1, "non_coding_transcript_exon_variant", "n.908A>G", "")),
		},
		{
			chrom: "M", pos: 16093, ref: "T", gt: [3]string{"0/1", "0/1", "0"},
			ad: [3][]int{{1011, 178}, {640, 655}, {1333, 0}}, qual: 4210,
			alts: one("C", population{}, nil, mitoRow(mitoGene{}, "intergenic_variant", "", "")),
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
			alts: one(p.alt, population{}, nil, mitoRow(p.gene, p.terms, p.hgvsc, p.hgvsp)),
		})
	}
	return out
}

// mitoGene is a gene of the mitochondrion with Ensembl's transcript of it;
// RefSeq names none.
type mitoGene struct{ symbol, hgnc, enst, biotype string }

var (
	rnr1 = mitoGene{"MT-RNR1", "HGNC:7470", "ENST00000389680.2", "Mt_rRNA"}
	rnr2 = mitoGene{"MT-RNR2", "HGNC:7471", "ENST00000387347.2", "Mt_rRNA"}
	nd2  = mitoGene{"MT-ND2", "HGNC:7456", "ENST00000361453.3", "protein_coding"}
	co1  = mitoGene{"MT-CO1", "HGNC:7419", "ENST00000361624.2", "protein_coding"}
	atp6 = mitoGene{"MT-ATP6", "HGNC:7414", "ENST00000361899.2", "protein_coding"}
	nd3  = mitoGene{"MT-ND3", "HGNC:7458", "ENST00000361227.2", "protein_coding"}
	nd4  = mitoGene{"MT-ND4", "HGNC:7459", "ENST00000361381.2", "protein_coding"}
	cyb  = mitoGene{"MT-CYB", "HGNC:7427", "ENST00000361789.2", "protein_coding"}
)

type polymorphism struct {
	pos          int
	ref, alt     string
	maternal     bool // the father has the reference
	gene         mitoGene
	terms        string
	hgvsc, hgvsp string
}

func polymorphisms() []polymorphism {
	none := mitoGene{}
	return []polymorphism{
		{73, "A", "G", false, none, "intergenic_variant", "", ""},
		{263, "A", "G", false, none, "intergenic_variant", "", ""},
		{2706, "A", "G", false, rnr2, "non_coding_transcript_exon_variant", "n.1036A>G", ""},
		{4769, "A", "G", false, nd2, "synonymous_variant", "c.300A>G", "p.Met100="},
		{7028, "C", "T", false, co1, "synonymous_variant", "c.1125C>T", "p.Ala375="},
		{8860, "A", "G", false, atp6, "missense_variant", "c.334A>G", "p.Thr112Ala"},
		{10398, "A", "G", true, nd3, "missense_variant", "c.340A>G", "p.Thr114Ala"},
		{11719, "G", "A", false, nd4, "synonymous_variant", "c.960G>A", "p.Gly320="},
		{14766, "C", "T", true, cyb, "missense_variant", "c.20C>T", "p.Thr7Ile"},
		{15326, "A", "G", false, cyb, "missense_variant", "c.580A>G", "p.Thr194Ala"},
	}
}

func mitoRow(g mitoGene, terms, hgvsc, hgvsp string) row {
	impact, ok := impacts[terms]
	if !ok {
		impact = "MODIFIER"
	}
	r := row{"Consequence": terms, "IMPACT": impact}
	if g.symbol == "" {
		return r
	}
	r = r.with(row{
		"SYMBOL": g.symbol, "HGNC_ID": g.hgnc, "STRAND": "1", "Feature_type": "Transcript",
		"Feature": g.enst, "BIOTYPE": g.biotype, "CANONICAL": "YES", "HGVSc": g.enst + ":" + hgvsc,
	})
	if hgvsp != "" {
		r["HGVSp"] = escapeEquals(hgvsp)
	}
	return r
}
