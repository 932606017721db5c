package acmg

// FactsSchema is the version of the facts schema this package reads.
const FactsSchema = 1

// Facts is everything known of one allele in one unit of assessment. A nil
// pointer or an empty list means "not looked up", so that the criteria which
// need it are NotAssessed. Fields and their JSON names are a contract with
// other programs: they may be added to, not changed.
type Facts struct {
	ID       string   `json:"id"`
	Schema   int      `json:"schema"`
	Assembly string   `json:"assembly"`
	Key      string   `json:"key"`
	Chosen   string   `json:"chosen,omitempty"` // the transcript whose row drives the criteria
	MOI      string   `json:"moi,omitempty"`
	Gene     *Gene    `json:"gene,omitempty"`
	Disease  *Disease `json:"disease,omitempty"`
	// HideAssertions leaves opinions on Key itself unread.
	HideAssertions bool          `json:"hide_assertions,omitempty"`
	Transcripts    []Transcript  `json:"transcripts,omitempty"`
	Frequencies    []Frequency   `json:"frequencies,omitempty"`
	Coverage       []Coverage    `json:"coverage,omitempty"`
	Predictors     []Predictor   `json:"predictors,omitempty"`
	Splice         []Splice      `json:"splice,omitempty"`
	Comparators    []Comparator  `json:"comparators,omitempty"`
	GeneTable      *GeneTable    `json:"gene_table,omitempty"`
	Family         []Relative    `json:"family,omitempty"`
	Partners       []Partner     `json:"partners,omitempty"`
	Phenotype      *Phenotype    `json:"phenotype,omitempty"`
	Functional     []Functional  `json:"functional,omitempty"`
	Segregation    []Segregation `json:"segregation,omitempty"`
	Local          *Local        `json:"local,omitempty"`
}

// Gene is identified by its HGNC ID.
type Gene struct {
	HGNC   string `json:"hgnc"`
	Symbol string `json:"symbol,omitempty"`
}

// Disease is identified by its MONDO ID.
type Disease struct {
	Mondo string `json:"mondo,omitempty"`
	Name  string `json:"name,omitempty"`
}

// Transcript is what the allele does to one transcript. All positions of amino
// acids are 1-based and closed.
type Transcript struct {
	ID             string   `json:"id"` // with version
	MANE           string   `json:"mane,omitempty"`
	Relevant       *bool    `json:"relevant,omitempty"`
	Biotype        string   `json:"biotype,omitempty"`
	SO             []string `json:"so"`
	HGVSc          string   `json:"hgvsc,omitempty"`
	HGVSp          string   `json:"hgvsp,omitempty"`
	Exon           *int     `json:"exon,omitempty"`
	Intron         *int     `json:"intron,omitempty"`
	Exons          *int     `json:"exons,omitempty"`
	IntronOffset   *int     `json:"intron_offset,omitempty"` // signed; +1 is the first base after the exon
	ExonEdgeNT     *int     `json:"exon_edge_nt,omitempty"`
	AAFirst        *int     `json:"aa_first,omitempty"`
	AALast         *int     `json:"aa_last,omitempty"`
	AARef          string   `json:"aa_ref,omitempty"`
	AAAlt          string   `json:"aa_alt,omitempty"`
	ProteinLength  *int     `json:"protein_length,omitempty"`
	PTCAA          *int     `json:"ptc_aa,omitempty"`
	PTCToLastJunct *int     `json:"ptc_to_last_junction_nt,omitempty"` // positive: upstream
	NMD            *bool    `json:"nmd,omitempty"`
	Removed        *float64 `json:"removed_fraction,omitempty"` // 0 … 1 of the protein
	Frame          string   `json:"frame,omitempty"`            // kept, shifted
	Repeat         *bool    `json:"repeat,omitempty"`
	AltStart       *bool    `json:"alternative_start,omitempty"`
	PathBeforeMet  *bool    `json:"pathogenic_before_next_met,omitempty"`
	ExonLoFAF      *float64 `json:"exon_lof_af,omitempty"`
	RNA            *RNA     `json:"rna,omitempty"`
}

// RNA is what a transcript assay observed.
type RNA struct {
	Observed string `json:"observed,omitempty"`
	Output   string `json:"output,omitempty"` // complete, near, incomplete, normal
}

