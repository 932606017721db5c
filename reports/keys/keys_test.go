package keys

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"garrod/review"

	"software.sslmate.com/src/go-pkcs12"
)

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// certify makes a certificate signed by parent, or by itself.
func certify(t testing.TB, name string, ca bool, key crypto.Signer, parent *x509.Certificate, by crypto.Signer) *x509.Certificate {
	t.Helper()
	c := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: now, NotAfter: now.Add(time.Hour),
		IsCA: ca, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	if parent == nil {
		parent, by = c, key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, key.Public(), by)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

func ecKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func encode(t testing.TB, enc *pkcs12.Encoder, key any, passphrase string, certs ...*x509.Certificate) []byte {
	t.Helper()
	b, err := enc.Encode(key, certs[0], certs[1:], passphrase)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func wantInput(t *testing.T, err error, code string) {
	t.Helper()
	var in *review.InputError
	if !errors.As(err, &in) || in.Code != code || in.File != "ada.p12" || in.Remedy == "" {
		t.Fatalf("got %v, want code %s, the file and a remedy", err, code)
	}
	if strings.Contains(err.Error(), "sesame") {
		t.Fatal("the passphrase is in the message")
	}
}

func TestLoad(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	caKey, key := ecKey(t), ecKey(t)
	root := certify(t, "Root", true, caKey, nil, nil)
	leaf := certify(t, "Ada", false, key, root, caKey)
	rsaLeaf := certify(t, "Ada", false, rsaKey, root, caKey)
	stranger := certify(t, "Stranger", false, ecKey(t), nil, nil)
	for _, tt := range []struct {
		name, passphrase string
		p12              []byte
		want             *x509.Certificate
		chain, warnings  int
	}{
		{"modern", "sesame", encode(t, pkcs12.Modern2023, key, "sesame", leaf, root), leaf, 1, 0},
		{"PBMAC1", "sesame", encode(t, pkcs12.Modern2026, key, "sesame", leaf, root), leaf, 1, 0},
		{"RC2", "sesame", encode(t, pkcs12.LegacyRC2, rsaKey, "sesame", rsaLeaf, root), rsaLeaf, 1, 0},
		{"3DES", "sesame", encode(t, pkcs12.LegacyDES, rsaKey, "sesame", rsaLeaf), rsaLeaf, 0, 0},
		{"passphrase with an umlaut", "sésame öffne", encode(t, pkcs12.Modern2023, key, "sésame öffne", leaf), leaf, 0, 0},
		{"empty passphrase", "", encode(t, pkcs12.Modern2023, key, "", leaf), leaf, 0, 0},
		{"leaf not first", "sesame", encode(t, pkcs12.Modern2023, key, "sesame", root, leaf), leaf, 1, 0},
		{"a stranger's certificate", "sesame", encode(t, pkcs12.Modern2023, key, "sesame", stranger, leaf), leaf, 0, 1},
		{"no MAC", "", encode(t, pkcs12.Passwordless, key, "", leaf), leaf, 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			id, err := Load(tt.p12, tt.passphrase, "ada.p12")
			if err != nil {
				t.Fatal(err)
			}
			if !id.Certificate.Equal(tt.want) || len(id.Chain) != tt.chain || len(id.Warnings) != tt.warnings {
				t.Fatalf("got %s, chain %d, warnings %q", id.Certificate.Subject, len(id.Chain), id.Warnings)
			}
			sum := sha256.Sum256([]byte("x"))
			if _, err := id.Signer.Sign(rand.Reader, sum[:], crypto.SHA256); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	key := ecKey(t)
	leaf := certify(t, "Ada", false, key, nil, nil)
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	good := encode(t, pkcs12.Modern2023, key, "sesame", leaf)
	store, err := pkcs12.Modern2023.EncodeTrustStore([]*x509.Certificate{leaf}, "sesame")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, passphrase, code string
		p12                    []byte
	}{
		{"wrong passphrase", "open sesame", "wrong_passphrase", good},
		{"no passphrase", "", "wrong_passphrase", good},
		{"cut off", "sesame", "identity_unreadable", good[:len(good)-20]},
		{"empty", "sesame", "identity_unreadable", nil},
		{"PEM", "sesame", "identity_unreadable", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: leaf.Raw})},
		{"trailing data", "sesame", "identity_unreadable", append(append([]byte{}, good...), 0)},
		{"no key", "sesame", "identity_unreadable", store},
		{"key of another certificate", "sesame", "key_mismatch", encode(t, pkcs12.Modern2023, ecKey(t), "sesame", leaf)},
		{"Ed25519", "sesame", "key_unsupported", encode(t, pkcs12.Modern2023, ed, "sesame", certify(t, "Ada", false, ed, nil, nil))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(tt.p12, tt.passphrase, "ada.p12")
			wantInput(t, err, tt.code)
		})
	}
	t.Run("any length", func(t *testing.T) {
		for n := range len(good) {
			if _, err := Load(good[:n], "sesame", "ada.p12"); err == nil {
				t.Fatalf("the first %d of %d bytes were accepted", n, len(good))
			}
		}
	})
}

