package vcf

import (
	"garrod/review"
	"garrod/review/genome"
)

// Variants makes one Variant of each ALT allele, in their order, and one of a
// record without ALT or with nothing but <NON_REF> or <*>. Symbolic alleles, "*"
// and breakends are kept as their Kind.
func (r *Record) Variants() []review.Variant {
	vs, _ := r.variants()
	return vs
}

// variants also counts the annotation rows that belong to none of them.
func (r *Record) variants() (variants []review.Variant, unmatched int) {
	calls := r.sampleData()
	if r.IsReferenceBlock() {
		return []review.Variant{r.referenceBlock(calls)}, 0
	}
	keys := make([]string, len(r.Alts))
	for i := range r.Alts {
		keys[i] = r.keyAt(i + 1).String()
	}
	notes := r.annotations()
	variants = make([]review.Variant, len(r.Alts))
	for i, alt := range r.Alts {
		v := r.variant(alt, i+1, calls)
		for j, k := range keys {
			if j != i {
				v.Siblings = append(v.Siblings, k)
			}
		}
		notes.addTo(&v, i+1)
		variants[i] = v
	}
	return variants, notes.unmatched
}

func (r *Record) sampleData() []sample {
	if len(r.samples) == 0 {
		return nil
	}
	cols, block := r.formatColumns(), r.IsReferenceBlock()
	out := make([]sample, len(r.samples))
	for i, text := range r.samples {
		out[i] = r.sample(cols, text, block)
	}
	return out
}

func (r *Record) variant(alt string, allele int, samples []sample) review.Variant {
	kind := kindOf(alt)
	v := review.Variant{Key: r.keyAt(allele), Kind: kind, Record: r.place(allele), Structural: r.structural(allele)}
	v.TrimmedOnly = kind == review.SmallVariant && len(v.Key.Ref) != len(v.Key.Alt) && !r.src.aligns(r.Contig)
	if kind == review.ReferenceBlock {
		v.Record.End = r.End()
	}
	if kind == review.Symbolic {
		v.Record.End = max(v.Structural.End, r.Pos+genome.Pos(len(r.Ref))-1)
	}
	v.Calls = r.calls(samples, allele)
	return v
}

func (r *Record) referenceBlock(samples []sample) review.Variant {
	v := review.Variant{Key: r.keyAt(min(1, len(r.Alts))), Kind: review.ReferenceBlock, Record: r.place(0)}
	v.Record.End = r.End()
	v.Calls = r.calls(samples, 0)
	return v
}

func (r *Record) place(allele int) review.Record {
	return review.Record{
		Number: r.Number, Contig: r.Contig, Pos: r.Pos, Ref: r.Ref, Alts: r.Alts, Allele: allele,
		ID: r.ID, Qual: r.Qual, Filters: r.Filters, Line: r.raw,
	}
}

func (r *Record) calls(samples []sample, allele int) []review.Call {
	calls := make([]review.Call, len(samples))
	for i, s := range samples {
		calls[i] = s.call(r.src.header.Samples[i], allele, len(r.Alts))
	}
	return calls
}
