package vcf

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// normalised returns the data lines of Normalise's output, its header lines and
// its counts.
func normalised(t testing.TB, path string, ref Reference) (lines, header []string, rep NormaliseReport) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.vcf.gz")
	rep, err := Normalise(t.Context(), Normalisation{In: path, Out: out, Reference: ref, ReferenceName: "made.fa"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := eachLine(t.Context(), out, nil, func(line []byte) error {
		if line[0] == '#' {
			header = append(header, string(line))
		} else {
			lines = append(lines, string(line))
		}
		return nil
	}, nil); err != nil {
		t.Fatal(err)
	}
	if int64(len(lines)) != rep.Written {
		t.Errorf("%d lines, the report says %d", len(lines), rep.Written)
	}
	return lines, header, rep
}

// normFields are the fields of a line that must equal those of bcftools.
type normFields struct{ header *Header }

var siteColumns = []string{"CHROM", "POS", "ID", "REF", "ALT"}

// differences compares two lines: place and alleles, fields of Number A, R and G,
// and genotypes after mapping: "." of a sibling allele is bcftools' reference.
func (n normFields) differences(ours, theirs string) (out []string) {
	a, b := strings.Split(ours, "\t"), strings.Split(theirs, "\t")
	for i, name := range siteColumns {
		if i < len(a) && i < len(b) && a[i] != b[i] {
			out = append(out, fmt.Sprintf("%s: %.60s, bcftools %.60s", name, a[i], b[i]))
		}
	}
	ia, ib := infoMap(a[7]), infoMap(b[7])
	for id, f := range n.header.Infos {
		if strings.Contains("ARG", f.Number) && !sameValues(ia[id], ib[id]) {
			out = append(out, fmt.Sprintf("INFO %s: %q, bcftools %q", id, ia[id], ib[id]))
		}
	}
	for s := 9; s < len(a) && s < len(b); s++ {
		fa, fb := formatMap(a[8], a[s]), formatMap(b[8], b[s])
		for id, f := range n.header.Formats {
			if strings.Contains("ARG", f.Number) && !sameValues(fa[id], fb[id]) {
				out = append(out, fmt.Sprintf("FORMAT %s: %q, bcftools %q", id, fa[id], fb[id]))
			}
		}
		if mapped := siblingsAsReference(fa["GT"], fa[oldGenotype]); mapped != fb["GT"] {
			out = append(out, fmt.Sprintf("GT: %q of %q, bcftools %q", fa["GT"], fa[oldGenotype], fb["GT"]))
		}
	}
	return out
}

func infoMap(s string) map[string]string {
	m := map[string]string{}
	for part := range strings.SplitSeq(s, ";") {
		k, v, _ := strings.Cut(part, "=")
		m[k] = v
	}
	return m
}

func formatMap(keys, values string) map[string]string {
	m := map[string]string{}
	vs := strings.Split(values, ":")
	for i, k := range strings.Split(keys, ":") {
		if i < len(vs) {
			m[k] = vs[i]
		}
	}
	return m
}

// sameValues compares lists: numbers as single precision, which bcftools holds
// them in; a list of missing values is a missing value.
func sameValues(a, b string) bool {
	x, y := strings.Split(a, ","), strings.Split(b, ",")
	if strings.Trim(a, ".,") == "" && strings.Trim(b, ".,") == "" {
		return true
	}
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		u, err1 := strconv.ParseFloat(x[i], 64)
		v, err2 := strconv.ParseFloat(y[i], 64)
		if err1 == nil && err2 == nil && math.Abs(u-v) <= 1e-5*math.Abs(u) || x[i] == y[i] {
			continue
		}
		return false
	}
	return true
}

var gtAllele = regexp.MustCompile(`\d+|\.`)

// siblingsAsReference writes GT as bcftools does: what the unsplit genotype calls
// and GT does not is reference.
func siblingsAsReference(gt, old string) string {
	if old == "" || old == "." {
		return gt
	}
	was := gtAllele.FindAllString(old, -1)
	i := 0
	return gtAllele.ReplaceAllStringFunc(gt, func(a string) string {
		i++
		if a == "." && was[i-1] != "." {
			return "0"
		}
		return a
	})
}

