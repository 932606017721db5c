package vcf

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"garrod/review"
)

// vcfFiles lists the VCFs below dirs, compressed or not.
func vcfFiles(t testing.TB, root string, dirs ...string) []string {
	t.Helper()
	var files []string
	for _, d := range dirs {
		err := filepath.WalkDir(filepath.Join(root, d), func(p string, e fs.DirEntry, err error) error {
			name := strings.ToLower(e.Name())
			if err == nil && !e.IsDir() && strings.Contains(name, "vcf") && !strings.HasSuffix(name, ".tbi") && !strings.HasSuffix(name, ".csi") {
				files = append(files, p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// family counts what Check made of one collection.
type family struct{ files, opened, refused, passed, welcome, failed, noticed int }

// Every file of the conformance collections, annotated ones and those of real
// callers: no panic, no hang, a report or an InputError. What a collection calls
// passed is opened, each of its records read; what it calls failed is refused or
// told of, with the line. The folder is the truth.
func TestConformance(t *testing.T) {
	root := shared(t)
	families := map[string]*family{}
	var all family
	for _, path := range vcfFiles(t, root, "conformance", "annotated_vcf", "callers_real_vcf", "population_clinical_db") {
		rel, _ := filepath.Rel(root, path)
		parts := strings.Split(filepath.ToSlash(rel), "/")
		name := strings.Join(parts[:min(2, len(parts)-1)], "/")
		f := families[name]
		if f == nil {
			f = &family{}
			families[name] = f
		}
		f.check(t, path, rel)
	}
	names := slices.Sorted(maps.Keys(families))
	for _, n := range names {
		f := families[n]
		t.Logf("%-34s %4d files, %4d opened, %3d refused; passed %d of %d, failed and told of %d of %d",
			n, f.files, f.opened, f.refused, f.welcome, f.passed, f.noticed, f.failed)
		all.files, all.passed, all.welcome, all.failed, all.noticed = all.files+f.files, all.passed+f.passed, all.welcome+f.welcome, all.failed+f.failed, all.noticed+f.noticed
	}
	t.Logf("all: %d files; passed %d of %d, failed and told of %d of %d", all.files, all.welcome, all.passed, all.noticed, all.failed)
	if all.passed < 60 || all.failed < 500 {
		t.Errorf("%d passed and %d failed files, want at least 60 and 500", all.passed, all.failed)
	}
}

func (f *family) check(t *testing.T, path, rel string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	rep, err := Check(ctx, path, nil)
	f.files++
	if err != nil {
		if _, ok := errors.AsType[*review.InputError](err); !ok {
			t.Errorf("%s: %v is no InputError", rel, err)
		}
		f.refused++
	}
	if rep.Opened {
		f.opened++
	}
	switch in := "/" + filepath.ToSlash(rel); {
	case strings.Contains(in, "/failed/"):
		f.failed++
		if err != nil || rep.Bad > 0 || located(rep) > 0 {
			f.noticed++
		} else {
			t.Errorf("%s: nothing is told of it", rel)
		}
	case strings.Contains(in, "/passed/"):
		f.passed++
		if err == nil && rep.Bad == 0 {
			f.welcome++
		} else {
			t.Errorf("%s: %v, %d bad records: %s", rel, err, rep.Bad, firstBad(rep))
		}
	}
}

// located counts warnings with a line, besides those of contigs that are not
// declared, which the specification allows.
func located(r Report) (n int) {
	for _, w := range r.Warnings {
		if w.Line > 0 && !strings.HasPrefix(w.Message, "the header does not declare the contig") {
			n++
		}
	}
	return n
}

func firstBad(r Report) string {
	for _, w := range r.Warnings {
		if strings.HasPrefix(w.Message, "the record cannot") {
			return w.Field + " " + w.Message
		}
	}
	return ""
}

// The cause that a failed file names in its header is what Check tells of it, for
// the causes whose words say which field they are about.
func TestConformanceNamesTheCause(t *testing.T) {
	root := shared(t)
	known := map[string]string{ // part of the cause: field or part of the message
		"contig ID contains": "contig", "Description must be surrounded": "quotation marks", "Incorrect order of": "another order",
		"Incorrect order of META": "begin with its ID", "Non-valid URL": "URL", "no newline": "line feed", "duplicated variant": "two records",
		"triplicated variant": "two records", "non-sorted": "not sorted", "non-contiguous": "two places", "REF ": "REF", "QUAL ": "QUAL",
		"Position is not": "POS", "cardinality in PL": "PL", "SAMPLE ID": "SAMPLE", "SVCLAIM": "SVCLAIM", "CNV:TR must": "RUS",
		"PSL": "PSL", "PSQ to be": "PSQ", "CICN": "CICN", "SVLEN not present": "SVLEN", "SVLEN must be same": "CN", "predefined tag GT": "GT",
		"Genomes field missing": "Genomes", "META Values": "square brackets", "without quotation mark": "quotation mark", "FORMAT first field": "GT",
		"non-escaped quotes": "quotation mark", "differs": "differs",
	}
	told, asked := 0, 0
	for _, path := range vcfFiles(t, root, "conformance/ebi_vcf_validator", "conformance/hts-specs_vcf") {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, cause, _ := strings.Cut(string(b), "##CauseOfFailure=")
		cause, _, _ = strings.Cut(cause, "\n")
		want, longest := "", ""
		for part, word := range known {
			if strings.Contains(cause, part) && len(part) > len(longest) {
				want, longest = word, part
			}
		}
		if cause == "" || want == "" {
			continue
		}
		asked++
		rep, err := Check(t.Context(), path, nil)
		text := fmt.Sprint(err)
		for _, w := range rep.Warnings {
			text += "\n" + w.Field + " " + w.Message
		}
		if strings.Contains(text, want) {
			told++
		} else {
			rel, _ := filepath.Rel(root, path)
			t.Errorf("%s: cause %q, told\n%s", rel, cause, text)
		}
	}
	t.Logf("%d of %d causes named", told, asked)
}

func TestCheckTakesPlainTextAndListsFaults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.vcf")
	write(t, path, header38()+
		rec("chr1 100 . A G 5 PASS DP=3 GT:AD:DP:GQ 0/1:1,2:3:9 0/0:3,0:3:9 0/0:3,0:3:9")+
		rec("chr1 oops . A G 5 PASS . GT 0/1 0/0 0/0")+
		rec("chr1 90 . A A,A -1 q10 NEW=1;NEW=2 GT:AD 0/1:1 0/0:. 0/0:.")+
		rec("chr1 100 . A G 5 PASS . GT 0/1"))
	rep, err := Check(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !rep.Opened || rep.Records != 2 || rep.Bad != 2 {
		t.Errorf("opened %t, %d records, %d bad; want true, 2, 2", rep.Opened, rep.Records, rep.Bad)
	}
	for _, want := range []struct {
		line            int
		field, contains string
	}{
		{12, "POS", "not a whole number"},
		{13, "POS", "not sorted"},
		{13, "ALT", "twice"},
		{13, "ALT", "same as REF"},
		{13, "QUAL", "negative"},
		{13, "FILTER", "q10"},
		{13, "NEW", "twice"},
		{13, "NEW", "not declare"},
		{13, "AD", "Number"},
		{14, "columns", "10 columns"},
		{11, "DP", "not declare"},
	} {
		found := false
		for _, w := range rep.Warnings {
			found = found || w.Line == want.line && w.Field == want.field && strings.Contains(w.Message, want.contains)
		}
		if !found {
			t.Errorf("no warning at line %d of %s with %q; have %+v", want.line, want.field, want.contains, rep.Warnings)
		}
	}
}

func TestCheckRefusesWhatIsNoVCF(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"empty.vcf": "", "text.vcf": "hello\nworld\n", "header.vcf": "##fileformat=VCFv4.2\n",
		"short.vcf": "##fileformat=VCFv4.2\n#CHROM\tPOS\n", "binary.vcf": "\x00\x01\x02",
	} {
		path := filepath.Join(dir, name)
		write(t, path, content)
		rep, err := Check(t.Context(), path, nil)
		if _, ok := errors.AsType[*review.InputError](err); !ok || rep.Opened {
			t.Errorf("%s: opened %t, %v; want an InputError", name, rep.Opened, err)
		}
	}
	_, err := Check(t.Context(), filepath.Join(dir, "none.vcf"), nil)
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}
