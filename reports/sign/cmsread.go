package sign

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
)

// cms is a CMS as read: one signer, signed attributes, certificates.
type cms struct {
	cert       *x509.Certificate
	others     []*x509.Certificate
	scheme     scheme
	algorithm  x509.SignatureAlgorithm
	attributes []byte // tagged as SET, as they were signed
	digest     []byte // the attribute
	signature  []byte
	signedTime bool // carries the signing-time attribute
	timeStamp  bool // carries a signature time-stamp, which is not checked
}

// parseCMS reads DER that may be padded with zero bytes. Every element is read
// by hand, because asn1.Unmarshal ignores what follows the known ones.
func parseCMS(b []byte) (*cms, error) {
	var outer asn1.RawValue
	padding, err := asn1.Unmarshal(b, &outer)
	if err != nil {
		return nil, fmt.Errorf("the signature is not DER: %w", err)
	}
	if len(bytes.Trim(padding, "\x00")) != 0 {
		return nil, errors.New("data is hidden behind the signature")
	}
	info, err := sequence(outer, 2, 2)
	if err != nil || !isOID(info[0], oidSignedData) || !isContext(info[1], 0) {
		return nil, errors.New("the signature is not a CMS SignedData")
	}
	sd, err := elements(info[1].Bytes)
	if err != nil || len(sd) != 1 {
		return nil, errors.New("the signature is not a CMS SignedData")
	}
	return parseSignedData(sd[0])
}

func parseSignedData(v asn1.RawValue) (*cms, error) {
	sd, err := sequence(v, 5, 6)
	if err != nil {
		return nil, fmt.Errorf("SignedData: %w", err)
	}
	encap, err := sequence(sd[2], 1, 1)
	if err != nil || !isOID(encap[0], oidData) {
		return nil, errors.New("the CMS is not detached")
	}
	if !isContext(sd[3], 0) {
		return nil, errors.New("the CMS has no certificates")
	}
	signers := sd[len(sd)-1]
	if len(sd) == 6 && !isContext(sd[4], 1) || !isUniversal(signers, asn1.TagSet) || !isUniversal(sd[1], asn1.TagSet) {
		return nil, errors.New("bad SignedData")
	}
	infos, err := elements(signers.Bytes)
	if err != nil || len(infos) != 1 {
		return nil, errors.New("the CMS does not have exactly one signer")
	}
	certs, err := x509.ParseCertificates(sd[3].Bytes)
	if err != nil {
		return nil, fmt.Errorf("the certificates of the CMS: %w", err)
	}
	return parseSigner(infos[0], certs)
}

func parseSigner(v asn1.RawValue, certs []*x509.Certificate) (*cms, error) {
	si, err := sequence(v, 6, 7)
	if err != nil || !isContext(si[3], 0) || !isUniversal(si[5], asn1.TagOctetString) {
		return nil, errors.New("bad SignerInfo")
	}
	c := &cms{signature: si[5].Bytes}
	if err := c.chooseCertificate(si[1], certs); err != nil {
		return nil, err
	}
	digest, err1 := algorithmOf(si[2])
	sig, err2 := algorithmOf(si[4])
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	if c.scheme, err = schemeOf(digest); err != nil {
		return nil, err
	}
	if c.algorithm, err = c.scheme.algorithm(sig, c.cert); err != nil {
		return nil, err
	}
	c.attributes = bytes.Clone(si[3].FullBytes)
	c.attributes[0] = 0x31
	if err := c.readAttributes(si[3].Bytes); err != nil {
		return nil, err
	}
	if len(si) == 7 {
		return c, c.readUnsigned(si[6])
	}
	return c, nil
}

// chooseCertificate takes the certificate that issuer and serial number name,
// not the first in the list.
func (c *cms) chooseCertificate(v asn1.RawValue, certs []*x509.Certificate) error {
	sid, err := sequence(v, 2, 2)
	if err != nil || !isUniversal(sid[1], asn1.TagInteger) {
		return errors.New("the signer is not named by issuer and serial number")
	}
	serial := new(big.Int)
	if _, err := asn1.Unmarshal(sid[1].FullBytes, &serial); err != nil {
		return errors.New("bad serial number")
	}
	for _, cert := range certs {
		if c.cert == nil && bytes.Equal(cert.RawIssuer, sid[0].FullBytes) && cert.SerialNumber.Cmp(serial) == 0 {
			c.cert = cert
			continue
		}
		c.others = append(c.others, cert)
	}
	if c.cert == nil {
		return errors.New("the signer's certificate is missing")
	}
	return nil
}

// readAttributes reads the signed attributes and checks content type and
// signing certificate.
func (c *cms) readAttributes(b []byte) error {
	attrs, err := elements(b)
	if err != nil {
		return err
	}
	seen := map[string]asn1.RawValue{}
	for _, a := range attrs {
		id, v, err := attributeOf(a)
		if err != nil {
			return err
		}
		if _, dup := seen[id.String()]; dup {
			return fmt.Errorf("signed attribute %s appears twice", id)
		}
		seen[id.String()] = v
	}
	if v, ok := seen[oidContentType.String()]; !ok || !isOID(v, oidData) {
		return errors.New("bad content-type attribute")
	}
	v, ok := seen[oidMessageDigest.String()]
	if !ok || !isUniversal(v, asn1.TagOctetString) {
		return errors.New("bad message-digest attribute")
	}
	c.digest = v.Bytes
	_, c.signedTime = seen[oidSigningTime.String()]
	v, ok = seen[oidSigningCertV2.String()]
	if !ok {
		return errors.New("no signing-certificate-v2 attribute, so not PAdES baseline")
	}
	return c.checkSigningCertificate(v)
}

