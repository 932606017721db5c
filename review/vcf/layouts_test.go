package vcf

import (
	"path/filepath"
	"strings"
	"testing"

	"garrod/review"
)

// unmatchedRows are the rows of real files that fit no allele, with the reason.
var unmatchedRows = map[string]int{
	"annotated_vcf/gavin_goldstandards/Cardiovascular.GRCh37.vcf.gz": 4,  // annotated for another ALT ("TG" beside ALT TT)
	"annotated_vcf/slivar__comphet.csq.vcf":                          4,  // BCSQ pointers (@POS) to the record that holds the row
	"annotated_vcf/vcfanno__exac.vcf.gz":                             25, // split into single alleles, the rows of the others left
}

// columnsOf reads a layout from its header line plainly: what stands between bars
// behind "Format:", or between single quotes.
func columnsOf(description string) []string {
	text := description
	if _, after, ok := strings.Cut(description, "ormat:"); ok {
		text = after
	} else if parts := strings.Split(description, "'"); len(parts) > 1 {
		text = parts[1]
	}
	var cols []string
	for c := range strings.SplitSeq(text, "|") {
		cols = append(cols, strings.Trim(c, " \"'."))
	}
	return cols
}

// plainRow holds one row of CSQ or ANN by the names of its columns.
func plainRow(cols []string, entry string) map[string]string {
	m := map[string]string{}
	values := strings.Split(entry, "|")
	for i, c := range cols {
		if _, twice := m[c]; !twice && i < len(values) {
			m[c] = decode(strings.TrimSpace(values[i]))
			if m[c] == "." {
				m[c] = ""
			}
		}
	}
	return m
}

// In every layout of the shared files all fields of a consequence are those of one
// row, found by the names that the header gives its columns.
func TestOneRowDrivesAllFieldsInEveryLayout(t *testing.T) {
	root := shared(t)
	layouts := map[string]bool{}
	files, rows := 0, 0
	for _, path := range vcfFiles(t, root, "annotated_vcf", "population_clinical_db") {
		rel, _ := filepath.Rel(root, path)
		var src *source
		h := newHeaderReader(filepath.Base(path))
		unmatched, had := 0, rows
		_, err := eachLine(t.Context(), path, nil, func(line []byte) error {
			if !h.done {
				err := h.line(line)
				if h.done {
					src = &source{file: "x", header: &h.h, fields: newFieldMap(&h.h)}
				}
				return err
			}
			if r, f := parseRecord(src, string(line)); f == nil {
				unmatched += r.Unmatched()
				rows += compareRows(t, rel, r)
			}
			return nil
		}, nil)
		if err != nil {
			t.Errorf("%s: %v", rel, err)
			continue
		}
		for _, l := range h.h.Layouts {
			layouts[strings.Join(l.Columns, "|")] = true
		}
		if rows > had {
			files++
		}
		if unmatched != unmatchedRows[filepath.ToSlash(rel)] {
			t.Errorf("%s: %d rows fit no allele, want %d", rel, unmatched, unmatchedRows[filepath.ToSlash(rel)])
		}
	}
	t.Logf("%d files with rows, %d layouts, %d rows compared", files, len(layouts), rows)
	if len(layouts) < 20 || rows < 50_000 {
		t.Errorf("%d layouts and %d rows, want at least 20 and 50,000", len(layouts), rows)
	}
}

// compareRows holds the consequences of a record against its rows as they stand.
func compareRows(t *testing.T, file string, r *Record) (n int) {
	t.Helper()
	for _, l := range r.src.header.Layouts {
		text, _ := r.Info(l.Field)
		entries := strings.Split(text, ",")
		cols := columnsOf(r.src.header.Infos[l.Field].Description)
		if l.Source == "BCSQ" {
			cols = nil
		}
		for _, v := range r.Variants() {
			for _, c := range v.Consequences {
				if c.Source != l.Source || cols == nil {
					continue
				}
				n++
				if d := rowDifference(c, plainRow(cols, entries[c.Row])); d != "" {
					t.Errorf("%s, %s:%d, row %d: %s", file, r.Contig, r.Pos, c.Row, d)
				}
			}
		}
	}
	return n
}

func rowDifference(c review.Consequence, want map[string]string) string {
	terms := func(s string) string { return strings.ReplaceAll(s, ",", "&") }
	for _, f := range []struct{ name, got, want string }{
		{"Consequence", strings.Join(c.Terms, "&"), terms(want["Consequence"] + want["Annotation"])},
		{"IMPACT", c.Impact, want["IMPACT"] + want["Annotation_Impact"]},
		{"HGVSc", c.HGVSc, want["HGVSc"] + want["HGVS.c"]},
		{"HGVSp", c.HGVSp, want["HGVSp"] + want["HGVS.p"]},
		{"Amino_acids", c.AminoAcids, want["Amino_acids"]},
		{"BIOTYPE", c.Biotype, want["BIOTYPE"] + want["Transcript_BioType"]},
	} {
		if f.got != f.want {
			return f.name + " " + f.got + ", the row has " + f.want
		}
	}
	feature := want["Feature"] + want["Feature_ID"]
	if c.Transcript != "" && !strings.HasPrefix(c.Transcript, feature) {
		return "transcript " + c.Transcript + ", the row has " + feature
	}
	return ""
}
