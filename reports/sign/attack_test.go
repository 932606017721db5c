package sign

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"garrod/reports/object"
)

// appended returns b with an update that change fills, without any signature.
func appended(t *testing.T, b []byte, change func(f *object.File, u *object.Update)) []byte {
	t.Helper()
	f := must[*object.File](t)(object.Parse(b))
	u := object.NewUpdate(f)
	change(f, u)
	return must[[]byte](t)(u.Bytes([]byte("0123456789abcdef")))
}

func set(t *testing.T, u *object.Update, o object.Object, v object.Object) {
	t.Helper()
	if err := u.Set(o.(object.Ref), v); err != nil {
		t.Fatal(err)
	}
}

func pageOf(f *object.File) object.Ref {
	return f.Array(f.Dict(f.Root()["Pages"])["Kids"])[0].(object.Ref)
}

func fieldOf(f *object.File, name string) field {
	fields, _ := signatureFields(f)
	fd, _ := fieldNamed(fields, name)
	return fd
}

// wantRefused checks that verification fails and one problem says why.
func wantRefused(t *testing.T, r Report, later, says string) {
	t.Helper()
	if r.OK || r.Sound || r.LaterChanges != later || !strings.Contains(strings.Join(r.Problems, "\n"), says) {
		t.Fatalf("ok %v, later changes %s, problems %q; want %s and %q", r.OK, r.LaterChanges, r.Problems, later, says)
	}
}

// unsignedChange is something appended without a signature.
type unsignedChange struct {
	name, says string
	change     func(f *object.File, u *object.Update)
}

// look is a form for a field.
var look = object.Stream{Dict: object.Dict{"Subtype": object.Name("Form")}, Data: []byte("BT ET")}

func unsignedChanges(t *testing.T) []unsignedChange {
	return []unsignedChange{
		{"page text", "changes object", func(f *object.File, u *object.Update) {
			set(t, u, f.Dict(pageOf(f))["Contents"], object.Stream{Dict: object.Dict{}, Data: []byte("BT ET")})
		}},
		{"page", "changes object", func(f *object.File, u *object.Update) {
			set(t, u, pageOf(f), f.Dict(pageOf(f)).With("Rotate", object.Integer(180)))
		}},
		{"page tree", "changes object", func(f *object.File, u *object.Update) {
			set(t, u, f.Root()["Pages"], f.Dict(f.Root()["Pages"]).With("Count", object.Integer(0)))
		}},
		{"font", "changes object", func(f *object.File, u *object.Update) {
			fonts := f.Dict(f.Dict(f.Dict(pageOf(f))["Resources"])["Font"])
			for _, font := range fonts {
				set(t, u, font, f.Dict(font).With("BaseFont", object.Name("Symbol")))
			}
		}},
		{"annotation", "changes object", func(f *object.File, u *object.Update) {
			note := u.Add(object.Dict{"Subtype": object.Name("FreeText"), "Contents": object.String("Benign")})
			set(t, u, pageOf(f), f.Dict(pageOf(f)).With("Annots", append(f.Array(f.Dict(pageOf(f))["Annots"]), note)))
		}},
		{"open action", "without a signature of its own", func(f *object.File, u *object.Update) {
			js := object.Dict{"S": object.Name("JavaScript"), "JS": object.String("app.alert(1)")}
			set(t, u, f.Trailer()["Root"], f.Root().With("OpenAction", js))
		}},
		{"identifier", "changes object", func(f *object.File, u *object.Update) {
			set(t, u, f.Trailer()["Info"], f.Dict(f.Trailer()["Info"]).With("GarrodReportID", object.String("R-8")))
		}},
		{"proof", "changes object", func(f *object.File, u *object.Update) {
			for _, r := range f.References() {
				if s, ok := f.Object(r).(object.Stream); ok && s.Dict["Type"] == object.Name("EmbeddedFile") {
					set(t, u, r, object.Stream{Dict: s.Dict, Data: []byte("{}")})
				}
			}
		}},
		{"look of the signed field", "changes object", func(f *object.File, u *object.Update) {
			fd := fieldOf(f, "Scientist")
			set(t, u, fd.ref, fd.dict.With("AP", object.Dict{"N": u.Add(look)}))
		}},
		{"signature cleared", "that no field shows", func(f *object.File, u *object.Update) {
			fd := fieldOf(f, "Scientist")
			set(t, u, fd.ref, fd.dict.Without("V"))
		}},
		{"an object of no use", "without a signature of its own", func(_ *object.File, u *object.Update) {
			u.Add(object.Dict{})
		}},
	}
}

