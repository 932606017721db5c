package keys

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"

	"garrod/review"

	"software.sslmate.com/src/go-pkcs12"
)

// Identity is a key and the certificate of the person it belongs to.
type Identity struct {
	Signer      crypto.Signer
	Certificate *x509.Certificate
	Chain       []*x509.Certificate // issuers from the certificate upwards, as far as the file has them
	Warnings    []string            // what a careful person would want to know; sentences without a full stop
}

const exportAgain = "Export the identity again as PKCS#12 (.p12) with one RSA key of 2048 bits or more, " +
	"or one ECDSA key (P-256, P-384), and its certificate."

// Load opens a PKCS#12 file. file is its name for messages only. The person's
// certificate is the one that fits the key, wherever it stands in the file.
//
// Errors are *review.InputError with Code wrong_passphrase, identity_unreadable
// (cut off, another format, no key, several keys), key_unsupported or
// key_mismatch. The passphrase is in none of them.
func Load(p12 []byte, passphrase, file string) (Identity, error) {
	if err := checkEffort(p12); err != nil {
		return Identity{}, unreadable(file, err)
	}
	key, first, rest, err := pkcs12.DecodeChain(p12, passphrase)
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword), errors.Is(err, pkcs12.ErrDecryption):
		return Identity{}, &review.InputError{
			Code: "wrong_passphrase", File: file, What: "the passphrase does not open this identity",
			Remedy: "Type the passphrase again; mind capitals and the keyboard's language.", Err: err,
		}
	case err != nil:
		return Identity{}, unreadable(file, err)
	}
	id, err := assemble(key, append([]*x509.Certificate{first}, rest...), file)
	if err == nil && !hasMAC(p12) {
		id.Warnings = append(id.Warnings, "the file has no integrity check, so damage to it would go unnoticed")
	}
	return id, err
}

// assemble finds the certificate of the key and its issuers.
func assemble(key any, certs []*x509.Certificate, file string) (Identity, error) {
	signer, err := usable(key, file)
	if err != nil {
		return Identity{}, err
	}
	id := Identity{Signer: signer}
	for _, c := range certs {
		if pub, ok := c.PublicKey.(interface{ Equal(crypto.PublicKey) bool }); ok && pub.Equal(signer.Public()) {
			id.Certificate = c
			break
		}
	}
	if id.Certificate == nil {
		return Identity{}, &review.InputError{
			Code: "key_mismatch", File: file, What: "no certificate in the file belongs to its private key", Remedy: exportAgain,
		}
	}
	id.Chain = issuers(id.Certificate, certs)
	if n := len(certs) - 1 - len(id.Chain); n > 0 {
		id.Warnings = append(id.Warnings, fmt.Sprintf("%d certificates in the file have nothing to do with the signer's and are left out", n))
	}
	return id, nil
}

// usable returns the key if PDF readers can check its signatures.
func usable(key any, file string) (crypto.Signer, error) {
	switch k := key.(type) {
	case *rsa.PrivateKey:
		return k, nil
	case *ecdsa.PrivateKey:
		return k, nil
	}
	return nil, &review.InputError{
		Code: "key_unsupported", File: file, What: fmt.Sprintf("keys of this kind (%T) are not supported by PDF readers", key),
		Remedy: exportAgain,
	}
}

// issuers follows the chain upwards.
func issuers(cert *x509.Certificate, certs []*x509.Certificate) []*x509.Certificate {
	var chain []*x509.Certificate
	for len(chain) < len(certs) && !bytes.Equal(cert.RawIssuer, cert.RawSubject) {
		var next *x509.Certificate
		for _, c := range certs {
			if bytes.Equal(c.RawSubject, cert.RawIssuer) && cert.CheckSignatureFrom(c) == nil {
				next = c
				break
			}
		}
		if next == nil {
			break
		}
		chain = append(chain, next)
		cert = next
	}
	return chain
}

func unreadable(file string, err error) error {
	what := "not a PKCS#12 identity, or damaged: " + err.Error()
	return &review.InputError{Code: "identity_unreadable", File: file, What: what, Remedy: exportAgain, Err: err}
}

// Fingerprint is the SHA-256 of the certificate in lower-case hexadecimal, by
// which a certificate is bound to a user.
func Fingerprint(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.Raw)
	return hex.EncodeToString(sum[:])
}
