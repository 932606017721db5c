// Package sign signs PDF reports and verifies signed ones: PAdES baseline B, by
// incremental updates over reports/object. A signature fills a field that the
// report was made with; nothing else of the report changes.
//
// [Verify] is strict where viewers are not. It names every change that was
// appended after a signature and permits two kinds: another person's signature
// in a field that was empty, and validation data in the catalog's DSS. It
// repairs nothing and follows no link. It tells five things apart: whether the
// signed bytes are intact, what changed later, whether the certificate is
// trusted, whether revocation is known (it is not, at this level) and whether
// the time is only claimed (it is).
//
// What it cannot see: that a whole later signature was cut off again. Who must
// have signed, and the hash of the issued file, are in the laboratory's record.
//
// Keys come in as a crypto.Signer; this package stores none. The clock comes in
// too.
//
// Sources: ISO 32000-1:2008 clause 12.8; RFC 5652 (CMS); RFC 5035
// (signing-certificate-v2); ETSI EN 319 142-1 as its public implementations
// read it.
package sign
