package variant

import (
	"fmt"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/ui/state"
	"garrod/ui/widgets"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
)

// showEvidence fills the left side: everything known of the variant, unknown
// values spelled out.
func (s *Screen) showEvidence() {
	a := &s.page.Assessment
	v, c := &a.Variant, a.Consequence
	s.title.SetText(titleText(v, c))
	s.place.SetText(v.Key.String() + " · " + string(v.Key.Assembly))
	s.evidence.RemoveAll()
	s.section("ev.variant", nil, s.variantRows(a), 130, 0)
	s.section("ev.family", familyHead(), familyRows(&s.c, v), 0, 80, 124, 48, 40, 40, 74)
	s.section("ev.inheritance", nil, labelRows(a.Labels), 170, 0)
	s.section("ev.frequencies", frequencyHead(), frequencyRows(&s.c, v), 0, 118, 124, 44, 46, 64)
	s.section("ev.predictors", nil, predictorRows(&s.c, v), 130, 0)
	s.section("ev.clinvar", nil, assertionRows(&s.c, v), 130, 0)
	s.section("ev.transcripts", nil, transcriptRows(v, c), 150, 130, 0)
	s.desk.Relayout(s.evidence, s.scroll)
	s.scroll.ScrollToTop()
}

func (s *Screen) section(title string, head []string, rows [][]state.Cell, columns ...float32) {
	sheet := widgets.NewSheet(columns...)
	sheet.Resize(fyne.NewSize(s.scroll.Size().Width, 0)) // wrap for the right width at once
	sheet.Set(head, rows)
	s.evidence.Add(widgets.Heading(words.T(title)))
	s.evidence.Add(sheet)
}

