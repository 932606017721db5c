package reviewtest

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"garrod/review"
)

// Report returns a new report of Case, version 1: pending, with the first of
// its two sign-offs. Its bytes are not a PDF beyond their first line.
func Report() review.Report {
	r := review.Report{
		ID: "R-0001", Case: Case().ID, Version: 1, Status: review.ReportPending,
		Created: Start.Add(3 * time.Hour), Content: hash("frozen case"),
	}
	SetPDF(&r, []byte("%PDF-1.7\nmade for a test\n"))
	r.SignOffs = []review.SignOff{SignOff(r, review.Scientist)}
	return r
}

// SetPDF gives r other bytes and their hash.
func SetPDF(r *review.Report, pdf []byte) {
	sum := sha256.Sum256(pdf)
	r.PDF, r.SHA256 = pdf, hex.EncodeToString(sum[:])
}

// SignOff returns the sign-off of User(role) over the bytes that r has now.
func SignOff(r review.Report, role review.Role) review.SignOff {
	u := User(role)
	return review.SignOff{
		Case: r.Case, ReportID: r.ID, Role: role, By: u.ID, Name: u.Name, HCPC: u.HCPC, Certificate: u.Certificate,
		At: r.Created.Add(time.Minute), SHA256: r.SHA256,
	}
}
