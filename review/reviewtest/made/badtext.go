package made

import (
	"bytes"
	"regexp"
	"strconv"
)

// badRecord is the 1-based data record that textInPos and missingColumn spoil.
const badRecord = 1500

// headerOnly drops the records.
func headerOnly(text []byte) []byte {
	return edit(text, func(n int, line []byte) []byte {
		if n > 0 {
			return nil
		}
		return line
	})
}

func noColumnLine(text []byte) []byte {
	return edit(text, func(_ int, line []byte) []byte {
		if bytes.HasPrefix(line, []byte("#CHROM")) {
			return nil
		}
		return line
	})
}

func everySeventh(text []byte) []byte {
	return edit(text, func(n int, line []byte) []byte {
		if n%7 != 0 {
			return nil
		}
		return line
	})
}

func textInPos(text []byte) []byte {
	return edit(text, func(n int, line []byte) []byte {
		if n != badRecord {
			return line
		}
		f := bytes.SplitN(line, []byte("\t"), 3)
		return bytes.Join([][]byte{f[0], []byte("near"), f[2]}, []byte("\t"))
	})
}

func missingColumn(text []byte) []byte {
	return edit(text, func(n int, line []byte) []byte {
		if n != badRecord {
			return line
		}
		return append(bytes.Clone(line[:bytes.LastIndexByte(line, '\t')]), '\n')
	})
}

// edit passes every line through change, with its 1-based record number, 0 in
// the header. A nil answer drops the line.
func edit(text []byte, change func(record int, line []byte) []byte) []byte {
	var out []byte
	n := 0
	for line := range bytes.Lines(text) {
		if line[0] != '#' {
			n++
		}
		out = append(out, change(n, line)...)
	}
	return out
}

// lengths37 are the lengths of the chromosomes on GRCh37 in the order of
// contigs (Genome Reference Consortium, GRCh37.p13).
var lengths37 = []int{
	249250621, 243199373, 198022430, 191154276, 180915260, 171115067, 159138663, 146364022, 141213431, 135534747,
	135006516, 133851895, 115169878, 107349540, 102531392, 90354753, 81195210, 78077248, 59128983, 63025520,
	48129895, 51304566, 155270560, 59373566, 16569,
}

var contigLine = regexp.MustCompile(`^##contig=<ID=chr(\w+),.*`)

// grch37 gives the contigs the lengths they have on GRCh37. Records beyond
// them are dropped, so that nothing but the lengths speaks.
func grch37(text []byte) []byte {
	return edit(text, func(n int, line []byte) []byte {
		if n > 0 {
			if contig, _, last, ok := span(string(line)); ok && last > lengths37[contigIndex(contig[len("chr"):])] {
				return nil
			}
			return line
		}
		m := contigLine.FindSubmatch(line)
		if m == nil {
			return line
		}
		length := lengths37[contigIndex(string(m[1]))]
		return []byte("##contig=<ID=chr" + string(m[1]) + ",length=" + strconv.Itoa(length) + ">\n")
	})
}

// The pedigrees: family, person, father, mother, sex (1 male), phenotype (2
// affected).
const (
	pedUnknownParent = "DEMO\tDEMO-P\tDEMO-X\tDEMO-M\t1\t2\nDEMO\tDEMO-M\t0\t0\t2\t1\nDEMO\tDEMO-F\t0\t0\t1\t1\n"
	pedCycle         = "DEMO\tDEMO-P\tDEMO-F\tDEMO-M\t1\t2\nDEMO\tDEMO-M\t0\t0\t2\t1\nDEMO\tDEMO-F\tDEMO-P\t0\t1\t1\n"
	pedOtherSamples  = "OTHER\tOTHER-P\tOTHER-F\tOTHER-M\t1\t2\nOTHER\tOTHER-M\t0\t0\t2\t1\nOTHER\tOTHER-F\t0\t0\t1\t1\n"
	pedMissingColumn = "DEMO\tDEMO-P\tDEMO-F\tDEMO-M\t1\t2\nDEMO\tDEMO-M\t0\t0\t2\nDEMO\tDEMO-F\t0\t0\t1\t1\n"
)
