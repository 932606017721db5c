package vcf

import (
	"strings"

	"garrod/review/acmg"
)

// spliceFields are the places of SpliceAI's answer: eight columns, or one field
// that holds all.
type spliceFields struct {
	columns  map[string]place // "ds_ag" …
	combined *place
	version  string
	masked   *bool
}

// spliceKeys are the eight values in the order of the combined form.
var spliceKeys = []string{"ds_ag", "ds_al", "ds_dg", "ds_dl", "dp_ag", "dp_al", "dp_dg", "dp_dl"}

func (s *spliceFields) add(p place, v versions) {
	name := strings.ToLower(p.id)
	rest, ok := strings.CutPrefix(name, "spliceai")
	if !ok {
		return
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "_"), "pred")
	rest = strings.TrimPrefix(rest, "_")
	s.version = v.tool("SpliceAI", p.id)
	s.findMask(v.description[p.id] + v.commands)
	if rest == "" {
		if s.combined == nil {
			s.combined = &p
		}
		return
	}
	for _, key := range spliceKeys {
		if rest == key {
			if s.columns == nil {
				s.columns = map[string]place{}
			}
			if _, taken := s.columns[key]; !taken {
				s.columns[key] = p
			}
		}
	}
}

// findMask reads from the names of Illumina's score files whether gains at known
// sites and losses elsewhere were set to zero.
func (s *spliceFields) findMask(text string) {
	masked := strings.Contains(text, "spliceai_scores.masked")
	if masked || strings.Contains(text, "spliceai_scores.raw") {
		s.masked = &masked
	}
}

// known reports whether a record can hold an answer; used tells of a place
// whether the file uses it.
func (s *spliceFields) known(used func(place) bool) bool {
	for _, p := range s.columns {
		if used(p) {
			return true
		}
	}
	return s.combined != nil && used(*s.combined)
}

func (m *fieldMap) splice(r *Record, rows []row, allele int) []acmg.Splice {
	s := &m.deltas
	if s.columns != nil {
		values := make([]string, len(spliceKeys))
		for i, key := range spliceKeys {
			if p, ok := s.columns[key]; ok {
				values[i] = p.value(r, rows, allele)
			}
		}
		if a, ok := s.answer(values); ok {
			return []acmg.Splice{a}
		}
	}
	if s.combined == nil {
		return nil
	}
	return s.fromCombined(r, rows, allele)
}

// fromCombined reads ALLELE|SYMBOL|DS_AG|…|DP_DL, once for each gene. In a CSQ
// column the bars are written "&".
func (s *spliceFields) fromCombined(r *Record, rows []row, allele int) []acmg.Splice {
	if s.combined.column >= 0 {
		parts := spliceParts(s.combined.value(r, rows, allele))
		if a, ok := s.answer(parts); ok {
			return []acmg.Splice{a}
		}
		return nil
	}
	text, _ := r.Info(s.combined.id)
	var out []acmg.Splice
	for entry := range strings.SplitSeq(text, ",") {
		name, _, _ := strings.Cut(entry, "|")
		if r.onlyAllele(name, func(alt string) string { return alt }) != allele {
			continue
		}
		if a, ok := s.answer(spliceParts(entry)); ok {
			out = append(out, a)
		}
	}
	return out
}

// spliceParts returns the last eight parts of the combined form.
func spliceParts(s string) []string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '|' || r == '&' })
	if len(parts) < len(spliceKeys) {
		return nil
	}
	return parts[len(parts)-len(spliceKeys):]
}

// answer makes a Splice of the eight values; ok is false where none of the four
// deltas is given.
func (s *spliceFields) answer(v []string) (acmg.Splice, bool) {
	if len(v) != len(spliceKeys) {
		return acmg.Splice{}, false
	}
	a := acmg.Splice{
		Tool: "SpliceAI", Version: s.version, Masked: s.masked,
		AG: probability(v[0]), AL: probability(v[1]), DG: probability(v[2]), DL: probability(v[3]),
		DPAG: signed(v[4]), DPAL: signed(v[5]), DPDG: signed(v[6]), DPDL: signed(v[7]),
	}
	return a, a.AG != nil || a.AL != nil || a.DG != nil || a.DL != nil
}
