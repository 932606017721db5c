// Package keys turns what a person keeps their signing identity in into a key
// that can sign and the certificate that names the person. So far that is a
// PKCS#12 file (.p12, .pfx) with its passphrase. It also makes the throw-away
// identities of the demonstration.
//
// It keeps nothing: no file, no passphrase, no key outlives the caller's use.
// It does not judge whether a certificate may sign a report; reports/sign does,
// at the moment of signing.
package keys
