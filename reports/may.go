package reports

import (
	"context"

	"garrod/review"
)

// May tells whether the person at work could sign the report of a case as role
// with an identity, before anything is prepared: nil, or the refusal that
// Prepare or SignOff would end with, a *review.PolicyError. It reads only, so
// that a refused sign-off leaves the laboratory as it was. It looks at the
// person, the certificate and the turn; what is wrong with the case itself
// (reviews that are not finished, a change since the report was made) is for
// Prepare to say.
func (i Issuer) May(ctx context.Context, s review.Session, id review.CaseID, role review.Role, identity Identity) error {
	if err := identity.whole(); err != nil {
		return err
	}
	return i.Store.View(ctx, s, func(tx review.Tx) error {
		d, err := i.look(tx, s, id, role)
		if err != nil {
			return err
		}
		switch d.standing(i, role) {
		case outOfTurn:
			return i.outOfTurn(d, role)
		case fetch:
			if err := signedAlready(d.report, d.user.ID, identity.Fingerprint()); err != nil {
				return err
			}
		}
		_, err = certificate(tx, d.user, identity, d.frozen.Laboratory.Kind)
		return err
	})
}
