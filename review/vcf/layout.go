package vcf

import (
	"strings"
)

// Layout is a consequence annotation of the header: which INFO field holds it
// and what its columns are.
type Layout struct {
	Field   string   // the INFO field, "CSQ"
	Source  string   // whose layout it is: CSQ (VEP), ANN (SnpEff) or BCSQ (bcftools csq)
	Columns []string // as the header names them

	roles map[role]int
}

// role is what a column of an annotation means.
type role uint8

const (
	roleAllele role = iota
	roleAlleleNum
	roleTerms
	roleImpact
	roleSymbol
	roleGene
	roleHGNC
	roleFeatureType
	roleFeature
	roleBiotype
	roleExon
	roleIntron
	roleRank // SnpEff has one column for exon and intron
	roleHGVSc
	roleHGVSp
	roleMANE
	roleMANESelect
	roleMANEPlus
	roleCanonical
	roleAAPosition
	roleAminoAcids
	roleStrand
	roleDNAChange
	roleTranscriptIDs
	roleClinSig
	roleClinVarSig
	roleClinVarReview
	roleClinVarID
)

// roleNames lists the spellings of each role in lower case, the preferred one
// first.
var roleNames = map[role][]string{
	roleAllele:        {"allele"},
	roleAlleleNum:     {"allele_num"},
	roleTerms:         {"consequence", "annotation"},
	roleImpact:        {"impact", "annotation_impact"},
	roleSymbol:        {"symbol", "gene_name", "hgnc"},
	roleGene:          {"gene", "gene_id"},
	roleHGNC:          {"hgnc_id"},
	roleFeatureType:   {"feature_type"},
	roleFeature:       {"feature", "feature_id"},
	roleBiotype:       {"biotype", "transcript_biotype"},
	roleExon:          {"exon"},
	roleIntron:        {"intron"},
	roleRank:          {"rank"},
	roleHGVSc:         {"hgvsc", "hgvs.c"},
	roleHGVSp:         {"hgvsp", "hgvs.p"},
	roleMANE:          {"mane"},
	roleMANESelect:    {"mane_select"},
	roleMANEPlus:      {"mane_plus_clinical"},
	roleCanonical:     {"canonical"},
	roleAAPosition:    {"protein_position", "aa.pos / aa.length", "aa.pos/aa.length"},
	roleAminoAcids:    {"amino_acids"},
	roleTranscriptIDs: {"ensembl_transcriptid"},
	roleClinSig:       {"clin_sig"},
	roleClinVarSig:    {"clinvar_clnsig", "clinvar_clinical_significance", "clinvar_details"},
	roleClinVarReview: {"clinvar_clnrevstat", "clinvar_review_status"},
	roleClinVarID:     {"clinvar_clnvid", "clinvar_id", "clinvar", "clinvar_alleleid"},
}

// annColumns and bcsqColumns are the fixed layouts of SnpEff ("Variant
// annotations in VCF format" 1.0) and of bcftools csq.
var (
	annColumns = []string{
		"Allele", "Annotation", "Annotation_Impact", "Gene_Name", "Gene_ID", "Feature_Type", "Feature_ID",
		"Transcript_BioType", "Rank", "HGVS.c", "HGVS.p", "cDNA.pos / cDNA.length", "CDS.pos / CDS.length",
		"AA.pos / AA.length", "Distance", "ERRORS / WARNINGS / INFO",
	}
	bcsqColumns = []string{"consequence", "gene", "transcript", "biotype", "strand", "amino_acid_change", "dna_change"}
)

// layoutFields are the INFO fields that may hold an annotation, in the order of
// preference: gnomAD writes VEP's as "vep".
var layoutFields = []struct{ field, source string }{
	{"CSQ", "CSQ"}, {"vep", "CSQ"}, {"VEP", "CSQ"}, {"ANN", "ANN"}, {"BCSQ", "BCSQ"},
}

func findLayouts(h *Header) []Layout {
	var found []Layout
	for _, l := range layoutFields {
		f, ok := h.Infos[l.field]
		if !ok {
			continue
		}
		layout := Layout{Field: l.field, Source: l.source}
		switch l.source {
		case "CSQ":
			layout.Columns = formatColumnsOf(f.Description)
		case "ANN":
			layout.Columns = quotedColumns(f.Description)
			if len(layout.Columns) < 2 {
				layout.Columns = annColumns
			}
		case "BCSQ":
			layout.Columns = bcsqColumns
		}
		if len(layout.Columns) == 0 {
			continue
		}
		layout.findRoles()
		found = append(found, layout)
	}
	return found
}

// formatColumnsOf reads VEP's "… Format: Allele|Consequence|…".
func formatColumnsOf(description string) []string {
	i := strings.LastIndex(strings.ToLower(description), "format:")
	if i < 0 {
		return nil
	}
	return splitColumns(description[i+len("format:"):])
}

// quotedColumns reads SnpEff's "Functional annotations: 'Allele | Annotation | …'".
func quotedColumns(description string) []string {
	_, rest, ok := strings.Cut(description, "'")
	if !ok {
		return formatColumnsOf(description)
	}
	inner, _, _ := strings.Cut(rest, "'")
	return splitColumns(inner)
}

func splitColumns(s string) []string {
	s = strings.Trim(s, " \"'.")
	if !strings.Contains(s, "|") {
		return nil
	}
	cols := strings.Split(s, "|")
	for i := range cols {
		cols[i] = strings.TrimSpace(cols[i])
	}
	return cols
}

func (l *Layout) findRoles() {
	l.roles = map[role]int{}
	if l.Source == "BCSQ" {
		l.roles = map[role]int{
			roleTerms: 0, roleSymbol: 1, roleFeature: 2, roleBiotype: 3, roleStrand: 4, roleAminoAcids: 5, roleDNAChange: 6,
		}
		return
	}
	at := map[string]int{}
	for i, c := range l.Columns {
		if _, twice := at[strings.ToLower(c)]; !twice {
			at[strings.ToLower(c)] = i
		}
	}
	for r, names := range roleNames {
		for _, n := range names {
			if i, ok := at[n]; ok {
				l.roles[r] = i
				break
			}
		}
	}
}

// has reports whether the layout has a column for the role.
func (l *Layout) has(r role) bool {
	_, ok := l.roles[r]
	return ok
}

// row is one entry of an annotation: one transcript for one allele.
type row struct {
	layout *Layout
	cols   []string
	index  int
}

// get returns a column by its role, decoded, empty where the file has none.
func (w row) get(r role) string {
	i, ok := w.layout.roles[r]
	if !ok {
		return ""
	}
	return w.at(i)
}

// at returns a column by its place, decoded, empty for "." and where the row is
// too short.
func (w row) at(i int) string {
	if i >= len(w.cols) {
		return ""
	}
	s := strings.TrimSpace(w.cols[i])
	if s == "." {
		return ""
	}
	return decode(s)
}
