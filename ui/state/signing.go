package state

import (
	"slices"

	"garrod/review"
)

// Signing is the sign-off screen: prepare, read the exact bytes, sign.
type Signing struct {
	Case        review.Case
	User        review.User
	Assessments []review.Assessment
	Reports     []review.Report // oldest first
	Identities  []Identity

	Prepared *Prepared
	opened   string // SHA-256 of the bytes that were opened
}

// Reported returns the assessments that go into the report.
func (s *Signing) Reported() []review.Assessment { return s.keep(true) }

// NotReported returns the assessments finished without being reported.
func (s *Signing) NotReported() []review.Assessment { return s.keep(false) }

func (s *Signing) keep(report bool) []review.Assessment {
	var out []review.Assessment
	for _, a := range s.Assessments {
		if r, ok := a.Finished(); ok && r.Report == report {
			out = append(out, a)
		}
	}
	return out
}

// Unfinished returns the assessments somebody began and nobody finished.
func (s *Signing) Unfinished() []review.Assessment {
	var out []review.Assessment
	for _, a := range s.Assessments {
		if _, ok := a.Finished(); !ok && !a.IsEmpty() {
			out = append(out, a)
		}
	}
	return out
}

// Current returns the latest report that was not voided.
func (s *Signing) Current() (review.Report, bool) {
	for _, r := range slices.Backward(s.Reports) {
		if r.Status != review.ReportVoided {
			return r, true
		}
	}
	return review.Report{}, false
}

// Signed returns the sign-off in a role on the current report.
func (s *Signing) Signed(role review.Role) (review.SignOff, bool) {
	r, _ := s.Current()
	for _, so := range r.SignOffs {
		if so.Role == role && !so.Voided {
			return so, true
		}
	}
	return review.SignOff{}, false
}

// Next returns the role whose signature is wanted now, empty when all are there.
func (s *Signing) Next() review.Role {
	for _, role := range []review.Role{review.Scientist, review.Authoriser} {
		if _, ok := s.Signed(role); !ok {
			return role
		}
	}
	return ""
}

// Take takes a prepared report; it has to be opened before it can be signed.
func (s *Signing) Take(p Prepared) { s.Prepared = &p }

// Opened tells that the prepared bytes were opened for reading.
func (s *Signing) Opened() {
	if s.Prepared != nil {
		s.opened = s.Prepared.SHA256
	}
}

// Read reports whether exactly the prepared bytes were opened.
func (s *Signing) Read() bool {
	return s.Prepared != nil && s.opened != "" && s.opened == s.Prepared.SHA256
}

// CanSign reports whether a signature can be made with an identity and a
// passphrase of the given length.
func (s *Signing) CanSign(identity string, passphrase int) bool {
	return s.Read() && identity != "" && passphrase > 0
}
