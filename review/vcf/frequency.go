package vcf

import (
	"slices"
	"strings"

	"garrod/review/acmg"
)

// quantity is what a frequency field counts.
type quantity string

const (
	qAF       quantity = "af"
	qAC       quantity = "ac"
	qAN       quantity = "an"
	qHom      quantity = "hom"
	qHemi     quantity = "hemi"
	qFAF      quantity = "faf95"
	qFAFGroup quantity = "faf_group"
	qFilter   quantity = "filter"
	qDepth    quantity = "mean_depth"
	qOver20   quantity = "fraction_20x"
)

// frequencyField is what the name of a field tells.
type frequencyField struct {
	dataset, callset, group, sex string
	quantity                     quantity
	prefix                       string // of the name: gnomAD2 and gnomAD4 in one file are two data sets
	release, version             string
	adjusted                     bool // ExAC's counts after its quality filter
}

// datasets are the prefixes of field names in lower case, longer ones first. The
// callset is empty where the name does not tell it.
var datasets = []struct{ prefix, dataset, callset, release string }{
	{"gnomad_genomes", "gnomAD", "genome", ""},
	{"gnomad_genome", "gnomAD", "genome", ""},
	{"gnomadgenomes", "gnomAD", "genome", ""},
	{"gnomadgenome", "gnomAD", "genome", ""},
	{"gnomad_exomes", "gnomAD", "exome", ""},
	{"gnomad_exome", "gnomAD", "exome", ""},
	{"gnomadexomes", "gnomAD", "exome", ""},
	{"gnomadexome", "gnomAD", "exome", ""},
	{"gnomad_joint", "gnomAD", "joint", ""},
	{"gnomadj", "gnomAD", "joint", ""},
	{"gnomade", "gnomAD", "exome", ""},
	{"gnomadg", "gnomAD", "genome", ""},
	{"gnomad4", "gnomAD", "", "v4"},
	{"gnomad3", "gnomAD", "genome", "v3"},
	{"gnomad2", "gnomAD", "", "r2"},
	{"gnomad", "gnomAD", "", ""},
	{"1000genomes", "1000G", "genome", ""},
	{"1000gp3", "1000G", "genome", "phase3"},
	{"1000g", "1000G", "genome", ""},
	{"exac", "ExAC", "exome", ""},
	{"esp6500", "ESP", "exome", ""},
	{"esp", "ESP", "exome", ""},
	{"topmed", "TOPMed", "genome", ""},
	{"uk10k", "UK10K", "genome", ""},
	{"swegen", "SweGen", "genome", ""},
	{"sweref", "SweRef", "genome", ""},
}

// bareNames are VEP's columns without a prefix, in lower case: 1000 Genomes, ESP
// and the highest of all (VEP documentation, --af, --af_1kg, --af_esp, --max_af).
// As INFO fields the same names count the file's own samples.
var bareNames = func() map[string]frequencyField {
	m := map[string]frequencyField{
		"af":     {dataset: "1000G", callset: "genome", group: "all", quantity: qAF},
		"gmaf":   {dataset: "1000G", callset: "genome", group: "all", quantity: qAF},
		"aa_af":  {dataset: "ESP", callset: "exome", group: "afr", quantity: qAF},
		"ea_af":  {dataset: "ESP", callset: "exome", group: "nfe", quantity: qAF},
		"max_af": {dataset: "VEP_MAX", group: "grpmax", quantity: qAF},
	}
	m["aa_maf"], m["ea_maf"] = m["aa_af"], m["ea_af"]
	for _, g := range []string{"afr", "amr", "asn", "eas", "eur", "sas"} {
		f := frequencyField{dataset: "1000G", callset: "genome", group: g, quantity: qAF}
		m[g+"_af"], m[g+"_maf"] = f, f
	}
	return m
}()

// infoNames are INFO fields that put the data set last: ClinVar's own.
var infoNames = map[string]frequencyField{
	"af_exac": {dataset: "ExAC", callset: "exome", group: "all", quantity: qAF},
	"af_esp":  {dataset: "ESP", callset: "exome", group: "all", quantity: qAF},
	"af_tgp":  {dataset: "1000G", callset: "genome", group: "all", quantity: qAF},
}

// groupTokens are the genetic ancestry groups as data sets abbreviate them.
var groupTokens = map[string]string{
	"afr": "afr", "ami": "ami", "amr": "amr", "asj": "asj", "asn": "asn", "eas": "eas", "eur": "eur", "fin": "fin",
	"mid": "mid", "nfe": "nfe", "oth": "oth", "remaining": "remaining", "sas": "sas",
	"popmax": "grpmax", "grpmax": "grpmax", "max": "grpmax", "fafmax": "grpmax", "maxaf": "grpmax",
}

