package reviewtest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"errors"
)

// Sealer is a review.Sealer that encrypts (AES-256-GCM, the context as
// additional data), so that a test can tell sealed from clear. Its key is in
// this file: it protects nothing.
type Sealer struct{}

func aead() (cipher.AEAD, error) {
	key := sha256.Sum256([]byte("garrod reviewtest"))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Seal encrypts plain. The same value in the same context gives the same bytes.
func (Sealer) Seal(context string, plain []byte) ([]byte, error) {
	gcm, err := aead()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(context + "\x00" + string(plain)))
	nonce := sum[:gcm.NonceSize()]
	return gcm.Seal(append([]byte{}, nonce...), nonce, plain, []byte(context)), nil
}

// Open decrypts what Seal made in the same context and refuses anything else.
func (Sealer) Open(context string, sealed []byte) ([]byte, error) {
	gcm, err := aead()
	if err != nil {
		return nil, err
	}
	n := gcm.NonceSize()
	if len(sealed) < n {
		return nil, errors.New("the sealed value is too short")
	}
	return gcm.Open(nil, sealed[:n], sealed[n:], []byte(context))
}
