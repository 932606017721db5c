package triage

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review"
)

// relative is one person of the family. A nil *relative is nobody.
type relative struct {
	review.Member
	relation string // proband, mother, father, sibling, child, other
	word     string // "mother", "affected brother" is said with status
	blood    bool   // may share an ancestor's allele with the proband
	many     bool   // the word fits others of the family too
	twin     bool   // identical twin of the proband, declared or by genotypes
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

// name is the word, with the sample where the word fits several people.
func (r *relative) name() string {
	if r.many {
		return r.word + " " + r.ID
	}
	return r.word
}

// status puts the affection status before the word: "the unaffected mother".
func (r *relative) status() string {
	switch {
	case r.Affected == nil:
		return r.name() + " (status unknown)"
	case *r.Affected:
		return "affected " + r.name()
	}
	return "unaffected " + r.name()
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
	graph          *graph
	related        string // why the parents may have given the same allele
	maleToMale     string // an affected father with an affected son, in words
	untrusted      string // why the parents are not used, see review.Case.TrustsParents
	p              InheritanceParams
}

func newKindred(c *review.Case, p InheritanceParams) *kindred {
	k := &kindred{sex: probandSex(c), p: p, graph: newGraph(c.Family)}
	self, ok := k.graph.at[c.Proband]
	if !ok {
		self = review.Member{ID: c.Proband, Sex: c.Sex}
	}
	k.proband = &relative{Member: self, relation: "proband", word: "proband", blood: true}
	for _, m := range c.Family.Members {
		if m.ID == c.Proband || c.Distrusts(m.ID) != "" {
			continue
		}
		r := k.newRelative(c.Family, k.graph.at[m.ID])
		switch r.relation {
		case "mother":
			k.mother = r
		case "father":
			k.father = r
		default:
			k.others = append(k.others, r)
		}
	}
	if ok, why := c.TrustsParents(); !ok {
		k.mother, k.father, k.untrusted = nil, nil, why
	}
	for _, r := range []*relative{k.mother, k.father} {
		if r != nil {
			k.relatives = append(k.relatives, r)
		}
	}
	k.relatives = append(k.relatives, k.others...)
	for _, r := range k.others {
		r.many = slices.ContainsFunc(k.others, func(o *relative) bool { return o != r && o.word == r.word })
	}
	k.related = k.graph.consanguinity(c.Family, self, p.ConsanguineKinship)
	k.maleToMale = k.maleTransmission()
	return k
}

// newRelative places one member. A sibling whose genotypes are those of the
// proband is an identical twin also where the pedigree does not say so.
func (k *kindred) newRelative(f review.Family, m review.Member) *relative {
	self := k.proband.Member
	r := &relative{Member: m, blood: k.graph.bloodRelative(self.ID, m.ID), twin: k.graph.twins(self.ID, m.ID)}
	r.relation, r.word = k.graph.relationTo(self, m)
	if phi, ok := f.MeasuredKinship(self.ID, m.ID); ok && phi > k.p.TwinKinship && r.relation == "sibling" && !r.twin {
		r.twin = true
		r.word = "identical twin (by genotypes) " + bySex(m, "brother", "sister", "sibling")
	}
	return r
}

// zygosity tells how a relative carries the allele. A reference call on weak
// evidence is unknown.
func (k *kindred) zygosity(r *relative, v *review.Variant) zygosity {
	if k.isWeak(r, v) {
		return unknownZygosity
	}
	sex := review.SexUnknown
	if r != nil {
		sex = r.Sex
	}
	return zygosityOf(r.call(v), siteOf(v.Key), sex)
}

// carries tells carrier (kept), non-carrier (removed) and unknown apart. A
// reference call on weak evidence is unknown.
func (k *kindred) carries(r *relative, v *review.Variant) outcome {
	if k.isWeak(r, v) {
		return notAssessed
	}
	return carried(r.call(v))
}

// isWeak reports whether a call without the allele rests on too few reads or too
// low a quality to prove that it is not there. What the file does not give is
// not held against a call.
func (k *kindred) isWeak(r *relative, v *review.Variant) bool {
	c := r.call(v)
	if carried(c) != removed {
		return false
	}
	depth, gq := k.p.RefMinDepth, k.p.RefMinGQ
	if s := siteOf(v.Key); r.Sex == review.Male && (s == onX || s == onY) {
		depth, gq = k.p.RefMinDepthHemi, k.p.RefMinGQHemi
	}
	return c.Depth != nil && *c.Depth < depth || c.GQ != nil && *c.GQ < gq
}

// unknownText says why a relative's call tells nothing of the allele.
func (k *kindred) unknownText(r *relative, v *review.Variant) string {
	c := r.call(v)
	switch {
	case carried(c) != notAssessed && !k.isWeak(r, v):
		return calledText(c, siteOf(v.Key))
	case !k.isWeak(r, v):
		return uncalledText(c)
	}
	var parts []string
	if c.Depth != nil {
		parts = append(parts, fmt.Sprintf("DP %d", *c.Depth))
	}
	if c.GQ != nil {
		parts = append(parts, fmt.Sprintf("GQ %d", *c.GQ))
	}
	return fmt.Sprintf("called %s on weak evidence (%s), which does not prove reference", c.GT, strings.Join(parts, ", "))
}

// calledText says why a call that is there tells nothing: a man's one X cannot be
// heterozygous, and another family's Y is another chromosome.
func calledText(c *review.Call, s site) string {
	switch s {
	case onX:
		return "called " + c.GT + " on one X, which tells nothing"
	case onY:
		return "called " + c.GT + " on the Y of another line, which tells nothing"
	}
	return "called " + c.GT + ", which tells nothing"
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

// parentsText says what the parents' calls tell of where an allele came from.
func (k *kindred) parentsText(v *review.Variant) string {
	m, f := k.mother.inFile(v), k.father.inFile(v)
	switch {
	case !m && !f:
		return k.absent("parents")
	case !m:
		return k.oneParentText(k.father, v) + ", " + missingText(k.mother, "mother")
	case !f:
		return k.oneParentText(k.mother, v) + ", " + missingText(k.father, "father")
	}
	return k.oneParentText(k.mother, v) + ", " + k.oneParentText(k.father, v)
}

// missingText says that a parent is not in the pedigree, or not in the file.
func missingText(r *relative, who string) string {
	if r == nil {
		return who + " is not in the pedigree"
	}
	return who + " not available"
}

// absent says why a parent tells nothing who has no column in the file, or whose
// column may be somebody else's.
func (k *kindred) absent(who string) string {
	if k.untrusted != "" {
		return k.untrusted
	}
	return who + " not available"
}

// oneParentText says how a parent carries the allele.
func (k *kindred) oneParentText(r *relative, v *review.Variant) string {
	c := r.call(v)
	if k.oddOnX(r, v) {
		return r.status() + " " + calledText(c, onX)
	}
	switch k.zygosity(r, v) {
	case noCopy:
		if c.Others > 0 {
			return r.name() + " has another allele of the site (" + c.GT + ")"
		}
		return r.name() + " called reference"
	case het:
		return r.status() + " heterozygous"
	case hom:
		return r.status() + " homozygous"
	case hemi:
		return r.status() + " hemizygous"
	}
	return r.name() + " " + k.unknownText(r, v)
}

// oddOnX reports whether a male is called heterozygous on X outside the
// pseudoautosomal regions.
func (k *kindred) oddOnX(r *relative, v *review.Variant) bool {
	return r != nil && r.Sex == review.Male && siteOf(v.Key) == onX && k.zygosity(r, v) == het
}

// origin tells from whom the proband's allele comes, as a label's basis:
// maternal, paternal, both_parents (either may have given it), neither, unknown.
func (k *kindred) origin(v *review.Variant) string {
	m, f := k.carries(k.mother, v), k.carries(k.father, v)
	if k.oddOnX(k.father, v) {
		f = notAssessed
	}
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
