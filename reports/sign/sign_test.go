package sign

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"garrod/reports/object"
	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

func TestSignTwiceAndVerify(t *testing.T) {
	a := newAuthority(t)
	once, twice := signed(t, a)
	if !bytes.HasPrefix(twice, once) {
		t.Fatal("the second signature changed bytes of the first")
	}
	r := a.verify(t, once)
	if !r.OK || r.LaterChanges != ChangesNone || len(r.Signatures) != 1 || !r.Signatures[0].CoversWholeFile {
		t.Fatalf("once: %+v", r)
	}
	r = a.verify(t, twice)
	if r.Problems == nil || r.Warnings == nil {
		t.Error("an empty list must be written as [], not null")
	}
	if !r.OK || r.LaterChanges != ChangesPermitted || len(r.Signatures) != 2 {
		t.Fatalf("twice: %+v", r)
	}
	first, second := r.Signatures[0], r.Signatures[1]
	if first.Signer != "Dr Ada Example" || first.Role != "scientist" || first.CoversWholeFile || !first.CoversWholeRevision ||
		!first.Time.Equal(now) || first.Level != "B-B" || first.Reason != "Scientist: report agreed" {
		t.Errorf("first: %+v", first)
	}
	if second.Signer != "Dr Ben Šample" || second.Name != "Dr Ben Šample" || second.Role != "authoriser" || !second.CoversWholeFile || !*second.Trusted {
		t.Errorf("second: %+v", second)
	}
	two := 2
	if d := cmp.Diff(Identity{ReportID: "R-7", Version: &two}, r.Document); d != "" {
		t.Error(d)
	}
	if r.Attachment == nil || r.Attachment.Schema != "garrod-proof/1" || len(r.Attachment.SHA256) != 64 {
		t.Errorf("attachment %+v", r.Attachment)
	}
	if got, err := Attachment(twice); err != nil || string(got) != proofJSON {
		t.Errorf("attachment %q, %v", got, err)
	}
}

func TestReportJSONHasTheContractsFields(t *testing.T) {
	a := newAuthority(t)
	_, twice := signed(t, a)
	r := must[Report](t)(Verify(twice, VerifyOptions{}))
	if r.OK || !r.Sound || r.Signatures[0].Trusted != nil || !r.Signatures[0].Intact {
		t.Fatalf("without a trust anchor: %+v", r)
	}
	b := must[[]byte](t)(json.Marshal(r))
	for _, want := range []string{
		`"ok":false`, `"signatures":[{"signer":"Dr Ada Example","role":"scientist","time":"2026-11-22T10:15:30Z","time_source":"claimed"`,
		`"covers_whole_revision":true`, `"covers_whole_file":false`, `"intact":true`, `"trusted":null`, `"level":"B-B"`,
		`"later_changes":"permitted"`, `"revocation":"unknown"`, `"document":{"report_id":"R-7","version":2,"supersedes":""}`,
		`"attachment":{"schema":"garrod-proof/1","sha256":"`,
	} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("no %s in %s", want, b)
		}
	}
}

func TestKindsOfKeys(t *testing.T) {
	a := newAuthority(t)
	base := report(t)
	keys := must[[2]crypto.Signer](t)(rsaKeys())
	for name, key := range map[string]crypto.Signer{
		"RSA-2048": keys[0], "P-256": newECKey(t),
		"P-384": must[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P384(), rand.Reader)),
	} {
		t.Run(name, func(t *testing.T) {
			opt := a.options(a.person(t, key, "Dr Key", nil), "Scientist")
			opt.reserve, opt.Appearance = 0, page(t, 1, 120, 40)
			if r := a.verify(t, must[[]byte](t)(Sign(base, opt))); !r.OK {
				t.Fatalf("%v", r.Problems)
			}
		})
	}
}

// TestUpdateKeepsNumbersAndTrailer holds what viewers insist on.
func TestUpdateKeepsNumbersAndTrailer(t *testing.T) {
	a := newAuthority(t)
	base := report(t)
	opt := a.options(a.person(t, newECKey(t), "Dr Ada Example", nil), "Scientist")
	opt.Appearance = page(t, 1, 120, 40)
	before := must[*object.File](t)(object.Parse(base))
	after := must[*object.File](t)(object.Parse(must[[]byte](t)(Sign(base, opt))))
	fields, _ := signatureFields(before)
	for i, num := range after.Revisions()[1].Written {
		want := before.Size() + i - 1
		if i == 0 {
			want = fields[0].ref.Num
		}
		if num != want {
			t.Errorf("object %d of the update is %d, want %d", i, num, want)
		}
	}
	form := after.Dict(after.Dict(after.Dict(fields[0].ref)["AP"])["N"])
	font := after.Dict(after.Dict(after.Dict(form["Resources"])["Font"]))
	if len(font) == 0 || form["BBox"] == nil {
		t.Errorf("the appearance lost its fonts or box: %s", object.Marshal(form))
	}
}

