// Package bgz reads block-compressed files (BGZF) and finds regions of them
// through a tabix or CSI index.
//
// It opens files read-only, where they lie, and never writes beside them. It
// makes no index: the remedy in its errors names the command that does.
//
// [Walk] reads a whole file block by block, checks each header, checksum and
// size on the way, and tells apart a file cut inside a block, a file cut
// exactly between two blocks, a damaged block, and what is no BGZF at all. A
// file is sound only if its last block is the empty end-of-file block of the
// specification (SAM/BAM format specification, section 4.1.2).
//
// [Lines] does the same line by line, and [Scan] on several goroutines, which is
// how a whole genome is read: they check the same and refuse the same.
//
// An [Offset] is a virtual offset: where a block starts in the file, and where
// in the block. Positions on contigs are 1-based and closed, as in package
// genome.
//
// A [Reader] finds the lines of a region through an [Index], and single lines by
// their offsets. A [Fasta] gives the bases of a reference. Each owns its file
// handle and is for one goroutine at a time.
package bgz