var sexTokens = map[string]string{"xx": "XX", "female": "XX", "xy": "XY", "male": "XY"}

var quantityTokens = map[string]quantity{
	"af": qAF, "maf": qAF, "maxaf": qAF, "freq": qAF, "topmed": qAF, "ac": qAC, "an": qAN, "nhomalt": qHom, "hom": qHom,
	"nhemi": qHemi, "hemi": qHemi, "faf95": qFAF, "filter": qFilter,
}

// parseFrequencyName reads a field's name: data set, then quantity, group and
// sex in any order. A name with a part it does not know is no frequency, for
// "non_cancer" or "raw" would be another number.
func parseFrequencyName(name string, csq bool) (frequencyField, bool) {
	n := strings.ToLower(name)
	if f, ok := bareNames[n]; ok && csq {
		return f, true
	}
	if f, ok := infoNames[n]; ok && !csq {
		return f, true
	}
	for _, d := range datasets {
		rest, ok := strings.CutPrefix(n, d.prefix)
		if !ok {
			continue
		}
		f := frequencyField{dataset: d.dataset, callset: d.callset, release: d.release, prefix: d.prefix}
		if d.prefix == "gnomad" && csq {
			f.callset = "exome" // VEP's own gnomAD columns before release 107
		}
		if f.parseTokens(rest) {
			return f, true
		}
	}
	return frequencyField{}, false
}

func (f *frequencyField) parseTokens(rest string) bool {
	if q := quantity(strings.Trim(rest, "_")); q == qDepth || q == qOver20 {
		f.quantity, f.group = q, "all"
		return true
	}
	tokens := strings.FieldsFunc(rest, func(r rune) bool { return r == '_' || r == '.' || r == '-' })
	groupName := false
	for _, t := range tokens {
		q, isQ := quantityTokens[t]
		g, isG := groupTokens[t]
		s, isS := sexTokens[t]
		switch {
		case isQ && (f.quantity == "" || f.quantity == qAC && q == qHom || f.quantity == qAC && q == qHemi):
			f.quantity = q
		case isG && t == "max" && f.group == "grpmax":
		case isG && f.group == "":
		case isS && f.sex == "":
		case t == "adj":
			f.adjusted = true
		case t == "joint" || t == "exome" || t == "genome" || t == "exomes" || t == "genomes":
			f.callset = strings.TrimSuffix(t, "s")
		case t == "group" || t == "gen" || t == "anc":
			groupName = true
		default:
			return false
		}
		if isG && f.group == "" {
			f.group = g
		}
		if isS {
			f.sex = s
		}
	}
	if groupName {
		if f.quantity != qFAF {
			return false
		}
		f.quantity, f.group = qFAFGroup, "grpmax"
	}
	if f.group == "" {
		f.group = "all"
	}
	return f.quantity != ""
}

// vepKeys are the names under which the ##VEP line gives the data set's release.
func (f frequencyField) vepKeys() []string {
	switch f.dataset {
	case "gnomAD":
		return []string{"gnomad" + f.callset[:min(1, len(f.callset))], "gnomad"}
	case "1000G":
		return []string{"1000genomes"}
	}
	return []string{strings.ToLower(f.dataset)}
}

// frequencyGroup is one group of one data set, with the places of its values.
type frequencyGroup struct {
	frequencyField
	places map[quantity]place
}

func (m *fieldMap) addFrequency(f frequencyField, p place) {
	i := slices.IndexFunc(m.groups, func(g frequencyGroup) bool {
		return g.prefix == f.prefix && g.dataset == f.dataset && g.callset == f.callset && g.group == f.group && g.sex == f.sex &&
			// A column and an INFO field may come from two releases.
			g.places[firstQuantity(g)].column < 0 == (p.column < 0)
	})
	if i < 0 {
		m.groups = append(m.groups, frequencyGroup{frequencyField: f, places: map[quantity]place{}})
		i = len(m.groups) - 1
	}
	if _, taken := m.groups[i].places[f.quantity]; !taken || f.adjusted {
		m.groups[i].places[f.quantity] = p
	}
}

func firstQuantity(g frequencyGroup) quantity {
	for _, q := range []quantity{qAF, qAC, qAN, qHom, qHemi, qFAF, qFAFGroup, qFilter, qDepth, qOver20} {
		if _, ok := g.places[q]; ok {
			return q
		}
	}
	return qAF
}

