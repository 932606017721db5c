package bgz

import (
	"encoding/binary"
	"sort"
	"strconv"
	"strings"
)

// faiContig is a line of a .fai.
type faiContig struct {
	FastaContig
	offset               int64 // byte of the text at which the first base stands
	lineBases, lineWidth int64 // bases and bytes of a line
	checked              bool  // it was held against the file
}

// byteOf returns the byte of the text at which base pos (1-based) stands.
func (c *faiContig) byteOf(pos int64) int64 {
	pos--
	return c.offset + pos/c.lineBases*c.lineWidth + pos%c.lineBases
}

// end returns the byte of the text behind the last base.
func (c *faiContig) end() int64 {
	if c.Length == 0 {
		return c.offset
	}
	return c.byteOf(c.Length) + 1
}

func brokenFAI(path string, line int, what string) error {
	e := bad(path+".fai", CodeIndexBroken, makeFAIAgain(path), "the index is unreadable (it %s)", what)
	e.Line = line
	return e
}

// parseFAI reads the index of the file at path: name, length, offset, bases and
// bytes of a line (faidx(5)).
func parseFAI(path string, text []byte) ([]faiContig, error) {
	var all []faiContig
	for line := range strings.Lines(string(text)) {
		number := len(all) + 1
		fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(fields) == 6 {
			return nil, brokenFAI(path, number, "is of a FASTQ file")
		}
		if len(fields) != 5 || fields[0] == "" {
			return nil, brokenFAI(path, number, "has a line that is not of five columns")
		}
		var n [4]int64
		for i, f := range fields[1:] {
			v, err := strconv.ParseInt(f, 10, 48)
			if err != nil || v < 0 {
				return nil, brokenFAI(path, number, "has a number that cannot be read")
			}
			n[i] = v
		}
		c := faiContig{FastaContig{fields[0], n[0]}, n[1], n[2], n[3], false}
		// Two bytes end a line at most. A contig on one line without an end has
		// lines as wide as its bases.
		if extra := c.lineWidth - c.lineBases; c.Length > 0 && (c.lineBases == 0 || extra < 0 || extra > 2 || extra == 0 && c.lineBases < c.Length) {
			return nil, brokenFAI(path, number, "has lines of a width that cannot be")
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		return nil, brokenFAI(path, 0, "names no contig")
	}
	return all, nil
}

// gziEntry says that the block at a byte of the file starts at a byte of the text.
type gziEntry struct{ block, text int64 }

// readGZI reads FILE.gzi: a count, then a pair of numbers for each block but the
// first (bgzip(1)). It works out how long the text is, too.
func (f *Fasta) readGZI() error {
	raw, err := f.besides(".gzi")
	if err != nil {
		return err
	}
	if len(raw) < 8 || uint64(len(raw)-8)/16 != binary.LittleEndian.Uint64(raw) || len(raw)%16 != 8 {
		return bad(f.path+".gzi", CodeIndexBroken, makeFAIAgain(f.path), "the index is unreadable (it is not as long as it says)")
	}
	f.gzi = make([]gziEntry, 1, 1+len(raw)/16)
	for raw = raw[8:]; len(raw) > 0; raw = raw[16:] {
		e := gziEntry{int64(binary.LittleEndian.Uint64(raw)), int64(binary.LittleEndian.Uint64(raw[8:]))}
		last := f.gzi[len(f.gzi)-1]
		if e.block <= last.block || e.text < last.text || e.text-last.text > (e.block-last.block)*maxBlock {
			return bad(f.path+".gzi", CodeIndexBroken, makeFAIAgain(f.path), "the index is unreadable (its blocks are not in order)")
		}
		f.gzi = append(f.gzi, e)
	}
	return f.measure()
}

// measure takes the length of the text from the blocks behind the last entry.
func (f *Fasta) measure() error {
	last := f.gzi[len(f.gzi)-1]
	if last.block > f.blocks.size {
		return f.stale("places a block at byte %d, and the file has %d", last.block, f.blocks.size)
	}
	f.size = last.text
	for at := last.block; at < f.blocks.size; {
		raw, err := f.blocks.raw(at)
		if err != nil {
			return f.misplaced(err)
		}
		f.size += int64(claimedSize(raw))
		at += int64(len(raw))
	}
	return nil
}

// findGZI returns the last entry of a block that starts at or before byte at of
// the text.
func findGZI(all []gziEntry, at int64) int {
	return sort.Search(len(all), func(i int) bool { return all[i].text > at }) - 1
}
