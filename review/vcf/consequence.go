package vcf

import (
	"strings"

	"garrod/review"
)

// bcsqTerms turns the short names of bcftools csq into Sequence Ontology terms
// (bcftools manual, "bcftools csq", Variant consequences).
var bcsqTerms = map[string]string{
	"missense": "missense_variant", "synonymous": "synonymous_variant", "frameshift": "frameshift_variant",
	"splice_acceptor": "splice_acceptor_variant", "splice_donor": "splice_donor_variant",
	"splice_region": "splice_region_variant", "inframe_altering": "protein_altering_variant",
	"stop_retained": "stop_retained_variant", "start_retained": "start_retained_variant",
	"5_prime_utr": "5_prime_UTR_variant", "3_prime_utr": "3_prime_UTR_variant",
	"non_coding": "non_coding_transcript_exon_variant", "intron": "intron_variant",
	"intergenic": "intergenic_variant", "coding_sequence": "coding_sequence_variant",
	"NMD_transcript": "NMD_transcript_variant",
}

func (w row) consequence() review.Consequence {
	c := review.Consequence{
		Symbol: w.get(roleSymbol), HGNC: hgncID(w.get(roleHGNC)), GeneID: w.get(roleGene),
		Biotype: w.get(roleBiotype), MANE: w.mane(), Canonical: strings.EqualFold(w.get(roleCanonical), "YES"),
		Terms: w.terms(), Impact: w.get(roleImpact), HGVSc: w.get(roleHGVSc), HGVSp: w.get(roleHGVSp),
		Exon: w.get(roleExon), Intron: w.get(roleIntron), AminoAcids: w.get(roleAminoAcids),
		AAPosition: w.get(roleAAPosition), Source: w.layout.Source, Row: w.index,
	}
	c.Transcript = w.transcript()
	if rank := w.get(roleRank); rank != "" {
		if strings.Contains(strings.Join(c.Terms, "&"), "intron") {
			c.Intron = rank
		} else {
			c.Exon = rank
		}
	}
	return c
}

func (w row) terms() []string {
	text := w.get(roleTerms)
	if text == "" {
		return []string{}
	}
	terms := strings.FieldsFunc(text, func(r rune) bool { return r == '&' || r == ',' })
	if w.layout.Source != "BCSQ" {
		return terms
	}
	for i, t := range terms {
		t = strings.TrimPrefix(t, "*")
		if so, ok := bcsqTerms[t]; ok {
			t = so
		}
		terms[i] = t
	}
	return terms
}

// transcript returns the feature where it is a transcript, with the version that
// only HGVSc carries in many files.
func (w row) transcript() string {
	if t := w.get(roleFeatureType); t != "" && !strings.EqualFold(t, "transcript") {
		return ""
	}
	id := w.get(roleFeature)
	if id == "" || strings.Contains(id, ".") {
		return id
	}
	versioned, _, ok := strings.Cut(w.get(roleHGVSc), ":")
	if ok && strings.HasPrefix(versioned, id+".") {
		return versioned
	}
	return id
}

// mane tells the transcript's place in MANE. VEP writes one column up to release
// 103 and two after it.
func (w row) mane() string {
	one := w.get(roleMANE)
	switch {
	case w.get(roleMANESelect) != "":
		return "select"
	case w.get(roleMANEPlus) != "", strings.Contains(strings.ToLower(one), "plus"):
		return "plus_clinical"
	case one != "":
		return "select"
	}
	return ""
}

// hgncID writes "HGNC:1100" whether the file has the prefix once, twice or not at
// all. Anything but a number is no HGNC ID.
func hgncID(s string) string {
	n := strings.TrimSpace(s)
	for len(n) > 5 && strings.EqualFold(n[:5], "HGNC:") {
		n = n[5:]
	}
	if n == "" || strings.Trim(n, "0123456789") != "" {
		return ""
	}
	return "HGNC:" + n
}
