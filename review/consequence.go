package review

import "strings"

// severityOrder lists Sequence Ontology terms from the most to the least severe,
// in the order Ensembl publishes ("Calculated variant consequences", release
// 115, https://www.ensembl.org/info/genome/variation/prediction/predicted_data.html).
// The order is a help for choosing a row to show. It is never evidence.
var severityOrder = []string{
	"transcript_ablation",
	"splice_acceptor_variant", "splice_donor_variant",
	"stop_gained", "frameshift_variant", "stop_lost", "start_lost",
	"transcript_amplification", "feature_elongation", "feature_truncation",
	"inframe_insertion", "inframe_deletion", "missense_variant", "protein_altering_variant",
	"splice_donor_5th_base_variant", "splice_region_variant",
	"splice_donor_region_variant", "splice_polypyrimidine_tract_variant",
	"incomplete_terminal_codon_variant", "start_retained_variant", "stop_retained_variant",
	"synonymous_variant", "coding_sequence_variant", "mature_miRNA_variant",
	"5_prime_UTR_variant", "3_prime_UTR_variant",
	"non_coding_transcript_exon_variant", "intron_variant",
	"NMD_transcript_variant", "non_coding_transcript_variant", "coding_transcript_variant",
	"upstream_gene_variant", "downstream_gene_variant",
	"TFBS_ablation", "TFBS_amplification", "TF_binding_site_variant",
	"regulatory_region_ablation", "regulatory_region_amplification", "regulatory_region_variant",
	"intergenic_variant", "sequence_variant",
}

// severitySynonyms gives terms of SnpEff and of older VEP releases the rank of
// their parent or replacement in the Sequence Ontology.
var severitySynonyms = map[string]string{
	"conservative_inframe_insertion":                 "inframe_insertion",
	"disruptive_inframe_insertion":                   "inframe_insertion",
	"conservative_inframe_deletion":                  "inframe_deletion",
	"disruptive_inframe_deletion":                    "inframe_deletion",
	"initiator_codon_variant":                        "start_lost",
	"exon_loss_variant":                              "feature_truncation",
	"gene_fusion":                                    "feature_truncation",
	"bidirectional_gene_fusion":                      "feature_truncation",
	"rare_amino_acid_variant":                        "missense_variant",
	"non_coding_exon_variant":                        "non_coding_transcript_exon_variant",
	"nc_transcript_variant":                          "non_coding_transcript_variant",
	"conserved_intron_variant":                       "intron_variant",
	"intragenic_variant":                             "intron_variant",
	"intergenic_region":                              "intergenic_variant",
	"conserved_intergenic_variant":                   "intergenic_variant",
	"sequence_feature":                               "sequence_variant",
	"structural_interaction_variant":                 "sequence_variant",
	"protein_protein_contact":                        "sequence_variant",
	"5_prime_UTR_truncation":                         "5_prime_UTR_variant",
	"3_prime_UTR_truncation":                         "3_prime_UTR_variant",
	"exon_variant":                                   "non_coding_transcript_exon_variant",
	"transcript_variant":                             "non_coding_transcript_variant",
	"5_prime_UTR_premature_start_codon_gain_variant": "5_prime_UTR_variant",
}

var severityRank = func() map[string]int {
	m := make(map[string]int, len(severityOrder)+len(severitySynonyms))
	for i, t := range severityOrder {
		m[strings.ToLower(t)] = i + 1
	}
	for s, t := range severitySynonyms {
		m[strings.ToLower(s)] = m[strings.ToLower(t)]
	}
	return m
}()

// Severity ranks a Sequence Ontology term in Ensembl's published order: 1 is the
// most severe. ok is false for a term it does not know, which then has the rank
// after the last known one.
func Severity(term string) (rank int, ok bool) {
	if r, ok := severityRank[strings.ToLower(term)]; ok {
		return r, true
	}
	return len(severityOrder) + 1, false
}

// Worst returns the most severe of the row's terms and its rank (see Severity).
// The term is empty when the row has none.
func (c Consequence) Worst() (term string, rank int) {
	rank = len(severityOrder) + 2
	for _, t := range c.Terms {
		if r, _ := Severity(t); r < rank {
			term, rank = t, r
		}
	}
	return term, rank
}

// TranscriptChoice says which transcripts a laboratory reports, besides those of
// MANE. The zero value has none.
type TranscriptChoice struct {
	// Preferred are transcripts by accession, those of gene-specific rules before
	// the laboratory's own. One without a version stands for each of its versions.
	Preferred []string `json:"preferred,omitempty"`
}

// ChooseConsequence chooses without a laboratory's list, see
// TranscriptChoice.Choose.
func ChooseConsequence(cs []Consequence) (i int, ok bool, worstElsewhere bool) {
	return TranscriptChoice{}.Choose(cs)
}