// settleFAF moves a filtering allele frequency that is named without a group to
// the group with the highest one, where the file also names that group.
func (m *fieldMap) settleFAF() {
	for i := range m.groups {
		top := &m.groups[i]
		_, named := top.places[qFAFGroup]
		_, has := top.places[qFAF]
		if top.group != "grpmax" || !named || has {
			continue
		}
		for j := range m.groups {
			all := &m.groups[j]
			p, ok := all.places[qFAF]
			if ok && all.prefix == top.prefix && all.callset == top.callset && all.group == "all" && all.sex == top.sex {
				top.places[qFAF] = p
				delete(all.places, qFAF)
			}
		}
	}
}

// frequencies reads the groups that have a value for one allele. A group without
// one is left out: the file does not tell whether the data set has no record of
// the allele or was not looked at.
func (m *fieldMap) frequencies(r *Record, rows []row, allele int) []acmg.Frequency {
	var out []acmg.Frequency
	for _, g := range m.groups {
		if f, ok := m.frequency(g, r, rows, allele); ok {
			out = append(out, f)
		}
	}
	return out
}

func (m *fieldMap) frequency(g frequencyGroup, r *Record, rows []row, allele int) (acmg.Frequency, bool) {
	text := func(q quantity) string {
		p, ok := g.places[q]
		if !ok {
			return ""
		}
		return ofAllele(p.value(r, rows, allele), rows)
	}
	f := acmg.Frequency{
		Dataset: g.dataset, Version: g.version, Callset: g.callset, Group: g.group, Sex: g.sex, Present: true,
		AF: probability(text(qAF)), AC: whole(text(qAC)), AN: whole(text(qAN)),
		Hom: whole(text(qHom)), Hemi: whole(text(qHemi)), FAF95: probability(text(qFAF)),
	}
	if f.AF == nil && f.AC != nil && f.AN != nil && *f.AN > 0 && *f.AC <= *f.AN {
		af := float64(*f.AC) / float64(*f.AN)
		f.AF = &af
	}
	if f.FAF95 != nil {
		f.FAFGroup = strings.ToLower(text(qFAFGroup))
	}
	f.Filters = m.siteFilters(g, r, rows, allele)
	return f, f.AF != nil || f.AC != nil || f.AN != nil || f.Hom != nil || f.Hemi != nil || f.FAF95 != nil
}

// siteFilters reads the data set's own filters, which stand with its first group.
func (m *fieldMap) siteFilters(g frequencyGroup, r *Record, rows []row, allele int) []string {
	for _, other := range m.groups {
		p, ok := other.places[qFilter]
		if !ok || other.prefix != g.prefix || other.callset != g.callset {
			continue
		}
		v := p.value(r, rows, allele)
		if v == "" || strings.EqualFold(v, "PASS") {
			return nil
		}
		return strings.FieldsFunc(v, func(r rune) bool { return r == '&' || r == ';' || r == ',' })
	}
	return nil
}

// ofAllele reads VEP's older form of a frequency, "C:0.19" joined by "&", where
// each value names its allele. Several different values without a name belong to
// nobody.
func ofAllele(text string, rows []row) string {
	if !strings.ContainsAny(text, ":&") {
		return text
	}
	first, _, _ := strings.Cut(text, "&")
	if !strings.Contains(text, ":") && strings.Trim(strings.ReplaceAll(text, first, ""), "&") == "" {
		return first
	}
	name := ""
	if len(rows) > 0 {
		name = rows[0].allele()
	}
	found := ""
	for part := range strings.SplitSeq(text, "&") {
		allele, value, ok := strings.Cut(part, ":")
		if !ok || name == "" || !strings.EqualFold(allele, name) {
			continue
		}
		if found != "" && found != value {
			return ""
		}
		found = value
	}
	return found
}

// coverage reads how deep the data sets read the site, where the file has it.
func (m *fieldMap) coverage(r *Record, rows []row, allele int) []acmg.Coverage {
	var out []acmg.Coverage
	for _, g := range m.groups {
		c := acmg.Coverage{Dataset: g.dataset, Version: g.version, Callset: g.callset}
		if p, ok := g.places[qDepth]; ok {
			c.MeanDepth = number(p.value(r, rows, allele))
		}
		if p, ok := g.places[qOver20]; ok {
			c.Fraction20x = probability(p.value(r, rows, allele))
		}
		if c.MeanDepth != nil || c.Fraction20x != nil {
			out = append(out, c)
		}
	}
	return out
}
