package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"garrod/review"
)

// head makes what every page repeats.
func head(f review.Frozen) Head {
	h := Head{
		Laboratory: given(f.Laboratory.Name), Address: f.Laboratory.Address, UKAS: f.Laboratory.UKAS,
		ReportID: f.ReportID, Version: f.Version, Supersedes: f.Supersedes,
		Status: say("status.final"), Created: stamp(f.At), Date: "Report date " + f.At.UTC().Format("02-Jan-2006"),
		Identifiers: identifiers(f.Case), Program: f.Program,
	}
	if f.Laboratory.Kind == review.Demonstration {
		h.Marking = say("marking.demo")
	}
	return h
}

// identifiers are what every page names the patient by: surname, forename, date
// of birth and NHS number, and the laboratory's own number where there is one.
func identifiers(c review.Case) []Field {
	out := []Field{
		{"Surname", given(strings.ToUpper(c.Patient.Surname))},
		{"Forename", given(c.Patient.Forename)},
		{"Date of birth", day(c.Patient.DOB)},
		{"NHS number", given(identifier(c.Patient, "nhs"))},
	}
	if n := c.Specimen.LabNumber; n != "" {
		return append(out, Field{"Lab number", n})
	}
	return append(out, Field{"Case", string(c.ID)})
}

// identifier returns the value of a patient's number, the reason why there is
// none, or nothing.
func identifier(p review.Patient, kind string) string {
	for _, id := range p.Identifiers {
		if strings.EqualFold(id.Type, kind) {
			return writeIdentifier(id)
		}
	}
	return ""
}

func writeIdentifier(id review.Identifier) string {
	switch {
	case id.Value == "" && id.Absent != "":
		return "none (" + id.Absent + ")"
	case strings.EqualFold(id.Type, "nhs"):
		return groupNHS(id.Value)
	}
	return id.Value
}

// groupNHS writes ten digits as 3-3-4; anything else is left as it is.
func groupNHS(s string) string {
	d := strings.ReplaceAll(strings.TrimSpace(s), " ", "")
	if len(d) != 10 || strings.Trim(d, "0123456789") != "" {
		return s
	}
	return d[:3] + " " + d[3:6] + " " + d[6:]
}

var identifierWords = map[string]string{
	"nhs": "NHS number", "chi": "CHI number", "hc": "H&C number", "hospital": "Hospital number",
	"family": "Family number", "lab": "Laboratory number",
}

// about makes the block of patient, referral and specimen.
func about(f review.Frozen) []Group {
	c := f.Case
	patient := Group{Title: "Patient", Fields: []Field{
		{"Surname", given(c.Patient.Surname)},
		{"Forename", given(c.Patient.Forename)},
		{"Date of birth", day(c.Patient.DOB)},
		{"Sex", given(sexWord(c))},
	}}
	seen := false
	for _, id := range c.Patient.Identifiers {
		label, ok := identifierWords[strings.ToLower(id.Type)]
		if !ok {
			label = id.Type
		}
		seen = seen || label == "NHS number"
		patient.Fields = append(patient.Fields, Field{given(label), given(writeIdentifier(id))})
	}
	if !seen {
		patient.Fields = append(patient.Fields, Field{"NHS number", given("")})
	}
	return []Group{patient, referral(c), specimen(c)}
}

func sexWord(c review.Case) string {
	s := c.Patient.Sex
	if s == "" {
		s = c.Sex
	}
	return string(s)
}

func referral(c review.Case) Group {
	panel := ""
	if p := c.Panel; p != nil {
		panel = strings.TrimSpace(fmt.Sprintf("%s %s", p.Name, p.Version))
		panel += fmt.Sprintf(" (%d genes%s)", len(p.Genes), prefixed(", ", p.Date))
	}
	return Group{Title: "Referral", Fields: []Field{
		{"Case", string(c.ID)},
		{"Clinical features", given(strings.Join(c.HPO, ", "))},
		{"Gene panel", given(panel)},
		{"Family", relatives(c)},
		{"Consent", given(consent(c.Consent))},
	}}
}

func prefixed(p, s string) string {
	if s == "" {
		return ""
	}
	return p + s
}

func consent(c review.Consent) string {
	s := strings.ReplaceAll(c.Status, "_", " ")
	if s == "" {
		return ""
	}
	return s + prefixed(", ", dayOrNothing(c.Date)) +
		prefixed("; additional findings: ", strings.ReplaceAll(c.Secondary, "_", " "))
}

func dayOrNothing(s string) string {
	if s == "" {
		return ""
	}
	return day(s)
}

// relatives names the parents by sample; a parent without sample is said to be
// without.
func relatives(c review.Case) string {
	mother, father := c.Parents()
	word := func(who, id string) string {
		if id == "" {
			return who + ": no sample"
		}
		return who + ": " + id + affected(c.Family, id)
	}
	s := word("mother", mother) + "; " + word("father", father)
	others := 0
	for _, m := range c.Family.Members {
		if m.ID != c.Proband && m.ID != mother && m.ID != father {
			others++
		}
	}
	if others > 0 {
		s += fmt.Sprintf("; %d other", others)
	}
	return s
}

func affected(f review.Family, id string) string {
	m, ok := f.Member(id)
	switch {
	case !ok || m.Affected == nil:
		return " (affected: not given)"
	case *m.Affected:
		return " (affected)"
	}
	return " (unaffected)"
}

func specimen(c review.Case) Group {
	s := c.Specimen
	return Group{Title: "Specimen", Fields: []Field{
		{"Type", given(s.Type)},
		{"Lab number", given(s.LabNumber)},
		{"DNA number", given(s.DNANumber)},
		{"Collected", day(s.Collected)},
		{"Received", day(s.Received)},
		{"Sample in file", given(c.Proband)},
	}}
}

func hashText(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
