package reports

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"garrod/review"
)

// whole fails for an identity that lacks what a signature takes.
func (id Identity) whole() error {
	if id.Certificate == nil || id.Key == nil {
		return errors.New("sign report: no certificate or no key given")
	}
	return nil
}

// secondPerson is the four-eyes rule: who authorises a case has finished none of
// the reviews that it rests on.
func secondPerson(u review.User, role review.Role, list []review.Assessment) error {
	if role != review.Authoriser {
		return nil
	}
	var own []string
	for _, a := range list {
		if r, ok := a.Finished(); ok && r.By == u.ID {
			own = append(own, short(a.Unit.Key))
		}
	}
	if len(own) == 0 {
		return nil
	}
	own = slices.Compact(slices.Sorted(slices.Values(own)))
	return &review.PolicyError{
		Code:   "same_person",
		What:   fmt.Sprintf("user %s finished the review of %s and may not authorise it", u.ID, strings.Join(own, ", ")),
		Remedy: "Let another authoriser sign.",
	}
}

// signedAlready refuses a person or a certificate that is on the report. An
// empty fingerprint asks for the person alone.
func signedAlready(r review.Report, user review.UserID, fingerprint string) error {
	for _, s := range r.SignOffs {
		switch {
		case s.Voided:
		case s.By == user:
			return &review.PolicyError{
				Code:   "same_person",
				What:   fmt.Sprintf("user %s signed report %s already, as %s", user, r.ID, s.Role),
				Remedy: "A second person has to sign.",
			}
		case s.Certificate == fingerprint:
			return &review.PolicyError{
				Code:   "same_certificate",
				What:   fmt.Sprintf("report %s is signed with this certificate already, as %s", r.ID, s.Role),
				Remedy: "Every person signs with a certificate of their own.",
			}
		}
	}
	return nil
}
