package sqlite

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"garrod/review"
	"garrod/review/reviewtest"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// TestGuards tries what must never happen through a connection of its own, past
// everything that the store's code checks.
func TestGuards(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lab.sqlite")
	s := create(t, path)
	c, _, r := reviewtest.SeedCase(t, s)
	filter := reviewtest.Filter()
	reviewtest.Update(t, s, func(tx review.Tx) error {
		return errors.Join(tx.SaveFilter(filter), tx.Record(review.Event{Action: "filter.save"}))
	})
	db := raw(t, path)
	refused := func(statements ...string) {
		t.Helper()
		for _, statement := range statements {
			_, err := db.ExecContext(t.Context(), statement)
			if e, ok := errors.AsType[*driver.Error](err); !ok || e.Code() != codes.SQLITE_CONSTRAINT_TRIGGER {
				t.Errorf("%s: got %v, want a trigger's refusal", statement, err)
			}
		}
	}
	refused(
		"UPDATE evidence SET reason = 'rewritten'", "DELETE FROM evidence", "UPDATE review SET note = ''", "DELETE FROM review",
		"UPDATE audit SET reason = ''", "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
		"INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
		"INSERT OR REPLACE INTO evidence SELECT * FROM evidence", "INSERT OR REPLACE INTO filter SELECT * FROM filter",
		"INSERT INTO audit SELECT seq + 1000, at, user_id, role, os_user, host, action, case_id, object, before, after, reason, hash, 'x' FROM audit ORDER BY seq DESC LIMIT 1",
		"INSERT INTO audit SELECT (SELECT max(seq) + 1 FROM audit), at, user_id, role, os_user, host, action, case_id, object, before, after, reason, 'x', 'y' FROM audit LIMIT 1",
		"UPDATE signoff SET name = ''", "DELETE FROM signoff", "UPDATE filter SET content = x''", "DELETE FROM filter",
		"UPDATE panel_gene SET symbol = ''", "DELETE FROM panel", "DELETE FROM rule_set_approval",
		"UPDATE rule_set SET content = x'00'", "UPDATE rule_set SET version = '9'", "DELETE FROM rule_set",
		"UPDATE laboratory SET kind = 'live'", "DELETE FROM laboratory", `DELETE FROM "user"`, `DELETE FROM "case"`,
		"UPDATE assessment SET variant = '{}'", "UPDATE assessment SET gene = ''", "DELETE FROM assessment",
		"UPDATE report SET content = ''", "UPDATE report SET pdf = x'00'", "DELETE FROM report",
	)
	mustExec(t, db, "UPDATE rule_set SET status = 'retired'")

	r.Status = review.ReportIssued
	c.Status = review.StatusAuthorised
	reviewtest.Save(t, s, &r, &c)
	refused(
		"UPDATE report SET status = 'pending'", "UPDATE report SET saved_by = 'x'",
		"INSERT INTO signoff (report_id, ord, role, user_id, name, hcpc, certificate, at, sha256) SELECT report_id, 9, role, user_id, name, hcpc, certificate, at, sha256 FROM signoff",
		"INSERT INTO signoff_void SELECT id, 'x', 'x', 'x' FROM signoff",
		"INSERT INTO report SELECT 'R-9', case_id, 9, 'pending', created_at, sha256, content, pdf, saved_at, saved_by, saved_role FROM report",
		`UPDATE "case" SET status = 'analysis'`, `UPDATE "case" SET sex = 'male'`,
		"UPDATE assessment SET comment = ''",
		"INSERT INTO assessment SELECT 'A-9', case_id, 1, assembly, allele, gene, disease, 'AR', transcript, penetrance, variant, consequence, labels, facts, proposals, comment, created_at, saved_at, saved_by, saved_role FROM assessment",
		"INSERT INTO evidence SELECT NULL, assessment_id, code, strength, decision, origin, reason, pmids, shown, rule_set, rule_set_hash, user_id, role, at FROM evidence LIMIT 1",
		"INSERT INTO review SELECT NULL, assessment_id, user_id, role, at, classification, report, note FROM review LIMIT 1",
	)
	for _, part := range []string{
		"case_file", "patient", "patient_identifier", "specimen", "consent", "family", "family_member", "hpo_term", "intake_check",
		"case_identity", "family_kinship",
	} {
		refused("DELETE FROM "+part, "UPDATE "+part+" SET case_id = 'C-2'", "INSERT INTO "+part+" SELECT * FROM "+part)
	}
}

