-- The tables of a laboratory. Times are UTC text with microseconds; columns of
-- type BLOB in patient, patient_identifier and consent are sealed; ord keeps the
-- order of a list. Lists that are only ever read whole are JSON text.
--
-- saved_at, saved_by and saved_role say who wrote a row last; the audit trail
-- says what was done.

CREATE TABLE schema_migration (
    version    INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;

CREATE TABLE laboratory (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    id         TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('demonstration', 'live')),
    name       TEXT NOT NULL,
    address    TEXT NOT NULL,
    ukas       TEXT NOT NULL,
    saved_at   TEXT NOT NULL,
    saved_by   TEXT NOT NULL,
    saved_role TEXT NOT NULL
) STRICT;

CREATE TABLE "user" (
    id          TEXT PRIMARY KEY CHECK (id <> ''),
    name        TEXT NOT NULL,
    role        TEXT NOT NULL,
    hcpc        TEXT NOT NULL,
    certificate TEXT NOT NULL,
    created_at  TEXT NOT NULL,
    saved_at    TEXT NOT NULL,
    saved_by    TEXT NOT NULL,
    saved_role  TEXT NOT NULL
) STRICT;

-- A certificate is bound to one person only.
CREATE UNIQUE INDEX user_certificate ON "user" (certificate) WHERE certificate <> '';

CREATE TABLE rule_set (
    hash       TEXT PRIMARY KEY CHECK (hash <> ''),
    id         TEXT NOT NULL CHECK (id <> ''),
    version    TEXT NOT NULL,
    content    BLOB NOT NULL,
    status     TEXT NOT NULL,
    created_at TEXT NOT NULL,
    saved_at   TEXT NOT NULL,
    saved_by   TEXT NOT NULL,
    saved_role TEXT NOT NULL,
    UNIQUE (id, version)
) STRICT;

CREATE TABLE rule_set_approval (
    hash        TEXT NOT NULL REFERENCES rule_set (hash),
    ord         INTEGER NOT NULL,
    user_id     TEXT NOT NULL REFERENCES "user" (id),
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (hash, ord),
    UNIQUE (hash, user_id)
) STRICT;

CREATE TABLE filter (
    name       TEXT NOT NULL CHECK (name <> ''),
    version    INTEGER NOT NULL,
    locked     INTEGER NOT NULL,
    content    BLOB NOT NULL,
    user_id    TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (name, version)
) STRICT;

-- Panels are shared by the cases that use the same version, and found by the
-- hash of their content.
CREATE TABLE panel (
    sha256  TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    version TEXT NOT NULL,
    date    TEXT NOT NULL,
    source  TEXT NOT NULL
) STRICT;

CREATE TABLE panel_gene (
    panel  TEXT NOT NULL REFERENCES panel (sha256),
    ord    INTEGER NOT NULL,
    hgnc   TEXT NOT NULL,
    symbol TEXT NOT NULL,
    moi    TEXT NOT NULL,
    PRIMARY KEY (panel, ord)
) STRICT;

CREATE TABLE "case" (
    id            TEXT PRIMARY KEY CHECK (id <> ''),
    revision      INTEGER NOT NULL CHECK (revision >= 1),
    status        TEXT NOT NULL,
    assembly      TEXT NOT NULL,
    proband       TEXT NOT NULL,
    sex           TEXT NOT NULL,
    panel         TEXT REFERENCES panel (sha256),
    rule_set      TEXT NOT NULL,
    rule_set_hash TEXT REFERENCES rule_set (hash),
    created_at    TEXT NOT NULL,
    updated_at    TEXT NOT NULL,
    saved_by      TEXT NOT NULL,
    saved_role    TEXT NOT NULL
) STRICT;

-- The parts of a case. Their foreign keys are deferred: the parts are written
-- before the case's own row, so that the row which seals a case comes last.

CREATE TABLE case_file (
    case_id      TEXT NOT NULL REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    ord          INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    sample       TEXT NOT NULL,
    path         TEXT NOT NULL,
    size         INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    index_path   TEXT NOT NULL,
    index_sha256 TEXT NOT NULL,
    records      INTEGER NOT NULL,
    samples      TEXT,
    capabilities TEXT,
    PRIMARY KEY (case_id, ord)
) STRICT;

CREATE TABLE patient (
    case_id  TEXT PRIMARY KEY REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    surname  BLOB,
    forename BLOB,
    dob      BLOB,
    sex      BLOB
) STRICT;

CREATE TABLE patient_identifier (
    case_id TEXT NOT NULL REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    ord     INTEGER NOT NULL,
    type    TEXT NOT NULL,
    value   BLOB,
    absent  BLOB,
    PRIMARY KEY (case_id, ord)
) STRICT;

CREATE TABLE specimen (
    case_id    TEXT NOT NULL REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    ord        INTEGER NOT NULL,
    lab_number TEXT NOT NULL,
    dna_number TEXT NOT NULL,
    type       TEXT NOT NULL,
    collected  TEXT NOT NULL,
    received   TEXT NOT NULL,
    PRIMARY KEY (case_id, ord)
) STRICT;

CREATE TABLE consent (
    case_id   TEXT PRIMARY KEY REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    status    TEXT NOT NULL,
    date      TEXT NOT NULL,
    secondary TEXT NOT NULL,
    note      BLOB
) STRICT;

