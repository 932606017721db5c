package vcf

import (
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// ParseKey reads a key as genome.ParseKey does, in the words of this file: a
// contig that the header declares has its canonical name here, so that chrM of
// UCSC hg19 is not taken for MT, and a small allele is left-aligned where a
// reference is set, as the keys of the file's own variants are.
func (f *File) ParseKey(text string) (genome.Key, error) {
	k, err := genome.ParseKey(f.src.assembly, text)
	if err != nil {
		return k, err
	}
	written := contigOfKey(text)
	k.Contig = f.CanonicalContig(written)
	if names := f.contigNames(k.Contig); len(names) > 0 {
		written = names[0]
	}
	if kindOf(k.Alt) == review.SmallVariant && genome.IsBases(k.Alt) {
		k.Pos, k.Ref, k.Alt = f.src.normalise(written, k.Pos, k.Ref, k.Alt)
	}
	return k, f.src.failure()
}

// contigOfKey cuts position, REF and ALT off a key, which may hold dashes itself.
func contigOfKey(text string) string {
	for range 3 {
		i := strings.LastIndexByte(text, '-')
		if i < 0 {
			return text
		}
		text = text[:i]
	}
	return text
}

// CanonicalContig returns the canonical name of a contig as it is written in the
// file or anywhere else.
func (f *File) CanonicalContig(written string) string {
	if f.src.header.Declares(written) || f.index.Has(written) {
		return f.src.header.Canonical(written)
	}
	return genome.CanonicalContig(written)
}
