package review

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// HashEvent returns the hash of e: SHA-256, in hex, over the JSON of e with
// Hash empty. At must be in UTC.
func HashEvent(e Event) string {
	e.Hash = ""
	e.At = e.At.UTC()
	b, err := json.Marshal(e)
	if err != nil {
		panic("review: an Event always has a JSON form: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// VerifyChain checks that events are numbered 1, 2, 3 …, that each names the
// hash of the one before, and that each hash is right. It returns the sequence
// number of the first event that does not fit (0 when all do) and what is wrong
// with it. A trail cut off at its end cannot be seen from the trail alone:
// compare its head with one noted elsewhere.
func VerifyChain(events []Event) (seq int64, problem string) {
	prev := ""
	for i, e := range events {
		want := int64(i + 1)
		switch {
		case e.Seq != want:
			return want, fmt.Sprintf("event %d is missing; found %d", want, e.Seq)
		case e.Prev != prev:
			return e.Seq, "it does not name the hash of the event before it"
		case HashEvent(e) != e.Hash:
			return e.Seq, "its hash does not match its content"
		}
		prev = e.Hash
	}
	return 0, ""
}