func TestIterationsAreBounded(t *testing.T) {
	key := ecKey(t)
	b := encode(t, pkcs12.Modern2023.WithIterations(0x0101), key, "sesame", certify(t, "Ada", false, key, nil, nil))
	// INTEGER 0x0101 of two bytes cannot grow in place; change the last one, the
	// MAC's, into a value that is too large by moving the boundary: the salt
	// before it is 16 bytes (04 10 …), of which two go to the number.
	at := strings.LastIndex(string(b), "\x02\x02\x01\x01")
	salt := at - 18
	if b[salt] != 0x04 || b[salt+1] != 16 {
		t.Fatal("the file is not built as this test expects")
	}
	b[salt+1] = 14
	copy(b[salt+16:], "\x02\x04\x7f\xff\x01\x01")
	_, err := Load(b, "sesame", "ada.p12")
	wantInput(t, err, "identity_unreadable")
	if !strings.Contains(err.Error(), "too many iterations") {
		t.Fatal(err)
	}
}

func TestLoadFilesOfOpenSSL(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed")
	}
	dir := t.TempDir()
	run := func(args ...string) {
		t.Helper()
		cmd := exec.Command(openssl, args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("openssl %s is not able: %s", args[0], out)
		}
	}
	made := func(algorithm ...string) []byte {
		run(append([]string{"req", "-x509", "-nodes", "-subj", "/CN=Ada", "-keyout", "k.pem", "-out", "c.pem", "-newkey"}, algorithm...)...)
		run("pkcs12", "-export", "-inkey", "k.pem", "-in", "c.pem", "-passout", "pass:sesame", "-out", "ada.p12")
		b, err := os.ReadFile(filepath.Join(dir, "ada.p12"))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if id, err := Load(made("rsa:2048"), "sesame", "ada.p12"); err != nil || id.Certificate.Subject.CommonName != "Ada" {
		t.Fatalf("RSA: %v", err)
	}
	_, err = Load(made("rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048"), "sesame", "ada.p12")
	wantInput(t, err, "identity_unreadable")
}

func TestDemonstration(t *testing.T) {
	d, err := NewDemonstration(rand.Reader, now, "Dr Ada Example", "Dr Ben Example")
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(d.CA) || len(d.People) != 2 || d.People[0].Passphrase == d.People[1].Passphrase {
		t.Fatalf("%d people, CA %s", len(d.People), d.CA)
	}
	prints := map[string]bool{}
	for _, p := range d.People {
		id, err := Load(p.P12, p.Passphrase, "demo.p12")
		if err != nil {
			t.Fatal(err)
		}
		if got := id.Certificate.Subject.CommonName; got != p.Name+" (DEMONSTRATION)" || !IsDemonstration(id.Certificate) {
			t.Errorf("certificate of %s", got)
		}
		if _, err := id.Certificate.Verify(x509.VerifyOptions{Roots: roots, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}); err != nil {
			t.Error(err)
		}
		prints[Fingerprint(id.Certificate)] = true
	}
	if len(prints) != 2 {
		t.Error("two people share a certificate")
	}
	if IsDemonstration(certify(t, "Ada", false, ecKey(t), nil, nil)) {
		t.Error("a strange certificate passes for the demonstration's")
	}
}

func FuzzLoad(f *testing.F) {
	key := ecKey(f)
	f.Add(encode(f, pkcs12.Modern2023.WithIterations(1), key, "", certify(f, "Ada", false, key, nil, nil)))
	f.Add(encode(f, pkcs12.Passwordless, key, "", certify(f, "Ada", false, key, nil, nil)))
	f.Fuzz(func(t *testing.T, b []byte) {
		id, err := Load(b, "", "x.p12")
		if err == nil && (id.Signer == nil || id.Certificate == nil) {
			t.Fatal("half an identity")
		}
	})
}
