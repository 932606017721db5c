package sqlite

import (
	"garrod/review"
)

func (t *tx) insertFiles(c *review.Case) error {
	for i, f := range c.Files {
		samples, err := jsonText(f.Samples)
		if err != nil {
			return err
		}
		capabilities, err := jsonText(f.Capabilities)
		if err != nil {
			return err
		}
		err = t.exec(`INSERT INTO case_file (case_id, ord, kind, sample, path, size, sha256, index_path,
			index_sha256, records, samples, capabilities, reference, reference_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.ID, i, f.Kind, f.Sample, f.Path, f.Size, f.SHA256, f.Index, f.IndexHash, f.Records,
			samples, capabilities, f.Reference, f.ReferenceID)
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) loadFiles(cs *caseSet) error {
	return loadPart(t, cs, `SELECT case_id, ord, kind, sample, path, size, sha256, index_path, index_sha256,
		records, samples, capabilities, reference, reference_id FROM case_file`,
		func(r scanner, id *review.CaseID, f *review.SourceFile) error {
			var ord int
			return r.Scan(id, &ord, &f.Kind, &f.Sample, &f.Path, &f.Size, &f.SHA256, &f.Index, &f.IndexHash,
				&f.Records, jsonColumn{&f.Samples}, jsonColumn{&f.Capabilities}, &f.Reference, &f.ReferenceID)
		}, func(c *review.Case, f review.SourceFile) error {
			c.Files = append(c.Files, f)
			return nil
		})
}

func (t *tx) insertChecks(c *review.Case) error {
	for i, k := range c.Checks {
		err := t.exec(`INSERT INTO intake_check (case_id, ord, name, outcome, detail, reason)
			VALUES (?, ?, ?, ?, ?, ?)`, c.ID, i, k.Name, k.Outcome, k.Detail, k.Reason)
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) loadChecks(cs *caseSet) error {
	return loadPart(t, cs, "SELECT case_id, ord, name, outcome, detail, reason FROM intake_check",
		func(r scanner, id *review.CaseID, k *review.Check) error {
			var ord int
			return r.Scan(id, &ord, &k.Name, &k.Outcome, &k.Detail, &k.Reason)
		}, func(c *review.Case, k review.Check) error {
			c.Checks = append(c.Checks, k)
			return nil
		})
}
