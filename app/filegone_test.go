package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"garrod/assets/demo"
	"garrod/review"
	"garrod/review/reviewtest/made/large"
	"garrod/ui/state"
)

// moved is a laboratory whose one case lies in a folder of its own, so that its
// VCF can be taken away.
type moved struct {
	*bench
	dir string
}

const movedID = "MOVED-1"

func newMoved(t *testing.T) moved {
	t.Helper()
	m := moved{newBench(t), t.TempDir()}
	m.copyTo(t, m.dir)
	must(t, nil, m.add(movedID, filepath.Join(m.dir, demo.VCF), demoFile(t, demo.PED))...)
	return m
}

func (m moved) copyTo(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{demo.VCF, demo.VCF + ".tbi"} {
		data, err := os.ReadFile(demoFile(t, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), data)
	}
}

func (m moved) ask(words ...string) []string {
	return append(append([]string{words[0]}, words[1:]...), "--lab", m.lab, "--case", movedID)
}

// TestCaseStaysUsableWithoutItsFile goes the whole road from an accepted
// criterion to the signed report after the VCF has vanished.
func TestCaseStaysUsableWithoutItsFile(t *testing.T) {
	t.Parallel()
	m := newMoved(t)
	variant := []string{"--variant", tcf4}
	must(t, nil, append(m.ask("evidence", "accept"), append(variant, "--code", "PM2")...)...)
	if err := os.Rename(m.dir, m.dir+"-elsewhere"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(m.dir + "-elsewhere") })
	gone := input(failure{Code: "file_missing", File: demo.VCF, Remedy: "stays usable"})
	m.mark(t)
	m.refused(t, gone, m.ask("worklist")...)
	m.refused(t, gone, append(m.ask("worklist"), "--explain", tcf4)...)
	m.refused(t, gone, m.ask("case", "scan")...)
	m.refused(t, gone, append(m.ask("evidence", "accept"), "--variant", "12-102852876-G-A", "--code", "PM2")...)

	must(t, nil, m.ask("case", "show")...)
	must(t, nil, append(m.ask("evidence", "add"), append(variant, "--code", "PVS1", "--reason", "stop codon, not in the last exon")...)...)
	must(t, nil, append(m.ask("evidence", "add"), append(variant, "--code", "PM6", "--reason", "neither parent has it")...)...)
	must(t, nil, append(m.ask("review", "finish"), variant...)...)
	for _, role := range []string{"scientist", "authoriser"} {
		p12 := filepath.Join(m.lab, identityDir, "demo."+role+".p12")
		must(t, nil, append(m.ask("signoff"), "--role", role, "--identity", p12, "--passphrase-file", p12+".passphrase.txt")...)
	}
	pdf := filepath.Join(t.TempDir(), "report.pdf")
	must(t, nil, append(m.ask("report"), "--out", pdf)...)
	r := garrod(t, "verify", pdf, "--trust", filepath.Join(m.lab, identityDir, caName), "--replay")
	if r.code != exitDone {
		t.Errorf("verify: exit %d\n%s", r.code, r.err)
	}
}

// TestRelink moves a VCF, and says where it lies now.
func TestRelink(t *testing.T) {
	t.Parallel()
	m := newMoved(t)
	var before worklistDoc
	must(t, &before, m.ask("worklist")...)
	other := t.TempDir()
	m.copyTo(t, other)
	if err := os.RemoveAll(m.dir); err != nil {
		t.Fatal(err)
	}
	m.mark(t)
	changed := filepath.Join(t.TempDir(), "other.vcf.gz")
	data, err := os.ReadFile(filepath.Join(other, demo.VCF))
	if err != nil {
		t.Fatal(err)
	}
	data[4] ^= 1
	write(t, changed, data)
	m.refused(t, input(failure{Code: "other_file", File: "other.vcf.gz", Remedy: "add a new case"}), append(m.ask("case", "relink"), "--vcf", changed)...)
	m.refused(t, input(failure{Code: "unreadable", Remedy: "--vcf"}), append(m.ask("case", "relink"), "--vcf", filepath.Join(other, "none.vcf.gz"))...)

	var out relinked
	must(t, &out, append(m.ask("case", "relink"), "--vcf", filepath.Join(other, demo.VCF))...)
	if out.VCF != filepath.Join(other, demo.VCF) || out.Case != movedID || out.Revision < 2 || out.AuditSeq == 0 || out.Voided {
		t.Errorf("relinked: %+v", out)
	}
	var after worklistDoc
	must(t, &after, m.ask("worklist")...)
	if len(after.Variants) == 0 || len(after.Variants) != len(before.Variants) {
		t.Errorf("%d variants after the move, %d before", len(after.Variants), len(before.Variants))
	}
	if r := garrod(t, "audit", "show", "--lab", m.lab, "--json"); !strings.Contains(r.out, "case.relink") {
		t.Error("the move is not in the audit trail")
	}
}