// TestAppendedChangesAreForbidden appends what viewers call a valid signature
// with "later changes" at most.
func TestAppendedChangesAreForbidden(t *testing.T) {
	a := newAuthority(t)
	once, twice := signed(t, a)
	for _, tt := range unsignedChanges(t) {
		t.Run(tt.name, func(t *testing.T) {
			wantRefused(t, a.verify(t, appended(t, twice, tt.change)), ChangesForbidden, tt.says)
			if a.verify(t, appended(t, once, tt.change)).OK {
				t.Fatal("accepted after the first signature")
			}
		})
	}
	t.Run("fake look of the unsigned field", func(t *testing.T) {
		b := appended(t, once, func(f *object.File, u *object.Update) {
			fd := fieldOf(f, "Authoriser")
			set(t, u, fd.ref, fd.dict.With("AP", object.Dict{"N": u.Add(look)}))
		})
		wantRefused(t, a.verify(t, b), ChangesForbidden, "without a signature of its own")
	})
	t.Run("unsigned field shows the other signature", func(t *testing.T) {
		b := appended(t, once, func(f *object.File, u *object.Update) {
			fd := fieldOf(f, "Authoriser")
			set(t, u, fd.ref, fd.dict.With("V", fieldOf(f, "Scientist").dict["V"]))
		})
		wantRefused(t, a.verify(t, b), ChangesForbidden, "shows the signature of the field")
	})
	t.Run("validation data", func(t *testing.T) {
		b := appended(t, twice, func(f *object.File, u *object.Update) {
			set(t, u, f.Trailer()["Root"], f.Root().With("DSS", u.Add(object.Dict{})))
		})
		wantRefused(t, a.verify(t, b), ChangesPermitted, "does not cover the whole file")
	})
}

func TestFreedObjectIsForbidden(t *testing.T) {
	a := newAuthority(t)
	_, twice := signed(t, a)
	f := must[*object.File](t)(object.Parse(twice))
	revs := f.Revisions()
	at := len(twice)
	trailer := f.Trailer().With("Prev", object.Integer(revs[len(revs)-1].XRef))
	b := fmt.Appendf(bytes.Clone(twice), "xref\n%d 1\n0000000000 00001 f \ntrailer\n%s\nstartxref\n%d\n%%%%EOF\n",
		pageOf(f).Num, object.Marshal(trailer), at)
	wantRefused(t, a.verify(t, b), ChangesForbidden, "removes object")
}