func TestSignRefusesCertificates(t *testing.T) {
	a := newAuthority(t)
	base := report(t)
	keys := must[[2]crypto.Signer](t)(rsaKeys())
	small := must[*rsa.PrivateKey](t)(rsa.GenerateKey(rand.Reader, 1024))
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p521 := must[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P521(), rand.Reader))
	for _, tt := range []struct {
		name, code, says string
		key              crypto.Signer
		change           func(*x509.Certificate)
	}{
		{"expired", "certificate_expired", "expired on 2026-11-22 09:15 UTC", keys[0], func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = now.Add(-48*time.Hour), now.Add(-time.Hour-30*time.Second)
		}},
		{"not yet valid", "certificate_not_yet_valid", "this computer's clock says 2026-11-22 10:15 UTC", keys[0], func(c *x509.Certificate) {
			c.NotBefore = now.Add(6 * time.Minute)
		}},
		{"encipherment only", "certificate_usage", "allows neither", keys[0], func(c *x509.Certificate) {
			c.KeyUsage = x509.KeyUsageKeyEncipherment
		}},
		{"CA", "certificate_is_ca", "certificate authority", keys[0], asCA},
		{"RSA-1024", "key_too_small", "1024 bits", small, nil},
		{"Ed25519", "key_unsupported", "Ed25519", ed, nil},
		{"P-521", "key_unsupported", "curve", p521, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Sign(base, a.options(a.person(t, tt.key, "Dr Ada Example", tt.change), "Scientist"))
			wantInput(t, err, tt.code, tt.says)
		})
	}
	t.Run("five minutes of clock difference", func(t *testing.T) {
		p := a.person(t, keys[0], "Dr Ada Example", func(c *x509.Certificate) { c.NotBefore = now.Add(4 * time.Minute) })
		if r := a.verify(t, must[[]byte](t)(Sign(base, a.options(p, "Scientist")))); !r.Signatures[0].Intact {
			t.Fatalf("%+v", r)
		}
	})
	t.Run("key of another certificate", func(t *testing.T) {
		opt := a.options(a.person(t, keys[0], "Dr Ada Example", nil), "Scientist")
		opt.Signer = keys[1]
		_, err := Sign(base, opt)
		wantInput(t, err, "key_mismatch", "does not belong")
	})
}

func wantInput(t *testing.T, err error, code, says string) {
	t.Helper()
	var in *review.InputError
	if !errors.As(err, &in) || in.Code != code || !strings.Contains(in.What, says) || in.Remedy == "" {
		t.Fatalf("got %v, want %s with %q and a remedy", err, code, says)
	}
}

func TestSignRefusesFiles(t *testing.T) {
	a := newAuthority(t)
	once, _ := signed(t, a)
	cas := a.person(t, newECKey(t), "Dr Cas Example", nil)
	damaged := bytes.Replace(once, []byte("(R-7)"), []byte("(R-8)"), 1)
	for _, tt := range []struct {
		name, field, code string
		base              []byte
	}{
		{"no such field", "Director", "signature_field_missing", once},
		{"already signed", "Scientist", "already_signed", once},
		{"earlier signature invalid", "Authoriser", "earlier_signature_invalid", damaged},
		{"junk", "Authoriser", "pdf_unreadable", []byte("hello")},
		{"cut off in the report", "Authoriser", "pdf_unreadable", once[:500]},
		{"cut off in the signature", "Authoriser", "earlier_signature_invalid", once[:len(once)-100]},
		{"trailing junk", "Authoriser", "earlier_signature_invalid", append(bytes.Clone(once), "junk"...)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Sign(tt.base, a.options(cas, tt.field))
			wantInput(t, err, tt.code, "")
		})
	}
}

func TestSecondPersonMustHaveAnotherKey(t *testing.T) {
	a := newAuthority(t)
	key := newECKey(t)
	once := must[[]byte](t)(Sign(report(t), a.options(a.person(t, key, "Dr Ada Example", nil), "Scientist")))
	_, err := Sign(once, a.options(a.person(t, key, "Dr Eve Example", nil), "Authoriser"))
	var policy *review.PolicyError
	if !errors.As(err, &policy) || policy.Code != "same_certificate" {
		t.Fatalf("got %v", err)
	}
}

func TestSignRefusesText(t *testing.T) {
	a := newAuthority(t)
	p := a.person(t, newECKey(t), "Dr Ada Example", nil)
	for name, text := range map[string]string{
		"long": strings.Repeat("x", 257), "control": "a\nb", "broken": "a\xffb",
	} {
		t.Run(name, func(t *testing.T) {
			opt := a.options(p, "Scientist")
			opt.Name = text
			_, err := Sign(report(t), opt)
			wantInput(t, err, "signature_text", "")
		})
	}
	t.Run("beyond the basic plane", func(t *testing.T) {
		opt := a.options(p, "Scientist")
		opt.Name = "Dr 𝒜da (基) \\ ~"
		if r := a.verify(t, must[[]byte](t)(Sign(report(t), opt))); r.Signatures[0].Name != opt.Name || !r.OK {
			t.Fatalf("%+v", r)
		}
	})
}

func TestSignatureTooLongForReserve(t *testing.T) {
	a := newAuthority(t)
	opt := a.options(a.person(t, newECKey(t), "Dr Ada Example", nil), "Scientist")
	opt.reserve = 500
	if _, err := Sign(report(t), opt); err == nil || !strings.Contains(err.Error(), "500 are reserved") {
		t.Fatalf("got %v", err)
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"D:20261122101530Z": "2026-11-22T10:15:30Z", "D:20261122111530+01'00'": "2026-11-22T10:15:30Z",
		"D:20261122051530-05'00": "2026-11-22T10:15:30Z", "D:20261122101530Z00'00'": "2026-11-22T10:15:30Z",
		"D:20261122": "", "D:20261322101530Z": "", "": "", "D:20261122101530": "",
	} {
		got, err := decodeDate(in)
		if want == "" && err == nil || want != "" && (err != nil || got.Format(time.RFC3339) != want) {
			t.Errorf("%s: got %v, %v", in, got, err)
		}
	}
}