// Frequency is one group of one population data set. Present false means that
// the data set was looked up and has no record of the allele.
type Frequency struct {
	Dataset  string   `json:"dataset"`
	Version  string   `json:"version"`
	Callset  string   `json:"callset"` // joint, exome, genome
	Group    string   `json:"group"`   // nfe, afr, …, all, grpmax
	Present  bool     `json:"present"`
	AC       *int     `json:"ac,omitempty"`
	AN       *int     `json:"an,omitempty"`
	Hom      *int     `json:"hom,omitempty"`
	Hemi     *int     `json:"hemi,omitempty"`
	AF       *float64 `json:"af,omitempty"`
	FAF95    *float64 `json:"faf95,omitempty"` // filtering allele frequency, 95 % (Whiffin 2017, doi:10.1038/gim.2017.26)
	FAFGroup string   `json:"faf_group,omitempty"`
	Filters  []string `json:"filters,omitempty"` // the data set's own site filters
	Sex      string   `json:"sex,omitempty"`     // all, XX, XY
}

// Coverage tells whether a population data set could have seen the allele.
type Coverage struct {
	Dataset     string   `json:"dataset"`
	Version     string   `json:"version"`
	Callset     string   `json:"callset"`
	MeanDepth   *float64 `json:"mean_depth,omitempty"`
	Fraction20x *float64 `json:"fraction_20x,omitempty"`
	Callable    *bool    `json:"callable,omitempty"`
}

// Predictor is one score of one tool, for one transcript where the tool is
// transcript-specific.
type Predictor struct {
	Name       string  `json:"name"` // REVEL, BayesDel_noAF, CADD …
	Version    string  `json:"version"`
	Transcript string  `json:"transcript,omitempty"`
	Score      float64 `json:"score"`
}

// Splice is one splice predictor's answer. The deltas run from 0 to 1; the
// positions are relative to the variant, in bases.
type Splice struct {
	Tool     string   `json:"tool"`
	Version  string   `json:"version"`
	Distance *int     `json:"distance,omitempty"`
	Masked   *bool    `json:"masked,omitempty"`
	AG       *float64 `json:"ag,omitempty"`
	AL       *float64 `json:"al,omitempty"`
	DG       *float64 `json:"dg,omitempty"`
	DL       *float64 `json:"dl,omitempty"`
	DPAG     *int     `json:"dp_ag,omitempty"`
	DPAL     *int     `json:"dp_al,omitempty"`
	DPDG     *int     `json:"dp_dg,omitempty"`
	DPDL     *int     `json:"dp_dl,omitempty"`
}

// Comparator is a classified allele of the same gene, for PS1 and PM5.
type Comparator struct {
	Key         string   `json:"key"`
	Assembly    string   `json:"assembly"`
	Transcript  string   `json:"transcript,omitempty"`
	HGVSp       string   `json:"hgvsp,omitempty"`
	AAFirst     *int     `json:"aa_first,omitempty"`
	AAAlt       string   `json:"aa_alt,omitempty"`
	Class       string   `json:"class"`
	Source      string   `json:"source"` // lab, vcep, clinvar
	Standard    string   `json:"standard,omitempty"`
	Stars       *int     `json:"stars,omitempty"`
	Date        string   `json:"date,omitempty"`
	Independent *bool    `json:"independent,omitempty"`
	RestsOn     []string `json:"rests_on,omitempty"`
	SpliceMax   *float64 `json:"splice_max,omitempty"`
	Relation    string   `json:"relation"` // same_allele, same_aa, same_residue, same_splice_position, same_motif
}

// GeneTable holds curated knowledge of the gene, with its date.
type GeneTable struct {
	Source             string      `json:"source"`
	Date               string      `json:"date"`
	Validity           string      `json:"validity,omitempty"`
	Mechanism          []string    `json:"mechanism,omitempty"`
	HI                 *int        `json:"hi,omitempty"`
	TS                 *int        `json:"ts,omitempty"`
	Penetrance         string      `json:"penetrance,omitempty"`
	Onset              string      `json:"onset,omitempty"`
	Prevalence         *float64    `json:"prevalence,omitempty"`
	HetAllelic         *float64    `json:"het_allelic,omitempty"`
	HetGenic           *float64    `json:"het_genic,omitempty"`
	PenetranceFraction *float64    `json:"penetrance_fraction,omitempty"`
	Constraint         *Constraint `json:"constraint,omitempty"`
	PP2                *bool       `json:"pp2,omitempty"`
	BP1                *bool       `json:"bp1,omitempty"`
	LoFPathogenic      *int        `json:"lof_pathogenic,omitempty"`
	LoFFraction        *float64    `json:"lof_fraction,omitempty"`
	NullMouse          *bool       `json:"null_mouse,omitempty"`
	Regions            []Region    `json:"regions,omitempty"`
}

