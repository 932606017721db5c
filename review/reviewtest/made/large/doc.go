// Package large makes files of a whole genome's size: the annotated VCF of a
// trio on GRCh38, its pedigree and its gene model. Speed and memory are measured
// on them; nothing clinical can be learnt from them.
//
// Every value is made up. Positions lie on contigs of GRCh38's lengths, genes
// have the number and the sizes of real ones and cover more than half of it, but
// the bases are pseudo-random: no REF agrees with the reference. About 15 of 100
// alleles are indels, 2 of 100 records have two ALT alleles, 1 of 100 alleles is
// coding or next to a splice site, 7 of 100 are rarer than 1 %. X, Y and MT have
// haploid calls where a person has one copy; pseudo-autosomal regions are not
// modelled. Positions are 1-based.
//
// The same File gives the same bytes with the same release of Go on the same
// kind of machine. Compressing and indexing is left to the programs bgzip and
// tabix: at this size theirs is the right tool, and its files are what users
// have.
package large
