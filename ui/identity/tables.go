package identity

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review/identity"
	"garrod/ui/state"
	"garrod/ui/words"
)

// table is one table of the page.
type table struct {
	title  string
	widths []float32
	head   []string
	rows   [][]state.Cell
}

func newTable(key string, widths []float32, heads ...string) table {
	t := table{title: words.T("identity." + key), widths: widths}
	for _, h := range heads {
		t.head = append(t.head, words.T("identity.col_"+h))
	}
	return t
}

func (t *table) row(cells ...state.Cell) { t.rows = append(t.rows, cells) }

// tablesOf gives the tables of a case that was measured; those without a row are
// left out.
func tablesOf(p *state.IdentityPage) []table {
	if !p.Measured {
		return nil
	}
	who := func(id string) state.Cell {
		relation := words.Of("relation.", state.Relation(&p.Case, id))
		return state.Cell{Text: id + ", " + relation, Tone: state.Strong}
	}
	all := []table{
		pairTable(p.Report, who), sexTable(p.Report, who), mendelTable(p.Report, who), disomyTable(p.Report, who),
		runTable(p.Report, who), readTable(p.Report, who), mitoTable(p.Report, who), genotypeTable(p.Report, who),
	}
	return slices.DeleteFunc(all, func(t table) bool { return len(t.rows) == 0 })
}

type namer func(id string) state.Cell

func pairTable(r identity.Report, who namer) table {
	t := newTable("pairs", []float32{150, 150, 60, 66, 80, 0, 110}, "person", "person", "phi", "ibs0", "sites", "relation", "verdict")
	for _, p := range r.Pairs {
		t.row(who(p.A), who(p.B), number(p.Phi, 3), share(p.IBS0), count(p.Sites), text(p.Why), verdict(p.Verdict))
	}
	return t
}

func sexTable(r identity.Report, who namer) table {
	t := newTable("sexes", []float32{150, 66, 66, 76, 76, 80, 70, 0, 110}, "person", "declared", "genetic", "x_het", "sites", "y_calls", "yx", "why", "verdict")
	for _, s := range r.Sex {
		why := s.Why
		if s.Hint != "" {
			why += "; " + s.Hint
		}
		t.row(who(s.Sample), text(words.Of("sex.", string(s.Declared))), text(words.Of("sex.", string(s.Genetic))),
			share(s.XHet), count(s.XSites), text(fmt.Sprintf("%s / %s", words.Count(s.YCalls), words.Count(s.YSites))), number(s.YX, 2),
			text(why), verdict(s.Verdict))
	}
	return t
}

func mendelTable(r identity.Report, who namer) table {
	t := newTable("mendel", []float32{150, 180, 70, 80, 66, 0, 110}, "child", "parents", "errors", "sites", "rate", "why", "verdict")
	for _, m := range slices.Concat(r.Mendel.Trios, r.Mendel.Duos) {
		parents := strings.Trim(m.Mother+", "+m.Father, ", ")
		t.row(who(m.Child), text(parents), count(m.Errors), count(m.Sites), share(m.Rate), text(m.Why), verdict(m.Verdict))
	}
	return t
}

func disomyTable(r identity.Report, who namer) table {
	t := newTable("upd", []float32{150, 90, 90, 110, 70, 0, 110}, "child", "chromosome", "origin", "kind", "markers", "why", "verdict")
	for _, d := range r.UPD {
		t.row(who(d.Child), text(d.Contig), text(words.Of("identity.origin_", d.Origin)), text(words.Of("identity.kind_", d.Kind)),
			count(d.Markers), text(d.Why), verdict(identity.Doubtful))
	}
	return t
}

func runTable(r identity.Report, who namer) table {
	t := newTable("roh", []float32{150, 50, 76, 80, 0, 110}, "person", "runs", "bases", "sites", "why", "verdict")
	for _, h := range r.ROH {
		t.row(who(h.Sample), count(int64(len(h.Runs))), text(fmt.Sprintf("%.1f Mb", float64(h.Total)/1e6)), count(h.Sites), text(h.Why), verdict(h.Verdict))
	}
	return t
}

func readTable(r identity.Report, who namer) table {
	t := newTable("contamination", []float32{150, 76, 80, 80, 80, 0, 110}, "person", "foreign", "sites", "odd", "hets", "why", "verdict")
	for _, c := range r.Contamination {
		t.row(who(c.Sample), share(c.Share), count(c.Sites), share(c.OddHets), count(c.Hets), text(c.Why), verdict(c.Verdict))
	}
	return t
}

func mitoTable(r identity.Report, who namer) table {
	t := newTable("mitochondrial", []float32{150, 150, 90, 80, 0, 110}, "mother", "child", "differences", "sites", "why", "verdict")
	for _, m := range r.Mitochondrial.Pairs {
		t.row(who(m.Mother), who(m.Child), count(m.Differences), count(m.Sites), text(m.Why), verdict(m.Verdict))
	}
	return t
}

func genotypeTable(r identity.Report, who namer) table {
	t := newTable("genotypes", []float32{150, 110, 110, 110, 0}, "person", "reference", "het", "hom", "unknown")
	for _, g := range r.Genotypes {
		t.row(who(g.Sample), count(g.Reference), count(g.Het), count(g.Hom), count(g.Unknown))
	}
	return t
}

func thresholdRows(all []identity.Threshold) [][]state.Cell {
	var rows [][]state.Cell
	for _, x := range all {
		rows = append(rows, []state.Cell{
			{Text: x.Name, Tone: state.Strong},
			{Text: fmt.Sprintf("%g", x.Value)},
			{Text: x.Meaning + "\n" + x.Source},
		})
	}
	return rows
}

func text(s string) state.Cell { return state.Cell{Text: s} }

func count(n int64) state.Cell { return state.Cell{Text: words.Count(n)} }

func verdict(v identity.Verdict) state.Cell {
	return state.VerdictCell(v, words.Of("verdict.", string(v)))
}

// number writes a number that may not be known.
func number(x *float64, digits int) state.Cell {
	if x == nil {
		return state.Cell{Text: words.T("unknown"), Tone: state.Muted}
	}
	return text(fmt.Sprintf("%.*f", digits, *x))
}

// share writes a share in per cent.
func share(x *float64) state.Cell {
	if x == nil {
		return state.Cell{Text: words.T("unknown"), Tone: state.Muted}
	}
	return text(fmt.Sprintf("%.3g %%", 100**x))
}
