package bgz

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"garrod/review"
)

// Fasta reads bases of an indexed FASTA file, plain or block-compressed. It owns
// a file handle of its own; use it from one goroutine at a time and Close it.
type Fasta struct {
	path     string
	blocks   *blockFile
	gzi      []gziEntry // nil for a plain file
	size     int64      // of the text
	contigs  []faiContig
	ids      map[string]int
	identity string
	text     []byte // what was last read of a compressed file
}

// FastaContig is a contig of a FASTA file. Length is in bases.
type FastaContig struct {
	Name   string
	Length int64
}

// pieceOfText is how much is read at once.
const pieceOfText = 32 << 10

// OpenFasta opens the FASTA file at path through its index, which must lie beside
// it: FILE.fai, and FILE.gzi where the file is block-compressed. An index that is
// missing, broken or points past the end of the file is an *review.InputError
// whose remedy names the command that makes it.
func OpenFasta(path string) (*Fasta, error) {
	b, err := openBlockFile(path)
	if err != nil {
		return nil, err
	}
	f := &Fasta{path: path, blocks: b, size: b.size}
	if err := f.open(); err != nil {
		_ = b.close() // nothing was written
		return nil, err
	}
	return f, nil
}

func (f *Fasta) open() error {
	kind, err := Sniff(f.path)
	if err != nil {
		return err
	}
	switch kind {
	case KindText:
	case KindBGZF:
		if err := f.readGZI(); err != nil {
			return err
		}
	case KindGzip:
		return bad(f.path, CodeNotFasta, `Re-compress it: gunzip the file, then "bgzip" it and run "samtools faidx" on it`,
			"is plain gzip, which has no blocks to index")
	case KindEmpty, KindCRAM, KindBCF, KindOther:
		return bad(f.path, CodeNotFasta, "Give the FASTA file of the reference, plain or bgzipped", "is not a FASTA file")
	}
	head, err := f.textAt(0, 1)
	if err != nil {
		return err
	}
	if len(head) == 0 || head[0] != '>' && head[0] != ';' {
		return bad(f.path, CodeNotFasta, "Give the FASTA file of the reference, plain or bgzipped", "is not a FASTA file: it does not start with >")
	}
	return f.readFAI()
}

func (f *Fasta) readFAI() error {
	text, err := f.besides(".fai")
	if err != nil {
		return err
	}
	f.contigs, err = parseFAI(f.path, text)
	if err != nil {
		return err
	}
	f.ids = make(map[string]int, len(f.contigs))
	for i, c := range f.contigs {
		if _, twice := f.ids[c.Name]; twice {
			return brokenFAI(f.path, i+1, "names a contig twice")
		}
		if c.end() > f.size {
			return f.stale("places %s up to byte %d, and the file has %d", c.Name, c.end(), f.size)
		}
		f.ids[c.Name] = i
	}
	f.identity = fmt.Sprintf("%x-%d", sha256.Sum256(text), f.blocks.size)
	return nil
}

// besides reads the index of the file that ends in end.
func (f *Fasta) besides(end string) ([]byte, error) {
	text, err := os.ReadFile(f.path + end)
	if errors.Is(err, os.ErrNotExist) {
		return nil, bad(f.path, CodeIndexMissing, "Make the index beside the file: samtools faidx "+f.path,
			"has no index (no %s lies beside it)", filepath.Base(f.path)+end)
	}
	if err != nil {
		return nil, unreadable(f.path+end, err)
	}
	return text, nil
}

// stale words that the file is not as its index says.
func (f *Fasta) stale(format string, args ...any) error {
	return bad(f.path, CodeIndexForeign, makeFAIAgain(f.path),
		"its index does not belong to it: it %s", fmt.Sprintf(format, args...))
}

func makeFAIAgain(path string) string {
	return "Make the index again: remove " + path + ".fai and .gzi, then samtools faidx " + path
}

// Close closes the file.
func (f *Fasta) Close() error { return f.blocks.close() }

// Contigs lists the contigs in the order of the index.
func (f *Fasta) Contigs() []FastaContig {
	all := make([]FastaContig, len(f.contigs))
	for i, c := range f.contigs {
		all[i] = c.FastaContig
	}
	return all
}

// Identity tells one reference from another: the SHA-256 of the index's text in
// hexadecimal, which holds the names and lengths of all contigs, and the size of
// the file in bytes. The bases themselves are not in it.
func (f *Fasta) Identity() string { return f.identity }

