package reports

import "encoding/json"

// DocumentSchema is the version of Document's JSON form.
const DocumentSchema = 1

// Document is what a report prints, in the order it is printed, as plain text.
// Whoever draws it adds page numbers and nothing else.
type Document struct {
	Schema int    `json:"schema"`
	Title  string `json:"title"`
	Head   Head   `json:"head"`
	// Results come first on the page, gravest first; there is at least one.
	Results []Result `json:"results"`
	// Selection counts what triage left and what of it was assessed, as a
	// sentence on the first page; empty when no filter was counted.
	Selection string    `json:"selection,omitempty"`
	Findings  []Finding `json:"findings"`
	// Remarks say what the table of findings leaves out, as sentences.
	Remarks []string `json:"remarks,omitempty"`
	// About holds patient, referral and specimen.
	About    []Group    `json:"about"`
	Sections []Section  `json:"sections"`
	Appendix []LongText `json:"appendix,omitempty"`
	// Signatories are the signature fields of the last page; a draft has none.
	Signatories []SignatureField `json:"signatories"`
	// Notice stands above the signature fields.
	Notice string `json:"notice"`
}

// Head is what every page repeats.
type Head struct {
	Laboratory string `json:"laboratory"`
	Address    string `json:"address,omitempty"`
	UKAS       string `json:"ukas,omitempty"`
	ReportID   string `json:"report_id"`
	Version    int    `json:"version"`
	Supersedes string `json:"supersedes,omitempty"`
	Status     string `json:"status"`  // "Final report", "DRAFT …"
	Created    string `json:"created"` // UTC, RFC 3339
	Date       string `json:"date"`    // for people
	// Identifiers are the patient's; at least two, also where they say "not given".
	Identifiers []Field `json:"identifiers"`
	// Marking is printed large on every page, "DEMONSTRATION — …"; empty for a
	// live laboratory.
	Marking string `json:"marking,omitempty"`
	// Watermark is printed across every page of a draft.
	Watermark string `json:"watermark,omitempty"`
	// Program made the report.
	Program string `json:"program"`
}

// Field is a label with its value.
type Field struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Group is a titled list of fields.
type Group struct {
	Title  string  `json:"title"`
	Fields []Field `json:"fields"`
}

// Result is the outcome for one gene, or the negative outcome.
type Result struct {
	// Class is the number of the class that decides, 0 for a negative result.
	Class    int      `json:"class"`
	Headline string   `json:"headline"`
	Meaning  []string `json:"meaning"`
}

// Finding is one reported variant.
type Finding struct {
	Number     int    `json:"number"` // 1, 2 …; the table and the text refer to it
	Title      string `json:"title"`  // heads its interpretation: gene and name
	Gene       string `json:"gene"`
	HGNC       string `json:"hgnc"`
	Coding     string `json:"coding"` // HGVS c. with transcript and version
	Protein    string `json:"protein"`
	Transcript string `json:"transcript_note,omitempty"`
	Genomic    string `json:"genomic"`
	Zygosity   string `json:"zygosity"`
	// Inheritance says parental origin, phase and model, a line each.
	Inheritance []string `json:"inheritance"`
	ClassNumber int      `json:"class_number"`
	ClassWord   string   `json:"class_word"`
	Condition   string   `json:"condition"`
	MOI         string   `json:"moi"`

	Evidence    []EvidenceLine `json:"evidence"`
	Total       string         `json:"total"`
	Clause      string         `json:"clause"`
	Adjustments []string       `json:"adjustments,omitempty"` // suppressed and capped
	Flags       []string       `json:"flags,omitempty"`
	NotCounted  string         `json:"not_counted,omitempty"` // how many criteria were rejected
	Comments    []string       `json:"comments,omitempty"`
}

// EvidenceLine is one accepted criterion.
type EvidenceLine struct {
	Criterion string `json:"criterion"`
	Strength  string `json:"strength"`
	Points    string `json:"points"`
	Reason    string `json:"reason"`
}

// Section is a titled run of paragraphs and tables.
type Section struct {
	Title      string   `json:"title"`
	Paragraphs []string `json:"paragraphs,omitempty"`
	Table      *Table   `json:"table,omitempty"`
	// Points are printed as a list after the table.
	Points []string `json:"points,omitempty"`
}

// Table has a head and rows of as many cells. Widths are shares of the line.
type Table struct {
	Head   []string   `json:"head"`
	Widths []float64  `json:"widths"`
	Right  []bool     `json:"right,omitempty"` // columns of numbers
	Rows   [][]string `json:"rows"`
}

// LongText is an allele or a name that is too long for a table.
type LongText struct {
	Label  string `json:"label"`
	Length int    `json:"length"` // in characters
	SHA256 string `json:"sha256"` // hex, of Text in UTF-8
	Text   string `json:"text"`
}

// SignatureField is a place for a signature, with who is to sign.
type SignatureField struct {
	Field string `json:"field"` // name of the field: "Scientist", "Authoriser"
	Role  string `json:"role"`
	Name  string `json:"name"`
	HCPC  string `json:"hcpc"`
}

// JSON returns the document as indented JSON.
func (d Document) JSON() ([]byte, error) {
	b, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return nil, err
	}
	return append(b, '\n'), nil
}

// AsDraft returns the document without signature fields, marked as a draft on
// every page.
func (d Document) AsDraft() Document {
	d.Head.Status = say("status.draft")
	d.Head.Watermark = say("watermark.draft")
	d.Signatories = nil
	d.Notice = say("notice.draft")
	return d
}
