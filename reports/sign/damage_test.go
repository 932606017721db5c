package sign

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"garrod/reports/object"

	"github.com/google/go-cmp/cmp"
)

// large returns a report signed twice as the program does, with appearances and
// the full reserve.
func large(t testing.TB, a authority) []byte {
	t.Helper()
	b := report(t)
	for _, name := range []string{"Scientist", "Authoriser"} {
		opt := a.options(a.person(t, newECKey(t), "Dr "+name, nil), name)
		opt.reserve, opt.Appearance = 0, page(t, 1, 120, 40)
		b = must[[]byte](t)(Sign(b, opt))
	}
	return b
}

// TestBitFlips flips single bits all over a small file. A flip in the last
// signature's own digits may be harmless (the case of a letter), but then the
// report must be the very same.
func TestBitFlips(t *testing.T) {
	a := newAuthority(t)
	_, b := signed(t, a)
	sound := a.verify(t, b)
	from, to := contents(b)
	flipped, harmless := 0, 0
	for bit := 0; bit < 8*len(b); bit += bitStride {
		i := bit / 8
		b[i] ^= 1 << (bit % 8)
		r := a.verify(t, b)
		b[i] ^= 1 << (bit % 8)
		flipped++
		if !r.OK {
			continue
		}
		harmless++
		if i < from || i >= to || !cmp.Equal(r, sound) {
			t.Fatalf("bit %d of byte %d flipped, digits at %d to %d: still verifies", bit%8, i, from, to)
		}
	}
	t.Logf("%d of %d bits flipped, %d within the digits without meaning", flipped, 8*len(b), harmless)
}

// TestAnyByteOfTheSignedRange changes one byte at 2,500 places of a full-size
// file: every answer is a negative verification, never an error, never OK.
func TestAnyByteOfTheSignedRange(t *testing.T) {
	a := newAuthority(t)
	b := large(t, a)
	if r := a.verify(t, b); !r.OK {
		t.Fatalf("%v", r.Problems)
	}
	from, to := contents(b)
	from, to = from-1, to+1
	rnd := rand.New(rand.NewPCG(1, 2))
	const positions = 2500
	signedSize := len(b) - (to - from)
	for n := range positions {
		i := n * signedSize / positions
		if n < 20 {
			i = n // the header
		}
		if i >= from {
			i += to - from
		}
		was := b[i]
		b[i] ^= byte(1 + rnd.IntN(255))
		if r := a.verify(t, b); r.OK {
			t.Fatalf("byte %d changed from %#x to %#x: still verifies", i, was, b[i])
		}
		b[i] = was
	}
}

// TestTruncation cuts the file everywhere. At the end of the first signature it
// is whole again; see TestRollback.
func TestTruncation(t *testing.T) {
	a := newAuthority(t)
	b := large(t, a)
	ends := map[int]bool{}
	for _, r := range must[*object.File](t)(object.Parse(b)).Revisions() {
		ends[r.Marker], ends[r.End] = true, true
	}
	for n := 0; n < len(b)-1; n += byteStride {
		r, err := Verify(b[:n], VerifyOptions{Roots: a.pool, At: now})
		if err == nil && r.OK && !ends[n] {
			t.Fatalf("the first %d of %d bytes verify", n, len(b))
		}
	}
}

// TestRollback: cutting the second signature off cleanly leaves a valid file of
// one signature. Only the laboratory's record can tell; this holds the fact.
func TestRollback(t *testing.T) {
	a := newAuthority(t)
	once, twice := signed(t, a)
	r := a.verify(t, twice[:len(once)])
	if !r.OK || len(r.Signatures) != 1 {
		t.Fatalf("%+v", r)
	}
}

func TestAroundTheFile(t *testing.T) {
	a := newAuthority(t)
	_, b := signed(t, a)
	wantRefused(t, a.verify(t, append(bytes.Clone(b), "junk"...)), ChangesForbidden, "follow the end of the file")
	wantRefused(t, a.verify(t, append([]byte("x"), b...)), ChangesForbidden, "damaged")
	r := a.verify(t, append(bytes.Clone(b), "\r\n\n"...))
	if !r.OK || !strings.Contains(strings.Join(r.Warnings, "\n"), "white space") {
		t.Fatalf("white space: %+v", r)
	}
}

func TestNotAReport(t *testing.T) {
	for name, in := range map[string]string{"empty": "", "text": "hello, world", "zip": "PK\x03\x04"} {
		t.Run(name, func(t *testing.T) {
			_, err := Verify([]byte(in), VerifyOptions{})
			wantInput(t, err, "not_pdf", "not a PDF")
			_, err = Attachment([]byte(in))
			wantInput(t, err, "proof_unreadable", "")
		})
	}
	a := newAuthority(t)
	wantRefused(t, a.verify(t, report(t)), ChangesNone, "not signed")
	wantRefused(t, a.verify(t, page(t, 1, 100, 100)), ChangesNone, "not signed")
	_, err := Attachment(page(t, 1, 100, 100))
	wantInput(t, err, "proof_unreadable", "carries no proof")
}

