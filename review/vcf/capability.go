package vcf

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"garrod/review"
)

// Capabilities tells, from the header alone, which questions the file may be
// able to answer, each with a sentence for people. What is not there makes
// criteria not assessed. Intake, which has seen the records, gives the same list
// with what is declared and never used taken off; reference blocks are known to
// it only, for joint callers keep their header lines and drop the blocks.
func (f *File) Capabilities() []review.Capability { return f.capabilities(nil) }

// usage is what the records of a file were seen to hold.
type usage struct {
	infos   map[string]bool // INFO fields that matter, and whether a record has one
	formats map[string]bool // FORMAT keys seen
	lines   map[string]bool // FORMAT columns seen
	blocks  int64           // reference blocks of more than one base
}

func newUsage(h *Header) usage {
	u := usage{infos: map[string]bool{}, formats: map[string]bool{}, lines: map[string]bool{}}
	for id := range h.Infos {
		u.infos[id] = false
	}
	return u
}

func (u *usage) note(r *Record) {
	u.format(r.format)
	for part := range strings.SplitSeq(r.info, ";") {
		id, _, _ := strings.Cut(part, "=")
		if seen, declared := u.infos[id]; declared && !seen {
			u.infos[id] = true
		}
	}
	if r.IsReferenceBlock() && r.End() > r.Pos {
		u.blocks++
	}
}

// format notes a FORMAT column.
func (u *usage) format(text string) {
	if u.lines[text] {
		return
	}
	u.lines[text] = true
	for key := range strings.SplitSeq(text, ":") {
		u.formats[key] = true
	}
}

// add notes what was seen elsewhere.
func (u *usage) add(v *usage) {
	for id, seen := range v.infos {
		u.infos[id] = u.infos[id] || seen
	}
	maps.Copy(u.lines, v.lines)
	maps.Copy(u.formats, v.formats)
	u.blocks += v.blocks
}

// info reports whether an INFO field is used, true where nobody looked.
func (u *usage) info(id string) bool { return u == nil || u.infos[id] }

func (f *File) capabilities(u *usage) []review.Capability {
	h, m := f.src.header, f.src.fields
	layouts := slices.DeleteFunc(slices.Clone(h.Layouts), func(l Layout) bool { return !u.info(l.Field) })
	role := func(roles ...role) bool {
		return slices.ContainsFunc(layouts, func(l Layout) bool { return slices.ContainsFunc(roles, l.has) })
	}
	csq := slices.ContainsFunc(layouts, func(l Layout) bool { return l.Source == "CSQ" })
	used := func(p place) bool { return p.column >= 0 && csq || p.column < 0 && u.info(p.id) }
	return []review.Capability{
		consequenceCapability(h, layouts),
		has("gene_identity", role(roleHGNC),
			"Genes are identified by HGNC ID.", "The file gives gene symbols at most, no HGNC IDs."),
		has("hgvs", role(roleHGVSc), "HGVS names are given.", "The file gives no HGVS names."),
		has("exon", role(roleExon, roleRank), "Exon and intron numbers are given.", "The file gives no exon numbers: where in the transcript a change lies is not assessed."),
		has("mane", role(roleMANE, roleMANESelect),
			"MANE transcripts are marked.", "MANE transcripts are not marked: the transcript is chosen by the canonical flag or by severity."),
		m.frequencyCapability(used),
		has("clinvar", m.clinvar.known(used), "ClinVar's opinion is given.", "The file has no opinion of ClinVar."),
		has("revel", slices.Contains(m.scoreNames(used), "REVEL"),
			"REVEL scores are given.", "The file has no REVEL score: protein prediction is not assessed by it."),
		m.scoreCapability(used),
		has("spliceai", m.deltas.known(used), "SpliceAI deltas are given.", "The file has no SpliceAI delta: splice prediction is not assessed."),
		h.formatCapability(u, "genotypes", "GT", "Genotypes are given", "no genotypes"),
		h.formatCapability(u, "depth", "DP AD MIN_DP", "Read depth is given", "no read depth"),
		h.formatCapability(u, "allele_depth", "AD AO", "Reads of each allele are given", "no reads by allele: allele balance is not assessed"),
		h.formatCapability(u, "genotype_quality", "GQ RGQ", "Genotype quality is given", "no genotype quality"),
		h.formatCapability(u, "phase", "PS", "Phase sets are given", "no phase sets: phase rests on parents and on the separator in GT"),
		blockCapability(u),
	}
}

func has(name string, present bool, yes, no string) review.Capability {
	if present {
		return review.Capability{Name: name, Present: true, Detail: yes}
	}
	return review.Capability{Name: name, Detail: no}
}

var sourceNames = map[string]string{"CSQ": "Ensembl VEP (CSQ)", "ANN": "SnpEff (ANN)", "BCSQ": "bcftools csq (BCSQ)"}

func consequenceCapability(h *Header, layouts []Layout) review.Capability {
	var names []string
	for _, l := range layouts {
		if l.has(roleTerms) {
			names = append(names, sourceNames[l.Source])
		}
	}
	no := "The file has no consequence annotation (CSQ, ANN or BCSQ): everything that rests on genes and transcripts is not assessed."
	if names == nil && len(h.Layouts) > 0 {
		no = "The header declares " + h.Layouts[0].Field + ", but no record has it: everything that rests on genes and transcripts is not assessed."
	}
	return has("consequence", names != nil, "Consequences are given by "+strings.Join(names, " and ")+".", no)
}

func (m *fieldMap) frequencyCapability(used func(place) bool) review.Capability {
	var names []string
	for _, g := range m.groups {
		name := g.dataset
		if g.callset != "" {
			name += " " + g.callset
		}
		if g.version != unknownVersion {
			name += " " + g.version
		}
		anyUsed := slices.ContainsFunc(slices.Collect(maps.Values(g.places)), used)
		if anyUsed && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return has("frequency", names != nil, "Population frequencies are given: "+strings.Join(names, ", ")+".",
		"The file has no population frequency: frequency criteria are not assessed.")
}

func (m *fieldMap) scoreNames(used func(place) bool) []string {
	var names []string
	for _, s := range m.scores {
		if used(s.place) {
			names = append(names, s.name)
		}
	}
	return names
}

func (m *fieldMap) scoreCapability(used func(place) bool) review.Capability {
	names := m.scoreNames(used)
	return has("predictors", names != nil, "Scores are given: "+strings.Join(names, ", ")+".", "The file has no score that is known here.")
}

func (h *Header) formatCapability(u *usage, name, keys, yes, no string) review.Capability {
	if len(h.Samples) == 0 {
		return review.Capability{Name: name, Detail: "The file has no samples."}
	}
	var found []string
	for _, k := range strings.Fields(keys) {
		_, declared := h.Formats[k]
		if u == nil && declared || u != nil && u.formats[k] {
			found = append(found, k)
		}
	}
	return has(name, found != nil, fmt.Sprintf("%s (FORMAT %s).", yes, strings.Join(found, ", ")), "The file has "+no+".")
}

func blockCapability(u *usage) review.Capability {
	no := "The file has no reference blocks: a position without a record is unknown, not reference."
	if u == nil {
		return has("reference_blocks", false, "", "Whether there are reference blocks is known once the file was read: until then a position without a record is unknown.")
	}
	return has("reference_blocks", u.blocks > 0, fmt.Sprintf("The file has %d reference blocks: reference can be told from not called where they lie.", u.blocks), no)
}
