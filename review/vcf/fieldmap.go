package vcf

import (
	"regexp"
	"strings"

	"garrod/review/acmg"
)

// fieldMap is what a file's header says about where values are: columns of its
// CSQ layout and INFO fields of their own.
type fieldMap struct {
	groups     []frequencyGroup
	scores     []scoreField
	deltas     spliceFields
	clinvar    clinvarFields
	transcript int // column of dbNSFP's transcript list, -1 for none
}

// place is a column of the CSQ layout, or an INFO field.
type place struct {
	column int // -1: an INFO field
	id     string
}

// value reads the place for one allele: the first of the allele's rows that has
// one, or the INFO field by its Number.
func (p place) value(r *Record, rows []row, allele int) string {
	if p.column < 0 {
		v, _ := r.infoOf(p.id, allele)
		return decode(v)
	}
	for _, w := range rows {
		if w.layout.Source != "CSQ" {
			continue
		}
		if v := w.at(p.column); v != "" {
			return v
		}
	}
	return ""
}

func newFieldMap(h *Header) *fieldMap {
	m := &fieldMap{transcript: -1}
	v := newVersions(h)
	for i := range h.Layouts {
		l := &h.Layouts[i]
		if l.Source != "CSQ" {
			continue
		}
		if c, ok := l.roles[roleTranscriptIDs]; ok {
			m.transcript = c
		}
		for c, name := range l.Columns {
			m.addField(place{column: c, id: name}, true, v)
		}
		m.clinvar.fromLayout(l)
		break
	}
	for _, meta := range h.Meta {
		if id, ok := infoID(meta); ok {
			m.addField(place{column: -1, id: id}, false, v)
		}
	}
	m.settleFAF()
	m.clinvar.fromInfo(h)
	m.clinvar.date = v.vep["clinvar"]
	return m
}

// infoID returns the ID of an INFO line: the header's own order keeps the result
// the same from run to run.
func infoID(meta string) (string, bool) {
	rest, ok := strings.CutPrefix(meta, "##INFO=<")
	if !ok {
		return "", false
	}
	m, _ := parseMeta("INFO=<" + rest)
	return m.get("ID"), m.get("ID") != ""
}

func (m *fieldMap) addField(p place, csq bool, v versions) {
	if f, ok := parseFrequencyName(p.id, csq); ok {
		f.version = v.frequency(f, p.id)
		m.addFrequency(f, p)
		return
	}
	if s, ok := scoreNames[strings.ToLower(p.id)]; ok && (csq || !s.csqOnly) {
		m.addScore(scoreField{place: p, name: s.name, perTranscript: s.perTranscript, version: v.tool(s.name, p.id)})
		return
	}
	m.deltas.add(p, v)
}

// versions are the releases of data sets as far as the header tells them.
type versions struct {
	vep         map[string]string // of the ##VEP line, by lower-case name
	description map[string]string // of INFO fields
	commands    string            // command lines, which name data files
}

// vepToken is one name="value" of the ##VEP line.
var vepToken = regexp.MustCompile(`([A-Za-z0-9_.-]+)=("[^"]*"|[^ ]+)`)

func newVersions(h *Header) versions {
	v := versions{vep: map[string]string{}, description: map[string]string{}}
	for _, m := range h.other {
		switch {
		case m.Key == "VEP":
			for _, t := range vepToken.FindAllStringSubmatch(m.Value, -1) {
				v.vep[strings.ToLower(t[1])] = strings.Trim(t[2], `"`)
			}
		case strings.Contains(strings.ToLower(m.Key), "command"):
			v.commands += m.Value + "\n"
		}
	}
	for id, f := range h.Infos {
		v.description[id] = f.Description
	}
	return v
}

// release finds a version number such as r2.1.1, v4.1 or 3.1.2 in text.
var release = regexp.MustCompile(`(?i)\b[rv]\.?\d+(?:\.\d+){0,2}|\d+\.\d+(?:\.\d+)?`)

const unknownVersion = "unknown"

// describe returns the release named in the description of an INFO field.
func (v versions) describe(id string) string {
	if r := release.FindString(v.description[id]); r != "" {
		return r
	}
	return unknownVersion
}

