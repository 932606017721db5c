package sqlite

import "garrod/review"

func (t *tx) insertFamily(c *review.Case) error {
	if err := t.exec("INSERT INTO family (case_id, id) VALUES (?, ?)", c.ID, c.Family.ID); err != nil {
		return err
	}
	for i, m := range c.Family.Members {
		err := t.exec(`INSERT INTO family_member (case_id, ord, id, father, mother, sex, affected, twin)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, c.ID, i, m.ID, m.Father, m.Mother, m.Sex, m.Affected, m.Twin)
		if err != nil {
			return err
		}
	}
	for i, k := range c.Family.Kinship {
		err := t.exec("INSERT INTO family_kinship (case_id, ord, a, b, coefficient) VALUES (?, ?, ?, ?, ?)", c.ID, i, k.A, k.B, k.Coefficient)
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) loadFamilies(cs *caseSet) error {
	err := loadPart(t, cs, "SELECT case_id, id FROM family",
		func(r scanner, id *review.CaseID, name *string) error { return r.Scan(id, name) },
		func(c *review.Case, name string) error {
			c.Family.ID = name
			return nil
		})
	if err != nil {
		return err
	}
	err = loadPart(t, cs, "SELECT case_id, ord, id, father, mother, sex, affected, twin FROM family_member",
		func(r scanner, id *review.CaseID, m *review.Member) error {
			var ord int
			return r.Scan(id, &ord, &m.ID, &m.Father, &m.Mother, &m.Sex, &m.Affected, &m.Twin)
		}, func(c *review.Case, m review.Member) error {
			c.Family.Members = append(c.Family.Members, m)
			return nil
		})
	if err != nil {
		return err
	}
	return loadPart(t, cs, "SELECT case_id, ord, a, b, coefficient FROM family_kinship",
		func(r scanner, id *review.CaseID, k *review.Kinship) error {
			var ord int
			return r.Scan(id, &ord, &k.A, &k.B, &k.Coefficient)
		}, func(c *review.Case, k review.Kinship) error {
			c.Family.Kinship = append(c.Family.Kinship, k)
			return nil
		})
}

func (t *tx) insertIdentity(c *review.Case) error {
	if c.Identity == nil {
		return nil
	}
	content, err := jsonText(c.Identity)
	if err != nil {
		return err
	}
	return t.exec("INSERT INTO case_identity (case_id, ord, content) VALUES (?, 0, ?)", c.ID, content)
}

func (t *tx) loadIdentities(cs *caseSet) error {
	return loadPart(t, cs, "SELECT case_id, ord, content FROM case_identity",
		func(r scanner, id *review.CaseID, i *review.CaseIdentity) error {
			var ord int
			return r.Scan(id, &ord, jsonColumn{i})
		}, func(c *review.Case, i review.CaseIdentity) error {
			c.Identity = &i
			return nil
		})
}
