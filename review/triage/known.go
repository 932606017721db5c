package triage

import (
	"context"
	"fmt"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// The answers of a known-variant test.
const (
	KnownPresent    = "present"     // called in the proband
	KnownReference  = "reference"   // called without it, with enough reads
	KnownCannotTell = "cannot_tell" // anything else: it is not the same as reference
)

// KnownParams are the numbers behind the answers of a known-variant test.
type KnownParams struct {
	// MinDepth and MinGQ are what a call needs before "not carried" is believed.
	// The next two stand in for them on X and Y of a male proband.
	MinDepth, MinGQ             int
	MinDepthMaleXY, MinGQMaleXY int
	// MaxAltReads and MaxAltFraction are the reads of the allele that a reference
	// call may have: it is not believed with more than both.
	MaxAltReads    int
	MaxAltFraction float64
	// HetMinFraction and HetMaxFraction are the share of reads of a plain
	// heterozygote; outside, the answer warns.
	HetMinFraction, HetMaxFraction float64
	// HeteroplasmyMin is the share of mitochondrial reads below which the answer
	// warns of a nuclear copy or noise.
	HeteroplasmyMin float64
	// IndelWindow is how far away, in bases, an insertion or deletion of the same
	// length may be another spelling of the one asked for.
	IndelWindow int
	Source      string
}

// DefaultKnown returns the numbers of acmg.md section 6: DP ≥ 10 and GQ ≥ 20, on
// a male X DP ≥ 6 and GQ ≥ 10; fewer than two reads, or less than 2 %, of the
// allele in a reference call; 0.25 to 0.75 of the reads in a heterozygote.
func DefaultKnown() KnownParams {
	e, q := DefaultInheritance(), Default().Quality
	return KnownParams{
		MinDepth: *q.MinDepth, MinGQ: *q.MinGQ, MinDepthMaleXY: *q.MinDepthMaleXY, MinGQMaleXY: *q.MinGQMaleXY,
		MaxAltReads: e.ParentMaxAltReads, MaxAltFraction: e.ParentMaxAltFraction,
		HetMinFraction: e.HetMinFraction, HetMaxFraction: e.HetMaxFraction, HeteroplasmyMin: e.HeteroplasmyMin,
		IndelWindow: 50, Source: e.Source,
	}
}

// Known answers whether a proband carries one known variant.
type Known struct {
	Key      string `json:"key"`
	Assembly string `json:"assembly"`
	Answer   string `json:"answer"`
	// Doubt says why the sample may not be the patient's; null where nothing does.
	// An answer must never be shown without it.
	Doubt *string `json:"doubt"`
	// Reason is a sentence that says what the answer rests on.
	Reason string `json:"reason"`
	// Cautions are sentences to read with the answer; never nil.
	Cautions []string `json:"cautions"`
	// Genotype is heterozygous, homozygous, hemizygous or mitochondrial (the share
	// of reads tells the rest) for a variant that is present; null where the call
	// does not tell.
	Genotype *string `json:"genotype"`
	Copies   *int    `json:"copies"`
	// Depth and GQ are the proband's at the site: of the record, or the least of
	// the reference blocks. Null says that the file does not tell.
	Depth *int `json:"depth"`
	GQ    *int `json:"gq"`
	// Record tells what the answer is read from: record, ref_block, none.
	Record  string   `json:"record"`
	Qual    *float64 `json:"qual"`
	Filters []string `json:"filters"` // null: not applied, or no record; empty: PASS
	// Calls are those of all samples in the record.
	Calls  map[string]CallJSON `json:"calls"`
	Blocks []KnownBlock        `json:"blocks"`
	// MinDepth and MinGQ are what a reference call had to reach.
	MinDepth int    `json:"min_depth"`
	MinGQ    int    `json:"min_gq"`
	Source   string `json:"source"`
}

// KnownBlock is a reference block over the site, first and last base inside it.
type KnownBlock struct {
	First genome.Pos `json:"first"`
	Last  genome.Pos `json:"last"`
	GT    string     `json:"gt"`
	Depth *int       `json:"dp"`
	GQ    *int       `json:"gq"`
}

// AskKnown answers whether the proband of c carries k, from what the file has at
// the place. It never says reference where a call is missing, weak, or another
// allele stands there.
func AskKnown(ctx context.Context, src Source, c *review.Case, k genome.Key, q KnownParams) (Known, error) {
	if k.Assembly != c.Assembly {
		return Known{}, &review.InputError{
			Code: "other_assembly", Field: "variant", What: fmt.Sprintf("the variant is on %s and the case on %s", k.Assembly, c.Assembly),
			Remedy: "Give the variant's key on the case's assembly; nothing is lifted over.",
		}
	}
	if !genome.IsBases(k.Ref) || !genome.IsBases(k.Alt) || k.Ref == k.Alt {
		return Known{}, &review.InputError{
			Code: "not_a_small_variant", Field: "variant", What: fmt.Sprintf("%s is not a small variant", k),
			Remedy: "A known-variant test answers for alleles of bases only.",
		}
	}
	t := newKnownTest(c, k, q)
	window := genome.Pos(0)
	if t.isIndel() {
		window = genome.Pos(q.IndelWindow)
	}
	first, last := t.span()
	around := genome.Range{Contig: k.Contig, First: max(1, first-window), Last: last + window}
	if err := src.Around(ctx, around, func(vs []review.Variant) error { t.look(vs); return nil }); err != nil {
		return Known{}, fmt.Errorf("look at %s: %w", k, err)
	}
	if err := t.checkRef(); err != nil {
		return Known{}, err
	}
	t.x.Cautions = append(t.x.Cautions, identityCautions(c)...)
	t.x.Doubt = text(identityDoubt(c))
	t.decide()
	if t.x.Doubt != nil {
		t.x.Reason += " But " + *t.x.Doubt + "."
	}
	return t.x, nil
}

// checkRef refuses a key whose REF is not what the file has at the place: it is
// of another assembly, or mistyped.
func (t *knownTest) checkRef() error {
	for _, vs := range [][]review.Variant{t.over, t.blocks} {
		for i := range vs {
			r := &vs[i].Record
			for j := range t.k.Ref {
				at := t.k.Pos + genome.Pos(j) - r.Pos
				if at < 0 || int(at) >= len(r.Ref) || !strings.ContainsRune("ACGT", rune(r.Ref[at])) || r.Ref[at] == t.k.Ref[j] {
					continue
				}
				return &review.InputError{
					Code: "ref_mismatch", Field: "variant",
					What:   fmt.Sprintf("REF of %s has %c at base %d, where the file has %c", t.k, t.k.Ref[j], t.k.Pos+genome.Pos(j), r.Ref[at]),
					Remedy: "Check the key and its assembly.",
				}
			}
		}
	}
	return nil
}

// knownTest collects what the file has at the place.
type knownTest struct {
	k       genome.Key
	q       KnownParams
	proband *relative
	sex     review.Sex
	x       Known
	same    []review.Variant // records with the key
	blocks  []review.Variant // reference blocks that share a base with the allele
	over    []review.Variant // other alleles there
	near    []review.Variant // insertions or deletions of the same length, close by
}

func newKnownTest(c *review.Case, k genome.Key, q KnownParams) *knownTest {
	kin := newKindred(c, DefaultInheritance())
	t := &knownTest{k: k, q: q, proband: kin.proband, sex: kin.sex}
	t.x = Known{
		Key: k.String(), Assembly: string(k.Assembly), Answer: KnownCannotTell, Record: "none", Cautions: []string{},
		Calls: map[string]CallJSON{}, Blocks: []KnownBlock{}, MinDepth: q.MinDepth, MinGQ: q.MinGQ, Source: q.Source,
	}
	if s := siteOf(k); kin.sex == review.Male && (s == onX || s == onY) {
		t.x.MinDepth, t.x.MinGQ = q.MinDepthMaleXY, q.MinGQMaleXY
	}
	return t
}

func (t *knownTest) isIndel() bool { return len(t.k.Ref) != len(t.k.Alt) }

// span is what has to be reference before the allele is known to be absent: the
// bases of REF, and of an insertion the base behind it too.
func (t *knownTest) span() (first, last genome.Pos) {
	last = t.k.Pos + genome.Pos(len(t.k.Ref)) - 1
	if len(t.k.Alt) > len(t.k.Ref) {
		last++
	}
	return t.k.Pos, last
}

func (t *knownTest) look(vs []review.Variant) {
	first, last := t.span()
	for i := range vs {
		v := vs[i]
		over := v.Record.Pos <= last && first <= lastOf(&v)
		switch {
		case v.Key == t.k:
			t.same = append(t.same, v)
		case v.Kind == review.ReferenceBlock && over:
			t.blocks = append(t.blocks, v)
		case v.Kind == review.ReferenceBlock:
		case over:
			t.over = append(t.over, v)
		case t.isIndel() && v.Kind == review.SmallVariant && len(v.Key.Alt)-len(v.Key.Ref) == len(t.k.Alt)-len(t.k.Ref):
			t.near = append(t.near, v)
		}
	}
}

func (t *knownTest) decide() {
	for i := range t.same {
		if t.proband.call(&t.same[i]).HasAlt() {
			t.present(&t.same[i])
			return
		}
	}
	if v := t.carriedNear(); v != nil {
		t.x.Reason = fmt.Sprintf("The proband carries %s (%s), an allele of the same length change close by, which may be the same one spelt differently.",
			v.Key, callText(t.proband.call(v)))
		return
	}
	switch {
	case len(t.same) > 0:
		t.fromRecord(&t.same[0])
	case len(t.blocks) > 0:
		t.fromBlocks()
	case len(t.over) > 0:
		v := &t.over[0]
		t.x.Reason = fmt.Sprintf("The file has no record of this allele; it has %s there, and the proband's call of that is %s.",
			t.otherKeys(), callText(t.proband.call(v)))
	default:
		t.x.Reason = "The file has no record at this place: not called, or reference; a file of variants alone cannot tell."
	}
}

// carriedNear returns an allele that may be the one asked for by another name.
func (t *knownTest) carriedNear() *review.Variant {
	for i := range t.near {
		if t.proband.call(&t.near[i]).HasAlt() {
			return &t.near[i]
		}
	}
	for i := range t.over {
		v := &t.over[i]
		if t.isIndel() && v.Kind == review.SmallVariant && len(v.Key.Alt)-len(v.Key.Ref) == len(t.k.Alt)-len(t.k.Ref) && t.proband.call(v).HasAlt() {
			return v
		}
	}
	return nil
}

func (t *knownTest) otherKeys() string {
	var keys []string
	for i := range t.over[:min(len(t.over), 5)] {
		keys = append(keys, t.over[i].Key.String())
	}
	if len(t.over) > 5 {
		keys = append(keys, "…")
	}
	return strings.Join(keys, ", ")
}

// take notes what the record says.
func (t *knownTest) take(v *review.Variant) *review.Call {
	c := t.proband.call(v)
	t.x.Record, t.x.Qual, t.x.Filters, t.x.Depth, t.x.GQ = "record", v.Record.Qual, v.Record.Filters, c.Depth, c.GQ
	for i := range v.Calls {
		t.x.Calls[v.Calls[i].Sample] = callJSON(&v.Calls[i], v.Record.Allele)
	}
	if len(t.same) > 1 {
		t.caution("%d records of the file have this variant.", len(t.same))
	}
	return c
}

func (t *knownTest) caution(format string, a ...any) {
	t.x.Cautions = append(t.x.Cautions, fmt.Sprintf(format, a...))
}