func TestScanCommand(t *testing.T) {
	t.Parallel()
	m := newMoved(t)
	var s scanned
	must(t, &s, m.ask("case", "scan")...)
	var sum int64
	for _, c := range s.Contigs {
		if c.Index == nil || *c.Index != c.Records {
			t.Errorf("contig %s: %d records, index %v", c.Contig, c.Records, c.Index)
		}
		sum += c.Records
	}
	if s.Records != 2948 || sum != s.Records || s.Alleles < 3000 || s.IndexMatches == nil || !*s.IndexMatches || len(s.SHA256) != 64 {
		t.Errorf("scanned: %+v", s)
	}
}

// TestFileChangesWhileItIsOpen changes the VCF between the columns and the
// records, as happens on a network share.
func TestFileChangesWhileItIsOpen(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(path string) error
		code   string
	}{
		{"cut", func(p string) error { return os.Truncate(p, 60_000) }, codeFileChanged},
		{"emptied", func(p string) error { return os.Truncate(p, 0) }, codeFileChanged},
		{"vanished", os.Remove, codeFileMissing},
		{"index vanished", func(p string) error { return os.Remove(p + ".tbi") }, codeFileMissing},
		{"replaced", func(p string) error {
			other, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			for i := 100_000; i < len(other)-100; i += 1000 {
				other[i] ^= 1
			}
			return os.WriteFile(p, other, 0o600)
		}, codeFileChanged},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newMoved(t)
			path := filepath.Join(m.dir, demo.VCF)
			p := program{labDir: m.lab, clock: systemClock}
			l, err := p.openLab(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			c, err := l.Case(t.Context(), movedID)
			if err != nil {
				t.Fatal(err)
			}
			src, at, err := l.source(t.Context(), c, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := tt.change(path); err != nil {
				t.Fatal(err)
			}
			file, _ := c.VCF()
			rows := make([]int, src.Summary().Len())
			for i := range rows {
				rows[i] = i
			}
			err = judge(c.ID, file, at, src.Fetch(t.Context(), rows, func(int, *review.Variant) error { return nil }))
			if tt.name == "index vanished" && err == nil {
				// The index was read when the file was opened; the next question notices.
				_, _, err = l.source(t.Context(), c, nil)
			}
			e, ok := errors.AsType[*review.InputError](err)
			if !ok || e.Code != tt.code || !strings.Contains(e.Remedy, "stays usable") {
				t.Errorf("got %v, want %s with what still works", err, tt.code)
			}
		})
	}
}

// TestFileChangesWhileItIsScanned cuts a large file while it is being read.
func TestFileChangesWhileItIsScanned(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"bgzip", "tabix"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(program + " is not there")
		}
	}
	path := filepath.Join(t.TempDir(), "trio.vcf.gz")
	f := large.File{Kind: large.Trio, Records: 100_000, Seed: 1, Sex: review.Male}
	if err := f.Save(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	dir := newLab(t)
	p := program{labDir: dir, clock: systemClock}
	l, err := p.openLab(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var m review.Meter
	cut := make(chan error, 1)
	go func() {
		for m.Done() == 0 {
			time.Sleep(time.Millisecond)
		}
		cut <- os.Truncate(path, m.Total()-1000)
	}()
	_, err = l.Intake(t.Context(), state.NewCase{ID: "CUT-1", VCF: path, Proband: "proband", Sex: review.Male}, &m)
	if cutErr := <-cut; cutErr != nil {
		t.Fatal(cutErr)
	}
	e, ok := errors.AsType[*review.InputError](err)
	if !ok || e.Code != codeFileChanged || !strings.Contains(e.Remedy, "written completely") {
		t.Errorf("got %v, want %s", err, codeFileChanged)
	}
}
