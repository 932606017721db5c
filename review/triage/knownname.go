package triage

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// hgvsKind matches the sort of an HGVS expression.
var hgvsKind = regexp.MustCompile(`(?:^|:)([cgmnpr])\.`)

// ResolveKnown turns what a person entered into a key on the case's assembly,
// and says in a sentence how. A key is taken as it is. Expressions of HGVS are
// resolved only where that needs no sequence that is not at hand: genomic ones
// by the bases in them, coding and protein ones by an exact match, transcript
// version included, with what the relative's report or the annotation of the
// case's own file says. Everything else is refused.
func ResolveKnown(ctx context.Context, src Source, c *review.Case, text string, report []review.Assessment, m *review.Meter) (genome.Key, string, error) {
	text = strings.TrimSpace(text)
	kind := hgvsKind.FindStringSubmatch(text)
	switch {
	case kind == nil:
		k, err := genome.ParseKey(c.Assembly, text)
		if err != nil {
			return k, "", nameError("key_invalid", err.Error(), "Write chromosome, position, REF and ALT with dashes between them, or an HGVS expression.", err)
		}
		return k, "", nil
	case kind[1] == "g" || kind[1] == "m":
		return resolveGenomic(ctx, src, c, text, report)
	case kind[1] == "r":
		return genome.Key{}, "", nameError("hgvs_not_resolved", "an expression of RNA names no single change of DNA", askForKey, nil)
	}
	return resolveCoding(ctx, src, c, text, report, m)
}

const askForKey = "Give the variant's key instead: chromosome, position, REF and ALT with dashes between them."

func nameError(code, what, remedy string, err error) error {
	return &review.InputError{Code: code, Field: "variant", What: what, Remedy: remedy, Err: err}
}

// genomicName matches contig, first and last position, and the change.
var genomicName = regexp.MustCompile(`^(?:([^:]+):)?([gm])\.(\d+)(?:_(\d+))?([A-Za-z>]+)$`)

// genomicChange matches the change of a genomic expression.
var genomicChange = regexp.MustCompile(`^(?:([ACGT])>([ACGT])|del([ACGT]*)ins([ACGT]+)|del([ACGT]*)|ins([ACGT]+)|dup([ACGT]*))$`)

// genomic is a genomic expression in its parts.
type genomic struct {
	contig      string
	first, last genome.Pos
	sub         bool   // one base for another, or some for others: from and to are whole
	from, to    string // deleted and inserted bases; a duplication inserts
	dup         bool
}

func parseGenomic(a genome.Assembly, text string) (g genomic, err error) {
	m := genomicName.FindStringSubmatch(text)
	if m == nil {
		return g, nameError("hgvs_not_resolved", fmt.Sprintf("%q is not a genomic expression that can be read", text), askForKey, nil)
	}
	if m[1] == "" && m[2] == "m" {
		m[1] = "MT"
	}
	if m[1] == "" {
		return g, nameError("hgvs_not_resolved", "the expression names no chromosome", "Put the chromosome's accession in front, NC_000017.11:g. for instance.", nil)
	}
	g.contig = genome.CanonicalContig(m[1])
	if of := genome.AccessionAssembly(m[1]); of != genome.AssemblyUnknown && of != a {
		return g, nameError("other_assembly", fmt.Sprintf("%s is a sequence of %s and the case is on %s", m[1], of, a), "Give the expression on the case's assembly; nothing is lifted over.", nil)
	}
	if !genome.IsPrimary(g.contig) {
		return g, nameError("hgvs_not_resolved", fmt.Sprintf("%s is not a chromosome of %s", m[1], a), askForKey, nil)
	}
	first, err := strconv.ParseInt(m[3], 10, 64)
	if err != nil || first < 1 {
		return g, nameError("hgvs_not_resolved", "the position is not a base of the chromosome", askForKey, err)
	}
	last := first
	if m[4] != "" {
		if last, err = strconv.ParseInt(m[4], 10, 64); err != nil || last <= first {
			return g, nameError("hgvs_not_resolved", "the last position is not behind the first", askForKey, err)
		}
	}
	g.first, g.last = genome.Pos(first), genome.Pos(last)
	return g, g.change(strings.ToUpper(m[5]))
}

