package made

import (
	"maps"
	"strconv"
	"strings"
)

// csqFields are the fields of one CSQ row, in the order of the header's Format.
var csqFields = strings.Split("Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|EXON|INTRON|"+
	"HGVSc|HGVSp|cDNA_position|CDS_position|Protein_position|Amino_acids|Codons|Existing_variation|ALLELE_NUM|"+
	"STRAND|HGNC_ID|CANONICAL|MANE_SELECT|MANE_PLUS_CLINICAL|gnomADj_AC|gnomADj_AN|gnomADj_nhomalt|gnomADj_AF|"+
	"gnomADj_faf95|gnomADj_faf95_group|gnomADj_NFE_AF|gnomADj_AFR_AF|gnomADj_EAS_AF|gnomADj_SAS_AF|gnomADj_AMR_AF|"+
	"gnomADj_mean_depth|gnomADj_fraction_20x|ClinVar|ClinVar_CLNSIG|ClinVar_CLNREVSTAT|ClinVar_CLNDN|REVEL|"+
	"SpliceAI_pred_DS_AG|SpliceAI_pred_DS_AL|SpliceAI_pred_DS_DG|SpliceAI_pred_DS_DL|SpliceAI_pred_DP_AG|"+
	"SpliceAI_pred_DP_AL|SpliceAI_pred_DP_DG|SpliceAI_pred_DP_DL|SpliceAI_pred_SYMBOL", "|")

// row is one transcript's row of the CSQ field, by field name.
type row map[string]string

// String joins the fields; VEP writes a comma inside one as "&".
func (r row) String() string {
	out := make([]string, len(csqFields))
	for i, f := range csqFields {
		out[i] = strings.ReplaceAll(r[f], ",", "&")
	}
	return strings.Join(out, "|")
}

// with returns a copy of r with the fields of the others laid over it.
func (r row) with(others ...row) row {
	out := maps.Clone(r)
	for _, o := range others {
		maps.Copy(out, o)
	}
	return out
}

// impacts are VEP's impact classes of the terms used here.
var impacts = map[string]string{
	"stop_gained": "HIGH", "frameshift_variant": "HIGH", "start_lost": "HIGH",
	"missense_variant": "MODERATE", "synonymous_variant": "LOW",
	"splice_region_variant&synonymous_variant": "LOW",
}

// on makes the row of the consequence terms on g's MANE Select transcript:
// RefSeq's name of it, or Ensembl's. hgvsc and hgvsp come without accession.
func (g gene) on(refseq bool, terms, hgvsc, hgvsp string) row {
	impact, ok := impacts[terms]
	if !ok {
		impact = "MODIFIER"
	}
	r := row{
		"Consequence": terms, "IMPACT": impact, "SYMBOL": g.symbol, "HGNC_ID": g.hgnc,
		"Feature_type": "Transcript", "BIOTYPE": "protein_coding", "STRAND": g.strand(), "CANONICAL": "YES",
		"Gene": g.ncbi, "Feature": g.nm, "MANE_SELECT": g.enst,
	}
	protein := g.np
	if !refseq {
		protein = g.ensp
		r["Gene"], r["Feature"], r["MANE_SELECT"] = unversioned(g.ensembl), g.enst, g.nm
	}
	if hgvsc != "" {
		r["HGVSc"] = r["Feature"] + ":" + hgvsc
	}
	if hgvsp != "" {
		r["HGVSp"] = protein + ":" + escapeEquals(hgvsp)
	}
	return r
}

func (g gene) strand() string {
	if g.forward {
		return "1"
	}
	return "-1"
}

// both gives the RefSeq row, with the fields of extra, and its Ensembl twin.
func (g gene) both(terms, hgvsc, hgvsp string, extra row) []row {
	return []row{
		g.on(true, terms, hgvsc, hgvsp).with(extra),
		g.on(false, terms, hgvsc, hgvsp).with(extra),
	}
}

// other gives a row of g on a transcript that is not MANE Select.
func (g gene) other(feature, terms, hgvsc string, extra row) row {
	r := g.on(true, terms, "", "").with(row{"Feature": feature, "MANE_SELECT": "", "CANONICAL": ""}, extra)
	r["HGVSc"] = feature + ":" + hgvsc
	return r
}

// splice gives the fields of SpliceAI: four scores, and the positions relative
// to the variant.
func splice(symbol string, ds [4]string, dp [4]int) row {
	r := row{"SpliceAI_pred_SYMBOL": symbol}
	for i, name := range []string{"AG", "AL", "DG", "DL"} {
		r["SpliceAI_pred_DS_"+name] = ds[i]
		r["SpliceAI_pred_DP_"+name] = strconv.Itoa(dp[i])
	}
	return r
}

// noSplice is a SpliceAI answer of no effect.
func noSplice(symbol string) row {
	return splice(symbol, [4]string{"0.00", "0.01", "0.00", "0.00"}, [4]int{-14, 23, 2, -37})
}

// coding gives the positions and letters of a change of one codon: aa is the
// 1-based amino acid, letters "W/*", codons "tgG/tgA".
func coding(cds, aa int, letters, codons string) row {
	return row{
		"CDS_position": strconv.Itoa(cds), "Protein_position": strconv.Itoa(aa),
		"Amino_acids": letters, "Codons": codons,
	}
}

// clinVar gives ClinVar's opinion. id is the Variation ID.
func clinVar(id, significance, review, disease string) row {
	return row{
		"ClinVar": id, "ClinVar_CLNSIG": significance, "ClinVar_CLNREVSTAT": review,
		"ClinVar_CLNDN": strings.ReplaceAll(disease, " ", "_"),
	}
}

// escapeEquals writes "=" as VEP does in a VCF.
func escapeEquals(s string) string { return strings.ReplaceAll(s, "=", "%3D") }

func unversioned(id string) string {
	base, _, _ := strings.Cut(id, ".")
	return base
}

func lower(s string) string { return strings.ToLower(s) }