func titleText(v *review.Variant, c review.Consequence) string {
	parts := []string{c.Symbol, widgets.ShortHGVS(c.HGVSc), widgets.ShortHGVS(c.HGVSp)}
	if c.HGVSc == "" {
		parts[1] = v.Key.String()
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

type rows [][]state.Cell

func (r *rows) add(key string, cells ...state.Cell) {
	*r = append(*r, append([]state.Cell{label(key)}, cells...))
}

// text adds a value; an empty one is shown as not in the file.
func (r *rows) text(key, value string) {
	cell := state.Cell{Text: value}
	if value == "" {
		cell = state.Cell{Text: words.T("not_in_file"), Tone: state.Caution}
	}
	r.add(key, cell)
}

func (s *Screen) variantRows(a *review.Assessment) [][]state.Cell {
	v, c := &a.Variant, a.Consequence
	var r rows
	if worse, ok := state.WorseElsewhere(v, c); ok {
		r.add("ev.worse", state.Cell{
			Shape: state.TriangleUpOpen, Tone: state.Caution,
			Text: words.F("ev.worse_text", words.D{"transcript": worse.Transcript, "terms": widgets.Terms(worse.Terms)}),
		})
	}
	if v.Kind != review.SmallVariant && v.Kind != "" {
		r.add("ev.kind", state.Cell{
			Shape: state.TriangleUpOpen, Tone: state.Caution,
			Text: words.F("ev.kind_text", words.D{"kind": words.Of("kind.", string(v.Kind))}),
		})
	}
	r.text("ev.gene", strings.TrimSpace(c.Symbol+" "+c.HGNC))
	r.text("ev.transcript", strings.TrimSpace(c.Transcript+" "+manes(c)))
	r.text("ev.hgvsc", c.HGVSc)
	r.text("ev.hgvsp", c.HGVSp)
	r.text("ev.consequence", widgets.Terms(c.Terms))
	if c.Exon != "" || c.Intron != "" {
		r.text("ev.exon", strings.TrimSpace(prefixed("ev.exon_n", c.Exon)+" "+prefixed("ev.intron_n", c.Intron)))
	}
	r.text("ev.allele", v.Key.String()+" ("+string(v.Key.Assembly)+")")
	r.text("ev.record", recordText(v))
	r.text("ev.filter", filterText(v.Record.Filters))
	if v.TrimmedOnly {
		r.add("ev.normalised", state.Cell{Text: words.T("ev.trimmed_only"), Tone: state.Caution})
	}
	if len(v.Siblings) > 0 {
		r.text("ev.siblings", strings.Join(v.Siblings, ", "))
	}
	r.text("ev.unit", unitText(a.Unit))
	return r
}

func prefixed(key, value string) string {
	if value == "" {
		return ""
	}
	return words.F(key, words.D{"n": value})
}

func manes(c review.Consequence) string {
	if c.MANE == "" {
		return words.T("ev.not_mane")
	}
	return words.Of("mane.", c.MANE)
}

func recordText(v *review.Variant) string {
	rec := v.Record
	text := fmt.Sprintf("%s:%d %s → %s", rec.Contig, rec.Pos, rec.Ref, strings.Join(rec.Alts, ","))
	qual := words.T("not_in_file")
	if rec.Qual != nil {
		qual = strconv.FormatFloat(*rec.Qual, 'f', -1, 64)
	}
	return text + ", QUAL " + qual
}

// filterText keeps "filters were not applied" apart from "passed them all".
func filterText(filters []string) string {
	switch {
	case filters == nil:
		return words.T("ev.filters_not_applied")
	case len(filters) == 0:
		return "PASS"
	}
	return strings.Join(filters, ", ")
}

func unitText(u acmg.Unit) string {
	part := func(key, value string) string {
		if value == "" {
			value = words.T("not_recorded")
		}
		return words.T(key) + ": " + value
	}
	return strings.Join([]string{part("ev.disease", u.Disease), part("ev.moi", u.MOI)}, "; ")
}

func familyHead() []string {
	return []string{
		words.T("fam.person"), words.T("fam.affected"), words.T("fam.genotype"), words.T("fam.gt"),
		words.T("fam.dp"), words.T("fam.gq"), words.T("fam.ad"),
	}
}

// familyRows shows the proband, then the parents, then everybody else whom the
// file or the pedigree knows.
func familyRows(c *review.Case, v *review.Variant) [][]state.Cell {
	mother, father := c.Parents()
	samples := []string{c.Proband, mother, father}
	for _, m := range c.Family.Members {
		samples = append(samples, m.ID)
	}
	for _, call := range v.Calls {
		samples = append(samples, call.Sample)
	}
	var out [][]state.Cell
	seen := map[string]bool{"": true}
	for _, s := range samples {
		if !seen[s] {
			seen[s] = true
			out = append(out, familyRow(c, v, s))
		}
	}
	return out
}

func familyRow(c *review.Case, v *review.Variant, sample string) []state.Cell {
	person := state.Cell{Text: words.Of("relation.", state.Relation(c, sample)) + " " + sample}
	if sample == c.Proband {
		person.Tone = state.Strong
	}
	affected := state.Cell{Text: words.T("fam.unknown"), Tone: state.Muted}
	if m, ok := c.Family.Member(sample); ok && m.Affected != nil {
		affected = state.Cell{Text: words.Of("affected.", strconv.FormatBool(*m.Affected))}
	}
	call, ok := state.CallOf(v, sample)
	if !ok {
		none := state.Cell{Text: words.T("zygosity.no_sample"), Tone: state.Caution, Shape: state.Ring}
		return []state.Cell{person, affected, none}
	}
	ad := words.T("fam.none")
	if call.AD != nil {
		ad = fmt.Sprintf("%d / %d", call.AD[0], call.AD[1])
	}
	return []state.Cell{
		person, affected, widgets.CallCell(c, v, call),
		{Text: orNone(call.GT)},
		{Text: whole(call.Depth)},
		{Text: whole(call.GQ)},
		{Text: ad},
	}
}

func orNone(s string) string {
	if s == "" {
		return words.T("fam.none")
	}
	return s
}

func whole(n *int) string {
	if n == nil {
		return words.T("fam.none")
	}
	return strconv.Itoa(*n)
}

func labelRows(labels []review.Label) [][]state.Cell {
	if len(labels) == 0 {
		return [][]state.Cell{{{Text: words.T("inheritance.none"), Tone: state.Muted}, {Text: words.T("ev.no_label")}}}
	}
	var out [][]state.Cell
	for _, l := range labels {
		why := l.Why
		if len(l.Partner) > 0 {
			why += " " + words.F("ev.partner", words.D{"keys": strings.Join(l.Partner, ", ")})
		}
		out = append(out, []state.Cell{{Text: widgets.LabelText(l), Tone: state.Strong}, {Text: why}})
	}
	return out
}

func transcriptRows(v *review.Variant, chosen review.Consequence) [][]state.Cell {
	var out [][]state.Cell
	for _, c := range v.Consequences {
		if c.Row == chosen.Row && c.Source == chosen.Source {
			continue
		}
		out = append(out, []state.Cell{
			{Text: strings.TrimSpace(c.Symbol + " " + c.Transcript)},
			{Text: widgets.Terms(c.Terms)},
			{Text: strings.TrimSpace(widgets.ShortHGVS(c.HGVSc) + " " + widgets.ShortHGVS(c.HGVSp)), Tone: state.Muted},
		})
	}
	if out == nil {
		return [][]state.Cell{{{Text: words.T("ev.no_transcripts"), Tone: state.Muted}, {}, {}}}
	}
	return out
}
