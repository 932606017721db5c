package vcf

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
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

func madeSequence(rnd *rand.Rand, n int) string {
	var b strings.Builder
	for b.Len() < n {
		unit := ""
		for range 1 + rnd.IntN(4) {
			unit += string("ACGT"[rnd.IntN(4)])
		}
		b.WriteString(strings.Repeat(unit, 1+rnd.IntN(9)))
		if rnd.IntN(40) == 0 {
			b.WriteString("NNR")
		}
	}
	return b.String()[:n]
}

const madeHeader = `##fileformat=VCFv4.3
##contig=<ID=1,length=4000>
##contig=<ID=2,length=500>
##ALT=<ID=DEL,Description="x">
##INFO=<ID=AF,Number=A,Type=Float,Description="x">
##INFO=<ID=RR,Number=R,Type=Integer,Description="x">
##INFO=<ID=GG,Number=G,Type=Integer,Description="x">
##INFO=<ID=DP,Number=1,Type=Integer,Description="x">
##INFO=<ID=DB,Number=0,Type=Flag,Description="x">
##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">
##FORMAT=<ID=PL,Number=G,Type=Integer,Description="x">
##FORMAT=<ID=GL,Number=G,Type=Float,Description="x">
##FORMAT=<ID=FA,Number=A,Type=Float,Description="x">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">
#CHROM	POS	ID	REF	ALT	QUAL	FILTER	INFO	FORMAT	a	b	c
`

// madeAlleles writes sorted records: bases changed, deleted and repeated at random
// places, one to four at a time, "*" and <DEL> among them.
func madeAlleles(rnd *rand.Rand, seq string, records int) string {
	at := make([]int, records)
	for i := range at {
		at[i] = rnd.IntN(len(seq) - 30)
	}
	slices.Sort(at)
	var b strings.Builder
	b.WriteString(madeHeader)
	for _, p := range at {
		ref := seq[p : p+1+rnd.IntN(12)*rnd.IntN(2)]
		if strings.Contains(ref, "R") {
			continue
		}
		var alts []string
		for range 1 + rnd.IntN(4) {
			alt := madeAlt(rnd, ref, seq[p:])
			if alt != ref && !slices.Contains(alts, alt) {
				alts = append(alts, alt)
			}
		}
		if len(alts) == 0 || strings.Contains(strings.Join(alts, ""), "R") {
			continue
		}
		fmt.Fprintf(&b, "1\t%d\t.\t%s\t%s\t.\t.\t%s\tGT:AD:PL:GL:FA:DP", p+1, ref, strings.Join(alts, ","), madeInfo(rnd, len(alts)))
		haploid := rnd.IntN(6) == 0
		for range 3 {
			b.WriteString("\t" + madeSample(rnd, len(alts), haploid || rnd.IntN(5) == 0))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func madeAlt(rnd *rand.Rand, ref, seq string) string {
	switch rnd.IntN(8) {
	case 0:
		return "*"
	case 1:
		return "<DEL>"
	case 2:
		return ref + ref
	case 3:
		return ref[:1]
	case 4:
		return ref[len(ref)-1:]
	case 5:
		return ref[:1] + seq[1:1+rnd.IntN(6)] + ref
	case 6:
		return ref + string("ACGT"[rnd.IntN(4)])
	}
	return strings.Repeat(string("ACGT"[rnd.IntN(4)]), 1+rnd.IntN(len(ref)))
}

func madeNumbers(rnd *rand.Rand, n int, format string) string {
	var out []string
	for range n {
		switch {
		case rnd.IntN(12) == 0:
			out = append(out, ".")
		case format == "%d":
			out = append(out, strconv.Itoa(rnd.IntN(500)))
		default:
			out = append(out, strconv.FormatFloat(rnd.Float64(), 'g', 4, 64))
		}
	}
	return strings.Join(out, ",")
}

func madeInfo(rnd *rand.Rand, alts int) string {
	return fmt.Sprintf("AF=%s;RR=%s;DB;GG=%s;DP=7", madeNumbers(rnd, alts, "%g"), madeNumbers(rnd, alts+1, "%d"), madeNumbers(rnd, (alts+1)*(alts+2)/2, "%d"))
}

func madeSample(rnd *rand.Rand, alts int, haploid bool) string {
	allele := func() string {
		if n := rnd.IntN(alts + 2); n <= alts {
			return strconv.Itoa(n)
		}
		return "."
	}
	gt, genotypes := allele()+"/|"[rnd.IntN(2):][:1]+allele(), (alts+1)*(alts+2)/2
	if haploid {
		gt, genotypes = allele(), alts+1
	}
	values := []string{
		gt, madeNumbers(rnd, alts+1, "%d"), madeNumbers(rnd, genotypes, "%d"),
		madeNumbers(rnd, genotypes, "%g"), madeNumbers(rnd, alts, "%g"), strconv.Itoa(rnd.IntN(90)),
	}
	if rnd.IntN(4) == 0 {
		values[1+rnd.IntN(4)] = "."
	}
	if rnd.IntN(8) == 0 {
		values = values[:1+rnd.IntN(5)]
	}
	return strings.Join(values, ":")
}
