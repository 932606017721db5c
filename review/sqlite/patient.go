package sqlite

import (
	"garrod/review"
)

func (t *tx) insertPatient(c *review.Case) error {
	id := string(c.ID)
	args := []any{c.ID}
	for _, f := range []struct{ column, value string }{
		{"patient.surname", c.Patient.Surname},
		{"patient.forename", c.Patient.Forename},
		{"patient.dob", c.Patient.DOB},
		{"patient.sex", string(c.Patient.Sex)},
	} {
		sealed, err := t.seal(f.column, id, f.value)
		if err != nil {
			return err
		}
		args = append(args, sealed)
	}
	err := t.exec("INSERT INTO patient (case_id, surname, forename, dob, sex) VALUES (?, ?, ?, ?, ?)", args...)
	if err != nil {
		return err
	}
	for i, n := range c.Patient.Identifiers {
		if err := t.insertIdentifier(c.ID, i, n); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) insertIdentifier(id review.CaseID, ord int, n review.Identifier) error {
	value, err := t.seal("patient_identifier.value", rowName(id, ord), n.Value)
	if err != nil {
		return err
	}
	absent, err := t.seal("patient_identifier.absent", rowName(id, ord), n.Absent)
	if err != nil {
		return err
	}
	return t.exec("INSERT INTO patient_identifier (case_id, ord, type, value, absent) VALUES (?, ?, ?, ?, ?)",
		id, ord, n.Type, value, absent)
}

// sealedPatient is a row of patient as it lies on the disk.
type sealedPatient struct{ surname, forename, dob, sex []byte }

func (t *tx) loadPatients(cs *caseSet) error {
	err := loadPart(t, cs, "SELECT case_id, surname, forename, dob, sex FROM patient",
		func(r scanner, id *review.CaseID, p *sealedPatient) error {
			return r.Scan(id, &p.surname, &p.forename, &p.dob, &p.sex)
		}, func(c *review.Case, p sealedPatient) error { return t.openPatient(c, p) })
	if err != nil {
		return err
	}
	return t.loadIdentifiers(cs)
}

func (t *tx) openPatient(c *review.Case, p sealedPatient) error {
	var sex string
	for _, f := range []struct {
		column string
		sealed []byte
		value  *string
	}{
		{"patient.surname", p.surname, &c.Patient.Surname},
		{"patient.forename", p.forename, &c.Patient.Forename},
		{"patient.dob", p.dob, &c.Patient.DOB},
		{"patient.sex", p.sex, &sex},
	} {
		var err error
		if *f.value, err = t.open(f.column, string(c.ID), f.sealed); err != nil {
			return err
		}
	}
	c.Patient.Sex = review.Sex(sex)
	return nil
}

// sealedIdentifier is a row of patient_identifier as it lies on the disk.
type sealedIdentifier struct {
	ord           int
	kind          string
	value, absent []byte
}

func (t *tx) loadIdentifiers(cs *caseSet) error {
	return loadPart(t, cs, "SELECT case_id, ord, type, value, absent FROM patient_identifier",
		func(r scanner, id *review.CaseID, n *sealedIdentifier) error {
			return r.Scan(id, &n.ord, &n.kind, &n.value, &n.absent)
		}, func(c *review.Case, n sealedIdentifier) error {
			row := rowName(c.ID, n.ord)
			value, err := t.open("patient_identifier.value", row, n.value)
			if err != nil {
				return err
			}
			absent, err := t.open("patient_identifier.absent", row, n.absent)
			if err != nil {
				return err
			}
			c.Patient.Identifiers = append(c.Patient.Identifiers,
				review.Identifier{Type: n.kind, Value: value, Absent: absent})
			return nil
		})
}

func (t *tx) insertConsent(c *review.Case) error {
	note, err := t.seal("consent.note", string(c.ID), c.Consent.Note)
	if err != nil {
		return err
	}
	return t.exec("INSERT INTO consent (case_id, status, date, secondary, note) VALUES (?, ?, ?, ?, ?)",
		c.ID, c.Consent.Status, c.Consent.Date, c.Consent.Secondary, note)
}

// sealedConsent is a row of consent as it lies on the disk.
type sealedConsent struct {
	review.Consent
	note []byte
}

func (t *tx) loadConsents(cs *caseSet) error {
	return loadPart(t, cs, "SELECT case_id, status, date, secondary, note FROM consent",
		func(r scanner, id *review.CaseID, k *sealedConsent) error {
			return r.Scan(id, &k.Status, &k.Date, &k.Secondary, &k.note)
		}, func(c *review.Case, k sealedConsent) (err error) {
			c.Consent = k.Consent
			c.Consent.Note, err = t.open("consent.note", string(c.ID), k.note)
			return err
		})
}
