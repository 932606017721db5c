// Package made makes the inputs Garrod is shown and tested with: the
// demonstration case, a GRCh38 trio with VEP-style annotation, and a set of
// files that are each broken in one known way.
//
// The same source gives the same bytes on every machine and with every Go
// release: the random numbers are its own, and no clock is read. Positions are
// 1-based, as POS in VCF. The package writes BGZF and tabix indexes itself, so
// that a test needs no other program; it is no library for that, and nothing
// but tests and testdata/gen may import it.
//
// The key variants ([Expected]) are real and their genomic and HGVS names agree.
// Everything else is made up: the filler's reference bases, HGVS and scores,
// and every genotype and population count. See assets/demo/README.md.
package made
