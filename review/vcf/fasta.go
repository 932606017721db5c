package vcf

import (
	"path/filepath"

	"garrod/review"
	"garrod/review/bgz"
)

// OpenReference sets the indexed FASTA at path as the file's reference, see
// SetReference. It stays open as long as the File is in use. want is the identity
// that ReferenceID gave when keys were made, empty for the first time: with another
// sequence the same alleles could have other keys, so that it is refused.
func (f *File) OpenReference(path, want string) error {
	fasta, err := bgz.OpenFasta(path)
	if err != nil {
		return err
	}
	id := fasta.Identity()
	if want != "" && id != want {
		_ = fasta.Close() // opened for reading: nothing to lose
		return &review.InputError{
			Code: CodeReference, File: filepath.Base(path), Field: "reference",
			What:   "this is not the reference sequence that the case was added with",
			Remedy: "Put the FASTA and its .fai back as they were",
		}
	}
	if err := f.SetReference(fasta); err != nil {
		_ = fasta.Close()
		return err
	}
	f.src.referenceID = id
	return nil
}

// ReferenceID is what the FASTA of OpenReference is known by, empty without one.
func (f *File) ReferenceID() string { return f.src.referenceID }
