package made

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A tabix index (Li 2011, doi:10.1093/bioinformatics/btq671; tabix.pdf of
// hts-specs) has, for each contig, bins with the chunks of the file that hold
// their records, and a linear index of 16,384-base windows.
type tabixContig struct {
	bins   map[uint32][][2]uint64
	linear []uint64
}

// tabix indexes VCF text that was compressed to z. A line it cannot read goes
// with the next one it can, so that a reader comes across it.
func tabix(text []byte, z bgzf) ([]byte, error) {
	var names []string
	contigs := map[string]*tabixContig{}
	from, end := 0, 0
	for line := range bytes.Lines(text) {
		end += len(line)
		name, first, last, ok := span(string(line))
		if !ok && line[0] != '#' {
			continue
		}
		if ok {
			if contigs[name] == nil {
				contigs[name] = &tabixContig{bins: map[uint32][][2]uint64{}}
				names = append(names, name)
			}
			contigs[name].add(first, last, z.virtual(from), z.virtual(end))
		}
		from = end
	}
	raw := tabixHead(names)
	for _, n := range names {
		raw = contigs[n].append(raw)
	}
	out, err := compress(raw)
	return out.data, err
}

// span returns the 0-based, half-open stretch of a data line.
func span(line string) (contig string, first, last int, ok bool) {
	f := strings.SplitN(line, "\t", 9)
	if strings.HasPrefix(line, "#") || len(f) < 8 {
		return "", 0, 0, false
	}
	pos, err := strconv.Atoi(f[1])
	if err != nil || pos < 1 {
		return "", 0, 0, false
	}
	last = pos - 1 + len(f[3])
	for _, kv := range strings.Split(f[7], ";") {
		if v, found := strings.CutPrefix(kv, "END="); found {
			if end, err := strconv.Atoi(v); err == nil {
				last = end
			}
		}
	}
	return f[0], pos - 1, last, true
}

func (c *tabixContig) add(first, last int, from, to uint64) {
	bin := binOf(first, last)
	if cs := c.bins[bin]; len(cs) > 0 && cs[len(cs)-1][1] == from {
		cs[len(cs)-1][1] = to
	} else {
		c.bins[bin] = append(cs, [2]uint64{from, to})
	}
	for w := first >> 14; w <= (last-1)>>14; w++ {
		for len(c.linear) <= w {
			c.linear = append(c.linear, 0)
		}
		if c.linear[w] == 0 {
			c.linear[w] = from
		}
	}
}

// binOf is the smallest bin that holds the stretch (reg2bin of the SAM
// specification, 5.3).
func binOf(first, last int) uint32 {
	last--
	for _, l := range [...]struct{ shift, offset uint32 }{{14, 4681}, {17, 585}, {20, 73}, {23, 9}, {26, 1}} {
		if first>>l.shift == last>>l.shift {
			return l.offset + uint32(first)>>l.shift
		}
	}
	return 0
}

func tabixHead(names []string) []byte {
	all := ""
	for _, n := range names {
		all += n + "\x00"
	}
	out := []byte("TBI\x01")
	// Contigs; VCF format; columns of contig, begin and end; comment character; lines to skip.
	for _, n := range []int{len(names), 2, 1, 2, 0, '#', 0, len(all)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	return append(out, all...)
}

func (c *tabixContig) append(out []byte) []byte {
	out = binary.LittleEndian.AppendUint32(out, uint32(len(c.bins)))
	for _, bin := range slices.Sorted(maps.Keys(c.bins)) {
		out = binary.LittleEndian.AppendUint32(out, bin)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(c.bins[bin])))
		for _, chunk := range c.bins[bin] {
			out = binary.LittleEndian.AppendUint64(out, chunk[0])
			out = binary.LittleEndian.AppendUint64(out, chunk[1])
		}
	}
	out = binary.LittleEndian.AppendUint32(out, uint32(len(c.linear)))
	var last uint64
	for _, v := range c.linear {
		// An empty window points where the one before it does.
		if v == 0 {
			v = last
		}
		last = v
		out = binary.LittleEndian.AppendUint64(out, v)
	}
	return out
}