// Constraint holds gnomAD's gene constraint of one release.
type Constraint struct {
	Release string   `json:"release,omitempty"`
	PLI     *float64 `json:"pli,omitempty"`
	LOEUF   *float64 `json:"loeuf,omitempty"`
	MisZ    *float64 `json:"mis_z,omitempty"`
}

// Region is a stretch of a protein, amino acids 1-based and closed.
type Region struct {
	Transcript string `json:"transcript,omitempty"`
	First      int    `json:"first"`
	Last       int    `json:"last"`
	Purpose    string `json:"purpose"` // pm1, pvs1_critical, bp1_domain
	Strength   string `json:"strength,omitempty"`
	Source     string `json:"source,omitempty"`
}

// Relative is one member of the family with the genotype at Key.
type Relative struct {
	ID           string   `json:"id"`
	Relation     string   `json:"relation"` // proband, mother, father, sibling, child, other
	Mother       string   `json:"mother,omitempty"`
	Father       string   `json:"father,omitempty"`
	Sex          string   `json:"sex,omitempty"`
	Affected     *bool    `json:"affected,omitempty"`
	Age          *int     `json:"age,omitempty"`
	State        string   `json:"state"` // called, partial, missing, no_record, ref_block
	GT           string   `json:"gt,omitempty"`
	DP           *int     `json:"dp,omitempty"`
	GQ           *int     `json:"gq,omitempty"`
	AD           []int    `json:"ad,omitempty"`
	PS           *int     `json:"ps,omitempty"`
	Heteroplasmy *float64 `json:"heteroplasmy,omitempty"`
	Parentage    string   `json:"parentage,omitempty"` // confirmed, assumed, excluded, untested
}

// Partner is another allele of the gene in the proband.
type Partner struct {
	Key          string `json:"key"`
	Class        string `json:"class"`
	Phase        string `json:"phase,omitempty"` // trans, cis, unknown
	Basis        string `json:"basis,omitempty"` // parents, one_parent, ps, reads, none
	Rare         *bool  `json:"rare,omitempty"`
	RestsOnQuery *bool  `json:"rests_on_query,omitempty"`
	Homozygous   *bool  `json:"homozygous,omitempty"`
}

// Phenotype is what the referral says of the proband.
type Phenotype struct {
	HPO             []string `json:"hpo,omitempty"`
	Specificity     string   `json:"specificity,omitempty"`
	DiagnosticYield *float64 `json:"diagnostic_yield,omitempty"`
}

// Functional is one published assay's answer.
type Functional struct {
	Assay    string   `json:"assay"`
	PMID     *int     `json:"pmid,omitempty"`
	Kind     string   `json:"kind,omitempty"` // protein, splicing
	Call     string   `json:"call,omitempty"` // abnormal, normal, indeterminate
	OddsPath *float64 `json:"odds_path,omitempty"`
	Controls *int     `json:"controls,omitempty"`
}

// Segregation is a co-segregation count.
type Segregation struct {
	Meioses             *int `json:"meioses,omitempty"`
	Families            *int `json:"families,omitempty"`
	AffectedCarriers    *int `json:"affected_carriers,omitempty"`
	UnaffectedCarriers  *int `json:"unaffected_carriers,omitempty"`
	AffectedNonCarriers *int `json:"affected_non_carriers,omitempty"`
}

// Local is what the laboratory itself has seen.
type Local struct {
	Probands       *int     `json:"probands,omitempty"`
	Families       *int     `json:"families,omitempty"`
	UnaffectedHet  *int     `json:"unaffected_het,omitempty"`
	UnaffectedHom  *int     `json:"unaffected_hom,omitempty"`
	UnaffectedHemi *int     `json:"unaffected_hemi,omitempty"`
	Phenotyped     *bool    `json:"phenotyped,omitempty"`
	OddsRatio      *float64 `json:"odds_ratio,omitempty"`
	CILow          *float64 `json:"ci_low,omitempty"`
	P              *float64 `json:"p,omitempty"`
}
