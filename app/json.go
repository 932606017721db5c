package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// jsonTrouble says what is wrong with a JSON text without showing any value of
// it: values may be a patient's.
func jsonTrouble(err error) string {
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf("it breaks at byte %d", e.Offset)
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Sprintf("field %s must be a %s", strings.TrimPrefix(e.Field, "Patient."), e.Type)
	}
	if s := err.Error(); strings.Contains(s, "unknown field") {
		return s[strings.Index(s, "unknown field"):]
	}
	return "it ends too early"
}