// tool tells the release of a predictor: from the ##VEP line where it names the
// tool, from the description of the field otherwise.
func (v versions) tool(name, id string) string {
	if r := v.vep[strings.ToLower(name)]; r != "" {
		return r
	}
	return v.describe(id)
}

// frequency tells the release of a population data set: from the ##VEP line for
// VEP's own columns, from the description for others.
func (v versions) frequency(f frequencyField, id string) string {
	if r := release.FindString(v.description[id]); r != "" && f.dataset != "1000G" {
		return r
	}
	for _, key := range f.vepKeys() {
		if r := v.vep[key]; r != "" {
			return r
		}
	}
	if f.release != "" {
		return f.release
	}
	return unknownVersion
}

// scoreField is where one predictor's score is.
type scoreField struct {
	place
	name, version string
	perTranscript bool
}

// scoreName is how a score is called in the facts, by its field name in lower
// case. Names follow dbNSFP, the VEP plugins and CADD's own.
type scoreName struct {
	name          string
	perTranscript bool
	csqOnly       bool
}

var scoreNames = map[string]scoreName{
	"revel":                {name: "REVEL", perTranscript: true},
	"revel_score":          {name: "REVEL", perTranscript: true},
	"bayesdel":             {name: "BayesDel"},
	"bayesdel_noaf_score":  {name: "BayesDel_noAF"},
	"bayesdel_noaf":        {name: "BayesDel_noAF"},
	"bayesdel_addaf_score": {name: "BayesDel_addAF"},
	"bayesdel_addaf":       {name: "BayesDel_addAF"},
	"cadd_phred":           {name: "CADD"},
	"cadd":                 {name: "CADD"},
	"cadd_scaled":          {name: "CADD"},
	"cadd_phred_hg19":      {name: "CADD"},
	"am_pathogenicity":     {name: "AlphaMissense", perTranscript: true},
	"alphamissense":        {name: "AlphaMissense", perTranscript: true},
	"alphamissense_score":  {name: "AlphaMissense", perTranscript: true},
	"vest4_score":          {name: "VEST4", perTranscript: true, csqOnly: true},
	"mutpred2_score":       {name: "MutPred2", perTranscript: true, csqOnly: true},
	"primateai_score":      {name: "PrimateAI", csqOnly: true},
	"esm1b_score":          {name: "ESM1b", perTranscript: true, csqOnly: true},
	"varity_r_score":       {name: "VARITY_R", perTranscript: true, csqOnly: true},
}

// addScore keeps the first field of a name: a file with REVEL as a column of its
// own and as a dbNSFP column gives it once.
func (m *fieldMap) addScore(s scoreField) {
	for _, have := range m.scores {
		if have.name == s.name {
			return
		}
	}
	m.scores = append(m.scores, s)
}

// predictors reads the scores of one allele.
func (m *fieldMap) predictors(r *Record, rows []row, allele int) []acmg.Predictor {
	var out []acmg.Predictor
	for _, s := range m.scores {
		if s.column < 0 || !s.perTranscript {
			if v := number(s.value(r, rows, allele)); v != nil {
				out = append(out, acmg.Predictor{Name: s.name, Version: s.version, Score: *v})
			}
			continue
		}
		for _, w := range rows {
			if w.layout.Source != "CSQ" {
				continue
			}
			t := w.transcript()
			if v := number(m.ofTranscript(w, w.at(s.column), t)); v != nil {
				out = append(out, acmg.Predictor{Name: s.name, Version: s.version, Transcript: t, Score: *v})
			}
		}
	}
	return out
}

// ofTranscript takes the row's own score out of a list joined by "&": by the
// list of transcripts beside it where both have the same length. Otherwise the
// score of this transcript is not known.
func (m *fieldMap) ofTranscript(w row, text, transcript string) string {
	if !strings.Contains(text, "&") {
		return text
	}
	if m.transcript < 0 {
		return ""
	}
	scores, ids := strings.Split(text, "&"), strings.Split(w.at(m.transcript), "&")
	if len(scores) != len(ids) {
		return ""
	}
	bare := func(id string) string { b, _, _ := strings.Cut(id, "."); return b }
	for i, id := range ids {
		if bare(id) == bare(transcript) {
			return scores[i]
		}
	}
	return ""
}
