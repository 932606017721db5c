package review

import "strings"

// shortTerms gives the Sequence Ontology terms for the names that
// "bcftools csq" writes (bcftools 1.16, csq.c, table of consequence types).
var shortTerms = map[string]string{
	"missense": "missense_variant", "synonymous": "synonymous_variant",
	"frameshift": "frameshift_variant", "inframe_altering": "protein_altering_variant",
	"stop_retained": "stop_retained_variant", "start_retained": "start_retained_variant",
	"splice_acceptor": "splice_acceptor_variant", "splice_donor": "splice_donor_variant",
	"splice_region": "splice_region_variant", "coding_sequence": "coding_sequence_variant",
	"intron": "intron_variant", "intergenic": "intergenic_variant",
	"5_prime_utr": "5_prime_UTR_variant", "3_prime_utr": "3_prime_UTR_variant",
	"non_coding": "non_coding_transcript_exon_variant",
}

// LongTerm returns the Sequence Ontology term for a term as written, which
// "bcftools csq" shortens. Its star marks a change downstream of a stop in the
// same haplotype.
func LongTerm(t string) string {
	if long, ok := shortTerms[strings.ToLower(strings.TrimPrefix(t, "*"))]; ok {
		return long
	}
	return strings.TrimPrefix(t, "*")
}

// PlainTerm turns a term as written into the lower-case form that terms are
// compared in.
func PlainTerm(t string) string { return strings.ToLower(LongTerm(t)) }

// besideGene holds the terms of places that are not inside a transcript.
var besideGene = func() map[string]bool {
	m := map[string]bool{}
	for _, t := range []string{
		"upstream_gene_variant", "downstream_gene_variant", "intergenic_variant",
		"intergenic_region", "conserved_intergenic_variant", "TFBS_ablation", "TFBS_amplification",
		"TF_binding_site_variant", "regulatory_region_ablation", "regulatory_region_amplification",
		"regulatory_region_variant",
	} {
		m[strings.ToLower(t)] = true
	}
	return m
}()

// IsBeside reports whether the row only says that a gene is near. A row without
// terms does not say so.
func (c Consequence) IsBeside() bool {
	for _, t := range c.Terms {
		if !besideGene[PlainTerm(t)] {
			return false
		}
	}
	return len(c.Terms) > 0
}
