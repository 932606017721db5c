package reports

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
)

// prefix is how many hex digits of a hash are printed: 64 bits, enough to tell
// files apart by eye; the proof inside the report holds the whole hash.
const prefix = 16

func hashPrefix(h string) string {
	if len(h) > prefix {
		return h[:prefix]
	}
	return given(h)
}

func (c *composer) classification() Section {
	status := "rule_set.draft"
	if c.f.RuleSetStatus == "active" {
		status = "rule_set.active"
	}
	return Section{Title: "Classification", Paragraphs: []string{
		say("rule_set", "id", string(c.f.RuleSet), "version", given(c.rs.Version), "hash", hashPrefix(c.f.RuleSetHash)) +
			" " + say(status),
		say("class.date"),
	}}
}

func (c *composer) methods() Section {
	s := Section{Title: "Methods"}
	s.Paragraphs = append(s.Paragraphs, "Reference assembly "+given(string(c.f.Case.Assembly))+
		". Made with "+given(c.f.Program)+".")
	for _, f := range c.f.Case.Files {
		samples := strings.Join(f.Samples, ", ")
		if samples == "" {
			samples = f.Sample
		}
		s.Points = append(s.Points, say("file", "kind", strings.ToUpper(f.Kind), "name", filepath.Base(filepath.ToSlash(f.Path)),
			"hash", hashPrefix(f.SHA256), "records", count(f.Records), "samples", given(samples)))
	}
	if c.f.Unread == 0 {
		s.Paragraphs = append(s.Paragraphs, say("unread.none"))
	} else {
		s.Paragraphs = append(s.Paragraphs, say("unread.some", "n", count(c.f.Unread)))
	}
	return s
}

// count writes a number with thin groups of three: 1 234 567.
func count(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "\u00a0" + s[i:]
	}
	return s
}

// selection says how many variants triage left and how many were assessed.
func selection(f review.Frozen) string {
	if len(f.Funnel) == 0 {
		return ""
	}
	keys := map[string]bool{} // a variant may be assessed for two diseases
	for _, a := range f.Assessments {
		keys[a.Unit.Key] = true
	}
	assessed := int64(len(keys))
	return say("selected",
		"listed", count(f.Listed), "variants", agree(f.Listed, "variant", "variants"),
		"rescued", count(f.Rescued), "stand", agree(f.Rescued, "stands", "stand"),
		"assessed", count(assessed), "were", agree(assessed, "was", "were"))
}

// nothing says that no variant was taken up, and why, when there were some.
func nothing(f review.Frozen) string {
	counts := []string{"listed", count(f.Listed), "rescued", count(f.Rescued)}
	switch {
	case f.Listed+f.Rescued == 0:
		return say("assessed.none")
	case f.NoReviewReason == "":
		return say("assessed.open", counts...)
	}
	return say("assessed.why", append(counts, "reason", sentence(f.NoReviewReason))...)
}

// agree picks the form of a word that goes with n.
func agree(n int64, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// funnel tables the filter with its counts.
func funnel(f review.Frozen) (Section, bool) {
	s := Section{Title: "Selection of variants"}
	if len(f.Funnel) == 0 {
		s.Paragraphs = []string{say("funnel.none")}
		return s, true
	}
	s.Paragraphs = []string{say("funnel", "filter", given(f.Filter))}
	t := &Table{
		Head: []string{"Step", "Parameter", "Before", "After"}, Widths: []float64{3, 7, 2, 2},
		Right: []bool{false, false, true, true},
	}
	for _, step := range f.Funnel {
		t.Rows = append(t.Rows, []string{
			strings.ReplaceAll(step.Step, "_", " "), given(step.Parameter),
			count(step.Before), count(step.After),
		})
	}
	s.Table = t
	return s, true
}

// checks lists every intake check that did not simply pass, with the reason for
// going on.
func checks(f review.Frozen) Section {
	s := Section{Title: "Checks of the input"}
	passed := 0
	for _, k := range f.Case.Checks {
		name := strings.ReplaceAll(k.Name, "_", " ")
		switch k.Outcome {
		case review.Pass:
			passed++
		case review.Warn:
			if k.Reason == "" {
				s.Points = append(s.Points, say("checks.warn_open", "name", name, "detail", sentence(k.Detail)))
				continue
			}
			s.Points = append(s.Points, say("checks.warn", "name", name, "detail", sentence(k.Detail), "reason", sentence(k.Reason)))
		case review.Fail:
			if k.Reason != "" {
				s.Points = append(s.Points, say("checks.overridden", "name", name, "detail", sentence(k.Detail), "reason", sentence(k.Reason)))
				continue
			}
			s.Points = append(s.Points, say("checks.fail", "name", name, "detail", sentence(k.Detail)))
		default:
			s.Points = append(s.Points, say("checks.open", "name", name, "detail", sentence(k.Detail)))
		}
	}
	s.Paragraphs = []string{say("checks.passed", "n", strconv.Itoa(passed))}
	if len(f.Case.Checks) == 0 {
		s.Paragraphs = []string{say("checks.none")}
	}
	return s
}

// sentence ends s with a full stop.
func sentence(s string) string {
	s = given(s)
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// sources lists the data sets and tools, with their releases, that speak of the
// reported variants.
func (c *composer) sources() Section {
	seen := map[string]bool{}
	add := func(name, version string) {
		if name != "" {
			seen[name+" "+cmp.Or(version, "(release "+say("not_given")+")")] = true
		}
	}
	for _, s := range c.reported {
		v := s.Variant
		for _, x := range v.Frequencies {
			add(x.Dataset, x.Version)
		}
		for _, x := range v.Predictors {
			add(x.Name, x.Version)
		}
		for _, x := range v.Splice {
			add(x.Tool, x.Version)
		}
		for _, x := range v.Assertions {
			add(x.Source, x.Date)
		}
		for _, e := range s.Current() {
			if e.Shown == nil {
				continue
			}
			for _, in := range e.Shown.Inputs {
				add(in.Source, in.Version)
			}
		}
	}
	out := Section{Title: "Sources"}
	for name := range seen {
		out.Points = append(out.Points, name)
	}
	slices.Sort(out.Points)
	if len(out.Points) == 0 {
		out.Paragraphs = []string{say("source.none")}
	}
	return out
}

// limits says what the input cannot show, from what its files declare.
func limits(f review.Frozen, reported []subject) Section {
	s := Section{Title: "Limits of this analysis"}
	seen := map[string]bool{}
	add := func(line string) {
		if !seen[line] {
			seen[line] = true
			s.Points = append(s.Points, line)
		}
	}
	for _, file := range f.Case.Files {
		for _, p := range file.Capabilities {
			if !p.Present {
				add(say("limit.capability", "name", strings.ReplaceAll(p.Name, "_", " "), "detail", sentence(p.Detail)))
			}
		}
	}
	for _, missing := range []struct {
		kinds []string
		line  string
	}{
		{[]string{"sv"}, say("limit.no_sv")},
		{[]string{"bam"}, say("limit.no_reads")},
		{[]string{"gvcf", "bed"}, say("limit.no_coverage")},
	} {
		if !slices.ContainsFunc(missing.kinds, func(k string) bool { return hasKind(f.Case, k) }) {
			add(missing.line)
		}
	}
	for _, r := range reported {
		if r.Variant.TrimmedOnly && len(r.Variant.Key.Ref) != len(r.Variant.Key.Alt) {
			add(say("limit.trimmed"))
		}
	}
	add(say("limit.kinds"))
	if len(reported) > 0 {
		add(absence(f))
	}
	return s
}
