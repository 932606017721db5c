package reviewtest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"garrod/review"
)

// Lab returns a demonstration laboratory.
func Lab() review.Laboratory {
	return review.Laboratory{
		ID: "lab-test", Kind: review.Demonstration, Name: "Test Genomic Laboratory",
		Address: "1 Example Road, Testford", UKAS: "0000",
	}
}

// User returns the person of the test laboratory who has the role r. Their ID
// is the name of the role, with "-1" at its end.
func User(r review.Role) review.User {
	return review.User{
		ID: review.UserID(r) + "-1", Name: "Test " + string(r), Role: r, HCPC: "CS00000",
		Certificate: hash("certificate of " + string(r)), Created: Start,
	}
}

// Actor returns the session of User(r) at work.
func Actor(r review.Role) review.Actor {
	u := User(r)
	return review.Actor{User: u.ID, Role: u.Role, OSUser: "os-" + string(r), Host: "bench-1"}
}

// RuleSet returns a stored rule set, active and approved by two people. Its
// content is JSON, but too little of a rule set to classify with.
func RuleSet() review.StoredRuleSet {
	content := []byte(`{"id":"acgs-2024","version":"1.0.0"}`)
	return review.StoredRuleSet{
		ID: "acgs-2024", Version: "1.0.0", Hash: hash(string(content)), Content: content, Status: "active",
		ApprovedBy: []review.UserID{User(review.RuleEditor).ID, User(review.Authoriser).ID}, Created: Start,
	}
}

// Filter returns a stored filter.
func Filter() review.StoredFilter {
	return review.StoredFilter{
		Name: "rare disease", Version: 1, Locked: true,
		Content: []byte(`{"name":"rare disease","version":1,"frequency":{"max_af":0.01,"min_an":2000}}`),
		By:      User(review.Scientist).ID, Created: Start,
	}
}

// hash returns the SHA-256 of s in hex.
func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func ptr[T any](v T) *T { return &v }

// mustJSON is v as JSON; v is always one of this package's own values.
func mustJSON(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic("reviewtest: its own values have a JSON form: " + err.Error())
	}
	return b
}