// bcftoolsNorm returns bcftools' lines, or its complaint.
func bcftoolsNorm(fa, path string) (lines []string, complaint string) {
	args := []string{"norm", "--no-version", "-m", "-", path}
	if fa != "" {
		args = append(args, "-f", fa)
	}
	cmd := exec.Command("bcftools", args...)
	var errOut strings.Builder
	cmd.Stderr = &errOut
	out, err := cmd.Output()
	if err != nil {
		return nil, strings.TrimSpace(errOut.String())
	}
	for line := range strings.Lines(string(out)) {
		if line[0] != '#' {
			lines = append(lines, strings.TrimSuffix(line, "\n"))
		}
	}
	return lines, ""
}

// compareNorm holds Normalise against bcftools on one file: how many lines are
// equal, and the differences.
func compareNorm(t testing.TB, fa, path string) (equal int, diffs []string) {
	t.Helper()
	want, complaint := bcftoolsNorm(fa, path)
	out := filepath.Join(t.TempDir(), "o.vcf.gz")
	if complaint != "" {
		_, err := Normalise(t.Context(), Normalisation{In: path, Out: out, Reference: readFasta(t, fa)}, nil)
		if err == nil {
			return 0, []string{"bcftools refuses: " + complaint}
		}
		return 0, nil
	}
	got, _, _ := normalised(t, path, readFasta(t, fa))
	if len(got) == 0 && len(want) > 0 {
		return 0, []string{"nothing written"}
	}
	h, err := headerOf(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		return 0, []string{fmt.Sprintf("%d lines, bcftools %d", len(got), len(want))}
	}
	n := normFields{header: h}
	for i := range got {
		d := n.differences(got[i], want[i])
		if d == nil {
			equal++
		}
		diffs = append(diffs, d...)
	}
	return equal, diffs
}

func headerOf(path string) (*Header, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(path, "gz") {
		if b, err = exec.Command("gzip", "-dc", path).Output(); err != nil {
			return nil, err
		}
	}
	r := newHeaderReader(filepath.Base(path))
	for line := range strings.SplitSeq(string(b), "\n") {
		if err := r.line([]byte(line)); err != nil || r.done {
			return &r.h, err
		}
	}
	return &r.h, nil
}

// normPairs lists the VCFs that have their reference sequence beside them.
func normPairs(t testing.TB, root string) (pairs [][2]string) {
	t.Helper()
	for _, pattern := range []string{"hgvs_consequence/bcftools_csq/*/*.vcf", "reads/minigenome/*.vcf*", "reads/na12878_tiny/q.vcf.gz"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			fa, err := filepath.Glob(filepath.Join(filepath.Dir(f), "*.fa"))
			if err == nil && len(fa) == 1 && !strings.HasSuffix(f, ".tbi") {
				pairs = append(pairs, [2]string{fa[0], f})
			}
		}
	}
	return pairs
}

// Every real file with a reference: as "bcftools norm -m - -f" has it. Known
// differences stand in the table with their reason.
func TestNormaliseEqualsBcftoolsOnRealFiles(t *testing.T) {
	root := shared(t)
	needTools(t, "bcftools")
	reasons := map[string]string{}
	files, lines := 0, 0
	for _, pair := range normPairs(t, root) {
		rel, _ := filepath.Rel(root, pair[1])
		files++
		equal, diffs := compareNorm(t, pair[0], pair[1])
		lines += equal
		for _, d := range diffs {
			if reasons[rel] == "" {
				t.Errorf("%s: %s", rel, d)
			}
		}
	}
	t.Logf("%d files, %d lines equal", files, lines)
	if files < 50 {
		t.Errorf("%d files with a reference, want at least 50", files)
	}
}

// Made files with repeats, several alleles, fields of every Number, any ploidy.
func TestNormaliseEqualsBcftoolsOnMadeFiles(t *testing.T) {
	needTools(t, "bcftools", "samtools")
	equal := 0
	for seed := range uint64(12) {
		rnd := rand.New(rand.NewPCG(seed, 11))
		dir := t.TempDir()
		fa, path := filepath.Join(dir, "r.fa"), filepath.Join(dir, "a.vcf")
		seq := madeSequence(rnd, 4000)
		write(t, fa, ">1\n"+seq+"\n>2\n"+seq[:500]+"\n")
		run(t, "samtools", "faidx", fa)
		write(t, path, madeAlleles(rnd, seq, 400))
		n, diffs := compareNorm(t, fa, path)
		equal += n
		for _, d := range diffs {
			t.Errorf("seed %d: %s", seed, d)
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d lines equal", equal)
	if equal < 8000 {
		t.Errorf("%d lines compared, want at least 8,000", equal)
	}
}
