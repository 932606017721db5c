package vcf

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

var numbers = map[string]bool{"A": true, "R": true, "G": true, ".": true, "LA": true, "LR": true, "LG": true, "P": true, "M": true}

// header holds the header's lines against the specification, each in its place.
func (v *validator) header() {
	for _, m := range v.h.metas {
		switch m.Key {
		case "INFO", "FORMAT":
			v.fieldLine(m)
		case "FILTER":
			v.filterLine(m)
		case "ALT":
			v.altLine(m)
		case "contig":
			v.contigLine(m)
		case "META", "SAMPLE", "PEDIGREE":
			v.peopleLine(m)
		default:
			v.otherLine(m)
		}
		if m.Value == "" {
			v.warnMeta(m, "has no value")
		}
	}
	if len(v.h.Contigs) == 0 {
		v.warn(0, "contig", "the header declares no contigs")
	}
	for i, s := range v.h.Samples {
		if strings.TrimSpace(s) != s {
			v.warn(int64(v.h.lines), "samples", fmt.Sprintf("the name of sample %d begins or ends with a blank", i+1))
		}
	}
}

func (v *validator) warnMeta(m metaLine, what string) {
	id := m.get("ID")
	if id != "" {
		id = " of " + id
	}
	v.warn(int64(m.line), m.Key, "the header line"+id+" "+what)
}

// order wants the fields of a line in the order of the specification.
func (v *validator) fieldOrder(m metaLine, names ...string) {
	at := 0
	for _, name := range names {
		i := slices.IndexFunc(m.Fields, func(f metaField) bool { return f.Name == name })
		if i < 0 {
			continue
		}
		if i != at {
			v.warnMeta(m, "has its fields in another order than "+strings.Join(names, ", "))
			return
		}
		at++
	}
}

// described wants a description in quotation marks, and nothing else in them that
// the specification does not put there.
func (v *validator) described(m metaLine) {
	switch {
	case !slices.ContainsFunc(m.Fields, func(f metaField) bool { return f.Name == "Description" }):
		v.warnMeta(m, "has no Description")
	case !m.quoted["Description"]:
		v.warnMeta(m, "has a Description without quotation marks")
	}
	for _, name := range []string{"ID", "Number", "Type"} {
		if m.quoted[name] {
			v.warnMeta(m, "has "+name+" in quotation marks")
		}
	}
}

// fieldLine looks at a declaration of INFO or FORMAT.
func (v *validator) fieldLine(m metaLine) {
	if m.Fields == nil {
		return
	}
	f := Field{ID: m.get("ID"), Number: m.get("Number"), Type: m.get("Type")}
	types, table, since := "Integer Float Flag Character String", reservedInfo, infoSince44
	if m.Key == "FORMAT" {
		types, table, since = "Integer Float Character String", reservedFormat, formatSince44
	}
	switch {
	case f.Number == "":
		v.warnMeta(m, "has no Number")
	case !numbers[f.Number] && strings.Trim(f.Number, "0123456789") != "":
		v.warnMeta(m, "has a Number that is no number and none of A, R, G and '.'")
	case f.Number == "R" && !v.atLeast("VCFv4.2"):
		v.warnMeta(m, "has Number R, which is known from version 4.2 on")
	}
	switch {
	case f.Type == "":
		v.warnMeta(m, "has no Type")
	case !strings.Contains(" "+types+" ", " "+f.Type+" "):
		v.warnMeta(m, "has an unknown Type")
	case f.Type == "Flag" && f.Number != "0":
		v.warnMeta(m, "is a flag whose Number is not 0")
	case f.Type != "Flag" && f.Number == "0":
		v.warnMeta(m, "has Number 0 and is no flag")
	}
	v.described(m)
	v.fieldOrder(m, "ID", "Number", "Type", "Description")
	if f.ID != "" && !infoKey.MatchString(f.ID) {
		v.warnMeta(m, "has an ID that the specification does not allow")
	}
	if r := v.reserved(table, since, f.ID); r.ID != "" && (r.Number != "*" && r.Number != f.Number || r.Type != "*" && r.Type != f.Type) {
		v.warnMeta(m, "differs from the specification, which has Number "+r.Number+" and Type "+r.Type)
	}
}

func (v *validator) filterLine(m metaLine) {
	if m.Fields == nil {
		return
	}
	v.described(m)
	v.fieldOrder(m, "ID", "Description")
	if id := m.get("ID"); id == "0" || strings.ContainsAny(id, " ;,\t") {
		v.warnMeta(m, "declares a name that filters may not have")
	}
}

// ambiguityCodes may be declared as symbolic alleles (VCF 4.3, section 1.4.5).
const ambiguityCodes = "RYSWKMBDHVN"

