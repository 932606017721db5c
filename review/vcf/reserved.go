package vcf

import (
	"strings"
)

// reservedInfo and reservedFormat are the fields that the specification defines
// (VCF 4.3, tables 1 and 2, and section 3 for structural variants). A file that
// declares one otherwise is told so; Number "*" is not held against anything,
// for it changed between versions.
var reservedInfo = fieldTable(`
AA 1 String;AC A Integer;AD R Integer;ADF R Integer;ADR R Integer;AF A Float;AN 1 Integer;BQ 1 Float;
CIGAR A String;DB 0 Flag;DP 1 Integer;END 1 Integer;H2 0 Flag;H3 0 Flag;MQ 1 *;MQ0 1 Integer;NS 1 Integer;
SB * *;SOMATIC 0 Flag;VALIDATED 0 Flag;1000G 0 Flag;IMPRECISE 0 Flag;NOVEL 0 Flag;SVTYPE * String;SVLEN * Integer;
CIPOS * Integer;CIEND * Integer;HOMLEN * Integer;HOMSEQ * String;MATEID * String;PARID * String;EVENT * String`)

var reservedFormat = fieldTable(`
AD R Integer;ADF R Integer;ADR R Integer;DP 1 Integer;EC A Integer;FT 1 String;GL G Float;GP G Float;GQ 1 *;
GT 1 String;HQ 2 Integer;MQ 1 *;PL G Integer;PQ 1 Integer;PS 1 *;CN 1 *;CNQ 1 *;CNL * *;NQ 1 Integer;HAP 1 Integer`)

func fieldTable(s string) map[string]Field {
	m := map[string]Field{}
	for line := range strings.SplitSeq(s, ";") {
		w := strings.Fields(line)
		m[w[0]] = Field{ID: w[0], Number: w[1], Type: w[2]}
	}
	return m
}

// neverNegative and neverAboveOne bound reserved counts and fractions.
var (
	neverNegative = map[string]bool{
		"AC": true, "AN": true, "AF": true, "DP": true, "NS": true, "MQ0": true, "AD": true, "GQ": true, "PL": true,
		"END": true, "HOMLEN": true, "GP": true,
	}
	neverAboveOne = map[string]bool{"AF": true}
)

var numbers = map[string]bool{"A": true, "R": true, "G": true, ".": true, "LA": true, "LR": true, "LG": true, "P": true, "M": true}

// header holds the declarations against the specification.
func (v *validator) header() {
	for id, f := range v.h.Infos {
		v.declaration("INFO", f, reservedInfo[id], "Integer Float Flag Character String")
	}
	for id, f := range v.h.Formats {
		v.declaration("FORMAT", f, reservedFormat[id], "Integer Float Character String")
	}
	for id, d := range v.h.Filters {
		if d == "" {
			v.warn(0, "FILTER", "the header line of "+id+" has no Description")
		}
		if id == "0" || strings.ContainsAny(id, " ;,") {
			v.warn(0, "FILTER", "the header declares a name that filters may not have")
		}
	}
	for id, d := range v.h.Alts {
		if d == "" {
			v.warn(0, "ALT", "the header line of "+id+" has no Description")
		}
		top, _, _ := strings.Cut(id, ":")
		if !structuralTypes[top] && strings.Contains(id, ":") {
			v.warn(0, "ALT", "the top level of "+id+" is none of DEL, INS, DUP, INV, CNV")
		}
	}
	for _, m := range v.h.other {
		v.otherLine(m)
	}
	if len(v.h.Contigs) == 0 {
		v.warn(0, "contig", "the header declares no contigs")
	}
}

func (v *validator) declaration(kind string, f, reserved Field, types string) {
	say := func(what string) { v.warn(0, kind, "the header line of "+f.ID+" "+what) }
	switch {
	case f.Number == "":
		say("has no Number")
	case !numbers[f.Number] && strings.Trim(f.Number, "0123456789") != "":
		say("has a Number that is no number and none of A, R, G and '.'")
	}
	switch {
	case f.Type == "":
		say("has no Type")
	case !strings.Contains(" "+types+" ", " "+f.Type+" "):
		say("has an unknown Type")
	case f.Type == "Flag" && f.Number != "0":
		say("is a flag whose Number is not 0")
	case f.Type != "Flag" && f.Number == "0":
		say("has Number 0 and is no flag")
	}
	if f.Description == "" {
		say("has no Description")
	}
	if !infoKey.MatchString(f.ID) {
		say("has an ID that the specification does not allow")
	}
	if reserved.ID != "" && (reserved.Number != "*" && reserved.Number != f.Number || reserved.Type != "*" && reserved.Type != f.Type) {
		say("differs from the specification, which has Number " + reserved.Number + " and Type " + reserved.Type)
	}
}

// otherLine looks at lines that the reader has no use for.
func (v *validator) otherLine(m metaLine) {
	switch m.Key {
	case "":
		v.warn(0, "header", "a header line has no key")
	case "assembly", "pedigreeDB":
		url := strings.Trim(m.Value, "<>")
		if !strings.Contains(url, ":") && !strings.Contains(url, "/") {
			v.warn(0, m.Key, "the header line has no address")
		}
	case "PEDIGREE":
		if m.Fields == nil {
			v.warn(0, m.Key, "the header line has no <…>")
		}
		for _, f := range m.Fields {
			if f.Value == "" {
				v.warn(0, m.Key, "the header line has a field without a value")
			}
		}
	case "META", "SAMPLE":
		if m.Fields == nil {
			v.warn(0, m.Key, "the header line has no <ID=…>")
		}
	}
	if m.Value == "" {
		v.warn(0, m.Key, "the header line has no value")
	}
}
