package triage

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// maxBEDLine bounds a line of a BED file, in bytes.
const maxBEDLine = 1 << 20

// ReadBED turns the content of a BED file into the ranges of a RegionFilter, in
// genome order and joined where they touch, and gives its name and hash. BED
// positions are 0-based and half-open; ranges are 1-based and closed. Columns
// from the fourth on are not read. An *review.InputError names the line of the
// first fault.
func ReadBED(name string, content []byte, a genome.Assembly) (RegionFilter, error) {
	sum := sha256.Sum256(content)
	q := RegionFilter{Name: name, SHA256: hex.EncodeToString(sum[:]), Assembly: a}
	by := map[string][]genome.Range{}
	lines := bufio.NewScanner(bytes.NewReader(content))
	lines.Buffer(nil, maxBEDLine)
	n := 0
	for lines.Scan() {
		n++
		g, ok, err := bedLine(lines.Text(), a)
		if err != nil {
			err.File, err.Line = name, n
			return RegionFilter{}, err
		}
		if ok {
			by[g.Contig] = append(by[g.Contig], g)
		}
	}
	if err := lines.Err(); err != nil {
		e := bedError("", "the line is too long for a BED file", "Check that it is a BED file and not a packed one", err)
		e.File, e.Line = name, n+1
		return RegionFilter{}, e
	}
	if len(by) == 0 {
		e := bedError("", "it holds no range", "Give a file with at least one line: chromosome, start, end", nil)
		e.File = name
		return RegionFilter{}, e
	}
	q.Ranges = rangeTexts(by)
	return q, nil
}

func rangeTexts(by map[string][]genome.Range) []string {
	var all []genome.Range
	for _, gs := range by {
		all = append(all, merge(gs)...)
	}
	slices.SortFunc(all, func(a, b genome.Range) int {
		return compareKeys(genome.Key{Contig: a.Contig, Pos: a.First}, genome.Key{Contig: b.Contig, Pos: b.First})
	})
	out := make([]string, len(all))
	for i, g := range all {
		out[i] = g.String()
	}
	return out
}

// bedLine reads one line; ok is false for a line that holds no range: a comment,
// a browser or track line, an empty one.
func bedLine(line string, a genome.Assembly) (g genome.Range, ok bool, fault *review.InputError) {
	line = strings.TrimRight(line, " \t\r")
	if line == "" || line[0] == '#' || line == "track" || strings.HasPrefix(line, "track ") || strings.HasPrefix(line, "browser ") {
		return g, false, nil
	}
	cols := strings.Split(line, "\t")
	if len(cols) == 1 {
		cols = strings.Fields(line)
	}
	if len(cols) < 3 {
		return g, false, bedError("", fmt.Sprintf("the line has %d columns", len(cols)), "Write chromosome, start and end with tabs between them", nil)
	}
	start, fault := bedNumber("start", cols[1])
	if fault != nil {
		return g, false, fault
	}
	end, fault := bedNumber("end", cols[2])
	if fault != nil {
		return g, false, fault
	}
	g = genome.Range{Contig: genome.CanonicalContig(cols[0]), First: genome.Pos(start + 1), Last: genome.Pos(end)}
	switch length, known := genome.ContigLength(a, g.Contig); {
	case cols[0] == "":
		return g, false, bedError("chromosome", "is empty", "Name a chromosome", nil)
	case end <= start:
		return g, false, bedError("end", fmt.Sprintf("%d is not greater than start %d, so that the range holds no base", end, start), "Correct the line, or take it out", nil)
	case known && end > length:
		return g, false, bedError("end", fmt.Sprintf("%d lies beyond the end of chromosome %s on %s, %d", end, g.Contig, a, length), "Check which assembly the file is of", nil)
	}
	return g, true, nil
}

func bedNumber(field, s string) (int64, *review.InputError) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err == nil && n < 0 {
		err = errors.New("negative")
	}
	if err != nil {
		return 0, bedError(field, fmt.Sprintf("%.40q is not a whole number from 0", s), "Correct the line", err)
	}
	return n, nil
}

func bedError(field, what, remedy string, err error) *review.InputError {
	return &review.InputError{Code: "bed_invalid", Field: field, What: what, Remedy: remedy, Err: err}
}
