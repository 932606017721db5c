// Package identity tells from the genotypes alone who the samples of a file are
// from: the genetic sex of each, the kinship of every pair, Mendelian errors of
// declared trios and duos, contamination, runs of homozygosity, uniparental
// disomy, and whether mother and child share a mitochondrial genome. It holds
// what it finds against the pedigree and puts it into sentences.
//
// It reads the columns of a scan (package summary) once and keeps nothing of
// them. Only single-base changes at biallelic sites that passed the file's
// filters count, and of these only genotypes with enough depth and quality: a
// genotype that is missing, partly called, or written as 0/0 without any reads
// behind it, is unknown, never reference. Where too few sites are left the
// answer is "not assessed", with the number that was needed.
//
// Nothing is ever corrected: declared sex, parents and relations stay as they
// are. A hint names what to look at, it is no finding. Every number that decides
// is a field of [Params], and [Params.Thresholds] gives each with its source.
//
// Positions are 1-based.
package identity
