package review

import (
	"fmt"
	"strings"
)

// twinColumn is the column of a PED file that marks identical twins.
type twinColumn struct {
	index    int
	name     string // as written
	zygosity bool   // holds MZ and DZ rather than a name for each pair
}

// findTwinColumn looks for the column among the headings after the sixth; nil
// where there is none.
func findTwinColumn(headings []string) *twinColumn {
	for i, h := range headings {
		plain := strings.Map(func(r rune) rune {
			if r == '_' || r == '-' || r == ' ' || r == '.' {
				return -1
			}
			return r
		}, strings.ToLower(h))
		switch {
		case i < 6:
		case plain == "mztwin" || plain == "mztwins" || plain == "mztwinid":
			return &twinColumn{index: i, name: h}
		case plain == "zygosity":
			return &twinColumn{index: i, name: h, zygosity: true}
		}
	}
	return nil
}

// read gives the name that a person shares with an identical twin, empty for
// none; ok is false where the column holds something else.
func (c *twinColumn) read(cols []string) (twin string, ok bool) {
	if c == nil || c.index >= len(cols) || isUnknown(cols[c.index]) {
		return "", true
	}
	twin = cols[c.index]
	if !c.zygosity {
		return twin, true
	}
	up := strings.ToUpper(twin)
	if strings.HasPrefix(up, "MZ") {
		return up, true
	}
	return "", strings.HasPrefix(up, "DZ")
}

// checkTwins refuses identical twins who cannot be.
func checkTwins(people []pedLine, name string) error {
	groups := map[string][]pedLine{}
	for _, p := range people {
		if p.Twin != "" {
			groups[p.Twin] = append(groups[p.Twin], p)
		}
	}
	for _, p := range people { // in the order of the file
		pair := groups[p.Twin]
		if p.Twin == "" || pair[0].ID != p.ID {
			continue
		}
		if len(pair) == 1 {
			return pedError("ped_twin", name, p.line, "twin", "has the mark of an identical twin that nobody else has",
				"Give the other twin the same mark, or write 0 where the twin is not in the pedigree")
		}
		for _, q := range pair[1:] {
			if what := p.cannotBeTwin(q); what != "" {
				return pedError("ped_twin", name, q.line, "twin", fmt.Sprintf("marks an identical twin of line %d, but %s", p.line, what),
					"Correct the mark, the parents or the sex")
			}
		}
	}
	return nil
}

// cannotBeTwin says why p and q are no identical twins. The sexes of identical
// twins can differ by a later loss of Y; that is for a person to explain and is
// not read from a file.
func (p pedLine) cannotBeTwin(q pedLine) string {
	switch {
	case p.Father == "" || p.Mother == "" || p.Father != q.Father || p.Mother != q.Mother:
		return "the two do not have the same father and mother"
	case p.Sex != q.Sex && p.Sex != SexUnknown && q.Sex != SexUnknown:
		return "the sexes differ"
	}
	return ""
}
