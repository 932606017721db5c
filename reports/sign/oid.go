package sign

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
)

// Object identifiers of CMS (RFC 5652, 5035, 3161) and of the algorithms in use
// (RFC 5754, 5758).
var (
	oidData          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	oidSigningCertV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidTimeStamp     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}
	oidRSA           = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
)

// scheme is one hash with its identifiers.
type scheme struct {
	hash             crypto.Hash
	digest           asn1.ObjectIdentifier
	rsaOID, ecdsaOID asn1.ObjectIdentifier
	rsa, ecdsa       x509.SignatureAlgorithm
}

var schemes = []scheme{
	{
		crypto.SHA256,
		asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1},
		asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11},
		asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2},
		x509.SHA256WithRSA, x509.ECDSAWithSHA256,
	},
	{
		crypto.SHA384,
		asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2},
		asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 12},
		asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 3},
		x509.SHA384WithRSA, x509.ECDSAWithSHA384,
	},
	{
		crypto.SHA512,
		asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3},
		asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 13},
		asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 4},
		x509.SHA512WithRSA, x509.ECDSAWithSHA512,
	},
}

// schemeFor is the scheme this program signs with: SHA-384 for P-384, otherwise
// SHA-256.
func schemeFor(cert *x509.Certificate) scheme {
	if k, ok := cert.PublicKey.(*ecdsa.PublicKey); ok && k.Curve.Params().BitSize == 384 {
		return schemes[1]
	}
	return schemes[0]
}

// schemeOf finds the scheme of a digest identifier. SHA-1 and older are not
// among them.
func schemeOf(digest asn1.ObjectIdentifier) (scheme, error) {
	for _, s := range schemes {
		if s.digest.Equal(digest) {
			return s, nil
		}
	}
	return scheme{}, fmt.Errorf("unsupported digest algorithm %s", digest)
}

// signatureAlgorithm is the identifier written into the CMS.
func (s scheme) signatureAlgorithm(cert *x509.Certificate) pkix.AlgorithmIdentifier {
	if _, ok := cert.PublicKey.(*rsa.PublicKey); ok {
		return pkix.AlgorithmIdentifier{Algorithm: s.rsaOID, Parameters: asn1.NullRawValue}
	}
	return pkix.AlgorithmIdentifier{Algorithm: s.ecdsaOID}
}

// algorithm checks that the identifier fits hash and key.
func (s scheme) algorithm(id asn1.ObjectIdentifier, cert *x509.Certificate) (x509.SignatureAlgorithm, error) {
	switch cert.PublicKey.(type) {
	case *rsa.PublicKey:
		if id.Equal(s.rsaOID) || id.Equal(oidRSA) {
			return s.rsa, nil
		}
	case *ecdsa.PublicKey:
		if id.Equal(s.ecdsaOID) {
			return s.ecdsa, nil
		}
	}
	return 0, fmt.Errorf("unsupported signature algorithm %s", id)
}

func (s scheme) sum(parts ...[]byte) []byte {
	h := s.hash.New()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}