// resigned signs like Sign, but lets change spoil the revision before the
// signature is made, as a dishonest second signer could.
func resigned(t *testing.T, base []byte, opt Options, change func(f *object.File, u *object.Update, fd field, sig object.Ref)) []byte {
	t.Helper()
	f := must[*object.File](t)(object.Parse(base))
	u := object.NewUpdate(f)
	sig := u.Add(object.Raw(must[[]byte](t)(opt.dictionary())))
	fd := fieldOf(f, opt.Field)
	set(t, u, fd.ref, fd.dict.With("V", sig))
	change(f, u, fd, sig)
	out := must[[]byte](t)(u.Bytes([]byte("0123456789abcdef")))
	if err := opt.fill(out, sig); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSignerMayChangeNothingElse(t *testing.T) {
	a := newAuthority(t)
	once, _ := signed(t, a)
	opt := a.options(a.person(t, newECKey(t), "Dr Eve Example", nil), "Authoriser")
	for _, tt := range []struct {
		name, says string
		change     func(f *object.File, u *object.Update, fd field, sig object.Ref)
	}{
		{"page text", "changes object", func(f *object.File, u *object.Update, _ field, _ object.Ref) {
			set(t, u, f.Dict(pageOf(f))["Contents"], object.Stream{Dict: object.Dict{}, Data: []byte("BT ET")})
		}},
		{"the field's place", "changes the field", func(_ *object.File, u *object.Update, fd field, sig object.Ref) {
			wide := object.Array{object.Integer(0), object.Integer(0), object.Integer(300), object.Integer(200)}
			set(t, u, fd.ref, fd.dict.With("V", sig).With("Rect", wide))
		}},
		{"a look from the page", "a look from elsewhere", func(f *object.File, u *object.Update, fd field, sig object.Ref) {
			set(t, u, fd.ref, fd.dict.With("V", sig).With("AP", object.Dict{"N": f.Dict(pageOf(f))["Contents"]}))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantRefused(t, a.verify(t, resigned(t, once, opt, tt.change)), ChangesForbidden, tt.says)
		})
	}
	t.Run("the other field too", func(t *testing.T) {
		b := resigned(t, once, opt, func(f *object.File, u *object.Update, _ field, sig object.Ref) {
			other := fieldOf(f, "Scientist")
			set(t, u, other.ref, other.dict.With("V", sig))
		})
		wantRefused(t, a.verify(t, b), ChangesNone, "that no field shows")
	})
	t.Run("nothing", func(t *testing.T) {
		b := resigned(t, once, opt, func(*object.File, *object.Update, field, object.Ref) {})
		if r := a.verify(t, b); !r.OK {
			t.Fatalf("an honest signature: %v", r.Problems)
		}
	})
}

// TestDanglingReferenceIsNotFilled: the signed page points at an object that
// only the second signature's revision supplies.
func TestDanglingReferenceIsNotFilled(t *testing.T) {
	a := newAuthority(t)
	f := must[*object.File](t)(object.Parse(report(t)))
	objects := must[[]object.Object](t)(f.Objects())
	p := pageOf(f)
	ghost := object.Ref{Num: f.Size() + 1} // the first signature takes Size
	objects[p.Num-1] = f.Dict(p).With("Annots", append(f.Array(f.Dict(p)["Annots"]), ghost))
	base := object.Write(7, objects, f.Trailer())
	once := must[[]byte](t)(Sign(base, a.options(a.person(t, newECKey(t), "Dr Ada", nil), "Scientist")))
	_, err := Sign(once, a.options(a.person(t, newECKey(t), "Dr Ben", nil), "Authoriser"))
	if err == nil || !strings.Contains(err.Error(), "which the signed document points at") {
		t.Fatalf("got %v", err)
	}
}

// spoiled signs once with a ByteRange of the test's choice; the digest fits it.
func spoiled(t *testing.T, a authority, bend func(gap, stop, size int) [4]int) []byte {
	t.Helper()
	opt := a.options(a.person(t, newECKey(t), "Dr Eve Example", nil), "Scientist")
	out := resigned(t, report(t), opt, func(*object.File, *object.Update, field, object.Ref) {})
	gap := bytes.LastIndex(out, []byte("/Contents <")) + len("/Contents ")
	stop := gap + bytes.IndexByte(out[gap:], '>') + 1
	n := bend(gap, stop, len(out))
	at := bytes.LastIndex(out, []byte("/ByteRange ")) + len("/ByteRange ")
	copy(out[at:], fmt.Sprintf("%-*s", rangeWidth, fmt.Sprintf("[%d %d %d %d]", n[0], n[1], n[2], n[3])))
	clip := func(from, size int) []byte {
		from = min(max(from, 0), len(out))
		return out[from:min(max(from+size, from), len(out))]
	}
	id := identity{key: opt.Signer, cert: opt.Certificate, chain: opt.Chain, rand: rand.Reader}
	der := must[[]byte](t)(id.buildCMS(clip(n[0], n[1]), clip(n[2], n[3])))
	copy(out[gap+1:stop-1], bytes.Repeat([]byte("0"), stop-gap-2))
	hex.Encode(out[gap+1:], der)
	return out
}

func TestByteRange(t *testing.T) {
	a := newAuthority(t)
	for _, tt := range []struct {
		name, says string
		bend       func(gap, stop, size int) [4]int
	}{
		{"short at the end", "does not cover a whole revision", func(g, s, n int) [4]int { return [4]int{0, g, s, n - s - 10} }},
		{"wide gap before", "exactly the signature", func(g, s, n int) [4]int { return [4]int{0, g - 5, s, n - s} }},
		{"wide gap behind", "exactly the signature", func(g, s, n int) [4]int { return [4]int{0, g, s + 2, n - s - 2} }},
		{"gap within the signature", "exactly the signature", func(g, s, n int) [4]int { return [4]int{0, g + 1, s - 1, n - s + 1} }},
		{"starts late", "exactly the signature", func(g, s, n int) [4]int { return [4]int{1, g - 1, s, n - s} }},
		{"zeros", "exactly the signature", func(_, _, _ int) [4]int { return [4]int{} }},
		{"negative", "outside the file", func(g, s, n int) [4]int { return [4]int{0, g, s, s - n} }},
		{"huge", "outside the file", func(g, s, _ int) [4]int { return [4]int{0, g, s, 9999999999} }},
		{"beyond the end", "exactly the signature", func(g, s, n int) [4]int { return [4]int{0, g, s, n - s + 1} }},
		{"swapped", "exactly the signature", func(g, s, n int) [4]int { return [4]int{0, s, g, n - s} }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := a.verify(t, spoiled(t, a, tt.bend))
			wantRefused(t, r, ChangesNone, tt.says)
		})
	}
	t.Run("as it should be", func(t *testing.T) {
		b := spoiled(t, a, func(g, s, n int) [4]int { return [4]int{0, g, s, n - s} })
		if r := a.verify(t, b); !r.OK {
			t.Fatalf("%v", r.Problems)
		}
	})
}

