package made

import (
	"bytes"
	"compress/gzip"
	"io"
	"math"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"garrod/review/genome"
)

const assets = "../../../assets/demo/"

func demoText(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Demo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// line is one data line, split.
type line struct {
	f    []string
	info map[string]string
	rows []map[string]string
}

func demoLines(t *testing.T) []line {
	t.Helper()
	var out []line
	for l := range strings.Lines(string(demoText(t))) {
		if l[0] == '#' {
			continue
		}
		d := line{f: strings.Split(strings.TrimSuffix(l, "\n"), "\t"), info: map[string]string{}}
		for _, kv := range strings.Split(d.f[7], ";") {
			k, v, _ := strings.Cut(kv, "=")
			d.info[k] = v
		}
		for _, r := range strings.Split(d.info["CSQ"], ",") {
			values := strings.Split(r, "|")
			if len(values) != len(csqFields) {
				t.Fatalf("%s:%s has a CSQ row of %d fields, the header declares %d", d.f[0], d.f[1], len(values), len(csqFields))
			}
			row := map[string]string{}
			for i, v := range values {
				row[csqFields[i]] = v
			}
			d.rows = append(d.rows, row)
		}
		out = append(out, d)
	}
	return out
}

// keys are the trimmed keys of the line's alleles.
func (l line) keys() []string {
	var out []string
	for _, alt := range strings.Split(l.f[4], ",") {
		pos, _ := strconv.Atoi(l.f[1])
		k := genome.Key{Contig: genome.CanonicalContig(l.f[0]), Pos: genome.Pos(pos), Ref: l.f[3], Alt: alt}
		if genome.IsBases(alt) {
			k.Pos, k.Ref, k.Alt = genome.Trim(k.Pos, k.Ref, k.Alt)
		}
		out = append(out, k.String())
	}
	return out
}

// sample returns one person's value of a FORMAT field.
func (l line) sample(i int, field string) string {
	at := slices.Index(strings.Split(l.f[8], ":"), field)
	if at < 0 {
		return ""
	}
	return strings.Split(l.f[9+i], ":")[at]
}

func isKey(l line) bool {
	return slices.ContainsFunc(Expected(), func(e Finding) bool { return slices.Contains(l.keys(), e.Key) })
}

func TestCommittedFileIsWhatTheGeneratorWrites(t *testing.T) {
	f, err := os.Open(assets + "demo.vcf.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	committed, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(committed, demoText(t)) {
		t.Error("assets/demo/demo.vcf.gz is out of date: make demo-data")
	}
}

func TestEveryFindingIsInTheFile(t *testing.T) {
	byKey := map[string]line{}
	for _, l := range demoLines(t) {
		for _, k := range l.keys() {
			if _, twice := byKey[k]; twice {
				t.Errorf("%s is in the file twice", k)
			}
			byKey[k] = l
		}
	}
	if n := len(byKey); n < 2500 || n > 4000 {
		t.Errorf("%d alleles, want about 3,000", n)
	}
	for _, e := range Expected() {
		l, ok := byKey[e.Key]
		if !ok {
			t.Errorf("%s (%s) is not in the file", e.Key, e.Name)
			continue
		}
		if e.Transcript != "" && !hasRow(l, e) {
			t.Errorf("%s has no CSQ row of %s:%s %s in %s %s", e.Key, e.Transcript, e.HGVSc, e.HGVSp, e.Gene, e.HGNC)
		}
	}
}

func TestReadmeNamesEveryFinding(t *testing.T) {
	readme, err := os.ReadFile(assets + "README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range Expected() {
		if !strings.Contains(string(readme), "| `"+e.Key+"` |") || !strings.Contains(string(readme), e.Shows) {
			t.Errorf("assets/demo/README.md does not say what %s shows", e.Key)
		}
	}
}

func hasRow(l line, e Finding) bool {
	return slices.ContainsFunc(l.rows, func(r map[string]string) bool {
		_, c, _ := strings.Cut(r["HGVSc"], ":")
		_, p, _ := strings.Cut(r["HGVSp"], ":")
		return r["Feature"] == e.Transcript && r["MANE_SELECT"] != "" && r["SYMBOL"] == e.Gene &&
			r["HGNC_ID"] == e.HGNC && c == e.HGVSc && p == strings.ReplaceAll(e.HGVSp, "=", "%3D")
	})
}

func TestNumbersAgreeWithEachOther(t *testing.T) {
	for _, l := range demoLines(t) {
		at := l.f[0] + ":" + l.f[1]
		alts := strings.Split(l.f[4], ",")
		for i := range 3 {
			if ad, dp := l.sample(i, "AD"), l.sample(i, "DP"); ad != "" && ad != "." {
				if sum(ad) != dp {
					t.Errorf("%s: AD %s does not add up to DP %s", at, ad, dp)
				}
				if n := strings.Count(ad, ",") + 1; n != len(alts)+1 {
					t.Errorf("%s: %d numbers in AD for %d ALT", at, n, len(alts))
				}
			}
			checkLikelihoods(t, at, l, i, len(alts))
		}
		for _, r := range l.rows {
			checkFrequency(t, at, r)
			if n, err := strconv.Atoi(r["ALLELE_NUM"]); err != nil || n < 1 || n > len(alts) {
				t.Errorf("%s: ALLELE_NUM %q", at, r["ALLELE_NUM"])
			}
		}
	}
}

func sum(numbers string) string {
	n := 0
	for _, s := range strings.Split(numbers, ",") {
		v, _ := strconv.Atoi(s)
		n += v
	}
	return strconv.Itoa(n)
}

// The called genotype must be the likeliest one.
func checkLikelihoods(t *testing.T, at string, l line, person, alts int) {
	t.Helper()
	pl, as := l.sample(person, "PL"), alleles(l.sample(person, "GT"))
	if pl == "" || pl == "." {
		return
	}
	values, n := strings.Split(pl, ","), alts+1
	want, index := n, as[0]
	if len(as) == 2 {
		a, b := min(as[0], as[1]), max(as[0], as[1])
		want, index = n*(n+1)/2, b*(b+1)/2+a
	}
	if len(values) != want {
		t.Errorf("%s: %d likelihoods, want %d", at, len(values), want)
	} else if values[index] != "0" {
		t.Errorf("%s: genotype %v has likelihood %s of %s", at, as, values[index], pl)
	}
}

func checkFrequency(t *testing.T, at string, r map[string]string) {
	t.Helper()
	if r["gnomADj_AN"] == "" {
		if r["gnomADj_AC"]+r["gnomADj_AF"]+r["gnomADj_faf95"] != "" {
			t.Errorf("%s: a frequency without AN", at)
		}
		return
	}
	ac, an := float(t, r["gnomADj_AC"]), float(t, r["gnomADj_AN"])
	af, faf := float(t, r["gnomADj_AF"]), float(t, r["gnomADj_faf95"])
	if math.Abs(af-ac/an) > 1e-3*af {
		t.Errorf("%s: AF %v is not AC %v / AN %v", at, af, ac, an)
	}
	top := 0.0
	for _, g := range groups {
		if g.name != "" {
			top = max(top, float(t, r["gnomADj_"+g.name+"_AF"]))
		}
	}
	if faf > top || 2*float(t, r["gnomADj_nhomalt"]) > ac {
		t.Errorf("%s: FAF %v above the highest frequency %v, or too many homozygotes", at, faf, top)
	}
	if (faf == 0) != (r["gnomADj_faf95_group"] == "") {
		t.Errorf("%s: FAF %v with group %q", at, faf, r["gnomADj_faf95_group"])
	}
}

func float(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestFillerTellsNoStory: nothing new in the child, and nothing rare that
// changes a protein in two copies or twice in a gene.
func TestFillerTellsNoStory(t *testing.T) {
	rare := map[string]int{}
	for _, l := range demoLines(t) {
		if isKey(l) || l.f[0] == "chrM" {
			continue
		}
		at := l.f[0] + ":" + l.f[1]
		c, m, f := alleles(l.sample(0, "GT")), alleles(l.sample(1, "GT")), alleles(l.sample(2, "GT"))
		if !mendel(c, m, f) {
			t.Errorf("%s: %v is no child of %v and %v", at, c, m, f)
		}
		r := l.rows[0]
		if impacts[r["Consequence"]] == "HIGH" {
			t.Errorf("%s: %s in the filler", at, r["Consequence"])
		}
		if r["gnomADj_AF"] == "" || float(t, r["gnomADj_AF"]) > 0.005 {
			continue
		}
		if len(c) != 2 || c[0]+c[1] > 1 {
			t.Errorf("%s: rare, and %v in the child", at, c)
		}
		if rare[r["SYMBOL"]]++; rare[r["SYMBOL"]] > 1 {
			t.Errorf("%s: a second rare allele in %s", at, r["SYMBOL"])
		}
		if r["REVEL"] != "" && float(t, r["REVEL"]) > 0.2 {
			t.Errorf("%s: REVEL %s in the filler", at, r["REVEL"])
		}
	}
}

// mendel reports whether the child can be the parents'. A missing call agrees
// with everything; one allele comes from the mother on X and the father on Y.
func mendel(c, m, f []int) bool {
	can := func(parent []int, a int) bool { return slices.Contains(parent, a) || slices.Contains(parent, -1) }
	if len(c) == 1 {
		return can(m, c[0]) || m[0] < 0
	}
	return can(m, c[0]) && can(f, c[1]) || can(m, c[1]) && can(f, c[0])
}

func TestBcftoolsReadsItWithoutAWord(t *testing.T) {
	bcftools, err := exec.LookPath("bcftools")
	if err != nil {
		t.Skip("bcftools is not installed")
	}
	var out, log bytes.Buffer
	cmd := exec.Command(bcftools, "view", "-H", assets+"demo.vcf.gz")
	cmd.Stdout, cmd.Stderr = &out, &log
	if err := cmd.Run(); err != nil || log.Len() > 0 {
		t.Errorf("%v: %s", err, log.String())
	}
	if got, want := bytes.Count(out.Bytes(), []byte("\n")), len(demoLines(t)); got != want {
		t.Errorf("bcftools reads %d records of %d", got, want)
	}
}
