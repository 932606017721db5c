package sign

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"io"
	"math/big"
)

type contentInfo struct {
	ContentType asn1.ObjectIdentifier
	Content     signedData `asn1:"explicit,tag:0"`
}

type signedData struct {
	Version          int
	DigestAlgorithms []pkix.AlgorithmIdentifier `asn1:"set"`
	Encapsulated     struct{ ContentType asn1.ObjectIdentifier }
	Certificates     asn1.RawValue
	SignerInfos      []signerInfo `asn1:"set"`
}

type signerInfo struct {
	Version            int
	Signer             issuerAndSerial
	DigestAlgorithm    pkix.AlgorithmIdentifier
	SignedAttributes   asn1.RawValue
	SignatureAlgorithm pkix.AlgorithmIdentifier
	Signature          []byte
}

type issuerAndSerial struct {
	Issuer asn1.RawValue
	Serial *big.Int
}

type attribute struct {
	Type   asn1.ObjectIdentifier
	Values []any `asn1:"set"`
}

// signingCertificateV2 leaves out the hash algorithm, which means SHA-256.
type signingCertificateV2 struct {
	Certificates []essCertificate
}

type essCertificate struct {
	Hash   []byte
	Issuer struct {
		Names  []asn1.RawValue
		Serial *big.Int
	}
}

// identity is what a signature is made with.
type identity struct {
	key   crypto.Signer
	cert  *x509.Certificate
	chain []*x509.Certificate
	rand  io.Reader
}

// buildCMS makes the detached CMS over content: the attributes of CAdES
// baseline B and no signing time, which PAdES forbids there.
func (id identity) buildCMS(content ...[]byte) ([]byte, error) {
	s := schemeFor(id.cert)
	attrs, err := signedAttributes(id.cert, s.sum(content...))
	if err != nil {
		return nil, err
	}
	// The signature is over the attributes tagged as SET; stored, they have the
	// implicit tag [0].
	sig, err := id.key.Sign(id.rand, s.sum(attrs), s.hash)
	if err != nil {
		return nil, fmt.Errorf("sign with the private key: %w", err)
	}
	stored := bytes.Clone(attrs)
	stored[0] = 0xa0
	digest := pkix.AlgorithmIdentifier{Algorithm: s.digest}
	sd := signedData{
		Version:          1,
		DigestAlgorithms: []pkix.AlgorithmIdentifier{digest},
		Certificates:     asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: id.certificates()},
		SignerInfos: []signerInfo{{
			Version:            1,
			Signer:             issuerAndSerial{asn1.RawValue{FullBytes: id.cert.RawIssuer}, id.cert.SerialNumber},
			DigestAlgorithm:    digest,
			SignedAttributes:   asn1.RawValue{FullBytes: stored},
			SignatureAlgorithm: s.signatureAlgorithm(id.cert),
			Signature:          sig,
		}},
	}
	sd.Encapsulated.ContentType = oidData
	der, err := asn1.Marshal(contentInfo{oidSignedData, sd})
	if err != nil {
		return nil, fmt.Errorf("encode CMS: %w", err)
	}
	return der, nil
}

// certificates is signer and chain without a root: who trusts a root has it.
func (id identity) certificates() []byte {
	b := bytes.Clone(id.cert.Raw)
	for _, c := range id.chain {
		if !bytes.Equal(c.RawSubject, c.RawIssuer) && !c.Equal(id.cert) {
			b = append(b, c.Raw...)
		}
	}
	return b
}

// signedAttributes is a DER SET: asn1 sorts its elements.
func signedAttributes(cert *x509.Certificate, digest []byte) ([]byte, error) {
	hash := sha256.Sum256(cert.Raw)
	ess := essCertificate{Hash: hash[:]}
	ess.Issuer.Names = []asn1.RawValue{{Class: asn1.ClassContextSpecific, Tag: 4, IsCompound: true, Bytes: cert.RawIssuer}}
	ess.Issuer.Serial = cert.SerialNumber
	attrs := []attribute{
		{oidContentType, []any{oidData}},
		{oidMessageDigest, []any{digest}},
		{oidSigningCertV2, []any{signingCertificateV2{[]essCertificate{ess}}}},
	}
	b, err := asn1.MarshalWithParams(attrs, "set")
	if err != nil {
		return nil, fmt.Errorf("encode signed attributes: %w", err)
	}
	return b, nil
}
