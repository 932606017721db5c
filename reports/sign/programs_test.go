package sign

import (
	"bytes"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"garrod/reports/object"
)

// program runs another program's check; the test is skipped without it.
func program(t *testing.T, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func write(t *testing.T, dir, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOtherProgramsAgree(t *testing.T) {
	a := newAuthority(t)
	b := large(t, a)
	dir := t.TempDir()
	file := write(t, dir, "report.pdf", b)
	t.Run("pdfsig", func(t *testing.T) {
		t.Setenv("HOME", t.TempDir()) // without the certificates of whoever runs the test
		out := program(t, "pdfsig", file)
		if strings.Count(out, "Signature is Valid.") != 2 || strings.Count(out, "ETSI.CAdES.detached") != 2 {
			t.Fatal(out)
		}
	})
	t.Run("qpdf", func(t *testing.T) {
		if out := program(t, "qpdf", "--check", file); strings.Contains(strings.ToLower(out), "warning") {
			t.Fatal(out)
		}
	})
	t.Run("mutool", func(t *testing.T) {
		out := program(t, "mutool", "sign", "-v", file)
		if strings.Contains(out, "Digest error") || !strings.Contains(out, "unchanged since signing") {
			t.Fatal(out)
		}
	})
	t.Run("openssl", func(t *testing.T) { opensslAgrees(t, a, b, dir) })
}

// opensslAgrees lets openssl check each CMS as CAdES over the signed bytes.
func opensslAgrees(t *testing.T, a authority, b []byte, dir string) {
	ca := write(t, dir, "ca.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.root.cert.Raw}))
	f := must[*object.File](t)(object.Parse(b))
	for _, s := range examine(f).signed {
		gap := b[s.gap:]
		digits := gap[1:bytes.IndexByte(gap, '>')]
		der := must[[]byte](t)(hex.DecodeString(string(digits)))
		var outer asn1.RawValue
		must[[]byte](t)(asn1.Unmarshal(der, &outer))
		content := append(bytes.Clone(b[:s.gap]), b[s.gap+len(digits)+2:s.end]...)
		out := program(t, "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any",
			"-attime", "1795342800", // 2026-11-22 10:20 UTC
			"-in", write(t, dir, "cms.der", outer.FullBytes), "-content", write(t, dir, "content", content), "-CAfile", ca, "-out", os.DevNull)
		if !strings.Contains(out, "CAdES Verification successful") {
			t.Fatal(out)
		}
	}
}
