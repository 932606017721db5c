package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"garrod/assets/demo"
	"garrod/review"
	"garrod/review/reviewtest/made"

	"github.com/google/go-cmp/cmp"
)

// secretPatient is the patient of the good case; nothing of it may be printed by
// any command that fails.
const secretPatient = `{"surname": "Quenneville", "forename": "Isaline", "dob": "2019-07-31",
"identifiers": [{"type": "nhs", "value": "9990004218"}, {"type": "hospital", "value": "QH-77120"}],
"specimen": {"lab_number": "SP-4471"}, "consent": {"status": "given"}}`

var secrets = []string{"quenneville", "isaline", "2019-07-31", "9990004218", "qh-77120", "sp-4471"}

// Keys of the demonstration case: the diagnosis, and one more of its list.
const (
	tcf4   = "18-55257375-C-T"
	slc6a8 = "X-153694381-C-T"
)

// bench is a laboratory with one good case, GOOD-1, of the demonstration's
// files.
type bench struct {
	lab, patient string
	before       string // dump of the laboratory
}

// demoFile is the path of a file of the demonstration case.
func demoFile(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "assets", "demo", name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// goodLab is a laboratory that is made once and copied for each bench: its
// files by name.
var goodLab struct {
	once  sync.Once
	files map[string][]byte
}

func newBench(t *testing.T) *bench {
	t.Helper()
	goodLab.once.Do(func() {
		b := &bench{lab: newLab(t), patient: writeText(t, "patient.json", secretPatient)}
		must(t, nil, b.add("GOOD-1", demoFile(t, demo.VCF), demoFile(t, demo.PED))...)
		goodLab.files = readFolder(t, b.lab)
	})
	if goodLab.files == nil {
		t.Fatal("the good laboratory could not be made")
	}
	b := &bench{lab: filepath.Join(t.TempDir(), "lab"), patient: writeText(t, "patient.json", secretPatient)}
	for name, data := range goodLab.files {
		path := filepath.Join(b.lab, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.mark(t)
	return b
}

// readFolder reads the files below dir.
func readFolder(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		out[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// add is the command line that adds a case.
func (b *bench) add(id, vcf, ped string, more ...string) []string {
	args := []string{
		"case", "add", "--lab", b.lab, "--id", id, "--vcf", vcf, "--ped", ped, "--proband", demo.Proband,
		"--panel", filepath.Join("..", "assets", "demo", demo.Panel), "--patient", b.patient,
	}
	return append(args, more...)
}

// on is a command line about the good case.
func (b *bench) on(args ...string) []string { return append(args, "--lab", b.lab, "--case", "GOOD-1") }

// mark notes what the laboratory holds.
func (b *bench) mark(t *testing.T) {
	t.Helper()
	b.before = dumpLab(t, b.lab)
}

// dumpLab writes everything that a laboratory holds, but for audit events of
// attempts.
func dumpLab(t *testing.T, dir string) string {
	t.Helper()
	var held []any
	p := program{labDir: dir, clock: review.ClockFunc(time.Now)}
	err := p.withLab(t.Context(), func(l *lab) error {
		return l.view(t.Context(), func(tx review.Tx) error {
			users, err1 := tx.Users()
			rules, err2 := tx.RuleSets()
			filters, err3 := tx.Filters()
			cases, err4 := tx.Cases()
			events, err5 := tx.Events(1)
			events = slices.DeleteFunc(events, func(e review.Event) bool { return strings.Contains(e.Action, "attempt") })
			held = append(held, users, rules, filters, cases, events)
			err := errors.Join(err1, err2, err3, err4, err5)
			for _, c := range cases {
				found, err1 := tx.FindCase(c.ID)
				assessments, err2 := tx.Assessments(c.ID)
				reports, err3 := tx.Reports(c.ID)
				held = append(held, found, assessments, reports)
				err = errors.Join(err, err1, err2, err3)
			}
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(held, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// want is how a command must fail. Zero fields of at are not looked at, but for
// line and record, which must be told exactly.
type want struct {
	exit   int
	at     failure // Code, File (base name), Line, Record, Field; What and Remedy: a part of it
	anyway bool    // the laboratory may have changed
}

// refused runs a command that must fail as wanted and change nothing.
func (b *bench) refused(t *testing.T, w want, args ...string) {
	t.Helper()
	r := garrod(t, append(args, "--json")...)
	if r.code != w.exit {
		t.Fatalf("garrod %s: exit %d, want %d\n%s%s", strings.Join(args[:2], " "), r.code, w.exit, r.out, r.err)
	}
	var doc struct{ Error failure }
	if err := json.Unmarshal([]byte(r.out), &doc); err != nil {
		t.Fatalf("%v in %q", err, r.out)
	}
	got := doc.Error
	if kind := map[int]string{exitInput: "input", exitRefused: "policy"}[w.exit]; got.Kind != kind {
		t.Errorf("kind %q, want %q", got.Kind, kind)
	}
	if got.Code != w.at.Code || w.at.File != "" && filepath.Base(got.File) != w.at.File || got.Line != w.at.Line ||
		got.Record != w.at.Record || w.at.Field != "" && got.Field != w.at.Field {
		t.Errorf("got %+v\nwant code %s, file %s, line %d, record %d, field %s", got, w.at.Code, w.at.File, w.at.Line, w.at.Record, w.at.Field)
	}
	if got.What == "" || !strings.Contains(got.What, w.at.What) {
		t.Errorf("what %q, want %q in it", got.What, w.at.What)
	}
	if got.Remedy == "" || !strings.Contains(got.Remedy, w.at.Remedy) {
		t.Errorf("remedy %q, want %q in it", got.Remedy, w.at.Remedy)
	}
	for _, s := range secrets {
		if strings.Contains(strings.ToLower(r.out+r.err), s) {
			t.Errorf("the message holds the patient's %q:\n%s%s", s, r.out, r.err)
		}
	}
	if d := cmp.Diff(b.before, dumpLab(t, b.lab)); d != "" && !w.anyway {
		t.Errorf("the laboratory changed (-before +after):\n%s", d)
	}
}

func input(at failure) want  { return want{exit: exitInput, at: at} }
func policy(at failure) want { return want{exit: exitRefused, at: at} }

// badFiles says how each broken input of package made is refused.
var badFiles = map[string]failure{
	"plain_gzip":               {Code: "bgzf_not", File: "plain_gzip.vcf.gz", Remedy: `"bgzip"`},
	"plain_text":               {Code: "bgzf_not", File: "plain_text.vcf.gz", Remedy: `"bgzip"`},
	"truncated_in_block":       {Code: "bgzf_truncated", File: "truncated_in_block.vcf.gz", What: "at byte 157318", Remedy: "Copy the file again"},
	"truncated_between_blocks": {Code: "bgzf_eof_missing", File: "truncated_between_blocks.vcf.gz", What: "at byte 157318", Remedy: "Copy the file again"},
	"end_block_missing":        {Code: "bgzf_eof_missing", File: "end_block_missing.vcf.gz", What: "at byte 305803", Remedy: "Copy the file again"},
	"flipped_byte":             {Code: "bgzf_corrupt", File: "flipped_byte.vcf.gz", What: "block at byte 157318", Remedy: "Copy the file again"},
	"index_missing":            {Code: "index_missing", File: "index_missing.vcf.gz", Remedy: "tabix -p vcf "},
	"index_of_another_file":    {Code: "index_matches", File: "index_of_another_file.vcf.gz", Field: "index_of_another_file.vcf.gz.tbi", Remedy: "tabix -f -p vcf "},
	"empty":                    {Code: "vcf_empty", File: "empty.vcf.gz", What: "no record"},
	"no_column_line":           {Code: "header_broken", File: "no_column_line.vcf.gz", Line: 45, Field: "#CHROM"},
	"text_in_pos":              {Code: "record_broken", File: "text_in_pos.vcf.gz", Line: 1545, Record: 1500, Field: "POS", Remedy: "Correct the record"},
	"missing_column":           {Code: "column_count", File: "missing_column.vcf.gz", Line: 1545, Record: 1500, Field: "columns", What: "11 columns"},
	"grch37_contigs":           {Code: "assembly", File: "grch37_contigs.vcf.gz", Field: "contig", What: "GRCh37", Remedy: "--assembly"},
	"ped_unknown_parent":       {Code: "ped_unknown_parent", File: "unknown_parent.ped", Line: 1, Field: "father", What: "DEMO-X", Remedy: "Add a line"},
	"ped_cycle":                {Code: "ped_cycle", File: "cycle.ped", Line: 1, Field: "individual", Remedy: "Correct the father and mother"},
	"ped_other_samples":        {Code: "pedigree", File: "other_samples.ped", Field: "pedigree", What: "proband is not in the pedigree"},
	"ped_missing_column":       {Code: "ped_columns", File: "missing_column.ped", Line: 2, What: "5 columns"},
}

func TestBadFilesAreRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	seen := 0
	for _, bad := range made.BadInputs(demoFile(t, demo.VCF)) {
		t.Run(bad.Name, func(t *testing.T) {
			at, ok := badFiles[bad.Name]
			if !ok {
				t.Fatalf("nothing says how %q is to be refused", bad.What)
			}
			seen++
			in, err := bad.Build(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if in.PED == "" {
				in.PED = demoFile(t, demo.PED)
			}
			b.refused(t, input(at), b.add("BAD-1", in.VCF, in.PED, "--assembly", "GRCh38")...)
		})
	}
	if seen != len(badFiles) {
		t.Errorf("%d of %d broken inputs were tried", seen, len(badFiles))
	}
}

func TestBadRequestsAreRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	vcf, ped := demoFile(t, demo.VCF), demoFile(t, demo.PED)
	patient := func(name, old, new string) []string {
		return b.add("BAD-1", vcf, ped, "--patient", writeText(t, name, strings.Replace(secretPatient, old, new, 1)))
	}
	damaged := writeText(t, "cut.json", secretPatient[:60])
	for name, c := range map[string]struct {
		at   failure
		args []string
	}{
		"no such sample":         {failure{Code: "samples", File: demo.VCF, Field: "proband", What: "DEMO-Q", Remedy: "DEMO-P, DEMO-M, DEMO-F"}, b.add("BAD-1", vcf, ped, "--proband", "DEMO-Q")},
		"assembly mismatch":      {failure{Code: "assembly", File: demo.VCF, Field: "contig", What: "says GRCh37, the file says GRCh38"}, b.add("BAD-1", vcf, ped, "--assembly", "GRCh37")},
		"sex mismatch":           {failure{Code: "sex", File: demo.PED, Field: "sex", What: "female"}, b.add("BAD-1", vcf, ped, "--sex", "female")},
		"no such file":           {failure{Code: "file_unreadable", File: "nowhere.vcf.gz", Remedy: "Check the path"}, b.add("BAD-1", demoFile(t, "nowhere.vcf.gz"), ped)},
		"no such pedigree":       {failure{Code: "unreadable", File: "nowhere.ped", Remedy: "--ped"}, b.add("BAD-1", vcf, demoFile(t, "nowhere.ped"))},
		"panel is a VCF":         {failure{Code: "panel", File: demo.VCF, Line: 1}, b.add("BAD-1", vcf, ped, "--panel", vcf)},
		"patient file cut off":   {failure{Code: "patient_file", File: "cut.json", What: "it ends too early"}, b.add("BAD-1", vcf, ped, "--patient", damaged)},
		"date of birth a number": {failure{Code: "patient_file", File: "number.json", What: "dob must be a string"}, patient("number.json", `"2019-07-31"`, "20190731")},
		"wrong check digit":      {failure{Code: "patient", Field: "identifiers", What: "check digit"}, patient("digit.json", "9990004218", "9990004281")},
		"no date of birth":       {failure{Code: "patient", Field: "dob", Remedy: "YYYY-MM-DD"}, patient("dob.json", "2019-07-31", "31/07/2019")},
		"unknown field":          {failure{Code: "patient_file", File: "field.json", What: `unknown field "born"`}, patient("field.json", `"dob"`, `"born"`)},
		"patient of another sex": {failure{Code: "sex", Field: "sex", What: "different sexes"}, append(patient("sex.json", `"dob"`, `"sex": "female", "dob"`), "--sex", "male")},
		"no HPO term":            {failure{Code: "hpo", Field: "--hpo", What: "HP:1263"}, b.add("BAD-1", vcf, ped, "--hpo", "HP:0001252,HP:1263")},
		"case identifier twice":  {failure{Code: "case_exists", Field: "--id", What: "GOOD-1", Remedy: "another identifier"}, b.add("GOOD-1", vcf, ped)},
		"name as identifier":     {failure{Code: "case_id", Field: "--id", Remedy: "never a patient's name"}, b.add("Quenneville, Isaline", vcf, ped)},
		"unknown case":           {failure{Code: "no_such_case", What: "NONE-1", Remedy: "garrod case list"}, []string{"worklist", "--lab", b.lab, "--case", "NONE-1"}},
		"unknown case, evidence": {failure{Code: "no_such_case", What: "NONE-1"}, []string{"evidence", "accept", "--lab", b.lab, "--case", "NONE-1", "--variant", tcf4, "--code", "PM2"}},
		"unknown case, report":   {failure{Code: "no_such_case", What: "NONE-1"}, []string{"report", "--lab", b.lab, "--case", "NONE-1", "--out", filepath.Join(t.TempDir(), "x.pdf")}},
		"unknown filter":         {failure{Code: "filter_file", File: "narrow", Remedy: "garrod filter list"}, b.on("worklist", "--filter", "narrow")},
		"no variant key":         {failure{Code: "variant_key", Field: "--variant", What: "CHROM-POS-REF-ALT"}, b.on("evidence", "accept", "--variant", "TCF4", "--code", "PM2")},
		"variant not in file":    {failure{Code: "no_such_variant", What: "18-55257375-C-G", Remedy: "--explain"}, b.on("evidence", "accept", "--variant", "18-55257375-C-G", "--code", "PM2")},
		"explain no key":         {failure{Code: "key_invalid", Field: "key"}, b.on("worklist", "--explain", "TCF4")},
		"unknown criterion":      {failure{Code: "unknown_code", Field: "--code", What: "PM9"}, b.on("evidence", "accept", "--variant", tcf4, "--code", "PM9")},
		"unknown strength":       {failure{Code: "unknown_code", Field: "--code", What: "PM2_Huge"}, b.on("evidence", "accept", "--variant", tcf4, "--code", "PM2_Huge")},
	} {
		t.Run(name, func(t *testing.T) {
			b.refused(t, input(c.at), c.args...)
		})
	}
}

// reviewed takes the good case's two findings to a finished review.
func (b *bench) reviewed(t *testing.T) {
	t.Helper()
	must(t, nil, b.on("evidence", "accept", "--variant", tcf4, "--code", "PM2")...)
	must(t, nil, b.on("evidence", "add", "--variant", tcf4, "--code", "PVS1", "--reason", "Nonsense variant; loss of function is the mechanism.")...)
	must(t, nil, b.on("review", "finish", "--variant", tcf4)...)
	b.mark(t)
}

// TestOutputFolderNotWritable writes to places that no permission of root's
// opens either.
func TestOutputFolderNotWritable(t *testing.T) {
	b := newBench(t)
	b.reviewed(t)
	for _, role := range []string{"scientist", "authoriser"} {
		if r := signAs(t, b.lab, "GOOD-1", role); r.code != 0 {
			t.Fatalf("signoff: exit %d %s", r.code, r.err)
		}
	}
	b.mark(t)
	file := writeText(t, "file", "not a folder")
	dir := filepath.Dir(file)
	before := folder(t, dir)
	for name, out := range map[string]string{
		"below a file":   filepath.Join(file, "report.pdf"),
		"missing folder": filepath.Join(dir, "nowhere", "report.pdf"),
		"a folder":       dir,
	} {
		for _, more := range [][]string{nil, {"--draft"}} {
			t.Run(fmt.Sprint(name, more), func(t *testing.T) {
				at := failure{Code: "output_not_writable", File: filepath.Base(out), Remedy: "Choose a folder"}
				b.refused(t, input(at), b.on(append([]string{"report", "--out", out}, more...)...)...)
			})
		}
	}
	for _, args := range [][]string{{"lab", "init", "--demonstration", filepath.Join(file, "lab")}, {"demo", "--out", filepath.Join(file, "out")}} {
		b.refused(t, input(failure{Code: "folder_not_writable", Remedy: "Choose a folder"}), args...)
	}
	if d := cmp.Diff(before, folder(t, dir)); d != "" {
		t.Errorf("something was left behind (-before +after):\n%s", d)
	}
	must(t, nil, b.on("report", "--out", filepath.Join(dir, "report.pdf"))...)
}

// TestFileChangedAfterAdding changes the VCF and its index under a case, to the
// size they had.
func TestFileChangedAfterAdding(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	dir := t.TempDir()
	held := map[string][]byte{}
	for _, name := range []string{demo.VCF, demo.VCF + ".tbi"} {
		data, err := os.ReadFile(demoFile(t, name))
		if err != nil {
			t.Fatal(err)
		}
		held[name] = data
		write(t, filepath.Join(dir, name), data)
	}
	must(t, nil, b.add("MOVED-1", filepath.Join(dir, demo.VCF), demoFile(t, demo.PED))...)
	ask := []string{"worklist", "--lab", b.lab, "--case", "MOVED-1"}
	must(t, nil, ask...) // leaves an event of the filter in use, once
	b.mark(t)
	for name, data := range held {
		at := input(failure{Code: "file_changed", File: name, Remedy: "Put the file back"})
		other := bytes.Clone(data)
		other[len(other)/2] ^= 1
		write(t, filepath.Join(dir, name), other)
		b.refused(t, at, ask...)
		b.refused(t, at, "evidence", "accept", "--lab", b.lab, "--case", "MOVED-1", "--variant", tcf4, "--code", "PM2")
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		b.refused(t, input(failure{Code: "file_missing", File: name, Remedy: "case relink --case MOVED-1"}), ask...)
		write(t, filepath.Join(dir, name), data)
		must(t, nil, ask...)
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