// rebuilt signs a report whose objects change spoiled beforehand.
func rebuilt(t *testing.T, a authority, change func(f *object.File, objects []object.Object)) ([]byte, error) {
	t.Helper()
	f := must[*object.File](t)(object.Parse(report(t)))
	objects := must[[]object.Object](t)(f.Objects())
	change(f, objects)
	opt := a.options(a.person(t, newECKey(t), "Dr Ada", nil), "Scientist")
	return Sign(object.Write(7, objects, f.Trailer()), opt)
}

func TestForms(t *testing.T) {
	a := newAuthority(t)
	for _, tt := range []struct {
		name, says string
		change     func(f *object.File, objects []object.Object)
	}{
		{"two fields of one name", "two signature fields named", func(f *object.File, objects []object.Object) {
			fd := fieldOf(f, "Authoriser")
			objects[fd.ref.Num-1] = fd.dict.With("T", object.String("Scientist"))
		}},
		{"field split from its widget", "split from its widget", func(f *object.File, objects []object.Object) {
			fd := fieldOf(f, "Authoriser")
			objects[fd.ref.Num-1] = fd.dict.With("Kids", object.Array{})
		}},
		{"loop of fields", "list of fields is damaged", func(f *object.File, objects []object.Object) {
			fd := fieldOf(f, "Authoriser")
			objects[fd.ref.Num-1] = object.Dict{"Kids": object.Array{fd.ref}}
		}},
		{"hidden signature", "that no field shows", func(f *object.File, objects []object.Object) {
			fd := fieldOf(f, "Authoriser")
			objects[fd.ref.Num-1] = fd.dict.With("Type", object.Name("Sig"))
		}},
		{"signature within the field", "not an object of its own", func(f *object.File, objects []object.Object) {
			fd := fieldOf(f, "Authoriser")
			objects[fd.ref.Num-1] = fd.dict.With("V", object.Dict{"SubFilter": padesSubFilter})
		}},
		{"another kind of signature", "not a PAdES signature (/adbe.pkcs7.detached)", func(f *object.File, objects []object.Object) {
			fd := fieldOf(f, "Authoriser")
			info := f.Trailer()["Info"].(object.Ref)
			objects[info.Num-1] = object.Dict{"SubFilter": object.Name("adbe.pkcs7.detached"), "Contents": object.HexString("x")}
			objects[fd.ref.Num-1] = fd.dict.With("V", info)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := rebuilt(t, a, tt.change)
			wantInput(t, err, "earlier_signature_invalid", tt.says)
		})
	}
}

func TestTwoProofs(t *testing.T) {
	a := newAuthority(t)
	b, err := rebuilt(t, a, func(f *object.File, objects []object.Object) {
		root := f.Trailer()["Root"].(object.Ref)
		list := f.Array(f.Dict(f.Dict(f.Root()["Names"])["EmbeddedFiles"])["Names"])
		tree := object.Dict{"EmbeddedFiles": object.Dict{"Names": append(list, list...)}}
		objects[root.Num-1] = f.Root().With("Names", tree)
	})
	if err != nil {
		t.Fatal(err)
	}
	wantRefused(t, a.verify(t, b), ChangesNone, "more than one proof")
}

func TestClaimedTimeAfterTheClockIsShown(t *testing.T) {
	a := newAuthority(t)
	once, _ := signed(t, a)
	r := must[Report](t)(Verify(once, VerifyOptions{Roots: a.pool, At: now.Add(-10 * time.Minute)}))
	if !r.OK || !strings.Contains(strings.Join(r.Warnings, "\n"), "after this computer's clock") {
		t.Fatalf("%+v", r)
	}
}

func FuzzVerify(f *testing.F) {
	a := newAuthority(f)
	once, twice := signed(f, a)
	f.Add(report(f))
	f.Add(once)
	f.Add(twice)
	f.Add([]byte("%PDF-1.7\n/ByteRange [0 1 2 3]"))
	f.Fuzz(func(t *testing.T, in []byte) {
		r, err := Verify(in, VerifyOptions{Roots: a.pool, At: now})
		if err == nil && r.OK && !sameButDigits(in, once) && !sameButDigits(in, twice) {
			t.Fatal("an altered file verifies")
		}
		if _, err := Attachment(in); err != nil && r.Attachment != nil {
			t.Fatal("a proof was reported that cannot be taken out")
		}
	})
}

// sameButDigits compares but for white space at the end and the digits of the
// last signature, some of which mean nothing.
func sameButDigits(a, b []byte) bool {
	strip := func(f []byte) []byte {
		from, to := contents(f)
		return append(bytes.Clone(f[:from]), bytes.TrimRight(f[to:], " \r\n\t")...)
	}
	return bytes.Equal(strip(a), strip(b))
}
