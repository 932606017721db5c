package vcf

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"garrod/review"
)

// vcfFiles lists the VCFs below dirs, compressed or not.
func vcfFiles(t *testing.T, root string, dirs ...string) []string {
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

// Every file of the conformance collections, annotated ones and those of real
// callers: no panic, no hang, a report or an InputError. What the collections
// call failed should be noticed; how many are is told, not demanded.
func TestCheckSurvivesEveryFile(t *testing.T) {
	root := shared(t)
	opened, refused, silent, failed := 0, 0, 0, 0
	falseAlarm, alarms := 0, 0
	for _, path := range vcfFiles(t, root, "conformance", "annotated_vcf", "callers_real_vcf") {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		rep, err := Check(ctx, path, nil)
		cancel()
		rel, _ := filepath.Rel(root, path)
		if err != nil {
			if _, ok := errors.AsType[*review.InputError](err); !ok {
				t.Errorf("%s: %v is no InputError", rel, err)
			}
			refused++
		}
		if rep.Opened {
			opened++
		}
		noticed := err != nil || rep.Bad > 0 || faults(rep) > 0
		switch {
		case strings.Contains(rel, "failed"):
			if failed++; !noticed {
				silent++
				t.Logf("silent: %s", rel)
			}
		case strings.Contains(rel, "passed") && (err != nil || rep.Bad > 0):
			falseAlarm++
			t.Logf("passed file: %s: %v, %d bad %v", rel, err, rep.Bad, firstBad(rep))
		case strings.Contains(rel, "passed") && noticed:
			alarms++
		}
	}
	t.Logf("%d opened, %d refused; of %d failed files %d passed unnoticed; of the passed files %d refused or with bad records, %d more warned of",
		opened, refused, failed, silent, falseAlarm, alarms)
	if opened < 1000 {
		t.Errorf("%d files opened, want most of them", opened)
	}
}

// faults counts warnings besides those of contigs that are not declared, which
// the specification allows.
func faults(r Report) (n int) {
	for _, w := range r.Warnings {
		if w.Message != "the header declares no contigs" && !strings.HasPrefix(w.Message, "the header does not declare the contig") {
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
