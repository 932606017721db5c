package keys

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base32"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"
	"time"

	"software.sslmate.com/src/go-pkcs12"
)

// demonstrationMark is the organisation of every certificate made here. It shows
// in every viewer, and [IsDemonstration] goes by it.
const demonstrationMark = "Garrod demonstration — not for clinical use"

// Validity of what the demonstration makes, and by how much it begins early so
// that a slow clock elsewhere does not matter.
const (
	demonstrationAge = 10 * 365 * 24 * time.Hour
	demonstrationGap = time.Hour
)

// Demonstration is a certificate authority that signed for a few made-up people
// and whose own key is gone.
type Demonstration struct {
	CA     []byte // its certificate as PEM
	People []DemonstrationPerson
}

// DemonstrationPerson is a throw-away identity.
type DemonstrationPerson struct {
	Name       string // as given, without the mark
	P12        []byte
	Passphrase string
}

// NewDemonstration makes an authority and one identity (ECDSA P-256) for each
// name, each with its own random passphrase, valid from an hour before now for
// ten years. The names get the suffix "(DEMONSTRATION)". random is a
// cryptographic source such as crypto/rand.Reader.
func NewDemonstration(random io.Reader, now time.Time, names ...string) (Demonstration, error) {
	ca, err := newIssuer(random, now)
	if err != nil {
		return Demonstration{}, fmt.Errorf("make demonstration authority: %w", err)
	}
	d := Demonstration{CA: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.cert.Raw})}
	for _, name := range names {
		p, err := ca.person(random, now, name)
		if err != nil {
			return Demonstration{}, fmt.Errorf("make demonstration identity: %w", err)
		}
		d.People = append(d.People, p)
	}
	return d, nil
}

// IsDemonstration reports whether a certificate, or its issuer's, carries the
// demonstration's mark. Live laboratories accept none of them.
func IsDemonstration(cert *x509.Certificate) bool {
	return slices.Contains(cert.Subject.Organization, demonstrationMark) ||
		slices.Contains(cert.Issuer.Organization, demonstrationMark)
}

// issuer is the authority while its key lives: within NewDemonstration.
type issuer struct {
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
}

func newIssuer(random io.Reader, now time.Time) (*issuer, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), random)
	if err != nil {
		return nil, err
	}
	c, err := template(random, now, "Garrod demonstration CA")
	if err != nil {
		return nil, err
	}
	c.IsCA, c.MaxPathLenZero, c.KeyUsage = true, true, x509.KeyUsageCertSign
	der, err := x509.CreateCertificate(random, c, c, key.Public(), key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	return &issuer{key: key, cert: cert}, err
}

func (ca *issuer) person(random io.Reader, now time.Time, name string) (DemonstrationPerson, error) {
	p := DemonstrationPerson{Name: name}
	key, err := ecdsa.GenerateKey(elliptic.P256(), random)
	if err != nil {
		return p, err
	}
	c, err := template(random, now, name+" (DEMONSTRATION)")
	if err != nil {
		return p, err
	}
	c.KeyUsage = x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment
	der, err := x509.CreateCertificate(random, c, ca.cert, key.Public(), ca.key)
	if err != nil {
		return p, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return p, err
	}
	secret := make([]byte, 20)
	if _, err := io.ReadFull(random, secret); err != nil {
		return p, err
	}
	p.Passphrase = strings.ToLower(base32.StdEncoding.EncodeToString(secret))
	p.P12, err = pkcs12.Modern2023.WithRand(random).Encode(key, cert, []*x509.Certificate{ca.cert}, p.Passphrase)
	return p, err
}

// template is a certificate with a random serial number of 128 bits.
func template(random io.Reader, now time.Time, name string) (*x509.Certificate, error) {
	serial := make([]byte, 16)
	if _, err := io.ReadFull(random, serial); err != nil {
		return nil, err
	}
	serial[0] = serial[0]&0x7f | 0x40 // positive, and always of the same length
	return &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes(serial),
		Subject:      pkix.Name{CommonName: name, Organization: []string{demonstrationMark}},
		NotBefore:    now.Add(-demonstrationGap), NotAfter: now.Add(demonstrationAge),
		BasicConstraintsValid: true,
	}, nil
}