// Choose picks the row that stands for the variant: i is its index in cs, ok is
// false when cs is empty. worstElsewhere tells that another row of the same source
// is more severe than the chosen one, which the screen must show.
//
// Only one source is looked at (CSQ, else ANN, else BCSQ), for fields of two
// annotators are never mixed. Of each gene one row is taken: MANE Select, or MANE
// Plus Clinical where that is more severe, else the first of the preferred ones,
// else the canonical transcript, else the most severe protein-coding one, else the
// most severe. Of the genes, those whose transcript holds the variant go before
// those it only lies near, coding ones before others, then the most severe.
func (t TranscriptChoice) Choose(cs []Consequence) (i int, ok bool, worstElsewhere bool) {
	rows := preferredSource(cs)
	if len(rows) == 0 {
		return 0, false, false
	}
	best := -1
	for _, gene := range byGene(cs, rows) {
		r := t.ofGene(cs, gene)
		if best < 0 || geneBefore(cs[r], cs[best]) {
			best = r
		}
	}
	_, chosen := cs[best].Worst()
	for _, r := range rows {
		if _, rank := cs[r].Worst(); rank < chosen {
			return best, true, true
		}
	}
	return best, true, false
}

// ofList returns the row of the first preferred transcript that is there, or -1.
func (t TranscriptChoice) ofList(cs []Consequence, rows []int) int {
	for _, want := range t.Preferred {
		if r := mostSevere(cs, rows, func(c Consequence) bool { return sameTranscript(want, c.Transcript) }); r >= 0 {
			return r
		}
	}
	return -1
}

func sameTranscript(want, have string) bool {
	if want == have {
		return want != ""
	}
	bare, _, _ := strings.Cut(have, ".")
	return want != "" && want == bare
}

// preferredSource returns the rows of the first source that has any.
func preferredSource(cs []Consequence) []int {
	for _, source := range []string{"CSQ", "ANN", "BCSQ"} {
		var rows []int
		for i, c := range cs {
			if c.Source == source {
				rows = append(rows, i)
			}
		}
		if rows != nil {
			return rows
		}
	}
	rows := make([]int, len(cs))
	for i := range cs {
		rows[i] = i
	}
	return rows
}

// byGene groups rows by gene, in the order in which genes first occur.
func byGene(cs []Consequence, rows []int) [][]int {
	at := map[string]int{}
	var groups [][]int
	for _, r := range rows {
		id := cs[r].HGNC
		if id == "" {
			id = cs[r].Symbol
		}
		if id == "" {
			id = cs[r].GeneID
		}
		g, ok := at[id]
		if !ok {
			g = len(groups)
			at[id] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], r)
	}
	return groups
}

func (t TranscriptChoice) ofGene(cs []Consequence, rows []int) int {
	sel := mostSevere(cs, rows, func(c Consequence) bool { return c.MANE == "select" })
	plus := mostSevere(cs, rows, func(c Consequence) bool { return c.MANE == "plus_clinical" })
	if sel >= 0 && plus >= 0 {
		if _, s := cs[sel].Worst(); s > rankOf(cs[plus]) {
			return plus
		}
		return sel
	}
	for _, r := range []int{
		sel, plus, t.ofList(cs, rows),
		mostSevere(cs, rows, func(c Consequence) bool { return c.Canonical }),
		mostSevere(cs, rows, func(c Consequence) bool { return isCoding(c) && c.Biotype != "" }),
	} {
		if r >= 0 {
			return r
		}
	}
	return mostSevere(cs, rows, func(Consequence) bool { return true })
}

func rankOf(c Consequence) int {
	_, r := c.Worst()
	return r
}

// mostSevere returns the first most severe of the rows that match, or -1.
func mostSevere(cs []Consequence, rows []int, match func(Consequence) bool) int {
	best := -1
	for _, r := range rows {
		if match(cs[r]) && (best < 0 || rankOf(cs[r]) < rankOf(cs[best])) {
			best = r
		}
	}
	return best
}

// isCoding reports whether the transcript makes a protein as far as the row
// tells: transcripts marked for nonsense-mediated decay are not counted.
func isCoding(c Consequence) bool {
	switch strings.ToLower(c.Biotype) {
	case "", "protein_coding", "mrna":
		return true
	}
	return false
}

// geneBefore orders the chosen rows of two genes.
func geneBefore(a, b Consequence) bool {
	if x, y := nearness(a), nearness(b); x != y {
		return x < y
	}
	if x, y := rankOf(a), rankOf(b); x != y {
		return x < y
	}
	return a.MANE != "" && b.MANE == "" || a.Canonical && !b.Canonical && b.MANE == ""
}

// nearness is 0 for a coding transcript that holds the variant, 1 for another
// that holds it, 2 where it lies beside the transcript.
func nearness(c Consequence) int {
	beside, _ := Severity("upstream_gene_variant")
	switch {
	case rankOf(c) >= beside:
		return 2
	case isCoding(c):
		return 0
	}
	return 1
}
