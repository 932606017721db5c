package bgz

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"

	"garrod/review"
)

// cause strips the path from an error of the operating system, for messages
// name files by their base name.
func cause(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}

const blockRemedy = `Compress it with "bgzip" and index it with "tabix -p vcf"`

// Kind is what a file is, by its first bytes.
type Kind string

// The kinds of file that Sniff tells apart.
const (
	KindBGZF  Kind = "bgzf"
	KindGzip  Kind = "gzip"
	KindText  Kind = "text"
	KindEmpty Kind = "empty"
	KindCRAM  Kind = "cram"
	KindBCF   Kind = "bcf" // not compressed
	KindOther Kind = "other"
)

// Sniff tells what the file at path is by its first bytes.
func Sniff(path string) (Kind, error) {
	f, err := openFile(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", unreadable(path, err)
	}
	return sniff(head[:n]), nil
}

func sniff(head []byte) Kind {
	switch {
	case len(head) == 0:
		return KindEmpty
	case isBlockHeader(head):
		return KindBGZF
	case bytes.HasPrefix(head, gzipMagic):
		return KindGzip
	case bytes.HasPrefix(head, []byte("CRAM")):
		return KindCRAM
	case bytes.HasPrefix(head, []byte("BCF")):
		return KindBCF
	case isText(head):
		return KindText
	}
	return KindOther
}

// isText reports whether b has no control bytes besides white space.
func isText(b []byte) bool {
	for _, c := range b {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

// notBGZF words what a file is instead.
func notBGZF(path string, k Kind) *review.InputError {
	switch k {
	case KindEmpty:
		return bad(path, CodeNotBGZF, fetchAgain, "is empty (0 bytes)")
	case KindGzip:
		return bad(path, CodeNotBGZF, `Re-compress it: gunzip the file, then "bgzip" it and index it with "tabix -p vcf"`,
			"is plain gzip, which has no blocks to index")
	case KindText:
		return bad(path, CodeNotBGZF, blockRemedy, "is plain text, not BGZF")
	case KindCRAM:
		return bad(path, CodeNotBGZF, "Give the bgzipped VCF of the variants", "is a CRAM file of reads, not a VCF")
	case KindBCF:
		return bad(path, CodeNotBGZF, `Convert it with "bcftools view -Oz" and index it with "tabix -p vcf"`, "is a BCF file, not a bgzipped VCF")
	}
	return bad(path, CodeNotBGZF, "Give the bgzipped VCF of the variants", "is not BGZF")
}

// binaryContent names a BGZF file whose content is not text, by the first bytes
// of the content.
func binaryContent(path string, head []byte) error {
	switch {
	case bytes.HasPrefix(head, []byte("BAM\x01")):
		return bad(path, CodeNotBGZF, "Give the bgzipped VCF of the variants", "is a BAM file of reads, not a VCF")
	case bytes.HasPrefix(head, []byte("BCF")):
		return bad(path, CodeNotBGZF, `Convert it with "bcftools view -Oz" and index it with "tabix -p vcf"`, "is a BCF file, not a bgzipped VCF")
	case bytes.HasPrefix(head, []byte("TBI\x01")), bytes.HasPrefix(head, []byte("CSI\x01")):
		return bad(path, CodeNotBGZF, "Give the VCF itself; its index is found beside it", "is an index, not a VCF")
	}
	return nil
}

func openFile(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	st, err := f.Stat()
	if err == nil && !st.Mode().IsRegular() {
		f.Close()
		return nil, bad(path, CodeUnreadable, "Give the path of a file on disk", "is not a regular file")
	}
	return f, nil
}
