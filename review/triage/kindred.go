package triage

import (
	"fmt"
	"strings"

	"garrod/review"
)

// relative is one person of the family. A nil *relative is nobody.
type relative struct {
	review.Member
	relation string // proband, mother, father, sibling, child, other
	word     string // "mother", "affected brother" is said with status
	col      int    // where the person's call was found last
}

// noCall stands for the call of a person who has no column in the file.
var noCall = review.Call{State: review.NoRecord}

// call returns the person's call at v. A person without a column in the file
// has the state no_record.
func (r *relative) call(v *review.Variant) *review.Call {
	if r == nil {
		return &noCall
	}
	if r.col < len(v.Calls) && v.Calls[r.col].Sample == r.ID {
		return &v.Calls[r.col]
	}
	for i := range v.Calls {
		if v.Calls[i].Sample == r.ID {
			r.col = i
			return &v.Calls[i]
		}
	}
	return &noCall
}

// inFile reports whether the person has a column in the file.
func (r *relative) inFile(v *review.Variant) bool { return r != nil && r.call(v) != &noCall }

// status puts the affection status before the word: "the unaffected mother".
func (r *relative) status() string {
	switch {
	case r.Affected == nil:
		return r.word + " (status unknown)"
	case *r.Affected:
		return "affected " + r.word
	}
	return "unaffected " + r.word
}

func (r *relative) isAffected() bool   { return r.Affected != nil && *r.Affected }
func (r *relative) isUnaffected() bool { return r.Affected != nil && !*r.Affected }

// kindred is the family as the labels see it: everybody by relation to the
// proband. One kindred serves one goroutine.
type kindred struct {
	proband        *relative
	mother, father *relative // nil when not in the pedigree
	others         []*relative
	relatives      []*relative // mother, father, others
	sex            review.Sex  // of the proband
	p              InheritanceParams
}

func newKindred(c *review.Case, p InheritanceParams) *kindred {
	k := &kindred{sex: probandSex(c), p: p}
	self, ok := c.Family.Member(c.Proband)
	if !ok {
		self = review.Member{ID: c.Proband, Sex: c.Sex}
	}
	k.proband = &relative{Member: self, relation: "proband", word: "proband"}
	for _, m := range c.Family.Members {
		if m.ID == c.Proband {
			continue
		}
		r := &relative{Member: m}
		r.relation, r.word = relationTo(self, m)
		switch r.relation {
		case "mother":
			k.mother = r
		case "father":
			k.father = r
		default:
			k.others = append(k.others, r)
		}
	}
	for _, r := range []*relative{k.mother, k.father} {
		if r != nil {
			k.relatives = append(k.relatives, r)
		}
	}
	k.relatives = append(k.relatives, k.others...)
	return k
}

// relationTo names m's relation to the proband, for facts and for sentences.
func relationTo(proband, m review.Member) (relation, word string) {
	bySex := func(male, female, neither string) string {
		switch m.Sex {
		case review.Male:
			return male
		case review.Female:
			return female
		}
		return neither
	}
	shares := func(a, b string) bool { return a != "" && a == b }
	sameMother, sameFather := shares(m.Mother, proband.Mother), shares(m.Father, proband.Father)
	switch {
	case m.ID == proband.Mother:
		return "mother", "mother"
	case m.ID == proband.Father:
		return "father", "father"
	case m.Mother == proband.ID || m.Father == proband.ID:
		return "child", bySex("son", "daughter", "child")
	case sameMother && sameFather:
		return "sibling", bySex("brother", "sister", "sibling")
	case sameMother || sameFather:
		return "other", bySex("half-brother", "half-sister", "half-sibling")
	}
	return "other", fmt.Sprintf("relative %s", m.ID)
}

// parentsText says what the parents' calls tell of where an allele came from.
func (k *kindred) parentsText(v *review.Variant) string {
	m, f := k.mother.inFile(v), k.father.inFile(v)
	switch {
	case !m && !f:
		return "parents not available"
	case !m:
		return k.oneParentText(k.father, v) + ", mother not available"
	case !f:
		return k.oneParentText(k.mother, v) + ", father not available"
	}
	return k.oneParentText(k.mother, v) + ", " + k.oneParentText(k.father, v)
}

// oneParentText says how a parent carries the allele.
func (k *kindred) oneParentText(r *relative, v *review.Variant) string {
	c := r.call(v)
	switch zygosityOf(c, siteOf(v.Key), r.Sex) {
	case noCopy:
		if c.Others > 0 {
			return r.word + " has another allele of the site (" + c.GT + ")"
		}
		return r.word + " called reference"
	case het:
		return r.status() + " heterozygous"
	case hom:
		return r.status() + " homozygous"
	case hemi:
		return r.status() + " hemizygous"
	}
	return r.word + " " + uncalledText(c)
}

// uncalledText says why a call tells nothing of the allele.
func uncalledText(c *review.Call) string {
	switch c.State {
	case review.Partial:
		return "only partly called (" + c.GT + ")"
	case review.NoRecord:
		return "without a record"
	}
	return "not called"
}

// origin tells from whom the proband's allele comes, as a label's basis:
// maternal, paternal, both_parents (either may have given it), neither, unknown.
func (k *kindred) origin(v *review.Variant) string {
	m, f := k.carries(k.mother, v), k.carries(k.father, v)
	switch {
	case m == kept && f == kept:
		return "both_parents"
	case m == kept:
		return "maternal"
	case f == kept:
		return "paternal"
	case m == removed && f == removed:
		return "neither"
	}
	return "unknown"
}

// carries tells carrier (kept), non-carrier (removed) and unknown apart.
func (k *kindred) carries(r *relative, v *review.Variant) outcome { return carried(r.call(v)) }

// segregation is how a genotype runs with the disease in the family, in words.
// What parentsText says is left out of with and open.
type segregation struct {
	with    []string // affected relatives who have it
	against []string // affected relatives who are called without it
	reduced []string // unaffected relatives who have it
	open    []string // relatives without a call, or with an unknown status
}

// segregate looks at every relative with a column in the file. has answers kept
// for the genotype that would make the relative affected, removed for any other,
// notAssessed where the call does not tell.
func (k *kindred) segregate(v *review.Variant, has func(r *relative, c *review.Call) outcome) segregation {
	var s segregation
	for _, r := range k.relatives {
		if !r.inFile(v) {
			continue
		}
		c := r.call(v)
		parent := r == k.mother || r == k.father
		switch h := has(r, c); {
		case h == kept && r.isUnaffected():
			s.reduced = append(s.reduced, r.status())
		case h == removed && r.isAffected():
			s.against = append(s.against, r.status()+" does not have it ("+c.GT+")")
		case parent:
		case h == notAssessed:
			s.open = append(s.open, r.word+" "+uncalledText(c))
		case r.Affected == nil && h == kept:
			s.open = append(s.open, r.word+" has it too and the status is unknown")
		case h == kept:
			s.with = append(s.with, r.status()+" has it too")
		}
	}
	return s
}

// text joins what speaks for, then what is reduced, then what is open.
func (s segregation) text() string {
	parts := append([]string{}, s.with...)
	if len(s.reduced) > 0 {
		parts = append(parts, "fits only with reduced penetrance: "+strings.Join(s.reduced, ", ")+" has it too")
	}
	return strings.Join(append(parts, s.open...), "; ")
}

// sentence joins the parts that are not empty.
func sentence(parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, "; ")
}
