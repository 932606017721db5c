package review

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestCheckPatient(t *testing.T) {
	today := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	nhs := func(v string) Patient { return Patient{Identifiers: []Identifier{{Type: "nhs", Value: v}}} }
	for _, tt := range []struct {
		name  string
		p     Patient
		kind  LabKind
		field string // empty: fine
	}{
		{"nothing known", Patient{}, Live, ""},
		{"good number", nhs("943 476 5919"), Live, ""},
		{"one digit changed", nhs("943 476 5918"), Live, "identifiers"},
		{"check digit 10", nhs("9434765820"), Live, "identifiers"},
		{"nine digits", nhs("943476591"), Live, "identifiers"},
		{"letters", nhs("94347659I9"), Live, "identifiers"},
		{"test range in a live laboratory", nhs("999 111 8144"), Live, "identifiers"},
		{"test range in a demonstration", nhs("999 111 8144"), Demonstration, ""},
		{"absent with a reason", Patient{Identifiers: []Identifier{{Type: "nhs", Absent: "overseas patient"}}}, Live, ""},
		{"absent without one", nhs(""), Live, "identifiers"},
		{"hospital numbers have no check digit", Patient{Identifiers: []Identifier{{Type: "hospital", Value: "X1"}}}, Live, ""},
		{"no such day", Patient{DOB: "2020-02-31"}, Live, "dob"},
		{"UK order", Patient{DOB: "31/01/2020"}, Live, "dob"},
		{"not born yet", Patient{DOB: "2027-01-01"}, Live, "dob"},
		{"born", Patient{DOB: "2020-02-29", Sex: Female}, Live, ""},
		{"no sex", Patient{Sex: "robot"}, Live, "sex"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := CheckPatient(tt.p, tt.kind, today)
			e, _ := errors.AsType[*InputError](err)
			switch {
			case tt.field == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tt.field != "" && (e == nil || e.Field != tt.field || e.Remedy == ""):
				t.Errorf("got %v, want a refusal of %s with a remedy", err, tt.field)
			case e != nil && len(tt.p.Identifiers) > 0 && tt.p.Identifiers[0].Value != "" && strings.Contains(err.Error(), tt.p.Identifiers[0].Value):
				t.Errorf("the message shows the number: %v", err)
			}
		})
	}
}