CREATE TABLE family (
    case_id TEXT PRIMARY KEY REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    id      TEXT NOT NULL
) STRICT;

-- affected is NULL where it is not known.
CREATE TABLE family_member (
    case_id  TEXT NOT NULL REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    ord      INTEGER NOT NULL,
    id       TEXT NOT NULL,
    father   TEXT NOT NULL,
    mother   TEXT NOT NULL,
    sex      TEXT NOT NULL,
    affected INTEGER,
    PRIMARY KEY (case_id, ord),
    UNIQUE (case_id, id)
) STRICT;

CREATE TABLE hpo_term (
    case_id TEXT NOT NULL REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    ord     INTEGER NOT NULL,
    term    TEXT NOT NULL,
    PRIMARY KEY (case_id, ord)
) STRICT;

CREATE TABLE intake_check (
    case_id TEXT NOT NULL REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    ord     INTEGER NOT NULL,
    name    TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail  TEXT NOT NULL,
    reason  TEXT NOT NULL,
    PRIMARY KEY (case_id, ord)
) STRICT;

-- One unit of assessment in one case. Empty text stands for "not named", not
-- NULL, so that the unique key holds for it too.
CREATE TABLE assessment (
    id          TEXT PRIMARY KEY CHECK (id <> ''),
    case_id     TEXT NOT NULL REFERENCES "case" (id),
    revision    INTEGER NOT NULL CHECK (revision >= 1),
    assembly    TEXT NOT NULL,
    allele      TEXT NOT NULL,
    gene        TEXT NOT NULL,
    disease     TEXT NOT NULL,
    moi         TEXT NOT NULL,
    transcript  TEXT NOT NULL,
    penetrance  TEXT NOT NULL,
    variant     TEXT NOT NULL,
    consequence TEXT NOT NULL,
    labels      TEXT,
    facts       BLOB,
    proposals   TEXT,
    comment     TEXT NOT NULL,
    created_at  TEXT NOT NULL,
    saved_at    TEXT NOT NULL,
    saved_by    TEXT NOT NULL,
    saved_role  TEXT NOT NULL,
    UNIQUE (case_id, assembly, allele, gene, disease, moi, transcript)
) STRICT;

CREATE INDEX assessment_allele ON assessment (assembly, allele);

-- Every decision ever made; strength 0 means none was given.
CREATE TABLE evidence (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    assessment_id TEXT NOT NULL REFERENCES assessment (id),
    code          TEXT NOT NULL CHECK (code <> ''),
    strength      INTEGER NOT NULL,
    decision      TEXT NOT NULL,
    origin        TEXT NOT NULL,
    reason        TEXT NOT NULL,
    pmids         TEXT,
    shown         TEXT,
    rule_set      TEXT NOT NULL,
    rule_set_hash TEXT REFERENCES rule_set (hash),
    user_id       TEXT NOT NULL REFERENCES "user" (id),
    role          TEXT NOT NULL,
    at            TEXT NOT NULL
) STRICT;

CREATE INDEX evidence_assessment ON evidence (assessment_id, id);

CREATE TABLE review (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    assessment_id  TEXT NOT NULL REFERENCES assessment (id),
    user_id        TEXT NOT NULL REFERENCES "user" (id),
    role           TEXT NOT NULL,
    at             TEXT NOT NULL,
    classification TEXT NOT NULL,
    report         INTEGER NOT NULL,
    note           TEXT NOT NULL
) STRICT;

CREATE INDEX review_assessment ON review (assessment_id, id);

CREATE TABLE report (
    id         TEXT PRIMARY KEY CHECK (id <> ''),
    case_id    TEXT NOT NULL REFERENCES "case" (id),
    version    INTEGER NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('pending', 'issued', 'voided')),
    created_at TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    content    TEXT NOT NULL,
    pdf        BLOB NOT NULL,
    saved_at   TEXT NOT NULL,
    saved_by   TEXT NOT NULL,
    saved_role TEXT NOT NULL,
    UNIQUE (case_id, version)
) STRICT;

-- Sign-offs are written before their report's row changes, hence deferred.
CREATE TABLE signoff (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id   TEXT NOT NULL REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED,
    ord         INTEGER NOT NULL,
    role        TEXT NOT NULL,
    user_id     TEXT NOT NULL REFERENCES "user" (id),
    name        TEXT NOT NULL,
    hcpc        TEXT NOT NULL,
    certificate TEXT NOT NULL,
    at          TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    UNIQUE (report_id, ord)
) STRICT;

CREATE TABLE signoff_void (
    signoff_id INTEGER PRIMARY KEY REFERENCES signoff (id),
    reason     TEXT NOT NULL,
    voided_at  TEXT NOT NULL,
    voided_by  TEXT NOT NULL
) STRICT;

-- The audit trail: one chain, numbered without gaps.
CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    user_id TEXT NOT NULL,
    role    TEXT NOT NULL,
    os_user TEXT NOT NULL,
    host    TEXT NOT NULL,
    action  TEXT NOT NULL CHECK (action <> ''),
    case_id TEXT NOT NULL,
    object  TEXT NOT NULL,
    before  TEXT NOT NULL,
    after   TEXT NOT NULL,
    reason  TEXT NOT NULL,
    prev    TEXT NOT NULL UNIQUE,
    hash    TEXT NOT NULL UNIQUE
) STRICT;

CREATE INDEX audit_case ON audit (case_id, seq);