// TestTamper changes the trail as somebody would who can write to the file: the
// chain names the first event that does not fit.
func TestTamper(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change []string
		want   int64
		text   string
	}{
		{"reason rewritten", []string{"DROP TRIGGER audit_no_update", "UPDATE audit SET reason = 'agreed' WHERE seq = 5"}, 5, "hash"},
		{"time moved", []string{"DROP TRIGGER audit_no_update", "UPDATE audit SET at = '2026-01-05T09:00:00.000001Z' WHERE seq = 2"}, 2, "hash"},
		{"event taken out", []string{"DROP TRIGGER audit_no_delete", "DELETE FROM audit WHERE seq = 4"}, 4, "missing"},
		{"event swapped for another", []string{
			"DROP TRIGGER audit_no_update", "UPDATE audit SET seq = 100 WHERE seq = 3",
			"UPDATE audit SET seq = 3 WHERE seq = 4", "UPDATE audit SET seq = 4 WHERE seq = 100",
		}, 3, "before"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "lab.sqlite")
			s := create(t, path)
			reviewtest.SeedCase(t, s)
			mustExec(t, raw(t, path), tt.change...)
			events := reviewtest.Load(t, s, review.Tx.Events, 0)
			seq, problem := review.VerifyChain(events)
			if seq != tt.want || !strings.Contains(problem, tt.text) {
				t.Errorf("VerifyChain: got event %d: %s, want event %d and %q", seq, problem, tt.want, tt.text)
			}
			checks := failed(t, s)
			if !strings.Contains(checks["audit_chain"], problem) || !strings.Contains(checks["store_schema"], "trigger audit_no_") {
				t.Errorf("Check: got %v, want the chain and the dropped trigger", checks)
			}
		})
	}
}

// TestSealedOnDisk looks at the bytes of the files: nothing of a patient's
// identity is there in the clear.
func TestSealedOnDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lab.sqlite")
	s := create(t, path)
	c, _, _ := reviewtest.SeedCase(t, s)
	all := func() []byte {
		var b []byte
		for _, suffix := range []string{"", "-wal"} {
			part, err := os.ReadFile(path + suffix)
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			b = append(b, part...)
		}
		return b
	}
	look := func(b []byte) {
		t.Helper()
		if !bytes.Contains(b, []byte("D26-00017")) {
			t.Fatal("the files do not hold the case at all")
		}
		for _, secret := range []string{reviewtest.Surname, reviewtest.Forename, reviewtest.NHSNumber, c.Patient.DOB} {
			if bytes.Contains(b, []byte(secret)) {
				t.Errorf("%q is in the files in the clear", secret)
			}
		}
	}
	open := all()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	look(open)
	look(all())
}

// TestSealedMoved puts a sealed name on another patient's row.
func TestSealedMoved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lab.sqlite")
	s := create(t, path)
	reviewtest.SeedCase(t, s)
	other := reviewtest.Case()
	other.ID, other.Patient.Surname = "C-0002", "Otherperson"
	reviewtest.Save(t, s, &other)
	mustExec(t, raw(t, path),
		"UPDATE patient SET surname = (SELECT surname FROM patient WHERE case_id = 'C-0002') WHERE case_id = 'C-0001'")
	err := s.View(t.Context(), reviewtest.Actor(review.Scientist), func(tx review.Tx) error {
		c, err := tx.FindCase("C-0001")
		if err == nil {
			t.Errorf("the moved name was read as %q", c.Patient.Surname)
		}
		return err
	})
	if err == nil || strings.Contains(err.Error(), "Otherperson") {
		t.Errorf("error: got %v, want one without the name", err)
	}
}

// TestFineClock has a clock that is finer than what the store keeps, in another
// zone: the hashes survive it.
func TestFineClock(t *testing.T) {
	opt := options()
	tick := time.Duration(0)
	opt.Clock = review.ClockFunc(func() time.Time {
		tick += 1234567 * time.Nanosecond
		return reviewtest.Start.Add(tick).In(time.FixedZone("BST", 3600))
	})
	s, err := Create(t.Context(), filepath.Join(t.TempDir(), "lab.sqlite"), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	reviewtest.Seed(t, s)
	for _, e := range reviewtest.Events(t, s) {
		if e.At.Nanosecond()%1000 != 0 || e.At.Location() != time.UTC {
			t.Errorf("time of event %d: got %v, want UTC in whole microseconds", e.Seq, e.At)
		}
	}
}

// TestTwoStores works on one file through two stores, as two programs do.
func TestTwoStores(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lab.sqlite")
	one := create(t, path)
	c, a, _ := reviewtest.SeedCase(t, one)
	two, err := Open(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = two.Close() })

	theirs := reviewtest.Load(t, two, review.Tx.FindCase, c.ID)
	theirs.Status = review.StatusAnalysis
	reviewtest.Save(t, two, &theirs)
	if err := reviewtest.TrySave(t, one, &c); !errors.Is(err, review.ErrConflict) {
		t.Errorf("save after the other store's: got %v, want %v", err, review.ErrConflict)
	}
	if got := reviewtest.Load(t, one, review.Tx.FindCase, c.ID); got.Status != review.StatusAnalysis {
		t.Errorf("status seen through the first store: got %s", got.Status)
	}
	b := reviewtest.Load(t, two, review.Tx.FindAssessment, a.ID)
	a.Evidence = append(a.Evidence, reviewtest.Decision("PM1"))
	reviewtest.Save(t, one, &a)
	b.Evidence = append(b.Evidence, reviewtest.Decision("PM5"))
	if err := reviewtest.TrySave(t, two, &b); !errors.Is(err, review.ErrConflict) {
		t.Errorf("decision after the other store's: got %v, want %v", err, review.ErrConflict)
	}
	reviewtest.Events(t, one)
	reviewtest.Events(t, two)
}
