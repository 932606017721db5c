// Package vcf reads variants from a bgzipped, indexed VCF where it lies.
//
// It opens the file read-only and makes no copy and no index. [Open] reads the
// header and the index; [File.Scan] gives every record in file order;
// [File.Region] and [File.Find] go through the index; [Intake] performs the
// checks before a case may rest on a file; [Check] looks at any VCF, indexed or
// not, and lists what is wrong with it.
//
// [File.SetReference] gives it the sequence: REF is then held against it and keys
// are left-aligned; without it indels are trimmed only and marked so. [Normalise]
// writes a file with one normalised ALT allele in each record.
//
// Positions are 1-based as in the file, ranges closed. One [review.Variant] is
// made of each ALT allele: genotypes are counted by allele index, INFO and
// FORMAT values taken by their Number (A, R), annotation rows matched by their
// allele string. The key of a symbolic allele carries its end ("<DEL>@900", with
// the length of an insertion "<INS>@100+280" and the units of a repeat
// "<CNV:TR>@160:CAGx20"), for two of one name may stand at one position. What
// cannot be matched is left out and never guessed: a value
// the file does not give is unknown, not zero, not absent, not reference.
//
// The layout of CSQ, ANN and BCSQ, and which fields hold frequencies, scores and
// ClinVar's opinion, is read from each file's header through tables (fieldmap.go)
// and never assumed.
//
// A record that cannot be read is counted and listed in [Tally], never dropped
// in silence. Errors name file, line or record, and field; they hold no genotype
// and no identity.
//
// Sources: the Variant Call Format specifications 4.1 to 4.5
// (https://samtools.github.io/hts-specs/), the output pages of Ensembl VEP, of
// SnpEff ("Variant annotations in VCF format", 2015) and of bcftools csq.
package vcf
