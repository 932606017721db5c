package pdf

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"garrod/assets/fonts"
	"garrod/reports"
	"garrod/reports/object"
)

// documents are the goldens of package reports.
func documents(t testing.TB) map[string]reports.Document {
	t.Helper()
	files, err := filepath.Glob("../testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents in ../testdata: %v", err)
	}
	out := map[string]reports.Document{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var d reports.Document
		if err := json.Unmarshal(b, &d); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		out[strings.TrimSuffix(filepath.Base(f), ".json")] = d
	}
	return out
}

var proof = []byte(`{"schema":1}`)

func render(t testing.TB, d reports.Document) []byte {
	t.Helper()
	b, err := Render(d, Options{Proof: proof})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// tool runs a program on the file and returns what it prints, or skips.
func tool(t *testing.T, pdf []byte, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed", name)
	}
	file := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "FILE", file)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// words puts text on one line, as extraction breaks lines where the page does.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestEveryPageIsIdentified(t *testing.T) {
	for name, d := range documents(t) {
		t.Run(name, func(t *testing.T) {
			text := tool(t, render(t, d), "pdftotext", "-layout", "FILE", "-")
			pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
			if len(pages) > 4 {
				t.Errorf("%d pages", len(pages))
			}
			for i, page := range pages {
				want := []string{fmt.Sprintf("Page %d of %d", i+1, len(pages)), d.Head.ReportID, d.Head.Laboratory, d.Head.Marking}
				for _, id := range d.Head.Identifiers {
					want = append(want, strings.Fields(id.Value)...)
				}
				for _, w := range want {
					if !strings.Contains(words(page), w) {
						t.Errorf("page %d lacks %q", i+1, w)
					}
				}
			}
		})
	}
}

// everything printed can be read back, letters beyond ASCII too.
func TestTextExtracts(t *testing.T) {
	d := documents(t)["positive"]
	d.Remarks = append(d.Remarks, "é ß β Ł → ≥ ½ Ĩ Ŝ č (a\\b) 99 % “q” – —")
	text := words(tool(t, render(t, d), "pdftotext", "FILE", "-"))
	want := []string{
		d.Results[0].Headline, "é ß β Ł → ≥ ½ Ĩ Ŝ č (a\\b) 99 % “q” – —", "c.4933C>T", "p.(Arg1645Ter)",
		"chr2:166002743 G>A (GRCh38)", "Class 5", "Łukasiewicz-Brontë", "Straße", "End of report",
	}
	for _, s := range d.Sections {
		want = append(want, s.Title)
	}
	for _, w := range want {
		if !strings.Contains(text, words(w)) {
			t.Errorf("the text lacks %q", w)
		}
	}
}

// a long allele stands on the pages whole.
func TestLongAlleleIsNotClipped(t *testing.T) {
	d := documents(t)["long_allele"]
	text := strings.Join(strings.Fields(tool(t, render(t, d), "pdftotext", "-layout", "FILE", "-")), "")
	for _, l := range d.Appendix {
		if !strings.Contains(text, strings.ReplaceAll(l.Text, " ", "")) || !strings.Contains(text, l.SHA256) {
			t.Errorf("the text lacks %s", l.Label)
		}
	}
}

func TestFontsAreEmbeddedSubsets(t *testing.T) {
	out := tool(t, render(t, documents(t)["positive"]), "pdffonts", "FILE")
	lines := strings.Split(strings.TrimSpace(out), "\n")[2:]
	if len(lines) < 3 {
		t.Fatalf("pdffonts:\n%s", out)
	}
	for _, l := range lines {
		if !strings.Contains(l, "GARROD+Liberation") || !regexp.MustCompile(`yes yes yes\s+\d+ +0$`).MatchString(l) {
			t.Errorf("not embedded, subset and with text map: %s", l)
		}
	}
}

func TestQPDFFindsNoError(t *testing.T) {
	for name, d := range documents(t) {
		t.Run(name, func(t *testing.T) {
			if out := tool(t, render(t, d), "qpdf", "--check", "FILE"); !strings.Contains(out, "No syntax or stream encoding errors") {
				t.Error(out)
			}
		})
	}
}

