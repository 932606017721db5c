package sign

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"strconv"
	"time"

	"garrod/reports/object"
	"garrod/review"
)

// VerifyOptions say whom to trust and when.
type VerifyOptions struct {
	Roots *x509.CertPool // nil: nobody is trusted, and nobody is called untrusted
	At    time.Time      // the moment trust is judged at, normally now
}

// Verify checks a report as it came. A file that fails, damaged beyond reading
// included, gives a Report with OK false and a nil error; the error, a
// *review.InputError, is for a file that never was a PDF.
func Verify(b []byte, opt VerifyOptions) (Report, error) {
	f, err := object.Parse(b)
	if err != nil {
		if !tracesOfPDF(b) {
			return Report{}, &review.InputError{
				Code: "not_pdf", What: "this is not a PDF file", Remedy: "Give the report's PDF file as it was issued.", Err: err,
			}
		}
		return Report{
			Signatures: []Signature{}, LaterChanges: ChangesForbidden, Revocation: RevocationUnknown,
			Problems: []string{"the file is damaged, or was saved again by another program: " + err.Error()},
			Warnings: []string{},
		}, nil
	}
	return examine(f).report(opt), nil
}

// tracesOfPDF reports whether b is or once was a PDF. A report whose first
// bytes were altered must fail its verification, not pass for something else.
func tracesOfPDF(b []byte) bool {
	for _, mark := range []string{"%PDF-", "%%EOF", "startxref", "/ByteRange"} {
		if bytes.Contains(b, []byte(mark)) {
			return true
		}
	}
	return false
}

// report adds trust, document and attachment, and draws the conclusion.
func (x *examined) report(opt VerifyOptions) Report {
	r := Report{
		Signatures: []Signature{}, LaterChanges: x.later, Revocation: RevocationUnknown,
		Problems: append([]string{}, x.unsound()...), Warnings: append([]string{}, x.warnings...),
	}
	if len(x.signed) == 0 {
		r.Problems = append(r.Problems, "the report is not signed")
	}
	if n := len(x.signed); n > 0 && !x.signed[n-1].coversFile {
		r.Problems = append(r.Problems, x.signed[n-1].field.name+": the last signature does not cover the whole file")
	}
	x.describe(&r)
	r.Sound = len(r.Problems) == 0
	for _, s := range x.signed {
		sig := x.signature(s)
		if s.cms != nil {
			sig.Trusted, sig.TrustDetail = s.trust(opt)
		}
		if sig.Trusted == nil || !*sig.Trusted {
			r.Problems = append(r.Problems, s.field.name+": "+sig.TrustDetail)
		}
		if !opt.At.IsZero() && s.time.After(opt.At.Add(clockTolerance)) {
			r.Warnings = append(r.Warnings, s.field.name+": the claimed signing time lies after this computer's clock")
		}
		r.Signatures = append(r.Signatures, sig)
	}
	r.OK = len(r.Problems) == 0
	return r
}

// signature turns what was found into the form of the contract.
func (x *examined) signature(s *signedField) Signature {
	sig := Signature{
		Field: s.field.name, Role: s.role(), TimeSource: TimeClaimed, Level: s.level, Intact: s.intact,
		CoversWholeRevision: s.rev >= 0, CoversWholeFile: s.coversFile,
		Name: textOf(x.file, s.dict["Name"]), Reason: textOf(x.file, s.dict["Reason"]), Location: textOf(x.file, s.dict["Location"]),
		TrustDetail: "the certificate could not be read",
	}
	if !s.time.IsZero() {
		t := s.time
		sig.Time = &t
	}
	if s.cms != nil {
		cert := s.cms.cert
		sum := sha256.Sum256(cert.Raw)
		sig.Signer, sig.Issuer, sig.CertificateSHA256 = signerName(cert), cert.Issuer.String(), hex.EncodeToString(sum[:])
	}
	return sig
}

// trust judges the signer's certificate. nil means that it cannot be decided.
func (s *signedField) trust(opt VerifyOptions) (*bool, string) {
	no, yes := false, true
	cert := s.cms.cert
	switch {
	case opt.Roots == nil:
		return nil, "no trust anchor was given, so nobody vouches for the signer"
	case opt.At.IsZero():
		return nil, "no time to judge trust at was given"
	}
	if _, what := unfit(cert); what != "" {
		return &no, "the certificate " + what
	}
	if s.time.Add(clockTolerance).Before(cert.NotBefore) || s.time.After(cert.NotAfter) {
		return &no, "the claimed signing time is outside the certificate's validity"
	}
	err := s.verifyChain(opt.Roots, opt.At)
	if err == nil {
		return &yes, ""
	}
	var invalid x509.CertificateInvalidError
	if errors.As(err, &invalid) && invalid.Reason == x509.Expired && s.verifyChain(opt.Roots, s.time) == nil {
		return nil, "cannot be decided: the certificate or its issuer's was not valid at " + moment(opt.At) +
			", and the signing time is only claimed"
	}
	return &no, "the certificate is not trusted: " + err.Error()
}

func (s *signedField) verifyChain(roots *x509.CertPool, at time.Time) error {
	pool := x509.NewCertPool()
	for _, c := range s.cms.others {
		pool.AddCert(c)
	}
	_, err := s.cms.cert.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: pool, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	return err
}

// describe reads which report this is and what is attached.
func (x *examined) describe(r *Report) {
	info := x.file.Dict(x.file.Trailer()["Info"])
	r.Document.ReportID = textOf(x.file, info["GarrodReportID"])
	r.Document.Supersedes = textOf(x.file, info["GarrodSupersedes"])
	version := textOf(x.file, info["GarrodReportVersion"])
	if n, ok := x.file.Resolve(info["GarrodReportVersion"]).(object.Integer); ok {
		version = strconv.FormatInt(int64(n), 10)
	}
	if n, err := strconv.Atoi(version); err == nil {
		r.Document.Version = &n
	}
	data, err := proof(x.file)
	switch {
	case errors.Is(err, errNoProof):
		r.Warnings = append(r.Warnings, err.Error())
	case err != nil:
		r.Problems = append(r.Problems, err.Error())
	default:
		sum := sha256.Sum256(data)
		r.Attachment = &Embedded{Schema: schemaOf(data), SHA256: hex.EncodeToString(sum[:])}
	}
}
