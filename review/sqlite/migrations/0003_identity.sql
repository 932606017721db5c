-- What the genotypes say of who the samples are from: the measurement as JSON, as
-- it was when the case was added, with a person's override; the kinship that was
-- measured; and identical twins as the pedigree declares them.

CREATE TABLE case_identity (
    case_id TEXT PRIMARY KEY REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    ord     INTEGER NOT NULL,
    content TEXT NOT NULL
) STRICT;

CREATE TABLE family_kinship (
    case_id     TEXT NOT NULL REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    ord         INTEGER NOT NULL,
    a           TEXT NOT NULL,
    b           TEXT NOT NULL,
    coefficient REAL NOT NULL,
    PRIMARY KEY (case_id, ord)
) STRICT;

ALTER TABLE family_member ADD COLUMN twin TEXT NOT NULL DEFAULT '';

CREATE TRIGGER case_identity_sealed_insert BEFORE INSERT ON case_identity
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER case_identity_sealed_update BEFORE UPDATE ON case_identity
WHEN EXISTS (SELECT 1 FROM "case" WHERE id IN (OLD.case_id, NEW.case_id) AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER case_identity_sealed_delete BEFORE DELETE ON case_identity
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = OLD.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER family_kinship_sealed_insert BEFORE INSERT ON family_kinship
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER family_kinship_sealed_update BEFORE UPDATE ON family_kinship
WHEN EXISTS (SELECT 1 FROM "case" WHERE id IN (OLD.case_id, NEW.case_id) AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER family_kinship_sealed_delete BEFORE DELETE ON family_kinship
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = OLD.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;
