package review

import (
	"strings"
	"time"
)

// CheckPatient refuses an identity that cannot be right: a date that is none, a
// sex that is no word for it, a number whose check digit does not fit. Values
// that are missing are fine: a prenatal, private or overseas patient may have
// none. Errors name the field, never the value. today bounds the date of birth.
func CheckPatient(p Patient, kind LabKind, today time.Time) error {
	bad := func(field, what, remedy string) error {
		return &InputError{Code: "patient", Field: field, What: what, Remedy: remedy}
	}
	if p.DOB != "" {
		born, err := time.Parse(time.DateOnly, p.DOB)
		if err != nil || born.After(today) {
			return bad("dob", "the date of birth is no date up to today", "Give it as YYYY-MM-DD.")
		}
	}
	switch p.Sex {
	case "", Female, Male, SexUnknown:
	default:
		return bad("sex", "the patient's sex is none of female, male and unknown", "Give one of the three words.")
	}
	for _, id := range p.Identifiers {
		number := strings.ReplaceAll(id.Value, " ", "")
		switch {
		case id.Value == "" && id.Absent == "":
			return bad("identifiers", "an identifier of type "+id.Type+" has neither a value nor a reason for its absence", "Give one of the two.")
		case id.Value == "" || id.Type != "nhs" && id.Type != "chi" && id.Type != "hc":
		case !checkDigitFits(number):
			return bad("identifiers", "the number of type "+id.Type+" has a wrong check digit or not ten digits", "Compare it with the request, digit by digit.")
		case id.Type == "nhs" && strings.HasPrefix(number, "999") && kind != Demonstration:
			return bad("identifiers", "NHS numbers of the 999 range are for tests only", "Give the patient's own number.")
		}
	}
	return nil
}

// checkDigitFits tells whether ten digits carry the modulus 11 check digit of
// NHS, CHI and Health and Care numbers: weights 10 … 2 over the first nine, 11
// minus the remainder, 11 counting as 0 and 10 being no number (NHS Data
// Dictionary, NHS NUMBER).
func checkDigitFits(s string) bool {
	if len(s) != 10 {
		return false
	}
	sum := 0
	for i, r := range s {
		if r < '0' || r > '9' {
			return false
		}
		if i < 9 {
			sum += int(r-'0') * (10 - i)
		}
	}
	check := 11 - sum%11
	return check != 10 && check%11 == int(s[9]-'0')
}
