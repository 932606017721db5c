package vcf

import (
	"context"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// Presence tells whether a file has a record of an allele.
type Presence string

// The answers of Find.
const (
	Present        Presence = "present"   // the allele has a record
	CoveredByBlock Presence = "ref_block" // a reference block covers all its bases
	Absent         Presence = "absent"    // neither: unknown, not reference
)

// Find looks an allele up by its key through the index, whichever way the file
// spells it: among other alleles, with bases to trim and, where the file has a
// reference, at any copy of a repeat. (Without one, an indel that is neither
// left-aligned in the file nor in the key is found as it is spelled only.) A
// symbolic allele without its end, "<DEL>", finds every one at its position. The
// variants are those of the allele, or the blocks that cover it.
func (f *File) Find(ctx context.Context, k genome.Key) ([]review.Variant, Presence, error) {
	k, near, err := f.searched(k)
	if err != nil {
		return nil, "", err
	}
	span := genome.Range{Contig: k.Contig, First: k.Pos, Last: k.Pos + genome.Pos(max(len(k.Ref), 1)) - 1}
	var same, blocks []review.Variant
	err = f.Region(ctx, near, func(r *Record) error {
		if r.IsReferenceBlock() {
			if r.Pos <= span.First && r.End() >= span.Last {
				blocks = append(blocks, covering(r.Variants(), span.Last)...)
			}
			return nil
		}
		for i := range r.Alts {
			if sameAllele(r.keyAt(i+1), k) {
				same = append(same, r.Variants()[i])
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, "", err
	case same != nil:
		return same, Present, nil
	case blocks != nil:
		return blocks, CoveredByBlock, nil
	}
	return nil, Absent, nil
}

// covering takes the calls off reference blocks that end before last for one
// person though they go on for another.
func covering(blocks []review.Variant, last genome.Pos) []review.Variant {
	for _, b := range blocks {
		for i, c := range b.Calls {
			if c.BlockEnd > 0 && c.BlockEnd < last {
				b.Calls[i] = review.Call{Sample: c.Sample, State: review.NoRecord}
			}
		}
	}
	return blocks
}

// searched returns the key as this file's keys are made, and where a record of
// the allele may overlap.
func (f *File) searched(k genome.Key) (genome.Key, genome.Range, error) {
	near := genome.Range{Contig: k.Contig, First: k.Pos, Last: k.Pos + genome.Pos(max(len(k.Ref), 1)) - 1}
	names := f.contigNames(k.Contig)
	if len(names) == 0 || !genome.IsBases(k.Alt) || !f.src.aligns(names[0]) {
		return k, near, nil
	}
	k.Pos, k.Ref, k.Alt = f.src.normalise(names[0], k.Pos, k.Ref, k.Alt)
	last, err := genome.MaxSpan(f.src.sequence.bases, names[0], k.Pos, k.Ref, k.Alt)
	near.First, near.Last = k.Pos, last
	if err == nil {
		err = f.src.failure()
	}
	return k, near, err
}

// sameAllele holds the key of a record's allele against the one asked for. The
// assembly is the caller's business.
func sameAllele(have, asked genome.Key) bool {
	have.Assembly = asked.Assembly
	if strings.HasPrefix(asked.Alt, "<") && strings.HasSuffix(asked.Alt, ">") {
		have.Alt, _, _ = strings.Cut(have.Alt, symbolicEnd)
	}
	return have == asked
}