// Bases returns the bases first to last (1-based, closed) of contig, in upper
// case. Bases that the contig has not are an *review.InputError with CodeBases,
// an unknown contig one with CodeContig, and text that is not where the index
// says one with CodeIndexForeign.
func (f *Fasta) Bases(ctx context.Context, contig string, first, last int64) ([]byte, error) {
	i, ok := f.ids[contig]
	if !ok {
		return nil, bad(f.path, CodeContig, otherAssembly, "has no contig %s", contig)
	}
	c := &f.contigs[i]
	if first < 1 || last > c.Length || first > last {
		return nil, bad(f.path, CodeBases, otherAssembly,
			"has no bases %d to %d of %s, which has the bases 1 to %d", first, last, contig, c.Length)
	}
	if err := f.blocks.unchanged(); err != nil {
		return nil, err
	}
	if !c.checked {
		if err := f.check(c); err != nil {
			return nil, err
		}
		c.checked = true
	}
	return f.bases(ctx, c, first, last)
}

const otherAssembly = "Check that the FASTA is of the assembly that the VCF was made with"

func (f *Fasta) bases(ctx context.Context, c *faiContig, first, last int64) ([]byte, error) {
	out := make([]byte, 0, last-first+1)
	at, end := c.byteOf(first), c.byteOf(last)+1
	column := (first - 1) % c.lineBases
	for at < end {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		text, err := f.textAt(at, int(min(end-at, pieceOfText)))
		if err != nil {
			return nil, err
		}
		if len(text) == 0 {
			return nil, f.stale("places bases of %s at byte %d, where the file has ended", c.Name, at)
		}
		for i, b := range text {
			switch {
			case column >= c.lineBases:
				if b != '\n' && b != '\r' {
					return nil, f.stale("places a line end of %s at byte %d", c.Name, at+int64(i))
				}
			case !isBase(b):
				return nil, f.stale("places a base of %s at byte %d", c.Name, at+int64(i))
			case 'a' <= b && b <= 'z':
				out = append(out, b-'a'+'A')
			default:
				out = append(out, b)
			}
			if column++; column == c.lineWidth {
				column = 0
			}
		}
		at += int64(len(text))
	}
	return out, nil
}

// isBase reports whether b may stand for a base: a letter (IUPAC has many), a gap
// or a stop.
func isBase(b byte) bool {
	return 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z' || b == '-' || b == '*'
}

// check holds the surroundings of c against the index: its name stands before the
// first base, and behind the last one it ends.
func (f *Fasta) check(c *faiContig) error {
	const longestHeader = 64 << 10
	begin := max(c.offset-longestHeader, 0)
	before, err := f.textAt(begin, int(c.offset-begin))
	if err != nil {
		return err
	}
	before = bytes.TrimRight(before, "\r\n")
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	name, _, _ := bytes.Cut(line, []byte(" "))
	name, _, _ = bytes.Cut(name, []byte("\t"))
	if len(name) == 0 || name[0] != '>' || string(name[1:]) != c.Name {
		return f.stale("says that %s starts at byte %d", c.Name, c.offset)
	}
	behind, err := f.textAt(c.end(), 8)
	if err != nil {
		return err
	}
	rest := bytes.TrimLeft(behind, "\r\n")
	if len(rest) > 0 && (len(rest) == len(behind) && c.Length > 0 || rest[0] != '>') {
		return f.stale("says that %s ends at byte %d", c.Name, c.end())
	}
	return nil
}

// textAt returns n bytes of the text from at on, fewer only at its end. They are
// valid until the next call.
func (f *Fasta) textAt(at int64, n int) ([]byte, error) {
	if f.gzi == nil {
		text, err := f.blocks.bytes(at, n)
		return text[:min(n, len(text))], err
	}
	f.text = f.text[:0]
	i := findGZI(f.gzi, at)
	from := f.gzi[i]
	for len(f.text) < n {
		b, err := f.blocks.block(from.block)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, f.misplaced(err)
		}
		if skip := at + int64(len(f.text)) - from.text; skip < int64(len(b.data)) {
			f.text = append(f.text, b.data[skip:min(int64(len(b.data)), skip+int64(n-len(f.text)))]...)
		}
		from = gziEntry{b.next, from.text + int64(len(b.data))}
		if i+1 < len(f.gzi) && from.block >= f.gzi[i+1].block {
			if i++; from != f.gzi[i] {
				return nil, f.stale("says that the block of text byte %d starts at byte %d", f.gzi[i].text, f.gzi[i].block)
			}
		}
	}
	return f.text, nil
}

// misplaced words that no sound block starts where the .gzi says.
func (f *Fasta) misplaced(err error) error {
	if found, ok := errors.AsType[*review.InputError](err); ok && found.Code == CodeUnreadable {
		return err
	}
	e := bad(f.path, CodeIndexForeign, makeFAIAgain(f.path), "its .gzi does not belong to it, or it is damaged: no sound block starts where one should")
	e.Err = err
	return e
}
