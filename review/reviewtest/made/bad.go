package made

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Input is what Build wrote: the paths to give to the program.
type Input struct {
	VCF string
	PED string // empty where the case is not about a pedigree
}

// Bad is an input that is broken in one known way, and in no other.
type Bad struct {
	Name string
	// Check hints at who must refuse it: a name of an intake check ("bgzf_eof",
	// "bgzf_crc", "header", "columns", "index_present", "index_matches",
	// "assembly", "pedigree") or "record" for a line in the middle of the file.
	Check string
	What  string
	// Build writes the input into dir, which must exist.
	Build func(dir string) (Input, error)
}

// BadInputs lists every way, all starting from good, a bgzipped VCF of the
// samples Proband, Mother and Father with its tabix index beside it
// (good + ".tbi"). No other program is needed.
func BadInputs(good string) []Bad {
	b := breaker{good}
	return []Bad{
		{"plain_gzip", "bgzf_eof", "compressed with gzip instead of bgzip", b.plainGzip},
		{"plain_text", "bgzf_eof", "not compressed at all, though named .vcf.gz", b.plainText},
		{"truncated_in_block", "bgzf_eof", "cut off inside a block", b.truncatedInBlock},
		{"truncated_between_blocks", "bgzf_eof", "cut off exactly between two blocks in the middle", b.truncatedBetween},
		{"end_block_missing", "bgzf_eof", "every record is there, only the end block is not", b.endBlockMissing},
		{"flipped_byte", "bgzf_crc", "one bit differs inside a block in the middle", b.flippedByte},
		{"index_missing", "index_present", "no .tbi and no .csi", b.indexMissing},
		{"index_of_another_file", "index_matches", "the .tbi belongs to a file of other records", b.otherIndex},
		{"empty", "columns", "a header and no record", b.rewrite("empty", headerOnly)},
		{"no_column_line", "header", "the #CHROM line is gone", b.rewrite("no_column_line", noColumnLine)},
		{"text_in_pos", "record", "POS of record 1,500 is a word", b.rewrite("text_in_pos", textInPos)},
		{"missing_column", "record", "record 1,500 has one sample column too few", b.rewrite("missing_column", missingColumn)},
		{"grch37_contigs", "assembly", "contig lengths of GRCh37 where GRCh38 is declared", b.rewrite("grch37_contigs", grch37)},
		{"ped_unknown_parent", "pedigree", "the father has no line of his own", b.pedigree("unknown_parent", pedUnknownParent)},
		{"ped_cycle", "pedigree", "a boy is the father of his father", b.pedigree("cycle", pedCycle)},
		{"ped_other_samples", "pedigree", "the pedigree is of another family", b.pedigree("other_samples", pedOtherSamples)},
		{"ped_missing_column", "pedigree", "a line has five columns", b.pedigree("missing_column", pedMissingColumn)},
	}
}

// breaker starts from the good file at this path.
type breaker struct{ good string }

// raw writes data beside a copy of the good index.
func (b breaker) raw(dir, name string, data []byte) (Input, error) {
	index, err := os.ReadFile(b.good + ".tbi")
	if err != nil {
		return Input{}, fmt.Errorf("read the good index: %w", err)
	}
	return write(dir, name, data, index)
}

func write(dir, name string, data, index []byte) (Input, error) {
	path := filepath.Join(dir, name+".vcf.gz")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return Input{}, err
	}
	if index == nil {
		return Input{VCF: path}, nil
	}
	return Input{VCF: path}, os.WriteFile(path+".tbi", index, 0o600)
}

// text is the uncompressed good file.
func (b breaker) text() ([]byte, error) {
	f, err := os.Open(b.good)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// blocks gives the good file and the offset of each of its blocks.
func (b breaker) blocks() (data []byte, at []int, err error) {
	data, err = os.ReadFile(b.good)
	if err != nil {
		return nil, nil, err
	}
	for o := 0; o < len(data); {
		if len(data)-o < 18 || !bytes.Equal(data[o+12:o+14], []byte("BC")) {
			return nil, nil, errors.New("the good file is not BGZF")
		}
		at = append(at, o)
		o += int(data[o+16]) + int(data[o+17])<<8 + 1
	}
	if len(at) < 4 {
		return nil, nil, errors.New("the good file has fewer than four blocks")
	}
	return data, at, nil
}

func (b breaker) plainGzip(dir string) (Input, error) {
	text, err := b.text()
	if err != nil {
		return Input{}, err
	}
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(text); err != nil {
		return Input{}, err
	}
	if err := z.Close(); err != nil {
		return Input{}, err
	}
	return b.raw(dir, "plain_gzip", out.Bytes())
}

func (b breaker) plainText(dir string) (Input, error) {
	text, err := b.text()
	if err != nil {
		return Input{}, err
	}
	return b.raw(dir, "plain_text", text)
}

func (b breaker) truncatedInBlock(dir string) (Input, error) {
	data, at, err := b.blocks()
	if err != nil {
		return Input{}, err
	}
	i := len(at) / 2
	return b.raw(dir, "truncated_in_block", data[:(at[i]+at[i+1])/2])
}

func (b breaker) truncatedBetween(dir string) (Input, error) {
	data, at, err := b.blocks()
	if err != nil {
		return Input{}, err
	}
	return b.raw(dir, "truncated_between_blocks", data[:at[len(at)/2]])
}

func (b breaker) endBlockMissing(dir string) (Input, error) {
	data, at, err := b.blocks()
	if err != nil {
		return Input{}, err
	}
	return b.raw(dir, "end_block_missing", data[:at[len(at)-1]])
}

func (b breaker) flippedByte(dir string) (Input, error) {
	data, at, err := b.blocks()
	if err != nil {
		return Input{}, err
	}
	i := len(at) / 2
	data[(at[i]+at[i+1])/2] ^= 0x10
	return b.raw(dir, "flipped_byte", data)
}

func (b breaker) indexMissing(dir string) (Input, error) {
	data, err := os.ReadFile(b.good)
	if err != nil {
		return Input{}, err
	}
	return write(dir, "index_missing", data, nil)
}

// otherIndex puts the index of every seventh record beside all of them.
func (b breaker) otherIndex(dir string) (Input, error) {
	text, err := b.text()
	if err != nil {
		return Input{}, err
	}
	few := everySeventh(text)
	z, err := compress(few)
	if err != nil {
		return Input{}, err
	}
	index, err := tabix(few, z)
	if err != nil {
		return Input{}, err
	}
	data, err := os.ReadFile(b.good)
	if err != nil {
		return Input{}, err
	}
	return write(dir, "index_of_another_file", data, index)
}

// rewrite changes the text, and compresses and indexes the outcome, so that
// container and index are sound.
func (b breaker) rewrite(name string, change func([]byte) []byte) func(string) (Input, error) {
	return func(dir string) (Input, error) {
		text, err := b.text()
		if err != nil {
			return Input{}, err
		}
		return Write(dir, name, change(text))
	}
}

// Write compresses VCF text to dir/name.vcf.gz and writes its tabix index
// beside it. The text's records must be sorted, as tabix wants them.
func Write(dir, name string, text []byte) (Input, error) {
	z, err := compress(text)
	if err != nil {
		return Input{}, err
	}
	index, err := tabix(text, z)
	if err != nil {
		return Input{}, err
	}
	return write(dir, name, z.data, index)
}

func (b breaker) pedigree(name, ped string) func(string) (Input, error) {
	return func(dir string) (Input, error) {
		path := filepath.Join(dir, name+".ped")
		return Input{VCF: b.good, PED: path}, os.WriteFile(path, []byte(ped), 0o600)
	}
}