func TestSameInputSameBytes(t *testing.T) {
	d := documents(t)["compound_het"]
	first := render(t, d)
	for range 20 {
		if !bytes.Equal(first, render(t, d)) {
			t.Fatal("two renderings differ")
		}
	}
	look := func() []byte {
		b, err := Appearance("Anna Müller", "Scientist", "CS00001", time.Unix(1772712000, 0), FieldWidth, FieldHeight)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if !bytes.Equal(look(), look()) {
		t.Error("two appearances differ")
	}
}

func TestFinishedFile(t *testing.T) {
	d := documents(t)["positive"]
	d.Head.Supersedes = "DEMO-1-R0"
	f, err := object.Parse(render(t, d))
	if err != nil {
		t.Fatal(err)
	}
	info := f.Dict(f.Trailer()["Info"])
	for key, want := range map[object.Name]string{"GarrodReportID": "DEMO-1-R1", "GarrodReportVersion": "1", "GarrodSupersedes": "DEMO-1-R0"} {
		if got, _ := f.Text(info[key]); got != want {
			t.Errorf("Info %s = %q, want %q", key, got, want)
		}
	}
	if id := f.Array(f.Trailer()["ID"]); len(id) != 2 {
		t.Errorf("ID has %d parts", len(id))
	}
	if lang, _ := f.Text(f.Root()["Lang"]); lang != "en-GB" {
		t.Errorf("Lang = %q", lang)
	}
	xmp, ok := f.Resolve(f.Root()["Metadata"]).(object.Stream)
	if !ok || !bytes.Contains(xmp.Data, []byte("<dc:identifier>DEMO-1-R1</dc:identifier>")) {
		t.Error("the metadata do not name the report")
	}
	form := f.Dict(f.Root()["AcroForm"])
	var names []string
	kids := f.Array(f.Dict(f.Root()["Pages"])["Kids"])
	for _, o := range f.Array(form["Fields"]) {
		field := f.Dict(o)
		name, _ := f.Text(field["T"])
		names = append(names, name)
		if field["Kids"] != nil || field["FT"] != object.Name("Sig") || field["Subtype"] != object.Name("Widget") || field["V"] != nil {
			t.Errorf("field %s is not an empty signature field merged with its widget: %s", name, object.Marshal(field))
		}
		if field["P"] != kids[len(kids)-1] {
			t.Errorf("field %s is not on the last page", name)
		}
	}
	if fmt.Sprint(names) != "[Scientist Authoriser]" || form["SigFlags"] != object.Integer(3) {
		t.Errorf("fields %v, flags %v", names, form["SigFlags"])
	}
	spec := f.Dict(f.Array(f.Root()["AF"])[0])
	stream, ok := f.Resolve(f.Dict(spec["EF"])["F"]).(object.Stream)
	if !ok || spec["AFRelationship"] != object.Name("Data") || stream.Dict["Subtype"] != object.Name("application/json") {
		t.Fatalf("attachment: %s", object.Marshal(spec))
	}
	if got, err := stream.Decode(1 << 20); err != nil || !bytes.Equal(got, proof) {
		t.Errorf("attachment = %q, %v", got, err)
	}
}

func TestDraft(t *testing.T) {
	b, err := Render(documents(t)["positive"].AsDraft(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := object.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	if f.Root()["AcroForm"] != nil || f.Root()["AF"] != nil {
		t.Error("a draft has signature fields or an attachment")
	}
	text := tool(t, b, "pdftotext", "-raw", "FILE", "-")
	pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
	for i, page := range pages {
		// The watermark is turned, so that extraction may break it anywhere.
		if got := strings.Join(strings.Fields(page), ""); !strings.Contains(got, "DRAFT—NOTAUTHORISED") {
			t.Errorf("page %d of the draft lacks the watermark", i+1)
		}
	}
}

// hostile strings never end the program, never vanish and never reach outside.
func TestHostileStrings(t *testing.T) {
	for name, s := range map[string]string{
		"beyond the BMP":  "a\U0001F9ECb",
		"broken UTF-8":    "a\xffb\xc3",
		"no glyph":        "基因",
		"control":         "a\x00b\x1bc\u0001nb",
		"turned round":    "a\u202eb\u200bc",
		"right to left":   "אבג",
		"alias":           "{nb} {\u0001nb} %PDF (((\\",
		"one long word":   strings.Repeat("W", 2000),
		"many words":      strings.Repeat("word ", 1000),
		"only spaces":     "   ",
		"empty":           "",
		"combining marks": strings.Repeat("e\u0301", 200),
	} {
		t.Run(name, func(t *testing.T) {
			d := fill(documents(t)["compound_het"], s)
			b := render(t, d)
			if _, err := object.Parse(b); err != nil {
				t.Fatal(err)
			}
			text := strings.Join(strings.Fields(tool(t, b, "pdftotext", "-raw", "FILE", "-")), "")
			switch name {
			case "no glyph":
				if !strings.Contains(text, "[U+57FA][U+56E0]") || !strings.Contains(text, "cannotbeprinted") {
					t.Error("a character without glyph is not shown as its number with a notice")
				}
			case "beyond the BMP":
				if !strings.Contains(text, "[U+1F9EC]") {
					t.Error("a character beyond the BMP is not shown as its number")
				}
			case "alias":
				if !strings.Contains(text, "{nb}") {
					t.Error("text that looks like an alias was replaced")
				}
			}
		})
	}
}

// fill puts s everywhere a person or a file can put text.
func fill(d reports.Document, s string) reports.Document {
	d.Head.Laboratory, d.Head.Address, d.Head.ReportID = s, s, s
	d.Head.Identifiers = append([]reports.Field{}, d.Head.Identifiers...)
	for i := range d.Head.Identifiers {
		d.Head.Identifiers[i].Value = s
	}
	d.Results = []reports.Result{{Headline: s, Meaning: []string{s, s}}}
	f := d.Findings[0]
	f.Gene, f.Coding, f.Protein, f.Genomic, f.Zygosity, f.Inheritance, f.Condition = s, s, s, s, s, []string{s}, s
	f.Evidence = []reports.EvidenceLine{{Criterion: s, Strength: s, Points: s, Reason: s}}
	f.Clause, f.Comments, f.Adjustments = s, []string{s}, []string{s}
	d.Findings = []reports.Finding{f}
	d.About = []reports.Group{{Title: s, Fields: []reports.Field{{Label: s, Value: s}}}, {Title: s}}
	d.Sections = []reports.Section{{Title: s, Paragraphs: []string{s}, Points: []string{s}, Table: &reports.Table{
		Head: []string{s, s}, Widths: []float64{1, 3}, Rows: [][]string{{s, s}},
	}}}
	d.Appendix = []reports.LongText{{Label: s, Text: s}}
	d.Signatories = append([]reports.SignatureField{}, d.Signatories...)
	for i := range d.Signatories {
		d.Signatories[i].Name, d.Signatories[i].HCPC = s, s
	}
	return d
}

func TestAppearanceIsOnePageOfTheFieldsSize(t *testing.T) {
	b, err := Appearance("Łukasz "+strings.Repeat("Very Long Name ", 20), "Authoriser", "", time.Unix(1772712000, 0), FieldWidth, FieldHeight)
	if err != nil {
		t.Fatal(err)
	}
	f, err := object.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	pages := f.Dict(f.Root()["Pages"])
	if n := len(f.Array(pages["Kids"])); n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
	out := tool(t, b, "pdftotext", "FILE", "-")
	if !strings.Contains(out, "Łukasz") || !strings.Contains(out, "05-Mar-2026 12:00:00 UTC") {
		t.Errorf("the appearance says %q", out)
	}
}

func TestWrap(t *testing.T) {
	runes := func(rune) float64 { return 1 }
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"", []string{""}},
		{"one two three", []string{"one two", "three"}},
		{"abcdefghijklmnop", []string{"abcdefgh", "ijklmnop"}},
		{"abcdef-ghijkl", []string{"abcdef-", "ghijkl"}},
		{"ééééééééé", []string{"éééééééé", "é"}},
		{"a 1\u00a0234\u00a0567", []string{"a", "1\u00a0234\u00a056", "7"}},
	} {
		if got := wrap(tt.text, 8, runes); fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("wrap(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
	if got := wrap("abc", 0, runes); strings.Join(got, "") != "abc" {
		t.Errorf("wrap without room lost text: %q", got)
	}
}

func TestColourProfile(t *testing.T) {
	p := sRGB()
	if len(p)%4 != 0 || string(p[36:40]) != "acsp" || int(p[0])<<24|int(p[1])<<16|int(p[2])<<8|int(p[3]) != len(p) {
		t.Errorf("a profile of %d bytes with head % x", len(p), p[:40])
	}
}

func TestFontsCoverWhatReportsSay(t *testing.T) {
	c, err := newCoverage(fonts.Sans(), fonts.Bold(), fonts.Mono())
	if err != nil {
		t.Fatal(err)
	}
	lost := replaced{runes: map[rune]bool{}}
	s := "ABCXYZ abcxyz 0123456789 éèßøåłŁĄ αβγδΔ ≥≤→±×·•…–—−½²µ%‰“”‘’\u00a0"
	if got := c.clean(s, &lost); got != s || lost.count != 0 {
		t.Errorf("clean(%q) = %q, %d lost", s, got, lost.count)
	}
}

// TestPages leaves the drawn pages in GARROD_PAGES, for people to look at.
func TestPages(t *testing.T) {
	dir := os.Getenv("GARROD_PAGES")
	if dir == "" {
		t.Skip("GARROD_PAGES is not set")
	}
	for name, d := range documents(t) {
		draft, err := Render(d.AsDraft(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for file, b := range map[string][]byte{name + ".pdf": render(t, d), name + "-draft.pdf": draft} {
			if err := os.WriteFile(filepath.Join(dir, file), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