// contents returns the place of the newest signature's digits.
func contents(b []byte) (from, to int) {
	from = bytes.LastIndex(b, []byte("/Contents <")) + len("/Contents <")
	return from, from + bytes.IndexByte(b[from:], '>')
}

func TestContents(t *testing.T) {
	a := newAuthority(t)
	once, twice := signed(t, a)
	from, to := contents(twice)
	der := must[[]byte](t)(hex.DecodeString(string(twice[from:to])))
	var outer asn1.RawValue
	must[[]byte](t)(asn1.Unmarshal(der, &outer))
	with := func(cms []byte) []byte {
		b := bytes.Clone(twice)
		copy(b[from:to], bytes.Repeat([]byte("0"), to-from))
		hex.Encode(b[from:], cms)
		return b
	}
	from1, to1 := contents(once)
	other := must[[]byte](t)(hex.DecodeString(string(once[from1:to1])))
	for _, tt := range []struct {
		name, says string
		cms        []byte
	}{
		{"zeros", "not a CMS", nil},
		{"CMS of the other signature", "signed bytes were changed", other},
		{"data in the padding", "hidden behind the signature", append(bytes.Clone(outer.FullBytes), "hidden"...)},
		{"junk", "not a CMS", []byte("junk")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantRefused(t, a.verify(t, with(tt.cms)), ChangesForbidden, tt.says)
		})
	}
}

// TestCertificateSwappedForOneWithTheSameKey: the attributes and the signature
// are the signer's, the certificate shown is another person's.
func TestCertificateSwappedForOneWithTheSameKey(t *testing.T) {
	a := newAuthority(t)
	key := newECKey(t)
	ada, eve := a.person(t, key, "Dr Ada Example", nil), a.person(t, key, "Dr Eve Example", nil)
	for len(eve.cert.Raw) != len(ada.cert.Raw) { // ECDSA signatures vary by a byte or two
		eve = a.person(t, key, "Dr Eve Example", nil)
	}
	opt := a.options(ada, "Scientist")
	b := must[[]byte](t)(Sign(report(t), opt))
	from, to := contents(b)
	cms := must[[]byte](t)(hex.DecodeString(string(b[from:to])))
	cms = bytes.Replace(cms, ada.cert.Raw, eve.cert.Raw, 1)
	number := func(p person) []byte {
		return must[[]byte](t)(asn1.Marshal(issuerAndSerial{asn1.RawValue{FullBytes: p.cert.RawIssuer}, p.cert.SerialNumber}))
	}
	cms = bytes.Replace(cms, number(ada), number(eve), 1)
	hex.Encode(b[from:], cms)
	wantRefused(t, a.verify(t, b), ChangesNone, "not the one the signer signed with")
}

func TestTrust(t *testing.T) {
	a := newAuthority(t)
	key := newECKey(t)
	for _, tt := range []struct {
		name, says string
		sign       person
		chain      []*x509.Certificate
		at         int // hours after signing
		want       string
	}{
		{"trusted", "", a.person(t, key, "Dr Ada", nil), []*x509.Certificate{a.issuing.cert}, 0, "true"},
		{"self-signed with the same name", "not trusted", certify(t, nil, key, "Dr Ada", nil), nil, 0, "false"},
		{"issued by a stranger", "not trusted", newAuthority(t).person(t, key, "Dr Ada", nil), nil, 0, "false"},
		{"chain missing", "not trusted", a.person(t, key, "Dr Ada", nil), nil, 0, "false"},
		{"expired since", "cannot be decided", a.person(t, key, "Dr Ada", nil), []*x509.Certificate{a.issuing.cert}, 48, "null"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			opt := a.options(tt.sign, "Scientist")
			opt.Chain = tt.chain
			b := must[[]byte](t)(Sign(report(t), opt))
			r := must[Report](t)(Verify(b, VerifyOptions{Roots: a.pool, At: now.Add(time.Duration(tt.at) * time.Hour)}))
			s := r.Signatures[0]
			got := "null"
			if s.Trusted != nil {
				got = fmt.Sprint(*s.Trusted)
			}
			if !s.Intact || got != tt.want || !strings.Contains(s.TrustDetail, tt.says) || r.OK != (tt.want == "true") {
				t.Fatalf("trusted %s, %+v", got, r)
			}
		})
	}
}
