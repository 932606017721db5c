package vcf

import "garrod/review/bgz"

// OpenReference sets the indexed FASTA at path as the file's reference, see
// SetReference. It stays open as long as the File is in use. id is what the caller
// knows the sequence by, its hash for instance; a Summary made from the file has
// it in its Head.
func (f *File) OpenReference(path, id string) error {
	fasta, err := bgz.OpenFasta(path)
	if err != nil {
		return err
	}
	if err := f.SetReference(fasta); err != nil {
		_ = fasta.Close() // opened for reading: nothing to lose
		return err
	}
	f.src.referenceID = id
	return nil
}
