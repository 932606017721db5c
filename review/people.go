package review

import "time"

// UserID names a person with an account in the laboratory.
type UserID string

// Role is what a person may do.
type Role string

// The roles.
const (
	Trainee    Role = "trainee"
	Scientist  Role = "scientist"
	Authoriser Role = "authoriser"
	RuleEditor Role = "rule_editor"
	Admin      Role = "admin"
)

// User is a person of the laboratory.
type User struct {
	ID   UserID `json:"id"`
	Name string `json:"name"` // as printed on a report
	Role Role   `json:"role"`
	HCPC string `json:"hcpc,omitempty"` // registration number
	// Certificate is the SHA-256 fingerprint (hex) of the signing certificate
	// bound to this person; empty until one is bound.
	Certificate string    `json:"certificate,omitempty"`
	Created     time.Time `json:"created"`
}

// CanSign reports whether the user's role allows a sign-off in role r.
func (u User) CanSign(r Role) bool {
	switch r {
	case Scientist:
		return u.Role == Scientist || u.Role == Authoriser
	case Authoriser:
		return u.Role == Authoriser
	}
	return false
}

// Session is one person at work: every call that reads or writes a laboratory
// goes through one, so that logins change no caller.
type Session interface {
	// Actor tells who acts and from where. It never changes during a session.
	Actor() Actor
}

// Actor is who did something, as the audit trail keeps it.
type Actor struct {
	User   UserID `json:"user"`
	Role   Role   `json:"role"`
	OSUser string `json:"os_user"`
	Host   string `json:"host"`
}

// Actor makes an Actor its own Session, for laboratories without logins.
func (a Actor) Actor() Actor { return a }

// Clock tells the time. Everything that records a time takes it from one.
type Clock interface{ Now() time.Time }

// ClockFunc makes a function a Clock.
type ClockFunc func() time.Time

// Now calls f.
func (f ClockFunc) Now() time.Time { return f() }

// Sealer protects identity columns on their way to disk. Seal and Open must be
// inverse for the same context, which names table, column and row, so that a
// sealed value cannot be moved to another row unnoticed.
type Sealer interface {
	Seal(context string, plain []byte) ([]byte, error)
	Open(context string, sealed []byte) ([]byte, error)
}

// PlainSealer keeps values as they are. It serves demonstration laboratories,
// which never hold a patient's identity.
type PlainSealer struct{}

// Seal returns plain unchanged.
func (PlainSealer) Seal(_ string, plain []byte) ([]byte, error) { return plain, nil }

// Open returns sealed unchanged.
func (PlainSealer) Open(_ string, sealed []byte) ([]byte, error) { return sealed, nil }