// readUnsigned looks for a signature time-stamp.
func (c *cms) readUnsigned(v asn1.RawValue) error {
	if !isContext(v, 1) {
		return errors.New("bad SignerInfo")
	}
	attrs, err := elements(v.Bytes)
	if err != nil {
		return err
	}
	for _, a := range attrs {
		id, _, err := attributeOf(a)
		if err != nil {
			return err
		}
		c.timeStamp = c.timeStamp || id.Equal(oidTimeStamp)
	}
	return nil
}

// checkSigningCertificate stops a certificate from being swapped for another
// with the same key: the signed hash must be that of the signer's.
func (c *cms) checkSigningCertificate(v asn1.RawValue) error {
	bad := errors.New("bad signing-certificate-v2 attribute")
	top, err := sequence(v, 1, 2)
	if err != nil {
		return bad
	}
	list, err := sequence(top[0], 1, 16)
	if err != nil {
		return bad
	}
	ess, err := sequence(list[0], 1, 3)
	if err != nil {
		return bad
	}
	s := schemes[0]
	if isUniversal(ess[0], asn1.TagSequence) {
		id, err := algorithmOf(ess[0])
		if err != nil {
			return err
		}
		if s, err = schemeOf(id); err != nil {
			return err
		}
		ess = ess[1:]
	}
	if len(ess) == 0 || !isUniversal(ess[0], asn1.TagOctetString) {
		return bad
	}
	if !bytes.Equal(ess[0].Bytes, s.sum(c.cert.Raw)) {
		return errors.New("the certificate is not the one the signer signed with")
	}
	return nil
}

// check tests the digest of the content and the signature over the attributes.
func (c *cms) check(content ...[]byte) error {
	if !bytes.Equal(c.digest, c.scheme.sum(content...)) {
		return errors.New("the signed bytes were changed")
	}
	if err := c.cert.CheckSignature(c.algorithm, c.attributes, c.signature); err != nil {
		return errors.New("the signature does not fit the certificate")
	}
	return nil
}

// elements splits concatenated DER values.
func elements(b []byte) ([]asn1.RawValue, error) {
	var out []asn1.RawValue
	for len(b) > 0 {
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(b, &v)
		if err != nil {
			return nil, fmt.Errorf("bad DER in the signature: %w", err)
		}
		out = append(out, v)
		b = rest
	}
	return out, nil
}

// sequence returns the elements of a SEQUENCE of min to max of them.
func sequence(v asn1.RawValue, least, most int) ([]asn1.RawValue, error) {
	if !isUniversal(v, asn1.TagSequence) {
		return nil, errors.New("expected a SEQUENCE")
	}
	es, err := elements(v.Bytes)
	if err == nil && (len(es) < least || len(es) > most) {
		err = fmt.Errorf("a SEQUENCE of %d elements", len(es))
	}
	return es, err
}

// attributeOf returns identifier and single value of an attribute.
func attributeOf(v asn1.RawValue) (asn1.ObjectIdentifier, asn1.RawValue, error) {
	bad := errors.New("bad attribute")
	es, err := sequence(v, 2, 2)
	if err != nil || !isUniversal(es[1], asn1.TagSet) {
		return nil, v, bad
	}
	var id asn1.ObjectIdentifier
	if _, err := asn1.Unmarshal(es[0].FullBytes, &id); err != nil {
		return nil, v, bad
	}
	values, err := elements(es[1].Bytes)
	if err != nil || len(values) != 1 {
		return nil, v, bad
	}
	return id, values[0], nil
}

// algorithmOf returns the identifier of an algorithm without parameters.
func algorithmOf(v asn1.RawValue) (asn1.ObjectIdentifier, error) {
	es, err := sequence(v, 1, 2)
	if err != nil || len(es) == 2 && !bytes.Equal(es[1].FullBytes, asn1.NullBytes) {
		return nil, errors.New("bad algorithm identifier")
	}
	var id asn1.ObjectIdentifier
	if _, err := asn1.Unmarshal(es[0].FullBytes, &id); err != nil {
		return nil, errors.New("bad algorithm identifier")
	}
	return id, nil
}

func isUniversal(v asn1.RawValue, tag int) bool {
	compound := tag == asn1.TagSequence || tag == asn1.TagSet
	return v.Class == asn1.ClassUniversal && v.Tag == tag && v.IsCompound == compound
}

func isContext(v asn1.RawValue, tag int) bool {
	return v.Class == asn1.ClassContextSpecific && v.Tag == tag && v.IsCompound
}

func isOID(v asn1.RawValue, want asn1.ObjectIdentifier) bool {
	var id asn1.ObjectIdentifier
	rest, err := asn1.Unmarshal(v.FullBytes, &id)
	return err == nil && len(rest) == 0 && id.Equal(want)
}