// change reads what stands behind the positions.
func (g *genomic) change(s string) error {
	s = strings.NewReplacer("DEL", "del", "INS", "ins", "DUP", "dup").Replace(s)
	m := genomicChange.FindStringSubmatch(s)
	if m == nil {
		return nameError("hgvs_not_resolved", fmt.Sprintf("%q is not a substitution, deletion, insertion or duplication with its bases", s), askForKey, nil)
	}
	length := int(g.last-g.first) + 1
	whole := func(bases string) error {
		if len(bases) != length {
			return nameError("hgvs_not_resolved", fmt.Sprintf("the expression spans %d bases and names %d of the reference", length, len(bases)),
				"Write the bases that are deleted or duplicated too, or give the variant's key.", nil)
		}
		return nil
	}
	switch {
	case m[1] != "":
		g.sub, g.from, g.to = true, m[1], m[2]
		return whole(g.from)
	case m[4] != "":
		g.sub, g.from, g.to = true, m[3], m[4]
		return whole(g.from)
	case m[6] != "":
		g.to = m[6]
		if length != 2 {
			return nameError("hgvs_not_resolved", "an insertion stands between two neighbouring bases", askForKey, nil)
		}
		return nil
	case strings.HasPrefix(s, "dup"):
		g.dup, g.to = true, m[7]
		return whole(g.to)
	}
	g.from = m[5]
	return whole(g.from)
}

// is reports whether k is the change at exactly this place. It does not know the
// bases beside it, and so not whether another place in a repeat is the same.
func (g genomic) is(k genome.Key) bool {
	switch {
	case k.Contig != g.contig || !genome.IsBases(k.Alt):
		return false
	case g.from != "": // a deletion; its anchor is the base before
		return len(k.Alt) == 1 && k.Ref == k.Alt+g.from && k.Pos+1 == g.first
	case len(k.Ref) != 1 || k.Alt != k.Ref+g.to:
		return false
	case g.dup: // a copy stands behind or, as files have it, before
		return k.Pos == g.last || k.Pos+1 == g.first
	}
	return k.Pos == g.first
}

// resolveGenomic gives the key of a genomic expression. The key of an insertion
// or deletion has a base that the expression does not name: it is taken from the
// report or the file, where one has exactly this change.
func resolveGenomic(ctx context.Context, src Source, c *review.Case, text string, report []review.Assessment) (genome.Key, string, error) {
	g, err := parseGenomic(c.Assembly, text)
	if err != nil {
		return genome.Key{}, "", err
	}
	if g.sub {
		k := genome.Key{Assembly: c.Assembly, Contig: g.contig}
		k.Pos, k.Ref, k.Alt = genome.Trim(g.first, g.from, g.to)
		if k.Ref == k.Alt {
			return k, "", nameError("hgvs_not_resolved", "the expression changes nothing", askForKey, nil)
		}
		return k, "read from the bases of the expression", nil
	}
	for i := range report {
		if k := report[i].Variant.Key; k.Assembly == c.Assembly && g.is(k) {
			return k, "the report has this change at this place", nil
		}
	}
	var found genome.Key
	err = src.Around(ctx, genome.Range{Contig: g.contig, First: max(1, g.first-1), Last: g.last}, func(vs []review.Variant) error {
		for i := range vs {
			if g.is(vs[i].Key) {
				found = vs[i].Key
			}
		}
		return nil
	})
	if err != nil {
		return found, "", fmt.Errorf("look for %s: %w", text, err)
	}
	if found.IsZero() {
		return found, "", nameError("hgvs_not_resolved",
			"an insertion or deletion in a repeat can stand in several places, and neither the report nor the file has this one where the expression puts it", askForKey, nil)
	}
	return found, "the file has this change at this place", nil
}

