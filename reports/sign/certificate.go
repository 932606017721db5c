package sign

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"time"

	"garrod/review"
)

// clockTolerance is by how much the clocks of a certificate authority and of a
// workstation may differ.
const clockTolerance = 5 * time.Minute

// minRSABits is the smallest RSA key accepted (ETSI TS 119 312).
const minRSABits = 2048

const anotherIdentity = "Choose another identity (.p12 file) or ask your certificate authority for a new one."

// CheckCertificate says whether a report may be signed with the certificate at
// that moment: it is within its validity (five minutes of clock difference are
// forgiven at its start), may be used for signatures, is not a certificate
// authority's, and has a key that [Sign] supports. The error is a
// *review.InputError without file name; Code is certificate_expired,
// certificate_not_yet_valid, certificate_usage, certificate_is_ca, key_too_small
// or key_unsupported.
func CheckCertificate(cert *x509.Certificate, at time.Time) error {
	at = at.UTC()
	who := "the certificate of " + signerName(cert)
	switch {
	case at.After(cert.NotAfter):
		return &review.InputError{
			Code:   "certificate_expired",
			What:   fmt.Sprintf("%s expired on %s; this computer's clock says %s", who, moment(cert.NotAfter), moment(at)),
			Remedy: anotherIdentity,
		}
	case at.Add(clockTolerance).Before(cert.NotBefore):
		return &review.InputError{
			Code:   "certificate_not_yet_valid",
			What:   fmt.Sprintf("%s is not valid before %s; this computer's clock says %s", who, moment(cert.NotBefore), moment(at)),
			Remedy: "Check the date and time of this computer. " + anotherIdentity,
		}
	}
	if code, what := unfit(cert); code != "" {
		return &review.InputError{Code: code, What: who + " " + what, Remedy: anotherIdentity}
	}
	return nil
}

// unfit gives code and reason why the certificate cannot sign at any time; code
// is empty if it can.
func unfit(cert *x509.Certificate) (code, what string) {
	if cert.IsCA {
		return "certificate_is_ca", "belongs to a certificate authority, not to a person"
	}
	if cert.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return "certificate_usage", "allows neither digital signatures nor non-repudiation"
	}
	switch k := cert.PublicKey.(type) {
	case *rsa.PublicKey:
		if n := k.N.BitLen(); n < minRSABits {
			return "key_too_small", fmt.Sprintf("has an RSA key of %d bits; at least %d are needed", n, minRSABits)
		}
		return "", ""
	case *ecdsa.PublicKey:
		if k.Curve == elliptic.P256() || k.Curve == elliptic.P384() {
			return "", ""
		}
		return "key_unsupported", "has an ECDSA key on a curve other than P-256 and P-384"
	}
	return "key_unsupported", fmt.Sprintf("has a key of a kind PDF readers do not support (%s)", cert.PublicKeyAlgorithm)
}

// checkKey makes sure that the key belongs to the certificate.
func checkKey(key crypto.Signer, cert *x509.Certificate) error {
	pub, ok := cert.PublicKey.(interface{ Equal(crypto.PublicKey) bool })
	if !ok || !pub.Equal(key.Public()) {
		return &review.InputError{
			Code:   "key_mismatch",
			What:   "the private key does not belong to the certificate of " + signerName(cert),
			Remedy: anotherIdentity,
		}
	}
	return nil
}

// signerName is the person's name in a certificate.
func signerName(cert *x509.Certificate) string {
	if cert.Subject.CommonName != "" {
		return cert.Subject.CommonName
	}
	return cert.Subject.String()
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
