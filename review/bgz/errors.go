package bgz

import (
	"fmt"
	"path/filepath"

	"garrod/review"
)

// Codes of the errors of this package.
const (
	CodeUnreadable   = "file_unreadable"
	CodeNotBGZF      = "bgzf_not"
	CodeTruncated    = "bgzf_truncated"     // cut inside a block
	CodeNoEOF        = "bgzf_eof_missing"   // cut between blocks
	CodeCorrupt      = "bgzf_corrupt"       // a block that does not check
	CodeTrailing     = "bgzf_trailing_data" // something after the last block
	CodeLineTooLong  = "line_too_long"
	CodeRecordBroken = "record_broken" // its place cannot be read
	CodeChanged      = "file_changed"  // it is not what it was when it was read before
	CodeIndexMissing = "index_missing"
	CodeIndexBroken  = "index_broken"
	CodeIndexForeign = "index_foreign" // belongs to another file, or to another state of this one
	CodeNotFasta     = "fasta_not"
	CodeContig       = "fasta_contig" // the FASTA has no such contig
	CodeBases        = "fasta_bases"  // the contig has no such bases
)

const changedRemedy = "Put the file back as it was, or read the new one as a whole again"

const fetchAgain = "Copy the file again from where it was made and compare its size and checksum"

// bad makes an error of the file at path, shown by its base name.
func bad(path, code, remedy, format string, args ...any) *review.InputError {
	return &review.InputError{
		Code: code, File: filepath.Base(path), What: fmt.Sprintf(format, args...), Remedy: remedy,
	}
}

// unreadable wraps an error of the operating system.
func unreadable(path string, err error) *review.InputError {
	e := bad(path, CodeUnreadable, "Check the path and that you may read the file", "cannot be read (%v)", cause(err))
	e.Err = err
	return e
}