func (v *validator) altLine(m metaLine) {
	if m.Fields == nil {
		return
	}
	v.described(m)
	v.fieldOrder(m, "ID", "Description")
	id := m.get("ID")
	parts := strings.Split(id, ":")
	switch {
	case id == "":
	case strings.ContainsAny(id, " ,<>"):
		v.warnMeta(m, "has an ID that the specification does not allow")
	case slices.Contains(parts, ""):
		v.warnMeta(m, "has an empty level in its ID")
	case !knownSymbol(parts[0]):
		v.warnMeta(m, "has a top level that is none of DEL, INS, DUP, INV, CNV and BND")
	}
}

// knownSymbol reports whether a symbolic allele's first level is one that the
// specification names.
func knownSymbol(top string) bool {
	return structuralTypes[top] || top == "NON_REF" || top == "*" || len(top) == 1 && strings.Contains(ambiguityCodes, top)
}

func (v *validator) contigLine(m metaLine) {
	if m.Fields == nil {
		return
	}
	v.fieldOrder(m, "ID")
	if id := m.get("ID"); id != "" && !contigName(id) {
		v.warnMeta(m, "has a character that contig names may not have")
	}
	if u := m.get("URL"); u != "" && !isURL(u) {
		v.warnMeta(m, "has no valid URL")
	}
}

// contigName reports whether a name has only characters that the specification
// allows (VCF 4.3, section 1.4.7); "*" stands in the names of HLA alleles.
func contigName(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool { return c <= ' ' || c > '~' || strings.ContainsRune("\\,\"'`()[]{}<>", c) }) &&
		!strings.HasPrefix(s, "*") && !strings.HasPrefix(s, "=") && (!strings.Contains(s, "*") || strings.HasPrefix(s, "HLA"))
}

// peopleLine looks at META, SAMPLE and PEDIGREE.
func (v *validator) peopleLine(m metaLine) {
	if m.Fields == nil {
		if m.Value != "" {
			v.warnMeta(m, "has no <…>")
		}
		return
	}
	for _, f := range m.Fields {
		if f.Value == "" && !m.quoted[f.Name] {
			v.warnMeta(m, "has a field without a value")
		}
		if m.quoted[f.Name] && f.Name != "Description" && m.Key == "SAMPLE" && !v.atLeast("VCFv4.3") {
			v.warnMeta(m, "has "+f.Name+" in quotation marks")
		}
	}
	id := m.get("ID")
	if id != "" && strings.ContainsAny(id, " ,*\"<>") {
		v.warnMeta(m, "has an ID with a character that the specification does not allow")
	}
	switch m.Key {
	case "META":
		v.metaLine(m)
	case "SAMPLE":
		v.fieldOrder(m, "ID")
		if !v.atLeast("VCFv4.3") && (m.get("Genomes") == "" || m.get("Mixture") == "") {
			v.warnMeta(m, "has not Genomes and Mixture, which the specification of this version wants")
		}
	case "PEDIGREE":
		if v.atLeast("VCFv4.3") && id == "" {
			v.warnMeta(m, "has no ID")
		}
	}
}

// metaLine looks at a META line (VCF 4.3, section 1.4.8).
func (v *validator) metaLine(m metaLine) {
	if len(m.Fields) > 0 && m.Fields[0].Name != "ID" {
		v.warnMeta(m, "does not begin with its ID")
	}
	if t := m.get("Type"); t != "" && !strings.Contains(" Integer Float Character String ", " "+t+" ") {
		v.warnMeta(m, "has an unknown Type")
	}
	if n := m.get("Number"); n != "" && !numbers[n] && strings.Trim(n, "0123456789") != "" {
		v.warnMeta(m, "has a Number that is no number and none of A, R, G and '.'")
	}
	if values := m.get("Values"); values != "" && !(strings.HasPrefix(values, "[") && strings.HasSuffix(values, "]")) {
		v.warnMeta(m, "has Values without square brackets")
	}
}

// otherLine looks at lines that the reader has no use for.
func (v *validator) otherLine(m metaLine) {
	switch m.Key {
	case "":
		v.warn(int64(m.line), "header", "the header line has no key")
	case "assembly", "pedigreeDB":
		if m.Value != "" && !isURL(strings.Trim(m.Value, "<>")) {
			v.warnMeta(m, "has no valid URL")
		}
	}
	if strings.ContainsAny(m.Key, " \t<>\"") {
		v.warn(int64(m.line), "header", "the header line has a key with a blank, a bracket or a quotation mark")
	}
}

// isURL reports whether s is an address or a path. A host is not a number alone.
func isURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil || strings.ContainsAny(s, " \t") {
		return false
	}
	if u.Scheme == "" {
		return strings.Contains(s, "/")
	}
	if u.Scheme == "file" {
		return u.Path != ""
	}
	host := u.Hostname()
	return host != "" && strings.Trim(host, "0123456789") != ""
}