// resolveCoding looks for a coding or protein expression in the report, then in
// the annotation of the case's file.
func resolveCoding(ctx context.Context, src Source, c *review.Case, text string, report []review.Assessment, m *review.Meter) (genome.Key, string, error) {
	want, err := plainName(text)
	if err != nil {
		return genome.Key{}, "", err
	}
	var keys []genome.Key
	add := func(v *review.Variant) {
		if !slices.Contains(keys, v.Key) && slices.ContainsFunc(v.Consequences, func(k review.Consequence) bool { return hasName(k, want) }) {
			keys = append(keys, v.Key)
		}
	}
	for i := range report {
		if report[i].Variant.Key.Assembly == c.Assembly {
			add(&report[i].Variant)
		}
	}
	how := "the report names it so"
	if len(keys) == 0 {
		how = "the file's annotation names it so"
		if err := annotated(ctx, src, want, m, add); err != nil {
			return genome.Key{}, "", fmt.Errorf("look for %s: %w", want, err)
		}
	}
	switch len(keys) {
	case 0:
		return genome.Key{}, "", nameError("hgvs_not_resolved", "neither the report nor the annotation of the case's file names a variant exactly so", askForKey, nil)
	case 1:
		return keys[0], how, nil
	}
	var some []string
	for _, k := range keys[:min(len(keys), 5)] {
		some = append(some, k.String())
	}
	return genome.Key{}, "", nameError("hgvs_ambiguous", fmt.Sprintf("%d variants are named so: %s", len(keys), strings.Join(some, ", ")), "Give the key of the one that is meant.", nil)
}

// geneInName matches a gene's symbol behind a transcript.
var geneInName = regexp.MustCompile(`\([^():]*\):`)

// versioned matches an accession with its version. Sequences of LRG never
// change.
var versioned = regexp.MustCompile(`^(?:[A-Za-z_]+\d+\.\d+|LRG_\d+[tp]\d+)$`)

// plainName is a coding or protein expression in the form that is compared: no
// gene, no brackets.
func plainName(text string) (string, error) {
	name := geneInName.ReplaceAllString(text, ":")
	accession, rest, ok := strings.Cut(name, ":")
	if !ok || !versioned.MatchString(accession) {
		return "", nameError("hgvs_not_resolved", "the expression does not name its transcript or protein with its version", "Write it whole, NM_000059.4:c.316+5G>C for instance, or give the variant's key.", nil)
	}
	return accession + ":" + plainChange(rest), nil
}

var changeMarks = strings.NewReplacer("(", "", ")", "", "%3D", "=", "%3d", "=", "Ter", "*")

func plainChange(s string) string { return changeMarks.Replace(s) }

// hasName reports whether a row of an annotation has a name.
func hasName(c review.Consequence, want string) bool {
	for _, n := range []string{c.HGVSc, c.HGVSp} {
		if n == "" {
			continue
		}
		if !strings.Contains(n, ":") {
			n = transcriptID(c) + ":" + n
		}
		if accession, rest, _ := strings.Cut(n, ":"); accession+":"+plainChange(rest) == want {
			return true
		}
	}
	return false
}

// placeInName matches the place in a coding or protein expression.
var placeInName = regexp.MustCompile(`\d+`)

// annotated calls fn with every variant whose record could name want: its line
// holds the accession without version, which may stand in another column, and the
// number of the codon or base, which no annotator writes in another way.
func annotated(ctx context.Context, src Source, want string, m *review.Meter, fn func(v *review.Variant)) error {
	accession, change, _ := strings.Cut(want, ":")
	base, _, _ := strings.Cut(accession, ".")
	words := []string{base}
	if n := placeInName.FindString(change); n != "" {
		words = append(words, n)
	}
	return src.Holding(ctx, words, m, func(vs []review.Variant) error {
		for i := range vs {
			fn(&vs[i])
		}
		return nil
	})
}
