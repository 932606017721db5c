package reports

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"garrod/review"
	"garrod/review/acmg"
)

// longest is the number of characters of an allele or a name that a table still
// holds; longer ones go to the appendix, whole. It is a matter of layout.
const longest = 60

// Compose makes the document of a frozen case. It prints the classes, codes and
// reasons it finds; it works nothing out again but the points of each line. It
// fails when the rule set cannot be read or a reported class is withheld.
func Compose(f review.Frozen) (Document, error) {
	rs, err := acmg.ParseRuleSet(f.RuleSetContent)
	if err != nil {
		return Document{}, fmt.Errorf("read rule set %s: %w", f.RuleSet, err)
	}
	c := &composer{f: f, rs: rs, doc: Document{
		Schema: DocumentSchema, Title: say("title"), Head: head(f), About: about(f),
		Notice: say("notice.final"), Signatories: signatories(f),
	}}
	if err := c.findings(); err != nil {
		return Document{}, err
	}
	c.doc.Results = results(c.reported, f)
	c.doc.Selection = selection(f)
	c.remarks()
	c.doc.Sections = []Section{c.classification(), c.methods()}
	if s, ok := funnel(f); ok {
		c.doc.Sections = append(c.doc.Sections, s)
	}
	c.doc.Sections = append(c.doc.Sections, checks(f), c.sources(), limits(f, c.reported))
	return c.doc, nil
}

// composer holds what the parts of one document share.
type composer struct {
	f        review.Frozen
	rs       *acmg.RuleSet
	doc      Document
	reported []subject // gravest first
	silent   []review.Review
}

// subject is a reported assessment with the review that counts.
type subject struct {
	review.Assessment
	review review.Review
}

func (s subject) class() int { return s.review.Classification.Class.Number() }

func (s subject) gene() string {
	if g := s.Consequence.Symbol; g != "" {
		return g
	}
	if s.Unit.Gene != "" {
		return s.Unit.Gene
	}
	return say("headline.unnamed")
}

// findings sorts the assessments into reported and not reported and writes the
// reported ones.
func (c *composer) findings() error {
	for _, a := range c.f.Assessments {
		r, ok := a.Finished()
		switch {
		case !ok:
			return fmt.Errorf("compose report: the review of %s is not finished", short(a.Unit.Key))
		case !r.Report:
			c.silent = append(c.silent, r)
		case r.Classification.Class.Number() == 0:
			return &review.PolicyError{
				Code:   "class_withheld",
				What:   "the class of " + short(a.Unit.Key) + " is withheld, so it cannot be reported",
				Remedy: "Settle the conflict with a senior colleague and finish the review again.",
			}
		default:
			c.reported = append(c.reported, subject{a, r})
		}
	}
	slices.SortStableFunc(c.reported, func(x, y subject) int {
		return strings.Compare(order(x), order(y))
	})
	for i, s := range c.reported {
		f, err := c.finding(i+1, s)
		if err != nil {
			return err
		}
		c.doc.Findings = append(c.doc.Findings, f)
	}
	return nil
}

// order sorts by class, gravest first, then by gene so that pairs stand
// together, then by key.
func order(s subject) string {
	return fmt.Sprintf("%d %s %s %d %s", 9-s.class(), s.gene(), s.Variant.Key.Contig, s.Variant.Key.Pos, s.Unit.Key)
}

func (c *composer) remarks() {
	switch n := len(c.silent); {
	case n == 0 && len(c.reported) == 0:
		c.doc.Remarks = append(c.doc.Remarks, nothing(c.f))
	case n == 0:
	case n == 1:
		c.doc.Remarks = append(c.doc.Remarks, say("unreported.one"))
	default:
		c.doc.Remarks = append(c.doc.Remarks, say("unreported.many", "n", strconv.Itoa(n)))
	}
	uncertain := 0
	for _, r := range c.silent {
		if r.Classification.Class == acmg.ClassUncertain {
			uncertain++
		}
	}
	if uncertain > 0 {
		c.doc.Remarks = append(c.doc.Remarks, say("unreported.vus", "n", strconv.Itoa(uncertain)))
	}
	if c.f.Unread > 0 {
		c.doc.Remarks = append(c.doc.Remarks, say("unread.some", "n", count(c.f.Unread)))
	}
	if c.f.RuleSetStatus != "active" && len(c.reported) > 0 {
		c.doc.Remarks = append(c.doc.Remarks, say("rule_set.remark"))
	}
}

// long returns s as a table prints it. More than 60 characters go to the
// appendix, whole, and s is shortened with a pointer there.
func (c *composer) long(label, s string) string {
	n := utf8.RuneCountInString(s)
	if n <= longest {
		return s
	}
	at := slices.IndexFunc(c.doc.Appendix, func(l LongText) bool { return l.Text == s })
	if at < 0 {
		at = len(c.doc.Appendix)
		c.doc.Appendix = append(c.doc.Appendix, LongText{Label: label, Length: n, SHA256: hashText(s), Text: s})
	}
	return say("appendix.see", "short", shorten(s), "n", strconv.Itoa(n), "i", strconv.Itoa(at+1))
}

// manyBases is a stretch of sequence that nobody reads base by base.
var manyBases = regexp.MustCompile("[ACGTN]{20,}")

// shorten takes the middle out of long stretches of bases, and if that is not
// enough, out of the whole. It never cuts within a number: half a position would
// be read as another one.
func shorten(s string) string {
	s = manyBases.ReplaceAllStringFunc(s, func(b string) string { return b[:6] + "…" + b[len(b)-6:] })
	r := []rune(s)
	if len(r) <= longest {
		return s
	}
	head, tail := longest/2, len(r)-longest/4
	for head > 0 && unicode.IsDigit(r[head-1]) && unicode.IsDigit(r[head]) {
		head--
	}
	for tail < len(r) && unicode.IsDigit(r[tail-1]) && unicode.IsDigit(r[tail]) {
		tail++
	}
	return string(r[:head]) + "…" + string(r[tail:])
}

// short shortens a key for an error message.
func short(key string) string {
	if r := []rune(key); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return key
}

func signatories(f review.Frozen) []SignatureField {
	out := []SignatureField{}
	for _, s := range f.Signatories {
		field := SignatureField{Field: FieldName(s.Role), Role: FieldName(s.Role), Name: s.Name, HCPC: s.HCPC}
		if s.Name == "" {
			field.Name = say("signer.unknown")
			field.HCPC = say("signer.unknown")
		}
		field.HCPC = given(field.HCPC)
		out = append(out, field)
	}
	return out
}

// FieldName is the name of the signature field of a role: "Scientist" or
// "Authoriser".
func FieldName(r review.Role) string {
	if r == "" {
		return ""
	}
	return strings.ToUpper(string(r[:1])) + strings.ReplaceAll(string(r[1:]), "_", " ")
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// day writes a date as 05-Mar-2019, the form of the NHS that cannot be taken
// for an American one. What is no date is returned as it is.
func day(s string) string {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(s))
	if err != nil {
		return given(s)
	}
	return t.Format("02-Jan-2006")
}
