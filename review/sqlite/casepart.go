package sqlite

import (
	"reflect"
	"strconv"

	"garrod/review"
)

// casePart is something of a case that has a table of its own. Its rows are
// replaced when it changed.
type casePart struct {
	of     func(c *review.Case) any // what is compared
	remove []string                 // statements that take a case ID
	insert func(t *tx, c *review.Case) error
	load   func(t *tx, cs *caseSet) error
}

var caseParts = []casePart{
	{
		of:     func(c *review.Case) any { return c.Patient },
		remove: []string{"DELETE FROM patient WHERE case_id = ?", "DELETE FROM patient_identifier WHERE case_id = ?"},
		insert: (*tx).insertPatient,
		load:   (*tx).loadPatients,
	}, {
		of:     func(c *review.Case) any { return c.Consent },
		remove: []string{"DELETE FROM consent WHERE case_id = ?"},
		insert: (*tx).insertConsent,
		load:   (*tx).loadConsents,
	}, {
		of:     func(c *review.Case) any { return c.Specimen },
		remove: []string{"DELETE FROM specimen WHERE case_id = ?"},
		insert: (*tx).insertSpecimen,
		load:   (*tx).loadSpecimens,
	}, {
		of:     func(c *review.Case) any { return c.Family },
		remove: []string{"DELETE FROM family WHERE case_id = ?", "DELETE FROM family_member WHERE case_id = ?", "DELETE FROM family_kinship WHERE case_id = ?"},
		insert: (*tx).insertFamily,
		load:   (*tx).loadFamilies,
	}, {
		of:     func(c *review.Case) any { return c.Files },
		remove: []string{"DELETE FROM case_file WHERE case_id = ?"},
		insert: (*tx).insertFiles,
		load:   (*tx).loadFiles,
	}, {
		of:     func(c *review.Case) any { return c.Checks },
		remove: []string{"DELETE FROM intake_check WHERE case_id = ?"},
		insert: (*tx).insertChecks,
		load:   (*tx).loadChecks,
	}, {
		of:     func(c *review.Case) any { return c.Identity },
		remove: []string{"DELETE FROM case_identity WHERE case_id = ?"},
		insert: (*tx).insertIdentity,
		load:   (*tx).loadIdentities,
	}, {
		of:     func(c *review.Case) any { return c.HPO },
		remove: []string{"DELETE FROM hpo_term WHERE case_id = ?"},
		insert: (*tx).insertTerms,
		load:   (*tx).loadTerms,
	},
}

// saveParts writes the parts in which c differs from old, the stored case, which
// is zero for a new one.
func (t *tx) saveParts(c, old *review.Case) error {
	for _, p := range caseParts {
		if reflect.DeepEqual(p.of(c), p.of(old)) {
			continue
		}
		for _, statement := range p.remove {
			if err := t.exec(statement, c.ID); err != nil {
				return err
			}
		}
		if err := p.insert(t, c); err != nil {
			return err
		}
	}
	return nil
}

// loadPart reads one table for all cases of cs. scan reads a row, whose first
// column is the case ID and which is ordered by the second; put places it.
func loadPart[T any](t *tx, cs *caseSet, query string,
	scan func(r scanner, id *review.CaseID, v *T) error, put func(c *review.Case, v T) error,
) error {
	query, args := cs.restrict(query, "case_id")
	return t.each(func(r scanner) error {
		var id review.CaseID
		var v T
		if err := scan(r, &id, &v); err != nil {
			return err
		}
		return put(cs.byID[id], v)
	}, query+" ORDER BY 1, 2", args...)
}

func (t *tx) insertSpecimen(c *review.Case) error {
	s := c.Specimen
	return t.exec(`INSERT INTO specimen (case_id, ord, lab_number, dna_number, type, collected, received)
		VALUES (?, 0, ?, ?, ?, ?, ?)`, c.ID, s.LabNumber, s.DNANumber, s.Type, s.Collected, s.Received)
}

func (t *tx) loadSpecimens(cs *caseSet) error {
	return loadPart(t, cs, "SELECT case_id, ord, lab_number, dna_number, type, collected, received FROM specimen",
		func(r scanner, id *review.CaseID, s *review.Specimen) error {
			var ord int
			return r.Scan(id, &ord, &s.LabNumber, &s.DNANumber, &s.Type, &s.Collected, &s.Received)
		}, func(c *review.Case, s review.Specimen) error {
			c.Specimen = s
			return nil
		})
}

func (t *tx) insertTerms(c *review.Case) error {
	for i, term := range c.HPO {
		if err := t.exec("INSERT INTO hpo_term (case_id, ord, term) VALUES (?, ?, ?)", c.ID, i, term); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) loadTerms(cs *caseSet) error {
	return loadPart(t, cs, "SELECT case_id, ord, term FROM hpo_term",
		func(r scanner, id *review.CaseID, term *string) error {
			var ord int
			return r.Scan(id, &ord, term)
		}, func(c *review.Case, term string) error {
			c.HPO = append(c.HPO, term)
			return nil
		})
}

// rowName names the nth row of a case for the sealer.
func rowName(id review.CaseID, n int) string { return string(id) + "/" + strconv.Itoa(n) }
