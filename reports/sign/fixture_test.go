package sign

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"sync"
	"testing"
	"time"

	"garrod/reports/object"

	"github.com/jung-kurt/gofpdf"
)

var now = time.Date(2026, 11, 22, 10, 15, 30, 0, time.UTC)

// person is somebody who can sign.
type person struct {
	key  crypto.Signer
	cert *x509.Certificate
}

// authority is a root and an issuing certificate authority made for the tests.
type authority struct {
	root, issuing person
	pool          *x509.CertPool
}

func must[T any](t testing.TB) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func newECKey(t testing.TB) crypto.Signer {
	return must[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
}

// rsaKeys are made once; they cost the most time.
var rsaKeys = sync.OnceValues(func() ([2]crypto.Signer, error) {
	a, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return [2]crypto.Signer{}, err
	}
	b, err := rsa.GenerateKey(rand.Reader, 2048)
	return [2]crypto.Signer{a, b}, err
})

var serial int64

// certify makes a certificate for key, signed by issuer or by itself.
func certify(t testing.TB, issuer *person, key crypto.Signer, name string, change func(*x509.Certificate)) person {
	t.Helper()
	serial++
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1000 + serial),
		Subject:      pkix.Name{CommonName: name, Organization: []string{"Garrod tests"}},
		NotBefore:    now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment, BasicConstraintsValid: true,
	}
	if change != nil {
		change(c)
	}
	parent, signer := c, key
	if issuer != nil {
		parent, signer = issuer.cert, issuer.key
	}
	der := must[[]byte](t)(x509.CreateCertificate(rand.Reader, c, parent, key.Public(), signer))
	return person{key, must[*x509.Certificate](t)(x509.ParseCertificate(der))}
}

func asCA(c *x509.Certificate) {
	c.IsCA = true
	c.KeyUsage = x509.KeyUsageCertSign
}

func newAuthority(t testing.TB) authority {
	a := authority{root: certify(t, nil, newECKey(t), "Test root", asCA), pool: x509.NewCertPool()}
	a.issuing = certify(t, &a.root, newECKey(t), "Test issuing CA", asCA)
	a.pool.AddCert(a.root.cert)
	return a
}

func (a authority) person(t testing.TB, key crypto.Signer, name string, change func(*x509.Certificate)) person {
	return certify(t, &a.issuing, key, name, change)
}

// options sign as p in the named field, with a small reserve that keeps the
// all-bits test short.
func (a authority) options(p person, field string) Options {
	return Options{
		Field: field, Signer: p.key, Certificate: p.cert, Chain: []*x509.Certificate{a.issuing.cert, a.root.cert},
		Time: now, Role: field, Reason: "report agreed", Location: "London", reserve: 2048,
	}
}

func (a authority) verify(t testing.TB, b []byte) Report {
	t.Helper()
	return must[Report](t)(Verify(b, VerifyOptions{Roots: a.pool, At: now.Add(time.Minute)}))
}

// page makes a PDF of n pages with gofpdf.
func page(t testing.TB, n int, w, h float64) []byte {
	t.Helper()
	p := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: w, Ht: h}})
	p.SetCatalogSort(true)
	p.SetAutoPageBreak(false, 0)
	p.SetCreationDate(now)
	p.SetModificationDate(now)
	for range n {
		p.AddPage()
		p.SetFont("Helvetica", "", 10)
		p.SetXY(5, 5)
		p.Cell(100, 12, "A page of a report")
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const proofJSON = `{"schema": "garrod-proof/1", "class": "LP"}`

// report makes a base file as the finishing pass does: two empty fields on the
// last page, an identifier, the proof attached.
func report(t testing.TB) []byte {
	t.Helper()
	f := must[*object.File](t)(object.Parse(page(t, 1, 300, 200)))
	objects := must[[]object.Object](t)(f.Objects())
	add := func(o object.Object) object.Ref {
		objects = append(objects, o)
		return object.Ref{Num: len(objects)}
	}
	set := func(r object.Ref, o object.Object) { objects[r.Num-1] = o }
	kids := f.Array(f.Dict(f.Root()["Pages"])["Kids"])
	last := kids[len(kids)-1].(object.Ref)
	fields := object.Array{}
	for i, name := range []string{"Scientist", "Authoriser"} {
		x := object.Integer(20 + 140*i)
		fields = append(fields, add(object.Dict{
			"Type": object.Name("Annot"), "Subtype": object.Name("Widget"), "FT": object.Name("Sig"), "T": object.String(name),
			"F": object.Integer(132), "P": last, "Rect": object.Array{x, object.Integer(20), x + 120, object.Integer(60)},
		}))
	}
	set(last, f.Dict(last).With("Annots", fields))
	file := add(object.Stream{Dict: object.Dict{"Type": object.Name("EmbeddedFile")}, Data: []byte(proofJSON)})
	spec := add(object.Dict{
		"Type": object.Name("Filespec"), "F": object.String(ProofName), "UF": object.String(ProofName), "EF": object.Dict{"F": file},
	})
	root := f.Trailer()["Root"].(object.Ref)
	cat := f.Root().With("AcroForm", object.Dict{"Fields": fields, "SigFlags": object.Integer(3)})
	cat["Names"] = object.Dict{"EmbeddedFiles": object.Dict{"Names": object.Array{object.String(ProofName), spec}}}
	set(root, cat)
	info := f.Trailer()["Info"].(object.Ref)
	id := object.HexString("0123456789abcdef")
	set(info, f.Dict(info).With("GarrodReportID", object.String("R-7")).With("GarrodReportVersion", object.String("2")))
	return object.Write(7, objects, f.Trailer().With("ID", object.Array{id, id}))
}

// signed returns a report signed by two people, and the state between.
func signed(t testing.TB, a authority) (once, twice []byte) {
	t.Helper()
	keys := must[[2]crypto.Signer](t)(rsaKeys())
	ada := a.person(t, keys[0], "Dr Ada Example", nil)
	ben := a.person(t, newECKey(t), "Dr Ben Šample", nil)
	once = must[[]byte](t)(Sign(report(t), a.options(ada, "Scientist")))
	opt := a.options(ben, "Authoriser")
	opt.Time = now.Add(30 * time.Second)
	return once, must[[]byte](t)(Sign(once, opt))
}
