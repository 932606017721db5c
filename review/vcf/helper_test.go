package vcf

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/genome"
)

// shared returns the folder of real files, or skips.
func shared(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("GARROD_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "data")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the shared real files are not there (GARROD_SHARED)")
	}
	return dir
}

func needTools(t testing.TB, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed", name)
		}
	}
}

func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s %s: %v", name, strings.Join(args, " "), err)
	}
	return string(out)
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// made compresses and indexes a VCF in a folder of its own.
func made(t testing.TB, content string) string {
	t.Helper()
	needTools(t, "bgzip", "tabix")
	path := filepath.Join(t.TempDir(), "case.vcf")
	write(t, path, content)
	run(t, "bgzip", path)
	run(t, "tabix", "-p", "vcf", path+".gz")
	return path + ".gz"
}

// header38 is a header on GRCh38 with a trio; extra lines go before the columns.
func header38(extra ...string) string {
	return strings.Join(append(append([]string{
		"##fileformat=VCFv4.2",
		"##contig=<ID=chr1,length=248956422>",
		"##contig=<ID=chr2,length=242193529>",
		"##contig=<ID=chrX,length=156040895>",
		"##contig=<ID=chrM,length=16569>",
		`##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">`,
		`##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">`,
		`##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">`,
		`##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Quality">`,
	}, extra...), "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\tdad\tmum"), "\n") + "\n"
}

// rec writes a data line from blank-separated columns.
func rec(s string) string { return strings.Join(strings.Fields(s), "\t") + "\n" }

func opened(t testing.TB, path string) *File {
	t.Helper()
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// scanned returns all variants of a made file.
func scanned(t testing.TB, content string) []review.Variant {
	t.Helper()
	f := opened(t, made(t, content))
	var out []review.Variant
	tally, err := f.Scan(t.Context(), nil, func(r *Record) error {
		out = append(out, r.Variants()...)
		return nil
	})
	if err != nil || tally.BadTotal > 0 {
		t.Fatalf("scan: %v, bad %v", err, tally.Bad)
	}
	return out
}

func wantCode(t testing.TB, err error, code string, mention ...string) {
	t.Helper()
	bad, ok := errors.AsType[*review.InputError](err)
	if !ok {
		t.Fatalf("got %v, want an *review.InputError with code %s", err, code)
	}
	if bad.Code != code || bad.File == "" || bad.What == "" || bad.Remedy == "" {
		t.Errorf("got %+v, want code %s, with file and remedy", bad, code)
	}
	for _, m := range mention {
		if !strings.Contains(bad.Error(), m) {
			t.Errorf("message %q does not mention %q", bad.Error(), m)
		}
	}
}

func mustKey(t testing.TB, s string) genome.Key {
	t.Helper()
	k, err := genome.ParseKey(genome.GRCh38, s)
	if err != nil {
		t.Fatal(err)
	}
	return k
}
