package keys

import (
	"encoding/asn1"
	"errors"
	"math/big"
)

// maxIterations bounds the work a file may ask for before its passphrase is
// known to be right: some seconds. One flipped bit can ask for a year.
const maxIterations = 10_000_000

// maxNesting bounds DER values within each other.
const maxNesting = 32

// checkEffort walks what is readable of a PKCS#12 file without its passphrase
// and refuses iteration counts beyond the limit.
func checkEffort(p12 []byte) error {
	var outer asn1.RawValue
	rest, err := asn1.Unmarshal(p12, &outer)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return errors.New("data follow its end")
	}
	return walkDER(p12, 0)
}

// walkDER looks at sequences, sets, tagged values, and octet strings that hold a
// sequence. An iteration count is the integer right after the salt (RFC 7292
// appendix C, RFC 8018 appendix A.2); other integers, of certificates and keys
// in clear, may be large.
func walkDER(b []byte, depth int) error {
	if depth > maxNesting {
		return errors.New("values nested too deeply")
	}
	afterOctets := false
	for len(b) > 0 {
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(b, &v)
		if err != nil {
			return err
		}
		b = rest
		octets := v.Class == asn1.ClassUniversal && v.Tag == asn1.TagOctetString && !v.IsCompound
		switch {
		case v.IsCompound, octets && isSequence(v.Bytes):
			err = walkDER(v.Bytes, depth+1)
		case afterOctets && v.Class == asn1.ClassUniversal && v.Tag == asn1.TagInteger:
			err = checkIterations(v)
		}
		if err != nil {
			return err
		}
		afterOctets = octets
	}
	return nil
}

// isSequence tells an octet string that holds one whole SEQUENCE from salt.
func isSequence(b []byte) bool {
	var v asn1.RawValue
	rest, err := asn1.Unmarshal(b, &v)
	return err == nil && len(rest) == 0 && v.Class == asn1.ClassUniversal && v.Tag == asn1.TagSequence
}

func checkIterations(v asn1.RawValue) error {
	n := new(big.Int)
	if _, err := asn1.Unmarshal(v.FullBytes, &n); err != nil {
		return err
	}
	if n.CmpAbs(big.NewInt(maxIterations)) > 0 {
		return errors.New("it asks for too many iterations of its passphrase")
	}
	return nil
}

// hasMAC reports whether the file protects its own integrity.
func hasMAC(p12 []byte) bool {
	var outer asn1.RawValue
	if _, err := asn1.Unmarshal(p12, &outer); err != nil {
		return false
	}
	b := outer.Bytes
	n := 0
	for ; len(b) > 0; n++ {
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(b, &v)
		if err != nil {
			return false
		}
		b = rest
	}
	return n == 3
}
